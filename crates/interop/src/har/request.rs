//! The request of an entry.

use std::collections::HashMap;

use errand_model::{Body, FormRow, Header, PartKind, RawLanguage, Request};
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::{Receipt, curl, multipart};

/// Headers that are counted or written anew with each request.
const MADE_ANEW: &[&str] = &["content-length", "transfer-encoding"];
const FORM: &str = "application/x-www-form-urlencoded";

/// The model's request; none where it has no URL.
pub(super) fn read(source: &Map<String, Value>, notes: &mut Receipt) -> Option<Request> {
    let text = |key: &str| source.get(key).and_then(Value::as_str).unwrap_or_default();
    if text("url").is_empty() {
        return None;
    }
    let mut request = Request { url: text("url").to_owned(), ..Request::default() };
    "GET".clone_into(&mut request.method);
    if !text("method").is_empty() {
        text("method").clone_into(&mut request.method);
    }
    query(&mut request.url, source, notes);
    request.headers = headers(source, &request.url, notes);
    cookies(&mut request.headers, source, notes);
    if let Some(post) = source.get("postData").and_then(Value::as_object) {
        request.body = body(post, &mut request.headers, notes);
    }
    request.params = curl::url::params(&request.url);
    request.name = name(&request.url);
    if !matches!(text("httpVersion").to_ascii_lowercase().as_str(), "" | "http/1.1" | "unknown") {
        notes.converted("httpVersion", "it is agreed upon with the server each time");
    }
    told_braces(&request, notes);
    Some(request)
}

/// Names and values of a list of objects, those without a name left out.
pub(super) fn pairs(list: Option<&Value>) -> Vec<(&str, &str)> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|pair| {
        Some((pair.get("name")?.as_str()?, pair.get("value").and_then(Value::as_str).unwrap_or("")))
    })
    .collect()
}

