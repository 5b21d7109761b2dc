use std::collections::{HashMap, HashSet};

use errand_model::{Collection, Folder, Item, Variable};

/// Names of variables that are taken, anywhere in a collection: one that is nearer, or that of an
/// environment, would hide another of the same name.
pub struct Names {
    taken: HashSet<String>,
    /// How often a name was wished for: thousands of requests may have a token each.
    counts: HashMap<String, u32>,
}

impl Names {
    pub fn of(collection: &Collection) -> Self {
        let mut names = Self { taken: HashSet::new(), counts: HashMap::new() };
        names.folder(&collection.root);
        for item in &collection.environments {
            names.take(&item.environment.variables);
        }
        names.items(&collection.items);
        names
    }

    /// The name, or where it is taken one like it; from now on it is.
    pub fn free(&mut self, wished: &str) -> String {
        let clean: String = wished.chars().filter(|c| !matches!(c, '{' | '}')).collect();
        let wished = if clean.trim().is_empty() { "secret" } else { clean.trim() };
        let count = self.counts.entry(wished.to_owned()).or_default();
        loop {
            *count += 1;
            let name = if *count == 1 { wished.to_owned() } else { format!("{wished}_{count}") };
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Folder(folder) => {
                    self.folder(&folder.folder);
                    self.items(&folder.items);
                }
                Item::Request(item) => self.take(&item.request.variables),
                Item::Other(_) => {}
            }
        }
    }

    fn folder(&mut self, folder: &Folder) {
        self.take(&folder.defaults.variables);
        self.take(&folder.globals);
    }

    fn take(&mut self, variables: &[Variable]) {
        self.taken.extend(variables.iter().map(|variable| variable.name.clone()));
    }
}
