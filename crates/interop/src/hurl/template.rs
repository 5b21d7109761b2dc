//! Hurl's texts with placeholders, and ours.

use std::fmt::Write as _;

use super::grammar::{Piece, Placeholder, Template, is_name};

/// A template as a text with variables.
pub(super) fn text(template: &Template<'_>) -> String {
    template.pieces.iter().fold(String::new(), |mut text, piece| {
        match piece {
            Piece::Text(value) => text.push_str(value),
            Piece::Placeholder(placeholder) => text.push_str(&variable(placeholder)),
        }
        text
    })
}

/// A placeholder as a variable.
pub(super) fn variable(placeholder: &Placeholder<'_>) -> String {
    match placeholder {
        Placeholder::Variable(name) => format!("{{{{{name}}}}}"),
        Placeholder::NewUuid => "{{$guid}}".to_owned(),
        Placeholder::NewDate => "{{$isoTimestamp}}".to_owned(),
    }
}

/// A source text, such as that of a JSON body, with variables as ours. As in Hurl, the second closing
/// brace ends a placeholder, and what stands behind its name says nothing.
pub(super) fn functions(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((close, _)) = after.match_indices('}').nth(1) else { break };
        let inside = after[..close].trim_start_matches([' ', '\t']);
        let end = inside.find(|c: char| !is_name(c)).unwrap_or(inside.len());
        out.push_str(before);
        out.push_str(&variable(&Placeholder::named(&inside[..end])));
        rest = &after[close + 1..];
    }
    out + rest
}

/// Our names as Hurl's; others than letters, digits and `_-` have no place in them.
pub(super) fn ours(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        let name = match name.trim() {
            "$guid" | "$randomUUID" => "newUuid".to_owned(),
            "$isoTimestamp" => "newDate".to_owned(),
            name => name
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '_' })
                .collect(),
        };
        _ = write!(out, "{before}{{{{{name}}}}}");
        rest = behind;
    }
    out + rest
}

/// A text without quotes, as after a header's colon.
pub(super) fn value(text: &str) -> String {
    escaped(&ours(text), &['#', '\\'])
}

/// A text in double quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(&ours(text), &['"', '\\']))
}

/// A text in back quotes.
pub(super) fn one_line(text: &str) -> String {
    format!("`{}`", escaped(&ours(text), &['`', '\\']))
}

/// A key, as before a header's colon.
pub(super) fn key(text: &str) -> String {
    let mut out = String::new();
    let mut rest = &ours(text)[..];
    while let Some(c) = rest.chars().next() {
        if let Some(end) = rest.starts_with("{{").then(|| rest.find("}}")).flatten() {
            out.push_str(&rest[..end + 2]);
            rest = &rest[end + 2..];
            continue;
        }
        if c.is_alphanumeric() || "_-.@$".contains(c) || "[]".contains(c) && !out.is_empty() {
            out.push(c);
        } else {
            _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

fn escaped(text: &str, special: &[char]) -> String {
    let blank = text.len() - text.trim_end_matches(' ').len();
    let from = text.len() - blank;
    let lead = text.starts_with(' ');
    text.char_indices().fold(String::new(), |mut out, (at, c)| {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ' ' if special[0] == '#' && (at >= from || at == 0 && lead) => out.push_str("\\u{20}"),
            c if special.contains(&c) => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => _ = write!(out, "\\u{{{:x}}}", u32::from(c)),
            c => out.push(c),
        }
        out
    })
}
