//! XML bodies from schemas with their XML Objects (`OpenAPI` 3.1 §4.8.26).

use std::fmt::Write as _;

use quick_xml::escape::escape;
use serde_json::{Map, Value};

use super::document::{Document, reference, text, yes};
use super::media::inline;
use super::sample::View;

const DEPTH: usize = 24;

/// The text of an XML body for a value. A text is taken for XML as it is.
pub(super) fn body(document: &Document, holder: &Value, value: &Value) -> String {
    if let Value::String(text) = value {
        return text.clone();
    }
    let nothing = Value::Null;
    let schema = holder.get("schema").unwrap_or(&nothing);
    let named = reference(schema).and_then(|to| to.rsplit('/').next()).unwrap_or("root");
    let mut writer =
        Writer { document, out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned() };
    writer.element(schema, named, value, 0);
    writer.out
}

struct Writer<'d> {
    document: &'d Document,
    out: String,
}

impl<'d> Writer<'d> {
    fn element(&mut self, schema: &'d Value, name: &str, value: &Value, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let view = View::of(self.document, schema);
        let hints = view.get("xml").unwrap_or(&Value::Null);
        let name = qualified(hints, name);
        match value {
            Value::Array(items) => self.items(&view, hints, &name, items, depth),
            Value::Object(object) => {
                let (attributes, inner) = self.split(&view, object);
                self.open(depth, &name, hints, &attributes);
                if inner.is_empty() {
                    self.out.truncate(self.out.len() - 2);
                    self.out.push_str("/>\n");
                    return;
                }
                for (key, schema, value) in inner {
                    self.element(schema, key, value, depth + 1);
                }
                self.close(depth, &name);
            }
            value => {
                self.open(depth, &name, hints, "");
                self.out.truncate(self.out.len() - 1);
                let _ = writeln!(self.out, "{}</{name}>", escape(inline(value).as_str()));
            }
        }
    }

    fn items(&mut self, view: &View<'d>, hints: &Value, name: &str, items: &[Value], depth: usize) {
        static ANY: Value = Value::Null;
        let schema = view.get("items").unwrap_or(&ANY);
        // At the root a list without a wrapper would have no root.
        let wrapped = yes(hints, "wrapped") || depth == 0;
        if wrapped {
            self.open(depth, name, hints, "");
        }
        let within = if wrapped { depth + 1 } else { depth };
        let item_name = View::of(self.document, schema).get("xml").map(|xml| text(xml, "name"));
        let item_name = item_name.filter(|name| !name.is_empty());
        for item in items {
            self.element(schema, item_name.as_deref().unwrap_or(name), item, within.max(1));
        }
        if wrapped {
            self.close(depth, name);
        }
    }

    /// The attributes as text, and the children with their schemas.
    fn split<'v>(
        &self,
        view: &View<'d>,
        object: &'v Map<String, Value>,
    ) -> (String, Vec<(&'v String, &'d Value, &'v Value)>) {
        static ANY: Value = Value::Null;
        let properties = view.properties();
        let (mut attributes, mut inner) = (String::new(), Vec::new());
        for (key, value) in object {
            let schema = properties.iter().find(|one| one.0 == key).map_or(&ANY, |one| one.1);
            let hints = View::of(self.document, schema).get("xml").unwrap_or(&ANY);
            if yes(hints, "attribute") || text(hints, "nodeType") == "attribute" {
                let name = qualified(hints, key);
                let _ = write!(attributes, " {name}=\"{}\"", escape(inline(value).as_str()));
            } else {
                inner.push((key, schema, value));
            }
        }
        (attributes, inner)
    }

    fn open(&mut self, depth: usize, name: &str, hints: &Value, attributes: &str) {
        let _ = write!(self.out, "{:width$}<{name}", "", width = depth * 2);
        let namespace = text(hints, "namespace");
        if !namespace.is_empty() {
            let prefix = text(hints, "prefix");
            let colon = if prefix.is_empty() { "" } else { ":" };
            let _ = write!(self.out, " xmlns{colon}{prefix}=\"{}\"", escape(namespace.as_str()));
        }
        let _ = writeln!(self.out, "{attributes}>");
    }

    fn close(&mut self, depth: usize, name: &str) {
        let _ = writeln!(self.out, "{:width$}</{name}>", "", width = depth * 2);
    }
}

fn qualified(hints: &Value, name: &str) -> String {
    let said = text(hints, "name");
    let prefix = text(hints, "prefix");
    let name = if said.is_empty() { name } else { &said };
    // A name from a description may be anything; an element's may not.
    let name: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || "_-.:".contains(c) { c } else { '_' })
        .collect();
    if prefix.is_empty() { name } else { format!("{prefix}:{name}") }
}
