//! Requests.

use errand_model::{
    Auth, Capture, Check, Extensions, ItemRequest, Request, RequestSettings, Script, ScriptPhase,
};
use serde_json::{Map, Value, json};

use super::kept;
use super::rows::{
    headers, list, of_headers, of_params, of_variables, owned, params, put, text, variables,
};
use super::{auth, body, print, runtime, saved};
use crate::{Receipt, Scribe};

/// Where scripts stand in JSON.
const SCRIPTS: [(&[&str], ScriptPhase); 4] = [
    (&["script", "req"], ScriptPhase::BeforeRequest),
    (&["script", "res"], ScriptPhase::AfterResponse),
    (&["tests"], ScriptPhase::Tests),
    (&["script", "hooks"], ScriptPhase::Hooks),
];

/// A request of its JSON. `file` is the name of its file without the extension.
pub(super) fn read(tree: &Value, file: &str, place: &str, receipt: &mut Receipt) -> ItemRequest {
    let mut lines = receipt.at(place);
    lines.kept("request");
    let (meta, http) = (&tree["meta"], &tree["http"]);
    let mode = text(http, "body");
    let is_graphql = mode == "graphql";
    if is_graphql {
        lines.converted("GraphQL", "an HTTP request with query and variables as its JSON body");
    }
    let (checks, captures) = checks_and_captures(tree, &mut lines);
    let request = Request {
        name: name(tree, file),
        seq: text(meta, "seq").parse().ok(),
        tags: list(&meta["tags"]).filter_map(Value::as_str).map(str::to_owned).collect(),
        method: method(text(http, "method")),
        url: owned(http, "url"),
        params: params(&tree["params"]),
        headers: headers(&tree["headers"]),
        body: body::read(mode, &tree["body"]),
        auth: auth::read(text(http, "auth"), &tree["auth"]),
        variables: variables(&tree["vars"]["req"]),
        checks,
        captures,
        scripts: scripts(tree),
        settings: settings(&tree["settings"]),
        docs: owned(tree, "docs"),
        ..Request::default()
    };
    let mut extensions = Extensions::new();
    let mut bruno = Map::new();
    if runtime::has_dollars(tree) {
        bruno.insert("dollar".to_owned(), json!(true));
    }
    if is_graphql {
        bruno.insert("type".to_owned(), json!("graphql"));
    }
    kept::file(&mut bruno, file, &request.name);
    kept::dialect(&mut extensions, !request.scripts.is_empty());
    put(&mut extensions, kept::TOOL, bruno);
    let examples = list(&tree["examples"]).map(saved::read).collect();
    let mut found = ItemRequest { request, examples, extensions };
    tell(&found, &mut lines);
    let again = write(&found, &mut Receipt::default());
    kept::keep(&mut found.extensions, &again, tree, &mut lines);
    found
}

fn checks_and_captures(tree: &Value, lines: &mut Scribe) -> (Vec<Check>, Vec<Capture>) {
    let (checks, odd) = runtime::checks(&tree["assertions"]);
    for name in odd {
        let why = "Errand evaluates no JavaScript in checks";
        lines.set_aside(format!("assertion {name}"), why, kept::ORIGINAL);
    }
    let (captures, odd) = runtime::captures(&tree["vars"]["res"]);
    for name in odd {
        let why = "Errand evaluates no JavaScript to capture a value";
        lines.set_aside(format!("variable {name} after the response"), why, kept::ORIGINAL);
    }
    (checks, captures)
}

fn tell(item: &ItemRequest, lines: &mut Scribe) {
    if !item.request.scripts.is_empty() {
        lines.kept("scripts");
    }
    for example in &item.examples {
        lines.kept(format!("example {}", example.name));
    }
    if let Auth::Other { scheme } = &item.request.auth {
        let why = "this version cannot apply it";
        lines.set_aside(format!("auth {scheme}"), why, kept::ORIGINAL);
    }
}

pub(super) fn name(tree: &Value, file: &str) -> String {
    let name = text(&tree["meta"], "name");
    if name.is_empty() { file.to_owned() } else { name.to_owned() }
}

/// As the model has it: standard methods in capitals.
pub(super) fn method(text: &str) -> String {
    match text {
        "" => "GET".to_owned(),
        text if print::METHODS.contains(&text) => text.to_ascii_uppercase(),
        text => text.to_owned(),
    }
}

/// As Bruno writes it: standard methods in small letters.
pub(super) fn of_method(method: &str) -> String {
    let small = method.to_ascii_lowercase();
    let standard = method == small.to_ascii_uppercase() && print::METHODS.contains(&small.as_str());
    if standard { small } else { method.to_owned() }
}

pub(super) fn scripts(tree: &Value) -> Vec<Script> {
    let found = SCRIPTS.iter().filter_map(|(path, phase)| {
        let code = path.iter().try_fold(tree, |value, key| value.get(key))?.as_str()?;
        (!code.is_empty()).then(|| Script { phase: *phase, code: code.to_owned() })
    });
    found.collect()
}

