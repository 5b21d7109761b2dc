use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OpenFlags};
use serde::Serialize;

use crate::migrate::{self, with_suffix};
use crate::row::{self, Inserter, Prepared};
use crate::{Error, Options};

/// A damaged file was set aside and its readable entries saved into a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recovery {
    /// The damaged file as it was, under its new name.
    pub set_aside: PathBuf,
    /// Entries saved.
    pub saved: u64,
    /// Whether that is all: true when only the search index was damaged.
    pub complete: bool,
}

/// Queries spent on finding the edges of damage before the rest of a gap is given up.
const ATTEMPTS: u32 = 20_000;

pub(crate) fn set_aside_and_save(path: &Path, options: &Options) -> Result<Recovery, Error> {
    let set_aside = set_aside(path)?;
    let mut recovery = Recovery { set_aside, saved: 0, complete: false };
    // Saved under another name first: a crash meanwhile leaves no half-filled history.
    let partial = with_suffix(path, ".recovering");
    remove_database(&partial)?;
    let mut into = Connection::open(&partial)?;
    migrate::configure(&into, options.max_bytes)?;
    migrate::migrate(&mut into, &partial)?;
    match copy_readable(&recovery.set_aside, &partial, &mut into) {
        Ok((saved, complete)) => (recovery.saved, recovery.complete) = (saved, complete),
        // Nothing of it can be read: history starts empty, the file is still there.
        Err(Error::Damaged { .. }) => {}
        Err(other) => return Err(other),
    }
    into.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    into.close().map_err(|(_, e)| Error::from(e))?;
    fs::rename(&partial, path).map_err(|e| Error::file(path, &e))?;
    Ok(recovery)
}

/// Renames the file and its write-ahead log, so that they still belong together.
fn set_aside(path: &Path) -> Result<PathBuf, Error> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let mut name = with_suffix(path, &format!(".damaged-{seconds}"));
    let mut twin = 1;
    while name.exists() {
        name = with_suffix(path, &format!(".damaged-{seconds}-{twin}"));
        twin += 1;
    }
    for suffix in ["-wal", "-shm", ""] {
        let (from, to) = (with_suffix(path, suffix), with_suffix(&name, suffix));
        match fs::rename(&from, &to) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::file(&from, &e));
            }
            _ => {}
        }
    }
    Ok(name)
}

fn remove_database(path: &Path) -> Result<(), Error> {
    for suffix in ["-wal", "-shm", ""] {
        let file = with_suffix(path, suffix);
        match fs::remove_file(&file) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::file(&file, &e));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Reads as it is; where nothing can be read that way, reads a copy with a whole first page.
fn copy_readable(
    damaged: &Path,
    partial: &Path,
    into: &mut Connection,
) -> Result<(u64, bool), Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let as_it_is = Connection::open_with_flags(damaged, flags).map_err(Error::from);
    match as_it_is.and_then(|from| copy_all(&from, into)) {
        Err(Error::Damaged { .. } | Error::Database { .. } | Error::Busy) => {}
        other => return other,
    }
    let mended = with_suffix(partial, "-mended");
    remove_database(&mended)?;
    mend_first_page(damaged, &mended)?;
    let result = Connection::open_with_flags(&mended, flags).map_err(Error::from);
    let result = result.and_then(|from| copy_all(&from, into));
    remove_database(&mended)?;
    result.map_err(|e| match e {
        Error::Database { message } => Error::Damaged { message },
        other => other,
    })
}

/// The first page has the header and where each table begins. Our tables are always made in the
/// same order in an empty file, so a new database's first page fits an older file of ours.
fn mend_first_page(damaged: &Path, mended: &Path) -> Result<(), Error> {
    let fresh = with_suffix(mended, "-fresh");
    remove_database(&fresh)?;
    let mut connection = Connection::open(&fresh)?;
    migrate::configure(&connection, None)?;
    migrate::migrate(&mut connection, &fresh)?;
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.close().map_err(|(_, e)| Error::from(e))?;
    let mut page = fs::read(&fresh).map_err(|e| Error::file(&fresh, &e))?;
    remove_database(&fresh)?;
    let size = usize::from(u16::from_be_bytes([page[16], page[17]])).max(512);
    page.truncate(size);

    let length = fs::copy(damaged, mended).map_err(|e| Error::file(mended, &e))?;
    let pages = u32::try_from(length / size as u64).unwrap_or(u32::MAX);
    page[28..32].copy_from_slice(&pages.to_be_bytes());
    // No free pages, as far as this copy knows: it is only read.
    page[32..40].fill(0);
    let write = || -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).open(mended)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&page)
    };
    write().map_err(|e| Error::file(mended, &e))
}

