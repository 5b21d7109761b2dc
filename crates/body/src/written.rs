//! Rows as plain text, without the bookkeeping that a row on screen needs.

use std::ops::Range;

use crate::{
    TokenKind,
    render::DEEPEST_INDENT,
    scan::{Resume, RowStart, Sink},
};

/// The sink that writes the rows `wanted`, a line end between them.
pub(crate) struct Written {
    wanted: Range<u64>,
    next: u64,
    indent: usize,
    on: bool,
    any: bool,
    /// What was written since it was last emptied.
    pub out: Vec<u8>,
}

impl Written {
    /// The rows `wanted`, each level indented by `indent` spaces.
    pub fn new(wanted: Range<u64>, indent: usize) -> Self {
        Self { wanted, next: 0, indent, on: false, any: false, out: Vec::new() }
    }

    /// The chunk that comes next starts with row `row`.
    pub fn at(&mut self, row: u64) {
        self.next = row;
    }

    /// Whether any row was wanted so far.
    pub fn any(&self) -> bool {
        self.any
    }
}

impl Sink for Written {
    fn row(&mut self, start: RowStart, _: impl FnOnce() -> Resume) {
        self.on = self.wanted.contains(&self.next);
        self.next += 1;
        if self.on && !start.continued {
            if self.any {
                self.out.push(b'\n');
            }
            let indent = start.depth.min(DEEPEST_INDENT) as usize * self.indent;
            self.out.resize(self.out.len() + indent, b' ');
        }
        self.any |= self.on;
    }

    fn text(&mut self, _: u64, bytes: &[u8], _: TokenKind) {
        if self.on {
            self.out.extend_from_slice(bytes);
        }
    }

    fn space(&mut self) {
        if self.on {
            self.out.push(b' ');
        }
    }
}
