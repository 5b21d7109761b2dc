//! `OpenCollection` in one document: a collection with all its items and environments, as YAML or
//! JSON. What Errand does not know of it is kept in the collection and comes back.

mod draft;

use errand_model::{Collection, Environment, Folder, Item, ItemEnvironment, ItemFolder, ItemOther};
use serde_json::{Map, Value};

use crate::collection::{Problem, read_item};
use crate::shape::{self, Place};
use crate::tree::ItemError;
use crate::yaml::{self, Data, Fault, Node, NodeKind};
use crate::{Workspace, WorkspaceError};

/// What a message calls the document.
const DOCUMENT: &str = "The OpenCollection document";

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// As files of a workspace are.
    Yaml,
    /// Indented by two spaces.
    Json,
}

/// Whether a text is such a document, as far as it can be told without reading it as a whole: by
/// its keys at the outermost level. `text` may be the beginning of a document; more is surer.
pub fn is_bundled(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        let keys = outermost(text);
        let has = |key: &str| keys.contains(&key);
        // Deeper ones may be anybody's, so they count only beside the format's own name.
        let within = |key: &str| text.contains(&format!("\"{key}\""));
        return has("opencollection")
            && ["items", "bundled", "environments"].into_iter().any(within)
            || has("items") && has("bundled");
    }
    let has = |key: &str| {
        text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
    };
    let items = || {
        text.lines().skip_while(|line| !line.starts_with("items:")).skip(1).any(|line| {
            let word = line.trim_start().trim_start_matches("- ").replace(['"', '\''], "");
            ["type: http", "type: folder", "info:"].iter().any(|start| word.starts_with(start))
        })
    };
    let bundled = || text.lines().any(|line| line.trim_end() == "bundled: true");
    has("opencollection") && (has("items") || bundled() || text.contains("\n  environments:"))
        || has("name") && has("items") && items()
}

/// The keys of a JSON object at its outermost level, as far as the text goes.
fn outermost(text: &str) -> Vec<&str> {
    let (mut keys, mut depth, mut at) = (Vec::new(), 0_usize, 0);
    while let Some(found) = text[at..].find(['{', '}', '[', ']', '"']) {
        let here = at + found;
        at = here + 1;
        match text.as_bytes()[here] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {
                let mut escaped = false;
                let end = text[at..].find(|letter: char| {
                    let ends = letter == '"' && !escaped;
                    escaped = letter == '\\' && !escaped;
                    ends
                });
                let Some(end) = end else { break };
                let word = &text[at..at + end];
                at += end + 1;
                if depth == 1 && text[at..].trim_start().starts_with(':') {
                    keys.push(word);
                }
            }
        }
    }
    keys
}

/// The collection of a document, and what in it could not be read: such an item is an
/// [`Item::Other`], which holds it as it is.
///
/// # Errors
/// [`WorkspaceError::Invalid`] with line and column, for what is not a document of this kind.
pub fn split(text: &str) -> Result<(Collection, Vec<Problem>), WorkspaceError> {
    let invalid = |fault| WorkspaceError::invalid(DOCUMENT, fault);
    let node = parse(text).map_err(invalid)?;
    let NodeKind::Map { .. } = node.resolved().kind else {
        return Err(invalid(node.fault("It must be a map with \"info\" and \"items\".")));
    };
    let is_draft = draft::is_root(&node);
    let converted = is_draft.then(|| draft::root(&node.data()).to_node());
    let read = converted.as_ref().unwrap_or(&node);
    let root = shape::read_folder_original(read, Place::Root, "").map_err(invalid)?;
    let mut collection =
        Collection { root: root.folder, extensions: root.extensions, ..Collection::default() };
    if is_draft {
        draft::keep(&mut collection.extensions, &node, draft::ROOT_ELSEWHERE);
    }
    let mut problems = Vec::new();
    collection.items = items(&node, "", &mut problems);
    let holder = if is_draft { Some(&node) } else { node.get("config") };
    for (at, node) in list(holder, "environments").into_iter().enumerate() {
        match shape::read_environment_original(node, "") {
            Ok(mut item) => {
                secret_values(node, &mut item.environment);
                collection.environments.push(item);
            }
            Err(fault) => problems.push(problem(&format!("environments[{at}]"), fault)),
        }
    }
    Ok((collection, problems))
}

fn parse(text: &str) -> Result<Node, Fault> {
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        return yaml::parse(text);
    }
    match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        Ok(value) => Ok(Data::of_json(&value).to_node()),
        // Braces begin a map in YAML too.
        Err(error) => yaml::parse(text).map_err(|_| Fault {
            line: error.line().max(1),
            column: error.column().max(1),
            message: format!("This is no JSON: {error}."),
        }),
    }
}

fn list<'a>(holder: Option<&'a Node>, key: &str) -> Vec<&'a Node> {
    match holder.and_then(|node| node.get(key)).map(|node| &node.resolved().kind) {
        Some(NodeKind::List { items, .. }) => items.iter().map(|item| &item.node).collect(),
        _ => Vec::new(),
    }
}

fn problem(path: &str, fault: Fault) -> Problem {
    let Fault { line, column, message } = fault;
    Problem { path: path.to_owned(), error: ItemError { message, line, column } }
}

