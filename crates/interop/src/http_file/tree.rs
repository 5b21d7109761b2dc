//! All files of a source as one collection.

use std::collections::{HashMap, HashSet};

use errand_model::{Collection, Defaults, Folder, Item, ItemFolder, Variable};

use super::chain::Chains;
use super::environments::{self, Environments};
use super::parse::{self, File};
use super::{directive, is_environments, is_requests, line_of, request};
use crate::source::path_from;
use crate::{Entry, Error, Format, Import, Outcome, Receipt, Source};

/// The files that requests may refer to, from the folder of the one that refers.
pub(super) struct Files<'s> {
    all: &'s HashMap<&'s str, &'s Entry>,
    folder: &'s str,
}

impl<'s> Files<'s> {
    /// The file of a relative path; none when it leads out of the source or is not in it.
    pub fn at(&self, path: &str) -> Option<&'s Entry> {
        self.all.get(path_from(self.folder, path)?.as_str()).copied()
    }
}

/// Reads a file as the collection itself, several as folders of one.
///
/// # Errors
/// A file is no text, or one of environments no JSON; there is no request.
pub(super) fn import(source: &Source) -> Result<Import, Error> {
    let mut receipt = Receipt::default();
    let environments = environments::read(source, &mut receipt)?;
    let single = source.single().is_some();
    let wanted = |entry: &&Entry| if single { !is_environments(entry) } else { is_requests(entry) };
    let files: Vec<&Entry> = source.entries.iter().filter(wanted).collect();
    let all: HashMap<&str, &Entry> =
        source.entries.iter().map(|entry| (entry.path.as_str(), entry)).collect();
    let mut collection = Collection::default();
    let mut folders = Folders::default();
    let mut requests = 0;
    for entry in &files {
        let file = parse::parse(&entry.text()?);
        if single && file.drafts.is_empty() && environments.list.is_empty() {
            return Err(no_request(entry, &file));
        }
        requests += file.drafts.len();
        let (folder, _) = entry.path.rsplit_once('/').unwrap_or(("", ""));
        let names: Vec<&str> = if single { Vec::new() } else { names(entry) };
        let files = Files { all: &all, folder };
        let (defaults, docs, items) = read(&file, &names, &files, &environments, &mut receipt);
        if single {
            collection.root =
                Folder { name: stem(entry).to_owned(), defaults, docs, ..Folder::default() };
            collection.items = items;
        } else {
            let Some(folder) = folders.folder(&mut collection.items, &names) else { continue };
            folder.folder.defaults = defaults;
            folder.folder.docs = docs;
            folder.items.extend(items);
        }
    }
    if requests == 0 && environments.list.is_empty() {
        let what = "there is no request in it".to_owned();
        return Err(Error::Wrong { file: String::new(), place: String::new(), what });
    }
    if collection.root.name.is_empty() {
        "HTTP requests".clone_into(&mut collection.root.name);
    }
    let variables = &mut collection.root.defaults.variables;
    let known: HashSet<String> = variables.iter().map(|variable| variable.name.clone()).collect();
    variables.extend(environments.shared.into_iter().filter(|v| !known.contains(&v.name)));
    collection.environments = environments.list;
    Ok(Import { format: Format::Http, collection, receipt, wanted: Vec::new() })
}

fn no_request(entry: &Entry, file: &File) -> Error {
    let (line, text) = file.strange.first().cloned().unwrap_or((1, String::new()));
    let text: String = text.chars().take(60).collect();
    let what = if text.is_empty() { String::new() } else { format!("; \"{text}\" begins none") };
    Error::Wrong {
        file: entry.path.clone(),
        place: format!("line {line}"),
        what: format!("there is no request in it, such as GET https://example.com{what}"),
    }
}

