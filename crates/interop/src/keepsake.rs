//! What an exporter would not give back, kept from the import for it.
//!
//! An importer writes its fresh model as a document of the same format and keeps the difference to
//! the original ([`difference`]) under `extensions`. A later export applies it ([`restore`]): what
//! the user has not touched comes out as it came in, and what was edited since stays edited, because
//! each change names what it replaces and is left out where that is no longer there.
//!
//! A difference is one of
//! - `{"in": {key: difference, …}, "more": {key: value, …}, "gone": {key: digest, …}}` for objects,
//! - `{"by": member, "rows": {row: difference, …}, "more": {row: value, …}, "gone": {row: digest, …},
//!   "order": {"was": digest, "is": [row, …]}}` for lists of objects that are told apart by a member
//!   such as `key`,
//! - `{"at": {index: difference, …}}` for other lists of equal length,
//! - `{"was": digest, "is": value}` for anything else.
//!
//! "more" holds what the made document lacks, "gone" what it has beyond the original.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// Members that tell the rows of a list apart, the surest first.
const NAMES: &[&str] = &["key", "name", "listen", "id"];

/// What turns `made` into `original`; none when they are equal, whatever the order of keys.
pub fn difference(made: &Value, original: &Value) -> Option<Value> {
    match (made, original) {
        (Value::Object(made), Value::Object(original)) => of_objects(made, original),
        (Value::Array(ours), Value::Array(theirs)) => {
            if same(made, original) {
                return None;
            }
            let inner = of_rows(ours, theirs).or_else(|| of_lists(ours, theirs));
            Some(inner.unwrap_or_else(|| replaced(made, original)))
        }
        _ => (made != original).then(|| replaced(made, original)),
    }
}

fn replaced(made: &Value, original: &Value) -> Value {
    json!({ "was": digest(made), "is": original })
}

fn of_objects(made: &Map<String, Value>, original: &Map<String, Value>) -> Option<Value> {
    let (mut inner, mut more, mut gone) = (Map::new(), Map::new(), Map::new());
    for (key, value) in original {
        match made.get(key) {
            Some(ours) => inner.extend(difference(ours, value).map(|found| (key.clone(), found))),
            None => {
                more.insert(key.clone(), value.clone());
            }
        }
    }
    // As many as there are in both: nothing is beyond the original.
    if made.len() + more.len() > original.len() {
        let beyond = made.iter().filter(|(key, _)| !original.contains_key(*key));
        gone.extend(beyond.map(|(key, value)| (key.clone(), Value::String(digest(value)))));
    }
    let found = filled([("in", inner), ("more", more), ("gone", gone)]);
    (!found.is_empty()).then_some(Value::Object(found))
}

fn of_lists(made: &[Value], original: &[Value]) -> Option<Value> {
    if made.len() != original.len() {
        return None;
    }
    let pairs = made.iter().zip(original).enumerate();
    let inner: Map<_, _> = pairs
        .filter_map(|(at, (ours, theirs))| Some((at.to_string(), difference(ours, theirs)?)))
        .collect();
    Some(json!({ "at": inner }))
}

/// Rows are compared by name, so that one that is moved, added or taken away leaves the others alone.
fn of_rows(made: &[Value], original: &[Value]) -> Option<Value> {
    let (by, ours, theirs) =
        NAMES.iter().find_map(|by| Some((*by, rows(made, by)?, rows(original, by)?)))?;
    let place: HashMap<&str, usize> =
        ours.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let (mut inner, mut more, mut gone) = (Map::new(), Map::new(), Map::new());
    for (name, value) in theirs.iter().zip(original) {
        match place.get(name.as_str()) {
            Some(&at) => {
                inner.extend(difference(&made[at], value).map(|found| (name.clone(), found)));
            }
            None => {
                more.insert(name.clone(), value.clone());
            }
        }
    }
    let there: HashSet<&str> = theirs.iter().map(String::as_str).collect();
    let mut order = Vec::new();
    for (name, value) in ours.iter().zip(made) {
        if there.contains(name.as_str()) {
            order.push(name.clone());
        } else {
            gone.insert(name.clone(), Value::String(digest(value)));
        }
    }
    order.extend(more.keys().cloned());
    let mut found = filled([("rows", inner), ("more", more), ("gone", gone)]);
    found.insert("by".to_owned(), json!(by));
    if order != theirs {
        found.insert("order".to_owned(), json!({ "was": digest(&json!(order)), "is": theirs }));
    }
    Some(Value::Object(found))
}

fn filled<const N: usize>(parts: [(&str, Map<String, Value>); N]) -> Map<String, Value> {
    let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
    parts.map(|(name, part)| (name.to_owned(), Value::Object(part))).collect()
}

