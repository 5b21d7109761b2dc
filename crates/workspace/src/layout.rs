//! Which files a collection is, and what is in each.

use std::collections::{HashMap, HashSet};

use errand_model::{
    Environment, Folder, Item, ItemEnvironment, ItemFolder, ItemOther, ItemRequest, Request,
};

use crate::WorkspaceError;
use crate::names::{self, Taken};
use crate::shape::{self, Place};
use crate::workspace::{ENVIRONMENTS, FOLDER_FILE, ROOT_FILE, join, stem_of};
use crate::yaml::{self, Data};

/// As deep as the tree shows folders.
const MAX_DEPTH: usize = 60;
/// Above this length of a folder's path, the names in it are cut short: what is below must still
/// have a path that the system takes (4,096 bytes, the workspace's own included).
const LONG_PATH: usize = 1_000;
/// How short.
const SHORT_NAME: usize = 24;

/// The files of a collection, with paths below one folder.
pub(crate) struct Layout<'a> {
    pub(crate) folders: Vec<String>,
    pub(crate) leaves: Vec<Leaf<'a>>,
    /// Paths of the items at the top.
    pub(crate) items: Vec<String>,
    /// Environments as they are called here, with their files.
    pub(crate) environments: Vec<(String, String)>,
}

/// One file.
pub(crate) struct Leaf<'a> {
    pub(crate) path: String,
    name: String,
    seq: Option<f64>,
    what: Sheet<'a>,
}

