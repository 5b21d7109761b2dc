//! XML and HTML, indented.
//!
//! Every element starts a row; text stays on the row of the start tag before it, and so does the end tag after it.
//! White space between tags is not shown; comments, CDATA and the contents of `pre`, `script`, `style` and `textarea`
//! are as they are. No tag needs to match another: the indentation follows the tags.

mod html;
mod tag;
mod verbatim;

use super::{Problem, Resume, RowStart, Sink, split::Width};
use crate::TokenKind;
use html::LONGEST_NAME;

/// White space that is looked through for what follows it.
const LONGEST_GAP: usize = 4096;

/// Bits of [`Resume::mode`]: 0-2 what comes after, 3-5 inside of, 6-8 the part of a tag, and these.
const FULL: u32 = 1 << 9;
const INDENTS: u32 = 1 << 10;
const SLASH: u32 = 1 << 11;
const VERBATIM_SHIFT: u32 = 16;

/// What was before, on the current row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// Something complete: what comes starts a row.
    Whole = 0,
    /// A start tag.
    Start = 1,
    /// A start tag and text.
    StartText = 2,
    /// Text.
    Text = 3,
}

/// Inside of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Content = 0,
    Tag = 1,
    Comment = 2,
    Cdata = 3,
    Instruction = 4,
    Declaration = 5,
    /// The content of one of [`html::VERBATIM`].
    Verbatim = 6,
}

/// A part of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Name = 0,
    Between = 1,
    Attribute = 2,
    Equals = 3,
    Single = 4,
    Double = 5,
    Bare = 6,
    /// After a quoted value.
    Valued = 7,
}

/// The scanner of XML and HTML.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
#[derive(Clone, Debug)]
pub(crate) struct Markup {
    html: bool,
    width: Width,
    depth: u32,
    indent: u32,
    after: After,
    inside: Inside,
    part: Part,
    /// The tag that is being read is a start tag that indents.
    indents: bool,
    /// The last byte in the tag was a slash.
    slash: bool,
    /// Which of [`html::VERBATIM`] is open, plus one.
    verbatim: usize,
    /// A row is due.
    fresh: bool,
}

impl Markup {
    pub(crate) fn new(segment: u32, html: bool) -> Self {
        Self {
            html,
            width: Width::new(segment),
            depth: 0,
            indent: 0,
            after: After::Whole,
            inside: Inside::Content,
            part: Part::Name,
            indents: false,
            slash: false,
            verbatim: 0,
            fresh: true,
        }
    }

    pub(crate) fn resume(segment: u32, resume: Resume, html: bool) -> Self {
        let mode = resume.mode;
        let full = mode & FULL != 0;
        Self {
            width: if full { Width::full(segment) } else { Width::new(segment) },
            depth: resume.depth,
            indent: resume.depth,
            after: [After::Whole, After::Start, After::StartText, After::Text][(mode & 3) as usize],
            inside: [
                Inside::Content,
                Inside::Tag,
                Inside::Comment,
                Inside::Cdata,
                Inside::Instruction,
                Inside::Declaration,
                Inside::Verbatim,
                Inside::Content,
            ][(mode >> 3 & 7) as usize],
            part: [
                Part::Name,
                Part::Between,
                Part::Attribute,
                Part::Equals,
                Part::Single,
                Part::Double,
                Part::Bare,
                Part::Valued,
            ][(mode >> 6 & 7) as usize],
            indents: mode & INDENTS != 0,
            slash: mode & SLASH != 0,
            verbatim: (mode >> VERBATIM_SHIFT & 7) as usize,
            fresh: !full,
            ..Self::new(segment, html)
        }
    }

