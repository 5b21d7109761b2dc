//! Environments and globals.

use errand_model::VariableType;
use serde_json::{Value, json};

use super::support::{corpus, differing, files, read, read_value, write};

#[test]
fn an_environment_comes_back_without_its_secrets() {
    let original = json!({
        "id": "1", "name": "Dev", "color": "#ff0000",
        "values": [
            {"key": "a", "value": "1", "type": "default", "enabled": true},
            {"key": "s", "value": "s3cret", "type": "secret", "enabled": true},
            {"key": "off", "value": 7, "type": "any", "enabled": false}
        ],
        "_postman_variable_scope": "environment", "_postman_exported_using": "Postman/12"
    });
    let found = read_value(&original);
    let item = &found.collection.environments[0];
    let [a, secret, off] = item.environment.variables.as_slice() else { panic!("three variables") };
    assert_eq!((a.value.as_str(), a.enabled, a.secret), ("1", true, false));
    assert_eq!((secret.value.as_str(), secret.secret), ("s3cret", true));
    assert_eq!((off.value.as_str(), off.enabled, off.kind), ("7", false, VariableType::Number));
    assert!(!serde_json::to_string(&item.extensions).expect("JSON").contains("s3cret"));
    let (name, written) = write(&found).remove(1);
    assert_eq!(name, "Dev.postman_environment.json");
    let mut expected = original;
    expected["values"][1]["value"] = json!("");
    assert_eq!(differing(&written, &expected, ""), None);
}

#[test]
fn environments_of_the_corpus_come_back() {
    let Some(folder) = corpus() else { return };
    let mut compared = 0;
    for (name, bytes) in files(&folder).into_iter().filter(|(name, _)| name.contains("env")) {
        let Ok(found) = read(&name, &bytes) else { continue };
        if found.collection.environments.is_empty() {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        let mut original: Value =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("JSON");
        for row in original["values"].as_array_mut().expect("a list") {
            if row["type"] == "secret" {
                row["value"] = json!("");
            }
        }
        let written = write(&found).remove(1).1;
        assert_eq!(differing(&written, &original, ""), None, "{name}");
        compared += 1;
    }
    assert!(compared >= 6, "only {compared}");
}

#[test]
fn globals_have_a_file_of_their_own() {
    let original = json!({
        "id": "g", "name": "My globals", "values": [{"key": "a", "value": "1", "enabled": true}],
        "_postman_variable_scope": "globals"
    });
    let found = read_value(&original);
    assert_eq!(found.collection.root.globals[0].name, "a");
    let (name, written) = write(&found).remove(1);
    assert!(name.ends_with(".postman_globals.json"), "{name}");
    assert_eq!(written["values"], original["values"]);
    assert_eq!(written["_postman_variable_scope"], original["_postman_variable_scope"]);
}
