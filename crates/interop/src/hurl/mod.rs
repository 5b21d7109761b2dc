//! Hurl files.

mod asserts;
mod body;
mod export;
mod grammar;
mod read;
mod template;

pub use export::export;

use errand_model::{Collection, Folder, Item, ItemFolder};

use crate::{Entry, Error, Format, Import, Receipt, Source};

/// How much of a file is looked at to know it, in bytes.
const HEAD: u64 = 64 << 10;
/// Largest file, in bytes: people write them by hand.
const LARGEST: u64 = 8 << 20;
/// Sections that only Hurl has.
const SECTIONS: &[&str] = &[
    "[Asserts]",
    "[Captures]",
    "[Options]",
    "[Query]",
    "[QueryStringParams]",
    "[Form]",
    "[FormParams]",
    "[Multipart]",
    "[MultipartFormData]",
    "[Cookies]",
    "[BasicAuth]",
];

pub(crate) fn recognises(source: &Source) -> bool {
    let files: Vec<&Entry> = files(source);
    !files.is_empty() && files.into_iter().all(looks_like)
}

/// The only file, or those of a folder that are called so.
fn files(source: &Source) -> Vec<&Entry> {
    match source.single() {
        Some(entry) => vec![entry],
        None => source.entries.iter().filter(|entry| entry.extension() == "hurl").collect(),
    }
}

/// A request first, and lines that only Hurl has; a request alone where the file is called so.
fn looks_like(entry: &Entry) -> bool {
    if matches!(entry.extension().as_str(), "http" | "rest") {
        return false;
    }
    let Ok(head) = entry.head(HEAD) else { return false };
    let text = String::from_utf8_lossy(&head);
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let Some(first) = lines.clone().find(|line| !line.is_empty() && !line.starts_with('#')) else {
        return false;
    };
    let (method, url) = first.split_once(' ').unwrap_or(("", ""));
    let request = !method.is_empty()
        && method.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
        && (url.trim_start().starts_with("http") || url.trim_start().starts_with("{{"));
    let own = |line: &str| SECTIONS.contains(&line) || is_status(line);
    request && !text.contains("\n###") && (entry.extension() == "hurl" || lines.any(own))
}

/// `HTTP 200`, `HTTP/2 *`: without a reason, which no recorded response lacks.
fn is_status(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let version = words.next().unwrap_or_default();
    let status = words.next().unwrap_or_default();
    (version == "HTTP" || version.starts_with("HTTP/"))
        && (status == "*" || status.len() == 3 && status.bytes().all(|b| b.is_ascii_digit()))
        && words.next().is_none()
}

/// A request for each entry; a folder for each file where there are several.
pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let files = files(source);
    let single = source.single().is_some();
    let mut collection = Collection::default();
    let mut receipt = Receipt::default();
    "Hurl".clone_into(&mut collection.root.name);
    for entry in &files {
        let items = items(entry, single, &mut receipt)?;
        let stem = entry.path.strip_suffix(".hurl").unwrap_or(&entry.path);
        if single {
            let name = stem.rsplit('/').next().unwrap_or_default();
            if !name.is_empty() {
                name.clone_into(&mut collection.root.name);
            }
            collection.items = items;
        } else {
            let folder = Folder { name: stem.to_owned(), ..Folder::default() };
            collection.items.push(Item::Folder(ItemFolder {
                folder,
                items,
                ..ItemFolder::default()
            }));
        }
    }
    // A text without one is read whole, as nothing but blanks and comments.
    if receipt.lines.is_empty() {
        return Err(Error::Wrong {
            file: files.first().map(|entry| entry.path.clone()).unwrap_or_default(),
            place: String::new(),
            what: "there is no request in it, such as GET https://example.com".to_owned(),
        });
    }
    Ok(Import { format: Format::Hurl, collection, receipt, wanted: Vec::new() })
}

fn items(entry: &Entry, single: bool, receipt: &mut Receipt) -> Result<Vec<Item>, Error> {
    if entry.len() > LARGEST {
        let what = format!("a Hurl file has at most {} MB", LARGEST >> 20);
        return Err(Error::Refused { file: entry.path.clone(), what });
    }
    let text = entry.text()?;
    let entries = grammar::entries(&text).map_err(|mistake| {
        let (line, column) = mistake.place(&text);
        let what = mistake.what.into_owned();
        Error::Syntax { file: entry.path.clone(), wanted: "Hurl", what, line, column }
    })?;
    let mut items = Vec::new();
    for found in &entries {
        let mut notes = Receipt::default();
        let item = read::item(found, &mut notes);
        let name = &item.request.name;
        let place = if single { name.clone() } else { format!("{} / {name}", entry.path) };
        if notes.lines.is_empty() {
            receipt.at(&place).kept("request");
        }
        receipt.lines.extend(
            notes.lines.into_iter().map(|line| crate::Line { place: place.clone(), ..line }),
        );
        items.push(Item::Request(Box::new(item)));
    }
    Ok(items)
}

/// The items of a text that was made here; none when Hurl does not read it.
fn again(text: &str) -> Option<Vec<errand_model::ItemRequest>> {
    let entries = grammar::entries(text).ok()?;
    Some(entries.iter().map(|entry| read::item(entry, &mut Receipt::default())).collect())
}
