//! Yaak: its export, of every schema.

mod auth;
mod environment;
mod request;
mod template;

use std::collections::{HashMap, HashSet};

use errand_model::{Collection, Extensions, Folder, Item, ItemFolder};
use serde_json::Value;

use self::environment::Scope;
use crate::fields::{below, distinct, list, named, scalar, text};
use crate::{Entry, Error, Format, Import, Receipt, Source, json};

/// How much of a file is looked at.
const HEAD: u64 = 8192;
/// Folders in folders, at most: more than anybody has, less than any stack.
const DEEPEST: usize = 100;
/// The lists of requests, and what they are.
const REQUESTS: [(&str, &str); 4] = [
    ("httpRequests", "http"),
    // Of the first schema.
    ("requests", "http"),
    ("grpcRequests", "grpc"),
    ("websocketRequests", "websocket"),
];

pub(crate) fn recognises(source: &Source) -> bool {
    source.single().is_some_and(is_ours)
}

fn is_ours(entry: &Entry) -> bool {
    let Ok(head) = entry.head(HEAD) else { return false };
    let head = String::from_utf8_lossy(&head);
    let is_json = head.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    // What plugins of Yaak make has the resources without the schema.
    let made = head.contains("\"resources\"") && head.contains("\"model\": \"environment\"");
    is_json && (head.contains("\"yaakSchema\"") || made)
}

pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let Some(entry) = source.single() else { return Err(Error::Unknown { file: String::new() }) };
    let document = json(entry)?;
    let wrong = |place: String, what: &str| Error::Wrong {
        file: entry.path.clone(),
        place,
        what: what.to_owned(),
    };
    let Some(resources) = document.get("resources").filter(|resources| resources.is_object())
    else {
        return Err(wrong("resources".to_owned(), "There are no resources"));
    };
    for (key, value) in resources.as_object().into_iter().flatten() {
        let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
        if !value.is_array() && !value.is_null() {
            return Err(wrong(format!("resources.{key}"), "It is not a list"));
        }
        if let Some(at) = list.iter().position(|item| !item.is_object()) {
            return Err(wrong(format!("resources.{key}[{at}]"), "It is not an object"));
        }
    }
    let mut tree = Tree::new(resources, &entry.path);
    let collection = tree.collection()?;
    Ok(Import { format: Format::Yaak, collection, receipt: tree.receipt, wanted: Vec::new() })
}

/// One item of the lists.
#[derive(Clone, Copy)]
struct Node<'d> {
    value: &'d Value,
    kind: &'d str,
}

struct Tree<'d> {
    resources: &'d Value,
    file: &'d str,
    /// Items by the id of their folder, or of their workspace.
    below: HashMap<&'d str, Vec<Node<'d>>>,
    /// Environments by the id of their folder.
    scopes: HashMap<&'d str, Vec<&'d Value>>,
    /// Folders where circles of parents are opened.
    opened: HashSet<&'d str>,
    receipt: Receipt,
}

