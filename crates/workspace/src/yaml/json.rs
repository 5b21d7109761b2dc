//! Data as JSON and back, for what is kept without being understood.

use serde_json::{Map, Number, Value};

use super::scalar::Style;
use super::{Data, Item, Node, NodeKind, node::Entry};

impl Data {
    pub(crate) fn of_json(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(text) => Self::text(text.as_str()),
            Value::Array(items) => Self::List(items.iter().map(Self::of_json).collect()),
            Value::Object(map) => Self::of_map(map),
        }
    }

    pub(crate) fn of_map(map: &Map<String, Value>) -> Self {
        Self::Map(map.iter().map(|(key, value)| (key.clone(), Self::of_json(value))).collect())
    }

    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Number(text) => number(text),
            Self::Text(text) => Value::from(text.as_str()),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Map(entries) => Value::Object(
                entries.iter().map(|(key, value)| (key.clone(), value.to_json())).collect(),
            ),
        }
    }

    /// The same as a tree of nodes that stand nowhere, to be read like a file.
    pub(crate) fn to_node(&self) -> Node {
        let kind = match self {
            Self::Map(entries) => NodeKind::Map {
                flow: false,
                entries: entries.iter().map(|(key, value)| entry(key, value)).collect(),
            },
            Self::List(items) => NodeKind::List {
                flow: false,
                items: items.iter().map(|item| Item { dash: 0, node: item.to_node() }).collect(),
            },
            scalar => NodeKind::Scalar {
                value: scalar.clone(),
                text: match scalar {
                    Self::Text(text) | Self::Number(text) => text.clone(),
                    Self::Bool(flag) => flag.to_string(),
                    _ => String::new(),
                },
                style: Style::Plain,
            },
        };
        placeless(kind)
    }
}

fn entry(key: &str, value: &Data) -> Entry {
    let scalar =
        NodeKind::Scalar { value: Data::text(key), text: key.to_owned(), style: Style::Plain };
    Entry { name: key.to_owned(), key: placeless(scalar), colon: 0, value: value.to_node() }
}

fn placeless(kind: NodeKind) -> Node {
    Node { start: 0, end: 0, prefix: None, line: 1, column: 1, kind }
}

/// A number of YAML as JSON has it; what JSON cannot say (`.inf`) stays text.
fn number(text: &str) -> Value {
    if let Ok(number) = text.parse::<Number>() {
        return Value::Number(number);
    }
    let whole = match (text.get(..2), text.get(2..)) {
        (Some("0x"), Some(digits)) => u64::from_str_radix(digits, 16).ok(),
        (Some("0o"), Some(digits)) => u64::from_str_radix(digits, 8).ok(),
        _ => None,
    };
    let number = whole
        .map(Number::from)
        .or_else(|| text.parse::<i64>().ok().map(Number::from))
        .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64));
    number.map_or_else(|| Value::from(text), Value::Number)
}
