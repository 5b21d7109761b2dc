//! What an `OpenCollection` document says that neither the model nor `extensions` has, kept in a
//! [`errand_model::Collection`] for the way back.
//!
//! An item whose document is more, or is said otherwise, than the one made of its model has that
//! document under `opencollection.original` in its extensions. It is never written there: a file is
//! made by changing the original where the model differs from it.

use errand_model::{Extensions, ItemEnvironment, ItemFolder, ItemRequest};
use serde_json::{Map, Value};

use super::folder::Place;
use super::whole;
use crate::yaml::{Data, Fault, Node};

const TOOL: &str = "opencollection";
const ORIGINAL: &str = "original";
/// What of a document is not in it: it has a place of its own in a collection.
const ELSEWHERE: &[&str] = &["extensions", "items", "bundled"];

pub(crate) fn read_request(file: &Node) -> Result<ItemRequest, Fault> {
    let mut item = whole::read_whole_request(file)?;
    let fresh = request_file(&item);
    keep(&mut item.extensions, file, fresh);
    Ok(item)
}

pub(crate) fn read_folder(file: &Node, place: Place, stem: &str) -> Result<ItemFolder, Fault> {
    let mut item = whole::read_whole_folder(file, place, stem)?;
    let fresh = folder_file(&item, place);
    keep(&mut item.extensions, file, fresh);
    Ok(item)
}

pub(crate) fn read_environment(file: &Node, stem: &str) -> Result<ItemEnvironment, Fault> {
    let mut item = whole::read_whole_environment(file, stem)?;
    let fresh = environment_file(&item);
    keep(&mut item.extensions, file, fresh);
    Ok(item)
}

pub(crate) fn request_file(item: &ItemRequest) -> Data {
    let Some((original, extensions)) = taken(&item.extensions) else {
        let mut file = Data::map();
        whole::write_whole_request(&mut file, None, item);
        return file;
    };
    let (mut file, node) = (original.clone(), original.to_node());
    let item = ItemRequest { extensions, ..item.clone() };
    whole::write_whole_request(&mut file, Some(&node), &item);
    file
}

pub(crate) fn folder_file(item: &ItemFolder, place: Place) -> Data {
    let Some((original, extensions)) = taken(&item.extensions) else {
        let mut file = Data::map();
        whole::write_whole_folder(&mut file, None, place, "", item);
        return file;
    };
    let (mut file, node) = (original.clone(), original.to_node());
    let item = ItemFolder { folder: item.folder.clone(), extensions, items: Vec::new() };
    whole::write_whole_folder(&mut file, Some(&node), place, "", &item);
    file
}

pub(crate) fn environment_file(item: &ItemEnvironment) -> Data {
    let Some((original, extensions)) = taken(&item.extensions) else {
        let mut file = Data::map();
        whole::write_whole_environment(&mut file, None, "", item);
        return file;
    };
    let (mut file, node) = (original.clone(), original.to_node());
    let item = ItemEnvironment { environment: item.environment.clone(), extensions };
    whole::write_whole_environment(&mut file, Some(&node), "", &item);
    file
}

/// Extensions without the original, for a file that has it anyway.
pub(crate) fn without(extensions: &Extensions) -> Extensions {
    match taken(extensions) {
        Some((_, rest)) => rest,
        None => extensions.clone(),
    }
}

/// The original, without values of secrets, and the extensions without it.
fn taken(extensions: &Extensions) -> Option<(Data, Extensions)> {
    let Some(Value::Object(own)) = extensions.get(TOOL) else { return None };
    let mut original = Data::of_json(own.get(ORIGINAL)?);
    whole::without_secrets(&mut original);
    let mut rest = extensions.clone();
    let mut own = own.clone();
    own.shift_remove(ORIGINAL);
    if own.is_empty() {
        rest.shift_remove(TOOL);
    } else {
        rest.insert(TOOL.to_owned(), Value::Object(own));
    }
    Some((original, rest))
}

/// Keeps what `file` says where that is not `fresh`.
fn keep(extensions: &mut Extensions, file: &Node, mut fresh: Data) {
    let mut original = file.data();
    whole::without_secrets(&mut original);
    for key in ELSEWHERE {
        original.remove(key);
        fresh.remove(key);
    }
    original.edit("config", &[], |config| drop(config.remove("environments")));
    if original == fresh {
        return;
    }
    let own = extensions.entry(TOOL).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(own) = own {
        own.insert(ORIGINAL.to_owned(), original.to_json());
    }
}
