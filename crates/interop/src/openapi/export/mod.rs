//! A collection as an `OpenAPI` 3.1 description.
//!
//! What came from a description and was not edited goes back as it was, references included. What
//! was edited, or never had a description, is written from the requests.

mod auth;
mod infer;
mod patch;
mod server;
mod syntax;
mod upgrade;
mod write;

use std::collections::HashSet;

use errand_model::{Auth, Collection, Folder, Item, ItemFolder, ItemRequest};
use serde_json::{Map, Value, json};

use super::document::{Document, METHODS, text};
use super::kept;
use super::operation::{self, Context};
use super::text::{distinct, snake};
use crate::{Error, Exported, Receipt};
use auth::Securing;
pub use syntax::Syntax;

/// Writes a description. A collection of several imported ones gives a file for each.
///
/// # Errors
/// There is nothing that a description could hold.
pub fn export(collection: &Collection, syntax: Syntax) -> Result<Exported, Error> {
    let mut exported = Exported::default();
    let mut names = HashSet::new();
    for part in parts(collection) {
        let root = description(&part, &mut exported.receipt);
        let name = distinct(snake(&part.root.name), "_", &mut names);
        let name = format!("{name}.openapi.{}", syntax.extension());
        exported.files.push((name, syntax.write(&root)?));
    }
    if exported.files.is_empty() {
        return Err(Error::Export { what: "There is no request to describe".to_owned() });
    }
    Ok(exported)
}

/// The collection, or each of its folders that is a description of its own and the rest.
fn parts(collection: &Collection) -> Vec<Collection> {
    let is_own = |item: &Item| match item {
        Item::Folder(folder) => {
            folder.extensions.get(kept::KEY).is_some_and(|kept| kept.get("document").is_some())
        }
        _ => false,
    };
    if collection.extensions.contains_key(kept::KEY) || !collection.items.iter().any(is_own) {
        let empty = collection.items.is_empty() && !collection.extensions.contains_key(kept::KEY);
        return if empty { Vec::new() } else { vec![collection.clone()] };
    }
    let (own, rest): (Vec<_>, Vec<_>) = collection.items.iter().cloned().partition(is_own);
    let environments = &collection.environments;
    let mut found: Vec<Collection> = own
        .into_iter()
        .filter_map(|item| match item {
            Item::Folder(ItemFolder { folder, extensions, items }) => {
                Some(Collection { root: folder, extensions, items, environments: Vec::new() })
            }
            _ => None,
        })
        .collect();
    if !rest.is_empty() {
        let environments = environments.clone();
        found.push(Collection { items: rest, environments, ..collection.clone() });
    }
    found
}

/// What is written while walking through the items.
struct Description<'c, 'r> {
    receipt: &'r mut Receipt,
    context: &'c Context<'c>,
    securing: Securing<'c>,
    paths: Map<String, Value>,
    /// Folders that became tags.
    tags: Vec<&'c Folder>,
    /// Addresses of the environments, which requests begin with.
    bases: Vec<String>,
}

fn description(collection: &Collection, receipt: &mut Receipt) -> Value {
    let kept = kept::document(&collection.extensions);
    let document = Document::new(kept.unwrap_or_else(|| json!({ "paths": {} })));
    let servers = kept::servers(&collection.extensions, &document);
    let context = Context::of(&document, servers);
    let paths = document.root.get("paths").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut description = Description {
        receipt,
        securing: Securing::of(&document),
        context: &context,
        paths,
        tags: Vec::new(),
        bases: server::bases(collection),
    };
    let above = Above { tag: None, auth: &Auth::Inherit, place: String::new() };
    for item in &collection.items {
        description.item(item, &above);
    }
    let Description { securing, mut paths, tags, .. } = description;
    paths.retain(|_, item| item.as_object().is_none_or(|item| !item.is_empty()));
    let mut root = document.root.clone();
    top(&mut root, collection, receipt);
    set(&mut root, "paths", Value::Object(paths), |paths| {
        paths.as_object().is_some_and(|p| !p.is_empty())
    });
    server::write(&mut root, collection, &context);
    add_tags(&mut root, &tags);
    let defaults = &collection.root.defaults.auth;
    securing.finish(&mut root, defaults, &context, receipt);
    upgrade::upgrade(&mut root);
    root
}

/// Sets a key, or leaves it as it was when there is nothing to say and it was not there.
fn set(root: &mut Value, key: &str, value: Value, says: impl Fn(&Value) -> bool) {
    if let Value::Object(root) = root
        && (root.contains_key(key)
            || says(&value)
            || key == "paths" && root.get("webhooks").is_none())
    {
        root.insert(key.to_owned(), value);
    }
}

