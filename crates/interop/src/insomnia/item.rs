//! Folders and HTTP requests, one at a time: from Insomnia's form and to it.

use errand_model::{
    Extensions, Folder, Item, ItemFolder, ItemOther, ItemRequest, ParamKind, Request, Script,
    ScriptPhase,
};
use serde_json::{Map, Value, json};

use super::kind::Kind;
use super::{auth, body, environment, other, rows, settings, template};
use crate::fields::{any_text, below, flag, named, put, scalar, text, unknown};
use crate::keepsake::{difference, restore};
use crate::{Receipt, Scribe, content, query};

/// Fields that are read.
const FOLDER_FIELDS: &[&str] = &[
    "name",
    "meta",
    "description",
    "children",
    "headers",
    "authentication",
    "scripts",
    "environment",
    "environmentPropertyOrder",
    "environmentType",
    "kvPairData",
];
const REQUEST_FIELDS: &[&str] = &[
    "name",
    "meta",
    "description",
    "url",
    "method",
    "body",
    "parameters",
    "pathParameters",
    "headers",
    "authentication",
    "scripts",
    "settings",
];

/// What Insomnia calls a folder without a name.
pub(super) const FOLDER: &str = "Imported Folder";

/// A folder without what is in it.
pub(super) fn read_folder(item: &Value, above: &str, receipt: &mut Receipt) -> ItemFolder {
    let name = named(text(item, "name"), FOLDER);
    let before = receipt.lines.len();
    let mut scribe = receipt.at(below(above, &name));
    let mut folder = Folder { name, docs: description(item), ..Folder::default() };
    let order = item.get("environmentPropertyOrder").unwrap_or(&Value::Null);
    let defaults = &mut folder.defaults;
    defaults.headers = rows::read_headers(item, "headers", &mut scribe);
    defaults.auth = auth::read(item.get("authentication").unwrap_or(&Value::Null), &mut scribe);
    let table = environment::read_table(item, &mut scribe);
    let is_table = table.is_some();
    defaults.variables = table.unwrap_or_else(|| {
        environment::read(item.get("environment").unwrap_or(&Value::Null), order, &mut scribe)
    });
    defaults.scripts = read_scripts(item);
    let mut extensions = dialect(&defaults.scripts);
    if is_table {
        insomnia(&mut extensions)["table"] = true.into();
    }
    set_aside(item, FOLDER_FIELDS, &mut scribe);
    let made = write_folder(&folder, &extensions, &mut Receipt::default().at(""));
    keep(&mut extensions, &made, item);
    if receipt.lines.len() == before {
        receipt.at(below(above, &folder.name)).kept("folder");
    }
    ItemFolder { folder, extensions, items: Vec::new() }
}

/// A folder without what is in it, as Insomnia writes it.
pub(super) fn write_folder(
    folder: &Folder,
    extensions: &Extensions,
    scribe: &mut Scribe<'_>,
) -> Value {
    let mut item = head(&folder.name, &[&folder.docs, &folder.description]);
    let defaults = &folder.defaults;
    put(&mut item, "headers", rows::write_headers(&defaults.headers));
    put(&mut item, "authentication", auth::write(&defaults.auth, scribe));
    put(&mut item, "environment", environment::write(&defaults.variables));
    if kept(extensions, "table").is_some() {
        put(&mut item, "environmentType", "kv");
        put(&mut item, "kvPairData", environment::write_table(&defaults.variables));
    }
    put(&mut item, "scripts", write_scripts(&defaults.scripts, scribe));
    if defaults.settings != errand_model::RequestSettings::default() {
        scribe.not_carried("settings", "Insomnia's folders have none");
    }
    Value::Object(item)
}

/// Says what is only kept for the way back.
fn set_aside(item: &Value, known: &[&str], scribe: &mut Scribe<'_>) {
    for (key, _) in unknown(item, known) {
        scribe.set_aside(key.clone(), "Errand has no such field", "extensions.insomnia");
    }
}

