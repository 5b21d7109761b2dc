//! Environments.

use errand_model::{Environment, Extensions, ItemEnvironment};
use serde_json::{Map, Value, json};

use super::kept;
use super::rows::{of_variables, owned, put, variables};
use crate::Receipt;

pub(super) fn read(tree: &Value, name: &str, receipt: &mut Receipt) -> ItemEnvironment {
    let mut lines = receipt.at(name);
    lines.kept("environment");
    let environment = Environment {
        name: name.to_owned(),
        color: owned(tree, "color"),
        variables: variables(&tree["variables"]),
        ..Environment::default()
    };
    if environment.variables.iter().any(|variable| variable.secret) {
        lines.kept("secret variables");
    }
    let mut item = ItemEnvironment { environment, extensions: Extensions::new() };
    let made = write(&item.environment);
    kept::keep(&mut item.extensions, &made, tree, &mut lines);
    item
}

/// The JSON of an environment, before what was kept of its original.
pub(super) fn write(environment: &Environment) -> Value {
    let rows = of_variables(&environment.variables, "secret");
    let mut tree = Map::from_iter([("variables".to_owned(), rows)]);
    put(&mut tree, "color", json!(environment.color));
    tree.into()
}
