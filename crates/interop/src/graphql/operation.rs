//! Operations that can be sent as they are.

use std::fmt::Write as _;

use errand_model::{Body, Item, RawLanguage, Request};
use serde_json::{Map, Value, json};

use super::item;
use super::schema::{Field, Ref, Schema, TypeOf};

/// Levels of fields that are asked for.
const LEVELS: usize = 3;
/// Fields of one object that are asked for.
const FIELDS: usize = 40;
/// Levels of an input object that are filled in.
const INPUT_LEVELS: usize = 4;

/// Fields that are looked at for one operation: beyond that nobody reads it.
const HERE: usize = 20_000;
/// Fields that are looked at for all operations, so that many over large types end.
const ALL: usize = 10_000_000;

/// How many more fields are looked at.
pub(super) struct Room {
    all: usize,
    here: usize,
}

impl Room {
    pub fn new() -> Self {
        Self { all: ALL, here: 0 }
    }

    /// Begins with another operation.
    fn begin(&mut self) {
        self.here = HERE.min(self.all);
    }

    /// Whether there is room for a look at so many; the last look is whole.
    fn take(&mut self, fields: usize) -> bool {
        let is_room = self.here > 0;
        let taken = (fields + 1).min(self.all);
        self.here = self.here.saturating_sub(taken);
        self.all -= if is_room { taken } else { 0 };
        is_room
    }
}

/// A request that asks for a field of a root type.
pub(super) fn of(schema: &Schema, kind: &str, field: &Field, room: &mut Room) -> Item {
    room.begin();
    let mut name = field.name.clone();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let arguments: Vec<String> =
        field.arguments.iter().map(|argument| format!("{0}: ${0}", argument.name)).collect();
    let declared: Vec<String> = field
        .arguments
        .iter()
        .map(|argument| format!("${}: {}", argument.name, argument.of))
        .collect();
    let list = |all: &[String]| {
        if all.is_empty() { String::new() } else { format!("({})", all.join(", ")) }
    };
    let mut text = format!("{kind} {name}{} {{\n", list(&declared));
    let _ = write!(text, "  {}{}", field.name, list(&arguments));
    select(schema, &field.of, LEVELS, 1, &mut text, room);
    text += "\n}";
    let variables: Map<String, Value> = field
        .arguments
        .iter()
        .filter(|argument| matches!(argument.of, Ref::Required(_)) && !argument.has_default)
        .map(|argument| (argument.name.clone(), sample(schema, &argument.of, INPUT_LEVELS, room)))
        .collect();
    let docs = match (field.deprecated, field.description.as_str()) {
        (true, "") => "Deprecated.".to_owned(),
        (true, said) => format!("Deprecated. {said}"),
        (false, said) => said.to_owned(),
    };
    request(&field.name, &docs, &body(&text, &Value::Object(variables), Some(&name)))
}

/// A request to the service with this body.
pub(super) fn request(name: &str, docs: &str, body: &Value) -> Item {
    let text = serde_json::to_string_pretty(body).unwrap_or_default();
    item(Request {
        name: name.to_owned(),
        docs: docs.to_owned(),
        method: "POST".to_owned(),
        url: "{{graphql_url}}".to_owned(),
        body: Body::Raw { language: RawLanguage::Json, text },
        ..Request::default()
    })
}

/// What goes over HTTP ("GraphQL over HTTP", §5.4).
pub(super) fn body(query: &str, variables: &Value, name: Option<&str>) -> Value {
    let mut body = json!({ "query": query, "variables": variables });
    if let Some(name) = name {
        body["operationName"] = name.into();
    }
    body
}

/// Writes what is asked of a type: leaves, and below them objects as deep as `levels` says.
fn select(
    schema: &Schema,
    of: &Ref,
    levels: usize,
    depth: usize,
    text: &mut String,
    room: &mut Room,
) {
    let Some(found) = schema.types.get(of.name()) else { return };
    if found.members.is_empty() && (found.fields.is_empty() || found.input) {
        return;
    }
    let indent = "  ".repeat(depth + 1);
    let mut inner = String::new();
    let is_room = room.take(found.fields.len());
    for member in &found.members {
        let Some(object) = schema.types.get(member) else { continue };
        if !room.take(object.fields.len()) {
            break;
        }
        let leaves: Vec<&str> =
            leaves(schema, object).take(FIELDS).map(|field| field.name.as_str()).collect();
        if !leaves.is_empty() {
            let _ = write!(inner, "\n{indent}... on {member} {{ {} }}", leaves.join(" "));
        }
    }
    for field in leaves(schema, found).take(if is_room { FIELDS } else { 0 }) {
        let _ = write!(inner, "\n{indent}{}", field.name);
    }
    if levels > 1 && is_room {
        let objects = found.fields.iter().filter(|field| !is_leaf(schema, field) && free(field));
        for field in objects.take(FIELDS) {
            let mut below = String::new();
            select(schema, &field.of, levels - 1, depth + 1, &mut below, room);
            if !below.is_empty() {
                let _ = write!(inner, "\n{indent}{}{below}", field.name);
            }
        }
    }
    if inner.is_empty() && levels == LEVELS {
        // An object must be asked for something, and this every type has.
        let _ = write!(inner, "\n{indent}__typename");
    }
    if !inner.is_empty() {
        let _ = write!(text, " {{{inner}\n{}}}", "  ".repeat(depth));
    }
}

fn leaves<'s>(schema: &'s Schema, of: &'s TypeOf) -> impl Iterator<Item = &'s Field> {
    of.fields.iter().filter(|field| is_leaf(schema, field) && free(field))
}

fn is_leaf(schema: &Schema, field: &Field) -> bool {
    schema
        .types
        .get(field.of.name())
        .is_none_or(|found| found.fields.is_empty() && found.members.is_empty())
}

/// Whether it can be asked for without arguments.
fn free(field: &Field) -> bool {
    !field
        .arguments
        .iter()
        .any(|wanted| matches!(wanted.of, Ref::Required(_)) && !wanted.has_default)
}

/// A believable value.
fn sample(schema: &Schema, of: &Ref, levels: usize, room: &mut Room) -> Value {
    match of {
        Ref::Required(inner) => sample(schema, inner, levels, room),
        Ref::List(inner) => json!([sample(schema, inner, levels, room)]),
        Ref::Named(name) => match (name.as_str(), schema.types.get(name)) {
            ("Int", _) => json!(1),
            ("Float", _) => json!(1.5),
            ("Boolean", _) => json!(true),
            ("ID", _) => json!("1"),
            ("String", _) => json!("text"),
            (_, Some(found)) if !found.values.is_empty() => json!(found.values[0]),
            (_, Some(found)) if found.input && levels > 0 && room.take(found.fields.len()) => found
                .fields
                .iter()
                .filter(|field| matches!(field.of, Ref::Required(_)) && !field.has_default)
                .map(|field| (field.name.clone(), sample(schema, &field.of, levels - 1, room)))
                .collect(),
            (_, Some(found)) if found.input => Value::Null,
            ("Date", _) => json!("2026-01-31"),
            ("DateTime", _) => json!("2026-01-31T12:00:00Z"),
            ("URI" | "URL", _) => json!("https://example.com/"),
            _ => json!("text"),
        },
    }
}
