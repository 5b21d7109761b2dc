//! The parameters of an auth: a list of `{key, value, type}` in v2.1, an object in v2.0.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::postman::json::{is_on, list, text, text_at};

/// The parameters as they are read; what nobody asked for is told at the end.
pub(super) struct Parameters<'a> {
    values: BTreeMap<String, &'a Value>,
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Parameters<'a> {
    pub(super) fn of(value: Option<&'a Value>) -> Self {
        let mut values = BTreeMap::new();
        match value {
            Some(Value::Object(object)) if !object.contains_key("key") => {
                values.extend(object.iter().map(|(key, value)| (key.clone(), value)));
            }
            other => {
                let rows = list(other).iter();
                values.extend(
                    rows.map(|row| (text_at(row, "key"), row.get("value").unwrap_or(&Value::Null))),
                );
            }
        }
        Self { values, asked: RefCell::default() }
    }

    pub(super) fn value(&self, key: &str) -> Option<&'a Value> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.values.get(key).copied()
    }

    pub(super) fn text(&self, key: &str) -> String {
        text(self.value(key))
    }

    /// The first of several spellings that says something.
    pub(super) fn first(&self, keys: &[&str]) -> String {
        let texts = keys.iter().map(|key| self.text(key));
        texts.fold(String::new(), |found, text| if found.is_empty() { text } else { found })
    }

    pub(super) fn is_on(&self, key: &str) -> bool {
        is_on(self.value(key))
    }

    /// Parameters that say something and that nobody asked for.
    pub(super) fn left(&self) -> Vec<String> {
        let asked = self.asked.borrow();
        let left = self.values.iter().filter(|(key, value)| {
            !asked.contains(*key)
                && !matches!(value, Value::Null | Value::Bool(false))
                && value.as_str() != Some("")
        });
        left.map(|(key, _)| key.clone()).collect()
    }
}

/// Parameters as they are written.
#[derive(Default)]
pub(super) struct Written(Vec<Value>);

impl Written {
    /// A text, unless it is empty.
    pub(super) fn text(mut self, key: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.0.push(json!({"key": key, "value": value, "type": "string"}));
        }
        self
    }

    /// A text that is written even when it is empty.
    pub(super) fn always(mut self, key: &str, value: &str) -> Self {
        self.0.push(json!({"key": key, "value": value, "type": "string"}));
        self
    }

    pub(super) fn switch(mut self, key: &str, on: bool) -> Self {
        self.0.push(json!({"key": key, "value": on, "type": "boolean"}));
        self
    }

    pub(super) fn any(mut self, key: &str, value: Option<Value>) -> Self {
        if let Some(value) = value {
            self.0.push(json!({"key": key, "value": value, "type": "any"}));
        }
        self
    }

    /// The auth.
    pub(super) fn of(self, kind: &str) -> Value {
        json!({"type": kind, kind: self.0})
    }
}
