//! What an import would bring, as a list to choose from.

use std::collections::{BTreeSet, HashMap};

use errand_interop::{Outcome, Receipt};
use errand_model::{Collection, Item};

use crate::wire::{ImportCounts, ImportEnvironment, ImportKind, ImportNode, WireError};

/// The items of a collection in order, those above before those in them, each with its place in the
/// words of a receipt.
#[derive(Clone)]
pub struct Outline {
    pub nodes: Vec<ImportNode>,
    pub places: Vec<String>,
}

impl Outline {
    pub fn of(collection: &Collection, receipt: &Receipt) -> Self {
        let mut outline = Self { nodes: Vec::new(), places: Vec::new() };
        outline.list(&collection.items, None, "");
        let mut notes: HashMap<&str, u32> = HashMap::new();
        for line in receipt.lines.iter().filter(|line| line.outcome != Outcome::Kept) {
            *notes.entry(&line.place).or_default() += 1;
        }
        for (node, place) in outline.nodes.iter_mut().zip(&outline.places) {
            node.notes = notes.get(place.as_str()).copied().unwrap_or_default();
        }
        outline
    }

    fn list(&mut self, items: &[Item], parent: Option<u32>, above: &str) {
        for item in items {
            let id = number(self.nodes.len());
            let (name, kind) = match item {
                Item::Folder(folder) => (&folder.folder.name, ImportKind::Folder),
                Item::Request(request) => (&request.request.name, ImportKind::Request),
                Item::Other(other) => (&other.name, ImportKind::Other),
            };
            let request = if let Item::Request(request) = item { Some(request) } else { None };
            self.nodes.push(ImportNode {
                id,
                parent,
                name: name.clone(),
                kind,
                method: request.map(|request| request.request.method.clone()),
                url: request.map(|request| request.request.url.clone()),
                notes: 0,
            });
            self.places.push(place(above, name));
            if let Item::Folder(folder) = item {
                self.list(&folder.items, Some(id), &place(above, name));
            }
        }
    }

    /// An item, with all that is in it.
    ///
    /// # Errors
    /// There is no such item.
    pub fn about(&self, node: u32) -> Result<About<'_>, WireError> {
        let found = self.nodes.get(node as usize).zip(self.places.get(node as usize));
        let (node, place) = found
            .ok_or_else(|| WireError::new("bad-arguments", format!("There is no item {node}.")))?;
        Ok(About { place, is_folder: node.kind == ImportKind::Folder })
    }

    pub fn counts(&self, collection: &Collection, receipt: &Receipt) -> ImportCounts {
        let of = |kind| number(self.nodes.iter().filter(|node| node.kind == kind).count());
        ImportCounts {
            requests: of(ImportKind::Request) + of(ImportKind::Other),
            folders: of(ImportKind::Folder),
            environments: number(collection.environments.len()),
            kept: number(receipt.count(Outcome::Kept)),
            converted: number(receipt.count(Outcome::Converted)),
            not_carried: number(receipt.count(Outcome::NotCarried)),
        }
    }
}

/// What lines of a receipt are about.
pub struct About<'o> {
    place: &'o str,
    is_folder: bool,
}

impl About<'_> {
    /// Whether a line at this place is about it.
    pub fn holds(&self, place: &str) -> bool {
        match place.strip_prefix(self.place) {
            Some(rest) => rest.is_empty() || (self.is_folder && rest.starts_with(" / ")),
            None => false,
        }
    }
}

/// Names with ` / ` between, as receipts write places.
pub fn place(above: &str, name: &str) -> String {
    if above.is_empty() { name.to_owned() } else { format!("{above} / {name}") }
}

/// A count as it crosses to a face.
pub fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The environments of a collection.
pub fn environments(collection: &Collection) -> Vec<ImportEnvironment> {
    let listed = collection.environments.iter().enumerate().map(|(id, item)| {
        let variables = &item.environment.variables;
        ImportEnvironment {
            id: number(id),
            name: item.environment.name.clone(),
            variables: number(variables.len()),
            secrets: number(variables.iter().filter(|variable| variable.secret).count()),
        }
    });
    listed.collect()
}

/// Leaves only the chosen items, and the folders they are in.
pub fn choose(collection: &mut Collection, nodes: &[u32]) {
    let chosen = nodes.iter().copied().collect();
    keep(&mut collection.items, &chosen, &mut 0);
}

fn keep(items: &mut Vec<Item>, chosen: &BTreeSet<u32>, next: &mut u32) {
    items.retain_mut(|item| {
        let own = chosen.contains(next);
        *next += 1;
        match item {
            Item::Folder(folder) => {
                keep(&mut folder.items, chosen, next);
                own || !folder.items.is_empty()
            }
            Item::Request(_) | Item::Other(_) => own,
        }
    });
}

/// Leaves only the chosen environments.
pub fn choose_environments(collection: &mut Collection, chosen: &[u32]) {
    let mut next = 0;
    collection.environments.retain(|_| {
        next += 1;
        chosen.contains(&(next - 1))
    });
}

#[cfg(test)]
mod tests {
    use errand_model::{Folder, ItemFolder, ItemRequest, Request};

    use super::*;

    fn request(name: &str) -> Item {
        let request = Request { name: name.to_owned(), ..Request::default() };
        Item::Request(Box::new(ItemRequest { request, ..ItemRequest::default() }))
    }

    fn folder(name: &str, items: Vec<Item>) -> Item {
        let folder = Folder { name: name.to_owned(), ..Folder::default() };
        Item::Folder(ItemFolder { folder, items, ..ItemFolder::default() })
    }

    fn names(collection: &Collection) -> Vec<String> {
        Outline::of(collection, &Receipt::default()).places
    }

    #[test]
    fn a_folder_is_told_of_with_all_that_is_in_it() -> Result<(), WireError> {
        let items = vec![folder("a", vec![folder("b", vec![request("c")])]), request("ab")];
        let collection = Collection { items, ..Collection::default() };
        let outline = Outline::of(&collection, &Receipt::default());
        let told = |node: u32| -> Result<Vec<&str>, WireError> {
            let about = outline.about(node)?;
            let lines = ["", "a", "a / b", "a / b / c", "a / b / c / OK", "ab"];
            Ok(lines.into_iter().filter(|place| about.holds(place)).collect())
        };
        assert_eq!(told(0)?, ["a", "a / b", "a / b / c", "a / b / c / OK"]);
        assert_eq!(told(1)?, ["a / b", "a / b / c", "a / b / c / OK"]);
        assert_eq!(told(2)?, ["a / b / c"]);
        assert_eq!(told(3)?, ["ab"]);
        assert!(outline.about(4).is_err());
        Ok(())
    }

    #[test]
    fn only_what_was_chosen_stays_with_the_folders_around_it() {
        let whole = || Collection {
            items: vec![
                folder(
                    "a",
                    vec![request("b"), folder("c", vec![request("d")]), folder("e", Vec::new())],
                ),
                request("f"),
            ],
            ..Collection::default()
        };
        assert_eq!(names(&whole()), ["a", "a / b", "a / c", "a / c / d", "a / e", "f"]);
        let chosen = |nodes: &[u32]| {
            let mut collection = whole();
            choose(&mut collection, nodes);
            names(&collection)
        };
        assert_eq!(chosen(&[3]), ["a", "a / c", "a / c / d"]);
        assert_eq!(chosen(&[4, 5]), ["a", "a / e", "f"]);
        assert!(chosen(&[]).is_empty());
    }
}
