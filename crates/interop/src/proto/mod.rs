//! Protocol Buffers: the services of `.proto` files.
//!
//! Each method becomes a gRPC item of `OpenCollection` with a sample message. What a file imports and
//! the source does not hold is named in the receipt; its messages are then empty.

mod sample;

use errand_model::{Collection, Folder, Item, ItemFolder, ItemOther, Variable};
use protox::file::File;
use serde_json::{Map, Value, json};

use crate::document::shallow;
use crate::{Entry, Error, Format, Import, Receipt, Source};
use sample::Messages;

/// Deeper than any message that is meant: the parser calls itself for each level.
const MAX_DEPTH: usize = 100;

pub(crate) fn recognises(source: &Source) -> bool {
    protos(source).next().is_some()
        || source.single().is_some_and(|entry| {
            let head = entry.head(1 << 16).unwrap_or_default();
            let head = String::from_utf8_lossy(&head);
            head.lines().any(|line| {
                let line = line.trim();
                line.starts_with("syntax") && line.contains("\"proto")
                    || line.starts_with("edition") && line.contains('"') && line.ends_with(';')
            })
        })
}

/// Google's own files are known to every reader of the format.
fn protos(source: &Source) -> impl Iterator<Item = &Entry> {
    source.entries.iter().filter(|entry| entry.extension() == "proto")
}

pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let mut entries: Vec<&Entry> = protos(source).collect();
    if entries.is_empty() {
        entries.extend(source.single());
    }
    let mut files = Vec::new();
    for entry in &entries {
        files.push((*entry, parse(entry)?));
    }
    let mut receipt = Receipt::default();
    let messages = Messages::of(files.iter().map(|(_, file)| file));
    let mut collection = Collection::default();
    for (entry, file) in &files {
        let parsed = file.file_descriptor_proto();
        for wanted in &parsed.dependency {
            let known = wanted.starts_with("google/protobuf/")
                || entries.iter().any(|other| other.path.ends_with(wanted.as_str()));
            if !known {
                let why = "it is not in what was imported: import the folder that has it";
                receipt.at(&entry.path).not_carried(format!("import \"{wanted}\""), why);
            }
        }
        for service in &parsed.service {
            let made = folder(entry, parsed.package(), service, &messages, &mut receipt);
            collection.items.push(Item::Folder(made));
        }
        if parsed.service.is_empty() && !parsed.message_type.is_empty() {
            let note = "it has no service of its own: used by the others";
            receipt.at(&entry.path).converted("messages", note);
        }
    }
    if collection.items.is_empty() {
        return Err(Error::Wrong {
            file: entries.first().map(|entry| entry.path.clone()).unwrap_or_default(),
            place: String::new(),
            what: "there is no service in it, so there is nothing to call".to_owned(),
        });
    }
    let host = Variable::new("grpc_url", "grpc://localhost:50051");
    collection.root.defaults.variables.push(host);
    receipt.at("").converted(
        "address",
        "a .proto file does not say where the service is: set the variable grpc_url",
    );
    collection.root.name = match entries.as_slice() {
        [only] => only.name().split('.').next().unwrap_or_default().to_owned(),
        _ => "gRPC".to_owned(),
    };
    if collection.root.name.is_empty() {
        "gRPC".clone_into(&mut collection.root.name);
    }
    let texts: Map<String, Value> = entries
        .iter()
        .filter_map(|entry| Some((entry.path.clone(), Value::String(entry.text().ok()?))))
        .collect();
    collection.extensions.insert("proto".to_owned(), json!({ "files": texts }));
    Ok(Import { format: Format::Proto, collection, receipt, wanted: Vec::new() })
}

fn parse(entry: &Entry) -> Result<File, Error> {
    let text = entry.text()?;
    shallow(entry, &text, &[(b'{', b'}'), (b'[', b']'), (b'<', b'>')], MAX_DEPTH)?;
    let name = if entry.path.is_empty() { "text.proto" } else { &entry.path };
    File::from_source(name, &text).map_err(|error| {
        let (line, column) = place(&error.to_string(), &format!("{error:?}"));
        Error::Syntax {
            file: entry.path.clone(),
            wanted: "a .proto file",
            what: error.to_string(),
            line,
            column,
        }
    })
}

/// Line and column, which the parser only has in its long message: `name:line:column: …`.
fn place(short: &str, long: &str) -> (usize, usize) {
    let before = long.find(short).map_or(long, |at| &long[..at]);
    let mut numbers = before.trim_end().trim_end_matches(':').rsplit(':').map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(column)), Some(Ok(line))) => (line, column),
        _ => (1, 1),
    }
}

fn folder(
    entry: &Entry,
    package: &str,
    service: &prost_reflect::prost_types::ServiceDescriptorProto,
    messages: &Messages,
    receipt: &mut Receipt,
) -> ItemFolder {
    let full = match package {
        "" => service.name().to_owned(),
        package => format!("{package}.{}", service.name()),
    };
    let mut made = ItemFolder {
        folder: Folder { name: full.clone(), ..Folder::default() },
        ..ItemFolder::default()
    };
    for method in &service.method {
        let kind = match (method.client_streaming(), method.server_streaming()) {
            (false, false) => "unary",
            (true, false) => "client-streaming",
            (false, true) => "server-streaming",
            (true, true) => "bidi-streaming",
        };
        let message = messages.sample(package, method.input_type());
        let content = json!({
            "info": { "name": method.name(), "type": "grpc" },
            "grpc": {
                "url": "{{grpc_url}}",
                "method": format!("{full}/{}", method.name()),
                "methodType": kind,
                "protoFilePath": entry.path,
                "message": serde_json::to_string_pretty(&message).unwrap_or_default(),
            },
        });
        let Value::Object(content) = content else { continue };
        receipt
            .at(format!("{full} / {}", method.name()))
            .converted("method", "a gRPC item with a sample message; it is kept and shown");
        made.items.push(Item::Other(ItemOther { name: method.name().to_owned(), content }));
    }
    made
}
