use std::collections::HashSet;

use errand_model::{
    Body, Collection, Environment, Folder, Header, Item, ItemEnvironment, ItemRequest, Request,
    Variable,
};

use super::Credential;
use super::names::Names;
use crate::importing::outline::place;
use crate::literals::{self, is_credential_name, looks_like_credential};
use crate::wire::LiteralFound;

/// The credentials of a collection, in its order. A description's sample values are none, whatever
/// they are called: without `by_name` only forms that nothing else has count, and fields of auth.
pub fn find(collection: &Collection, by_name: bool) -> Vec<Credential> {
    let mut finder = Finder {
        found: Vec::new(),
        known: HashSet::new(),
        variables: HashSet::new(),
        names: Names::of(collection),
        by_name,
        node: None,
        next: 0,
    };
    for (index, item) in collection.environments.iter().enumerate() {
        finder.environment(index, item);
    }
    finder.root(&collection.root);
    finder.extensions(&collection.extensions, &collection.root.name);
    finder.items(&collection.items, "");
    finder.found
}

pub(super) struct Finder {
    found: Vec<Credential>,
    /// By scope and value.
    known: HashSet<(Option<usize>, String)>,
    /// Variables that are credentials, by scope and name.
    variables: HashSet<(Option<usize>, String)>,
    names: Names,
    pub(super) by_name: bool,
    node: Option<u32>,
    next: u32,
}

impl Finder {
    fn environment(&mut self, index: usize, item: &ItemEnvironment) {
        let environment: &Environment = &item.environment;
        for variable in &environment.variables {
            if let Some(what) = self.secret_variable(variable) {
                self.variable(Some(index), variable, what, &environment.name);
            }
        }
        for certificate in &environment.client_certificates {
            let what = format!("The passphrase of the certificate for {}", certificate.domain);
            self.text(&certificate.passphrase, "certificate_passphrase", what, &environment.name);
        }
        self.rest_of_environment(index, item);
    }

    /// Whether it is the value of a secret variable of that environment.
    pub(super) fn is_known_in(&self, index: usize, value: &str) -> bool {
        self.known.contains(&(Some(index), value.to_owned()))
    }

    fn root(&mut self, root: &Folder) {
        for variable in &root.defaults.variables {
            if let Some(what) = self.secret_variable(variable) {
                self.variable(None, variable, what, &root.name);
            }
        }
        self.variables(&root.globals, &root.name);
        // Those of the collection were looked at as a whole.
        let mut rest = enabled_folder(root);
        rest.defaults.variables.clear();
        self.literals(literals::in_folder(&rest), &root.name);
        self.rest_of_folder(root, &root.name);
    }

    fn items(&mut self, items: &[Item], above: &str) {
        for item in items {
            self.node = Some(self.next);
            self.next += 1;
            match item {
                Item::Folder(folder) => {
                    let here = place(above, &folder.folder.name);
                    self.variables(&folder.folder.defaults.variables, &here);
                    self.literals(literals::in_folder(&enabled_folder(&folder.folder)), &here);
                    self.rest_of_folder(&folder.folder, &here);
                    self.extensions(&folder.extensions, &here);
                    self.items(&folder.items, &here);
                }
                Item::Request(item) => self.request(item, &place(above, &item.request.name)),
                Item::Other(item) => self.other(&item.content, &place(above, &item.name)),
            }
        }
        self.node = None;
    }

    fn request(&mut self, item: &ItemRequest, here: &str) {
        self.variables(&item.request.variables, here);
        self.literals(literals::in_request(&enabled(&item.request)), here);
        self.rest_of_request(&item.request, here);
        for example in &item.examples {
            self.example(example, here);
        }
        self.extensions(&item.extensions, here);
    }

    /// Secret variables with a value, where no secret is resolved: the text refers to one that is.
    fn variables(&mut self, variables: &[Variable], here: &str) {
        for variable in variables.iter().filter(|variable| variable.secret) {
            let what = format!("The variable {}", variable.name);
            self.text(&variable.value, &variable.name, what, here);
        }
    }

    /// What a variable is, if its value is a credential.
    fn secret_variable(&self, variable: &Variable) -> Option<String> {
        let value = variable.value.trim();
        let named =
            self.by_name && is_credential_name(&variable.name) && value.chars().count() >= 6;
        let is_one = variable.secret || named || looks_like_credential(value).is_some();
        let literal = !value.is_empty() && !value.contains("{{");
        (is_one && literal).then(|| format!("The variable {}", variable.name))
    }

    fn variable(
        &mut self,
        environment: Option<usize>,
        variable: &Variable,
        what: String,
        here: &str,
    ) {
        let key = (environment, variable.value.clone());
        if self.known.contains(&key) {
            // The same value twice in one scope: the second variable refers to the first.
            return;
        }
        if !self.variables.insert((environment, variable.name.clone())) {
            // The same name twice: there is one place for its value.
            return self.text(&variable.value, &variable.name, what, here);
        }
        self.known.insert(key);
        self.found.push(Credential {
            value: variable.value.clone(),
            environment,
            name: variable.name.clone(),
            is_variable: true,
            what,
            place: here.to_owned(),
            node: None,
        });
    }

    fn literals(&mut self, found: Vec<LiteralFound>, here: &str) {
        for literal in found {
            let by_form = looks_like_credential(&literal.literal).is_some();
            if self.by_name || by_form || literal.place.starts_with("auth.") {
                self.text(&literal.literal, &literal.suggestion, literal.label, here);
            }
        }
    }

    pub(super) fn text(&mut self, value: &str, name: &str, what: String, here: &str) {
        if value.trim().is_empty() || value.contains("{{") {
            return;
        }
        let key = (None, value.to_owned());
        if self.known.contains(&key) {
            return;
        }
        self.known.insert(key);
        self.found.push(Credential {
            value: value.to_owned(),
            environment: None,
            name: self.names.free(without_count(name)),
            is_variable: false,
            what,
            place: here.to_owned(),
            node: self.node,
        });
    }
}

/// A name as it was before it was made distinct within its request.
fn without_count(name: &str) -> &str {
    match name.rsplit_once('_') {
        Some((stem, count)) if !stem.is_empty() && count.parse::<u32>().is_ok() => stem,
        _ => name,
    }
}

/// The request with its disabled rows: they are written, too.
fn enabled(request: &Request) -> Request {
    let mut request = request.clone();
    request.headers.iter_mut().for_each(|row| row.enabled = true);
    request.params.iter_mut().for_each(|row| row.enabled = true);
    request.variables.iter_mut().for_each(|row| row.enabled = true);
    match &mut request.body {
        Body::FormUrlEncoded { rows } => rows.iter_mut().for_each(|row| row.enabled = true),
        Body::Multipart { rows } => rows.iter_mut().for_each(|row| row.enabled = true),
        Body::None | Body::Raw { .. } | Body::File { .. } => {}
    }
    request
}

fn enabled_folder(folder: &Folder) -> Folder {
    let mut folder = folder.clone();
    folder.defaults.headers.iter_mut().for_each(|row: &mut Header| row.enabled = true);
    folder.defaults.variables.iter_mut().for_each(|row| row.enabled = true);
    folder.globals.iter_mut().for_each(|row| row.enabled = true);
    folder
}
