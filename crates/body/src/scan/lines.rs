//! Text as it is: a row for each line, long lines cut.

use super::{Resume, RowStart, Sink, split::Width};
use crate::TokenKind;

const FULL: u32 = 1;

/// The scanner of plain lines. LF and CR LF end a line.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    segment: u32,
    width: Width,
    /// The next byte starts a line.
    fresh: bool,
}

impl Lines {
    pub(crate) fn new(segment: u32) -> Self {
        Self { segment, width: Width::new(segment), fresh: true }
    }

    pub(crate) fn resume(segment: u32, resume: Resume) -> Self {
        if resume.mode & FULL == 0 {
            return Self::new(segment);
        }
        Self { segment, width: Width::full(segment), fresh: false }
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
            let rest = &block[at..];
            let newline = memchr::memchr(b'\n', rest);
            let mut line = &rest[..newline.unwrap_or(rest.len())];
            if newline.is_some() {
                line = line.strip_suffix(b"\r").unwrap_or(line);
            } else if !last {
                // Whether a CR belongs to the line end is known with the next byte.
                line = line.strip_suffix(b"\r").unwrap_or(line);
            }
            let offset = base + at as u64;
            if self.fresh && (newline.is_some() || !line.is_empty()) {
                self.start(offset, sink);
            }
            self.width.put(line, offset, TokenKind::Plain, 0, sink, |_| Resume {
                mode: FULL,
                ..Resume::default()
            });
            if let Some(newline) = newline {
                self.fresh = true;
                at += newline + 1;
            } else {
                return at + line.len();
            }
        }
        at
    }

    fn start<S: Sink>(&mut self, offset: u64, sink: &mut S) {
        self.fresh = false;
        self.width = Width::new(self.segment);
        sink.row(RowStart { offset, depth: 0, continued: false, closes: false }, Resume::default);
    }
}
