//! A collection as an archive.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_model::{
    ApiKeyPlace, Auth, Body, Collection, Example, Header, Item, PartKind, RawLanguage, Request,
};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::{keep, request::query_of, time};
use crate::inherited::{Effective, effective, others, untold};
use crate::{Error, Exported, Receipt, keepsake, query};

/// The requests of a collection as a HAR 1.2 archive; variables stay `{{name}}`.
///
/// # Errors
/// It cannot be written as JSON.
pub fn export(collection: &Collection) -> Result<Exported, Error> {
    let mut receipt = Receipt::default();
    let mut entries: Vec<Value> = Vec::new();
    for effective in effective(collection) {
        entries.push(one(&effective, &mut receipt));
    }
    // The specification asks for the oldest first.
    if entries.iter().all(|entry| entry["startedDateTime"] != time::iso(0)) {
        entries.sort_by(|a, b| a["startedDateTime"].as_str().cmp(&b["startedDateTime"].as_str()));
    }
    for name in others(collection) {
        receipt.at(name).not_carried("request", "an archive holds HTTP requests only");
    }
    untold(collection, true, "an archive has no place for them", &mut receipt);
    if !collection.environments.is_empty() {
        receipt.not_carried("environments", "an archive has none");
    }
    if collection.items.iter().any(|item| matches!(item, Item::Folder(_))) {
        receipt.converted("folders", "an archive is one list");
    }
    let mut log = log();
    if let Some(kept) = collection.extensions.get("har").and_then(|har| har.get("original")) {
        keepsake::restore(&mut log, kept);
    }
    log["entries"] = Value::Array(entries);
    let document = json!({ "log": log });
    let bytes = serde_json::to_vec_pretty(&document).map_err(|error| Error::Export {
        what: format!("the archive cannot be written: {error}"),
    })?;
    let name = if collection.root.name.is_empty() { "collection" } else { &collection.root.name };
    let name: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    Ok(Exported { files: vec![(format!("{name}.har"), bytes)], receipt })
}

/// A log without entries.
pub(super) fn log() -> Value {
    json!({
        "version": "1.2",
        "creator": { "name": "Errand", "version": env!("CARGO_PKG_VERSION") },
    })
}

fn one(effective: &Effective<'_>, receipt: &mut Receipt) -> Value {
    let item = effective.item;
    let mut notes = Receipt::default();
    let mut headers = effective.headers.clone();
    let mut source = item.request.clone();
    auth(effective.auth, &mut headers, &mut source.url, &mut notes);
    let made = request(&source, &headers, &mut notes);
    let mut entry = entry(made, item.examples.first());
    if let Some(kept) = item.extensions.get("har").and_then(|har| har.get("original")) {
        keep::restore(&mut entry, kept);
    }
    left(item, &mut notes);
    let place = effective.place();
    if notes.lines.is_empty() {
        receipt.at(&place).kept("request");
    }
    for line in notes.lines {
        receipt.lines.push(crate::Line { place: place.clone(), ..line });
    }
    entry
}

fn left(item: &errand_model::ItemRequest, notes: &mut Receipt) {
    let request = &item.request;
    for (count, what) in [
        (request.checks.len(), "checks"),
        (request.captures.len(), "captures"),
        (request.scripts.len(), "scripts"),
        (request.variables.len(), "variables"),
        (usize::from(!request.docs.is_empty()), "docs"),
        (item.examples.len().saturating_sub(1), "further examples"),
        (request.headers.iter().filter(|header| !header.enabled).count(), "disabled headers"),
        (request.params.iter().filter(|param| !param.enabled).count(), "disabled parameters"),
    ] {
        if count > 0 {
            notes.not_carried(what, "an archive has no place for them");
        }
    }
}

/// Signs in as far as that is a header or parameter.
fn auth(auth: &Auth, headers: &mut Vec<Header>, url: &mut String, notes: &mut Receipt) {
    match auth {
        Auth::Inherit | Auth::None => {}
        Auth::Bearer { token } => {
            headers.push(Header::new("Authorization", format!("Bearer {token}")));
        }
        Auth::Basic { username, password } if !format!("{username}{password}").contains("{{") => {
            let word = STANDARD.encode(format!("{username}:{password}"));
            headers.push(Header::new("Authorization", format!("Basic {word}")));
        }
        Auth::ApiKey { key, value, placement: ApiKeyPlace::Header } => {
            headers.push(Header::new(key, value));
        }
        Auth::ApiKey { key, value, placement: ApiKeyPlace::Query } => {
            query::add(url, &[query::row(key, value)]);
        }
        Auth::ApiKey { key, value, placement: ApiKeyPlace::Cookie } => {
            headers.push(Header::new("Cookie", format!("{key}={value}")));
        }
        other => notes.not_carried(
            format!("{} auth", other.scheme()),
            "an archive has headers only, and this one is made when the request is sent",
        ),
    }
}

