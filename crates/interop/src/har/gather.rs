//! What was read so far, and the collection it makes.

use std::collections::{BTreeMap, HashMap, HashSet};

use errand_model::{Collection, Folder, Item, ItemFolder, ItemRequest};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{keep, request, response};
use crate::{Format, Import, Line, Outcome, Receipt};

/// How many different requests are taken.
const REQUESTS: usize = 100_000;
/// How much is kept of request bodies in all, in bytes.
const BODIES: usize = 256 << 20;
/// How much is kept of responses and of fields that Errand has none for in all, in bytes.
const BESIDE: usize = 64 << 20;

/// The requests of one or several archives.
#[derive(Default)]
pub(super) struct Gathered {
    found: Vec<Found>,
    /// Where a request is among those found, by the digest of what it sends and its page.
    known: HashMap<[u8; 32], usize>,
    log: Map<String, Value>,
    entries: usize,
    bodies: usize,
    beside: usize,
    without: usize,
    pub receipt: Receipt,
    /// Why no more is taken.
    pub refused: Option<String>,
}

struct Found {
    item: ItemRequest,
    page: String,
    host: String,
    lines: Vec<Line>,
    equal: usize,
}

impl Gathered {
    /// How many entries were read.
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// A field of the log beside its entries.
    pub fn field(&mut self, key: &str, value: Value) {
        self.log.insert(key.to_owned(), value);
    }

    /// A field of the document beside its log.
    pub fn beyond_the_log(&mut self, key: &str) {
        self.receipt.at("document").not_carried(key, "only log is read of an archive");
    }

