//! Cutting what is too long for a row.

use super::{Resume, RowStart, Sink};
use crate::TokenKind;

/// The bytes on the current row, and how many fit.
///
/// A byte starts a new row when the row holds `segment` bytes and the byte does not continue a UTF-8 character
/// (or, in bytes that are not UTF-8 at all, three bytes later).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Width {
    segment: u32,
    used: u32,
}

impl Width {
    pub(crate) fn new(segment: u32) -> Self {
        Self { segment: segment.max(16), used: 0 }
    }

    /// A row that is full: the next byte starts the next row.
    pub(crate) fn full(segment: u32) -> Self {
        let width = Self::new(segment);
        Self { used: width.segment + 3, ..width }
    }

    pub(crate) fn start_row(&mut self) {
        self.used = 0;
    }

    pub(crate) fn add(&mut self, bytes: u32) {
        self.used = self.used.saturating_add(bytes);
    }

    /// Puts `bytes` on the row, and on as many continued rows as they need.
    #[inline]
    pub(crate) fn put<S: Sink>(
        &mut self,
        bytes: &[u8],
        offset: u64,
        kind: TokenKind,
        depth: u32,
        sink: &mut S,
        resume: impl Fn(usize) -> Resume,
    ) {
        if bytes.len() <= (self.segment.saturating_sub(self.used)) as usize {
            #[expect(clippy::cast_possible_truncation, reason = "at most a segment")]
            self.add(bytes.len() as u32);
            sink.text(offset, bytes, kind);
        } else {
            self.put_long(bytes, offset, kind, depth, sink, resume);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "parts of at most a segment")]
    fn put_long<S: Sink>(
        &mut self,
        bytes: &[u8],
        offset: u64,
        kind: TokenKind,
        depth: u32,
        sink: &mut S,
        resume: impl Fn(usize) -> Resume,
    ) {
        let mut at = 0;
        while at < bytes.len() {
            let room = self.segment.saturating_sub(self.used) as usize;
            let mut cut = at + room;
            while cut < bytes.len()
                && bytes[cut] & 0xC0 == 0x80
                && self.used as usize + cut - at < self.segment as usize + 3
            {
                cut += 1;
            }
            if cut >= bytes.len() {
                self.add((bytes.len() - at) as u32);
                sink.text(offset + at as u64, &bytes[at..], kind);
                return;
            }
            if cut > at {
                sink.text(offset + at as u64, &bytes[at..cut], kind);
            }
            let start =
                RowStart { offset: offset + cut as u64, depth, continued: true, closes: false };
            sink.row(start, || resume(cut));
            self.used = 0;
            at = cut;
        }
    }
}
