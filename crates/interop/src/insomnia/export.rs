//! Collections as documents of version 5.

use std::fmt::Write as _;

use errand_model::{
    Collection, Extensions, Folder, Item, ItemEnvironment, ItemFolder, RequestSettings, Variable,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::environments::write_environment;
use super::item::{self, kept, put_back, write_folder, write_other, write_request};
use super::kind::Kind;
use super::mock;
use super::workspace::write_document;
use crate::fields::{below, put};
use crate::{Error, Exported, Receipt, written};

/// Writes a collection as one YAML document, or as one for each of several workspaces that were
/// imported together.
///
/// # Errors
/// It holds something that YAML cannot say, such as a number of 400 digits.
pub fn export(collection: &Collection) -> Result<Exported, Error> {
    let mut exported = Exported::default();
    let mut taken = std::collections::HashMap::new();
    for workspace in workspaces(collection) {
        let document = workspace.document(&mut exported.receipt);
        let name = crate::fields::distinct(&file_name(&workspace.folder.name), &mut taken);
        let text = written::yaml(&document)?;
        exported.files.push((format!("{name}.yaml"), text.into_bytes()));
    }
    Ok(exported)
}

/// A name that every file system takes.
fn file_name(name: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    let name: String = name.chars().take(80).map(|c| if safe(c) { c } else { '-' }).collect();
    match name.trim_matches([' ', '.']) {
        "" => "insomnia".to_owned(),
        name => name.to_owned(),
    }
}

/// What becomes one document.
struct Workspace<'c> {
    folder: &'c Folder,
    extensions: &'c Extensions,
    items: &'c [Item],
    environments: Vec<&'c ItemEnvironment>,
}

fn workspaces(collection: &Collection) -> Vec<Workspace<'_>> {
    let several: Vec<&ItemFolder> = collection
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Folder(folder) if kept(&folder.extensions, "workspace").is_some() => Some(folder),
            _ => None,
        })
        .collect();
    if several.is_empty() || several.len() != collection.items.len() {
        return vec![Workspace {
            folder: &collection.root,
            extensions: &collection.extensions,
            items: &collection.items,
            environments: collection.environments.iter().collect(),
        }];
    }
    let first = several[0];
    let of = |folder: &ItemFolder| {
        let id = kept(&folder.extensions, "workspace");
        let is_here =
            |environment: &&ItemEnvironment| match kept(&environment.extensions, "workspace") {
                None => std::ptr::eq(folder, first),
                owner => owner == id,
            };
        collection.environments.iter().filter(is_here).collect()
    };
    several
        .iter()
        .map(|folder| Workspace {
            folder: &folder.folder,
            extensions: &folder.extensions,
            items: &folder.items,
            environments: of(folder),
        })
        .collect()
}

impl Workspace<'_> {
    fn document(&self, receipt: &mut Receipt) -> Value {
        self.say_what_is_lost(receipt);
        let kind = kept(self.extensions, "kind").and_then(Value::as_str).unwrap_or_default();
        let mut environments = self.environments.as_slice();
        let mut base: Option<&ItemEnvironment> = None;
        if let [first, rest @ ..] = environments
            && kept(&first.extensions, "base").is_some()
        {
            base = Some(first);
            environments = rest;
        }
        let variables: &[Variable] = match base {
            Some(base) => &base.environment.variables,
            None => &self.folder.defaults.variables,
        };
        let is_table = kept(self.extensions, "table").is_some();
        let mut document = write_document(self.folder, variables, is_table);
        put_back(&mut document, self.extensions);
        complete(&mut document, "wrk", "", kept(self.extensions, "original").is_none());
        if !self.environments.is_empty() && !document["environments"].is_object() {
            document["environments"] = json!({ "name": "Base Environment" });
        }
        if !environments.is_empty() {
            document["environments"]["subEnvironments"] = write_subs(environments);
        }
        if !self.items.is_empty() {
            let (key, items) = match kind {
                "mock" => ("routes", self.routes(receipt)),
                _ => ("collection", write_items(self.items, "", receipt)),
            };
            document[key] = Value::Array(items);
        }
        document
    }

    fn say_what_is_lost(&self, receipt: &mut Receipt) {
        let defaults = &self.folder.defaults;
        let mut scribe = receipt.at("");
        for (is_said, item, why) in [
            (
                !defaults.headers.is_empty(),
                "headers",
                "a collection of Insomnia has none of its own",
            ),
            (
                defaults.auth.scheme() != "inherit",
                "auth",
                "a collection of Insomnia has none of its own",
            ),
            (
                !defaults.scripts.is_empty(),
                "scripts",
                "a collection of Insomnia has none of its own",
            ),
            (
                defaults.settings != RequestSettings::default(),
                "settings",
                "Insomnia has them for the app as a whole",
            ),
            (
                !self.folder.globals.is_empty(),
                "globals",
                "they are a file of their own in Insomnia",
            ),
            (
                !self.folder.client_certificates.is_empty(),
                "client certificates",
                "Insomnia's files have none",
            ),
        ] {
            if is_said {
                scribe.not_carried(item, why);
            }
        }
    }

    fn routes(&self, receipt: &mut Receipt) -> Vec<Value> {
        let mut routes = Vec::new();
        for item in self.items {
            match item {
                Item::Request(request) => {
                    let mut route = mock::write(request);
                    put_back(&mut route, &request.extensions);
                    routes.push(route);
                }
                Item::Folder(folder) => receipt
                    .at(folder.folder.name.clone())
                    .not_carried("folder", "a mock server has routes only"),
                Item::Other(other) => receipt
                    .at(other.name.clone())
                    .not_carried("item", "a mock server has routes only"),
            }
        }
        routes
    }
}

