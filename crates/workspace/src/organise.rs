use std::fs;
use std::path::{Path, PathBuf};

use errand_model::{Folder, Request};

use crate::items::{Source, fresh_request};
use crate::shape::{self, Place};
use crate::trash::{copy_tree, outermost, relocate, split_extension};
use crate::tree::{NodeType, TreeNode};
use crate::workspace::{ENVIRONMENTS, FOLDER_FILE, ROOT_FILE, join, name_of, parent_of, stem_of};
use crate::yaml::{self, Data};
use crate::{Workspace, WorkspaceError, atomic, names};

impl Workspace {
    /// Saves a new request in a folder (`""` is the root), last unless it has a `seq`. Gives its
    /// path and revision; the file's name follows the request's.
    ///
    /// # Errors
    /// The folder is not there, or the file cannot be written.
    pub fn create_request(
        &self,
        parent: &str,
        request: &Request,
    ) -> Result<(String, String), WorkspaceError> {
        let folder = self.existing_folder(parent)?;
        let seq = request.seq.or_else(|| self.next_seq(parent));
        let _saving = self.saving();
        let name = names::free(&folder, &names::stem(&request.name), ".yml", None);
        let named =
            if request.name.is_empty() { stem_of(&name).to_owned() } else { request.name.clone() };
        let request = Request { seq, name: named, ..request.clone() };
        let revision = self.create_file(&folder.join(&name), &fresh_request(&request))?;
        Ok((join(parent, &name), revision))
    }

    /// Makes a folder, last among its siblings. Gives its path.
    ///
    /// # Errors
    /// The parent is not there, or the folder cannot be made.
    pub fn create_folder(&self, parent: &str, name: &str) -> Result<String, WorkspaceError> {
        let folder = self.existing_folder(parent)?;
        let seq = self.next_seq(parent);
        let _saving = self.saving();
        let file = names::free(&folder, &names::stem(name), "", None);
        let full = folder.join(&file);
        self.left(&full, crate::workspace::Trace::Folder);
        let called = if name.trim().is_empty() { file.clone() } else { name.to_owned() };
        let mut data = Data::map();
        let settings = Folder { name: called, seq, ..Folder::default() };
        shape::write_folder(&mut data, None, Place::Inner, "", &settings);
        self.create_file(&full.join(FOLDER_FILE), &yaml::document(&data))?;
        Ok(join(parent, &file))
    }

    /// Gives an item another name; the file's name follows. Gives the new path.
    ///
    /// # Errors
    /// The name is empty, the item is not there, or a file cannot be written.
    pub fn rename(&self, path: &str, name: &str) -> Result<String, WorkspaceError> {
        let full = self.item_on_disk(path)?;
        let name = name.trim();
        if name.is_empty() {
            let reason = "an item needs a name".to_owned();
            return Err(WorkspaceError::BadName { name: name.to_owned(), reason });
        }
        let _saving = self.saving();
        let extension = if full.is_dir() { "" } else { split_extension(name_of(path)).1 };
        let typed = name.strip_suffix(extension).filter(|n| !n.is_empty()).unwrap_or(name);
        self.set_name(
            path,
            &full,
            if stem_of(path) == path && !full.is_dir() { typed } else { name },
        )?;
        let folder = full.parent().unwrap_or(self.root());
        let file = names::free(folder, &names::stem(typed), extension, Some(name_of(path)));
        self.move_on_disk(&full, &folder.join(&file))?;
        Ok(join(parent_of(path), &file))
    }

