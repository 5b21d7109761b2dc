//! What is kept of a description under `extensions.openapi`, and found there again.

use errand_model::{Extensions, Request};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::document::{Document, Operation, reference, text};

/// The key under `extensions`.
pub(super) const KEY: &str = "openapi";

/// From this size in bytes on, what is shared by operations is kept as text: reading a folder's file
/// must not cost the parsing of a whole description.
const AS_TEXT: usize = 128 << 10;

/// What is kept with a request.
pub(super) fn of_operation(operation: Operation<'_>, request: &Request) -> Map<String, Value> {
    let mut kept = Map::new();
    kept.insert("path".to_owned(), json!(operation.path));
    kept.insert("method".to_owned(), json!(operation.method));
    let id = text(operation.value, "operationId");
    if !id.is_empty() {
        kept.insert("operationId".to_owned(), json!(id));
    }
    kept.insert("digest".to_owned(), json!(digest(request)));
    kept
}

/// What is kept with the collection; `document` is the description without its operations.
///
/// `servers` are those that became environments.
pub(super) fn of_document(
    source: &str,
    version: &str,
    servers: Value,
    document: Value,
) -> Map<String, Value> {
    let mut kept = Map::new();
    kept.insert("source".to_owned(), json!(source));
    kept.insert("version".to_owned(), json!(version));
    if document.get("servers") != Some(&servers) && !servers.is_null() {
        kept.insert("servers".to_owned(), servers);
    }
    kept.insert("document".to_owned(), stored(document));
    kept
}

/// A description without its operations as it is kept.
pub(super) fn stored(document: Value) -> Value {
    let large = size(&document, AS_TEXT) >= AS_TEXT;
    if large { Value::String(in_lines(&document)) } else { document }
}

/// The servers that became environments.
pub(super) fn servers(extensions: &Extensions, document: &Document) -> Value {
    let own = extensions.get(KEY).and_then(|kept| kept.get("servers"));
    own.or_else(|| document.root.get("servers")).cloned().unwrap_or_default()
}

/// The description without its operations, as it was kept.
pub(super) fn document(extensions: &Extensions) -> Option<Value> {
    match extensions.get(KEY)?.get("document")? {
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Object(object) => Some(Value::Object(object.clone())),
        _ => None,
    }
}

/// An operation that a request was made from.
pub(super) fn operation(extensions: &Extensions) -> Option<Operation<'_>> {
    static NOTHING: Value = Value::Null;
    let kept = extensions.get(KEY)?;
    Some(Operation {
        path: kept.get("path")?.as_str()?,
        method: kept.get("method")?.as_str()?,
        item: &NOTHING,
        value: kept.get("operation").unwrap_or(&NOTHING),
    })
}

/// The same with its path item out of the description.
pub(super) fn linked<'d>(
    extensions: &'d Extensions,
    document: &'d Document,
) -> Option<Operation<'d>> {
    let operation = operation(extensions)?;
    let item = document.root.get("paths").and_then(|paths| paths.get(operation.path));
    Some(Operation { item: item.unwrap_or(operation.item), ..operation })
}

/// The digest of the request as it was imported.
pub(super) fn imported(extensions: &Extensions) -> Option<&str> {
    extensions.get(KEY)?.get("digest")?.as_str()
}

/// Tells one request from another. Its place among its siblings does not count, nor do the ends of
/// lines, which files do not keep.
pub(super) fn digest(request: &Request) -> String {
    let mut value = serde_json::to_value(request).unwrap_or_default();
    if let Value::Object(object) = &mut value {
        object.shift_remove("seq");
    }
    let mut hash = Sha256::new();
    feed(&mut hash, &value);
    hash.finalize().iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn feed(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Object(object) => {
            let mut keys: Vec<_> = object.iter().collect();
            keys.sort_by_key(|one| one.0);
            hash.update(b"{");
            for (key, value) in keys {
                hash.update(key.as_bytes());
                hash.update(b":");
                feed(hash, value);
            }
            hash.update(b"}");
        }
        Value::Array(list) => {
            hash.update(b"[");
            for value in list {
                feed(hash, value);
            }
            hash.update(b"]");
        }
        Value::String(text) => {
            hash.update(b"\"");
            for line in text.trim_end().lines() {
                hash.update(line.trim_end().as_bytes());
                hash.update(b"\n");
            }
        }
        other => hash.update(other.to_string().as_bytes()),
    }
}

/// About how long the text of a value is; stops counting at `enough`.
fn size(value: &Value, enough: usize) -> usize {
    let mut total = 0;
    let mut add = |key: &str, value: &Value| {
        if total < enough {
            total += key.len() + 4 + size(value, enough - total);
        }
    };
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| add(key, value)),
        Value::Array(list) => list.iter().for_each(|value| add("", value)),
        Value::String(text) => return text.len(),
        _ => return 4,
    }
    total
}

/// JSON with a line for each component, so that changes can be compared.
fn in_lines(document: &Value) -> String {
    let mut out = String::new();
    lines(document, 0, &mut out);
    out
}

fn lines(value: &Value, depth: usize, out: &mut String) {
    let Some(object) = value.as_object().filter(|object| depth < 3 && !object.is_empty()) else {
        out.push_str(&value.to_string());
        return;
    };
    let is_reference = reference(value).is_some();
    out.push('{');
    for (at, (key, inner)) in object.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { "," });
        if !is_reference {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', depth + 1));
        }
        out.push_str(&Value::String(key.clone()).to_string());
        out.push_str(": ");
        lines(inner, depth + 1, out);
    }
    out.push('}');
}
