//! What the schemas of a description declare, by name (XML Schema 1.0).

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::load::Files;
use super::names::{ENCODING, XSD};
use super::xml::{Element, Name};

/// One schema, as it is seen from where it is used.
pub(super) struct Schema {
    pub target: Rc<str>,
    qualified_elements: bool,
    qualified_attributes: bool,
    /// It has no namespace of its own and takes that of the one that includes it.
    chameleon: bool,
}

/// A declaration with the schema it is in.
#[derive(Clone, Copy)]
pub(super) struct Declared<'d> {
    pub element: &'d Element,
    pub schema: usize,
}

/// Declarations of one kind.
#[derive(Default)]
pub(super) struct Table<'d> {
    exact: HashMap<Name, Declared<'d>>,
    /// The namespaces under which a name is declared; none when there are several.
    loose: HashMap<Rc<str>, Option<Rc<str>>>,
}

impl<'d> Table<'d> {
    pub fn insert(&mut self, name: Name, declared: Declared<'d>) -> Option<Declared<'d>> {
        let space = Rc::clone(&name.space);
        self.loose
            .entry(Rc::clone(&name.local))
            .and_modify(|known| {
                if known.as_ref() != Some(&space) {
                    *known = None;
                }
            })
            .or_insert(Some(Rc::clone(&name.space)));
        self.exact.insert(name, declared)
    }

    pub fn get(&self, name: &Name) -> Option<Declared<'d>> {
        self.exact.get(name).copied()
    }

    /// What has this name in its namespace, or in the only one that has it: prefixes are often wrong
    /// where the tools at hand do not look at them.
    pub fn find(&self, name: &Name) -> Option<Declared<'d>> {
        self.get(name).or_else(|| {
            let space = self.loose.get(&name.local)?.as_ref()?;
            self.get(&Name { space: Rc::clone(space), local: Rc::clone(&name.local) })
        })
    }
}

/// All schemas of a description.
#[derive(Default)]
pub(super) struct Schemas<'d> {
    all: Vec<Schema>,
    pub elements: Table<'d>,
    pub types: Table<'d>,
    pub groups: Table<'d>,
    pub attribute_groups: Table<'d>,
    pub attributes: Table<'d>,
    /// Types and groups before their redefinition.
    pub originals: HashMap<Name, Declared<'d>>,
    /// Elements that may stand for another.
    pub substitutes: HashMap<Name, Vec<Name>>,
    /// Complex types made from another.
    pub derived: HashMap<Name, Vec<Name>>,
    seen: HashSet<(String, Rc<str>)>,
    /// References that are still to be followed: from where, the location, and the namespace that
    /// the schema there takes.
    open: Vec<(String, String, Option<Rc<str>>)>,
    /// Redefinitions, which come after all definitions.
    changes: Vec<Declared<'d>>,
    /// How many more declarations are read.
    left: usize,
    /// Files and inline schemas with their target namespaces, in order.
    pub listed: Vec<(String, String)>,
}

impl<'d> Schemas<'d> {
    pub fn schema(&self, of: Declared<'d>) -> &Schema {
        &self.all[of.schema]
    }

    /// Of all schemas at most `left` declarations are read.
    pub fn new(left: usize) -> Self {
        Self { left, ..Self::default() }
    }

    /// Reads a schema element of the document `file`, and the schemas that it leads to.
    pub fn read(&mut self, files: &'d Files<'_>, file: &str, root: &'d Element) {
        self.read_one(file, root, None);
        while let Some((from, location, into)) = self.open.pop() {
            self.follow(files, &from, &location, into.as_ref());
        }
    }

    /// Puts redefinitions in place of what they redefine.
    pub fn redefine(&mut self) {
        for change in std::mem::take(&mut self.changes) {
            self.declare(change.element, change.schema, true);
        }
    }

    fn read_one(&mut self, file: &str, root: &'d Element, into: Option<&Rc<str>>) {
        let own: Rc<str> = root.text_of("targetNamespace").into();
        let chameleon = own.is_empty() && into.is_some_and(|space| !space.is_empty());
        let target = into.filter(|_| chameleon).cloned().unwrap_or(own);
        let schema = self.all.len();
        self.all.push(Schema {
            target: Rc::clone(&target),
            qualified_elements: root.text_of("elementFormDefault") == "qualified",
            qualified_attributes: root.text_of("attributeFormDefault") == "qualified",
            chameleon,
        });
        for child in root.children.iter().filter(|child| &*child.name.space == XSD) {
            let kind = &*child.name.local;
            if matches!(kind, "import" | "include" | "redefine") {
                let into = (kind != "import").then(|| Rc::clone(&target));
                let location = child.text_of("schemaLocation").split('#').next();
                let location = location.unwrap_or_default().to_owned();
                self.open.push((file.to_owned(), location, into));
            }
            if kind == "redefine" {
                let all = child.children.iter();
                self.changes.extend(all.map(|element| Declared { element, schema }));
            }
        }
        for child in &root.children {
            self.declare(child, schema, false);
        }
    }

