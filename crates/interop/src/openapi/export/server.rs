//! Environments' addresses as servers.

use std::collections::HashSet;

use errand_model::{Collection, Environment, Variable};
use serde_json::{Map, Value, json};

use super::super::operation::Context;
use super::super::server::environments;
use crate::Receipt;

/// The addresses of the environments, without variables in them.
pub(super) fn bases(collection: &Collection) -> Vec<String> {
    collection
        .environments
        .iter()
        .filter_map(|one| base(&one.environment))
        .map(|base| base.value.trim_end_matches('/').to_owned())
        .filter(|base| base.contains("://"))
        .collect()
}

fn base(environment: &Environment) -> Option<&Variable> {
    let named =
        |name: &str| environment.variables.iter().find(|one| one.name.eq_ignore_ascii_case(name));
    ["base_url", "baseUrl", "host", "url"]
        .iter()
        .find_map(|name| named(name))
        .filter(|one| !one.secret && !one.value.is_empty())
}

/// Writes the servers, unless the environments are those that the description made.
pub(super) fn write(root: &mut Value, collection: &Collection, context: &Context<'_>) {
    let told = |variables: &[Variable]| -> Vec<(String, String)> {
        let plain = variables.iter().filter(|one| !one.secret);
        plain.map(|one| (one.name.clone(), one.value.clone())).collect()
    };
    let mut unread = Receipt::default();
    let credentials = context.schemes.variables();
    let made = environments(&context.servers, &credentials, &mut HashSet::new(), &mut unread);
    let was: Vec<_> = made.iter().map(|one| told(&one.environment.variables)).collect();
    let is: Vec<_> =
        collection.environments.iter().map(|one| told(&one.environment.variables)).collect();
    if was == is || collection.environments.is_empty() {
        return;
    }
    let servers: Vec<Value> =
        collection.environments.iter().filter_map(|one| server(&one.environment)).collect();
    if let (Value::Object(root), false) = (root, servers.is_empty()) {
        root.insert("servers".to_owned(), Value::Array(servers));
    }
}

fn server(environment: &Environment) -> Option<Value> {
    let base = base(environment)?;
    let mut url = String::new();
    let mut variables = Map::new();
    let mut rest = base.value.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, behind) = after.split_once("}}")?;
        let name = name.trim();
        url.push_str(before);
        url.extend(["{", name, "}"]);
        let value = environment.variables.iter().find(|one| one.name == name && !one.secret);
        let value = value.map(|one| one.value.clone()).unwrap_or_default();
        variables.insert(name.to_owned(), json!({ "default": value }));
        rest = behind;
    }
    url.push_str(rest);
    let mut server = json!({ "url": url, "description": environment.name });
    if !variables.is_empty() {
        server["variables"] = Value::Object(variables);
    }
    Some(server)
}
