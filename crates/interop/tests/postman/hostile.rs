//! Broken and hostile files: an error with its place, or a collection, and never a panic.

use errand_interop::{Error, Source, import, postman};
use errand_model::Item;
use serde_json::{Value, json};

use super::support::{corpus, files, read, read_value, write};

/// How long lists are made: what grows with the square shows with an optimised build.
const MANY: usize = if cfg!(debug_assertions) { 1_000 } else { 100_000 };

#[test]
fn a_file_cut_anywhere_is_an_error_with_its_place() {
    let Some(folder) = corpus() else { return };
    let mut tried = 0;
    for (name, bytes) in files(&folder) {
        if bytes.len() > 60_000 || read(&name, &bytes).is_err() {
            continue;
        }
        let step = (bytes.len() / 40).max(1);
        for end in (0..bytes.len().saturating_sub(2)).step_by(step) {
            tried += 1;
            match read(&name, &bytes[..end]) {
                Err(Error::Syntax { line, column, file, .. }) => {
                    assert!(line >= 1 && column < 2_000_000 && file == name);
                }
                Err(_) => {}
                // Blanks behind the end are no loss.
                Ok(_) => {
                    assert!(bytes[end..].iter().all(u8::is_ascii_whitespace), "{name} at {end}");
                }
            }
        }
    }
    assert!(tried > 1_000, "only {tried}");
}

/// Replaces each value in turn by something of another kind.
#[test]
fn any_part_may_be_of_the_wrong_kind() {
    let Some(folder) = corpus() else { return };
    let odd = [
        json!(null),
        json!(7),
        json!(true),
        json!("{{"),
        json!([]),
        json!({}),
        json!([1, null, "x", [], {}]),
    ];
    let mut tried = 0;
    for name in [
        "schemas-v2.1.0/request.json",
        "postman-to-k6__format-v1.json",
        "newman-integration/inherited-entities/inherited-entities.postman_collection.json",
        "schemas-v2.1.0/reqBodyContentType.json",
        "ATAC__test.postman_environment.json",
        "insomnia-importer__postman-export-oauth2-v2_1-input.json",
    ] {
        let text = std::fs::read_to_string(folder.join(name)).expect("a file");
        let document: Value = serde_json::from_str(&text).expect("JSON");
        let mut paths = Vec::new();
        pointers(&document, String::new(), &mut paths);
        for (at, path) in paths.iter().enumerate() {
            // Each place gets two kinds, and each kind comes to all sorts of places.
            for other in odd.iter().cycle().skip(at).step_by(3).take(2) {
                let mut changed = document.clone();
                *changed.pointer_mut(path).expect("a place") = other.clone();
                tried += 1;
                if let Ok(found) = read(name, changed.to_string().as_bytes()) {
                    postman::export(&found.collection).expect("it is exported");
                }
            }
        }
    }
    assert!(tried > 1_000, "only {tried}");
}

fn pointers(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                pointers(value, format!("{path}/{at}"), found);
            }
        }
        Value::Object(object) => {
            for (key, value) in object {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(value, format!("{path}/{key}"), found);
            }
        }
        _ => {}
    }
    found.push(path);
}

#[test]
fn names_stay_names() {
    let names = [
        "../x",
        "/etc/x",
        "CON",
        "a\u{0}b",
        "\u{202e}x",
        "__proto__",
        "constructor",
        "<img src=x>",
    ];
    let long = "n".repeat(300);
    let items: Vec<Value> = names.iter().copied().chain([long.as_str()]).map(|name| {
        json!({"name": name, "request": {"url": "http://h", "header": [{"key": name, "value": name}]}})
    }).collect();
    let found = read_value(&json!({"info": {"name": "../../x"}, "item": items}));
    for (item, name) in found.collection.items.iter().zip(names) {
        let Item::Request(item) = item else { panic!("it is a request") };
        assert_eq!(
            (item.request.name.as_str(), item.request.headers[0].name.as_str()),
            (name, name)
        );
    }
    let mut collection = found.collection.clone();
    collection.environments = ["../e", "..\\e", "E", "e", "", &long]
        .into_iter()
        .map(|name| {
            let mut item = errand_model::ItemEnvironment::default();
            name.clone_into(&mut item.environment.name);
            item
        })
        .collect();
    let files = postman::export(&collection).expect("it is exported").files;
    let mut names: Vec<_> = files.iter().map(|(name, _)| name.to_lowercase()).collect();
    assert!(
        names
            .iter()
            .all(|name| !name.contains(['/', '\\']) && !name.starts_with('.') && name.len() < 200),
        "{names:?}"
    );
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 7);
}

