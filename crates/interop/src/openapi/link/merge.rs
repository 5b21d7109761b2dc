//! Three versions of a request into one: what the import made, what the user made of it, and what
//! the import makes now.

use std::collections::HashMap;

use errand_model::{Example, Param, Request};
use serde_json::{Map, Value};

use super::super::operation::with_query;

/// The user's request with what changed between `was` and `is`.
pub(super) fn requests(was: &Request, mine: &Request, is: &Request) -> Request {
    let [base, own, new] = [was, mine, is].map(|one| serde_json::to_value(one).unwrap_or_default());
    let Ok(mut merged) = serde_json::from_value::<Request>(merge(&base, &own, &new)) else {
        return mine.clone();
    };
    let front = front(&was.url, &mine.url, &is.url);
    let same_rows = |a: &[Param], b: &[Param]| {
        let shown = |rows: &[Param]| with_query("", rows);
        shown(a) == shown(b)
    };
    merged.url = if same_rows(&merged.params, &mine.params) {
        let query = mine.url.find(['?', '#']).map_or("", |at| &mine.url[at..]);
        format!("{front}{query}")
    } else {
        with_query(&front, &merged.params)
    };
    merged
}

/// The saved examples, by name.
pub(super) fn examples(was: &[Example], mine: &[Example], is: &[Example]) -> Vec<Example> {
    let [base, own, new] = [was, mine, is].map(|one| serde_json::to_value(one).unwrap_or_default());
    serde_json::from_value(merge(&base, &own, &new)).unwrap_or_else(|_| mine.to_vec())
}

/// The address up to its query: a path that changed is changed in an edited address too, where it
/// is still at its end.
fn front(was: &str, mine: &str, is: &str) -> String {
    let [was, mine, is] =
        [was, mine, is].map(|url| url.split(['?', '#']).next().unwrap_or_default());
    if mine == was {
        return is.to_owned();
    }
    let path = |url: &str| url.find("}}").map_or(0, |at| at + 2);
    let (old, new) = (&was[path(was)..], &is[path(is)..]);
    match mine.strip_suffix(old) {
        Some(before) if !old.is_empty() => format!("{before}{new}"),
        _ => mine.to_owned(),
    }
}

fn merge(was: &Value, mine: &Value, is: &Value) -> Value {
    if mine == was {
        return is.clone();
    }
    if is == was || mine == is {
        return mine.clone();
    }
    match (was, mine, is) {
        (Value::Object(was), Value::Object(mine), Value::Object(is)) => {
            // Of another kind, such as another auth: there is nothing to merge.
            let kind = |one: &Map<String, Value>| one.get("type").cloned();
            if kind(was) != kind(mine) || kind(was) != kind(is) {
                return Value::Object(mine.clone());
            }
            Value::Object(objects(was, mine, is))
        }
        (Value::Array(was), Value::Array(mine), Value::Array(is)) => rows(was, mine, is),
        (Value::String(was), Value::String(mine), Value::String(is)) => {
            Value::String(bodies(was, mine, is).unwrap_or_else(|| mine.clone()))
        }
        _ => mine.clone(),
    }
}

fn objects(
    was: &Map<String, Value>,
    mine: &Map<String, Value>,
    is: &Map<String, Value>,
) -> Map<String, Value> {
    let mut merged = Map::new();
    for (key, own) in mine {
        match (was.get(key), is.get(key)) {
            (Some(was), Some(is)) => merged.insert(key.clone(), merge(was, own, is)),
            // It is gone from the description, and nobody has touched it.
            (Some(was), None) if was == own => None,
            _ => merged.insert(key.clone(), own.clone()),
        };
    }
    for (key, new) in is {
        if !mine.contains_key(key) && !was.contains_key(key) {
            merged.insert(key.clone(), new.clone());
        }
    }
    merged
}

/// Rows by kind and name, the second of a name apart from the first. Other lists are the user's.
fn rows(was: &[Value], mine: &[Value], is: &[Value]) -> Value {
    let (Some(before), Some(own), Some(now)) = (keyed(was), keyed(mine), keyed(is)) else {
        return Value::Array(mine.to_vec());
    };
    let mut merged = Vec::new();
    for (key, row) in own.iter().zip(mine) {
        let find = |keys: &[(String, usize)], rows: &[Value]| {
            keys.iter().position(|one| one == key).map(|at| rows[at].clone())
        };
        match (find(&before, was), find(&now, is)) {
            (Some(was), Some(is)) => merged.push(merge(&was, row, &is)),
            (Some(was), None) if was == *row => {}
            _ => merged.push(row.clone()),
        }
    }
    for (key, row) in now.iter().zip(is) {
        if !own.contains(key) && !before.contains(key) {
            merged.push(row.clone());
        }
    }
    Value::Array(merged)
}

fn keyed(rows: &[Value]) -> Option<Vec<(String, usize)>> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    rows.iter()
        .map(|row| {
            let name = row.get("name")?.as_str()?.to_ascii_lowercase();
            let kind = row.get("kind").and_then(Value::as_str).unwrap_or_default();
            let key = format!("{kind} {name}");
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            Some((key, *count))
        })
        .collect()
}

/// JSON bodies by their properties; none when one of them is no JSON object.
fn bodies(was: &str, mine: &str, is: &str) -> Option<String> {
    let object = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    let merged = objects(&object(was)?, &object(mine)?, &object(is)?);
    serde_json::to_string_pretty(&merged).ok()
}
