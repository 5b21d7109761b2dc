//! Content models: sequences, choices, groups and wildcards.

use super::super::made::{Made, Node};
use super::super::names::XSD;
use super::super::schemas::Declared;
use super::super::xml::Element;
use super::{CHAIN, OTHERS, Sampler};

impl<'d> Sampler<'d> {
    /// A part of a content model.
    pub(super) fn particle(
        &mut self,
        of: Declared<'d>,
        nodes: &mut Vec<Node>,
        depth: usize,
        chain: usize,
    ) {
        if chain > CHAIN || of.element.text_of("maxOccurs") == "0" {
            return;
        }
        if !self.spend(of.element.children.len()) {
            return;
        }
        match &*of.element.name.local {
            "element" => match self.schemas.refers(of, "ref") {
                Some(name) => {
                    if let Some(global) = self.schemas.elements.find(&name) {
                        self.declared(global, Some(of), nodes, depth + 1);
                    } else {
                        self.unknown.insert(name.local.to_string());
                        nodes.push(Node::Element(Made::new(name)));
                    }
                }
                None => self.declared(of, Some(of), nodes, depth + 1),
            },
            "sequence" | "all" => {
                let before = nodes.len();
                for child in of.element.children.iter().filter(|one| &*one.name.space == XSD) {
                    let inner = Declared { element: child, schema: of.schema };
                    self.particle(inner, nodes, depth, chain + 1);
                }
                together(of.element, before, nodes);
            }
            "choice" => self.choice(of, nodes, depth, chain),
            "group" => {
                let Some(name) = self.schemas.refers(of, "ref") else { return };
                let Some(group) = self.schemas.group(&name, Some(of)) else {
                    self.unknown.insert(name.local.to_string());
                    return;
                };
                let key = std::ptr::from_ref(group.element);
                if self.inside.contains(&key) {
                    nodes.push(Node::Comment(format!("the group {} again", name.local)));
                    return;
                }
                self.inside.push(key);
                let before = nodes.len();
                for child in group.element.children.iter().filter(|one| &*one.name.space == XSD) {
                    let inner = Declared { element: child, schema: group.schema };
                    self.particle(inner, nodes, depth, chain + 1);
                }
                together(of.element, before, nodes);
                self.inside.pop();
            }
            "any" => nodes.push(Node::Comment(any(of.element))),
            _ => {}
        }
    }

    /// The first alternative, and the others by name.
    fn choice(&mut self, of: Declared<'d>, nodes: &mut Vec<Node>, depth: usize, chain: usize) {
        let mut all = of
            .element
            .children
            .iter()
            .filter(|one| &*one.name.space == XSD && &*one.name.local != "annotation");
        let Some(first) = all.next() else { return };
        let before = nodes.len();
        self.particle(Declared { element: first, schema: of.schema }, nodes, depth, chain + 1);
        together(of.element, before, nodes);
        for other in all.take(OTHERS) {
            let mut names = Vec::new();
            self.names(Declared { element: other, schema: of.schema }, &mut names, chain + 1);
            if !names.is_empty() {
                nodes.push(Node::Comment(format!("or instead: {}", names.join(", "))));
            }
        }
    }

    /// The elements of an alternative that is not taken.
    fn names(&self, of: Declared<'d>, names: &mut Vec<String>, chain: usize) {
        if chain > CHAIN || names.len() >= 20 {
            return;
        }
        match &*of.element.name.local {
            "element" => {
                let name = self.schemas.refers(of, "ref");
                let name = name.map_or_else(|| of.element.text_of("name").into(), |one| one.local);
                names.push(format!("<{name}>"));
            }
            "any" => names.push(any(of.element)),
            "group" => names.extend(
                self.schemas.refers(of, "ref").map(|name| format!("the group {}", name.local)),
            ),
            "sequence" | "all" | "choice" => {
                for child in of.element.children.iter().take(OTHERS) {
                    let inner = Declared { element: child, schema: of.schema };
                    self.names(inner, names, chain + 1);
                }
            }
            _ => {}
        }
    }
}

/// Says of a group of elements what its own counts say.
fn together(group: &Element, before: usize, nodes: &mut Vec<Node>) {
    let count = nodes[before..].iter().filter(|node| matches!(node, Node::Element(_))).count();
    let optional = group.text_of("minOccurs") == "0";
    let repeats = !matches!(group.text_of("maxOccurs"), "" | "0" | "1");
    let said = match (optional, repeats) {
        (true, true) => "optional; repeats",
        (true, false) => "optional",
        (false, true) => "repeats",
        (false, false) => return,
    };
    match count {
        0 => {}
        1 => nodes.insert(before, Node::Comment(said.to_owned())),
        _ => nodes.insert(before, Node::Comment(format!("{said}: the next {count} elements"))),
    }
}

fn any(element: &Element) -> String {
    match element.text_of("namespace") {
        "" | "##any" => "any element".to_owned(),
        "##other" => "any element of another namespace".to_owned(),
        "##local" => "any element without a namespace".to_owned(),
        space => format!("any element of {space}"),
    }
}
