//! The environments of a workspace: its base and those below it.

use errand_model::{Environment, Extensions, ItemEnvironment, Variable};
use serde_json::{Value, json};

use super::environment;
use super::item::{self, insomnia, keep};
use super::workspace::{remember, shown, take_list};
use crate::fields::{below, is_blank, named, text};
use crate::{Receipt, Scribe};

/// Puts variables into an environment.
pub(super) fn write_data(environment: &mut Value, variables: &[Variable], is_table: bool) {
    let data = environment::write(variables);
    if !is_blank(&data) {
        environment["data"] = data;
    }
    if is_table {
        environment["environmentType"] = "kv".into();
        environment["kvPairData"] = environment::write_table(variables);
    }
}

/// The base environment of a collection applies whatever environment is chosen, as the collection's
/// variables do here.
pub(super) fn read_base(base: &Value, above: &str, receipt: &mut Receipt) -> Vec<Variable> {
    let name = named(text(base, "name"), "Base Environment");
    let before = receipt.lines.len();
    let mut scribe = receipt.at(below(above, &name));
    let variables = read_variables(base, &mut scribe);
    if !variables.is_empty() {
        scribe.converted("base environment", "variables of the collection: they always apply");
    } else if before == receipt.lines.len() && !base.is_null() {
        receipt.at(below(above, &name)).kept("base environment");
    }
    variables
}

pub(super) fn read_base_as_environment(base: &Value, receipt: &mut Receipt) -> ItemEnvironment {
    let mut found = read_environment(base, "Base Environment", receipt);
    insomnia(&mut found.extensions)["base"] = true.into();
    found
}

fn read_variables(environment: &Value, scribe: &mut Scribe<'_>) -> Vec<Variable> {
    environment::read_table(environment, scribe).unwrap_or_else(|| {
        let order = environment.get("dataPropertyOrder").unwrap_or(&Value::Null);
        environment::read(environment.get("data").unwrap_or(&Value::Null), order, scribe)
    })
}

/// Takes out the environments below the base environment.
pub(super) fn read_subs(document: &mut Value, receipt: &mut Receipt) -> Vec<ItemEnvironment> {
    let Some(environments) = document.get_mut("environments") else { return Vec::new() };
    let Value::Array(mut list) = take_list(environments, "subEnvironments") else {
        return Vec::new();
    };
    let order = shown(&list);
    let moved = !order.is_sorted();
    let mut found = Vec::new();
    for at in order {
        let value = list[at].take();
        let mut sub = read_environment(&value, "Environment", receipt);
        let made = write_environment(&sub.environment, &sub.extensions);
        keep(&mut sub.extensions, &made, &value);
        if moved {
            remember(&mut sub.extensions, at);
        }
        found.push(sub);
    }
    found
}

fn read_environment(value: &Value, otherwise: &str, receipt: &mut Receipt) -> ItemEnvironment {
    let name = named(text(value, "name"), otherwise);
    let before = receipt.lines.len();
    let mut scribe = receipt.at(name.clone());
    let variables = read_variables(value, &mut scribe);
    let meta = value.get("meta").unwrap_or(&Value::Null);
    if meta.get("isPrivate") == Some(&Value::Bool(true)) {
        scribe.set_aside(
            "private",
            "environments are files: make secret what nobody else is to see",
            "extensions.insomnia",
        );
    }
    let environment = Environment {
        name: name.clone(),
        color: text(value, "color").to_owned(),
        variables,
        ..Environment::default()
    };
    let mut extensions = Extensions::new();
    if text(value, "environmentType") == "kv" {
        insomnia(&mut extensions)["table"] = true.into();
    }
    if receipt.lines.len() == before {
        receipt.at(name).kept("environment");
    }
    ItemEnvironment { environment, extensions }
}

/// An environment below the base, as Insomnia writes it.
pub(super) fn write_environment(environment: &Environment, extensions: &Extensions) -> Value {
    // Two workspaces may each have an environment of that name; here they are told apart.
    let name = match item::kept(extensions, "renamed") {
        Some(renamed) if text(renamed, "to") == environment.name => text(renamed, "from"),
        _ => &environment.name,
    };
    let mut written = json!({ "name": name, "meta": {} });
    let is_table = item::kept(extensions, "table").is_some();
    write_data(&mut written, &environment.variables, is_table);
    if !environment.color.is_empty() {
        written["color"] = environment.color.as_str().into();
    }
    written
}
