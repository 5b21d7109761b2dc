//! Bytes in hexadecimal: offset, sixteen bytes, the same as ASCII.

use std::{fmt::Write, io, ops::Range};

use crate::{Row, Source, Token, TokenKind};

/// Bytes on a row.
pub(crate) const WIDTH: u64 = 16;

/// Rows of `len` bytes.
pub(crate) fn count(len: u64) -> u64 {
    len.div_ceil(WIDTH)
}

/// The column where byte `index` of a row starts.
pub(crate) fn column(index: u64) -> usize {
    let index = (index % WIDTH) as usize;
    10 + 3 * index + usize::from(index >= 8)
}

/// The rows from `from` to `to`.
pub(crate) fn rows(
    source: &Source,
    from: u64,
    to: u64,
    columns: &Range<usize>,
) -> io::Result<Vec<Row>> {
    let bytes = source.slice(from * WIDTH, to.saturating_mul(WIDTH))?;
    let rows = bytes.chunks(16).zip(from..);
    Ok(rows.map(|(bytes, index)| row(bytes, index, columns)).collect())
}

/// The text of one row.
pub(crate) fn line(bytes: &[u8], index: u64) -> String {
    let mut text = format!("{:08x}  ", index * WIDTH);
    for place in 0..16 {
        if place == 8 {
            text.push(' ');
        }
        match bytes.get(place) {
            // Writing to a string does not fail.
            Some(byte) => drop(write!(text, "{byte:02x} ")),
            None => text.push_str("   "),
        }
    }
    text.push(' ');
    text.extend(
        bytes.iter().map(|&byte| if (0x20..0x7F).contains(&byte) { char::from(byte) } else { '.' }),
    );
    text
}

fn row(bytes: &[u8], index: u64, columns: &Range<usize>) -> Row {
    let text = line(bytes, index);
    let total_columns = text.len();
    let (from, to) = (columns.start.min(total_columns), columns.end.min(total_columns));
    let offset = text.find(' ').unwrap_or(0).clamp(from.min(to), to);
    let tokens = if from < offset {
        vec![Token { start: 0, len: offset - from, kind: TokenKind::Comment }]
    } else {
        vec![]
    };
    Row {
        index,
        number: index + 1,
        continued: false,
        depth: 0,
        text: text.get(from..to).unwrap_or_default().to_owned(),
        total_columns,
        tokens,
        foldable: false,
        fold: None,
    }
}
