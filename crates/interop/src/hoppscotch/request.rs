//! Requests: REST and GraphQL.

use errand_model::{
    Body, Example, ExampleBody, ExampleRequest, ExampleResponse, Extensions, Header, ItemRequest,
    Param, ParamKind, RawLanguage, Request, RequestSettings, Script, ScriptPhase, Variable,
};
use serde_json::{Map, Value, json};

use super::{auth, body, template};
use crate::content::{dialect, example_kind, graphql, settle_multipart};
use crate::fields::{below, flag, list, named, object, put, scalar, text, unknown};
use crate::{Receipt, Scribe, query};

/// Fields that are read, or mean nothing elsewhere.
const FIELDS: &[&str] = &[
    "v",
    "id",
    "_id",
    "_ref_id",
    "name",
    "description",
    "method",
    "endpoint",
    "url",
    "path",
    "query",
    "variables",
    "headers",
    "params",
    "body",
    "auth",
    "preRequestScript",
    "testScript",
    "requestVariables",
    "responses",
    "requestOptions",
    "contentType",
    "rawParams",
    "bodyParams",
    "httpUser",
    "httpPassword",
    "bearerToken",
];

/// Keeps what has no field here, and says so.
pub(super) fn set_aside(
    item: &Value,
    known: &[&str],
    aside: &mut Map<String, Value>,
    scribe: &mut Scribe<'_>,
) {
    for (key, value) in unknown(item, known) {
        aside.insert(key.clone(), value.clone());
        scribe.set_aside(key.clone(), "Errand has no such field", "extensions.hoppscotch");
    }
}

/// A request of any version.
pub(super) fn read(item: &Value, above: &str, receipt: &mut Receipt) -> ItemRequest {
    let endpoint = endpoint(item);
    let name = named(text(item, "name"), &named(&endpoint, "Request"));
    let place = below(above, &name);
    let before = receipt.lines.len();
    let mut scribe = receipt.at(place.clone());
    let mut aside = Map::new();
    let is_graphql = item.get("query").is_some() && item.get("method").is_none();
    let mut request = Request {
        name,
        docs: scalar(item, "description"),
        method: if is_graphql { "POST".to_owned() } else { named(text(item, "method"), "GET") },
        auth: auth::read(item, &mut aside, &mut scribe),
        headers: headers(item, &mut scribe),
        scripts: scripts(item),
        ..Request::default()
    };
    let mut extensions = Extensions::new();
    if is_graphql {
        request.body = graphql_body(item, &mut aside, &mut scribe);
    } else {
        request.body = body::read(item, &mut request.headers, &mut scribe);
    }
    settle_multipart(&mut request.headers, &request.body, &mut scribe);
    (request.url, request.params) = address(item, &endpoint, &mut scribe);
    request.variables = variables(item, &mut scribe);
    if object(item, "requestOptions").and_then(|o| o.get("disableCookies")) == Some(&json!(true)) {
        request.settings =
            RequestSettings { use_cookies: Some(false), ..RequestSettings::default() };
    }
    if !request.scripts.is_empty() {
        extensions.insert("errand".to_owned(), dialect("hoppscotch"));
    }
    let examples = examples(item, &mut scribe);
    set_aside(item, FIELDS, &mut aside, &mut scribe);
    put(&mut extensions, "hoppscotch", aside);
    if receipt.lines.len() == before {
        receipt.at(place).kept("request");
    }
    ItemRequest { request, examples, extensions }
}

/// The address; version 0 has host and path apart.
fn endpoint(item: &Value) -> String {
    let endpoint = scalar(item, "endpoint");
    if endpoint.is_empty() { scalar(item, "url") + &scalar(item, "path") } else { endpoint }
}

