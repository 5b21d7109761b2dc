//! What the tests share: seeded random JSON, a naive printer to compare with, and short ways to open and read views.
#![allow(dead_code, reason = "each test file uses a part of it")]

use errand_body::{Row, Source, View, ViewKind, ViewOptions};

/// A small seeded generator (xorshift), so that failures repeat.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    #[allow(clippy::cast_possible_truncation)]
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// Opens a view of bytes in memory.
pub fn open(bytes: &[u8], kind: ViewKind, options: &ViewOptions) -> View {
    View::open(&Source::from_bytes(bytes), kind, options).unwrap()
}

/// All rows of a finished view.
pub fn all_rows(view: &View) -> Vec<Row> {
    let total = view.wait_until(|_| false).rows;
    view.rows(0, total, 0..usize::MAX).unwrap()
}

/// The text of rows.
pub fn rows_text(rows: &[Row]) -> Vec<String> {
    rows.iter().map(|row| row.text.clone()).collect()
}

const STRINGS: &[&str] = &[
    r#""""#,
    r#""a""#,
    r#""name""#,
    r#""with \"quotes\" and \\ backslashes""#,
    r#""\u00e9\ud83d\ude00""#,
    r#""é😀 ünï""#,
    r#""a: {b}, [c]""#,
    r#""a longer text that goes on for a while, so that it does not fit on a short row""#,
    r#""漢字漢字漢字漢字漢字漢字漢字漢字漢字""#,
];
const SCALARS: &[&str] = &[
    "0",
    "-1",
    "12345678901234567890",
    "1.50",
    "1e400",
    "true",
    "false",
    "null",
    "3.141592653589793238462643383279502884197169399375105820974944592",
];
const SPACES: &[&str] = &["", "", "", " ", "\n", "\r\n\t", "    "];

/// Random valid JSON with about `size` values.
pub fn json(random: &mut Random, size: usize) -> String {
    let (mut out, mut open, mut left) = (String::new(), Vec::new(), size);
    loop {
        out.push_str(random.pick(SPACES));
        if left > 0 {
            left -= 1;
            if open.last() == Some(&true) {
                out.push_str(random.pick(STRINGS));
                out.push_str(random.pick(SPACES));
                out.push(':');
                out.push_str(random.pick(SPACES));
            }
            match random.below(if open.len() < 90 { 8 } else { 5 })
                + usize::from(open.len() >= 90) * 3
            {
                0..3 => {
                    let object = random.below(2) == 0;
                    out.push(if object { '{' } else { '[' });
                    open.push(object);
                    if random.below(4) > 0 && left > 0 {
                        continue;
                    }
                }
                3..5 => out.push_str(random.pick(STRINGS)),
                _ => out.push_str(random.pick(SCALARS)),
            }
            if open.is_empty() && random.below(4) > 0 {
                // Mostly containers at the top: start over.
                out.clear();
                left = size;
                continue;
            }
            if open.is_empty() {
                return out;
            }
        }
        // After a value, or in a container that stays empty.
        loop {
            let empty = out.ends_with(['{', '[']);
            out.push_str(random.pick(SPACES));
            if !empty && left > 0 && (open.len() == 1 || random.below(5) > 0) {
                out.push(',');
                break;
            }
            let Some(object) = open.pop() else { return out };
            out.push(if object { '}' } else { ']' });
            if open.is_empty() {
                return out;
            }
        }
    }
}

/// Prints valid JSON, character by character, two spaces a level.
pub fn naive_pretty(text: &str) -> String {
    let (mut out, mut depth, mut string, mut escaped) = (String::new(), 0_usize, false, false);
    let tokens: Vec<char> = text.chars().collect();
    for (at, &char) in tokens.iter().enumerate() {
        if string {
            out.push(char);
            string = escaped || char != '"';
            escaped = char == '\\' && !escaped;
            continue;
        }
        match char {
            ' ' | '\n' | '\r' | '\t' => {}
            '{' | '[' => {
                out.push(char);
                depth += 1;
                let next = tokens[at + 1..].iter().find(|char| !char.is_whitespace());
                if !matches!(next, Some('}' | ']')) {
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth -= 1;
                if !out.ends_with(['{', '[']) {
                    line(&mut out, depth);
                }
                out.push(char);
            }
            ',' => {
                out.push(',');
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ => {
                string = char == '"';
                out.push(char);
            }
        }
    }
    out
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.push_str(&" ".repeat(2 * depth.min(100)));
}

/// JSON without the white space outside of strings.
pub fn strip(text: &[u8]) -> Vec<u8> {
    let (mut out, mut string, mut escaped) = (Vec::new(), false, false);
    for &byte in text {
        if string {
            out.push(byte);
            string = escaped || byte != b'"';
            escaped = byte == b'\\' && !escaped;
        } else if !byte.is_ascii_whitespace() {
            string = byte == b'"';
            out.push(byte);
        }
    }
    out
}
