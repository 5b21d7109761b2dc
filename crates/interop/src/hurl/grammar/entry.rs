//! An entry: a request, and what is expected of its response.

use super::body::{Body, body};
use super::cursor::{Cursor, Mistake, Read};
use super::line::{Pair, blank, end, indent, pair};
use super::section::{Assert, Capture, Rows, Section, distinct, of_request, of_response};
use super::string::unquoted;
use super::template::Template;

/// A request, and what is expected of its response.
pub(crate) struct Entry<'a> {
    /// Those above it.
    pub(crate) comments: Vec<&'a str>,
    pub(crate) method: &'a str,
    pub(crate) url: Template<'a>,
    pub(crate) headers: Vec<Pair<'a>>,
    pub(crate) sections: Vec<Section<'a>>,
    pub(crate) body: Option<Body<'a>>,
    pub(crate) response: Option<Response<'a>>,
}

/// What is expected of a response.
pub(crate) struct Response<'a> {
    /// `HTTP` alone is any version.
    pub(crate) version: &'static str,
    /// Any, if none.
    pub(crate) status: Option<u64>,
    pub(crate) headers: Vec<Pair<'a>>,
    pub(crate) sections: Vec<Section<'a>>,
    pub(crate) body: Option<Body<'a>>,
}

impl<'a> Response<'a> {
    /// The values that are taken from it.
    pub(crate) fn captures(&self) -> impl Iterator<Item = &Capture<'a>> {
        self.sections.iter().flat_map(|section| match &section.rows {
            Rows::Captures(captures) => captures.as_slice(),
            _ => &[],
        })
    }

    /// What is said of it.
    pub(crate) fn asserts(&self) -> impl Iterator<Item = &Assert<'a>> {
        self.sections.iter().flat_map(|section| match &section.rows {
            Rows::Asserts(asserts) => asserts.as_slice(),
            _ => &[],
        })
    }
}

/// Reads the next entry; none at the end of the file.
pub(super) fn entry<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Entry<'a>>> {
    let comments = blank(cursor);
    cursor.spaces();
    if cursor.at_end() {
        return Ok(None);
    }
    let method = method(cursor)?;
    cursor.some_spaces()?;
    let url = unquoted(cursor)?;
    end(cursor)?;
    let headers = cursor.all(pair)?;
    let sections = cursor.all(of_request)?;
    let body = cursor.attempt(body_lines)?;
    distinct(&sections)?;
    let response = cursor.attempt(response)?;
    Ok(Some(Entry { comments, method, url, headers, sections, body, response }))
}

fn method<'a>(cursor: &mut Cursor<'a>) -> Read<&'a str> {
    let from = cursor.at();
    let name = cursor.take_while(|c| c.is_ascii_alphabetic());
    if name.is_empty() || name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return Err(Mistake::new(from, "expected a request, for example GET https://example.org"));
    }
    Ok(name)
}

fn body_lines<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Body<'a>>> {
    indent(cursor);
    let Some(body) = body(cursor)? else { return Ok(None) };
    end(cursor)?;
    Ok(Some(body))
}

fn response<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Response<'a>>> {
    indent(cursor);
    let Some(version) = version(cursor)? else { return Ok(None) };
    cursor.some_spaces()?;
    let status = status(cursor)?;
    end(cursor)?;
    let headers = cursor.all(pair)?;
    let sections = cursor.all(of_response)?;
    let body = cursor.attempt(body_lines)?;
    distinct(&sections)?;
    Ok(Some(Response { version, status, headers, sections, body }))
}

fn version(cursor: &mut Cursor<'_>) -> Read<Option<&'static str>> {
    let from = cursor.at();
    let versions = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"];
    if let Some(version) = versions.into_iter().find(|version| cursor.take(version)) {
        return Ok(Some(version));
    }
    if !cursor.take("HTTP") {
        return Ok(None);
    }
    match cursor.peek() {
        Some(' ' | '\t') => Ok(Some("HTTP")),
        _ => Err(Mistake::new(from, "expected HTTP, HTTP/1.0, HTTP/1.1, HTTP/2 or HTTP/3")),
    }
}

fn status(cursor: &mut Cursor<'_>) -> Read<Option<u64>> {
    if cursor.take("*") {
        return Ok(None);
    }
    let from = cursor.at();
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    let status = digits.parse();
    status.map(Some).map_err(|_| Mistake::new(from, "expected a status, for example 200, or *"))
}
