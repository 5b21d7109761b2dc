//! Parts of JSON documents, read as leniently as the tools that write them.

use serde_json::{Map, Value};

/// Text at `key`; empty when there is none.
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The first of `keys` that holds text which is not empty.
pub(crate) fn any_text<'v>(value: &'v Value, keys: &[&str]) -> &'v str {
    keys.iter().map(|key| text(value, key)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// What is at `key` as text, be it text, a number or a boolean; empty for anything else.
pub(crate) fn scalar(value: &Value, key: &str) -> String {
    value.get(key).map(plain).unwrap_or_default()
}

/// Text, a number or a boolean as text; empty for anything else.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// A boolean, also one that is written as text.
pub(crate) fn flag(value: &Value, key: &str) -> Option<bool> {
    match value.get(key)? {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text == "true" => Some(true),
        Value::String(text) if text == "false" => Some(false),
        _ => None,
    }
}

/// The list at `key`; empty when there is none.
pub(crate) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The object at `key`, when it holds anything.
pub(crate) fn object<'v>(value: &'v Value, key: &str) -> Option<&'v Map<String, Value>> {
    value.get(key).and_then(Value::as_object).filter(|object| !object.is_empty())
}

/// Whether `value` says nothing: null, or empty.
pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Parts of an object that are not `known` and say something.
pub(crate) fn unknown<'v>(
    value: &'v Value,
    known: &[&str],
) -> impl Iterator<Item = (&'v String, &'v Value)> {
    let parts = value.as_object().into_iter().flatten();
    parts.filter(move |(key, value)| !known.contains(&key.as_str()) && !is_blank(value))
}

/// Takes a part out of an object; null when there is none.
pub(crate) fn take(value: &mut Value, key: &str) -> Value {
    value.as_object_mut().and_then(|object| object.shift_remove(key)).unwrap_or(Value::Null)
}

/// Puts `value` at `key` unless it says nothing.
pub(crate) fn put(object: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    let value = value.into();
    if !is_blank(&value) {
        object.insert(key.to_owned(), value);
    }
}

/// A name to show for what has none.
pub(crate) fn named(name: &str, otherwise: &str) -> String {
    if name.trim().is_empty() { otherwise.to_owned() } else { name.to_owned() }
}

/// `above / name`, as receipts say where something is.
pub(crate) fn below(above: &str, name: &str) -> String {
    if above.is_empty() { name.to_owned() } else { format!("{above} / {name}") }
}

/// A name that no other has, taken at once.
pub(crate) fn distinct(name: &str, taken: &mut std::collections::HashMap<String, usize>) -> String {
    let count = taken.entry(name.to_lowercase()).or_default();
    *count += 1;
    if *count == 1 {
        return name.to_owned();
    }
    let numbered = format!("{name} ({count})");
    distinct(&numbered, taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let mut taken = std::collections::HashMap::new();
        let names = ["a", "A", "a (2)", "a"].map(|name| distinct(name, &mut taken));
        assert_eq!(names, ["a", "A (2)", "a (2) (2)", "a (3)"]);
    }
}
