//! Asserts and captures as checks and captures, and back.

use errand_model::{Capture, CaptureScope, Check, Operator};

use super::grammar::{Assert, Capture as Taken, Filter, Operand, Pattern, Predicate, Query};
use super::template::{quoted, text, variable};

/// The check that says the same as an assert.
pub(super) fn check(assert: &Assert<'_>) -> Option<Check> {
    let count = matches!(assert.filters.as_slice(), [Filter::Count]);
    let bytes = matches!(assert.query, Query::Bytes);
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
pub(super) fn capture(capture: &Taken<'_>) -> Option<Capture> {
    Some(Capture {
        expression: expression(&capture.query, &capture.filters)?,
        variable: text(&capture.name),
        scope: CaptureScope::Runtime,
        description: String::new(),
        enabled: true,
    })
}

fn expression(query: &Query<'_>, filters: &[Filter<'_>]) -> Option<String> {
    if let [Filter::JsonPath(path)] = filters {
        return matches!(query, Query::Body).then(|| text(path)).filter(|e| e.starts_with('$'));
    }
    if !filters.is_empty() {
        return None;
    }
    match query {
        Query::Status => Some("res.status".to_owned()),
        Query::Body => Some("res.body".to_owned()),
        Query::Duration => Some("res.responseTime".to_owned()),
        Query::Header(name) => {
            let name = text(name);
            let word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
            word.then(|| format!("res.headers.{name}"))
        }
        Query::JsonPath(path) => Some(text(path)).filter(|e| e.starts_with('$')),
        Query::XPath(path) => Some(text(path)).filter(|e| e.starts_with('/')),
        Query::Regex(Pattern::Text(pattern)) => {
            let pattern = text(pattern);
            (!pattern.starts_with('/') && !pattern.is_empty()).then(|| format!("regex({pattern})"))
        }
        Query::Regex(Pattern::Regex(regex)) => Some(format!("regex({})", regex.source)),
        Query::Bytes | Query::Other(_) => None,
    }
}

fn operator(predicate: &Predicate<'_>) -> Option<(Operator, String)> {
    let not = predicate.not;
    let either = |yes: Operator, no: Operator| Some(if not { no } else { yes });
    let only = |yes: Operator| (!not).then_some(yes);
    let operand = predicate.operand.as_ref();
    let null = matches!(operand, Some(Operand::Null));
    let operator = match predicate.name {
        "==" if null => return only(Operator::IsNull).map(|operator| (operator, String::new())),
        "==" => either(Operator::Eq, Operator::Neq),
        "!=" => either(Operator::Neq, Operator::Eq),
        ">" => either(Operator::Gt, Operator::Lte),
        ">=" => either(Operator::Gte, Operator::Lt),
        "<" => either(Operator::Lt, Operator::Gte),
        "<=" => either(Operator::Lte, Operator::Gt),
        "startsWith" => only(Operator::StartsWith),
        "endsWith" => only(Operator::EndsWith),
        "contains" | "includes" => either(Operator::Contains, Operator::NotContains),
        "matches" => either(Operator::Matches, Operator::NotMatches),
        "exists" => either(Operator::IsDefined, Operator::IsUndefined),
        "isEmpty" => either(Operator::IsEmpty, Operator::IsNotEmpty),
        "isBoolean" => only(Operator::IsBoolean),
        "isNumber" => only(Operator::IsNumber),
        "isString" => only(Operator::IsString),
        "isList" => only(Operator::IsArray),
        _ => None,
    }?;
    let value = match operand {
        Some(operand) => value(operand, operator)?,
        None => String::new(),
    };
    Some((operator, value))
}

/// A value as a check has it: quoted where it would be read as something else than text.
fn value(value: &Operand<'_>, operator: Operator) -> Option<String> {
    let pattern = matches!(operator, Operator::Matches | Operator::NotMatches);
    Some(match value {
        Operand::Bool(flag) => flag.to_string(),
        Operand::Number(number) => (*number).to_owned(),
        Operand::Placeholder(placeholder) => variable(placeholder),
        Operand::Regex(regex) => regex.pattern.clone(),
        Operand::Text(template) => {
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
        Operand::Null | Operand::Bytes | Operand::File | Operand::Multiline => return None,
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
