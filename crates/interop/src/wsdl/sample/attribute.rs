//! Attributes of sample elements.

use super::super::made::{Made, Value};
use super::super::names::XSD;
use super::super::schemas::Declared;
use super::super::value;
use super::super::xml::{Element, Name};
use super::{CHAIN, Sampler};

/// Attributes of one element.
const ATTRIBUTES: usize = 200;

impl<'d> Sampler<'d> {
    /// The attributes that must be there; the names of the others.
    pub(super) fn attributes(
        &mut self,
        of: Declared<'d>,
        made: &mut Made,
        optional: &mut Vec<String>,
        chain: usize,
    ) {
        if chain > CHAIN || !self.spend(of.element.children.len()) {
            return;
        }
        for child in of.element.children.iter().filter(|child| &*child.name.space == XSD) {
            let inner = Declared { element: child, schema: of.schema };
            match &*child.name.local {
                "attribute" => self.attribute(inner, made, optional),
                "attributeGroup" => {
                    let Some(name) = self.schemas.refers(inner, "ref") else { continue };
                    match self.schemas.attribute_groups.find(&name) {
                        Some(group) => self.attributes(group, made, optional, chain + 1),
                        None => {
                            self.unknown.insert(name.local.to_string());
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn attribute(&mut self, of: Declared<'d>, made: &mut Made, optional: &mut Vec<String>) {
        if made.attributes.len() + optional.len() >= ATTRIBUTES {
            return;
        }
        let reference = self.schemas.refers(of, "ref");
        let global = reference.as_ref().and_then(|name| self.schemas.attributes.find(name));
        let declared = global.unwrap_or(of);
        let name = match (&reference, global) {
            (_, Some(global)) => self.schemas.global(global),
            (Some(name), None) => name.clone(),
            (None, None) => self.schemas.local_attribute(of),
        };
        made.attributes.retain(|(other, _)| *other != name);
        optional.retain(|other| **other != *name.local);
        match of.element.text_of("use") {
            "prohibited" => {}
            "required" => {
                let fixed = |one: &'d Element| one.get("fixed").or_else(|| one.get("default"));
                let fixed = fixed(of.element).or_else(|| fixed(declared.element));
                let text = fixed.map_or_else(|| self.attribute_value(declared), str::to_owned);
                made.attributes.push((name, Value::Text(text)));
            }
            _ => optional.push(name.local.to_string()),
        }
    }

    fn attribute_value(&self, declared: Declared<'d>) -> String {
        if let Some(name) = self.schemas.refers(declared, "type") {
            return value::of_name(self.schemas, &name);
        }
        let inner = declared.element.child(XSD, "simpleType");
        inner.map_or_else(
            || value::of_name(self.schemas, &Name::new(XSD, "string")),
            |element| value::of_type(self.schemas, Declared { element, schema: declared.schema }),
        )
    }
}
