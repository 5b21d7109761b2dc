//! XML as a tree with its namespaces resolved.
//!
//! Nothing outside the text takes part: a DTD that declares anything is refused, and so is every
//! entity but the five of XML itself.

mod parser;

use std::collections::BTreeSet;
use std::rc::Rc;

pub(super) use parser::{is_usual, parse};

/// Longest documentation that is read, in bytes.
const WORDS: usize = 50_000;

/// A name with its namespace, which is empty when there is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Name {
    pub space: Rc<str>,
    pub local: Rc<str>,
}

impl Name {
    pub fn new(space: &str, local: &str) -> Self {
        Self { space: space.into(), local: local.into() }
    }
}

#[derive(Debug)]
pub(super) struct Element {
    pub name: Name,
    pub attributes: Vec<Attribute>,
    pub children: Vec<Element>,
    /// Its own text, without that of its children.
    pub text: String,
}

#[derive(Debug)]
pub(super) struct Attribute {
    pub name: Name,
    pub value: String,
    /// The names that the value holds, where an attribute of its name holds some.
    names: Vec<Name>,
}

/// A document: its root, and the prefixes that it gives to namespaces, the outer ones first.
#[derive(Debug)]
pub(super) struct Document {
    pub root: Element,
    pub prefixes: Vec<(String, Rc<str>)>,
    /// Prefixes that are used and not declared: many tools do not mind.
    pub undeclared: BTreeSet<String>,
}

impl Element {
    pub fn is(&self, space: &str, local: &str) -> bool {
        &*self.name.local == local && &*self.name.space == space
    }

    /// The value of an attribute without a namespace.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|one| one.value.as_str())
    }

    /// The same without the white space around; empty when there is none.
    pub fn text_of(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// The name that an attribute holds.
    pub fn refers(&self, name: &str) -> Option<&Name> {
        self.attribute(name)?.names.first()
    }

    /// The names that an attribute holds.
    pub fn refers_all(&self, name: &str) -> &[Name] {
        self.attribute(name).map(|one| one.names.as_slice()).unwrap_or_default()
    }

    fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|one| &*one.name.local == name && one.name.space.is_empty())
    }

    /// An attribute of a namespace with the name that it holds.
    pub fn foreign(&self, space: &str, local: &str) -> Option<(&str, Option<&Name>)> {
        let found = self
            .attributes
            .iter()
            .find(|one| &*one.name.local == local && &*one.name.space == space)?;
        Some((found.value.as_str(), found.names.first()))
    }

    /// The children of that name.
    pub fn all<'e>(&'e self, space: &'e str, local: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.is(space, local))
    }

    /// The first child of that name.
    pub fn child(&self, space: &str, local: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.is(space, local))
    }

    /// All text in it, in one line for each paragraph.
    pub fn words(&self) -> String {
        let mut all = String::new();
        self.collect(&mut all);
        let end = (0..=all.len().min(WORDS)).rev().find(|at| all.is_char_boundary(*at));
        all.truncate(end.unwrap_or(0));
        let lines = all.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    fn collect(&self, all: &mut String) {
        if all.len() > WORDS {
            return;
        }
        all.push_str(&self.text);
        for child in &self.children {
            child.collect(all);
            all.push(' ');
        }
    }
}
