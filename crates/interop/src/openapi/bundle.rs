//! References to other files, brought into one document.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value};

use super::document::{METHODS, pointed, reference};
use super::load::target;
use super::text::distinct;

/// How deep pieces of other files are put in place of their references.
const DEPTH: usize = 32;

/// How many values are put in place of references: a bound on what few references to much can cost.
const COPIED: usize = 2_000_000;

/// Keys whose values are data, not description.
const DATA: &[&str] = &["example", "default", "enum", "const", "value"];

/// Keys whose children's keys are names, so that they may be anything.
const NAMED: &[&str] = &[
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "paths",
    "webhooks",
    "content",
    "dependentSchemas",
];

/// Calls back with each reference that is part of the description.
pub(super) fn each_reference(value: &Value, found: &mut dyn FnMut(&str)) {
    walk(value, false, found);
}

fn walk(value: &Value, named: bool, found: &mut dyn FnMut(&str)) {
    match value {
        Value::Object(object) => {
            if let (false, Some(reference)) = (named, reference(value)) {
                found(reference);
            }
            for (key, inner) in object {
                if named || !DATA.contains(&key.as_str()) {
                    walk(inner, !named && NAMED.contains(&key.as_str()), found);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| walk(inner, false, found)),
        _ => {}
    }
}

/// Brings what other documents hold into `root`: schemas, parameters and the like among its
/// components, anything else in place.
pub(super) fn bundle(root: &mut Value, base: &str, files: &BTreeMap<String, Value>, old: bool) {
    let original = root.clone();
    let mut bundler = Bundler {
        original: &original,
        base,
        files,
        old,
        names: HashMap::new(),
        taken: HashMap::new(),
        open: Vec::new(),
        left: COPIED,
    };
    bundler.piece(root, base, "", false, 0);
    let mut shelf = Vec::new();
    while let Some((kind, name, file, mut piece)) = bundler.open.pop() {
        bundler.piece(&mut piece, &file, kind, false, 0);
        shelf.push((kind, name, piece));
    }
    let Value::Object(root) = root else { return };
    let place = if old { Some(root) } else { below(root, "components") };
    let Some(place) = place else { return };
    for (kind, name, value) in shelf {
        if let Some(object) = below(place, kind) {
            object.insert(name, value);
        }
    }
}

/// The object under a key, made where it is missing.
fn below<'v>(object: &'v mut Map<String, Value>, key: &str) -> Option<&'v mut Map<String, Value>> {
    object.entry(key.to_owned()).or_insert_with(|| Value::Object(Map::new())).as_object_mut()
}

