//! History as a HAR: chosen exchanges, those that a search finds, or all.

use std::cell::{Cell, RefCell};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use errand_history::{Error, History, Query};
use errand_interop::har::write_exchanges;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::past::{parse_id, query};
use crate::App;
use crate::blocking::blocking;
use crate::dispatch::Events;
use crate::errors;
use crate::past_har::exchanges;
use crate::session::Session;
use crate::wire::{ExportHistory, HistoryExported, HistoryProgress, WireError};

/// Entries that are looked up at once.
const PAGE: usize = 2000;
/// How often is said how far it is, in entries.
const STEP: u64 = 100;

impl Session {
    pub(crate) async fn export_history(
        self: &Arc<Self>,
        args: ExportHistory,
        events: Events<HistoryProgress>,
    ) -> Result<HistoryExported, WireError> {
        let cancel = self.register(&args.id)?;
        let to = PathBuf::from(&args.to);
        let (name, progress) = (args.id.clone(), cancel.clone());
        let done = self
            .archive(args, move |job| {
                replace(&to, |file| job.write(file, &progress, |at| events.send(at)))
            })
            .await;
        self.unregister(&name);
        done
    }

    /// Writes history to `to` as a HAR; `stop` with the id of `args` ends it early.
    ///
    /// # Errors
    /// An entry is not there, or `to` cannot be written; then it may hold a part.
    pub async fn write_history(
        self: &Arc<Self>,
        args: ExportHistory,
        mut to: impl Write + Send + 'static,
    ) -> Result<HistoryExported, WireError> {
        let cancel = self.register(&args.id)?;
        let name = args.id.clone();
        let done = self.archive(args, move |job| job.write(&mut to, &cancel, |_| {})).await;
        self.unregister(&name);
        done
    }

    /// [`Session::write_history`] to the file `args` names, as a whole or not at all.
    pub async fn save_history(
        self: &Arc<Self>,
        args: ExportHistory,
    ) -> Result<HistoryExported, WireError> {
        self.export_history(args, crate::dispatch::EventSink::none().typed()).await
    }

    async fn archive(
        &self,
        args: ExportHistory,
        write: impl FnOnce(Job) -> Result<HistoryExported, WireError> + Send + 'static,
    ) -> Result<HistoryExported, WireError> {
        let ids = args.ids.map(|ids| ids.iter().map(|id| parse_id(id)).collect::<Result<_, _>>());
        let ids: Option<Vec<Uuid>> = ids.transpose()?;
        let most = if args.search.limit == 0 { usize::MAX } else { args.search.limit as usize };
        let query = query(args.search, self.workspace_id())?;
        let app = self.app.clone();
        blocking(move || {
            let history = app.history()?;
            // What was just sent is there too.
            history.flush().map_err(|error| errors::history(&error))?;
            let ids = match ids {
                Some(ids) => oldest_first(&history, ids)?,
                None => found(&history, query, most)?,
            };
            write(Job { app, history, ids })
        })
        .await
    }
}

/// The ids of these entries by their time.
///
/// # Errors
/// There is none of an id.
fn oldest_first(history: &History, ids: Vec<Uuid>) -> Result<Vec<Uuid>, WireError> {
    let mut timed = Vec::new();
    for id in ids {
        let entry = history.entry(id).map_err(|error| match error {
            Error::NoEntry { .. } => WireError::new("no-entry", error.to_string()),
            error => errors::history(&error),
        })?;
        timed.push((entry.summary.time_ms, id));
    }
    timed.sort_unstable();
    timed.dedup();
    Ok(timed.into_iter().map(|(_, id)| id).collect())
}

/// The ids of what a search finds, oldest first as the specification of HAR asks for.
fn found(history: &History, mut query: Query, most: usize) -> Result<Vec<Uuid>, WireError> {
    let mut ids = Vec::new();
    while ids.len() < most {
        query.limit = PAGE.min(most - ids.len());
        let page = history.search(&query).map_err(|error| errors::history(&error))?;
        ids.extend(page.entries.iter().map(|entry| entry.id));
        match page.next {
            Some(next) => query.before = Some(next),
            None => break,
        }
    }
    ids.reverse();
    Ok(ids)
}

/// What is written: of all entries their ids, of one at a time the rest.
struct Job {
    app: Arc<App>,
    history: History,
    ids: Vec<Uuid>,
}

impl Job {
    fn write(
        self,
        to: &mut dyn Write,
        cancel: &CancellationToken,
        tell: impl Fn(&HistoryProgress),
    ) -> Result<HistoryExported, WireError> {
        let of = self.ids.len() as u64;
        let (done, left_out) = (Cell::new(0_u64), Cell::new(0_u64));
        let failed: RefCell<Option<WireError>> = RefCell::new(None);
        let entries = self.ids.iter().map_while(|id| {
            if cancel.is_cancelled() {
                let error = WireError::new("cancelled", "Stopped before all of it was written.");
                *failed.borrow_mut() = Some(error);
                return None;
            }
            if done.get().is_multiple_of(STEP) {
                tell(&HistoryProgress { done: done.get(), of });
            }
            match self.history.entry(*id) {
                Ok(entry) => {
                    done.set(done.get() + 1);
                    let (requests, too_long) = exchanges(&self.app, entry);
                    left_out.set(left_out.get() + u64::from(too_long));
                    Some(requests)
                }
                // Deleted a moment ago.
                Err(Error::NoEntry { .. }) => Some(Vec::new()),
                Err(error) => {
                    *failed.borrow_mut() = Some(errors::history(&error));
                    None
                }
            }
        });
        let mut buffered = BufWriter::with_capacity(1 << 18, to);
        let written = write_exchanges(entries.flatten(), &mut buffered)
            .and_then(|requests| buffered.flush().map(|()| requests));
        if let Some(error) = failed.take() {
            return Err(error);
        }
        let requests = written.map_err(|error| {
            WireError::new("write-failed", format!("The archive could not be written: {error}."))
                .hint("See whether the folder exists, can be written and has room.")
        })?;
        Ok(HistoryExported { entries: done.get(), requests, bodies_left_out: left_out.get() })
    }
}

/// Replaces or makes a file once all of it is written; otherwise it stays as it was.
fn replace<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, WireError>,
) -> Result<T, WireError> {
    let failed = |error: io::Error| errors::file("write", path, &error);
    // A link stays one: the file it leads to is replaced.
    let real = if path.is_symlink() {
        std::fs::canonicalize(path).map_err(failed)?
    } else {
        std::path::absolute(path).map_err(failed)?
    };
    if real.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let folder = real.parent().unwrap_or(Path::new("/"));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".errand-").suffix(".part");
    // What any new file gets; the umask takes its part.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(failed)?;
    let done = write(&mut file)?;
    if let Ok(old) = std::fs::metadata(&real) {
        file.as_file().set_permissions(old.permissions()).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&real).map_err(|error| failed(error.error))?;
    Ok(done)
}
