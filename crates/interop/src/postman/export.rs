//! From a collection to Postman's files.

use errand_model::{
    Collection, Defaults, Environment, Extensions, Header, Item, ItemEnvironment, ItemFolder,
    ItemOther, Variable,
};
use serde_json::{Value, json};

use super::json::{filled, object};
use super::{SCHEMA, auth, request, scripts, settings, variables};
use crate::{Error, Exported, Receipt, Scribe, keepsake};

/// Writes a collection as a collection of version 2.1, an environment file for each environment, and
/// a globals file when there are globals. Values of secret variables are left empty.
///
/// # Errors
/// It cannot be written as JSON, which no collection brings about.
pub fn export(collection: &Collection) -> Result<Exported, Error> {
    let mut exported = Exported::default();
    let receipt = &mut exported.receipt;
    let mut document = root(collection, &mut receipt.at(""));
    let above = collection.root.defaults.headers.as_slice();
    document["item"] = items(&collection.items, above, "", receipt);
    restore(&mut document, &collection.extensions);
    let mut names = Names::default();
    let name = names.file(&collection.root.name, "postman_collection");
    exported.files.push((name, pretty(&document)?));
    for environment in &collection.environments {
        let place = format!("environment {}", environment.environment.name);
        let written = self::environment(environment, collection, &mut exported.receipt.at(place));
        let name = names.file(&environment.environment.name, "postman_environment");
        exported.files.push((name, pretty(&written)?));
    }
    if !collection.root.globals.is_empty() {
        let written = globals(collection, &mut exported.receipt.at("globals"));
        let name = names.file(&collection.root.name, "postman_globals");
        exported.files.push((name, pretty(&written)?));
    }
    Ok(exported)
}