struct Bundler<'f> {
    original: &'f Value,
    base: &'f str,
    files: &'f BTreeMap<String, Value>,
    old: bool,
    /// Where a piece of a file went, by file, pointer and kind.
    names: HashMap<(String, String, &'static str), String>,
    taken: HashMap<&'static str, HashSet<String>>,
    /// Pieces that belong among the components and are still to be walked: kind, name, file, value.
    open: Vec<(&'static str, String, String, Value)>,
    left: usize,
}

impl Bundler<'_> {
    /// Rewrites the references of a piece that came from the file `from`. `key` is what it stands
    /// under, `named` whether that is a name.
    fn piece(&mut self, value: &mut Value, from: &str, key: &str, named: bool, depth: usize) {
        if let (false, Some(found)) = (named, reference(value)) {
            let found = found.to_owned();
            if from != self.base || !found.starts_with('#') {
                self.reference(value, from, &found, key, depth);
            }
            return;
        }
        match value {
            Value::Object(object) => {
                for (inner_key, inner) in object {
                    if named || !DATA.contains(&inner_key.as_str()) {
                        let inner_named = !named && NAMED.contains(&inner_key.as_str());
                        let under = if named { key } else { inner_key };
                        self.piece(inner, from, under, inner_named, depth);
                    }
                }
            }
            Value::Array(list) => {
                for inner in list {
                    self.piece(inner, from, key, false, depth);
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, value: &mut Value, from: &str, found: &str, key: &str, depth: usize) {
        let (file, fragment) = found.split_once('#').unwrap_or((found, ""));
        let file = if file.is_empty() { Some(from.to_owned()) } else { target(from, file) };
        let Some(file) = file else { return };
        if file == self.base {
            set_reference(value, format!("#{fragment}"));
            return;
        }
        let Some(document) = self.files.get(&file) else { return };
        let Some(piece) = pointed(document, fragment) else { return };
        let Some(kind) = kind(key, self.old) else {
            // A path item, an operation, a list: it has no shelf of its own.
            if depth < DEPTH && afford(&mut self.left, piece) {
                *value = piece.clone();
                self.piece(value, &file, key, false, depth + 1);
            }
            return;
        };
        let slot = (file.clone(), fragment.to_owned(), kind);
        let name = match self.names.get(&slot) {
            Some(name) => name.clone(),
            None => self.shelve(slot, &file, fragment, kind, piece),
        };
        let place = if self.old { kind.to_owned() } else { format!("components/{kind}") };
        set_reference(value, format!("#/{place}/{name}"));
    }

    fn shelve(
        &mut self,
        slot: (String, String, &'static str),
        file: &str,
        fragment: &str,
        kind: &'static str,
        piece: &Value,
    ) -> String {
        let stem = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or_default();
            name.split('.').next().unwrap_or_default().to_owned()
        };
        let name = if fragment.len() > 1 {
            fragment.rsplit('/').next().unwrap_or_default().to_owned()
        } else {
            stem(file)
        };
        let name: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' })
            .collect();
        let (original, old) = (self.original, self.old);
        let taken = self.taken.entry(kind).or_insert_with(|| {
            let place = if old { Some(original) } else { original.get("components") };
            let there = place.and_then(|place| place.get(kind)).and_then(Value::as_object);
            there.into_iter().flatten().map(|(name, _)| name.to_lowercase()).collect()
        });
        let name = distinct(name, "_", taken);
        self.names.insert(slot, name.clone());
        // Walked later: it may refer to itself, or begin a long chain.
        self.open.push((kind, name.clone(), file.to_owned(), piece.clone()));
        name
    }
}

/// Whether a copy of a piece is within bounds.
fn afford(left: &mut usize, piece: &Value) -> bool {
    fn size(value: &Value) -> usize {
        match value {
            Value::Object(object) => 1 + object.values().map(size).sum::<usize>(),
            Value::Array(list) => 1 + list.iter().map(size).sum::<usize>(),
            _ => 1,
        }
    }
    let size = size(piece);
    let affordable = size <= *left;
    *left = left.saturating_sub(size);
    affordable
}

fn set_reference(value: &mut Value, to: String) {
    if let Value::Object(object) = value {
        object.insert("$ref".to_owned(), Value::String(to));
    }
}

/// The shelf for what stands under a key.
fn kind(key: &str, old: bool) -> Option<&'static str> {
    Some(match key {
        "schema"
        | "items"
        | "properties"
        | "allOf"
        | "oneOf"
        | "anyOf"
        | "not"
        | "additionalProperties"
        | "patternProperties"
        | "prefixItems"
        | "if"
        | "then"
        | "else"
        | "propertyNames"
        | "contains"
        | "schemas"
        | "$defs"
        | "definitions"
        | "dependentSchemas"
        | "unevaluatedProperties"
        | "unevaluatedItems" => {
            if old {
                "definitions"
            } else {
                "schemas"
            }
        }
        "parameters" => "parameters",
        "responses" => "responses",
        "examples" if !old => "examples",
        "headers" if !old => "headers",
        "requestBody" | "requestBodies" if !old => "requestBodies",
        "links" if !old => "links",
        "securitySchemes" if !old => "securitySchemes",
        _ => return None,
    })
}

/// Puts path items and operations in place of references to them.
pub(super) fn inline_path_items(root: &mut Value) {
    let refers = |value: &Value| reference(value).is_some();
    let Some(paths) = root.get("paths").and_then(Value::as_object) else { return };
    let mut found = Vec::new();
    let mut left = COPIED;
    for (path, item) in paths {
        if refers(item) {
            found.push((path.clone(), None, resolved(root, item, &mut left)));
        } else {
            for method in METHODS {
                if let Some(operation) = item.get(method).filter(|operation| refers(operation)) {
                    found.push((path.clone(), Some(*method), resolved(root, operation, &mut left)));
                }
            }
        }
    }
    for (path, method, value) in found {
        let Some(item) = root.get_mut("paths").and_then(|paths| paths.get_mut(&path)) else {
            continue;
        };
        let slot = match method {
            Some(method) => item.get_mut(method),
            None => Some(item),
        };
        if let (Some(slot), Some(Value::Object(mut value))) = (slot, value) {
            // What stands beside the reference wins over what it leads to.
            if let Value::Object(beside) = slot {
                value.extend(
                    beside
                        .iter()
                        .filter(|(key, _)| *key != "$ref")
                        .map(|(k, v)| (k.clone(), v.clone())),
                );
            }
            *slot = Value::Object(value);
        }
    }
}

fn resolved(root: &Value, value: &Value, left: &mut usize) -> Option<Value> {
    let mut found = value;
    for _ in 0..8 {
        match reference(found) {
            Some(to) => found = pointed(root, to.strip_prefix('#')?)?,
            None => return afford(left, found).then(|| found.clone()),
        }
    }
    None
}
