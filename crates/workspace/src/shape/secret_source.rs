//! Where secret variables have their values from: `extensions.errand.sources`, by name, and
//! `globalSources` for global ones.

use errand_model::{SecretSource, Variable};
use serde_json::{Map, Value};

use super::{extension, field};
use crate::yaml::{Data, Fault, Node, NodeKind};

pub(super) const SOURCES: &str = "sources";
pub(super) const GLOBAL: &str = "globalSources";

/// Gives each secret variable its source.
pub(super) fn read(file: &Node, key: &str, variables: &mut [Variable]) -> Result<(), Fault> {
    let Some(errand) = extension::node(file) else { return Ok(()) };
    let Some(sources) = field::map(errand, key)? else { return Ok(()) };
    for variable in variables.iter_mut().filter(|variable| variable.secret) {
        if let Some(node) = sources.get(&variable.name) {
            variable.source = Some(source(node, &variable.name)?);
        }
    }
    Ok(())
}

fn source(node: &Node, name: &str) -> Result<SecretSource, Fault> {
    let NodeKind::Map { entries, .. } = &node.resolved().kind else {
        return Err(node.fault(format!("The source of \"{name}\" must be a map with a \"type\".")));
    };
    let mut map = Map::new();
    for entry in entries {
        map.insert(entry.name.clone(), field::scalar(&entry.value, &entry.name)?.into());
    }
    serde_json::from_value(Value::Object(map)).map_err(|error| {
        node.fault(format!("The source of \"{name}\" is not understood: {error}."))
    })
}

/// Sets the sources that differ.
pub(super) fn write(
    file: &mut Data,
    key: &str,
    old: &[Variable],
    new: &[Variable],
    order: &[&str],
) {
    let of = |variables: &[Variable]| -> Vec<(String, SecretSource)> {
        let sourced = variables.iter().filter(|variable| variable.secret);
        sourced.filter_map(|v| Some((v.name.clone(), v.source.clone()?))).collect()
    };
    let (before, after) = (of(old), of(new));
    if before == after {
        return;
    }
    extension::edit(file, order, |errand| {
        errand.edit(key, &[], |sources| {
            for (name, _) in before.iter().filter(|(name, _)| !after.iter().any(|a| a.0 == *name)) {
                sources.remove(name);
            }
            for entry in after.iter().filter(|entry| !before.contains(entry)) {
                sources.put(&entry.0, written(&entry.1), &[]);
            }
        });
    });
}

fn written(source: &SecretSource) -> Data {
    let Ok(Value::Object(map)) = serde_json::to_value(source) else { return Data::map() };
    let fields = map.into_iter().filter_map(|(key, value)| match value {
        Value::String(text) if !text.is_empty() => Some((key, Data::text(text))),
        _ => None,
    });
    Data::Map(fields.collect())
}
