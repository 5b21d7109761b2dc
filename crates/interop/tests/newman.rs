//! newman sends the same with our exports as with the originals.

#[path = "newman/echo.rs"]
mod echo;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use echo::{Arrived, Echo};
use errand_interop::{Format, Source, import, postman};
use errand_model::{Collection, Item};
use regex::Regex;
use serde_json::{Value, json};

/// Collections that make something new with every run: random values, signatures of the time.
const FRESH: &[&str] =
    &["distinct-random-int", "dynamic-var-replacement", "multi-value-data", "helper"];

#[test]
fn newman_sends_the_same() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/postman");
    let Some(newman) = newman() else { return };
    if !corpus.is_dir() {
        eprintln!("SKIPPED: the corpus is not at {}", corpus.display());
        return;
    }
    let server = Echo::start();
    let folder = tempfile::tempdir().expect("a folder");
    let mut runs = Vec::new();
    let (mut names, mut equal) = (Vec::new(), 0);
    for path in collections(&corpus) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a text");
        let mut original: Value =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("JSON");
        point_at(&mut original, &server);
        let source = Source::file(name.clone(), original.to_string().into_bytes());
        let read = import(&source, Some(Format::Postman)).expect("it is imported").collection;
        let mut bare = read.clone();
        forget(&mut bare);
        let beside = |kind: &str| companion(&path, kind, folder.path(), &server);
        let (environment, globals) = (beside("environment"), beside("globals"));
        let export = exported(&read);
        let same = serde_json::from_slice::<Value>(&export).ok().as_ref() == Some(&original);
        equal += usize::from(same);
        for (kind, document) in [
            ("original", Some(original.to_string().into_bytes())),
            // Of an equal document newman would send the same anyway.
            ("export", Some(export).filter(|_| !same)),
            ("fresh", Some(exported(&bare))),
        ] {
            let Some(document) = document else { continue };
            let file = folder.path().join(format!("{name}.{kind}.json"));
            fs::write(&file, document).expect("a file");
            runs.push(json!({
                "name": format!("{name}:{kind}"), "collection": file, "folder": folder.path(),
                "environment": environment, "globals": globals,
            }));
        }
        names.push(name);
    }
    files(&corpus, folder.path());
    let list = folder.path().join("runs.json");
    let what = json!({"server": server.url(), "runs": runs});
    fs::write(&list, what.to_string()).expect("a file");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/newman/run.cjs");
    let mut node = Command::new("node");
    let node = node.arg(script).arg(&newman).arg(&list).current_dir(&folder);
    let ended = node.output().expect("node runs");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{said}");
    let arrived = server.arrived();
    let mut differing = Vec::new();
    let mut compared = 0;
    for name in &names {
        let of = |kind: &str| {
            let empty: &[Arrived] = &[];
            arrived.get(&format!("{name}:{kind}")).map_or(empty, Vec::as_slice)
        };
        let original = of("original");
        compared += original.len();
        for kind in ["export", "fresh"] {
            let run = arrived.contains_key(&format!("{name}:{kind}")) || kind == "fresh";
            if let Some(what) = difference(original, of(kind)).filter(|_| run) {
                differing.push(format!("{name} {kind}: {what}"));
            }
        }
    }
    assert!(differing.is_empty(), "{said}\n{}", differing.join("\n"));
    assert!(compared >= 80, "only {compared} requests came from the originals\n{said}");
    println!("{compared} requests of {} collections; {equal} exports are equal", names.len());
}

/// The folder with newman in its `node_modules`.
fn newman() -> Option<PathBuf> {
    let this = std::env::current_exe().ok()?;
    let found = this.ancestors().map(|above| above.join("counterparts/node"));
    let found = found.into_iter().find(|folder| folder.join("node_modules/newman").is_dir());
    if found.is_none() {
        eprintln!("SKIPPED: newman is not there; .ci/counterparts installs it");
    }
    found
}

