use errand_body::{Filter, Source, ViewKind, filter};
use regex::RegexBuilder;
use serde_json::Value;

use super::{Expression, Subject, shown};

/// Bytes of one value that are taken into memory to be compared.
const MOST: u64 = 8 << 20;
/// Bytes of text that a regular expression looks at.
const MOST_FOR_REGEX: u64 = 64 << 20;

/// What an expression leads to.
#[derive(Debug, Clone)]
pub(crate) enum Found {
    /// Nothing; the note says why where it is not plain.
    Undefined(Option<String>),
    /// A value with a type.
    Json(Value),
    /// Text from where there are no types: a header, XML, a match.
    Untyped(String),
    /// What a `JSONPath` with several results leads to.
    List(Vec<Value>),
    /// XML nodes: how many, and the text of the first.
    Nodes(u64, String),
    /// A value too large to be held; its first byte tells its type.
    Large(Source, Option<u8>),
}

impl Found {
    /// The value as a result shows it.
    pub fn shown(&self) -> Option<String> {
        Some(match self {
            Self::Undefined(_) => return None,
            Self::Json(value) => shown(&text_of(value, true)),
            Self::List(values) => shown(&text_of(&Value::Array(values.clone()), true)),
            Self::Untyped(text) | Self::Nodes(1, text) => shown(&format!("\"{text}\"")),
            Self::Nodes(count, text) => shown(&format!("{count} nodes, the first \"{text}\"")),
            Self::Large(source, _) => format!("a value of {} bytes", source.len()),
        })
    }

    /// Why there is nothing.
    pub fn note(&self) -> Option<&str> {
        if let Self::Undefined(note) = self { note.as_deref() } else { None }
    }
}

/// A value as text; strings with or without their quotes.
pub(crate) fn text_of(value: &Value, quoted: bool) -> String {
    match value {
        Value::String(text) if !quoted => text.clone(),
        other => other.to_string(),
    }
}

/// What `expression` leads to in a response. The error is a sentence for the user.
pub(crate) fn find(expression: &Expression, subject: &Subject) -> Result<Found, String> {
    Ok(match expression {
        Expression::Status => Found::Json(subject.status.into()),
        Expression::Reason => Found::Json(subject.reason.into()),
        Expression::Time => Found::Json(subject.time_ms.into()),
        Expression::Size => Found::Json(subject.size.into()),
        Expression::Headers => {
            let all = subject.headers.iter().map(|(name, _)| {
                (name.to_ascii_lowercase(), Value::String(subject.header(name).unwrap_or_default()))
            });
            Found::Json(Value::Object(all.collect()))
        }
        Expression::Header(name) => {
            subject.header(name).map_or(Found::Undefined(None), Found::Untyped)
        }
        Expression::Body => body(subject)?,
        Expression::Member { path, parent, is_length } => member(subject, path, parent, *is_length),
        Expression::JsonPath(path) => json_path(subject, path)?,
        Expression::XPath(path) => xpath(subject, path)?,
        Expression::Regex(pattern) => regex(subject, pattern)?,
    })
}

/// The whole body: JSON where it is that, else its text.
fn body(subject: &Subject) -> Result<Found, String> {
    if subject.body.len() > MOST {
        let first =
            filter(subject.body, &Filter::JsonPath("$".into()), subject.content_type()).ok();
        let first =
            first.filter(|found| found.count == 1).and_then(|found| first_byte(&found.source));
        return Ok(Found::Large(subject.body.clone(), first.or(Some(b'"'))));
    }
    let text = text(subject, MOST)?;
    if text.is_empty() {
        return Ok(Found::Json(Value::String(text)));
    }
    Ok(Found::Json(serde_json::from_str(&text).unwrap_or(Value::String(text))))
}

/// The body's text up to `most` bytes. What is not UTF-8 is replaced.
fn text(subject: &Subject, most: u64) -> Result<String, String> {
    let bytes = subject
        .body
        .slice(0, subject.body.len().min(most))
        .map_err(|e| format!("The body cannot be read: {e}"))?;
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(text.strip_prefix('\u{feff}').map(ToOwned::to_owned).unwrap_or(text))
}

