//! A view: a body as rows, while it is still being indexed or still arriving.

use std::{
    io::Write,
    ops::Range,
    path::Path,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::{
    Error, Progress, Query, Result, Row, Search, Source, ViewError, charset, folding,
    folds::{Fold, Folds, MOST_FOLDS},
    hex,
    index::Index,
    render::Drafts,
    scan::Layout,
    writer::write_error_or,
    written::Written,
};

const PATIENCE: Duration = Duration::from_millis(250);

/// How to show the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ViewKind {
    /// Lines of text as they are.
    Raw,
    /// JSON, indented.
    Json,
    /// XML, indented.
    Xml,
    /// HTML, indented.
    Html,
    /// Offset, sixteen bytes, ASCII.
    Hex,
}

/// Settings of a view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ViewOptions {
    /// The response's Content-Type, for its charset parameter. A byte order mark goes before it.
    pub content_type: Option<String>,
    /// A charset the user chose, which goes before everything else.
    pub charset: Option<String>,
    /// Spaces for each level.
    pub indent: u8,
    /// Bytes after which a long line goes on on the next row.
    pub segment: u32,
}

impl Default for ViewOptions {
    fn default() -> Self {
        Self { content_type: None, charset: None, indent: 2, segment: 1024 }
    }
}

/// A body as rows. Opening returns at once; a thread indexes, and the rows found so far can be read meanwhile.
/// Cheap to clone; clones share the folds.
#[derive(Clone, Debug)]
pub struct View(pub(crate) Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    kind: ViewKind,
    indent: usize,
    charset: &'static str,
    /// What is shown: UTF-8, except for [`ViewKind::Hex`].
    pub source: Source,
    pub index: Option<Index>,
    folds: RwLock<Folds>,
}

impl View {
    /// Starts to show `source`.
    pub fn open(source: &Source, kind: ViewKind, options: &ViewOptions) -> Result<Self> {
        let layout = match kind {
            ViewKind::Hex => None,
            ViewKind::Raw => Some(Layout::Lines),
            ViewKind::Json => Some(Layout::Json),
            ViewKind::Xml => Some(Layout::Xml),
            ViewKind::Html => Some(Layout::Html),
        };
        let (mut source, mut charset, mut index) = (source.clone(), "", None);
        if let Some(layout) = layout {
            let decoded = charset::decode(
                &source,
                options.charset.as_deref(),
                options.content_type.as_deref(),
            )?;
            (source, charset) = (decoded.source, decoded.name);
            index = Some(Index::start(source.clone(), layout, options.segment, decoded.skip)?);
        }
        let indent = usize::from(options.indent.min(16));
        Ok(Self(Arc::new(Inner { kind, indent, charset, source, index, folds: RwLock::default() })))
    }

    /// How the bytes are shown.
    pub fn kind(&self) -> ViewKind {
        self.0.kind
    }

