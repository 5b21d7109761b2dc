use super::Data;
use super::scalar::{self, Style};

/// How a file is laid out, as far as new lines must follow it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// Spaces per level.
    pub(crate) step: usize,
    /// Spaces between a key and the dashes of its list.
    pub(crate) dash: usize,
}

impl Default for Layout {
    fn default() -> Self {
        Self { step: 2, dash: 2 }
    }
}

/// A whole file, in the order of the data, with an empty line between top-level blocks where that
/// cannot be taken for a part of the text before it.
pub(crate) fn document(data: &Data) -> String {
    let spaced = lines_of(data, true);
    if super::parse(&spaced).is_ok_and(|node| node.says(data)) {
        spaced
    } else {
        lines_of(data, false)
    }
}

/// As [`document`], without reading it again where that cannot matter: only a text that keeps the
/// empty lines at its end (`|+`) can take an empty line that follows for its own.
pub(crate) fn fresh(data: &Data) -> String {
    if keeps_empty_lines(data) { document(data) } else { lines_of(data, true) }
}

fn keeps_empty_lines(data: &Data) -> bool {
    match data {
        Data::Text(text) => text.ends_with("\n\n"),
        Data::List(items) => items.iter().any(keeps_empty_lines),
        Data::Map(entries) => entries.iter().any(|(_, value)| keeps_empty_lines(value)),
        _ => false,
    }
}

fn lines_of(data: &Data, gaps: bool) -> String {
    let Data::Map(entries) = data else { return format!("{}\n", flow(data)) };
    let mut out = String::new();
    let mut block_before = false;
    for (key, value) in entries {
        let block = matches!(value, Data::Map(_) | Data::List(_))
            || matches!(value, Data::Text(t) if t.contains('\n'));
        if gaps && !out.is_empty() && (block || block_before) {
            out.push('\n');
        }
        block_before = block;
        entry(&mut out, key, value, 0, Layout::default());
        out.push('\n');
    }
    if entries.is_empty() { "{}\n".to_owned() } else { out }
}

/// YAML 1.2 §7.4.2: a key of more than 1,024 characters needs a `?` before it.
const LONGEST_KEY: usize = 1_000;

/// `key: value`, without indentation before it and without a line break after it.
pub(crate) fn entry(out: &mut String, key: &str, value: &Data, indent: usize, layout: Layout) {
    let quoted = scalar::quoted(key, Style::Plain, false);
    let is_long = quoted.len() > LONGEST_KEY;
    if is_long {
        out.push_str("? ");
    }
    out.push_str(&quoted);
    if is_long {
        line(out, indent);
    }
    out.push(':');
    after_key(out, value, indent, layout);
}

/// What follows a `:`: a space and a scalar, or a block on the next lines.
pub(crate) fn after_key(out: &mut String, value: &Data, indent: usize, layout: Layout) {
    match value {
        Data::Map(entries) if !entries.is_empty() => {
            let inner = indent + layout.step;
            for (key, value) in entries {
                line(out, inner);
                entry(out, key, value, inner, layout);
            }
        }
        Data::List(items) if !items.is_empty() => {
            let inner = indent + layout.dash;
            for value in items {
                line(out, inner);
                item(out, value, inner, layout);
            }
        }
        _ => {
            out.push(' ');
            self::value(out, value, Style::Plain, indent, layout);
        }
    }
}

/// `- value`, without indentation before it and without a line break after it.
pub(crate) fn item(out: &mut String, value: &Data, indent: usize, layout: Layout) {
    out.push_str("- ");
    after_dash(out, value, indent, layout);
}

/// What follows `- `: a map begins on the same line.
pub(crate) fn after_dash(out: &mut String, value: &Data, indent: usize, layout: Layout) {
    let inner = indent + 2;
    match value {
        Data::Map(entries) if !entries.is_empty() => {
            for (at, (key, value)) in entries.iter().enumerate() {
                if at > 0 {
                    line(out, inner);
                }
                entry(out, key, value, inner, layout);
            }
        }
        Data::List(items) if !items.is_empty() => {
            for (at, value) in items.iter().enumerate() {
                if at > 0 {
                    line(out, inner);
                }
                item(out, value, inner, layout);
            }
        }
        _ => self::value(out, value, Style::Plain, indent, layout),
    }
}

/// A scalar, or an empty collection; text of several lines becomes a literal block under `indent`.
pub(crate) fn value(out: &mut String, value: &Data, like: Style, indent: usize, layout: Layout) {
    match value {
        Data::Text(text) if scalar::fits_literal(text) && like != Style::Double => {
            let (header, lines) = scalar::literal(text, layout.step);
            out.push_str(&header);
            block_lines(out, &lines, indent + layout.step);
        }
        Data::Text(text) => out.push_str(&scalar::quoted(text, like, false)),
        other => out.push_str(&flow(other)),
    }
}

/// The lines of a block scalar; empty ones get no spaces.
pub(crate) fn block_lines(out: &mut String, lines: &[&str], indent: usize) {
    for text in lines {
        if text.is_empty() {
            out.push('\n');
        } else {
            line(out, indent);
            out.push_str(text);
        }
    }
}

fn line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// On one line: `{a: b, c: [d]}`.
pub(crate) fn flow(data: &Data) -> String {
    match data {
        Data::Null => "null".to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Number(text) => text.clone(),
        Data::Text(text) => scalar::quoted(text, Style::Plain, true),
        Data::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Data::Map(entries) => {
            let pairs: Vec<String> = entries
                .iter()
                .map(|(key, value)| {
                    format!("{}: {}", scalar::quoted(key, Style::Plain, true), flow(value))
                })
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}
