use std::ops::Range;

use super::encode::{Place, encode};
use super::path::path_names;
use super::query::{Row, pairs, query_rows};
use super::text::parts;
use crate::{Missing, Reason, Rendered};

/// The URL to send: path parameters put in, variables rendered by `render`, and, with `encode_url`, what a URL
/// may not contain percent-encoded (RFC 3986 §2). Text that is encoded already is not encoded again.
///
/// The query is the text's own; enabled query rows that the text does not have are added to it. With
/// `encode_url`, an `&` or `#` in a variable's value stays part of the value.
pub fn build_url(
    url: &str,
    query: &[Row],
    path: &[Row],
    encode_url: bool,
    mut render: impl FnMut(&str) -> Rendered,
) -> Rendered {
    let mut piece = |text: &str, place: Place| {
        let rendered = render(text);
        if encode_url { encode(rendered, place) } else { rendered }
    };
    let parts = parts(url);
    let mut out = piece(&url[..parts.path.start], Place::Head);
    let mut at = parts.path.start;
    for found in path_names(url) {
        out.append(piece(&url[at..found.range.start], Place::Path), at);
        at = found.range.end;
        let value =
            path.iter().find(|row| row.enabled && row.name == found.name && !row.value.is_empty());
        if let Some(row) = value {
            out.append(
                pinned(piece(&row.value, Place::Segment), &(0..found.range.len())),
                found.range.start,
            );
        } else {
            out.text.push_str(&url[found.range.clone()]);
            let name = format!(":{}", found.name);
            out.missing.push(Missing { range: found.range, name, reason: Reason::PathParameter });
        }
    }
    out.append(piece(&url[at..parts.path.end], Place::Path), at);
    let mut mark = '?';
    if let Some(query) = parts.query.clone() {
        for pair in pairs(url, query) {
            out.text.push(mark);
            mark = '&';
            out.append(piece(&url[pair.name.clone()], Place::Name), pair.name.start);
            if let Some(value) = pair.value {
                out.text.push('=');
                out.append(piece(&url[value.clone()], Place::Value), value.start);
            }
        }
    }
    for row in absent(url, query) {
        out.text.push(mark);
        mark = '&';
        out.append(pinned(piece(&row.name, Place::Name), &(0..0)), parts.fragment);
        out.text.push('=');
        out.append(pinned(piece(&row.value, Place::Value), &(0..0)), parts.fragment);
    }
    out.append(piece(&url[parts.fragment..], Place::Path), parts.fragment);
    out
}

/// The enabled rows that the text of the URL does not have.
fn absent<'a>(url: &str, rows: &'a [Row]) -> impl Iterator<Item = &'a Row> {
    let synced = query_rows(url, rows);
    rows.iter().enumerate().filter_map(move |(at, row)| {
        let shown = row.enabled && !(row.name.is_empty() && row.value.is_empty());
        let there = synced.iter().any(|s| s.from == Some(at) && s.row == *row);
        (shown && !there).then_some(row)
    })
}

/// A text that comes from a table: its variables are found at the place in the URL where it goes.
fn pinned(mut rendered: Rendered, place: &Range<usize>) -> Rendered {
    for used in &mut rendered.used {
        used.range = place.clone();
    }
    for missing in &mut rendered.missing {
        missing.range = place.clone();
    }
    rendered
}
