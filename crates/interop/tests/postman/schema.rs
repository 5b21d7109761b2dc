//! Exports are valid against the schemas Postman publishes.

use std::fs;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::support::{corpus, files, forget, read, read_value, write};

/// Types of auth that Postman writes and its schema does not list.
const NEWER: &[&str] = &["jwt", "asap"];

fn validator(version: &str) -> Option<Validator> {
    let path = corpus()?.join(format!("postman-collection-v{version}.schema.json"));
    let schema: Value = serde_json::from_slice(&fs::read(path).expect("the schema")).expect("JSON");
    Some(jsonschema::validator_for(&schema).expect("a schema"))
}

#[test]
fn every_export_is_valid() {
    let (Some(folder), Some(validator)) = (corpus(), validator("2.1.0")) else { return };
    let (mut valid, mut wrong) = (0, Vec::new());
    for (name, bytes) in files(&folder) {
        let Ok(mut import) = read(&name, &bytes) else { continue };
        if import.collection.items.is_empty() {
            continue;
        }
        let with_original = write(&import).remove(0).1;
        forget(&mut import.collection);
        let alone = write(&import).remove(0).1;
        let newer =
            NEWER.iter().any(|kind| alone.to_string().contains(&format!("\"type\":\"{kind}\"")));
        for error in validator.iter_errors(&alone).take(2).filter(|_| !newer) {
            wrong.push(format!("{name}: {error} at {}", error.instance_path()));
        }
        valid += 1;
        // An original that is not valid comes back as it was.
        let text = String::from_utf8_lossy(&bytes);
        let original = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}'));
        let Ok(original) = original else { continue };
        let was_valid = original.pointer("/info/schema").is_some_and(|schema| {
            schema.as_str().is_some_and(|schema| schema.contains("v2.1"))
                && validator.is_valid(&original)
        });
        if was_valid && !validator.is_valid(&with_original) {
            wrong.push(format!("{name} was valid and is not"));
        }
    }
    assert!(wrong.is_empty(), "{valid} were looked at\n{}", wrong.join("\n"));
    assert!(valid >= 90, "only {valid} exports");
}

#[test]
fn every_auth_is_written_and_read_again() {
    let Some(validator) = validator("2.1.0") else { return };
    for auth in errand_model::Auth::blanks() {
        let mut import = read_value(&json!({
            "info": {"name": "a"}, "item": [{"name": "r", "request": {"url": "http://h"}}]
        }));
        import.collection.root.defaults.auth = auth.clone();
        forget(&mut import.collection);
        let written = write(&import).remove(0).1;
        if !NEWER.contains(&auth.scheme()) {
            let error = validator.iter_errors(&written).next().map(|error| error.to_string());
            assert_eq!(error, None, "{auth:?}");
        }
        let again = read_value(&written).collection.root.defaults.auth;
        match auth.scheme() {
            "negotiate" | "wsse" | "netrc" => assert_eq!(again, errand_model::Auth::None),
            scheme => assert_eq!(again.scheme(), scheme),
        }
    }
}
