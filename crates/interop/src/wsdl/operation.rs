//! Operations of a binding as requests.

use errand_model::{
    Body, Example, ExampleBody, ExampleResponse, Header, ItemRequest, RawLanguage, Request,
};
use serde_json::json;

use super::definitions::{Definitions, Port, Protocol};
use super::envelope::{Direction, Maker};
use super::http;
use super::names::WSDL;
use super::sample::Sampler;
use super::xml::Element;
use crate::{Scribe, query};

/// Faults of one operation.
const FAULTS: usize = 50;

/// An operation of a binding with that of its port type.
#[derive(Clone, Copy)]
pub(super) struct Operation<'d> {
    pub bound: &'d Element,
    pub described: Option<&'d Element>,
}

impl<'d> Operation<'d> {
    /// The operations of a port in the order of its binding.
    pub fn all(port: Port<'d>) -> Vec<Self> {
        let described: Vec<&Element> =
            port.kind.map(|one| one.element.all(WSDL, "operation").collect()).unwrap_or_default();
        let mut by_name: std::collections::HashMap<&str, Vec<&'d Element>> =
            std::collections::HashMap::new();
        for one in described {
            by_name.entry(one.text_of("name")).or_default().push(one);
        }
        let bound = port.binding.all(WSDL, "operation");
        let all = bound.map(|bound| {
            let named = by_name.get(bound.text_of("name")).map(Vec::as_slice).unwrap_or_default();
            // Of overloaded ones it is that whose input has the same name (§2.5).
            let input =
                |one: &Element| one.child(WSDL, "input").map(|one| one.text_of("name").to_owned());
            let same = named.iter().find(|one| input(one) == input(bound));
            Operation { bound, described: same.or(named.first()).copied() }
        });
        all.collect()
    }

    pub fn name(&self) -> &'d str {
        self.bound.text_of("name")
    }

    /// Whether the service sends it and nobody asks (§2.4.4).
    pub fn is_notification(&self) -> bool {
        self.described.is_some_and(|one| {
            one.child(WSDL, "input").is_none() && one.child(WSDL, "output").is_some()
        })
    }

    pub fn direction(&self, name: &str) -> Direction<'d> {
        Direction {
            bound: self.bound.child(WSDL, name),
            described: self.described.and_then(|one| one.child(WSDL, name)),
        }
    }

    fn docs(&self) -> String {
        let docs = |one: &Element| one.child(WSDL, "documentation").map(Element::words);
        let described = self.described.and_then(docs).filter(|text| !text.is_empty());
        described.or_else(|| docs(self.bound)).unwrap_or_default()
    }
}

/// The request of an operation.
pub(super) fn request<'d>(
    definitions: &'d Definitions<'d>,
    sampler: &mut Sampler<'d>,
    port: Port<'d>,
    operation: Operation<'d>,
    url: &str,
    scribe: &mut Scribe<'_>,
) -> ItemRequest {
    scribe.kept("request");
    let mut request = Request {
        name: operation.name().to_owned(),
        method: "POST".to_owned(),
        url: url.to_owned(),
        docs: operation.docs(),
        ..Request::default()
    };
    if operation.described.is_none() {
        let why = "The port type has no operation of that name, so its messages are not known";
        scribe.not_carried("portType", why);
    }
    let mut item = ItemRequest::default();
    if port.protocol == Protocol::Http {
        http::fill(definitions, sampler, port, operation, &mut request, scribe);
    } else {
        let maker = Maker {
            definitions,
            sampler,
            port,
            operation: operation.bound,
            name: operation.name(),
        };
        soap(maker, operation, &mut request, &mut item, scribe);
    }
    let mut rows = query::rows(&request.url);
    rows.append(&mut request.params);
    request.params = rows;
    faults(operation, scribe);
    let text = |element: Option<&Element>| element.map(|one| one.text_of("name").to_owned());
    let kept = json!({
        "operation": operation.name(),
        "service": text(port.service),
        "port": text(port.element),
        "binding": port.binding.text_of("name"),
    });
    item.extensions.insert("wsdl".to_owned(), kept);
    item.request = request;
    item
}

fn soap<'d>(
    mut maker: Maker<'_, 'd>,
    operation: Operation<'d>,
    request: &mut Request,
    item: &mut ItemRequest,
    scribe: &mut Scribe<'_>,
) {
    let protocol = maker.port.protocol;
    let action = operation.bound.child(protocol.space(), "operation");
    let action = action.map(|one| one.text_of("soapAction")).unwrap_or_default();
    request.headers = headers(protocol, action);
    let sent = maker.envelope(operation.direction("input"), false);
    request.body = Body::Raw { language: RawLanguage::Xml, text: sent.text };
    for (part, why) in sent.notes {
        scribe.not_carried(part, why);
    }
    let output = operation.direction("output");
    if output.described.is_none() && (output.bound.is_none() || operation.described.is_some()) {
        return;
    }
    let answer = maker.envelope(output, true);
    for (part, why) in answer.notes {
        scribe.not_carried(part, why);
    }
    let media = headers(protocol, "").into_iter().take(1).collect();
    let body = ExampleBody { kind: "xml".to_owned(), data: answer.text };
    let response = ExampleResponse {
        status: Some(200),
        status_text: "OK".to_owned(),
        headers: media,
        body: Some(body),
    };
    item.examples.push(Example { name: "Response".to_owned(), response, ..Example::default() });
}

/// SOAP 1.1 §6.1.1 and RFC 3902.
fn headers(protocol: Protocol, action: &str) -> Vec<Header> {
    let action = action.replace('"', "%22");
    match protocol {
        Protocol::Soap12 if action.is_empty() => {
            vec![Header::new("Content-Type", "application/soap+xml; charset=utf-8")]
        }
        Protocol::Soap12 => {
            let value = format!("application/soap+xml; charset=utf-8; action=\"{action}\"");
            vec![Header::new("Content-Type", value)]
        }
        _ => vec![
            Header::new("Content-Type", "text/xml; charset=utf-8"),
            Header::new("SOAPAction", format!("\"{action}\"")),
        ],
    }
}

fn faults(operation: Operation<'_>, scribe: &mut Scribe<'_>) {
    let faults =
        operation.described.into_iter().flat_map(|one| one.all(WSDL, "fault")).take(FAULTS);
    for fault in faults {
        let why = "Answers that are faults have no example";
        scribe.not_carried(format!("fault {}", fault.text_of("name")), why);
    }
}
