//! Schemas of version 3.0 in the words of JSON Schema 2020-12, which 3.1 has.

use serde_json::{Map, Value, json};

/// Keywords whose value is a schema.
const ONE: &[&str] = &[
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords whose value is a list of schemas.
const LIST: &[&str] = &["allOf", "oneOf", "anyOf", "prefixItems"];

/// Keywords whose value is an object of schemas by name.
const NAMED: &[&str] =
    &["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

/// Calls back with a schema and all schemas in it, the inner ones first.
pub(super) fn each(schema: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    if let Value::Object(object) = schema {
        for (key, inner) in object {
            if ONE.contains(&key.as_str()) {
                each(inner, change);
            } else if LIST.contains(&key.as_str()) {
                for one in inner.as_array_mut().into_iter().flatten() {
                    each(one, change);
                }
            } else if NAMED.contains(&key.as_str()) {
                for (_, one) in inner.as_object_mut().into_iter().flatten() {
                    each(one, change);
                }
            }
        }
    }
    change(schema);
}

/// `nullable` and exclusive bounds as 2020-12 has them. A schema that is in those words stays.
pub(super) fn modernise(schema: &mut Value) {
    each(schema, &mut |schema| {
        let Value::Object(object) = schema else { return };
        bound(object, "minimum", "exclusiveMinimum");
        bound(object, "maximum", "exclusiveMaximum");
        if object.shift_remove("nullable") == Some(Value::Bool(true)) {
            nullable(schema);
        }
    });
}

/// `exclusiveMinimum: true` beside `minimum: 1` becomes `exclusiveMinimum: 1`.
fn bound(object: &mut Map<String, Value>, plain: &str, exclusive: &str) {
    match object.get(exclusive) {
        Some(Value::Bool(true)) => {
            object.shift_remove(exclusive);
            if let Some(limit) = object.shift_remove(plain) {
                object.insert(exclusive.to_owned(), limit);
            }
        }
        Some(Value::Bool(false)) => {
            object.shift_remove(exclusive);
        }
        _ => {}
    }
}

fn nullable(schema: &mut Value) {
    let Value::Object(object) = schema else { return };
    if let Some(Value::Array(choices)) = object.get_mut("enum")
        && !choices.contains(&Value::Null)
    {
        choices.push(Value::Null);
    }
    match object.get_mut("type") {
        Some(kind @ Value::String(_)) => *kind = json!([kind.take(), "null"]),
        Some(_) => {}
        // Nothing else of the object may forbid it.
        None => {
            let inner = Value::Object(std::mem::take(object));
            *schema = json!({ "anyOf": [inner, { "type": "null" }] });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_words_become_new_ones() {
        let mut schema = json!({
            "properties": {
                "nullable": {"type": "string", "nullable": true, "enum": ["a"]},
                "n": {"minimum": 1, "exclusiveMinimum": true, "maximum": 5, "exclusiveMaximum": false},
                "r": {"$ref": "#/x", "nullable": true}
            }
        });
        modernise(&mut schema);
        let wanted = json!({
            "properties": {
                "nullable": {"type": ["string", "null"], "enum": ["a", null]},
                "n": {"exclusiveMinimum": 1, "maximum": 5},
                "r": {"anyOf": [{"$ref": "#/x"}, {"type": "null"}]}
            }
        });
        assert_eq!(schema, wanted);
    }
}
