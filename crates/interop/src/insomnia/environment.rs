//! Environment data: nested there, dotted names here.

use errand_model::{Variable, VariableType};
use serde_json::{Map, Number, Value, json};

use super::template;
use crate::Scribe;
use crate::fields::{flag, list, scalar, text};

/// Where Insomnia keeps encrypted values, and how templates refer to them.
const VAULT: &str = "__insomnia_vault";
const VAULT_SCOPE: &str = "vault";
/// Deepest nesting of values that become names of their own.
const DEEPEST: usize = 20;

/// The variables of `data` in the order the user sees them.
pub(super) fn read(data: &Value, order: &Value, scribe: &mut Scribe<'_>) -> Vec<Variable> {
    let mut found = Vec::new();
    if let Value::Object(data) = data {
        flatten(&mut Vec::new(), data, order, &mut found, scribe);
    }
    found
}

/// The rows of the table that `kvPairData` is, when the environment is edited as one.
pub(super) fn read_table(environment: &Value, scribe: &mut Scribe<'_>) -> Option<Vec<Variable>> {
    if text(environment, "environmentType") != "kv" {
        return None;
    }
    let rows = list(environment, "kvPairData").iter().map(|row| {
        let mut variable = Variable::new(scalar(row, "name"), "");
        variable.enabled = flag(row, "enabled") != Some(false);
        match text(row, "type") {
            "secret" => {
                variable.name = format!("{VAULT_SCOPE}.{}", variable.name);
                encrypted(&mut variable, scribe);
            }
            kind => {
                variable.value = template::read(&scalar(row, "value"), scribe);
                if kind == "json" {
                    variable.kind = VariableType::Object;
                }
            }
        }
        variable
    });
    Some(rows.collect())
}

fn encrypted(variable: &mut Variable, scribe: &mut Scribe<'_>) {
    variable.secret = true;
    scribe.set_aside(
        format!("value of {}", variable.name),
        "it is encrypted with a key that only Insomnia has: type it once, for the keychain",
        "extensions.insomnia",
    );
}

fn flatten(
    path: &mut Vec<String>,
    data: &Map<String, Value>,
    order: &Value,
    found: &mut Vec<Variable>,
    scribe: &mut Scribe<'_>,
) {
    for key in ordered(path, data, order) {
        let value = &data[key];
        if path.is_empty() && key == VAULT {
            for name in value.as_object().into_iter().flat_map(Map::keys) {
                let mut variable = Variable::new(format!("{VAULT_SCOPE}.{name}"), "");
                encrypted(&mut variable, scribe);
                found.push(variable);
            }
            continue;
        }
        path.push(key.to_owned());
        match value {
            Value::Object(inner) if !inner.is_empty() && path.len() < DEEPEST => {
                scribe.converted("nested values", "they are variables with dotted names");
                flatten(path, inner, order, found, scribe);
            }
            value => found.push(variable(path.join("."), value, scribe)),
        }
        path.pop();
    }
}

/// Keys as `dataPropertyOrder` has them, the others after them.
fn ordered<'d>(path: &[String], data: &'d Map<String, Value>, order: &Value) -> Vec<&'d str> {
    let place = path.iter().fold("&".to_owned(), |place, key| format!("{place}~|{key}"));
    let mut keys: Vec<_> = data.keys().map(String::as_str).collect();
    if let Some(Value::Array(wanted)) = order.get(&place) {
        let rank: std::collections::HashMap<_, _> =
            wanted.iter().enumerate().filter_map(|(at, key)| Some((key.as_str()?, at))).collect();
        keys.sort_by_key(|key| rank.get(key).copied().unwrap_or(usize::MAX));
    }
    keys
}

fn variable(name: String, value: &Value, scribe: &mut Scribe<'_>) -> Variable {
    let (text, kind) = match value {
        Value::String(text) => (template::read(text, scribe), VariableType::String),
        Value::Number(number) => (number.to_string(), VariableType::Number),
        Value::Bool(flag) => (flag.to_string(), VariableType::Boolean),
        Value::Null => (String::new(), VariableType::Null),
        Value::Array(_) | Value::Object(_) => (value.to_string(), VariableType::Object),
    };
    Variable { kind, ..Variable::new(name, text) }
}

