//! Sample elements from schemas: what has to be there and what may be, each thing once.

mod attribute;
mod content;
mod particle;
mod stand_in;

use std::collections::BTreeSet;

use super::made::{Made, Node, Value};
use super::names::{ENCODING, XSD, XSI};
use super::schemas::{Declared, Schemas, is_built_in};
use super::value;
use super::xml::{Element, Name};

/// Elements within elements.
const DEPTH: usize = 30;

/// Elements of one sample and what is looked at for them: one with more is for nobody to read.
const ELEMENTS: usize = 6_000;

/// Bases of bases, and groups within groups.
const CHAIN: usize = 20;

/// Parts of an element or a choice that are looked at beside the first.
const OTHERS: usize = 50;

/// Makes samples until the whole description has had its share.
pub(super) struct Sampler<'d> {
    pub schemas: &'d Schemas<'d>,
    /// Types and groups that the sample is inside of.
    inside: Vec<*const Element>,
    /// What is left for the sample at hand, and for all.
    left: usize,
    all: usize,
    /// Whether types are named in the sample (SOAP encoding).
    encoded: bool,
    /// What is named and not declared.
    pub unknown: BTreeSet<String>,
    /// Whether something was left out for its size.
    pub cut: bool,
}

enum Type<'d> {
    Named(Name),
    Declared(Declared<'d>),
}

impl<'d> Sampler<'d> {
    /// Of all samples together `all` elements may be made.
    pub fn new(schemas: &'d Schemas<'d>, all: usize) -> Self {
        let (inside, unknown) = (Vec::new(), BTreeSet::new());
        Self { schemas, inside, left: 0, all, encoded: false, unknown, cut: false }
    }

    /// Whether types are named from now on.
    pub fn encode(&mut self, encoded: bool) {
        self.encoded = encoded;
    }

    /// Begins another sample.
    pub fn begin(&mut self) {
        self.left = ELEMENTS.min(self.all);
        self.cut = false;
        self.unknown.clear();
        self.inside.clear();
    }

    /// Takes the worth of one step over so many things; false when there is nothing left.
    fn spend(&mut self, things: usize) -> bool {
        if self.left == 0 {
            self.cut = true;
            return false;
        }
        let worth = 1 + things / 16;
        (self.left, self.all) = (self.left.saturating_sub(worth), self.all.saturating_sub(worth));
        true
    }

    /// A global element by its name.
    pub fn global(&mut self, name: &Name) -> Made {
        let Some(declared) = self.schemas.elements.find(name) else {
            self.unknown.insert(name.local.to_string());
            return Made::new(name.clone());
        };
        let mut nodes = Vec::new();
        self.declared(declared, None, &mut nodes, 0);
        let first = nodes.into_iter().find_map(|node| match node {
            Node::Element(made) => Some(made),
            Node::Comment(_) => None,
        });
        first.unwrap_or_else(|| Made::new(self.schemas.global(declared)))
    }

    /// An element of that name whose type is named.
    pub fn of_type(&mut self, name: Name, type_of: &Name) -> Made {
        let mut made = Made::new(name);
        self.fill(&Type::Named(type_of.clone()), None, &mut made, 0);
        made
    }

    /// An element where it is used: `place` says how often, when it is a reference.
    fn declared(
        &mut self,
        declared: Declared<'d>,
        place: Option<Declared<'d>>,
        nodes: &mut Vec<Node>,
        depth: usize,
    ) {
        if depth > DEPTH || !self.spend(0) {
            self.cut = true;
            return;
        }
        let local = place.is_some_and(|place| std::ptr::eq(place.element, declared.element));
        let mut one = declared;
        let mut name =
            if local { self.schemas.local_element(one) } else { self.schemas.global(one) };
        if one.element.text_of("abstract") == "true"
            && let Some((other, member)) = self.substitute(&name)
        {
            (name, one) = (other, member);
        }
        let mut made = Made::new(name);
        let of = self.type_of(one, 0);
        let occurs = place.unwrap_or(declared).element;
        let optional = occurs.text_of("minOccurs") == "0";
        let Some(entered) = self.enter(&of) else {
            let again = format!("<{}> holds the same again", made.name.local);
            if optional {
                nodes.push(Node::Comment(format!("optional: {again}")));
            } else {
                nodes.push(Node::Comment(again));
                nodes.push(Node::Element(made));
            }
            return;
        };
        let attributes = self.fill(&of, Some(one.element), &mut made, depth);
        self.leave(entered);
        let comment = comment(occurs, one.element, &attributes);
        // Long texts count like many elements.
        let size = made.text.len() + comment.as_ref().map_or(0, String::len);
        self.spend(size / 8 + made.attributes.len());
        nodes.extend(comment.map(Node::Comment));
        nodes.push(Node::Element(made));
    }

