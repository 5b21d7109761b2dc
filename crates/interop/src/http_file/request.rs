//! A draft as an item of the collection.

use std::fmt::Write as _;

use errand_model::{
    Example, ExampleBody, ExampleResponse, Header, Item, ItemOther, ItemRequest, Request,
};
use serde_json::{Map, json};

use super::chain::Chains;
use super::parse::{Draft, trim_blank};
use super::security::Security;
use super::tree::Files;
use super::{auth, body, directive, graphql, handler, line, line_of};
use crate::{Outcome, Receipt, curl};

/// Protocols that are not HTTP, with the name of their kind.
const OTHERS: &[(&str, &str)] = &[
    ("GRPC", "grpc"),
    ("WEBSOCKET", "websocket"),
    ("WS", "websocket"),
    ("WSS", "websocket"),
    ("SSE", "sse"),
    ("EVENTSOURCE", "sse"),
    ("MQTT", "mqtt"),
    ("AMQP", "amqp"),
    ("RABBITMQ", "amqp"),
    ("KAFKA", "kafka"),
    ("RSOCKET", "rsocket"),
];

/// The item of a draft. What it becomes is told in `notes`.
pub(super) fn read(
    draft: &Draft,
    chains: &mut Chains,
    files: &Files<'_>,
    security: &Security,
    notes: &mut Receipt,
) -> Item {
    chains.begin();
    if let Some(command) = &draft.curl {
        return of_curl(draft, command, notes);
    }
    let request_line = draft.request.clone().unwrap_or(line::RequestLine {
        method: String::new(),
        url: String::new(),
        version: String::new(),
    });
    if let Some((_, kind)) = OTHERS.iter().find(|(word, _)| *word == request_line.method) {
        return other(draft, &request_line, kind, notes);
    }
    let mut item = ItemRequest::default();
    let request = &mut item.request;
    request.method = match request_line.method.as_str() {
        "" => "GET".to_owned(),
        "GRAPHQL" => "POST".to_owned(),
        method => method.to_owned(),
    };
    request.url = chains.text(&request_line.url, notes);
    request.headers = headers(draft, chains, notes);
    relative(request, notes);
    version(request, &request_line.version, notes);
    let signed =
        request.headers.iter().find(|h| h.enabled && h.name.eq_ignore_ascii_case("authorization"));
    if let Some(auth) = signed.and_then(|header| security.of_header(&header.value)) {
        request.auth = auth;
        request.headers.retain(|h| !h.name.eq_ignore_ascii_case("authorization"));
        notes.converted("Authorization", "oauth2 auth of the environment's Security");
    } else if let Some(auth) = auth::take(&mut request.headers, notes) {
        request.auth = auth;
    }
    let lines: Vec<String> = draft.body.iter().map(|line| chains.text(line, notes)).collect();
    set_body(&mut item, draft, &request_line.method, &lines, files, notes);
    let request = &mut item.request;
    request.params = curl::url::params(&request.url);
    request.docs = draft.docs.join("\n");
    named(draft, request);
    directive::apply(draft, request, notes);
    let (scripts, dialect) = handler::scripts(&draft.scripts, files, notes);
    request.scripts = scripts;
    if let Some(dialect) = dialect {
        item.extensions.insert("errand".to_owned(), json!({ "scriptDialect": dialect }));
    }
    for (line, text) in &draft.asserts {
        if let Some(check) = handler::check(text) {
            item.request.checks.push(check);
        } else {
            let item = format!("?? {text} (line {line})");
            notes.lines.push(line_of(Outcome::NotCarried, item, "no check says the same"));
        }
    }
    item.examples.extend(example(&draft.response));
    leftover(draft, notes);
    Item::Request(Box::new(item))
}

/// A name to show in the tree.
fn named(draft: &Draft, request: &mut Request) {
    request.name = if !draft.title.is_empty() {
        draft.title.clone()
    } else if let Some(name) = directive::name(draft) {
        name.to_owned()
    } else {
        let bare = request.url.split(['?', '#']).next().unwrap_or_default();
        let rest = bare.split_once("://").map_or(bare, |(_, rest)| rest);
        let path = rest.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
        let name = if path.is_empty() { rest } else { path };
        name.chars().take(80).collect()
    };
}

