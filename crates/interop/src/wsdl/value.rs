//! Believable values of simple types (XML Schema 1.0 part 2).

use super::names::XSD;
use super::schemas::{Declared, Schemas, is_built_in};
use super::xml::{Element, Name};

/// Restrictions of restrictions.
const DEPTH: usize = 40;

/// Facets of one restriction, and parts of one type.
const FACETS: usize = 200;
const PARTS: usize = 50;

/// Longest text that a length asks for.
const LENGTH: usize = 400;

/// What restrictions say, the innermost first.
#[derive(Default)]
struct Facets {
    first: Option<String>,
    least: Option<f64>,
    most: Option<f64>,
    /// Whether the bounds are no values themselves.
    above: bool,
    below: bool,
    short: Option<usize>,
    long: Option<usize>,
}

impl Facets {
    fn read(&mut self, restriction: &Element) {
        for facet in
            restriction.children.iter().filter(|child| &*child.name.space == XSD).take(FACETS)
        {
            let value = facet.text_of("value");
            let (number, count) = (value.parse::<f64>().ok(), value.parse::<usize>().ok());
            match &*facet.name.local {
                "enumeration" => {
                    self.first.get_or_insert_with(|| value.to_owned());
                }
                "minInclusive" => self.least = self.least.or(number),
                "maxInclusive" => self.most = self.most.or(number),
                "minExclusive" if self.least.is_none() => (self.least, self.above) = (number, true),
                "maxExclusive" if self.most.is_none() => (self.most, self.below) = (number, true),
                "length" => {
                    (self.short, self.long) = (self.short.or(count), self.long.or(count));
                }
                "minLength" => self.short = self.short.or(count),
                "maxLength" => self.long = self.long.or(count),
                _ => {}
            }
        }
    }

    fn fit(&self, value: &str, kind: Kind) -> String {
        match kind {
            Kind::Whole | Kind::Broken => self.number(value, kind),
            Kind::Text => self.text(value),
            Kind::Other => value.to_owned(),
        }
    }

    fn number(&self, value: &str, kind: Kind) -> String {
        let Ok(mut number) = value.parse::<f64>() else { return value.to_owned() };
        let step = if matches!(kind, Kind::Whole) { 1.0 } else { 0.5 };
        if let Some(most) =
            self.most.filter(|most| number > *most || (self.below && number >= *most))
        {
            number = if self.below { most - step } else { most };
        }
        if let Some(least) =
            self.least.filter(|least| number < *least || (self.above && number <= *least))
        {
            number = if self.above { least + step } else { least };
        }
        if number.to_string() == value.parse::<f64>().map(|n| n.to_string()).unwrap_or_default() {
            value.to_owned()
        } else {
            number.to_string()
        }
    }

