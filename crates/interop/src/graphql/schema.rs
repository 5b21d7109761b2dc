//! A schema as far as operations are made from it.

use std::collections::BTreeMap;

use graphql_parser::schema::{
    Definition, InputValue, Type, TypeDefinition, TypeExtension, parse_schema,
};

use crate::Error;

#[derive(Debug, Default)]
pub(super) struct Schema {
    pub types: BTreeMap<String, TypeOf>,
    pub query: String,
    pub mutation: String,
    pub subscription: String,
}

/// A named type. Leaves have neither fields nor members.
#[derive(Debug, Default)]
pub(super) struct TypeOf {
    pub fields: Vec<Field>,
    /// Of a union.
    pub members: Vec<String>,
    /// Of an enumeration.
    pub values: Vec<String>,
    pub input: bool,
}

#[derive(Debug)]
pub(super) struct Field {
    pub name: String,
    pub description: String,
    pub arguments: Vec<Field>,
    pub of: Ref,
    pub has_default: bool,
    pub deprecated: bool,
}

/// A use of a type.
#[derive(Debug, Clone)]
pub(super) enum Ref {
    Named(String),
    List(Box<Ref>),
    Required(Box<Ref>),
}

impl Ref {
    /// The name inside all lists.
    pub fn name(&self) -> &str {
        match self {
            Self::Named(name) => name,
            Self::List(inner) | Self::Required(inner) => inner.name(),
        }
    }
}

impl std::fmt::Display for Ref {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::List(inner) => write!(f, "[{inner}]"),
            Self::Required(inner) => write!(f, "{inner}!"),
        }
    }
}

impl Schema {
    /// With the names that a schema has when it does not say others.
    pub fn new() -> Self {
        Self {
            types: BTreeMap::new(),
            query: "Query".to_owned(),
            mutation: "Mutation".to_owned(),
            subscription: "Subscription".to_owned(),
        }
    }
}

/// Reads SDL.
pub(super) fn read(file: &str, text: &str) -> Result<Schema, Error> {
    let parsed = parse_schema::<String>(text).map_err(|error| syntax(file, &error.to_string()))?;
    let mut schema = Schema::new();
    for definition in parsed.definitions {
        match definition {
            Definition::SchemaDefinition(roots) => {
                schema.query = roots.query.unwrap_or_default();
                schema.mutation = roots.mutation.unwrap_or_default();
                schema.subscription = roots.subscription.unwrap_or_default();
            }
            Definition::TypeDefinition(definition) => define(&mut schema, definition),
            Definition::TypeExtension(extension) => extend(&mut schema, extension),
            Definition::DirectiveDefinition(_) => {}
        }
    }
    Ok(schema)
}

/// The parser's message, with its place taken out of the text.
fn syntax(file: &str, message: &str) -> Error {
    let place = message.split("Parse error at ").nth(1).and_then(|rest| rest.lines().next());
    let mut numbers = place.unwrap_or_default().split(':').map(|n| n.trim().parse().unwrap_or(1));
    let what = message.lines().find(|line| line.starts_with("Unexpected"));
    Error::Syntax {
        file: file.to_owned(),
        wanted: "a GraphQL schema",
        what: what.unwrap_or("it cannot be read").to_owned(),
        line: numbers.next().unwrap_or(1),
        column: numbers.next().unwrap_or(1),
    }
}

fn define(schema: &mut Schema, definition: TypeDefinition<'_, String>) {
    let (name, found) = match definition {
        TypeDefinition::Scalar(scalar) => (scalar.name, TypeOf::default()),
        TypeDefinition::Object(object) => (object.name, fields(object.fields)),
        TypeDefinition::Interface(interface) => (interface.name, fields(interface.fields)),
        TypeDefinition::Union(union) => {
            (union.name, TypeOf { members: union.types, ..TypeOf::default() })
        }
        TypeDefinition::Enum(enumeration) => {
            let values = enumeration.values.into_iter().map(|value| value.name).collect();
            (enumeration.name, TypeOf { values, ..TypeOf::default() })
        }
        TypeDefinition::InputObject(input) => (input.name, inputs(input.fields)),
    };
    schema.types.insert(name, found);
}

fn extend(schema: &mut Schema, extension: TypeExtension<'_, String>) {
    let (name, more) = match extension {
        TypeExtension::Object(object) => (object.name, fields(object.fields)),
        TypeExtension::Interface(interface) => (interface.name, fields(interface.fields)),
        TypeExtension::InputObject(input) => (input.name, inputs(input.fields)),
        TypeExtension::Scalar(_) | TypeExtension::Union(_) | TypeExtension::Enum(_) => return,
    };
    schema.types.entry(name).or_default().fields.extend(more.fields);
}

fn fields(fields: Vec<graphql_parser::schema::Field<'_, String>>) -> TypeOf {
    let fields = fields.into_iter().map(|field| Field {
        name: field.name,
        description: field.description.unwrap_or_default(),
        arguments: field.arguments.into_iter().map(input).collect(),
        of: of(field.field_type),
        has_default: false,
        deprecated: field.directives.iter().any(|directive| directive.name == "deprecated"),
    });
    TypeOf { fields: fields.collect(), ..TypeOf::default() }
}

fn inputs(fields: Vec<InputValue<'_, String>>) -> TypeOf {
    let fields = fields.into_iter().map(input).collect();
    TypeOf { fields, input: true, ..TypeOf::default() }
}

fn input(value: InputValue<'_, String>) -> Field {
    Field {
        name: value.name,
        description: value.description.unwrap_or_default(),
        arguments: Vec::new(),
        of: of(value.value_type),
        has_default: value.default_value.is_some(),
        deprecated: false,
    }
}

fn of(kind: Type<'_, String>) -> Ref {
    match kind {
        Type::NamedType(name) => Ref::Named(name),
        Type::ListType(inner) => Ref::List(Box::new(of(*inner))),
        Type::NonNullType(inner) => Ref::Required(Box::new(of(*inner))),
    }
}
