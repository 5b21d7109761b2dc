//! A whole collection out of a folder.

use std::collections::HashMap;

use errand_model::{Collection, Extensions, Folder, Item, ItemEnvironment, ItemFolder, ItemOther};
use serde_json::Value;

use crate::shape::{self, Place};
use crate::tree::{self, Found, ItemError, NodeType};
use crate::workspace::{FOLDER_FILE, join, name_of, parent_of, stem_of};
use crate::yaml::{self, Data, Fault, Node};
use crate::{Workspace, WorkspaceError, atomic, threads};

/// A file that a collection is read without, or not as what it means to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Relative to the workspace.
    pub path: String,
    /// What keeps it from being read.
    pub error: ItemError,
}

/// One entry of the tree as it was read.
struct Part {
    path: String,
    parent: String,
    item: Option<Item>,
    problem: Option<Problem>,
}

impl Workspace {
    /// What is at a path, for an exporter: the collection (`""`) with its environments, a folder, or
    /// a single item, each with all that is in its files. A folder, or an item, stands in for the
    /// collection. What cannot be read is in the list of problems and not in the collection, or as
    /// [`Item::Other`] where it says something. `opencollection.original` in the extensions of an
    /// item is its file where that says more than the model has.
    ///
    /// # Errors
    /// There is no such item, or the folder cannot be listed, or its own file is broken.
    pub fn collection(&self, path: &str) -> Result<(Collection, Vec<Problem>), WorkspaceError> {
        let full = if path.is_empty() { self.root().to_owned() } else { self.item_on_disk(path)? };
        if !full.is_dir() {
            return self.single(path);
        }
        let (root, mut extensions) = self.whole_folder(path)?;
        let root = as_root(root, &mut extensions);
        let mut found = Vec::new();
        tree::list(&full, path, 0, &mut found).map_err(|e| WorkspaceError::read(&full, e))?;
        let mut below: HashMap<String, Vec<Item>> = HashMap::new();
        let mut problems = Vec::new();
        let mut parts = threads::gather(&found, &part);
        parts.sort_by(|a, b| tree::compare_keys(key(a), key(b)));
        // A folder takes its items when it is taken itself, so the deepest come first.
        parts.sort_by_key(|part| std::cmp::Reverse(part.path.matches('/').count()));
        for part in parts {
            problems.extend(part.problem);
            let Some(mut item) = part.item else { continue };
            if let Item::Folder(folder) = &mut item {
                folder.items = below.remove(&part.path).unwrap_or_default();
            }
            below.entry(part.parent).or_default().push(item);
        }
        let items = below.remove(path).unwrap_or_default();
        let environments = match path {
            "" => self.whole_environments(&mut problems)?,
            _ => Vec::new(),
        };
        problems.sort_by(|a, b| a.path.cmp(&b.path));
        Ok((Collection { root, extensions, items, environments }, problems))
    }

    fn single(&self, path: &str) -> Result<(Collection, Vec<Problem>), WorkspaceError> {
        let found = Found {
            path: path.to_owned(),
            parent: parent_of(path).to_owned(),
            full: self.locate(path)?,
            is_folder: false,
        };
        let part = part(&found);
        match (part.item, part.problem) {
            (None, Some(problem)) => {
                let ItemError { message, line, column } = problem.error;
                Err(WorkspaceError::Invalid { path: problem.path, line, column, message })
            }
            (item, problem) => {
                let name = item.as_ref().map(name_and_seq).unwrap_or_default().0.to_owned();
                let root = Folder { name, ..Folder::default() };
                let items = item.into_iter().collect();
                Ok((Collection { root, items, ..Collection::default() }, Vec::from_iter(problem)))
            }
        }
    }

    /// A folder's own settings with its extensions.
    fn whole_folder(&self, path: &str) -> Result<(Folder, Extensions), WorkspaceError> {
        let (file, place, stem) = self.folder_file(path)?;
        if place == Place::Inner && !self.locate(&file)?.exists() {
            return Ok((Folder { name: stem, ..Folder::default() }, Extensions::new()));
        }
        let text = self.text_of(&file)?;
        let invalid = |fault| WorkspaceError::invalid(&file, fault);
        let node = yaml::parse(&text).map_err(invalid)?;
        let item = shape::read_folder_original(&node, place, &stem).map_err(invalid)?;
        Ok((item.folder, item.extensions))
    }

