//! XML read into a tree, within limits.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::names::{HTTP, MIME, SOAP, SOAP12, WSDL, XSD, XSD_DRAFTS, XSI};
use super::{Attribute, Document, Element, Name};
use crate::{Entry, Error};

/// Elements within elements.
const DEPTH: usize = 200;

/// Elements of one document.
const ELEMENTS: usize = 300_000;

/// Attributes of one element.
const ATTRIBUTES: usize = 500;

/// Longest name and longest value of an attribute, in bytes.
const NAME: usize = 1_000;
const VALUE: usize = 16_000;

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Reads a document.
///
/// # Errors
/// It is not well-formed, uses entities, or is larger or deeper than is sensible.
pub(in super::super) fn parse(entry: &Entry) -> Result<Document, Error> {
    let text = entry.text()?;
    let mut parser = Parser {
        entry,
        text: &text,
        spaces: HashMap::from([("xml".to_owned(), vec![Rc::from(XML)])]),
        known: HashMap::new(),
        empty: Rc::from(""),
        open: Vec::new(),
        prefixes: Vec::new(),
        undeclared: BTreeSet::new(),
        count: 0,
    };
    parser.document()
}

/// An element that is not yet at its end, with the prefixes it declares.
struct Open {
    element: Element,
    declared: Vec<String>,
}

