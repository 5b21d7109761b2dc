//! The collections of a source, before anything is converted.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::rows::text;
use super::{exported, tree};
use crate::{Entry, Error, Source, json};

/// Folders in folders that are followed.
const DEEPEST: usize = 64;

/// One collection with everything of it as JSON.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// `bruno.json`.
    pub config: Value,
    /// Used when nothing says a name.
    pub fallback_name: String,
    /// `collection.bru`.
    pub root: Value,
    pub nodes: Vec<Node>,
    /// By name.
    pub environments: Vec<(String, Value)>,
    /// Entries of `.env` in order.
    pub dot_env: Vec<(String, String)>,
    /// Files that are none of Bruno's.
    pub others: Vec<String>,
}

/// A folder or a request.
#[derive(Debug)]
pub(super) enum Node {
    Folder {
        directory: String,
        tree: Value,
        nodes: Vec<Node>,
    },
    File {
        file: String,
        tree: Value,
    },
    /// A script beside the requests, which only exports as JSON have.
    Script {
        file: String,
    },
}

/// All collections of a source.
pub(super) fn gather(source: &Source) -> Result<Vec<Gathered>, Error> {
    if let Some(entry) = source.single() {
        if is_bru(entry) || super::looks_like_bru(entry) {
            return single(entry).map(|one| vec![one]);
        }
        if entry.name() != "bruno.json" {
            let value = json(entry)?;
            return exported::gather(&value, entry).map(|one| vec![one]);
        }
    }
    // Folders with a bruno.json are collections; without any the whole is one.
    let mut roots: Vec<&str> = source
        .entries
        .iter()
        .filter(|entry| entry.name() == "bruno.json")
        .map(|entry| entry.path.strip_suffix("bruno.json").unwrap_or_default())
        .collect();
    if roots.is_empty() && !source.entries.iter().any(is_bru) {
        let exports = source.entries.iter().filter(|entry| super::looks_exported(entry));
        let found: Vec<_> = exports
            .map(|entry| exported::gather(&json(entry)?, entry))
            .collect::<Result<_, _>>()?;
        if found.is_empty() {
            let what = "No .bru file, bruno.json or export of Bruno is among the files".to_owned();
            return Err(Error::Wrong { file: String::new(), place: String::new(), what });
        }
        return Ok(found);
    }
    if roots.is_empty() {
        roots.push(common_folder(source));
    }
    let places: HashMap<&str, usize> = roots.iter().enumerate().map(|(at, r)| (*r, at)).collect();
    let longest = roots.iter().map(|root| root.len()).max().unwrap_or_default();
    let mut parts: Vec<Vec<(&str, &Entry)>> = roots.iter().map(|_| Vec::new()).collect();
    for entry in &source.entries {
        if let Some((root, path)) = home(&entry.path, &places, longest) {
            parts[root].push((path, entry));
        }
    }
    roots.iter().zip(parts).map(|(root, entries)| folder(root, &entries)).collect()
}

/// The collection a path is in, innermost first, and the path from there. No place is longer than
/// `longest`.
fn home<'p>(
    path: &'p str,
    places: &HashMap<&str, usize>,
    longest: usize,
) -> Option<(usize, &'p str)> {
    let mut end = path.len().min(longest);
    loop {
        let slash = path.as_bytes()[..end].iter().rposition(|byte| *byte == b'/');
        let at = slash.map_or(0, |slash| slash + 1);
        if let Some(root) = places.get(&path[..at]) {
            return Some((*root, &path[at..]));
        }
        if at == 0 {
            return None;
        }
        end = at - 1;
    }
}

/// The folder that all files are in; with `/` at its end unless it is empty.
fn common_folder(source: &Source) -> &str {
    let mut paths = source.entries.iter().map(|entry| entry.path.as_str());
    let first = paths.next().unwrap_or_default();
    let mut end = first.rfind('/').map_or(0, |slash| slash + 1);
    for path in paths {
        while !path.starts_with(&first[..end]) {
            end = first[..end.saturating_sub(1)].rfind('/').map_or(0, |slash| slash + 1);
        }
    }
    &first[..end]
}

fn is_bru(entry: &Entry) -> bool {
    entry.extension() == "bru"
}

fn stem(name: &str) -> &str {
    name.strip_suffix(".bru").unwrap_or(name)
}

