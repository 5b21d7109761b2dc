//! From version 2.0, and from what was called 2 before it was settled, to 2.1.

use serde_json::{Map, Value, json};

use super::SCHEMA;
use crate::Error;

/// A document of version 2 as one of 2.1; a wrapper around it is taken off.
pub(super) fn upgrade(mut document: Value, file: &str) -> Result<Value, Error> {
    if let Some(inner) = document.get_mut("collection").filter(|inner| inner.is_object()) {
        document = inner.take();
    }
    let schema = document.pointer("/info/schema").and_then(Value::as_str).unwrap_or_default();
    let version = schema.rsplit("/collection/v").next().and_then(|rest| rest.split('/').next());
    let known = version.is_none_or(|version| {
        schema.is_empty() || !schema.contains("/collection/v") || version.starts_with("2.")
    });
    if !known {
        return Err(Error::Wrong {
            file: file.to_owned(),
            place: "info.schema".to_owned(),
            what: format!(
                "version {} of Postman's collections is not known; export it as version 2.1",
                version.unwrap_or_default()
            ),
        });
    }
    if schema.contains("/collection/v2.0") {
        document["info"]["schema"] = json!(SCHEMA);
    }
    group(&mut document);
    Ok(document)
}

/// A collection or folder and what is in it.
fn group(value: &mut Value) {
    let Some(object) = value.as_object_mut() else { return };
    own(object);
    for item in object.get_mut("item").and_then(Value::as_array_mut).into_iter().flatten() {
        if item.get("item").is_some() {
            group(item);
            continue;
        }
        let Some(object) = item.as_object_mut() else { continue };
        own(object);
        if let Some(Value::Object(request)) = object.get_mut("request") {
            own(request);
        }
        for response in
            object.get_mut("response").and_then(Value::as_array_mut).into_iter().flatten()
        {
            if let Some(Value::Object(request)) = response.get_mut("originalRequest") {
                own(request);
            }
        }
    }
}

fn own(object: &mut Map<String, Value>) {
    if let Some(Value::Object(auth)) = object.get_mut("auth") {
        for (_, parameters) in
            auth.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "type" | "noauth"))
        {
            if let Value::Object(by_name) = parameters {
                *parameters = Value::Array(rows(by_name));
            }
        }
    }
}

/// Auth parameters by name as rows.
pub(super) fn rows(by_name: &Map<String, Value>) -> Vec<Value> {
    let rows = by_name.iter().map(|(key, value)| {
        let kind = match value {
            Value::String(_) => "string",
            Value::Bool(_) => "boolean",
            _ => "any",
        };
        json!({"key": key, "value": value, "type": kind})
    });
    rows.collect()
}