fn headers(draft: &Draft, chains: &mut Chains, notes: &mut Receipt) -> Vec<Header> {
    let mut headers = Vec::new();
    for (name, value, enabled) in &draft.headers {
        if name.eq_ignore_ascii_case("x-request-type") && value.eq_ignore_ascii_case("graphql") {
            continue;
        }
        // Its braces name a way to sign in and are no variable.
        let value =
            if value.contains("{{$auth.") { value.clone() } else { chains.text(value, notes) };
        headers.push(Header { enabled: *enabled, ..Header::new(name, value) });
    }
    headers
}

/// A path alone follows a Host header, or httpyac's variable `host`.
fn relative(request: &mut Request, notes: &mut Receipt) {
    if request.url.starts_with("unix:") {
        notes.not_carried("URL", "Unix sockets are not reached");
        return;
    }
    if !request.url.starts_with('/') {
        if !request.url.contains("://") && !request.url.starts_with("{{") && !request.url.is_empty()
        {
            notes.converted("URL", "http:// is put in front");
            request.url.insert_str(0, "http://");
        }
        return;
    }
    let host =
        request.headers.iter().position(|h| h.enabled && h.name.eq_ignore_ascii_case("host"));
    if let Some(at) = host {
        let host = request.headers.remove(at).value;
        let scheme = if host.contains("://") { "" } else { "http://" };
        request.url.insert_str(0, &format!("{scheme}{host}"));
        notes.converted("Host", "it is part of the URL");
    } else {
        request.url.insert_str(0, "{{host}}");
        notes.converted("URL", "{{host}} is put in front, as httpyac does");
    }
}

fn version(request: &mut Request, version: &str, notes: &mut Receipt) {
    request.settings.http_version = match version {
        "" => return,
        "1.1" => Some("1.1".to_owned()),
        "2" | "2.0" => Some("2".to_owned()),
        other => {
            notes.not_carried(format!("HTTP/{other}"), "1.1 or 2 can be chosen");
            return;
        }
    };
}

fn set_body(
    item: &mut ItemRequest,
    draft: &Draft,
    method: &str,
    lines: &[String],
    files: &Files<'_>,
    notes: &mut Receipt,
) {
    let text = lines.join("\n");
    let asked = method == "GRAPHQL"
        || draft.headers.iter().any(|(name, value, _)| {
            name.eq_ignore_ascii_case("x-request-type") && value.eq_ignore_ascii_case("graphql")
        });
    let typed = item.request.headers.iter().find(|h| h.name.eq_ignore_ascii_case("content-type"));
    let json = typed.is_none_or(|header| header.value.to_ascii_lowercase().contains("json"));
    if !(asked && !text.is_empty() && !text.trim_start().starts_with('<')
        || json && graphql::is_query(&text))
    {
        let untyped = typed.is_none();
        item.request.body = body::read(lines, &mut item.request.headers, files, notes);
        if let (true, errand_model::Body::Raw { language, .. }) = (untyped, &item.request.body) {
            item.extensions.insert("http".to_owned(), json!({ "untyped": language }));
        }
        return;
    }
    let mut query = draft.fragments.join("\n\n");
    if !query.is_empty() {
        query.push_str("\n\n");
    }
    query.push_str(&text);
    let body = graphql::body(&query);
    item.request.body =
        errand_model::Body::Raw { language: errand_model::RawLanguage::Json, text: body };
    item.extensions.insert("http".to_owned(), json!({ "graphql": query }));
    notes.lines.push(crate::Line {
        outcome: Outcome::Converted,
        place: String::new(),
        item: "GraphQL query".to_owned(),
        note: "the body is its JSON".to_owned(),
        original: "extensions.http".to_owned(),
    });
}

/// What the draft has beyond a request.
fn leftover(draft: &Draft, notes: &mut Receipt) {
    let mut tell = |(line, text): &(usize, String), why: &str| {
        notes.lines.push(line_of(Outcome::NotCarried, format!("{text} (line {line})"), why));
    };
    draft.outputs.iter().for_each(|found| tell(found, "responses are kept in the history"));
    draft.statements.iter().for_each(|found| tell(found, "other files are not part of a request"));
}

