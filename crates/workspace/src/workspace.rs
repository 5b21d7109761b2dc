use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use crate::{LocalState, WorkspaceError, atomic, shape, yaml};

/// The file that makes a folder a workspace.
pub(crate) const ROOT_FILE: &str = "opencollection.yml";
/// The file with a folder's own settings.
pub(crate) const FOLDER_FILE: &str = "folder.yml";
/// The folder of environments, directly below the root.
pub(crate) const ENVIRONMENTS: &str = "environments";

/// An open workspace: a folder in `OpenCollection`'s form. Cheap to clone; every method reads or
/// writes the disk and may block.
#[derive(Debug, Clone)]
pub struct Workspace {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) root: PathBuf,
    pub(crate) local: LocalState,
    /// What this process last made of each path, so that watching does not report it back.
    own: Mutex<HashMap<PathBuf, Trace>>,
    /// One save at a time within this process; the lock file sees to other processes.
    saving: Mutex<()>,
}

/// What this process left at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trace {
    /// A file with this revision.
    Content(String),
    Folder,
    Nothing,
}

/// Held while files are changed.
pub(crate) struct Saving<'a> {
    _thread: MutexGuard<'a, ()>,
    /// Unlocked when closed.
    _process: Option<File>,
}

impl Workspace {
    /// Opens the folder `root`. `data` is the app's data folder, where local state, drafts and the
    /// trash live; it is made when needed.
    ///
    /// # Errors
    /// [`WorkspaceError::NotAWorkspace`] with collections found nearby, or what keeps it from being
    /// read. A broken `opencollection.yml` is not an error here: the tree shows it.
    pub fn open(root: impl AsRef<Path>, data: impl AsRef<Path>) -> Result<Self, WorkspaceError> {
        let root = root.as_ref();
        crate::staging::sweep(root);
        if !root.join(ROOT_FILE).is_file() {
            return Err(crate::nearby::not_a_workspace(root));
        }
        let root = atomic::canonical(root)?;
        let id = Self::id_of(&root);
        let local = LocalState::new(data.as_ref(), &id);
        Ok(Self {
            inner: Arc::new(Inner { root, local, own: Mutex::default(), saving: Mutex::default() }),
        })
    }

    /// The folder, canonical.
    pub fn root(&self) -> &Path {
        &self.inner.root
    }

    /// What is kept of this workspace outside of it: drafts, the window, the chosen environment.
    pub fn local(&self) -> &LocalState {
        &self.inner.local
    }

    /// Stable name of this workspace for the keychain and local state: `extensions.errand.id`, or
    /// made from the folder's path.
    pub fn id(&self) -> &str {
        self.inner.local.workspace_id()
    }

    fn id_of(root: &Path) -> String {
        let text = atomic::read_bounded(&root.join(ROOT_FILE)).unwrap_or_default();
        let own = yaml::parse(&text).ok().and_then(|node| shape::workspace_id(&node));
        let safe = |id: &String| {
            id.len() <= 64 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        own.filter(safe)
            .unwrap_or_else(|| revision(root.to_string_lossy().as_bytes())[..32].to_owned())
    }

    /// The place on disk of an item's path. It is inside the root, symbolic links followed.
    pub(crate) fn locate(&self, path: &str) -> Result<PathBuf, WorkspaceError> {
        let outside = || WorkspaceError::OutsideWorkspace(path.to_owned());
        let plain = Path::new(path).components().all(|c| matches!(c, Component::Normal(_)));
        if !plain || path.contains(['\\', '\0']) {
            return Err(outside());
        }
        let full =
            if path.is_empty() { self.inner.root.clone() } else { self.inner.root.join(path) };
        // The deepest part that exists must be inside; a link that leads out is not followed.
        let mut existing = full.as_path();
        while fs::symlink_metadata(existing).is_err() {
            existing = existing.parent().ok_or_else(outside)?;
        }
        match fs::canonicalize(existing) {
            Ok(real) if real.starts_with(&self.inner.root) => Ok(full),
            _ => Err(outside()),
        }
    }

    /// Waits until no other thread or window saves, then keeps them waiting.
    pub(crate) fn saving(&self) -> Saving<'_> {
        let thread = self.inner.saving.lock().unwrap_or_else(PoisonError::into_inner);
        let process = self.inner.local.lock_file().and_then(|file| {
            file.lock()?;
            Ok(file)
        });
        // A data folder that cannot be written must not keep the workspace from being saved.
        Saving { _thread: thread, _process: process.ok() }
    }

    pub(crate) fn left(&self, path: &Path, trace: Trace) {
        self.inner
            .own
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.to_owned(), trace);
    }

    /// Whether what is at `path` now is what this process left there.
    pub(crate) fn is_own(&self, path: &Path) -> bool {
        let own = self.inner.own.lock().unwrap_or_else(PoisonError::into_inner);
        match own.get(path) {
            None => false,
            Some(Trace::Nothing) => fs::symlink_metadata(path).is_err(),
            Some(Trace::Folder) => path.is_dir(),
            Some(Trace::Content(known)) => {
                fs::read(path).is_ok_and(|bytes| revision(&bytes) == *known)
            }
        }
    }

    /// The path of a place on disk as items have it.
    pub(crate) fn relative(&self, full: &Path) -> String {
        let relative = full.strip_prefix(&self.inner.root).unwrap_or(full);
        relative.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }
}

/// The revision of a file's content: SHA-256 in hexadecimal.
pub(crate) fn revision(content: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(content).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a String does not fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The folder part of an item's path; the root's is empty.
pub(crate) fn parent_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The last part of an item's path.
pub(crate) fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// A file name without `.yml` or `.yaml`.
pub(crate) fn stem_of(name: &str) -> &str {
    name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml")).unwrap_or(name)
}

pub(crate) fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}/{name}") }
}