fn items(holder: &Node, above: &str, problems: &mut Vec<Problem>) -> Vec<Item> {
    let mut found = Vec::new();
    for (at, node) in list(Some(holder), "items").into_iter().enumerate() {
        let place = match above {
            "" => format!("items[{at}]"),
            above => format!("{above}.items[{at}]"),
        };
        let converted = draft::is_item(node).then(|| draft::item(&node.data()).to_node());
        let read = converted.as_ref().unwrap_or(node);
        let (mut item, fault) = if is_folder(read) {
            let (mut folder, fault) = folder(read);
            folder.items = items(node, &place, problems);
            (Item::Folder(folder), fault)
        } else {
            match read_item(read, "") {
                (Some(item), fault) => (item, fault),
                (None, fault) => (other(read), fault),
            }
        };
        if converted.is_some() {
            match &mut item {
                Item::Folder(item) => draft::keep(&mut item.extensions, node, draft::ELSEWHERE),
                Item::Request(item) => draft::keep(&mut item.extensions, node, draft::ELSEWHERE),
                Item::Other(item) => *item = other_of(node),
            }
        }
        problems.extend(fault.map(|fault| problem(&place, fault)));
        found.push(item);
    }
    found
}

fn is_folder(node: &Node) -> bool {
    let kind = node.get("info").and_then(|info| info.get("type")).map(Node::data);
    match kind {
        Some(kind) => kind == Data::text("folder"),
        None => node.get("items").is_some(),
    }
}

/// A folder; one whose settings are not understood keeps them.
fn folder(node: &Node) -> (ItemFolder, Option<Fault>) {
    match shape::read_folder_original(node, Place::Inner, "") {
        Ok(folder) => (folder, None),
        Err(fault) => {
            let mut data = node.data();
            data.remove("items");
            let name = name_of(&data);
            let original = Map::from_iter([("original".to_owned(), data.to_json())]);
            let extensions = Map::from_iter([("opencollection".to_owned(), original.into())]);
            let folder = Folder { name, ..Folder::default() };
            (ItemFolder { folder, extensions, items: Vec::new() }, Some(fault))
        }
    }
}

fn other(node: &Node) -> Item {
    Item::Other(other_of(node))
}

fn other_of(node: &Node) -> ItemOther {
    let data = node.data();
    let content = match data.to_json() {
        Value::Object(content) => content,
        // Not even a map: kept under a name of its own.
        value => Map::from_iter([("value".to_owned(), value)]),
    };
    ItemOther { name: name_of(&data), content }
}

fn name_of(data: &Data) -> String {
    let name = data.get("info").unwrap_or(data).get("name");
    if let Some(Data::Text(name)) = name { name.clone() } else { String::new() }
}

/// A secret's value that stands in the document goes along, to be moved where it belongs.
fn secret_values(node: &Node, environment: &mut Environment) {
    for row in list(Some(node), "variables") {
        let (Some(Data::Text(name)), Some(Data::Text(value))) =
            (row.get("name").map(Node::data), row.get("value").map(Node::data))
        else {
            continue;
        };
        let mut secrets = environment.variables.iter_mut().filter(|variable| variable.secret);
        if let Some(variable) = secrets.find(|variable| variable.name == name) {
            variable.value = value;
        }
    }
}

/// A collection as one document, without values of secrets.
pub fn text(collection: &Collection, notation: Notation) -> String {
    let root = ItemFolder {
        folder: collection.root.clone(),
        extensions: collection.extensions.clone(),
        items: Vec::new(),
    };
    let made = shape::folder_file(&root, Place::Root);
    let drafted = draft::unchanged_root(&made, &root);
    let is_draft = drafted.is_some();
    let mut document = drafted.unwrap_or(made);
    let environments = collection.environments.iter().map(environment).collect::<Vec<_>>();
    if !environments.is_empty() {
        let order = &["info", "config", "environments", "items", "request", "docs"];
        if is_draft {
            document.put("environments", Data::List(environments), order);
        } else {
            let put = |config: &mut Data| config.put("environments", Data::List(environments), &[]);
            document.edit("config", order, put);
        }
    }
    let items: Vec<Data> = collection.items.iter().map(item).collect();
    if !items.is_empty() {
        document.put("items", Data::List(items), &["items", "request", "docs", "extensions"]);
    }
    if !is_draft {
        document.put("bundled", Data::Bool(true), &["bundled", "extensions"]);
    }
    match notation {
        Notation::Yaml => yaml::fresh(&document),
        // A value without odd keys always has a text.
        Notation::Json => {
            serde_json::to_string_pretty(&document.to_json()).unwrap_or_default() + "\n"
        }
    }
}

fn item(item: &Item) -> Data {
    match item {
        Item::Folder(item) => {
            let made = shape::folder_file(item, Place::Inner);
            let mut data = draft::unchanged(&made, &item.extensions).unwrap_or(made);
            if !item.items.is_empty() {
                let items = item.items.iter().map(self::item).collect();
                data.put("items", Data::List(items), &["items", "request", "docs", "extensions"]);
            }
            data
        }
        Item::Request(item) => {
            let made = shape::request_file(item);
            draft::unchanged(&made, &item.extensions).unwrap_or(made)
        }
        Item::Other(item) => shape::other_file(item, &item.name, crate::collection::seq_of(item)),
    }
}

fn environment(item: &ItemEnvironment) -> Data {
    shape::environment_file(item)
}

/// A workspace as one document, and what is not in it because it cannot be read.
///
/// # Errors
/// As [`Workspace::collection`].
pub fn join(
    workspace: &Workspace,
    notation: Notation,
) -> Result<(String, Vec<Problem>), WorkspaceError> {
    let (collection, problems) = workspace.collection("")?;
    Ok((text(&collection, notation), problems))
}