/// The response that is kept behind the request.
fn example(lines: &[String]) -> Option<Example> {
    let (first, rest) = lines.split_first()?;
    let (status, reason) = line::status(first)?;
    let blank = rest.iter().position(|line| line.trim().is_empty()).unwrap_or(rest.len());
    let headers: Vec<Header> = rest[..blank]
        .iter()
        .filter_map(|line| line::header(line).map(|(name, value)| Header::new(name, value)))
        .collect();
    let mut lines = rest.get(blank..).unwrap_or_default().to_vec();
    trim_blank(&mut lines);
    let text = lines.join("\n");
    let typed = headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-type"));
    let media = typed.map(|header| header.value.to_ascii_lowercase()).unwrap_or_default();
    let kind =
        ["json", "html", "xml"].into_iter().find(|kind| media.contains(kind)).unwrap_or("text");
    let body = (!text.is_empty()).then(|| ExampleBody { kind: kind.to_owned(), data: text });
    let name = format!("{status} {reason}").trim().to_owned();
    let response = ExampleResponse { status: Some(status), status_text: reason, headers, body };
    Some(Example { name, response, ..Example::default() })
}

fn of_curl(draft: &Draft, command: &str, notes: &mut Receipt) -> Item {
    match curl::parse(command) {
        Ok((mut request, told)) => {
            notes.converted("curl command", "a request");
            notes.lines.extend(told.lines);
            if !draft.title.is_empty() {
                request.name.clone_from(&draft.title);
            }
            request.docs = draft.docs.join("\n");
            directive::apply(draft, &mut request, notes);
            leftover(draft, notes);
            Item::Request(Box::new(ItemRequest { request, ..ItemRequest::default() }))
        }
        Err(error) => {
            notes.lines.push(crate::Line {
                outcome: Outcome::NotCarried,
                place: String::new(),
                item: format!("curl command (line {})", draft.line),
                note: error.to_string(),
                original: "extensions.http".to_owned(),
            });
            let name = if draft.title.is_empty() { "curl" } else { &draft.title };
            Item::Other(kept(name, "curl", command))
        }
    }
}

fn kept(name: &str, kind: &str, text: &str) -> ItemOther {
    let mut content = Map::new();
    content.insert("info".to_owned(), json!({ "name": name, "type": kind }));
    content.insert("extensions".to_owned(), json!({ "http": { "text": text } }));
    ItemOther { name: name.to_owned(), content }
}

/// A request of another protocol.
fn other(draft: &Draft, request: &line::RequestLine, kind: &str, notes: &mut Receipt) -> Item {
    let mut shown = Request { url: request.url.clone(), ..Request::default() };
    named(draft, &mut shown);
    let mut text = format!("{} {}", request.method, request.url);
    for (name, value, enabled) in &draft.headers {
        let mark = if *enabled { "" } else { "# " };
        _ = write!(text, "\n{mark}{name}: {value}");
    }
    let body = draft.body.join("\n");
    if !body.is_empty() {
        _ = write!(text, "\n\n{body}");
    }
    let mut item = kept(&shown.name, kind, &text);
    let rows: Vec<_> = draft
        .headers
        .iter()
        .map(|(name, value, enabled)| {
            if *enabled {
                json!({ "name": name, "value": value })
            } else {
                json!({ "name": name, "value": value, "disabled": true })
            }
        })
        .collect();
    match kind {
        "websocket" => {
            let data = if body.trim_start().starts_with(['{', '[']) { "json" } else { "text" };
            let message = json!({ "type": data, "data": body });
            item.content.insert(
                "websocket".to_owned(),
                json!({ "url": request.url, "headers": rows, "message": message }),
            );
        }
        "grpc" => {
            let rest = request.url.split_once("://").map_or(0, |(scheme, _)| scheme.len() + 3);
            let slash = request.url[rest..].find('/').map_or(request.url.len(), |at| rest + at);
            let (url, method) = request.url.split_at(slash);
            let method = method.trim_start_matches('/');
            item.content.insert(
                "grpc".to_owned(),
                json!({ "url": url, "method": method, "metadata": rows, "message": body }),
            );
        }
        _ => {}
    }
    notes.lines.push(crate::Line {
        outcome: Outcome::NotCarried,
        place: String::new(),
        item: format!("{} request", request.method),
        note: "Errand keeps it and does not send it".to_owned(),
        original: "extensions.http".to_owned(),
    });
    leftover(draft, notes);
    for (line, name, _) in draft.directives.iter().filter(|(_, name, _)| name != "name") {
        let item = format!("@{name} (line {line})");
        notes.lines.push(line_of(Outcome::NotCarried, item, "the request is kept only"));
    }
    if !draft.scripts.is_empty() {
        notes.not_carried("scripts", "the request is kept only");
    }
    Item::Other(item)
}
