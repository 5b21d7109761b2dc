//! Everything of a source as one collection.

use std::collections::HashSet;

use errand_model::{Collection, Item, ItemFolder};
use serde_json::Value;

use super::documents::Documents;
use super::{environments, hint, items};
use crate::{Error, Format, Import, Receipt, Source};

/// Reads a source of Postman's.
pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let mut receipt = Receipt::default();
    let documents = Documents::of(source, &mut receipt)?;
    let mut collection = collections(&documents, &mut receipt)?;
    let mut names = HashSet::new();
    for (document, file) in &documents.environments {
        let mut read = environments::read(document, &stem(file), &mut receipt);
        read.environment.name = distinct(&read.environment.name, &mut names);
        collection.environments.push(read);
    }
    for (document, _) in &documents.globals {
        let (globals, kept) = environments::globals(document, &mut receipt);
        collection.root.globals.extend(globals);
        if let Some(kept) = kept.filter(|_| documents.globals.len() == 1) {
            hint(&mut collection.extensions, "globals", kept);
        }
    }
    if collection.root.name.trim().is_empty() {
        collection.root.name = name(&documents, &collection);
    }
    Ok(Import { format: Format::Postman, collection, receipt, wanted: Vec::new() })
}

/// One is the collection; several are folders of one.
fn collections(documents: &Documents, receipt: &mut Receipt) -> Result<Collection, Error> {
    if let [(document, file)] = documents.collections.as_slice() {
        return items::collection(document, file, None, receipt);
    }
    let mut whole = Collection::default();
    for (document, file) in &documents.collections {
        let name = document.pointer("/info/name").and_then(Value::as_str).unwrap_or_default();
        let name = if name.is_empty() { stem(file) } else { name.to_owned() };
        let mut read = items::collection(document, file, Some(&name), receipt)?;
        read.root.name = name;
        whole.root.client_certificates.append(&mut read.root.client_certificates);
        whole.items.push(Item::Folder(ItemFolder {
            folder: read.root,
            extensions: read.extensions,
            items: read.items,
        }));
    }
    Ok(whole)
}

fn name(documents: &Documents, collection: &Collection) -> String {
    match (documents.collections.as_slice(), collection.environments.as_slice()) {
        ([(_, file)], _) if !file.is_empty() => stem(file),
        ([], [environment]) => environment.environment.name.clone(),
        _ => "Postman".to_owned(),
    }
}

/// The name of a file without what Postman puts behind it.
fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or_default();
    let name = name.split('.').next().unwrap_or_default();
    if name.is_empty() { "Postman".to_owned() } else { name.to_owned() }
}

fn distinct(name: &str, taken: &mut HashSet<String>) -> String {
    let mut tries =
        (1_usize..).map(|n| if n == 1 { name.to_owned() } else { format!("{name} {n}") });
    tries.find(|name| taken.insert(name.clone())).unwrap_or_default()
}
