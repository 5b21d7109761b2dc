//! What credentials of an import are called in the end.

use std::collections::{BTreeMap, HashSet};

use errand_vault::SecretId;

use crate::App;
use crate::errors;
use crate::importing::{Credential, Incoming, number};
use crate::session::Opened;
use crate::wire::{SecretDecision, WireError};

/// The name of each credential in the end. A variable keeps its own, others get the wished one or one
/// like it; in a workspace that is there, none that is taken by another value.
pub(super) fn names(
    app: &App,
    opened: Option<&Opened>,
    incoming: &Incoming,
    decisions: &BTreeMap<u32, &SecretDecision>,
) -> Result<Vec<String>, WireError> {
    let there = opened.map(Declared::of).transpose()?.unwrap_or_default();
    let mut taken: HashSet<String> = incoming
        .credentials
        .iter()
        .filter(|one| one.is_variable)
        .map(|one| one.name.clone())
        .collect();
    let mut names = Vec::new();
    for (index, credential) in incoming.credentials.iter().enumerate() {
        if credential.is_variable && (credential.environment.is_some() || opened.is_none()) {
            names.push(credential.name.clone());
            continue;
        }
        let wished =
            decisions.get(&number(index)).map_or(&credential.name, |decision| &decision.name);
        let wished = if credential.is_variable { &credential.name } else { wished };
        if wished.trim().is_empty() || wished.contains(['{', '}']) {
            let message = format!("\"{wished}\" is no name for a variable.");
            return Err(
                WireError::new("bad-name", message).hint("Use letters, digits and underscores.")
            );
        }
        names.push(free(app, opened, &there, &mut taken, wished.trim(), credential));
    }
    Ok(names)
}

/// What is declared in a workspace.
#[derive(Default)]
struct Declared {
    /// The collection's own variables; true for a secret in the keychain.
    own: BTreeMap<String, bool>,
    /// Variables of environments, which would hide the collection's.
    environments: HashSet<String>,
}

impl Declared {
    fn of(opened: &Opened) -> Result<Self, WireError> {
        let workspace = &opened.workspace;
        let read = workspace.read_folder("").map_err(|error| errors::workspace(&error))?;
        let mut declared = Self::default();
        for variable in read.0.defaults.variables {
            declared.own.insert(variable.name, variable.secret && variable.source.is_none());
        }
        for entry in workspace.environments().map_err(|error| errors::workspace(&error))? {
            // A broken environment has no variables that could be in the way.
            if let Ok((environment, _)) = workspace.read_environment(&entry.name) {
                let variables = environment.variables.into_iter().map(|variable| variable.name);
                declared.environments.extend(variables);
            }
        }
        Ok(declared)
    }
}

fn free(
    app: &App,
    opened: Option<&Opened>,
    there: &Declared,
    taken: &mut HashSet<String>,
    wished: &str,
    credential: &Credential,
) -> String {
    let own = credential.is_variable.then_some(credential.name.as_str());
    for count in 1.. {
        let name = if count == 1 { wished.to_owned() } else { format!("{wished}_{count}") };
        if (taken.contains(&name) && own != Some(&name)) || there.environments.contains(&name) {
            continue;
        }
        let same = match (there.own.get(&name), opened) {
            (None, _) => true,
            (Some(true), Some(opened)) => {
                let id = SecretId::new(opened.workspace.id(), None, &name);
                // What a keychain out of reach may have is not replaced.
                let known = app.vault.get(&id).ok().flatten();
                known.is_some_and(|known| known.expose() == credential.value)
            }
            (Some(_), _) => false,
        };
        if same {
            taken.insert(name.clone());
            return name;
        }
    }
    wished.to_owned()
}
