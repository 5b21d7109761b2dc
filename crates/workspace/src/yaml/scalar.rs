use std::fmt::Write;

use super::Data;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

/// What a scalar means under the core schema of YAML 1.2 (§10.3).
pub(crate) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Data {
    // Under any other tag, a foreign one too, it is text.
    if style != Style::Plain || !matches!(tag, None | Some("null" | "bool" | "int" | "float")) {
        return Data::text(text);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Data::Null,
        "true" | "True" | "TRUE" => Data::Bool(true),
        "false" | "False" | "FALSE" => Data::Bool(false),
        _ if is_number(text) => Data::Number(text.to_owned()),
        _ => Data::text(text),
    }
}

fn is_number(text: &str) -> bool {
    let digits = |s: &str, radix: u32| !s.is_empty() && s.chars().all(|c| c.is_digit(radix));
    if let Some(hex) = text.strip_prefix("0x") {
        return digits(hex, 16);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return digits(octal, 8);
    }
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(body, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (&body[..at], Some(&body[at + 1..])),
        None => (body, None),
    };
    if let Some(exponent) = exponent
        && !digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent), 10)
    {
        return false;
    }
    match mantissa.split_once('.') {
        Some((whole, fraction)) => {
            (!whole.is_empty() || !fraction.is_empty())
                && whole.chars().all(|c| c.is_ascii_digit())
                && fraction.chars().all(|c| c.is_ascii_digit())
        }
        None => digits(mantissa, 10),
    }
}

/// Whether text can stand without quotes and still be text, for readers of YAML 1.1 and 1.2.
fn plain(text: &str, flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if text.trim() != text || "-?:,[]{}#&*!|>'\"%@`=".contains(first) && !dash_word(text) {
        return false;
    }
    if text.contains(": ") || text.contains(" #") || text.ends_with(':') || text.contains('\t') {
        return false;
    }
    if flow
        && (text.contains([',', '[', ']', '{', '}']) || text.contains(':') && !text.contains("://"))
    {
        return false;
    }
    if text.starts_with("...") || text.starts_with("<<") || text.chars().any(unprintable) {
        return false;
    }
    !ambiguous(text)
}

/// `--flag` and `-x` are text; `- x` is a list and `-1` a number.
fn dash_word(text: &str) -> bool {
    text.starts_with('-')
        && !text.starts_with("---")
        && text[1..].starts_with(|c: char| c.is_alphabetic())
}

/// Text that some reader would take for a number, a date, a truth value or null.
fn ambiguous(text: &str) -> bool {
    if resolve(text, Style::Plain, None) != Data::text(text) {
        return true;
    }
    let lower = text.to_ascii_lowercase();
    matches!(lower.as_str(), "yes" | "no" | "on" | "off" | "y" | "n" | "true" | "false" | "null")
        || text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '.')
            && text.chars().all(|c| c.is_ascii_digit() || "+-._:eExXobTZ ".contains(c))
}

fn unprintable(c: char) -> bool {
    c.is_control() && c != '\t'
        || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether text can be a literal block.
pub(crate) fn fits_literal(text: &str) -> bool {
    text.contains('\n')
        && !text.trim_matches('\n').is_empty()
        && !text.chars().any(|c| unprintable(c) && c != '\n')
}

/// One line of YAML that means this text. `like` is how the value was written before.
pub(crate) fn quoted(text: &str, like: Style, flow: bool) -> String {
    let special = text.contains('\n') || text.chars().any(unprintable);
    if special || like == Style::Double {
        return double(text);
    }
    if like == Style::Single {
        return single(text);
    }
    if plain(text, flow) {
        return text.to_owned();
    }
    if text.is_empty() || ambiguous(text) { double(text) } else { single(text) }
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Writing to a String does not fail. All of them are below U+10000.
            c if unprintable(c) => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A literal block as its header (`|-`) and its lines, without indentation.
pub(crate) fn literal(text: &str, step: usize) -> (String, Vec<&str>) {
    let body = text.trim_end_matches('\n');
    let newlines = text.len() - body.len();
    let mut lines: Vec<&str> = body.split('\n').collect();
    let chomp = match newlines {
        0 => "-",
        1 => "",
        _ => "+",
    };
    lines.extend(std::iter::repeat_n("", newlines.saturating_sub(1)));
    // Text that begins with a space or an empty line needs its indentation said.
    let hint = if text.starts_with([' ', '\t', '\n']) { step.to_string() } else { String::new() };
    (format!("|{hint}{chomp}"), lines)
}
