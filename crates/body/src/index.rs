//! Where the rows of a body are: a checkpoint every few kilobytes, found on a background thread.

use std::{
    io,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use serde::Serialize;

use crate::{
    Source, TokenKind,
    growth::Growth,
    scan::{Layout, Problem, Resume, RowStart, Scanner, Sink},
};

/// Bytes of source between two checkpoints, at least. 48 bytes each: 6 MB for 1 GB.
const SPACING: u64 = 8 * 1024;
const FIRST_BLOCK: usize = 64 * 1024;
const BLOCK: usize = 512 * 1024;

/// How far a view's index is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Rows known so far, folds taken into account.
    pub rows: u64,
    /// Bytes indexed.
    pub bytes_done: u64,
    /// Bytes there are so far.
    pub bytes_total: u64,
    /// Everything is indexed and no more will come.
    pub done: bool,
    /// What is wrong with the body; from there on it is shown as it is.
    pub error: Option<ViewError>,
}

/// What is wrong with a body, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ViewError {
    /// Offset in the bytes shown (after decoding to UTF-8).
    pub offset: u64,
    /// The row at the offset, not counting folds.
    pub row: u64,
    /// In plain words.
    pub message: String,
}

/// The start of a row from which the rows below can be found again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checkpoint {
    pub row: u64,
    /// Lines that started before the row.
    pub lines: u64,
    pub offset: u64,
    pub resume: Resume,
    /// The smallest depth of a row from here to the next checkpoint.
    pub min_depth: u32,
}

#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "the rows are counted in it")]
pub(crate) struct Rows {
    pub checkpoints: Vec<Checkpoint>,
    pub rows: u64,
    pub bytes_done: u64,
    pub done: bool,
    pub problem: Option<(Problem, u64)>,
    pub failed: Option<String>,
}

impl Rows {
    /// The part of the source that chunk `index` covers.
    pub fn chunk(&self, index: usize) -> Option<Chunk> {
        let start = *self.checkpoints.get(index)?;
        let next = self.checkpoints.get(index + 1);
        Some(Chunk {
            start,
            end: next.map_or(self.bytes_done, |next| next.offset),
            problem: self.problem.map_or(u64::MAX, |(problem, _)| problem.offset),
        })
    }

    /// The chunk that has `row`.
    pub fn chunk_of_row(&self, row: u64) -> usize {
        self.checkpoints.partition_point(|checkpoint| checkpoint.row <= row).saturating_sub(1)
    }

    /// The chunk that has the byte at `offset`.
    pub fn chunk_of_offset(&self, offset: u64) -> usize {
        self.checkpoints.partition_point(|checkpoint| checkpoint.offset <= offset).saturating_sub(1)
    }
}

/// The rows from one checkpoint to the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunk {
    pub start: Checkpoint,
    pub end: u64,
    pub problem: u64,
}

/// The index of one view. Its thread stops when it is dropped.
#[derive(Debug)]
pub(crate) struct Index {
    pub source: Source,
    pub layout: Layout,
    pub segment: u32,
    rows: Arc<RwLock<Rows>>,
    stop: Arc<AtomicBool>,
    /// Grows with the bytes that are indexed.
    indexed: Arc<Growth>,
}

impl Index {
    /// Starts to index `source` from byte `skip` (a byte order mark is not shown).
    pub fn start(source: Source, layout: Layout, segment: u32, skip: u64) -> io::Result<Self> {
        let index = Self {
            source,
            layout,
            segment,
            rows: Arc::default(),
            stop: Arc::default(),
            indexed: Arc::default(),
        };
        let builder = Builder {
            source: index.source.clone(),
            rows: index.rows.clone(),
            stop: index.stop.clone(),
            indexed: index.indexed.clone(),
            scanner: Scanner::new(layout, segment),
            at: skip,
        };
        thread::Builder::new().name("body index".into()).spawn(move || builder.run())?;
        Ok(index)
    }

    pub fn rows(&self) -> RwLockReadGuard<'_, Rows> {
        self.rows.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until more than `beyond` bytes are indexed, or all are; not for long.
    pub fn wait(&self, beyond: u64) {
        self.indexed.wait(beyond, Duration::from_millis(250));
    }

