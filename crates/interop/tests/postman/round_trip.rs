//! Import and export of the same format give an equal document.

use serde_json::{Value, json};

use super::support::{corpus, differing, files, read, read_value, write};

/// The original, as version 2.1, with what is secret and has no field taken out.
fn expected(bytes: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    let mut document: Value = serde_json::from_str(text).ok()?;
    if let Some(inner) = document.get_mut("collection") {
        document = inner.take();
    }
    let schema = document.pointer("/info/schema").and_then(Value::as_str).unwrap_or_default();
    let old = schema.contains("v2.0");
    withhold(&mut document, false);
    (document.get("item").is_some() && !old).then_some(document)
}

/// A token that is kept beside the way to get one, and a passphrase of a request, have no field here:
/// they are in no file.
fn withhold(value: &mut Value, is_oauth2: bool) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| withhold(value, is_oauth2)),
        Value::Object(object) => {
            let literal = |value: &Value| value.as_str().is_some_and(|text| !text.contains("{{"));
            let token = is_oauth2
                && matches!(
                    object.get("key").and_then(Value::as_str),
                    Some("accessToken" | "refreshToken")
                );
            for (name, value) in object.iter_mut() {
                if (token && name == "value" || name == "passphrase") && literal(value) {
                    *value = json!("");
                }
                withhold(value, name == "oauth2");
            }
        }
        _ => {}
    }
}

#[test]
fn every_collection_of_the_corpus_comes_back() {
    let Some(folder) = corpus() else { return };
    let (mut equal, mut failed) = (0, Vec::new());
    for (name, bytes) in files(&folder) {
        let (Ok(import), Some(original)) = (read(&name, &bytes), expected(&bytes)) else {
            continue;
        };
        let written = write(&import).remove(0).1;
        match differing(&written, &original, "") {
            None => equal += 1,
            Some(place) => failed.push(format!("{name} {place}")),
        }
    }
    assert!(failed.is_empty(), "{equal} are equal, but\n{}", failed.join("\n"));
    assert!(equal >= 50, "only {equal} were compared");
}

#[test]
fn what_was_edited_stays_edited() {
    let import = read_value(&json!({
        "info": {"name": "a", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{"id": "1", "name": "r", "request": {
            "method": "POST", "url": "http://h/a?b=1",
            "header": [{"key": "A", "value": "1", "type": "text"}, {"key": "B", "value": "2", "type": "text"}],
            "body": {"mode": "raw", "raw": "x", "options": {"raw": {"language": "html"}}}
        }}]
    }));
    let mut import = import;
    let errand_model::Item::Request(item) = &mut import.collection.items[0] else {
        panic!("it is a request")
    };
    item.request.url = "http://h/c".to_owned();
    item.request.params.clear();
    item.request.headers.remove(0);
    item.request.method = "PUT".to_owned();
    let written = write(&import).remove(0).1;
    let request = &written["item"][0]["request"];
    assert_eq!(written["item"][0]["id"], json!("1"));
    assert_eq!(request["method"], json!("PUT"));
    assert_eq!(request["url"]["raw"], json!("http://h/c"));
    assert_eq!(request["header"], json!([{"key": "B", "value": "2", "type": "text"}]));
    assert_eq!(request["body"]["options"]["raw"]["language"], json!("html"));
}