fn member(subject: &Subject, path: &str, parent: &str, is_length: bool) -> Found {
    let at = |path: &str| match filter(
        subject.body,
        &Filter::JsonPath(path.to_owned()),
        subject.content_type(),
    ) {
        Ok(found) if found.count == 0 => Found::Undefined(None),
        Ok(found) => value(&found.source),
        // Below what is not JSON there is nothing, as in a script; the note says why.
        Err(error) => Found::Undefined(Some(error.to_string())),
    };
    let found = at(path);
    if !(is_length && matches!(found, Found::Undefined(_))) {
        return found;
    }
    match at(parent) {
        Found::Json(Value::Array(values)) => Found::Json(values.len().into()),
        Found::Json(Value::String(text)) => Found::Json(text.encode_utf16().count().into()),
        _ => found,
    }
}

/// A JSON value that stands alone in `source`.
fn value(source: &Source) -> Found {
    if source.len() > MOST {
        return Found::Large(source.clone(), first_byte(source));
    }
    let bytes = match source.slice(0, source.len()) {
        Ok(bytes) => bytes,
        Err(error) => return Found::Undefined(Some(error.to_string())),
    };
    match serde_json::from_slice(&bytes) {
        Ok(value) => Found::Json(value),
        Err(error) => Found::Undefined(Some(format!("the body is not valid JSON there: {error}"))),
    }
}

fn first_byte(source: &Source) -> Option<u8> {
    source.slice(0, source.len().min(64)).ok()?.into_iter().find(|byte| !byte.is_ascii_whitespace())
}

fn json_path(subject: &Subject, path: &str) -> Result<Found, String> {
    let found = filter(subject.body, &Filter::JsonPath(path.to_owned()), subject.content_type())
        .map_err(|error| error.to_string())?;
    if errand_body::Path::parse(path).is_some() {
        return Ok(if found.count == 0 { Found::Undefined(None) } else { value(&found.source) });
    }
    Ok(match value(&found.source) {
        Found::Json(Value::Array(values)) => Found::List(values),
        other => other,
    })
}

fn xpath(subject: &Subject, path: &str) -> Result<Found, String> {
    let run = |path: String| {
        filter(subject.body, &Filter::XPath(path), subject.content_type())
            .map_err(|error| error.to_string())
    };
    let mut found = run(path.to_owned())?;
    let count = found.count;
    if count == 0 {
        return Ok(Found::Undefined(None));
    }
    if found.kind == ViewKind::Xml || count > 1 {
        found = run(format!("string({path})"))?;
    }
    let bytes = found
        .source
        .slice(0, found.source.len().min(MOST))
        .map_err(|e| format!("The body cannot be read: {e}"))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(Found::Nodes(count, text.strip_suffix('\n').unwrap_or(&text).to_owned()))
}

/// The first match in the body: its first group, or all of it.
fn regex(subject: &Subject, pattern: &str) -> Result<Found, String> {
    let pattern = compile(pattern)?;
    let text = text(subject, MOST_FOR_REGEX)?;
    let found = pattern.captures(&text).and_then(|found| found.get(1).or_else(|| found.get(0)));
    Ok(match found {
        Some(found) => Found::Untyped(found.as_str().to_owned()),
        None if subject.body.len() > MOST_FOR_REGEX => Found::Undefined(Some(format!(
            "only the first {MOST_FOR_REGEX} bytes of the body were searched"
        ))),
        None => Found::Undefined(None),
    })
}

/// A regular expression of the user's.
pub(crate) fn compile(pattern: &str) -> Result<regex::Regex, String> {
    RegexBuilder::new(pattern).size_limit(8 << 20).build().map_err(|error| {
        let last = error.to_string();
        let last = last.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        format!("The regular expression \"{}\" cannot be used: {last}.", shown(pattern))
    })
}
