//! The grammar of Hurl files: a text in, its entries out.
//!
//! Follows <https://hurl.dev/docs/grammar.html> and, where that is silent, what Hurl itself takes.
//! What begins like something else is no mistake but left to the next rule: such readers answer
//! `None` and leave the cursor where it was. A [`Mistake`] ends the reading.

mod body;
mod cursor;
#[cfg(test)]
mod differential;
mod entry;
mod filter;
#[cfg(test)]
mod hostile;
mod json;
mod line;
mod multiline;
mod number;
mod option;
mod predicate;
mod query;
mod regex;
mod section;
mod string;
mod template;
mod xml;

pub(super) use body::Body;
pub(super) use entry::{Entry, Response};
pub(super) use filter::Filter;
pub(super) use line::Pair;
pub(super) use multiline::Kind;
pub(super) use number::Unit;
pub(super) use option::{Setting, Value, VariableValue};
pub(super) use predicate::{Operand, Predicate};
pub(super) use query::{Pattern, Query};
pub(super) use section::{Assert, Capture, Part, Rows};
pub(super) use template::{Piece, Placeholder, Template, is_name};

use cursor::{Cursor, Read};

/// The entries of a Hurl file.
pub(super) fn entries(text: &str) -> Read<Vec<Entry<'_>>> {
    let mut cursor = Cursor::new(text);
    let mut entries = Vec::new();
    while let Some(entry) = entry::entry(&mut cursor)? {
        entries.push(entry);
    }
    Ok(entries)
}
