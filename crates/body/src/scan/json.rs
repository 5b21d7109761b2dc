//! JSON, indented (RFC 8259). Digits, escapes, duplicate keys and the order of keys stay as they are.
//!
//! At the first syntax error the rest is shown as it is. Several values, each on lines of its own (JSON lines), are not
//! an error. Nothing here recurses: nesting costs one bit a level.

use super::{
    Lines, Problem, Resume, RowStart, Sink,
    number::is_scalar,
    split::Width,
    stack::Stack,
    string::{Run, run},
};
use crate::TokenKind;

/// The longest number that is taken for one.
const LONGEST_SCALAR: usize = 64 * 1024;

/// Strings are taken in pieces of this many bytes.
const STRING_PIECE: usize = 4096;

/// Bits of [`Resume::mode`]: 0-2 what is expected, 3-4 the kind of string, 5-7 its escape, and these.
const FULL: u32 = 1 << 8;
const REST: u32 = 1 << 9;
const CLOSES: u32 = 1 << 10;

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// A value, or the end (between top-level values).
    Top = 0,
    Value = 1,
    /// A value, or `]` (after `[`).
    Element = 2,
    /// A key, or `}` (after `{`).
    Member = 3,
    Key = 4,
    Colon = 5,
    /// `,` or what closes the container.
    Comma = 6,
    /// After a comma in a container whose kind is not known (only when resumed).
    Unknown = 7,
}

impl Expect {
    fn from_bits(bits: u32) -> Self {
        [
            Self::Top,
            Self::Value,
            Self::Element,
            Self::Member,
            Self::Key,
            Self::Colon,
            Self::Comma,
            Self::Unknown,
        ][(bits & 7) as usize]
    }
}

/// The string the scanner is in.
#[derive(Clone, Copy, Debug)]
struct Text {
    kind: TokenKind,
    /// 0: plain; 1: after a backslash; 2 to 5: that many less one hex digits to come.
    escape: u32,
}

/// The scanner of JSON.
#[derive(Clone, Debug)]
pub(crate) struct Json {
    segment: u32,
    width: Width,
    stack: Stack,
    expect: Expect,
    text: Option<Text>,
    /// A row starts with the next token.
    fresh: bool,
    /// A top-level value has ended on this line.
    same_line: bool,
    /// Levels the current row is indented by.
    indent: u32,
    /// The rest, after a syntax error.
    rest: Option<Lines>,
    problem: Option<Problem>,
    /// Resumed: the index has checked all this; the error it found is here.
    checked_until: Option<u64>,
}

impl Json {
    pub(crate) fn new(segment: u32) -> Self {
        Self {
            segment,
            width: Width::new(segment),
            stack: Stack::default(),
            expect: Expect::Top,
            text: None,
            fresh: true,
            same_line: false,
            indent: 0,
            rest: None,
            problem: None,
            checked_until: None,
        }
    }

    pub(crate) fn resume(segment: u32, resume: Resume, problem: u64) -> Self {
        let mode = resume.mode;
        let mut json = Self::new(segment);
        json.checked_until = Some(problem);
        if mode & REST != 0 {
            json.rest =
                Some(Lines::resume(segment, Resume { mode: mode >> 8 & 1, ..Resume::default() }));
            return json;
        }
        json.stack = Stack::resume(resume);
        json.expect = Expect::from_bits(mode);
        json.indent =
            if mode & CLOSES != 0 { resume.depth.saturating_sub(1) } else { resume.depth };
        if mode & FULL != 0 {
            json.fresh = false;
            json.width = Width::full(segment);
            let kind = match mode >> 3 & 3 {
                1 => TokenKind::Key,
                2 => TokenKind::String,
                _ => TokenKind::Plain,
            };
            if kind != TokenKind::Plain {
                json.text = Some(Text { kind, escape: mode >> 5 & 7 });
            }
        }
        json
    }

    pub(crate) fn problem(&self, end: Option<u64>) -> Option<Problem> {
        let cut = self.text.is_some() || self.expect != Expect::Top;
        match end {
            Some(offset) if self.problem.is_none() && cut => {
                Some(Problem { offset, message: "the JSON ends too early" })
            }
            _ => self.problem,
        }
    }

