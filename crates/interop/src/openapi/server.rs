//! Servers as environments with a `base_url`.

use std::collections::HashSet;

use errand_model::{Environment, ItemEnvironment, Variable};
use serde_json::Value;

use super::document::{Operation, entries, list, text};
use super::text::{distinct, line};
use crate::{Receipt, Scribe};

/// The variable that requests begin with.
pub(super) const BASE_URL: &str = "base_url";

/// The same of a request whose path or operation has a server of its own. Variables of environments
/// go before those of requests, so it has another name.
const OWN_URL: &str = "server_url";

/// One server: its name, and its variables with `base_url` first.
pub(super) struct Server {
    pub name: String,
    pub variables: Vec<Variable>,
    relative: bool,
}

/// The servers of a list.
pub(super) fn servers(all: &Value) -> Vec<Server> {
    list(all).filter(|one| one.get("url").is_some_and(Value::is_string)).map(server).collect()
}

fn server(value: &Value) -> Server {
    let url = text(value, "url");
    let declared: Vec<&String> =
        value.get("variables").into_iter().flat_map(entries).map(|one| one.0).collect();
    let mut base = String::with_capacity(url.len() + 8);
    let mut rest = url.trim_end_matches('/');
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        base.push_str(before);
        base.push_str("{{");
        base.push_str(name);
        base.push_str("}}");
        rest = behind;
    }
    base.push_str(rest);
    let relative = !base.contains("://") && !base.starts_with("{{");
    if relative {
        let slash = if base.is_empty() || base.starts_with('/') { "" } else { "/" };
        base = if let Some(host) = base.strip_prefix("//") {
            format!("https://{host}")
        } else {
            format!("http://localhost{slash}{base}")
        };
    }
    let mut variables = vec![Variable::new(BASE_URL, base.clone())];
    for name in declared {
        let one = &value["variables"][name];
        let mut variable = Variable::new(name.as_str(), text(one, "default"));
        let choices: Vec<_> =
            list(one.get("enum").unwrap_or(&Value::Null)).map(super::media::inline).collect();
        variable.description = text(one, "description");
        if !choices.is_empty() {
            let words = format!("{} (one of {})", variable.description, choices.join(", "));
            words.trim().clone_into(&mut variable.description);
        }
        variables.push(variable);
    }
    let named = [text(value, "name"), text(value, "description")];
    let name = named.into_iter().find(|name| !name.trim().is_empty() && name.len() <= 80);
    let host = base.split("://").nth(1).unwrap_or(&base).split('/').next().unwrap_or_default();
    let host = host.replace("{{", "").replace("}}", "");
    let host = if host.is_empty() { "Default".to_owned() } else { host };
    Server { name: name.map_or(host, |name| line(&name, 60)), variables, relative }
}

/// An environment for each server, with the credentials as secrets to be filled in.
pub(super) fn environments(
    servers_of: &Value,
    credentials: &[Variable],
    taken: &mut HashSet<String>,
    receipt: &mut Receipt,
) -> Vec<ItemEnvironment> {
    let mut servers = servers(servers_of);
    if servers.is_empty() {
        // Where none is named it is the place of the description itself (OpenAPI 3.1 §4.8.1).
        servers.push(server(&serde_json::json!({ "url": "/", "description": "Default" })));
    }
    let all = servers.into_iter().map(|server| {
        let name = distinct(server.name, " ", taken);
        let mut scribe = receipt.at(name.clone());
        scribe.kept("environment");
        if server.relative {
            let note = "The description does not say the host: base_url begins with one to fill in";
            scribe.converted("server", note);
        }
        let mut variables = server.variables;
        for one in credentials {
            if !variables.iter().any(|other| other.name == one.name) {
                variables.push(one.clone());
            }
        }
        let environment = Environment { name, variables, ..Environment::default() };
        ItemEnvironment { environment, ..ItemEnvironment::default() }
    });
    all.collect()
}

/// The servers that become environments: those of the description, or those that all its operations
/// name where it names none itself.
pub(super) fn shared(root: &Value, operations: &[Operation<'_>]) -> Value {
    if let Some(all) = root.get("servers").filter(|all| list(all).next().is_some()) {
        return all.clone();
    }
    let mut own = operations.iter().map(|one| own_servers(*one));
    match own.next().flatten() {
        Some(first) if own.all(|other| other == Some(first)) => first.clone(),
        _ => Value::Null,
    }
}

fn own_servers(operation: Operation<'_>) -> Option<&Value> {
    let of = |value: &'_ Value| value.get("servers").is_some_and(|all| list(all).next().is_some());
    if of(operation.value) {
        return operation.value.get("servers");
    }
    if of(operation.item) { operation.item.get("servers") } else { None }
}

/// The variable that a request begins with, and its variables when its path or operation has a server
/// of its own.
pub(super) fn own(
    shared: &Value,
    operation: Operation<'_>,
    scribe: &mut Scribe<'_>,
) -> (&'static str, Vec<Variable>) {
    let own = own_servers(operation).filter(|own| *own != shared);
    let all: Vec<Server> = own.map(servers).unwrap_or_default();
    let others = all.len().saturating_sub(1);
    let Some(mut first) = all.into_iter().next() else { return (BASE_URL, Vec::new()) };
    let more = match others {
        0 => String::new(),
        1 => " There is another one.".to_owned(),
        _ => format!(" There are {others} others."),
    };
    let note = format!("{OWN_URL} is a variable of the request.{more}");
    scribe.converted_keeping("servers", note, "extensions.openapi");
    if let Some(url) = first.variables.first_mut() {
        OWN_URL.clone_into(&mut url.name);
    }
    (OWN_URL, first.variables)
}
