//! Credentials where nothing in the model says that there is one: scripts, descriptions and bodies,
//! examples, items that Errand does not open, and what is kept of the other tool's own.

use errand_model::{Example, Extensions, Folder, ItemEnvironment, Request, Variable};
use serde::Serialize;
use serde_json::{Map, Value};

use super::find::Finder;
use crate::literals::{Loose, in_map, in_text, looks_like_credential, snake};

impl Finder {
    pub(super) fn rest_of_environment(&mut self, index: usize, item: &ItemEnvironment) {
        let mut found = in_map(&without(&item.environment, &["variables"]));
        found.extend(in_values(&item.environment.variables));
        found.extend(in_map(&item.extensions));
        found.retain(|one| !self.is_known_in(index, &one.literal));
        self.loose(found, "", &item.environment.name);
    }

    pub(super) fn rest_of_folder(&mut self, folder: &Folder, here: &str) {
        let mut rest = without(folder, &["globals"]);
        if let Some(Value::Object(defaults)) = rest.get_mut("defaults") {
            defaults.remove("variables");
            lists_of_auth(defaults);
        }
        let mut found = in_map(&rest);
        found.extend(in_values(&folder.defaults.variables));
        found.extend(in_values(&folder.globals));
        self.loose(found, "", here);
    }

    pub(super) fn rest_of_request(&mut self, request: &Request, here: &str) {
        let mut rest = without(request, &["variables"]);
        lists_of_auth(&mut rest);
        let mut found = in_map(&rest);
        found.extend(in_values(&request.variables));
        self.loose(found, "", here);
    }

    pub(super) fn example(&mut self, example: &Example, here: &str) {
        self.loose(in_map(&without(example, &[])), " of an example", here);
    }

    pub(super) fn other(&mut self, content: &Map<String, Value>, here: &str) {
        self.loose(in_map(content), "", here);
    }

    pub(super) fn extensions(&mut self, extensions: &Extensions, here: &str) {
        if !extensions.is_empty() {
            self.loose(in_map(extensions), ", kept for the way back", here);
        }
    }

    fn loose(&mut self, found: Vec<Loose>, of: &str, here: &str) {
        for Loose { name, literal } in found {
            if !self.by_name && looks_like_credential(&literal).is_none() {
                continue;
            }
            let name = if name.is_empty() { "credential".to_owned() } else { snake(&name) };
            let what = format!("The {}{of}", name.replace('_', " "));
            self.text(&literal, &name, what, here);
        }
    }
}

/// A part of the model as a file would say it, without what was looked at as what it is.
fn without<T: Serialize>(part: &T, members: &[&str]) -> Map<String, Value> {
    let Ok(Value::Object(mut map)) = serde_json::to_value(part) else { return Map::new() };
    map.retain(|name, _| !members.contains(&name.as_str()));
    map
}

/// Of an auth the fields are known; the lists in it hold parameters of any name.
fn lists_of_auth(map: &mut Map<String, Value>) {
    fn lists_of(map: &mut Map<String, Value>) {
        map.retain(|_, value| match value {
            Value::Object(inner) => {
                lists_of(inner);
                !inner.is_empty()
            }
            value => value.is_array(),
        });
    }
    if let Some(Value::Object(auth)) = map.get_mut("auth") {
        lists_of(auth);
    }
}

/// What stands in variables that are none as a whole: JSON, an address.
fn in_values(variables: &[Variable]) -> Vec<Loose> {
    let plain = variables.iter().filter(|variable| !variable.secret);
    plain.flat_map(|variable| in_text(&variable.value)).collect()
}
