//! Find in a body, on a thread of its own.
//!
//! The search is over the source's bytes (decoded to UTF-8), whatever the view. So in a pretty view, a query that spans
//! white space between tokens matches what the source has there, not the indentation on screen; and text that the
//! source writes as an escape (`\u00e9`) is found as it is written.

use std::{
    io,
    ops::Range,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use serde::Serialize;

use crate::{
    Error, Query, Result, Source, View,
    growth::Growth,
    hex,
    needle::Needle,
    render::Draft,
    scan::{Resume, RowStart, Sink},
    view::drafts,
};

/// Hits whose place is kept. Beyond, they are only counted.
pub const MOST_HITS: usize = 1_000_000;
const BLOCK: usize = 1 << 20;
/// Bytes before the start of a search that `\b` and `^` may look at.
const CONTEXT: u64 = 64;

/// A running or finished search. Dropping it cancels it.
#[derive(Debug)]
pub struct Search {
    view: View,
    found: Arc<RwLock<Found>>,
    done: Arc<Growth>,
    stop: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
struct Found {
    offsets: Vec<u64>,
    lengths: Vec<u32>,
    progress: SearchProgress,
}

/// How far a search is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchProgress {
    /// Hits so far.
    pub count: u64,
    /// Hits that can be gone to (the first million).
    pub kept: u64,
    /// Bytes searched.
    pub bytes_done: u64,
    /// Bytes there are so far.
    pub bytes_total: u64,
    /// All is searched, and no more will come.
    pub done: bool,
    /// The body could not be read on.
    pub error: Option<String>,
}

/// Where a hit is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The index of its row in the view; when it is folded away, that of the row it is folded into.
    pub row: u64,
    /// The row without folds taken into account, for [`View::reveal`].
    pub unfolded_row: u64,
    /// It is folded away.
    pub hidden: bool,
    /// Its columns in the row (UTF-16 code units). A hit that goes on on the next row ends with the row.
    pub columns: Range<usize>,
    /// Its offset in the bytes searched.
    pub offset: u64,
}

impl Search {
    pub(crate) fn start(view: &View, query: &Query) -> Result<Self> {
        let needle = Needle::new(query)?;
        let search = Self {
            view: view.clone(),
            found: Arc::default(),
            done: Arc::default(),
            stop: Arc::default(),
        };
        let (source, found) = (view.0.source.clone(), search.found.clone());
        let (done, stop) = (search.done.clone(), search.stop.clone());
        thread::Builder::new().name("body search".into()).spawn(move || {
            let result = run(&source, &needle, &found, &stop);
            let mut found = found.write().unwrap_or_else(PoisonError::into_inner);
            found.progress.error = result.err().map(|error| error.to_string());
            found.progress.done = true;
            drop(found);
            done.end(true);
        })?;
        Ok(search)
    }

    /// How far it is.
    pub fn progress(&self) -> SearchProgress {
        SearchProgress { bytes_total: self.view.0.source.len(), ..self.found().progress.clone() }
    }

    /// Waits until all is searched.
    pub fn wait(&self) -> SearchProgress {
        while !self.done.wait(0, Duration::from_secs(1)).1 {}
        self.progress()
    }

    /// Where hit `n` (from 0) is. `None` when there is no such hit (yet); [`Error::StillIndexing`] when the rows there
    /// are not known yet.
    pub fn hit(&self, n: u64) -> Result<Option<Place>> {
        let place = usize::try_from(n).unwrap_or(usize::MAX);
        let (offset, len) = {
            let found = self.found();
            let Some(&offset) = found.offsets.get(place) else { return Ok(None) };
            (offset, u64::from(found.lengths.get(place).copied().unwrap_or(0)))
        };
        self.locate(offset, len).map(Some)
    }

    /// The number of the first hit on row `index` of the view or below.
    pub fn next_from(&self, index: u64) -> Result<Option<u64>> {
        let Some(start) = self.row_offset(index)? else { return Ok(None) };
        let found = self.found();
        let n = found.offsets.partition_point(|&offset| offset < start);
        Ok((n < found.offsets.len()).then_some(n as u64))
    }

    /// The number of the last hit above row `index` of the view.
    pub fn last_before(&self, index: u64) -> Result<Option<u64>> {
        let start = self.row_offset(index)?.unwrap_or(u64::MAX);
        let n = self.found().offsets.partition_point(|&offset| offset < start);
        Ok(n.checked_sub(1).map(|n| n as u64))
    }

