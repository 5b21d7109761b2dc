//! JSON with placeholders, as it stands in a body: only where it ends is of interest, and that it
//! is whole.

use super::cursor::{Cursor, Mistake, Read};
use super::string::{Escapes, is_control};
use super::template::{placeholder, woven};

/// How deep Hurl goes.
const DEPTH: usize = 128;

/// Reads a value; nothing where none begins here.
pub(super) fn value<'a>(cursor: &mut Cursor<'a>) -> Read<Option<&'a str>> {
    let from = cursor.at();
    cursor.attempt(|cursor| Ok(at_depth(cursor, 0)?.then(|| cursor.since(from))))
}

/// Reads an object; nothing where none begins here.
pub(super) fn object<'a>(cursor: &mut Cursor<'a>) -> Read<Option<&'a str>> {
    let from = cursor.at();
    let found = cursor.sees("{");
    if found {
        nested(cursor, 0)?;
    }
    Ok(found.then(|| cursor.since(from)))
}

fn at_depth(cursor: &mut Cursor<'_>, depth: usize) -> Read<bool> {
    match cursor.peek() {
        Some('"') => Ok(matches!(string(cursor)?, Text::Whole)),
        Some('{') if cursor.sees("{{") => Ok(placeholder(cursor)?.is_some()),
        Some('{' | '[') => nested(cursor, depth).map(|()| true),
        _ if ["null", "true", "false"].into_iter().any(|word| cursor.take(word)) => Ok(true),
        _ => number(cursor),
    }
}

/// How reading a text went.
enum Text {
    /// There is none.
    None,
    Whole,
    /// A character that has to be escaped is not.
    Broken(usize),
}

fn string(cursor: &mut Cursor<'_>) -> Read<Text> {
    if !cursor.take("\"") {
        return Ok(Text::None);
    }
    let from = cursor.at();
    while let Some(c) = cursor.peek().filter(|c| *c != '"') {
        if is_control(c) {
            return Ok(Text::Broken(cursor.at()));
        }
        Escapes::Json.next(cursor)?;
    }
    let end = cursor.at();
    cursor.want("\"")?;
    if cursor.since(from).contains("{{") {
        woven(cursor, from, end, Escapes::Json)?;
    }
    Ok(Text::Whole)
}

fn number(cursor: &mut Cursor<'_>) -> Read<bool> {
    let digits = |cursor: &mut Cursor<'_>| cursor.take_while(|c| c.is_ascii_digit()).len();
    cursor.take("-");
    if !cursor.take("0") && digits(cursor) == 0 {
        return Ok(false);
    }
    if cursor.take(".") && digits(cursor) == 0 {
        return Err(cursor.wrong("expected digits"));
    }
    if cursor.take("e") || cursor.take("E") {
        let _sign = cursor.take("-") || cursor.take("+");
        digits(cursor);
    }
    Ok(true)
}

/// Reads a list or an object.
fn nested(cursor: &mut Cursor<'_>, depth: usize) -> Read<()> {
    if depth >= DEPTH {
        return Err(cursor.wrong(format!("JSON goes at most {DEPTH} levels deep")));
    }
    let list = cursor.take("[");
    let (close, element): (_, fn(&mut Cursor<'_>, usize) -> Read<()>) =
        if list { ("]", element) } else { ("}", member) };
    if !list {
        cursor.want("{")?;
    }
    space(cursor);
    if !cursor.sees(close) {
        element(cursor, depth + 1)?;
        while cursor.sees(",") {
            let comma = cursor.at();
            cursor.skip(1);
            space(cursor);
            if cursor.sees(close) {
                return Err(Mistake::new(comma, "JSON has no comma behind the last element"));
            }
            element(cursor, depth + 1)?;
        }
    }
    cursor.want(close)
}

fn element(cursor: &mut Cursor<'_>, depth: usize) -> Read<()> {
    let from = cursor.at();
    if !at_depth(cursor, depth)? {
        return Err(Mistake::new(from, "expected a value of JSON"));
    }
    space(cursor);
    Ok(())
}

fn member(cursor: &mut Cursor<'_>, depth: usize) -> Read<()> {
    match string(cursor)? {
        Text::Whole => {}
        Text::None => return Err(cursor.wrong("expected a key in double quotes")),
        Text::Broken(at) => return Err(Mistake::new(at, "this has to be escaped in JSON")),
    }
    space(cursor);
    cursor.want(":")?;
    let behind = cursor.at();
    space(cursor);
    if cursor.at_end() || cursor.sees("}") {
        return Err(Mistake::new(behind, "expected a value of JSON"));
    }
    element(cursor, depth)
}

fn space(cursor: &mut Cursor<'_>) {
    cursor.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
}
