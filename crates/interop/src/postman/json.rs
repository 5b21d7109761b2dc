//! Postman's habits with JSON: numbers where texts belong, one where several belong, null for nothing.

use serde_json::{Map, Value};

/// A text, or what a scalar says as a text; JSON for the rest; empty for nothing.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// The text of a member.
pub(super) fn text_at(object: &Value, name: &str) -> String {
    text(object.get(name))
}

/// Whether a switch is on.
pub(super) fn is_on(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(on)) => *on,
        Some(Value::String(text)) => text == "true",
        _ => false,
    }
}

/// Whether a row takes part: not `disabled`, and not `enabled: false`.
pub(super) fn enabled(row: &Value) -> bool {
    !is_on(row.get("disabled")) && row.get("enabled").is_none_or(|on| on != &Value::Bool(false))
}

/// A description: a text, or an object with its `content`.
pub(super) fn description(value: Option<&Value>) -> String {
    match value {
        Some(Value::Object(object)) => text(object.get("content")),
        other => text(other),
    }
}

/// The elements of a list; an object alone counts as one.
pub(super) fn list(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(list)) => list,
        Some(object @ Value::Object(_)) => std::slice::from_ref(object),
        _ => &[],
    }
}

/// An object of what is there.
pub(super) fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Map<String, Value> {
    let members = members.into_iter();
    members.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// A text unless it is empty.
pub(super) fn filled(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::String(text.to_owned()))
}

/// `true`, or nothing.
pub(super) fn set(on: bool) -> Option<Value> {
    on.then_some(Value::Bool(true))
}