/// A `.bru` file alone.
fn single(entry: &Entry) -> Result<Gathered, Error> {
    let text = entry.text()?;
    let name = if entry.path.is_empty() { "Request" } else { stem(entry.name()) };
    let mut found = Gathered { fallback_name: name.to_owned(), ..Gathered::default() };
    let names: Vec<&str> = text.lines().map(str::trim_end).collect();
    let is_environment = |line: &&str| {
        line.starts_with("vars {")
            || line.starts_with("vars:secret [")
            || line.starts_with("color:")
    };
    let first = names.iter().find(|line| !line.is_empty());
    if first.is_some_and(is_environment) {
        let tree = super::environment_tree(&entry.path, &text)?;
        found.environments.push((name.to_owned(), tree));
        return Ok(found);
    }
    let tree = super::tree(&entry.path, &text)?;
    let is_request = ["http", "grpc", "ws"].iter().any(|key| tree.get(key).is_some());
    if is_request {
        found.nodes.push(Node::File { file: name.to_owned(), tree });
    } else {
        found.fallback_name = text_or(&tree, name);
        found.root = tree;
    }
    Ok(found)
}

fn text_or(tree: &Value, name: &str) -> String {
    let own = text(&tree["meta"], "name");
    if own.is_empty() { name.to_owned() } else { own.to_owned() }
}

/// Folders by name below one.
#[derive(Default)]
struct Directory {
    tree: Option<Value>,
    folders: BTreeMap<String, Directory>,
    files: Vec<(String, Value)>,
}

fn folder(root: &str, entries: &[(&str, &Entry)]) -> Result<Gathered, Error> {
    let name = root.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let mut found = Gathered { fallback_name: name.to_owned(), ..Gathered::default() };
    let mut top = Directory::default();
    for (path, entry) in entries {
        match *path {
            "bruno.json" => found.config = json(entry)?,
            "collection.bru" => found.root = super::tree(&entry.path, &entry.text()?)?,
            ".env" => found.dot_env = dot_env(&entry.text()?),
            path if !is_bru(entry) => {
                if !path.split('/').any(|part| part.starts_with('.') || part == "node_modules") {
                    found.others.push(path.to_owned());
                }
            }
            path => match path.strip_prefix("environments/").filter(|p| !p.contains('/')) {
                Some(name) => {
                    let tree = super::environment_tree(&entry.path, &entry.text()?)?;
                    found.environments.push((stem(name).to_owned(), tree));
                }
                None => place(&mut top, path, entry)?,
            },
        }
    }
    found.environments.sort_by(|a, b| a.0.cmp(&b.0));
    found.nodes = nodes(top);
    Ok(found)
}

fn place(top: &mut Directory, path: &str, entry: &Entry) -> Result<(), Error> {
    if path.matches('/').count() > DEEPEST {
        return Err(Error::Refused {
            file: entry.path.clone(),
            what: format!("it is in more than {DEEPEST} folders"),
        });
    }
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let mut at = top;
    for name in folders.split('/').filter(|name| !name.is_empty()) {
        at = at.folders.entry(name.to_owned()).or_default();
    }
    let tree = tree::of_file(&entry.text()?).map_err(|f| super::syntax_error(&entry.path, f))?;
    if file == "folder.bru" {
        at.tree = Some(tree);
    } else {
        at.files.push((stem(file).to_owned(), tree));
    }
    Ok(())
}

/// Folders first, each kind by its number and then by name, as Bruno shows them.
fn nodes(directory: Directory) -> Vec<Node> {
    let mut folders: Vec<_> = directory
        .folders
        .into_iter()
        .map(|(name, mut folder)| (folder.tree.take().unwrap_or_else(|| json!({})), name, folder))
        .collect();
    folders.sort_by(|a, b| number(&a.0).total_cmp(&number(&b.0)).then_with(|| a.1.cmp(&b.1)));
    let mut files = directory.files;
    files.sort_by(|a, b| number(&a.1).total_cmp(&number(&b.1)).then_with(|| a.0.cmp(&b.0)));
    let folders = folders.into_iter().map(|(tree, directory, folder)| Node::Folder {
        directory,
        tree,
        nodes: nodes(folder),
    });
    folders.chain(files.into_iter().map(|(file, tree)| Node::File { file, tree })).collect()
}

fn number(tree: &Value) -> f64 {
    text(&tree["meta"], "seq").parse().unwrap_or(f64::INFINITY)
}

/// `NAME=value`, with or without quotes.
fn dot_env(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let entries = lines.filter_map(|line| {
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=')?;
        let value = value.trim();
        let inner = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
        let value = inner('"').or_else(|| inner('\'')).unwrap_or(value);
        Some((name.trim().to_owned(), value.to_owned()))
    });
    entries.collect()
}
