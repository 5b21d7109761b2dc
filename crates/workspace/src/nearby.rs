use std::fs;
use std::path::Path;

use crate::workspace::ROOT_FILE;
use crate::{WorkspaceError, atomic, yaml};

/// Says that `folder` is no workspace, and which ones are near it.
pub(crate) fn not_a_workspace(folder: &Path) -> WorkspaceError {
    let found = collections(folder);
    let hint = if !folder.exists() {
        "The folder does not exist.".to_owned()
    } else if found.is_empty() && folder.join("bruno.json").is_file() {
        "It is a Bruno collection in .bru files, which are not read yet. Convert it to OpenCollection (YAML) in Bruno, then open it.".to_owned()
    } else if found.is_empty() {
        "Create a workspace in it, or choose another folder.".to_owned()
    } else {
        format!("Open one of the collections in it: {}.", found.join(", "))
    };
    WorkspaceError::NotAWorkspace { folder: folder.to_owned(), found, hint }
}

/// Collections one or two levels below, and those that a Bruno `workspace.yml` lists.
fn collections(folder: &Path) -> Vec<String> {
    let mut found = listed(folder);
    for name in folders(folder) {
        let inner = folder.join(&name);
        if inner.join(ROOT_FILE).is_file() {
            found.push(name);
            continue;
        }
        for below in folders(&inner) {
            if inner.join(&below).join(ROOT_FILE).is_file() {
                found.push(format!("{name}/{below}"));
            }
        }
    }
    found.sort();
    found.dedup();
    found.truncate(20);
    found
}

fn listed(folder: &Path) -> Vec<String> {
    let text = atomic::read_bounded(&folder.join("workspace.yml")).unwrap_or_default();
    let Ok(yaml::Data::List(entries)) = yaml::parse(&text)
        .map(|node| node.get("collections").map_or(yaml::Data::Null, yaml::Node::data))
    else {
        return Vec::new();
    };
    let path = |entry: &yaml::Data| match entry.get("path") {
        Some(yaml::Data::Text(path)) => Some(path.trim_start_matches("./").to_owned()),
        _ => None,
    };
    entries.iter().filter_map(path).filter(|p| folder.join(p).join(ROOT_FILE).is_file()).collect()
}

fn folders(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .flatten()
        .take(500)
        .filter(|e| e.file_type().is_ok_and(|t| t.is_dir()))
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|n| !n.starts_with('.') && n != "node_modules")
        .collect()
}
