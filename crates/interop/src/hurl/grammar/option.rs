//! Options of a request.

use super::cursor::{Cursor, Mistake, Read};
use super::line::{end, indent};
use super::number::{Unit, duration, integer, natural, number};
use super::string::{Escapes, file_name, quoted, unquoted};
use super::template::{Template, is_name, placeholder};

/// An option, and what it is set to.
pub(crate) struct Setting<'a> {
    pub(crate) name: &'static str,
    pub(crate) value: Value<'a>,
    /// Its line.
    pub(crate) source: &'a str,
}

/// What an option is set to.
pub(crate) enum Value<'a> {
    Flag(bool),
    /// -1: without end.
    Number(i64),
    Duration(u64, Option<Unit>),
    Text(Template<'a>),
    Variable {
        name: &'a str,
        value: VariableValue<'a>,
    },
    /// One that is only kept: a rate, or a placeholder where a text has none.
    Other,
}

/// What a variable is set to.
pub(crate) enum VariableValue<'a> {
    /// `null`, a boolean or a number, as it is written.
    Literal(&'a str),
    Text(Template<'a>),
}

#[derive(Clone, Copy)]
enum Kind {
    Flag,
    Count,
    Natural,
    Duration,
    Text,
    File,
    FileAndPassword,
    Variable,
    Verbosity,
}

const OPTIONS: &[(&str, Kind)] = &[
    ("aws-sigv4", Kind::Text),
    ("cacert", Kind::File),
    ("cert", Kind::FileAndPassword),
    ("compressed", Kind::Flag),
    ("connect-to", Kind::Text),
    ("connect-timeout", Kind::Duration),
    ("delay", Kind::Duration),
    ("digest", Kind::Flag),
    ("fail-with-body", Kind::Flag),
    ("header", Kind::Text),
    ("http1.0", Kind::Flag),
    ("http1.1", Kind::Flag),
    ("http2", Kind::Flag),
    ("http2-prior-knowledge", Kind::Flag),
    ("http3", Kind::Flag),
    ("insecure", Kind::Flag),
    ("ipv4", Kind::Flag),
    ("ipv6", Kind::Flag),
    ("key", Kind::File),
    ("limit-rate", Kind::Natural),
    ("location", Kind::Flag),
    ("location-trusted", Kind::Flag),
    ("max-redirs", Kind::Count),
    ("max-time", Kind::Duration),
    ("negotiate", Kind::Flag),
    ("netrc", Kind::Flag),
    ("netrc-file", Kind::Text),
    ("netrc-optional", Kind::Flag),
    ("no-header", Kind::Text),
    ("no-jsonpath-coercion", Kind::Flag),
    ("ntlm", Kind::Flag),
    ("output", Kind::File),
    ("path-as-is", Kind::Flag),
    ("pinnedpubkey", Kind::Text),
    ("proxy", Kind::Text),
    ("repeat", Kind::Count),
    ("resolve", Kind::Text),
    ("retry", Kind::Count),
    ("retry-interval", Kind::Duration),
    ("skip", Kind::Flag),
    ("tls-max", Kind::Text),
    ("tls-min", Kind::Text),
    ("unix-socket", Kind::Text),
    ("user", Kind::Text),
    ("variable", Kind::Variable),
    ("verbose", Kind::Flag),
    ("verbosity", Kind::Verbosity),
    ("very-verbose", Kind::Flag),
];

/// Reads a line of an option, where one is next.
pub(super) fn setting<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Setting<'a>>> {
    indent(cursor);
    let from = cursor.at();
    let name = cursor.take_while(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    cursor.spaces();
    if !cursor.take(":") {
        return Ok(None);
    }
    cursor.spaces();
    let known = OPTIONS.iter().find(|(known, _)| *known == name);
    let (name, kind) =
        known.ok_or_else(|| Mistake::new(from, format!("there is no option \"{name:.40}\"")))?;
    let value = value(cursor, *kind)?;
    end(cursor)?;
    let source = cursor.since(from).trim_end();
    Ok(Some(Setting { name, value, source }))
}

fn value<'a>(cursor: &mut Cursor<'a>, kind: Kind) -> Read<Value<'a>> {
    let (found, wanted) = match kind {
        Kind::Text => return unquoted(cursor).map(Value::Text),
        Kind::File => return file_name(cursor, Escapes::File).map(Value::Text),
        Kind::FileAndPassword => {
            return file_name(cursor, Escapes::FileAndPassword).map(Value::Text);
        }
        Kind::Variable => return variable(cursor),
        Kind::Verbosity => return verbosity(cursor),
        Kind::Flag => (flag(cursor), "expected true or false"),
        Kind::Count => (
            cursor
                .attempt(|cursor| Ok(integer(cursor).filter(|count| *count >= -1)))?
                .map(Value::Number),
            "expected a number, or -1 for without end",
        ),
        Kind::Natural => {
            let from = cursor.at();
            let found = natural(cursor).ok().flatten().map(|_| Value::Other);
            if found.is_none() {
                cursor.back_to(from);
            }
            (found, "expected a number")
        }
        Kind::Duration => {
            let found = duration(cursor)?.map(|(value, unit)| Value::Duration(value, unit));
            (found, "expected a time, for example 500ms")
        }
    };
    match found {
        Some(found) => Ok(found),
        None => match placeholder(cursor)? {
            Some(_) => Ok(Value::Other),
            None => Err(cursor.wrong(wanted)),
        },
    }
}

fn flag<'a>(cursor: &mut Cursor<'_>) -> Option<Value<'a>> {
    let on = cursor.take("true");
    (on || cursor.take("false")).then_some(Value::Flag(on))
}

fn verbosity<'a>(cursor: &mut Cursor<'a>) -> Read<Value<'a>> {
    let from = cursor.at();
    let word = cursor.take_while(|c| c.is_ascii_alphabetic());
    if ["brief", "verbose", "debug"].contains(&word) {
        Ok(Value::Text(Template::plain(word)))
    } else {
        Err(Mistake::new(from, "expected brief, verbose or debug"))
    }
}

fn variable<'a>(cursor: &mut Cursor<'a>) -> Read<Value<'a>> {
    let from = cursor.at();
    let name = cursor.take_while(is_name);
    if name.is_empty() {
        return Err(cursor.wrong("expected the name of a variable"));
    }
    if ["getEnv", "newDate", "newUuid"].contains(&name) {
        return Err(Mistake::new(
            from,
            format!("{name} is a function; call the variable otherwise"),
        ));
    }
    cursor.spaces();
    cursor.want("=")?;
    cursor.spaces();
    let value = match cursor.attempt(literal)? {
        Some(literal) => VariableValue::Literal(literal),
        None => VariableValue::Text(match quoted(cursor)? {
            Some(text) => text,
            None => unquoted(cursor)?,
        }),
    };
    Ok(Value::Variable { name, value })
}

/// Reads `null`, a boolean or a number that is all of a value.
fn literal<'a>(cursor: &mut Cursor<'a>) -> Read<Option<&'a str>> {
    let from = cursor.at();
    let word = ["null", "true", "false"].into_iter().any(|word| cursor.take(word));
    if !word && number(cursor)?.is_none() {
        return Ok(None);
    }
    let found = cursor.since(from);
    let whole = cursor.peek().is_none_or(|c| matches!(c, ' ' | '\t' | '\r' | '\n' | '#'));
    Ok(whole.then_some(found))
}
