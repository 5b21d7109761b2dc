//! Rows with their text.

use std::ops::Range;

use crate::{
    Row, Token, TokenKind,
    scan::{Resume, RowStart, Sink},
};

/// Levels that are shown as indentation; what is nested deeper is not moved further to the right.
pub(crate) const DEEPEST_INDENT: u32 = 100;

/// A row that is being put together.
#[derive(Debug)]
pub(crate) struct Draft {
    pub row: u64,
    pub line: u64,
    pub start: RowStart,
    pub foldable: bool,
    text: Vec<u8>,
    parts: Vec<(usize, usize, TokenKind)>,
    /// Where pieces of the source are in `text`: (offset, place, length).
    pieces: Vec<(u64, usize, usize)>,
}

/// The sink that keeps the rows `wanted`.
pub(crate) struct Drafts {
    wanted: Range<u64>,
    next: u64,
    lines: u64,
    indent: usize,
    pub rows: Vec<Draft>,
    /// The current row is wanted, so text belongs to the last draft.
    on: bool,
}

impl Drafts {
    /// The rows `wanted`, each level indented by `indent` spaces.
    pub fn new(wanted: Range<u64>, indent: usize) -> Self {
        Self { wanted, next: 0, lines: 0, indent, rows: Vec::new(), on: false }
    }

    /// The chunk that comes next starts with row `row`, before which `lines` lines started.
    pub fn at(&mut self, row: u64, lines: u64) {
        (self.next, self.lines) = (row, lines);
    }
}

impl Sink for Drafts {
    fn row(&mut self, start: RowStart, _: impl FnOnce() -> Resume) {
        if let Some(above) = self.rows.last_mut()
            && above.row + 1 == self.next
        {
            above.foldable = start.depth > above.start.depth;
        }
        self.lines += u64::from(!start.continued);
        self.on = self.wanted.contains(&self.next);
        if self.on {
            let indent = if start.continued {
                0
            } else {
                start.depth.min(DEEPEST_INDENT) as usize * self.indent
            };
            self.rows.push(Draft {
                row: self.next,
                line: self.lines,
                start,
                foldable: false,
                text: vec![b' '; indent],
                parts: Vec::new(),
                pieces: Vec::new(),
            });
        }
        self.next += 1;
    }

    fn text(&mut self, offset: u64, bytes: &[u8], kind: TokenKind) {
        if self.on
            && let Some(row) = self.rows.last_mut()
        {
            let place = row.text.len();
            row.text.extend_from_slice(bytes);
            row.pieces.push((offset, place, bytes.len()));
            match row.parts.last_mut() {
                Some((start, len, last)) if *last == kind && *start + *len == place => {
                    *len += bytes.len();
                }
                _ => row.parts.push((place, bytes.len(), kind)),
            }
        }
    }

    fn space(&mut self) {
        if self.on
            && let Some(row) = self.rows.last_mut()
        {
            row.text.push(b' ');
        }
    }
}

impl Draft {
    /// The row's columns, shown.
    pub fn show(&self, index: u64, columns: &Range<usize>, fold: Option<u64>) -> Row {
        let shown = Shown::new(&self.text);
        let (from, to) =
            (shown.column_at_or_after(columns.start), shown.column_at_or_after(columns.end));
        let mut tokens = Vec::new();
        for &(start, len, kind) in &self.parts {
            let (start, end) =
                (shown.column_of(start).max(from), shown.column_of(start + len).min(to));
            if kind != TokenKind::Plain && start < end {
                tokens.push(Token { start: start - from, len: end - start, kind });
            }
        }
        Row {
            index,
            number: self.line,
            continued: self.start.continued,
            depth: self.start.depth,
            text: shown.slice(from, to),
            total_columns: shown.columns(),
            tokens,
            foldable: self.foldable,
            fold,
        }
    }

    /// The column of the source's byte at `offset`: where it is shown, or the next place after it that is.
    pub fn column_of_offset(&self, offset: u64) -> usize {
        let shown = Shown::new(&self.text);
        for &(start, place, len) in &self.pieces {
            if offset < start {
                return shown.column_of(place);
            }
            if offset < start + len as u64 {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "less than the piece's length"
                )]
                return shown.column_of(place + (offset - start) as usize);
            }
        }
        shown.columns()
    }
}

/// Bytes as text, with the way from bytes to columns.
struct Shown {
    text: String,
    /// For each byte (and the end): its column. Empty when every byte is a column.
    columns: Vec<u32>,
}

impl Shown {
    fn new(bytes: &[u8]) -> Self {
        if bytes.is_ascii() {
            return Self { text: String::from_utf8_lossy(bytes).into_owned(), columns: Vec::new() };
        }
        let (mut text, mut columns, mut column) =
            (String::new(), Vec::with_capacity(bytes.len() + 1), 0);
        for chunk in bytes.utf8_chunks() {
            for char in chunk.valid().chars() {
                columns.extend(std::iter::repeat_n(column, char.len_utf8()));
                #[expect(clippy::cast_possible_truncation, reason = "1 or 2")]
                (column += char.len_utf16() as u32);
                text.push(char);
            }
            if !chunk.invalid().is_empty() {
                columns.extend(std::iter::repeat_n(column, chunk.invalid().len()));
                column += 1;
                text.push('\u{FFFD}');
            }
        }
        columns.push(column);
        Self { text, columns }
    }

    fn columns(&self) -> usize {
        self.columns.last().map_or(self.text.len(), |&columns| columns as usize)
    }

    /// The column of a byte.
    fn column_of(&self, byte: usize) -> usize {
        if self.columns.is_empty() {
            byte
        } else {
            self.columns[byte.min(self.columns.len() - 1)] as usize
        }
    }

    /// The column, or the next if it is in the middle of a character.
    fn column_at_or_after(&self, column: usize) -> usize {
        let column = column.min(self.columns());
        if self.columns.is_empty() {
            return column;
        }
        let place = self.columns.partition_point(|&start| (start as usize) < column);
        self.columns[place] as usize
    }

    fn slice(&self, from: usize, to: usize) -> String {
        if self.columns.is_empty() {
            return self.text[from..to.max(from)].to_owned();
        }
        let mut at = 0;
        let inside = |char: &char| {
            let start = at;
            at += char.len_utf16();
            start >= from && start < to
        };
        self.text.chars().filter(inside).collect()
    }
}
