//! An item with all that belongs to it in its file: examples, and what other tools say of it.

use errand_model::{ItemEnvironment, ItemFolder, ItemOther, ItemRequest};

use super::folder::{Place, read_folder, write_folder};
use super::{environment, example, extension, field, request};
use crate::yaml::{Data, Fault, Node};

pub(crate) fn read_whole_request(file: &Node) -> Result<ItemRequest, Fault> {
    Ok(ItemRequest {
        request: request::read_request(file)?,
        examples: example::read(file)?,
        extensions: extension::others(file),
    })
}

/// Sets in `file` what differs between the item that `source` holds and `new`.
pub(crate) fn write_whole_request(file: &mut Data, source: Option<&Node>, new: &ItemRequest) {
    request::write_request(file, source, &new.request);
    example::write(file, source, &new.examples, request::FILE);
    extension::write_others(file, source, &new.extensions, request::FILE);
}

/// A folder, without the items in it.
pub(crate) fn read_whole_folder(
    file: &Node,
    place: Place,
    stem: &str,
) -> Result<ItemFolder, Fault> {
    Ok(ItemFolder {
        folder: read_folder(file, place, stem)?,
        extensions: extension::others(file),
        items: Vec::new(),
    })
}

pub(crate) fn write_whole_folder(
    file: &mut Data,
    source: Option<&Node>,
    place: Place,
    stem: &str,
    new: &ItemFolder,
) {
    write_folder(file, source, place, stem, &new.folder);
    extension::write_others(file, source, &new.extensions, super::folder::FILE);
}

pub(super) fn read_whole_environment(file: &Node, stem: &str) -> Result<ItemEnvironment, Fault> {
    Ok(ItemEnvironment {
        environment: environment::read_environment(file, stem)?,
        extensions: extension::others(file),
    })
}

pub(super) fn write_whole_environment(
    file: &mut Data,
    source: Option<&Node>,
    stem: &str,
    new: &ItemEnvironment,
) {
    environment::write_environment(file, source, stem, &new.environment);
    extension::write_others(file, source, &new.extensions, environment::FILE);
}

/// The file of an item of another kind. A script has no `info` to be named or numbered in.
pub(crate) fn other_file(item: &ItemOther, name: &str, seq: Option<f64>) -> Data {
    let mut file = Data::of_map(&item.content);
    without_secrets(&mut file);
    if file.get("info").is_some() || file.get("type").is_none() {
        file.edit("info", &["info"], |info| {
            if info.get("name").is_none() {
                info.put("name", Data::text(name), request::INFO);
            }
            field::put_seq(info, None, seq, request::INFO);
        });
    }
    file
}

/// Takes the value off each row that says it is secret.
pub(super) fn without_secrets(data: &mut Data) {
    if data.get("secret") == Some(&Data::Bool(true)) {
        data.remove("value");
    }
    match data {
        Data::List(items) => items.iter_mut().for_each(without_secrets),
        Data::Map(entries) => entries.iter_mut().for_each(|(_, value)| without_secrets(value)),
        _ => {}
    }
}
