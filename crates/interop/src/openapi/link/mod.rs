//! A collection beside a newer description: what was added, changed and gone, applied per request
//! without losing what the user has done to it.

mod compare;
mod merge;
mod words;

use std::collections::{HashMap, HashSet};

use errand_model::{Collection, Extensions, Item, ItemRequest, Request};
use serde_json::{Map, Value};

use super::document::{Document, Operation, text};
use super::kept;
use super::operation::{self, Context};
use crate::Receipt;
use compare::Comparison;

/// What became of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// The description has it, the collection does not.
    Added,
    /// Both have it, and the description says something else now.
    Changed,
    /// The description no longer has it.
    Gone,
}

/// One operation that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// Name of the request; of an added one that it will have.
    pub name: String,
    /// As it is sent.
    pub method: String,
    /// As the description writes it: `/orders/{id}`.
    pub path: String,
    /// What is different, in words.
    pub what: Vec<String>,
    /// Whether the user has changed the request since it was imported.
    pub edited: bool,
    /// Where the request is in the collection: places among `items`, from the top; none for an added
    /// one.
    pub at: Option<Vec<usize>>,
    /// Names of the folders that an added one goes into.
    pub folders: Vec<String>,
    /// The request as the description has it now; none for one that is gone.
    pub fresh: Option<Box<ItemRequest>>,
    /// What the import had made of the description as it was, when the user has changed it since.
    before: Option<Box<ItemRequest>>,
}

/// A request of a collection with its operation.
struct Linked<'c> {
    at: Vec<usize>,
    folders: Vec<&'c str>,
    item: &'c ItemRequest,
    operation: Operation<'c>,
}

/// What a description that was just imported has other than a collection has it. Requests that come
/// from no description are left alone.
pub fn difference(old: &Collection, fresh: &Collection) -> Vec<Change> {
    let documents =
        [old, fresh].map(|one| Document::new(kept::document(&one.extensions).unwrap_or_default()));
    let [old_document, new_document] = &documents;
    let (mine, theirs) = (linked(old, old_document), linked(fresh, new_document));
    let matched = matched(&mine, &theirs);
    let before = Context::of(old_document, kept::servers(&old.extensions, old_document));
    let mut comparison = Comparison::new(old_document, new_document);
    let mut changes = Vec::new();
    for (one, place) in theirs.iter().zip(&matched) {
        if place.is_empty() {
            changes.push(added(one));
        }
        for place in place {
            changes.extend(changed(&mine[*place], one, &before, &mut comparison));
        }
    }
    let there: HashSet<usize> = matched.into_iter().flatten().collect();
    let gone = mine.iter().enumerate().filter(|(at, _)| !there.contains(at));
    changes.extend(gone.map(|(_, one)| change(ChangeKind::Gone, one, Vec::new())));
    changes
}

/// The requests with operations, path items included.
fn linked<'c>(collection: &'c Collection, document: &'c Document) -> Vec<Linked<'c>> {
    fn walk<'c>(
        items: &'c [Item],
        at: &mut Vec<usize>,
        folders: &mut Vec<&'c str>,
        document: &'c Document,
        found: &mut Vec<Linked<'c>>,
    ) {
        for (place, item) in items.iter().enumerate() {
            at.push(place);
            match item {
                Item::Folder(folder) => {
                    folders.push(&folder.folder.name);
                    walk(&folder.items, at, folders, document, found);
                    folders.pop();
                }
                Item::Request(item) => {
                    found.extend(kept::linked(&item.extensions, document).map(|operation| {
                        Linked { at: at.clone(), folders: folders.clone(), item, operation }
                    }));
                }
                Item::Other(_) => {}
            }
            at.pop();
        }
    }
    let mut found = Vec::new();
    walk(&collection.items, &mut Vec::new(), &mut Vec::new(), document, &mut found);
    found
}

/// For each of `theirs` the places of those of `mine` that are the same operation: by its id where
/// that tells operations apart, else by method and path. A request that the user has duplicated is
/// several.
fn matched(mine: &[Linked<'_>], theirs: &[Linked<'_>]) -> Vec<Vec<usize>> {
    let id = |one: &Linked<'_>| {
        let id = text(one.operation.value, "operationId");
        (!id.is_empty()).then_some(id)
    };
    let route = |one: &Linked<'_>| {
        (one.operation.method.to_ascii_lowercase(), one.operation.path.to_owned())
    };
    // Descriptions give one id to several operations, though they must not.
    let telling = |all: &[Linked<'_>]| -> HashSet<String> {
        let mut routes = HashMap::new();
        let mut shared = HashSet::new();
        for (id, one) in all.iter().filter_map(|one| Some((id(one)?, one))) {
            if *routes.entry(id.clone()).or_insert_with(|| route(one)) != route(one) {
                shared.insert(id);
            }
        }
        routes.into_keys().filter(|id| !shared.contains(id)).collect()
    };
    let (my_ids, their_ids) = (telling(mine), telling(theirs));
    let id = |one: &Linked<'_>| id(one).filter(|id| my_ids.contains(id) && their_ids.contains(id));
    let mut by_id: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_route: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (at, one) in mine.iter().enumerate() {
        match id(one) {
            Some(id) => by_id.entry(id).or_default().push(at),
            None => by_route.entry(route(one)).or_default().push(at),
        }
    }
    theirs
        .iter()
        .map(|one| {
            let found = id(one).and_then(|id| by_id.remove(&id));
            found.or_else(|| by_route.remove(&route(one))).unwrap_or_default()
        })
        .collect()
}

