//! The tree of a collection: folders and requests, each with what is kept of its original.

use errand_model::{
    Auth, ClientCertificate, Collection, Defaults, Extensions, Folder, Item, ItemFolder, ItemOther,
};
use serde_json::{Value, json};

use super::json::{description, text_at};
use super::{KEPT, auth, dynamic, export, request, scripts, secrets, settings, url, variables};
use crate::{Error, Receipt, Scribe, keepsake};

/// Reads a document of version 2.1. `inside` names the folder it becomes among others.
pub(super) fn collection(
    document: &Value,
    file: &str,
    inside: Option<&str>,
    receipt: &mut Receipt,
) -> Result<Collection, Error> {
    let mut walk = Walk { file, receipt, certificates: Vec::new() };
    let place = inside.unwrap_or_default();
    let info = document.get("info").unwrap_or(&Value::Null);
    let mut own = Own::of(document, &mut walk.receipt.at(place), "collection");
    own.folder.name = text_at(info, "name");
    if own.folder.name.is_empty() {
        own.folder.name = text_at(document, "name");
    }
    let docs = description(info.get("description"));
    if !docs.is_empty() {
        own.folder.docs = docs;
    }
    let pruned = settings::prunes(document.get("protocolProfileBehavior")).unwrap_or(true);
    let items = walk.items(document.get("item"), "item", place, pruned)?;
    own.folder.client_certificates = walk.certificates;
    let mut collection = Collection {
        root: own.folder,
        extensions: own.extensions,
        items,
        environments: Vec::new(),
    };
    let made = export::root(&collection, &mut Receipt::default().at(""));
    keep(&made, &without(document, "item"), &mut collection.extensions, &mut receipt.at(place));
    Ok(collection)
}

/// What a collection and a folder have alike.
struct Own {
    folder: Folder,
    extensions: Extensions,
}

impl Own {
    fn of(value: &Value, scribe: &mut Scribe<'_>, what: &str) -> Self {
        scribe.kept(what);
        let variables = variables::of(value);
        variables::tell(&variables, scribe);
        let defaults = Defaults {
            headers: Vec::new(),
            auth: auth::read(value.get("auth"), false, scribe),
            variables,
            scripts: scripts::read(value.get("event"), scribe),
            settings: settings::read(value.get("protocolProfileBehavior"), scribe),
        };
        let mut extensions = Extensions::new();
        if auth::is_bare_oauth2(value.get("auth"), &defaults.auth) {
            super::hint(&mut extensions, "auth", "oauth2");
        }
        scripts::note_dialect(&defaults.scripts, &mut extensions);
        if defaults.auth != Auth::Inherit {
            dynamic::tell(value.get("auth").unwrap_or(&Value::Null), scribe);
        }
        let folder = Folder {
            name: text_at(value, "name"),
            docs: description(value.get("description")),
            defaults,
            ..Folder::default()
        };
        Self { folder, extensions }
    }
}

struct Walk<'a> {
    file: &'a str,
    receipt: &'a mut Receipt,
    certificates: Vec<ClientCertificate>,
}

impl Walk<'_> {
    fn items(
        &mut self,
        items: Option<&Value>,
        path: &str,
        place: &str,
        pruned: bool,
    ) -> Result<Vec<Item>, Error> {
        let items = match items {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(items)) => items,
            Some(_) => {
                return Err(Error::Wrong {
                    file: self.file.to_owned(),
                    place: path.to_owned(),
                    what: "a list of requests and folders is expected".to_owned(),
                });
            }
        };
        let mut read = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            read.push(self.item(item, &format!("{path}[{at}]"), place, pruned)?);
        }
        Ok(read)
    }

    fn item(&mut self, item: &Value, path: &str, place: &str, pruned: bool) -> Result<Item, Error> {
        if !item.is_object() {
            return Err(Error::Wrong {
                file: self.file.to_owned(),
                place: path.to_owned(),
                what: "a request or folder is expected".to_owned(),
            });
        }
        let name = name(item);
        let place = if place.is_empty() { name.clone() } else { format!("{place} / {name}") };
        if item.get("item").is_some() {
            return self.folder(item, name, path, &place, pruned);
        }
        let mut scribe = self.receipt.at(place);
        if item.get("request").is_none_or(Value::is_null) {
            scribe.set_aside("item", "it has no request; it is kept as it is", KEPT);
            return Ok(Item::Other(other(item, name)));
        }
        let request::Read { item: mut made, certificate } =
            request::read(item, &name, pruned, &mut scribe);
        let written = request::write(&made, &[], &mut Receipt::default().at(""));
        keep(&written, item, &mut made.extensions, &mut scribe);
        let new = certificate.filter(|certificate| !self.certificates.contains(certificate));
        self.certificates.extend(new);
        Ok(Item::Request(Box::new(made)))
    }

    fn folder(
        &mut self,
        item: &Value,
        name: String,
        path: &str,
        place: &str,
        pruned: bool,
    ) -> Result<Item, Error> {
        let mut own = Own::of(item, &mut self.receipt.at(place), "folder");
        own.folder.name = name;
        let mut folder =
            ItemFolder { folder: own.folder, extensions: own.extensions, items: Vec::new() };
        let made = export::folder(&folder, &mut Receipt::default().at(""));
        let mut scribe = self.receipt.at(place);
        keep(&made, &without(item, "item"), &mut folder.extensions, &mut scribe);
        let pruned = settings::prunes(item.get("protocolProfileBehavior")).unwrap_or(pruned);
        folder.items = self.items(item.get("item"), &format!("{path}.item"), place, pruned)?;
        Ok(Item::Folder(folder))
    }
}

/// Its own name, or one made of its URL.
fn name(item: &Value) -> String {
    let name = text_at(item, "name");
    if !name.trim().is_empty() {
        return name;
    }
    let request = item.get("request");
    let address =
        request.map(|request| if request.is_object() { request.get("url") } else { Some(request) });
    let text = url::read(address.flatten()).text;
    let bare = text.split(['?', '#']).next().unwrap_or_default();
    let bare = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    let last = bare.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
    if last.is_empty() { "Untitled".to_owned() } else { last.to_owned() }
}

fn other(item: &Value, name: String) -> ItemOther {
    let content = super::json::object([
        ("info", Some(json!({"name": name, "type": "postman"}))),
        ("extensions", Some(json!({"postman": {"original": item}}))),
    ]);
    ItemOther { name, content }
}

fn without(value: &Value, key: &str) -> Value {
    let members = value.as_object().into_iter().flatten().filter(|(name, _)| *name != key);
    Value::Object(members.map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// Keeps what `made` lacks of the original.
pub(super) fn keep(
    made: &Value,
    original: &Value,
    extensions: &mut Extensions,
    scribe: &mut Scribe<'_>,
) {
    let original = variables::without_secrets(original);
    let Some(mut kept) = keepsake::difference(made, &original) else { return };
    if secrets::take_out(&mut kept) {
        scribe.not_carried(
            "secrets in parts without a field",
            "they are left out: no file holds them",
        );
    }
    super::hint(extensions, "original", kept);
}