    /// Reads the schema at a location, once for each namespace that it takes.
    fn follow(&mut self, files: &'d Files<'_>, from: &str, location: &str, into: Option<&Rc<str>>) {
        let Some(key) = files.resolve(from, location) else { return };
        let Some(document) = files.read.get(&key) else { return };
        if !document.root.is(XSD, "schema") {
            return;
        }
        let own = document.root.text_of("targetNamespace");
        let target = into.filter(|_| own.is_empty()).cloned().unwrap_or_else(|| own.into());
        if self.seen.insert((key.clone(), target)) {
            self.listed.push((key.clone(), own.to_owned()));
            self.read_one(&key, &document.root, into);
        }
    }

    fn declare(&mut self, element: &'d Element, schema: usize, again: bool) {
        let local = element.text_of("name");
        if &*element.name.space != XSD || local.is_empty() || self.left == 0 {
            return;
        }
        self.left -= 1;
        let name = Name { space: Rc::clone(&self.all[schema].target), local: local.into() };
        let declared = Declared { element, schema };
        match &*element.name.local {
            "element" => {
                if let Some(head) = self.refers(declared, "substitutionGroup") {
                    self.substitutes.entry(head).or_default().push(name.clone());
                }
                self.elements.insert(name, declared);
            }
            "complexType" | "simpleType" => {
                let content = element.child(XSD, "complexContent");
                let base = content
                    .into_iter()
                    .flat_map(|content| &content.children)
                    .find_map(|way| self.refers(Declared { element: way, schema }, "base"));
                if let Some(base) = base.filter(|base| *base != name) {
                    self.derived.entry(base).or_default().push(name.clone());
                }
                let before = self.types.insert(name.clone(), declared);
                self.remember(name, before, again);
            }
            "group" => {
                let before = self.groups.insert(name.clone(), declared);
                self.remember(name, before, again);
            }
            "attributeGroup" => {
                let before = self.attribute_groups.insert(name.clone(), declared);
                self.remember(name, before, again);
            }
            "attribute" => {
                self.attributes.insert(name, declared);
            }
            _ => {}
        }
    }

    fn remember(&mut self, name: Name, before: Option<Declared<'d>>, again: bool) {
        if let Some(before) = before.filter(|_| again) {
            self.originals.insert(name, before);
        }
    }

    /// The name that an attribute of a declaration holds, as its schema means it.
    pub fn refers(&self, of: Declared<'d>, attribute: &str) -> Option<Name> {
        of.element.refers(attribute).map(|name| self.meant(of.schema, name))
    }

    /// The names that an attribute of a declaration holds, as its schema means them.
    pub fn refers_all(&self, of: Declared<'d>, attribute: &str) -> Vec<Name> {
        of.element.refers_all(attribute).iter().map(|name| self.meant(of.schema, name)).collect()
    }

    fn meant(&self, schema: usize, name: &Name) -> Name {
        let schema = &self.all[schema];
        if name.space.is_empty() && schema.chameleon {
            return Name { space: Rc::clone(&schema.target), local: Rc::clone(&name.local) };
        }
        name.clone()
    }

    /// The type of that name; the one before, where a redefinition speaks of itself. Some name an
    /// element where a type belongs: then it is that of the element.
    pub fn type_of(&self, name: &Name, within: Option<Declared<'d>>) -> Option<Declared<'d>> {
        Self::lookup(&self.types, &self.originals, name, within).or_else(|| {
            let Declared { element, schema } = self.elements.get(name)?;
            let inner =
                element.child(XSD, "complexType").or_else(|| element.child(XSD, "simpleType"));
            inner.map(|element| Declared { element, schema })
        })
    }

    /// The model group of that name.
    pub fn group(&self, name: &Name, within: Option<Declared<'d>>) -> Option<Declared<'d>> {
        Self::lookup(&self.groups, &self.originals, name, within)
    }

    fn lookup(
        table: &Table<'d>,
        originals: &HashMap<Name, Declared<'d>>,
        name: &Name,
        within: Option<Declared<'d>>,
    ) -> Option<Declared<'d>> {
        if is_built_in(name) {
            return table.get(name);
        }
        let found = table.find(name)?;
        match within {
            Some(within) if std::ptr::eq(within.element, found.element) => {
                originals.get(name).copied()
            }
            _ => Some(found),
        }
    }

    /// The name of a local element: with the namespace when it is qualified.
    pub fn local_element(&self, of: Declared<'d>) -> Name {
        let schema = self.schema(of);
        let qualified = match of.element.text_of("form") {
            "qualified" => true,
            "unqualified" => false,
            _ => schema.qualified_elements,
        };
        self.formed(of, qualified)
    }

    /// The name of a local attribute: with the namespace when it is qualified.
    pub fn local_attribute(&self, of: Declared<'d>) -> Name {
        let schema = self.schema(of);
        let qualified = match of.element.text_of("form") {
            "qualified" => true,
            "unqualified" => false,
            _ => schema.qualified_attributes,
        };
        self.formed(of, qualified)
    }

    /// The name of a global declaration.
    pub fn global(&self, of: Declared<'d>) -> Name {
        self.formed(of, true)
    }

    fn formed(&self, of: Declared<'d>, qualified: bool) -> Name {
        let space = if qualified { Rc::clone(&self.schema(of).target) } else { "".into() };
        Name { space, local: of.element.text_of("name").into() }
    }
}

/// Whether a type is one that XML Schema or SOAP's encoding bring along.
pub(super) fn is_built_in(name: &Name) -> bool {
    matches!(&*name.space, XSD | ENCODING)
}
