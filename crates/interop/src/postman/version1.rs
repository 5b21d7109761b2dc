//! From version 1, where folders and requests refer to each other by id, to 2.1.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::json::{is_on, list, object, text, text_at};
use super::{SCHEMA, upgrade};
use crate::Error;

/// How deep folders may be.
const DEPTH: usize = 60;

/// A document of version 1 as one of 2.1.
pub(super) fn upgrade(document: &Value, file: &str) -> Result<Value, Error> {
    let tree = Tree::of(document);
    let mut seen = Seen::default();
    let order = Order::of(document);
    let mut items = tree.items(&order, &mut seen, 0, file)?;
    // What no order names, with what names its folder put where it says.
    for folder in list(document.get("folders")) {
        if !seen.folders.contains(text_at(folder, "id").as_str()) {
            items.extend(tree.folder(folder, &mut seen, 0, file)?);
        }
    }
    for request in list(document.get("requests")) {
        if seen.requests.insert(text_at(request, "id")) {
            items.push(request_item(request));
        }
    }
    let info = object([
        ("name", Some(json!(text_at(document, "name")))),
        ("_postman_id", document.get("id").cloned()),
        ("description", description(document)),
        ("schema", Some(json!(SCHEMA))),
    ]);
    let mut whole = common(document);
    whole.insert("info".to_owned(), Value::Object(info));
    whole.insert("item".to_owned(), Value::Array(items));
    Ok(Value::Object(whole))
}

#[derive(Default)]
struct Seen {
    folders: HashSet<String>,
    requests: HashSet<String>,
}

/// What is in a folder, by id.
struct Order {
    folders: Vec<String>,
    requests: Vec<String>,
}

impl Order {
    fn of(value: &Value) -> Self {
        let ids = |name| list(value.get(name)).iter().map(|id| text(Some(id))).collect();
        Self { folders: ids("folders_order"), requests: ids("order") }
    }
}

struct Tree<'a> {
    folders: HashMap<String, &'a Value>,
    requests: HashMap<String, &'a Value>,
    /// Requests that name their folder themselves, by folder.
    inside: HashMap<String, Vec<String>>,
    /// Folders that name theirs.
    below: HashMap<String, Vec<String>>,
}

impl<'a> Tree<'a> {
    fn of(document: &'a Value) -> Self {
        let by_id = |name| {
            let all = list(document.get(name)).iter();
            all.map(|value| (text_at(value, "id"), value)).collect()
        };
        let by_folder = |name| {
            let mut found: HashMap<String, Vec<String>> = HashMap::new();
            for value in list(document.get(name)) {
                let folder = text_at(value, "folder");
                if !folder.is_empty() {
                    found.entry(folder).or_default().push(text_at(value, "id"));
                }
            }
            found
        };
        Self {
            folders: by_id("folders"),
            requests: by_id("requests"),
            inside: by_folder("requests"),
            below: by_folder("folders"),
        }
    }

    /// Folders come first, as Postman shows them. Each is there once, whatever refers to it.
    fn items(
        &self,
        order: &Order,
        seen: &mut Seen,
        depth: usize,
        file: &str,
    ) -> Result<Vec<Value>, Error> {
        let mut items = Vec::new();
        for folder in order.folders.iter().filter_map(|id| self.folders.get(id)) {
            items.extend(self.folder(folder, seen, depth, file)?);
        }
        for id in &order.requests {
            if let Some(request) = self.requests.get(id) {
                if seen.requests.insert(id.clone()) {
                    items.push(request_item(request));
                }
            } else if let Some(folder) = self.folders.get(id) {
                items.extend(self.folder(folder, seen, depth, file)?);
            }
        }
        Ok(items)
    }

