//! What is done to a value before it is looked at.

use super::cursor::{Cursor, Read};
use super::number::integer;
use super::query::pattern;
use super::string::{in_quotes, quoted};
use super::template::{Template, placeholder};

/// What is done to a value.
#[derive(Debug)]
pub(crate) enum Filter<'a> {
    Count,
    JsonPath(Template<'a>),
    /// One that is only kept.
    Other,
}

/// What stands behind the name of a filter.
#[derive(Clone, Copy)]
enum Behind {
    Nothing,
    /// A text; without one it is no filter.
    PerhapsText,
    Text,
    TwoTexts,
    Pattern,
    PatternAndText,
    Integer,
}

/// The filters; a name that begins with another one is before it.
const FILTERS: &[(&str, Behind)] = &[
    ("base64Decode", Behind::Nothing),
    ("base64Encode", Behind::Nothing),
    ("base64UrlSafeDecode", Behind::Nothing),
    ("base64UrlSafeEncode", Behind::Nothing),
    ("charsetDecode", Behind::PerhapsText),
    ("count", Behind::Nothing),
    ("daysAfterNow", Behind::Nothing),
    ("daysBeforeNow", Behind::Nothing),
    ("decode", Behind::PerhapsText),
    ("first", Behind::Nothing),
    ("format", Behind::PerhapsText),
    ("dateFormat", Behind::PerhapsText),
    ("htmlEscape", Behind::Nothing),
    ("htmlUnescape", Behind::Nothing),
    ("jsonpath", Behind::Text),
    ("last", Behind::Nothing),
    ("location", Behind::Nothing),
    ("nth", Behind::Integer),
    ("regex", Behind::Pattern),
    ("replaceRegex", Behind::PatternAndText),
    ("replace", Behind::TwoTexts),
    ("split", Behind::Text),
    ("toDate", Behind::PerhapsText),
    ("toFloat", Behind::Nothing),
    ("toHex", Behind::Nothing),
    ("toInt", Behind::Nothing),
    ("toString", Behind::Nothing),
    ("urlDecode", Behind::Nothing),
    ("urlEncode", Behind::Nothing),
    ("urlQueryParam", Behind::Text),
    ("utf8Decode", Behind::Nothing),
    ("utf8Encode", Behind::Nothing),
    ("xpath", Behind::Text),
];

/// Reads the filters that follow, each with a space before it.
pub(super) fn filters<'a>(cursor: &mut Cursor<'a>) -> Read<Vec<Filter<'a>>> {
    cursor.all(|cursor| if cursor.spaces().is_empty() { Ok(None) } else { filter(cursor) })
}

fn filter<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Filter<'a>>> {
    let found = FILTERS.iter().find(|(name, _)| cursor.take(name));
    let Some((name, behind)) = found else { return Ok(None) };
    if matches!(behind, Behind::Nothing) {
        return Ok(Some(if *name == "count" { Filter::Count } else { Filter::Other }));
    }
    cursor.some_spaces()?;
    match behind {
        Behind::Nothing => {}
        Behind::PerhapsText => return Ok(quoted(cursor)?.map(|_| Filter::Other)),
        Behind::Text => {
            let text = in_quotes(cursor)?;
            return Ok(Some(match *name {
                "jsonpath" => Filter::JsonPath(text),
                _ => Filter::Other,
            }));
        }
        Behind::Integer => {
            if integer(cursor).is_none() && placeholder(cursor)?.is_none() {
                return Err(cursor.wrong("expected a whole number"));
            }
        }
        Behind::Pattern => drop(pattern(cursor)?),
        Behind::TwoTexts | Behind::PatternAndText => {
            if matches!(behind, Behind::TwoTexts) {
                in_quotes(cursor)?;
            } else {
                pattern(cursor)?;
            }
            cursor.some_spaces()?;
            in_quotes(cursor)?;
        }
    }
    Ok(Some(Filter::Other))
}
