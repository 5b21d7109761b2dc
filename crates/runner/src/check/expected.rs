use serde_json::{Number, Value};

/// An expected value as typed, read the way Bruno reads it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expected {
    Undefined,
    Value(Value),
}

/// `true`, `null`, `12` and `"quoted"` have types; everything else is text.
pub(super) fn read(text: &str) -> Expected {
    let trimmed = text.trim();
    let value = match trimmed {
        "undefined" => return Expected::Undefined,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        _ => quoted(trimmed)
            .map(Value::from)
            .or_else(|| number(trimmed).map(Value::Number))
            .unwrap_or(trimmed.into()),
    };
    Expected::Value(value)
}

/// The list of `in`: `a, b` or `[a, b]`.
pub(super) fn list(text: &str) -> Vec<Expected> {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    inner.split(',').map(read).collect()
}

fn quoted(text: &str) -> Option<&str> {
    let inner = |quote| text.strip_prefix(quote).and_then(|inner: &str| inner.strip_suffix(quote));
    inner('"').or_else(|| inner('\''))
}

/// A number in JSON's notation or one that JavaScript takes too, such as `+1` and `.5`.
pub(super) fn number(text: &str) -> Option<Number> {
    if let Ok(number) = serde_json::from_str::<Number>(text) {
        return Some(number);
    }
    let begins = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    let value: f64 = text.parse().ok().filter(|_| begins)?;
    // 007 is 7, not 7.0.
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return serde_json::from_str(&format!("{value:.0}")).ok();
    }
    Number::from_f64(value)
}

/// Whether two numbers are the same. Whole ones are compared digit by digit, however long.
pub(super) fn same_number(one: &Number, other: &Number) -> bool {
    let whole =
        |number: &Number| number.to_string().bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if whole(one) && whole(other) {
        return one.to_string() == other.to_string();
    }
    one.as_f64()
        .zip(other.as_f64())
        .is_some_and(|(one, other)| one.partial_cmp(&other) == Some(std::cmp::Ordering::Equal))
}
