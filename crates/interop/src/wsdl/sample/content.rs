//! What is in an element of a complex type: its own, what it extends or restricts, arrays.

use super::super::made::{Made, Node, Value};
use super::super::names::{ENCODING, WSDL, XSD};
use super::super::schemas::{Declared, is_built_in};
use super::super::value;
use super::super::xml::Name;
use super::{CHAIN, DEPTH, Sampler, Type};

impl<'d> Sampler<'d> {
    pub(super) fn complex(
        &mut self,
        of: Declared<'d>,
        made: &mut Made,
        optional: &mut Vec<String>,
        depth: usize,
        chain: usize,
    ) {
        if chain > CHAIN || !self.spend(of.element.children.len()) {
            return;
        }
        for child in of.element.children.iter().filter(|child| &*child.name.space == XSD) {
            let inner = Declared { element: child, schema: of.schema };
            if matches!(&*child.name.local, "complexContent" | "simpleContent") {
                for way in child.children.iter().filter(|way| &*way.name.space == XSD) {
                    let way = Declared { element: way, schema: of.schema };
                    self.derived(way, of, made, optional, depth, chain);
                }
            } else {
                self.particle(inner, &mut made.children, depth, chain);
            }
        }
        self.attributes(of, made, optional, chain);
    }

    /// An extension or a restriction of another type.
    fn derived(
        &mut self,
        way: Declared<'d>,
        of: Declared<'d>,
        made: &mut Made,
        optional: &mut Vec<String>,
        depth: usize,
        chain: usize,
    ) {
        let Some(base) = self.schemas.refers(way, "base") else { return };
        let extends = way.element.is(XSD, "extension");
        if !extends && &*base.space == ENCODING && &*base.local == "Array" {
            self.array(way, made, depth);
            return;
        }
        match self.schemas.type_of(&base, Some(of)) {
            Some(found) if found.element.is(XSD, "complexType") => {
                if extends {
                    self.complex(found, made, optional, depth, chain + 1);
                } else {
                    // A restriction says again which elements it has, but not which attributes.
                    let mut whole = Made::new(made.name.clone());
                    self.restricted(found, &mut whole, optional, chain + 1);
                    made.attributes.append(&mut whole.attributes);
                    made.text = whole.text;
                }
            }
            Some(found) => made.text = value::of_type(self.schemas, found),
            None if is_built_in(&base) && &*base.local != "anyType" => {
                made.text = value::of_restriction(self.schemas, way, &base);
            }
            None if is_built_in(&base) => {}
            None => {
                self.unknown.insert(base.local.to_string());
            }
        }
        for child in way.element.children.iter().filter(|child| &*child.name.space == XSD) {
            let inner = Declared { element: child, schema: way.schema };
            self.particle(inner, &mut made.children, depth, chain);
        }
        self.attributes(way, made, optional, chain);
    }

    /// The attributes and the text of a base, without its elements.
    fn restricted(
        &mut self,
        of: Declared<'d>,
        made: &mut Made,
        optional: &mut Vec<String>,
        chain: usize,
    ) {
        if chain > CHAIN || !self.spend(of.element.children.len()) {
            return;
        }
        let contents = of
            .element
            .children
            .iter()
            .filter(|child| child.is(XSD, "complexContent") || child.is(XSD, "simpleContent"));
        for way in contents.flat_map(|content| &content.children) {
            let way = Declared { element: way, schema: of.schema };
            let Some(base) = self.schemas.refers(way, "base") else { continue };
            match self.schemas.type_of(&base, Some(of)) {
                Some(found) if found.element.is(XSD, "complexType") => {
                    self.restricted(found, made, optional, chain + 1);
                }
                Some(found) => made.text = value::of_type(self.schemas, found),
                None => made.text = value::of_restriction(self.schemas, way, &base),
            }
            self.attributes(way, made, optional, chain);
        }
        self.attributes(of, made, optional, chain);
    }

    /// An array of SOAP's encoding: one item, with the type that `wsdl:arrayType` names.
    fn array(&mut self, way: Declared<'d>, made: &mut Made, depth: usize) {
        let attributes = way.element.all(XSD, "attribute");
        let item = attributes
            .filter_map(|attribute| attribute.foreign(WSDL, "arrayType"))
            .find_map(|(_, name)| name);
        let Some(item) = item else {
            for child in &way.element.children {
                let inner = Declared { element: child, schema: way.schema };
                self.particle(inner, &mut made.children, depth, 0);
            }
            return;
        };
        let local = item.local.trim_end_matches(['[', ']', ',']);
        let item = Name { space: item.space.clone(), local: local.into() };
        made.attributes
            .push((Name::new(ENCODING, "arrayType"), Value::Array(item.clone(), "[1]".to_owned())));
        if depth >= DEPTH || !self.spend(0) {
            self.cut = true;
            return;
        }
        let of = Type::Named(item);
        let Some(entered) = self.enter(&of) else {
            made.children.push(Node::Comment("<item> holds the same again".to_owned()));
            return;
        };
        let mut one = Made::new(Name::new("", "item"));
        self.fill(&of, None, &mut one, depth + 1);
        self.leave(entered);
        made.children.push(Node::Comment("repeats".to_owned()));
        made.children.push(Node::Element(one));
    }
}
