//! Requests without a description as operations.

use errand_model::{
    Auth, Body, Example, Header, ItemRequest, Param, ParamKind, PartKind, RawLanguage, Request,
};
use serde_json::{Map, Value, json};

use super::super::document::one;
use super::auth::Securing;
use super::infer;
use crate::Scribe;

/// What an operation is written with.
pub(super) struct Written<'w, 'd, 's> {
    pub securing: &'w mut Securing<'d>,
    pub inherited: &'w Auth,
    /// Addresses of environments.
    pub bases: &'w [String],
    pub scribe: &'w mut Scribe<'s>,
}

impl Written<'_, '_, '_> {
    /// Path, method and operation of a request.
    pub fn operation(&mut self, item: &ItemRequest, tag: Option<&str>) -> (String, String, Value) {
        let request = &item.request;
        let (own_server, path) = address(&request.url, self.bases);
        let mut operation = Map::new();
        if let Some(tag) = tag {
            operation.insert("tags".to_owned(), json!([tag]));
        }
        operation.insert("summary".to_owned(), json!(request.name));
        if !request.docs.is_empty() {
            operation.insert("description".to_owned(), json!(request.docs));
        }
        let parameters = parameters(request, &path);
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if let Some(body) = body(request) {
            operation.insert("requestBody".to_owned(), body);
        }
        operation.insert("responses".to_owned(), responses(&item.examples));
        if let Some(security) = self.securing.security(&request.auth, self.inherited, self.scribe) {
            operation.insert("security".to_owned(), security);
        }
        if let Some(url) = own_server {
            operation.insert("servers".to_owned(), json!([{ "url": url }]));
        }
        (path, request.method.to_ascii_lowercase(), Value::Object(operation))
    }
}

/// The server of an address where it is none of the environments, and its path with `{name}`s.
pub(super) fn address(url: &str, bases: &[String]) -> (Option<String>, String) {
    let front = url.split(['?', '#']).next().unwrap_or_default();
    let (server, path) =
        if let Some((_, rest)) = front.strip_prefix("{{").and_then(|rest| rest.split_once("}}")) {
            // Whatever the variable is called, it is the address.
            (None, rest)
        } else if let Some(rest) = bases
            .iter()
            .filter_map(|base| front.strip_prefix(base.as_str()))
            .min_by_key(|rest| rest.len())
        {
            (None, rest)
        } else if let Some(at) = front.find("://") {
            let end = front[at + 3..].find('/').map_or(front.len(), |slash| at + 3 + slash);
            (Some(braces(&front[..end])), &front[end..])
        } else {
            (None, front)
        };
    let segments: Vec<String> = path
        .split('/')
        .skip_while(|segment| segment.is_empty())
        .map(|segment| match segment.strip_prefix(':') {
            Some(name) if !name.is_empty() && !name.contains("{{") => format!("{{{name}}}"),
            _ => braces(&segment.replace("%3A", ":")),
        })
        .collect();
    (server, format!("/{}", segments.join("/")))
}

/// `{{name}}` as `{name}`.
fn braces(text: &str) -> String {
    text.replace("{{", "{").replace("}}", "}")
}

/// Names in braces, once each.
fn names(path: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for piece in path.split('{').skip(1) {
        if let Some((name, _)) = piece.split_once('}')
            && !found.contains(&name)
        {
            found.push(name);
        }
    }
    found
}

fn parameters(request: &Request, path: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for name in names(path) {
        let row = request.params.iter().find(|row| row.kind == ParamKind::Path && row.name == name);
        let variable = request.variables.iter().find(|one| one.name == name && !one.secret);
        let value = row.map(|row| &row.value).or_else(|| variable.map(|one| &one.value));
        let words = row.map(|row| row.description.as_str()).unwrap_or_default();
        found.push(parameter(name, "path", true, value.map_or("", String::as_str), words));
    }
    let mut seen: Vec<&str> = Vec::new();
    for row in request.params.iter().filter(|row| row.kind == ParamKind::Query) {
        // A name that is there twice is a list.
        if row.name.is_empty() || seen.contains(&row.name.as_str()) {
            continue;
        }
        seen.push(&row.name);
        found.push(query(row, &request.params));
    }
    for row in &request.headers {
        found.extend(header(row));
    }
    found
}

