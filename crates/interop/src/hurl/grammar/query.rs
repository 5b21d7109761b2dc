//! What asserts and captures look at.

use super::cursor::{Cursor, Mistake, Read};
use super::regex::{Regex, regex};
use super::string::{in_quotes, quoted, unquoted};
use super::template::Template;

/// What an assert or a capture looks at.
#[derive(Debug)]
pub(crate) enum Query<'a> {
    Status,
    Body,
    Duration,
    Bytes,
    Header(Template<'a>),
    JsonPath(Template<'a>),
    XPath(Template<'a>),
    Regex(Pattern<'a>),
    /// One that is only kept, by its name.
    Other(&'static str),
}

/// A pattern, as a text or between slashes.
#[derive(Debug)]
pub(crate) enum Pattern<'a> {
    Text(Template<'a>),
    Regex(Regex<'a>),
}

/// Queries of one word; no name of a query begins another.
const WORDS: &[&str] = &["version", "url", "rawbytes", "sha256", "md5", "ip", "redirects"];
/// What a certificate has.
const FIELDS: &[&str] = &[
    "Subject\"",
    "Issuer\"",
    "Start-Date\"",
    "Expire-Date\"",
    "Serial-Number\"",
    "Subject-Alt-Name\"",
    "Value\"",
];
/// What a cookie has, in lower case.
const ATTRIBUTES: &[&str] =
    &["value", "expires", "max-age", "domain", "path", "secure", "httponly", "samesite"];

impl Query<'_> {
    /// The word it begins with.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Body => "body",
            Self::Duration => "duration",
            Self::Bytes => "bytes",
            Self::Header(_) => "header",
            Self::JsonPath(_) => "jsonpath",
            Self::XPath(_) => "xpath",
            Self::Regex(_) => "regex",
            Self::Other(name) => name,
        }
    }
}

/// Reads a query, where one begins here.
pub(super) fn query<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Query<'a>>> {
    let plain = [
        ("status", Query::Status),
        ("body", Query::Body),
        ("duration", Query::Duration),
        ("bytes", Query::Bytes),
    ];
    for (name, query) in plain {
        if cursor.take(name) {
            return Ok(Some(query));
        }
    }
    if let Some(name) = WORDS.iter().find(|name| cursor.take(name)) {
        return Ok(Some(Query::Other(name)));
    }
    let names = ["header", "jsonpath", "xpath", "regex", "variable", "cookie", "certificate"];
    let Some(name) = names.into_iter().find(|name| cursor.take(name)) else { return Ok(None) };
    cursor.some_spaces()?;
    Ok(Some(match name {
        "header" => Query::Header(in_quotes(cursor)?),
        "jsonpath" => Query::JsonPath(in_quotes(cursor)?),
        "xpath" => Query::XPath(in_quotes(cursor)?),
        "regex" => Query::Regex(pattern(cursor)?),
        "variable" => {
            in_quotes(cursor)?;
            Query::Other(name)
        }
        "cookie" => {
            cookie(cursor)?;
            Query::Other(name)
        }
        _ => {
            field(cursor)?;
            Query::Other(name)
        }
    }))
}

/// Reads a pattern that has to be here.
pub(super) fn pattern<'a>(cursor: &mut Cursor<'a>) -> Read<Pattern<'a>> {
    if let Some(text) = quoted(cursor)? {
        return Ok(Pattern::Text(text));
    }
    let found = regex(cursor)?.map(Pattern::Regex);
    found.ok_or_else(|| cursor.wrong("expected a pattern in double quotes or between slashes"))
}

fn field(cursor: &mut Cursor<'_>) -> Read<()> {
    cursor.want("\"")?;
    if FIELDS.iter().any(|field| cursor.take(field)) {
        return Ok(());
    }
    Err(cursor.wrong(
        "expected Subject, Issuer, Start-Date, Expire-Date, Serial-Number, Subject-Alt-Name or Value",
    ))
}

/// Reads a cookie's name, and perhaps one of its attributes in brackets.
fn cookie(cursor: &mut Cursor<'_>) -> Read<()> {
    cursor.want("\"")?;
    let from = cursor.at();
    cursor.take_while(|c| c != '"' && c != '\n');
    let mut path = cursor.within(from, cursor.at());
    cursor.want("\"")?;
    path.take_while(|c| c != '[');
    unquoted(&mut path.within(from, path.at()))?;
    if !path.take("[") {
        return Ok(());
    }
    path.spaces();
    let at = path.at();
    let attribute = path.take_while(|c| c.is_alphabetic() || c == '-').to_lowercase();
    if !ATTRIBUTES.contains(&attribute.as_str()) {
        return Err(Mistake::new(at, "cookies have no such attribute"));
    }
    path.spaces();
    path.want("]")
}