/// Copies what can be read: how many, and whether that is all.
fn copy_all(from: &Connection, into: &mut Connection) -> Result<(u64, bool), Error> {
    let mut search = Search { from, keys: Vec::new(), complete: true, attempts: ATTEMPTS };
    search.range(0, i64::MAX)?;
    let Search { mut keys, mut complete, .. } = search;
    keys.sort_unstable();
    let transaction = into.transaction()?;
    let mut saved = 0;
    {
        let mut inserter = Inserter::new(&transaction)?;
        for key in keys {
            let Some(row) = read_row(from, key) else {
                complete = false;
                continue;
            };
            complete &= row.request != LOST;
            inserter.insert(&row, key)?;
            saved += 1;
        }
    }
    if saved == 0 && !complete {
        return Err(Error::Damaged { message: "no entry can be read".to_owned() });
    }
    transaction.commit()?;
    Ok((saved, complete))
}

/// Stands for a part of an entry that could not be read.
const LOST: &str = "null";

fn read_row(from: &Connection, key: i64) -> Option<Prepared> {
    let sql = format!("SELECT {} FROM entry WHERE key = ?1", row::COLUMNS);
    let (_, summary) = from.prepare_cached(&sql).ok()?.query_row([key], row::summary).ok()?;
    if summary.id.is_nil() {
        return None;
    }
    let sql = "SELECT request, response_headers, timeline FROM detail WHERE key = ?1";
    let detail = from.prepare_cached(sql).and_then(|mut statement| {
        statement.query_row([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    });
    let lost = || (LOST.to_owned(), LOST.to_owned(), LOST.to_owned());
    let (request, response_headers, timeline) = detail.unwrap_or_else(|_| lost());
    Some(Prepared { summary, request, response_headers, timeline })
}

/// Finds the keys that can be reached, around what cannot be read.
struct Search<'c> {
    from: &'c Connection,
    keys: Vec<i64>,
    complete: bool,
    attempts: u32,
}

/// How far a walk came.
enum Reached {
    End,
    /// An error after this key, or at once.
    Broken(Option<i64>),
}

impl Search<'_> {
    /// Walks from both ends towards the damage, then through each half of what lies between.
    fn range(&mut self, low: i64, high: i64) -> Result<(), Error> {
        if low > high {
            return Ok(());
        }
        let low = match self.walk("ASC", low, high)? {
            Reached::End => return Ok(()),
            Reached::Broken(last) => last.map_or(low, |last| last.saturating_add(1)),
        };
        let high = match self.walk("DESC", low, high)? {
            Reached::End => return Ok(()),
            Reached::Broken(last) => last.map_or(high, |last| last.saturating_sub(1)),
        };
        if low >= high || self.attempts == 0 {
            self.complete = false;
            return Ok(());
        }
        let middle = low + (high - low) / 2;
        self.range(low, middle)?;
        self.range(middle + 1, high)
    }

    fn walk(&mut self, order: &str, low: i64, high: i64) -> Result<Reached, Error> {
        self.attempts = self.attempts.saturating_sub(1);
        let sql = format!("SELECT key FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key {order}");
        let mut statement = self.from.prepare_cached(&sql)?;
        let mut rows = statement.query([low, high])?;
        let mut last = None;
        loop {
            let key: i64 = match rows.next().and_then(|row| row.map(|row| row.get(0)).transpose()) {
                Ok(Some(key)) => key,
                Ok(None) => return Ok(Reached::End),
                Err(_) => return Ok(Reached::Broken(last)),
            };
            // Damage can send a walk astray; within the range and one way it stays finite.
            let onward =
                last.is_none_or(|last| if order == "ASC" { key > last } else { key < last });
            if key < low || key > high || !onward {
                return Ok(Reached::Broken(last));
            }
            self.keys.push(key);
            last = Some(key);
        }
    }
}
