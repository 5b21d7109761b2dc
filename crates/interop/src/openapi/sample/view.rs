use std::collections::HashSet;

use serde_json::{Map, Value};

use super::super::document::{Document, list};

/// How deep `allOf` and the like nest.
const DEPTH: usize = 16;

/// Schemas that one is put together from.
const PARTS: usize = 64;

/// A schema with all that is merged into it by `allOf`, and the first of `oneOf` or `anyOf`.
pub(in super::super) struct View<'d> {
    parts: Vec<&'d Map<String, Value>>,
}

impl<'d> View<'d> {
    pub fn of(document: &'d Document, schema: &'d Value) -> Self {
        let mut view = Self { parts: Vec::new() };
        view.add(document, schema, 0);
        view
    }

    fn add(&mut self, document: &'d Document, schema: &'d Value, depth: usize) {
        let Value::Object(object) = document.resolve(schema) else { return };
        let there = self.parts.iter().any(|part| std::ptr::eq(*part, object));
        let properties = object.get("properties").and_then(Value::as_object).map_or(0, Map::len);
        if there || depth > DEPTH || self.parts.len() >= PARTS || !document.spend(4 + properties) {
            return;
        }
        self.parts.push(object);
        for part in list(object.get("allOf").unwrap_or(&Value::Null)) {
            self.add(document, part, depth + 1);
        }
        for key in ["oneOf", "anyOf"] {
            let all = object.get(key).unwrap_or(&Value::Null);
            let is_null = |one: &&Value| one.get("type").and_then(Value::as_str) == Some("null");
            if let Some(first) = list(all).find(|one| !is_null(one)) {
                self.add(document, first, depth + 1);
            }
        }
    }

    /// The first value of a keyword.
    pub fn get(&self, key: &str) -> Option<&'d Value> {
        self.parts.iter().find_map(|part| part.get(key))
    }

    /// A whole number.
    pub fn size(&self, key: &str) -> Option<usize> {
        self.get(key).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok())
    }

    /// The type, guessed where it is not said; empty where there is nothing to guess from.
    pub fn kind(&self) -> &'d str {
        let said = self.get("type").and_then(|kind| match kind {
            Value::String(kind) => Some(kind.as_str()),
            Value::Array(kinds) => {
                let mut kinds = kinds.iter().filter_map(Value::as_str);
                let first = kinds.clone().next();
                kinds.find(|kind| *kind != "null").or(first)
            }
            _ => None,
        });
        said.unwrap_or_else(|| {
            let has = |keys: &[&str]| keys.iter().any(|key| self.get(key).is_some());
            if has(&["properties", "additionalProperties", "required", "minProperties"]) {
                "object"
            } else if has(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]) {
                "array"
            } else if has(&["minimum", "maximum", "multipleOf", "exclusiveMinimum"]) {
                "number"
            } else if has(&["format", "pattern", "minLength", "maxLength"]) {
                "string"
            } else {
                ""
            }
        })
    }

    /// Names of properties that must be there.
    pub fn required(&self) -> HashSet<&'d str> {
        self.parts
            .iter()
            .flat_map(|part| list(part.get("required").unwrap_or(&Value::Null)))
            .filter_map(Value::as_str)
            .collect()
    }

    /// The properties of all parts, those of merged schemas first.
    pub fn properties(&self) -> Vec<(&'d String, &'d Value)> {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for part in self.parts.iter().skip(1).chain(self.parts.first()) {
            let properties = part.get("properties").and_then(Value::as_object);
            for (name, schema) in properties.into_iter().flatten() {
                if seen.insert(name) {
                    found.push((name, schema));
                }
            }
        }
        found
    }

    /// The value that the schema itself names.
    pub fn stated(&self) -> Option<Value> {
        let own = self.parts.first().and_then(|part| stated(part));
        let own = own.or_else(|| {
            // Of merged objects each part names only its own.
            let whole = self.kind() != "object" || self.parts.len() == 2 && self.is_wrapper();
            whole.then(|| self.parts.iter().skip(1).find_map(|part| stated(part))).flatten()
        })?;
        Some(self.shaped(own))
    }

    /// Whether the first part only adds words to the second.
    fn is_wrapper(&self) -> bool {
        self.parts.first().is_some_and(|part| !part.contains_key("properties"))
    }

    /// Text that holds JSON, where an object or a list is wanted; otherwise as it is.
    fn shaped(&self, value: Value) -> Value {
        if let (Value::String(text), "object" | "array") = (&value, self.kind())
            && let Ok(inner @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(text)
        {
            return inner;
        }
        value
    }

    /// What the example of a merged part says of one property.
    pub fn stated_property(&self, name: &str) -> Option<Value> {
        self.parts.iter().find_map(|part| part.get("example")?.get(name).cloned())
    }
}

fn stated(part: &Map<String, Value>) -> Option<Value> {
    let given = |key: &str| part.get(key).filter(|value| !value.is_null());
    let first = |key: &str| given(key)?.as_array()?.iter().find(|value| !value.is_null());
    given("example")
        .or_else(|| first("examples"))
        .or_else(|| given("const"))
        .or_else(|| given("x-example"))
        .or_else(|| given("default"))
        .or_else(|| first("enum"))
        .cloned()
}
