//! Text from the network on a terminal.
//!
//! A terminal obeys what it is shown: ANSI sequences move and colour, OSC 52 writes the clipboard,
//! a carriage return writes over the line before, bidirectional controls put text in another order.
//! All of them are shown as what they are.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Whether a character would do something to a terminal instead of being seen.
pub fn is_control(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// One line for a message or a table: every control character escaped, line ends and tabs too.
pub fn line(text: &str) -> Cow<'_, str> {
    escape(text, |_| false)
}

/// Several lines: line ends and tabs stay.
pub fn lines(text: &str) -> Cow<'_, str> {
    escape(text, |letter| matches!(letter, '\n' | '\t'))
}

fn escape(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(|letter| is_control(letter) && !keep(letter)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if is_control(letter) && !keep(letter) { push(&mut out, letter) } else { out.push(letter) }
    }
    Cow::Owned(out)
}

/// A control character as it is written in most languages.
fn push(out: &mut String, letter: char) {
    match letter {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        _ if u32::from(letter) < 0x100 => {
            let _ = write!(out, "\\x{:02x}", u32::from(letter));
        }
        _ => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(letter));
        }
    }
}

/// Lets bytes through with their control characters escaped; `\r\n` is an ordinary line end.
pub struct Escaped<W: Write> {
    inner: W,
    /// The start of a character, or a carriage return, whose rest has not come yet.
    held: Vec<u8>,
}

impl<W: Write> Escaped<W> {
    /// Writes to `inner`.
    pub fn new(inner: W) -> Self {
        Self { inner, held: Vec::new() }
    }

    /// Writes what was held back. To be called at the end.
    pub fn finish(mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        let text = String::from_utf8_lossy(&held);
        self.inner.write_all(lines(&text).as_bytes())?;
        self.inner.flush()
    }
}

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        let held = std::mem::take(&mut self.held);
        let mut rest = held.as_slice();
        let mut out = String::with_capacity(held.len());
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    out.push_str(text);
                    rest = &[];
                    break;
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    out.push_str(&String::from_utf8_lossy(good));
                    let Some(length) = error.error_len() else {
                        rest = bad;
                        break;
                    };
                    out.push('\u{fffd}');
                    rest = &bad[length..];
                }
            }
        }
        self.held = rest.to_vec();
        if self.held.is_empty() && out.ends_with('\r') {
            out.pop();
            self.held.push(b'\r');
        }
        self.inner.write_all(lines(&out.replace("\r\n", "\n")).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(pieces: &[&[u8]]) -> String {
        let mut out = Vec::new();
        let mut escaped = Escaped::new(&mut out);
        for piece in pieces {
            assert!(escaped.write_all(piece).is_ok());
        }
        assert!(escaped.finish().is_ok());
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(line("\u{1b}[31mred\u{1b}]52;c;aGk=\u{7}"), "\\x1b[31mred\\x1b]52;c;aGk=\\x07");
        assert_eq!(line("safe\revil"), "safe\\revil");
        assert_eq!(line("\u{9b}2J"), "\\x9b2J", "the one-character CSI of C1");
        assert_eq!(line("admin\u{202e}gpj.exe"), "admin\\u{202e}gpj.exe");
        assert_eq!(line("a\nb"), "a\\nb");
        assert_eq!(lines("a\n\tb\r"), "a\n\tb\\r");
        assert_eq!(line("grün 日本 🎉"), "grün 日本 🎉");
    }

    #[test]
    fn characters_cut_in_two_come_out_whole() {
        assert_eq!(through(&["gr\u{fc}".as_bytes(), b"n"]), "grün");
        assert_eq!(through(&[b"gr\xc3", b"\xbcn\r", b"\nnext\r", b"over"]), "grün\nnext\\rover");
        assert_eq!(through(&[b"\x1b", b"[2J"]), "\\x1b[2J");
        assert_eq!(through(&[b"a\xffb\xc3"]), "a\u{fffd}b\u{fffd}");
        assert_eq!(through(&[b"\xe2\x80", b"\xae!"]), "\\u{202e}!");
    }
}
