use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::delete::{self, Removed};
use crate::{Error, key};

/// What history may keep. What is not set does not limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Limits {
    /// Entries sent before this go: milliseconds since 1970, UTC.
    pub older_than_ms: Option<i64>,
    /// The newest so many stay.
    pub max_count: Option<u64>,
    /// The newest entries whose bodies fit into so many bytes stay, and entries without a body.
    pub max_body_bytes: Option<u64>,
}

pub(crate) fn prune(connection: &mut Connection, limits: Limits) -> Result<Removed, Error> {
    let mut removed = Removed::default();
    let mut before = limits.older_than_ms.map_or(0, key::first_of);
    if let Some(count) = limits.max_count {
        before = before.max(oldest_kept(connection, count)?);
    }
    let mut keys = keys(connection, "SELECT key FROM entry WHERE key < ?1", before)?;
    delete::by_key(connection, &mut keys, &mut removed)?;
    if let Some(bytes) = limits.max_body_bytes
        && let Some(last) = first_body_over(connection, bytes)?
    {
        let mut keys = self::keys(
            connection,
            "SELECT key FROM entry WHERE key <= ?1 AND body IS NOT NULL",
            last,
        )?;
        delete::by_key(connection, &mut keys, &mut removed)?;
    }
    Ok(removed)
}

/// The key before which everything is beyond the newest `count`.
fn oldest_kept(connection: &Connection, count: u64) -> Result<i64, Error> {
    let Ok(count) = i64::try_from(count) else { return Ok(0) };
    let sql = "SELECT key FROM entry ORDER BY key DESC LIMIT 1 OFFSET ?1";
    let newest_over: Option<i64> =
        connection.query_row(sql, [count], |row| row.get(0)).optional()?;
    Ok(newest_over.map_or(0, |key| key.saturating_add(1)))
}

/// The newest entry with which the bodies no longer fit. A body is kept decoded only.
fn first_body_over(connection: &Connection, bytes: u64) -> Result<Option<i64>, Error> {
    let sql = "SELECT key, size_decoded FROM entry WHERE body IS NOT NULL ORDER BY key DESC";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut total: u64 = 0;
    while let Some(row) = rows.next()? {
        let size: i64 = row.get(1)?;
        total = total.saturating_add(u64::try_from(size).unwrap_or_default());
        if total > bytes {
            return Ok(Some(row.get(0)?));
        }
    }
    Ok(None)
}

fn keys(connection: &Connection, sql: &str, bound: i64) -> Result<Vec<i64>, Error> {
    let mut statement = connection.prepare(sql)?;
    let keys = statement.query_map([bound], |row| row.get(0))?;
    Ok(keys.collect::<Result<_, _>>()?)
}
