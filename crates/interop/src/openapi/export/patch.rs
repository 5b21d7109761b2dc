//! An operation that came from a description, with what the user changed in its request.

use errand_model::{
    Auth, Body, Example, Header, ItemRequest, Param, ParamKind, RawLanguage, Request,
};
use serde_json::{Map, Value, json};

use super::super::document::{Operation, list, text};
use super::super::operation::Context;
use super::super::{kept, media, response};
use super::auth::Securing;
use super::{infer, write};
use crate::Scribe;

pub(super) struct Patch<'p, 'd, 's> {
    pub context: &'p Context<'d>,
    pub securing: &'p mut Securing<'d>,
    pub inherited: &'p Auth,
    pub scribe: &'p mut Scribe<'s>,
}

impl Patch<'_, '_, '_> {
    /// Path, method and operation; `base` is what the import makes of the operation.
    pub fn operation(
        &mut self,
        operation: Operation<'_>,
        base: &ItemRequest,
        item: &ItemRequest,
    ) -> (String, String, Value) {
        let mut value = operation.value.clone();
        let (was, is) = (&base.request, &item.request);
        let mut path = operation.path.to_owned();
        if kept::digest(was) != kept::digest(is) {
            path = Self::path(operation.path, was, is);
            words(&mut value, was, is);
            self.parameters(&mut value, was, is);
            self.body(&mut value, was, is);
        }
        let inherits = is.auth == Auth::Inherit && *self.inherited != Auth::Inherit;
        if was.auth != is.auth || inherits && value.get("security").is_none() {
            let security = self.securing.security(&is.auth, self.inherited, self.scribe);
            match security {
                Some(security) => value["security"] = security,
                None => remove(&mut value, "security"),
            }
        }
        if base.examples != item.examples {
            self.responses(&mut value, &base.examples, &item.examples);
        }
        let method = if was.method == is.method {
            operation.method.to_owned()
        } else {
            is.method.to_ascii_lowercase()
        };
        (path, method, value)
    }

    /// The path as the description writes it, unless the user changed it.
    fn path(path: &str, was: &Request, is: &Request) -> String {
        let (_, before) = write::address(&was.url, &[]);
        let (_, now) = write::address(&is.url, &[]);
        if before == now || now.ends_with(&before) { path.to_owned() } else { now }
    }

    /// Rows that are new, gone, or have another value or description.
    fn parameters(&self, value: &mut Value, was: &Request, is: &Request) {
        let (before, now) = (rows(was), rows(is));
        for (place, name, old) in &before {
            let twin = now.iter().find(|one| one.0 == *place && one.1 == *name);
            match twin {
                None if place != "path" => self.without(value, place, name),
                Some((.., new)) if new != old => self.changed(value, place, name, old, new),
                _ => {}
            }
        }
        let fresh: Vec<Value> = now
            .into_iter()
            .filter(|one| !before.iter().any(|other| other.0 == one.0 && other.1 == one.1))
            .map(|one| one.2)
            .collect();
        if fresh.is_empty() {
            return;
        }
        let Value::Object(object) = value else { return };
        if let Value::Array(all) = object.entry("parameters").or_insert_with(|| json!([])) {
            all.extend(fresh);
        }
    }

    fn is(&self, parameter: &Value, place: &str, name: &str) -> bool {
        let parameter = self.context.document.resolve(parameter);
        text(parameter, "in") == place && text(parameter, "name") == name
    }

    fn without(&self, value: &mut Value, place: &str, name: &str) {
        if let Some(Value::Array(all)) = value.get_mut("parameters") {
            all.retain(|one| !self.is(one, place, name));
        }
    }

    fn changed(&self, value: &mut Value, place: &str, name: &str, old: &Value, new: &Value) {
        let all = value.get_mut("parameters").and_then(Value::as_array_mut);
        let found = all.into_iter().flatten().find(|one| self.is(one, place, name));
        // That of the path as a whole belongs to others too.
        let Some(found) = found else { return };
        let mut own = self.context.document.resolve(found).clone();
        if !own.is_object() {
            return;
        }
        if old.get("description") != new.get("description") {
            own["description"] = new.get("description").cloned().unwrap_or_else(|| json!(""));
        }
        if let Some(example) =
            new.get("example").filter(|example| old.get("example") != Some(example))
        {
            remove(&mut own, "examples");
            own["example"] = example.clone();
        }
        if own != *self.context.document.resolve(found) {
            *found = own;
        }
    }

    fn body(&self, value: &mut Value, was: &Request, is: &Request) {
        if was.body == is.body {
            return;
        }
        let Some(fresh) = write::body(is) else {
            remove(value, "requestBody");
            return;
        };
        let mut own = self.context.document.get(value, "requestBody").clone();
        let kinds = |body: &Value| -> Vec<String> {
            let content = body.get("content").and_then(Value::as_object);
            content.into_iter().flatten().map(|one| one.0.clone()).collect()
        };
        let same = kinds(&fresh).into_iter().find(|kind| kinds(&own).contains(kind));
        // Its schema is still the description's; only the example is the user's.
        let Some(kind) = same.filter(|_| own.is_object()) else {
            value["requestBody"] = fresh;
            return;
        };
        let example = match &is.body {
            Body::Raw { language: RawLanguage::Json, text } => {
                serde_json::from_str(text).unwrap_or_else(|_| json!(text))
            }
            _ => fresh["content"][&kind].get("example").cloned().unwrap_or_default(),
        };
        let holder = own.get_mut("content").and_then(|content| content.get_mut(&kind));
        let Some(holder) = holder else { return };
        remove(holder, "examples");
        if example.is_null() {
            remove(holder, "example");
        } else if let Value::Object(holder) = holder {
            holder.insert("example".to_owned(), example);
        }
        value["requestBody"] = own;
    }

    /// Responses whose examples are other ones now.
    fn responses(&self, value: &mut Value, was: &[Example], is: &[Example]) {
        let statuses = |all: &[Example]| -> Vec<String> { all.iter().map(write::status).collect() };
        let mut all: Vec<String> = statuses(was);
        all.extend(statuses(is));
        all.sort();
        all.dedup();
        for status in all {
            let of = |all: &[Example]| -> Vec<Example> {
                all.iter().filter(|one| write::status(one) == status).cloned().collect()
            };
            let (before, now) = (of(was), of(is));
            if before == now {
                continue;
            }
            let key = Self::key(value, &status);
            let mut own = value
                .get("responses")
                .and_then(|all| all.get(&key))
                .map(|one| self.context.document.resolve(one).clone())
                .filter(Value::is_object)
                .unwrap_or_else(
                    || json!({ "description": now.first().map_or("", |one| &one.name) }),
                );
            without_examples(&mut own);
            for example in &now {
                write::add(&mut own, example);
            }
            let Value::Object(object) = &mut *value else { return };
            if let Value::Object(all) = object.entry("responses").or_insert_with(|| json!({})) {
                all.insert(key, own);
            }
        }
    }

    /// The key of a status among the responses: `2XX` may be that of 200.
    fn key(value: &Value, status: &str) -> String {
        let all = value.get("responses").and_then(Value::as_object);
        let code = status.parse().ok();
        let mut keys = all.into_iter().flatten().map(|one| one.0);
        let found =
            keys.find(|key| *key == status || code.is_some() && response::code(key) == code);
        found.cloned().unwrap_or_else(|| status.to_owned())
    }
}

