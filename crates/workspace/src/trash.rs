use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::workspace::{Trace, join, name_of, parent_of};
use crate::{Workspace, WorkspaceError, atomic, local, names};

/// What was deleted, to put it back with [`Workspace::restore`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// The token.
    pub id: String,
    /// Where the items were.
    pub paths: Vec<String>,
}

impl Workspace {
    /// Moves items to the trash in the data folder.
    ///
    /// # Errors
    /// An item is not there or cannot be moved; those before it in the list are in the trash then,
    /// and the token of that is lost only if nothing was moved.
    pub fn delete(&self, paths: &[String]) -> Result<Deleted, WorkspaceError> {
        let paths = outermost(paths);
        for path in &paths {
            self.item_on_disk(path)?;
        }
        let _saving = self.saving();
        let deleted = Deleted { id: uuid::Uuid::now_v7().to_string(), paths };
        let bin = self.local().trash().join(&deleted.id);
        local::write_json(&bin.join("deleted.json"), &deleted)?;
        for (at, path) in deleted.paths.iter().enumerate() {
            let full = self.locate(path)?;
            self.left_tree(&full, None);
            relocate(&full, &bin.join(at.to_string()))?;
        }
        Ok(deleted)
    }

    /// Puts deleted items back where they were, or beside what is there now. Gives their paths.
    ///
    /// # Errors
    /// The trash no longer has them, or they cannot be moved.
    pub fn restore(&self, id: &str) -> Result<Vec<String>, WorkspaceError> {
        let plain = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let bin = self.local().trash().join(if plain { id } else { "-" });
        let deleted: Deleted =
            local::read_json(&bin.join("deleted.json")).ok_or(WorkspaceError::NothingToRestore)?;
        let _saving = self.saving();
        let mut restored = Vec::new();
        for (at, path) in deleted.paths.iter().enumerate() {
            let from = bin.join(at.to_string());
            if fs::symlink_metadata(&from).is_err() {
                continue;
            }
            let folder = self.locate(parent_of(path))?;
            atomic::create_folders(&folder)?;
            let (stem, extension) = split_extension(name_of(path));
            let name = names::free(&folder, stem, extension, None);
            let to = folder.join(&name);
            self.left_tree(&from, Some(&to));
            relocate(&from, &to)?;
            restored.push(join(parent_of(path), &name));
        }
        // An empty bin that stays does no harm.
        let _ = fs::remove_dir_all(&bin);
        Ok(restored)
    }

    /// Removes what was deleted longer ago than `age` for good.
    pub fn empty_trash(&self, age: std::time::Duration) {
        let Ok(bins) = fs::read_dir(self.local().trash()) else { return };
        for bin in bins.flatten() {
            let old = bin
                .metadata()
                .and_then(|m| m.modified())
                .is_ok_and(|t| t.elapsed().is_ok_and(|e| e > age));
            if old {
                // Tried again at the next call.
                let _ = fs::remove_dir_all(bin.path());
            }
        }
    }

    /// Remembers for the watcher that everything at `from` is going, and coming to `to`.
    pub(crate) fn left_tree(&self, from: &Path, to: Option<&Path>) {
        if from.is_dir() && !from.is_symlink() {
            for entry in fs::read_dir(from).into_iter().flatten().flatten() {
                self.left_tree(&entry.path(), to.map(|t| t.join(entry.file_name())).as_deref());
            }
            if let Some(to) = to {
                self.left(to, Trace::Folder);
            }
        } else if let (Some(to), Ok(bytes)) = (to, fs::read(from)) {
            self.left(to, Trace::Content(crate::workspace::revision(&bytes)));
        }
        self.left(from, Trace::Nothing);
    }
}

/// Paths without those that are inside another of them.
pub(crate) fn outermost(paths: &[String]) -> Vec<String> {
    let inside = |path: &str, other: &str| {
        path.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
    };
    let mut kept: Vec<String> = Vec::new();
    for path in paths {
        if !paths.iter().any(|other| inside(path, other)) && !kept.contains(path) {
            kept.push(path.clone());
        }
    }
    kept
}

/// `name.yml` as `name` and `.yml`.
pub(crate) fn split_extension(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        _ => (name, ""),
    }
}

/// Moves a file or folder, over file systems if need be. Nothing is at `to`.
pub(crate) fn relocate(from: &Path, to: &Path) -> Result<(), WorkspaceError> {
    let fail = |error| WorkspaceError::write(from, "moving it", error);
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            copy_tree(from, to).map_err(fail)?;
            if from.is_dir() { fs::remove_dir_all(from) } else { fs::remove_file(from) }
                .map_err(fail)?;
        }
        other => other.map_err(fail)?,
    }
    for folder in [from.parent(), to.parent()].into_iter().flatten() {
        atomic::sync_folder(folder).map_err(fail)?;
    }
    Ok(())
}

/// Copies a file, or a folder with all that is in it. Symbolic links are not followed nor copied.
pub(crate) fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    let kind = fs::symlink_metadata(from)?;
    if kind.is_symlink() {
        return Ok(());
    }
    if kind.is_file() {
        fs::copy(from, to)?;
        return fs::File::open(to)?.sync_all();
    }
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy_tree(&entry.path(), &to.join(entry.file_name()))?;
    }
    atomic::sync_folder(to)
}
