//! A collection as files of requests, one for each folder, with their environments.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use errand_model::{Capture, Collection, Defaults, Item, Variable, VariableType};
use serde_json::{Map, Value};

use super::write;
use crate::inherited::{self, Effective};
use crate::{Error, Exported, Receipt};

/// A collection as `.http` files with `http-client.env.json`, and `http-client.private.env.json` with
/// empty values for secrets.
///
/// # Errors
/// The environments cannot be written as JSON.
pub fn export(collection: &Collection) -> Result<Exported, Error> {
    let mut receipt = Receipt::default();
    let mut files = Files::default();
    let docs = docs(collection);
    inherited::each(collection, &mut |item, folders, levels| match item {
        Item::Request(item) => {
            let file = files.of(folders, levels, &collection.root.name, &docs);
            one(&inherited::one(item, folders, levels), file, &mut receipt);
        }
        Item::Other(item) => {
            let place = [folders, &[item.name.as_str()]].concat().join(" / ");
            if let Some(region) = write::kept(item) {
                files.of(folders, levels, &collection.root.name, &docs).add(&region);
                receipt.at(place).kept("request");
            } else {
                receipt.at(place).not_carried("request", "only HTTP requests are written");
            }
        }
        Item::Folder(_) => {}
    });
    inherited::untold(collection, false, "a file of requests has no place for them", &mut receipt);
    let secrets = files.secrets();
    let mut exported = Exported { files: files.finish(), receipt };
    environments(collection, &secrets, &mut exported)?;
    Ok(exported)
}

/// A file in the making.
#[derive(Default)]
struct File {
    path: String,
    docs: String,
    variables: BTreeMap<String, String>,
    order: Vec<String>,
    secrets: Vec<String>,
    regions: String,
    ids: HashSet<String>,
    beside: Vec<(String, String)>,
}

#[derive(Default)]
struct Files {
    all: Vec<File>,
    known: HashMap<Vec<String>, usize>,
    taken: HashSet<String>,
}

impl Files {
    fn of(
        &mut self,
        folders: &[&str],
        levels: &[&Defaults],
        root: &str,
        docs: &HashMap<Vec<&str>, &str>,
    ) -> &mut File {
        let key: Vec<String> = folders.iter().map(|name| (*name).to_owned()).collect();
        if let Some(at) = self.known.get(&key) {
            return &mut self.all[*at];
        }
        let names = if key.is_empty() { vec![root] } else { folders.to_vec() };
        let stem = names.iter().map(|name| safe(name)).collect::<Vec<_>>().join("/");
        let mut path = format!("{stem}.http");
        let mut number = 2;
        while !self.taken.insert(path.to_lowercase()) {
            path = format!("{stem} {number}.http");
            number += 1;
        }
        let mut file = File { path, ..File::default() };
        file.docs = docs.get(folders).map_or_else(String::new, |docs| (*docs).to_owned());
        for variable in levels.iter().flat_map(|level| &level.variables) {
            file.variable(variable);
        }
        self.known.insert(key, self.all.len());
        self.all.push(file);
        let last = self.all.len() - 1;
        &mut self.all[last]
    }

    fn secrets(&self) -> Vec<String> {
        let mut all: Vec<String> = self.all.iter().flat_map(|file| file.secrets.clone()).collect();
        all.sort();
        all.dedup();
        all
    }

    fn finish(self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        for file in self.all {
            let (folder, _) = file.path.rsplit_once('/').unwrap_or(("", ""));
            for (name, content) in &file.beside {
                let path =
                    if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
                files.push((path, content.clone().into_bytes()));
            }
            files.push((file.path.clone(), file.text().into_bytes()));
        }
        files
    }
}

impl File {
    /// An inner definition takes the place of an outer one.
    fn variable(&mut self, variable: &Variable) {
        if variable.secret {
            self.secrets.push(variable.name.clone());
        } else if variable.enabled {
            self.define(&variable.name, &variable.value);
        }
    }

    fn define(&mut self, name: &str, value: &str) {
        let value = value.replace(['\r', '\n'], " ");
        if self.variables.insert(name.to_owned(), value).is_none() {
            self.order.push(name.to_owned());
        }
    }

    /// Adds the region of a request.
    fn add(&mut self, region: &str) {
        if !self.regions.is_empty() {
            self.regions.push('\n');
        }
        self.regions.push_str(region);
    }

    fn id(&mut self, name: &str) -> String {
        let word: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let mut id = word.clone();
        let mut number = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{word}_{number}");
            number += 1;
        }
        id
    }

    fn text(self) -> String {
        let mut text = String::new();
        for line in self.docs.lines().filter(|line| !line.trim().is_empty()) {
            _ = writeln!(text, "# {line}");
        }
        for name in &self.order {
            _ = writeln!(text, "@{name} = {}", self.variables[name]);
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text + &self.regions
    }
}

