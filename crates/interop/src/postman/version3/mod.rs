//! Version 3: a folder of YAML, a file for each request and example.

mod item;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::SCHEMA;
use super::documents::Documents;
use super::json::{object, text_at};
use crate::{Entry, Error, Receipt, Source};
use item::{common, request_item};

/// How deep folders may be.
const DEPTH: usize = 60;

/// Whether a file is read here.
pub(super) fn is_part(entry: &Entry) -> bool {
    matches!(entry.extension().as_str(), "yaml" | "yml")
}

/// Reads all collections, environments and globals of a folder.
pub(super) fn read(
    source: &Source,
    found: &mut Documents,
    receipt: &mut Receipt,
) -> Result<(), Error> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for entry in source.entries.iter().filter(|entry| is_part(entry)) {
        let path = entry.path.replace('\\', "/");
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let Some((stem, kind)) = stem_and_kind(name) else {
            receipt.not_carried(path.clone(), "it is no request, example or environment");
            continue;
        };
        let file = File { stem: stem.to_owned(), path: path.clone() };
        let resources = resources(folder);
        match (kind, resources) {
            ("environment", _) => found.environments.push((yaml(entry)?, path)),
            ("globals", _) => found.globals.push((yaml(entry)?, path)),
            ("definition", Some((group, _))) => {
                groups.entry(group).or_default().definition = yaml(entry)?;
            }
            ("request", None) => {
                let request = (file, yaml(entry)?);
                groups.entry(folder.to_owned()).or_default().requests.push(request);
            }
            ("example", Some((group, rest))) => {
                let of = rest.split('/').next().unwrap_or_default();
                let of = of.trim_end_matches(".resources").to_owned();
                let group = groups.entry(group).or_default();
                group.examples.entry(of).or_default().push((file, yaml(entry)?));
            }
            ("example", None) => {
                let (group, of) = beside(folder);
                let group = groups.entry(group).or_default();
                group.examples.entry(of).or_default().push((file, yaml(entry)?));
            }
            _ => receipt.not_carried(path.clone(), "it is in no place that Postman reads"),
        }
    }
    let tree = Tree::of(groups);
    for root in &tree.roots {
        let document = tree.collection(root, receipt)?;
        found.collections.push((document, root.clone()));
    }
    Ok(())
}

/// The group that a `.resources` folder belongs to, and the path in it.
fn resources(folder: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = folder.split('/').collect();
    let at = parts.iter().position(|part| *part == ".resources")?;
    Some((parts[..at].join("/"), parts[at + 1..].join("/")))
}

/// `Get.resources/examples/a.example.yaml` beside its request: its group and the request.
fn beside(folder: &str) -> (String, String) {
    let parts: Vec<&str> = folder.split('/').collect();
    let at = parts.iter().rposition(|part| part.ends_with(".resources"));
    match at {
        Some(at) => {
            let of = parts[at].trim_end_matches(".resources").to_owned();
            (parts[..at].join("/"), of)
        }
        None => (folder.to_owned(), String::new()),
    }
}

fn stem_and_kind(name: &str) -> Option<(&str, &'static str)> {
    let stem = name.rsplit_once('.')?.0;
    if stem == "definition" {
        return Some((stem, "definition"));
    }
    let (stem, kind) = stem.rsplit_once('.')?;
    ["request", "example", "environment", "globals"]
        .into_iter()
        .find(|known| *known == kind)
        .map(|kind| (stem, kind))
}

fn yaml(entry: &Entry) -> Result<Value, Error> {
    let value = crate::yaml(entry)?;
    if value.is_object() {
        return Ok(value);
    }
    Err(Error::Wrong {
        file: entry.path.clone(),
        place: String::new(),
        what: "a mapping of names to values is expected".to_owned(),
    })
}

struct File {
    stem: String,
    path: String,
}

#[derive(Default)]
struct Group {
    definition: Value,
    requests: Vec<(File, Value)>,
    /// By the request they belong to.
    examples: BTreeMap<String, Vec<(File, Value)>>,
}

struct Tree {
    groups: BTreeMap<String, Group>,
    below: BTreeMap<String, BTreeSet<String>>,
    roots: Vec<String>,
}

impl Tree {
    /// A collection is a folder below `collections`, or the topmost folder with a definition, or all.
    fn of(groups: BTreeMap<String, Group>) -> Self {
        let mut below: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut roots = BTreeSet::new();
        for path in groups.keys() {
            let root = root(path, &groups);
            let mut inner = path.as_str();
            while inner != root {
                let outer = inner.rsplit_once('/').map_or("", |(outer, _)| outer);
                below.entry(outer.to_owned()).or_default().insert(inner.to_owned());
                inner = outer;
            }
            roots.insert(root.to_owned());
        }
        Self { groups, below, roots: roots.into_iter().collect() }
    }

    fn collection(&self, root: &str, receipt: &mut Receipt) -> Result<Value, Error> {
        let (mut document, name) = self.group(root, 0, receipt)?;
        let description = document.shift_remove("description");
        document.shift_remove("name");
        let info = object([
            ("name", Some(json!(name))),
            ("description", description),
            ("schema", Some(json!(SCHEMA))),
        ]);
        document.insert("info".to_owned(), Value::Object(info));
        Ok(Value::Object(document))
    }

    fn group(
        &self,
        path: &str,
        depth: usize,
        receipt: &mut Receipt,
    ) -> Result<(Map<String, Value>, String), Error> {
        if depth == DEPTH {
            let what = format!("folders are nested more than {DEPTH} deep");
            return Err(Error::Refused { file: path.to_owned(), what });
        }
        let empty = Group::default();
        let group = self.groups.get(path).unwrap_or(&empty);
        let mut items: Vec<(f64, String, Value)> = Vec::new();
        for inner in self.below.get(path).into_iter().flatten() {
            let order = self.groups.get(inner).map_or(f64::MAX, |group| order(&group.definition));
            let (folder, name) = self.group(inner, depth + 1, receipt)?;
            items.push((order, name, Value::Object(folder)));
        }
        for (file, request) in &group.requests {
            let examples = group.examples.get(&file.stem).map_or(&[][..], Vec::as_slice);
            let (name, item) = request_item(file, request, examples, receipt);
            items.push((order(request), name, item));
        }
        items.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        let name = named(&group.definition, path.rsplit('/').next().unwrap_or_default());
        let mut whole = common(&group.definition);
        whole.insert("name".to_owned(), json!(name));
        let items = items.into_iter().map(|(_, _, item)| item).collect();
        whole.insert("item".to_owned(), Value::Array(items));
        Ok((whole, name))
    }
}

/// Where the collection begins that a folder is in.
fn root<'a>(path: &'a str, groups: &BTreeMap<String, Group>) -> &'a str {
    let above = |at: usize| &path[..at];
    let marked = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    let mut candidates = marked.map(above);
    if let Some(at) = path.rfind("collections/").filter(|at| *at == 0 || path[..*at].ends_with('/'))
    {
        let from = at + "collections/".len();
        let end = path[from..].find('/').map_or(path.len(), |end| from + end);
        return &path[..end];
    }
    if groups.contains_key("") {
        return "";
    }
    candidates.find(|above| groups.contains_key(*above)).unwrap_or(path)
}

fn order(value: &Value) -> f64 {
    value.get("order").and_then(Value::as_f64).unwrap_or(f64::MAX)
}

fn named(value: &Value, fallback: &str) -> String {
    match text_at(value, "name") {
        name if name.is_empty() => fallback.to_owned(),
        name => name,
    }
}
