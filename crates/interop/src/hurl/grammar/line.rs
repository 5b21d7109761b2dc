//! Ends of lines, comments, and lines of a key and a value.

use super::cursor::{Cursor, Read};
use super::string::{key, unquoted};
use super::template::Template;

/// A key and a value, as of a header.
pub(crate) struct Pair<'a> {
    pub(crate) key: Template<'a>,
    pub(crate) value: Template<'a>,
}

/// Reads the end of a line: spaces, perhaps a comment, and a newline or the end of the file.
pub(super) fn end<'a>(cursor: &mut Cursor<'a>) -> Read<Option<&'a str>> {
    cursor.spaces();
    let comment = comment(cursor);
    if newline(cursor) || cursor.at_end() {
        Ok(comment)
    } else {
        Err(cursor.wrong("expected the end of the line"))
    }
}

/// Reads lines that say nothing; the comments among them.
pub(super) fn blank<'a>(cursor: &mut Cursor<'a>) -> Vec<&'a str> {
    let mut comments = Vec::new();
    while !cursor.at_end() {
        let from = cursor.at();
        let Ok(comment) = end(cursor) else {
            cursor.back_to(from);
            break;
        };
        comments.extend(comment);
    }
    comments
}

/// Reads blank lines and the indentation of the line behind them.
pub(super) fn indent(cursor: &mut Cursor<'_>) {
    blank(cursor);
    cursor.spaces();
}

fn comment<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    if !cursor.take("#") {
        return None;
    }
    let line = cursor.rest().split_once('\n');
    let found = line.map_or(cursor.rest(), |(line, _)| line.strip_suffix('\r').unwrap_or(line));
    cursor.skip(found.len());
    Some(found)
}

pub(super) fn newline(cursor: &mut Cursor<'_>) -> bool {
    cursor.take("\n") || cursor.take("\r\n")
}

/// Reads `key:` with the blank lines before it.
pub(super) fn named<'a>(cursor: &mut Cursor<'a>) -> Option<Template<'a>> {
    indent(cursor);
    let key = key(cursor)?;
    cursor.spaces();
    let found = cursor.take(":");
    cursor.spaces();
    found.then_some(key)
}

/// Reads a line of a key and a value.
pub(super) fn pair<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Pair<'a>>> {
    let Some(key) = named(cursor) else { return Ok(None) };
    let value = unquoted(cursor)?;
    end(cursor)?;
    Ok(Some(Pair { key, value }))
}
