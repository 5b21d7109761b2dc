//! A whole document of version 5: a collection, a design document, environments or a mock server.

use errand_model::{
    CertificateFiles, ClientCertificate, Extensions, Folder, Item, ItemEnvironment, ItemFolder,
    Variable,
};
use serde_json::{Map, Value, json};

use super::environments::{read_base, read_base_as_environment, read_subs, write_data};
use super::item::{self, insomnia, keep, read_folder};
use super::kind::Kind;
use super::mock;
use crate::fields::{below, flag, is_blank, list, named, object, scalar, take, text, unknown};
use crate::{Error, Receipt};

/// Folders in folders, at most: more than anybody has, less than any stack.
pub(super) const DEEPEST: usize = 100;

/// Ends of `type` of the documents of version 5, and what they hold.
pub(super) const COLLECTION: &str = "collection.insomnia.rest/5.0";

/// Fields of a document that are read or named in the receipt.
const FIELDS: &[&str] = &[
    "type",
    "schema_version",
    "name",
    "meta",
    "description",
    "collection",
    "environments",
    "cookieJar",
    "certificates",
    "testSuites",
    "spec",
    "server",
    "routes",
    "mcpRequest",
    "protoFiles",
];

/// One workspace of Insomnia.
pub(super) struct Workspace {
    pub folder: Folder,
    pub extensions: Extensions,
    pub items: Vec<Item>,
    pub environments: Vec<ItemEnvironment>,
}

/// Reads a document. `above` is where it goes when there are several.
pub(super) fn read(
    mut document: Value,
    file: &str,
    above: &str,
    receipt: &mut Receipt,
) -> Result<Workspace, Error> {
    let kind = text(&document, "type").split('.').next().unwrap_or_default().to_owned();
    let wrong = |place: &str, what: &str| Error::Wrong {
        file: file.to_owned(),
        place: place.to_owned(),
        what: what.to_owned(),
    };
    if !document.get("meta").unwrap_or(&Value::Null).is_null() && !document["meta"].is_object() {
        return Err(wrong("meta", "The metadata is not an object"));
    }
    receipt.at(above).kept(match kind.as_str() {
        "environment" => "global environments",
        "mock" => "mock server",
        _ => "collection",
    });
    let mut items = Vec::new();
    if kind == "mock" {
        let server = document.get("server").map(|server| scalar(server, "url")).unwrap_or_default();
        if let Value::Array(routes) = take_list(&mut document, "routes") {
            items = routes.iter().map(|route| mock::read(route, &server, above, receipt)).collect();
        }
    } else {
        let collection = take_list(&mut document, "collection");
        if !collection.is_null() && !collection.is_array() {
            return Err(wrong("collection", "The collection is not a list of items"));
        }
        if let Value::Array(list) = collection {
            let mut reader = Reader { file, receipt };
            items = reader.items(list, above, "collection", 0)?;
        }
    }
    let mut environments = read_subs(&mut document, receipt);
    let name = named(text(&document, "name"), "Insomnia");
    let mut folder = Folder { name, docs: item::description(&document), ..Folder::default() };
    let mut extensions = Extensions::new();
    let base = document.get("environments").cloned().unwrap_or(Value::Null);
    if kind == "environment" || kind == "mcpClient" {
        insomnia(&mut extensions)["kind"] = kind.as_str().into();
        if !base.is_null() {
            environments.insert(0, read_base_as_environment(&base, receipt));
        }
        for (sub, base) in extending(&mut environments) {
            sub.environment.extends = Some(base);
        }
    } else {
        if kind == "mock" {
            insomnia(&mut extensions)["kind"] = "mock".into();
        }
        folder.defaults.variables = read_base(&base, above, receipt);
    }
    folder.client_certificates = read_certificates(&mut document);
    read_rest(&mut document, above, receipt);
    let first = environments.first().filter(|_| kind == "environment" || kind == "mcpClient");
    let variables = first.map_or(&folder.defaults.variables, |e| &e.environment.variables);
    let is_table = text(&base, "environmentType") == "kv";
    if is_table {
        insomnia(&mut extensions)["table"] = true.into();
    }
    let made = write_document(&folder, variables, is_table);
    keep(&mut extensions, &made, &document);
    Ok(Workspace { folder, extensions, items, environments })
}

/// The document without its items and lesser environments, as Insomnia writes it.
pub(super) fn write_document(folder: &Folder, variables: &[Variable], is_table: bool) -> Value {
    let mut document = Map::new();
    document.insert("type".to_owned(), COLLECTION.into());
    document.extend(item::head(&folder.name, &[&folder.docs, &folder.description]));
    let mut environments = json!({ "name": "Base Environment", "meta": {} });
    write_data(&mut environments, variables, is_table);
    document.insert("environments".to_owned(), environments);
    Value::Object(document)
}

/// A list with something in it, taken out of the document; one without stays there.
pub(super) fn take_list(value: &mut Value, key: &str) -> Value {
    match value.get(key) {
        Some(Value::Array(list)) if list.is_empty() => Value::Null,
        None | Some(Value::Null) => Value::Null,
        Some(_) => take(value, key),
    }
}

/// Environments after the first with the first's name.
fn extending(
    environments: &mut [ItemEnvironment],
) -> impl Iterator<Item = (&mut ItemEnvironment, String)> {
    let base = environments.first().map(|e| e.environment.name.clone()).unwrap_or_default();
    environments.iter_mut().skip(1).map(move |sub| (sub, base.clone()))
}

/// Where items stand in the window: by `meta.sortKey`, then as in the file.
pub(super) fn shown(list: &[Value]) -> Vec<usize> {
    let mut order: Vec<_> = (0..list.len()).collect();
    order.sort_by(|a, b| sort_key(&list[*a]).total_cmp(&sort_key(&list[*b])));
    order
}

