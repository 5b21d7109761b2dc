//! What the tests of this folder share.

use std::fs;
use std::path::{Path, PathBuf};

use errand_interop::{Format, Import, Source, import, postman};
use errand_model::{Collection, Item};
use serde_json::Value;

/// The corpus of Postman, if it is there.
pub fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/postman");
    if !folder.is_dir() {
        eprintln!("SKIPPED: the corpus is not at {}", folder.display());
        return None;
    }
    Some(folder)
}

/// Every JSON file of it: name and bytes.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let name = path.strip_prefix(folder).expect("inside").display().to_string();
                found.push((name, fs::read(&path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

pub fn read(name: &str, bytes: &[u8]) -> Result<Import, errand_interop::Error> {
    import(&Source::file(name, bytes), Some(Format::Postman))
}

pub fn read_value(value: &Value) -> Import {
    read("a.json", value.to_string().as_bytes()).expect("it is imported")
}

/// The documents of an export, by the kind in their names.
pub fn write(import: &Import) -> Vec<(String, Value)> {
    let exported = postman::export(&import.collection).expect("it is exported");
    let documents = exported
        .files
        .into_iter()
        .map(|(name, bytes)| (name, serde_json::from_slice(&bytes).expect("an export is JSON")));
    documents.collect()
}

/// Equal, whatever the order of keys; the first place where they differ otherwise.
pub fn differing(a: &Value, b: &Value, path: &str) -> Option<String> {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = a.keys().chain(b.keys());
            keys.into_iter().find_map(|key| match (a.get(key), b.get(key)) {
                (Some(a), Some(b)) => differing(a, b, &format!("{path}.{key}")),
                (a, b) => Some(format!("{path}.{key}: {a:?} instead of {b:?}")),
            })
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            let pairs = x.iter().zip(y).enumerate();
            pairs.into_iter().find_map(|(at, (x, y))| differing(x, y, &format!("{path}[{at}]")))
        }
        (a, b) => (a != b).then(|| format!("{path}: {a} instead of {b}")),
    }
}

/// Takes away all that is kept of the original: the export is made of the model alone.
pub fn forget(collection: &mut Collection) {
    collection.extensions.clear();
    for environment in &mut collection.environments {
        environment.extensions.clear();
    }
    forget_items(&mut collection.items);
}

fn forget_items(items: &mut Vec<Item>) {
    items.retain(|item| !matches!(item, Item::Other(_)));
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