    fn folder(
        &self,
        folder: &Value,
        seen: &mut Seen,
        depth: usize,
        file: &str,
    ) -> Result<Option<Value>, Error> {
        let id = text_at(folder, "id");
        if !seen.folders.insert(id.clone()) {
            return Ok(None);
        }
        if depth == DEPTH {
            let what = format!("folders are nested more than {DEPTH} deep");
            return Err(Error::Refused { file: file.to_owned(), what });
        }
        let mut order = Order::of(folder);
        order.folders.extend(self.below.get(&id).into_iter().flatten().cloned());
        order.requests.extend(self.inside.get(&id).into_iter().flatten().cloned());
        let items = self.items(&order, seen, depth + 1, file)?;
        let mut whole = common(folder);
        whole.insert("name".to_owned(), json!(text_at(folder, "name")));
        whole.extend(description(folder).map(|text| ("description".to_owned(), text)));
        whole.insert("item".to_owned(), Value::Array(items));
        Ok(Some(Value::Object(whole)))
    }
}

fn description(value: &Value) -> Option<Value> {
    value.get("description").filter(|text| !text.is_null() && text.as_str() != Some("")).cloned()
}

/// Auth, scripts, variables and behaviour of a collection, folder or request.
fn common(value: &Value) -> Map<String, Value> {
    let variables = value.get("variables").filter(|list| !self::list(Some(list)).is_empty());
    object([
        ("auth", auth(value)),
        ("event", events(value)),
        ("variable", variables.cloned()),
        (
            "protocolProfileBehavior",
            value.get("protocolProfileBehavior").filter(|v| v.is_object()).cloned(),
        ),
    ])
}

fn events(value: &Value) -> Option<Value> {
    let events = list(value.get("events"));
    if !events.is_empty() {
        return Some(Value::Array(events.to_vec()));
    }
    let script = |listen: &str, name: &str| {
        let code = text_at(value, name);
        (!code.is_empty()).then(|| {
            let lines: Vec<&str> = code.split('\n').collect();
            json!({"listen": listen, "script": {"type": "text/javascript", "exec": lines}})
        })
    };
    let events = [script("prerequest", "preRequestScript"), script("test", "tests")];
    let events: Vec<Value> = events.into_iter().flatten().collect();
    (!events.is_empty()).then_some(Value::Array(events))
}

/// The auth of late files, or the helper of early ones.
fn auth(value: &Value) -> Option<Value> {
    if let Some(Value::Object(auth)) = value.get("auth") {
        let lists = auth.iter().map(|(name, value)| match value {
            Value::Object(by_name) => (name.clone(), Value::Array(upgrade::rows(by_name))),
            value => (name.clone(), value.clone()),
        });
        return Some(Value::Object(lists.collect()));
    }
    let kind = match text_at(value, "currentHelper").as_str() {
        "basicAuth" => "basic",
        "digestAuth" => "digest",
        "bearerAuth" => "bearer",
        "oAuth1" => "oauth1",
        "oAuth2" => "oauth2",
        "hawkAuth" => "hawk",
        "awsSigV4" => "awsv4",
        "ntlmAuth" => "ntlm",
        "apikeyAuth" => "apikey",
        _ => return None,
    };
    let attributes = value.get("helperAttributes").and_then(Value::as_object)?;
    let renamed = attributes.iter().map(|(name, value)| {
        let name = match name.as_str() {
            "hawk_id" => "authId",
            "hawk_key" => "authKey",
            "ext" => "extraData",
            "auth" | "header" if kind == "oauth1" => "addParamsToHeader",
            name => name,
        };
        (name.to_owned(), value.clone())
    });
    let renamed: Map<String, Value> = renamed.filter(|(name, _)| name != "id").collect();
    Some(json!({"type": kind, kind: upgrade::rows(&renamed)}))
}

fn request_item(value: &Value) -> Value {
    let mut item = common(value);
    let auth = item.shift_remove("auth");
    let mut request = request(value);
    request.extend(auth.map(|auth| ("auth".to_owned(), auth)));
    let responses: Vec<Value> = list(value.get("responses")).iter().map(response).collect();
    item.insert("name".to_owned(), json!(text_at(value, "name")));
    item.insert("request".to_owned(), Value::Object(request));
    item.insert("response".to_owned(), Value::Array(responses));
    Value::Object(item)
}

