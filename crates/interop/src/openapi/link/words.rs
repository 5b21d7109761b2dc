//! What is different between two versions of an operation, in words.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::document::{Operation, entries, text, yes};
use super::super::parameter;
use super::super::sample::View;
use super::Comparison;

static NOTHING: Value = Value::Null;

/// Keys that are compared in words of their own, or say nothing about requests.
const KNOWN: &[&str] = &[
    "summary",
    "description",
    "operationId",
    "deprecated",
    "parameters",
    "requestBody",
    "responses",
];

/// What changed; nothing when both mean the same.
pub(super) fn differences<'d>(
    comparison: &mut Comparison<'d>,
    old: Operation<'d>,
    new: Operation<'d>,
) -> Vec<String> {
    let mut words = Vec::new();
    if old.path != new.path {
        words.push(format!("path {} is now {}", old.path, new.path));
    }
    if !old.method.eq_ignore_ascii_case(new.method) {
        let [old, new] = [old.method, new.method].map(str::to_ascii_uppercase);
        words.push(format!("method {old} is now {new}"));
    }
    if text(old.value, "summary") != text(new.value, "summary") {
        words.push(format!("name is now {:?}", text(new.value, "summary")));
    }
    if text(old.value, "description") != text(new.value, "description") {
        words.push("description".to_owned());
    }
    match (yes(old.value, "deprecated"), yes(new.value, "deprecated")) {
        (false, true) => words.push("now deprecated".to_owned()),
        (true, false) => words.push("no longer deprecated".to_owned()),
        _ => {}
    }
    parameters(comparison, old, new, &mut words);
    body(comparison, old.value, new.value, &mut words);
    responses(comparison, old.value, new.value, &mut words);
    others(comparison, old, new, &mut words);
    words
}

fn parameters<'d>(
    comparison: &mut Comparison<'d>,
    old: Operation<'d>,
    new: Operation<'d>,
    words: &mut Vec<String>,
) {
    let was = parameter::all(comparison.old, old);
    let is = parameter::all(comparison.new, new);
    let called = |one: &Value| format!("{} parameter {}", text(one, "in"), text(one, "name"));
    let twin = |one: &Value, all: &[&'d Value]| {
        all.iter().copied().find(|other| called(other) == called(one))
    };
    for one in &is {
        let name = called(one);
        let Some(before) = twin(one, &was) else {
            let needed = if yes(one, "required") { "required " } else { "" };
            words.push(format!("new {needed}{name}"));
            continue;
        };
        match (yes(before, "required"), yes(one, "required")) {
            (false, true) => words.push(format!("{name} is now required")),
            (true, false) => words.push(format!("{name} is now optional")),
            _ => {}
        }
        let part = |value: &'d Value, key: &str| value.get(key).unwrap_or(&NOTHING);
        if !comparison.same(part(before, "schema"), part(one, "schema")) {
            words.push(format!("{name} has another type or other values"));
        } else if text(before, "description") != text(one, "description") {
            words.push(format!("description of {name}"));
        } else if ["example", "examples", "style", "explode", "content", "deprecated"]
            .iter()
            .any(|key| !comparison.same(part(before, key), part(one, key)))
        {
            words.push(format!("{name} has changed"));
        }
    }
    let gone = was.iter().filter(|one| twin(one, &is).is_none());
    words.extend(gone.map(|one| format!("{} is gone", called(one))));
}

fn body<'d>(
    comparison: &mut Comparison<'d>,
    old: &'d Value,
    new: &'d Value,
    words: &mut Vec<String>,
) {
    let (was, is) =
        (comparison.old.get(old, "requestBody"), comparison.new.get(new, "requestBody"));
    match (was.is_null(), is.is_null()) {
        (true, true) => return,
        (true, false) => return words.push("new body".to_owned()),
        (false, true) => return words.push("body is gone".to_owned()),
        (false, false) => {}
    }
    if comparison.same(was, is) {
        return;
    }
    let before = words.len();
    let (old_types, new_types) = (types(was), types(is));
    words.extend(new_types.difference(&old_types).map(|kind| format!("body may be {kind}")));
    words.extend(old_types.difference(&new_types).map(|kind| format!("body is no longer {kind}")));
    if let Some(kind) = new_types.intersection(&old_types).next() {
        let schema = |body: &'d Value| {
            body.get("content")
                .and_then(|content| content.get(kind.as_str())?.get("schema"))
                .unwrap_or(&NOTHING)
        };
        properties(comparison, schema(was), schema(is), words);
    }
    if words.len() == before {
        words.push("body has changed".to_owned());
    }
}

fn types(body: &Value) -> BTreeSet<String> {
    body.get("content").into_iter().flat_map(entries).map(|one| one.0.clone()).collect()
}

fn properties<'d>(
    comparison: &mut Comparison<'d>,
    old: &'d Value,
    new: &'d Value,
    words: &mut Vec<String>,
) {
    let (was, is) = (View::of(comparison.old, old), View::of(comparison.new, new));
    let (before, now) = (was.properties(), is.properties());
    let (needed_before, needed) = (was.required(), is.required());
    for (name, schema) in &now {
        let required = needed.contains(name.as_str());
        match before.iter().find(|one| one.0 == *name) {
            None if required => words.push(format!("new required body property {name}")),
            None => words.push(format!("new body property {name}")),
            Some(_) if required && !needed_before.contains(name.as_str()) => {
                words.push(format!("body property {name} is now required"));
            }
            Some((_, earlier)) if !comparison.same(earlier, schema) => {
                words.push(format!("body property {name} has changed"));
            }
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|one| !now.iter().any(|other| other.0 == one.0));
    words.extend(gone.map(|(name, _)| format!("body property {name} is gone")));
}

fn responses<'d>(
    comparison: &mut Comparison<'d>,
    old: &'d Value,
    new: &'d Value,
    words: &mut Vec<String>,
) {
    let of = |value: &'d Value| value.get("responses").unwrap_or(&NOTHING);
    let (was, is) = (of(old), of(new));
    for (status, response) in entries(is) {
        match was.get(status) {
            None => words.push(format!("new response {status}")),
            Some(before) if !comparison.same(before, response) => {
                words.push(format!("response {status} has changed"));
            }
            Some(_) => {}
        }
    }
    let gone = entries(was).filter(|(status, _)| is.get(status.as_str()).is_none());
    words.extend(gone.map(|(status, _)| format!("response {status} is gone")));
}

/// Security, servers, tags, callbacks and what else there may be.
fn others<'d>(
    comparison: &mut Comparison<'d>,
    old: Operation<'d>,
    new: Operation<'d>,
    words: &mut Vec<String>,
) {
    let keys: BTreeSet<&String> =
        entries(old.value).chain(entries(new.value)).map(|one| one.0).collect();
    for key in keys {
        if KNOWN.contains(&key.as_str()) || key.starts_with("x-") {
            continue;
        }
        let part = |value: &'d Value| value.get(key).unwrap_or(&NOTHING);
        if !comparison.same(part(old.value), part(new.value)) {
            words.push(format!("other {}", if key == "externalDocs" { "links" } else { key }));
        }
    }
    let of_path = |one: Operation<'d>| one.item.get("servers").unwrap_or(&NOTHING);
    if !comparison.same(of_path(old), of_path(new)) {
        words.push("other servers of the path".to_owned());
    }
}
