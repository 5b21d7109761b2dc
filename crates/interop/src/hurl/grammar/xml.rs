//! XML, as it stands in a body: only where it ends is of interest, and that it is well-formed.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cursor::{Cursor, Mistake, Read};

/// Reads a document, to the end of its root; nothing where none begins here.
pub(super) fn document<'a>(cursor: &mut Cursor<'a>) -> Read<Option<&'a str>> {
    if !cursor.sees("<") {
        return Ok(None);
    }
    let from = cursor.at();
    let wrong = |at| {
        let at = floor(cursor.rest(), at);
        Mistake::new(from + at, "the XML is not well-formed")
    };
    let length = root(cursor.rest()).map_err(wrong)?;
    if let Some(at) = cursor.rest()[..length].find(|c| !is_character(c)) {
        return Err(wrong(at));
    }
    cursor.skip(length);
    Ok(Some(cursor.since(from)))
}

/// The start of the character at a place, the last one at the end.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len().saturating_sub(1));
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// How long the first element is, with what is before it; otherwise where it goes wrong.
fn root(text: &str) -> Result<usize, usize> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    let mut depth = 0_usize;
    let (mut typed, mut elsewhere) = (false, false);
    loop {
        let from = place(reader.buffer_position());
        let event = reader.read_event().map_err(|_| place(reader.error_position()))?;
        let fine = match event {
            Event::Start(tag) => {
                depth += 1;
                is_tag(&tag, elsewhere)
            }
            Event::Empty(tag) => {
                let fine = is_tag(&tag, elsewhere);
                if depth == 0 && fine {
                    return Ok(place(reader.buffer_position()));
                }
                fine
            }
            Event::End(_) => {
                depth -= 1;
                if depth == 0 {
                    return Ok(place(reader.buffer_position()));
                }
                true
            }
            Event::Text(text) => {
                (depth > 0 || text.chars().all(|c| c.is_ascii_whitespace()))
                    && !text.contains("]]>")
            }
            Event::GeneralRef(name) => depth > 0 && is_reference(&name, elsewhere),
            Event::CData(_) => depth > 0,
            Event::Decl(declaration) => from == 0 && is_declaration(&declaration),
            Event::DocType(doctype) => {
                let mut words = doctype.split_ascii_whitespace().skip(1);
                elsewhere = words.next().is_some_and(|word| ["SYSTEM", "PUBLIC"].contains(&word));
                depth == 0 && !std::mem::replace(&mut typed, true)
            }
            Event::Comment(_) => true,
            Event::PI(instruction) => {
                let target = instruction.target();
                is_name(target) && !target.eq_ignore_ascii_case("xml")
            }
            Event::Eof => return Err(text.len()),
        };
        if !fine {
            return Err(from);
        }
    }
}

/// Whether a declaration has a version, and behind it nothing but an encoding and `standalone`.
fn is_declaration(declaration: &str) -> bool {
    let content = BytesStart::from_content(declaration, "xml".len());
    if !is_spaced(&content) {
        return false;
    }
    let mut left = ["version", "encoding", "standalone"].as_slice();
    let mut versioned = false;
    for attribute in content.attributes().with_checks(false) {
        let Ok(attribute) = attribute else { return false };
        let key = attribute.key.as_ref();
        let Some(at) = left.iter().position(|name| *name == key) else { return false };
        left = &left[at + 1..];
        let value = attribute.value.as_ref();
        let fine = match key {
            "version" => value.strip_prefix("1.").is_some_and(|minor| {
                !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit())
            }),
            "encoding" => {
                value.starts_with(|c: char| c.is_ascii_alphabetic())
                    && value.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
            }
            _ => ["yes", "no"].contains(&value),
        };
        if !fine {
            return false;
        }
        versioned |= key == "version";
    }
    versioned
}

/// Whether a tag has a name, and attributes of different names.
fn is_tag(tag: &BytesStart<'_>, elsewhere: bool) -> bool {
    let mut names = HashSet::new();
    is_name(tag.name().as_ref())
        && is_spaced(tag)
        && tag.attributes().with_checks(false).all(|attribute| {
            attribute.is_ok_and(|attribute| {
                is_name(attribute.key.as_ref())
                    && is_value(&attribute.value, elsewhere)
                    && names.insert(attribute.key)
            })
        })
}

/// Whether there is a space behind the value of each attribute that another one follows.
fn is_spaced(tag: &str) -> bool {
    let mut quote = None;
    let mut closed = false;
    for c in tag.chars() {
        if std::mem::take(&mut closed) && !c.is_ascii_whitespace() {
            return false;
        }
        match quote {
            None if c == '"' || c == '\'' => quote = Some(c),
            Some(open) if open == c => {
                quote = None;
                closed = true;
            }
            _ => {}
        }
    }
    true
}

fn is_name(name: &str) -> bool {
    let mut characters = name.chars();
    let starts = |c: char| c.is_alphabetic() || c == '_' || c == ':' || !c.is_ascii();
    characters.next().is_some_and(starts)
        && characters.all(|c| starts(c) || c.is_ascii_digit() || c == '-' || c == '.')
}

/// Whether the value of an attribute has only whole references and no tags.
fn is_value(value: &str, elsewhere: bool) -> bool {
    !value.contains('<')
        && value.split('&').skip(1).all(|behind| {
            behind.split_once(';').is_some_and(|(name, _)| is_reference(name, elsewhere))
        })
}

/// Whether a reference is known; any, where another file may define it. What the document itself
/// defines is not: Hurl does not look there.
fn is_reference(name: &str, elsewhere: bool) -> bool {
    let code = match name.strip_prefix('#') {
        Some(code) => match code.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => code.parse(),
        },
        None => return elsewhere || ["lt", "gt", "amp", "apos", "quot"].contains(&name),
    };
    let code = code.ok().and_then(char::from_u32);
    code.is_some_and(is_character)
}

/// Whether XML can have a character.
fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
