//! What is imported and exported in the same format comes out equal, for every file of the corpus.
//!
//! Two laws. Documents: Postman 2.1 with environments, Bruno, Insomnia 5 give the same document, the
//! order of keys aside. Collections: HAR and `.http` say the same thing in more than one way, so what
//! is exported is imported again, and that collection is equal to the first. What breaks a law is
//! named here with its reason, and may not be named in vain.

#[path = "round_trips/exceptions.rs"]
mod exceptions;
mod shared;

use std::collections::BTreeMap;

use errand_interop::{
    Exported, Format, Import, Source, bruno, har, http_file, import, insomnia, postman, yaml,
};
use errand_model::{Collection, Item};
use exceptions::{HAR, HTTP};
use serde_json::{Value, json};

/// What came of a law: how many files kept it, and what broke it.
#[derive(Default)]
struct Outcome {
    kept: usize,
    broken: BTreeMap<String, String>,
}

impl Outcome {
    fn add(&mut self, name: &str, difference: Option<String>) {
        match difference {
            None => self.kept += 1,
            Some(difference) => drop(self.broken.insert(name.to_owned(), difference)),
        }
    }

    /// Nothing but the exceptions is broken, all of them are, and at least so many files were compared.
    fn holds(&self, exceptions: &[(&str, &str)], at_least: usize) {
        let excepted = |name: &str| exceptions.iter().any(|(known, _)| *known == name);
        let new: Vec<_> = self.broken.iter().filter(|(name, _)| !excepted(name)).collect();
        let vain: Vec<_> =
            exceptions.iter().filter(|(name, _)| !self.broken.contains_key(*name)).collect();
        let lines: Vec<_> =
            new.iter().map(|(name, difference)| format!("\n{name}: {difference}")).collect();
        let text = lines.concat();
        assert!(new.is_empty(), "{} kept the law, but not{text}", self.kept);
        assert!(vain.is_empty(), "no longer exceptions: {vain:?}");
        assert!(self.kept >= at_least, "only {} were compared", self.kept);
    }
}

/// The files of a family that are of a format, each with what was imported.
fn imported(family: &str, format: Format) -> Vec<(String, Vec<u8>, Import)> {
    let Some(folder) = shared::corpus(family) else { return Vec::new() };
    let mut all = Vec::new();
    for (name, bytes) in shared::files_below(&folder) {
        let short = name.rsplit('/').next().unwrap_or_default().to_owned();
        let source = Source::file(short, bytes.clone());
        if let Ok(found) = import(&source, None)
            && found.format == format
        {
            all.push((name, bytes, found));
        }
    }
    all
}

fn source(exported: Exported) -> Source {
    exported
        .files
        .into_iter()
        .fold(Source::default(), |source, (path, bytes)| source.with(path, bytes))
}

fn is_here(family: &str) -> bool {
    shared::corpus(family).is_some()
}

#[test]
fn postman_documents_come_back() {
    let mut outcome = Outcome::default();
    for (name, bytes, found) in imported("postman", Format::Postman) {
        let Some((original, is_collection)) = postman_original(&bytes) else { continue };
        let exported = postman::export(&found.collection).expect("it is exported");
        let documents: Vec<Value> = exported
            .files
            .iter()
            .map(|(_, bytes)| serde_json::from_slice(bytes).expect("JSON"))
            .collect();
        let written = if is_collection { documents.first() } else { documents.last() };
        outcome.add(&name, shared::differing(written.unwrap_or(&Value::Null), &original, ""));
    }
    outcome.holds(&[], if is_here("postman") { 60 } else { 0 });
}

/// A collection of version 2.1 or an environment, with what is secret and has no field taken out.
fn postman_original(bytes: &[u8]) -> Option<(Value, bool)> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    let mut document: Value = serde_json::from_str(text).ok()?;
    if let Some(inner) = document.get_mut("collection") {
        document = inner.take();
    }
    if let Some(values) = document.get_mut("values").and_then(Value::as_array_mut) {
        for row in values.iter_mut().filter(|row| row["type"] == "secret") {
            row["value"] = json!("");
        }
        return Some((document, false));
    }
    let schema = document.pointer("/info/schema").and_then(Value::as_str).unwrap_or_default();
    let old = schema.contains("v2.0");
    withhold(&mut document, false);
    (document.get("item").is_some() && !old).then_some((document, true))
}