    /// The charset the text was decoded from; empty for hexadecimal.
    pub fn charset(&self) -> &'static str {
        self.0.charset
    }

    /// How far the index is.
    pub fn progress(&self) -> Progress {
        let bytes_total = self.0.source.len();
        let ended = self.0.source.has_ended();
        let Some(index) = &self.0.index else {
            return Progress {
                rows: hex::count(bytes_total),
                bytes_done: bytes_total,
                bytes_total,
                done: ended,
                error: None,
            };
        };
        let hidden = self.folds().hidden();
        let rows = index.rows();
        let problem = rows.problem.map(|(problem, row)| ViewError {
            offset: problem.offset,
            row,
            message: format!("At byte {}, {}.", problem.offset, problem.message),
        });
        let failed = rows.failed.as_ref().map(|error| ViewError {
            offset: rows.bytes_done,
            row: rows.rows,
            message: format!("The body could not be read on: {error}"),
        });
        Progress {
            rows: rows.rows - hidden,
            bytes_done: rows.bytes_done,
            bytes_total,
            done: rows.done,
            error: failed.or(problem),
        }
    }

    /// Waits until `enough` is content with the progress, or everything is indexed.
    pub fn wait_until(&self, enough: impl Fn(&Progress) -> bool) -> Progress {
        loop {
            let progress = self.progress();
            if progress.done || enough(&progress) {
                return progress;
            }
            match &self.0.index {
                Some(index) => index.wait(progress.bytes_done),
                None => drop(self.0.source.wait(progress.bytes_total, PATIENCE)),
            }
        }
    }

    /// The rows from `from` up to `to` that are known so far, and of each the `columns`.
    pub fn rows(&self, from: u64, to: u64, columns: Range<usize>) -> Result<Vec<Row>> {
        let Some(index) = &self.0.index else {
            return Ok(hex::rows(&self.0.source, from, to, &columns)?);
        };
        let mut shown = Vec::new();
        for (first, run, fold) in self.runs(from, to) {
            let drafts = drafts(index, run, self.0.indent)?;
            let last = drafts.rows.len();
            for (place, draft) in drafts.rows.iter().enumerate() {
                let fold = fold.filter(|_| place + 1 == last).map(|fold| fold.hidden());
                shown.push(draft.show(first + place as u64, &columns, fold));
            }
        }
        Ok(shown)
    }

    /// Writes the rows from `from` up to `to` as text, each with a line end. Long lines come out whole, and so does
    /// what is folded.
    pub fn write_rows(&self, from: u64, to: u64, out: &mut impl Write) -> Result<()> {
        let Some(index) = &self.0.index else { return self.write_hex(from, to, out) };
        let to = to.min(self.progress().rows);
        let wanted = self.folds().row(from)..self.folds().row(to);
        let mut written = Written::new(wanted.clone(), self.0.indent);
        let mut at = index.rows().chunk_of_row(wanted.start);
        // Chunk by chunk, so that memory does not grow with the part that is written.
        while let Some(chunk) = { index.rows().chunk(at) }
            && chunk.start.row < wanted.end
        {
            written.at(chunk.start.row);
            index.scan(&chunk, &mut written)?;
            out.write_all(&written.out)?;
            written.out.clear();
            at += 1;
        }
        if written.any() {
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// The rows from `from` up to `to` as text, for the clipboard.
    pub fn text(&self, from: u64, to: u64) -> Result<String> {
        let mut out = Vec::new();
        self.write_rows(from, to, &mut out)?;
        Ok(String::from_utf8(out)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// Writes everything as it is shown to a file.
    pub fn save(&self, path: &Path) -> Result<()> {
        let progress = self.wait_until(|_| false);
        let file = std::fs::File::create(path)
            .map_err(|error| write_error_or("create", path, 0, error))?;
        let mut out = std::io::BufWriter::with_capacity(256 * 1024, file);
        let written = self.write_rows(0, progress.rows, &mut out).and_then(|()| Ok(out.flush()?));
        written.map_err(|error| match error {
            Error::Read(error) => write_error_or(
                "write",
                path,
                out.get_ref().metadata().map_or(0, |file| file.len()),
                error,
            ),
            other => other,
        })
    }

    /// Searches the bytes that are shown; for hexadecimal, the bytes themselves.
    pub fn find(&self, query: &Query) -> Result<Search> {
        Search::start(self, query)
    }

    /// Hides what row `index` opens. Returns how many rows are hidden.
    pub fn fold(&self, index: u64) -> Result<u64> {
        let Some(rows) = &self.0.index else { return Err(Error::NothingToFold(index)) };
        let row = self.folds().row(index);
        let end = folding::end(rows, row)?.ok_or(Error::NothingToFold(index))?;
        let mut folds = self.folds_mut();
        if folds.len() >= MOST_FOLDS {
            return Err(Error::TooManyFolds(MOST_FOLDS));
        }
        let fold = Fold::new(row, end);
        folds.insert(fold);
        Ok(fold.hidden())
    }

    /// Shows again what row `index` hides. Returns whether it did.
    pub fn unfold(&self, index: u64) -> bool {
        let mut folds = self.folds_mut();
        let row = folds.row(index);
        folds.remove(row)
    }

    /// Hides what is inside everything that opens `level` levels deep (0: the outermost), and nothing else.
    pub fn fold_all(&self, level: u32) -> Result<()> {
        let Some(index) = &self.0.index else { return Ok(()) };
        let found = folding::at_level(index, level)?;
        *self.folds_mut() = Folds::from_sorted(found);
        Ok(())
    }

    /// Shows everything again.
    pub fn unfold_all(&self) {
        *self.folds_mut() = Folds::default();
    }

    /// The row that closes what row `index` opens, if it opens something that ends further down.
    pub fn matching_row(&self, index: u64) -> Result<Option<u64>> {
        let Some(rows) = &self.0.index else { return Ok(None) };
        let end = folding::end(rows, self.folds().row(index))?;
        Ok(end.map(|end| self.folds().index(end).0))
    }

    /// Unfolds whatever hides `row` (counted without folds) and returns where it is then.
    pub fn reveal(&self, row: u64) -> u64 {
        let mut folds = self.folds_mut();
        if let Some(fold) = folds.hiding(row) {
            folds.remove(fold.start);
        }
        folds.index(row).0
    }

    /// Spaces for each level.
    pub(crate) fn indent(&self) -> usize {
        self.0.indent
    }

    pub(crate) fn folds(&self) -> RwLockReadGuard<'_, Folds> {
        self.0.folds.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn folds_mut(&self) -> RwLockWriteGuard<'_, Folds> {
        self.0.folds.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The indexes from `from` up to `to` as runs of rows without a fold between them:
    /// (index of the first, rows, the fold at the last).
    fn runs(&self, from: u64, to: u64) -> Vec<(u64, Range<u64>, Option<Fold>)> {
        let folds = self.folds();
        let total = self.0.index.as_ref().map_or(0, |index| index.rows().rows) - folds.hidden();
        let (mut runs, mut at) = (Vec::new(), from);
        let to = to.min(total);
        while at < to {
            let first = folds.row(at);
            let fold = folds.next_from(first);
            let end = fold.map_or(u64::MAX, |fold| fold.start + 1).min(first + (to - at));
            runs.push((at, first..end, fold.filter(|fold| fold.start + 1 == end)));
            at += end - first;
        }
        runs
    }

    fn write_hex(&self, from: u64, to: u64, out: &mut impl Write) -> Result<()> {
        let to = to.min(hex::count(self.0.source.len()));
        for index in from..to {
            let bytes = self.0.source.slice(index * hex::WIDTH, (index + 1) * hex::WIDTH)?;
            writeln!(out, "{}", hex::line(&bytes, index).trim_end())?;
        }
        Ok(())
    }
}

/// The rows `wanted`, and with them whether each can be folded.
pub(crate) fn drafts(index: &Index, wanted: Range<u64>, indent: usize) -> Result<Drafts> {
    let mut drafts = Drafts::new(wanted.clone(), indent);
    let mut at = index.rows().chunk_of_row(wanted.start);
    while let Some(chunk) = index.rows().chunk(at) {
        // One row more than wanted: whether a row can be folded is seen at the next.
        if chunk.start.row > wanted.end {
            break;
        }
        drafts.at(chunk.start.row, chunk.start.lines);
        index.scan(&chunk, &mut drafts)?;
        at += 1;
    }
    Ok(drafts)
}
