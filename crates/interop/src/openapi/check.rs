//! Responses against the schemas of their operations.

use std::collections::{HashMap, HashSet};

use errand_model::Extensions;
use serde_json::{Map, Value, json};

use super::document::{Document, entries, pointed, reference};
use super::media::{self, Kind};
use super::text::distinct;
use super::{kept, schema};

/// Violations that are told of one response.
const TOLD: usize = 100;

/// Characters of one message.
const MESSAGE: usize = 300;

/// Schemas that one is put together from.
const DEFINITIONS: usize = 5_000;

/// Steps a pattern of a schema may take on one text before it is given up.
const STEPS: usize = 100_000;

/// The schema of what cannot be found.
static ANYTHING: Value = Value::Bool(true);

/// The response schemas of an imported description. Made once for many requests: it reads what the
/// collection keeps of the description.
pub struct ResponseSchemas {
    document: Document,
}

/// What a response has that its schema does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer into the body (RFC 6901); empty for the whole.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

impl ResponseSchemas {
    /// `extensions` are those of the collection or folder that the description was imported as; none
    /// when it was not.
    pub fn of(extensions: &Extensions) -> Option<Self> {
        Some(Self { document: Document::new(kept::document(extensions)?) })
    }

    /// The schema of a request's response, complete in itself (JSON Schema 2020-12); `request` are
    /// its extensions. None when the description has none for this status and type.
    pub fn schema(&self, request: &Extensions, status: u16, content_type: &str) -> Option<Value> {
        let responses = kept::operation(request)?.value.get("responses")?;
        let range = format!("{}XX", status / 100);
        let response = responses
            .get(status.to_string())
            .or_else(|| responses.get(&range))
            .or_else(|| responses.get(range.to_ascii_lowercase()))
            .or_else(|| responses.get("default"))?;
        let content = self.document.get(self.document.resolve(response), "content");
        let holder = self.document.resolve(of_type(content, content_type)?);
        Some(whole(&self.document, holder.get("schema")?))
    }
}

/// The media object for a type: the same, a range, or the only one of its kind.
fn of_type<'d>(content: &'d Value, content_type: &str) -> Option<&'d Value> {
    let wanted = media::essence(content_type);
    let main = wanted.split('/').next().unwrap_or_default();
    let named = |name: &str| {
        entries(content).find(|(key, _)| media::essence(key) == name).map(|(_, value)| value)
    };
    let kind = media::kind(&wanted);
    named(&wanted).or_else(|| named(&format!("{main}/*"))).or_else(|| named("*/*")).or_else(|| {
        let mut alike = entries(content).filter(|(key, _)| media::kind(key) == kind);
        let only = alike.next();
        only.filter(|_| kind == Kind::Json && alike.next().is_none()).map(|(_, value)| value)
    })
}

/// A schema with what it refers to under `$defs`.
fn whole(document: &Document, schema: &Value) -> Value {
    let mut gathered =
        Gathered { document, names: HashMap::new(), taken: HashSet::new(), open: Vec::new() };
    let mut root = gathered.rewritten(schema);
    let mut definitions = Map::new();
    while let Some((name, value)) = gathered.open.pop() {
        let value = gathered.rewritten(value);
        definitions.insert(name, value);
    }
    if !root.is_object() {
        return root;
    }
    root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    if !definitions.is_empty() {
        match root.get_mut("$defs").and_then(Value::as_object_mut) {
            Some(own) => own.extend(definitions),
            None => root["$defs"] = Value::Object(definitions),
        }
    }
    root
}

struct Gathered<'d> {
    document: &'d Document,
    names: HashMap<String, String>,
    taken: HashSet<String>,
    open: Vec<(String, &'d Value)>,
}

impl Gathered<'_> {
    fn rewritten(&mut self, value: &Value) -> Value {
        let mut value = value.clone();
        schema::modernise(&mut value);
        schema::each(&mut value, &mut |one| {
            let Value::Object(object) = one else { return };
            // What only a request has cannot be missing in a response.
            let hidden: Vec<String> = object
                .get("properties")
                .into_iter()
                .flat_map(entries)
                .filter(|(_, inner)| inner.get("writeOnly") == Some(&Value::Bool(true)))
                .map(|(name, _)| name.clone())
                .collect();
            if let Some(Value::Array(required)) = object.get_mut("required") {
                required.retain(|name| !hidden.iter().any(|one| name.as_str() == Some(one)));
            }
            if let Some(to) = reference(one).map(str::to_owned) {
                one["$ref"] = json!(self.place(&to));
            }
        });
        value
    }

    /// The place among the definitions of what a reference leads to.
    fn place(&mut self, to: &str) -> String {
        if let Some(name) = self.names.get(to) {
            return format!("#/$defs/{name}");
        }
        let stem = to.rsplit('/').next().unwrap_or_default();
        let stem: String =
            stem.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
        let name = distinct(stem, "_", &mut self.taken);
        self.names.insert(to.to_owned(), name.clone());
        let target = to.strip_prefix('#').and_then(|at| pointed(&self.document.root, at));
        let fits = self.names.len() <= DEFINITIONS;
        self.open.push((name.clone(), target.filter(|_| fits).unwrap_or(&ANYTHING)));
        format!("#/$defs/{name}")
    }
}

/// What a body has that a schema of [`ResponseSchemas::schema`] does not allow; at most 100.
pub fn check_response(schema: &Value, body: &[u8]) -> Vec<Violation> {
    let whole = |message: String| vec![Violation { path: String::new(), message }];
    let body: Value = match serde_json::from_slice(body) {
        Ok(body) => body,
        Err(error) => return whole(format!("The body is not JSON: {error}.")),
    };
    let patterns = jsonschema::PatternOptions::fancy_regex().backtrack_limit(STEPS);
    let options = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_pattern_options(patterns);
    let validator = match options.build(schema) {
        Ok(validator) => validator,
        Err(error) => {
            return whole(format!("The schema of the description cannot be used: {error}."));
        }
    };
    validator
        .iter_errors(&body)
        .take(TOLD)
        .map(|error| Violation {
            path: error.instance_path().as_str().to_owned(),
            message: super::text::line(&error.to_string(), MESSAGE),
        })
        .collect()
}
