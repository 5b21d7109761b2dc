//! `.bru` texts as JSON, in the form that Bruno's own `bruToJson` gives them.
//!
//! Beyond it, variables keep their value as text beside `dataType`, and blocks that are not known
//! are kept as `{name, text}` under `blocks`.

use serde_json::{Map, Value, json};

use super::auth_fields::{ADDITIONAL, ADDITIONAL_BLOCK, fields};
use super::example;
use super::syntax::{Annotation, Block, Content, Fault, Pair, PairValue, Reader};

/// Types that an annotation gives to a variable.
const TYPES: &[&str] = &["string", "number", "boolean", "object"];

/// The tree of a request, a `folder.bru` or a `collection.bru`.
pub(super) fn of_file(text: &str) -> Result<Value, Fault> {
    let mut tree = Map::new();
    for block in Reader::new(text).blocks()? {
        add(&mut tree, block)?;
    }
    Ok(Value::Object(tree))
}

/// The tree of an environment.
pub(super) fn of_environment(text: &str) -> Result<Value, Fault> {
    let mut tree = Map::from_iter([("variables".to_owned(), json!([]))]);
    for block in Reader::new(text).blocks()? {
        match (block.name, block.content) {
            ("vars", Content::Pairs(pairs)) => {
                let rows = pairs.into_iter().map(|pair| {
                    let mut row = row(pair);
                    row.insert("secret".to_owned(), json!(false));
                    row.into()
                });
                push_all(&mut tree, &["variables"], rows.collect());
            }
            ("vars:secret", Content::List(items)) => {
                let rows = items.into_iter().map(|item| {
                    let mut row = row(item);
                    row.insert("secret".to_owned(), json!(true));
                    row.into()
                });
                push_all(&mut tree, &["variables"], rows.collect());
            }
            ("color", Content::Value(color)) => {
                tree.insert("color".to_owned(), json!(color));
            }
            (name, content) => keep(&mut tree, name, content),
        }
    }
    Ok(Value::Object(tree))
}

fn add(tree: &mut Map<String, Value>, block: Block) -> Result<(), Fault> {
    match block.content {
        Content::Pairs(pairs) => add_pairs(tree, block.name, pairs),
        Content::Text(text) => add_text(tree, block.name, text),
        Content::Example(reader) => {
            let example = example::read(reader)?;
            push_all(tree, &["examples"], vec![example]);
        }
        content => keep(tree, block.name, content),
    }
    Ok(())
}

fn add_text(tree: &mut Map<String, Value>, name: &str, text: String) {
    let path: &[&str] = match name {
        "body" => {
            insert(tree, &["http", "body"], json!("json"));
            &["body", "json"]
        }
        "body:json" => &["body", "json"],
        "body:text" => &["body", "text"],
        "body:xml" => &["body", "xml"],
        "body:sparql" => &["body", "sparql"],
        "body:graphql" => &["body", "graphql", "query"],
        "body:graphql:vars" => &["body", "graphql", "variables"],
        "script:pre-request" => &["script", "req"],
        "script:post-response" => &["script", "res"],
        "script:hooks" => &["script", "hooks"],
        "tests" => &["tests"],
        "docs" => &["docs"],
        _ => return keep(tree, name, Content::Text(text)),
    };
    insert(tree, path, text.into());
}

fn add_pairs(tree: &mut Map<String, Value>, name: &str, pairs: Vec<Pair>) {
    match name {
        "meta" | "http" | "grpc" | "ws" | "auth" => extend(tree, &[name], dictionary(pairs)),
        "get" | "post" | "put" | "delete" | "patch" | "options" | "head" | "connect" | "trace" => {
            insert(tree, &["http", "method"], json!(name));
            extend(tree, &["http"], dictionary(pairs));
        }
        "query" | "params:query" => push_all(tree, &["params"], params(pairs, "query")),
        "params:path" => push_all(tree, &["params"], params(pairs, "path")),
        "headers" | "metadata" => push_all(tree, &[name], rows(pairs)),
        "vars:pre-request" => push_all(tree, &["vars", "req"], variables(pairs)),
        "vars:post-response" => push_all(tree, &["vars", "res"], variables(pairs)),
        "assert" => push_all(tree, &["assertions"], rows(pairs)),
        "settings" => {
            let typed = dictionary(pairs).into_iter().map(|(key, value)| (key, scalar(value)));
            extend(tree, &["settings"], typed.collect());
        }
        "body:form-urlencoded" => push_all(tree, &["body", "formUrlEncoded"], rows(pairs)),
        "body:multipart-form" => push_all(tree, &["body", "multipartForm"], multipart(pairs)),
        "body:file" => push_all(tree, &["body", "file"], files(pairs)),
        "body:grpc" | "body:ws" => {
            let message = dictionary(pairs).into();
            push_all(tree, &["body", &name["body:".len()..]], vec![message]);
        }
        _ => match (name.strip_prefix(ADDITIONAL_BLOCK), name.strip_prefix("auth:")) {
            (Some(additional), _) => add_additional(tree, name, additional, pairs),
            (None, Some(scheme)) if !scheme.is_empty() && scheme != "mode" => {
                extend(tree, &["auth", scheme], auth(scheme, pairs));
            }
            _ => keep(tree, name, Content::Pairs(pairs)),
        },
    }
}

