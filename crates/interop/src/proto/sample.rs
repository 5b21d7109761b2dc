//! Believable messages in the JSON mapping of proto3.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use prost_reflect::prost_types::field_descriptor_proto::{Label, Type};
use prost_reflect::prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto,
};
use protox::file::File;
use serde_json::{Map, Value, json};

/// Levels of messages inside messages that are filled in.
const LEVELS: usize = 4;

/// Fields of one sample: beyond that nobody reads it.
const HERE: usize = 2_000;
/// Fields of all samples, so that many methods with large messages end.
const ALL: usize = 1_000_000;

/// Every message and enumeration by its full name.
pub(super) struct Messages {
    /// Without those that are defined inside of them.
    types: HashMap<String, DescriptorProto>,
    /// Messages that stand for one entry of a map.
    entries: HashMap<String, DescriptorProto>,
    enums: HashMap<String, EnumDescriptorProto>,
    /// How many more fields are filled in.
    room: Cell<Room>,
}

#[derive(Clone, Copy)]
struct Room {
    all: usize,
    here: usize,
}

impl Messages {
    pub(super) fn of<'f>(files: impl Iterator<Item = &'f File>) -> Self {
        let mut all = Self {
            types: HashMap::new(),
            entries: HashMap::new(),
            enums: HashMap::new(),
            room: Cell::new(Room { all: ALL, here: 0 }),
        };
        for file in files {
            let file: &FileDescriptorProto = file.file_descriptor_proto();
            for kind in &file.enum_type {
                all.enums.insert(join(file.package(), kind.name()), kind.clone());
            }
            for message in &file.message_type {
                all.add(file.package(), message);
            }
        }
        all
    }

    fn add(&mut self, scope: &str, message: &DescriptorProto) {
        let name = join(scope, message.name());
        for kind in &message.enum_type {
            self.enums.insert(join(&name, kind.name()), kind.clone());
        }
        for inner in &message.nested_type {
            if inner.options.as_ref().is_some_and(|options| options.map_entry == Some(true)) {
                self.entries.insert(join(&name, inner.name()), inner.clone());
            }
            self.add(&name, inner);
        }
        let own = DescriptorProto {
            name: message.name.clone(),
            field: message.field.clone(),
            ..DescriptorProto::default()
        };
        self.types.insert(name, own);
    }

    /// Whether there is room for one more field.
    fn take(&self) -> bool {
        let Room { all, here } = self.room.get();
        let is_room = all > 0 && here > 0;
        if is_room {
            self.room.set(Room { all: all - 1, here: here - 1 });
        }
        is_room
    }

    /// A message of the type that is called `name` in `scope`.
    pub(super) fn sample(&self, scope: &str, name: &str) -> Value {
        self.room.set(Room { here: HERE, ..self.room.get() });
        self.message(scope, name, LEVELS)
    }

    fn message(&self, scope: &str, name: &str, levels: usize) -> Value {
        if let Some(known) = well_known(name.trim_start_matches('.')) {
            return known;
        }
        let Some(full) = resolve(scope, name, |full| self.types.contains_key(full)) else {
            return json!({});
        };
        let message = &self.types[&full];
        let mut fields = Map::new();
        let mut chosen = HashSet::new();
        for field in &message.field {
            // Of a oneof only one may be set.
            let one_of = field.oneof_index.filter(|_| !field.proto3_optional());
            if one_of.is_some_and(|one_of| !chosen.insert(one_of)) {
                continue;
            }
            if !self.take() {
                break;
            }
            let Some(value) = self.field(&full, field, levels) else { continue };
            fields.insert(camel(field.name()), value);
        }
        Value::Object(fields)
    }

    /// The message that stands for one entry of a map of the message `scope`.
    fn entry_of(&self, scope: &str, name: &str) -> Option<&DescriptorProto> {
        self.entries.get(&join(scope, name.rsplit('.').next()?))
    }

    /// None where a message would go deeper than is filled in.
    fn field(&self, scope: &str, field: &FieldDescriptorProto, levels: usize) -> Option<Value> {
        let name = field.type_name();
        let value = match Type::try_from(field.r#type.unwrap_or_default()) {
            Ok(Type::Double | Type::Float) => json!(1.5),
            // 64-bit numbers are texts in JSON.
            Ok(Type::Int64 | Type::Uint64 | Type::Fixed64 | Type::Sfixed64 | Type::Sint64) => {
                json!("1")
            }
            Ok(Type::Int32 | Type::Uint32 | Type::Fixed32 | Type::Sfixed32 | Type::Sint32) => {
                json!(1)
            }
            Ok(Type::Bool) => json!(true),
            Ok(Type::String) => json!("text"),
            Ok(Type::Bytes) => json!("Ynl0ZXM="),
            // Before its imports are read, a name is only known to be one.
            _ => {
                if let Some(full) = resolve(scope, name, |full| self.enums.contains_key(full)) {
                    json!(self.enums[&full].value.first().map(|value| value.name().to_owned()))
                } else if let Some(entry) = self.entry_of(scope, name) {
                    let of = |number: usize| {
                        let field = entry.field.get(number)?;
                        self.field(scope, field, levels.checked_sub(1)?)
                    };
                    let key = match of(0)? {
                        Value::String(key) => key,
                        other => other.to_string(),
                    };
                    return Some(json!({ key: of(1)? }));
                } else {
                    self.message(scope, name, levels.checked_sub(1)?)
                }
            }
        };
        let repeated = field.label == Some(Label::Repeated as i32);
        Some(if repeated { json!([value]) } else { value })
    }
}

/// The full name, looked for from the innermost scope outwards.
fn resolve(scope: &str, name: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    if let Some(full) = name.strip_prefix('.') {
        return known(full).then(|| full.to_owned());
    }
    let mut scope = scope;
    loop {
        let full = join(scope, name);
        if known(&full) {
            return Some(full);
        }
        if scope.is_empty() {
            return None;
        }
        scope = scope.rsplit_once('.').map_or("", |(outer, _)| outer);
    }
}

/// What the JSON mapping has a form of its own for.
fn well_known(name: &str) -> Option<Value> {
    Some(match name.strip_prefix("google.protobuf.")? {
        "Timestamp" => json!("2026-01-31T12:00:00Z"),
        "Duration" => json!("1.5s"),
        "FieldMask" => json!("name"),
        "Empty" | "Struct" => json!({}),
        "Any" => json!({ "@type": "type.googleapis.com/google.protobuf.Empty" }),
        "Value" | "StringValue" => json!("text"),
        "ListValue" => json!([]),
        "BoolValue" => json!(true),
        "DoubleValue" | "FloatValue" => json!(1.5),
        "Int32Value" | "UInt32Value" => json!(1),
        "Int64Value" | "UInt64Value" => json!("1"),
        "BytesValue" => json!("Ynl0ZXM="),
        _ => return None,
    })
}

fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() { name.to_owned() } else { format!("{scope}.{name}") }
}

/// `lower_snake` as JSON has it.
fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut upper = false;
    for c in name.chars() {
        if c == '_' {
            upper = true;
        } else if upper {
            out.extend(c.to_uppercase());
            upper = false;
        } else {
            out.push(c);
        }
    }
    out
}
