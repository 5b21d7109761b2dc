//! Hurl's texts with placeholders, and ours.

use std::fmt::Write as _;

use hurl_core::ast::{ExprKind, Function, Placeholder, Template, TemplateElement};

/// A template as a text with variables.
pub(super) fn text(template: &Template) -> String {
    template.elements.iter().fold(String::new(), |mut text, element| {
        match element {
            TemplateElement::String { value, .. } => text.push_str(value),
            TemplateElement::Placeholder(placeholder) => text.push_str(&variable(placeholder)),
        }
        text
    })
}

/// A placeholder as a variable.
pub(super) fn variable(placeholder: &Placeholder) -> String {
    match &placeholder.expr.kind {
        ExprKind::Variable(variable) => format!("{{{{{}}}}}", variable.name),
        ExprKind::Function(Function::NewUuid) => "{{$guid}}".to_owned(),
        ExprKind::Function(Function::NewDate) => "{{$isoTimestamp}}".to_owned(),
    }
}

/// A source text, such as that of a JSON body, with our names of what Hurl makes.
pub(super) fn functions(source: &str) -> String {
    source.replace("{{newUuid}}", "{{$guid}}").replace("{{newDate}}", "{{$isoTimestamp}}")
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
