use std::collections::BTreeSet;
use std::ops::Range;

use errand_model::Auth;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use toml::Spanned;

use super::Provider;
use crate::Error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    #[serde(default)]
    provider: Vec<Spanned<toml::Table>>,
}

/// Reads a catalogue. Each entry is looked at whole: unknown keys, variables that no one
/// declares and ids that come twice are errors that name their line.
///
/// # Errors
/// [`Error::Catalogue`].
pub fn parse(text: &str) -> Result<Vec<Provider>, Error> {
    let catalogue: Catalogue =
        toml::from_str(text).map_err(|error| wrong(text, error.span(), error.message()))?;
    let mut ids = BTreeSet::new();
    let mut providers = Vec::with_capacity(catalogue.provider.len());
    for entry in catalogue.provider {
        let span = Some(entry.span());
        let entry = entry.into_inner();
        let id = entry.get("id").and_then(|id| id.as_str()).unwrap_or("?").to_owned();
        let failed =
            |reason: &str| wrong(text, span.clone(), &format!("provider \"{id}\": {reason}"));
        let provider: Provider = entry.try_into().map_err(|error| failed(error.message()))?;
        check(&provider).map_err(|reason| failed(&reason))?;
        if !ids.insert(provider.id.clone()) {
            return Err(failed("its id comes twice."));
        }
        providers.push(provider);
    }
    providers.sort_by_key(|provider| provider.name.to_lowercase());
    Ok(providers)
}

/// A catalogue with a second one over it: an entry of the same id takes the place of ours.
///
/// # Errors
/// [`Error::Catalogue`] for the second text.
pub fn merge(base: Vec<Provider>, text: &str) -> Result<Vec<Provider>, Error> {
    let own = parse(text)?;
    let mut all = base;
    all.retain(|known| !own.iter().any(|one| one.id == known.id));
    all.extend(own);
    all.sort_by_key(|provider| provider.name.to_lowercase());
    Ok(all)
}

fn wrong(text: &str, span: Option<Range<usize>>, reason: &str) -> Error {
    let start = span.map_or(0, |span| span.start);
    let line = text.as_bytes().iter().take(start).filter(|byte| **byte == b'\n').count() + 1;
    Error::Catalogue { line, reason: reason.to_owned() }
}

fn check(provider: &Provider) -> Result<(), String> {
    let plain = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if !plain(&provider.id) {
        return Err("its id has other characters than small letters, digits and -.".to_owned());
    }
    for (field, url) in [
        ("register_url", &provider.register_url),
        ("documentation_url", &provider.documentation_url),
    ] {
        if !url.starts_with("https://") {
            return Err(format!("its {field} does not begin with https://."));
        }
    }
    if provider.checked.parse::<jiff::civil::Date>().is_err() {
        return Err("its day of checking is no date like 2026-11-21.".to_owned());
    }
    let mut used = BTreeSet::new();
    let json = serde_json::to_value(&provider.auth).map_err(|error| error.to_string())?;
    names_in_value(&json, &mut used);
    if let Some(request) = &provider.request {
        names(&request.url, &mut used);
        request.headers.iter().for_each(|(_, value)| names(value, &mut used));
    }
    match used.iter().find(|name| !provider.variables.iter().any(|one| one.name == **name)) {
        Some(name) => Err(format!("the variable {{{{{name}}}}} is used and not declared.")),
        None => Ok(()),
    }
}

fn names_in_value(value: &Value, used: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => names(text, used),
        Value::Array(list) => list.iter().for_each(|one| names_in_value(one, used)),
        Value::Object(map) => map.values().for_each(|one| names_in_value(one, used)),
        _ => (),
    }
}

/// The variables of a text.
fn names(text: &str, used: &mut BTreeSet<String>) {
    for piece in text.split("{{").skip(1) {
        if let Some((name, _)) = piece.split_once("}}") {
            used.insert(name.trim().to_owned());
        }
    }
}

/// An auth whose every key the model knows: a key that is misspelt would be passed over.
pub(super) fn auth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Auth, D::Error> {
    let given = Value::deserialize(deserializer)?;
    let auth: Auth = serde_json::from_value(given.clone())
        .map_err(|error| D::Error::custom(format!("auth: {error}.")))?;
    let known = serde_json::to_value(&auth).map_err(D::Error::custom)?;
    match unknown("auth", &given, &known) {
        Some(path) => Err(D::Error::custom(format!("{path} is not known."))),
        None => Ok(auth),
    }
}

fn unknown(path: &str, given: &Value, known: &Value) -> Option<String> {
    match (given, known) {
        (Value::Object(given), Value::Object(known)) => given.iter().find_map(|(name, value)| {
            let path = format!("{path}.{name}");
            match known.get(name) {
                Some(known) => unknown(&path, value, known),
                None => Some(path),
            }
        }),
        (Value::Array(given), Value::Array(known)) => {
            given.iter().zip(known).find_map(|(given, known)| unknown(path, given, known))
        }
        _ => None,
    }
}
