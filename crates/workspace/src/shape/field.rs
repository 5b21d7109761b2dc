//! Single values under a key.

use crate::yaml::{Data, Fault, Node, NodeKind};

/// The text under a key; any scalar is text here, and none is the empty text.
pub(super) fn text(node: &Node, key: &str) -> Result<String, Fault> {
    node.get(key).map_or(Ok(String::new()), |value| scalar(value, key))
}

pub(super) fn scalar(node: &Node, what: &str) -> Result<String, Fault> {
    match &node.resolved().kind {
        NodeKind::Scalar { value: Data::Null, .. } => Ok(String::new()),
        NodeKind::Scalar { text, .. } => Ok(text.clone()),
        _ => Err(node.fault(format!("{what:?} must be text here, not a list or a map."))),
    }
}

/// A description or documentation: text, nothing, or `{content, type}`.
pub(super) fn prose(node: &Node, key: &str) -> Result<String, Fault> {
    match node.get(key) {
        Some(value) if value.get("content").is_some() => text(value, "content"),
        Some(value) => scalar(value, key),
        None => Ok(String::new()),
    }
}

pub(super) fn is_true(node: &Node, key: &str) -> Result<bool, Fault> {
    let Some(value) = node.get(key) else { return Ok(false) };
    match &value.resolved().kind {
        NodeKind::Scalar { value: Data::Bool(yes), .. } => Ok(*yes),
        NodeKind::Scalar { value: Data::Null, .. } => Ok(false),
        NodeKind::Scalar { text, .. } if text == "true" || text == "false" => Ok(text == "true"),
        _ => Err(value.fault(format!("{key:?} must be true or false."))),
    }
}

pub(super) fn number(node: &Node, key: &str) -> Result<Option<f64>, Fault> {
    let Some(value) = node.get(key).filter(|n| !n.is_null()) else { return Ok(None) };
    let text = scalar(value, key)?;
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Some(number)),
        _ => Err(value.fault(format!("{key:?} must be a number, not {text:?}."))),
    }
}

/// A map, or nothing; anything else is a fault.
pub(super) fn map<'a>(node: &'a Node, key: &str) -> Result<Option<&'a Node>, Fault> {
    match node.get(key) {
        Some(value) if value.is_null() => Ok(None),
        Some(value) if matches!(value.resolved().kind, NodeKind::Map { .. }) => Ok(Some(value)),
        Some(value) => Err(value.fault(format!("{key:?} must be a map of keys and values."))),
        None => Ok(None),
    }
}

/// The items of a list; none when the key is absent or null.
pub(super) fn list<'a>(node: &'a Node, key: &str) -> Result<Vec<&'a Node>, Fault> {
    match node.get(key) {
        Some(value) if value.is_null() => Ok(Vec::new()),
        Some(value) => match &value.resolved().kind {
            NodeKind::List { items, .. } => Ok(items.iter().map(|i| &i.node).collect()),
            _ => Err(value.fault(format!(
                "{key:?} must be a list, each item on a line that begins with \"- \"."
            ))),
        },
        None => Ok(Vec::new()),
    }
}

/// Sets text that changed; an optional text that became empty loses its key.
pub(super) fn put_text(
    data: &mut Data,
    key: &str,
    old: Option<&str>,
    new: &str,
    required: bool,
    order: &[&str],
) {
    if old == Some(new) && (!required || data.get(key).is_some()) {
        return;
    }
    if new.is_empty() && !required {
        if old.is_some() {
            data.remove(key);
        }
    } else {
        data.put(key, Data::text(new), order);
    }
}

/// Sets a description or documentation in the form that it has.
pub(super) fn put_prose(data: &mut Data, key: &str, old: Option<&str>, new: &str, order: &[&str]) {
    if old.unwrap_or_default() == new {
        return;
    }
    if data.get(key).is_some_and(|d| d.get("content").is_some()) && !new.is_empty() {
        data.edit(key, order, |inner| inner.put("content", Data::text(new), &[]));
    } else {
        put_text(data, key, old, new, false, order);
    }
}

/// `disabled: true`, which is left out for what is enabled.
pub(super) fn put_enabled(data: &mut Data, old: Option<bool>, new: bool, order: &[&str]) {
    if old.unwrap_or(true) == new {
        return;
    }
    if new {
        data.remove("disabled");
    } else {
        data.put("disabled", Data::Bool(true), order);
    }
}

pub(super) fn put_seq(info: &mut Data, old: Option<f64>, new: Option<f64>, order: &[&str]) {
    if old == new {
        return;
    }
    match new {
        Some(number) => info.put("seq", Data::Number(format!("{number}")), order),
        None => {
            info.remove("seq");
        }
    }
}