    /// Scans one chunk into `sink`.
    pub fn scan(&self, chunk: &Chunk, sink: &mut impl Sink) -> io::Result<()> {
        let mut scanner =
            Scanner::resume(self.layout, self.segment, chunk.start.resume, chunk.problem);
        let (mut at, mut block) = (chunk.start.offset, Vec::new());
        while at < chunk.end {
            let fetch = (chunk.end - at).min(BLOCK as u64);
            block = self
                .source
                .slice(at, at + fetch.max(2 * block.len() as u64).min(chunk.end - at))?;
            let last = at + block.len() as u64 >= chunk.end;
            let used = scanner.feed(&block, at, last, sink);
            if block.is_empty() || (used == 0 && last) {
                break;
            }
            if used > 0 {
                block = Vec::new();
            }
            at += used as u64;
        }
        Ok(())
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// The thread that indexes.
struct Builder {
    source: Source,
    rows: Arc<RwLock<Rows>>,
    stop: Arc<AtomicBool>,
    indexed: Arc<Growth>,
    scanner: Scanner,
    at: u64,
}

impl Builder {
    fn run(mut self) {
        let mut counter = Counter::default();
        let result = self.index(&mut counter);
        let mut rows = self.rows.write().unwrap_or_else(PoisonError::into_inner);
        rows.failed = result.err().map(|error| error.to_string());
        rows.done = true;
        drop(rows);
        self.indexed.end(true);
    }

    fn index(&mut self, counter: &mut Counter) -> io::Result<()> {
        let mut buffer: Vec<u8> = Vec::new();
        let mut wanted = FIRST_BLOCK;
        while !self.stop.load(Ordering::Relaxed) {
            let have = buffer.len() as u64;
            let (len, ended) = self.source.wait(self.at + have, Duration::from_millis(250));
            if len <= self.at + have && !ended {
                continue;
            }
            fill(&self.source, self.at, &mut buffer, wanted)?;
            let last = ended && self.at + buffer.len() as u64 >= len;
            let used = self.scanner.feed(&buffer, self.at, last, counter);
            self.at += used as u64;
            buffer.drain(..used);
            wanted = if used == 0 { buffer.len() + BLOCK } else { BLOCK.max(2 * buffer.len()) };
            self.publish(counter, last);
            if last {
                break;
            }
        }
        Ok(())
    }

    fn publish(&self, counter: &mut Counter, last: bool) {
        let problem = self.scanner.problem(last.then_some(self.at));
        let mut rows = self.rows.write().unwrap_or_else(PoisonError::into_inner);
        if let (Some(open), Some(min)) = (rows.checkpoints.last_mut(), counter.min_depth_before) {
            open.min_depth = min;
        }
        rows.checkpoints.append(&mut counter.found);
        counter.min_depth_before = rows.checkpoints.last().map(|open| open.min_depth);
        rows.rows = counter.rows;
        let more = self.at - rows.bytes_done;
        rows.bytes_done = self.at;
        rows.done = last;
        if let (Some(problem), None) = (problem, rows.problem) {
            // The rest starts a row of its own, unless nothing of it has come yet.
            rows.problem =
                Some((problem, counter.problem_row.unwrap_or(counter.rows.saturating_sub(1))));
        }
        drop(rows);
        self.indexed.grow(more);
    }
}

/// Reads on into `buffer`, until it holds `wanted` bytes or the source has no more.
fn fill(source: &Source, at: u64, buffer: &mut Vec<u8>, wanted: usize) -> io::Result<()> {
    let have = buffer.len();
    if have < wanted {
        buffer.resize(wanted, 0);
        let read = source.read_at(at + have as u64, &mut buffer[have..])?;
        buffer.truncate(have + read);
    }
    Ok(())
}

/// The sink that only counts.
#[derive(Default)]
struct Counter {
    rows: u64,
    lines: u64,
    next: u64,
    found: Vec<Checkpoint>,
    /// The smallest depth so far after the last checkpoint that is published.
    min_depth_before: Option<u32>,
    /// The row with which the rest after an error starts.
    problem_row: Option<u64>,
}

impl Sink for Counter {
    #[inline]
    fn row(&mut self, start: RowStart, resume: impl FnOnce() -> Resume) {
        if start.offset >= self.next {
            self.next = start.offset + SPACING;
            self.found.push(Checkpoint {
                row: self.rows,
                lines: self.lines,
                offset: start.offset,
                resume: resume(),
                min_depth: start.depth,
            });
        } else if let Some(open) = self.found.last_mut() {
            open.min_depth = open.min_depth.min(start.depth);
        } else if let Some(min) = &mut self.min_depth_before {
            *min = (*min).min(start.depth);
        }
        self.rows += 1;
        self.lines += u64::from(!start.continued);
    }

    #[inline]
    fn text(&mut self, _: u64, _: &[u8], kind: TokenKind) {
        if kind == TokenKind::Invalid && self.problem_row.is_none() {
            self.problem_row = Some(self.rows - 1);
        }
    }

    #[inline]
    fn space(&mut self) {}
}
