use errand_body::Source;
use errand_model::Operator;
use serde_json::Value;

use super::expected::{Expected, list, number, read, same_number};
use super::find::{Found, compile, text_of};

/// Whether the operator has no value.
pub(super) fn is_unary(operator: Operator) -> bool {
    use Operator as O;
    matches!(
        operator,
        O::IsEmpty
            | O::IsNotEmpty
            | O::IsNull
            | O::IsUndefined
            | O::IsDefined
            | O::IsTruthy
            | O::IsFalsy
            | O::IsJson
            | O::IsNumber
            | O::IsString
            | O::IsBoolean
            | O::IsArray
    )
}

/// The end of "it should …".
pub(super) fn wanted(operator: Operator, expected: &str) -> String {
    use Operator as O;
    let words = match operator {
        O::Eq => "be equal to",
        O::Neq => "not be equal to",
        O::Gt => "be greater than",
        O::Gte => "be at least",
        O::Lt => "be less than",
        O::Lte => "be at most",
        O::In => "be one of",
        O::NotIn => "not be one of",
        O::Contains => "contain",
        O::NotContains => "not contain",
        O::Length => "have the length",
        O::Matches => "match",
        O::NotMatches => "not match",
        O::StartsWith => "start with",
        O::EndsWith => "end with",
        O::Between => "be between",
        O::IsEmpty => return "be empty".into(),
        O::IsNotEmpty => return "not be empty".into(),
        O::IsNull => return "be null".into(),
        O::IsUndefined => return "be undefined".into(),
        O::IsDefined => return "be defined".into(),
        O::IsTruthy => return "be true".into(),
        O::IsFalsy => return "be false".into(),
        O::IsJson => return "be a JSON object".into(),
        O::IsNumber => return "be a number".into(),
        O::IsString => return "be a string".into(),
        O::IsBoolean => return "be true or false".into(),
        O::IsArray => return "be an array".into(),
    };
    format!("{words} {expected}")
}

/// Whether `found` stands to the expected text as the operator says. The error says why that makes no sense.
pub(super) fn holds(operator: Operator, found: &Found, expected: &str) -> Result<bool, String> {
    use Operator as O;
    if let Found::Large(source, first) = found {
        return large(operator, source, *first, expected);
    }
    let one = single(operator, found);
    match operator {
        O::Eq => Ok(equal(found, one.as_ref(), &read(expected))),
        O::Neq => Ok(!equal(found, one.as_ref(), &read(expected))),
        O::In => Ok(list(expected).iter().any(|each| equal(found, one.as_ref(), each))),
        O::NotIn => Ok(!list(expected).iter().any(|each| equal(found, one.as_ref(), each))),
        O::Gt | O::Gte | O::Lt | O::Lte => {
            let (actual, limit) = (number_of(found, one.as_ref())?, limit(expected)?);
            Ok(match operator {
                O::Gt => actual > limit,
                O::Gte => actual >= limit,
                O::Lt => actual < limit,
                _ => actual <= limit,
            })
        }
        O::Between => {
            let bad = || format!("Between needs two numbers such as 1,5, not \"{expected}\".");
            let (low, high) = expected.split_once(',').ok_or_else(bad)?;
            let (low, high) = (limit(low).map_err(|_| bad())?, limit(high).map_err(|_| bad())?);
            let actual = number_of(found, one.as_ref())?;
            Ok((low..=high).contains(&actual))
        }
        O::Contains => contains(one.as_ref(), expected),
        O::NotContains => contains(one.as_ref(), expected).map(|found| !found),
        O::StartsWith => Ok(string(one.as_ref())?.starts_with(&literal(expected))),
        O::EndsWith => Ok(string(one.as_ref())?.ends_with(&literal(expected))),
        O::Matches => matches(one.as_ref(), expected),
        O::NotMatches => matches(one.as_ref(), expected).map(|found| !found),
        O::Length => length(found, one.as_ref(), expected),
        O::IsEmpty => empty(one.as_ref()),
        O::IsNotEmpty => empty(one.as_ref()).map(|empty| !empty),
        O::IsUndefined => Ok(one.is_none()),
        O::IsDefined => Ok(one.is_some()),
        _ => Ok(one.is_some_and(|value| is_kind(operator, &value))),
    }
}

/// The one value to compare; a list with one element is that element, except where the list itself is meant.
fn single(operator: Operator, found: &Found) -> Option<Value> {
    use Operator as O;
    let as_list = matches!(operator, O::Length | O::IsArray | O::IsEmpty | O::IsNotEmpty);
    match found {
        Found::Undefined(_) | Found::Large(..) => None,
        Found::Json(value) => Some(value.clone()),
        Found::Untyped(text) | Found::Nodes(_, text) => Some(Value::String(text.clone())),
        Found::List(values) if as_list => Some(Value::Array(values.clone())),
        Found::List(values) => match values.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            many => Some(Value::Array(many.to_vec())),
        },
    }
}

fn is_kind(operator: Operator, value: &Value) -> bool {
    use Operator as O;
    match operator {
        O::IsNull => value.is_null(),
        // Bruno asks for true and false themselves, not for what JavaScript takes for them.
        O::IsTruthy => *value == Value::Bool(true),
        O::IsFalsy => *value == Value::Bool(false),
        O::IsJson => value.is_object(),
        O::IsNumber => value.is_number(),
        O::IsString => value.is_string(),
        O::IsBoolean => value.is_boolean(),
        O::IsArray => value.is_array(),
        _ => false,
    }
}