/// The parameter of all query rows of one name.
pub(super) fn query(row: &Param, all: &[Param]) -> Value {
    let values: Vec<&str> = all
        .iter()
        .filter(|one| one.kind == ParamKind::Query && one.name == row.name)
        .map(|one| one.value.as_str())
        .collect();
    let mut query = parameter(&row.name, "query", row.enabled, &row.value, &row.description);
    if values.len() > 1 {
        query["schema"] = json!({ "type": "array", "items": query["schema"] });
        let plain = !values.iter().any(|value| infer::is_template(value));
        match query.as_object_mut() {
            Some(object) if plain => {
                let values: Vec<_> = values.iter().map(|value| infer::of_text(value).0).collect();
                object.insert("example".to_owned(), Value::Array(values));
            }
            Some(object) => {
                object.shift_remove("example");
            }
            None => {}
        }
    }
    query
}

/// Header rows that are parameters: not those that say how the body or the answer is written.
pub(super) fn header(row: &Header) -> Vec<Value> {
    let is = |name: &str| row.name.eq_ignore_ascii_case(name);
    if row.name.is_empty() || is("Accept") || is("Content-Type") || is("Authorization") {
        return Vec::new();
    }
    if !is("Cookie") {
        return vec![parameter(&row.name, "header", row.enabled, &row.value, &row.description)];
    }
    row.value
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| {
            parameter(name.trim(), "cookie", row.enabled, value.trim(), &row.description)
        })
        .collect()
}

pub(super) fn parameter(
    name: &str,
    place: &str,
    required: bool,
    value: &str,
    words: &str,
) -> Value {
    let mut parameter = json!({ "name": name, "in": place });
    if !words.is_empty() {
        parameter["description"] = json!(words);
    }
    if required {
        parameter["required"] = json!(true);
    }
    if value.is_empty() || infer::is_template(value) {
        parameter["schema"] = json!({ "type": "string" });
    } else {
        let (example, schema) = infer::of_text(value);
        parameter["schema"] = schema;
        parameter["example"] = example;
    }
    parameter
}

/// The request body.
pub(super) fn body(request: &Request) -> Option<Value> {
    let said = request
        .headers
        .iter()
        .find(|row| row.enabled && row.name.eq_ignore_ascii_case("content-type"))
        .map(|row| row.value.clone())
        .filter(|value| value.contains('/') && !infer::is_template(value));
    let content = |plain: &str, media: Value| {
        let kind = said.clone().unwrap_or_else(|| plain.to_owned());
        Some(json!({ "content": one(&kind, media) }))
    };
    match &request.body {
        Body::None => None,
        Body::Raw { language: RawLanguage::Json, text } => {
            content("application/json", json_media(text))
        }
        Body::Raw { language, text } => {
            let kind = match language {
                RawLanguage::Xml => "application/xml",
                RawLanguage::Sparql => "application/sparql-query",
                _ => "text/plain",
            };
            content(kind, json!({ "schema": { "type": "string" }, "example": text }))
        }
        Body::FormUrlEncoded { rows } => {
            let fields = rows.iter().map(|row| Field {
                name: &row.name,
                value: Some(&row.value),
                words: &row.description,
                enabled: row.enabled,
            });
            content("application/x-www-form-urlencoded", form(fields))
        }
        Body::Multipart { rows } => {
            let fields = rows.iter().map(|row| Field {
                name: &row.name,
                value: (row.kind == PartKind::Text).then_some(row.value.as_str()),
                words: &row.description,
                enabled: row.enabled,
            });
            // Its boundary is made anew for each body.
            let media = form(fields);
            Some(json!({ "content": { "multipart/form-data": media } }))
        }
        Body::File { files } => {
            let file = files.iter().find(|file| file.selected).or_else(|| files.first());
            let kind =
                file.map(|file| file.content_type.as_str()).filter(|kind| kind.contains('/'));
            content(kind.unwrap_or("application/octet-stream"), json!({}))
        }
    }
}

