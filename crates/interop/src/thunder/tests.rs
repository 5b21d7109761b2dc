//! Tests without scripts: checks, and variables taken from a response.

use errand_model::{Capture, CaptureScope, Check, Operator};
use serde_json::Value;

use super::rows::{any, list, text};

/// What became of the tests of a request.
#[derive(Default)]
pub(super) struct Tests {
    pub checks: Vec<Check>,
    pub captures: Vec<Capture>,
    /// Those that have no like here, and what they are about.
    pub left: Vec<(String, Value)>,
}

pub(super) fn read(rows: &Value) -> Tests {
    let mut found = Tests::default();
    for row in list(rows) {
        let kind = text(row, "type");
        let enabled = row.get("isDisabled") != Some(&Value::Bool(true));
        if kind == "set-env-var" {
            match capture(row, enabled) {
                Some(capture) => found.captures.push(capture),
                None => found.left.push((format!("{kind} {}", text(row, "custom")), row.clone())),
            }
        } else if let Some(check) = check(&kind, row, enabled) {
            found.checks.push(check);
        } else {
            found.left.push((format!("{kind} {}", any(row, &["custom", "action"])), row.clone()));
        }
    }
    found
}

fn check(kind: &str, row: &Value, enabled: bool) -> Option<Check> {
    let expression = match kind {
        "res-code" | "res-status" => "res.status".to_owned(),
        "res-time" => "res.responseTime".to_owned(),
        "res-size" => "res.size".to_owned(),
        "res-body" => "res.body".to_owned(),
        "content-type" | "res-content-type" | "Content-Type" => {
            "res.headers.content-type".to_owned()
        }
        "content-length" => "res.headers.content-length".to_owned(),
        "content-encoding" => "res.headers.content-encoding".to_owned(),
        "header" | "res-header" => header(&any(row, &["custom", "key"]))?,
        "json-query" => query(&any(row, &["custom", "query"]))?,
        _ => return None,
    };
    let (operator, value) = operator(&text(row, "action"), text(row, "value"))?;
    Some(Check { expression, operator, value, description: text(row, "name"), enabled })
}

/// Thunder Client's actions and ours.
fn operator(action: &str, value: String) -> Option<(Operator, String)> {
    let operator = match action.to_ascii_lowercase().as_str() {
        "" | "equal" | "=" | "==" | "equals" => Operator::Eq,
        "notequal" | "!=" | "not equal" => Operator::Neq,
        ">" | "greaterthan" => Operator::Gt,
        ">=" | "greaterthanequal" => Operator::Gte,
        "<" | "lessthan" => Operator::Lt,
        "<=" | "lessthanequal" => Operator::Lte,
        "contains" => Operator::Contains,
        "notcontains" => Operator::NotContains,
        "startswith" => Operator::StartsWith,
        "endswith" => Operator::EndsWith,
        "count" | "length" => Operator::Length,
        "regex" | "matches" => Operator::Matches,
        "in" | "oneof" => Operator::In,
        "isjson" => return Some((Operator::IsJson, String::new())),
        "exists" | "isdefined" => return Some((Operator::IsDefined, String::new())),
        "isempty" => return Some((Operator::IsEmpty, String::new())),
        "istype" => {
            let operator = match value.trim().to_ascii_lowercase().as_str() {
                "string" => Operator::IsString,
                "number" => Operator::IsNumber,
                "boolean" => Operator::IsBoolean,
                "array" => Operator::IsArray,
                "object" => Operator::IsJson,
                "null" => Operator::IsNull,
                "undefined" => Operator::IsUndefined,
                _ => return None,
            };
            return Some((operator, String::new()));
        }
        _ => return None,
    };
    Some((operator, value))
}

/// `custom` is what is taken; `value` is `{{name}}` or `{{name,global}}`.
fn capture(row: &Value, enabled: bool) -> Option<Capture> {
    let (custom, value) = (text(row, "custom"), text(row, "value"));
    // Some versions write it the other way round: the name, and what is taken under options.
    let (source, target) = match row.get("options") {
        Some(options) if value == "json-query" => (text(options, "value"), custom),
        _ => (custom, value),
    };
    let expression = match source.as_str() {
        "text" | "responseBody" | "res-body" => "res.body".to_owned(),
        "status" | "responseCode" | "res-code" => "res.status".to_owned(),
        "responseTime" | "res-time" => "res.responseTime".to_owned(),
        source => match source.strip_prefix("header.") {
            Some(name) => header(name)?,
            None => query(source)?,
        },
    };
    let target = target.trim();
    let target = target.strip_prefix("{{").unwrap_or(target);
    let target = target.strip_suffix("}}").unwrap_or(target);
    let (name, scope) = target.split_once(',').unwrap_or((target, ""));
    let name = name.trim();
    if name.is_empty() || name.contains(['{', '}']) {
        return None;
    }
    let scope = match scope.trim() {
        "" | "active" | "global" => CaptureScope::Environment,
        "collection" => CaptureScope::Collection,
        _ => CaptureScope::Runtime,
    };
    let variable = name.to_owned();
    Some(Capture { expression, variable, scope, description: String::new(), enabled })
}

fn header(name: &str) -> Option<String> {
    let name = name.trim();
    let word =
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    word.then(|| format!("res.headers.{}", name.to_ascii_lowercase()))
}

/// `json.a[0]["b c"]`, without filters and wildcards, or a JSONPath.
fn query(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with("$.") || text.starts_with("$[") {
        return (!text.contains('|')).then(|| text.to_owned());
    }
    let mut rest = text.strip_prefix("json")?;
    let path = rest;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let end = inner.find(']')?;
            let index = inner[..end].trim();
            let is_number = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
            let quoted = |quote| index.strip_prefix(quote)?.strip_suffix(quote);
            let name = quoted('"').or_else(|| quoted('\''));
            if !is_number && name.is_none_or(|name| name.contains(['"', '\''])) {
                return None;
            }
            rest = &inner[end + 1..];
        } else {
            let name = rest.strip_prefix('.')?;
            let end = name.find(['.', '[']).unwrap_or(name.len());
            let word = name[..end].chars().all(|c| c.is_alphanumeric() || "-_$".contains(c));
            if end == 0 || !word {
                return None;
            }
            rest = &name[end..];
        }
    }
    Some(format!("res.body{path}"))
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn queries() {
        assert_eq!(query("json.a[0].b").as_deref(), Some("res.body.a[0].b"));
        assert_eq!(query("json").as_deref(), Some("res.body"));
        assert_eq!(query("json[\"a b\"]").as_deref(), Some("res.body[\"a b\"]"));
        assert_eq!(query("$.a").as_deref(), Some("$.a"));
        for other in ["json.a | length", "json[].a", "json.a[*]", "xml.a", "json.", "jsonx", ""] {
            assert_eq!(query(other), None, "{other}");
        }
    }
}
