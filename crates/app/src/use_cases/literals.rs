//! Credentials that were typed as they are: found, and put into the keychain.

use std::sync::Arc;

use errand_model::Variable;
use errand_vault::{Secret, SecretId, Stored};

use crate::blocking::blocking;
use crate::session::{Opened, Session};
use crate::wire::{
    Empty, FindLiterals, KeepAsSecret, KeptAsSecret, LiteralFound, SecretState, WireError,
    WorkspaceEvent,
};
use crate::{App, errors, literals};

impl Session {
    pub(crate) async fn find_literals(
        &self,
        args: FindLiterals,
    ) -> Result<Vec<LiteralFound>, WireError> {
        let mut found = args.request.as_ref().map(literals::in_request).unwrap_or_default();
        found.extend(args.folder.iter().flat_map(literals::in_folder));
        Ok(found)
    }

    pub(crate) async fn keep_as_secret(
        self: &Arc<Self>,
        args: KeepAsSecret,
    ) -> Result<KeptAsSecret, WireError> {
        let (app, opened) = (self.app.clone(), self.opened()?);
        let kept = blocking(move || keep(&app, &opened, args)).await?;
        if kept.state == SecretState::SessionOnly {
            let keychain = self.keychain(Empty {}).await?;
            self.tell(&WorkspaceEvent::Keychain { keychain });
        }
        Ok(kept)
    }
}

/// Puts a value into the keychain and declares its variable. The value first: a variable without
/// one can be given one again, a value in no file cannot be had back.
pub(crate) fn keep(
    app: &App,
    opened: &Opened,
    args: KeepAsSecret,
) -> Result<KeptAsSecret, WireError> {
    if args.name.trim().is_empty() || args.name.contains(['{', '}']) {
        return Err(WireError::new(
            "bad-name",
            format!("\"{}\" is no name for a variable.", args.name),
        )
        .hint("Use letters, digits and underscores."));
    }
    let value = Secret::new(args.value);
    let declared = declared(opened, args.environment.as_deref())?;
    let name = free_name(app, opened, args.environment.as_deref(), &declared, &args.name, &value)?;
    let id = SecretId::new(opened.workspace.id(), args.environment.as_deref(), &name);
    let stored = app.vault.set(&id, &value).map_err(|error| errors::vault(&error))?;
    if !declared.iter().any(|variable| variable.name == name && variable.secret) {
        declare(opened, args.environment.as_deref(), &name)?;
    }
    Ok(KeptAsSecret {
        reference: format!("{{{{{name}}}}}"),
        name,
        state: match stored {
            Stored::Keychain => SecretState::Stored,
            Stored::SessionOnly => SecretState::SessionOnly,
        },
    })
}

fn declared(opened: &Opened, environment: Option<&str>) -> Result<Vec<Variable>, WireError> {
    let variables = match environment {
        Some(name) => opened.workspace.read_environment(name).map(|(found, _)| found.variables),
        None => opened.workspace.read_folder("").map(|(root, _)| root.defaults.variables),
    };
    variables.map_err(|error| errors::workspace(&error))
}

/// The wished name where it is not taken, or taken by the same value, or waits for a value.
fn free_name(
    app: &App,
    opened: &Opened,
    environment: Option<&str>,
    declared: &[Variable],
    wished: &str,
    value: &Secret,
) -> Result<String, WireError> {
    for count in 1.. {
        let name = if count == 1 { wished.to_owned() } else { format!("{wished}_{count}") };
        let Some(variable) = declared.iter().find(|variable| variable.name == name) else {
            return Ok(name);
        };
        if !variable.secret || variable.source.is_some() {
            continue;
        }
        let id = SecretId::new(opened.workspace.id(), environment, &name);
        match app.vault.get(&id).map_err(|error| errors::vault(&error))? {
            None => return Ok(name),
            Some(kept) if kept == *value => return Ok(name),
            Some(_) => {}
        }
    }
    Ok(wished.to_owned())
}

fn declare(opened: &Opened, environment: Option<&str>, name: &str) -> Result<(), WireError> {
    let variable = Variable { secret: true, ..Variable::new(name, "") };
    let workspace = &opened.workspace;
    let saved = match environment {
        Some(environment) => {
            workspace.read_environment(environment).and_then(|(mut found, revision)| {
                found.variables.push(variable);
                workspace.save_environment(environment, &found, &revision, false).map(drop)
            })
        }
        None => workspace.read_folder("").and_then(|(mut root, revision)| {
            root.defaults.variables.push(variable);
            workspace.save_folder("", &root, &revision, false).map(drop)
        }),
    };
    saved.map_err(|error| errors::workspace(&error))
}
