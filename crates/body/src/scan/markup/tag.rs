//! Tags, part by part.

use super::html::{FLAT, VERBATIM, name};
use super::{After, Inside, Markup, Part};
use crate::{TokenKind, scan::Sink};

impl Markup {
    pub(super) fn begin_start_tag<S: Sink>(
        &mut self,
        rest: &[u8],
        offset: u64,
        sink: &mut S,
    ) -> usize {
        let name = name(&rest[1..]);
        let is = |known: &&[u8]| name.eq_ignore_ascii_case(known);
        self.indents = !(self.html && FLAT.iter().any(is));
        self.verbatim =
            if self.html { VERBATIM.iter().position(is).map_or(0, |place| place + 1) } else { 0 };
        self.begin_tag(1, rest, offset, sink)
    }

    pub(super) fn begin_end_tag<S: Sink>(
        &mut self,
        rest: &[u8],
        offset: u64,
        sink: &mut S,
    ) -> usize {
        let name = name(&rest[2..]);
        let flat = self.html && FLAT.iter().any(|known| name.eq_ignore_ascii_case(known));
        let depth = if flat { self.depth } else { self.depth.saturating_sub(1) };
        if !matches!(self.after, After::Start | After::StartText) {
            // Resumed, the depth is what it was before this tag.
            self.start_row(offset, depth, true, sink);
        }
        self.depth = depth;
        (self.indents, self.after, self.verbatim) = (false, After::Whole, 0);
        self.begin_tag(2, rest, offset, sink)
    }

    fn begin_tag<S: Sink>(&mut self, len: usize, rest: &[u8], offset: u64, sink: &mut S) -> usize {
        (self.inside, self.part, self.slash) = (Inside::Tag, Part::Name, false);
        self.width.add(2);
        sink.text(offset, &rest[..len], TokenKind::Punctuation);
        len
    }

    /// Takes one part of the tag on.
    pub(super) fn tag<S: Sink>(
        &mut self,
        block: &[u8],
        at: usize,
        base: u64,
        sink: &mut S,
    ) -> usize {
        let offset = base + at as u64;
        let byte = block[at];
        if matches!(self.part, Part::Single | Part::Double) {
            let quote = if self.part == Part::Single { b'\'' } else { b'"' };
            let end = memchr::memchr(quote, &block[at..]);
            let stop = at + end.map_or(block.len() - at, |end| end + 1);
            self.put_flat(&block[at..stop], offset, TokenKind::String, sink);
            if end.is_some() {
                self.part = Part::Valued;
            }
            return stop;
        }
        match byte {
            b'>' => {
                self.end_tag_part(offset, sink);
                at + 1
            }
            _ if byte.is_ascii_whitespace() => {
                let len = block[at..]
                    .iter()
                    .position(|byte| !byte.is_ascii_whitespace())
                    .unwrap_or(block.len() - at);
                if self.part != Part::Between {
                    self.part = Part::Between;
                    self.width.add(1);
                    sink.space();
                }
                at + len
            }
            b'/' if self.part != Part::Bare => self.one(byte, offset, Part::Between, sink) + at,
            b'=' if matches!(self.part, Part::Attribute | Part::Between) => {
                self.one(byte, offset, Part::Equals, sink) + at
            }
            b'"' | b'\'' if self.part == Part::Equals => {
                self.part = if byte == b'"' { Part::Double } else { Part::Single };
                self.slash = false;
                self.width.add(1);
                sink.text(offset, &[byte], TokenKind::String);
                at + 1
            }
            _ => self.word(block, at, base, sink),
        }
    }

    fn one<S: Sink>(&mut self, byte: u8, offset: u64, part: Part, sink: &mut S) -> usize {
        (self.part, self.slash) = (part, byte == b'/');
        self.width.add(1);
        sink.text(offset, &[byte], TokenKind::Punctuation);
        1
    }

    fn word<S: Sink>(&mut self, block: &[u8], at: usize, base: u64, sink: &mut S) -> usize {
        let kind = match self.part {
            Part::Name => TokenKind::Tag,
            Part::Equals | Part::Bare => {
                self.part = Part::Bare;
                TokenKind::String
            }
            _ => {
                self.part = Part::Attribute;
                TokenKind::Attribute
            }
        };
        self.slash = false;
        let unquoted = self.part == Part::Bare;
        let ends = |byte: &u8| {
            byte.is_ascii_whitespace() || *byte == b'>' || !unquoted && matches!(byte, b'=' | b'/')
        };
        let len = 1 + block[at + 1..].iter().position(ends).unwrap_or(block.len() - at - 1);
        self.put(&block[at..at + len], base + at as u64, kind, sink);
        at + len
    }

    fn end_tag_part<S: Sink>(&mut self, offset: u64, sink: &mut S) {
        self.width.add(1);
        sink.text(offset, b">", TokenKind::Punctuation);
        self.inside = Inside::Content;
        self.fresh = true;
        // A slash before the end closes the element; HTML minds only its own void elements, but writes it for them.
        if self.indents && !self.slash {
            self.depth = self.depth.saturating_add(1);
            self.after = After::Start;
            if self.verbatim > 0 {
                self.inside = Inside::Verbatim;
            }
        }
        self.indents = false;
    }

    /// Puts bytes on the row with a space for each CR and LF.
    fn put_flat<S: Sink>(&mut self, bytes: &[u8], offset: u64, kind: TokenKind, sink: &mut S) {
        let mut at = 0;
        for line in bytes.split_inclusive(|&byte| matches!(byte, b'\n' | b'\r')) {
            let text = line.strip_suffix(b"\n").or(line.strip_suffix(b"\r")).unwrap_or(line);
            self.put(text, offset + at as u64, kind, sink);
            if text.len() < line.len() {
                self.width.add(1);
                sink.space();
            }
            at += line.len();
        }
    }
}
