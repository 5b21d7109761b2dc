//! GraphQL: schemas as SDL (GraphQL 2021 §3) or introspection result (§4), and documents of operations.
//!
//! Each field of the query and mutation types becomes a request with an operation that can be sent as
//! it is; each operation of a document a request with its text.

mod introspection;
mod operation;
mod schema;

use std::collections::HashSet;

use errand_model::{Collection, Folder, Item, ItemFolder, ItemRequest, Variable};
use serde_json::{Value, json};

use crate::document::shallow;
use crate::{Entry, Error, Format, Import, Receipt, Source};
use schema::Schema;

/// Deeper than any schema or query that is meant: the parser calls itself for each level.
const MAX_DEPTH: usize = 200;

pub(crate) fn recognises(source: &Source) -> bool {
    let named =
        |entry: &&Entry| matches!(entry.extension().as_str(), "graphql" | "graphqls" | "gql");
    if let Some(entry) = source.single() {
        let Ok(head) = entry.head(1 << 16) else { return false };
        let head = String::from_utf8_lossy(&head);
        return named(&entry) || is_introspection(&head) || looks_like_sdl(&head);
    }
    source.entries.iter().any(|entry| named(&entry))
}

fn is_introspection(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains("\"__schema\"")
}

fn looks_like_sdl(text: &str) -> bool {
    let first = |line: &str| {
        let mut words = line.split_whitespace();
        let word = words.next().unwrap_or_default();
        let next = words.next().unwrap_or_default();
        let named = next.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        matches!(word, "type" | "interface" | "input" | "enum" | "union" | "extend") && named
            || matches!(word, "schema" | "query" | "mutation") && line.contains('{')
    };
    text.contains('{')
        && text
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with(['#', '"']))
            .is_some_and(first)
}

pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let mut collection = Collection::default();
    let mut receipt = Receipt::default();
    let variables = &mut collection.root.defaults.variables;
    variables.push(Variable::new("graphql_url", "http://localhost:4000/graphql"));
    let entries: Vec<&Entry> = source.entries.iter().filter(|entry| !entry.is_empty()).collect();
    let mut sdl = String::new();
    for entry in &entries {
        let text = entry.text()?;
        if is_introspection(&text) {
            let schema = introspection::read(entry)?;
            collection.items.extend(operations_of(&schema, &mut receipt));
            keep(&mut collection, &serde_json::from_str(&text).unwrap_or_default());
        } else {
            shallow(entry, &text, &[(b'{', b'}'), (b'[', b']'), (b'(', b')')], MAX_DEPTH)?;
            if let Some(items) = document(entry, &text, &mut receipt)? {
                collection.items.extend(items);
            } else {
                sdl += &text;
                sdl.push('\n');
            }
        }
    }
    if !sdl.trim().is_empty() {
        // Types of one file may be used in another: all are one schema.
        let file = entries.first().map(|entry| entry.path.clone()).unwrap_or_default();
        let schema = schema::read(&file, &sdl)?;
        collection.items.extend(operations_of(&schema, &mut receipt));
        keep(&mut collection, &Value::String(sdl));
    }
    if collection.items.is_empty() {
        let file = entries.first().map(|entry| entry.path.clone()).unwrap_or_default();
        let what = "there is no query, no mutation and no operation in it".to_owned();
        return Err(Error::Wrong { file, place: String::new(), what });
    }
    let name = entries.first().map(|entry| entry.name()).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    collection.root.name = if stem.is_empty() { "GraphQL".to_owned() } else { stem.to_owned() };
    receipt.at("").converted(
        "address",
        "a schema does not say where the service is: set the variable graphql_url",
    );
    Ok(Import { format: Format::GraphQl, collection, receipt, wanted: Vec::new() })
}

fn keep(collection: &mut Collection, schema: &Value) {
    collection.extensions.insert("graphql".to_owned(), json!({ "schema": schema }));
}

/// The operations of a document; none when it is a schema.
fn document(entry: &Entry, text: &str, receipt: &mut Receipt) -> Result<Option<Vec<Item>>, Error> {
    use graphql_parser::query::{Definition, OperationDefinition, parse_query};
    let Ok(parsed) = parse_query::<String>(text) else { return Ok(None) };
    let file = entry.name().split('.').next().unwrap_or_default();
    let mut items = Vec::new();
    for definition in &parsed.definitions {
        let Definition::Operation(operation) = definition else { continue };
        let (name, kind) = match operation {
            OperationDefinition::SelectionSet(_) => (None, "query"),
            OperationDefinition::Query(query) => (query.name.clone(), "query"),
            OperationDefinition::Mutation(mutation) => (mutation.name.clone(), "mutation"),
            OperationDefinition::Subscription(subscription) => {
                (subscription.name.clone(), "subscription")
            }
        };
        let shown = name.clone().unwrap_or_else(|| file.to_owned());
        if kind == "subscription" {
            receipt.at(&shown).not_carried("subscription", "it needs a socket, not a request");
            continue;
        }
        receipt.at(&shown).kept("operation");
        // The whole document: fragments are part of it, and the name says which operation runs.
        let body = operation::body(text.trim_end(), &json!({}), name.as_deref());
        items.push(operation::request(&shown, "", &body));
    }
    if items.is_empty() && parsed.definitions.is_empty() {
        return Err(Error::Wrong {
            file: entry.path.clone(),
            place: String::new(),
            what: "there is nothing in it".to_owned(),
        });
    }
    Ok(Some(items))
}

fn operations_of(schema: &Schema, receipt: &mut Receipt) -> Vec<Item> {
    let mut folders = Vec::new();
    let mut room = operation::Room::new();
    for (kind, root, title) in [
        ("query", &schema.query, "Queries"),
        ("mutation", &schema.mutation, "Mutations"),
        ("subscription", &schema.subscription, "Subscriptions"),
    ] {
        let Some(fields) = schema.types.get(root).map(|found| &found.fields) else { continue };
        let mut items = Vec::new();
        let (mut names, mut again) = (HashSet::new(), 0);
        for field in fields {
            // Names are distinct in a schema that is valid (GraphQL 2021 §3.6).
            if !names.insert(field.name.as_str()) {
                again += 1;
                continue;
            }
            let place = format!("{title} / {}", field.name);
            if kind == "subscription" {
                let why = "it needs a socket, not a request";
                receipt.at(place).set_aside("subscription", why, "extensions.graphql");
                continue;
            }
            let made = operation::of(schema, kind, field, &mut room);
            if field.deprecated {
                receipt.at(&place).converted("deprecated", "said in the request's documentation");
            }
            receipt
                .at(&place)
                .converted(kind, "fields to three levels, required arguments filled in");
            items.push(made);
        }
        if again > 0 {
            let why = "a field before it has the same name";
            receipt.at(title).not_carried(format!("{again} further fields"), why);
        }
        if !items.is_empty() {
            let folder = Folder { name: title.to_owned(), ..Folder::default() };
            folders.push(Item::Folder(ItemFolder { folder, items, ..ItemFolder::default() }));
        }
    }
    folders
}

fn item(request: errand_model::Request) -> Item {
    Item::Request(Box::new(ItemRequest { request, ..ItemRequest::default() }))
}
