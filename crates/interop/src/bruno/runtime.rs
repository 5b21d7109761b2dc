//! Assertions and variables taken from responses; the expressions they look at.

use errand_model::{Capture, CaptureScope, Check, Operator};
use serde_json::{Value, json};

use super::rows::{enabled, list, owned, row, text};

/// Operators that take no value.
const ALONE: &[&str] = &[
    "isEmpty",
    "isNotEmpty",
    "isNull",
    "isUndefined",
    "isDefined",
    "isTruthy",
    "isFalsy",
    "isJson",
    "isNumber",
    "isString",
    "isBoolean",
    "isArray",
];

/// The checks, and the assertions that look at something only JavaScript can.
pub(super) fn checks(rows: &Value) -> (Vec<Check>, Vec<&str>) {
    let (mut found, mut left) = (Vec::new(), Vec::new());
    for row in list(rows) {
        let name = text(row, "name");
        let Some(expression) = expression(name) else {
            left.push(name);
            continue;
        };
        let (operator, value) = operator(text(row, "value"));
        found.push(Check {
            expression: expression.to_owned(),
            operator,
            value: value.to_owned(),
            description: owned(row, "description"),
            enabled: enabled(row),
        });
    }
    (found, left)
}

/// The captures, and the variables whose expression only JavaScript can evaluate.
pub(super) fn captures(rows: &Value) -> (Vec<Capture>, Vec<&str>) {
    let (mut found, mut left) = (Vec::new(), Vec::new());
    for row in list(rows) {
        let Some(expression) = expression(text(row, "value")) else {
            left.push(text(row, "name"));
            continue;
        };
        let is_local = row.get("local") == Some(&Value::Bool(true));
        found.push(Capture {
            expression: expression.to_owned(),
            variable: owned(row, "name"),
            scope: if is_local { CaptureScope::Request } else { CaptureScope::Runtime },
            description: owned(row, "description"),
            enabled: enabled(row),
        });
    }
    (found, left)
}

/// What Errand looks at, too; none when it is JavaScript beyond that.
fn expression(text: &str) -> Option<&str> {
    // Bruno's first versions wrote a dollar before it.
    let text = text.trim();
    let text = text.strip_prefix('$').unwrap_or(text);
    let rest = text.strip_prefix("res")?;
    let known = match rest {
        ".status" | ".statusText" | ".responseTime" | ".headers" | ".body" | ".getStatus()"
        | ".getStatusText()" | ".getResponseTime()" | ".getHeaders()" | ".getBody()" => true,
        _ => {
            let header = rest.strip_prefix(".headers").or_else(|| rest.strip_prefix(".getHeader"));
            let body = rest.strip_prefix(".body").or_else(|| rest.strip_prefix(".getBody()"));
            let query = rest.strip_prefix("('").and_then(|rest| rest.strip_suffix("')"));
            let query =
                query.or_else(|| rest.strip_prefix("(\"").and_then(|r| r.strip_suffix("\")")));
            match (header, body, query) {
                (Some(name), _, _) => is_header(name),
                (_, Some(path), _) => is_path(path),
                (_, _, Some(query)) => is_path(&format!(".{query}")),
                _ => false,
            }
        }
    };
    known.then_some(text)
}

fn is_header(name: &str) -> bool {
    let word = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c))
    };
    let quoted = |name: &str| {
        let inner = |quote| name.strip_prefix(quote)?.strip_suffix(quote);
        inner('\'').or_else(|| inner('"')).is_some_and(word)
    };
    let between = |open, close| name.strip_prefix(open)?.strip_suffix(close);
    name.strip_prefix('.').is_some_and(word)
        || between('[', ']').or_else(|| between('(', ')')).is_some_and(quoted)
}

/// `.a?.b[0]['c']`
fn is_path(path: &str) -> bool {
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[').or_else(|| rest.strip_prefix(".[")) {
            let quote = inner.chars().next().filter(|c| matches!(c, '\'' | '"'));
            let end = match quote {
                Some(quote) => inner[1..].find(quote).map(|end| end + 2),
                None => inner.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0),
            };
            let after = end.and_then(|end| inner[end..].strip_prefix(']'));
            let Some(after) = after else { return false };
            rest = after;
        } else if let Some(name) = rest.strip_prefix('.').or_else(|| rest.strip_prefix("?.")) {
            let end = name.find(|c: char| !(c.is_alphanumeric() || "_-$".contains(c)));
            let end = end.unwrap_or(name.len());
            if end == 0 {
                return false;
            }
            rest = &name[end..];
        } else {
            return false;
        }
    }
    true
}