    pub(crate) fn feed<S: Sink>(
        &mut self,
        block: &[u8],
        base: u64,
        last: bool,
        sink: &mut S,
    ) -> usize {
        let mut at = 0;
        while at < block.len() {
            if self.rest.is_some() {
                return at + self.feed_rest(&block[at..], base + at as u64, last, sink);
            }
            if self.text.is_some() {
                at = self.string(block, at, at, base, sink);
                continue;
            }
            let byte = block[at];
            if matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                self.same_line &= byte != b'\n';
                at += 1;
                continue;
            }
            if self.checked_until == Some(base + at as u64) {
                self.fail(base + at as u64, "the JSON is not valid here");
                continue;
            }
            match byte {
                b'"' => at = self.begin_string(block, at, base, sink),
                b'{' | b'[' => at += self.open(byte, base + at as u64, sink),
                b'}' | b']' => at += self.close(byte, base + at as u64, sink),
                b',' => at += self.comma(base + at as u64, sink),
                b':' => at += self.colon(base + at as u64, sink),
                _ => match self.scalar(block, at, base, last, sink) {
                    Some(next) => at = next,
                    None => return at,
                },
            }
        }
        at
    }

    /// Starts the row that is due.
    #[inline]
    fn begin<S: Sink>(&mut self, offset: u64, closes: bool, sink: &mut S) {
        if self.fresh {
            self.indent = self.stack.depth() - u32::from(closes);
            let (stack, mode) = (&self.stack, self.expect as u32 | if closes { CLOSES } else { 0 });
            sink.row(RowStart { offset, depth: self.indent, continued: false, closes }, || {
                state(stack, mode)
            });
            self.fresh = false;
            self.width.start_row();
        }
    }

    #[inline]
    fn punctuation<S: Sink>(&mut self, byte: u8, offset: u64, sink: &mut S) {
        self.width.add(1);
        sink.text(offset, &[byte], TokenKind::Punctuation);
    }

    /// Whether a value may come here.
    #[inline]
    fn takes_value(&self) -> bool {
        match self.expect {
            Expect::Top => !self.same_line || self.checked_until.is_some(),
            Expect::Value | Expect::Element | Expect::Unknown => true,
            _ => self.checked_until.is_some(),
        }
    }

    #[inline]
    fn after_value(&mut self) {
        if self.stack.depth() == 0 {
            self.expect = Expect::Top;
            (self.fresh, self.same_line) = (true, true);
        } else {
            self.expect = Expect::Comma;
        }
    }

    fn open<S: Sink>(&mut self, byte: u8, offset: u64, sink: &mut S) -> usize {
        if !self.takes_value() {
            return self.fail(offset, "no value may stand here");
        }
        if self.stack.depth() == u32::MAX {
            return self.fail(offset, "the nesting is too deep");
        }
        self.begin(offset, false, sink);
        self.punctuation(byte, offset, sink);
        let object = byte == b'{';
        self.stack.push(object);
        self.expect = if object { Expect::Member } else { Expect::Element };
        self.fresh = true;
        1
    }

    fn close<S: Sink>(&mut self, byte: u8, offset: u64, sink: &mut S) -> usize {
        let object = byte == b'}';
        if self.stack.depth() == 0 {
            return self.fail(offset, "nothing is open that this could close");
        }
        let empty = self.expect == if object { Expect::Member } else { Expect::Element };
        if self.checked_until.is_none() && !empty {
            if self.stack.is_object() != Some(object) {
                return self.fail(offset, "this does not close what was opened last");
            }
            if self.expect != Expect::Comma {
                return self.fail(offset, "something is missing before this");
            }
        }
        self.fresh = !empty;
        self.begin(offset, true, sink);
        self.punctuation(byte, offset, sink);
        self.stack.pop();
        self.after_value();
        1
    }

    fn comma<S: Sink>(&mut self, offset: u64, sink: &mut S) -> usize {
        if self.stack.depth() == 0 || (self.expect != Expect::Comma && self.checked_until.is_none())
        {
            return self.fail(offset, "no comma may stand here");
        }
        self.punctuation(b',', offset, sink);
        self.expect = match self.stack.is_object() {
            Some(true) => Expect::Key,
            Some(false) => Expect::Value,
            None => Expect::Unknown,
        };
        self.fresh = true;
        1
    }

    fn colon<S: Sink>(&mut self, offset: u64, sink: &mut S) -> usize {
        if self.expect != Expect::Colon && self.checked_until.is_none() {
            return self.fail(offset, "no colon may stand here");
        }
        self.punctuation(b':', offset, sink);
        sink.space();
        self.expect = Expect::Value;
        1
    }

    fn scalar<S: Sink>(
        &mut self,
        block: &[u8],
        at: usize,
        base: u64,
        last: bool,
        sink: &mut S,
    ) -> Option<usize> {
        let len = block[at..].iter().position(|&byte| ends_scalar(byte));
        if len.is_none() && !last && block.len() - at <= LONGEST_SCALAR {
            return None;
        }
        let token = &block[at..at + len.unwrap_or(block.len() - at)];
        let offset = base + at as u64;
        if token.len() > LONGEST_SCALAR {
            self.fail(offset, "this number is too long");
            return Some(at);
        }
        // A token that ends with the bytes so far may be the start of a longer one when resumed; the index knows better.
        if !is_scalar(token) && self.checked_until.is_none() {
            self.fail(offset, "this is not a JSON value");
            return Some(at);
        }
        if !self.takes_value() {
            self.fail(offset, "no value may stand here");
            return Some(at);
        }
        self.begin(offset, false, sink);
        let kind = if matches!(token[0], b't' | b'f' | b'n') {
            TokenKind::Keyword
        } else {
            TokenKind::Number
        };
        // A row that starts inside of a long number is resumed as if the rest were the value.
        let (stack, mode) = (&self.stack, self.expect as u32 | FULL);
        self.width.put(token, offset, kind, self.indent, sink, |_| state(stack, mode));
        self.after_value();
        Some(at + token.len())
    }

    fn begin_string<S: Sink>(&mut self, block: &[u8], at: usize, base: u64, sink: &mut S) -> usize {
        let offset = base + at as u64;
        let kind = match self.expect {
            Expect::Key | Expect::Member | Expect::Unknown => TokenKind::Key,
            _ if self.takes_value() => TokenKind::String,
            _ => {
                self.fail(offset, "no string may stand here");
                return at;
            }
        };
        self.begin(offset, false, sink);
        self.text = Some(Text { kind, escape: 0 });
        self.string(block, at, at + 1, base, sink)
    }

    /// Takes the string on from `at`; `from` is where its next byte to be looked at is.
    fn string<S: Sink>(
        &mut self,
        block: &[u8],
        at: usize,
        from: usize,
        base: u64,
        sink: &mut S,
    ) -> usize {
        let Some(mut text) = self.text else { return at };
        let before = text.escape;
        let block = &block[..block.len().min(from + STRING_PIECE)];
        let found = run(block, from, &mut text.escape);
        let end = match found {
            Run::Open => block.len(),
            Run::Closed(end) | Run::Bad(end, _) => end,
        };
        let kind = if text.kind == TokenKind::Key { 1 } else { 2 };
        let (stack, mode) = (&self.stack, self.expect as u32 | FULL);
        self.width.put(&block[at..end], base + at as u64, text.kind, self.indent, sink, |cut| {
            // Whether the cut is inside of an escape is found by walking there again: rows are cut rarely.
            let mut escape = before;
            if at + cut < from {
                // Cut before the opening quote.
                return state(stack, mode);
            }
            if at + cut > from {
                run(&block[..at + cut], from, &mut escape);
            }
            state(stack, mode | kind << 3 | escape << 5)
        });
        match found {
            Run::Open => self.text = Some(text),
            Run::Closed(_) => {
                self.text = None;
                if text.kind == TokenKind::Key {
                    self.expect = Expect::Colon;
                } else {
                    self.after_value();
                }
            }
            Run::Bad(end, message) => {
                self.fail(base + end as u64, message);
            }
        }
        end
    }

    fn feed_rest<S: Sink>(&mut self, block: &[u8], base: u64, last: bool, sink: &mut S) -> usize {
        let Some(rest) = &mut self.rest else { return 0 };
        rest.feed(block, base, last, &mut Rest(sink))
    }

    /// The rest is shown as it is.
    fn fail(&mut self, offset: u64, message: &'static str) -> usize {
        self.problem = Some(Problem { offset, message });
        self.text = None;
        self.rest = Some(Lines::new(self.segment));
        0
    }
}

/// The state before a row.
fn state(stack: &Stack, mode: u32) -> Resume {
    Resume { depth: stack.depth(), mode, bits: stack.innermost() }
}

/// Marks the rows of the rest, so that they are resumed as such.
struct Rest<'a, S>(&'a mut S);

impl<S: Sink> Sink for Rest<'_, S> {
    fn row(&mut self, start: RowStart, resume: impl FnOnce() -> Resume) {
        self.0.row(start, || {
            let lines = resume();
            Resume { mode: REST | (lines.mode & 1) << 8, ..lines }
        });
    }

    fn text(&mut self, offset: u64, bytes: &[u8], _: TokenKind) {
        self.0.text(offset, bytes, TokenKind::Invalid);
    }

    fn space(&mut self) {
        self.0.space();
    }
}

#[inline]
fn ends_scalar(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' | b'"' | b'[' | b']' | b'{' | b'}')
}
