//! Saved responses.

use errand_model::{Example, ExampleBody, ExampleRequest, ExampleResponse};
use serde_json::{Value, json};

use super::json::{filled, list, object, text, text_at};
use super::{KEPT, body, headers, url};
use crate::{Receipt, Scribe};

/// Reads the examples of a request.
pub(super) fn read(responses: Option<&Value>, scribe: &mut Scribe<'_>) -> Vec<Example> {
    let responses = list(responses).iter().filter(|response| response.is_object());
    responses.map(|response| example(response, scribe)).collect()
}

fn example(response: &Value, scribe: &mut Scribe<'_>) -> Example {
    let name = text_at(response, "name");
    scribe.kept(format!("example {name}"));
    for (part, what) in [
        ("cookie", "cookies"),
        ("responseTime", "response time"),
        ("timings", "timings"),
        ("proxy", "proxy"),
    ] {
        if says(response.get(part)) {
            scribe.set_aside(format!("{what} of examples"), "an example has none here", KEPT);
        }
    }
    let original = response.get("originalRequest").or_else(|| response.get("request"));
    let headers = headers::read(response.get("header"));
    let code =
        response.get("code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok());
    let typed = headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-type"));
    let kind =
        kind(&text_at(response, "_postman_previewlanguage"), typed.map(|h| h.value.as_str()));
    // Early version 2 files call it `data`.
    let data = response.get("body").or_else(|| response.get("data"));
    let data = text(data);
    Example {
        name,
        description: String::new(),
        request: original.filter(|request| !request.is_null()).map(|r| request(r, scribe)),
        response: ExampleResponse {
            status: code,
            status_text: text_at(response, "status"),
            headers,
            body: (!data.is_empty()).then(|| ExampleBody { kind: kind.to_owned(), data }),
        },
    }
}

fn says(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::String(text)) => !text.is_empty(),
        Some(_) => true,
    }
}

fn kind(preview: &str, typed: Option<&str>) -> &'static str {
    let typed = typed.unwrap_or_default().to_ascii_lowercase();
    let found = ["json", "html", "xml"].into_iter();
    let preview = preview.to_ascii_lowercase();
    found
        .clone()
        .find(|kind| preview == *kind)
        .or_else(|| found.clone().find(|kind| typed.contains(kind) && preview != "text"))
        .unwrap_or("text")
}

fn request(request: &Value, scribe: &mut Scribe<'_>) -> ExampleRequest {
    if !request.is_object() {
        let read = url::read(Some(request));
        let (url, params) = (read.text, read.params);
        return ExampleRequest {
            method: "GET".to_owned(),
            url,
            params,
            ..ExampleRequest::default()
        };
    }
    if request.get("auth").is_some_and(Value::is_object) {
        scribe.set_aside("auth of examples", "an example has none here", KEPT);
    }
    let method = super::request::method(request);
    let headers = headers::read(request.get("header"));
    // What an example shows is not sent; its body is shown whatever the method.
    let mut aside = Receipt::default();
    let body = body::read(request, &method, &headers, false, &mut aside.at("example")).body;
    let read = url::read(request.get("url"));
    ExampleRequest { method, url: read.text, params: read.params, headers, body }
}

/// Writes one.
pub(super) fn write(example: &Example, scribe: &mut Scribe<'_>) -> Value {
    if !example.description.is_empty() {
        let what = format!("description of example {}", example.name);
        scribe.not_carried(what, "Postman's examples have none");
    }
    let response = &example.response;
    let original = example.request.as_ref().map(|request| {
        Value::Object(object([
            ("method", Some(json!(request.method))),
            ("header", Some(Value::Array(headers::write(&request.headers)))),
            ("body", body::write(&request.body, false, scribe)),
            ("url", Some(url::write(&request.url, &request.params))),
        ]))
    });
    let preview = response.body.as_ref().map(|body| match body.kind.as_str() {
        kind @ ("json" | "xml" | "html") => json!(kind),
        _ => json!("text"),
    });
    if response.body.as_ref().is_some_and(|body| body.kind == "binary") {
        let what = format!("body of example {}", example.name);
        scribe.converted(what, "binary: written in Base64, which Postman shows as it is");
    }
    Value::Object(object([
        ("name", Some(json!(example.name))),
        ("originalRequest", original),
        ("status", filled(&response.status_text)),
        ("code", response.status.map(|code| json!(code))),
        ("_postman_previewlanguage", preview),
        ("header", Some(Value::Array(headers::write(&response.headers)))),
        ("cookie", Some(Value::Array(Vec::new()))),
        ("body", response.body.as_ref().map(|body| json!(body.data))),
    ]))
}