struct Parser<'t> {
    entry: &'t Entry,
    text: &'t str,
    /// What each prefix means, the innermost last; the default namespace has an empty one.
    spaces: HashMap<String, Vec<Rc<str>>>,
    /// Names seen, so that each is held once.
    known: HashMap<String, Rc<str>>,
    empty: Rc<str>,
    open: Vec<Open>,
    prefixes: Vec<(String, Rc<str>)>,
    undeclared: BTreeSet<String>,
    count: usize,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<Document, Error> {
        let mut reader = Reader::from_str(self.text);
        let mut root = None;
        loop {
            let at = reader.buffer_position();
            let event = reader
                .read_event()
                .map_err(|error| self.wrong(reader.error_position(), error.to_string()))?;
            match event {
                Event::Start(start) => self.start(&start, at, root.is_some())?,
                Event::Empty(start) => {
                    self.start(&start, at, root.is_some())?;
                    self.end(&mut root);
                }
                Event::End(_) => self.end(&mut root),
                Event::Text(text) => self.words(&text.xml10_content(), at)?,
                Event::CData(text) => self.words(&text.xml10_content(), at)?,
                Event::GeneralRef(reference) => {
                    let character = reference
                        .resolve_char_ref()
                        .map_err(|error| self.wrong(at, error.to_string()))?;
                    match character {
                        Some(character) => self.words(character.encode_utf8(&mut [0; 4]), at)?,
                        None => self.entity(&reference.into_inner(), at)?,
                    }
                }
                Event::DocType(text) if text.contains("<!") || text.contains('[') => {
                    return Err(self.refused("its DTD declares things of its own"));
                }
                Event::Eof => break,
                Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
        let end = self.text.len() as u64;
        if let Some(open) = self.open.last() {
            let what = format!("it ends where <{}> is still open", open.element.name.local);
            return Err(self.wrong(end, what));
        }
        let root = root.ok_or_else(|| self.wrong(end, "no element is in it".to_owned()))?;
        let undeclared = std::mem::take(&mut self.undeclared);
        Ok(Document { root, prefixes: std::mem::take(&mut self.prefixes), undeclared })
    }

    fn start(&mut self, start: &BytesStart<'_>, at: u64, second: bool) -> Result<(), Error> {
        self.count += 1;
        if self.count > ELEMENTS {
            return Err(self.refused(&format!("more than {ELEMENTS} elements are in it")));
        }
        if self.open.len() >= DEPTH {
            return Err(self.refused(&format!("its elements are nested over {DEPTH} deep")));
        }
        if second && self.open.is_empty() {
            return Err(self.wrong(at, "a second root element".to_owned()));
        }
        if start.name().0.len() > NAME {
            return Err(self.refused(&format!("a name is longer than {NAME} bytes")));
        }
        let mut own: Vec<(&str, String)> = Vec::new();
        let mut declared = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.wrong(at, error.to_string()))?;
            if own.len() + declared.len() >= ATTRIBUTES {
                let what = format!("an element has more than {ATTRIBUTES} attributes");
                return Err(self.refused(&what));
            }
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.wrong(at, error.to_string()))?;
            let key = attribute.key.0;
            if key.len() > NAME || value.len() > VALUE {
                let what = format!("an attribute is longer than {VALUE} bytes");
                return Err(self.refused(&what));
            }
            let prefix = if key == "xmlns" { Some("") } else { key.strip_prefix("xmlns:") };
            match prefix {
                Some(prefix) => {
                    self.declare(prefix, &value);
                    declared.push(prefix.to_owned());
                }
                None => own.push((key, value.into_owned())),
            }
        }
        let name = self.name(start.name().0, true);
        let mut attributes = Vec::with_capacity(own.len());
        for (key, value) in own {
            let name = self.name(key, false);
            let names = if holds_names(&name.local) { self.values(&value) } else { Vec::new() };
            attributes.push(Attribute { name, value, names });
        }
        let element = Element { name, attributes, children: Vec::new(), text: String::new() };
        self.open.push(Open { element, declared });
        Ok(())
    }

    fn end(&mut self, root: &mut Option<Element>) {
        let Some(Open { element, declared }) = self.open.pop() else { return };
        for prefix in declared {
            self.spaces.get_mut(&prefix).and_then(Vec::pop);
        }
        match self.open.last_mut() {
            Some(above) => above.element.children.push(element),
            None => *root = Some(element),
        }
    }

    fn declare(&mut self, prefix: &str, space: &str) {
        let space = space.trim();
        let space = self.once(if XSD_DRAFTS.contains(&space) { XSD } else { space });
        self.spaces.entry(prefix.to_owned()).or_default().push(Rc::clone(&space));
        if self.prefixes.len() < ATTRIBUTES && !prefix.is_empty() {
            self.prefixes.push((prefix.to_owned(), space));
        }
    }

    fn once(&mut self, text: &str) -> Rc<str> {
        if let Some(known) = self.known.get(text) {
            return Rc::clone(known);
        }
        let made: Rc<str> = Rc::from(text);
        self.known.insert(text.to_owned(), Rc::clone(&made));
        made
    }

    fn name(&mut self, name: &str, element: bool) -> Name {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let space = match self.spaces.get(prefix).and_then(|all| all.last()) {
            _ if prefix.is_empty() && !element => Rc::clone(&self.empty),
            Some(space) => Rc::clone(space),
            None if prefix.is_empty() => Rc::clone(&self.empty),
            None => {
                let space = self.once(usual(prefix));
                self.undeclared.insert(prefix.to_owned());
                space
            }
        };
        Name { space, local: self.once(local) }
    }

    /// Names in the value of an attribute. One whose prefix is not declared has no namespace.
    fn values(&mut self, value: &str) -> Vec<Name> {
        let names = value.split_whitespace().take(100).map(|name| {
            let (prefix, local) = name.split_once(':').unwrap_or(("", name));
            let space = self.spaces.get(prefix).and_then(|all| all.last()).cloned();
            (space.ok_or(prefix), local)
        });
        let names: Vec<_> = names.collect();
        let names = names.into_iter().map(|(space, local)| {
            let space = space.unwrap_or_else(|prefix| self.once(usual(prefix)));
            Name { space, local: self.once(local) }
        });
        names.collect()
    }

    fn words(&mut self, text: &str, at: u64) -> Result<(), Error> {
        match self.open.last_mut() {
            Some(open) => open.element.text.push_str(text),
            None if text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty() => {}
            None => return Err(self.wrong(at, "text outside of the root element".to_owned())),
        }
        Ok(())
    }

    fn entity(&mut self, name: &str, at: u64) -> Result<(), Error> {
        match quick_xml::escape::resolve_xml_entity(name) {
            Some(text) => self.words(text, at),
            None => Err(self.wrong(at, format!("the entity &{name}; is not one of XML's own"))),
        }
    }

    fn wrong(&self, at: u64, what: String) -> Error {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(self.text.len());
        let before = &self.text.as_bytes()[..at];
        let line = before.split(|byte| *byte == b'\n').count();
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Error::Syntax { file: self.entry.path.clone(), wanted: "XML", what, line, column }
    }

    fn refused(&self, what: &str) -> Error {
        Error::Refused { file: self.entry.path.clone(), what: what.to_owned() }
    }
}

