//! What of a source is Postman's, by content.

use std::collections::BTreeSet;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::{Entry, Source};

/// Longest file that is looked at as a whole, in bytes.
const WHOLE: u64 = 64 << 20;

/// What a JSON document of Postman is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Version 2.0 or 2.1, maybe inside `{"collection": …}`.
    Collection,
    /// Version 1.
    Version1,
    /// An environment or globals.
    Values,
    /// Globals of old: a list of variables.
    List,
    /// All of a workspace or account.
    Dump,
}

/// Whether Postman wrote it, or someone who follows it.
pub(crate) fn recognises(source: &Source) -> bool {
    if let Some(entry) = source.single() {
        return kind(entry).is_some() || is_version3(entry);
    }
    let of_others = |entry: &Entry| {
        matches!(entry.name(), "bruno.json" | "opencollection.yml" | "collection.bru")
    };
    !source.entries.iter().any(of_others)
        && source.entries.iter().any(|entry| kind(entry).is_some() || is_version3(entry))
}

/// A file of a version 3 folder.
pub(super) fn is_version3(entry: &Entry) -> bool {
    let path = entry.path.to_ascii_lowercase();
    let named = [".request", ".example", "definition"].iter().any(|stem| {
        path.ends_with(&format!("{stem}.yaml")) || path.ends_with(&format!("{stem}.yml"))
    });
    named
        && entry.head(4096).is_ok_and(|head| {
            String::from_utf8_lossy(&head).lines().any(|line| line.starts_with("$kind:"))
        })
}

/// What a file is; none when it is not Postman's.
pub(super) fn kind(entry: &Entry) -> Option<Kind> {
    let head = entry.head(1024).ok()?;
    let head = head.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(&head);
    let wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
    if !wide && !matches!(first, Some(b'{' | b'[')) || entry.len() > WHOLE {
        return None;
    }
    let text = entry.text().ok()?;
    if text.trim_start().starts_with('[') {
        return list(&text);
    }
    match serde_json::from_str::<Keys>(&text) {
        Ok(keys) => by_keys(&keys, &text),
        // Broken, but clearly one of them.
        Err(_) => text.contains("schema.getpostman.com/json/").then_some(Kind::Collection),
    }
}

fn by_keys(keys: &Keys, text: &str) -> Option<Kind> {
    let has = |key: &str| keys.0.contains(key);
    if has("openapi") || has("swagger") || has("v") || has("resources") || has("client") {
        return None;
    }
    if has("item") && (has("info") || has("name")) {
        return Some(Kind::Collection);
    }
    if has("info") && text.contains("schema.getpostman.com/json/collection") {
        return Some(Kind::Collection);
    }
    if has("collection")
        && keys.0.len() <= 2
        && text.contains("\"item\"")
        && text.contains("\"info\"")
    {
        return Some(Kind::Collection);
    }
    if has("requests") && (has("order") || has("folders_order")) {
        return Some(Kind::Version1);
    }
    if has("collections") && has("environments") && (has("version") || has("globals")) {
        return Some(Kind::Dump);
    }
    (has("values") && (has("name") || keys.0.len() == 1) || has("_postman_variable_scope"))
        .then_some(Kind::Values)
}

/// A list of variables, each with key, value and whether it is on.
fn list(text: &str) -> Option<Kind> {
    if !text.contains("\"enabled\"") || text.len() > 4 << 20 {
        return None;
    }
    let rows: Vec<Value> = serde_json::from_str(text).ok()?;
    let row = |row: &Value| ["key", "value", "enabled"].iter().all(|key| row.get(key).is_some());
    (!rows.is_empty() && rows.iter().all(row)).then_some(Kind::List)
}

/// The names of an object's members, without what they hold.
struct Keys(BTreeSet<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Self(BTreeSet::new()))
    }
}

impl<'de> Visitor<'de> for Keys {
    type Value = Self;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some((key, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
            self.0.insert(key);
        }
        Ok(self)
    }
}
