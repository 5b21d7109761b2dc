//! Sources of any format as one collection.

use std::path::Path;

use errand_interop::{Format, Import, Receipt, Source};
use errand_model::{Collection, Item, ItemFolder};

use super::credentials::without_quotations;
use super::gather::joined;
use super::opencollection;
use crate::errors;
use crate::wire::WireError;

/// Reads sources as `asked`, or as what each is recognised to be. Those of one format are read
/// together: an environment may belong to a collection beside it.
pub fn read(
    sources: &[Source],
    asked: Option<Format>,
    workspace: Option<&Path>,
    data: &Path,
) -> Result<Import, WireError> {
    if let Some(workspace) = workspace
        && asked.is_none_or(|format| format == Format::OpenCollection)
    {
        return opencollection::tree(workspace, data);
    }
    let mut groups: Vec<(Option<Format>, Vec<Source>)> = Vec::new();
    for source in sources {
        let format = asked.or_else(|| recognise(source));
        match groups.iter_mut().find(|(known, _)| *known == format) {
            Some((_, group)) => group.push(source.clone()),
            None => groups.push((format, vec![source.clone()])),
        }
    }
    let mut imports = Vec::new();
    for (format, mut group) in groups {
        let source = if group.len() == 1 { group.swap_remove(0) } else { joined(group) };
        imports.push(one(&source, format)?);
    }
    merged(imports).ok_or_else(|| {
        WireError::new("bad-arguments", "There is nothing to import.").hint("Name a file.")
    })
}

fn recognise(source: &Source) -> Option<Format> {
    if opencollection::recognises(source) {
        return Some(Format::OpenCollection);
    }
    errand_interop::recognise(source)
}

fn one(source: &Source, format: Option<Format>) -> Result<Import, WireError> {
    if format == Some(Format::OpenCollection) {
        return opencollection::bundled(source);
    }
    errand_interop::import(source, format)
        .map_err(|error| without_quotations(errors::interop(&error, source), source))
}

/// Several as folders of one; a single one as it is.
fn merged(mut imports: Vec<Import>) -> Option<Import> {
    if imports.len() < 2 {
        return imports.pop();
    }
    let mut whole = Import {
        format: imports[0].format,
        collection: Collection::default(),
        receipt: Receipt::default(),
        wanted: Vec::new(),
    };
    "Imported".clone_into(&mut whole.collection.root.name);
    for import in imports {
        let collection = import.collection;
        let name = collection.root.name.clone();
        for mut line in import.receipt.lines {
            let place = super::outline::place(&name, &line.place);
            place.trim_end_matches(" / ").clone_into(&mut line.place);
            whole.receipt.lines.push(line);
        }
        whole.wanted.extend(import.wanted);
        whole.collection.environments.extend(collection.environments);
        // What only a root can have is kept for all.
        whole.collection.root.globals.extend(collection.root.globals.iter().cloned());
        whole
            .collection
            .root
            .client_certificates
            .extend(collection.root.client_certificates.iter().cloned());
        whole.collection.items.push(Item::Folder(ItemFolder {
            folder: errand_model::Folder {
                globals: Vec::new(),
                client_certificates: Vec::new(),
                seq: None,
                ..collection.root
            },
            extensions: collection.extensions,
            items: collection.items,
        }));
    }
    distinct_environments(&mut whole.collection);
    Some(whole)
}

fn distinct_environments(collection: &mut Collection) {
    let mut taken = std::collections::HashSet::new();
    for item in &mut collection.environments {
        let wished = item.environment.name.clone();
        let mut count = 1;
        while !taken.insert(item.environment.name.to_lowercase()) {
            count += 1;
            item.environment.name = format!("{wished} {count}");
        }
    }
}
