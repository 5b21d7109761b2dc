//! Collections of Thunder Client as the model's.

use std::collections::{HashMap, HashSet};

use errand_model::{
    Collection, Environment, Extensions, Folder, Item, ItemEnvironment, ItemFolder,
};
use serde_json::{Value, json};

use super::gather::{Gathered, gather};
use super::request;
use super::rows::{any, list, text, variables};
use crate::{Error, Format, Import, Receipt, Source};

/// Folders in folders that are followed.
const DEEPEST: usize = 64;

pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let mut found = gather(source)?;
    let file = source.single().map(|entry| entry.path.clone()).unwrap_or_default();
    let mut receipt = Receipt::default();
    let mut environments = std::mem::take(&mut found.environments);
    environments.sort_by(|a, b| order(a).total_cmp(&order(b)));
    let mut parts = collections(found, &file, &mut receipt)?;
    let mut whole = if parts.len() == 1 {
        parts.remove(0)
    } else {
        let mut whole = Collection::default();
        whole.root.name.push_str("Thunder Client");
        for part in parts {
            whole.items.push(Item::Folder(ItemFolder {
                folder: part.root,
                extensions: part.extensions,
                items: part.items,
            }));
        }
        whole
    };
    let mut names = HashSet::new();
    for given in &environments {
        environment(given, &mut whole, &mut names, &mut receipt);
    }
    Ok(Import { format: Format::Thunder, collection: whole, receipt, wanted: Vec::new() })
}

/// Collections in their order, with the requests that are in files of their own.
fn collections(
    found: Gathered,
    file: &str,
    receipt: &mut Receipt,
) -> Result<Vec<Collection>, Error> {
    let mut given = found.collections;
    given.sort_by(|a, b| order(a).total_cmp(&order(b)));
    let ids: Vec<String> = given.iter().map(|one| any(one, &["_id", "collectionId"])).collect();
    let places: HashMap<&str, usize> =
        ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let mut own: Vec<Vec<&Value>> =
        given.iter().map(|one| list(&one["requests"]).collect()).collect();
    let mut loose = Vec::new();
    for request in &found.requests {
        match places.get(text(request, "colId").as_str()) {
            Some(at) => own[*at].push(request),
            None => loose.push(request),
        }
    }
    let rest = json!({ "colName": "Requests" });
    let mut all: Vec<_> = given.iter().zip(own).collect();
    if !loose.is_empty() {
        all.push((&rest, loose));
    }
    let several = all.len() > 1;
    let parts = all.iter().map(|(one, requests)| collection(one, requests, several, file, receipt));
    parts.collect()
}

fn collection(
    given: &Value,
    requests: &[&Value],
    several: bool,
    file: &str,
    receipt: &mut Receipt,
) -> Result<Collection, Error> {
    let name = any(given, &["colName", "collectionName", "name"]);
    let name = if name.is_empty() { "Thunder Client collection".to_owned() } else { name };
    let place = if several { name.clone() } else { String::new() };
    let mut lines = receipt.at(place.as_str());
    lines.kept("collection");
    let (defaults, base, extensions) = request::defaults(&given["settings"], &mut lines);
    let root =
        Folder { name, defaults, docs: any(given, &["docs", "description"]), ..Folder::default() };
    let mut tree = Tree::new(&given["folders"], requests, file);
    let items = tree.items("", &base, &place, 0, receipt)?;
    Ok(Collection { root, extensions, items, environments: Vec::new() })
}

/// Folders and requests by the folder they are in.
struct Tree<'v> {
    folders: HashMap<String, Vec<&'v Value>>,
    requests: HashMap<String, Vec<&'v Value>>,
    file: &'v str,
}