/// The media object of a JSON body.
pub(super) fn json_media(text: &str) -> Value {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => json!({ "schema": infer::schema(&value), "example": value }),
        // A body with variables is an example of its text only.
        Err(_) if text.trim().is_empty() => json!({}),
        Err(_) => json!({ "example": text }),
    }
}

struct Field<'r> {
    name: &'r str,
    /// None for a file.
    value: Option<&'r str>,
    words: &'r str,
    enabled: bool,
}

fn form<'r>(fields: impl Iterator<Item = Field<'r>>) -> Value {
    let (mut properties, mut required, mut example) = (Map::new(), Vec::new(), Map::new());
    for field in fields.filter(|field| !field.name.is_empty()) {
        let mut schema = match field.value {
            None => json!({ "type": "string", "format": "binary" }),
            Some(text) if text.is_empty() || infer::is_template(text) => {
                json!({ "type": "string" })
            }
            Some(text) => {
                let (value, schema) = infer::of_text(text);
                example.entry(field.name).or_insert(value);
                schema
            }
        };
        if !field.words.is_empty() {
            schema["description"] = json!(field.words);
        }
        if field.enabled && !required.contains(&field.name) {
            required.push(field.name);
        }
        properties.entry(field.name).or_insert(schema);
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    let mut media = json!({ "schema": schema });
    if !example.is_empty() {
        media["example"] = Value::Object(example);
    }
    media
}

/// Saved examples as responses.
pub(super) fn responses(examples: &[Example]) -> Value {
    let mut found = Map::new();
    for example in examples {
        let status = status(example);
        let response =
            found.entry(status).or_insert_with(|| json!({ "description": words(example) }));
        add(response, example);
    }
    if found.is_empty() {
        found.insert("default".to_owned(), json!({ "description": "Any response" }));
    }
    Value::Object(found)
}

pub(super) fn status(example: &Example) -> String {
    example.response.status.map_or_else(|| "default".to_owned(), |status| status.to_string())
}

fn words(example: &Example) -> String {
    let said = [&example.description, &example.response.status_text, &example.name];
    said.into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default()
}

/// Adds an example to its response.
pub(super) fn add(response: &mut Value, example: &Example) {
    let Some(body) = &example.response.body else { return };
    let kind = media_type(example);
    let value = match serde_json::from_str::<Value>(&body.data) {
        Ok(value) if body.kind == "json" => value,
        _ => json!(body.data),
    };
    let Value::Object(response) = response else { return };
    let content = response.entry("content").or_insert_with(|| json!({}));
    let Value::Object(content) = content else { return };
    let media = content.entry(kind).or_insert_with(|| json!({ "schema": infer::schema(&value) }));
    let Value::Object(media) = media else { return };
    let Some(first) = media.shift_remove("example") else {
        if let Some(Value::Object(all)) = media.get_mut("examples") {
            let name = free(all, &example.name);
            all.insert(name, json!({ "summary": example.name, "value": value }));
        } else {
            media.insert("example".to_owned(), value);
        }
        return;
    };
    // The second of a kind: they need names.
    let mut all = one("first", json!({ "value": first }));
    let name = free(&all, &example.name);
    all.insert(name, json!({ "summary": example.name, "value": value }));
    media.insert("examples".to_owned(), Value::Object(all));
}

pub(super) fn media_type(example: &Example) -> String {
    let header =
        example.response.headers.iter().find(|row| row.name.eq_ignore_ascii_case("content-type"));
    let said = header.map(|row| row.value.clone()).filter(|value| value.contains('/'));
    said.unwrap_or_else(|| {
        match example.response.body.as_ref().map_or("", |body| body.kind.as_str()) {
            "json" => "application/json",
            "xml" => "application/xml",
            "html" => "text/html",
            "binary" => "application/octet-stream",
            _ => "text/plain",
        }
        .to_owned()
    })
}

fn free(taken: &Map<String, Value>, name: &str) -> String {
    let stem = super::super::text::snake(name);
    let mut chosen = stem.clone();
    let mut number = 2;
    while taken.contains_key(&chosen) {
        chosen = format!("{stem}_{number}");
        number += 1;
    }
    chosen
}