/// Version, title and words.
fn top(root: &mut Value, collection: &Collection, receipt: &mut Receipt) {
    let before = operation::docs_of_all(root);
    let Value::Object(object) = root else { return };
    if !object.contains_key("openapi") {
        let mut new = Map::from_iter([("openapi".to_owned(), json!("3.1.0"))]);
        new.append(object);
        *object = new;
    }
    let fresh = !object.contains_key("info");
    let info = object.entry("info").or_insert_with(|| json!({}));
    if !info.is_object() {
        *info = json!({});
    }
    let name = &collection.root.name;
    if super::text::line(&text(info, "title"), 120) != *name || fresh {
        info["title"] = json!(if name.is_empty() { "API" } else { name.as_str() });
    }
    if info.get("version").is_none() {
        info["version"] = json!("1.0.0");
    }
    let docs = &collection.root.docs;
    if *docs != before {
        info["description"] = json!(docs);
    }
    for (what, there) in [
        ("scripts", !collection.root.defaults.scripts.is_empty()),
        ("headers", !collection.root.defaults.headers.is_empty() && fresh),
    ] {
        if there {
            receipt.at("").not_carried(what, "A description has no place for them");
        }
    }
}

fn add_tags(root: &mut Value, folders: &[&Folder]) {
    let there: HashSet<String> = root
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|tag| text(tag, "name"))
        .collect();
    let new: Vec<Value> = folders
        .iter()
        .filter(|folder| !there.contains(&folder.name))
        .map(|folder| {
            let mut tag = json!({ "name": folder.name });
            if !folder.docs.is_empty() {
                tag["description"] = json!(folder.docs);
            }
            tag
        })
        .collect();
    let Value::Object(root) = root else { return };
    if new.is_empty() {
        return;
    }
    if let Value::Array(tags) = root.entry("tags").or_insert_with(|| json!([])) {
        tags.extend(new);
    }
}

/// What an item has from the folders it is in.
struct Above<'c> {
    tag: Option<&'c Folder>,
    /// What is inherited; that of the collection itself is the description's own.
    auth: &'c Auth,
    place: String,
}

impl<'c> Description<'c, '_> {
    fn item(&mut self, item: &'c Item, above: &Above<'c>) {
        let place = |name: &str| {
            if above.place.is_empty() {
                name.to_owned()
            } else {
                format!("{} / {name}", above.place)
            }
        };
        match item {
            Item::Folder(folder) => {
                let own = &folder.folder.defaults.auth;
                let auth = if *own == Auth::Inherit { above.auth } else { own };
                let tag = above.tag.or(Some(&folder.folder));
                let above = Above { tag, auth, place: place(&folder.folder.name) };
                for item in &folder.items {
                    self.item(item, &above);
                }
            }
            Item::Request(item) => self.request(item, above, &place(&item.request.name)),
            Item::Other(other) => {
                let why = "A description is of HTTP requests only";
                self.receipt.at(place(&other.name)).not_carried("item", why);
            }
        }
    }

    fn request(&mut self, item: &'c ItemRequest, above: &Above<'c>, place: &str) {
        let linked = kept::linked(&item.extensions, self.context.document)
            .filter(|operation| operation.value.is_object());
        let (path, method, value) = if let Some(operation) = linked {
            let mut unread = Receipt::default();
            let base = operation::request(self.context, operation, &mut unread.at(""));
            let mut patch = patch::Patch {
                context: self.context,
                securing: &mut self.securing,
                inherited: above.auth,
                scribe: &mut self.receipt.at(place),
            };
            patch.operation(operation, &base, item)
        } else {
            let known = |folder: &&Folder| self.tags.iter().any(|tag| tag.name == folder.name);
            if let Some(folder) = above.tag.filter(|folder| !known(folder)) {
                self.tags.push(folder);
            }
            let mut written = write::Written {
                securing: &mut self.securing,
                inherited: above.auth,
                bases: &self.bases,
                scribe: &mut self.receipt.at(place),
            };
            written.operation(item, above.tag.map(|folder| folder.name.as_str()))
        };
        left_out(item, linked.is_some(), &mut self.receipt.at(place));
        self.place(&path, &method, value, place);
    }

    /// One operation for each path and method is all there can be.
    fn place(&mut self, path: &str, method: &str, value: Value, place: &str) {
        let entry = self.paths.entry(path).or_insert_with(|| json!({}));
        let Value::Object(entry) = entry else { return };
        let entry = if METHODS[..8].contains(&method) {
            entry
        } else {
            // Other methods have a place from 3.2 on; as an extension they are valid in 3.1.
            let key = if entry.contains_key("additionalOperations") {
                "additionalOperations"
            } else {
                "x-additionalOperations"
            };
            match entry.entry(key).or_insert_with(|| json!({})) {
                Value::Object(more) => more,
                _ => return,
            }
        };
        if entry.contains_key(method) {
            let why = format!(
                "Another request is {} {path} already, and a description has one of each",
                method.to_ascii_uppercase()
            );
            self.receipt.at(place).not_carried("request", why);
            return;
        }
        entry.insert(method.to_owned(), value);
    }
}

fn left_out(item: &ItemRequest, linked: bool, scribe: &mut crate::Scribe<'_>) {
    let request = &item.request;
    for (what, there) in [
        ("scripts", !request.scripts.is_empty()),
        ("checks", !request.checks.is_empty()),
        ("captures", !request.captures.is_empty()),
        ("variables", !request.variables.is_empty() && !linked),
    ] {
        if there {
            scribe.not_carried(what, "A description has no place for them");
        }
    }
}