    fn found(&self) -> RwLockReadGuard<'_, Found> {
        self.found.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn locate(&self, offset: u64, len: u64) -> Result<Place> {
        let Some(index) = &self.view.0.index else {
            let (row, last) = (offset / hex::WIDTH, (offset + len).saturating_sub(1).max(offset));
            let end =
                if last / hex::WIDTH == row { last } else { row * hex::WIDTH + hex::WIDTH - 1 };
            let columns = hex::column(offset)..hex::column(end) + 2;
            return Ok(Place { row, unfolded_row: row, hidden: false, columns, offset });
        };
        let chunk = {
            let rows = index.rows();
            if !rows.done && offset + len > rows.bytes_done {
                return Err(Error::StillIndexing);
            }
            rows.chunk(rows.chunk_of_offset(offset)).ok_or(Error::StillIndexing)?
        };
        let mut sink = RowAt { offset, next: chunk.start.row, found: chunk.start.row };
        index.scan(&chunk, &mut sink)?;
        let drafts = drafts(index, sink.found..sink.found + 1, self.view.indent())?;
        let columns = drafts.rows.first().map_or(0..0, |draft: &Draft| {
            draft.column_of_offset(offset)..draft.column_of_offset(offset + len)
        });
        let (row, hidden) = self.view.folds().index(sink.found);
        Ok(Place { row, unfolded_row: sink.found, hidden, columns, offset })
    }

    /// The offset at which a row starts.
    fn row_offset(&self, index: u64) -> Result<Option<u64>> {
        let Some(rows) = &self.view.0.index else {
            return Ok(Some(index.saturating_mul(hex::WIDTH)));
        };
        let row = self.view.folds().row(index);
        let drafts = drafts(rows, row..row + 1, 0)?;
        Ok(drafts.rows.first().map(|draft| draft.start.offset))
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn run(
    source: &Source,
    needle: &Needle,
    found: &RwLock<Found>,
    stop: &AtomicBool,
) -> io::Result<()> {
    let reach = needle.reach();
    let size = BLOCK.max(4 * reach);
    let (mut block, mut at) = (vec![0; size], 0_u64);
    while !stop.load(Ordering::Relaxed) {
        let (len, ended) = source.wait(at + reach as u64, Duration::from_millis(250));
        if !ended && len <= at + reach as u64 {
            continue;
        }
        let base = at.saturating_sub(CONTEXT);
        let read = source.read_at(base, &mut block)?;
        let last = ended && base + read as u64 >= len;
        // A match that starts further on might go on beyond the block: the next block decides.
        let decided = if last { read } else { read.saturating_sub(reach) };
        #[expect(clippy::cast_possible_truncation, reason = "at most CONTEXT")]
        let mut from = (at - base) as usize;
        let mut hits = Vec::new();
        while let Some((start, end)) = needle.find(&block[..read], from) {
            if start >= decided {
                break;
            }
            hits.push((base + start as u64, end - start));
            from = end;
        }
        at = base + from.max(decided) as u64;
        publish(found, &hits, at);
        if last {
            break;
        }
    }
    Ok(())
}

fn publish(found: &RwLock<Found>, hits: &[(u64, usize)], at: u64) {
    let mut found = found.write().unwrap_or_else(PoisonError::into_inner);
    let room = MOST_HITS.saturating_sub(found.offsets.len());
    for &(offset, len) in hits.iter().take(room) {
        found.offsets.push(offset);
        found.lengths.push(u32::try_from(len).unwrap_or(u32::MAX));
    }
    found.progress.count += hits.len() as u64;
    found.progress.kept = found.offsets.len() as u64;
    found.progress.bytes_done = at;
}

/// Finds the row on which the byte at an offset is shown.
struct RowAt {
    offset: u64,
    next: u64,
    found: u64,
}

impl Sink for RowAt {
    fn row(&mut self, start: RowStart, _: impl FnOnce() -> Resume) {
        if start.offset <= self.offset {
            self.found = self.next;
        }
        self.next += 1;
    }

    fn text(&mut self, _: u64, _: &[u8], _: crate::TokenKind) {}

    fn space(&mut self) {}
}