/// A request of whatever kind.
pub(super) fn read(item: &Value, kind: Kind, above: &str, receipt: &mut Receipt) -> Item {
    let before = receipt.lines.len();
    let (place, read) = if kind == Kind::Request {
        let name = named(text(item, "name"), &named(text(item, "url"), "Imported Request"));
        let place = below(above, &name);
        let request = read_request(item, name, &mut receipt.at(place.clone()));
        (place, Item::Request(Box::new(request)))
    } else {
        let name = named(text(item, "name"), &named(text(item, "url"), "Imported Request"));
        let place = below(above, &name);
        let found = other::read(item, kind, name, &mut receipt.at(place.clone()));
        (place, Item::Other(found))
    };
    if receipt.lines.len() == before {
        receipt.at(place).kept("request");
    }
    read
}

fn read_request(item: &Value, name: String, scribe: &mut Scribe<'_>) -> ItemRequest {
    let mut request = Request {
        name,
        docs: description(item),
        method: named(text(item, "method"), "GET"),
        url: template::read(&scalar(item, "url"), scribe),
        body: body::read(item, scribe),
        auth: auth::read(item.get("authentication").unwrap_or(&Value::Null), scribe),
        scripts: read_scripts(item),
        settings: settings::read(item, scribe),
        headers: rows::read_headers(item, "headers", scribe),
        ..Request::default()
    };
    content::settle_multipart(&mut request.headers, &request.body, scribe);
    request.params = query::rows(&request.url);
    let in_url = request.params.len();
    let apart = rows::read_params(item, "parameters", ParamKind::Query, scribe);
    query::add(&mut request.url, &apart);
    request.params.extend(apart);
    request.params.extend(rows::read_params(item, "pathParameters", ParamKind::Path, scribe));
    set_aside(item, REQUEST_FIELDS, scribe);
    let mut extensions = dialect(&request.scripts);
    if in_url > 0 {
        insomnia(&mut extensions)["queryInUrl"] = in_url.into();
    }
    let made = write_request(&request, &extensions, &mut Receipt::default().at(""));
    keep(&mut extensions, &made, item);
    ItemRequest { request, examples: Vec::new(), extensions }
}

/// A request as Insomnia writes it, before what was kept of it is put back.
pub(super) fn write_request(
    request: &Request,
    extensions: &Extensions,
    scribe: &mut Scribe<'_>,
) -> Value {
    let mut item = head(&request.name, &[&request.docs, &request.description]);
    let of = |kind: ParamKind| request.params.iter().filter(move |param| param.kind == kind);
    let mut url = request.url.clone();
    let in_url = kept(extensions, "queryInUrl").and_then(Value::as_u64).unwrap_or_default();
    let mut apart: Vec<_> = of(ParamKind::Query).cloned().collect();
    let in_url = usize::try_from(in_url).unwrap_or(usize::MAX).min(apart.len());
    apart.drain(..in_url);
    if !query::remove(&mut url, &apart) {
        let there = query::rows(&url);
        apart.retain(|row| {
            !row.enabled || !there.iter().any(|t| t.name == row.name && t.value == row.value)
        });
    }
    let mut headers = request.headers.clone();
    content::unsettle_multipart(&mut headers, &request.body);
    item.insert("url".to_owned(), template::write(&url).into());
    item.insert("method".to_owned(), request.method.clone().into());
    put(&mut item, "body", body::write(&request.body, &request.headers));
    put(&mut item, "headers", rows::write_headers(&headers));
    put(&mut item, "parameters", rows::write_params(apart.iter()));
    put(&mut item, "pathParameters", rows::write_params(of(ParamKind::Path)));
    put(&mut item, "authentication", auth::write(&request.auth, scribe));
    put(&mut item, "scripts", write_scripts(&request.scripts, scribe));
    put(&mut item, "settings", settings::write(&request.settings, scribe));
    Value::Object(item)
}

