//! Places that stay linked with the description they were imported from.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex};

use errand_interop::Format;
use errand_interop::openapi::{self, Change, ChangeKind};
use errand_model::{Collection, Extensions, Item, ItemRequest};
use errand_workspace::{Changes, NodeType, TreeNode, Workspace};
use serde_json::Value;

use crate::blocking::blocking;
use crate::errors;
use crate::importing::{Incoming, gather, number};
use crate::session::{Session, lock};
use crate::use_cases::workspaces::tell_changes;
use crate::whereabouts;
use crate::wire::{
    ApiChange, ApiDifference, ApplyApiDifference, ImportCounts, ImportFrom, Imported,
    OpenApiDifference, WireError,
};

/// The key under `extensions`.
const KEY: &str = "openapi";

/// Differences that were shown and are not applied yet; the last one of a session.
#[derive(Default)]
pub struct Shown(Mutex<Option<(String, Arc<Difference>)>>);

struct Difference {
    folder: String,
    /// What the description says of itself now.
    fresh: Extensions,
    changes: Vec<Change>,
    /// Where the request of each change is.
    paths: Vec<Option<String>>,
    /// Where the description is.
    origin: Option<String>,
}

impl Session {
    pub(crate) async fn open_api_difference(
        self: &Arc<Self>,
        args: OpenApiDifference,
    ) -> Result<ApiDifference, WireError> {
        let opened = self.opened()?;
        let from = match args.from {
            Some(from) => from,
            None => self.remembered(&opened.workspace, &args.folder)?,
        };
        let gathered = gather(&self.app, from).await?;
        let incoming = self.read_incoming(gathered, Some(Format::OpenApi)).await?;
        let session = self.clone();
        let difference = blocking(move || {
            let workspace = &opened.workspace;
            if let Some(origin) = &incoming.origin {
                approve(&session.app, workspace, &args.folder, origin)?;
            }
            compare(workspace, args.folder, incoming)
        })
        .await?;
        let id = uuid::Uuid::new_v4().to_string();
        let view = view(&id, &difference);
        *lock(&self.differences.0) = Some((id, Arc::new(difference)));
        Ok(view)
    }

    pub(crate) async fn apply_api_difference(
        self: &Arc<Self>,
        args: ApplyApiDifference,
    ) -> Result<Imported, WireError> {
        let opened = self.opened()?;
        let shown = lock(&self.differences.0).clone();
        let difference = shown.filter(|(id, _)| *id == args.id).map(|(_, found)| found);
        let difference = difference.ok_or_else(|| {
            WireError::new("no-import", "This comparison is no longer held.").hint("Compare again.")
        })?;
        let session = self.clone();
        let imported = blocking(move || {
            let imported = apply(&opened.workspace, &difference, &args.changes)?;
            // The workspace's own watch takes what was written here for known.
            let here = difference.paths.iter().flatten().cloned();
            let items = here.chain([difference.folder.clone()]).collect();
            let changes = Changes { tree: true, items, ..Changes::default() };
            tell_changes(&session, &opened.workspace, &changes);
            Ok(imported)
        })
        .await?;
        *lock(&self.differences.0) = None;
        Ok(imported)
    }

    /// The place in the open workspace that was imported from the same description. Blocks.
    pub(super) fn linked(&self, incoming: &Incoming) -> Option<String> {
        let origin = incoming.origin.as_deref()?;
        if incoming.import.format != Format::OpenApi {
            return None;
        }
        let workspace = &self.try_open()?.workspace;
        let folders =
            workspace.tree().ok()?.into_iter().filter(|node| node.kind == NodeType::Folder);
        let mut places = std::iter::once(String::new()).chain(folders.map(|node| node.path));
        places.find(|path| {
            let read = workspace.read_whole_folder(path);
            let said = read.ok().and_then(|(item, _)| source(&item.extensions).map(str::to_owned));
            said.and_then(|said| whereabouts::resolved(workspace, path, &said)).as_deref()
                == Some(origin)
        })
    }

