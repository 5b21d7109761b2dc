//! Where what a row opens ends: what can be folded, found in the rows' depths.

use crate::{
    Error, Result, TokenKind,
    folds::{Fold, MOST_FOLDS},
    index::Index,
    scan::{Resume, RowStart, Sink},
};

/// The last row of what `row` opens; `None` if it opens nothing.
pub(crate) fn end(index: &Index, row: u64) -> Result<Option<u64>> {
    let mut sink = FoldEnd { row, next: 0, depth: None, end: None };
    let mut at = index.rows().chunk_of_row(row);
    loop {
        let (chunk, done, rows) = {
            let rows = index.rows();
            (rows.chunk(at), rows.done, rows.rows)
        };
        let Some(chunk) = chunk else {
            return if done {
                Ok(Some(rows.saturating_sub(1)).filter(|&end| end > row))
            } else {
                Err(Error::StillIndexing)
            };
        };
        if sink.depth.is_none_or(|depth| chunk.start.min_depth <= depth) {
            sink.next = chunk.start.row;
            index.scan(&chunk, &mut sink)?;
        }
        if let Some(end) = sink.end {
            return Ok(Some(end).filter(|&end| end > row));
        }
        at += 1;
    }
}

/// The folds of everything that opens `level` levels deep (0: the outermost), in order.
pub(crate) fn at_level(index: &Index, level: u32) -> Result<Vec<Fold>> {
    let mut sink = LevelFolds { level, next: 0, open: None, found: Vec::new() };
    let mut at = 0;
    loop {
        let (chunk, done, rows) = {
            let rows = index.rows();
            (rows.chunk(at), rows.done, rows.rows)
        };
        if !done {
            return Err(Error::StillIndexing);
        }
        let Some(chunk) = chunk else {
            sink.end(rows);
            break;
        };
        sink.next = chunk.start.row;
        index.scan(&chunk, &mut sink)?;
        if sink.found.len() > MOST_FOLDS {
            return Err(Error::TooManyFolds(MOST_FOLDS));
        }
        at += 1;
    }
    Ok(sink.found)
}

/// Looks for the end of what `row` opens.
struct FoldEnd {
    row: u64,
    next: u64,
    depth: Option<u32>,
    end: Option<u64>,
}

impl Sink for FoldEnd {
    fn row(&mut self, start: RowStart, _: impl FnOnce() -> Resume) {
        if self.next == self.row {
            self.depth = Some(start.depth);
        } else if let (Some(depth), None) = (self.depth, self.end)
            && self.next > self.row
            && start.depth <= depth
        {
            // The first row below decides whether there is anything to fold.
            let closed = start.closes && start.depth == depth && self.next > self.row + 1;
            self.end = Some(if closed { self.next } else { self.next - 1 });
        }
        self.next += 1;
    }

    fn text(&mut self, _: u64, _: &[u8], _: TokenKind) {}

    fn space(&mut self) {}
}

/// Collects the folds of one level.
struct LevelFolds {
    level: u32,
    next: u64,
    open: Option<u64>,
    found: Vec<Fold>,
}

impl LevelFolds {
    fn end(&mut self, rows: u64) {
        if let Some(start) = self.open.take() {
            self.found.push(Fold::new(start, rows - 1));
        }
    }
}

impl Sink for LevelFolds {
    fn row(&mut self, start: RowStart, _: impl FnOnce() -> Resume) {
        if start.depth > self.level {
            self.open.get_or_insert(self.next.saturating_sub(1));
        } else if let Some(open) = self.open.take() {
            let closed = start.closes && start.depth == self.level;
            self.found.push(Fold::new(open, if closed { self.next } else { self.next - 1 }));
        }
        self.next += 1;
    }

    fn text(&mut self, _: u64, _: &[u8], _: TokenKind) {}

    fn space(&mut self) {}
}