/// Variables as `data`. Disabled ones are left out; secret ones have no value.
pub(super) fn write(variables: &[Variable]) -> Value {
    let mut data = Map::new();
    for variable in variables.iter().filter(|variable| variable.enabled) {
        match (variable.secret, variable.name.strip_prefix("vault.")) {
            (true, Some(name)) => {
                let vault = data.entry(VAULT).or_insert_with(|| json!({}));
                if let Value::Object(vault) = vault {
                    vault.insert(name.to_owned(), json!(""));
                }
            }
            (true, None) => set(&mut data, &variable.name, json!("")),
            (false, _) => set(&mut data, &variable.name, value(variable)),
        }
    }
    Value::Object(data)
}

/// The variables as rows of a table.
pub(super) fn write_table(variables: &[Variable]) -> Value {
    let rows = variables.iter().map(|variable| {
        let (name, kind) = match (variable.secret, variable.kind) {
            (true, _) => (variable.name.strip_prefix("vault.").unwrap_or(&variable.name), "secret"),
            (false, VariableType::Object) => (variable.name.as_str(), "json"),
            (false, _) => (variable.name.as_str(), "str"),
        };
        let value = if variable.secret { String::new() } else { template::write(&variable.value) };
        json!({ "name": name, "value": value, "type": kind, "enabled": variable.enabled })
    });
    rows.collect()
}

/// Puts a value where its dotted name says. A name that is taken by a value keeps its dots.
fn set(data: &mut Map<String, Value>, name: &str, value: Value) {
    let Some((first, rest)) = name.split_once('.').filter(|(first, rest)| {
        let free = data.get(*first).is_none_or(Value::is_object);
        free && !first.is_empty() && !rest.is_empty() && rest.split('.').count() < DEEPEST
    }) else {
        data.insert(name.to_owned(), value);
        return;
    };
    if let Value::Object(inner) = data.entry(first).or_insert_with(|| json!({})) {
        set(inner, rest, value);
    }
}

fn value(variable: &Variable) -> Value {
    let text = &variable.value;
    let typed = match variable.kind {
        VariableType::String => None,
        VariableType::Null => text.is_empty().then_some(Value::Null),
        VariableType::Boolean => text.parse().ok().map(Value::Bool),
        VariableType::Number => serde_json::from_str::<Number>(text).ok().map(Value::Number),
        VariableType::Object => serde_json::from_str(text).ok(),
    };
    typed.unwrap_or_else(|| template::write(text).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Receipt;

    #[test]
    fn data_is_flattened_in_its_order_and_comes_back() {
        let data = json!({
            "b": {"y": 1, "x": {"z": true}}, "a": "{{ _.b.y }}", "n": null, "l": [1, {"k": "v"}], "e": {},
            "__insomnia_vault": {"key": "c2VjcmV0"}
        });
        let order = json!({"&": ["a", "b"], "&~|b": ["x", "y"]});
        let mut receipt = Receipt::default();
        let variables = read(&data, &order, &mut receipt.at("env"));
        let names: Vec<_> = variables.iter().map(|variable| variable.name.as_str()).collect();
        assert_eq!(names, ["a", "b.x.z", "b.y", "n", "l", "e", "vault.key"]);
        assert_eq!(variables[0].value, "{{b.y}}");
        assert!(variables[6].secret && variables[6].value.is_empty());
        let mut again = write(&variables);
        assert_eq!(again["__insomnia_vault"], json!({"key": ""}));
        again["__insomnia_vault"]["key"] = json!("c2VjcmV0");
        assert_eq!(again, data);
    }

    #[test]
    fn names_that_clash_keep_their_dots() {
        let variables = ["a", "a.b", "c.d", "c", ".x", "y..z"].map(|name| Variable::new(name, "1"));
        let data = write(&variables);
        assert_eq!(data["a.b"], "1");
        assert_eq!(data["a"], "1");
    }
}
