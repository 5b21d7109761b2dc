//! What an assert says of a value.

use super::body::{base64, file, hex};
use super::cursor::{Cursor, Mistake, Read};
use super::multiline::multiline;
use super::number::number;
use super::regex::{Regex, regex};
use super::string::{back_quoted, quoted};
use super::template::{Placeholder, Template, placeholder};

/// What is said of a value.
#[derive(Debug)]
pub(crate) struct Predicate<'a> {
    pub(crate) not: bool,
    /// Its word or sign.
    pub(crate) name: &'static str,
    /// What the value is compared with.
    pub(crate) operand: Option<Operand<'a>>,
}

/// What a value is compared with.
#[derive(Debug)]
pub(crate) enum Operand<'a> {
    Null,
    Bool(bool),
    /// As it is written.
    Number(&'a str),
    Placeholder(Placeholder<'a>),
    Text(Template<'a>),
    Regex(Regex<'a>),
    Bytes,
    File,
    Multiline,
}

const ANY: fn(&Operand<'_>) -> bool = |_| true;
const COMPARABLE: fn(&Operand<'_>) -> bool =
    |operand| matches!(operand, Operand::Number(_) | Operand::Text(_) | Operand::Placeholder(_));
const TEXT_OR_BYTES: fn(&Operand<'_>) -> bool =
    |operand| matches!(operand, Operand::Text(_) | Operand::Bytes);
const PATTERN: fn(&Operand<'_>) -> bool =
    |operand| matches!(operand, Operand::Text(_) | Operand::Regex(_));

/// A name, and which operands it takes.
type Function = (&'static str, fn(&Operand<'_>) -> bool);

/// Those with an operand directly behind them.
const SIGNS: &[Function] = &[
    ("==", ANY),
    ("!=", ANY),
    (">=", COMPARABLE),
    (">", COMPARABLE),
    ("<=", COMPARABLE),
    ("<", COMPARABLE),
];
/// Those with a space between.
const WORDS: &[Function] = &[
    ("startsWith", TEXT_OR_BYTES),
    ("endsWith", TEXT_OR_BYTES),
    ("contains", ANY),
    ("includes", ANY),
    ("matches", PATTERN),
];
/// Those without an operand.
const ALONE: &[&str] = &[
    "isInteger",
    "isFloat",
    "isBoolean",
    "isString",
    "isCollection",
    "isList",
    "isObject",
    "isDate",
    "isIsoDate",
    "exists",
    "isEmpty",
    "isNumber",
    "isIpv4",
    "isIpv6",
    "isUuid",
];

/// Reads a predicate that has to be here.
pub(super) fn predicate<'a>(cursor: &mut Cursor<'a>) -> Read<Predicate<'a>> {
    let from = cursor.at();
    let not = cursor.take("not") && !cursor.spaces().is_empty();
    if !not {
        cursor.back_to(from);
    }
    if let Some((name, takes)) = SIGNS.iter().find(|(name, _)| cursor.take(name)) {
        cursor.spaces();
        return Ok(Predicate { not, name, operand: Some(operand(cursor, *takes)?) });
    }
    if let Some((name, takes)) = WORDS.iter().find(|(name, _)| cursor.take(name)) {
        cursor.some_spaces()?;
        return Ok(Predicate { not, name, operand: Some(operand(cursor, *takes)?) });
    }
    let alone = ALONE.iter().find(|name| cursor.take(name));
    let name =
        alone.ok_or_else(|| cursor.wrong("expected a predicate, for example == or exists"))?;
    Ok(Predicate { not, name, operand: None })
}

fn operand<'a>(cursor: &mut Cursor<'a>, takes: fn(&Operand<'_>) -> bool) -> Read<Operand<'a>> {
    let from = cursor.at();
    let found = any(cursor)?.ok_or_else(|| cursor.wrong("expected a value"))?;
    if takes(&found) {
        Ok(found)
    } else {
        Err(Mistake::new(from, "the predicate takes no such value"))
    }
}

fn any<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Operand<'a>>> {
    for (word, operand) in
        [("null", Operand::Null), ("true", Operand::Bool(true)), ("false", Operand::Bool(false))]
    {
        if cursor.take(word) {
            return Ok(Some(operand));
        }
    }
    Ok(match cursor.peek() {
        Some('-' | '0'..='9') => number(cursor)?.map(Operand::Number),
        Some('f') => file(cursor)?.map(|_| Operand::File),
        Some('h') => hex(cursor)?.map(|_| Operand::Bytes),
        Some('b') => base64(cursor)?.map(|_| Operand::Bytes),
        Some('{') => placeholder(cursor)?.map(Operand::Placeholder),
        Some('"') => quoted(cursor)?.map(Operand::Text),
        Some('/') => regex(cursor)?.map(Operand::Regex),
        Some('`') => match multiline(cursor)? {
            Some(_) => Some(Operand::Multiline),
            None => back_quoted(cursor)?.map(Operand::Text),
        },
        _ => None,
    })
}
