use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use crate::{Error, row};

/// The newest format. Each step below leads from the one before it.
pub(crate) const LATEST: u32 = 2;

/// `ERRD` in the file's header tells our databases from others.
pub(crate) const APPLICATION_ID: i32 = 0x4552_5244;

const BUSY: Duration = Duration::from_secs(5);

/// Every connection that writes is set up like this.
pub(crate) fn configure(connection: &Connection, max_bytes: Option<u64>) -> Result<(), Error> {
    connection.busy_timeout(BUSY)?;
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    if pages == 0 {
        // Lets a pruned file shrink. In a file with pages it would only write to it at every start.
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -32_768)?;
    connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    connection.set_prepared_statement_cache_capacity(32);
    if let Some(bytes) = max_bytes {
        let page: i64 = connection.pragma_query_value(None, "page_size", |r| r.get(0))?;
        let pages = i64::try_from(bytes).unwrap_or(i64::MAX) / page.max(1);
        connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
    }
    Ok(())
}

/// Brings an older file up to date, each step in one transaction, after a backup of the whole.
/// Says from which version it came; a new file comes from none.
pub(crate) fn migrate(connection: &mut Connection, path: &Path) -> Result<Option<u32>, Error> {
    let found = version(connection)?;
    if found > LATEST {
        return Err(Error::Newer { path: path.to_owned(), found, known: LATEST });
    }
    if found == LATEST {
        return Ok(None);
    }
    if found > 0 {
        back_up(connection, path, found)?;
    }
    for step in found..LATEST {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have done it while this one waited.
        if version(&transaction)? == step {
            apply(&transaction, step + 1)?;
            transaction.pragma_update(None, "user_version", step + 1)?;
            transaction.commit()?;
        }
    }
    Ok((found > 0).then_some(found))
}

fn apply(connection: &Connection, to: u32) -> Result<(), Error> {
    if to == 1 {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        connection.execute_batch(include_str!("schema/1.sql"))?;
    } else {
        connection.execute_batch(include_str!("schema/2.sql"))?;
        index_all(connection)?;
    }
    Ok(())
}

/// Puts every entry into an empty search index.
pub(crate) fn index_all(connection: &Connection) -> Result<(), Error> {
    let mut entries =
        connection.prepare(&format!("SELECT {} FROM entry ORDER BY key", row::COLUMNS))?;
    let mut insert = connection.prepare_cached(row::INDEX)?;
    let mut rows = entries.query([])?;
    while let Some(found) = rows.next()? {
        let (key, summary) = row::summary(found)?;
        row::index(&mut insert, key, &summary)?;
    }
    Ok(())
}

pub(crate) fn version(connection: &Connection) -> Result<u32, Error> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(u32::try_from(version).unwrap_or(u32::MAX))
}

/// A whole copy under a name of its own: written aside, made durable, then renamed, so that a
/// backup that exists is complete.
fn back_up(connection: &Connection, path: &Path, version: u32) -> Result<(), Error> {
    let backup = backup_path(path, version);
    let partial = with_suffix(path, &format!(".v{version}.backup-partial"));
    match std::fs::remove_file(&partial) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            return Err(Error::file(&partial, &e));
        }
        _ => {}
    }
    connection.execute("VACUUM INTO ?1", [partial.to_string_lossy()])?;
    let done = std::fs::File::open(&partial)
        .and_then(|file| file.sync_all())
        .and_then(|()| std::fs::rename(&partial, &backup));
    done.map_err(|e| Error::file(&backup, &e))
}

/// Backups hold what is deleted later, so they go when something is deleted.
pub(crate) fn remove_backups(path: &Path) {
    for version in 1..LATEST {
        // One that cannot be removed is one that is not there.
        drop(std::fs::remove_file(backup_path(path, version)));
    }
}

pub(crate) fn backup_path(path: &Path, version: u32) -> PathBuf {
    with_suffix(path, &format!(".v{version}.backup"))
}

pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