#[test]
fn depth_cycles_and_sizes_are_bounded() {
    let deep = |open: &str, close: &str| {
        format!(
            "{{\"info\":{{\"name\":\"a\"}},\"item\":{}{}}}",
            open.repeat(100_000),
            close.repeat(100_000)
        )
    };
    let cycle = json!({"id": "c", "name": "c", "order": [], "folders_order": ["a"], "requests": [],
        "folders": [{"id": "a", "name": "a", "folders_order": ["b"]}, {"id": "b", "name": "b", "folders_order": ["a"]}]});
    let chain: Vec<Value> = (0..100_000)
        .map(|n| json!({"id": n.to_string(), "name": "f", "folders_order": [(n + 1).to_string()]}))
        .collect();
    let chain = json!({"id": "c", "name": "c", "order": [], "folders_order": ["0"], "requests": [], "folders": chain});
    let rows: Vec<Value> =
        (0..MANY).map(|n| json!({"key": format!("{{{{{n}&"), "value": "{{&"})).collect();
    let many = json!({"info": {"name": "a"}, "item": [{"name": "r", "request": {
        "url": {"host": ["h"], "query": rows}, "header": rows, "auth": {"type": "oauth2", "oauth2": rows}},
        "response": (0..MANY).map(|n| json!({"name": n.to_string(), "cookie": [1]})).collect::<Vec<_>>()}]});
    let braces =
        json!({"info": {"name": "a"}, "item": [{"name": "r", "request": "{{".repeat(200_000)}]});
    for (name, text, fails) in [
        ("lists", deep("[", "]"), true),
        ("folders", deep("[{\"item\":", "}]"), true),
        ("cycle", cycle.to_string(), false),
        ("chain", chain.to_string(), true),
        ("many", many.to_string(), false),
        ("braces", braces.to_string(), false),
    ] {
        let found = import(&Source::file("a.json", text.into_bytes()), None);
        assert_eq!(found.is_err(), fails, "{name}: {:?}", found.err());
        if let Ok(found) = found {
            write(&found);
        }
    }
    let mut yaml = Source::default();
    let path = "f/".repeat(200);
    yaml = yaml
        .with(format!("{path}a.request.yaml"), b"$kind: http-request\nurl: http://h\n".to_vec());
    yaml = yaml.with(".resources/definition.yaml", b"$kind: collection\n".to_vec());
    assert!(import(&yaml, None).is_err());
}

#[test]
fn secrets_without_a_field_are_in_no_file() {
    let secret = "s3cr3t-canary";
    let found = read_value(&json!({"info": {"name": "a"},
        "variable": [{"key": "v", "value": secret, "type": "secret"}],
        "item": [{"name": "r", "request": {
            "method": "GET", "url": "http://h",
            "auth": {"type": "oauth2", "oauth2": [
                {"key": "accessToken", "value": secret, "type": "string"},
                {"key": "authUrl", "value": "http://h/a", "type": "string"}]},
            "certificate": {"passphrase": secret, "key": {"src": "k"}, "cert": {"src": "c"}, "matches": ["https://h/*"]}},
            "response": [{"name": "e", "originalRequest": {"url": "http://h", "auth": {"type": "basic", "basic": [
                {"key": "password", "value": secret}]}}}]}]}));
    let kept =
        |extensions: &errand_model::Extensions| serde_json::to_string(extensions).expect("JSON");
    let Item::Request(item) = &found.collection.items[0] else { panic!("it is a request") };
    assert!(!kept(&item.extensions).contains(secret), "{}", kept(&item.extensions));
    assert!(!kept(&found.collection.extensions).contains(secret));
    assert!(!serde_json::to_string(&found.receipt).expect("JSON").contains(secret));
    assert_eq!(found.collection.root.defaults.variables[0].value, secret);
    let written = write(&found).remove(0).1;
    assert_eq!(written["variable"][0]["value"], json!(""));
    assert!(!written.to_string().contains(secret), "{written}");
}
