//! Texts of several lines, between three back quotes.

use super::cursor::{Cursor, Mistake, Read};
use super::line::newline;
use super::string::Escapes;
use super::template::{Template, woven};
use super::{cursor, json};

const FENCE: &str = "```";

/// What a text of several lines is.
#[derive(Debug)]
pub(crate) enum Kind<'a> {
    Text(Template<'a>),
    Json(Template<'a>),
    Xml(Template<'a>),
    /// Braces are text.
    Raw(Template<'a>),
    GraphQl {
        query: Template<'a>,
        /// The JSON object of variables.
        variables: Option<&'a str>,
        /// All of it, with its fences.
        source: &'a str,
    },
}

/// Reads a text of several lines, where one begins here.
pub(super) fn multiline<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Kind<'a>>> {
    let source = cursor.at();
    if !cursor.take(FENCE) {
        return Ok(None);
    }
    if cursor.take("graphql") {
        cursor.take(",");
        first_line(cursor)?;
        return graphql(cursor, source).map(Some);
    }
    let kind = ["json", "xml", "raw"].into_iter().find(|kind| cursor.take(kind));
    cursor.spaces();
    let hint = cursor.at();
    if !cursor.take_while(|c| !matches!(c, '\n' | '\r' | '`')).is_empty() {
        return Err(Mistake::new(hint, "the kinds of text are json, xml, graphql and raw"));
    }
    first_line(cursor)?;
    let from = cursor.at();
    let end = from + cursor.rest().find(FENCE).unwrap_or(cursor.rest().len());
    cursor.back_to(end);
    cursor.want(FENCE)?;
    let template = match kind {
        Some("raw") => Template::plain(cursor.within(from, end).rest()),
        _ => woven(cursor, from, end, Escapes::None)?,
    };
    Ok(Some(match kind {
        Some("json") => Kind::Json(template),
        Some("xml") => Kind::Xml(template),
        Some(_) => Kind::Raw(template),
        None => Kind::Text(template),
    }))
}

fn first_line(cursor: &mut Cursor<'_>) -> Read<()> {
    cursor.spaces();
    if newline(cursor) { Ok(()) } else { Err(cursor.wrong("expected a new line")) }
}

/// Reads a query, and the variables that a line of it begins with.
fn graphql<'a>(cursor: &mut Cursor<'a>, source: usize) -> Read<Kind<'a>> {
    let from = cursor.at();
    let (end, variables) = loop {
        let rest = cursor.rest();
        let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
        if let Some(fence) = rest[..line].find(FENCE) {
            cursor.skip(fence);
            break (cursor.at(), None);
        }
        cursor.skip(line);
        let end = cursor.at();
        if line == 0 || cursor.at_end() && !rest.ends_with('\n') {
            break (end, None);
        }
        if cursor.take("variables") {
            break (end, Some(self::variables(cursor)?));
        }
    };
    cursor.want(FENCE)?;
    let source = cursor.since(source);
    let query = woven(cursor, from, end, Escapes::None)?;
    Ok(Kind::GraphQl { query, variables, source })
}

fn variables<'a>(cursor: &mut Cursor<'a>) -> cursor::Read<&'a str> {
    cursor.spaces();
    let from = cursor.at();
    let found = json::object(cursor).ok().flatten();
    cursor.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
    found.ok_or_else(|| Mistake::new(from, "variables of GraphQL are a JSON object"))
}
