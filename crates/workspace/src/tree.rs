use std::cmp::Ordering;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering as Memory};
use std::thread;

use crate::workspace::{ENVIRONMENTS, FOLDER_FILE, ROOT_FILE, join, stem_of};
use crate::yaml::{Node as Yaml, NodeKind};
use crate::{Workspace, WorkspaceError, atomic, yaml};

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
        let nodes = read_all(&found);
        Ok(in_order(nodes))
    }
}

impl Workspace {
    /// The items of one folder in their order, without what is below them.
    pub(crate) fn level(&self, folder: &str) -> Result<Vec<TreeNode>, WorkspaceError> {
        let mut found = Vec::new();
        let full = self.locate(folder)?;
        list(&full, folder, MAX_DEPTH, &mut found).map_err(|e| WorkspaceError::read(&full, e))?;
        let mut nodes = read_all(&found);
        nodes.sort_by(compare);
        Ok(nodes)
    }
}

struct Found {
    path: String,
    parent: String,
    full: PathBuf,
    is_folder: bool,
}

fn list(
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

/// Reads the files on a few threads, each taking the next ones that nobody has.
fn read_all(found: &[Found]) -> Vec<TreeNode> {
    const BATCH: usize = 64;
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism()
        .map_or(2, usize::from)
        .clamp(1, 8)
        .min(found.len() / BATCH + 1);
    let work = || {
        let mut nodes = Vec::new();
        loop {
            let from = next.fetch_add(BATCH, Memory::Relaxed);
            let Some(batch) =
                found.get(from..found.len().min(from + BATCH)).filter(|b| !b.is_empty())
            else {
                return nodes;
            };
            nodes.extend(batch.iter().map(node));
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut nodes = work();
        for other in others {
            nodes.extend(other.join().unwrap_or_default());
        }
        nodes
    })
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

/// By `seq`, those without one after the others; then by name.
fn compare(a: &TreeNode, b: &TreeNode) -> Ordering {
    let seq = match (a.seq, b.seq) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    seq.then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase()))
        .then_with(|| a.path.cmp(&b.path))
}