/// The pairs of a URL's query, decoded.
pub(super) fn query_of(url: &str) -> Vec<(String, String)> {
    let bare = url.split('#').next().unwrap_or_default();
    let query = bare.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// Pairs that are listed and not in the URL go behind it.
fn query(url: &mut String, source: &Map<String, Value>, notes: &mut Receipt) {
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for pair in query_of(url) {
        *known.entry(pair).or_default() += 1;
    }
    let mut take = |name: String, value: String| match known.get_mut(&(name, value)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    };
    let mut more = form_urlencoded::Serializer::new(String::new());
    let mut added = false;
    for (name, value) in pairs(source.get("queryString")) {
        // Firefox lists them decoded, Chrome as they are in the URL.
        if !take(name.to_owned(), value.to_owned()) && !take(decoded(name), decoded(value)) {
            more.append_pair(name, value);
            added = true;
        }
    }
    if added {
        let fragment = url.find('#').unwrap_or(url.len());
        let mark = if url[..fragment].contains('?') { '&' } else { '?' };
        url.insert_str(fragment, &format!("{mark}{}", more.finish()));
        notes.converted("queryString", "what the URL did not have was put behind it");
    }
}

fn decoded(text: &str) -> String {
    let form = format!("={}", text.replace('&', "%26"));
    let found = form_urlencoded::parse(form.as_bytes()).next();
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn headers(source: &Map<String, Value>, url: &str, notes: &mut Receipt) -> Vec<Header> {
    let mut headers = Vec::new();
    let host = host(url);
    for (name, value) in pairs(source.get("headers")) {
        let lower = name.to_ascii_lowercase();
        if name.starts_with(':') {
            notes.converted("pseudo headers", "they follow from method and URL");
        } else if MADE_ANEW.contains(&lower.as_str()) {
            notes.converted(name, "it is made anew when the request is sent");
        } else if lower == "host" && value.eq_ignore_ascii_case(host) {
            notes.converted(name, "it follows from the URL");
        } else {
            headers.push(Header::new(name, value));
        }
    }
    headers
}

/// The part of a URL that is named in a Host header.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

fn cookies(headers: &mut Vec<Header>, source: &Map<String, Value>, notes: &mut Receipt) {
    let cookies = pairs(source.get("cookies"));
    if cookies.is_empty() || headers.iter().any(|h| h.name.eq_ignore_ascii_case("cookie")) {
        return;
    }
    let all: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    headers.push(Header::new("Cookie", all.join("; ")));
    notes.converted("cookies", "they became a Cookie header");
}

fn body(post: &Map<String, Value>, headers: &mut Vec<Header>, notes: &mut Receipt) -> Body {
    let mime = post.get("mimeType").and_then(Value::as_str).unwrap_or_default();
    let own = headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-type"));
    let content_type = own.map_or_else(|| mime.to_owned(), |header| header.value.clone());
    let params = post.get("params").and_then(Value::as_array).filter(|list| !list.is_empty());
    let text = post.get("text").and_then(Value::as_str).unwrap_or_default();
    if post.get("text").is_some_and(Value::is_null) {
        notes.not_carried("postData.text", "it is longer than 16 MB, or null");
    }
    if post.get("_encoding").and_then(Value::as_str) == Some("base64") {
        notes.not_carried("postData", "its bytes are not text; choose a file for the body");
        return Body::None;
    }
    let body = match params {
        Some(params) if text.is_empty() => of_params(params, &content_type, headers, notes),
        _ => of_text(text, &content_type, headers),
    };
    if let (Some(params), Body::FormUrlEncoded { rows }) = (params, &body) {
        let same = |(row, param): (&FormRow, &Value)| param["name"].as_str() == Some(&row.name);
        if !text.is_empty() && (rows.len() != params.len() || !rows.iter().zip(params).all(same)) {
            notes.not_carried("postData.params", "they differ from postData.text, which was taken");
        }
    } else if params.is_some() && !text.is_empty() && !matches!(body, Body::Multipart { .. }) {
        notes.converted("postData.params", "postData.text was taken, which says the same");
    }
    if matches!(body, Body::Multipart { .. }) && own_boundary(headers) {
        notes.converted("Content-Type", "the boundary is made anew when the request is sent");
    }
    add_type(&body, mime, headers);
    body
}

/// Takes the header away that would name a boundary that is not in the body.
fn own_boundary(headers: &mut Vec<Header>) -> bool {
    let before = headers.len();
    headers.retain(|header| {
        !(header.name.eq_ignore_ascii_case("content-type") && multipart::is_form(&header.value))
    });
    headers.len() < before
}

fn of_text(text: &str, content_type: &str, headers: &mut Vec<Header>) -> Body {
    if text.is_empty() {
        return Body::None;
    }
    let media = content_type.split(';').next().unwrap_or_default().trim();
    if media.eq_ignore_ascii_case(FORM)
        && let Some(rows) = curl::body::rows(text)
    {
        return Body::FormUrlEncoded { rows };
    }
    if multipart::is_form(content_type) {
        let parts = multipart::boundary(content_type).and_then(|b| multipart::parts(text, b));
        let rows = parts.and_then(|parts| parts.iter().map(multipart::Part::text_row).collect());
        if let Some(rows) = rows {
            return Body::Multipart { rows };
        }
    }
    let language = curl::body::language(media, text);
    if language == RawLanguage::Json && !media.to_ascii_lowercase().ends_with("json") {
        let typed = headers.iter().any(|header| header.name.eq_ignore_ascii_case("content-type"));
        if !typed && media.is_empty() {
            headers.push(Header::new("Content-Type", "text/plain"));
        }
    }
    Body::Raw { language, text: text.to_owned() }
}

fn of_params(
    params: &[Value],
    content_type: &str,
    headers: &mut [Header],
    notes: &mut Receipt,
) -> Body {
    let text = |param: &Value, key: &str| param[key].as_str().unwrap_or_default().to_owned();
    let files = params.iter().any(|param| param["fileName"].is_string());
    if !multipart::is_form(content_type) && !files {
        if !content_type.to_ascii_lowercase().starts_with(FORM) && !headers.is_empty() {
            notes.converted("postData.params", "they became a form");
        }
        let row = |param: &Value| FormRow {
            name: text(param, "name"),
            value: text(param, "value"),
            description: text(param, "comment"),
            enabled: true,
        };
        return Body::FormUrlEncoded { rows: params.iter().map(row).collect() };
    }
    let row = |param: &Value| {
        let mut row = multipart::row(&text(param, "name"), &text(param, "contentType"), "");
        row.description = text(param, "comment");
        row.value = text(param, "value");
        if param["fileName"].is_string() {
            row.kind = PartKind::File;
            row.files = vec![text(param, "fileName")];
            if !std::mem::take(&mut row.value).is_empty() {
                let what = format!("the content of {}", text(param, "fileName"));
                notes.not_carried(what, "a file's content is read from the file; save it there");
            }
        }
        row
    };
    Body::Multipart { rows: params.iter().map(row).collect() }
}

/// A type that only the body's description names.
fn add_type(body: &Body, mime: &str, headers: &mut Vec<Header>) {
    let implied = match body {
        Body::Raw { language: RawLanguage::Json, .. } => "application/json",
        Body::Raw { language: RawLanguage::Xml, .. } => "application/xml",
        Body::Raw { language: RawLanguage::Sparql, .. } => "application/sparql-query",
        Body::Raw { language: RawLanguage::Text, .. } => "text/plain",
        Body::FormUrlEncoded { .. } => FORM,
        Body::None | Body::Multipart { .. } | Body::File { .. } => return,
    };
    let typed = headers.iter().any(|header| header.name.eq_ignore_ascii_case("content-type"));
    if !typed && !mime.is_empty() && !mime.eq_ignore_ascii_case(implied) {
        headers.push(Header::new("Content-Type", mime));
    }
}

/// A name to show in the tree: the path, or the host where there is none.
fn name(url: &str) -> String {
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    let rest = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
    let name = if path.is_empty() { host(url) } else { path };
    name.chars().take(80).collect()
}

/// Text that another tool recorded and that is a variable here.
fn told_braces(request: &Request, notes: &mut Receipt) {
    let braces = |text: &str| text.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"));
    let body = match &request.body {
        Body::Raw { text, .. } => braces(text),
        Body::FormUrlEncoded { rows } => {
            rows.iter().any(|row| braces(&row.name) || braces(&row.value))
        }
        Body::Multipart { rows } => rows.iter().any(|row| braces(&row.value)),
        Body::None | Body::File { .. } => false,
    };
    if body || braces(&request.url) || request.headers.iter().any(|header| braces(&header.value)) {
        notes.converted("{{…}}", "double braces are variables here");
    }
}
