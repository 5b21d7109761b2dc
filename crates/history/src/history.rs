use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::OptionalExtension;
use uuid::Uuid;

use crate::delete::Removed;
use crate::readers::Readers;
use crate::row::{self, Prepared};
use crate::writer::{Command, Shared, Writer};
use crate::{
    Count, Entry, Error, Limits, Page, Point, Query, Recovery, SameRequest, open, search, series,
};

/// Called with what goes wrong in the background, on the writer's thread.
pub type OnError = Box<dyn Fn(&Error) + Send + Sync>;

/// How to open.
#[derive(Default)]
pub struct Options {
    /// Told of entries that could not be written. [`History::last_error`] says it too.
    pub on_error: Option<OnError>,
    /// The file may not grow beyond this many bytes; inserts then fail as on a full disk.
    pub max_bytes: Option<u64>,
    /// Read the whole file before using it (about a second for a gigabyte) and repair it at once.
    /// Without it, damage deep in the file is found by who meets it, and repaired at the next start.
    pub check: bool,
}

/// A handle to the database; clones share it. The last one to go writes what is waiting.
#[derive(Clone)]
pub struct History(Arc<Inner>);

struct Inner {
    // Dropped in this order: the writer ends last-but-one and needs `shared` only.
    readers: Arc<Readers>,
    writer: Writer,
    shared: Arc<Shared>,
}

/// An opened history and what happened on the way.
pub struct Opened {
    /// The handle.
    pub history: History,
    /// The older format it was brought up from; a backup lies beside it.
    pub migrated_from: Option<u32>,
    /// Set when the file was damaged, set aside, and its entries saved into a new one.
    pub recovered: Option<Recovery>,
}

impl History {
    /// Opens `path`, or creates it and its folder.
    ///
    /// # Errors
    /// [`Error::Newer`] and [`Error::Foreign`] leave the file unchanged. A damaged file is no
    /// error: see [`Opened::recovered`].
    pub fn open(path: &Path) -> Result<Opened, Error> {
        Self::open_with(path, Options::default())
    }

    /// Opens `path` with options.
    pub fn open_with(path: &Path, options: Options) -> Result<Opened, Error> {
        let ready = open::open(path, &options)?;
        let shared = Arc::new(Shared::new(path, options.on_error));
        let readers = Arc::new(Readers::new(path));
        let writer = Writer::start(ready.connection, Arc::clone(&shared), Arc::clone(&readers))
            .map_err(|e| Error::file(path, &e))?;
        let history = Self(Arc::new(Inner { readers, writer, shared }));
        Ok(Opened { history, migrated_from: ready.migrated_from, recovered: ready.recovered })
    }

    /// Where the database is.
    pub fn path(&self) -> PathBuf {
        self.0.shared.path().to_owned()
    }

    /// Hands an entry to the writer and returns at once. It waits only when thousands are queued.
    ///
    /// # Errors
    /// [`Error::Stopped`], [`Error::Encoding`]. What goes wrong later is told by
    /// [`Options::on_error`].
    pub fn insert(&self, entry: Entry) -> Result<(), Error> {
        self.0.writer.send(Command::Insert(Box::new(Prepared::new(entry)?)))
    }

    /// Waits until everything inserted before is on disk and seen by searches.
    pub fn flush(&self) -> Result<(), Error> {
        self.0.writer.ask(Command::Flush)
    }

    /// The last thing that went wrong in the background; none once writing works again.
    pub fn last_error(&self) -> Option<Error> {
        self.0.shared.last_error()
    }

    /// Newest first.
    pub fn search(&self, query: &Query) -> Result<Page, Error> {
        self.read(|connection| search::search(connection, query))
    }

    /// How many a search would find on all its pages, counted up to `cap`.
    pub fn count(&self, query: &Query, cap: u64) -> Result<Count, Error> {
        self.read(|connection| search::count(connection, query, cap))
    }

    /// One whole entry.
    ///
    /// # Errors
    /// [`Error::NoEntry`].
    pub fn entry(&self, id: Uuid) -> Result<Entry, Error> {
        self.read(|connection| {
            let sql = format!(
                "SELECT {}, request, response_headers, timeline FROM entry LEFT JOIN detail USING (key) WHERE id = ?1",
                row::COLUMNS
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let found = statement.query_row([id.as_bytes()], row::entry).optional()?;
            found.ok_or(Error::NoEntry { id })
        })
    }

    /// Earlier exchanges of the same request, newest first: how sizes and times went.
    pub fn series(&self, request: &SameRequest, limit: usize) -> Result<Vec<Point>, Error> {
        self.read(|connection| series::series(connection, request, limit))
    }

    /// The ids of all bodies that entries refer to.
    pub fn bodies(&self) -> Result<HashSet<String>, Error> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT body FROM entry WHERE body IS NOT NULL")?;
            let ids = statement.query_map([], |row| row.get(0))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
    }

    /// Deletes entries, and every trace of them in the files. Ids that are not there are passed over.
    pub fn delete(&self, ids: &[Uuid]) -> Result<Removed, Error> {
        let ids = ids.to_vec();
        self.0.writer.ask(|reply| Command::Delete(ids, reply))
    }

    /// Deletes the oldest entries beyond the limits.
    pub fn prune(&self, limits: Limits) -> Result<Removed, Error> {
        self.0.writer.ask(|reply| Command::Prune(limits, reply))
    }

    /// Reads the whole file and says whether it is sound: about a second for a gigabyte.
    ///
    /// # Errors
    /// [`Error::Damaged`]; the next start then repairs it.
    pub fn check(&self) -> Result<(), Error> {
        self.read(open::check_all)
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let result = self.0.readers.read(work);
        if let Err(error @ Error::Damaged { .. }) = &result {
            self.0.shared.report(error.clone());
        }
        result
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.readers.close();
        self.writer.stop();
    }
}