fn add_additional(tree: &mut Map<String, Value>, name: &str, additional: &str, pairs: Vec<Pair>) {
    let known = ADDITIONAL.iter().find(|(block, _, _)| *block == additional);
    let Some((_, step, place)) = known else { return keep(tree, name, Content::Pairs(pairs)) };
    let rows = pairs.into_iter().map(|pair| {
        let mut row = row(pair);
        row.insert("sendIn".to_owned(), json!(place));
        row.into()
    });
    push_all(tree, &["auth", "oauth2", "additionalParameters", step], rows.collect());
}

/// Of a block that is not known; it comes out again as it came in.
fn keep(tree: &mut Map<String, Value>, name: &str, content: Content) {
    let block = match content {
        Content::Text(text) => json!({ "name": name, "text": text }),
        Content::Example(reader) => json!({ "name": name, "text": reader.into_text() }),
        Content::Value(value) => json!({ "name": name, "value": value }),
        Content::Pairs(pairs) => json!({ "name": name, "pairs": rows(pairs) }),
        Content::List(items) => json!({ "name": name, "list": rows(items) }),
    };
    push_all(tree, &["blocks"], vec![block]);
}

/// The object at a path, made where it is missing; none where something else stands.
fn at<'m>(tree: &'m mut Map<String, Value>, path: &[&str]) -> Option<&'m mut Map<String, Value>> {
    let mut found = tree;
    for key in path {
        found = found.entry(*key).or_insert_with(|| json!({})).as_object_mut()?;
    }
    Some(found)
}

fn extend(tree: &mut Map<String, Value>, path: &[&str], more: Map<String, Value>) {
    if let Some(found) = at(tree, path) {
        found.extend(more);
    }
}

fn insert(tree: &mut Map<String, Value>, path: &[&str], value: Value) {
    let Some((last, above)) = path.split_last() else { return };
    if let Some(object) = at(tree, above) {
        object.insert((*last).to_owned(), value);
    }
}

fn push_all(tree: &mut Map<String, Value>, path: &[&str], rows: Vec<Value>) {
    let Some((key, above)) = path.split_last() else { return };
    let found = at(tree, above).map(|object| object.entry(*key).or_insert_with(|| json!([])));
    if let Some(Value::Array(list)) = found {
        list.extend(rows);
    }
}

/// Pairs of which only the values count.
pub(super) fn dictionary(pairs: Vec<Pair>) -> Map<String, Value> {
    let pairs = pairs.into_iter().map(|pair| {
        let sign = if pair.enabled { "" } else { "~" };
        (format!("{sign}{}", pair.name), value(pair.value))
    });
    pairs.collect()
}

pub(super) fn rows(pairs: Vec<Pair>) -> Vec<Value> {
    pairs.into_iter().map(|pair| row(pair).into()).collect()
}

pub(super) fn params(pairs: Vec<Pair>, kind: &str) -> Vec<Value> {
    let rows = pairs.into_iter().map(|pair| {
        let mut row = row(pair);
        row.insert("type".to_owned(), json!(kind));
        row.into()
    });
    rows.collect()
}

fn row(pair: Pair) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("name".to_owned(), pair.name.into());
    row.insert("value".to_owned(), value(pair.value));
    row.insert("enabled".to_owned(), pair.enabled.into());
    annotate(&mut row, pair.annotations);
    row
}

