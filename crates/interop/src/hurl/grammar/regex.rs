//! Patterns between slashes.

use regex_syntax::ast::parse::Parser;

use super::cursor::{Cursor, Mistake, Read};

/// A pattern between slashes.
#[derive(Debug)]
pub(crate) struct Regex<'a> {
    /// With its slashes.
    pub(crate) source: &'a str,
    pub(crate) pattern: String,
}

/// Reads a pattern, where one begins here. Only its syntax is looked at: what it would cost to
/// compile is for whoever uses it.
pub(super) fn regex<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Regex<'a>>> {
    let source = cursor.at();
    if !cursor.take("/") {
        return Ok(None);
    }
    let from = cursor.at();
    let mut pattern = String::new();
    loop {
        if cursor.take("\\/") {
            pattern.push('/');
        } else if cursor.take("/") {
            break;
        } else {
            let c = cursor.next();
            pattern.push(c.ok_or_else(|| cursor.wrong("the pattern does not end"))?);
        }
    }
    match Parser::new().parse(&pattern) {
        Ok(_) => Ok(Some(Regex { source: cursor.since(source), pattern })),
        Err(error) => Err(Mistake::new(from, format!("the pattern is wrong: {}", error.kind()))),
    }
}
