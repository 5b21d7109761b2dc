//! A whole collection into a folder: all of it or nothing.

use std::fs;
use std::path::{Path, PathBuf};

use errand_model::{Collection, Folder, Item, ItemFolder, Variable};
use serde_json::Value;

use crate::layout::Layout;
use crate::names::Taken;
use crate::staging::{self, Before, Staging, healthy, unless};
use crate::workspace::{ENVIRONMENTS, ROOT_FILE, Trace, revision};
use crate::{Workspace, WorkspaceError, atomic};

/// What came into a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// Paths of the items at the top of it, in their order.
    pub paths: Vec<String>,
    /// Environments as they are called here.
    pub environments: Vec<String>,
}

impl Workspace {
    /// Makes a workspace of a collection in a folder, which is made too when it is not there, and
    /// opens it. Whatever goes wrong, the process being killed included, it is there as a whole or
    /// not at all. Values of secret variables are not written.
    ///
    /// # Errors
    /// The folder is a workspace already, or cannot be written.
    pub fn create_from(
        root: impl AsRef<Path>,
        data: impl AsRef<Path>,
        collection: &Collection,
    ) -> Result<Self, WorkspaceError> {
        Self::create_from_with(root.as_ref(), data.as_ref(), collection, &healthy)
    }

    /// As [`Workspace::create_from`], and nothing is made when `stopped` says so before it comes
    /// into place.
    ///
    /// # Errors
    /// Those of [`Workspace::create_from`]; that it was stopped.
    pub fn create_from_unless(
        root: impl AsRef<Path>,
        data: impl AsRef<Path>,
        collection: &Collection,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, WorkspaceError> {
        Self::create_from_with(root.as_ref(), data.as_ref(), collection, &unless(stopped))
    }

    fn create_from_with(
        root: &Path,
        data: &Path,
        collection: &Collection,
        before: Before,
    ) -> Result<Self, WorkspaceError> {
        let (base, at) = nearest(root)?;
        staging::sweep(&base);
        crate::create::refuse_existing(root)?;
        let name = match &*collection.root.name {
            "" => root.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            name => name.to_owned(),
        };
        let own = ItemFolder {
            folder: Folder { name, ..collection.root.clone() },
            extensions: collection.extensions.clone(),
            items: Vec::new(),
        };
        let mut layout = Layout::new();
        layout.items(&at, &collection.items, Taken::of(root), None)?;
        layout.environments(
            &at,
            &collection.environments,
            &[],
            Taken::of(&root.join(ENVIRONMENTS)),
        );
        layout.root(&at, &own);
        let moves = match at.split('/').next() {
            // One rename brings in all of it.
            Some(first) if !first.is_empty() => vec![first.to_owned()],
            _ => {
                let mut moves = layout.items.clone();
                moves.extend(moves_of_environments(&base, &layout));
                // Last, so that it is a workspace only when all is there.
                moves.push(ROOT_FILE.to_owned());
                moves
            }
        };
        let staging = Staging::new(&base, before)?;
        staging.write(&layout, &|_, _| {})?;
        staging.commit(&moves)?;
        Self::open(root, data)
    }

    /// Brings a collection into a folder of this workspace (`""` is the root), after what is there.
    /// What its requests inherit becomes a new folder around them, called as the collection; without
    /// any such thing its items go right in. Names that are taken get a number, those of
    /// environments too. Whatever goes wrong, the process being killed included, all of it is there
    /// or none. Values of secret variables are not written.
    ///
    /// # Errors
    /// The folder is not there, or cannot be written.
    pub fn add(&self, folder: &str, collection: &Collection) -> Result<Added, WorkspaceError> {
        self.add_with(folder, collection, &healthy)
    }

    /// As [`Workspace::add`], and nothing comes in when `stopped` says so before it comes into place.
    ///
    /// # Errors
    /// Those of [`Workspace::add`]; that it was stopped.
    pub fn add_unless(
        &self,
        folder: &str,
        collection: &Collection,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Result<Added, WorkspaceError> {
        self.add_with(folder, collection, &unless(stopped))
    }

    fn add_with(
        &self,
        folder: &str,
        collection: &Collection,
        before: Before,
    ) -> Result<Added, WorkspaceError> {
        let full = self.locate(folder)?;
        if !full.is_dir() {
            return Err(WorkspaceError::NotFound(folder.to_owned()));
        }
        let base = self.root().to_owned();
        let _saving = self.saving();
        staging::sweep(&base);
        let wrapped;
        let items = match around(collection) {
            Some(folder) => {
                wrapped = [Item::Folder(folder)];
                &wrapped[..]
            }
            None => &collection.items[..],
        };
        let highest = self.level(folder)?.iter().filter_map(|node| node.seq).reduce(f64::max);
        let environments: Vec<String> =
            self.environments()?.into_iter().map(|entry| entry.name).collect();
        let mut layout = Layout::new();
        layout.items(folder, items, Taken::of(&full), highest)?;
        if !collection.environments.is_empty() {
            let taken = Taken::of(&base.join(ENVIRONMENTS));
            layout.environments("", &collection.environments, &environments, taken);
        }
        let mut moves = layout.items.clone();
        moves.extend(moves_of_environments(&base, &layout));
        let staging = Staging::new(&base, before)?;
        staging.write(&layout, &|path, text| {
            self.left(&base.join(path), Trace::Content(revision(text.as_bytes())));
        })?;
        for folder in &layout.folders {
            self.left(&base.join(folder), Trace::Folder);
        }
        staging.commit(&moves)?;
        Ok(Added {
            paths: layout.items,
            environments: layout.environments.into_iter().map(|(name, _)| name).collect(),
        })
    }
}

/// The deepest folder on the way to `root` that is there, and the rest of the way.
fn nearest(root: &Path) -> Result<(PathBuf, String), WorkspaceError> {
    let mut missing = Vec::new();
    let mut base = std::path::absolute(root).map_err(|e| WorkspaceError::read(root, e))?;
    while fs::symlink_metadata(&base).is_err() {
        let Some(name) = base.file_name().and_then(|name| name.to_str()) else { break };
        missing.push(name.to_owned());
        if !base.pop() {
            break;
        }
    }
    missing.reverse();
    Ok((atomic::canonical(&base)?, missing.join("/")))
}

/// Environments are moved one by one into a folder of them that is there, else with the folder.
fn moves_of_environments(base: &Path, layout: &Layout) -> Vec<String> {
    if base.join(ENVIRONMENTS).is_dir() {
        layout.environments.iter().map(|(_, path)| path.clone()).collect()
    } else {
        layout.folders.iter().filter(|folder| *folder == ENVIRONMENTS).cloned().collect()
    }
}

/// A folder in place of the collection, where that has anything but a name.
fn around(collection: &Collection) -> Option<ItemFolder> {
    let root = &collection.root;
    let bare = Folder { name: root.name.clone(), seq: root.seq, ..Folder::default() };
    if *root == bare && collection.extensions.is_empty() {
        return None;
    }
    let mut folder =
        Folder { globals: Vec::new(), client_certificates: Vec::new(), ..root.clone() };
    // Only a workspace has globals; here they are variables of the folder, below its own.
    let own = &mut folder.defaults.variables;
    let hidden = |global: &&Variable| !own.iter().any(|variable| variable.name == global.name);
    let globals: Vec<Variable> = root.globals.iter().filter(hidden).cloned().collect();
    own.splice(0..0, globals);
    let mut extensions = collection.extensions.clone();
    if !root.client_certificates.is_empty()
        && let Ok(kept) = serde_json::to_value(&root.client_certificates)
        && let Value::Object(errand) =
            extensions.entry("errand").or_insert_with(|| Value::Object(serde_json::Map::new()))
    {
        // Only a workspace shows certificates; kept for when the folder becomes one.
        errand.insert("clientCertificates".to_owned(), kept);
    }
    Some(ItemFolder { folder, extensions, items: collection.items.clone() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::BTreeMap;
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use errand_model::{Environment, ItemEnvironment, ItemRequest, Request};

    use super::*;

    fn request(name: &str) -> Item {
        let request = Request { name: name.into(), ..Request::default() };
        Item::Request(Box::new(ItemRequest { request, ..ItemRequest::default() }))
    }

    fn collection() -> Collection {
        let folder = Folder { name: "F".into(), ..Folder::default() };
        let items = vec![request("inner"), request("other")];
        let environment = Environment { name: "E".into(), ..Environment::default() };
        Collection {
            items: vec![
                request("a"),
                Item::Folder(ItemFolder { folder, items, ..ItemFolder::default() }),
                request("b"),
            ],
            environments: vec![
                ItemEnvironment { environment: environment.clone(), ..Default::default() },
                ItemEnvironment { environment, ..Default::default() },
            ],
            ..Collection::default()
        }
    }

    fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                found.insert(entry.path(), Vec::new());
                found.extend(snapshot(&entry.path()));
            } else {
                found.insert(entry.path(), fs::read(entry.path()).unwrap());
            }
        }
        found
    }

    /// Runs `act` in a place of its own with the nth step failing, for every n there is, alone or
    /// with all after it; checks that nothing changed, or all of it once it is swept.
    fn with_every_fault(
        prepare: impl Fn(&Path),
        act: impl Fn(&Path, Before) -> Result<(), WorkspaceError>,
        sweep_in: &str,
    ) {
        let whole = tempfile::tempdir().unwrap();
        prepare(whole.path());
        act(whole.path(), &healthy).unwrap();
        let names = |folder: &Path| -> Vec<PathBuf> {
            let all = snapshot(folder).into_keys();
            all.map(|path| path.strip_prefix(folder).unwrap().to_owned()).collect()
        };
        for lasting in [false, true] {
            let mut trials = 0;
            for failing in 0.. {
                let place = tempfile::tempdir().unwrap();
                prepare(place.path());
                let before = snapshot(place.path());
                let step = AtomicUsize::new(0);
                let fault = |_: &'static str| {
                    let at = step.fetch_add(1, Ordering::Relaxed);
                    if at == failing || lasting && at > failing {
                        Err(io::Error::from(io::ErrorKind::StorageFull))
                    } else {
                        Ok(())
                    }
                };
                if act(place.path(), &fault).is_ok() {
                    break;
                }
                trials += 1;
                if lasting && snapshot(place.path()) != before {
                    // It could not be taken back either: finished at the next opportunity.
                    staging::sweep(&place.path().join(sweep_in));
                    assert_eq!(names(place.path()), names(whole.path()), "step {failing}");
                } else {
                    assert_eq!(snapshot(place.path()), before, "step {failing}");
                }
            }
            assert!(trials > 5, "only {trials} steps");
        }
    }

