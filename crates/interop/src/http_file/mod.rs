//! `.http` and `.rest` files, as `JetBrains`, VS Code (REST Client, `httpyac`) and Visual Studio write them.

mod auth;
mod body;
mod chain;
mod directive;
mod dynamic;
mod environments;
mod export;
mod graphql;
mod handler;
mod line;
mod parse;
mod request;
mod security;
mod tree;
mod write;

pub use export::export;

use crate::{Entry, Error, Import, Line, Outcome, Source};

/// How much of a file is looked at to know it, in bytes.
const HEAD: u64 = 64 << 10;
/// How much is looked at where there are only variables so far, in bytes.
const VARIABLES: u64 = 16 << 20;

pub(crate) fn recognises(source: &Source) -> bool {
    if let Some(entry) = source.single() {
        return looks_like(entry) || is_environments(entry) && environments::looks_like(entry);
    }
    let requests = source.entries.iter().filter(|entry| is_requests(entry));
    let (yes, no): (Vec<_>, Vec<_>) = requests.partition(|entry| looks_like(entry));
    !yes.is_empty() && yes.len() >= no.len()
}

/// Whether a file of a folder is one of requests, by its name.
fn is_requests(entry: &Entry) -> bool {
    matches!(entry.extension().as_str(), "http" | "rest")
}

/// Whether a file is one of `JetBrains` environments, by its name.
fn is_environments(entry: &Entry) -> bool {
    let name = entry.name();
    name.ends_with("http-client.env.json") || name.ends_with("http-client.private.env.json")
}

/// Whether the first lines are those of such a file.
fn looks_like(entry: &Entry) -> bool {
    if is_environments(entry) {
        return false;
    }
    let Ok(head) = entry.head(HEAD) else { return false };
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let text = if wide {
        entry.text().unwrap_or_default()
    } else {
        String::from_utf8_lossy(&head).into_owned()
    };
    let text = text.trim_start_matches('\u{feff}');
    // The last line of a part may be one of another meaning as a whole.
    let is_part = !wide && entry.len() > HEAD;
    let text = text.rsplit_once('\n').map_or(text, |(whole, _)| if is_part { whole } else { text });
    let mut significant = text.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = significant.next() else { return false };
    let named = is_requests(entry);
    if !named && line::is_bare_url(first) && significant.next().is_none() {
        return false;
    }
    match parse::sketch(text, named) {
        None if is_part && entry.len() <= VARIABLES => {
            entry.text().is_ok_and(|text| parse::sketch(&text, named).unwrap_or(named))
        }
        sketch => sketch.unwrap_or(named),
    }
}

/// A request for each of the files' requests.
pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    tree::import(source)
}

/// A line of the receipt. It is told apart from others by who writes it, not by looking at all of them.
fn line_of(outcome: Outcome, item: impl Into<String>, note: impl Into<String>) -> Line {
    let (place, original) = (String::new(), String::new());
    Line { outcome, place, item: item.into(), note: note.into(), original }
}
