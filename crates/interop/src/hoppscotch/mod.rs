//! Hoppscotch: collections and environments of every version.

mod auth;
mod body;
mod environment;
mod request;
mod template;

use std::collections::HashMap;

use errand_model::{Collection, Extensions, Folder, Item, ItemFolder};
use serde_json::{Map, Value};

use crate::content::dialect;
use crate::fields::{below, distinct, named, put, scalar, text};
use crate::{Entry, Error, Format, Import, Receipt, Source, json};

/// How much of a file is looked at before it is read.
const HEAD: u64 = 8192;
/// What a collection without a name is called.
const UNTITLED: &str = "Untitled";
/// Words that begin every export.
const WORDS: &[&str] =
    &["\"folders\"", "\"requests\"", "\"endpoint\"", "\"variables\"", "\"values\""];

/// Fields of a collection that are read, or mean nothing elsewhere.
const FIELDS: &[&str] = &[
    "v",
    "id",
    "_ref_id",
    "name",
    "description",
    "folders",
    "requests",
    "headers",
    "auth",
    "variables",
    "preRequestScript",
    "testScript",
];
/// Words of other tools' files, which need not be read for that.
const FOREIGN: &[&str] = &["\"yaakSchema\"", "\"clientName\"", "\"openapi\"", "\"swagger\""];

pub(crate) fn recognises(source: &Source) -> bool {
    source.entries.iter().any(is_ours)
}

fn is_ours(entry: &Entry) -> bool {
    let Ok(head) = entry.head(HEAD) else { return false };
    let head = String::from_utf8_lossy(&head);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let begins = head.starts_with(['{', '[']) && WORDS.iter().any(|word| head.contains(word));
    if !begins || FOREIGN.iter().any(|word| head.contains(word)) {
        return false;
    }
    match json(entry) {
        Ok(value) => is_one(&value),
        // A broken one, if it has what no other format has.
        Err(_) => {
            head.contains("\"v\"") && head.contains("\"folders\"") && head.contains("\"endpoint\"")
        }
    }
}

fn is_one(value: &Value) -> bool {
    match value {
        Value::Array(list) => !list.is_empty() && list.iter().all(is_one),
        value => is_collection(value) || environment::is_one(value),
    }
}

fn is_collection(value: &Value) -> bool {
    let has = |key: &str| value.get(key).is_some();
    (has("folders") || has("requests"))
        && (has("name") || has("v"))
        && !["clientName", "info", "items", "order"].iter().any(|key| has(key))
}

pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let single = source.single();
    let mut documents = Vec::new();
    for entry in source.entries.iter().filter(|entry| single.is_some() || is_ours(entry)) {
        match json(entry)? {
            Value::Array(list) => {
                let values = list.into_iter().enumerate();
                documents.extend(values.map(|(at, value)| (value, entry, format!("[{at}]."))));
            }
            value => documents.push((value, entry, String::new())),
        }
    }
    let collections = documents.iter().filter(|(value, ..)| is_collection(value)).count();
    let mut found = Found { only: collections == 1, ..Found::default() };
    for (value, entry, place) in &documents {
        found.value(value, entry, place)?;
    }
    Ok(found.finished())
}

#[derive(Default)]
struct Found {
    receipt: Receipt,
    /// Whether the one collection is the whole.
    only: bool,
    collections: Vec<ItemFolder>,
    /// Environments and global variables.
    rest: Collection,
}

impl Found {
    fn value(&mut self, value: &Value, entry: &Entry, place: &str) -> Result<(), Error> {
        let file = entry.path.as_str();
        if is_collection(value) {
            let mut reader = Reader { file, receipt: &mut self.receipt };
            let here = if self.only { String::new() } else { named(text(value, "name"), UNTITLED) };
            let collection = reader.collection(value, &here, place)?;
            self.collections.push(collection);
        } else if environment::is_one(value) {
            let environment = environment::read(value, file, place, &mut self.receipt)?;
            if value.get("name").is_none() {
                let mut scribe = self.receipt.at("Global");
                scribe.converted("global environment", "global variables");
                self.rest.root.globals.extend(environment.environment.variables);
            } else {
                self.rest.environments.push(environment);
            }
        } else {
            let stem = entry.name().rsplit_once('.').map_or(entry.name(), |(stem, _)| stem);
            let name = named(stem, "Environment");
            let environment =
                environment::plain(value, &name, &mut self.receipt).ok_or_else(|| {
                    Error::Wrong {
                        file: file.to_owned(),
                        place: place.trim_end_matches('.').to_owned(),
                        what: "It is neither a collection nor an environment of Hoppscotch"
                            .to_owned(),
                    }
                })?;
            self.rest.environments.push(environment);
        }
        Ok(())
    }

