//! Tables: lists of rows under a key.

use super::field;
use crate::yaml::{Data, Fault, Node};

/// A row of a table and the item of a YAML list that it is.
pub(super) trait Row: Clone + PartialEq {
    /// The row, or `None` for an item of a kind that the model does not have; that one stays in
    /// the file where it is.
    fn read(node: &Node) -> Result<Option<Self>, Fault>;
    /// Sets what differs from `old` in the item.
    fn write(&self, old: Option<&Self>, item: &mut Data);
    /// What tells rows apart for people: a row with the same label is the same row, edited.
    fn label(&self) -> &str;
}

pub(super) fn read<R: Row>(node: &Node, key: &str) -> Result<Vec<R>, Fault> {
    Ok(read_with_foreign::<R>(node, key)?.into_iter().flatten().collect())
}

fn read_with_foreign<R: Row>(node: &Node, key: &str) -> Result<Vec<Option<R>>, Fault> {
    field::list(node, key)?.into_iter().map(R::read).collect()
}

/// Sets the list under `key` so that its rows are `new`. `source` is the file as it was read, which
/// tells which items are rows.
pub(super) fn write<R: Row>(
    data: &mut Data,
    source: Option<&Node>,
    key: &str,
    new: &[R],
    order: &[&str],
) {
    let old =
        source.map_or(Ok(Vec::new()), |node| read_with_foreign::<R>(node, key)).unwrap_or_default();
    if old.iter().flatten().eq(new.iter()) {
        return;
    }
    let items = match data.get(key) {
        Some(Data::List(items)) if items.len() == old.len() => items.clone(),
        _ => Vec::new(),
    };
    let rows: Vec<(usize, &R)> =
        old.iter().enumerate().filter_map(|(at, row)| row.as_ref().map(|r| (at, r))).collect();
    let mut list: Vec<Data> = foreign_after(&old, &items, None);
    let sources = trace(&rows, new);
    for (row, from) in new.iter().zip(&sources) {
        let from = from.map(|at| rows[at]).filter(|(at, _)| *at < items.len());
        let mut item = from.map_or_else(Data::map, |(at, _)| items[at].clone());
        row.write(from.map(|(_, old)| old), &mut item);
        list.push(item);
        if let Some((at, _)) = from {
            list.extend(foreign_after(&old, &items, Some(at)));
        }
    }
    for (place, (at, _)) in rows.iter().enumerate() {
        if !sources.contains(&Some(place)) {
            list.extend(foreign_after(&old, &items, Some(*at)));
        }
    }
    if list.is_empty() {
        data.remove(key);
    } else {
        data.put(key, Data::List(list), order);
    }
}

/// The items that are no rows and follow the row at `after`.
fn foreign_after<R>(old: &[Option<R>], items: &[Data], after: Option<usize>) -> Vec<Data> {
    let from = after.map_or(0, |at| at + 1);
    old.iter()
        .zip(items)
        .skip(from)
        .take_while(|(row, _)| row.is_none())
        .map(|(_, item)| item.clone())
        .collect()
}

/// For each new row the place of the old row that it was.
fn trace<R: Row>(old: &[(usize, &R)], new: &[R]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    let mut free = vec![true; old.len()];
    let mut take = |found: &mut Vec<Option<usize>>, fits: &dyn Fn(usize, usize) -> bool| {
        for (j, place) in found.iter_mut().enumerate() {
            if place.is_some() {
                continue;
            }
            if let Some(i) = (0..old.len()).find(|i| free[*i] && fits(*i, j)) {
                free[i] = false;
                *place = Some(i);
            }
        }
    };
    take(&mut found, &|i, j| i == j && *old[i].1 == new[j]);
    take(&mut found, &|i, j| *old[i].1 == new[j]);
    take(&mut found, &|i, j| i == j && old[i].1.label() == new[j].label());
    take(&mut found, &|i, j| old[i].1.label() == new[j].label());
    if old.len() == new.len() {
        take(&mut found, &|i, j| i == j);
    }
    found
}