fn change(kind: ChangeKind, one: &Linked<'_>, what: Vec<String>) -> Change {
    Change {
        kind,
        name: one.item.request.name.clone(),
        method: one.operation.method.to_ascii_uppercase(),
        path: one.operation.path.to_owned(),
        what,
        edited: kind != ChangeKind::Added && is_edited(one.item),
        at: (kind != ChangeKind::Added).then(|| one.at.clone()),
        folders: one.folders.iter().map(|name| (*name).to_owned()).collect(),
        fresh: None,
        before: None,
    }
}

fn is_edited(item: &ItemRequest) -> bool {
    kept::imported(&item.extensions).is_some_and(|was| was != kept::digest(&item.request))
}

fn added(one: &Linked<'_>) -> Change {
    let mut added = change(ChangeKind::Added, one, Vec::new());
    added.fresh = Some(Box::new(one.item.clone()));
    added
}

fn changed<'c>(
    mine: &Linked<'c>,
    theirs: &Linked<'c>,
    before: &Context<'_>,
    comparison: &mut Comparison<'c>,
) -> Option<Change> {
    let what = words::differences(comparison, mine.operation, theirs.operation);
    if what.is_empty() {
        return None;
    }
    let mut changed = change(ChangeKind::Changed, mine, what);
    changed.fresh = Some(Box::new(theirs.item.clone()));
    if changed.edited {
        let mut unread = Receipt::default();
        let was = operation::request(before, mine.operation, &mut unread.at(""));
        changed.before = Some(Box::new(was));
    }
    Some(changed)
}

/// A request after a change was taken over. What the user has edited stays: values, rows, scripts,
/// checks, auth. An added one comes as it is; one that is gone loses its link and nothing else.
pub fn apply(change: &Change, old: &ItemRequest) -> ItemRequest {
    let Some(fresh) = &change.fresh else {
        let mut old = old.clone();
        old.extensions.shift_remove(kept::KEY);
        return old;
    };
    if change.kind == ChangeKind::Added {
        return (**fresh).clone();
    }
    let mut new = (**fresh).clone();
    let before = change.before.as_deref();
    if change.edited {
        // Without what it was, nothing tells an edit from a change: the edits win.
        let was = before.map_or(&fresh.request, |was| &was.request);
        new.request = merge::requests(was, &old.request, &fresh.request);
    }
    new.request.seq = old.request.seq;
    if let Some(was) = before.or_else(|| (!change.edited).then_some(old)) {
        new.examples = merge::examples(&was.examples, &old.examples, &fresh.examples);
    } else {
        new.examples.clone_from(&old.examples);
    }
    for (key, value) in &old.extensions {
        new.extensions.entry(key.clone()).or_insert_with(|| value.clone());
    }
    new
}

/// What a collection keeps of its description after changes were applied: as the newer one is, with
/// the components that only requests of the older one refer to.
pub fn renew(old: &Extensions, fresh: &Extensions) -> Extensions {
    let mut new = old.clone();
    let Some(kept) = fresh.get(kept::KEY) else { return new };
    let mut kept = kept.clone();
    if let (Some(was), Some(mut is)) = (kept::document(old), kept::document(fresh)) {
        add_missing(&mut is, &was, "components", 2);
        add_missing(&mut is, &was, "paths", 1);
        if let Value::Object(kept) = &mut kept {
            kept.insert("document".to_owned(), kept::stored(is));
        }
    }
    new.insert(kept::KEY.to_owned(), kept);
    new
}

/// Adds what an object below `key` had and has no more, down to a depth.
fn add_missing(new: &mut Value, old: &Value, key: &str, depth: usize) {
    fn add(new: &mut Map<String, Value>, old: &Map<String, Value>, depth: usize) {
        for (key, value) in old {
            match new.get_mut(key) {
                None => {
                    new.insert(key.clone(), value.clone());
                }
                Some(Value::Object(inner)) if depth > 1 => {
                    if let Value::Object(value) = value {
                        add(inner, value, depth - 1);
                    }
                }
                Some(_) => {}
            }
        }
    }
    let Some(Value::Object(old)) = old.get(key) else { return };
    let Value::Object(root) = new else { return };
    let place = root.entry(key.to_owned()).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(place) = place {
        add(place, old, depth);
    }
}

/// Whether a request is as the description made it.
pub fn is_as_described(request: &Request, extensions: &Extensions) -> Option<bool> {
    kept::imported(extensions).map(|digest| digest == kept::digest(request))
}
