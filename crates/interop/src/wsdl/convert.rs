//! A description as a collection.

use std::collections::{HashMap, HashSet};

use errand_model::{Collection, Folder, Item, ItemFolder};
use serde_json::json;

use super::address::Hosts;
use super::definitions::{Definitions, Port};
use super::load::Files;
use super::names::WSDL;
use super::operation::{self, Operation};
use super::recognise::{self, Kind};
use super::sample::Sampler;
use super::xml::{self, Element};
use crate::fields::{below, distinct, named};
use crate::{Entry, Error, Format, Import, Receipt, Source};

/// Elements of all samples together, declarations of all schemas, and requests.
const ELEMENTS: usize = 300_000;
const DECLARATIONS: usize = 500_000;
const REQUESTS: usize = 20_000;

pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let mut receipt = Receipt::default();
    let mut files = Files::new(source);
    let entries = entries(source, &mut receipt)?;
    for entry in &entries {
        files.collect(entry)?;
    }
    let roots = roots(&files, &entries);
    let several = roots.len() > 1;
    let mut hosts = Hosts::default();
    let mut taken = HashMap::new();
    let mut all = Vec::new();
    let share = |all: usize| all / roots.len().max(1);
    let mut requests = 0;
    for path in &roots {
        let Some(definitions) = Definitions::gather(&files, path, share(DECLARATIONS)) else {
            continue;
        };
        requests += definitions.operations();
        if requests > REQUESTS {
            let what = format!("its ports have more than {REQUESTS} operations");
            return Err(Error::Refused { file: path.clone(), what });
        }
        let name = distinct(&title(&definitions, path), &mut taken);
        let place = if several { name.as_str() } else { "" };
        let mut converter =
            Converter { definitions: &definitions, hosts: &mut hosts, share: share(ELEMENTS) };
        all.push(converter.collection(path, &name, place, &mut receipt));
    }
    for (from, what) in &files.missing {
        let why = format!("{from} refers to it, and it is not among the files");
        receipt.not_carried(what.as_str(), why);
    }
    let mut undeclared: Vec<_> = files
        .read
        .iter()
        .flat_map(|(path, document)| document.undeclared.iter().map(move |prefix| (path, prefix)))
        .collect();
    undeclared.sort();
    for (path, prefix) in undeclared {
        let item = format!("xmlns:{prefix}");
        if xml::is_usual(prefix) {
            let how = format!("{path} does not declare it; it is read as what it usually means");
            receipt.converted(item, how);
        } else {
            let why = format!("{path} does not declare it; what it stands before is passed over");
            receipt.not_carried(item, why);
        }
    }
    let mut instead: Vec<_> = files.instead.iter().collect();
    instead.sort();
    for (url, path) in instead {
        receipt.converted(url.as_str(), format!("{path} is read in its place"));
    }
    let mut collection = if several { together(all) } else { all.pop().unwrap_or_default() };
    if collection.requests().is_empty() && files.wanted.is_empty() {
        return Err(nothing(&receipt, &entries));
    }
    let name = single_service(&collection).unwrap_or_else(|| collection.root.name.clone());
    if let Some(environment) = hosts.environment(&name) {
        receipt.at(name).kept("environment");
        collection.environments.push(environment);
    }
    let mut wanted = files.wanted;
    wanted.sort();
    wanted.dedup();
    Ok(Import { format: Format::Wsdl, collection, receipt, wanted })
}

/// The descriptions among the files.
fn entries<'s>(source: &'s Source, receipt: &mut Receipt) -> Result<Vec<&'s Entry>, Error> {
    let alone = source.single();
    let mut found = Vec::new();
    let mut newer = None;
    for entry in &source.entries {
        match recognise::kind(entry, alone.is_some()) {
            Some(Kind::Definitions) => found.push(entry),
            Some(Kind::Version2) => {
                receipt.not_carried(entry.path.as_str(), "It is WSDL 2.0; Errand reads WSDL 1.1");
                newer = Some(entry);
            }
            // Named as WSDL by the user.
            None => found.extend(alone),
        }
    }
    match (found.is_empty(), newer) {
        (true, Some(entry)) => Err(Error::Wrong {
            file: entry.path.clone(),
            place: String::new(),
            what: "it is WSDL 2.0, and Errand reads WSDL 1.1. Ask the service for ?wsdl of 1.1"
                .to_owned(),
        }),
        (true, None) => Err(Error::Unknown { file: String::new() }),
        _ => Ok(found),
    }
}

