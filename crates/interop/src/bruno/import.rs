//! Collections of Bruno as the model's.

use std::collections::{BTreeSet, HashSet};

use errand_model::{Collection, Item, ItemFolder, SecretSource, Variable};
use serde_json::{Value, json};

use super::gather::{Gathered, Node, gather};
use super::rows::text;
use super::{config, environment, folder, other, request};
use crate::{Error, Format, Import, Receipt, Source};

/// Most files beside the requests that get a line of their own.
const MOST_LINES: usize = 50;

pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let mut receipt = Receipt::default();
    let mut found = gather(source)?;
    let collection = match found.len() {
        1 => one(found.remove(0), "", &mut receipt),
        _ => several(found, &mut receipt),
    };
    Ok(Import { format: Format::Bruno, collection, receipt, wanted: Vec::new() })
}

/// Collections side by side become folders of one.
fn several(found: Vec<Gathered>, receipt: &mut Receipt) -> Collection {
    let mut whole = Collection::default();
    whole.root.name.push_str("Bruno");
    let mut names = HashSet::new();
    for gathered in found {
        let prefix = name_of(&gathered);
        let part = one(gathered, &prefix, receipt);
        let mut lines = receipt.at(prefix.as_str());
        if !part.root.client_certificates.is_empty() {
            let why =
                "certificates belong to a whole workspace: those of all collections are together";
            lines.converted("client certificates", why);
        }
        whole.root.client_certificates.extend(part.root.client_certificates.iter().cloned());
        whole.items.push(Item::Folder(ItemFolder {
            folder: errand_model::Folder { client_certificates: Vec::new(), ..part.root },
            extensions: part.extensions,
            items: part.items,
        }));
        for mut environment in part.environments {
            let name = &mut environment.environment.name;
            if !names.insert(name.clone()) {
                let plain = std::mem::take(name);
                let tries = (1..).map(|n| match n {
                    1 => format!("{plain} ({prefix})"),
                    n => format!("{plain} ({prefix} {n})"),
                });
                *name = tries.into_iter().find(|name| !names.contains(name)).unwrap_or_default();
                names.insert(name.clone());
            }
            whole.environments.push(environment);
        }
    }
    whole
}

fn name_of(gathered: &Gathered) -> String {
    let names = [
        text(&gathered.config, "name"),
        text(&gathered.root["meta"], "name"),
        gathered.fallback_name.as_str(),
        "Bruno collection",
    ];
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_default().to_owned()
}

fn one(gathered: Gathered, place: &str, receipt: &mut Receipt) -> Collection {
    let name = name_of(&gathered);
    let mut root = {
        let mut lines = receipt.at(place);
        lines.kept("collection");
        folder::read(&gathered.root, name.clone(), &mut lines)
    };
    root.client_certificates = config::certificates(&gathered.config);
    let mut lines = receipt.at(place);
    if !root.client_certificates.is_empty() {
        lines.kept("client certificates");
    }
    // A file alone has neither.
    let config = config::write(&name, &root.client_certificates);
    let given = if gathered.config.is_null() { &config } else { &gathered.config };
    let tree = if gathered.root.is_null() { &json!({}) } else { &gathered.root };
    let original = json!({ "config": given, "collection": tree });
    let made = json!({
        "config": config,
        "collection": folder::write(&root, &mut Receipt::default().at("")),
    });
    let extensions = folder::extensions(&root, &made, &original, None, &mut lines);
    for path in gathered.others.iter().take(MOST_LINES) {
        lines.not_carried(path.as_str(), "files beside the requests stay where they are");
    }
    if gathered.others.len() > MOST_LINES {
        let count = gathered.others.len() - MOST_LINES;
        let why = "files beside the requests stay where they are";
        lines.not_carried(format!("{count} further files"), why);
    }
    let mut used = Used::default();
    used.look_at(&original, 0);
    let items = items(gathered.nodes, place, &mut used, receipt);
    let environments = gathered
        .environments
        .iter()
        .map(|(name, tree)| {
            used.look_at(tree, 0);
            environment::read(tree, name, receipt)
        })
        .collect();
    root.defaults.variables.extend(used.variables(&gathered.dot_env, place, receipt));
    Collection { root, extensions, items, environments }
}

