//! What of an entry Errand has no field for, kept for the way back.
//!
//! Names and values of headers, cookies, queries and forms are never kept a second time: they may be
//! secret, and what the user makes of the first copy would not reach the other.

use errand_model::{ItemRequest, Request};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::export;
use super::request::pairs;
use crate::{Receipt, keepsake};

/// Keys of `postData` that say no more than its text or params.
const POST: &[&str] = &["mimeType", "text", "params", "comment", "size", "stored"];

/// A request as it is exported.
pub(super) fn request(request: &Request) -> Value {
    export::request(request, &request.headers, &mut Receipt::default())
}

/// What turns the exported entry of an item into the original, as far as it may be kept.
pub(super) fn entry(item: &ItemRequest, mut original: Value, notes: &mut Receipt) -> Option<Value> {
    let mut made = export::entry(request(&item.request), item.examples.first());
    let mut kept = Map::new();
    if let Some(theirs) = original.get_mut("request") {
        if let Some(dropped) = take_dropped(&made["request"], theirs) {
            kept.insert("of".to_owned(), digest(&made["request"]).into());
            kept.insert("headers".to_owned(), dropped);
        }
        if raw_query(theirs) {
            kept.insert("query".to_owned(), "raw".into());
            made["request"]["queryString"] = raw_pairs(&made["request"]);
        }
        align_request(&made["request"], theirs, notes);
    }
    if let Some(theirs) = original.get_mut("response") {
        align_response(&made["response"], theirs, notes);
    }
    if let Some(difference) = keepsake::difference(&made, &original) {
        kept.insert("entry".to_owned(), difference);
    }
    (!kept.is_empty()).then(|| Value::Object(kept))
}

/// The entry as it was, as far as it was not changed since.
pub(super) fn restore(entry: &mut Value, kept: &Value) {
    let same = kept["of"].as_str() == Some(&digest(&entry["request"]));
    if kept["query"] == "raw" {
        entry["request"]["queryString"] = raw_pairs(&entry["request"]);
    }
    keepsake::restore(entry, &kept["entry"]);
    let headers = entry.get_mut("request").and_then(|request| request.get_mut("headers"));
    let Some(headers) = headers.and_then(Value::as_array_mut) else { return };
    for dropped in kept["headers"].as_array().into_iter().flatten().filter(|_| same) {
        let at = dropped["at"].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
        if at <= headers.len() {
            headers.insert(at, dropped["header"].clone());
        }
    }
}

/// The fields of the log, as what they change in an exported one.
pub(super) fn log(fields: &Map<String, Value>) -> Option<Value> {
    if fields.is_empty() {
        return None;
    }
    keepsake::difference(&export::log(), &Value::Object(fields.clone()))
}

fn digest(request: &Value) -> String {
    let hash = Sha256::digest(request.to_string());
    hash.iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Takes the headers away that the model does not have, such as `:method`, and says where they were.
fn take_dropped(made: &Value, original: &mut Value) -> Option<Value> {
    let ours = made["headers"].as_array()?;
    let theirs = original.get_mut("headers")?.as_array_mut()?;
    let mut next = ours.iter().peekable();
    let (mut rest, mut dropped) = (Vec::new(), Vec::new());
    for (at, header) in std::mem::take(theirs).into_iter().enumerate() {
        let equal = next
            .peek()
            .is_some_and(|own| own["name"] == header["name"] && own["value"] == header["value"]);
        if equal {
            next.next();
            rest.push(header);
        } else {
            dropped.push(json!({ "at": at, "header": header }));
        }
    }
    *theirs = rest;
    // A secret one is in the model, or this would keep a second copy of it.
    dropped.retain(|dropped| {
        let name = dropped["header"]["name"].as_str().unwrap_or_default().to_ascii_lowercase();
        name.starts_with(':')
            || ["host", "content-length", "transfer-encoding"].contains(&name.as_str())
            || name == "content-type"
    });
    (!dropped.is_empty()).then_some(Value::Array(dropped))
}

/// Whether the query is listed as it is in the URL, where that is not how it reads.
fn raw_query(original: &Value) -> bool {
    let raw = raw_pairs(original);
    let (raw, theirs) = (pairs(Some(&raw)), pairs(original.get("queryString")));
    raw == theirs && raw.iter().any(|(name, value)| format!("{name}{value}").contains(['%', '+']))
}

/// The pairs of the URL's query, not decoded.
fn raw_pairs(request: &Value) -> Value {
    let url = request["url"].as_str().unwrap_or_default();
    let rows = crate::curl::url::params(url).into_iter();
    rows.map(|row| json!({ "name": row.name, "value": row.value })).collect()
}

fn align_request(made: &Value, original: &mut Value, notes: &mut Receipt) {
    let Some(theirs) = original.as_object_mut() else { return };
    for (key, note) in [
        ("headers", "written anew"),
        ("cookies", "the Cookie header says the same"),
        ("queryString", "the URL says the same"),
    ] {
        align_list(&made[key], theirs, key, note, notes);
    }
    if theirs.contains_key("url") && theirs["url"] != made["url"] {
        theirs.insert("url".to_owned(), made["url"].clone());
    }
    if let Some(post) = theirs.get_mut("postData").and_then(Value::as_object_mut) {
        let ours = &made["postData"];
        align_list(&ours["params"], post, "params", "the body says the same", notes);
        if post.get("text").is_some_and(|text| *text != "" && *text != ours["text"]) {
            post.remove("text");
            post.extend(ours.get("text").map(|text| ("text".to_owned(), text.clone())));
        }
        let unknown: Vec<String> = post.keys().filter(|key| unknown_key(key)).cloned().collect();
        if !unknown.is_empty() {
            post.retain(|key, _| !unknown_key(key));
            let shown = unknown.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            notes.not_carried(format!("postData: {shown}"), "HAR 1.2 has no such fields");
        }
    }
}

fn unknown_key(key: &str) -> bool {
    !POST.contains(&key) && !key.starts_with('_')
}

/// Puts our list where theirs has other names or values, unless it is empty.
fn align_list(
    made: &Value,
    theirs: &mut Map<String, Value>,
    key: &str,
    note: &str,
    notes: &mut Receipt,
) {
    let Some(list) = theirs.get(key) else { return };
    let same = list.as_array().is_some_and(Vec::is_empty)
        || list.as_array().map(Vec::len) == made.as_array().map(Vec::len)
            && pairs(Some(list)) == pairs(Some(made));
    if same {
        return;
    }
    if made.is_null() {
        theirs.shift_remove(key);
    } else {
        theirs.insert(key.to_owned(), made.clone());
    }
    notes.converted(key, note);
}

fn align_response(made: &Value, original: &mut Value, notes: &mut Receipt) {
    let Some(theirs) = original.as_object_mut() else { return };
    align_list(&made["headers"], theirs, "headers", "of the response, written anew", notes);
    align_list(
        &made["cookies"],
        theirs,
        "cookies",
        "of the response; Set-Cookie says the same",
        notes,
    );
    let Some(content) = theirs.get_mut("content").and_then(Value::as_object_mut) else { return };
    if content.get("text") != made["content"].get("text") {
        content.shift_remove("text");
        content.shift_remove("encoding");
        content.extend(made["content"].get("text").map(|text| ("text".to_owned(), text.clone())));
    }
}