fn without_examples(response: &mut Value) {
    let content = response.get_mut("content").and_then(Value::as_object_mut);
    for (kind, holder) in content.into_iter().flatten() {
        if media::kind(kind) != media::Kind::Multipart {
            remove(holder, "example");
            remove(holder, "examples");
        }
    }
}

fn words(value: &mut Value, was: &Request, is: &Request) {
    if was.name != is.name {
        value["summary"] = json!(is.name);
    }
    if was.docs != is.docs {
        value["description"] = json!(is.docs);
    }
    if was.tags != is.tags {
        let deprecated = is.tags.iter().any(|tag| tag == "deprecated");
        if value.get("deprecated").is_some() || deprecated {
            value["deprecated"] = json!(deprecated);
        }
        let old: Vec<&str> =
            list(value.get("tags").unwrap_or(&Value::Null)).filter_map(Value::as_str).collect();
        let tags: Vec<&String> = is
            .tags
            .iter()
            .filter(|tag| *tag != "deprecated" || old.contains(&"deprecated"))
            .collect();
        value["tags"] = json!(tags);
    }
}

/// Rows as parameters: place, name, parameter.
fn rows(request: &Request) -> Vec<(String, String, Value)> {
    let of = |value: Value| (text(&value, "in"), text(&value, "name"), value);
    let param = |row: &Param| match row.kind {
        ParamKind::Path => write::parameter(&row.name, "path", true, &row.value, &row.description),
        ParamKind::Query => write::query(row, &request.params),
    };
    let headers = request.headers.iter().filter(|row| is_parameter(row));
    let all = request.params.iter().map(param).chain(headers.flat_map(write::header)).map(of);
    let mut found: Vec<(String, String, Value)> = Vec::new();
    for row in all {
        // A name that is there twice is one parameter.
        if !found.iter().any(|one| one.0 == row.0 && one.1 == row.1) {
            found.push(row);
        }
    }
    found
}

fn is_parameter(row: &Header) -> bool {
    // A credential beside the auth is a row, but no parameter of the operation.
    !infer::is_template(&row.value) || !row.enabled
}

fn remove(value: &mut Value, key: &str) {
    if let Some(object) = value.as_object_mut() {
        let _: Option<Value> = Map::shift_remove(object, key);
    }
}
