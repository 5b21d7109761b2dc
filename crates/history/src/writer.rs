use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use crate::delete::Removed;
use crate::history::OnError;
use crate::readers::Readers;
use crate::row::{Inserter, Prepared};
use crate::{Error, Limits, delete, open, prune};

/// What the writer's thread is asked to do, in the order it was asked.
pub(crate) enum Command {
    Insert(Box<Prepared>),
    Flush(Reply<()>),
    Delete(Vec<Uuid>, Reply<Removed>),
    Prune(Limits, Reply<Removed>),
    Stop,
}

pub(crate) type Reply<T> = Sender<Result<T, Error>>;

/// Inserts queued before `insert` waits.
const QUEUE: usize = 32_768;

/// Entries in one transaction: what is queued, up to this.
const BATCH: usize = 16_384;

/// Entries kept in memory while they cannot be written; beyond it the oldest are lost.
const WAITING: usize = 32_768;

/// What the handle and the writer both see.
pub(crate) struct Shared {
    path: PathBuf,
    on_error: Option<OnError>,
    last_error: Mutex<Option<Error>>,
}

impl Shared {
    pub(crate) fn new(path: &Path, on_error: Option<OnError>) -> Self {
        Self { path: path.to_owned(), on_error, last_error: Mutex::new(None) }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn last_error(&self) -> Option<Error> {
        self.last_error.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers and tells an error; one that says "damaged" also asks for a repair at next start.
    pub(crate) fn report(&self, error: Error) {
        if matches!(error, Error::Damaged { .. }) {
            open::ask_for_repair(&self.path);
        }
        if let Some(tell) = &self.on_error {
            tell(&error);
        }
        *self.last_error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    fn works(&self) {
        *self.last_error.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// The handle's end of the writer's thread.
pub(crate) struct Writer {
    commands: SyncSender<Command>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(
        connection: Connection,
        shared: Arc<Shared>,
        readers: Arc<Readers>,
    ) -> std::io::Result<Self> {
        let (commands, receiver) = sync_channel(QUEUE);
        let task = Task { connection, shared, readers, waiting: Vec::new() };
        let thread = std::thread::Builder::new()
            .name("history".to_owned())
            .spawn(move || task.run(&receiver))?;
        Ok(Self { commands, thread: Some(thread) })
    }

    pub(crate) fn send(&self, command: Command) -> Result<(), Error> {
        self.commands.send(command).map_err(|_| Error::Stopped)
    }

    /// Sends a command with somewhere to answer, and waits for the answer.
    pub(crate) fn ask<T>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Result<T, Error> {
        let (reply, answer) = channel();
        self.send(command(reply))?;
        answer.recv().map_err(|_| Error::Stopped)?
    }

    /// Ends the thread after everything queued is written.
    pub(crate) fn stop(&mut self) {
        if self.send(Command::Stop).is_ok()
            && let Some(thread) = self.thread.take()
        {
            // A panic there was shown by the panic hook; there is nothing left to do about it.
            drop(thread.join());
        }
    }
}

struct Task {
    connection: Connection,
    shared: Arc<Shared>,
    readers: Arc<Readers>,
    /// Not yet on disk: the batch being gathered, or what a full disk refused.
    waiting: Vec<Prepared>,
}

impl Task {
    fn run(mut self, commands: &Receiver<Command>) {
        while let Ok(command) = commands.recv() {
            let mut next = Some(command);
            while let Some(Command::Insert(row)) = next {
                self.waiting.push(*row);
                next = if self.waiting.len().is_multiple_of(BATCH) {
                    None
                } else {
                    commands.try_recv().ok()
                };
            }
            let written = self.write();
            match next {
                Some(Command::Stop) => return,
                // Whoever asked may have gone; then nobody needs the answer.
                Some(Command::Flush(reply)) => drop(reply.send(written)),
                Some(Command::Delete(ids, reply)) => drop(reply.send(self.delete(&ids))),
                Some(Command::Prune(limits, reply)) => drop(reply.send(self.prune(limits))),
                Some(Command::Insert(_)) | None => {}
            }
        }
    }

    fn write(&mut self) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        // Full-text inserts are quick in the order of the keys only.
        self.waiting.sort_by_key(|row| row.summary.time_ms);
        let result = match insert_all(&mut self.connection, &self.waiting) {
            Err(Error::Database { .. }) => self.write_one_by_one(),
            other => other,
        };
        match result {
            Ok(()) => {
                self.waiting.clear();
                self.shared.works();
                Ok(())
            }
            Err(error) => Err(self.keep_waiting(error)),
        }
    }

    /// One entry that `SQLite` refuses must not keep the others out.
    fn write_one_by_one(&mut self) -> Result<(), Error> {
        while let Some(row) = self.waiting.first() {
            match insert_all(&mut self.connection, std::slice::from_ref(row)) {
                Err(error @ Error::Database { .. }) => self.shared.report(error),
                other => other?,
            }
            self.waiting.remove(0);
        }
        Ok(())
    }

    fn keep_waiting(&mut self, error: Error) -> Error {
        let over = self.waiting.len().saturating_sub(WAITING);
        self.waiting.drain(..over);
        let error = match error {
            Error::DiskFull { .. } => Error::DiskFull { waiting: self.waiting.len() },
            other => other,
        };
        self.shared.report(error.clone());
        error
    }

    fn delete(&mut self, ids: &[Uuid]) -> Result<Removed, Error> {
        let removed = delete::by_id(&mut self.connection, ids);
        self.wipe(removed)
    }

    fn prune(&mut self, limits: Limits) -> Result<Removed, Error> {
        let removed = prune::prune(&mut self.connection, limits);
        self.wipe(removed)
    }

    fn wipe(&mut self, removed: Result<Removed, Error>) -> Result<Removed, Error> {
        let result = removed.and_then(|mut removed| {
            if removed.entries > 0 {
                removed.wiped = delete::wipe(&self.connection, self.shared.path(), &self.readers)?;
            }
            Ok(removed)
        });
        if let Err(error @ Error::Damaged { .. }) = &result {
            self.shared.report(error.clone());
        }
        result
    }
}

/// Writes a batch, sorted by time, in one transaction.
pub(crate) fn insert_all(connection: &mut Connection, rows: &[Prepared]) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut inserter = Inserter::new(&transaction)?;
        let mut next = 0;
        for row in rows {
            next = inserter.insert(row, next)? + 1;
        }
    }
    transaction.commit()?;
    Ok(())
}
