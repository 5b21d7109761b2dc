//! A description of version 3.0 as one of 3.1.

use serde_json::{Value, json};

use super::super::document::text;
use super::super::schema;

/// Turns a 3.0 description into a 3.1 one; others stay.
pub(super) fn upgrade(root: &mut Value) {
    if !text(root, "openapi").starts_with("3.0") {
        return;
    }
    root["openapi"] = json!("3.1.0");
    if let Some(Value::Object(schemas)) =
        root.get_mut("components").and_then(|components| components.get_mut("schemas"))
    {
        schemas.values_mut().for_each(schema::modernise);
    }
    walk(root);
}

/// Schemas of parameters, bodies, responses and headers, wherever they are.
fn walk(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                match key.as_str() {
                    "schema" => schema::modernise(inner),
                    // Data, and what was done already.
                    "example" | "value" | "schemas" | "default" => {}
                    _ => walk(inner),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(walk),
        _ => {}
    }
}