    pub(crate) fn problem(&self, end: Option<u64>) -> Option<Problem> {
        let offset = end?;
        let message = match self.inside {
            Inside::Tag => "a tag does not end",
            Inside::Comment => "a comment does not end",
            Inside::Cdata => "a CDATA section does not end",
            _ if !self.html && self.depth > 0 => "not every element is closed",
            _ => return None,
        };
        Some(Problem { offset, message })
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
            let next = match self.inside {
                Inside::Content => self.content(block, at, base, last, sink),
                Inside::Tag => Some(self.tag(block, at, base, sink)),
                Inside::Comment => {
                    self.until(b"-->", TokenKind::Comment, block, at, base, last, sink)
                }
                Inside::Cdata => self.until(b"]]>", TokenKind::Plain, block, at, base, last, sink),
                Inside::Instruction => {
                    self.until(b"?>", TokenKind::Comment, block, at, base, last, sink)
                }
                Inside::Declaration => {
                    self.until(b">", TokenKind::Comment, block, at, base, last, sink)
                }
                Inside::Verbatim => self.verbatim(block, at, base, last, sink),
            };
            match next {
                Some(next) => at = next,
                None => return at,
            }
        }
        at
    }

    /// The state before the next byte.
    fn state(&self) -> Resume {
        let mut mode = self.after as u32 | (self.inside as u32) << 3 | (self.part as u32) << 6;
        mode |= if self.indents { INDENTS } else { 0 } | if self.slash { SLASH } else { 0 };
        #[expect(clippy::cast_possible_truncation, reason = "at most 4")]
        (mode |= (self.verbatim as u32) << VERBATIM_SHIFT);
        Resume { depth: self.depth, mode, bits: 0 }
    }

    fn start_row<S: Sink>(&mut self, offset: u64, depth: u32, closes: bool, sink: &mut S) {
        let state = self.state();
        self.indent = depth;
        self.fresh = false;
        self.width.start_row();
        sink.row(RowStart { offset, depth, continued: false, closes }, || state);
    }

    /// Puts bytes on the row; where a row is cut, the state is what it is now.
    fn put<S: Sink>(&mut self, bytes: &[u8], offset: u64, kind: TokenKind, sink: &mut S) {
        let state = self.state();
        let mode = state.mode | FULL;
        self.width.put(bytes, offset, kind, self.indent, sink, |_| Resume { mode, ..state });
    }

    fn content<S: Sink>(
        &mut self,
        block: &[u8],
        at: usize,
        base: u64,
        last: bool,
        sink: &mut S,
    ) -> Option<usize> {
        let rest = &block[at..];
        if rest[0] == b'<' {
            if !last && rest.len() < LONGEST_NAME + 3 {
                return None;
            }
            if let Some(next) = self.markup(rest, base + at as u64, sink) {
                return Some(at + next);
            }
        }
        if rest[0].is_ascii_whitespace() {
            return self.gap(block, at, base, last, sink);
        }
        let more = rest[1..].iter().position(|&byte| byte == b'<' || byte.is_ascii_whitespace());
        let end = at + more.map_or(rest.len(), |more| more + 1);
        self.after = match self.after {
            After::Start | After::StartText => After::StartText,
            After::Text => After::Text,
            After::Whole => {
                if self.fresh {
                    self.start_row(base + at as u64, self.depth, false, sink);
                }
                After::Text
            }
        };
        self.put(&block[at..end], base + at as u64, TokenKind::Plain, sink);
        Some(end)
    }

    /// White space in text: shown within a line of text, else not.
    fn gap<S: Sink>(
        &mut self,
        block: &[u8],
        at: usize,
        base: u64,
        last: bool,
        sink: &mut S,
    ) -> Option<usize> {
        let len = block[at..].iter().position(|byte| !byte.is_ascii_whitespace());
        if len.is_none() && !last && block.len() - at < LONGEST_GAP {
            return None;
        }
        let end = at + len.unwrap_or(block.len() - at);
        let gap = &block[at..end];
        let in_line = matches!(self.after, After::StartText | After::Text);
        if gap.contains(&b'\n') || end - at >= LONGEST_GAP {
            if in_line {
                (self.after, self.fresh) = (After::Whole, true);
            }
        } else if in_line {
            self.put(gap, base + at as u64, TokenKind::Plain, sink);
        }
        Some(end)
    }

    /// What starts with `<`; `None` when it is text after all.
    fn markup<S: Sink>(&mut self, rest: &[u8], offset: u64, sink: &mut S) -> Option<usize> {
        let second = *rest.get(1)?;
        if second == b'/' {
            return Some(self.begin_end_tag(rest, offset, sink));
        }
        let inside = match second {
            b'!' if rest.starts_with(b"<!--") => Inside::Comment,
            b'!' if rest.starts_with(b"<![CDATA[") => Inside::Cdata,
            b'!' => Inside::Declaration,
            b'?' => Inside::Instruction,
            _ if second.is_ascii_alphabetic()
                || matches!(second, b'_' | b':')
                || second >= 0x80 =>
            {
                Inside::Tag
            }
            _ => return None,
        };
        if inside == Inside::Cdata && matches!(self.after, After::Start | After::StartText) {
            self.after = After::StartText;
        } else {
            self.start_row(offset, self.depth, false, sink);
            self.after = if inside == Inside::Cdata { After::Text } else { After::Whole };
        }
        if inside == Inside::Tag {
            return Some(self.begin_start_tag(rest, offset, sink));
        }
        self.inside = inside;
        let len = match inside {
            Inside::Comment => 4,
            Inside::Cdata => 9,
            _ => 2,
        };
        let kind =
            if inside == Inside::Cdata { TokenKind::Punctuation } else { TokenKind::Comment };
        self.inside = inside;
        self.width.add(u32::from(inside == Inside::Cdata) * 5 + 4);
        sink.text(offset, &rest[..len], kind);
        Some(len)
    }
}
