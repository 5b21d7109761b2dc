use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OpenFlags, Row};
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
    /// Places in the file that could not be read; zero when only the search index was damaged.
    pub gaps: u64,
}

/// Queries spent on finding the edges of damage before the rest of a gap is given up.
const ATTEMPTS: u32 = 20_000;

pub(crate) fn set_aside_and_save(path: &Path, options: &Options) -> Result<Recovery, Error> {
    let set_aside = set_aside(path)?;
    let mut recovery = Recovery { set_aside, saved: 0, gaps: 0 };
    // Saved under another name first: a crash meanwhile leaves no half-filled history.
    let partial = with_suffix(path, ".recovering");
    remove_database(&partial)?;
    let mut into = Connection::open(&partial)?;
    migrate::configure(&into, options.max_bytes)?;
    migrate::migrate(&mut into, &partial)?;
    match copy_readable(&recovery.set_aside, &partial, &mut into) {
        Ok((saved, gaps)) => (recovery.saved, recovery.gaps) = (saved, gaps),
        // Nothing of it can be read: history starts empty, the file is still there.
        Err(Error::Damaged { .. }) => recovery.gaps = 1,
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
) -> Result<(u64, u64), Error> {
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

fn copy_all(from: &Connection, into: &mut Connection) -> Result<(u64, u64), Error> {
    let transaction = into.transaction()?;
    let counted = {
        let mut copy = Copy {
            from,
            into: Inserter::new(&transaction)?,
            saved: 0,
            gaps: 0,
            attempts: ATTEMPTS,
        };
        from.prepare(&Copy::sql("ASC"))?;
        copy.range(0, i64::MAX)?;
        (copy.saved, copy.gaps)
    };
    if counted.0 == 0 && counted.1 > 0 {
        return Err(Error::Damaged { message: "no entry can be read".to_owned() });
    }
    transaction.commit()?;
    Ok(counted)
}

/// Copies row by row, around what cannot be read.
struct Copy<'c> {
    from: &'c Connection,
    into: Inserter<'c>,
    saved: u64,
    gaps: u64,
    attempts: u32,
}

impl Copy<'_> {
    fn sql(order: &str) -> String {
        format!(
            "SELECT {} FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key {order}",
            row::COLUMNS
        )
    }

    /// Reads from both ends towards the damage, then each half of what lies between.
    fn range(&mut self, low: i64, high: i64) -> Result<(), Error> {
        if low > high {
            return Ok(());
        }
        let Some(low) = self.run("ASC", low, high)?.map(|last| last.map_or(low, |last| last + 1))
        else {
            return Ok(());
        };
        if self.attempts == 0 || low >= high {
            self.gaps += 1;
            return Ok(());
        }
        let high = match self.run("DESC", low, high)? {
            Some(Some(last)) => last - 1,
            Some(None) => high,
            None => return Ok(()),
        };
        if low >= high {
            self.gaps += 1;
            return Ok(());
        }
        let middle = low + (high - low) / 2;
        self.range(low, middle)?;
        self.range(middle + 1, high)
    }

    /// Copies in one direction: none when it came to the end, else the last key before an error.
    fn run(&mut self, order: &str, low: i64, high: i64) -> Result<Option<Option<i64>>, Error> {
        self.attempts = self.attempts.saturating_sub(1);
        let mut last = None;
        let mut statement = self.from.prepare_cached(&Self::sql(order))?;
        let mut rows = statement.query([low, high])?;
        loop {
            match rows.next() {
                Ok(Some(found)) => {
                    let key: i64 = match found.get(0) {
                        Ok(key) => key,
                        Err(_) => return Ok(Some(last)),
                    };
                    // Damage can make a walk go astray; the range keeps it finite.
                    if key < low
                        || key > high
                        || last.is_some_and(|last| (order == "ASC") != (key > last))
                    {
                        return Ok(Some(last));
                    }
                    self.keep(key, found)?;
                    last = Some(key);
                }
                Ok(None) => return Ok(None),
                Err(_) => return Ok(Some(last)),
            }
        }
    }

    fn keep(&mut self, key: i64, found: &Row<'_>) -> Result<(), Error> {
        let Ok((_, summary)) = row::summary(found) else {
            self.gaps += 1;
            return Ok(());
        };
        if summary.id.is_nil() {
            self.gaps += 1;
            return Ok(());
        }
        let detail = self.detail(key);
        if detail.is_none() {
            self.gaps += 1;
        }
        let (request, response_headers, timeline) =
            detail.unwrap_or_else(|| ("null".to_owned(), "null".to_owned(), "null".to_owned()));
        self.into.insert(&Prepared { summary, request, response_headers, timeline }, key)?;
        self.saved += 1;
        Ok(())
    }

    fn detail(&self, key: i64) -> Option<(String, String, String)> {
        let sql = "SELECT request, response_headers, timeline FROM detail WHERE key = ?1";
        let mut statement = self.from.prepare_cached(sql).ok()?;
        statement.query_row([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).ok()
    }
}
