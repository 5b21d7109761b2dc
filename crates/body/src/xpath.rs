//! `XPath` 1.0 over namespaced XML, evaluated by anyxml. Why that one: docs/decisions/xpath.md.

use std::io::Write;

use anyxml::{
    sax::XMLReader,
    tree::{NodeType, TreeBuildHandler, convert::NodeKind},
    xpath::{XPathExpression, XPathObject, compile},
};

use crate::{Error, Result, ViewKind, depth, filter::Output};

/// The prefix under which the default namespace of the root element can be named, `XPath` 1.0 having none for it.
const DEFAULT_PREFIX: &str = "default";

/// Attributes of one element that are given to the parser.
const MOST_ATTRIBUTES: usize = 2_000;

/// Writes what `expression` selects, a line for each node, and returns how to show it and how many there are.
pub(crate) fn run(bytes: Vec<u8>, expression: &str, out: &mut Output) -> Result<(ViewKind, u64)> {
    depth::check("XML", depth::xml(&bytes))?;
    refuse_entities(&bytes)?;
    refuse_attributes(&bytes)?;
    let mut expression = compiled(expression)?;
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    for (prefix, namespace) in namespaces(&text) {
        // A prefix that cannot be bound is one the expression cannot name either.
        let _ = expression.add_namespace(&prefix, &namespace);
    }
    let mut handler = TreeBuildHandler::default();
    handler.coalescing = true;
    let mut reader = XMLReader::builder().set_handler(handler).build();
    let text = without_declaration(&text);
    reader
        .parse_str(text, None)
        .map_err(|error| Error::Format { format: "XML", message: error.to_string() })?;
    let found =
        expression.evaluate(reader.handler.document).map_err(|error| failed(&error.to_string()))?;
    print(found, out)
}

fn compiled(expression: &str) -> Result<XPathExpression> {
    let refused = |message: String| Error::Expression { language: "The XPath expression", message };
    // It would read files.
    let squeezed: String = expression.chars().filter(|char| !char.is_whitespace()).collect();
    if squeezed.contains("document(") {
        return Err(refused("document() is not available here".to_owned()));
    }
    compile(expression).map_err(|error| refused(format!("{error:?}")))
}

fn print(found: XPathObject, out: &mut Output) -> Result<(ViewKind, u64)> {
    let nodes = match found {
        XPathObject::NodeSet(nodes) => nodes,
        value => {
            let text = value.as_string().map_err(|error| failed(&error.to_string()))?;
            writeln!(out, "{text}")?;
            return Ok((ViewKind::Raw, 1));
        }
    };
    let mut kind = ViewKind::Raw;
    for node in nodes.iter() {
        match node.downcast() {
            NodeKind::Element(element) => {
                kind = ViewKind::Xml;
                writeln!(out, "{element}")?;
            }
            NodeKind::Document(document) => {
                kind = ViewKind::Xml;
                writeln!(out, "{document}")?;
            }
            NodeKind::Attribute(attribute) => writeln!(out, "{}", attribute.value())?,
            _ if node.node_type() == NodeType::Comment => writeln!(out, "{}", node.text_content())?,
            _ => writeln!(out, "{}", node.text_content())?,
        }
    }
    Ok((kind, nodes.len() as u64))
}

/// The namespaces the document declares, by prefix; the first declaration of a prefix counts.
fn namespaces(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (at, _) in text.match_indices("xmlns") {
        let Some((name, rest)) = text[at + 5..].split_once('=') else { break };
        let prefix = match name.trim().strip_prefix(':') {
            Some(prefix) => prefix,
            None if name.trim().is_empty() => DEFAULT_PREFIX,
            None => continue,
        };
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|char| matches!(char, '"' | '\'')) else {
            continue;
        };
        let Some((namespace, _)) = rest[1..].split_once(quote) else { break };
        if !namespace.is_empty()
            && found.len() < 1000
            && !found.iter().any(|(known, _)| known == prefix)
        {
            found.push((prefix.to_owned(), namespace.to_owned()));
        }
    }
    found
}

/// The text after an XML declaration: the charset it names is that of the bytes before they were decoded.
fn without_declaration(text: &str) -> &str {
    let trimmed = text.trim_start_matches('\u{FEFF}');
    match trimmed.strip_prefix("<?xml ").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest,
        None => trimmed,
    }
}

/// Entities are what XML bombs and the reading of local files are made of; no response needs them.
fn refuse_entities(bytes: &[u8]) -> Result<()> {
    if memchr::memmem::find(bytes, b"<!ENTITY").is_none() {
        return Ok(());
    }
    let message = "it declares entities, which are not expanded here.".to_owned();
    Err(Error::Format { format: "XML", message })
}

/// The parser compares each attribute of an element with all others.
fn refuse_attributes(bytes: &[u8]) -> Result<()> {
    let most = depth::attributes(bytes);
    if most <= MOST_ATTRIBUTES {
        return Ok(());
    }
    let message =
        format!("an element has {most} attributes; filters take up to {MOST_ATTRIBUTES}.");
    Err(Error::Format { format: "XML", message })
}

fn failed(message: &str) -> Error {
    Error::Filter { language: "XPath", message: message.to_owned() }
}
