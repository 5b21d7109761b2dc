//! The answer to an introspection query.

use serde_json::Value;

use super::schema::{Field, Ref, Schema, TypeOf};
use crate::{Entry, Error};

/// Reads `{"data": {"__schema": …}}` or `{"__schema": …}`.
pub(super) fn read(entry: &Entry) -> Result<Schema, Error> {
    let value = crate::json(entry)?;
    let found = value.get("data").unwrap_or(&value).get("__schema");
    let Some(found) = found.filter(|found| found.get("types").is_some_and(Value::is_array)) else {
        return Err(Error::Wrong {
            file: entry.path.clone(),
            place: "data.__schema.types".to_owned(),
            what: "a list of types is expected".to_owned(),
        });
    };
    let root = |key: &str| text(found.get(key).unwrap_or(&Value::Null), "name");
    let mut schema = Schema {
        types: std::collections::BTreeMap::new(),
        query: root("queryType"),
        mutation: root("mutationType"),
        subscription: root("subscriptionType"),
    };
    for kind in list(found, "types") {
        let input = kind.get("kind").and_then(Value::as_str) == Some("INPUT_OBJECT");
        let fields = list(kind, if input { "inputFields" } else { "fields" });
        // Members of a union; an interface lists its implementations there too.
        let union = kind.get("kind").and_then(Value::as_str) == Some("UNION");
        let members = list(kind, "possibleTypes").filter(|_| union).map(|of| text(of, "name"));
        schema.types.insert(
            text(kind, "name"),
            TypeOf {
                fields: fields.map(field).collect(),
                members: members.collect(),
                values: list(kind, "enumValues").map(|value| text(value, "name")).collect(),
                input,
            },
        );
    }
    Ok(schema)
}

fn field(value: &Value) -> Field {
    Field {
        name: text(value, "name"),
        description: text(value, "description"),
        arguments: list(value, "args").map(field).collect(),
        of: of(value.get("type").unwrap_or(&Value::Null)),
        has_default: value.get("defaultValue").is_some_and(|value| !value.is_null()),
        deprecated: value.get("isDeprecated").and_then(Value::as_bool).unwrap_or(false),
    }
}

/// JSON cannot be deeper than its reader lets it be.
fn of(value: &Value) -> Ref {
    let inner = || Box::new(of(value.get("ofType").unwrap_or(&Value::Null)));
    match value.get("kind").and_then(Value::as_str) {
        Some("NON_NULL") => Ref::Required(inner()),
        Some("LIST") => Ref::List(inner()),
        _ => Ref::Named(text(value, "name")),
    }
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}
