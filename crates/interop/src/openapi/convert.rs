//! A description as a collection.

use std::collections::{HashMap, HashSet};

use errand_model::{Collection, Folder, Item, ItemFolder, ItemRequest};
use serde_json::{Map, Value};

use super::document::{Document, Operation, list, operations, text};
use super::load::{self, Loaded};
use super::operation::Context;
use super::text::line;
use super::{kept, operation, server};
use crate::{Error, Format, Import, Receipt, Source};

pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let mut receipt = Receipt::default();
    let mut wanted = Vec::new();
    let mut found = Vec::new();
    for entry in load::roots(source) {
        let mut loaded = load::load(source, entry)?;
        wanted.append(&mut loaded.wanted);
        found.push(loaded);
    }
    // What only lends its components to others is no collection.
    if found.len() > 1 && found.iter().any(|one| !load::is_shelf(&one.root)) {
        found.retain(|one| !load::is_shelf(&one.root));
    }
    if found.is_empty() {
        return Err(Error::Unknown { file: String::new() });
    }
    let several = found.len() > 1;
    let mut environments = HashSet::new();
    let mut all: Vec<Collection> = Vec::new();
    for loaded in found {
        let above = if several { title(&loaded) } else { String::new() };
        all.push(collection(loaded, &above, &mut environments, &mut receipt));
    }
    wanted.sort();
    wanted.dedup();
    let collection = if several { together(all) } else { all.remove(0) };
    Ok(Import { format: Format::OpenApi, collection, receipt, wanted })
}

/// Several descriptions as folders of one collection.
fn together(all: Vec<Collection>) -> Collection {
    let mut whole = Collection::default();
    "APIs".clone_into(&mut whole.root.name);
    for mut one in all {
        whole.environments.append(&mut one.environments);
        let (folder, extensions, items) = (one.root, one.extensions, one.items);
        whole.items.push(Item::Folder(ItemFolder { folder, extensions, items }));
    }
    whole
}

fn title(loaded: &Loaded) -> String {
    let title = loaded.root.get("info").map(|info| text(info, "title")).unwrap_or_default();
    let title = line(&title, 120);
    if !title.is_empty() {
        return title;
    }
    let file = loaded.file.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    if stem.is_empty() { "API".to_owned() } else { stem.to_owned() }
}

/// A request with where it goes and which operation it is.
struct Made {
    folder: Option<String>,
    path: String,
    method: String,
    item: ItemRequest,
}

fn collection(
    loaded: Loaded,
    above: &str,
    environment_names: &mut HashSet<String>,
    receipt: &mut Receipt,
) -> Collection {
    let name = title(&loaded);
    let Loaded { root, file, version, missing, .. } = loaded;
    let document = Document::new(root);
    let root = root_folder(&document, name, above, receipt);
    let mut collection = Collection { root, ..Collection::default() };
    let operations = operations(&document.root);
    let servers = server::shared(&document.root, &operations);
    let context = Context::of(&document, servers);
    let credentials = context.schemes.variables();
    collection.environments =
        server::environments(&context.servers, &credentials, environment_names, receipt);
    let secured = document
        .root
        .get("security")
        .map(|all| context.schemes.secured(all, &mut receipt.at(above)));
    if let Some(secured) = secured {
        collection.root.defaults.auth = secured.auth;
        collection.root.defaults.headers = secured.headers;
        for row in secured.params {
            let why = "A key in the query beside another auth is set in each request";
            receipt.at(above).set_aside(
                format!("security {}", row.name),
                why,
                "extensions.openapi",
            );
        }
    }
    let folders = Folders::of(&document.root, &operations);
    let mut made: Vec<Made> = Vec::with_capacity(operations.len());
    for one in operations {
        let folder = folders.of_operation(one);
        let item = item(&context, one, above, folder.as_deref(), receipt);
        made.push(Made { folder, path: one.path.to_owned(), method: one.method.to_owned(), item });
    }
    let order = folders.in_order(&made, above, receipt);
    unresolved(&document, &missing, above, receipt);
    let servers = context.servers;
    let mut root = document.root;
    collection.items = arrange(made, order, &mut root);
    let kept = kept::of_document(&file, &version, servers, root);
    collection.extensions.insert(kept::KEY.to_owned(), Value::Object(kept));
    collection
}

fn root_folder(document: &Document, name: String, above: &str, receipt: &mut Receipt) -> Folder {
    let info = document.root.get("info").unwrap_or(&Value::Null);
    let mut scribe = receipt.at(above);
    scribe.kept("openapi");
    for key in ["webhooks", "x-webhooks"] {
        let hooks = document.root.get(key).and_then(Value::as_object).map_or(0, Map::len);
        if hooks > 0 {
            let why = format!("The service sends them ({hooks}); Errand does not listen");
            scribe.set_aside(key, why, "extensions.openapi");
        }
    }
    let docs = operation::docs_of_all(&document.root);
    Folder { name, description: line(&text(info, "summary"), 200), docs, ..Folder::default() }
}

