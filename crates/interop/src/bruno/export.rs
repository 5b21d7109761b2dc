//! A collection as a folder of `.bru` files.

use errand_model::{Collection, Item, ItemFolder, ItemOther};
use serde_json::{Value, json};

use super::file_name::Taken;
use super::{config, environment, folder, kept, other, print, request, tree};
use crate::{Error, Exported};

/// Folders in folders that are written.
const DEEPEST: usize = 64;

/// `bruno.json`, `collection.bru`, `environments/*.bru`, and a `.bru` file for each folder and request.
///
/// Secrets stay out: a secret variable comes out without its value.
///
/// # Errors
/// The folders are too deep for file systems.
pub fn export(collection: &Collection) -> Result<Exported, Error> {
    let mut out = Exported::default();
    let root = &collection.root;
    let mut made = {
        let mut lines = out.receipt.at("");
        if !root.globals.is_empty() {
            lines.not_carried("global variables", "Bruno keeps them outside of a collection");
        }
        json!({
            "config": config::write(&root.name, &root.client_certificates),
            "collection": folder::write(root, &mut lines),
        })
    };
    kept::restore(&mut made, &collection.extensions);
    let config = match &made["config"] {
        Value::Null => config::write(&root.name, &root.client_certificates),
        config => config.clone(),
    };
    out.push("bruno.json", format!("{config:#}\n"));
    if made["collection"].as_object().is_some_and(|tree| !tree.is_empty()) {
        out.push_tree("", "collection.bru", &made["collection"]);
    }
    let mut names = Taken::default();
    for item in &collection.environments {
        let name = &item.environment.name;
        let mut tree = environment::write(&item.environment);
        kept::restore(&mut tree, &item.extensions);
        blank_secrets(&mut tree);
        let file = names.free(name);
        let mut lines = out.receipt.at(name.as_str());
        if file != *name {
            lines.converted("name", format!("Bruno names it by its file: {file}"));
        }
        if item.environment.dot_env_file.is_some() || item.environment.extends.is_some() {
            lines.not_carried("what it starts from", "Bruno's environments stand alone");
        }
        out.push(&format!("environments/{file}.bru"), print::of_environment(&tree));
    }
    let names = Names {
        folders: Taken::with(&["environments", "bruno.json"]),
        files: Taken::with(&["collection", "folder"]),
    };
    items(&collection.items, "", names, 0, &mut out)?;
    Ok(out)
}

/// The names of one folder: of the folders in it, and of the files without `.bru`.
struct Names {
    folders: Taken,
    files: Taken,
}

impl Names {
    fn folder(&mut self, name: &str) -> String {
        // Apart from the files.
        if name.to_ascii_lowercase().ends_with(".bru") {
            return self.folders.free(&format!("{name}_"));
        }
        self.folders.free(name)
    }
}

impl Exported {
    fn push(&mut self, path: &str, text: String) {
        self.files.push((path.to_owned(), text.into_bytes()));
    }

    /// Writes a file and reads it again, to tell of what its language cannot say.
    fn push_tree(&mut self, place: &str, path: &str, tree: &Value) {
        let text = print::of_file(tree);
        if tree::of_file(&text).ok().as_ref() != Some(tree) {
            let how = "it has ''' or line ends that .bru files have no way to write";
            self.receipt.at(place).converted("text", how);
        }
        self.push(path, text);
    }
}

fn items(
    items: &[Item],
    path: &str,
    mut names: Names,
    depth: usize,
    out: &mut Exported,
) -> Result<(), Error> {
    if depth > DEEPEST {
        let what = format!("Bruno's files cannot be in more than {DEEPEST} folders");
        return Err(Error::Export { what });
    }
    for item in items {
        match item {
            Item::Folder(item) => {
                let wanted = kept::of(&item.extensions, "file").unwrap_or(&item.folder.name);
                let inner = format!("{path}{}/", names.folder(wanted));
                write_folder(item, &inner, out);
                let names = Names { folders: Taken::default(), files: Taken::with(&["folder"]) };
                self::items(&item.items, &inner, names, depth + 1, out)?;
            }
            Item::Request(item) => {
                let mut tree = request::write(item, &mut out.receipt);
                kept::restore(&mut tree, &item.extensions);
                let wanted = kept::of(&item.extensions, "file").unwrap_or(&item.request.name);
                let path = format!("{path}{}.bru", names.files.free(wanted));
                out.push_tree(&item.request.name, &path, &tree);
            }
            Item::Other(item) => write_other(item, path, &mut names.files, out),
        }
    }
    Ok(())
}

fn write_folder(item: &ItemFolder, path: &str, out: &mut Exported) {
    let name = item.folder.name.as_str();
    let mut tree = folder::write_folder(&item.folder, &mut out.receipt.at(name));
    kept::restore(&mut tree, &item.extensions);
    if tree.as_object().is_some_and(|tree| !tree.is_empty()) {
        out.push_tree(name, &format!("{path}folder.bru"), &tree);
    } else if item.items.is_empty() {
        // An empty folder is none without a file.
        let tree = json!({ "meta": { "name": name } });
        out.push_tree(name, &format!("{path}folder.bru"), &tree);
    }
}

fn write_other(item: &ItemOther, path: &str, names: &mut Taken, out: &mut Exported) {
    let tree = other::write(item, &mut out.receipt.at(item.name.as_str()));
    if let Some(tree) = tree {
        let bruno = item.content.get("extensions").and_then(|all| all.get(kept::TOOL));
        let file = bruno.and_then(|bruno| bruno.get("file")).and_then(Value::as_str);
        let file = names.free(file.unwrap_or(&item.name));
        out.push_tree(&item.name, &format!("{path}{file}.bru"), &tree);
    }
}

/// What a keepsake brought back may hold the value of a secret.
fn blank_secrets(tree: &mut Value) {
    for row in tree["variables"].as_array_mut().into_iter().flatten() {
        if row["secret"] == true {
            row["value"] = json!("");
        }
    }
}