/// The descriptions that no other imports; where they all import each other those with services.
fn roots(files: &Files<'_>, entries: &[&Entry]) -> Vec<String> {
    let mut imported = HashSet::new();
    for (path, document) in &files.read {
        for import in document.root.all(WSDL, "import") {
            let target = files.resolve(path, import.text_of("location"));
            imported.extend(target.filter(|target| target != path));
        }
    }
    let paths = || entries.iter().map(|entry| entry.path.clone());
    let free: Vec<String> = paths().filter(|path| !imported.contains(path)).collect();
    if !free.is_empty() {
        return free;
    }
    let serves = |path: &String| {
        files.read.get(path).is_some_and(|one| one.root.child(WSDL, "service").is_some())
    };
    let serving: Vec<String> = paths().filter(serves).collect();
    if serving.is_empty() { paths().take(1).collect() } else { serving }
}

/// Several descriptions as folders of one collection.
fn together(all: Vec<Collection>) -> Collection {
    let mut whole = Collection::default();
    "Services".clone_into(&mut whole.root.name);
    for one in all {
        let (folder, extensions, items) = (one.root, one.extensions, one.items);
        whole.items.push(Item::Folder(ItemFolder { folder, extensions, items }));
    }
    whole
}

fn single_service(collection: &Collection) -> Option<String> {
    let mut services = collection.requests().into_iter().filter_map(|(_, item)| {
        let name = item.extensions.get("wsdl")?.get("service")?.as_str()?;
        Some(name.to_owned())
    });
    let first = services.next()?;
    services.all(|other| other == first).then_some(first).filter(|name| !name.is_empty())
}

fn nothing(receipt: &Receipt, entries: &[&Entry]) -> Error {
    let file = entries.first().map(|entry| entry.path.clone()).unwrap_or_default();
    let reason = receipt.lines.iter().find(|line| !line.note.is_empty());
    let reason = reason.map(|line| format!(". {}: {}", line.item, line.note));
    let what = format!(
        "no operation in it can be called: a service needs a port with a SOAP or HTTP binding{}",
        reason.unwrap_or_default()
    );
    Error::Wrong { file, place: String::new(), what }
}

fn title(definitions: &Definitions<'_>, path: &str) -> String {
    if let [service] = definitions.services.as_slice() {
        let name = service.text_of("name");
        if !name.is_empty() {
            return name.to_owned();
        }
    }
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    named(definitions.root.text_of("name"), &named(stem, "WSDL"))
}

struct Converter<'c, 'd> {
    definitions: &'d Definitions<'d>,
    hosts: &'c mut Hosts,
    share: usize,
}

/// A folder in the making.
struct Place<'p> {
    /// Names above, as receipts say them.
    above: &'p str,
    /// Whether each port has a folder.
    folders: bool,
}