/// Name and description, which every item has.
pub(super) fn head(name: &str, descriptions: &[&str]) -> Map<String, Value> {
    let mut meta = Map::new();
    let description = descriptions.iter().find(|text| !text.is_empty());
    put(&mut meta, "description", description.copied().unwrap_or_default());
    let mut item = Map::new();
    item.insert("name".to_owned(), name.into());
    item.insert("meta".to_owned(), Value::Object(meta));
    item
}

pub(super) fn description(item: &Value) -> String {
    let meta = item.get("meta").unwrap_or(&Value::Null);
    named(any_text(meta, &["description"]), text(item, "description"))
}

const PHASES: [(&str, ScriptPhase); 2] =
    [("preRequest", ScriptPhase::BeforeRequest), ("afterResponse", ScriptPhase::AfterResponse)];

fn read_scripts(item: &Value) -> Vec<Script> {
    let scripts = item.get("scripts").unwrap_or(&Value::Null);
    let found = PHASES.into_iter().map(|(key, phase)| Script { phase, code: scalar(scripts, key) });
    found.filter(|script| !script.code.is_empty()).collect()
}

/// Insomnia has one script for each of two phases; what runs after a response is put together.
fn write_scripts(scripts: &[Script], scribe: &mut Scribe<'_>) -> Value {
    let mut written = Map::new();
    for (key, phase) in PHASES {
        let is_here = |script: &&Script| {
            script.phase == phase
                || (phase == ScriptPhase::AfterResponse && script.phase == ScriptPhase::Tests)
        };
        let code: Vec<_> =
            scripts.iter().filter(is_here).map(|script| script.code.as_str()).collect();
        put(&mut written, key, code.join("\n"));
    }
    if scripts.iter().any(|script| script.phase == ScriptPhase::Hooks) {
        scribe.not_carried("hooks", "Insomnia runs none");
    }
    Value::Object(written)
}

/// Notes whose scripts these are.
pub(super) fn dialect(scripts: &[Script]) -> Extensions {
    let mut extensions = Extensions::new();
    if !scripts.is_empty() {
        extensions.insert("errand".to_owned(), content::dialect("insomnia"));
    }
    extensions
}

/// What is kept for Insomnia, to write into: an object.
pub(super) fn insomnia(extensions: &mut Extensions) -> &mut Value {
    let ours = extensions.entry("insomnia").or_insert_with(|| json!({}));
    if !ours.is_object() {
        *ours = json!({});
    }
    ours
}

/// What is kept for Insomnia at `key`.
pub(super) fn kept<'e>(extensions: &'e Extensions, key: &str) -> Option<&'e Value> {
    extensions.get("insomnia")?.get(key)
}

/// Keeps what turns `made` into `original`, whose secrets stay out of it.
pub(super) fn keep(extensions: &mut Extensions, made: &Value, original: &Value) {
    let cleaned = original.get("authentication").map(|auth| {
        let mut auth = auth.clone();
        auth::without_tokens(&mut auth);
        let is_off = flag(&auth, "disabled") == Some(true);
        let is_applied = made
            .get("authentication")
            .and_then(Value::as_object)
            .is_some_and(|made| made.len() > 1 && made.get("type") == auth.get("type"));
        if is_off || !is_applied {
            auth::without_secrets(&mut auth);
        }
        let mut original = original.clone();
        original["authentication"] = auth;
        original
    });
    if let Some(found) = difference(made, cleaned.as_ref().unwrap_or(original)) {
        insomnia(extensions)["original"] = found;
    }
}

/// Puts back what was kept.
pub(super) fn put_back(made: &mut Value, extensions: &Extensions) {
    if let Some(original) = kept(extensions, "original") {
        restore(made, original);
    }
}

/// An item of a kind that is only shown.
pub(super) fn write_other(item: &ItemOther, scribe: &mut Scribe<'_>) -> Option<Value> {
    let written = other::write(item);
    if written.is_none() {
        scribe.not_carried("item", "it is of a kind that Insomnia's files do not have");
    }
    written
}
