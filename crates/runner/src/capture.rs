use errand_model::{Capture, VariableType};
use serde::Serialize;
use serde_json::Value;

use crate::check::{Expression, Found, Subject, find};

/// Bytes of a value that a variable may take.
const MOST: usize = 1 << 20;

/// What became of one capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Captured {
    /// The capture as saved.
    pub capture: Capture,
    /// The text for the variable; none where nothing was found, and the variable stays as it is.
    pub value: Option<String>,
    /// The type of the value.
    pub kind: VariableType,
    /// Why there is no value; empty where there is one.
    pub message: String,
}

/// Takes a value from a response.
pub fn capture(capture: &Capture, subject: &Subject) -> Captured {
    let taken = Expression::parse(&capture.expression)
        .and_then(|expression| find(&expression, subject))
        .and_then(|found| value(found, &capture.expression));
    let (value, kind, message) = match taken {
        Ok((text, kind)) => (Some(text), kind, String::new()),
        Err(message) => (None, VariableType::String, message),
    };
    Captured { capture: capture.clone(), value, kind, message }
}

fn value(found: Found, expression: &str) -> Result<(String, VariableType), String> {
    let value = match found {
        Found::Json(value) => value,
        Found::Untyped(text) | Found::Nodes(_, text) => Value::String(text),
        Found::List(mut values) => match values.len() {
            0 => return Err(nothing(expression, None)),
            1 => values.remove(0),
            _ => Value::Array(values),
        },
        Found::Undefined(note) => return Err(nothing(expression, note.as_deref())),
        Found::Large(source, _) => return Err(too_large(expression, source.len())),
    };
    let (text, kind) = match value {
        Value::String(text) => (text, VariableType::String),
        Value::Number(number) => (number.to_string(), VariableType::Number),
        Value::Bool(yes) => (yes.to_string(), VariableType::Boolean),
        Value::Null => ("null".to_owned(), VariableType::Null),
        other => (other.to_string(), VariableType::Object),
    };
    if text.len() > MOST {
        return Err(too_large(expression, text.len() as u64));
    }
    Ok((text, kind))
}

fn nothing(expression: &str, note: Option<&str>) -> String {
    let note = note.map_or_else(String::new, |note| format!(" ({note})"));
    format!("{expression} leads to nothing in this response{note}; the variable stays as it was.")
}

fn too_large(expression: &str, length: u64) -> String {
    format!("{expression} is {length} bytes; a variable takes at most {MOST}. Take a smaller part.")
}
