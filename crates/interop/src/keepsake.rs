//! What an exporter would not give back, kept from the import for it.
//!
//! An importer writes its fresh model as a document of the same format and keeps the difference to
//! the original ([`difference`]) under `extensions`. A later export applies it ([`restore`]): what
//! the user has not touched comes out as it came in, and what was edited since stays edited, because
//! each change names what it replaces and is left out where that is no longer there.
//!
//! A difference is one of
//! - `{"in": {key: difference, …}, "more": {key: value, …}, "gone": [key, …]}` for objects,
//! - `{"at": {index: difference, …}}` for lists of equal length,
//! - `{"was": digest, "is": value}` for anything else.
//!
//! "more" holds what the made document lacks, "gone" what it has beyond the original.

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// What turns `made` into `original`; none when they are equal, whatever the order of keys.
pub fn difference(made: &Value, original: &Value) -> Option<Value> {
    match (made, original) {
        (made, original) if same(made, original) => None,
        (Value::Object(made), Value::Object(original)) => {
            let mut inner = Map::new();
            let mut more = Map::new();
            for (key, value) in original {
                match made.get(key) {
                    Some(ours) => {
                        inner.extend(difference(ours, value).map(|found| (key.clone(), found)));
                    }
                    None => {
                        more.insert(key.clone(), value.clone());
                    }
                }
            }
            let gone: Vec<_> = made.keys().filter(|key| !original.contains_key(*key)).collect();
            let mut found = Map::new();
            if !inner.is_empty() {
                found.insert("in".to_owned(), Value::Object(inner));
            }
            if !more.is_empty() {
                found.insert("more".to_owned(), Value::Object(more));
            }
            if !gone.is_empty() {
                found.insert("gone".to_owned(), json!(gone));
            }
            Some(Value::Object(found))
        }
        (Value::Array(made), Value::Array(original)) if made.len() == original.len() => {
            let pairs = made.iter().zip(original).enumerate();
            let inner: Map<_, _> = pairs
                .filter_map(|(at, (ours, theirs))| {
                    Some((at.to_string(), difference(ours, theirs)?))
                })
                .collect();
            Some(json!({ "at": inner }))
        }
        _ => Some(json!({ "was": digest(made), "is": original })),
    }
}

/// Turns what is made now into what the original was, as far as nobody changed it since.
pub fn restore(made: &mut Value, kept: &Value) {
    let Some(kept) = kept.as_object() else { return };
    if let (Some(was), Some(is)) = (kept.get("was"), kept.get("is")) {
        if was.as_str() == Some(&digest(made)) {
            is.clone_into(made);
        }
        return;
    }
    if let (Value::Array(list), Some(Value::Object(inner))) = (&mut *made, kept.get("at")) {
        for (at, change) in inner {
            if let Some(value) = at.parse::<usize>().ok().and_then(|at| list.get_mut(at)) {
                restore(value, change);
            }
        }
    }
    let Value::Object(object) = made else { return };
    for (key, change) in kept.get("in").and_then(Value::as_object).into_iter().flatten() {
        if let Some(value) = object.get_mut(key) {
            restore(value, change);
        }
    }
    for (key, value) in kept.get("more").and_then(Value::as_object).into_iter().flatten() {
        object.entry(key).or_insert_with(|| value.clone());
    }
    for key in kept.get("gone").and_then(Value::as_array).into_iter().flatten() {
        if let Some(key) = key.as_str() {
            object.shift_remove(key);
        }
    }
}

/// Equal, whatever the order of keys, and however a number is written.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (a, b) => a == b,
    }
}

/// Tells one value from others without saying what it is.
fn digest(value: &Value) -> String {
    let hash = Sha256::digest(sorted(value).to_string());
    hash.iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut keys: Vec<_> = object.keys().collect();
            keys.sort();
            keys.into_iter().map(|key| (key.clone(), sorted(&object[key]))).collect()
        }
        Value::Array(list) => list.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_original_comes_back() {
        let original = json!({
            "name": "a", "id": "7", "list": [{"k": 1, "x": true}, 2], "short": [1, 2, 3], "text": "t"
        });
        let made = json!({
            "text": {"raw": "t"}, "name": "a", "list": [{"k": 1}, 2], "short": [1, 2], "extra": 0
        });
        let kept = difference(&made, &original).expect("they differ");
        let mut again = made.clone();
        restore(&mut again, &kept);
        assert!(same(&again, &original), "{again}");
        assert_eq!(difference(&again, &original), None);
    }

    #[test]
    fn what_was_edited_since_stays_edited() {
        let kept = difference(
            &json!({"url": "a", "list": [1]}),
            &json!({"url": {"raw": "a"}, "list": [1, 2]}),
        );
        let mut edited = json!({"url": "b", "list": [1], "new": 1});
        restore(&mut edited, &kept.expect("they differ"));
        assert_eq!(edited, json!({"url": "b", "list": [1, 2], "new": 1}));
    }

    #[test]
    fn order_of_keys_is_no_difference() {
        assert_eq!(difference(&json!({"a": 1, "b": 2}), &json!({"b": 2, "a": 1})), None);
    }
}
