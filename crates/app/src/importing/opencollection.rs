//! `OpenCollection` as a source: a workspace's folder, or all of one in a file.

use std::path::Path;

use errand_interop::{Entry, Format, Import, Line, Outcome, Receipt, Source};
use errand_model::Collection;
use errand_workspace::{Problem, Workspace};

use super::outline::Outline;
use crate::errors;
use crate::wire::WireError;

/// How much of a file is looked at to see what it is.
const HEAD: u64 = 64 << 10;

/// Whether it is all of a collection in one file.
pub fn recognises(source: &Source) -> bool {
    source.single().is_some_and(has_its_key)
}

/// Whether a file says at its top level that it is a collection.
fn has_its_key(entry: &Entry) -> bool {
    let head = entry.head(HEAD).unwrap_or_default();
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if let Some(inside) = text.strip_prefix('{') {
        return inside.trim_start().starts_with("\"opencollection\"");
    }
    text.lines().any(|line| line.starts_with("opencollection:"))
}

/// A workspace's folder, read as it is.
pub fn tree(folder: &Path, data: &Path) -> Result<Import, WireError> {
    let opened = Workspace::open(folder, data).map_err(|error| errors::workspace(&error))?;
    let (collection, problems) =
        opened.collection("").map_err(|error| errors::workspace(&error))?;
    Ok(import(collection, problems))
}

fn import(collection: Collection, problems: Vec<Problem>) -> Import {
    let line = |outcome, place: &str, item: &str, note: String| Line {
        outcome,
        place: place.to_owned(),
        item: item.to_owned(),
        note,
        original: String::new(),
    };
    let mut receipt = Receipt::default();
    let outline = Outline::of(&collection, &receipt);
    for (node, place) in outline.nodes.iter().zip(&outline.places) {
        let item = match node.kind {
            crate::wire::ImportKind::Folder => "folder",
            crate::wire::ImportKind::Request => "request",
            crate::wire::ImportKind::Other => "item",
        };
        receipt.lines.push(line(Outcome::Kept, place, item, String::new()));
    }
    for item in &collection.environments {
        receipt.lines.push(line(
            Outcome::Kept,
            &item.environment.name,
            "environment",
            String::new(),
        ));
    }
    for Problem { path, error } in problems {
        let note = format!("{} (line {}, column {})", error.message, error.line, error.column);
        receipt.lines.push(line(Outcome::NotCarried, "", &path, note));
    }
    Import { format: Format::OpenCollection, collection, receipt, wanted: Vec::new() }
}

/// All of a collection in one file.
pub fn bundled(source: &Source) -> Result<Import, WireError> {
    let file = source.single().map(|entry| entry.path.clone()).unwrap_or_default();
    Err(WireError::new("not-built", format!("{file} cannot be read yet.")))
}
