use std::collections::HashMap;
use std::collections::VecDeque;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::text::{escape, find_outside, parts, split_outside};

/// One row of a parameter table: text as typed, nothing decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Name.
    pub name: String,
    /// Value; empty both for `a=` and for `a`.
    pub value: String,
    /// Disabled rows are not in the URL.
    pub enabled: bool,
}

impl Row {
    /// An enabled row.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), enabled: true }
    }

    /// Whether the row stands in the URL's text.
    fn shows(&self) -> bool {
        self.enabled && !(self.name.is_empty() && self.value.is_empty())
    }

    /// As it is written in the URL.
    fn written(&self) -> (String, String) {
        (escape(&self.name, &['&', '#', '=']), escape(&self.value, &['&', '#']))
    }
}

/// A row after the text of the URL was edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Synced {
    /// The row.
    #[serde(flatten)]
    pub row: Row,
    /// Index of the row it was before the edit: its description stays with it.
    pub from: Option<usize>,
}

/// One `name=value` of a query.
pub(super) struct Pair {
    pub whole: Range<usize>,
    pub name: Range<usize>,
    /// None where there is no `=`.
    pub value: Option<Range<usize>>,
}

/// The pairs of the query, the empty ones between `&&` too.
pub(super) fn pairs(url: &str, query: Range<usize>) -> Vec<Pair> {
    split_outside(url, query, b'&')
        .into_iter()
        .map(|whole| match find_outside(url, whole.clone(), b'=') {
            Some(at) => Pair { name: whole.start..at, value: Some(at + 1..whole.end), whole },
            None => Pair { name: whole.clone(), value: None, whole },
        })
        .collect()
}

/// The pairs that are rows: those with a name or a value.
fn shown(url: &str) -> Vec<(&str, &str, &str)> {
    let Some(query) = parts(url).query else { return Vec::new() };
    pairs(url, query)
        .into_iter()
        .map(|pair| (&url[pair.name], pair.value.map_or("", |value| &url[value]), &url[pair.whole]))
        .filter(|(name, value, _)| !(name.is_empty() && value.is_empty()))
        .collect()
}

/// The table's query rows after the text of the URL was edited; `old` are the rows before.
///
/// Rows are recognised by name and value, then by name, then by place. Disabled and blank rows stay behind the
/// row they stood behind.
pub fn query_rows(url: &str, old: &[Row]) -> Vec<Synced> {
    let pairs = shown(url);
    let mut from: Vec<Option<usize>> = vec![None; pairs.len()];
    let mut free: Vec<usize> = (0..old.len()).filter(|&at| old[at].shows()).collect();
    let written: Vec<(String, String)> = old.iter().map(Row::written).collect();
    let same_name =
        |pair: &(&str, &str, &str), at: usize| pair.0 == old[at].name || pair.0 == written[at].0;
    let same_value =
        |pair: &(&str, &str, &str), at: usize| pair.1 == old[at].value || pair.1 == written[at].1;
    for by_value in [true, false] {
        for (slot, pair) in from.iter_mut().zip(&pairs).filter(|(slot, _)| slot.is_none()) {
            let fits = |&at: &usize| same_name(pair, at) && (!by_value || same_value(pair, at));
            if let Some(found) = free.iter().position(fits) {
                *slot = Some(free.remove(found));
            }
        }
    }
    if from.iter().filter(|slot| slot.is_none()).count() == free.len() {
        from.iter_mut()
            .filter(|slot| slot.is_none())
            .zip(&free)
            .for_each(|(slot, at)| *slot = Some(*at));
    }
    let mut rows: Vec<Synced> = pairs
        .iter()
        .zip(from)
        .map(|(pair, from)| {
            // A cell whose text merely has its marks encoded in the URL stays as it was typed.
            let name = from.filter(|&at| same_name(pair, at)).map_or(pair.0, |at| &old[at].name);
            let value = from.filter(|&at| same_value(pair, at)).map_or(pair.1, |at| &old[at].value);
            Synced { row: Row::new(name, value), from }
        })
        .collect();
    for (at, row) in old.iter().enumerate().filter(|(_, row)| !row.shows()) {
        let behind = (0..at)
            .rev()
            .find_map(|before| rows.iter().position(|synced| synced.from == Some(before)));
        rows.insert(
            behind.map_or(0, |place| place + 1),
            Synced { row: row.clone(), from: Some(at) },
        );
    }
    rows
}

/// The text of the URL after the table was edited.
///
/// Pairs that the text already has stay as they are written there, `a` without `=` included.
pub fn set_query(url: &str, rows: &[Row]) -> String {
    let have = shown(url);
    let rows: Vec<(&Row, (String, String))> =
        rows.iter().filter(|row| row.shows()).map(|row| (row, row.written())).collect();
    let same = |pair: &(&str, &str, &str), (row, written): &(&Row, (String, String))| {
        (pair.0 == row.name || pair.0 == written.0) && (pair.1 == row.value || pair.1 == written.1)
    };
    if have.len() == rows.len() && have.iter().zip(&rows).all(|(pair, row)| same(pair, row)) {
        return url.to_owned();
    }
    let mut texts: HashMap<(&str, &str), VecDeque<&str>> = HashMap::new();
    for (name, value, whole) in &have {
        texts.entry((name, value)).or_default().push_back(whole);
    }
    let query: Vec<String> = rows
        .iter()
        .map(|(row, (name, value))| {
            let raw = texts
                .get_mut(&(row.name.as_str(), row.value.as_str()))
                .and_then(VecDeque::pop_front);
            let known = raw.or_else(|| {
                texts.get_mut(&(name.as_str(), value.as_str())).and_then(VecDeque::pop_front)
            });
            known.map_or_else(|| format!("{name}={value}"), ToOwned::to_owned)
        })
        .collect();
    let parts = parts(url);
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{mark}{}{}", &url[..parts.path.end], query.join("&"), &url[parts.fragment..])
}
