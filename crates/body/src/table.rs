//! A body as a table: separated values, or a JSON array.

use std::{
    collections::HashSet,
    io,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serde::Serialize;

use crate::{
    Content, Error, Path, Result, Source, charset,
    cursor::{Cursor, unquote},
    lookup,
    tree::{NodeKind, Tree, closing, member_key, preview},
};

/// Rows that decide on the columns of a JSON table, and on whether values have a header.
const SAMPLE: u64 = 100;
/// Rows between two remembered places.
const STRIDE: u64 = 256;
/// Bytes of one cell that are shown.
const CELL: usize = 1000;
/// Columns that are shown.
const MOST_COLUMNS: usize = 1000;

/// A body as rows and columns, read where it is looked at.
#[derive(Debug)]
pub struct Table {
    columns: Vec<String>,
    rows: Rows,
}

#[derive(Debug)]
enum Rows {
    Json { source: Source, tree: Box<Tree>, array: u64 },
    Csv { source: Source, first: u64, delimiter: u8, places: Mutex<Places> },
}

#[derive(Debug, Default)]
struct Places {
    starts: Vec<u64>,
    total: Option<u64>,
}

/// A window of a table's rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableRows {
    /// The rows that were asked for, as far as they exist; each a cell for every column.
    pub rows: Vec<Vec<String>>,
    /// How many rows there are in all, when that is known.
    pub total: Option<u64>,
}

impl Table {
    /// The table in `source`, which should have arrived as a whole. In JSON, it is the array at `path`, the outermost
    /// value, or the first array in that.
    pub fn open(
        source: &Source,
        content: Content,
        path: Option<&Path>,
        content_type: Option<&str>,
    ) -> Result<Self> {
        let decoded = charset::decode(source, None, content_type)?;
        while !decoded.source.has_ended() {
            decoded.source.wait(decoded.source.len(), Duration::from_secs(1));
        }
        match content {
            Content::Json => Self::json(&decoded.source, path),
            _ => Self::csv(decoded.source, decoded.skip),
        }
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The rows from `from` up to `to`.
    pub fn rows(&self, from: u64, to: u64) -> Result<TableRows> {
        match &self.rows {
            Rows::Json { source, tree, array } => {
                let children = tree.children(*array, from, to)?;
                let rows = children.nodes.iter().map(|node| self.json_row(source, node.id));
                Ok(TableRows { rows: rows.collect::<Result<_>>()?, total: children.total })
            }
            Rows::Csv { source, first, delimiter, places } => {
                let mut places = places.lock().unwrap_or_else(PoisonError::into_inner);
                self.csv_rows(source, *first, *delimiter, &mut places, from..to)
            }
        }
    }

    fn json(source: &Source, path: Option<&Path>) -> Result<Self> {
        let tree = Tree::open(source, None)?;
        let array = find_array(source, &tree, path)?;
        let mut columns = Vec::new();
        let mut known = HashSet::new();
        for node in tree.children(array, 0, SAMPLE)?.nodes {
            members(source, node.id, |key, _| {
                if columns.len() < MOST_COLUMNS && known.insert(key.clone()) {
                    columns.push(key);
                }
            })?;
        }
        Ok(Self {
            columns,
            rows: Rows::Json { source: source.clone(), tree: Box::new(tree), array },
        })
    }

    fn json_row(&self, source: &Source, id: u64) -> Result<Vec<String>> {
        let mut cells = vec![String::new(); self.columns.len()];
        members(source, id, |key, value| {
            if let Some(place) = self.columns.iter().position(|column| *column == key) {
                cells[place] = value;
            }
        })?;
        Ok(cells)
    }

    fn csv(source: Source, skip: u64) -> Result<Self> {
        let delimiter = delimiter(&source.slice(skip, skip + 64 * 1024)?);
        let mut reader = reader(&source, skip, delimiter);
        let mut sample = Vec::new();
        let mut second = skip;
        for record in reader.byte_records().take(20) {
            sample.push(cells(&record.map_err(csv_error)?));
            if sample.len() == 2 {
                break;
            }
        }
        if sample.len() == 2 {
            // Where the second row starts is known from reading the first alone.
            let mut reader = self::reader(&source, skip, delimiter);
            reader.read_byte_record(&mut csv::ByteRecord::new()).map_err(csv_error)?;
            second = skip + reader.position().byte();
        } else if sample.len() == 1 {
            second = source.len();
        }
        let mut first = skip;
        let columns = match sample.first() {
            Some(names) if is_header(names, sample.get(1)) => {
                first = second;
                names.clone()
            }
            Some(cells) => (1..=cells.len()).map(|column| column.to_string()).collect(),
            None => Vec::new(),
        };
        Ok(Self { columns, rows: Rows::Csv { source, first, delimiter, places: Mutex::default() } })
    }

    fn csv_rows(
        &self,
        source: &Source,
        first: u64,
        delimiter: u8,
        places: &mut Places,
        wanted: std::ops::Range<u64>,
    ) -> Result<TableRows> {
        if places.starts.is_empty() {
            places.starts.push(first);
        }
        let place = (wanted.start / STRIDE).min(places.starts.len() as u64 - 1);
        let start = places.starts[usize::try_from(place).unwrap_or(0)];
        let (mut reader, mut index) = (reader(source, start, delimiter), place * STRIDE);
        let (mut rows, mut record) = (Vec::new(), csv::ByteRecord::new());
        while index < wanted.end {
            if index / STRIDE == places.starts.len() as u64 {
                places.starts.push(start + reader.position().byte());
            }
            if !reader.read_byte_record(&mut record).map_err(csv_error)? {
                places.total = Some(index);
                break;
            }
            if wanted.contains(&index) {
                let mut row = cells(&record);
                row.resize(self.columns.len().max(row.len()), String::new());
                rows.push(row);
            }
            index += 1;
        }
        Ok(TableRows { rows, total: places.total })
    }
}

/// The array to show.
fn find_array(source: &Source, tree: &Tree, path: Option<&Path>) -> Result<u64> {
    let none = || Error::Format {
        format: "a table",
        message: "there is no array in it to show.".to_owned(),
    };
    if let Some(path) = path {
        let start = lookup(source, path)?.ok_or_else(none)?.start;
        let is_array = Cursor::new(source, start).peek()? == Some(b'[');
        return is_array.then_some(start).ok_or_else(none);
    }
    let root = tree.root()?.ok_or_else(none)?;
    if root.kind == NodeKind::Array {
        return Ok(root.id);
    }
    let children = tree.children(root.id, 0, SAMPLE)?.nodes;
    children.iter().find(|node| node.kind == NodeKind::Array).map(|node| node.id).ok_or_else(none)
}

/// Calls `cell` for each member of the object at `id`; for another value, once, as column "value".
fn members(source: &Source, id: u64, mut cell: impl FnMut(String, String)) -> Result<()> {
    let mut cursor = Cursor::new(source, id);
    let close = closing(cursor.peek()?);
    if close != Some(b'}') {
        let end = cursor.skip()?.end;
        cell("value".to_owned(), value(source, id, end)?);
        return Ok(());
    }
    cursor.step();
    while cursor.token()? != Some(b'}') {
        let key = member_key(&mut cursor, b'}', true)?.unwrap_or_default();
        cursor.token()?;
        let start = cursor.offset();
        let end = cursor.skip()?.end;
        cell(key, value(source, start, end)?);
        if cursor.token()? != Some(b',') {
            break;
        }
        cursor.step();
    }
    Ok(())
}

/// A value in a cell: strings without quotes, all else as it is.
fn value(source: &Source, start: u64, end: u64) -> Result<String> {
    let bytes = source.slice(start, end.min(start + CELL as u64))?;
    let whole = end - start <= CELL as u64;
    Ok(if bytes.first() == Some(&b'"') && whole { unquote(&bytes) } else { preview(&bytes) })
}

fn reader(source: &Source, offset: u64, delimiter: u8) -> csv::Reader<crate::Reader> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(64 * 1024)
        .from_reader(source.reader(offset))
}