fn one(effective: &Effective<'_>, file: &mut File, receipt: &mut Receipt) {
    let mut notes = Receipt::default();
    let request = &effective.item.request;
    let chains: Vec<(&Capture, String)> = request
        .captures
        .iter()
        .filter(|capture| capture.enabled)
        .filter_map(|capture| Some((capture, chain(&capture.expression)?)))
        .collect();
    if chains.len() < request.captures.len() {
        notes.not_carried("captures", "only values of the body and headers can be referred to");
    }
    let id = (!chains.is_empty()).then(|| file.id(&request.name));
    for (capture, chain) in chains {
        if let Some(id) = &id {
            file.define(&capture.variable, &format!("{{{{{id}.response.{chain}}}}}"));
        }
    }
    let written = write::region(effective, id.as_deref(), &mut notes);
    let mut region = written.region;
    if let Some(content) = written.body_file {
        let name = format!("{}.body-{}.txt", safe(&request.name), file.beside.len() + 1);
        region = region.replace(write::BODY_FILE, &format!("./{name}"));
        file.beside.push((name, content));
    }
    file.add(&region);
    for (count, what) in [
        (request.checks.len(), "checks"),
        (effective.item.examples.len(), "examples"),
        (request.params.iter().filter(|param| !param.enabled).count(), "disabled parameters"),
    ] {
        if count > 0 {
            notes.not_carried(what, "a file of requests has no place for them");
        }
    }
    let place = effective.place();
    if notes.lines.is_empty() {
        receipt.at(&place).kept("request");
    }
    receipt
        .lines
        .extend(notes.lines.into_iter().map(|line| crate::Line { place: place.clone(), ..line }));
}

/// What follows `name.response.` for an expression.
fn chain(expression: &str) -> Option<String> {
    if let Some(header) = expression.strip_prefix("res.headers.") {
        return Some(format!("headers.{header}"));
    }
    match expression {
        "res.body" => Some("body.*".to_owned()),
        path if path.starts_with(['$', '/']) => Some(format!("body.{path}")),
        path => path.strip_prefix("res.body.").map(|path| format!("body.$.{path}")),
    }
}

fn environments(
    collection: &Collection,
    secrets: &[String],
    exported: &mut Exported,
) -> Result<(), Error> {
    let (mut open, mut private) = (Map::new(), Map::new());
    for item in &collection.environments {
        let environment = &item.environment;
        let (mut plain, mut hidden) = (Map::new(), Map::new());
        for variable in environment.variables.iter().filter(|variable| variable.enabled) {
            if variable.secret {
                hidden.insert(variable.name.clone(), "".into());
            } else {
                plain.insert(variable.name.clone(), value(variable));
            }
        }
        if environment.variables.iter().any(|variable| !variable.enabled) {
            let why = "an environment in a file has none";
            exported.receipt.at(&environment.name).not_carried("disabled variables", why);
        }
        hidden.extend(secrets.iter().map(|name| (name.clone(), "".into())));
        exported.receipt.at(&environment.name).kept("environment");
        open.insert(environment.name.clone(), Value::Object(plain));
        if !hidden.is_empty() {
            private.insert(environment.name.clone(), Value::Object(hidden));
        }
    }
    if collection.environments.is_empty() && !secrets.is_empty() {
        let all = secrets.iter().map(|name| (name.clone(), "".into())).collect();
        private.insert("default".to_owned(), Value::Object(all));
    }
    if !private.is_empty() {
        let why = "their names are in http-client.private.env.json, without values";
        exported.receipt.converted("secret variables", why);
    }
    for (name, document) in
        [("http-client.env.json", open), ("http-client.private.env.json", private)]
    {
        if !document.is_empty() {
            let bytes = serde_json::to_vec_pretty(&document).map_err(|error| Error::Export {
                what: format!("{name} cannot be written: {error}"),
            })?;
            exported.files.push((name.to_owned(), bytes));
        }
    }
    Ok(())
}

fn value(variable: &Variable) -> Value {
    let text = &variable.value;
    match variable.kind {
        VariableType::String => text.clone().into(),
        _ => serde_json::from_str(text).unwrap_or_else(|_| text.clone().into()),
    }
}

/// Docs by the folders' names.
fn docs(collection: &Collection) -> HashMap<Vec<&str>, &str> {
    fn walk<'c>(items: &'c [Item], above: &[&'c str], found: &mut HashMap<Vec<&'c str>, &'c str>) {
        for item in items {
            if let Item::Folder(folder) = item {
                let mut names = above.to_vec();
                names.push(&folder.folder.name);
                walk(&folder.items, &names, found);
                found.insert(names, &folder.folder.docs);
            }
        }
    }
    let mut found = HashMap::from([(Vec::new(), collection.root.docs.as_str())]);
    walk(&collection.items, &[], &mut found);
    found
}

/// A name that is a file's everywhere.
fn safe(name: &str) -> String {
    let bad = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    let name: String = name.chars().take(80).map(|c| if bad(c) { '-' } else { c }).collect();
    let name = name.trim().trim_matches('.').trim();
    if name.is_empty() { "requests".to_owned() } else { name.to_owned() }
}
