//! Routes of a mock server: requests with the answer as an example.

use errand_model::{
    Example, ExampleBody, ExampleRequest, ExampleResponse, Extensions, Item, ItemRequest, Request,
};
use serde_json::{Map, Value};

use super::item::keep;
use super::rows;
use crate::Receipt;
use crate::content::example_kind;
use crate::fields::{below, named, put, scalar, text};

/// A route as a request to the server's address.
pub(super) fn read(route: &Value, server: &str, above: &str, receipt: &mut Receipt) -> Item {
    let path = named(text(route, "name"), "/");
    let method = named(text(route, "method"), "GET");
    let mut scribe = receipt.at(below(above, &path));
    scribe.converted("mock route", "a request whose answer is its example");
    let status =
        route.get("statusCode").and_then(Value::as_u64).and_then(|s| u16::try_from(s).ok());
    let headers = rows::read_headers(route, "headers", &mut scribe);
    let media_type = text(route, "mimeType");
    let data = scalar(route, "body");
    let url = format!("{}/{}", server.trim_end_matches('/'), path.trim_start_matches('/'));
    let example = Example {
        name: format!("{} {}", status.unwrap_or(200), scalar(route, "statusText"))
            .trim()
            .to_owned(),
        description: String::new(),
        request: Some(ExampleRequest {
            method: method.clone(),
            url: url.clone(),
            ..ExampleRequest::default()
        }),
        response: ExampleResponse {
            status,
            status_text: scalar(route, "statusText"),
            headers,
            body: (!data.is_empty())
                .then(|| ExampleBody { kind: example_kind(media_type).to_owned(), data }),
        },
    };
    let request = Request { name: path, method, url, ..Request::default() };
    let mut item = ItemRequest { request, examples: vec![example], extensions: Extensions::new() };
    let made = write(&item);
    keep(&mut item.extensions, &made, route);
    Item::Request(Box::new(item))
}

/// The route that a request of a mock server is.
pub(super) fn write(item: &ItemRequest) -> Value {
    let mut route = Map::new();
    route.insert("name".to_owned(), item.request.name.clone().into());
    route.insert("meta".to_owned(), Value::Object(Map::new()));
    route.insert("method".to_owned(), item.request.method.clone().into());
    if let Some(Example { response, .. }) = item.examples.first() {
        if let Some(status) = response.status {
            route.insert("statusCode".to_owned(), status.into());
        }
        put(&mut route, "statusText", response.status_text.as_str());
        put(&mut route, "headers", rows::write_headers(&response.headers));
        if let Some(body) = &response.body {
            let media_type = match body.kind.as_str() {
                "json" => "application/json",
                "html" => "text/html",
                "xml" => "application/xml",
                _ => "text/plain",
            };
            put(&mut route, "mimeType", media_type);
            put(&mut route, "body", body.data.as_str());
        }
    }
    Value::Object(route)
}
