//! Requests with what they inherit, for formats that know no folders with defaults.

use errand_model::{
    Auth, Collection, Defaults, Header, Item, ItemRequest, RequestSettings, Variable,
};

/// A request as it is sent, nothing resolved.
pub(crate) struct Effective<'c> {
    /// Names of the folders it is in.
    pub folders: Vec<&'c str>,
    /// The request itself.
    pub item: &'c ItemRequest,
    /// Its own headers and those it inherits.
    pub headers: Vec<Header>,
    /// Its own auth, or the next one above; `None` where nothing is said.
    pub auth: &'c Auth,
    /// Its settings, and those above where it leaves them open.
    pub settings: RequestSettings,
    /// The variables of the folders it is in, the outermost first, then its own.
    pub variables: Vec<&'c Variable>,
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
    let mut headers = request.headers.clone();
    let mut auth = &request.auth;
    let mut settings = request.settings.clone();
    for defaults in above.iter().rev() {
        let known = |header: &&Header| {
            !headers.iter().any(|own| own.name.eq_ignore_ascii_case(&header.name))
        };
        let more: Vec<_> = defaults.headers.iter().filter(known).cloned().collect();
        headers.extend(more);
        if *auth == Auth::Inherit {
            auth = &defaults.auth;
        }
        inherit(&mut settings, &defaults.settings);
    }
    let variables = above.iter().flat_map(|defaults| &defaults.variables).chain(&request.variables);
    Effective {
        folders: folders.to_vec(),
        item,
        headers,
        auth,
        settings,
        variables: variables.collect(),
    }
}

fn inherit(own: &mut RequestSettings, above: &RequestSettings) {
    own.encode_url = own.encode_url.or(above.encode_url);
    own.timeout_ms = own.timeout_ms.or(above.timeout_ms);
    own.follow_redirects = own.follow_redirects.or(above.follow_redirects);
    own.max_redirects = own.max_redirects.or(above.max_redirects);
    own.forward_authorization = own.forward_authorization.or(above.forward_authorization);
    own.verify_tls = own.verify_tls.or(above.verify_tls);
    own.use_cookies = own.use_cookies.or(above.use_cookies);
    own.http_version = own.http_version.take().or_else(|| above.http_version.clone());
}
