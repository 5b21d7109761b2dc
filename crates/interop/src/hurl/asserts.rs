//! Asserts and captures as checks and captures, and back.

use errand_model::{Capture, CaptureScope, Check, Operator};
use hurl_core::ast::{
    Assert, Capture as HurlCapture, Filter, FilterValue, Number, Predicate, PredicateFuncValue,
    PredicateValue, Query, QueryValue, RegexValue, Whitespace,
};
use hurl_core::types::ToSource as _;

use super::template::{quoted, text, variable};

/// The check that says the same as an assert.
pub(super) fn check(assert: &Assert) -> Option<Check> {
    let count =
        matches!(assert.filters.as_slice(), [(_, Filter { value: FilterValue::Count, .. })]);
    let bytes = matches!(assert.query.value, QueryValue::Bytes);
    let expression = match (bytes, count, assert.filters.is_empty()) {
        (true, true, _) => "res.size".to_owned(),
        (false, true, _) => expression(&assert.query, &[])?,
        (false, false, _) => expression(&assert.query, &assert.filters)?,
        (true, false, _) => return None,
    };
    let (mut operator, value) = operator(&assert.predicate)?;
    if count && !bytes {
        operator = (operator == Operator::Eq).then_some(Operator::Length)?;
    }
    Some(Check { expression, operator, value, description: String::new(), enabled: true })
}

/// The capture that takes the same.
pub(super) fn capture(capture: &HurlCapture) -> Option<Capture> {
    Some(Capture {
        expression: expression(&capture.query, &capture.filters)?,
        variable: text(&capture.name),
        scope: CaptureScope::Runtime,
        description: String::new(),
        enabled: true,
    })
}

fn expression(query: &Query, filters: &[(Whitespace, Filter)]) -> Option<String> {
    if let [(_, Filter { value: FilterValue::JsonPath { expr, .. }, .. })] = filters {
        return matches!(query.value, QueryValue::Body)
            .then(|| text(expr))
            .filter(|e| e.starts_with('$'));
    }
    if !filters.is_empty() {
        return None;
    }
    match &query.value {
        QueryValue::Status => Some("res.status".to_owned()),
        QueryValue::Body => Some("res.body".to_owned()),
        QueryValue::Duration => Some("res.responseTime".to_owned()),
        QueryValue::Header { name, .. } => {
            let name = text(name);
            let word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
            word.then(|| format!("res.headers.{name}"))
        }
        QueryValue::Jsonpath { expr, .. } => Some(text(expr)).filter(|e| e.starts_with('$')),
        QueryValue::Xpath { expr, .. } => Some(text(expr)).filter(|e| e.starts_with('/')),
        QueryValue::Regex { value: RegexValue::Template(expr), .. } => {
            let expr = text(expr);
            (!expr.starts_with('/') && !expr.is_empty()).then(|| format!("regex({expr})"))
        }
        QueryValue::Regex { value: RegexValue::Regex(expr), .. } => {
            Some(format!("regex({})", expr.to_source().as_str()))
        }
        _ => None,
    }
}

fn operator(predicate: &Predicate) -> Option<(Operator, String)> {
    use PredicateFuncValue as P;
    let not = predicate.not;
    let either = |yes: Operator, no: Operator| Some(if not { no } else { yes });
    let only = |yes: Operator| (!not).then_some(yes);
    let (operator, value) = match &predicate.predicate_func.value {
        P::Equal { value: PredicateValue::Null, .. } => (only(Operator::IsNull), None),
        P::Equal { value, .. } => (either(Operator::Eq, Operator::Neq), Some(value)),
        P::NotEqual { value, .. } => (either(Operator::Neq, Operator::Eq), Some(value)),
        P::GreaterThan { value, .. } => (either(Operator::Gt, Operator::Lte), Some(value)),
        P::GreaterThanOrEqual { value, .. } => (either(Operator::Gte, Operator::Lt), Some(value)),
        P::LessThan { value, .. } => (either(Operator::Lt, Operator::Gte), Some(value)),
        P::LessThanOrEqual { value, .. } => (either(Operator::Lte, Operator::Gt), Some(value)),
        P::StartWith { value, .. } => (only(Operator::StartsWith), Some(value)),
        P::EndWith { value, .. } => (only(Operator::EndsWith), Some(value)),
        P::Contain { value, .. } | P::Include { value, .. } => {
            (either(Operator::Contains, Operator::NotContains), Some(value))
        }
        P::Match { value, .. } => (either(Operator::Matches, Operator::NotMatches), Some(value)),
        P::Exist => (either(Operator::IsDefined, Operator::IsUndefined), None),
        P::IsEmpty => (either(Operator::IsEmpty, Operator::IsNotEmpty), None),
        P::IsBoolean => (only(Operator::IsBoolean), None),
        P::IsNumber => (only(Operator::IsNumber), None),
        P::IsString => (only(Operator::IsString), None),
        P::IsList => (only(Operator::IsArray), None),
        _ => return None,
    };
    let value = match value {
        Some(value) => self::value(value, operator?)?,
        None => String::new(),
    };
    Some((operator?, value))
}

