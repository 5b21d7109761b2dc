//! Environments, and variables of collections.

use errand_model::{Environment, Extensions, ItemEnvironment, Variable};
use serde_json::{Map, Value};

use super::template;
use crate::fields::{flag, list, named, object, scalar, text};
use crate::{Error, Receipt, Scribe};

/// The variables at `variables`: with a value, or since version 2 with a shared and a current one.
pub(super) fn variables(item: &Value, scribe: &mut Scribe<'_>) -> Vec<Variable> {
    let rows = list(item, "variables").iter().map(|row| {
        let is_secret = flag(row, "secret") == Some(true);
        let value = ["currentValue", "initialValue", "value"]
            .iter()
            .map(|key| scalar(row, key))
            .find(|value| !value.is_empty())
            .unwrap_or_default();
        let value = if is_secret { value } else { template::read(&value, scribe) };
        let (shared, current) = (scalar(row, "initialValue"), scalar(row, "currentValue"));
        if !is_secret && !shared.is_empty() && !current.is_empty() && shared != current {
            scribe.converted("initial values", "the current ones are taken");
        }
        if flag(row, "isFile") == Some(true) {
            scribe.not_carried("file variable", "the export does not have the file");
        }
        Variable { secret: is_secret, ..Variable::new(scalar(row, "key"), value) }
    });
    rows.collect()
}

/// An environment of any version.
pub(super) fn read(
    value: &Value,
    file: &str,
    place: &str,
    receipt: &mut Receipt,
) -> Result<ItemEnvironment, Error> {
    if !value.get("variables").is_some_and(Value::is_array) {
        return Err(Error::Wrong {
            file: file.to_owned(),
            place: format!("{place}variables").trim_start_matches('.').to_owned(),
            what: "The environment has no list of variables".to_owned(),
        });
    }
    let name = named(text(value, "name"), "Global");
    let before = receipt.lines.len();
    let variables = variables(value, &mut receipt.at(name.clone()));
    if receipt.lines.len() == before {
        receipt.at(name.clone()).kept("environment");
    }
    let environment = Environment { name, variables, ..Environment::default() };
    Ok(ItemEnvironment { environment, extensions: Extensions::new() })
}

/// Names and values without anything else, as the command line tool takes them.
pub(super) fn plain(value: &Value, name: &str, receipt: &mut Receipt) -> Option<ItemEnvironment> {
    let is_plain =
        |values: &&Map<String, Value>| !values.is_empty() && values.values().all(Value::is_string);
    let values = value.as_object().filter(is_plain)?;
    let mut scribe = receipt.at(name);
    let variables = values
        .keys()
        .map(|key| Variable::new(key.clone(), template::read(&scalar(value, key), &mut scribe)));
    let environment = Environment {
        name: name.to_owned(),
        variables: variables.collect(),
        ..Environment::default()
    };
    receipt.at(name).kept("environment");
    Some(ItemEnvironment { environment, extensions: Extensions::new() })
}

/// Whether a value is an environment, of whatever state.
pub(super) fn is_one(value: &Value) -> bool {
    let has_rows = |key: &str| {
        let rows = list(value, key);
        rows.iter().all(|row| row.get("key").is_some()) && !rows.is_empty()
    };
    let is_collection = value.get("folders").is_some() || value.get("requests").is_some();
    let is_versioned = value.get("v").is_some_and(|v| v.is_number() || v.is_string());
    let foreign = value.get("_postman_variable_scope").is_some() || object(value, "info").is_some();
    !is_collection
        && !foreign
        && (has_rows("variables")
            || (is_versioned
                && value.get("name").is_some()
                && (value.get("variables").is_some_and(Value::is_array) || has_rows("values"))))
}
