//! From bytes to rows. A scanner walks over the bytes once and tells a [`Sink`] where rows start and what is on them.
//!
//! The index and the rows on screen come from the same scanners: counting is a sink that ignores text, so what is
//! shown is always what was counted. A scanner can be resumed at the start of any row from a small [`Resume`].

mod json;
mod lines;
mod markup;
mod number;
mod split;
mod stack;
mod string;

pub(crate) use json::Json;
pub(crate) use lines::Lines;
pub(crate) use markup::Markup;

use crate::TokenKind;

/// Where the rows go.
pub(crate) trait Sink {
    /// A row starts at the byte `offset`.
    fn row(&mut self, start: RowStart, resume: impl FnOnce() -> Resume);
    /// Bytes of the source, shown on the current row.
    fn text(&mut self, offset: u64, bytes: &[u8], kind: TokenKind);
    /// A space that is shown, but not in the source.
    fn space(&mut self);
}

/// What is known of a row when it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowStart {
    /// The offset of its first byte in the source.
    pub offset: u64,
    /// Levels it is indented by.
    pub depth: u32,
    /// It is the rest of a long line, not a line of its own.
    pub continued: bool,
    /// It closes what a row above opened.
    pub closes: bool,
}

/// The state of a scanner before the start of a row; what the fields mean is the scanner's own business.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Resume {
    pub depth: u32,
    pub mode: u32,
    pub bits: u64,
}

/// Why the rest is shown as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub offset: u64,
    pub message: &'static str,
}

/// One of the scanners.
pub(crate) enum Scanner {
    Lines(Lines),
    Json(Json),
    Markup(Markup),
}

/// What to scan as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    Lines,
    Json,
    Xml,
    Html,
}

impl Scanner {
    /// A scanner at the start of the bytes; rows are cut after `segment` bytes.
    pub(crate) fn new(layout: Layout, segment: u32) -> Self {
        match layout {
            Layout::Lines => Self::Lines(Lines::new(segment)),
            Layout::Xml => Self::Markup(Markup::new(segment, false)),
            Layout::Html => Self::Markup(Markup::new(segment, true)),
            Layout::Json => Self::Json(Json::new(segment)),
        }
    }

    /// A scanner in the middle. `problem` is the offset from which the index found the rest to be shown as it is.
    pub(crate) fn resume(layout: Layout, segment: u32, resume: Resume, problem: u64) -> Self {
        match layout {
            Layout::Lines => Self::Lines(Lines::resume(segment, resume)),
            Layout::Xml => Self::Markup(Markup::resume(segment, resume, false)),
            Layout::Html => Self::Markup(Markup::resume(segment, resume, true)),
            Layout::Json => Self::Json(Json::resume(segment, resume, problem)),
        }
    }

    /// Scans `block`, whose first byte is at `base`. Returns how many bytes were used; the rest is to be given again,
    /// with more behind it. With `last`, there is no more and all of it is used.
    pub(crate) fn feed(
        &mut self,
        block: &[u8],
        base: u64,
        last: bool,
        sink: &mut impl Sink,
    ) -> usize {
        match self {
            Self::Lines(lines) => lines.feed(block, base, last, sink),
            Self::Json(json) => json.feed(block, base, last, sink),
            Self::Markup(markup) => markup.feed(block, base, last, sink),
        }
    }

    /// The first thing wrong, `end` being where the bytes end (when they have).
    pub(crate) fn problem(&self, end: Option<u64>) -> Option<Problem> {
        match self {
            Self::Lines(_) => None,
            Self::Json(json) => json.problem(end),
            Self::Markup(markup) => markup.problem(end),
        }
    }
}
