//! Requests with what they inherit, for formats that know no folders with defaults.

use errand_model::{Auth, Collection, Defaults, Header, Item, ItemRequest, RequestSettings};

use crate::Receipt;

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
}

/// Is shown an item, the names of its folders, and what it inherits.
type See<'s, 'c> = dyn FnMut(&'c Item, &[&'c str], &[&'c Defaults]) + 's;

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
    each(collection, &mut |item, folders, above| {
        if let Item::Request(item) = item {
            found.push(one(item, folders, above));
        }
    });
    found
}

/// Shows all items of a collection in order, each with the names of its folders and what it inherits.
pub(crate) fn each<'c>(collection: &'c Collection, see: &mut See<'_, 'c>) {
    walk(&collection.items, &mut Vec::new(), &mut vec![&collection.root.defaults], see);
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

/// Tells what the collection and its folders have that no request inherits by being sent: scripts and
/// disabled headers, and with `variables` those too.
pub(crate) fn untold(collection: &Collection, variables: bool, why: &str, receipt: &mut Receipt) {
    fn look(items: &[Item], above: &str, tell: &mut dyn FnMut(&str, &Defaults)) {
        for item in items {
            if let Item::Folder(folder) = item {
                let place = format!("{above}{}", folder.folder.name);
                tell(&place, &folder.folder.defaults);
                look(&folder.items, &format!("{place} / "), tell);
            }
        }
    }
    let mut tell = |place: &str, defaults: &Defaults| {
        let disabled = defaults.headers.iter().any(|header| !header.enabled);
        for (has, what) in [
            (!defaults.scripts.is_empty(), "scripts"),
            (disabled, "disabled headers"),
            (variables && !defaults.variables.is_empty(), "variables"),
        ] {
            if has {
                receipt.at(place).not_carried(what, why);
            }
        }
    };
    tell("", &collection.root.defaults);
    look(&collection.items, "", &mut tell);
}

fn walk<'c>(
    items: &'c [Item],
    folders: &mut Vec<&'c str>,
    above: &mut Vec<&'c Defaults>,
    see: &mut See<'_, 'c>,
) {
    for item in items {
        see(item, folders, above);
        if let Item::Folder(folder) = item {
            folders.push(&folder.folder.name);
            above.push(&folder.folder.defaults);
            walk(&folder.items, folders, above, see);
            folders.pop();
            above.pop();
        }
    }
}

/// A request with what it inherits.
pub(crate) fn one<'c>(
    item: &'c ItemRequest,
    folders: &[&'c str],
    above: &[&'c Defaults],
) -> Effective<'c> {
    let request = &item.request;
    let inherited = request.inherited_headers(above).into_iter().map(|(_, row)| row);
    Effective {
        folders: folders.to_vec(),
        item,
        headers: inherited.chain(&request.headers).cloned().collect(),
        auth: request.effective_auth(above).0,
        settings: request.effective_settings(above),
    }
}

#[cfg(test)]
mod tests {
    use errand_model::{Folder, ItemFolder, Script, ScriptPhase};

    use super::*;
    use crate::{Outcome, har, http_file, hurl};

    #[test]
    fn what_no_request_inherits_is_told() {
        let script = Script { phase: ScriptPhase::BeforeRequest, code: "1".to_owned() };
        let header = Header { enabled: false, ..Header::new("A", "b") };
        let defaults =
            Defaults { scripts: vec![script], headers: vec![header], ..Defaults::default() };
        let folder =
            Folder { name: "In".to_owned(), defaults: defaults.clone(), ..Folder::default() };
        let item = ItemFolder { folder, ..ItemFolder::default() };
        let mut collection =
            Collection { items: vec![Item::Folder(item)], ..Collection::default() };
        collection.root.defaults = defaults;
        for export in [har::export, http_file::export, hurl::export] {
            let receipt = export(&collection).expect("it is exported").receipt;
            let left = receipt.lines.iter().filter(|line| line.outcome == Outcome::NotCarried);
            let left: Vec<_> = left.map(|line| (line.place.as_str(), line.item.as_str())).collect();
            let both = ["", "In"].map(|place| [(place, "scripts"), (place, "disabled headers")]);
            assert_eq!(left, both.concat());
        }
    }
}
