use errand_auth::Secret;
use serde_json::{Map, Value};
use zeroize::{Zeroize as _, Zeroizing};

use crate::{Error, files};

/// JSON whose texts are overwritten when it is dropped.
pub(crate) struct Wiped(pub(crate) Value);

impl Wiped {
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().map(Self)
    }

    /// Every text and number in it.
    pub(crate) fn leaves(&self) -> Vec<Secret> {
        let mut leaves = Vec::new();
        collect(&self.0, &mut leaves);
        leaves
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn collect(value: &Value, into: &mut Vec<Secret>) {
    match value {
        Value::String(text) => into.push(Secret::from(text.as_str())),
        Value::Number(number) => into.push(Secret::new(number.to_string())),
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, into)),
        Value::Null | Value::Bool(_) => {}
    }
}

/// One field; without a name, the only one.
pub(crate) fn field(fields: &Map<String, Value>, name: &str, what: &str) -> Result<Secret, Error> {
    let found = match (name, fields.len()) {
        ("", 1) => fields.values().next(),
        _ => fields.get(name),
    };
    if let Some(value) = found.filter(|value| !value.is_null()) {
        return Ok(text(value));
    }
    Err(Error::NoField {
        what: what.to_owned(),
        field: if name.is_empty() {
            "single field, and none is chosen".to_owned()
        } else {
            format!("field \"{name}\"")
        },
        hint: files::known(fields.keys().cloned().collect()),
    })
}

/// A text as it is, anything else as JSON.
pub(crate) fn text(value: &Value) -> Secret {
    match value {
        Value::String(text) => Secret::from(text.as_str()),
        other => {
            let written = Zeroizing::new(other.to_string());
            Secret::from(written.as_str())
        }
    }
}
