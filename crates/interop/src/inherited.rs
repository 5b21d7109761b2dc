//! Requests with what they inherit, for formats that know no folders with defaults.

use errand_model::{Auth, Collection, Defaults, Header, Item, ItemRequest, RequestSettings};

/// A request as it is sent, nothing resolved.
pub(crate) struct Effective<'c> {
    /// Names of the folders it is in.
    pub folders: Vec<&'c str>,
    /// The request itself.
    pub item: &'c ItemRequest,
    /// Those it inherits and its own, with its own disabled ones.
    pub headers: Vec<Header>,
    /// Its own auth, or the nearest above; `None` where nothing is said.
    pub auth: &'c Auth,
    /// Its settings, and those above where it leaves them open.
    pub settings: RequestSettings,
    /// The collection and the folders it is in, the outermost first.
    pub levels: Vec<&'c Defaults>,
}

impl Effective<'_> {
    /// Names of the folders and its own with ` / ` between.
    pub fn place(&self) -> String {
        let mut names = self.folders.clone();
        names.push(&self.item.request.name);
        names.join(" / ")
    }
}

/// All requests of a collection, in order.
pub(crate) fn effective(collection: &Collection) -> Vec<Effective<'_>> {
    let mut found = Vec::new();
    walk(&collection.items, &mut Vec::new(), &mut vec![&collection.root.defaults], &mut found);
    found
}

/// What of a collection is not an HTTP request: places and names.
pub(crate) fn others(collection: &Collection) -> Vec<String> {
    fn look(items: &[Item], above: &str, found: &mut Vec<String>) {
        for item in items {
            match item {
                Item::Other(other) => found.push(format!("{above}{}", other.name)),
                Item::Folder(folder) => {
                    look(&folder.items, &format!("{above}{} / ", folder.folder.name), found);
                }
                Item::Request(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    look(&collection.items, "", &mut found);
    found
}

fn walk<'c>(
    items: &'c [Item],
    folders: &mut Vec<&'c str>,
    above: &mut Vec<&'c Defaults>,
    found: &mut Vec<Effective<'c>>,
) {
    for item in items {
        match item {
            Item::Request(item) => found.push(one(item, folders, above)),
            Item::Folder(folder) => {
                folders.push(&folder.folder.name);
                above.push(&folder.folder.defaults);
                walk(&folder.items, folders, above, found);
                folders.pop();
                above.pop();
            }
            Item::Other(_) => {}
        }
    }
}

fn one<'c>(item: &'c ItemRequest, folders: &[&'c str], above: &[&'c Defaults]) -> Effective<'c> {
    let request = &item.request;
    let inherited = request.inherited_headers(above).into_iter().map(|(_, row)| row);
    Effective {
        folders: folders.to_vec(),
        item,
        headers: inherited.chain(&request.headers).cloned().collect(),
        auth: request.effective_auth(above).0,
        settings: request.effective_settings(above),
        levels: above.to_vec(),
    }
}