/// A value as a check has it: quoted where it would be read as something else than text.
fn value(value: &PredicateValue, operator: Operator) -> Option<String> {
    let pattern = matches!(operator, Operator::Matches | Operator::NotMatches);
    Some(match value {
        PredicateValue::Bool(flag) => flag.to_string(),
        PredicateValue::Number(Number::Float(number)) => number.to_source().as_str().to_owned(),
        PredicateValue::Number(number) => number.to_string(),
        PredicateValue::Placeholder(placeholder) => variable(placeholder),
        PredicateValue::Regex(regex) => regex.inner.as_str().to_owned(),
        PredicateValue::String(template) => {
            let text = text(template);
            let plain = pattern || is_plain(&text);
            if plain {
                text
            } else if text.contains('"') {
                return None;
            } else {
                format!("\"{text}\"")
            }
        }
        _ => return None,
    })
}

/// Whether a check takes a value for text.
fn is_plain(text: &str) -> bool {
    let words = ["true", "false", "null", "undefined", ""];
    text.trim() == text
        && !words.contains(&text)
        && !text.starts_with(['"', '\''])
        && !text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
}

/// A check as an assert.
pub(super) fn assert(check: &Check) -> Option<String> {
    let expected = || written(&check.value);
    if check.operator == Operator::Length {
        return Some(format!("{} count == {}", query(&check.expression)?, expected()));
    }
    let predicate = match check.operator {
        Operator::Eq => format!("== {}", expected()),
        Operator::Neq => format!("!= {}", expected()),
        Operator::Gt => format!("> {}", expected()),
        Operator::Gte => format!(">= {}", expected()),
        Operator::Lt => format!("< {}", expected()),
        Operator::Lte => format!("<= {}", expected()),
        Operator::Contains => format!("contains {}", expected()),
        Operator::NotContains => format!("not contains {}", expected()),
        Operator::StartsWith => format!("startsWith {}", expected()),
        Operator::EndsWith => format!("endsWith {}", expected()),
        Operator::Matches => format!("matches {}", quoted(&check.value)),
        Operator::NotMatches => format!("not matches {}", quoted(&check.value)),
        Operator::IsEmpty => "isEmpty".to_owned(),
        Operator::IsNotEmpty => "not isEmpty".to_owned(),
        Operator::IsNull => "== null".to_owned(),
        Operator::IsDefined => "exists".to_owned(),
        Operator::IsUndefined => "not exists".to_owned(),
        Operator::IsNumber => "isNumber".to_owned(),
        Operator::IsString => "isString".to_owned(),
        Operator::IsBoolean => "isBoolean".to_owned(),
        Operator::IsArray => "isList".to_owned(),
        Operator::In
        | Operator::NotIn
        | Operator::Between
        | Operator::IsTruthy
        | Operator::IsFalsy
        | Operator::IsJson
        | Operator::Length => return None,
    };
    Some(format!("{} {predicate}", query(&check.expression)?))
}

/// An expression as a query.
pub(super) fn query(expression: &str) -> Option<String> {
    if let Some(name) = expression.strip_prefix("res.headers.") {
        return Some(format!("header {}", quoted(name)));
    }
    if let Some(path) = expression.strip_prefix("res.body.") {
        return Some(format!("jsonpath {}", quoted(&format!("$.{path}"))));
    }
    if let Some(pattern) = expression.strip_prefix("regex(").and_then(|rest| rest.strip_suffix(')'))
    {
        let literal = pattern.len() > 2 && pattern.starts_with('/') && pattern.ends_with('/');
        return Some(if literal {
            format!("regex {pattern}")
        } else {
            format!("regex {}", quoted(pattern))
        });
    }
    match expression {
        "res.status" => Some("status".to_owned()),
        "res.responseTime" => Some("duration".to_owned()),
        "res.size" => Some("bytes count".to_owned()),
        "res.body" => Some("body".to_owned()),
        path if path.starts_with('$') => Some(format!("jsonpath {}", quoted(path))),
        path if path.starts_with('/') => Some(format!("xpath {}", quoted(path))),
        _ => None,
    }
}

/// A check's value as Hurl's: numbers and words as they are, the rest as text.
fn written(value: &str) -> String {
    let bare = value.trim();
    let quotes = bare.len() > 1
        && (bare.starts_with('"') && bare.ends_with('"')
            || bare.starts_with('\'') && bare.ends_with('\''));
    if quotes {
        return quoted(&bare[1..bare.len() - 1]);
    }
    let number = serde_json::from_str::<serde_json::Number>(bare).is_ok();
    let whole = bare.starts_with("{{") && bare.find("}}") == Some(bare.len().saturating_sub(2));
    if number || whole || ["true", "false", "null"].contains(&bare) {
        return super::template::ours(bare);
    }
    quoted(value)
}
