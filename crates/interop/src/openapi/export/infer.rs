//! Schemas guessed from values.

use serde_json::{Map, Value, json};

/// How deep a schema is told.
const DEPTH: usize = 16;

/// A schema that the value fits.
pub(super) fn schema(value: &Value) -> Value {
    guess(value, 0)
}

fn guess(value: &Value, depth: usize) -> Value {
    match value {
        Value::Null => json!({ "type": "null" }),
        Value::Bool(_) => json!({ "type": "boolean" }),
        Value::Number(number) if number.is_f64() => json!({ "type": "number" }),
        Value::Number(_) => json!({ "type": "integer" }),
        Value::String(_) => json!({ "type": "string" }),
        Value::Array(list) => match list.first().filter(|_| depth < DEPTH) {
            Some(first) => json!({ "type": "array", "items": guess(first, depth + 1) }),
            None => json!({ "type": "array" }),
        },
        Value::Object(_) if depth >= DEPTH => json!({ "type": "object" }),
        Value::Object(object) => {
            let properties: Map<_, _> =
                object.iter().map(|(key, value)| (key.clone(), guess(value, depth + 1))).collect();
            json!({ "type": "object", "properties": properties })
        }
    }
}

/// The value that a text in a row stands for, and its schema.
pub(super) fn of_text(text: &str) -> (Value, Value) {
    if let Ok(value @ (Value::Bool(_) | Value::Number(_))) = serde_json::from_str::<Value>(text) {
        let schema = schema(&value);
        return (value, schema);
    }
    (json!(text), json!({ "type": "string" }))
}

/// Whether a text holds a variable, and so is no example.
pub(super) fn is_template(text: &str) -> bool {
    text.contains("{{")
}
