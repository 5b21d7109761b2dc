use std::path::Path;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use serde::Serialize;
use uuid::Uuid;

use crate::readers::Readers;
use crate::{Error, migrate, row};

/// What a delete or prune took away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Removed {
    /// How many entries.
    pub entries: u64,
    /// Their bodies' ids: delete these from the spool.
    pub bodies: Vec<String>,
    /// Whether the values are gone from the files too. False when another process was reading
    /// just then; the next delete, or the next orderly end, does it.
    pub wiped: bool,
}

/// Entries in one transaction, so that another process waits a moment only.
const CHUNK: usize = 2_000;

pub(crate) fn by_id(connection: &mut Connection, ids: &[Uuid]) -> Result<Removed, Error> {
    let mut removed = Removed::default();
    for ids in ids.chunks(CHUNK) {
        let mut keys = Vec::with_capacity(ids.len());
        {
            let mut find = connection.prepare_cached("SELECT key FROM entry WHERE id = ?1")?;
            for id in ids {
                keys.extend(find.query_row([id.as_bytes()], |r| r.get::<_, i64>(0)).optional()?);
            }
        }
        by_key(connection, &mut keys, &mut removed)?;
    }
    Ok(removed)
}

/// So many are taken out of the search index one by one, some milliseconds each. More are marked
/// as deleted, and the whole index is then written anew without them.
const FEW: usize = 200;

/// Deletes these entries in chunks of one transaction each.
pub(crate) fn by_key(
    connection: &mut Connection,
    keys: &mut [i64],
    removed: &mut Removed,
) -> Result<(), Error> {
    // The index takes changes quickly in the order of the keys only.
    keys.sort_unstable();
    let few = keys.len() <= FEW;
    for keys in keys.chunks(CHUNK) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction
            .execute("INSERT INTO search (search, rank) VALUES ('secure-delete', ?1)", [few])?;
        let bodies = delete_chunk(&transaction, keys, removed)?;
        transaction.commit()?;
        removed.bodies.extend(bodies);
    }
    if !few {
        connection.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
    }
    Ok(())
}

fn delete_chunk(
    connection: &Connection,
    keys: &[i64],
    removed: &mut Removed,
) -> Result<Vec<String>, Error> {
    let mut bodies = Vec::new();
    let mut find =
        connection.prepare_cached(&format!("SELECT {} FROM entry WHERE key = ?1", row::COLUMNS))?;
    let mut unindex = connection.prepare_cached(row::UNINDEX)?;
    let mut delete = connection.prepare_cached("DELETE FROM entry WHERE key = ?1")?;
    for key in keys {
        let Some((key, summary)) = find.query_row([key], row::summary).optional()? else {
            continue;
        };
        row::index(&mut unindex, key, &summary)?;
        delete.execute([key])?;
        removed.entries += 1;
        bodies.extend(summary.body);
    }
    Ok(bodies)
}

/// Takes the deleted values out of the files: `secure_delete` has overwritten them in the pages;
/// the write-ahead log still has older pages until it is emptied.
pub(crate) fn wipe(connection: &Connection, path: &Path, readers: &Readers) -> Result<bool, Error> {
    migrate::remove_backups(path);
    readers.close();
    give_back(connection)?;
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(busy == 0)
}

/// Gives free pages back to the disk, a hundred megabytes at a time: the rest is used again, or
/// given back the next time. They are empty already.
fn give_back(connection: &Connection) -> Result<(), Error> {
    let mut statement = connection.prepare("PRAGMA incremental_vacuum(25000)")?;
    let mut pages = statement.query([])?;
    while pages.next()?.is_some() {}
    Ok(())
}
