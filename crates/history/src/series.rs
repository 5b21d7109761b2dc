use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Error, Summary, facets, row};

/// Which exchanges belong together: those of one file, or of one method and URL as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SameRequest {
    /// The workspace's id.
    pub workspace: String,
    /// The request's file; none for one that was never saved.
    pub path: Option<String>,
    /// The method; looked at only without a path.
    pub method: String,
    /// The URL as written; looked at only without a path.
    pub url: String,
}

impl SameRequest {
    fn holds(&self, entry: &Summary) -> bool {
        self.workspace == entry.workspace
            && self.path == entry.path
            && (self.path.is_some() || (self.method == entry.method && self.url == entry.url))
    }
}

impl From<&Summary> for SameRequest {
    fn from(entry: &Summary) -> Self {
        Self {
            workspace: entry.workspace.clone(),
            path: entry.path.clone(),
            method: entry.method.clone(),
            url: entry.url.clone(),
        }
    }
}

/// One exchange of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Point {
    /// The entry.
    pub id: Uuid,
    /// When: milliseconds since 1970, UTC.
    pub time_ms: i64,
    /// The status code, when one came.
    pub status: Option<u16>,
    /// From send to end, in microseconds.
    pub duration_us: u64,
    /// Body bytes as they came.
    pub size_raw: u64,
    /// Body bytes once decoded.
    pub size_decoded: u64,
}

pub(crate) fn series(
    connection: &Connection,
    same: &SameRequest,
    limit: usize,
) -> Result<Vec<Point>, Error> {
    let facet =
        facets::same_request(&same.workspace, same.path.as_deref(), &same.method, &same.url);
    let sql = format!(
        "SELECT {} FROM search CROSS JOIN entry ON entry.key = search.rowid \
         WHERE search MATCH ?1 ORDER BY search.rowid DESC",
        row::COLUMNS
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([format!("\"{facet}\"")])?;
    let mut points = Vec::new();
    while points.len() < limit
        && let Some(found) = rows.next()?
    {
        let (_, entry) = row::summary(found)?;
        if same.holds(&entry) {
            points.push(point(&entry));
        }
    }
    Ok(points)
}

fn point(entry: &Summary) -> Point {
    Point {
        id: entry.id,
        time_ms: entry.time_ms,
        status: entry.status,
        duration_us: entry.duration_us,
        size_raw: entry.size_raw,
        size_decoded: entry.size_decoded,
    }
}
