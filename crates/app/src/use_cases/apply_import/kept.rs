//! Credentials of an import on their way into the keychain.

use std::collections::HashSet;

use errand_model::{Collection, Variable};
use errand_vault::{Secret, SecretId, Stored};
use errand_workspace::Workspace;

use crate::App;
use crate::errors;
use crate::importing::Credential;

/// A credential on its way into the keychain.
pub(super) struct Kept<'a> {
    pub(super) value: &'a str,
    /// Position among the environments that are written.
    pub(super) environment: Option<usize>,
    pub(super) name: String,
    pub(super) keep: bool,
}

/// Declares the collection's own secrets that are not declared yet.
pub(super) fn declare(variables: &mut Vec<Variable>, kept: &[Kept]) {
    for kept in kept.iter().filter(|kept| kept.environment.is_none()) {
        if !variables.iter().any(|variable| variable.name == kept.name) {
            variables.push(Variable { secret: true, ..Variable::new(&kept.name, "") });
        }
    }
}

/// Puts values into the keychain; gives the names of those that are only in memory.
pub(super) fn store(
    app: &App,
    workspace: &Workspace,
    environments: &[String],
    kept: &[Kept],
) -> Vec<String> {
    let mut session_only = Vec::new();
    for kept in kept.iter().filter(|kept| kept.keep) {
        let environment = match kept.environment {
            Some(index) => match environments.get(index) {
                Some(name) => Some(name.as_str()),
                None => continue,
            },
            None => None,
        };
        let id = SecretId::new(workspace.id(), environment, &kept.name);
        let value = Secret::new(kept.value.to_owned());
        match app.vault.set(&id, &value) {
            Ok(Stored::Keychain) => {}
            Ok(Stored::SessionOnly) => session_only.push(kept.name.clone()),
            Err(error) => {
                // It is nowhere else any more: better for this session than lost.
                app.vault.set_for_session(&id, &value);
                app.notice(errors::vault(&error));
                session_only.push(kept.name.clone());
            }
        }
    }
    session_only
}

/// The credentials that something written refers to, or whose variable is written.
pub(super) fn used(
    collection: &Collection,
    credentials: &[Credential],
    names: &[String],
) -> HashSet<usize> {
    let variables = credentials.iter().enumerate().filter(|(_, one)| one.is_variable);
    let mut used: HashSet<usize> = variables.map(|(index, _)| index).collect();
    let Ok(text) = serde_json::to_string(collection) else { return (0..names.len()).collect() };
    let mut references: HashSet<&str> = HashSet::new();
    for part in text.split("{{").skip(1) {
        references.extend(part.split_once("}}").map(|(name, _)| name));
    }
    used.extend(
        names
            .iter()
            .enumerate()
            .filter(|(_, name)| references.contains(name.as_str()))
            .map(|(index, _)| index),
    );
    used
}
