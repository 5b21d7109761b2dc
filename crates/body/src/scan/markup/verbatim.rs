//! What is shown line by line as it is: comments, CDATA, instructions, and the elements whose content is not markup.

use super::html::VERBATIM;
use super::{After, Inside, Markup};
use crate::{TokenKind, scan::Sink};

impl Markup {
    /// Shows lines as they are until `end` is found.
    #[expect(
        clippy::too_many_arguments,
        reason = "the place of the bytes and the sink go with every step"
    )]
    pub(super) fn until<S: Sink>(
        &mut self,
        end: &[u8],
        kind: TokenKind,
        block: &[u8],
        at: usize,
        base: u64,
        last: bool,
        sink: &mut S,
    ) -> Option<usize> {
        let rest = &block[at..];
        let found = memchr::memmem::find(rest, end);
        let stop = match found {
            Some(place) => place + end.len(),
            None if last => rest.len(),
            None => rest.len().saturating_sub(end.len()),
        };
        if stop == 0 {
            return None;
        }
        let used = self.lines(&rest[..stop], base + at as u64, kind, found.is_some() || last, sink);
        if found.is_some() {
            self.inside = Inside::Content;
            self.fresh = true;
        }
        if used == 0 { None } else { Some(at + used) }
    }

    /// The content of an element that is not markup.
    pub(super) fn verbatim<S: Sink>(
        &mut self,
        block: &[u8],
        at: usize,
        base: u64,
        last: bool,
        sink: &mut S,
    ) -> Option<usize> {
        let rest = &block[at..];
        let name = VERBATIM[self.verbatim.clamp(1, VERBATIM.len()) - 1];
        let is_end = |place: &usize| {
            let after = rest.get(place + 2..place + 2 + name.len());
            rest.get(place + 1) == Some(&b'/')
                && after.is_some_and(|after| after.eq_ignore_ascii_case(name))
        };
        let found = memchr::memchr_iter(b'<', rest).find(is_end);
        let stop = match found {
            Some(place) => place,
            None if last => rest.len(),
            None => rest.len().saturating_sub(name.len() + 2),
        };
        if stop == 0 && found.is_none() {
            return None;
        }
        let text = &rest[..stop];
        if self.after == After::Start {
            self.after = After::StartText;
        }
        let used =
            self.lines(text, base + at as u64, TokenKind::Plain, found.is_some() || last, sink);
        if found.is_some() && used == stop {
            (self.inside, self.fresh) = (Inside::Content, true);
        }
        if used == 0 && found.is_none() { None } else { Some(at + used) }
    }

    /// Puts whole lines on rows, each line end starting a row. Without `whole`, a line end that may be cut is left.
    fn lines<S: Sink>(
        &mut self,
        bytes: &[u8],
        offset: u64,
        kind: TokenKind,
        whole: bool,
        sink: &mut S,
    ) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let newline = memchr::memchr(b'\n', rest);
            let line = &rest[..newline.unwrap_or(rest.len())];
            let line = if newline.is_some() || !whole {
                line.strip_suffix(b"\r").unwrap_or(line)
            } else {
                line
            };
            if self.fresh && self.after == After::Whole && self.inside != Inside::Content {
                self.start_row(offset + at as u64, self.depth, false, sink);
            }
            self.put(line, offset + at as u64, kind, sink);
            let Some(newline) = newline else { return at + line.len() };
            at += newline + 1;
            (self.fresh, self.after) = (true, After::Whole);
        }
        at
    }
}
