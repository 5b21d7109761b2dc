//! This reader against Hurl's own parser: both take the same files, read the same from them, and
//! find mistakes at the same place.
//!
//! They may differ in this: what a pattern means, beyond its syntax, is not looked at here; nor whether
//! an encoding that XML names is known; where in XML a mistake is seen first; and the sign of numbers
//! beyond 64 bits, which Hurl's parser drops.

mod made;
mod mistakes;
mod ours;
mod theirs;

use std::panic::catch_unwind;

use hurl_core::parser::{ParseErrorKind, parse_hurl_file};

/// A number as both tell it.
fn number(source: &str) -> String {
    let beyond = !source.contains('.') && source.parse::<i64>().is_err();
    if beyond { source.trim_start_matches('-').to_owned() } else { source.to_owned() }
}

/// JSON as both tell it: Hurl's parser writes the E of numbers small, and placeholders without spaces.
fn json(source: &str) -> String {
    crate::hurl::template::functions(source).replace('E', "e")
}

/// How the two differ over a text, if they do.
fn difference(text: &str) -> Option<String> {
    // A code point beyond 32 bits overflows in Hurl's parser.
    let theirs = catch_unwind(|| parse_hurl_file(text)).ok()?;
    match (super::entries(text), theirs) {
        (Ok(ours), Ok(theirs)) => {
            let (ours, theirs) = (ours::told(&ours), theirs::told(&theirs.entries));
            let mut pairs = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs);
            let first = pairs.next().map(|(ours, theirs)| format!("{ours} is {theirs} for Hurl"));
            first.or_else(|| (ours.len() != theirs.len()).then(|| "more or less".to_owned()))
        }
        (Err(ours), Err(theirs)) => {
            let xml = theirs.kind == ParseErrorKind::Xml || ours.what.contains("XML");
            let place = ours.place(text);
            let same = place == (theirs.pos.line, theirs.pos.column);
            (!same && !xml).then(|| format!("{} at {place:?}, {theirs:?}", ours.what))
        }
        (Ok(_), Err(theirs)) => match theirs.kind {
            ParseErrorKind::RegexExpr { .. } => None,
            _ => Some(format!("only taken here: {theirs:?}")),
        },
        (Err(ours), Ok(_)) => Some(format!("only taken by Hurl: {ours:?}")),
    }
}

/// Fails when the two differ over a text.
fn same(text: &str) {
    if let Some(difference) = difference(text) {
        panic!("{difference}\n---\n{text}\n---");
    }
}
