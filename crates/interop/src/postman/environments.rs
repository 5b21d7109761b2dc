//! Environments and globals.

use errand_model::{Environment, Extensions, ItemEnvironment, Variable};
use serde_json::{Value, json};

use super::json::text_at;
use super::{dynamic, export, items, variables};
use crate::Receipt;

/// Reads an environment.
pub(super) fn read(document: &Value, fallback: &str, receipt: &mut Receipt) -> ItemEnvironment {
    let name = match text_at(document, "name") {
        name if name.trim().is_empty() => fallback.to_owned(),
        name => name,
    };
    let mut scribe = receipt.at(format!("environment {name}"));
    scribe.kept("environment");
    let environment = Environment {
        name,
        variables: variables::read(document.get("values")),
        color: color(document),
        ..Environment::default()
    };
    variables::tell(&environment.variables, &mut scribe);
    dynamic::tell(document.get("values").unwrap_or(&Value::Null), &mut scribe);
    let mut aside = Receipt::default();
    let made = export::made_environment(&environment, &environment.variables, &mut aside.at(""));
    let mut extensions = Extensions::new();
    items::keep(&made, document, &mut extensions, &mut scribe);
    ItemEnvironment { environment, extensions }
}

/// A colour is a CSS one here; names and numbers of Postman's palette are not.
fn color(document: &Value) -> String {
    let color = text_at(document, "color");
    if color.starts_with('#') { color } else { String::new() }
}

/// Reads globals, and what is kept of their file.
pub(super) fn globals(document: &Value, receipt: &mut Receipt) -> (Vec<Variable>, Option<Value>) {
    let mut scribe = receipt.at("globals");
    scribe.kept("globals");
    let old = document.is_array();
    let values = if old { Some(document) } else { document.get("values") };
    let read = variables::read(values);
    variables::tell(&read, &mut scribe);
    let name = text_at(document, "name");
    let mut aside = Receipt::default();
    let made = export::made_globals(&name, &read, &mut aside.at(""));
    let mut extensions = Extensions::new();
    let list = json!({"values": document});
    items::keep(&made, if old { &list } else { document }, &mut extensions, &mut scribe);
    let kept = extensions.get("postman").and_then(|postman| postman.get("original")).cloned();
    (read, kept)
}
