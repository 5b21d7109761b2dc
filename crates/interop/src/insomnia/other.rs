//! gRPC, WebSocket and Socket.IO: kept and shown in OpenCollection's form.

use errand_model::{Extensions, Header, ItemOther, ParamKind};
use serde_json::{Map, Value, json};

use super::item::{description, head, keep, put_back};
use super::kind::Kind;
use super::{auth, rows, template};
use crate::Scribe;
use crate::fields::{list, object, put, scalar, text};

/// The item in OpenCollection's form.
pub(super) fn read(item: &Value, kind: Kind, name: String, scribe: &mut Scribe<'_>) -> ItemOther {
    let mut details = Map::new();
    put(&mut details, "url", template::read(&scalar(item, "url"), scribe));
    let headers = if kind == Kind::Grpc { "metadata" } else { "headers" };
    let found = rows::read_headers(item, headers, scribe);
    put(&mut details, headers, ours(&found));
    let params = rows::read_params(item, "parameters", ParamKind::Query, scribe);
    let rows = params.iter().map(|p| Header {
        name: p.name.clone(),
        value: p.value.clone(),
        description: p.description.clone(),
        enabled: p.enabled,
    });
    put(&mut details, "params", ours(&rows.collect::<Vec<_>>()));
    let body = item.get("body").unwrap_or(&Value::Null);
    let message = template::read(&scalar(body, "text"), scribe);
    if kind == Kind::Grpc {
        put(&mut details, "method", scalar(item, "protoMethodName"));
        put(&mut details, "message", message);
    }
    if let Some(payload) = list(item, "payloads").first() {
        let message = template::read(&scalar(payload, "value"), scribe);
        put(&mut details, "message", json!({ "type": "text", "data": message }));
    }
    if let Some(said) = object(item, "authentication") {
        put(&mut details, "auth", read_auth(said, scribe));
    }
    let mut content = Map::new();
    content.insert("info".to_owned(), json!({ "name": name, "type": kind.name() }));
    content.insert(kind.name().to_owned(), Value::Object(details));
    put(&mut content, "docs", description(item));
    let mut other = ItemOther { name, content };
    if let Some(made) = bare(&other) {
        let mut extensions = Extensions::new();
        keep(&mut extensions, &made, item);
        put(&mut other.content, "extensions", Value::Object(extensions));
    }
    scribe.set_aside(
        format!("{} request", kind.name()),
        "kept and shown; Errand does not open this kind",
        "extensions.insomnia",
    );
    other
}

/// Its fields keep Insomnia's names, for the way back.
fn read_auth(said: &Map<String, Value>, scribe: &mut Scribe<'_>) -> Value {
    let mut auth = Value::Object(said.clone());
    let is_off = said.get("disabled") == Some(&Value::Bool(true));
    auth::without_tokens(&mut auth);
    if is_off {
        auth::without_secrets(&mut auth);
    }
    for value in auth.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Value::String(text) = value {
            *text = template::read(text, scribe);
        }
    }
    auth
}

fn ours(rows: &[Header]) -> Value {
    let rows = rows.iter().map(|row| {
        let mut written = Map::new();
        written.insert("name".to_owned(), row.name.as_str().into());
        written.insert("value".to_owned(), row.value.as_str().into());
        put(&mut written, "description", row.description.as_str());
        if !row.enabled {
            written.insert("disabled".to_owned(), true.into());
        }
        Value::Object(written)
    });
    rows.collect()
}

/// The item as Insomnia writes it; none for kinds that it has not.
pub(super) fn write(other: &ItemOther) -> Option<Value> {
    let mut made = bare(other)?;
    if let Some(Value::Object(extensions)) = other.content.get("extensions") {
        put_back(&mut made, extensions);
    }
    Some(made)
}

fn bare(other: &ItemOther) -> Option<Value> {
    let info = other.content.get("info")?;
    let kind = [Kind::Grpc, Kind::WebSocket, Kind::SocketIo]
        .into_iter()
        .find(|kind| kind.name() == text(info, "type"))?;
    let details = other.content.get(kind.name())?;
    let docs = other.content.get("docs").and_then(Value::as_str).unwrap_or_default();
    let mut item = head(&other.name, &[docs]);
    item.insert("url".to_owned(), template::write(text(details, "url")).into());
    let headers = if kind == Kind::Grpc { "metadata" } else { "headers" };
    put(&mut item, headers, theirs(list(details, headers)));
    put(&mut item, "parameters", theirs(list(details, "params")));
    if kind == Kind::Grpc {
        put(&mut item, "protoMethodName", text(details, "method"));
        put(&mut item, "body", json!({ "text": template::write(text(details, "message")) }));
        item.insert(
            "reflectionApi".to_owned(),
            json!({ "enabled": false, "url": "https://buf.build", "apiKey": "", "module": "" }),
        );
    }
    if let Some(auth) = object(details, "auth") {
        let written = auth.iter().map(|(key, value)| {
            let value = value.as_str().map_or_else(|| value.clone(), |t| template::write(t).into());
            (key.clone(), value)
        });
        item.insert("authentication".to_owned(), Value::Object(written.collect()));
    }
    Some(Value::Object(item))
}

fn theirs(rows: &[Value]) -> Value {
    let rows = rows.iter().map(|row| {
        let mut row = row.clone();
        for key in ["name", "value"] {
            if let Some(Value::String(text)) = row.get_mut(key) {
                *text = template::write(text);
            }
        }
        row
    });
    rows.collect()
}
