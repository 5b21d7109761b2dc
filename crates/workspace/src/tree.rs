use std::cmp::Ordering;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace::{ENVIRONMENTS, FOLDER_FILE, ROOT_FILE, join, stem_of};
use crate::yaml::{Node as Yaml, NodeKind};
use crate::{Workspace, WorkspaceError, atomic, threads, yaml};

/// Deepest folder that is shown.
const MAX_DEPTH: usize = 64;

/// One line of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeNode {
    /// Relative to the workspace, with `/`; what every other call takes.
    pub path: String,
    /// Path of the folder it is in; empty for the root.
    pub parent: String,
    /// What people call it: from the file, or the file's name.
    pub name: String,
    /// What it is.
    pub kind: NodeType,
    /// Method of a request as written; empty otherwise.
    pub method: String,
    /// Position among its siblings, where the file gives one.
    pub seq: Option<f64>,
    /// Why a broken item cannot be opened; on a folder, what is wrong with its `folder.yml`.
    pub error: Option<ItemError>,
}

/// Kinds of tree nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeType {
    /// Holds others.
    Folder,
    /// Opens as a request.
    Request,
    /// Is meant to be an item, but its file cannot be read.
    Broken,
    /// Shown and kept, not openable here.
    Other {
        /// `graphql`, `grpc`, `websocket`, `script`, `app`, or a file's extension.
        kind: String,
    },
}

/// What is wrong in a file. Line and column count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemError {
    /// What is wrong there and what to do.
    pub message: String,
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

impl Workspace {
    /// All items in the order they are shown: by `seq`, then by name, folders with what is in them.
    /// Broken files are nodes with their error, never a failure of the whole.
    ///
    /// # Errors
    /// The root folder cannot be listed.
    pub fn tree(&self) -> Result<Vec<TreeNode>, WorkspaceError> {
        let mut found = Vec::new();
        list(self.root(), "", 0, &mut found).map_err(|e| WorkspaceError::read(self.root(), e))?;
        let nodes = threads::gather(&found, &node);
        Ok(in_order(nodes))
    }
}

impl Workspace {
    /// The items of one folder in their order, without what is below them.
    pub(crate) fn level(&self, folder: &str) -> Result<Vec<TreeNode>, WorkspaceError> {
        let mut found = Vec::new();
        let full = self.locate(folder)?;
        list(&full, folder, MAX_DEPTH, &mut found).map_err(|e| WorkspaceError::read(&full, e))?;
        let mut nodes = threads::gather(&found, &node);
        nodes.sort_by(compare);
        Ok(nodes)
    }
}

/// A file or folder that may be an item.
pub(crate) struct Found {
    pub(crate) path: String,
    pub(crate) parent: String,
    pub(crate) full: PathBuf,
    pub(crate) is_folder: bool,
}

/// What is below a folder.
pub(crate) fn list(
    folder: &Path,
    relative: &str,
    depth: usize,
    found: &mut Vec<Found>,
) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let Ok(kind) = entry.file_type() else { continue };
        let hidden = name.starts_with('.') || name == "node_modules";
        let own = name == FOLDER_FILE
            || relative.is_empty() && (name == ROOT_FILE || name == ENVIRONMENTS);
        // A link could lead out of the workspace or in a circle.
        if hidden || own || kind.is_symlink() {
            continue;
        }
        let path = join(relative, &name);
        let full = entry.path();
        let is_folder = kind.is_dir();
        found.push(Found {
            path: path.clone(),
            parent: relative.to_owned(),
            full: full.clone(),
            is_folder,
        });
        if is_folder && depth < MAX_DEPTH {
            // A folder that cannot be listed is shown without what is in it.
            let _ = list(&full, &path, depth + 1, found);
        }
    }
    Ok(())
}

fn node(found: &Found) -> TreeNode {
    let name = found.path.rsplit('/').next().unwrap_or_default();
    let mut node = TreeNode {
        path: found.path.clone(),
        parent: found.parent.clone(),
        name: name.to_owned(),
        kind: NodeType::Folder,
        method: String::new(),
        seq: None,
        error: None,
    };
    if found.is_folder {
        let file = found.full.join(FOLDER_FILE);
        if file.is_file() {
            describe(&mut node, &file, true);
        }
    } else if stem_of(name) == name {
        let kind = name.rsplit_once('.').map_or("file", |(_, extension)| extension);
        node.kind = NodeType::Other { kind: kind.to_ascii_lowercase() };
    } else {
        stem_of(name).clone_into(&mut node.name);
        node.kind = NodeType::Broken;
        describe(&mut node, &found.full, false);
    }
    node
}

