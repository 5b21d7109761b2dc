//! `OpenCollection` as a source: a workspace's folder, or all of one in a file.

use std::path::Path;

use errand_interop::{Format, Import, Line, Outcome, Receipt, Source};
use errand_model::Collection;
use errand_workspace::bundled::{is_bundled, split};
use errand_workspace::{Problem, Workspace};

use super::credentials::without_quotations;
use super::outline::Outline;
use crate::errors;
use crate::wire::WireError;

/// How much of a file is looked at to see what it is.
const HEAD: u64 = 64 << 10;

/// Whether it is all of a collection in one file.
pub fn recognises(source: &Source) -> bool {
    let Some(entry) = source.single() else { return false };
    let head = entry.head(HEAD).unwrap_or_default();
    is_bundled(&String::from_utf8_lossy(&head))
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
    let unreadable = |error: errand_interop::Error| errors::interop(&error, source);
    let Some(entry) = source.single() else {
        return Err(WireError::new(
            "invalid-file",
            "An OpenCollection in a folder has an opencollection.yml at its top.",
        ));
    };
    let (collection, problems) = split(&entry.text().map_err(unreadable)?).map_err(|error| {
        let mut wire = errors::workspace(&error);
        if let Some(place) = &mut wire.place {
            place.file = Some(entry.path.clone());
        }
        without_quotations(wire, source)
    })?;
    Ok(import(collection, problems))
}
