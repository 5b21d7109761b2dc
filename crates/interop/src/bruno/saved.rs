//! Examples: saved exchanges.

use errand_model::{Body, Example, ExampleBody, ExampleRequest, ExampleResponse};
use serde_json::{Map, Value, json};

use super::body;
use super::request::{method, of_method};
use super::rows::{headers, of_headers, of_params, owned, params, put, text};

/// A saved exchange of its JSON.
pub(super) fn read(tree: &Value) -> Example {
    let (request, response) = (&tree["request"], &tree["response"]);
    let sent = || ExampleRequest {
        method: method(text(request, "method")),
        url: owned(request, "url"),
        params: params(&request["params"]),
        headers: headers(&request["headers"]),
        body: body::read(mode(&request["body"]), &request["body"]),
    };
    let body = &response["body"];
    let data = body.as_str().unwrap_or_else(|| text(body, "content"));
    let kind = Some(text(body, "type")).filter(|kind| !kind.is_empty()).unwrap_or("text");
    Example {
        name: owned(tree, "name"),
        description: owned(tree, "description"),
        request: request.is_object().then(sent),
        response: ExampleResponse {
            status: text(response, "status").parse().ok(),
            status_text: owned(response, "statusText"),
            headers: headers(&response["headers"]),
            body: (!data.is_empty())
                .then(|| ExampleBody { kind: kind.to_owned(), data: data.to_owned() }),
        },
    }
}

/// Older versions do not say which body an example has.
fn mode(body: &Value) -> &str {
    match text(body, "mode") {
        "" => body.as_object().and_then(|body| body.keys().next()).map_or("none", String::as_str),
        mode => mode,
    }
}

/// The JSON of a saved exchange.
pub(super) fn write(example: &Example) -> Value {
    let mut tree = Map::new();
    put(&mut tree, "name", example.name.as_str());
    put(&mut tree, "description", example.description.as_str());
    if let Some(sent) = &example.request {
        let is_graphql = matches!(&sent.body, Body::Raw { .. });
        let (mode, inner) = body::write(&sent.body, is_graphql);
        let mut body = Map::from_iter([("mode".to_owned(), json!(mode))]);
        body.extend(inner);
        let mut request = Map::new();
        put(&mut request, "url", sent.url.as_str());
        put(&mut request, "method", of_method(&sent.method));
        put(&mut request, "params", of_params(&sent.params));
        put(&mut request, "headers", of_headers(&sent.headers));
        put(&mut request, "body", body);
        put(&mut tree, "request", request);
    }
    let mut response = Map::new();
    put(&mut response, "headers", of_headers(&example.response.headers));
    put(&mut response, "status", example.response.status.map(|s| s.to_string()));
    put(&mut response, "statusText", example.response.status_text.as_str());
    if let Some(body) = &example.response.body {
        put(&mut response, "body", json!({ "type": body.kind, "content": body.data }));
    }
    put(&mut tree, "response", response);
    tree.into()
}
