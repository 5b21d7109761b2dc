//! Believable values for schemas: always the same for the same schema.

mod number;
mod pattern;
mod string;
mod view;

use std::ptr;

use serde_json::{Map, Value, json};

pub(super) use view::View;

use super::document::{Document, list};

/// How deep values nest; below that only what is required.
const DEPTH: usize = 12;

/// From this depth on optional properties are left out.
const OPTIONAL: usize = 6;

/// Schemas and properties that are looked at for one value: one with more is for nobody to read.
const WORK: usize = 5_000;

/// Makes values that a client sends: nothing that is `readOnly`.
pub(super) struct Sampler<'d> {
    document: &'d Document,
    /// Schemas the value is inside of, to end a recursion at its first repeat.
    inside: Vec<*const Value>,
    /// What must be left in the document's own account.
    least: usize,
}

impl<'d> Sampler<'d> {
    pub fn new(document: &'d Document) -> Self {
        Self { document, inside: Vec::new(), least: document.left().saturating_sub(WORK) }
    }

    /// A value; `name` is what it is called, for texts.
    pub fn sample(&mut self, schema: &'d Value, name: &str) -> Value {
        self.value(schema, name, 0).unwrap_or(Value::Null)
    }

    fn value(&mut self, schema: &'d Value, name: &str, depth: usize) -> Option<Value> {
        let target = self.document.resolve(schema);
        if depth > DEPTH || self.document.left() <= self.least || !self.document.spend(1) {
            return None;
        }
        if self.inside.iter().any(|above| ptr::eq(*above, target)) {
            return None;
        }
        self.inside.push(target);
        let value = match target {
            Value::Object(_) => Some(self.made(&View::of(self.document, target), name, depth)),
            Value::Bool(true) => Some(json!({})),
            _ => None,
        };
        self.inside.pop();
        value
    }

    fn made(&mut self, view: &View<'d>, name: &str, depth: usize) -> Value {
        if let Some(stated) = view.stated() {
            return stated;
        }
        match view.kind() {
            "object" => self.object(view, depth),
            "array" => self.array(view, name, depth),
            "integer" | "number" => number::sample(view, name),
            "boolean" => Value::Bool(true),
            "null" => Value::Null,
            "string" => Value::String(string::sample(view, name)),
            // Anything goes.
            _ if name.is_empty() => json!({}),
            _ => Value::String(string::sample(view, name)),
        }
    }

    fn object(&mut self, view: &View<'d>, depth: usize) -> Value {
        let required = view.required();
        let mut object = Map::new();
        let properties = view.properties();
        for (name, schema) in &properties {
            let needed = required.contains(name.as_str());
            if !needed && depth >= OPTIONAL || self.hidden(schema) {
                continue;
            }
            let stated = view.stated_property(name);
            if let Some(value) = stated.or_else(|| self.value(schema, name, depth + 1)) {
                object.insert((*name).clone(), value);
            } else if needed {
                object.insert((*name).clone(), self.cut(schema));
            }
        }
        if properties.is_empty() {
            let further = view.get("additionalProperties").filter(|schema| schema.is_object());
            if let Some(value) = further.and_then(|schema| self.value(schema, "key", depth + 1)) {
                object.insert("key".to_owned(), value);
            }
        }
        Value::Object(object)
    }

    fn array(&mut self, view: &View<'d>, name: &str, depth: usize) -> Value {
        if let Some(items) = view.get("prefixItems") {
            return list(items).filter_map(|item| self.value(item, name, depth + 1)).collect();
        }
        let Some(items) = view.get("items") else { return json!([]) };
        let Some(item) = self.value(items, singular(name), depth + 1) else { return json!([]) };
        let least = view.get("minItems").and_then(Value::as_u64).unwrap_or(1).clamp(1, 5);
        let unique = view.get("uniqueItems").and_then(Value::as_bool) == Some(true);
        if let (true, Some(choices)) = (unique, self.choices(items)) {
            return choices.iter().take(usize::try_from(least).unwrap_or(1)).cloned().collect();
        }
        (0..least).map(|_| item.clone()).collect()
    }

    fn choices(&self, items: &'d Value) -> Option<&'d Vec<Value>> {
        self.document.resolve(items).get("enum")?.as_array()
    }

    /// What stands for a required value that would go on for ever.
    fn cut(&self, schema: &'d Value) -> Value {
        match View::of(self.document, self.document.resolve(schema)).kind() {
            "array" => json!([]),
            "object" => json!({}),
            _ => Value::Null,
        }
    }

    fn hidden(&self, schema: &'d Value) -> bool {
        let says = |value: &Value| value.get("readOnly").and_then(Value::as_bool) == Some(true);
        says(schema) || says(self.document.resolve(schema))
    }
}

fn singular(name: &str) -> &str {
    if name.len() > 3 && name.ends_with('s') && !name.ends_with("ss") {
        name.strip_suffix("ies").map_or(&name[..name.len() - 1], |_| name)
    } else {
        name
    }
}
