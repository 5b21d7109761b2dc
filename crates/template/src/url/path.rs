use std::ops::Range;

use super::query::{Row, Synced};
use super::text::{parts, split_outside};

/// A `:name` segment of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathName {
    /// Without the colon.
    pub name: String,
    /// Bytes of the URL's text, colon included.
    pub range: Range<usize>,
}

/// The path parameters of a URL's text: whole segments that begin with a colon.
pub fn path_names(url: &str) -> Vec<PathName> {
    split_outside(url, parts(url).path, b'/')
        .into_iter()
        .filter_map(|range| {
            let name = url[range.clone()].strip_prefix(':')?;
            (!name.is_empty() && !name.contains("{{"))
                .then(|| PathName { name: name.to_owned(), range })
        })
        .collect()
}

/// The table's path rows after the text of the URL was edited: one for each name, in the text's order.
///
/// Values stay with their names; when as many names went as came, the new ones take over the values.
pub fn path_rows(url: &str, old: &[Row]) -> Vec<Synced> {
    let mut names: Vec<String> = Vec::new();
    for found in path_names(url) {
        if !names.contains(&found.name) {
            names.push(found.name);
        }
    }
    let kept = |name: &str| old.iter().position(|row| row.name == name);
    let gone: Vec<usize> = (0..old.len()).filter(|&at| !names.contains(&old[at].name)).collect();
    let came = names.iter().filter(|name| kept(name).is_none()).count();
    let mut renamed = if came == gone.len() { gone } else { Vec::new() }.into_iter();
    names
        .into_iter()
        .map(|name| {
            let from = kept(&name).or_else(|| renamed.next());
            let value = from.map_or_else(String::new, |at| old[at].value.clone());
            Synced { row: Row::new(name, value), from }
        })
        .collect()
}

/// The text of the URL after a path parameter got another name in the table.
///
/// Marks that would end the segment are left out of the name; an empty name changes nothing.
pub fn rename_path(url: &str, from: &str, to: &str) -> String {
    let to: String = to.chars().filter(|c| !matches!(c, '/' | '?' | '#' | '{' | '}')).collect();
    if to.is_empty() {
        return url.to_owned();
    }
    let mut text = String::with_capacity(url.len());
    let mut at = 0;
    for found in path_names(url).into_iter().filter(|found| found.name == from) {
        text.push_str(&url[at..=found.range.start]);
        text.push_str(&to);
        at = found.range.end;
    }
    text.push_str(&url[at..]);
    text
}