    /// Copies items, each right after its original. Gives the copies' paths.
    ///
    /// # Errors
    /// An item is not there, or a copy cannot be written.
    pub fn duplicate(&self, paths: &[String]) -> Result<Vec<String>, WorkspaceError> {
        let mut copies = Vec::new();
        for path in outermost(paths) {
            let full = self.item_on_disk(&path)?;
            let name = self
                .tree()?
                .into_iter()
                .find(|n| n.path == path)
                .map_or_else(|| name_of(&path).to_owned(), |n| n.name);
            let copy = {
                let _saving = self.saving();
                let folder = full.parent().unwrap_or(self.root());
                let extension = if full.is_dir() { "" } else { split_extension(name_of(&path)).1 };
                let called = format!(
                    "{} copy",
                    name.strip_suffix(extension).filter(|n| !n.is_empty()).unwrap_or(&name)
                );
                let file = names::free(folder, &names::stem(&called), extension, None);
                let to = folder.join(&file);
                copy_tree(&full, &to).map_err(|e| WorkspaceError::write(&to, "copying", e))?;
                let copy = join(parent_of(&path), &file);
                self.set_name(&copy, &to, &called)?;
                self.left_tree_at(&to);
                copy
            };
            let siblings = self.children(parent_of(&path))?;
            let after = siblings
                .iter()
                .filter(|n| n.path != copy)
                .position(|n| n.path == path)
                .map_or(siblings.len(), |at| at + 1);
            self.arrange(parent_of(&path), std::slice::from_ref(&copy), after)?;
            copies.push(copy);
        }
        Ok(copies)
    }

    /// Moves items to place `index` of a folder, counted among what is there without them, in the
    /// given order. Gives old and new paths. `seq` is rewritten only where the order needs it.
    ///
    /// # Errors
    /// An item or the folder is not there, a folder would go into itself, or a file cannot be written.
    pub fn move_items(
        &self,
        paths: &[String],
        parent: &str,
        index: usize,
    ) -> Result<Vec<(String, String)>, WorkspaceError> {
        let folder = self.existing_folder(parent)?;
        let paths = outermost(paths);
        for path in &paths {
            self.item_on_disk(path)?;
            if parent == path
                || parent.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'))
            {
                let reason = "a folder cannot go into itself".to_owned();
                return Err(WorkspaceError::BadName { name: path.clone(), reason });
            }
        }
        let mut moved = Vec::new();
        {
            let _saving = self.saving();
            for path in paths {
                if parent_of(&path) == parent {
                    moved.push((path.clone(), path));
                    continue;
                }
                let full = self.locate(&path)?;
                let (stem, extension) = if full.is_dir() {
                    (name_of(&path), "")
                } else {
                    split_extension(name_of(&path))
                };
                let file = names::free(&folder, stem, extension, None);
                self.move_on_disk(&full, &folder.join(&file))?;
                moved.push((path, join(parent, &file)));
            }
        }
        let new: Vec<String> = moved.iter().map(|(_, new)| new.clone()).collect();
        self.arrange(parent, &new, index)?;
        Ok(moved)
    }

    /// Writes `seq` so that `items` stand at `index` among their siblings, in the given order.
    fn arrange(&self, parent: &str, items: &[String], index: usize) -> Result<(), WorkspaceError> {
        let siblings = self.children(parent)?;
        let (mut moved, mut order): (Vec<TreeNode>, Vec<TreeNode>) =
            siblings.into_iter().partition(|n| items.contains(&n.path));
        moved.sort_by_key(|n| items.iter().position(|path| *path == n.path));
        let at = index.min(order.len());
        order.splice(at..at, moved);
        let _saving = self.saving();
        for (path, seq) in renumber(&order, items) {
            self.set_seq(&path, seq)?;
        }
        Ok(())
    }

    pub(crate) fn children(&self, parent: &str) -> Result<Vec<TreeNode>, WorkspaceError> {
        self.level(parent)
    }

    fn next_seq(&self, parent: &str) -> Option<f64> {
        let siblings = self.children(parent).ok()?;
        let items = siblings.iter().filter(|n| !matches!(n.kind, NodeType::Other { .. })).count();
        let highest = siblings.iter().filter_map(|n| n.seq).fold(0.0, f64::max);
        // A folder that is ordered by name alone stays so.
        (items == 0 || siblings.iter().any(|n| n.seq.is_some())).then_some(highest.floor() + 1.0)
    }

    fn existing_folder(&self, path: &str) -> Result<PathBuf, WorkspaceError> {
        let full = self.locate(path)?;
        if full.is_dir() { Ok(full) } else { Err(WorkspaceError::NotFound(path.to_owned())) }
    }