fn annotate(row: &mut Map<String, Value>, annotations: Vec<Annotation>) {
    let mut others = Vec::new();
    for Annotation { name, value } in annotations {
        match value {
            Some(text) if name == "description" => {
                row.insert("description".to_owned(), text.into());
            }
            None if TYPES.contains(&name.as_str()) => {
                row.insert("dataType".to_owned(), name.into());
            }
            Some(value) => others.push(json!({ "name": name, "value": value })),
            None => others.push(json!({ "name": name })),
        }
    }
    if !others.is_empty() {
        row.insert("annotations".to_owned(), others.into());
    }
}

fn value(value: PairValue) -> Value {
    match value {
        PairValue::Text(text) => text.into(),
        PairValue::List(items) => items.into(),
    }
}

fn variables(pairs: Vec<Pair>) -> Vec<Value> {
    let rows = pairs.into_iter().map(|mut pair| {
        let local = pair.name.strip_prefix('@').map(str::to_owned);
        let is_local = local.is_some();
        pair.name = local.unwrap_or(pair.name);
        let mut row = row(pair);
        row.insert("local".to_owned(), is_local.into());
        row.into()
    });
    rows.collect()
}

pub(super) fn multipart(pairs: Vec<Pair>) -> Vec<Value> {
    let rows = pairs.into_iter().map(|pair| {
        let mut row = row(pair);
        let text = row.get("value").and_then(Value::as_str).unwrap_or_default();
        let (text, content_type) = split_content_type(text);
        let (kind, value) = match file(text) {
            Some(paths) => {
                let paths = paths.split('|').filter(|path| !path.is_empty());
                ("file", json!(paths.collect::<Vec<_>>()))
            }
            None => ("text", json!(text)),
        };
        let content_type = json!(content_type);
        row.insert("value".to_owned(), value);
        row.insert("type".to_owned(), json!(kind));
        row.insert("contentType".to_owned(), content_type);
        row.into()
    });
    rows.collect()
}

pub(super) fn files(pairs: Vec<Pair>) -> Vec<Value> {
    let rows = pairs.into_iter().map(|pair| {
        let mut row = row(pair);
        let text = row.get("value").and_then(Value::as_str).unwrap_or_default();
        let (text, content_type) = split_content_type(text);
        let path = json!(file(text).unwrap_or(text));
        let content_type = json!(content_type);
        row.insert("filePath".to_owned(), path);
        row.insert("contentType".to_owned(), content_type);
        let selected = row.shift_remove("enabled").unwrap_or_default();
        row.insert("selected".to_owned(), selected);
        row.shift_remove("name");
        row.shift_remove("value");
        row.into()
    });
    rows.collect()
}

/// What is in `@file(…)`.
pub(super) fn file(text: &str) -> Option<&str> {
    text.strip_prefix("@file(")?.strip_suffix(')')
}

fn split_content_type(text: &str) -> (&str, &str) {
    let split = text.trim_end().strip_suffix(')').and_then(|text| {
        let (value, kind) = text.split_once("@contentType(")?;
        (!kind.contains(')')).then(|| (value.trim_end(), kind.trim()))
    });
    split.unwrap_or((text, ""))
}

fn auth(scheme: &str, pairs: Vec<Pair>) -> Map<String, Value> {
    let mut given = dictionary(pairs);
    let grant = given.get("grant_type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut made = Map::new();
    for field in fields(scheme) {
        let found = given.shift_remove(field.bru);
        if found.is_none() && scheme == "oauth2" && !field.belongs_to(&grant) {
            continue;
        }
        // An empty text is no choice where there is a default.
        let found = found.filter(|value| field.default.is_empty() || *value != json!(""));
        let value = found.unwrap_or_else(|| json!(field.default));
        let value = match value.as_str() {
            Some("true") if field.flag => json!(true),
            Some("false") if field.flag => json!(false),
            _ => value,
        };
        made.insert(field.json.to_owned(), value);
    }
    if scheme == "oauth1" {
        let path = made.get("privateKey").and_then(Value::as_str).and_then(file).map(str::to_owned);
        let kind = if path.is_some() { "file" } else { "text" };
        made.insert("privateKeyType".to_owned(), json!(kind));
        made.extend(path.map(|path| ("privateKey".to_owned(), json!(path))));
    }
    made.extend(given);
    made
}

/// A setting: `true`, a number, or another word.
fn scalar(value: Value) -> Value {
    match value.as_str() {
        Some("true") => json!(true),
        Some("false") => json!(false),
        Some(text) => text.parse::<i64>().map_or_else(|_| json!(text), Value::from),
        None => value,
    }
}