    fn type_of(&self, declared: Declared<'d>, depth: usize) -> Type<'d> {
        if let Some(name) = self.schemas.refers(declared, "type") {
            return Type::Named(name);
        }
        let inner = declared
            .element
            .children
            .iter()
            .take(OTHERS)
            .find(|child| child.is(XSD, "complexType") || child.is(XSD, "simpleType"));
        if let Some(element) = inner {
            return Type::Declared(Declared { element, schema: declared.schema });
        }
        let head = self.schemas.refers(declared, "substitutionGroup");
        match head.and_then(|head| self.schemas.elements.find(&head)) {
            Some(head) if depth < CHAIN => self.type_of(head, depth + 1),
            _ => Type::Named(Name::new(XSD, "anyType")),
        }
    }

    /// Notes that the sample is inside of a type; none when it already is. Simple types do not count.
    fn enter(&mut self, of: &Type<'d>) -> Option<bool> {
        let found = match of {
            Type::Named(name) => self.schemas.type_of(name, None),
            Type::Declared(declared) => Some(*declared),
        };
        match found {
            Some(found) if found.element.is(XSD, "complexType") => {
                if self.inside.contains(&std::ptr::from_ref(found.element)) {
                    return None;
                }
                self.inside.push(found.element);
                Some(true)
            }
            _ => Some(false),
        }
    }

    fn leave(&mut self, entered: bool) {
        if entered {
            self.inside.pop();
        }
    }

    /// Fills an element; gives the names of the attributes it may have besides.
    fn fill(
        &mut self,
        of: &Type<'d>,
        element: Option<&'d Element>,
        made: &mut Made,
        depth: usize,
    ) -> Vec<String> {
        let mut optional = Vec::new();
        let fixed = element.and_then(|one| one.get("fixed").or_else(|| one.get("default")));
        let mut found = match of {
            Type::Named(name) => self.schemas.type_of(name, None),
            Type::Declared(declared) => Some(*declared),
        };
        let mut named = match of {
            Type::Named(name) => Some(name.clone()),
            Type::Declared(_) => None,
        };
        let is_abstract = found.is_some_and(|one| one.element.text_of("abstract") == "true");
        if is_abstract
            && let Some((name, one)) = named.as_ref().and_then(|name| self.concrete(name))
        {
            made.attributes.push((Name::new(XSI, "type"), Value::Name(name.clone())));
            (named, found) = (Some(name), Some(one));
        } else if let (true, Some(name)) = (self.encoded, &named) {
            made.attributes.push((Name::new(XSI, "type"), Value::Name(name.clone())));
        }
        match (found, &named) {
            (Some(found), _) if found.element.is(XSD, "complexType") => {
                self.complex(found, made, &mut optional, depth, 0);
            }
            (Some(found), _) => made.text = value::of_type(self.schemas, found),
            (None, Some(name)) if is_built_in(name) => self.built_in(name, made),
            (None, Some(name)) => {
                self.unknown.insert(name.local.to_string());
            }
            (None, None) => {}
        }
        if let Some(fixed) = fixed.filter(|_| made.children.is_empty()) {
            fixed.clone_into(&mut made.text);
        }
        optional
    }

    fn built_in(&mut self, name: &Name, made: &mut Made) {
        match &*name.local {
            "anyType" | "ur-type" => made.children.push(Node::Comment("anything".to_owned())),
            "Array" | "Struct" if &*name.space == ENCODING => {
                made.children.push(Node::Comment("items".to_owned()));
            }
            _ => made.text = value::of_name(self.schemas, name),
        }
    }
}

/// What is to be said before an element.
fn comment(place: &Element, declared: &Element, attributes: &[String]) -> Option<String> {
    let mut said = Vec::new();
    if place.text_of("minOccurs") == "0" {
        said.push("optional".to_owned());
    }
    let most = place.text_of("maxOccurs");
    if most == "unbounded" {
        said.push("repeats".to_owned());
    } else if most.parse::<u32>().is_ok_and(|most| most > 1) {
        said.push(format!("up to {most} times"));
    }
    if matches!(declared.text_of("nillable"), "true" | "1") {
        said.push("may be nil".to_owned());
    }
    if !attributes.is_empty() {
        said.push(format!("may have attributes: {}", attributes.join(", ")));
    }
    (!said.is_empty()).then(|| said.join("; "))
}