fn collections(corpus: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![corpus.join("newman-integration")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".postman_collection.json")
                && !name.contains("-v1.")
                && !FRESH.iter().any(|fresh| name.contains(fresh))
            {
                found.push(path);
            }
        }
    }
    let others = [
        "codegen/basicCollection.json",
        "codegen/sameNameHeadersCollection.json",
        "insomnia-importer__complex-v2_1-input.json",
        "insomnia-importer__complex-url-v2_1-input.json",
        "insomnia-importer__basic-auth-v2_1-input.json",
        "postman-to-k6__body-form.json",
        "postman-to-k6__format-v2.1.json",
        "postman-to-k6__graphql-body-var.json",
        "postman-to-k6__hackernews.json",
        "postman-to-k6__tree.json",
        "schemas-v2.1.0/apikeyAuthTest.json",
        "schemas-v2.1.0/httpMethods.json",
        "schemas-v2.1.0/reqBodyContentType.json",
        "schemas-v2.1.0/reqBodyGraphQL.json",
        "bruno__postman-v21.json",
        "realworld__Conduit.postman_collection.json",
    ];
    found.extend(others.map(|name| corpus.join(name)));
    found.sort();
    found
}

/// An environment or globals beside a collection.
fn companion(path: &Path, kind: &str, folder: &Path, server: &Echo) -> Option<PathBuf> {
    let name = path
        .file_name()?
        .to_string_lossy()
        .replace("postman_collection", &format!("postman_{kind}"));
    let beside = path.with_file_name(&name);
    if beside == path || !beside.is_file() {
        return None;
    }
    let text = fs::read_to_string(beside).ok()?;
    let mut document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    if document.is_array() {
        document = json!({"values": document});
    }
    point_at(&mut document, server);
    let file = folder.join(name);
    fs::write(&file, document.to_string()).expect("a file");
    Some(file)
}

/// Files that bodies are made of, where the collections look for them.
fn files(corpus: &Path, folder: &Path) {
    for file in ["tc4/upload-file.json", "custom-http-method/upload-file.csv"] {
        let to = folder.join("test/integration").join(file);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(corpus.join("newman-integration").join(file), to).expect("a copy");
    }
}

/// All hosts become the server's.
fn point_at(value: &mut Value, server: &Echo) {
    let host = Regex::new(
        r"(?:https?://)?\b(?:[a-z0-9-]+\.)*(?:postman-echo|getpostman|httpbin|mockbin|firebaseio|example|usebruno|realworld|postman|insomnia|google|github|mock\.pstmn)\.(?:com|org|io|net|rest|dev)\b(?::\d+)?",
    )
    .expect("a pattern");
    walk(value, &host, server);
}

fn walk(value: &mut Value, host: &Regex, server: &Echo) {
    match value {
        Value::String(text) if !text.contains("schema.getpostman.com") => {
            *text = host.replace_all(text, server.url().as_str()).into_owned();
        }
        Value::Array(list) => list.iter_mut().for_each(|value| walk(value, host, server)),
        Value::Object(object) => {
            let literal = object.get("host").and_then(Value::as_array).is_some_and(|parts| {
                parts.iter().all(|part| part.as_str().is_some_and(|part| !part.contains("{{")))
            });
            if literal && (object.contains_key("raw") || object.contains_key("path")) {
                object.insert("protocol".to_owned(), json!("http"));
                object.insert("host".to_owned(), json!(["127", "0", "0", "1"]));
                object.insert("port".to_owned(), json!(server.port().to_string()));
            }
            object.values_mut().for_each(|value| walk(value, host, server));
        }
        _ => {}
    }
}

fn exported(collection: &Collection) -> Vec<u8> {
    postman::export(collection).expect("it is exported").files.remove(0).1
}

/// Takes away all that is kept of the original: the export is made of the model alone.
fn forget(collection: &mut Collection) {
    collection.extensions.clear();
    forget_items(&mut collection.items);
}

fn forget_items(items: &mut [Item]) {
    for item in items {
        match item {
            Item::Request(request) => request.extensions.clear(),
            Item::Folder(folder) => {
                folder.extensions.clear();
                forget_items(&mut folder.items);
            }
            Item::Other(_) => {}
        }
    }
}

fn difference(original: &[Arrived], other: &[Arrived]) -> Option<String> {
    if original.len() != other.len() {
        return Some(format!("{} requests instead of {}", other.len(), original.len()));
    }
    let pairs = original.iter().zip(other);
    let found = pairs.into_iter().find(|(a, b)| a != b);
    found.map(|(a, b)| format!("\n  {b:?}\n  instead of\n  {a:?}"))
}