fn write_subs(environments: &[&ItemEnvironment]) -> Value {
    let mut found = Vec::new();
    for (at, item) in environments.iter().enumerate() {
        let mut written = write_environment(&item.environment, &item.extensions);
        put_back(&mut written, &item.extensions);
        let is_new = kept(&item.extensions, "original").is_none();
        complete(&mut written, "env", &format!("environment {at}"), is_new);
        found.push(Sibling { item: written, position: position(&item.extensions), is_new });
    }
    Value::Array(arranged(found))
}

fn write_items(items: &[Item], above: &str, receipt: &mut Receipt) -> Vec<Value> {
    let mut found = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let place = |name: &str| below(above, name);
        let unique = format!("{above}/{at}");
        let (written, extensions, is_new) = match item {
            Item::Folder(folder) => {
                let place = place(&folder.folder.name);
                let mut written = write_folder(
                    &folder.folder,
                    &folder.extensions,
                    &mut receipt.at(place.clone()),
                );
                put_back(&mut written, &folder.extensions);
                let is_new = kept(&folder.extensions, "original").is_none();
                complete(&mut written, Kind::Folder.prefix(), &unique, is_new);
                let children = write_items(&folder.items, &place, receipt);
                if !children.is_empty() || is_new {
                    written["children"] = Value::Array(children);
                }
                (written, Some(&folder.extensions), is_new)
            }
            Item::Request(request) => {
                let mut scribe = receipt.at(place(&request.request.name));
                for (is_said, item) in [
                    (!request.request.variables.is_empty(), "variables"),
                    (!request.request.checks.is_empty(), "checks"),
                    (!request.request.captures.is_empty(), "captures"),
                    (!request.examples.is_empty(), "examples"),
                ] {
                    if is_said {
                        scribe.not_carried(item, "a request of Insomnia has none");
                    }
                }
                let mut written = write_request(&request.request, &request.extensions, &mut scribe);
                put_back(&mut written, &request.extensions);
                let is_new = kept(&request.extensions, "original").is_none();
                complete(&mut written, Kind::Request.prefix(), &unique, is_new);
                (written, Some(&request.extensions), is_new)
            }
            Item::Other(other) => {
                let mut scribe = receipt.at(place(&other.name));
                let Some(mut written) = write_other(other, &mut scribe) else { continue };
                let extensions = match other.content.get("extensions") {
                    Some(Value::Object(extensions)) => Some(extensions),
                    _ => None,
                };
                let is_new = extensions.is_none_or(|e| kept(e, "original").is_none());
                let prefix = Kind::of(&written).prefix();
                complete(&mut written, prefix, &unique, is_new);
                (written, extensions, is_new)
            }
        };
        found.push(Sibling { item: written, position: extensions.and_then(position), is_new });
    }
    arranged(found)
}

/// Gives what is new an id; what came from Insomnia has what it had.
fn complete(item: &mut Value, prefix: &str, unique: &str, is_new: bool) {
    let Some(object) = item.as_object_mut() else { return };
    if is_new {
        let hash = Sha256::digest(format!("{prefix} {unique}"));
        let id = hash.iter().take(16).fold(format!("{prefix}_"), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        let meta = object.entry("meta").or_insert_with(|| json!({}));
        if let Value::Object(meta) = meta {
            let said = std::mem::take(meta);
            put(meta, "id", id);
            meta.extend(said);
        }
    }
}

fn position(extensions: &Extensions) -> Option<u64> {
    kept(extensions, "position").and_then(Value::as_u64)
}

/// An item among its siblings.
struct Sibling {
    item: Value,
    /// Where it was in its file, if it was not where it is shown.
    position: Option<u64>,
    /// Whether it did not come from Insomnia.
    is_new: bool,
}

impl Sibling {
    fn key(&self) -> Option<f64> {
        self.item.get("meta")?.get("sortKey")?.as_f64()
    }

    fn set_key(&mut self, key: Value) {
        if !self.item["meta"].is_object() {
            self.item["meta"] = json!({});
        }
        self.item["meta"]["sortKey"] = key;
    }
}

/// Siblings in their file's order, with sort keys that show them in the order they have here.
fn arranged(mut items: Vec<Sibling>) -> Vec<Value> {
    let known = items.iter().filter(|sibling| !sibling.is_new);
    let is_sorted = known.map(|sibling| sibling.key().unwrap_or(0.0)).is_sorted();
    if !is_sorted || (items.len() > 1 && items.iter().all(|sibling| sibling.is_new)) {
        for (rank, sibling) in items.iter_mut().enumerate() {
            sibling.set_key(rank.into());
        }
        return items.into_iter().map(|sibling| sibling.item).collect();
    }
    let mut before = None;
    for at in 0..items.len() {
        if items[at].is_new && items.len() > 1 {
            let after = items[at..].iter().find(|sibling| !sibling.is_new);
            let key = match (before, after.map(|sibling| sibling.key().unwrap_or(0.0))) {
                (Some(before), Some(after)) => f64::midpoint(before, after),
                (Some(before), None) => before + 1.0,
                (None, after) => after.unwrap_or(0.0) - 1.0,
            };
            items[at].set_key(key.into());
        }
        before = Some(items[at].key().unwrap_or(0.0));
    }
    items.sort_by_key(|sibling| sibling.position.unwrap_or(u64::MAX));
    items.into_iter().map(|sibling| sibling.item).collect()
}

/// The extensions of the document's root, for what several workspaces share.
pub(super) fn mark(extensions: &mut Extensions, workspace: usize) {
    item::insomnia(extensions)["workspace"] = workspace.into();
}