    fn text(&self, value: &str) -> String {
        let length = value.chars().count();
        if let Some(short) = self.short.filter(|short| length < *short) {
            let padded = format!("{value} ");
            let source = if value.is_empty() { "x" } else { padded.as_str() };
            return source.chars().cycle().take(short.min(LENGTH)).collect();
        }
        match self.long {
            Some(long) if length > long => value.chars().take(long).collect(),
            _ => value.to_owned(),
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Whole,
    Broken,
    Other,
}

/// A value of a named type; empty when it is not a simple one.
pub(super) fn of_name(schemas: &Schemas<'_>, name: &Name) -> String {
    named(schemas, name, None, &mut Facets::default(), 0)
}

/// A value of a simple type, or of the restriction that says what a simple content is.
pub(super) fn of_type(schemas: &Schemas<'_>, declared: Declared<'_>) -> String {
    typed(schemas, declared, &mut Facets::default(), 0)
}

/// A value of a base type under the facets of a restriction.
pub(super) fn of_restriction(
    schemas: &Schemas<'_>,
    restriction: Declared<'_>,
    base: &Name,
) -> String {
    let mut facets = Facets::default();
    facets.read(restriction.element);
    named(schemas, base, None, &mut facets, 0)
}

fn named(
    schemas: &Schemas<'_>,
    name: &Name,
    within: Option<Declared<'_>>,
    facets: &mut Facets,
    depth: usize,
) -> String {
    if depth > DEPTH {
        return String::new();
    }
    let found = schemas
        .types
        .get(name)
        .or_else(|| if is_built_in(name) { None } else { schemas.types.find(name) })
        .filter(|found| within.is_none_or(|one| !std::ptr::eq(one.element, found.element)));
    if let Some(found) = found {
        return typed(schemas, found, facets, depth + 1);
    }
    if let Some(first) = facets.first.take() {
        return first;
    }
    let (value, kind) = built_in(&name.local);
    facets.fit(value, kind)
}

fn typed(
    schemas: &Schemas<'_>,
    declared: Declared<'_>,
    facets: &mut Facets,
    depth: usize,
) -> String {
    if depth > DEPTH {
        return String::new();
    }
    let inner = |way: &'_ Element| -> Option<usize> {
        way.children.iter().take(PARTS).position(|child| child.is(XSD, "simpleType"))
    };
    for way in
        declared.element.children.iter().filter(|child| &*child.name.space == XSD).take(PARTS)
    {
        let of = Declared { element: way, schema: declared.schema };
        match &*way.name.local {
            "restriction" => {
                facets.read(way);
                if let Some(first) = facets.first.take() {
                    return first;
                }
                return match (schemas.refers(of, "base"), inner(way)) {
                    (Some(base), _) => named(schemas, &base, Some(declared), facets, depth + 1),
                    (None, Some(at)) => {
                        let element = &way.children[at];
                        typed(schemas, Declared { element, ..of }, facets, depth + 1)
                    }
                    (None, None) => String::new(),
                };
            }
            "list" | "union" => {
                let key = if way.is(XSD, "list") { "itemType" } else { "memberTypes" };
                let mut own = Facets::default();
                return match (schemas.refers_all(of, key).first(), inner(way)) {
                    (Some(one), _) => named(schemas, one, Some(declared), &mut own, depth + 1),
                    (None, Some(at)) => {
                        let element = &way.children[at];
                        typed(schemas, Declared { element, ..of }, &mut own, depth + 1)
                    }
                    (None, None) => String::new(),
                };
            }
            "simpleContent" => return typed(schemas, of, facets, depth + 1),
            "extension" => {
                let base = schemas.refers(of, "base");
                return base.map_or_else(String::new, |base| {
                    named(schemas, &base, Some(declared), facets, depth + 1)
                });
            }
            _ => {}
        }
    }
    String::new()
}

fn built_in(name: &str) -> (&'static str, Kind) {
    let value = match name {
        "boolean" => "true",
        "decimal" | "float" | "double" => return ("1.5", Kind::Broken),
        "integer" | "int" | "long" | "short" | "byte" | "nonNegativeInteger"
        | "positiveInteger" | "unsignedInt" | "unsignedLong" | "unsignedShort" | "unsignedByte" => {
            return ("1", Kind::Whole);
        }
        "negativeInteger" | "nonPositiveInteger" => return ("-1", Kind::Whole),
        "date" => "2026-01-15",
        "dateTime" | "dateTimeStamp" | "timeInstant" => "2026-01-15T09:30:00Z",
        "time" => "09:30:00Z",
        "duration" | "dayTimeDuration" | "timeDuration" => "PT15M",
        "yearMonthDuration" => "P1Y",
        "gYear" => "2026",
        "gYearMonth" => "2026-01",
        "gMonth" => "--01",
        "gMonthDay" => "--01-15",
        "gDay" => "---15",
        "base64Binary" | "base64" => "SGVsbG8=",
        "hexBinary" => "48656c6c6f",
        "anyURI" | "uriReference" => "https://example.com/",
        "language" => "en",
        "QName" | "NOTATION" => "name",
        "ID" | "IDREF" | "IDREFS" | "NCName" | "Name" | "ENTITY" | "ENTITIES" | "NMTOKEN"
        | "NMTOKENS" => return ("name", Kind::Text),
        _ => return ("string", Kind::Text),
    };
    (value, Kind::Other)
}
