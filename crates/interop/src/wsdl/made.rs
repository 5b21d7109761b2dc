//! Sample XML before it is written: elements, texts and comments.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::rc::Rc;

use quick_xml::escape::escape;

use super::names::{ENCODING, ENVELOPE, ENVELOPE12, XSD, XSI};
use super::xml::Name;

pub(super) enum Node {
    Element(Made),
    Comment(String),
}

pub(super) struct Made {
    pub name: Name,
    pub attributes: Vec<(Name, Value)>,
    pub text: String,
    pub children: Vec<Node>,
}

/// The value of an attribute.
pub(super) enum Value {
    Text(String),
    /// A name, written with its prefix.
    Name(Name),
    /// A name with what follows it, such as `[1]`.
    Array(Name, String),
}

impl Made {
    pub fn new(name: Name) -> Self {
        Self { name, attributes: Vec::new(), text: String::new(), children: Vec::new() }
    }
}

/// Prefixes by namespace, as the documents have them.
#[derive(Default)]
pub(super) struct Hints(BTreeMap<Rc<str>, String>);

impl Hints {
    pub fn add(&mut self, prefix: &str, space: &Rc<str>) {
        let plain = prefix.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let taken = matches!(prefix, "soapenv" | "xml" | "xmlns" | "xsi" | "xsd" | "soapenc");
        let fits = plain && !taken && prefix.len() <= 20;
        if fits && prefix.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.0.entry(Rc::clone(space)).or_insert_with(|| prefix.to_owned());
        }
    }
}

/// A document with the prefixes declared at its root.
pub(super) fn document(root: &Made, hints: &Hints) -> String {
    let mut writer = Writer { prefixes: prefixes(root, hints), out: String::new() };
    writer.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writer.element(root, 0, true);
    writer.out
}

fn prefixes(root: &Made, hints: &Hints) -> BTreeMap<Rc<str>, String> {
    let mut used = Vec::new();
    spaces(root, &mut BTreeSet::new(), &mut used);
    let mut taken = BTreeSet::new();
    let mut number = 0;
    let mut all = BTreeMap::new();
    for space in used {
        let own = match &*space {
            ENVELOPE | ENVELOPE12 => Some("soapenv"),
            XSI => Some("xsi"),
            XSD => Some("xsd"),
            ENCODING => Some("soapenc"),
            _ => hints.0.get(&space).map(String::as_str),
        };
        let mut prefix = own.unwrap_or_default().to_owned();
        while prefix.is_empty() || taken.contains(&prefix) {
            number += 1;
            prefix = format!("ns{number}");
        }
        taken.insert(prefix.clone());
        all.insert(space, prefix);
    }
    all
}

/// The namespaces of an element and what is in it, in order.
fn spaces(made: &Made, seen: &mut BTreeSet<Rc<str>>, used: &mut Vec<Rc<str>>) {
    let values = made.attributes.iter().filter_map(|(_, value)| match value {
        Value::Name(name) | Value::Array(name, _) => Some(name),
        Value::Text(_) => None,
    });
    let names = made.attributes.iter().map(|(name, _)| name).chain(values);
    for name in std::iter::once(&made.name).chain(names) {
        if !name.space.is_empty() && seen.insert(Rc::clone(&name.space)) {
            used.push(Rc::clone(&name.space));
        }
    }
    for child in &made.children {
        if let Node::Element(child) = child {
            spaces(child, seen, used);
        }
    }
}

struct Writer {
    prefixes: BTreeMap<Rc<str>, String>,
    out: String,
}

impl Writer {
    fn element(&mut self, made: &Made, depth: usize, root: bool) {
        let name = self.name(&made.name);
        let _ = write!(self.out, "{}<{name}", "  ".repeat(depth));
        if root {
            let mut all: Vec<_> = self.prefixes.iter().collect();
            all.sort_by_key(|(_, prefix)| (*prefix != "soapenv", (*prefix).clone()));
            for (space, prefix) in all {
                let _ = write!(self.out, " xmlns:{prefix}=\"{}\"", escape(&**space));
            }
        }
        for (name, value) in &made.attributes {
            let name = self.name(name);
            let value = match value {
                Value::Text(text) => escape(text.as_str()).into_owned(),
                Value::Name(name) => self.name(name),
                Value::Array(name, after) => format!("{}{after}", self.name(name)),
            };
            let _ = write!(self.out, " {name}=\"{value}\"");
        }
        if made.children.is_empty() {
            if made.text.is_empty() {
                self.out.push_str("/>\n");
            } else {
                let _ = writeln!(self.out, ">{}</{name}>", escape(made.text.as_str()));
            }
            return;
        }
        let _ = writeln!(self.out, ">{}", escape(made.text.as_str()));
        for child in &made.children {
            match child {
                Node::Element(child) => self.element(child, depth + 1, false),
                Node::Comment(text) => {
                    // Two hyphens would end the comment.
                    let text = text.replace("--", "- -").replace("--", "- -");
                    let _ = writeln!(self.out, "{}<!-- {text} -->", "  ".repeat(depth + 1));
                }
            }
        }
        let _ = writeln!(self.out, "{}</{name}>", "  ".repeat(depth));
    }

    fn name(&self, name: &Name) -> String {
        match self.prefixes.get(&name.space) {
            Some(prefix) => format!("{prefix}:{}", name.local),
            None => name.local.to_string(),
        }
    }
}
