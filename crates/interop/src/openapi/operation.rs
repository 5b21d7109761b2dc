//! One operation as a request.

use errand_model::{Auth, Header, ItemRequest, Param, ParamKind, Request, Variable};
use serde_json::Value;

use super::document::{Document, Operation, list, text, yes};
use super::security::Schemes;
use super::text::line;
use super::{body, parameter, response, server};
use crate::Scribe;

/// What all requests of a description are made with.
pub(super) struct Context<'d> {
    pub document: &'d Document,
    pub schemes: Schemes<'d>,
    /// The servers that are environments.
    pub servers: Value,
}

impl<'d> Context<'d> {
    pub fn of(document: &'d Document, servers: Value) -> Self {
        Self { document, schemes: Schemes::of(document), servers }
    }
}

/// The request for an operation, without its extensions.
pub(super) fn request(
    context: &Context<'_>,
    operation: Operation<'_>,
    scribe: &mut Scribe<'_>,
) -> ItemRequest {
    let Context { document, schemes, servers } = context;
    let value = operation.value;
    let mut rows = parameter::rows(document, operation, scribe);
    let (base, mut variables) = server::own(servers, operation, scribe);
    let url = url(base, operation.path, &mut rows.params, &mut variables, scribe);
    let (body, content_type) = body::body(document, document.get(value, "requestBody"), scribe);
    let mut headers: Vec<Header> = Vec::new();
    headers.extend(response::accepted(document, value).map(|kind| Header::new("Accept", kind)));
    headers.extend(content_type);
    headers.append(&mut rows.headers);
    let auth = auth(document, schemes, value, &mut headers, &mut rows.params, scribe);
    let mut request = Request {
        name: name(operation),
        tags: tags(value),
        method: operation.method.to_ascii_uppercase(),
        url: String::new(),
        params: rows.params,
        headers,
        body,
        auth,
        variables,
        docs: docs(value),
        ..Request::default()
    };
    request.url = with_query(&url, &request.params);
    set_aside(value, scribe);
    ItemRequest { request, examples: response::examples(document, value), ..ItemRequest::default() }
}

/// `summary`, `operationId`, or method and path.
fn name(operation: Operation<'_>) -> String {
    let said = ["summary", "operationId"].map(|key| line(&text(operation.value, key), 120));
    said.into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| format!("{} {}", operation.method.to_ascii_uppercase(), operation.path))
}

fn tags(operation: &Value) -> Vec<String> {
    let all = list(operation.get("tags").unwrap_or(&Value::Null)).filter_map(Value::as_str);
    let mut tags: Vec<String> = all.map(str::to_owned).collect();
    if yes(operation, "deprecated") && !tags.iter().any(|tag| tag == "deprecated") {
        tags.push("deprecated".to_owned());
    }
    tags
}

