//! SOAP messages: the envelope of an operation's input or output (WSDL 1.1 §3).

use std::collections::HashSet;

use super::definitions::{Definitions, Port, Protocol};
use super::made::{self, Made, Node, Value};
use super::names::{ENCODING, ENVELOPE, ENVELOPE12, MIME, WSDL};
use super::sample::Sampler;
use super::xml::{Element, Name};

/// Headers and parts of a message.
const HEADERS: usize = 50;
pub(super) const PARTS: usize = 500;

/// One direction of an operation, as the binding and the port type have it.
#[derive(Clone, Copy)]
pub(super) struct Direction<'d> {
    /// `input` or `output` of the binding.
    pub bound: Option<&'d Element>,
    /// The same of the port type.
    pub described: Option<&'d Element>,
}

/// An envelope with what is to be said about it.
pub(super) struct Envelope {
    pub text: String,
    /// What could not be carried, with why.
    pub notes: Vec<(String, String)>,
}

/// Makes envelopes for one operation.
pub(super) struct Maker<'m, 'd> {
    pub definitions: &'d Definitions<'d>,
    pub sampler: &'m mut Sampler<'d>,
    pub port: Port<'d>,
    pub operation: &'d Element,
    pub name: &'m str,
}

impl<'d> Maker<'_, 'd> {
    /// The envelope of one direction.
    pub fn envelope(&mut self, direction: Direction<'d>, response: bool) -> Envelope {
        let soap = self.port.protocol.space();
        let space = if self.port.protocol == Protocol::Soap12 { ENVELOPE12 } else { ENVELOPE };
        let mut notes = Vec::new();
        let body = Self::bound_body(direction, soap, &mut notes);
        let encoded = body.is_some_and(|body| body.text_of("use") == "encoded");
        self.sampler.begin();
        let message = self.message(direction, &mut notes);
        let mut envelope = Made::new(Name::new(space, "Envelope"));
        let headers = self.headers(direction, soap, &mut notes);
        if !headers.is_empty() {
            let mut header = Made::new(Name::new(space, "Header"));
            header.children = headers;
            envelope.children.push(Node::Element(header));
        }
        let mut inside = Made::new(Name::new(space, "Body"));
        self.sampler.encode(encoded);
        if self.is_rpc() {
            let wrapper = self.rpc(message, body, encoded, space, response);
            inside.children.push(Node::Element(wrapper));
        } else {
            self.document(message, body, &mut inside);
        }
        envelope.children.push(Node::Element(inside));
        for name in std::mem::take(&mut self.sampler.unknown) {
            notes.push((name, "It is named and not declared in the schemas".to_owned()));
        }
        if self.sampler.cut {
            let why = "The sample would be too long: what is beyond its limit is left out";
            notes.push(("envelope".to_owned(), why.to_owned()));
        }
        Envelope { text: made::document(&envelope, &self.definitions.hints), notes }
    }

    /// The style of the operation, or that of the binding.
    fn is_rpc(&self) -> bool {
        let soap = self.port.protocol.space();
        let own = self.operation.child(soap, "operation").map(|one| one.text_of("style"));
        let style = own
            .filter(|style| !style.is_empty())
            .or_else(|| self.port.binding.child(soap, "binding").map(|one| one.text_of("style")));
        style == Some("rpc")
    }

    /// `soap:body` of a direction; of several MIME parts that of the first.
    fn bound_body(
        direction: Direction<'d>,
        soap: &str,
        notes: &mut Vec<(String, String)>,
    ) -> Option<&'d Element> {
        let bound = direction.bound?;
        if let Some(parts) = bound.child(MIME, "multipartRelated") {
            let why = "Attachments are not sent; the envelope is";
            notes.push(("mime:multipartRelated".to_owned(), why.to_owned()));
            return parts.all(MIME, "part").find_map(|part| part.child(soap, "body"));
        }
        bound.child(soap, "body")
    }

    fn message(
        &self,
        direction: Direction<'d>,
        notes: &mut Vec<(String, String)>,
    ) -> Option<&'d Element> {
        let name = direction.described?.refers("message")?;
        let found = self.definitions.message(name);
        if found.is_none() {
            let why = "The message is not in the description";
            notes.push((format!("message {}", name.local), why.to_owned()));
        }
        found
    }

    fn headers(
        &mut self,
        direction: Direction<'d>,
        soap: &'static str,
        notes: &mut Vec<(String, String)>,
    ) -> Vec<Node> {
        let mut made = Vec::new();
        for header in
            direction.bound.into_iter().flat_map(|bound| bound.all(soap, "header")).take(HEADERS)
        {
            let message = header.refers("message").and_then(|name| self.definitions.message(name));
            let named = header.text_of("part");
            let part = message.and_then(|message| {
                let mut parts = message.all(WSDL, "part").take(PARTS);
                parts.find(|part| part.text_of("name") == named)
            });
            let Some(part) = part else {
                let why = "The header's message or part is not in the description";
                notes.push((format!("soap:header {named}"), why.to_owned()));
                continue;
            };
            self.sampler.encode(header.text_of("use") == "encoded");
            made.push(Node::Element(self.part(part, header.text_of("namespace"))));
        }
        made
    }

    /// A part as an element: the one it names, or one of its own name with the type it names.
    fn part(&mut self, part: &'d Element, space: &str) -> Made {
        if let Some(name) = part.refers("element") {
            return self.sampler.global(name);
        }
        let name = Name::new(space, part.text_of("name"));
        match part.refers("type") {
            Some(of) => self.sampler.of_type(name, of),
            None => Made::new(name),
        }
    }

    fn parts(message: Option<&'d Element>, body: Option<&'d Element>) -> Vec<&'d Element> {
        let parts = message.into_iter().flat_map(|message| message.all(WSDL, "part")).take(PARTS);
        match body.and_then(|body| body.get("parts")) {
            Some(named) => {
                let named: HashSet<&str> = named.split_whitespace().collect();
                parts.filter(|part| named.contains(part.text_of("name"))).collect()
            }
            None => parts.collect(),
        }
    }

    fn rpc(
        &mut self,
        message: Option<&'d Element>,
        body: Option<&'d Element>,
        encoded: bool,
        envelope: &str,
        response: bool,
    ) -> Made {
        let own = body.and_then(|body| body.get("namespace"));
        let space = own.map_or_else(
            || self.port.kind.map_or("", |one| self.definitions.space(one)).to_owned(),
            |space| space.trim().to_owned(),
        );
        let name = if response { format!("{}Response", self.name) } else { self.name.to_owned() };
        let mut wrapper = Made::new(Name::new(&space, &name));
        if encoded {
            let style = Name::new(envelope, "encodingStyle");
            wrapper.attributes.push((style, Value::Text(ENCODING.to_owned())));
        }
        for part in Self::parts(message, body) {
            let made = self.part(part, "");
            wrapper.children.push(Node::Element(made));
        }
        wrapper
    }

    fn document(
        &mut self,
        message: Option<&'d Element>,
        body: Option<&'d Element>,
        inside: &mut Made,
    ) {
        for part in Self::parts(message, body) {
            if part.refers("element").is_some() {
                let made = self.part(part, "");
                inside.children.push(Node::Element(made));
                continue;
            }
            // The type of the only part is that of the body itself (§3.5).
            let Some(of) = part.refers("type") else { continue };
            let mut made = self.sampler.of_type(inside.name.clone(), of);
            inside.attributes.append(&mut made.attributes);
            inside.children.append(&mut made.children);
            inside.text.push_str(&made.text);
        }
    }
}