fn cells(record: &csv::ByteRecord) -> Vec<String> {
    let cell = |cell: &[u8]| String::from_utf8_lossy(&cell[..cell.len().min(CELL)]).into_owned();
    record.iter().take(MOST_COLUMNS).map(cell).collect()
}

/// The separator that splits the first lines into the most columns, the same number in each.
fn delimiter(head: &[u8]) -> u8 {
    let score = |&delimiter: &u8| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(head);
        let mut widths: Vec<_> =
            reader.byte_records().take(10).flatten().map(|record| record.len()).collect();
        if widths.len() > 1 && head.len() >= 64 * 1024 {
            widths.pop();
        }
        let first = widths.first().copied().unwrap_or(0);
        let even = widths.iter().all(|&width| width == first);
        (first > 1 && even, first)
    };
    // Of equals, the first: a comma.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(score).unwrap_or(b',')
}

/// Whether the first row names the columns: all different, none empty, none a number; and not all there is of text.
fn is_header(first: &[String], second: Option<&Vec<String>>) -> bool {
    let names: HashSet<_> = first.iter().map(|name| name.trim()).collect();
    let proper = |name: &&str| !name.is_empty() && name.parse::<f64>().is_err();
    second.is_some() && names.len() == first.len() && names.iter().all(proper)
}

fn csv_error(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::Read(error),
        other => Error::Read(io::Error::other(format!("{other:?}"))),
    }
}