    /// The place of an item, which exists and is not one of the files that make the workspace.
    pub(crate) fn item_on_disk(&self, path: &str) -> Result<PathBuf, WorkspaceError> {
        let full = self.locate(path)?;
        let own = path.is_empty()
            || path == ROOT_FILE
            || path == ENVIRONMENTS
            || name_of(path) == FOLDER_FILE;
        if own || fs::symlink_metadata(&full).is_err() {
            return Err(WorkspaceError::NotFound(path.to_owned()));
        }
        Ok(full)
    }

    pub(crate) fn move_on_disk(&self, from: &Path, to: &Path) -> Result<(), WorkspaceError> {
        if from == to {
            return Ok(());
        }
        self.left_tree(from, Some(to));
        relocate(from, to)
    }

    fn left_tree_at(&self, full: &Path) {
        use crate::workspace::{Trace, revision};
        if full.is_dir() {
            self.left(full, Trace::Folder);
            for entry in fs::read_dir(full).into_iter().flatten().flatten() {
                self.left_tree_at(&entry.path());
            }
        } else if let Ok(bytes) = fs::read(full) {
            self.left(full, Trace::Content(revision(&bytes)));
        }
    }

    fn set_name(&self, path: &str, full: &Path, name: &str) -> Result<(), WorkspaceError> {
        let plain_folder =
            full.is_dir() && !full.join(FOLDER_FILE).exists() && names::stem(name) == name;
        if plain_folder {
            return Ok(());
        }
        self.set_info(path, full, "name", Data::text(name))
    }

    fn set_seq(&self, path: &str, seq: f64) -> Result<(), WorkspaceError> {
        self.set_info(path, &self.locate(path)?, "seq", Data::Number(format!("{seq}")))
    }

    /// Sets one key of `info` in any kind of item. A file that is broken or no YAML is left as it is.
    fn set_info(
        &self,
        path: &str,
        full: &Path,
        key: &str,
        value: Data,
    ) -> Result<(), WorkspaceError> {
        const INFO: &[&str] = &["name", "description", "type", "seq", "tags"];
        let is_folder = full.is_dir();
        let file = if is_folder { full.join(FOLDER_FILE) } else { full.to_owned() };
        if is_folder && !file.exists() {
            let mut data = Data::map();
            let folder = Folder { name: name_of(path).to_owned(), ..Folder::default() };
            shape::write_folder(&mut data, None, Place::Inner, "", &folder);
            data.edit("info", &[], |info| info.put(key, value, INFO));
            return self.create_file(&file, &yaml::document(&data)).map(|_| ());
        }
        if !is_folder && stem_of(path) == path {
            return Ok(());
        }
        let text = atomic::read_text(&file)?;
        let Ok(node) = yaml::parse(&text) else { return Ok(()) };
        let mut data = node.data();
        if !matches!(data, Data::Map(_)) {
            return Ok(());
        }
        data.edit("info", &["info", "http", "request", "docs"], |info| info.put(key, value, INFO));
        self.rewrite(path, &file, &Source { text, node }, &data).map(|_| ())
    }
}

/// The few `seq` that must change for the siblings to stand in this order.
fn renumber(order: &[TreeNode], moved: &[String]) -> Vec<(String, f64)> {
    let fixed = |node: &TreeNode| {
        node.kind == NodeType::Broken
            || node.error.is_some()
            || stem_of(&node.path) == node.path && node.kind != NodeType::Folder
    };
    let last = order.iter().rposition(|n| moved.contains(&n.path)).unwrap_or(0);
    let mut changes = Vec::new();
    let mut before = 0.0_f64;
    for (at, node) in order.iter().enumerate().filter(|(_, n)| !fixed(n)) {
        let next = order[at + 1..].iter().filter(|n| !moved.contains(&n.path)).find_map(|n| n.seq);
        let fits = node.seq.filter(|s| {
            *s > before && (!moved.contains(&node.path) || next.is_none_or(|n| *s < n))
        });
        if at > last && node.seq.is_none() {
            break; // Those without a number come last, by name, as they did.
        }
        before = fits.unwrap_or_else(|| {
            let seq = before.floor() + 1.0;
            changes.push((node.path.clone(), seq));
            seq
        });
    }
    changes
}
