use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::atomic::PREFIX;
use crate::workspace::{ENVIRONMENTS, FOLDER_FILE, ROOT_FILE, join, name_of, parent_of};
use crate::{Workspace, WorkspaceError};

/// Changes are reported when nothing more has come for this long,
const QUIET: Duration = Duration::from_millis(60);
/// or at the latest after this long.
const LATEST: Duration = Duration::from_millis(500);
/// Above this many paths only the fact is reported: everything is to be read again.
const STORM: usize = 2_000;

/// What changed outside, since the last report. Own saves are not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Items came, went or changed what the tree shows of them.
    pub tree: bool,
    /// Files of items that changed, came or went; folders by their own path, the collection as `""`.
    pub items: Vec<String>,
    /// Files of environments that changed, came or went.
    pub environments: Vec<String>,
    /// Too much changed to list, or the system lost track: read everything again.
    pub all: bool,
}

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Watch {
    stop: Sender<Told>,
    thread: Option<JoinHandle<()>>,
}

enum Told {
    Event(notify::Result<Event>),
    Stop,
}

impl Workspace {
    /// Calls `report` from a thread of its own whenever something changed that this process did not do.
    ///
    /// # Errors
    /// The system cannot watch the folder (on Linux often `fs.inotify.max_user_watches`).
    pub fn watch(
        &self,
        report: impl FnMut(Changes) + Send + 'static,
    ) -> Result<Watch, WorkspaceError> {
        let (sender, receiver) = channel();
        let events = sender.clone();
        let fail = |error: notify::Error| WorkspaceError::Watch {
            folder: self.root().to_owned(),
            reason: error.to_string(),
        };
        let mut watcher = notify::recommended_watcher(move |event| {
            // The other end is gone only when watching ends.
            let _ = events.send(Told::Event(event));
        })
        .map_err(fail)?;
        if PER_FOLDER {
            watch_folders(&mut watcher, self.root(), self.root()).map_err(fail)?;
        } else {
            watcher.watch(self.root(), RecursiveMode::Recursive).map_err(fail)?;
        }
        let workspace = self.clone();
        let thread =
            std::thread::spawn(move || Loop { workspace, watcher, receiver, report }.run());
        Ok(Watch { stop: sender, thread: Some(thread) })
    }
}

/// inotify watches single folders anyway; doing it here leaves `.git` and `node_modules` out.
const PER_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

fn watch_folders(
    watcher: &mut RecommendedWatcher,
    root: &Path,
    folder: &Path,
) -> notify::Result<()> {
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|t| t.is_dir()) && !is_ignored(root, &path) {
            watch_folders(watcher, root, &path)?;
        }
    }
    Ok(())
}

fn is_ignored(root: &Path, path: &Path) -> bool {
    path.strip_prefix(root).is_ok_and(|relative| {
        relative.components().any(|part| {
            let name = part.as_os_str().to_string_lossy();
            name.starts_with('.') || name == "node_modules" || name.starts_with(PREFIX)
        })
    })
}

struct Loop<F> {
    workspace: Workspace,
    watcher: RecommendedWatcher,
    receiver: Receiver<Told>,
    report: F,
}

impl<F: FnMut(Changes)> Loop<F> {
    fn run(mut self) {
        while let Ok(Told::Event(first)) = self.receiver.recv() {
            let mut pending = Pending::default();
            self.take(first, &mut pending);
            let begun = Instant::now();
            while begun.elapsed() < LATEST {
                match self.receiver.recv_timeout(QUIET) {
                    Ok(Told::Event(event)) => self.take(event, &mut pending),
                    Err(RecvTimeoutError::Timeout) => break,
                    Ok(Told::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            let changes = self.sort(pending);
            if changes != Changes::default() {
                (self.report)(changes);
            }
        }
    }

    fn take(&mut self, event: notify::Result<Event>, pending: &mut Pending) {
        let root = self.workspace.root();
        let Ok(event) = event else {
            pending.lost = true;
            return;
        };
        if event.need_rescan() {
            pending.lost = true;
        }
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        for path in event.paths {
            if is_ignored(root, &path) || path == root {
                continue;
            }
            let is_new_folder =
                PER_FOLDER && !event.kind.is_remove() && path.is_dir() && !path.is_symlink();
            if is_new_folder {
                // What came into it before it was watched is found by listing it.
                if watch_folders(&mut self.watcher, root, &path).is_err() {
                    pending.lost = true;
                }
                list(root, &path, &mut pending.paths);
            }
            pending.paths.insert(path);
        }
    }

    fn sort(&self, pending: Pending) -> Changes {
        let mut changes = Changes::default();
        if pending.lost || pending.paths.len() > STORM {
            return Changes { tree: true, all: true, ..changes };
        }
        let mut items = BTreeSet::new();
        for path in pending.paths {
            if self.workspace.is_own(&path) {
                continue;
            }
            let relative = self.workspace.relative(&path);
            if relative == ENVIRONMENTS || relative.starts_with(&join(ENVIRONMENTS, "")) {
                changes.environments.push(relative);
                continue;
            }
            changes.tree = true;
            if relative == ROOT_FILE {
                items.insert(String::new());
            } else if name_of(&relative) == FOLDER_FILE {
                items.insert(parent_of(&relative).to_owned());
            } else {
                items.insert(relative);
            }
        }
        changes.items = items.into_iter().collect();
        changes
    }
}

#[derive(Default)]
struct Pending {
    paths: BTreeSet<PathBuf>,
    lost: bool,
}

fn list(root: &Path, folder: &Path, paths: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if is_ignored(root, &path) || paths.len() > STORM {
            continue;
        }
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            list(root, &path, paths);
        }
        paths.insert(path);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // The thread may have ended already.
        let _ = self.stop.send(Told::Stop);
        if let Some(thread) =
            self.thread.take().filter(|t| t.thread().id() != std::thread::current().id())
        {
            let _ = thread.join();
        }
    }
}
