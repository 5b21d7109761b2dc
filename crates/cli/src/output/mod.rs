//! What is written where: bodies and lists to standard output, messages to standard error.

pub mod escape;
pub mod message;
mod style;

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write};

use serde::Serialize;

pub use style::Style;

use crate::exit::Failure;

/// Standard output, buffered.
pub fn stdout() -> io::BufWriter<io::StdoutLock<'static>> {
    io::BufWriter::with_capacity(64 << 10, io::stdout().lock())
}

/// Copies bytes from the network to standard output: as they are, or escaped on a terminal.
pub fn copy(mut from: impl io::Read) -> Result<(), Failure> {
    let mut out = stdout();
    if io::stdout().is_terminal() {
        let mut escaped = escape::Escaped::new(out);
        io::copy(&mut from, &mut escaped)?;
        escaped.finish()?;
    } else {
        io::copy(&mut from, &mut out)?;
        out.flush()?;
    }
    Ok(())
}

/// Writes text of ours that has text from the network in it.
pub fn text(text: &str) -> Result<(), Failure> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes one JSON value. JSON escapes control characters by itself, but not the bidirectional ones.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    text(&json_text(value)?)
}

/// One JSON value as text, with every character escaped that a terminal would obey.
pub fn json_text(value: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
    let mut out = String::with_capacity(text.len() + 1);
    for letter in text.chars() {
        if letter == '\n' || !escape::is_control(letter) {
            out.push(letter);
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out.push('\n');
    Ok(out)
}

/// Columns under each other; the last is not padded.
pub fn columns(rows: &[Vec<String>], style: &dyn Fn(usize, usize, String) -> String) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |text: &str| text.chars().count();
    let widths: Vec<usize> = (0..count)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|text| width(text)).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            let pad = if column + 1 == row.len() { 0 } else { widths[column] - width(text) + 2 };
            out.push_str(&style(number, column, text.clone()));
            out.push_str(&" ".repeat(pad));
        }
        while out.ends_with(' ') {
            out.pop();
        }
        out.push('\n');
    }
    out
}