/// Several of one phase come one after the other.
pub(super) fn of_scripts(scripts: &[Script], tree: &mut Map<String, Value>) {
    let code = |wanted: ScriptPhase| {
        let codes = scripts.iter().filter(|script| script.phase == wanted);
        codes.map(|script| script.code.as_str()).collect::<Vec<_>>().join("\n")
    };
    let mut script = Map::new();
    put(&mut script, "req", code(ScriptPhase::BeforeRequest));
    put(&mut script, "res", code(ScriptPhase::AfterResponse));
    put(&mut script, "hooks", code(ScriptPhase::Hooks));
    put(tree, "script", script);
    put(tree, "tests", code(ScriptPhase::Tests));
}

fn settings(tree: &Value) -> RequestSettings {
    RequestSettings {
        encode_url: tree["encodeUrl"].as_bool(),
        timeout_ms: tree["timeout"].as_u64(),
        follow_redirects: tree["followRedirects"].as_bool(),
        max_redirects: tree["maxRedirects"].as_u64().and_then(|n| u32::try_from(n).ok()),
        ..RequestSettings::default()
    }
}

fn of_settings(settings: &RequestSettings, lines: &mut Scribe) -> Map<String, Value> {
    let mut tree = Map::new();
    put(&mut tree, "encodeUrl", json!(settings.encode_url));
    put(&mut tree, "timeout", json!(settings.timeout_ms));
    put(&mut tree, "followRedirects", json!(settings.follow_redirects));
    put(&mut tree, "maxRedirects", json!(settings.max_redirects));
    let known = RequestSettings {
        encode_url: settings.encode_url,
        timeout_ms: settings.timeout_ms,
        follow_redirects: settings.follow_redirects,
        max_redirects: settings.max_redirects,
        ..RequestSettings::default()
    };
    if known != *settings {
        lines.not_carried("settings", "Bruno has no settings for TLS, cookies and HTTP versions");
    }
    tree
}

/// The JSON of a request, before what was kept of its original.
pub(super) fn write(item: &ItemRequest, receipt: &mut Receipt) -> Value {
    let request = &item.request;
    let mut lines = receipt.at(request.name.as_str());
    let is_graphql = kept::of(&item.extensions, "type") == Some("graphql");
    let (mode, inner) = body::write(&request.body, is_graphql);
    let (scheme, fields) = auth::write(&request.auth).unwrap_or_else(|| {
        let why = "Bruno has no such auth";
        lines.not_carried(format!("auth {}", request.auth.scheme()), why);
        ("none", Value::Null)
    });
    let mut tree = Map::new();
    let mut meta = Map::new();
    meta.insert("name".to_owned(), json!(request.name));
    let kind = if is_graphql && mode == "graphql" { "graphql" } else { "http" };
    meta.insert("type".to_owned(), json!(kind));
    put(&mut meta, "seq", request.seq.map(|seq| seq.to_string()));
    put(&mut meta, "tags", request.tags.clone());
    put(&mut tree, "meta", meta);
    let http = json!({
        "method": of_method(&request.method), "url": request.url, "body": mode, "auth": scheme,
    });
    put(&mut tree, "http", http);
    put(&mut tree, "params", of_params(&request.params));
    put(&mut tree, "headers", of_headers(&request.headers));
    let mut auth = Map::new();
    put(&mut auth, scheme, fields);
    put(&mut tree, "auth", auth);
    put(&mut tree, "body", inner);
    write_runtime(item, &mut tree, &mut lines);
    of_scripts(&request.scripts, &mut tree);
    put(&mut tree, "settings", of_settings(&request.settings, &mut lines));
    put(&mut tree, "docs", docs(&request.description, &request.docs));
    put(&mut tree, "examples", item.examples.iter().map(saved::write).collect::<Vec<_>>());
    tree.into()
}

/// Variables, captures and checks.
fn write_runtime(item: &ItemRequest, tree: &mut Map<String, Value>, lines: &mut Scribe) {
    let request = &item.request;
    let mut vars = Map::new();
    put(&mut vars, "req", of_variables(&request.variables, "local"));
    let dollar = item.extensions.get(kept::TOOL).is_some_and(|bruno| bruno["dollar"] == true);
    let (rows, odd) = runtime::of_captures(&request.captures, dollar);
    for variable in odd {
        let why = "Bruno takes no such expression";
        lines.not_carried(format!("capture of {variable}"), why);
    }
    put(&mut vars, "res", rows);
    put(tree, "vars", vars);
    let (rows, odd) = runtime::of_checks(&request.checks, dollar);
    for expression in odd {
        lines.not_carried(format!("check of {expression}"), "Bruno takes no such expression");
    }
    put(tree, "assertions", rows);
}

/// Bruno has no description beside the documentation.
pub(super) fn docs(description: &str, docs: &str) -> String {
    match (description, docs) {
        ("", docs) => docs.to_owned(),
        (description, "") => description.to_owned(),
        (description, docs) => format!("{description}\n\n{docs}"),
    }
}