fn request(value: &Value) -> Map<String, Value> {
    let headers = match list(value.get("headerData")) {
        [] => value.get("headers").cloned(),
        rows => Some(Value::Array(rows.to_vec())),
    };
    object([
        ("method", Some(json!(text_at(value, "method")))),
        ("header", headers.filter(|headers| !headers.is_null())),
        ("body", body(value)),
        ("url", Some(url(value))),
        ("description", description(value)),
    ])
}

/// The text, with the rows of its tables where there are any.
fn url(value: &Value) -> Value {
    let raw = text_at(value, "url");
    let path: Vec<Value> = match list(value.get("pathVariableData")) {
        [] => {
            let by_name = value.get("pathVariables").and_then(Value::as_object);
            let by_name = by_name.into_iter().flatten();
            by_name.map(|(key, value)| json!({"key": key, "value": value})).collect()
        }
        rows => rows.to_vec(),
    };
    let off = list(value.get("queryParams")).iter();
    let off: Vec<Value> = off
        .filter(|row| row.get("enabled") == Some(&Value::Bool(false)) || is_on(row.get("disabled")))
        .map(|row| {
            let mut row = row.clone();
            row["disabled"] = json!(true);
            row
        })
        .collect();
    if path.is_empty() && off.is_empty() {
        return json!(raw);
    }
    let mut parts = super::url::write(&raw, &super::url::read(Some(&json!(raw))).params);
    if !path.is_empty() {
        parts["variable"] = Value::Array(path);
    }
    if !off.is_empty() {
        let mut query = list(parts.get("query")).to_vec();
        query.extend(off);
        parts["query"] = Value::Array(query);
    }
    parts
}

fn body(value: &Value) -> Option<Value> {
    let rows = || Value::Array(list(value.get("data")).to_vec());
    let has_rows = !list(value.get("data")).is_empty();
    match text_at(value, "dataMode").as_str() {
        "raw" => {
            let raw = value.get("rawModeData").filter(|raw| raw.is_string());
            let raw = text(raw.or_else(|| value.get("data").filter(|data| data.is_string())));
            let options = value.get("dataOptions").filter(|options| options.is_object()).cloned();
            let members =
                [("mode", Some(json!("raw"))), ("raw", Some(json!(raw))), ("options", options)];
            Some(Value::Object(object(members)))
        }
        "urlencoded" => Some(json!({"mode": "urlencoded", "urlencoded": rows()})),
        "binary" => Some(json!({"mode": "file", "file": {"src": text_at(value, "rawModeData")}})),
        "graphql" => {
            value.get("graphqlModeData").map(|data| json!({"mode": "graphql", "graphql": data}))
        }
        "params" => has_rows.then(|| json!({"mode": "formdata", "formdata": rows()})),
        _ => None,
    }
}

fn response(value: &Value) -> Value {
    let code = value.pointer("/responseCode/code").cloned();
    let original = match value.get("request").or_else(|| value.get("requestObject")) {
        Some(Value::String(text)) => serde_json::from_str::<Value>(text).ok(),
        other => other.cloned(),
    };
    let original = original.filter(Value::is_object).map(|value| Value::Object(request(&value)));
    let status = value.pointer("/responseCode/name").or_else(|| value.get("status"));
    let members = object([
        ("name", Some(json!(text_at(value, "name")))),
        ("originalRequest", original),
        ("status", status.filter(|status| status.is_string()).cloned()),
        ("code", code),
        ("_postman_previewlanguage", value.get("language").filter(|l| l.is_string()).cloned()),
        ("header", value.get("headers").cloned()),
        ("cookie", value.get("cookies").filter(|cookies| cookies.is_array()).cloned()),
        ("body", value.get("text").cloned()),
        ("responseTime", value.get("time").cloned()),
    ]);
    Value::Object(members)
}