/// Whether a prefix means something to most people.
pub(in super::super) fn is_usual(prefix: &str) -> bool {
    !usual(prefix).is_empty()
}

/// What a prefix means to most people.
fn usual(prefix: &str) -> &str {
    match prefix {
        "wsdl" => WSDL,
        "soap" => SOAP,
        "soap12" => SOAP12,
        "http" => HTTP,
        "mime" => MIME,
        "xsd" | "xs" | "s" => XSD,
        "xsi" => XSI,
        _ => "",
    }
}

/// Attributes of WSDL and XSD whose values are names with prefixes.
fn holds_names(attribute: &str) -> bool {
    matches!(
        attribute,
        "type"
            | "base"
            | "ref"
            | "element"
            | "message"
            | "binding"
            | "itemType"
            | "memberTypes"
            | "substitutionGroup"
            | "arrayType"
            | "header"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    fn read(text: &str) -> Result<Document, Error> {
        parse(&Source::file("a.wsdl", text.as_bytes().to_vec()).entries[0])
    }

    fn error(text: &str) -> String {
        read(text).expect_err("it is broken").to_string()
    }

    #[test]
    fn names_have_their_namespaces() {
        let text = r#"<a xmlns="u:1" xmlns:p="u:2"><p:b p:c="1" type="p:T"/>
            <d xmlns="u:3" type="T" ref="x:T">x &lt;<![CDATA[&]]>&#33;</d><e/></a>"#;
        let root = read(text).expect("it is XML").root;
        assert_eq!(root.name, Name::new("u:1", "a"));
        let [b, d, e] = &root.children[..] else { panic!("three children") };
        assert_eq!(b.name, Name::new("u:2", "b"));
        assert_eq!(b.foreign("u:2", "c"), Some(("1", None)));
        assert_eq!(b.refers("type"), Some(&Name::new("u:2", "T")));
        assert_eq!(d.refers("type"), Some(&Name::new("u:3", "T")));
        assert_eq!(d.refers("ref"), Some(&Name::new("", "T")));
        assert_eq!(d.text, "x <&!");
        assert_eq!(e.name, Name::new("u:1", "e"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        assert_eq!(
            error("<a>\n  <b>x</c></a>"),
            "a.wsdl is not XML: ill-formed document: expected `</b>`, but `</c>` was found (line 2, column 7)."
        );
        assert_eq!(
            error("<a>\n <b>"),
            "a.wsdl is not XML: it ends where <b> is still open (line 2, column 5)."
        );
        let lenient = read("<wsdl:a x:b=''/>").expect("prefixes are guessed");
        assert_eq!(lenient.root.name, Name::new(WSDL, "a"));
        assert_eq!(lenient.undeclared, ["wsdl".to_owned(), "x".to_owned()].into());
        assert!(error("<a/><b/>").contains("a second root element"));
        assert!(error("").contains("no element is in it"));
    }

    #[test]
    fn entities_depths_and_crowds_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"y\"><!ENTITY z \"&x;&x;\">]><a>&z;</a>";
        assert_eq!(error(bomb), "a.wsdl is refused: its DTD declares things of its own.");
        assert!(error("<a>&nbsp;</a>").contains("the entity &nbsp; is not one of XML's own"));
        assert!(error("<a b='&x;'/>").starts_with("a.wsdl is not XML"));
        assert!(error(&"<a>".repeat(100_000)).contains("nested over 200 deep"));
        let crowd: String =
            (0..800_000).fold("<a".to_owned(), |text, n| text + &format!(" a{n}=''"));
        assert!(error(&(crowd + "/>")).contains("more than 500 attributes"));
    }
}
