//! What the specification has no room for: the top-level key `extensions`, then `errand`.

use errand_model::{Body, Extensions, Variable};
use serde_json::Value;

use super::field;
use crate::yaml::{Data, Node, NodeKind};

/// What stands under `errand` because some field of the model is there; the rest of it is handed
/// on like what other tools say.
const OWN: &[&str] = &[
    "id",
    "auth",
    "settings",
    "secrets",
    "sources",
    "globals",
    "globalSources",
    "body",
    "responseHeaders",
];

pub(super) fn node(file: &Node) -> Option<&Node> {
    file.get("extensions")?.get("errand")
}

pub(super) fn text(file: &Node, key: &str) -> Option<String> {
    field::text(node(file)?, key).ok().filter(|t| !t.is_empty())
}

/// The id that a workspace carries with it (`extensions.errand.id`).
pub(crate) fn workspace_id(file: &Node) -> Option<String> {
    text(file, "id")
}

pub(super) fn edit(file: &mut Data, order: &[&str], change: impl FnOnce(&mut Data)) {
    file.edit("extensions", order, |extensions| extensions.edit("errand", &[], change));
}

/// Names of variables that are secret where the specification knows only plain ones.
pub(super) fn secrets(file: &Node) -> Vec<String> {
    let Some(errand) = node(file) else { return Vec::new() };
    let names = field::list(errand, "secrets").unwrap_or_default();
    names.into_iter().filter_map(|n| field::scalar(n, "secret").ok()).collect()
}

pub(super) fn write_secrets(
    file: &mut Data,
    source: Option<&Node>,
    variables: &[Variable],
    order: &[&str],
) {
    let names: Vec<&str> = variables.iter().filter(|v| v.secret).map(|v| v.name.as_str()).collect();
    let before = source.map(secrets).unwrap_or_default();
    let mut sorted = names.clone();
    let mut known: Vec<&str> = before.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    known.sort_unstable();
    if sorted == known {
        return;
    }
    edit(file, order, |errand| {
        if names.is_empty() {
            errand.remove("secrets");
        } else {
            errand.put("secrets", Data::List(names.into_iter().map(Data::text).collect()), &[]);
        }
    });
}

/// Body variants stay in the file when no body is to be sent; this says so.
pub(super) fn write_body_none(file: &mut Data, new: &Body, order: &[&str]) {
    let has_variants = matches!(file.get("http").and_then(|h| h.get("body")), Some(Data::List(_)));
    let none = *new == Body::None && has_variants;
    edit(file, order, |errand| {
        if none {
            errand.put("body", Data::text("none"), &[]);
        } else {
            errand.remove("body");
        }
    });
}

/// What other tools say, by tool, and under `errand` what is no field of the model.
pub(super) fn others(file: &Node) -> Extensions {
    let mut found = Extensions::new();
    let Some(NodeKind::Map { entries, .. }) =
        file.get("extensions").map(|node| &node.resolved().kind)
    else {
        return found;
    };
    for entry in entries {
        let mut value = entry.value.data().to_json();
        if entry.name == "errand" {
            let Value::Object(errand) = &mut value else { continue };
            errand.retain(|key, _| !OWN.contains(&key.as_str()));
            if errand.is_empty() {
                continue;
            }
        }
        found.insert(entry.name.clone(), value);
    }
    found
}

/// Sets what differs between what `source` holds and `new`.
pub(super) fn write_others(
    file: &mut Data,
    source: Option<&Node>,
    new: &Extensions,
    order: &[&str],
) {
    let old = source.map(others).unwrap_or_default();
    if old == *new {
        return;
    }
    file.edit("extensions", order, |extensions| {
        for key in old.keys().filter(|key| *key != "errand" && !new.contains_key(*key)) {
            extensions.remove(key);
        }
        for (key, value) in new.iter().filter(|(key, _)| *key != "errand") {
            if old.get(key) != Some(value) {
                extensions.put(key, Data::of_json(value), &[]);
            }
        }
        let own = |all: &Extensions| match all.get("errand") {
            Some(Value::Object(errand)) => errand.clone(),
            _ => Extensions::new(),
        };
        let (before, after) = (own(&old), own(new));
        extensions.edit("errand", &[], |errand| {
            for key in before.keys().filter(|key| !after.contains_key(*key)) {
                errand.remove(key);
            }
            for (key, value) in after.iter().filter(|(key, _)| !OWN.contains(&key.as_str())) {
                if before.get(key) != Some(value) {
                    errand.put(key, Data::of_json(value), &[]);
                }
            }
        });
    });
}