    fn whole_environments(
        &self,
        problems: &mut Vec<Problem>,
    ) -> Result<Vec<ItemEnvironment>, WorkspaceError> {
        let mut read = Vec::new();
        for entry in self.environments()? {
            if let Some(error) = entry.error {
                problems.push(Problem { path: entry.path, error });
                continue;
            }
            let text = self.text_of(&entry.path)?;
            let stem = stem_of(name_of(&entry.path));
            let item = yaml::parse(&text)
                .and_then(|node| shape::read_environment_original(&node, stem))
                .map_err(|fault| WorkspaceError::invalid(&entry.path, fault))?;
            read.push(item);
        }
        Ok(read)
    }
}

/// A folder as the root of a collection: what only a root can have was kept in its extensions.
fn as_root(mut folder: Folder, extensions: &mut Extensions) -> Folder {
    folder.seq = None;
    if let Some(Value::Object(errand)) = extensions.get_mut("errand")
        && let Some(kept) = errand.shift_remove("clientCertificates")
    {
        folder.client_certificates = serde_json::from_value(kept).unwrap_or_default();
        if errand.is_empty() {
            extensions.shift_remove("errand");
        }
    }
    folder
}

fn key(part: &Part) -> (Option<f64>, &str, &str) {
    let (name, seq) = part.item.as_ref().map(name_and_seq).unwrap_or_default();
    (seq, name, &part.path)
}

fn name_and_seq(item: &Item) -> (&str, Option<f64>) {
    match item {
        Item::Folder(item) => (&item.folder.name, item.folder.seq),
        Item::Request(item) => (&item.request.name, item.request.seq),
        Item::Other(item) => (&item.name, seq_of(item)),
    }
}

/// The `info.seq` of an item that the model does not have.
pub(crate) fn seq_of(item: &ItemOther) -> Option<f64> {
    item.content.get("info")?.get("seq")?.as_f64().filter(|seq| seq.is_finite())
}

fn part(found: &Found) -> Part {
    let (path, parent) = (found.path.clone(), found.parent.clone());
    let read = |file: &std::path::Path| {
        atomic::read_bounded(file)
            .map_err(|e| Fault {
                line: 1,
                column: 1,
                message: WorkspaceError::read(file, e).to_string(),
            })
            .and_then(|text| yaml::parse(&text))
    };
    let stem = if found.is_folder { name_of(&path) } else { stem_of(name_of(&path)) };
    let (item, fault) = if found.is_folder {
        let file = found.full.join(FOLDER_FILE);
        let plain = || ItemFolder {
            folder: Folder { name: stem.to_owned(), ..Folder::default() },
            ..ItemFolder::default()
        };
        match file.is_file().then(|| read(&file)) {
            None => (Some(Item::Folder(plain())), None),
            // What is in it does not suffer from its file.
            Some(node) => {
                match node.and_then(|n| shape::read_folder_original(&n, Place::Inner, stem)) {
                    Ok(folder) => (Some(Item::Folder(folder)), None),
                    Err(fault) => (Some(Item::Folder(plain())), Some(fault)),
                }
            }
        }
    } else if stem == name_of(&path) {
        let message = "This file is no item of the collection; it stays behind.".to_owned();
        (None, Some(Fault { line: 1, column: 1, message }))
    } else {
        match read(&found.full) {
            Ok(node) => read_item(&node, stem),
            Err(fault) => (None, Some(fault)),
        }
    };
    let file = if found.is_folder { join(&path, FOLDER_FILE) } else { path.clone() };
    let problem = fault.map(|Fault { line, column, message }| Problem {
        path: file,
        error: ItemError { message, line, column },
    });
    Part { path, parent, item, problem }
}

/// An item that is no folder; one that is not understood is kept as another kind, with what is wrong.
pub(crate) fn read_item(node: &Node, stem: &str) -> (Option<Item>, Option<Fault>) {
    let data = node.data();
    let Data::Map(_) = data else {
        return (None, Some(node.fault("An item must be a map that begins with \"info\".")));
    };
    let fault = match tree::kind_of(node) {
        NodeType::Request => match shape::read_request_original(node) {
            Ok(mut item) => {
                if item.request.name.is_empty() {
                    stem.clone_into(&mut item.request.name);
                }
                return (Some(Item::Request(Box::new(item))), None);
            }
            Err(fault) => Some(fault),
        },
        NodeType::Other { kind } if kind == "yml" => {
            let message = "This file is no item of the collection; it stays behind.";
            return (None, Some(node.fault(message)));
        }
        _ => None,
    };
    let name = match data.get("info").and_then(|info| info.get("name")) {
        Some(Data::Text(name)) if !name.is_empty() => name.clone(),
        _ => stem.to_owned(),
    };
    let content = match data.to_json() {
        Value::Object(content) => content,
        _ => serde_json::Map::new(),
    };
    (Some(Item::Other(ItemOther { name, content })), fault)
}