    /// Where the description of a place is, if somebody at this machine has chosen it: what a
    /// workspace alone names is not fetched.
    fn remembered(&self, workspace: &Workspace, folder: &str) -> Result<ImportFrom, WireError> {
        let read = workspace.read_whole_folder(folder);
        let (item, _) = read.map_err(|error| errors::workspace(&error))?;
        let said = source(&item.extensions);
        let origin = said.and_then(|said| whereabouts::resolved(workspace, folder, said));
        let origin = origin.ok_or_else(|| {
            let message = match said.filter(|said| !said.is_empty()) {
                Some(said) => format!(
                    "Its description is called {said}; where that is, is not known on this machine."
                ),
                None => "It is not known where its description is.".to_owned(),
            };
            WireError::new("no-description", message).hint("Choose the file or type the address.")
        })?;
        let may = whereabouts::is_inside(workspace, &origin)
            || self.app.approvals.approved(workspace.id(), &access(&origin));
        if !may {
            return Err(WireError::new(
                "not-approved",
                format!("Its description is said to be at {origin}, which was not chosen on this machine."),
            )
            .hint("Choose the file or type the address."));
        }
        Ok(if origin.starts_with("http://") || origin.starts_with("https://") {
            ImportFrom::Url { url: origin }
        } else {
            ImportFrom::Paths { paths: vec![origin] }
        })
    }
}

/// What is approved by choosing a description.
fn access(origin: &str) -> String {
    format!("read the description {origin}")
}

fn source(extensions: &Extensions) -> Option<&str> {
    extensions.get(KEY)?.get("source")?.as_str()
}

/// Says in a collection that comes into the workspace at `root` where its description is, for later
/// differences.
pub(super) fn remember(collection: &mut Collection, root: &Path, origin: &str) {
    if let Some(Value::Object(kept)) = collection.extensions.get_mut(KEY) {
        kept.insert("source".to_owned(), Value::from(whereabouts::called(root, origin)));
    }
}

/// Lets the description that the user chose for a folder be found and read again on this machine. Blocks.
pub(super) fn approve(
    app: &crate::App,
    workspace: &Workspace,
    folder: &str,
    origin: &str,
) -> Result<(), WireError> {
    whereabouts::note(workspace, folder, origin)?;
    app.approvals.set(workspace.id(), &access(origin), true)
}

fn compare(
    workspace: &Workspace,
    folder: String,
    incoming: Incoming,
) -> Result<Difference, WireError> {
    let read = workspace.collection(&folder);
    let (mine, _) = read.map_err(|error| errors::workspace(&error))?;
    if !mine.extensions.contains_key(KEY) {
        return Err(WireError::new(
            "no-description",
            "This folder was not imported from a description.",
        )
        .hint("Choose the folder that was."));
    }
    let mut fresh = incoming.import.collection;
    crate::importing::without_credentials(&mut fresh)?;
    let changes = openapi::difference(&mine, &fresh);
    let mut where_is = Places::of(workspace, &folder)?;
    let paths = changes
        .iter()
        .map(|change| where_is.path(item_at(&mine.items, change.at.as_deref()?)?))
        .collect();
    Ok(Difference { folder, fresh: fresh.extensions, changes, paths, origin: incoming.origin })
}

fn item_at<'c>(items: &'c [Item], at: &[usize]) -> Option<&'c ItemRequest> {
    match (items.get(*at.first()?)?, &at[1..]) {
        (Item::Request(item), []) => Some(item),
        (Item::Folder(folder), rest) => item_at(&folder.items, rest),
        _ => None,
    }
}

/// The paths of requests, by what tells them apart.
struct Places(HashMap<String, Vec<String>>);

impl Places {
    fn of(workspace: &Workspace, folder: &str) -> Result<Self, WireError> {
        let mut places: HashMap<String, Vec<String>> = HashMap::new();
        for node in tree(workspace)? {
            if node.kind == NodeType::Request
                && inside(&node.path, folder)
                && let Ok((item, _)) = workspace.read_whole(&node.path)
            {
                places.entry(identity(&item)).or_default().push(node.path);
            }
        }
        // Taken from the end.
        for paths in places.values_mut() {
            paths.reverse();
        }
        Ok(Self(places))
    }

    fn path(&mut self, item: &ItemRequest) -> Option<String> {
        self.0.get_mut(&identity(item))?.pop()
    }
}

fn identity(item: &ItemRequest) -> String {
    let kept = item.extensions.get(KEY);
    let of =
        |key: &str| kept.and_then(|kept| kept.get(key)).and_then(Value::as_str).unwrap_or_default();
    [of("method"), of("path"), &item.request.name].join("\n")
}

