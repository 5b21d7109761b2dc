//! Secrets: values in the keychain, never in a file.

use std::time::Duration;

use errand_model::Environment;
use errand_vault::{KeychainState as Vaults, Listing, Secret, SecretId, Stored};

use crate::App;
use crate::blocking::{blocking, within};
use crate::errors;
use crate::session::Session;
use crate::wire::{
    Empty, KeychainState, KeychainView, Revealed, SecretName, SecretState, SecretView, SetSecret,
    WireError, WorkspaceEvent,
};

/// How long a list waits for the keychain.
const PATIENCE: Duration = Duration::from_millis(300);

impl Session {
    pub(crate) async fn set_secret(&self, args: SetSecret) -> Result<SecretView, WireError> {
        let (app, id) = (self.app.clone(), self.secret_id(&args.environment, &args.name)?);
        let value = Secret::new(args.value);
        let view = blocking(move || {
            let stored = app.vault.set(&id, &value).map_err(|error| errors::vault(&error))?;
            Ok(SecretView { name: id.name, state: state(stored) })
        })
        .await?;
        if view.state == SecretState::SessionOnly {
            let keychain = self.keychain(Empty {}).await?;
            self.tell(&WorkspaceEvent::Keychain { keychain });
        }
        Ok(view)
    }

    pub(crate) async fn delete_secret(&self, args: SecretName) -> Result<Empty, WireError> {
        let (app, id) = (self.app.clone(), self.secret_id(&args.environment, &args.name)?);
        blocking(move || {
            app.vault.delete(&id).map_err(|error| errors::vault(&error)).map(|_| Empty {})
        })
        .await
    }

    pub(crate) async fn reveal_secret(&self, args: SecretName) -> Result<Revealed, WireError> {
        let (app, id) = (self.app.clone(), self.secret_id(&args.environment, &args.name)?);
        blocking(move || {
            let found = app.vault.get(&id).map_err(|error| errors::vault(&error))?;
            let secret = found.ok_or_else(|| {
                WireError::new("no-secret", format!("\"{}\" has no value yet.", id.name))
                    .hint("Type one.")
            })?;
            Ok(Revealed { value: secret.expose().to_owned() })
        })
        .await
    }

    pub(crate) async fn keychain(&self, _: Empty) -> Result<KeychainView, WireError> {
        let (app, workspace) = (self.app.clone(), self.workspace_id());
        blocking(move || Ok(view(&app, &workspace))).await
    }

    pub(crate) async fn adopt_keychain(&self, _: Empty) -> Result<KeychainView, WireError> {
        let app = self.app.clone();
        blocking(move || app.vault.adopt_keychain().map_err(|error| errors::vault(&error))).await?;
        self.keychain(Empty {}).await
    }

    /// The id of a secret of the open workspace.
    pub fn secret_id(&self, environment: &str, name: &str) -> Result<SecretId, WireError> {
        Ok(SecretId::new(self.opened()?.workspace.id(), Some(environment), name))
    }
}

fn state(stored: Stored) -> SecretState {
    match stored {
        Stored::Keychain => SecretState::Stored,
        Stored::SessionOnly => SecretState::SessionOnly,
    }
}

fn view(app: &App, workspace: &str) -> KeychainView {
    let (state, message) = match app.vault.state() {
        Vaults::Available => {
            (KeychainState::Available, "Secrets are kept in the system's keychain.".to_owned())
        }
        Vaults::Locked => (KeychainState::Locked, errand_vault::Error::Locked.to_string()),
        Vaults::Absent(reason) => {
            (KeychainState::Absent, errand_vault::Error::NoKeychain { reason }.to_string())
        }
        Vaults::NotAnswering => (
            KeychainState::Absent,
            "The keychain does not answer. New secrets are kept for this session only.".to_owned(),
        ),
        Vaults::BadAnswer(reason) => {
            (KeychainState::Absent, errand_vault::Error::BadAnswer { reason }.to_string())
        }
        Vaults::Another => {
            (KeychainState::Another, errand_vault::Error::AnotherKeychain.to_string())
        }
    };
    let listing = listing(app, workspace);
    let session_only =
        listing.secrets.iter().filter(|secret| secret.stored == Stored::SessionOnly).count();
    KeychainView { state, message, session_only }
}

/// The secrets that have a value; an error in it when the keychain does not say so at once.
pub(crate) fn listing(app: &App, workspace: &str) -> Listing {
    let (vault, workspace) = (app.vault.clone(), workspace.to_owned());
    within(PATIENCE, move || vault.list(&workspace)).unwrap_or_else(|| Listing {
        secrets: Vec::new(),
        error: Some(errand_vault::Error::Timeout { after: PATIENCE }),
    })
}

/// Where each secret of an environment has its value.
pub(crate) fn secret_views(
    app: &App,
    workspace: &str,
    environment: &Environment,
) -> Vec<SecretView> {
    let listing = listing(app, workspace);
    // Where there is no keychain there is nothing in it.
    let unknown = listing
        .error
        .as_ref()
        .is_some_and(|error| !matches!(error, errand_vault::Error::NoKeychain { .. }));
    let of_environment = |name: &str| {
        listing.secrets.iter().find(|secret| {
            secret.id.name == name && secret.id.environment.as_deref() == Some(&environment.name)
        })
    };
    environment
        .variables
        .iter()
        .filter(|variable| variable.secret)
        .map(|variable| SecretView {
            name: variable.name.clone(),
            state: match of_environment(&variable.name) {
                Some(listed) => state(listed.stored),
                None if unknown => SecretState::Unknown,
                None => SecretState::Missing,
            },
        })
        .collect()
}
