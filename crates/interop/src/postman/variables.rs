//! Variables of collections, folders, requests, environments and globals.

use std::borrow::Cow;

use errand_model::{Variable, VariableType};
use serde_json::{Value, json};

use super::json::{description, enabled, filled, is_on, list, object, set, text};
use crate::Scribe;

/// Reads a list of variables.
pub(super) fn read(values: Option<&Value>) -> Vec<Variable> {
    list(values).iter().filter_map(variable).collect()
}

/// Those of a collection, folder or request; early files say `variables`.
pub(super) fn of(owner: &Value) -> Vec<Variable> {
    read(owner.get("variable").or_else(|| owner.get("variables")))
}

/// Tells how many there are.
pub(super) fn tell(variables: &[Variable], scribe: &mut Scribe<'_>) {
    match variables.len() {
        0 => {}
        1 => scribe.kept("1 variable"),
        count => scribe.kept(format!("{count} variables")),
    }
}

fn variable(row: &Value) -> Option<Variable> {
    let name = ["key", "name", "id"].into_iter().map(|name| text(row.get(name)));
    let name = name.fold(String::new(), |found, name| if found.is_empty() { name } else { found });
    if !row.is_object() {
        return None;
    }
    let value = row.get("value");
    let declared = text(row.get("type"));
    let kind = match (declared.as_str(), value) {
        ("number", _) | (_, Some(Value::Number(_))) => VariableType::Number,
        ("boolean", _) | (_, Some(Value::Bool(_))) => VariableType::Boolean,
        (_, Some(Value::Object(_) | Value::Array(_))) => VariableType::Object,
        _ => VariableType::String,
    };
    Some(Variable {
        kind,
        description: description(row.get("description")),
        secret: declared == "secret" || is_on(row.get("secret")),
        enabled: enabled(row),
        ..Variable::new(name, text(value))
    })
}

/// A variable of a collection, folder or request.
pub(super) fn write(variable: &Variable, scribe: &mut Scribe<'_>) -> Value {
    let kind = match variable.kind {
        // The schema has no type for secrets.
        _ if variable.secret => None,
        VariableType::Number => Some(json!("number")),
        VariableType::Boolean => Some(json!("boolean")),
        VariableType::Object => Some(json!("any")),
        VariableType::String | VariableType::Null => Some(json!("string")),
    };
    Value::Object(object([
        ("key", Some(json!(variable.name))),
        ("value", Some(json!(value(variable, scribe)))),
        ("type", kind),
        ("secret", set(variable.secret)),
        ("description", filled(&variable.description)),
        ("disabled", set(!variable.enabled)),
    ]))
}

/// A variable of an environment or of globals.
pub(super) fn write_value(variable: &Variable, scribe: &mut Scribe<'_>) -> Value {
    let kind = match variable.kind {
        _ if variable.secret => "secret",
        VariableType::Number => "number",
        VariableType::Boolean => "boolean",
        VariableType::Object => "any",
        VariableType::String | VariableType::Null => "default",
    };
    Value::Object(object([
        ("key", Some(json!(variable.name))),
        ("value", Some(json!(value(variable, scribe)))),
        ("type", Some(json!(kind))),
        ("description", filled(&variable.description)),
        ("enabled", Some(json!(variable.enabled))),
    ]))
}

/// Secrets stay here.
fn value<'a>(variable: &'a Variable, scribe: &mut Scribe<'_>) -> &'a str {
    if variable.secret {
        scribe.not_carried(format!("value of {}", variable.name), "it is secret");
        return "";
    }
    if variable.source.is_some() {
        scribe.not_carried(format!("source of {}", variable.name), "Postman has none");
    }
    &variable.value
}

/// An original without the values of its secret variables, as they are kept nowhere.
pub(super) fn without_secrets(original: &Value) -> Cow<'_, Value> {
    let is_secret = |row: &Value| text(row.get("type")) == "secret" || is_on(row.get("secret"));
    let mut original = Cow::Borrowed(original);
    for name in ["variable", "variables", "values"] {
        if list(original.get(name)).iter().any(is_secret) {
            let rows = original.to_mut().get_mut(name).and_then(Value::as_array_mut);
            for row in rows.into_iter().flatten().filter(|row| is_secret(row)) {
                if let Some(value) = row.get_mut("value") {
                    *value = json!("");
                }
            }
        }
    }
    original
}
