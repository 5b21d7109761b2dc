//! Numbers and spans of time.

use super::cursor::{Cursor, Read};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Millisecond,
    Second,
    Minute,
    Hour,
}

/// Reads a number as it is written.
pub(super) fn number<'a>(cursor: &mut Cursor<'a>) -> Read<Option<&'a str>> {
    cursor.attempt(|cursor| {
        let from = cursor.at();
        cursor.take("-");
        let whole = cursor.take_while(|c| c.is_ascii_digit());
        if whole.is_empty() {
            return Ok(None);
        }
        if whole.len() > 1 && whole.starts_with('0') {
            return Err(cursor.wrong("a number has no zeros in front"));
        }
        if cursor.take(".") && cursor.take_while(|c| c.is_ascii_digit()).is_empty() {
            return Err(cursor.wrong("expected digits"));
        }
        Ok(Some(cursor.since(from)))
    })
}

/// Reads a number without sign and point; a mistake where it has zeros in front or is too large.
pub(super) fn natural(cursor: &mut Cursor<'_>) -> Read<Option<u64>> {
    let from = cursor.at();
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    if digits.is_empty() {
        return Ok(None);
    }
    if digits.len() > 1 && digits.starts_with('0') {
        cursor.back_to(from + 1);
        return Err(cursor.wrong("a number has no zeros in front"));
    }
    let parsed = digits.parse();
    parsed.map(Some).map_err(|_| {
        cursor.back_to(from);
        cursor.wrong("the number is too large")
    })
}

/// Reads a number without point; none also where there is a mistake in it.
pub(super) fn integer(cursor: &mut Cursor<'_>) -> Option<i64> {
    let from = cursor.at();
    let sign = if cursor.take("-") { -1 } else { 1 };
    let found = natural(cursor).ok().flatten().and_then(|value| i64::try_from(value).ok());
    if found.is_none() {
        cursor.back_to(from);
    }
    found.map(|value| sign * value)
}

/// Reads a span of time; milliseconds where it has no unit.
pub(super) fn duration(cursor: &mut Cursor<'_>) -> Read<Option<(u64, Option<Unit>)>> {
    let Some(value) = natural(cursor)? else { return Ok(None) };
    let from = cursor.at();
    let unit = match cursor.take_while(|c| c.is_ascii_alphabetic()) {
        "" => None,
        "ms" => Some(Unit::Millisecond),
        "s" => Some(Unit::Second),
        "m" => Some(Unit::Minute),
        "h" => Some(Unit::Hour),
        _ => {
            cursor.back_to(from);
            return Err(cursor.wrong("units of time are ms, s, m and h"));
        }
    };
    Ok(Some((value, unit)))
}
