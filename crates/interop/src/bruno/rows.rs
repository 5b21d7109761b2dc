//! Rows of tables: as JSON, as the model's.

use errand_model::{Header, Param, ParamKind, Variable, VariableType};
use serde_json::{Map, Value, json};

/// The text of a member; empty when it has none.
pub(super) fn text<'v>(of: &'v Value, key: &str) -> &'v str {
    of.get(key).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn owned(of: &Value, key: &str) -> String {
    text(of, key).to_owned()
}

pub(super) fn enabled(row: &Value) -> bool {
    row.get("enabled") != Some(&Value::Bool(false))
}

/// The elements of a list; none of anything else.
pub(super) fn list(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().into_iter().flatten()
}

pub(super) fn headers(rows: &Value) -> Vec<Header> {
    let header = |row| Header {
        name: owned(row, "name"),
        value: owned(row, "value"),
        description: owned(row, "description"),
        enabled: enabled(row),
    };
    list(rows).map(header).collect()
}

pub(super) fn params(rows: &Value) -> Vec<Param> {
    let param = |row| Param {
        name: owned(row, "name"),
        value: owned(row, "value"),
        kind: if text(row, "type") == "path" { ParamKind::Path } else { ParamKind::Query },
        description: owned(row, "description"),
        enabled: enabled(row),
    };
    list(rows).map(param).collect()
}

pub(super) fn variables(rows: &Value) -> Vec<Variable> {
    let variable = |row| Variable {
        kind: match text(row, "dataType") {
            "number" => VariableType::Number,
            "boolean" => VariableType::Boolean,
            "object" => VariableType::Object,
            _ => VariableType::String,
        },
        description: owned(row, "description"),
        secret: row.get("secret") == Some(&Value::Bool(true)),
        enabled: enabled(row),
        ..Variable::new(text(row, "name"), text(row, "value"))
    };
    list(rows).map(variable).collect()
}

/// The members that every row has.
pub(super) fn row(name: &str, value: &str, enabled: bool, description: &str) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("name".to_owned(), json!(name));
    row.insert("value".to_owned(), json!(value));
    row.insert("enabled".to_owned(), json!(enabled));
    if !description.is_empty() {
        row.insert("description".to_owned(), json!(description));
    }
    row
}

pub(super) fn of_headers(headers: &[Header]) -> Value {
    let rows = headers.iter().map(|h| row(&h.name, &h.value, h.enabled, &h.description).into());
    Value::Array(rows.collect())
}

pub(super) fn of_params(params: &[Param]) -> Value {
    let rows = params.iter().map(|param| {
        let mut row = row(&param.name, &param.value, param.enabled, &param.description);
        let kind = if param.kind == ParamKind::Path { "path" } else { "query" };
        row.insert("type".to_owned(), json!(kind));
        row.into()
    });
    Value::Array(rows.collect())
}

/// `mark` is the member that tells more of each: `local` or `secret`.
pub(super) fn of_variables(variables: &[Variable], mark: &str) -> Value {
    let own = variables.iter().filter(|variable| !is_of_the_process(variable));
    let rows = own.map(|variable| {
        // What is secret never comes out.
        let value = if variable.secret { "" } else { variable.value.as_str() };
        let mut row = row(&variable.name, value, variable.enabled, &variable.description);
        row.insert(mark.to_owned(), json!(mark == "secret" && variable.secret));
        let kind = match variable.kind {
            VariableType::Number => "number",
            VariableType::Boolean => "boolean",
            VariableType::Object => "object",
            VariableType::String | VariableType::Null => return row.into(),
        };
        row.insert("dataType".to_owned(), json!(kind));
        row.into()
    });
    Value::Array(rows.collect())
}

/// What Bruno has by itself, and an import made a variable of.
pub(super) fn is_of_the_process(variable: &Variable) -> bool {
    variable.name.starts_with("process.env.")
}

/// Adds a member unless there is nothing in it.
pub(super) fn put(tree: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    let value = value.into();
    let empty = match &value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    if !empty {
        tree.insert(key.to_owned(), value);
    }
}
