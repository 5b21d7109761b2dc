//! The files and fetched addresses that a description is spread over.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::names::{WSDL, XSD};
use super::xml::{self, Document, Element};
use crate::openapi::reference_target as target;
use crate::{Content, Entry, Error, Source, Wanted};

/// Files that one source may be read from.
const FILES: usize = 2_000;

/// The documents of a source by path or URL, each read once.
pub(super) struct Files<'s> {
    source: &'s Source,
    pub read: HashMap<String, Document>,
    pub wanted: Vec<Wanted>,
    /// References to files that are not there, with the file that has them.
    pub missing: BTreeSet<(String, String)>,
    /// Addresses for which a file of the source stands, with that file.
    pub instead: HashMap<String, String>,
    /// Files that were looked at for an address.
    tried: HashSet<String>,
    beside: OnceCell<HashMap<&'s str, &'s Entry>>,
}

impl<'s> Files<'s> {
    pub fn new(source: &'s Source) -> Self {
        Self {
            source,
            read: HashMap::new(),
            wanted: Vec::new(),
            missing: BTreeSet::new(),
            instead: HashMap::new(),
            tried: HashSet::new(),
            beside: OnceCell::new(),
        }
    }

    /// Reads a document and everything that it leads to.
    pub fn collect(&mut self, entry: &Entry) -> Result<(), Error> {
        if self.read.contains_key(&entry.path) {
            return Ok(());
        }
        let mut open = vec![entry.path.clone()];
        self.read.insert(entry.path.clone(), xml::parse(entry)?);
        while let Some(key) = open.pop() {
            let Some(document) = self.read.get(&key) else { continue };
            for reference in references(&document.root) {
                if let Some(found) = self.one(&key, &reference)? {
                    open.push(found);
                }
            }
        }
        Ok(())
    }

    /// Where a reference of a document leads, if that is at hand.
    pub fn resolve(&self, from: &str, location: &str) -> Option<String> {
        let key = target(from, location)?;
        let key = self.instead.get(&key).cloned().unwrap_or(key);
        self.read.contains_key(&key).then_some(key)
    }

    /// Reads what a reference leads to; none when it was read already, or is not at hand.
    fn one(&mut self, from: &str, reference: &Reference) -> Result<Option<String>, Error> {
        let Some(key) = target(from, &reference.location) else {
            self.missing.insert((from.to_owned(), reference.location.clone()));
            return Ok(None);
        };
        if self.read.contains_key(&key) || self.instead.contains_key(&key) {
            return Ok(None);
        }
        if self.read.len() >= FILES {
            return Err(Error::Refused {
                file: from.to_owned(),
                what: format!("it is spread over more than {FILES} files"),
            });
        }
        if key.contains("://") {
            return self.address(from, key, reference);
        }
        let Some(entry) = self.entry(&key) else {
            self.missing.insert((from.to_owned(), reference.location.clone()));
            return Ok(None);
        };
        let document = xml::parse(entry)?;
        self.read.insert(key.clone(), document);
        Ok(Some(key))
    }

    fn address(
        &mut self,
        from: &str,
        url: String,
        reference: &Reference,
    ) -> Result<Option<String>, Error> {
        if let Some(bytes) = self.source.fetched.get(&url) {
            let content = Content::Bytes(Arc::clone(bytes));
            let document = xml::parse(&Entry { path: url.clone(), content })?;
            self.read.insert(url.clone(), document);
            return Ok(Some(url));
        }
        // People keep what they downloaded in one folder and leave the addresses as they were.
        let name = url.rsplit('/').next().unwrap_or_default().split('?').next().unwrap_or_default();
        let beside = target(from, name).filter(|_| !name.is_empty() && !from.contains("://"));
        if let Some(path) = beside {
            let new = self.read_beside(&path);
            let document = self.read.get(&path);
            if document.is_some_and(|one| one.root.text_of("targetNamespace") == reference.space) {
                self.instead.insert(url, path.clone());
                return Ok(new.then_some(path));
            }
        }
        self.wanted.push(Wanted { url, from: from.to_owned() });
        Ok(None)
    }

    /// Reads a file that may stand for an address; whether it was not read before.
    fn read_beside(&mut self, path: &str) -> bool {
        if self.read.contains_key(path) || !self.tried.insert(path.to_owned()) {
            return false;
        }
        let document = self.entry(path).and_then(|entry| xml::parse(entry).ok());
        let Some(document) = document else { return false };
        self.read.insert(path.to_owned(), document);
        true
    }

    fn entry(&self, path: &str) -> Option<&'s Entry> {
        let source = self.source;
        let all = self.beside.get_or_init(|| {
            source.entries.iter().map(|entry| (entry.path.as_str(), entry)).collect()
        });
        all.get(path).copied()
    }
}

/// A reference to another document.
struct Reference {
    location: String,
    /// The namespace that it is to have.
    space: String,
}

fn references(root: &Element) -> Vec<Reference> {
    let mut found = Vec::new();
    if root.is(XSD, "schema") {
        of_schema(root, &mut found);
        return found;
    }
    for child in &root.children {
        if child.is(WSDL, "import") {
            push(child, "location", child.text_of("namespace"), &mut found);
        } else if child.is(WSDL, "types") {
            child.all(XSD, "schema").for_each(|schema| of_schema(schema, &mut found));
        }
    }
    found
}

fn of_schema(schema: &Element, found: &mut Vec<Reference>) {
    let own = schema.text_of("targetNamespace");
    for child in schema.children.iter().filter(|child| &*child.name.space == XSD) {
        let space = match &*child.name.local {
            "import" => child.text_of("namespace"),
            "include" | "redefine" => own,
            _ => continue,
        };
        push(child, "schemaLocation", space, found);
    }
}

fn push(from: &Element, attribute: &str, space: &str, found: &mut Vec<Reference>) {
    let location = from.text_of(attribute).split('#').next().unwrap_or_default().to_owned();
    if !location.is_empty() {
        found.push(Reference { location, space: space.to_owned() });
    }
}
