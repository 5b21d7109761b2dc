//! Documents of before 1.0: an item's name, type and request stand side by side at its top.
//!
//! They are read as what 1.0 makes of them; the document of each is kept under
//! `opencollection.draft` in its extensions and comes back where nothing of it was changed.

use errand_model::{Extensions, ItemFolder};
use serde_json::{Map, Value};

use crate::shape::{self, Place};
use crate::yaml::{Data, Node};

const TOOL: &str = "opencollection";
const DRAFT: &str = "draft";
/// What of a document stands elsewhere in a collection.
pub(super) const ELSEWHERE: &[&str] = &["items"];
pub(super) const ROOT_ELSEWHERE: &[&str] = &["items", "environments"];

const INFO: &[&str] = &["name", "description", "type", "seq", "tags"];
const HTTP: &[&str] = &["method", "url", "headers", "params", "body", "auth"];
const RUNTIME: &[&str] = &["variables", "scripts", "assertions", "actions"];
const REQUEST: &[&str] = &["headers", "metadata", "auth", "variables", "scripts"];

pub(super) fn is_root(node: &Node) -> bool {
    node.get("info").is_none() && node.get("opencollection").is_none() && node.get("name").is_some()
}

pub(super) fn is_item(node: &Node) -> bool {
    let kind = node.get("type").map(Node::data);
    let known = [Data::text("http"), Data::text("folder")];
    node.get("info").is_none() && kind.is_some_and(|kind| known.contains(&kind))
}

pub(super) fn root(draft: &Data) -> Data {
    let mut rest = without(draft, ROOT_ELSEWHERE);
    let mut made = Data::map();
    made.put("opencollection", Data::text("1.0.0"), &[]);
    made.edit("info", &[], |info| {
        for (old, new) in [("name", "name"), ("description", "summary"), ("version", "version")] {
            if let Some(value) = rest.remove(old) {
                info.put(new, value, &[]);
            }
        }
    });
    gather(&mut made, "request", REQUEST, &mut rest);
    append(&mut made, rest);
    made
}

pub(super) fn item(draft: &Data) -> Data {
    let mut rest = without(draft, ELSEWHERE);
    let mut made = Data::map();
    let is_folder = rest.get("type") == Some(&Data::text("folder"));
    gather(&mut made, "info", INFO, &mut rest);
    if is_folder {
        gather(&mut made, "request", REQUEST, &mut rest);
    } else {
        gather(&mut made, "http", HTTP, &mut rest);
        gather(&mut made, "runtime", RUNTIME, &mut rest);
    }
    append(&mut made, rest);
    made
}

fn without(draft: &Data, keys: &[&str]) -> Data {
    let mut rest = draft.clone();
    for key in keys {
        rest.remove(key);
    }
    rest
}

/// Moves keys of the top below one of their own.
fn gather(made: &mut Data, under: &str, keys: &[&str], rest: &mut Data) {
    made.edit(under, &[], |inner| {
        for key in keys {
            match rest.remove(key) {
                Some(value) if *key == "scripts" => inner.put(key, scripts(value), &[]),
                Some(value) => inner.put(key, rows(value), &[]),
                None => {}
            }
        }
    });
}

fn append(made: &mut Data, rest: Data) {
    let Data::Map(entries) = rest else { return };
    for (key, value) in entries {
        made.put(&key, value, &[]);
    }
}

/// `{tests: code}` as a list of scripts with their phase.
fn scripts(data: Data) -> Data {
    let Data::Map(entries) = data else { return data };
    let script = |(phase, code): (String, Data)| {
        let phase = match phase.as_str() {
            "preRequest" => "before-request",
            "postResponse" => "after-response",
            other => other,
        };
        Data::Map(vec![("type".to_owned(), Data::text(phase)), ("code".to_owned(), code)])
    };
    Data::List(entries.into_iter().map(script).collect())
}

/// `enabled: false` of a row is `disabled: true` now.
fn rows(data: Data) -> Data {
    match data {
        Data::List(items) => Data::List(items.into_iter().map(rows).collect()),
        Data::Map(_) => {
            let mut data = data;
            match data.remove("enabled") {
                Some(Data::Bool(false)) => data.put("disabled", Data::Bool(true), &[]),
                Some(Data::Bool(true)) | None => {}
                Some(other) => data.put("enabled", other, &[]),
            }
            if let Some(inner) = data.remove("data") {
                data.put("data", rows(inner), &[]);
            }
            data
        }
        scalar => scalar,
    }
}

/// Keeps the document of an item. What 1.0 would keep of it is in there too.
pub(super) fn keep(extensions: &mut Extensions, node: &Node, elsewhere: &[&str]) {
    let draft = without(&node.data(), elsewhere).to_json();
    extensions.insert(TOOL.to_owned(), Value::Object(Map::from_iter([(DRAFT.to_owned(), draft)])));
}

/// The document that an item was read from, if `made` says no more than that does.
pub(super) fn unchanged(made: &Data, extensions: &Extensions) -> Option<Data> {
    let draft = Data::of_json(extensions.get(TOOL)?.get(DRAFT)?);
    let node = item(&draft).to_node();
    let again = if draft.get("type") == Some(&Data::text("folder")) {
        shape::folder_file(
            &plain(shape::read_folder_original(&node, Place::Inner, "").ok()?),
            Place::Inner,
        )
    } else {
        let mut read = shape::read_request_original(&node).ok()?;
        read.extensions = shape::without_original(&read.extensions);
        shape::request_file(&read)
    };
    (bare(made) == bare(&again)).then_some(draft)
}

pub(super) fn unchanged_root(made: &Data, root: &ItemFolder) -> Option<Data> {
    let draft = Data::of_json(root.extensions.get(TOOL)?.get(DRAFT)?);
    let node = self::root(&draft).to_node();
    let read = plain(shape::read_folder_original(&node, Place::Root, "").ok()?);
    let again = shape::folder_file(&read, Place::Root);
    (bare(made) == bare(&again)).then_some(draft)
}

fn plain(read: ItemFolder) -> ItemFolder {
    ItemFolder { extensions: shape::without_original(&read.extensions), ..read }
}

/// Without the draft, and without the number that a file has to keep its place by.
fn bare(made: &Data) -> Data {
    let mut made = made.clone();
    made.edit("extensions", &[], |all| all.edit(TOOL, &[], |own| drop(own.remove(DRAFT))));
    made.edit("info", &[], |info| drop(info.remove("seq")));
    made
}