impl<'v> Tree<'v> {
    fn new(folders: &'v Value, requests: &[&'v Value], file: &'v str) -> Self {
        let above: HashMap<String, String> =
            list(folders).map(|one| (text(one, "_id"), text(one, "containerId"))).collect();
        let mut tree = Self { folders: HashMap::new(), requests: HashMap::new(), file };
        let mut rooted: HashMap<String, bool> = HashMap::new();
        for folder in list(folders) {
            // What is in no folder that is there, or in itself, is at the top.
            let reaches = reaches_top(&text(folder, "_id"), &above, &mut rooted);
            let parent = text(folder, "containerId");
            let parent =
                if reaches && above.contains_key(&parent) { parent } else { String::new() };
            tree.folders.entry(parent).or_default().push(folder);
        }
        for request in requests {
            let parent = text(request, "containerId");
            let parent = if above.contains_key(&parent) { parent } else { String::new() };
            tree.requests.entry(parent).or_default().push(request);
        }
        let all = tree.folders.values_mut().chain(tree.requests.values_mut());
        all.for_each(|rows| rows.sort_by(|a, b| order(a).total_cmp(&order(b))));
        tree
    }

    /// Each folder is taken out once, so that two of one id do not hold the same twice.
    fn items(
        &mut self,
        id: &str,
        base: &str,
        place: &str,
        depth: usize,
        receipt: &mut Receipt,
    ) -> Result<Vec<Item>, Error> {
        if depth > DEEPEST {
            return Err(Error::Refused {
                file: self.file.to_owned(),
                what: format!("its folders are more than {DEEPEST} deep"),
            });
        }
        let below = |name: &str| {
            if place.is_empty() { name.to_owned() } else { format!("{place} / {name}") }
        };
        let mut items = Vec::new();
        for given in self.folders.remove(id).unwrap_or_default() {
            let name = Some(text(given, "name")).filter(|name| !name.is_empty());
            let name = name.unwrap_or_else(|| "Folder".to_owned());
            let place = below(&name);
            let mut lines = receipt.at(place.as_str());
            lines.kept("folder");
            let (defaults, own, extensions) = request::defaults(&given["settings"], &mut lines);
            let base = if own.is_empty() { base } else { own.as_str() };
            let folder = Folder { name, defaults, docs: text(given, "docs"), ..Folder::default() };
            let items_below = self.items(&text(given, "_id"), base, &place, depth + 1, receipt)?;
            items.push(Item::Folder(ItemFolder { folder, extensions, items: items_below }));
        }
        for given in self.requests.remove(id).unwrap_or_default() {
            let place = below(&any(given, &["name", "url"]));
            items.push(Item::Request(Box::new(request::read(given, base, &place, receipt))));
        }
        Ok(items)
    }
}

/// Whether the folders above a folder end; each is looked at once.
fn reaches_top(
    id: &str,
    above: &HashMap<String, String>,
    rooted: &mut HashMap<String, bool>,
) -> bool {
    let (mut path, mut seen) = (Vec::new(), HashSet::new());
    let mut at = id;
    let reaches = loop {
        if let Some(known) = rooted.get(at) {
            break *known;
        }
        if !seen.insert(at) {
            break false;
        }
        path.push(at);
        match above.get(at) {
            Some(next) => at = next,
            None => break true,
        }
    };
    for id in path {
        rooted.insert(id.to_owned(), reaches);
    }
    reaches
}

fn environment(
    given: &Value,
    whole: &mut Collection,
    names: &mut HashSet<String>,
    receipt: &mut Receipt,
) {
    let name = any(given, &["environmentName", "name"]);
    let rows = given.get("data").or_else(|| given.get("variables")).unwrap_or(&Value::Null);
    let is_global = given.get("global") == Some(&Value::Bool(true)) || name == "(Global Env)";
    let mut lines = receipt.at(name.as_str());
    if is_global {
        lines.converted("environment", "the variables of the global scope");
        whole.root.globals.extend(variables(rows));
        return;
    }
    lines.kept("environment");
    let plain = if name.is_empty() { "Environment".to_owned() } else { name.clone() };
    let tries = (1..).map(|n| if n == 1 { plain.clone() } else { format!("{plain} {n}") });
    let name = tries.into_iter().find(|name| !names.contains(name)).unwrap_or_default();
    names.insert(name.clone());
    let mut environment =
        Environment { name, variables: variables(rows), ..Environment::default() };
    let file = text(given, "envFile");
    let leads_out = file.starts_with(['/', '\\'])
        || file.contains(':')
        || file.split(['/', '\\']).any(|p| p == "..");
    if !file.is_empty() && leads_out {
        lines.not_carried("envFile", "the file is outside of the workspace; choose it again");
    } else if !file.is_empty() {
        lines.kept("envFile");
        environment.dot_env_file = Some(file);
    }
    if given.get("default") == Some(&Value::Bool(true)) {
        lines.not_carried("default", "choose the environment in the window");
    }
    whole.environments.push(ItemEnvironment { environment, extensions: Extensions::new() });
}

fn order(given: &Value) -> f64 {
    given.get("sortNum").and_then(Value::as_f64).unwrap_or(f64::INFINITY)
}