/// What a file holds: defaults, docs and items.
fn read(
    file: &File,
    names: &[&str],
    files: &Files<'_>,
    environments: &Environments,
    receipt: &mut Receipt,
) -> (Defaults, String, Vec<Item>) {
    let place = names.join(" / ");
    let mut chains = Chains::default();
    chains.named = file.drafts.iter().filter_map(directive::name).map(str::to_owned).collect();
    let mut variables = FileVariables::default();
    for (_, name, value) in &file.variables {
        variables.put(name, value);
    }
    let mut own: Vec<Vec<(String, String)>> = Vec::new();
    for draft in &file.drafts {
        // The first definition is the file's, one that says otherwise the request's.
        let other = draft.variables.iter().filter(|(_, name, value)| !variables.put(name, value));
        own.push(other.map(|(_, name, value)| (name.clone(), value.clone())).collect());
    }
    let mut scribe = Receipt::default();
    // A variable that is a value of a response is captured as such.
    variables.list.retain_mut(|variable| {
        if chains.name(&variable.name, &variable.value, &mut scribe) {
            return false;
        }
        variable.value = chains.text(&variable.value, &mut scribe);
        true
    });
    let mut items = Vec::new();
    let mut lines: Vec<(String, Receipt)> = Vec::new();
    let mut ids = Vec::new();
    for (draft, own) in file.drafts.iter().zip(own) {
        let mut notes = Receipt::default();
        let mut item = request::read(draft, &mut chains, files, &environments.security, &mut notes);
        if let Item::Request(item) = &mut item {
            let own = own
                .into_iter()
                .map(|(name, value)| Variable::new(name, chains.text(&value, &mut notes)));
            item.request.variables.extend(own.collect::<Vec<_>>());
        }
        ids.push(directive::name(draft).map(str::to_owned));
        lines.push((name_of(&item).to_owned(), notes));
        items.push(item);
    }
    for (item, name) in items.iter_mut().zip(ids) {
        if let (Item::Request(item), Some(name)) = (item, name) {
            item.request.captures.extend(chains.captures(&name));
        }
    }
    variables.list.extend(chains.outside());
    told(receipt, &place, file, scribe, lines);
    let defaults = Defaults { variables: variables.list, ..Defaults::default() };
    (defaults, file.docs.join("\n\n"), items)
}

fn told(
    receipt: &mut Receipt,
    place: &str,
    file: &File,
    of_file: Receipt,
    items: Vec<(String, Receipt)>,
) {
    receipt.lines.extend(
        of_file.lines.into_iter().map(|line| crate::Line { place: place.to_owned(), ..line }),
    );
    let mut last = None;
    for (number, text) in &file.strange {
        // Of lines that follow each other the first is told.
        if Some(*number) != last {
            let text: String = text.chars().take(60).collect();
            let item = format!("line {number}: {text}");
            let line = line_of(Outcome::NotCarried, item, "it and what follows begin no request");
            receipt.lines.push(crate::Line { place: place.to_owned(), ..line });
        }
        last = Some(*number + 1);
    }
    for (number, text) in &file.lost {
        let item = format!("{text} (line {number})");
        let line = line_of(Outcome::NotCarried, item, "no request follows it");
        receipt.lines.push(crate::Line { place: place.to_owned(), ..line });
    }
    for (name, notes) in items {
        let place = if place.is_empty() { name } else { format!("{place} / {name}") };
        if notes.lines.is_empty() {
            receipt.at(place).kept("request");
            continue;
        }
        receipt.lines.extend(
            notes.lines.into_iter().map(|line| crate::Line { place: place.clone(), ..line }),
        );
    }
}

fn name_of(item: &Item) -> &str {
    match item {
        Item::Request(item) => &item.request.name,
        Item::Other(other) => &other.name,
        Item::Folder(folder) => &folder.folder.name,
    }
}

/// Variables by name; the first value stays.
#[derive(Default)]
struct FileVariables {
    list: Vec<Variable>,
    known: HashMap<String, String>,
}

impl FileVariables {
    /// Whether the name has this value.
    fn put(&mut self, name: &str, value: &str) -> bool {
        if let Some(known) = self.known.get(name) {
            return known == value;
        }
        self.known.insert(name.to_owned(), value.to_owned());
        self.list.push(Variable::new(name, value));
        true
    }
}

/// Where each folder is among the items of the one above, by path.
#[derive(Default)]
struct Folders(HashMap<String, usize>);

impl Folders {
    /// The folder of that path, made where there is none.
    fn folder<'i>(
        &mut self,
        mut items: &'i mut Vec<Item>,
        names: &[&str],
    ) -> Option<&'i mut ItemFolder> {
        let (last, above) = names.split_last()?;
        let mut path = String::new();
        for name in above {
            items = &mut self.child(items, &mut path, name)?.items;
        }
        self.child(items, &mut path, last)
    }

    fn child<'i>(
        &mut self,
        items: &'i mut Vec<Item>,
        path: &mut String,
        name: &str,
    ) -> Option<&'i mut ItemFolder> {
        path.push('/');
        path.push_str(name);
        let at = *self.0.entry(path.clone()).or_insert_with(|| {
            let folder = Folder { name: name.to_owned(), ..Folder::default() };
            items.push(Item::Folder(ItemFolder { folder, ..ItemFolder::default() }));
            items.len() - 1
        });
        match items.get_mut(at) {
            Some(Item::Folder(folder)) => Some(folder),
            _ => None,
        }
    }
}

/// The folders of a file and its own name without extension.
fn names(entry: &Entry) -> Vec<&str> {
    let mut names: Vec<&str> = entry.path.split('/').filter(|part| !part.is_empty()).collect();
    names.pop();
    names.push(stem(entry));
    names
}

fn stem(entry: &Entry) -> &str {
    let name = entry.name();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