    #[test]
    fn what_is_stopped_leaves_what_was_and_is_whole_once_it_comes_into_place() {
        let (whole, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        Workspace::create_from(whole.path().join("w"), data.path(), &collection()).unwrap();
        let whole = snapshot(whole.path()).len();
        let mut outcomes = Vec::new();
        for asked in 0..100 {
            let place = tempfile::tempdir().unwrap();
            let count = AtomicUsize::new(0);
            let stopped = || count.fetch_add(1, Ordering::Relaxed) >= asked;
            let root = place.path().join("w");
            let made = Workspace::create_from_unless(root, data.path(), &collection(), &stopped);
            outcomes.push(made.is_ok());
            let there = snapshot(place.path()).len();
            assert_eq!(there, if made.is_ok() { whole } else { 0 }, "stopped at {asked}");
        }
        let stopped = outcomes.iter().filter(|made| !**made).count();
        assert!((5..50).contains(&stopped), "{outcomes:?}");
        assert!(outcomes.is_sorted(), "{outcomes:?}");
    }

    #[test]
    fn a_failure_at_any_step_leaves_what_was() {
        let data = tempfile::tempdir().unwrap();
        let create = |root: &'static str| {
            let data = data.path().to_owned();
            move |place: &Path, fault: Before| {
                Workspace::create_from_with(&place.join(root), &data, &collection(), fault)
                    .map(|_| ())
            }
        };
        with_every_fault(|_| {}, create("new/one"), "");
        let occupied = |place: &Path| {
            fs::create_dir_all(place.join("there/environments")).unwrap();
            fs::write(place.join("there/a.yml"), "mine").unwrap();
        };
        with_every_fault(occupied, create("there"), "there");
        let workspace = |place: &Path| {
            occupied(place);
            fs::create_dir(place.join("there/F")).unwrap();
            fs::write(place.join("there/opencollection.yml"), "info:\n  name: W\n").unwrap();
        };
        for folder in ["", "F"] {
            let add = |place: &Path, fault: Before| {
                let workspace = Workspace::open(place.join("there"), data.path()).unwrap();
                workspace.add_with(folder, &collection(), fault).map(|_| ())
            };
            with_every_fault(workspace, add, "there");
        }
    }
}
