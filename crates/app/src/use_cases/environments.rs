//! Environments: read, save, choose.

use std::sync::PoisonError;

use errand_model::Environment;
use errand_vault::SecretId;

use super::secrets::secret_views;
use crate::App;
use crate::blocking::blocking;
use crate::errors;
use crate::session::{Opened, Session};
use crate::wire::{
    CreateEnvironment, Empty, EnvironmentDoc, EnvironmentName, SaveEnvironment, SelectEnvironment,
    WireError, WorkspaceEvent,
};

impl Session {
    pub(crate) async fn read_environment(
        &self,
        args: EnvironmentName,
    ) -> Result<EnvironmentDoc, WireError> {
        let (app, opened) = (self.app.clone(), self.opened()?);
        blocking(move || doc(&app, &opened, &args.name)).await
    }

    pub(crate) async fn save_environment(
        &self,
        args: SaveEnvironment,
    ) -> Result<EnvironmentDoc, WireError> {
        let (app, opened) = (self.app.clone(), self.opened()?);
        let renamed = args.environment.name != args.name;
        let (old, new) = (args.name.clone(), args.environment.name.clone());
        let saved = blocking(move || {
            let workspace = &opened.workspace;
            let base = args.base_revision.unwrap_or_default();
            let before = workspace.read_environment(&args.name).map(|(found, _)| found);
            workspace
                .save_environment(&args.name, &args.environment, &base, args.force)
                .map_err(|error| errors::workspace(&error))?;
            if let Ok(before) = before {
                rename_secrets(&app, workspace.id(), &before, &args.environment)?;
            }
            if renamed {
                workspace
                    .rename_environment(&args.name, &args.environment.name)
                    .map_err(|error| errors::workspace(&error))?;
                app.vault
                    .rename_environment(workspace.id(), &args.name, &args.environment.name)
                    .map_err(|error| errors::vault(&error))?;
            }
            doc(&app, &opened, &args.environment.name)
        })
        .await?;
        if renamed && self.environment().as_deref() == Some(&old) {
            self.select_environment(SelectEnvironment { name: Some(new) }).await?;
        }
        self.tell_environments().await?;
        Ok(saved)
    }

    pub(crate) async fn create_environment(
        &self,
        args: CreateEnvironment,
    ) -> Result<EnvironmentDoc, WireError> {
        let (app, opened) = (self.app.clone(), self.opened()?);
        let made = blocking(move || {
            let workspace = &opened.workspace;
            let mut environment = match &args.copy_from {
                Some(from) => {
                    workspace.read_environment(from).map_err(|error| errors::workspace(&error))?.0
                }
                None => Environment::default(),
            };
            environment.name.clone_from(&args.name);
            workspace
                .create_environment(&environment)
                .map_err(|error| errors::workspace(&error))?;
            doc(&app, &opened, &args.name)
        })
        .await?;
        self.tell_environments().await?;
        Ok(made)
    }

    pub(crate) async fn delete_environment(
        &self,
        args: EnvironmentName,
    ) -> Result<Empty, WireError> {
        let opened = self.opened()?;
        if self.environment().as_deref() == Some(&args.name) {
            self.select_environment(SelectEnvironment { name: None }).await?;
        }
        // Its secrets stay in the keychain: the file can be put back, and must find them then.
        blocking(move || {
            let deleted = opened.workspace.delete_environment(&args.name);
            deleted.map_err(|error| errors::workspace(&error)).map(|_| Empty {})
        })
        .await?;
        self.tell_environments().await?;
        Ok(Empty {})
    }

    pub(crate) async fn select_environment(
        &self,
        args: SelectEnvironment,
    ) -> Result<Empty, WireError> {
        let opened = self.opened()?;
        opened.environment.write().unwrap_or_else(PoisonError::into_inner).clone_from(&args.name);
        blocking(move || {
            let chosen = opened.workspace.local().choose_environment(args.name.as_deref());
            chosen.map_err(|error| errors::workspace(&error)).map(|()| Empty {})
        })
        .await
    }

    /// Own saves are not reported by the watch, so they are told here.
    async fn tell_environments(&self) -> Result<(), WireError> {
        let opened = self.opened()?;
        let environments =
            blocking(move || super::workspaces::environments(&opened.workspace)).await?;
        self.tell(&WorkspaceEvent::Environments { environments });
        Ok(())
    }
}

fn doc(app: &App, opened: &Opened, name: &str) -> Result<EnvironmentDoc, WireError> {
    let read = opened.workspace.read_environment(name);
    let (environment, revision) = read.map_err(|error| errors::workspace(&error))?;
    let secrets = secret_views(app, opened.workspace.id(), &environment);
    Ok(EnvironmentDoc { revision, environment, secrets })
}

/// A secret variable that has another name now keeps its value: it is the same row of the table.
fn rename_secrets(
    app: &App,
    workspace: &str,
    before: &Environment,
    after: &Environment,
) -> Result<(), WireError> {
    let has = |all: &Environment, name: &str| all.variables.iter().any(|one| one.name == name);
    for (old, new) in before.variables.iter().zip(&after.variables) {
        let renamed = old.secret && new.secret && old.name != new.name;
        if renamed && !has(after, &old.name) && !has(before, &new.name) {
            let id = |name: &str| SecretId::new(workspace, Some(&before.name), name);
            app.vault
                .rename(&id(&old.name), &id(&new.name))
                .map_err(|error| errors::vault(&error))?;
        }
    }
    Ok(())
}