    fn finished(self) -> Import {
        let Self { receipt, mut collections, rest: mut collection, only } = self;
        let name = match collections.as_slice() {
            [] => collection.environments.first().map(|e| e.environment.name.clone()),
            _ => None,
        };
        collection.root.name = name.unwrap_or_else(|| "Hoppscotch".to_owned());
        if only && let Some(only) = collections.pop() {
            let globals = std::mem::take(&mut collection.root.globals);
            collection.root = Folder { globals, ..only.folder };
            collection.extensions = only.extensions;
            collection.items = only.items;
        } else {
            collection.items = collections.into_iter().map(Item::Folder).collect();
        }
        let mut taken = HashMap::new();
        for item in &mut collection.environments {
            item.environment.name = distinct(&item.environment.name, &mut taken);
        }
        Import { format: Format::Hoppscotch, collection, receipt, wanted: Vec::new() }
    }
}

struct Reader<'r> {
    file: &'r str,
    receipt: &'r mut Receipt,
}

impl Reader<'_> {
    /// A collection or folder. JSON is read to a depth that is no danger here.
    /// `here` is what receipts call it.
    fn collection(&mut self, value: &Value, here: &str, place: &str) -> Result<ItemFolder, Error> {
        let name = named(text(value, "name"), UNTITLED);
        let before = self.receipt.lines.len();
        let mut scribe = self.receipt.at(here);
        let mut folder = Folder { name, docs: scalar(value, "description"), ..Folder::default() };
        let defaults = &mut folder.defaults;
        defaults.headers = request::headers(value, &mut scribe);
        let mut aside = Map::new();
        defaults.auth = auth::read(value, &mut aside, &mut scribe);
        defaults.variables = environment::variables(value, &mut scribe);
        defaults.scripts = request::scripts(value);
        let mut extensions = Extensions::new();
        if !defaults.scripts.is_empty() {
            extensions.insert("errand".to_owned(), dialect("hoppscotch"));
        }
        request::set_aside(value, FIELDS, &mut aside, &mut scribe);
        put(&mut extensions, "hoppscotch", aside);
        if self.receipt.lines.len() == before {
            let is_whole = !place.contains("folders[");
            self.receipt.at(here).kept(if is_whole { "collection" } else { "folder" });
        }
        let mut items = Vec::new();
        for (at, inner) in self.list(value, "folders", place)?.iter().enumerate() {
            let place = format!("{place}folders[{at}].");
            let inner = self.object(inner, &place)?;
            let inside = below(here, &named(text(inner, "name"), UNTITLED));
            items.push(Item::Folder(self.collection(inner, &inside, &place)?));
        }
        for (at, inner) in self.list(value, "requests", place)?.iter().enumerate() {
            let inner = self.object(inner, &format!("{place}requests[{at}]."))?;
            items.push(Item::Request(Box::new(request::read(inner, here, self.receipt))));
        }
        Ok(ItemFolder { folder, extensions, items })
    }

    fn list<'v>(&self, value: &'v Value, key: &str, place: &str) -> Result<&'v [Value], Error> {
        match value.get(key) {
            Some(Value::Array(list)) => Ok(list),
            _ => Err(self
                .wrong(&format!("{place}{key}"), &format!("The collection has no list of {key}"))),
        }
    }

    fn object<'v>(&self, value: &'v Value, place: &str) -> Result<&'v Value, Error> {
        if value.is_object() { Ok(value) } else { Err(self.wrong(place, "It is not an object")) }
    }

    fn wrong(&self, place: &str, what: &str) -> Error {
        Error::Wrong {
            file: self.file.to_owned(),
            place: place.trim_end_matches('.').to_owned(),
            what: what.to_owned(),
        }
    }
}