fn describe(node: &mut TreeNode, file: &Path, is_folder: bool) {
    let text = match atomic::read_bounded(file) {
        Ok(text) => text,
        Err(error) => {
            let message = WorkspaceError::read(file, error).to_string();
            node.error = Some(ItemError { message, line: 1, column: 1 });
            return;
        }
    };
    let parsed = yaml::parse(&text).and_then(|yaml| {
        let info = info(&yaml, is_folder)?;
        Ok((info, yaml))
    });
    match parsed {
        Ok((info, yaml)) => {
            if !info.name.is_empty() {
                node.name = info.name;
            }
            node.seq = info.seq;
            if !is_folder {
                node.kind = kind_of(&yaml);
                if node.kind == NodeType::Request {
                    node.method = yaml.get("http").map(|h| word(h, "method")).unwrap_or_default();
                }
            }
        }
        Err(fault) => {
            node.error =
                Some(ItemError { message: fault.message, line: fault.line, column: fault.column });
        }
    }
}

struct Info {
    name: String,
    seq: Option<f64>,
}

fn info(yaml: &Yaml, is_folder: bool) -> Result<Info, yaml::Fault> {
    if !matches!(yaml.resolved().kind, NodeKind::Map { .. }) {
        let what = if is_folder { "A folder's file" } else { "An item" };
        return Err(yaml.fault(format!(
            "{what} must be a map that begins with \"info\". Restore the file, or delete it."
        )));
    }
    let Some(info) = yaml.get("info") else { return Ok(Info { name: String::new(), seq: None }) };
    let seq = word(info, "seq").parse::<f64>().ok().filter(|n| n.is_finite());
    Ok(Info { name: word(info, "name"), seq })
}

fn word(node: &Yaml, key: &str) -> String {
    match node.get(key).map(|n| &n.resolved().kind) {
        Some(NodeKind::Scalar { text, .. }) => text.clone(),
        _ => String::new(),
    }
}

/// What a file's content says it is.
pub(crate) fn kind_of(yaml: &Yaml) -> NodeType {
    let declared = yaml.get("info").map(|i| word(i, "type")).unwrap_or_default();
    let declared = if declared.is_empty() { word(yaml, "type") } else { declared };
    if declared == "http" || declared.is_empty() && yaml.get("http").is_some() {
        return NodeType::Request;
    }
    let by_key = ["graphql", "grpc", "websocket"].into_iter().find(|k| yaml.get(k).is_some());
    let kind = match (declared.is_empty(), by_key) {
        (false, _) => declared,
        (true, Some(key)) => key.to_owned(),
        (true, None) => "yml".to_owned(),
    };
    NodeType::Other { kind }
}

/// Puts siblings in order and children after their folders.
fn in_order(nodes: Vec<TreeNode>) -> Vec<TreeNode> {
    let mut below: HashMap<String, Vec<TreeNode>> = HashMap::new();
    for node in nodes {
        below.entry(node.parent.clone()).or_default().push(node);
    }
    for siblings in below.values_mut() {
        siblings.sort_by(compare);
    }
    let mut ordered = Vec::new();
    take(&mut below, "", &mut ordered);
    ordered
}

fn take(below: &mut HashMap<String, Vec<TreeNode>>, parent: &str, ordered: &mut Vec<TreeNode>) {
    for node in below.remove(parent).unwrap_or_default() {
        let path = (node.kind == NodeType::Folder).then(|| node.path.clone());
        ordered.push(node);
        if let Some(path) = path {
            take(below, &path, ordered);
        }
    }
}

fn compare(a: &TreeNode, b: &TreeNode) -> Ordering {
    compare_keys((a.seq, &a.name, &a.path), (b.seq, &b.name, &b.path))
}

/// By `seq`, those without one after the others; then by name, then by path.
pub(crate) fn compare_keys(a: (Option<f64>, &str, &str), b: (Option<f64>, &str, &str)) -> Ordering {
    let seq = match (a.0, b.0) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    seq.then_with(|| a.1.to_lowercase().cmp(&b.1.to_lowercase())).then_with(|| a.2.cmp(b.2))
}