    /// One entry.
    pub fn entry(&mut self, entry: Value) {
        let place = format!("log.entries[{}]", self.entries);
        self.entries += 1;
        let mut notes = Receipt::default();
        let source = entry.get("request").and_then(Value::as_object);
        let Some(request) = source.and_then(|source| request::read(source, &mut notes)) else {
            self.receipt.at(place).not_carried("entry", "it has no request with a URL");
            return;
        };
        let page = entry.get("pageref").and_then(Value::as_str).unwrap_or_default().to_owned();
        let made = keep::request(&request);
        let body = made["bodySize"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let digest: [u8; 32] = Sha256::digest(format!("{page}\n{made}")).into();
        if let Some(at) = self.known.get(&digest) {
            self.found[*at].equal += 1;
            return;
        }
        self.bodies += body;
        if self.found.len() >= REQUESTS || self.bodies > BODIES {
            self.refused = Some(format!(
                "it has more than {REQUESTS} different requests, or more than {} MB of request bodies; \
                 record or filter fewer",
                BODIES >> 20
            ));
            return;
        }
        self.known.insert(digest, self.found.len());
        let host = request::host(&request.url).to_owned();
        let mut item = ItemRequest { request, ..ItemRequest::default() };
        self.beside(&mut item, entry, &mut notes);
        self.found.push(Found { item, page, host, lines: notes.lines, equal: 0 });
    }

    /// The response, and what Errand has no field for, as long as there is room.
    fn beside(&mut self, item: &mut ItemRequest, entry: Value, notes: &mut Receipt) {
        if self.beside >= BESIDE {
            self.without += 1;
            return;
        }
        let response = entry.get("response").and_then(Value::as_object);
        item.examples.extend(response.and_then(|source| response::read(source, notes)));
        let kept = keep::entry(item, entry, notes);
        self.beside += kept.as_ref().map_or(0, size);
        self.beside += item.examples.iter().map(example_size).sum::<usize>();
        if let Some(kept) = kept {
            item.extensions.insert("har".to_owned(), json!({ "original": kept }));
        }
    }

    /// The collection, its requests by page or by host where there are several.
    pub fn finish(mut self, name: String) -> Import {
        let titles = self.titles();
        let distinct = |of: fn(&Found) -> &str| {
            self.found.iter().map(of).filter(|name| !name.is_empty()).collect::<HashSet<_>>().len()
        };
        let by_page = distinct(|found| &found.page) > 1;
        let by_host = !by_page && distinct(|found| &found.host) > 1;
        let mut collection = Collection::default();
        collection.root.name = name;
        if let Some(kept) = keep::log(&self.log) {
            collection.extensions.insert("har".to_owned(), json!({ "original": kept }));
        }
        let mut receipt = std::mem::take(&mut self.receipt);
        if self.without > 0 {
            receipt.not_carried(
                format!("responses and further fields of {} entries", self.without),
                format!("{} MB of them are kept", BESIDE >> 20),
            );
        }
        if self.entries == 0 {
            receipt.kept("an archive without entries");
        }
        let mut folders = Folders::default();
        for found in self.found {
            let group = match (by_page, by_host) {
                (true, _) => titles.get(&found.page).cloned().unwrap_or_else(|| found.page.clone()),
                (_, true) => found.host.clone(),
                _ => String::new(),
            };
            lines(&mut receipt, &group, &found);
            folders.put(&mut collection.items, &group, found.item, &mut receipt);
        }
        Import { format: Format::Har, collection, receipt, wanted: Vec::new() }
    }

    /// Titles of the pages by id, made distinct.
    fn titles(&self) -> BTreeMap<String, String> {
        let mut taken = HashSet::new();
        let pages = self.log.get("pages").and_then(Value::as_array).into_iter().flatten();
        pages
            .filter_map(|page| {
                let id = page.get("id")?.as_str()?;
                let title = page.get("title").and_then(Value::as_str).unwrap_or_default().trim();
                let title = if title.is_empty() { id } else { title };
                let title =
                    if taken.insert(title) { title.to_owned() } else { format!("{title} ({id})") };
                Some((id.to_owned(), title))
            })
            .collect()
    }
}

/// Folders by name, in the order in which they are first needed.
#[derive(Default)]
struct Folders(HashMap<String, usize>);

impl Folders {
    fn put(
        &mut self,
        items: &mut Vec<Item>,
        group: &str,
        item: ItemRequest,
        receipt: &mut Receipt,
    ) {
        let item = Item::Request(Box::new(item));
        if group.is_empty() {
            items.push(item);
            return;
        }
        let at = *self.0.entry(group.to_owned()).or_insert_with(|| {
            let folder = Folder { name: group.to_owned(), ..Folder::default() };
            items.push(Item::Folder(ItemFolder { folder, ..ItemFolder::default() }));
            receipt.at(group).converted("folder", "of the requests of one page or host");
            items.len() - 1
        });
        if let Some(Item::Folder(folder)) = items.get_mut(at) {
            folder.items.push(item);
        }
    }
}

fn lines(receipt: &mut Receipt, group: &str, found: &Found) {
    let name = &found.item.request.name;
    let place = if group.is_empty() { name.clone() } else { format!("{group} / {name}") };
    let whole = found.lines.is_empty() && found.equal == 0;
    if whole {
        receipt.at(place).kept("request");
        return;
    }
    if found.equal > 0 {
        let item = format!("{} equal requests", found.equal + 1);
        receipt.at(&place).converted(item, "they are one here, with the first response");
    }
    // Pushed as they are: the same text at the same place is another request's.
    receipt.lines.extend(found.lines.iter().map(|line| Line {
        place: place.clone(),
        original: if line.outcome == Outcome::Kept { String::new() } else { line.original.clone() },
        ..line.clone()
    }));
}

/// About how much memory a value takes, in bytes.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 32,
        Value::Array(list) => 32 + list.iter().map(size).sum::<usize>(),
        Value::Object(object) => {
            64 + object.iter().map(|(key, value)| key.len() + 64 + size(value)).sum::<usize>()
        }
        _ => 32,
    }
}

fn example_size(example: &errand_model::Example) -> usize {
    let response = &example.response;
    let headers: usize = response.headers.iter().map(|h| h.name.len() + h.value.len() + 120).sum();
    headers + response.body.as_ref().map_or(0, |body| body.data.len()) + 300
}