/// The names of a list's rows; none when some have none. Further ones of a name are counted.
fn rows(list: &[Value], by: &str) -> Option<Vec<String>> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let names: Vec<String> = list
        .iter()
        .map(|row| {
            let name = row.as_object()?.get(by)?.as_str()?;
            let count = seen.entry(name).or_default();
            *count += 1;
            Some(if *count == 1 { name.to_owned() } else { format!("{name} #{count}") })
        })
        .collect::<Option<_>>()?;
    let distinct: HashSet<&String> = names.iter().collect();
    (distinct.len() == names.len()).then_some(names)
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
    match made {
        Value::Array(list) => match kept.get("by").and_then(Value::as_str) {
            Some(by) => restore_rows(list, by, kept),
            None => {
                for (at, change) in part(kept, "at") {
                    if let Some(value) = at.parse::<usize>().ok().and_then(|at| list.get_mut(at)) {
                        restore(value, change);
                    }
                }
            }
        },
        Value::Object(object) => {
            for (key, change) in part(kept, "in") {
                if let Some(value) = object.get_mut(key) {
                    restore(value, change);
                }
            }
            for (key, value) in part(kept, "more") {
                object.entry(key).or_insert_with(|| value.clone());
            }
            for (key, was) in part(kept, "gone") {
                if object.get(key).is_some_and(|value| was.as_str() == Some(&digest(value))) {
                    object.shift_remove(key);
                }
            }
        }
        _ => {}
    }
}

fn restore_rows(list: &mut Vec<Value>, by: &str, kept: &Map<String, Value>) {
    let Some(ids) = rows(list, by) else { return };
    let mut named: Vec<(String, Value)> = ids.into_iter().zip(std::mem::take(list)).collect();
    let changes = kept.get("rows").and_then(Value::as_object);
    let gone = kept.get("gone").and_then(Value::as_object);
    named.retain_mut(|(name, value)| {
        if let Some(change) = changes.and_then(|changes| changes.get(name)) {
            restore(value, change);
        }
        let was = gone.and_then(|gone| gone.get(name)).and_then(Value::as_str);
        was.is_none_or(|was| was != digest(value))
    });
    let there: HashSet<String> = named.iter().map(|(name, _)| name.clone()).collect();
    let more = part(kept, "more").filter(|(name, _)| !there.contains(*name));
    named.extend(more.map(|(name, value)| (name.clone(), value.clone())));
    if let Some(order) = kept.get("order") {
        let now: Vec<&String> = named.iter().map(|(name, _)| name).collect();
        let was = order.get("was").and_then(Value::as_str);
        if was == Some(&digest(&json!(now))) {
            let is = order.get("is").and_then(Value::as_array).into_iter().flatten();
            let place: HashMap<&str, usize> =
                is.enumerate().filter_map(|(at, name)| Some((name.as_str()?, at))).collect();
            named.sort_by_key(|(name, _)| place.get(name.as_str()).copied());
        }
    }
    list.extend(named.into_iter().map(|(_, value)| value));
}

fn part<'a>(
    kept: &'a Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    kept.get(name).and_then(Value::as_object).into_iter().flatten()
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
pub fn digest(value: &Value) -> String {
    let mut hash = Sha256::new();
    feed(value, &mut hash);
    hash.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
        text
    })
}

/// The value with its keys in order, each part with its kind and length before it.
fn feed(value: &Value, hash: &mut Sha256) {
    let mut part = |kind: u8, text: &str| {
        hash.update([kind]);
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    match value {
        Value::Null => part(b'n', ""),
        Value::Bool(on) => part(b'b', if *on { "1" } else { "" }),
        Value::Number(number) => part(b'd', &number.to_string()),
        Value::String(text) => part(b's', text),
        Value::Array(list) => {
            hash.update([b'l']);
            hash.update((list.len() as u64).to_le_bytes());
            for value in list {
                feed(value, hash);
            }
        }
        Value::Object(object) => {
            hash.update([b'o']);
            hash.update((object.len() as u64).to_le_bytes());
            let mut members: Vec<_> = object.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            for (key, value) in members {
                hash.update((key.len() as u64).to_le_bytes());
                hash.update(key);
                feed(value, hash);
            }
        }
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
    fn rows_are_known_by_their_names() {
        let original = json!([
            {"key": "b", "value": "2", "type": "x"}, {"key": "off"}, {"key": "a", "value": "1"},
            {"key": "b", "value": "3"}
        ]);
        let made = json!([
            {"key": "a", "value": "1"}, {"key": "b", "value": "2"}, {"key": "own"},
            {"key": "b", "value": "3"}
        ]);
        let kept = difference(&made, &original).expect("they differ");
        assert!(!kept.to_string().contains("\"2\""), "what is carried is not kept too: {kept}");
        let mut again = made.clone();
        restore(&mut again, &kept);
        assert_eq!(again, original);
        let mut edited = json!([{"key": "b", "value": "9"}, {"key": "own", "value": "7"}]);
        restore(&mut edited, &kept);
        let expected = json!([
            {"key": "b", "value": "9", "type": "x"}, {"key": "own", "value": "7"}, {"key": "off"}
        ]);
        assert_eq!(edited, expected);
    }

    #[test]
    fn what_was_left_out_and_is_written_now_stays() {
        let kept = difference(&json!({"header": []}), &json!({})).expect("they differ");
        let mut edited = json!({"header": [{"key": "a"}]});
        restore(&mut edited, &kept);
        assert_eq!(edited, json!({"header": [{"key": "a"}]}));
    }

    #[test]
    fn order_of_keys_is_no_difference() {
        assert_eq!(difference(&json!({"a": 1, "b": 2}), &json!({"b": 2, "a": 1})), None);
    }
}
