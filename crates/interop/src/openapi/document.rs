use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// References followed from one to the next before it is taken for a circle.
const HOPS: usize = 32;

/// Schemas and properties that may be looked at for made-up values in one import: more than any
/// honest description needs, and a bound on what a hostile one can cost.
const WORK: usize = 3_000_000;

static NOTHING: Value = Value::Null;

/// A description in memory with all its references in itself.
pub(super) struct Document {
    pub root: Value,
    broken: RefCell<BTreeSet<String>>,
    left: Cell<usize>,
}

impl Document {
    pub fn new(root: Value) -> Self {
        Self { root, broken: RefCell::default(), left: Cell::new(WORK) }
    }

    /// What a value refers to, or itself; null where the reference leads nowhere.
    pub fn resolve<'d>(&'d self, value: &'d Value) -> &'d Value {
        let mut found = value;
        for _ in 0..HOPS {
            let Some(reference) = reference(found) else { return found };
            let target = reference.strip_prefix('#').and_then(|at| pointed(&self.root, at));
            let Some(target) = target else {
                self.broken.borrow_mut().insert(reference.to_owned());
                return &NOTHING;
            };
            found = target;
        }
        self.broken.borrow_mut().extend(reference(found).map(str::to_owned));
        &NOTHING
    }

    /// The value under a key, resolved; null where there is none.
    pub fn get<'d>(&'d self, value: &'d Value, key: &str) -> &'d Value {
        value.get(key).map_or(&NOTHING, |inner| self.resolve(inner))
    }

    /// References that led nowhere so far.
    pub fn broken(&self) -> BTreeSet<String> {
        self.broken.borrow().clone()
    }

    /// What may still be looked at for made-up values.
    pub fn left(&self) -> usize {
        self.left.get()
    }

    /// Takes from what may be looked at; whether there was enough.
    pub fn spend(&self, work: usize) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(work));
        left > work
    }
}

/// Where a value refers to.
pub(super) fn reference(value: &Value) -> Option<&str> {
    value.as_object()?.get("$ref")?.as_str()
}

/// The value at a JSON pointer (RFC 6901), percent-encoded as in a fragment.
pub(super) fn pointed<'d>(root: &'d Value, fragment: &str) -> Option<&'d Value> {
    if fragment.contains('%') {
        let plain = percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?;
        return root.pointer(&plain);
    }
    root.pointer(fragment)
}

/// The entries of an object; none for anything else.
pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The values of a list; none for anything else.
pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The text under a key; empty where there is none. Numbers are texts too: `version: 1.0`.
pub(super) fn text(value: &Value, key: &str) -> String {
    match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Whether a key is true.
pub(super) fn yes(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// Methods a path item may have (3.2 adds `query`).
pub(super) const METHODS: &[&str] =
    &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// One operation of a description.
#[derive(Clone, Copy)]
pub(super) struct Operation<'d> {
    pub path: &'d str,
    /// As it is sent.
    pub method: &'d str,
    pub item: &'d Value,
    pub value: &'d Value,
}

/// The operations of a description in its order.
pub(super) fn operations(root: &Value) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (path, item) in root.get("paths").into_iter().flat_map(entries) {
        if path.starts_with("x-") {
            continue;
        }
        for (method, value) in entries(item) {
            if value.is_object() && METHODS.contains(&method.as_str()) {
                found.push(Operation { path, method, item, value });
            }
        }
        for (method, value) in item.get("additionalOperations").into_iter().flat_map(entries) {
            if value.is_object() {
                found.push(Operation { path, method, item, value });
            }
        }
    }
    found
}

/// An object with one entry.
pub(super) fn one(key: &str, value: Value) -> Map<String, Value> {
    Map::from_iter([(key.to_owned(), value)])
}
