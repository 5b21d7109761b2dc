//! Saved exchanges: `examples` of a request.
//!
//! A header of a response has only a name and a value in the specification; what else is known of
//! one is under `extensions.errand.responseHeaders`, by the places of the example and the header.

use errand_model::{Body, Example, ExampleBody, ExampleRequest, ExampleResponse, Header};

use super::rows::{self, Row};
use super::{body, extension, field};
use crate::yaml::{Data, Fault, Node};

const ROW: &[&str] = &["name", "description", "request", "response"];
const REQUEST: &[&str] = &["url", "method", "headers", "params", "body"];
const RESPONSE: &[&str] = &["status", "statusText", "headers", "body"];
/// What the specification calls the bodies that a response can have.
const KINDS: &[&str] = &["json", "text", "xml", "html", "binary"];

pub(super) fn read(file: &Node) -> Result<Vec<Example>, Fault> {
    let mut examples: Vec<Example> = rows::read(file, "examples")?;
    let Some(errand) = extension::node(file) else { return Ok(examples) };
    for more in field::list(errand, "responseHeaders")? {
        let header = place(more, "example")?
            .and_then(|at| examples.get_mut(at))
            .zip(place(more, "header")?)
            .and_then(|(example, at)| example.response.headers.get_mut(at));
        if let Some(header) = header {
            header.description = field::prose(more, "description")?;
            header.enabled = !field::is_true(more, "disabled")?;
        }
    }
    Ok(examples)
}

fn place(node: &Node, key: &str) -> Result<Option<usize>, Fault> {
    Ok(field::text(node, key)?.parse().ok())
}

/// Sets the examples that differ from those `source` holds.
pub(super) fn write(file: &mut Data, source: Option<&Node>, new: &[Example], order: &[&str]) {
    let old = source.and_then(|node| read(node).ok()).unwrap_or_default();
    if old == new {
        return;
    }
    rows::write(file, source, "examples", new, order);
    let more = more_of_headers(new);
    extension::edit(file, order, |errand| {
        if more.is_empty() {
            errand.remove("responseHeaders");
        } else {
            errand.put("responseHeaders", Data::List(more), &[]);
        }
    });
}

fn more_of_headers(examples: &[Example]) -> Vec<Data> {
    let mut more = Vec::new();
    for (at, example) in examples.iter().enumerate() {
        let headers = example.response.headers.iter().enumerate();
        for (header_at, header) in headers.filter(|(_, h)| !h.enabled || !h.description.is_empty())
        {
            let mut row = Data::map();
            row.put("example", Data::Number(at.to_string()), &[]);
            row.put("header", Data::Number(header_at.to_string()), &[]);
            field::put_prose(&mut row, "description", None, &header.description, &[]);
            field::put_enabled(&mut row, None, header.enabled, &[]);
            more.push(row);
        }
    }
    more
}

/// A header as responses have them.
#[derive(Debug, Clone, PartialEq)]
struct Plain {
    name: String,
    value: String,
}

impl Row for Plain {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        Ok(Some(Self { name: field::text(node, "name")?, value: field::text(node, "value")? }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        field::put_text(item, "name", old.map(|o| &*o.name), &self.name, true, &["name", "value"]);
        field::put_text(item, "value", old.map(|o| &*o.value), &self.value, true, &[]);
    }

    fn label(&self) -> &str {
        &self.name
    }
}

impl Row for Example {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        let request = field::map(node, "request")?.map(read_request).transpose()?;
        let response = field::map(node, "response")?.map(read_response).transpose()?;
        Ok(Some(Self {
            name: field::text(node, "name")?,
            description: field::prose(node, "description")?,
            request,
            response: response.unwrap_or_default(),
        }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        // Written from the item as it is, which is what it was read from.
        let node = old.map(|_| item.to_node());
        field::put_text(item, "name", old.map(|o| &*o.name), &self.name, true, ROW);
        field::put_prose(item, "description", old.map(|o| &*o.description), &self.description, ROW);
        let part = |key: &str| node.as_ref().and_then(|node| node.get(key));
        match &self.request {
            None => drop(item.remove("request")),
            Some(new) => {
                let before = old.and_then(|o| o.request.as_ref());
                item.edit("request", ROW, |data| write_request(data, part("request"), before, new));
            }
        }
        let before = old.map(|o| &o.response);
        item.edit("response", ROW, |data| {
            write_response(data, part("response"), before, &self.response);
        });
    }

    fn label(&self) -> &str {
        &self.name
    }
}

fn read_request(node: &Node) -> Result<ExampleRequest, Fault> {
    Ok(ExampleRequest {
        method: field::text(node, "method")?,
        url: field::text(node, "url")?,
        params: rows::read(node, "params")?,
        headers: rows::read(node, "headers")?,
        body: body::read(node, node)?,
    })
}

fn write_request(
    data: &mut Data,
    source: Option<&Node>,
    old: Option<&ExampleRequest>,
    new: &ExampleRequest,
) {
    field::put_text(data, "url", old.map(|o| &*o.url), &new.url, true, REQUEST);
    field::put_text(data, "method", old.map(|o| &*o.method), &new.method, true, REQUEST);
    rows::write(data, source, "headers", &new.headers, REQUEST);
    rows::write(data, source, "params", &new.params, REQUEST);
    let before = old.map_or(&Body::None, |o| &o.body);
    if *before != new.body {
        body::write(data, source, before, &new.body, REQUEST);
    }
}

fn read_response(node: &Node) -> Result<ExampleResponse, Fault> {
    let headers: Vec<Plain> = rows::read(node, "headers")?;
    let body = field::map(node, "body")?.map(|body| {
        Ok(ExampleBody { kind: field::text(body, "type")?, data: field::text(body, "data")? })
    });
    Ok(ExampleResponse {
        status: field::text(node, "status")?.parse().ok(),
        status_text: field::text(node, "statusText")?,
        headers: headers.into_iter().map(|h| Header::new(h.name, h.value)).collect(),
        body: body.transpose()?,
    })
}

fn write_response(
    data: &mut Data,
    source: Option<&Node>,
    old: Option<&ExampleResponse>,
    new: &ExampleResponse,
) {
    match new.status {
        status if old.is_some_and(|o| o.status == status) => {}
        Some(status) => data.put("status", Data::Number(status.to_string()), RESPONSE),
        None => drop(data.remove("status")),
    }
    let before = old.map_or("", |o| &*o.status_text);
    field::put_text(data, "statusText", Some(before), &new.status_text, false, RESPONSE);
    let plain: Vec<Plain> = new
        .headers
        .iter()
        .map(|h| Plain { name: h.name.clone(), value: h.value.clone() })
        .collect();
    rows::write(data, source, "headers", &plain, RESPONSE);
    match &new.body {
        body if old.is_some_and(|o| o.body == *body) => {}
        None => drop(data.remove("body")),
        Some(body) => data.edit("body", RESPONSE, |data| {
            let known = KINDS.contains(&body.kind.as_str());
            let kind = if known { body.kind.as_str() } else { "text" };
            data.put("type", Data::text(kind), &["type", "data"]);
            data.put("data", Data::text(&body.data), &["type", "data"]);
        }),
    }
}