/// An entry of a request that was made already.
pub(super) fn entry(request: Value, example: Option<&Example>) -> Value {
    let mut entry = json!({ "startedDateTime": time::iso(0), "time": 0 });
    entry["request"] = request;
    entry["response"] = response(example);
    entry["cache"] = json!({});
    entry["timings"] = json!({ "send": 0, "wait": 0, "receive": 0 });
    entry
}

/// The `request` of an entry.
pub(super) fn request(request: &Request, headers: &[Header], notes: &mut Receipt) -> Value {
    let post = post_data(request, headers, notes);
    let size = post.as_ref().map(|post| post["text"].as_str().map_or(-1, size));
    let url = crate::curl::filled_url(request);
    let query: Vec<Value> =
        query_of(&url).into_iter().map(|(name, value)| pair(&name, &value)).collect();
    let enabled = || headers.iter().filter(|header| header.enabled);
    let cookies = enabled().filter(|header| header.name.eq_ignore_ascii_case("cookie"));
    let mut made = json!({
        "method": request.method,
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": cookies.flat_map(|header| cookie_pairs(&header.value)).collect::<Vec<_>>(),
        "headers": enabled().map(|header| pair(&header.name, &header.value)).collect::<Vec<_>>(),
        "queryString": query,
        "headersSize": -1,
        "bodySize": size.unwrap_or(0),
    });
    if let (Some(post), Some(object)) = (post, made.as_object_mut()) {
        object.insert("postData".to_owned(), post);
    }
    made
}

pub(super) fn pair(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

/// The cookies of a Cookie header.
pub(super) fn cookie_pairs(value: &str) -> Vec<Value> {
    let all = value.split(';').map(str::trim).filter(|cookie| !cookie.is_empty());
    all.map(|cookie| cookie.split_once('=').unwrap_or((cookie, "")))
        .map(|(name, value)| pair(name, value))
        .collect()
}

fn size(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(-1)
}

fn post_data(request: &Request, headers: &[Header], notes: &mut Receipt) -> Option<Value> {
    let typed = headers.iter().find(|h| h.enabled && h.name.eq_ignore_ascii_case("content-type"));
    let mime =
        |implied: &str| typed.map_or_else(|| implied.to_owned(), |header| header.value.clone());
    match &request.body {
        Body::None => None,
        Body::Raw { language, text } => {
            Some(json!({ "mimeType": mime(language_type(*language)), "text": text }))
        }
        Body::FormUrlEncoded { rows } => {
            let rows: Vec<_> = rows.iter().filter(|row| row.enabled).collect();
            let text = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(rows.iter().map(|row| (&row.name, &row.value)))
                .finish();
            let text = text.replace("%7B%7B", "{{").replace("%7D%7D", "}}");
            let params: Vec<_> = rows.iter().map(|row| pair(&row.name, &row.value)).collect();
            Some(
                json!({ "mimeType": mime("application/x-www-form-urlencoded"), "params": params, "text": text }),
            )
        }
        Body::Multipart { rows } => {
            let rows = rows.iter().filter(|row| row.enabled);
            let params: Vec<_> = rows.flat_map(multipart_params).collect();
            Some(json!({ "mimeType": "multipart/form-data", "params": params }))
        }
        Body::File { .. } => {
            notes.not_carried("body", "an archive holds contents, and this is a file's");
            None
        }
    }
}

fn multipart_params(row: &errand_model::MultipartRow) -> Vec<Value> {
    let mut base = Map::new();
    base.insert("name".to_owned(), row.name.clone().into());
    if !row.content_type.is_empty() {
        base.insert("contentType".to_owned(), row.content_type.clone().into());
    }
    let with = |key: &str, value: &str| {
        let mut param = base.clone();
        param.insert(key.to_owned(), value.into());
        Value::Object(param)
    };
    match row.kind {
        PartKind::Text => vec![with("value", &row.value)],
        PartKind::File => row.files.iter().map(|path| with("fileName", path)).collect(),
    }
}

fn language_type(language: RawLanguage) -> &'static str {
    match language {
        RawLanguage::Json => "application/json",
        RawLanguage::Xml => "application/xml",
        RawLanguage::Text => "text/plain",
        RawLanguage::Sparql => "application/sparql-query",
    }
}

fn response(example: Option<&Example>) -> Value {
    let response = example.map(|example| example.response.clone()).unwrap_or_default();
    let header = |wanted: &str| {
        let found = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(wanted));
        found.map_or("", |header| header.value.as_str())
    };
    let mut content = Map::new();
    let body = response.body.as_ref();
    content.insert("size".to_owned(), body.map_or(0, |body| size(&body.data)).into());
    content.insert("mimeType".to_owned(), header("content-type").into());
    if let Some(body) = body {
        content.insert("text".to_owned(), body.data.clone().into());
        if body.kind == "binary" {
            content.insert("encoding".to_owned(), "base64".into());
        }
    }
    json!({
        "status": response.status.unwrap_or(0),
        "statusText": response.status_text,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": response.headers.iter().map(|h| pair(&h.name, &h.value)).collect::<Vec<_>>(),
        "content": content,
        "redirectURL": header("location"),
        "headersSize": -1,
        "bodySize": -1,
    })
}
