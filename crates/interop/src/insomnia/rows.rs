//! Headers and parameters: lists of name, value, description, disabled.

use errand_model::{Header, Param, ParamKind};
use serde_json::{Map, Value};

use super::template;
use crate::Scribe;
use crate::fields::{flag, list, put, scalar};

/// One row, whatever it is of.
pub(super) struct Row {
    pub name: String,
    pub value: String,
    pub description: String,
    pub enabled: bool,
}

/// The row that `value` is.
pub(super) fn read(value: &Value, scribe: &mut Scribe<'_>) -> Row {
    Row {
        name: template::read(&scalar(value, "name"), scribe),
        value: template::read(&scalar(value, "value"), scribe),
        description: scalar(value, "description"),
        enabled: flag(value, "disabled") != Some(true),
    }
}

/// The row as Insomnia writes it.
pub(super) fn write(
    name: &str,
    value: &str,
    description: &str,
    enabled: bool,
) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("name".to_owned(), template::write(name).into());
    row.insert("value".to_owned(), template::write(value).into());
    put(&mut row, "description", description);
    if !enabled {
        row.insert("disabled".to_owned(), true.into());
    }
    row
}

/// The headers at `key`.
pub(super) fn read_headers(item: &Value, key: &str, scribe: &mut Scribe<'_>) -> Vec<Header> {
    let rows = list(item, key).iter();
    rows.map(|value| {
        let Row { name, value, description, enabled } = read(value, scribe);
        Header { name, value, description, enabled }
    })
    .collect()
}

pub(super) fn write_headers(headers: &[Header]) -> Value {
    let rows = headers.iter();
    rows.map(|row| Value::Object(write(&row.name, &row.value, &row.description, row.enabled)))
        .collect()
}

/// The parameters at `key`.
pub(super) fn read_params(
    item: &Value,
    key: &str,
    kind: ParamKind,
    scribe: &mut Scribe<'_>,
) -> Vec<Param> {
    let rows = list(item, key).iter();
    rows.map(|value| {
        let Row { name, value, description, enabled } = read(value, scribe);
        Param { name, value, kind, description, enabled }
    })
    .collect()
}

pub(super) fn write_params<'p>(params: impl Iterator<Item = &'p Param>) -> Value {
    params
        .map(|row| Value::Object(write(&row.name, &row.value, &row.description, row.enabled)))
        .collect()
}