/// A token that is kept beside the way to get one, and a passphrase of a request, have no field here:
/// they are in no file.
fn withhold(value: &mut Value, is_oauth2: bool) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| withhold(value, is_oauth2)),
        Value::Object(object) => {
            let literal = |value: &Value| value.as_str().is_some_and(|text| !text.contains("{{"));
            let key = object.get("key").and_then(Value::as_str);
            let token = is_oauth2 && matches!(key, Some("accessToken" | "refreshToken"));
            for (name, value) in object.iter_mut() {
                if (token && name == "value" || name == "passphrase") && literal(value) {
                    *value = json!("");
                }
                withhold(value, name == "oauth2");
            }
        }
        _ => {}
    }
}

#[test]
fn insomnia_documents_come_back() {
    let mut outcome = Outcome::default();
    for (name, bytes, found) in imported("insomnia", Format::Insomnia) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        if !text.contains("insomnia.rest/5.0") {
            continue;
        }
        let document = |text: String| yaml(&Source::text(text).entries[0]).expect("YAML");
        let exported = insomnia::export(&found.collection).expect("it is exported");
        assert_eq!(exported.files.len(), 1, "{name}");
        let written = String::from_utf8(exported.files[0].1.clone()).expect("UTF-8");
        outcome.add(&name, shared::differing(&document(written), &document(text), ""));
    }
    outcome.holds(&[], if is_here("insomnia") { 3 } else { 0 });
}

/// Whole folders are compared in `bruno.rs`; here is each file for itself.
#[test]
fn bruno_files_come_back() {
    let mut outcome = Outcome::default();
    for (name, bytes, found) in imported("bruno", Format::Bruno) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        if std::path::Path::new(&name).extension().is_none_or(|extension| extension != "bru") {
            continue;
        }
        let exported = bruno::export(&found.collection).expect("it is exported");
        let tree = |name: &str, text: &str| {
            if name.contains("environments/") {
                bruno::environment_tree(name, text).ok()
            } else {
                bruno::tree(name, text).ok()
            }
        };
        let original = tree(&name, &text).expect("it is Bru");
        let mut written = exported
            .files
            .iter()
            .filter_map(|(path, bytes)| tree(path, &String::from_utf8_lossy(bytes)));
        let same = written.any(|tree| tree == original);
        let paths: Vec<_> = exported.files.iter().map(|(path, _)| path).collect();
        outcome.add(&name, (!same).then(|| format!("none of {paths:?} is the same")));
    }
    outcome.holds(exceptions::BRUNO, if is_here("bruno") { 100 } else { 0 });
}

#[test]
fn exports_of_bruno_give_the_same_collection() {
    let mut outcome = Outcome::default();
    for (name, _, found) in imported("bruno", Format::Bruno) {
        if std::path::Path::new(&name).extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let exported = bruno::export(&found.collection).expect("it is exported");
        outcome.add(&name, again(&found.collection, &source(exported), Format::Bruno));
    }
    outcome.holds(exceptions::BRUNO_JSON, usize::from(is_here("bruno")));
}

#[test]
fn archives_give_the_same_collection() {
    let mut outcome = Outcome::default();
    for (name, _, found) in imported("har", Format::Har) {
        let exported = har::export(&found.collection).expect("it is exported");
        let first = unnamed(found.collection);
        outcome.add(&name, again(&first, &source(exported), Format::Har));
    }
    outcome.holds(HAR, if is_here("har") { 30 } else { 0 });
}

#[test]
fn http_files_give_the_same_collection() {
    let mut outcome = Outcome::default();
    for (name, _, found) in imported("httpfiles", Format::Http) {
        let exported = http_file::export(&found.collection).expect("it is exported");
        outcome.add(&name, again(&found.collection, &source(exported), Format::Http));
    }
    outcome.holds(HTTP, if is_here("httpfiles") { 150 } else { 0 });
}

/// An archive has no name: the collection is called as its file.
fn unnamed(mut collection: Collection) -> Collection {
    collection.root.name.clear();
    collection
}

/// The first difference of a collection to what its export is read as.
fn again(first: &Collection, exported: &Source, format: Format) -> Option<String> {
    let second = match import(exported, Some(format)) {
        Ok(second) if format == Format::Har => unnamed(second.collection),
        Ok(second) => second.collection,
        Err(error) => return Some(error.to_string()),
    };
    let value = |collection: &Collection| {
        let mut collection = collection.clone();
        numbered(&mut collection.items);
        serde_json::to_value(collection).expect("JSON")
    };
    shared::differing(&value(&second), &value(first), "")
}

/// Positions count by their order: formats without numbers for them number anew.
fn numbered(items: &mut [Item]) {
    for (at, item) in items.iter_mut().enumerate() {
        let at = u32::try_from(at).map_or(f64::MAX, f64::from);
        match item {
            Item::Folder(folder) => {
                folder.folder.seq = Some(at);
                numbered(&mut folder.items);
            }
            Item::Request(item) => item.request.seq = Some(at),
            Item::Other(_) => {}
        }
    }
}