fn pretty(document: &Value) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec_pretty(document).map_err(|error| Error::Export {
        what: format!("The collection is not written: {error}"),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The collection without its items, and without what was kept from the original.
pub(super) fn root(collection: &Collection, scribe: &mut Scribe<'_>) -> Value {
    let root = &collection.root;
    if !root.client_certificates.is_empty() {
        scribe.not_carried("client certificates", "Postman keeps them in its settings");
    }
    let info = object([
        ("name", Some(json!(root.name))),
        ("description", filled(&docs(&root.description, &root.docs))),
        ("schema", Some(json!(SCHEMA))),
    ]);
    let mut document = object([("info", Some(Value::Object(info)))]);
    document.extend(defaults(&root.defaults, &collection.extensions, scribe));
    Value::Object(document)
}

/// A folder without its items, and without what was kept from the original.
pub(super) fn folder(folder: &ItemFolder, scribe: &mut Scribe<'_>) -> Value {
    let own = &folder.folder;
    let mut members = object([
        ("name", Some(json!(own.name))),
        ("description", filled(&docs(&own.description, &own.docs))),
    ]);
    members.extend(defaults(&own.defaults, &folder.extensions, scribe));
    Value::Object(members)
}

fn defaults(
    defaults: &Defaults,
    extensions: &Extensions,
    scribe: &mut Scribe<'_>,
) -> serde_json::Map<String, Value> {
    let is_oauth2 = super::hinted(extensions, "auth") == Some("oauth2");
    let variables: Vec<Value> =
        defaults.variables.iter().map(|variable| variables::write(variable, scribe)).collect();
    object([
        ("auth", auth::write(&defaults.auth, is_oauth2, scribe)),
        ("event", scripts::write(&defaults.scripts, scribe)),
        ("variable", (!variables.is_empty()).then_some(Value::Array(variables))),
        ("protocolProfileBehavior", settings::write(&defaults.settings, false, scribe)),
    ])
}

/// One text of a short and a long description.
pub(super) fn docs(description: &str, docs: &str) -> String {
    match (description, docs) {
        (text, "") | ("", text) => text.to_owned(),
        (description, docs) => format!("{description}\n\n{docs}"),
    }
}

fn items(items: &[Item], above: &[Header], place: &str, receipt: &mut Receipt) -> Value {
    let at =
        |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place} / {name}") };
    let written = items.iter().filter_map(|item| match item {
        Item::Request(item) => {
            let mut scribe = receipt.at(at(&item.request.name));
            let mut written = request::write(item, above, &mut scribe);
            restore(&mut written, &item.extensions);
            Some(written)
        }
        Item::Folder(item) => {
            let place = at(&item.folder.name);
            let mut written = folder(item, &mut receipt.at(&place));
            let mut headers = item.folder.defaults.headers.clone();
            headers.extend(
                above
                    .iter()
                    .filter(|outer| {
                        !item
                            .folder
                            .defaults
                            .headers
                            .iter()
                            .any(|h| h.name.eq_ignore_ascii_case(&outer.name))
                    })
                    .cloned(),
            );
            restore(&mut written, &item.extensions);
            written["item"] = self::items(&item.items, &headers, &place, receipt);
            Some(written)
        }
        Item::Other(item) => other(item, &mut receipt.at(at(&item.name))),
    });
    Value::Array(written.collect())
}

/// What came from Postman and was no request goes back as it was.
fn other(item: &ItemOther, scribe: &mut Scribe<'_>) -> Option<Value> {
    let original = item.content.get("extensions").and_then(|e| e.pointer("/postman/original"));
    if original.is_none() {
        scribe.not_carried("item", "Postman's collections hold HTTP requests only");
    }
    original.cloned()
}

fn restore(written: &mut Value, extensions: &Extensions) {
    if let Some(kept) = extensions.get("postman").and_then(|postman| postman.get("original")) {
        keepsake::restore(written, kept);
    }
}

/// An environment file.
fn environment(item: &ItemEnvironment, all: &Collection, scribe: &mut Scribe<'_>) -> Value {
    let environment = &item.environment;
    for (there, what) in [
        (environment.dot_env_file.is_some(), ".env file"),
        (!environment.client_certificates.is_empty(), "client certificates"),
    ] {
        if there {
            scribe.not_carried(what, "Postman's environments hold variables only");
        }
    }
    let variables = inherited(environment, all, scribe);
    let mut written = made_environment(environment, &variables, scribe);
    restore(&mut written, &item.extensions);
    written
}

/// An environment without what was kept from the original.
pub(super) fn made_environment(
    environment: &Environment,
    variables: &[Variable],
    scribe: &mut Scribe<'_>,
) -> Value {
    let values: Vec<Value> =
        variables.iter().map(|variable| variables::write_value(variable, scribe)).collect();
    json!({"name": environment.name, "values": values, "_postman_variable_scope": "environment"})
}

/// Its own variables, after those of the environments it starts from.
fn inherited(
    environment: &Environment,
    all: &Collection,
    scribe: &mut Scribe<'_>,
) -> Vec<Variable> {
    let mut chain = vec![environment];
    while let Some(from) = chain.last().and_then(|last| last.extends.as_deref()) {
        let base = all.environments.iter().map(|item| &item.environment).find(|e| e.name == from);
        match base {
            Some(base) if !chain.iter().any(|seen| seen.name == base.name) => chain.push(base),
            _ => break,
        }
    }
    if chain.len() > 1 {
        scribe
            .converted("extends", "Postman's environments stand alone: all variables were written");
    }
    let mut variables: Vec<Variable> = Vec::new();
    for base in chain.iter().skip(1).rev() {
        for variable in &base.variables {
            variables.retain(|seen| seen.name != variable.name);
            variables.push(variable.clone());
        }
    }
    let own = &environment.variables;
    variables.retain(|variable| !own.iter().any(|o| o.name == variable.name));
    variables.extend(own.iter().cloned());
    variables
}

fn globals(collection: &Collection, scribe: &mut Scribe<'_>) -> Value {
    let root = &collection.root;
    let name = format!("{} globals", root.name);
    let mut written = made_globals(&name, &root.globals, scribe);
    if let Some(kept) = collection.extensions.get("postman").and_then(|p| p.get("globals")) {
        keepsake::restore(&mut written, kept);
    }
    written
}

/// Globals without what was kept from the original.
pub(super) fn made_globals(name: &str, globals: &[Variable], scribe: &mut Scribe<'_>) -> Value {
    let values = globals.iter().map(|variable| variables::write_value(variable, scribe));
    let values: Vec<Value> = values.collect();
    json!({"name": name, "values": values, "_postman_variable_scope": "globals"})
}

/// Safe and distinct file names.
#[derive(Default)]
struct Names(std::collections::HashSet<String>);

impl Names {
    fn file(&mut self, name: &str, kind: &str) -> String {
        let safe: String = name
            .chars()
            .map(
                |c| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.') { c } else { '_' },
            )
            .take(80)
            .collect();
        let safe = match safe.trim_matches([' ', '.']) {
            "" => "Untitled",
            safe => safe,
        };
        let tries = (1..).map(|n| match n {
            1 => format!("{safe}.{kind}.json"),
            n => format!("{safe} {n}.{kind}.json"),
        });
        let free = tries.into_iter().find(|file| self.0.insert(file.to_lowercase()));
        free.unwrap_or_default()
    }
}