fn item(
    context: &Context<'_>,
    one: Operation<'_>,
    above: &str,
    folder: Option<&str>,
    receipt: &mut Receipt,
) -> ItemRequest {
    let mut notes = Receipt::default();
    let mut item = operation::request(context, one, &mut notes.at("request"));
    let kept = kept::of_operation(one, &item.request);
    item.extensions.insert(kept::KEY.to_owned(), Value::Object(kept));
    let names = [above, folder.unwrap_or_default(), &item.request.name];
    let place = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" / ");
    let mut scribe = receipt.at(place.clone());
    if notes.lines.is_empty() {
        scribe.kept("request");
    }
    for example in &item.examples {
        scribe.kept(format!("example {}", example.name));
    }
    receipt.lines.extend(notes.lines.into_iter().map(|mut line| {
        line.place.clone_from(&place);
        line
    }));
    item
}

/// References that lead nowhere.
fn unresolved(
    document: &Document,
    missing: &std::collections::BTreeSet<(String, String)>,
    above: &str,
    receipt: &mut Receipt,
) {
    let mut scribe = receipt.at(above);
    for (from, file) in missing {
        let why = format!("{file} is not among the files that are imported");
        scribe.not_carried(
            format!("$ref in {}", if from.is_empty() { "the text" } else { from }),
            why,
        );
    }
    if document.left() == 0 {
        let why = "There are more schemas than values are made up for: the last bodies are empty";
        scribe.not_carried("schemas", why);
    }
    for reference in document.broken() {
        let what = if reference.starts_with('#') {
            "There is nothing, or a circle"
        } else {
            "It is not here"
        };
        scribe.set_aside(format!("$ref {reference}"), what, "extensions.openapi");
    }
}

/// How operations are put into folders: by first tag, or by path where nothing is tagged.
struct Folders<'d> {
    root: &'d Value,
    tagged: bool,
    /// Leading segments that all paths share.
    shared: usize,
}

impl<'d> Folders<'d> {
    fn of(root: &'d Value, operations: &[Operation<'_>]) -> Self {
        let tagged = operations.iter().any(|one| first_tag(one.value).is_some());
        let mut paths = operations.iter().map(|one| segments(one.path));
        let mut shared: Vec<&str> = paths.next().unwrap_or_default();
        for path in paths {
            let same = shared.iter().zip(&path).take_while(|(a, b)| a == b).count();
            shared.truncate(same);
        }
        Self { root, tagged, shared: shared.len() }
    }

    fn of_operation(&self, operation: Operation<'_>) -> Option<String> {
        if self.tagged {
            return first_tag(operation.value);
        }
        let segments = segments(operation.path);
        let first = segments.get(self.shared)?;
        (!first.starts_with('{')).then(|| first.split('#').next().unwrap_or_default().to_owned())
    }

    /// Folders in the order of the description's tags, then of the operations.
    fn in_order(&self, made: &[Made], above: &str, receipt: &mut Receipt) -> Vec<Folder> {
        let mut order: Vec<Folder> = Vec::new();
        let used: HashSet<&str> = made.iter().filter_map(|one| one.folder.as_deref()).collect();
        let mut there = HashSet::new();
        let declared = list(self.root.get("tags").unwrap_or(&Value::Null));
        for tag in declared.filter(|_| self.tagged) {
            let name = text(tag, "name");
            if !used.contains(name.as_str()) {
                let mut scribe = receipt.at(above);
                scribe.set_aside(
                    format!("tag {name}"),
                    "No operation has it first",
                    "extensions.openapi",
                );
            } else if there.insert(name.clone()) {
                order.push(Folder { name, docs: operation::docs(tag), ..Folder::default() });
            }
        }
        for name in made.iter().filter_map(|one| one.folder.as_ref()) {
            if there.insert(name.clone()) {
                order.push(Folder { name: name.clone(), ..Folder::default() });
            }
        }
        for folder in &order {
            let names = [above, &folder.name];
            let place = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>();
            receipt.at(place.join(" / ")).kept("folder");
        }
        order
    }
}

fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|segment| !segment.is_empty()).collect()
}

fn first_tag(operation: &Value) -> Option<String> {
    let first = operation.get("tags")?.as_array()?.first()?.as_str()?;
    (!first.trim().is_empty()).then(|| first.to_owned())
}

/// Requests in their folders; each takes its operation out of the description. Paths stay, for their
/// order.
fn arrange(made: Vec<Made>, order: Vec<Folder>, root: &mut Value) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let at: HashMap<String, usize> =
        order.iter().enumerate().map(|(at, folder)| (folder.name.clone(), at)).collect();
    let mut folders: Vec<ItemFolder> =
        order.into_iter().map(|folder| ItemFolder { folder, ..ItemFolder::default() }).collect();
    for Made { folder, path, method, mut item } in made {
        let taken = take(root, &path, &method);
        if let (Some(Value::Object(kept)), Some(taken)) =
            (item.extensions.get_mut(kept::KEY), taken)
        {
            kept.insert("operation".to_owned(), taken);
        }
        let item = Item::Request(Box::new(item));
        match folder.and_then(|name| at.get(&name)) {
            Some(at) => folders[*at].items.push(item),
            None => items.push(item),
        }
    }
    folders.into_iter().map(Item::Folder).chain(items).collect()
}

fn take(root: &mut Value, path: &str, method: &str) -> Option<Value> {
    let item = root.get_mut("paths")?.get_mut(path)?.as_object_mut()?;
    item.shift_remove(method)
        .or_else(|| item.get_mut("additionalOperations")?.as_object_mut()?.shift_remove(method))
}