impl<'d> Tree<'d> {
    fn new(resources: &'d Value, file: &'d str) -> Self {
        let folders = list(resources, "folders").iter().map(|value| Node { value, kind: "folder" });
        let requests = REQUESTS
            .iter()
            .flat_map(|(key, kind)| list(resources, key).iter().map(|value| Node { value, kind }));
        let ids: HashSet<&str> = list(resources, "folders")
            .iter()
            .map(|folder| text(folder, "id"))
            .filter(|id| !id.is_empty())
            .collect();
        let first =
            list(resources, "workspaces").first().map(|w| text(w, "id")).unwrap_or_default();
        let workspaces: HashSet<&str> =
            list(resources, "workspaces").iter().map(|workspace| text(workspace, "id")).collect();
        let mut below: HashMap<&str, Vec<Node<'d>>> = HashMap::new();
        for node in folders.chain(requests) {
            let (folder, workspace) =
                (text(node.value, "folderId"), text(node.value, "workspaceId"));
            let parent = match (ids.contains(folder), workspaces.contains(workspace)) {
                (true, _) => folder,
                (false, true) => workspace,
                (false, false) => first,
            };
            below.entry(parent).or_default().push(node);
        }
        for siblings in below.values_mut() {
            let place = |node: &Node<'_>| {
                node.value.get("sortPriority").and_then(Value::as_f64).unwrap_or(0.0)
            };
            siblings.sort_by(|a, b| place(a).total_cmp(&place(b)));
        }
        let mut scopes: HashMap<&str, Vec<&Value>> = HashMap::new();
        for environment in list(resources, "environments") {
            if let Scope::Folder(id) = Scope::of(environment) {
                scopes.entry(id).or_default().push(environment);
            }
        }
        Self { resources, file, below, scopes, opened: HashSet::new(), receipt: Receipt::default() }
    }

    fn collection(&mut self) -> Result<Collection, Error> {
        let workspaces = list(self.resources, "workspaces");
        let mut collection = Collection::default();
        "Yaak".clone_into(&mut collection.root.name);
        let only = workspaces.len() == 1;
        for workspace in workspaces {
            let name = named(text(workspace, "name"), "Workspace");
            let here = if only { String::new() } else { name.clone() };
            let found = self.workspace(workspace, name, &here)?;
            if only {
                collection.root = found.folder;
                collection.extensions = found.extensions;
                collection.items = found.items;
            } else {
                collection.items.push(Item::Folder(found));
            }
        }
        if workspaces.is_empty() {
            collection.items = self.items("", "", 0)?;
        }
        self.open_circles(&mut collection)?;
        self.environments(&mut collection);
        for key in self.resources.as_object().into_iter().flat_map(|object| object.keys()) {
            let known = ["workspaces", "folders", "environments"].contains(&key.as_str());
            if !known
                && !REQUESTS.iter().any(|(name, _)| name == key)
                && !list(self.resources, key).is_empty()
            {
                self.receipt.at("").not_carried(key.clone(), "Errand has nothing of this kind");
            }
        }
        Ok(collection)
    }

    fn workspace(
        &mut self,
        value: &'d Value,
        name: String,
        here: &str,
    ) -> Result<ItemFolder, Error> {
        let mut folder = self.folder(value, name, here, "workspace");
        let environments = list(self.resources, "environments").iter();
        let base = environments.filter(|environment| {
            Scope::of(environment) == Scope::Workspace
                && (text(environment, "workspaceId") == text(value, "id") || here.is_empty())
        });
        let before = self.receipt.lines.len();
        let mut scribe = self.receipt.at(below(here, "Global Variables"));
        let variables = &mut folder.folder.defaults.variables;
        // The second schema has them in the workspace itself.
        variables.extend(environment::variables(value, &mut scribe));
        for environment in base {
            variables.extend(environment::variables(environment, &mut scribe));
        }
        if !variables.is_empty() && before == self.receipt.lines.len() {
            let mut scribe = self.receipt.at(below(here, "Global Variables"));
            scribe.converted("base environment", "variables of the collection: they always apply");
        }
        folder.items = self.items(text(value, "id"), here, 0)?;
        Ok(folder)
    }

    /// A folder or workspace without what is in it.
    fn folder(&mut self, value: &'d Value, name: String, here: &str, kind: &str) -> ItemFolder {
        let before = self.receipt.lines.len();
        let mut scribe = self.receipt.at(here);
        let mut folder = Folder { name, docs: scalar(value, "description"), ..Folder::default() };
        let defaults = &mut folder.defaults;
        defaults.headers = request::headers(value, &mut scribe);
        defaults.auth = auth::read(value, &mut scribe);
        defaults.settings = request::settings(value, &mut scribe);
        let mut extensions = Extensions::new();
        request::set_aside(value, &mut extensions, &mut scribe);
        if kind == "folder" {
            for environment in self.scopes.get(text(value, "id")).into_iter().flatten() {
                defaults.variables.extend(environment::variables(environment, &mut scribe));
            }
        }
        if self.receipt.lines.len() == before {
            self.receipt.at(here).kept(kind);
        }
        ItemFolder { folder, extensions, items: Vec::new() }
    }

    fn items(&mut self, id: &str, above: &str, depth: usize) -> Result<Vec<Item>, Error> {
        let Some(nodes) = self.below.remove(id) else { return Ok(Vec::new()) };
        if depth > DEEPEST {
            return Err(Error::Refused {
                file: self.file.to_owned(),
                what: format!("folders are nested more than {DEEPEST} deep"),
            });
        }
        let mut found = Vec::with_capacity(nodes.len());
        for node in nodes {
            if node.kind != "folder" || !self.opened.contains(text(node.value, "id")) {
                found.push(self.item(node, above, depth)?);
            }
        }
        Ok(found)
    }

    fn item(&mut self, node: Node<'d>, above: &str, depth: usize) -> Result<Item, Error> {
        let Node { value, kind } = node;
        if kind == "folder" {
            let name = named(text(value, "name"), "Folder");
            let here = below(above, &name);
            let mut folder = self.folder(value, name, &here, kind);
            folder.items = self.items(text(value, "id"), &here, depth + 1)?;
            return Ok(Item::Folder(folder));
        }
        let here = below(above, &request::name(value));
        let before = self.receipt.lines.len();
        let mut scribe = self.receipt.at(here.clone());
        let item = match kind {
            "http" => Item::Request(Box::new(request::read(value, &mut scribe))),
            kind => Item::Other(request::other(value, kind, &mut scribe)),
        };
        if self.receipt.lines.len() == before {
            self.receipt.at(here).kept("request");
        }
        Ok(item)
    }

    /// Folders that are their own ancestors, and what is in them, go to the top.
    fn open_circles(&mut self, collection: &mut Collection) -> Result<(), Error> {
        for folder in list(self.resources, "folders") {
            let id = text(folder, "id");
            if self.below.contains_key(id) {
                self.opened.insert(id);
                let name = named(text(folder, "name"), "Folder");
                let mut scribe = self.receipt.at(name.clone());
                scribe.converted("folderId", "it was its own ancestor; now it is at the top");
                let mut found = self.folder(folder, name.clone(), &name, "folder");
                found.items = self.items(id, &name, 1)?;
                collection.items.push(Item::Folder(found));
            }
        }
        Ok(())
    }

    fn environments(&mut self, collection: &mut Collection) {
        let mut taken = HashMap::new();
        let mut all: Vec<_> = list(self.resources, "environments").iter().collect();
        let place =
            |value: &Value| value.get("sortPriority").and_then(Value::as_f64).unwrap_or(0.0);
        all.sort_by(|a, b| place(a).total_cmp(&place(b)));
        for value in all.into_iter().filter(|value| Scope::of(value) == Scope::Chosen) {
            let before = self.receipt.lines.len();
            let name = named(text(value, "name"), "Environment");
            let mut found = environment::chosen(value, &mut self.receipt.at(name.clone()));
            found.environment.name = distinct(&name, &mut taken);
            if self.receipt.lines.len() == before {
                self.receipt.at(name).kept("environment");
            }
            collection.environments.push(found);
        }
    }
}
