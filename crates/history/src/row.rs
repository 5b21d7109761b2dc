use errand_model::Request;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params, params_from_iter};
use uuid::Uuid;

use crate::{Entry, Error, Failure, State, Summary, facets, key};

/// The columns that [`summary`] reads, from a table called `entry`.
pub(crate) const COLUMNS: &str = "entry.key, entry.id, entry.workspace, entry.time_ms, entry.path, \
    entry.name, entry.method, entry.url, entry.host, entry.environment, entry.status, entry.state, \
    entry.error_code, entry.error_message, entry.duration_us, entry.size_raw, entry.size_decoded, \
    entry.body, entry.checks_passed, entry.checks_failed, entry.http_version";

const INSERT: &str = "INSERT OR IGNORE INTO entry VALUES \
    (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21)";

pub(crate) const INDEX: &str = "INSERT INTO search (rowid, text, workspace, status, class, method, \
    host, environment, failed, same_request) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";

pub(crate) const UNINDEX: &str = "INSERT INTO search (search, rowid, text, workspace, status, class, \
    method, host, environment, failed, same_request) VALUES ('delete',?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";

/// An entry ready to be written: its JSON is made by whoever inserts, not by the writer.
pub(crate) struct Prepared {
    pub(crate) summary: Summary,
    pub(crate) request: String,
    pub(crate) response_headers: String,
    pub(crate) timeline: String,
}

impl Prepared {
    pub(crate) fn new(entry: Entry) -> Result<Self, Error> {
        let wrong = |e: serde_json::Error| Error::Encoding { message: e.to_string() };
        Ok(Self {
            request: serde_json::to_string(&entry.request).map_err(wrong)?,
            response_headers: entry.response_headers.to_string(),
            timeline: entry.timeline.to_string(),
            summary: entry.summary,
        })
    }
}

/// The summary at `row`, and its key. A value of a wrong kind (damage) reads as empty.
pub(crate) fn summary(row: &Row<'_>) -> rusqlite::Result<(i64, Summary)> {
    let id: Vec<u8> = row.get(1)?;
    let number = |at: usize| -> rusqlite::Result<i64> { row.get(at) };
    let error = match row.get::<_, Option<String>>(12)? {
        Some(code) => {
            Some(Failure { code, message: row.get::<_, Option<String>>(13)?.unwrap_or_default() })
        }
        None => None,
    };
    let summary = Summary {
        id: Uuid::from_slice(&id).unwrap_or_default(),
        workspace: row.get(2)?,
        time_ms: number(3)?,
        path: row.get(4)?,
        name: row.get(5)?,
        method: row.get(6)?,
        url: row.get(7)?,
        host: row.get(8)?,
        environment: row.get(9)?,
        status: row.get::<_, Option<i64>>(10)?.and_then(|status| u16::try_from(status).ok()),
        state: State::from_number(number(11)?),
        error,
        duration_us: u64::try_from(number(14)?).unwrap_or_default(),
        size_raw: u64::try_from(number(15)?).unwrap_or_default(),
        size_decoded: u64::try_from(number(16)?).unwrap_or_default(),
        body: row.get(17)?,
        checks_passed: u32::try_from(number(18)?).unwrap_or_default(),
        checks_failed: u32::try_from(number(19)?).unwrap_or_default(),
        http_version: row.get(20)?,
    };
    Ok((row.get(0)?, summary))
}

/// The statements of an insert, prepared once for a whole batch.
pub(crate) struct Inserter<'c> {
    taken: CachedStatement<'c>,
    last_of: CachedStatement<'c>,
    entry: CachedStatement<'c>,
    detail: CachedStatement<'c>,
    index: CachedStatement<'c>,
}

impl<'c> Inserter<'c> {
    pub(crate) fn new(connection: &'c Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            taken: connection.prepare_cached("SELECT 1 FROM entry WHERE key = ?1")?,
            last_of: connection
                .prepare_cached("SELECT max(key) FROM entry WHERE key BETWEEN ?1 AND ?2")?,
            entry: connection.prepare_cached(INSERT)?,
            detail: connection.prepare_cached("INSERT INTO detail VALUES (?1,?2,?3,?4)")?,
            index: connection.prepare_cached(INDEX)?,
        })
    }

    /// Writes one entry at its time, or as near after `at_least` as there is room; says where.
    pub(crate) fn insert(&mut self, row: &Prepared, at_least: i64) -> rusqlite::Result<i64> {
        let key = self.free_key(key::first_of(row.summary.time_ms).max(at_least))?;
        if self.insert_entry(key, &row.summary)? {
            self.detail.execute(params![key, row.request, row.response_headers, row.timeline])?;
            index(&mut self.index, key, &row.summary)?;
        }
        Ok(key)
    }

    fn free_key(&mut self, mut key: i64) -> rusqlite::Result<i64> {
        while self.taken.query_row([key], |_| Ok(())).optional()?.is_some() {
            let end = key::last_of_tick(key);
            let last: Option<i64> = self.last_of.query_row([key, end], |row| row.get(0))?;
            key = last.unwrap_or(key) + 1;
        }
        Ok(key)
    }

    fn insert_entry(&mut self, key: i64, s: &Summary) -> rusqlite::Result<bool> {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let changed = self.entry.execute(params![
            key,
            s.id.as_bytes(),
            s.workspace,
            s.time_ms,
            s.path,
            s.name,
            s.method,
            s.url,
            s.host,
            s.environment,
            s.status,
            s.state.to_number(),
            s.error.as_ref().map(|e| &e.code),
            s.error.as_ref().map(|e| &e.message),
            number(s.duration_us),
            number(s.size_raw),
            number(s.size_decoded),
            s.body,
            s.checks_passed,
            s.checks_failed,
            s.http_version,
        ])?;
        Ok(changed == 1)
    }
}

/// Runs [`INDEX`] or [`UNINDEX`] for an entry.
pub(crate) fn index(
    statement: &mut CachedStatement<'_>,
    key: i64,
    entry: &Summary,
) -> rusqlite::Result<()> {
    use rusqlite::types::Value;
    let words = [Value::Integer(key), Value::Text(facets::text(entry))];
    let facets = facets::columns(entry).into_iter().map(|f| f.map_or(Value::Null, Value::Text));
    statement.execute(params_from_iter(words.into_iter().chain(facets)))?;
    Ok(())
}

/// The whole entry: [`COLUMNS`], then request, response headers and timeline.
pub(crate) fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let (_, summary) = summary(row)?;
    let json = |at: usize| -> rusqlite::Result<Option<String>> { row.get(at) };
    // A repaired database may have lost these parts: what is left of the entry is still shown.
    let request =
        json(21)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| Request {
            name: summary.name.clone(),
            method: summary.method.clone(),
            url: summary.url.clone(),
            ..Request::default()
        });
    let opaque = |text: Option<String>| {
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    };
    Ok(Entry { request, response_headers: opaque(json(22)?), timeline: opaque(json(23)?), summary })
}