impl<'d> Converter<'_, 'd> {
    fn collection(
        &mut self,
        path: &str,
        name: &str,
        place: &str,
        receipt: &mut Receipt,
    ) -> Collection {
        let definitions = self.definitions;
        let mut collection = Collection::default();
        name.clone_into(&mut collection.root.name);
        receipt.at(place).kept("wsdl");
        let mut docs = vec![documentation(definitions.root)];
        for extension in &definitions.extensions {
            let why = "Errand does not follow policies and other extensions of WSDL";
            receipt.at(place).not_carried(extension.as_str(), why);
        }
        let mut sampler = Sampler::new(&definitions.schemas, self.share);
        let several = definitions.services.len() > 1;
        let mut taken = HashMap::new();
        for service in &definitions.services {
            let (ports, others) = definitions.ports(service);
            let own = distinct(&named(service.text_of("name"), "Service"), &mut taken);
            let above = if several { below(place, &own) } else { place.to_owned() };
            for (port, why) in others {
                receipt.at(above.as_str()).not_carried(format!("port {port}"), why);
            }
            let inner = Place { above: &above, folders: ports.len() > 1 };
            let mut items = self.ports(&mut sampler, &ports, &inner, receipt);
            if several {
                let folder =
                    Folder { name: own, docs: documentation(service), ..Folder::default() };
                receipt.at(above.as_str()).kept("service");
                collection.items.push(folder_of(folder, items));
            } else {
                docs.push(documentation(service));
                collection.items.append(&mut items);
            }
        }
        if !definitions.has_ports() {
            self.bindings(&mut sampler, place, &mut collection.items, receipt);
        }
        docs.retain(|text| !text.is_empty());
        docs.dedup();
        collection.root.docs = docs.join("\n\n");
        collection.extensions.insert("wsdl".to_owned(), self.kept(path));
        collection
    }

    /// The files of the description with their namespaces.
    fn kept(&self, path: &str) -> serde_json::Value {
        let files = self.definitions.listed.iter();
        let files: Vec<_> =
            files.map(|(file, space)| json!({ "path": file, "targetNamespace": space })).collect();
        let space = self.definitions.root.text_of("targetNamespace");
        json!({ "file": path, "targetNamespace": space, "files": files })
    }

    /// Bindings that no service offers.
    fn bindings(
        &mut self,
        sampler: &mut Sampler<'d>,
        place: &str,
        items: &mut Vec<Item>,
        receipt: &mut Receipt,
    ) {
        let mut ports = Vec::new();
        for binding in &self.definitions.all_bindings {
            match self.definitions.port(binding) {
                Ok(port) => ports.push(port),
                Err(why) => {
                    let name = binding.text_of("name");
                    receipt.at(place).not_carried(format!("binding {name}"), why);
                }
            }
        }
        let inner = Place { above: place, folders: ports.len() > 1 };
        items.append(&mut self.ports(sampler, &ports, &inner, receipt));
    }

    fn ports(
        &mut self,
        sampler: &mut Sampler<'d>,
        ports: &[Port<'d>],
        place: &Place<'_>,
        receipt: &mut Receipt,
    ) -> Vec<Item> {
        let mut items = Vec::new();
        let mut taken = HashMap::new();
        for port in ports {
            let element = port.element.unwrap_or(port.binding);
            let name = named(element.text_of("name"), port.protocol.name());
            let name = distinct(&name, &mut taken);
            let above =
                if place.folders { below(place.above, &name) } else { place.above.to_owned() };
            let mut inner = self.operations(sampler, *port, &above, receipt);
            if place.folders {
                let folder = Folder {
                    name,
                    description: port.protocol.name().to_owned(),
                    docs: documentation(element),
                    ..Folder::default()
                };
                receipt.at(above.as_str()).kept("port");
                items.push(folder_of(folder, inner));
            } else {
                items.append(&mut inner);
            }
        }
        items
    }

    fn operations(
        &mut self,
        sampler: &mut Sampler<'d>,
        port: Port<'d>,
        above: &str,
        receipt: &mut Receipt,
    ) -> Vec<Item> {
        let operations = Operation::all(port);
        if operations.is_empty() {
            let name = port.binding.text_of("name");
            let why = "It has no operation";
            receipt.at(above).not_carried(format!("binding {name}"), why);
            return Vec::new();
        }
        let (url, doubt) = self.hosts.url(port);
        if let Some(doubt) = doubt {
            receipt.at(above).converted("address", doubt);
        }
        let own = port.binding.text_of("name");
        let asked = port.element.and_then(|one| one.refers("binding"));
        if let Some(asked) = asked.filter(|asked| &*asked.local != own) {
            let how = format!("There is none of that name; it is taken for {own}, the only one");
            receipt.at(above).converted(format!("binding {}", asked.local), how);
        }
        if port.kind.is_none() {
            let named = port.binding.text_of("type");
            let why = "The port type of the binding is not in the description";
            receipt.at(above).not_carried(format!("portType {named}"), why);
        }
        let foreign = port.binding.children.iter().filter(|child| {
            &*child.name.space != WSDL && &*child.name.space != port.protocol.space()
        });
        for extension in foreign {
            let why = "Errand does not follow policies and other extensions of WSDL";
            receipt.at(above).not_carried(&*extension.name.local, why);
        }
        let mut items = Vec::new();
        let mut taken = HashMap::new();
        for operation in operations {
            let name = distinct(&named(operation.name(), "Operation"), &mut taken);
            let place = below(above, &name);
            let mut scribe = receipt.at(place);
            if operation.is_notification() {
                let why = "The service sends it; Errand does not listen";
                scribe.not_carried("operation", why);
                continue;
            }
            let definitions = self.definitions;
            let mut item =
                operation::request(definitions, sampler, port, operation, &url, &mut scribe);
            item.request.name = name;
            items.push(Item::Request(Box::new(item)));
        }
        items
    }
}

fn folder_of(folder: Folder, items: Vec<Item>) -> Item {
    Item::Folder(ItemFolder { folder, items, ..ItemFolder::default() })
}

fn documentation(element: &Element) -> String {
    element.child(WSDL, "documentation").map(Element::words).unwrap_or_default()
}