/// Descriptions with links, as Markdown.
pub(super) fn docs(value: &Value) -> String {
    let mut parts = Vec::new();
    if yes(value, "deprecated") {
        parts.push("**Deprecated.**".to_owned());
    }
    parts.push(text(value, "description").trim().to_owned());
    if let Some(link) = value.get("externalDocs") {
        let (words, url) = (text(link, "description"), text(link, "url"));
        let words = if words.is_empty() { "More" } else { words.as_str() };
        if !url.is_empty() {
            parts.push(format!("[{words}]({url})"));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// The same of a description as a whole.
pub(super) fn docs_of_all(root: &Value) -> String {
    let words = root.get("info").map(|info| text(info, "description")).unwrap_or_default();
    let mut all = serde_json::json!({ "description": words });
    if let Some(link) = root.get("externalDocs") {
        all["externalDocs"] = link.clone();
    }
    docs(&all)
}

fn auth(
    document: &Document,
    schemes: &Schemes<'_>,
    operation: &Value,
    headers: &mut Vec<Header>,
    params: &mut Vec<Param>,
    scribe: &mut Scribe<'_>,
) -> Auth {
    let Some(own) = operation.get("security") else { return Auth::Inherit };
    if document.root.get("security") == Some(own) {
        return Auth::Inherit;
    }
    let secured = schemes.secured(own, scribe);
    headers.extend(secured.headers);
    params.extend(secured.params);
    // A parameter of the same name would be sent twice.
    if let Auth::ApiKey { key, .. } = &secured.auth {
        headers.retain(|row| !row.name.eq_ignore_ascii_case(key));
        params.retain(|row| row.kind == ParamKind::Path || row.name != *key);
    }
    secured.auth
}

/// The address without its query. Whole segments in braces become path parameters, the rest variables.
fn url(
    base: &str,
    path: &str,
    params: &mut Vec<Param>,
    variables: &mut Vec<Variable>,
    scribe: &mut Scribe<'_>,
) -> String {
    let mut declared: Vec<Param> = Vec::new();
    params.retain(|row| {
        let of_path = row.kind == ParamKind::Path;
        declared.extend(of_path.then(|| row.clone()));
        !of_path
    });
    let take = |name: &str, declared: &mut Vec<Param>| match declared
        .iter()
        .position(|row| row.name == name)
    {
        Some(at) => declared.remove(at),
        None => Param {
            name: name.to_owned(),
            value: String::new(),
            kind: ParamKind::Path,
            description: String::new(),
            enabled: true,
        },
    };
    let mut rows = Vec::new();
    let mut out = format!("{{{{{base}}}}}");
    for segment in path.split('/').skip(usize::from(path.starts_with('/'))) {
        out.push('/');
        let whole = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        if let Some(name) = whole.filter(|name| !name.is_empty() && !name.contains(['{', '}'])) {
            out.push(':');
            out.push_str(name);
            if !rows.iter().any(|row: &Param| row.name == name) {
                rows.push(take(name, &mut declared));
            }
            continue;
        }
        let mut rest = segment;
        if let Some(behind) = rest.strip_prefix(':') {
            // It would be taken for a parameter.
            out.push_str("%3A");
            rest = behind;
        }
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else { break };
            out.push_str(before);
            out.push_str("{{");
            out.push_str(name);
            out.push_str("}}");
            rest = behind;
            if !variables.iter().any(|one| one.name == name) {
                let row = take(name, &mut declared);
                let mut variable = Variable::new(name, row.value);
                variable.description = row.description;
                variables.push(variable);
                let note = "It is a part of a segment, so it is a variable of the request";
                scribe.converted(format!("path parameter {name}"), note);
            }
        }
        out.push_str(rest);
    }
    for row in declared {
        let why = "The path has no place for it";
        scribe.set_aside(format!("path parameter {}", row.name), why, "extensions.openapi");
    }
    params.splice(0..0, rows);
    out
}

/// The address with the query that the enabled rows make.
pub(super) fn with_query(url: &str, params: &[Param]) -> String {
    let (front, fragment) = url.split_once('#').map_or((url, None), |(a, b)| (a, Some(b)));
    let mut out = front.to_owned();
    let mut mark = if front.contains('?') { '&' } else { '?' };
    for row in params.iter().filter(|row| row.kind == ParamKind::Query && row.enabled) {
        if row.name.is_empty() && row.value.is_empty() {
            continue;
        }
        out.push(mark);
        mark = '&';
        out.push_str(&escaped(&row.name, true));
        out.push('=');
        out.push_str(&escaped(&row.value, false));
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

fn escaped(text: &str, name: bool) -> String {
    let text = text.replace('&', "%26").replace('#', "%23");
    if name { text.replace('=', "%3D") } else { text }
}

/// What an operation has that no request can.
fn set_aside(operation: &Value, scribe: &mut Scribe<'_>) {
    if operation.get("callbacks").is_some() {
        let why = "The service calls there; Errand does not listen";
        scribe.set_aside("callbacks", why, "extensions.openapi");
    }
    let responses = operation.get("responses").into_iter().flat_map(super::document::entries);
    if responses.into_iter().any(|(_, response)| response.get("links").is_some()) {
        let why = "What one answer says about the next request is not followed";
        scribe.set_aside("links", why, "extensions.openapi");
    }
}