enum Sheet<'a> {
    Root(&'a ItemFolder),
    Folder(&'a ItemFolder),
    Request(&'a ItemRequest),
    Other(&'a ItemOther),
    /// With what it starts from, which may be called otherwise here.
    Environment(&'a ItemEnvironment, Option<String>),
}

impl<'a> Layout<'a> {
    pub(crate) fn new() -> Self {
        Self {
            folders: Vec::new(),
            leaves: Vec::new(),
            items: Vec::new(),
            environments: Vec::new(),
        }
    }

    /// The collection's own file, in the folder `at`.
    pub(crate) fn root(&mut self, at: &str, root: &'a ItemFolder) {
        self.folders.push(at.to_owned());
        let name = root.folder.name.clone();
        let path = join(at, ROOT_FILE);
        self.leaves.push(Leaf { path, name, seq: None, what: Sheet::Root(root) });
    }

    /// The items of the top, into the folder `at`, numbered from after `highest`.
    pub(crate) fn items(
        &mut self,
        at: &str,
        items: &'a [Item],
        taken: Taken,
        highest: Option<f64>,
    ) -> Result<(), WorkspaceError> {
        let depth = at.split('/').filter(|part| !part.is_empty()).count();
        self.items = self.level(at, depth, items, taken, highest)?;
        Ok(())
    }

    fn level(
        &mut self,
        at: &str,
        depth: usize,
        items: &'a [Item],
        mut taken: Taken,
        highest: Option<f64>,
    ) -> Result<Vec<String>, WorkspaceError> {
        if !at.is_empty() {
            self.folders.push(at.to_owned());
        }
        let room = if at.len() > LONG_PATH { Some(SHORT_NAME) } else { None };
        let numbers = numbers(items, highest);
        let mut paths = Vec::with_capacity(items.len());
        for (item, seq) in items.iter().zip(numbers) {
            let (name, extension) = match item {
                Item::Folder(folder) => (&folder.folder.name, ""),
                Item::Request(request) => (&request.request.name, ".yml"),
                Item::Other(other) => (&other.name, ".yml"),
            };
            let stem = match room {
                Some(bytes) => names::stem_within(name, bytes),
                None => names::stem(name),
            };
            let file = taken.give(&stem, extension);
            // Without a name it is called as its file.
            let name = if name.is_empty() { stem_of(&file).to_owned() } else { name.clone() };
            let path = join(at, &file);
            paths.push(path.clone());
            match item {
                Item::Folder(folder) => {
                    if depth >= MAX_DEPTH {
                        return Err(WorkspaceError::TooDeep(name));
                    }
                    self.level(&path, depth + 1, &folder.items, Taken::new(), None)?;
                    let path = join(&path, FOLDER_FILE);
                    self.leaves.push(Leaf { path, name, seq, what: Sheet::Folder(folder) });
                }
                Item::Request(request) => {
                    self.leaves.push(Leaf { path, name, seq, what: Sheet::Request(request) });
                }
                Item::Other(other) => {
                    self.leaves.push(Leaf { path, name, seq, what: Sheet::Other(other) });
                }
            }
        }
        Ok(paths)
    }

    /// The environments, in the folder `at`, beside those that are `known` there.
    pub(crate) fn environments(
        &mut self,
        at: &str,
        environments: &'a [ItemEnvironment],
        known: &[String],
        mut taken: Taken,
    ) {
        let folder = join(at, ENVIRONMENTS);
        self.folders.push(folder.clone());
        let called = distinct(environments, known);
        // The first of a name is the one that others mean.
        let mut meant: HashMap<&str, &str> = HashMap::new();
        for (item, name) in environments.iter().zip(&called) {
            meant.entry(&item.environment.name).or_insert(name);
        }
        for (item, name) in environments.iter().zip(&called) {
            let path = join(&folder, &taken.give(&names::stem(name), ".yml"));
            let extends = item.environment.extends.as_deref();
            let extends = extends.map(|name| (*meant.get(name).unwrap_or(&name)).to_owned());
            self.environments.push((name.clone(), path.clone()));
            let what = Sheet::Environment(item, extends);
            self.leaves.push(Leaf { path, name: name.clone(), seq: None, what });
        }
    }
}

/// Names for environments that are nobody else's.
fn distinct(environments: &[ItemEnvironment], known: &[String]) -> Vec<String> {
    let mut given: HashSet<String> = known.iter().cloned().collect();
    let mut next: HashMap<&str, usize> = HashMap::new();
    let mut names = Vec::with_capacity(environments.len());
    for item in environments {
        let name = match item.environment.name.trim() {
            "" => "Environment",
            _ => item.environment.name.as_str(),
        };
        let number = next.entry(name).or_insert(1);
        loop {
            let candidate = match *number {
                1 => name.to_owned(),
                number => format!("{name} {number}"),
            };
            *number += 1;
            if given.insert(candidate.clone()) {
                names.push(candidate);
                break;
            }
        }
    }
    names
}

/// The `seq` of each item: its own where they all have one and rise, else its place.
fn numbers(items: &[Item], highest: Option<f64>) -> Vec<Option<f64>> {
    let above = highest.unwrap_or(0.0).floor();
    let own: Vec<Option<f64>> = items.iter().map(own_seq).collect();
    let rises = own.iter().all(Option::is_some)
        && own.first().is_some_and(|first| *first > highest)
        && own.windows(2).all(|pair| pair[0] < pair[1]);
    if rises {
        return own;
    }
    let mut number = above;
    let next = |_: &Item| {
        number += 1.0;
        Some(number)
    };
    items.iter().map(next).collect()
}

fn own_seq(item: &Item) -> Option<f64> {
    match item {
        Item::Folder(folder) => folder.folder.seq,
        Item::Request(request) => request.request.seq,
        Item::Other(other) => crate::collection::seq_of(other),
    }
    .filter(|seq| seq.is_finite())
}

impl Leaf<'_> {
    pub(crate) fn text(&self) -> Result<String, WorkspaceError> {
        let text = yaml::fresh(&self.data());
        if text.len() > yaml::MAX_BYTES {
            return Err(WorkspaceError::TooLarge(self.path.clone()));
        }
        Ok(text)
    }

    fn data(&self) -> Data {
        let (name, seq) = (self.name.clone(), self.seq);
        match &self.what {
            Sheet::Root(root) => shape::folder_file(root, Place::Root),
            Sheet::Folder(item) => {
                let folder = Folder { name, seq, ..item.folder.clone() };
                let extensions = item.extensions.clone();
                let item = ItemFolder { folder, extensions, items: Vec::new() };
                shape::folder_file(&item, Place::Inner)
            }
            Sheet::Request(item) => {
                let request = Request { name, seq, ..item.request.clone() };
                let (examples, extensions) = (item.examples.clone(), item.extensions.clone());
                shape::request_file(&ItemRequest { request, examples, extensions })
            }
            Sheet::Other(item) => shape::other_file(item, &name, seq),
            Sheet::Environment(item, extends) => {
                let extends = extends.clone();
                let environment = Environment { name, extends, ..item.environment.clone() };
                let extensions = item.extensions.clone();
                shape::environment_file(&ItemEnvironment { environment, extensions })
            }
        }
    }
}