fn inside(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn tree(workspace: &Workspace) -> Result<Vec<TreeNode>, WireError> {
    workspace.tree().map_err(|error| errors::workspace(&error))
}

fn view(id: &str, difference: &Difference) -> ApiDifference {
    let of = |kind: ChangeKind| {
        let all = difference.changes.iter().zip(&difference.paths).enumerate();
        let found = all.filter(|(_, (change, _))| change.kind == kind);
        found
            .map(|(id, (change, path))| ApiChange {
                id: number(id),
                name: change.name.clone(),
                method: change.method.clone(),
                path: path.clone(),
                what: change.what.clone(),
                edited: change.edited,
            })
            .collect()
    };
    ApiDifference {
        id: id.to_owned(),
        added: of(ChangeKind::Added),
        changed: of(ChangeKind::Changed),
        gone: of(ChangeKind::Gone),
    }
}

fn apply(
    workspace: &Workspace,
    difference: &Difference,
    chosen: &[u32],
) -> Result<Imported, WireError> {
    let wrong = |error: errand_workspace::WorkspaceError| errors::workspace(&error);
    let mut added: BTreeMap<&[String], Vec<Item>> = BTreeMap::new();
    let mut gone = Vec::new();
    let mut paths = Vec::new();
    for index in chosen {
        let index = *index as usize;
        let (Some(change), Some(path)) =
            (difference.changes.get(index), difference.paths.get(index))
        else {
            return Err(WireError::new("bad-arguments", format!("There is no change {index}.")));
        };
        match (change.kind, path) {
            (ChangeKind::Added, _) => {
                if let Some(fresh) = &change.fresh {
                    added.entry(&change.folders).or_default().push(Item::Request(fresh.clone()));
                }
            }
            (ChangeKind::Changed, Some(path)) => {
                let (old, revision) = workspace.read_whole(path).map_err(wrong)?;
                let new = openapi::apply(change, &old);
                workspace.save_whole(path, &new, &revision).map_err(wrong)?;
                paths.push(path.clone());
            }
            (ChangeKind::Gone, Some(path)) => gone.push(path.clone()),
            (_, None) => {}
        }
    }
    let mut requests = paths.len();
    let mut there = folders(workspace)?;
    for (names, items) in added {
        requests += items.len();
        let folder = folder_of(workspace, &mut there, &difference.folder, names)?;
        let items = Collection { items, ..Collection::default() };
        paths.extend(workspace.add(&folder, &items).map_err(wrong)?.paths);
    }
    if !gone.is_empty() {
        workspace.delete(&gone).map_err(wrong)?;
    }
    renew(workspace, difference)?;
    let receipt = ImportCounts { requests: number(requests), ..ImportCounts::default() };
    Ok(Imported { workspace: None, paths, receipt, session_only: Vec::new() })
}

/// Folders by the one they are in and their name.
type Folders = HashMap<(String, String), String>;

fn folders(workspace: &Workspace) -> Result<Folders, WireError> {
    let mut folders = Folders::new();
    for node in tree(workspace)?.into_iter().filter(|node| node.kind == NodeType::Folder) {
        // Of several of one name the first.
        folders.entry((node.parent, node.name)).or_insert(node.path);
    }
    Ok(folders)
}

/// The folder of these names below another, made where it is not there.
fn folder_of(
    workspace: &Workspace,
    there: &mut Folders,
    below: &str,
    names: &[String],
) -> Result<String, WireError> {
    let mut folder = below.to_owned();
    for name in names {
        let key = (folder, name.clone());
        folder = if let Some(known) = there.get(&key) {
            known.clone()
        } else {
            let made = workspace.create_folder(&key.0, name);
            let made = made.map_err(|error| errors::workspace(&error))?;
            there.insert(key, made.clone());
            made
        };
    }
    Ok(folder)
}

/// The folder keeps what the description says of itself now.
fn renew(workspace: &Workspace, difference: &Difference) -> Result<(), WireError> {
    let wrong = |error: errand_workspace::WorkspaceError| errors::workspace(&error);
    let (mut item, revision) = workspace.read_whole_folder(&difference.folder).map_err(wrong)?;
    let said = match &difference.origin {
        Some(origin) => Some(whereabouts::called(workspace.root(), origin)),
        // Pasted: the next comparison is with what was known before.
        None => source(&item.extensions).map(str::to_owned),
    };
    item.extensions = openapi::renew(&item.extensions, &difference.fresh);
    if let (Some(Value::Object(kept)), Some(said)) = (item.extensions.get_mut(KEY), said) {
        kept.insert("source".to_owned(), Value::from(said));
    }
    workspace.save_whole_folder(&difference.folder, &item, &revision).map_err(wrong)?;
    Ok(())
}
