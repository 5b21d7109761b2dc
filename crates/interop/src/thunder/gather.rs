//! Collections, requests and environments of a source.

use serde_json::Value;

use super::rows::text;
use crate::{Entry, Error, Source, json};

/// What is looked at to tell what a file is, in bytes.
const HEAD: u64 = 64 << 10;

/// What the files of a source hold.
#[derive(Default)]
pub(super) struct Gathered {
    pub collections: Vec<Value>,
    /// Requests in a file of their own.
    pub requests: Vec<Value>,
    pub environments: Vec<Value>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Collection,
    Request,
    Environment,
}

/// Exports, or the files of a project's `thunder-tests` folder.
pub(crate) fn recognises(source: &Source) -> bool {
    source.entries.iter().any(looks_like_ours)
}

fn looks_like_ours(entry: &Entry) -> bool {
    if !matches!(entry.extension().as_str(), "" | "json" | "txt") {
        return false;
    }
    let bytes = entry.head(HEAD).unwrap_or_default();
    let head = String::from_utf8_lossy(&bytes);
    if !head.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
        return false;
    }
    let has = |key: &str| head.contains(&format!("\"{key}\""));
    has("Thunder Client")
        || (has("colName") && has("_id"))
        || (has("colId") && has("containerId"))
        || (has("_id") && has("sortNum") && has("default") && has("data") && !has("_postman_id"))
}

/// All that a source holds.
pub(super) fn gather(source: &Source) -> Result<Gathered, Error> {
    let mut found = Gathered::default();
    for entry in &source.entries {
        if source.single().is_none() && !looks_like_ours(entry) {
            continue;
        }
        let value = json(entry)?;
        let wrong = |place: String| Error::Wrong {
            file: entry.path.clone(),
            place,
            what: "A collection, request or environment of Thunder Client is expected here"
                .to_owned(),
        };
        match value {
            Value::Array(list) => {
                for (at, value) in list.into_iter().enumerate() {
                    found.add(value).ok_or_else(|| wrong(format!("[{at}]")))?;
                }
            }
            value => found.add(value).ok_or_else(|| wrong(String::new()))?,
        }
    }
    Ok(found)
}

impl Gathered {
    fn add(&mut self, value: Value) -> Option<()> {
        match kind(&value)? {
            Kind::Collection => self.collections.push(value),
            Kind::Request => self.requests.push(value),
            Kind::Environment => self.environments.push(value),
        }
        Some(())
    }
}

fn kind(value: &Value) -> Option<Kind> {
    let has = |key: &str| value.get(key).is_some();
    if has("colName") || has("collectionName") || has("requests") {
        return Some(Kind::Collection);
    }
    if has("url") && (has("colId") || has("method")) {
        return Some(Kind::Request);
    }
    if has("environmentName") || (has("data") && has("name")) || has("variables") {
        return Some(Kind::Environment);
    }
    // The default environment of a project may be empty.
    (has("name") && has("_id") && !text(value, "name").is_empty()).then_some(Kind::Environment)
}
