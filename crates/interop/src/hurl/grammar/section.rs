//! Sections of requests and responses.

use super::cursor::{Cursor, Mistake, Read};
use super::filter::{Filter, filters};
use super::line::{Pair, end, indent, named, pair};
use super::option::{Setting, setting};
use super::predicate::{Predicate, predicate};
use super::query::{Query, query};
use super::string::{Escapes, file_name, unquoted};
use super::template::Template;

/// A section.
pub(crate) struct Section<'a> {
    pub(crate) name: &'a str,
    pub(crate) rows: Rows<'a>,
    at: usize,
}

/// What a section has.
pub(crate) enum Rows<'a> {
    Query(Vec<Pair<'a>>),
    Form(Vec<Pair<'a>>),
    Multipart(Vec<Part<'a>>),
    Cookies(Vec<Pair<'a>>),
    BasicAuth(Option<Pair<'a>>),
    Options(Vec<Setting<'a>>),
    Captures(Vec<Capture<'a>>),
    Asserts(Vec<Assert<'a>>),
}

/// A part of a multipart body.
pub(crate) enum Part<'a> {
    Text(Pair<'a>),
    File { key: Template<'a>, name: Template<'a>, content_type: Option<Template<'a>> },
}

/// A value that is taken from the response.
pub(crate) struct Capture<'a> {
    pub(crate) name: Template<'a>,
    pub(crate) query: Query<'a>,
    pub(crate) filters: Vec<Filter<'a>>,
    /// Its lines.
    pub(crate) source: &'a str,
}

/// What is expected of the response.
pub(crate) struct Assert<'a> {
    pub(crate) query: Query<'a>,
    pub(crate) filters: Vec<Filter<'a>>,
    pub(crate) predicate: Predicate<'a>,
    /// Its lines.
    pub(crate) source: &'a str,
}

/// Reads a section of a request, where one is next.
pub(super) fn of_request<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Section<'a>>> {
    section(cursor, |cursor, name| {
        Ok(Some(match name {
            "Query" | "QueryStringParams" => Rows::Query(cursor.all(pair)?),
            "Form" | "FormParams" => Rows::Form(cursor.all(pair)?),
            "Multipart" | "MultipartFormData" => Rows::Multipart(cursor.all(part)?),
            "Cookies" => Rows::Cookies(cursor.all(pair)?),
            "BasicAuth" => Rows::BasicAuth(cursor.attempt(pair)?),
            "Options" => Rows::Options(cursor.all(setting)?),
            _ => return Ok(None),
        }))
    })
}

/// Reads a section of a response, where one is next.
pub(super) fn of_response<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Section<'a>>> {
    section(cursor, |cursor, name| {
        Ok(Some(match name {
            "Captures" => Rows::Captures(cursor.all(capture)?),
            "Asserts" => Rows::Asserts(cursor.all(assert)?),
            _ => return Ok(None),
        }))
    })
}

fn section<'a>(
    cursor: &mut Cursor<'a>,
    rows: impl FnOnce(&mut Cursor<'a>, &str) -> Read<Option<Rows<'a>>>,
) -> Read<Option<Section<'a>>> {
    indent(cursor);
    let at = cursor.at();
    if !cursor.take("[") {
        return Ok(None);
    }
    let name = cursor.take_while(char::is_alphanumeric);
    // Otherwise a list of JSON.
    if name.is_empty() || !cursor.take("]") {
        return Ok(None);
    }
    end(cursor)?;
    match rows(cursor, name)? {
        Some(rows) => Ok(Some(Section { name, rows, at })),
        None => Err(Mistake::new(at + 1, format!("there is no section \"{name:.40}\" here"))),
    }
}

/// Each section may be there once.
pub(super) fn distinct(sections: &[Section<'_>]) -> Read<()> {
    for (index, section) in sections.iter().enumerate() {
        if sections[..index].iter().any(|other| other.name == section.name) {
            let what = format!("there is a section \"{}\" already", section.name);
            return Err(Mistake::new(section.at, what));
        }
    }
    Ok(())
}

fn part<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Part<'a>>> {
    match cursor.attempt(file_part)? {
        Some(part) => Ok(Some(part)),
        None => Ok(pair(cursor)?.map(Part::Text)),
    }
}

fn file_part<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Part<'a>>> {
    let Some(key) = named(cursor) else { return Ok(None) };
    if !cursor.take("file,") {
        return Ok(None);
    }
    cursor.spaces();
    let name = file_name(cursor, Escapes::File)?;
    cursor.spaces();
    cursor.want(";")?;
    let behind = cursor.at();
    if end(cursor).is_ok() {
        return Ok(Some(Part::File { key, name, content_type: None }));
    }
    cursor.back_to(behind);
    cursor.spaces();
    let from = cursor.at();
    let content_type =
        unquoted(cursor).map_err(|_| Mistake::new(from, "expected a content type"))?;
    end(cursor)?;
    Ok(Some(Part::File { key, name, content_type: Some(content_type) }))
}

fn capture<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Capture<'a>>> {
    indent(cursor);
    let from = cursor.at();
    let Some(name) = named(cursor) else { return Ok(None) };
    let Some(query) = query(cursor)? else { return Ok(None) };
    let filters = filters(cursor)?;
    let behind = cursor.at();
    cursor.spaces();
    if !cursor.take("redact") {
        cursor.back_to(behind);
    }
    end(cursor)?;
    Ok(Some(Capture { name, query, filters, source: cursor.since(from).trim_end() }))
}

fn assert<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Assert<'a>>> {
    indent(cursor);
    let from = cursor.at();
    let Some(query) = query(cursor)? else { return Ok(None) };
    let filters = filters(cursor)?;
    cursor.some_spaces()?;
    let predicate = predicate(cursor)?;
    end(cursor)?;
    Ok(Some(Assert { query, filters, predicate, source: cursor.since(from).trim_end() }))
}