/// The sort key of an item; 0 where there is none, as in Insomnia.
fn sort_key(item: &Value) -> f64 {
    item.get("meta").and_then(|meta| meta.get("sortKey")).and_then(Value::as_f64).unwrap_or(0.0)
}

/// Remembers where an item was in its file, for siblings that are shown in another order.
pub(super) fn remember(extensions: &mut Extensions, at: usize) {
    insomnia(extensions)["position"] = at.into();
}

/// What Errand has no place for.
fn read_rest(document: &mut Value, above: &str, receipt: &mut Receipt) {
    let mut scribe = receipt.at(above);
    let aside = "extensions.insomnia";
    if let Some(jar) = document.get_mut("cookieJar")
        && let Value::Array(cookies) = take_list(jar, "cookies")
    {
        scribe.not_carried(
            format!("{} cookies", cookies.len()),
            "cookies belong to a person and are not kept in files",
        );
    }
    let spec = document.get("spec").and_then(|spec| spec.get("contents"));
    if spec.is_some_and(|contents| !is_blank(contents)) {
        scribe.set_aside("API description", "import it as OpenAPI for requests of its own", aside);
    }
    for (key, item, why) in [
        ("certificates", "CA certificates", "set them in the preferences"),
        (
            "testSuites",
            "unit tests",
            "they run in Insomnia only; checks of requests are theirs here",
        ),
        ("protoFiles", "proto files", "Errand does not call gRPC"),
    ] {
        if !list(document, key).is_empty() {
            scribe.set_aside(item, why, aside);
        }
    }
    if object(document, "mcpRequest").is_some() {
        let client = &mut document["mcpRequest"];
        let mut parts: Vec<&mut Value> = Vec::new();
        if let Value::Object(client) = client {
            for (key, value) in client {
                match (key.as_str(), value) {
                    ("authentication", auth) => parts.push(auth),
                    ("env" | "headers", Value::Array(rows)) => parts.extend(rows),
                    _ => {}
                }
            }
        }
        parts.into_iter().for_each(super::auth::without_secrets);
        scribe.set_aside("MCP client", "Errand does not open this kind", aside);
    }
    for (key, _) in unknown(document, FIELDS) {
        scribe.set_aside(key.clone(), "Errand has no such field", aside);
    }
}

/// Certificates that hosts are shown, which early versions keep with the workspace.
fn read_certificates(document: &mut Value) -> Vec<ClientCertificate> {
    let Value::Array(list) = take_list(document, "certificates") else { return Vec::new() };
    let (shown, others): (Vec<_>, Vec<_>) =
        list.into_iter().partition(|certificate| certificate.get("host").is_some());
    if !others.is_empty() {
        document["certificates"] = Value::Array(others);
    }
    let shown = shown.iter().map(|certificate| ClientCertificate {
        domain: scalar(certificate, "host"),
        files: match scalar(certificate, "pfx") {
            path if path.is_empty() => CertificateFiles::Pem {
                certificate_file_path: scalar(certificate, "cert"),
                private_key_file_path: scalar(certificate, "key"),
            },
            path => CertificateFiles::Pkcs12 { pkcs12_file_path: path },
        },
        passphrase: scalar(certificate, "passphrase"),
        disabled: flag(certificate, "disabled") == Some(true),
    });
    shown.collect()
}

struct Reader<'r> {
    file: &'r str,
    receipt: &'r mut Receipt,
}

impl Reader<'_> {
    fn items(
        &mut self,
        mut list: Vec<Value>,
        above: &str,
        place: &str,
        depth: usize,
    ) -> Result<Vec<Item>, Error> {
        if depth > DEEPEST {
            return Err(Error::Refused {
                file: self.file.to_owned(),
                what: format!("folders are nested more than {DEEPEST} deep"),
            });
        }
        let mut found = Vec::with_capacity(list.len());
        let order = shown(&list);
        let moved = !order.is_sorted();
        for at in order {
            let place = format!("{place}[{at}]");
            let mut item = self.item(list[at].take(), above, &place, depth)?;
            match &mut item {
                _ if !moved => {}
                Item::Folder(folder) => remember(&mut folder.extensions, at),
                Item::Request(request) => remember(&mut request.extensions, at),
                Item::Other(other) => {
                    let content = other.content.entry("extensions").or_insert_with(|| json!({}));
                    if let Value::Object(extensions) = content {
                        remember(extensions, at);
                    }
                }
            }
            found.push(item);
        }
        Ok(found)
    }

    fn item(
        &mut self,
        mut item: Value,
        above: &str,
        place: &str,
        depth: usize,
    ) -> Result<Item, Error> {
        let wrong = |place: String, what: &str| Error::Wrong {
            file: self.file.to_owned(),
            place,
            what: what.to_owned(),
        };
        if !item.is_object() {
            return Err(wrong(place.to_owned(), "An item is not an object"));
        }
        let kind = Kind::of(&item);
        if kind != Kind::Folder {
            return Ok(item::read(&item, kind, above, self.receipt));
        }
        let children = take_list(&mut item, "children");
        if !children.is_null() && !children.is_array() {
            return Err(wrong(format!("{place}.children"), "The children are not a list of items"));
        }
        let mut folder: ItemFolder = read_folder(&item, above, self.receipt);
        if let Value::Array(children) = children {
            let above = below(above, &folder.folder.name);
            let place = format!("{place}.children");
            folder.items = self.items(children, &above, &place, depth + 1)?;
        }
        Ok(Item::Folder(folder))
    }
}