/// `eq 200`; without an operator it is `eq`.
fn operator(text: &str) -> (Operator, &str) {
    let (word, value) = text.split_once(' ').unwrap_or((text, ""));
    match serde_json::from_value(json!(word)) {
        Ok(operator) => (operator, value.trim()),
        Err(_) => (Operator::Eq, text),
    }
}

/// The assertions, and the expressions that Bruno does not know.
pub(super) fn of_checks(checks: &[Check], dollar: bool) -> (Vec<Value>, Vec<&str>) {
    let (mut rows, mut left) = (Vec::new(), Vec::new());
    for check in checks {
        let Some(name) = in_javascript(&check.expression, dollar) else {
            left.push(check.expression.as_str());
            continue;
        };
        let operator = json!(check.operator);
        let operator = operator.as_str().unwrap_or_default();
        let value = if ALONE.contains(&operator) || check.value.is_empty() {
            operator.to_owned()
        } else {
            format!("{operator} {}", check.value)
        };
        rows.push(row(&name, &value, check.enabled, &check.description).into());
    }
    (rows, left)
}

/// The variables to be set, and those that Bruno cannot.
pub(super) fn of_captures(captures: &[Capture], dollar: bool) -> (Vec<Value>, Vec<&str>) {
    let (mut rows, mut left) = (Vec::new(), Vec::new());
    for capture in captures {
        let Some(value) = in_javascript(&capture.expression, dollar) else {
            left.push(capture.variable.as_str());
            continue;
        };
        let mut row = row(&capture.variable, &value, capture.enabled, &capture.description);
        row.insert("local".to_owned(), json!(capture.scope == CaptureScope::Request));
        rows.push(row.into());
    }
    (rows, left)
}

/// An expression as Bruno has it: a plain JSONPath as a path into the body.
fn in_javascript(text: &str, dollar: bool) -> Option<String> {
    let dollar = if dollar { "$" } else { "" };
    if expression(text).is_some() && text.starts_with("res") {
        return Some(format!("{dollar}{text}"));
    }
    let path = text.strip_prefix('$')?;
    is_path(path).then(|| format!("{dollar}res.body{path}"))
}

/// Whether all expressions of a request have the dollar of Bruno's first versions.
pub(super) fn has_dollars(tree: &Value) -> bool {
    let assertions = list(&tree["assertions"]).map(|row| text(row, "name"));
    let variables = list(&tree["vars"]["res"]).map(|row| text(row, "value"));
    let mut known =
        assertions.chain(variables).filter(|text| expression(text).is_some()).peekable();
    known.peek().is_some() && known.all(|text| text.starts_with('$'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_that_need_no_javascript() {
        for known in [
            "res.status",
            "res.body",
            "res.body.a[0].b",
            "res.body['a b'].c",
            "res.headers.a-b",
            "res.headers['X-A']",
            "res.getHeader('x')",
            "res('a.b[0]')",
            "res.body.items.length",
            "res.body?.a",
            "res.getBody().a",
        ] {
            assert_eq!(expression(known), Some(known));
        }
        assert_eq!(expression("$res.body.a"), Some("res.body.a"));
        for other in [
            "res.body.map(x => x)",
            "req.body",
            "a",
            "res.body.a + 1",
            "res.body[a]",
            "res.body[",
            "res.body.",
            "result",
            "",
            "res.body['a",
            "res.headers[é",
            "res.body[é]",
        ] {
            assert_eq!(expression(other), None, "{other}");
        }
    }

    #[test]
    fn operators() {
        assert_eq!(operator("eq 200"), (Operator::Eq, "200"));
        assert_eq!(operator("200"), (Operator::Eq, "200"));
        assert_eq!(operator("Not Found"), (Operator::Eq, "Not Found"));
        assert_eq!(operator("isDefined"), (Operator::IsDefined, ""));
        assert_eq!(operator("between 1, 2"), (Operator::Between, "1, 2"));
    }
}
