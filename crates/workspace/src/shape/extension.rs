//! What the specification has no room for: the top-level key `extensions`, then `errand`.

use errand_model::{Body, Variable};

use super::field;
use crate::yaml::{Data, Node};

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
