//! Texts with placeholders.

use super::cursor::{Cursor, Read};
use super::string::Escapes;

/// A text with placeholders.
#[derive(Debug, Default)]
pub(crate) struct Template<'a> {
    pub(crate) pieces: Vec<Piece<'a>>,
}

/// A part of a template.
#[derive(Debug)]
pub(crate) enum Piece<'a> {
    /// Text, without escapes.
    Text(String),
    Placeholder(Placeholder<'a>),
}

/// What stands in double braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placeholder<'a> {
    Variable(&'a str),
    NewUuid,
    NewDate,
}

impl<'a> Placeholder<'a> {
    /// The function or the variable of a name.
    pub(crate) fn named(name: &'a str) -> Self {
        match name {
            "newUuid" => Self::NewUuid,
            "newDate" => Self::NewDate,
            name => Self::Variable(name),
        }
    }
}

/// Whether a character can be in the name of a variable.
pub(crate) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

/// Reads a placeholder, where one begins here.
pub(super) fn placeholder<'a>(cursor: &mut Cursor<'a>) -> Read<Option<Placeholder<'a>>> {
    if !cursor.take("{{") {
        return Ok(None);
    }
    let found = inner(cursor)?;
    cursor.spaces();
    cursor.want("}}")?;
    Ok(Some(found))
}

fn inner<'a>(cursor: &mut Cursor<'a>) -> Read<Placeholder<'a>> {
    cursor.spaces();
    match cursor.take_while(is_name) {
        "" => Err(cursor.wrong("expected the name of a variable")),
        name => Ok(Placeholder::named(name)),
    }
}

/// The template that a part of the text is.
///
/// Hurl looks for the second closing brace behind an opening pair, wherever it is, and takes only
/// the name at the front; so `{{a b}}` is the variable `a`.
pub(super) fn woven<'a>(
    cursor: &Cursor<'a>,
    from: usize,
    to: usize,
    escapes: Escapes,
) -> Read<Template<'a>> {
    let mut cursor = cursor.within(from, to);
    let mut template = Template::default();
    let mut text = String::new();
    while !cursor.at_end() {
        if !cursor.take("{{") {
            text.extend(escapes.next(&mut cursor)?);
            continue;
        }
        template.text(&mut text);
        let open = cursor.clone();
        closed(&mut cursor, escapes)?;
        let inside = inner(&mut open.within(open.at(), cursor.at()))?;
        template.pieces.push(Piece::Placeholder(inside));
    }
    template.text(&mut text);
    Ok(template)
}

fn closed(cursor: &mut Cursor<'_>, escapes: Escapes) -> Read<()> {
    let mut open = 2;
    while open > 0 {
        if cursor.take("}") {
            open -= 1;
        } else if escapes.next(cursor)?.is_none() {
            return Err(cursor.wrong("expected }}"));
        }
    }
    Ok(())
}

impl Template<'_> {
    /// Takes what text there is.
    pub(super) fn text(&mut self, text: &mut String) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(text)));
        }
    }

    /// A text without placeholders.
    pub(super) fn plain(text: &str) -> Self {
        Self { pieces: vec![Piece::Text(text.to_owned())] }
    }
}
