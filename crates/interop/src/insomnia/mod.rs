//! Insomnia: exports of versions 2 to 5 in, version 5 out.

mod auth;
mod body;
mod environment;
mod environments;
mod export;
mod flat;
mod item;
mod kind;
mod mock;
mod other;
mod rows;
mod settings;
mod template;
mod workspace;

use std::collections::HashMap;

use errand_model::{Collection, Folder, Item, ItemFolder};
use serde_json::Value;

use crate::fields::{below, distinct, text};
use crate::{Content, Entry, Error, Format, Import, Receipt, Source, json_or_yaml};

pub use export::export;

/// How much of a file is looked at.
const HEAD: u64 = 4096;

pub(crate) fn recognises(source: &Source) -> bool {
    source.entries.iter().any(is_ours)
}

fn is_ours(entry: &Entry) -> bool {
    let named = matches!(entry.extension().as_str(), "" | "json" | "yaml" | "yml" | "txt");
    if !named && !matches!(entry.content, Content::Bytes(_)) {
        return false;
    }
    let Ok(head) = entry.head(HEAD) else { return false };
    let head = String::from_utf8_lossy(&head);
    let says = |line: &str, key: &str, value: &str| {
        let line = line.trim_start_matches([' ', '{', '\t', '"', '\'', ',', '\u{feff}']);
        line.starts_with(key) && line.contains(value)
    };
    head.split(['\n', ',']).any(|line| {
        says(line, "__export_format", ":")
            || says(line, "type", ".insomnia.rest/5")
            || says(line, "type", "mcpClient.insomnia/5")
    })
}

pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let mut receipt = Receipt::default();
    let mut documents = Vec::new();
    let single = source.single();
    for entry in source.entries.iter().filter(|entry| single.is_some() || is_ours(entry)) {
        let value = json_or_yaml(entry)?;
        if text(&value, "type").contains(".insomnia") {
            documents.push((value, entry.path.as_str()));
        } else if value.get("__export_format").is_some() {
            let found = flat::documents(value, &entry.path, &mut receipt)?;
            documents.extend(found.into_iter().map(|document| (document, entry.path.as_str())));
        } else {
            return Err(Error::Wrong {
                file: entry.path.clone(),
                place: String::new(),
                what: "It is no export of Insomnia: neither `__export_format` nor a `type` of version 5"
                    .to_owned(),
            });
        }
    }
    let collection = match documents.len() {
        0 => return Err(Error::Unknown { file: String::new() }),
        1 => single_workspace(documents, &mut receipt)?,
        _ => several(documents, &mut receipt)?,
    };
    say_what_wins(&collection, &mut receipt);
    Ok(Import { format: Format::Insomnia, collection, receipt, wanted: Vec::new() })
}

fn single_workspace(
    documents: Vec<(Value, &str)>,
    receipt: &mut Receipt,
) -> Result<Collection, Error> {
    let mut collection = Collection::default();
    for (document, file) in documents {
        let workspace = workspace::read(document, file, "", receipt)?;
        collection.root = workspace.folder;
        collection.extensions = workspace.extensions;
        collection.items = workspace.items;
        collection.environments = workspace.environments;
    }
    settle_names(&mut collection);
    Ok(collection)
}

/// Each workspace is a folder.
fn several(documents: Vec<(Value, &str)>, receipt: &mut Receipt) -> Result<Collection, Error> {
    let root = Folder { name: "Insomnia".to_owned(), ..Folder::default() };
    let mut collection = Collection { root, ..Collection::default() };
    for (at, (document, file)) in documents.into_iter().enumerate() {
        let above = crate::fields::named(text(&document, "name"), "Insomnia");
        receipt.at(above.clone()).converted("workspace", "a folder, beside the other workspaces");
        let mut workspace = workspace::read(document, file, &above, receipt)?;
        export::mark(&mut workspace.extensions, at);
        for environment in &mut workspace.environments {
            export::mark(&mut environment.extensions, at);
        }
        let has_items = !workspace.items.is_empty() || workspace.environments.is_empty();
        if has_items || !workspace.folder.defaults.variables.is_empty() {
            collection.items.push(Item::Folder(ItemFolder {
                folder: workspace.folder,
                extensions: workspace.extensions,
                items: workspace.items,
            }));
        }
        collection.environments.extend(workspace.environments);
    }
    settle_names(&mut collection);
    Ok(collection)
}

/// Names of environments that no two have.
fn settle_names(collection: &mut Collection) {
    let mut taken = HashMap::new();
    let mut renamed: HashMap<String, String> = HashMap::new();
    for item in &mut collection.environments {
        let environment = &mut item.environment;
        let name = distinct(&environment.name, &mut taken);
        if let Some(base) = &mut environment.extends
            && let Some(now) = renamed.get(base)
        {
            base.clone_from(now);
        }
        let before = std::mem::replace(&mut environment.name, name.clone());
        if before != name {
            item::insomnia(&mut item.extensions)["renamed"] =
                serde_json::json!({ "from": before, "to": name });
        }
        renamed.insert(before, name);
    }
}

/// Insomnia looks into folders before environments, Errand into environments before folders.
fn say_what_wins(collection: &Collection, receipt: &mut Receipt) {
    let names: std::collections::HashSet<&str> = collection
        .environments
        .iter()
        .flat_map(|item| &item.environment.variables)
        .map(|variable| variable.name.as_str())
        .collect();
    if !names.is_empty() {
        folders_that_lose(&collection.items, "", &names, receipt);
    }
}

fn folders_that_lose(
    items: &[Item],
    above: &str,
    names: &std::collections::HashSet<&str>,
    receipt: &mut Receipt,
) {
    for item in items {
        let Item::Folder(folder) = item else { continue };
        let place = below(above, &folder.folder.name);
        for variable in &folder.folder.defaults.variables {
            if names.contains(variable.name.as_str()) {
                receipt.at(place.clone()).converted(
                    format!("variable {}", variable.name),
                    "an environment has it too, and here the environment's wins",
                );
            }
        }
        folders_that_lose(&folder.items, &place, names, receipt);
    }
}