fn equal(found: &Found, actual: Option<&Value>, expected: &Expected) -> bool {
    let (actual, expected) = match (actual, expected) {
        (None, Expected::Undefined) => return true,
        (Some(actual), Expected::Value(expected)) => (actual, expected),
        _ => return false,
    };
    match (actual, expected) {
        (Value::Number(one), Value::Number(other)) => same_number(one, other),
        // Headers, XML and matches have no types: 5 means the text 5.
        (Value::String(text), other) if matches!(found, Found::Untyped(_) | Found::Nodes(..)) => {
            *text == text_of(other, false)
                || number(text)
                    .zip(other.as_number())
                    .is_some_and(|(one, other)| same_number(&one, other))
        }
        (Value::Array(_) | Value::Object(_), Value::String(text)) => {
            serde_json::from_str::<Value>(text).is_ok_and(|other| same_value(actual, &other))
        }
        _ => actual == expected,
    }
}

/// Equal as JSON: numbers by value, objects whatever their order.
fn same_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => same_number(one, other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| same_value(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| {
                    other.get(key).is_some_and(|other| same_value(value, other))
                })
        }
        _ => one == other,
    }
}

fn limit(text: &str) -> Result<f64, String> {
    number(text.trim())
        .and_then(|number| number.as_f64())
        .ok_or_else(|| "The expected value is not a number.".to_owned())
}

fn number_of(found: &Found, actual: Option<&Value>) -> Result<f64, String> {
    let untyped = matches!(found, Found::Untyped(_) | Found::Nodes(..));
    let number = match actual {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) if untyped => {
            number(text.trim()).and_then(|number| number.as_f64())
        }
        _ => None,
    };
    number.ok_or_else(|| "That is not a number, so it cannot be compared with one.".to_owned())
}

/// The expected text without its quotes.
fn literal(expected: &str) -> String {
    match read(expected) {
        Expected::Value(Value::String(text)) => text,
        _ => expected.trim().to_owned(),
    }
}

fn string(actual: Option<&Value>) -> Result<&str, String> {
    actual.and_then(Value::as_str).ok_or_else(|| "That is not a string.".to_owned())
}

fn contains(actual: Option<&Value>, expected: &str) -> Result<bool, String> {
    match actual {
        Some(Value::String(text)) => Ok(text.contains(&literal(expected))),
        Some(Value::Array(values)) => {
            let expected = read(expected);
            Ok(values.iter().any(|value| equal(&Found::Undefined(None), Some(value), &expected)))
        }
        Some(Value::Object(_)) => {
            Err("Objects are not searched; check one of their members.".to_owned())
        }
        _ => Err("Only strings and arrays contain something.".to_owned()),
    }
}

fn matches(actual: Option<&Value>, expected: &str) -> Result<bool, String> {
    let pattern = expected.trim();
    let pattern =
        pattern.strip_prefix('/').and_then(|inner| inner.strip_suffix('/')).unwrap_or(pattern);
    let pattern = compile(pattern)?;
    Ok(actual.is_some_and(|value| pattern.is_match(&text_of(value, false))))
}

fn length(found: &Found, actual: Option<&Value>, expected: &str) -> Result<bool, String> {
    let count = match (found, actual) {
        (Found::Nodes(count, _), _) => *count,
        (_, Some(Value::Array(values))) => values.len() as u64,
        // JavaScript counts UTF-16 units.
        (_, Some(Value::String(text))) => text.encode_utf16().count() as u64,
        _ => return Err("Only strings and arrays have a length.".to_owned()),
    };
    let wanted =
        number(expected.trim()).ok_or_else(|| "The expected length is not a number.".to_owned())?;
    Ok(same_number(&count.into(), &wanted))
}

fn empty(actual: Option<&Value>) -> Result<bool, String> {
    match actual {
        Some(Value::String(text)) => Ok(text.is_empty()),
        Some(Value::Array(values)) => Ok(values.is_empty()),
        Some(Value::Object(members)) => Ok(members.is_empty()),
        _ => Err("Only strings, arrays and objects can be empty.".to_owned()),
    }
}

/// What can be said of a value that is not held in memory.
fn large(
    operator: Operator,
    source: &Source,
    first: Option<u8>,
    expected: &str,
) -> Result<bool, String> {
    use Operator as O;
    match operator {
        O::Contains => search(source, literal(expected).as_bytes()),
        O::NotContains => search(source, literal(expected).as_bytes()).map(|found| !found),
        O::IsDefined | O::IsNotEmpty => Ok(true),
        O::IsUndefined
        | O::IsEmpty
        | O::IsNull
        | O::IsNumber
        | O::IsBoolean
        | O::IsTruthy
        | O::IsFalsy => Ok(false),
        O::IsArray => Ok(first == Some(b'[')),
        O::IsJson => Ok(first == Some(b'{')),
        O::IsString => Ok(first == Some(b'"')),
        _ => Err("It is too large to be compared; check a part of it, such as res.body.items[0]."
            .to_owned()),
    }
}

/// Searches bytes piece by piece; the pieces overlap by the length of the needle.
fn search(source: &Source, needle: &[u8]) -> Result<bool, String> {
    const PIECE: u64 = 1 << 20;
    let finder = memchr::memmem::Finder::new(needle);
    let overlap = needle.len().saturating_sub(1) as u64;
    let mut at = 0;
    while at < source.len() {
        let end = (at + PIECE + overlap).min(source.len());
        let piece =
            source.slice(at, end).map_err(|error| format!("The body cannot be read: {error}."))?;
        if finder.find(&piece).is_some() {
            return Ok(true);
        }
        at += PIECE;
    }
    Ok(needle.is_empty())
}
