use std::fmt::Write;
use std::ops::Range;

use crate::segment::tokens;

/// The parts of a URL's text. Marks inside `{{…}}` do not count.
pub(super) struct Parts {
    /// From the first `/` after the authority up to the query.
    pub path: Range<usize>,
    /// After the `?`; none where there is no `?`.
    pub query: Option<Range<usize>>,
    /// Where the `#` stands, or the end.
    pub fragment: usize,
}

pub(super) fn parts(url: &str) -> Parts {
    let fragment = find_outside(url, 0..url.len(), b'#').unwrap_or(url.len());
    let mark = find_outside(url, 0..fragment, b'?');
    let end = mark.unwrap_or(fragment);
    let authority = url[..end].find("://").map_or(0, |at| at + 3);
    let start = find_outside(url, authority..end, b'/').unwrap_or(end);
    Parts { path: start..end, query: mark.map(|at| at + 1..fragment), fragment }
}

/// The first `byte` in `range` that is not inside `{{…}}`.
pub(super) fn find_outside(text: &str, range: Range<usize>, byte: u8) -> Option<usize> {
    let mut at = range.start;
    for token in tokens(&text[range.clone()]) {
        let (open, close) = (range.start + token.range.start, range.start + token.range.end);
        if let Some(found) = text.as_bytes()[at..open].iter().position(|b| *b == byte) {
            return Some(at + found);
        }
        at = close;
    }
    text.as_bytes()[at..range.end].iter().position(|b| *b == byte).map(|found| at + found)
}

/// Splits `range` at every `byte` that is not inside `{{…}}`.
pub(super) fn split_outside(text: &str, range: Range<usize>, byte: u8) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    let mut tokens = tokens(&text[range.clone()])
        .map(|t| range.start + t.range.start..range.start + t.range.end)
        .peekable();
    let mut at = range.start;
    while at < range.end {
        if let Some(token) = tokens.next_if(|token| token.start == at) {
            at = token.end;
            continue;
        }
        if text.as_bytes()[at] == byte {
            found.push(start..at);
            start = at + 1;
        }
        at += 1;
    }
    found.push(start..range.end);
    found
}

/// `text` with `marks` and unpaired double braces percent-encoded wherever they are not inside `{{…}}`.
pub(super) fn escape(text: &str, marks: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for token in tokens(text) {
        escape_plain(&text[at..token.range.start], marks, &mut out);
        out.push_str(&text[token.range.clone()]);
        at = token.range.end;
    }
    escape_plain(&text[at..], marks, &mut out);
    out
}

fn escape_plain(text: &str, marks: &[char], out: &mut String) {
    let text = text.replace("{{", "%7B%7B").replace("}}", "%7D%7D");
    for c in text.chars() {
        if marks.contains(&c) {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{:02X}", u32::from(c));
        } else {
            out.push(c);
        }
    }
}