fn items(nodes: Vec<Node>, place: &str, used: &mut Used, receipt: &mut Receipt) -> Vec<Item> {
    let below = |name: &str| {
        if place.is_empty() { name.to_owned() } else { format!("{place} / {name}") }
    };
    let item = |node| match node {
        Node::Folder { directory, tree, nodes } => {
            let name = request::name(&tree, &directory);
            let place = below(&name);
            let mut lines = receipt.at(place.as_str());
            lines.kept("folder");
            let folder = folder::read(&tree, name, &mut lines);
            let made = folder::write_folder(&folder, &mut Receipt::default().at(""));
            let extensions =
                folder::extensions(&folder, &made, &tree, Some(&directory), &mut lines);
            used.look_at(&tree, 0);
            let items = items(nodes, &place, used, receipt);
            Some(Item::Folder(ItemFolder { folder, extensions, items }))
        }
        Node::File { file, tree } => {
            used.look_at(&tree, 0);
            let place = below(&request::name(&tree, &file));
            let kind = text(&tree["meta"], "type");
            if tree.get("grpc").is_some() || tree.get("ws").is_some() {
                return Some(Item::Other(other::read(&tree, &file, &place, receipt)));
            }
            if !matches!(kind, "" | "http" | "graphql") && tree.get("http").is_none() {
                return Some(Item::Other(other::read(&tree, &file, &place, receipt)));
            }
            used.tell(&place, receipt);
            Some(Item::Request(Box::new(request::read(&tree, &file, &place, receipt))))
        }
        Node::Script { file } => {
            let why = "Errand has no script files";
            receipt.at(below(&file)).not_carried("script file", why);
            None
        }
    };
    nodes.into_iter().filter_map(item).collect()
}

/// Variables that Bruno has by itself and Errand does not.
#[derive(Default)]
struct Used {
    /// `X` of `{{process.env.X}}`.
    process: BTreeSet<String>,
    /// Others of the item that was looked at last.
    odd: BTreeSet<String>,
}

impl Used {
    fn look_at(&mut self, value: &Value, depth: usize) {
        if depth == 0 {
            self.odd.clear();
        }
        match value {
            Value::String(text) => self.look_in(text),
            Value::Array(list) => list.iter().for_each(|value| self.look_at(value, depth + 1)),
            Value::Object(object) => {
                object.values().for_each(|value| self.look_at(value, depth + 1));
            }
            _ => {}
        }
    }

    fn look_in(&mut self, text: &str) {
        for part in text.split("{{").skip(1) {
            let Some((name, _)) = part.split_once("}}") else { continue };
            let name = name.trim();
            if let Some(variable) = name.strip_prefix("process.env.") {
                self.process.insert(variable.to_owned());
            } else if name.starts_with('?')
                || name.starts_with("$oauth2.")
                || name == "$randomNanoId"
            {
                self.odd.insert(name.to_owned());
            }
        }
    }

    fn tell(&self, place: &str, receipt: &mut Receipt) {
        let mut lines = receipt.at(place);
        for name in &self.odd {
            let why = match name.as_bytes() {
                [b'?', ..] => "Errand asks for no values when sending; set a variable of this name",
                [b'$', b'o', ..] => {
                    "Errand puts tokens where the auth says; set a variable of this name"
                }
                _ => "Errand has no such dynamic variable",
            };
            lines.not_carried(format!("{{{{{name}}}}}"), why);
        }
    }

    /// Variables with the same names, from `.env` or from the process.
    fn variables(
        self,
        dot_env: &[(String, String)],
        place: &str,
        receipt: &mut Receipt,
    ) -> Vec<Variable> {
        let mut lines = receipt.at(place);
        for (name, _) in dot_env.iter().filter(|(name, _)| !self.process.contains(name)) {
            lines.not_carried(format!(".env: {name}"), "no request uses it");
        }
        let variables = self.process.into_iter().map(|name| {
            let given = dot_env.iter().rev().find(|(given, _)| *given == name);
            let item = format!("{{{{process.env.{name}}}}}");
            let mut variable = Variable::new(format!("process.env.{name}"), "");
            variable.secret = true;
            if let Some((_, value)) = given {
                lines.converted(item, "a secret variable of the collection, from .env");
                variable.value.clone_from(value);
            } else {
                let how = "a secret variable of the collection, from the process's environment";
                lines.converted(item, how);
                variable.source = Some(SecretSource::Environment { variable: name });
            }
            variable
        });
        variables.collect()
    }
}