/// The URL with its query, and its rows.
fn address(item: &Value, endpoint: &str, scribe: &mut Scribe<'_>) -> (String, Vec<Param>) {
    let mut url = template::read(endpoint, scribe);
    let mut params = query::rows(&url);
    let rows = list(item, "params").iter().map(|row| Param {
        name: template::read(&scalar(row, "key"), scribe),
        value: template::read(&scalar(row, "value"), scribe),
        kind: ParamKind::Query,
        description: scalar(row, "description"),
        enabled: flag(row, "active") != Some(false),
    });
    let rows: Vec<_> = rows.collect();
    query::add(&mut url, &rows);
    params.extend(rows);
    // A variable of the request also stands for `:name` in the path.
    for row in list(item, "requestVariables") {
        let name = scalar(row, "key");
        let path = url.split(['?', '#']).next().unwrap_or_default();
        if !name.is_empty()
            && path.split('/').skip(1).any(|part| part.strip_prefix(':') == Some(&name))
        {
            params.push(Param {
                name,
                value: template::read(&scalar(row, "value"), scribe),
                kind: ParamKind::Path,
                description: String::new(),
                enabled: flag(row, "active") != Some(false),
            });
        }
    }
    (url, params)
}

/// The headers of a request or collection.
pub(super) fn headers(item: &Value, scribe: &mut Scribe<'_>) -> Vec<Header> {
    let rows = list(item, "headers").iter().map(|row| Header {
        name: template::read(&scalar(row, "key"), scribe),
        value: template::read(&scalar(row, "value"), scribe),
        description: scalar(row, "description"),
        enabled: flag(row, "active") != Some(false),
    });
    rows.collect()
}

/// The scripts of a request or collection.
pub(super) fn scripts(item: &Value) -> Vec<Script> {
    let phases =
        [("preRequestScript", ScriptPhase::BeforeRequest), ("testScript", ScriptPhase::Tests)];
    let found = phases.into_iter().map(|(key, phase)| Script { phase, code: scalar(item, key) });
    found.filter(|script| !script.code.trim().is_empty()).collect()
}

fn variables(item: &Value, scribe: &mut Scribe<'_>) -> Vec<Variable> {
    let rows = list(item, "requestVariables").iter().map(|row| Variable {
        enabled: flag(row, "active") != Some(false),
        ..Variable::new(scalar(row, "key"), template::read(&scalar(row, "value"), scribe))
    });
    rows.collect()
}

fn graphql_body(item: &Value, aside: &mut Map<String, Value>, scribe: &mut Scribe<'_>) -> Body {
    let query = template::read(&scalar(item, "query"), scribe);
    let variables = template::read(&scalar(item, "variables"), scribe);
    let original = json!({ "query": item.get("query"), "variables": item.get("variables") });
    aside.insert("graphql".to_owned(), original);
    scribe.converted_keeping(
        "GraphQL query",
        "it is a JSON body with `query` and `variables`",
        "extensions.hoppscotch",
    );
    Body::Raw { language: RawLanguage::Json, text: graphql(&query, &variables, "") }
}

/// Saved responses: by name, or in the first versions a list.
fn examples(item: &Value, scribe: &mut Scribe<'_>) -> Vec<Example> {
    let by_name = object(item, "responses").into_iter().flatten();
    let found: Vec<_> = by_name
        .map(|(name, response)| (name.as_str(), response))
        .chain(list(item, "responses").iter().map(|response| (text(response, "name"), response)))
        .map(|(name, response)| example(name, response, scribe))
        .collect();
    if !found.is_empty() {
        scribe.kept(format!("{} examples", found.len()));
    }
    found
}

fn example(name: &str, response: &Value, scribe: &mut Scribe<'_>) -> Example {
    let headers = headers(response, scribe);
    let media_type = headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-type"))
        .map(|header| header.value.clone())
        .unwrap_or_default();
    let code = ["code", "statusCode"].iter().find_map(|key| response.get(key)?.as_u64());
    let body = scalar(response, "body");
    let original = response.get("originalRequest").or_else(|| response.get("request"));
    Example {
        name: named(text(response, "name"), &named(name, "Example")),
        description: String::new(),
        request: original.filter(|original| original.is_object()).map(|original| {
            let (url, params) = address(original, &endpoint(original), scribe);
            let mut headers = self::headers(original, scribe);
            let body = body::read(original, &mut headers, scribe);
            let method = named(text(original, "method"), "GET");
            ExampleRequest { method, url, params, headers, body }
        }),
        response: ExampleResponse {
            status: code.and_then(|code| u16::try_from(code).ok()),
            status_text: named(text(response, "status"), text(response, "statusText")),
            headers,
            body: (!body.is_empty())
                .then(|| ExampleBody { kind: example_kind(&media_type).to_owned(), data: body }),
        },
    }
}
