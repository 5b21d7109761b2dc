//! Secrets shared with a team: sealed into the repository, opened into each person's keychain.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use errand_vault::{
    Change, Identity, RECIPIENTS_FILE, Recipient, SECRETS_FILE, SecretId, ShareError, Shared,
    SharedSecret as SealedSecret, is_sealed_for, open, parse_recipients, seal, write_recipients,
};
use jiff::Timestamp;

use crate::App;
use crate::blocking::blocking;
use crate::errors;
use crate::session::{Opened, Session};
use crate::wire::{
    Empty, RecipientView, SaveRecipients, SealSecrets, Sealed, SharedChange, SharedPlan,
    SharedSecret, SharingView, TakeShared, WireError,
};

impl Session {
    pub(crate) async fn sharing(self: &Arc<Self>, _: Empty) -> Result<SharingView, WireError> {
        self.share(|app, opened| Ok(sharing(app, opened))).await
    }

    pub(crate) async fn create_identity(
        self: &Arc<Self>,
        _: Empty,
    ) -> Result<SharingView, WireError> {
        self.share(|app, opened| {
            app.vault.make_identity().map_err(|error| errors::vault(&error))?;
            Ok(sharing(app, opened))
        })
        .await
    }

    pub(crate) async fn save_recipients(
        self: &Arc<Self>,
        args: SaveRecipients,
    ) -> Result<SharingView, WireError> {
        self.share(move |app, opened| {
            let recipients = args
                .recipients
                .iter()
                .map(|one| Recipient::parse(&one.name, one.public_key.trim()))
                .collect::<Result<Vec<_>, _>>()
                .map_err(|error| failed(&error, RECIPIENTS_FILE))?;
            write(opened, RECIPIENTS_FILE, &write_recipients(&recipients))?;
            Ok(sharing(app, opened))
        })
        .await
    }

    pub(crate) async fn seal_secrets(
        self: &Arc<Self>,
        args: SealSecrets,
    ) -> Result<Sealed, WireError> {
        self.share(move |app, opened| seal_all(app, opened, &args.environments)).await
    }

    pub(crate) async fn read_shared(self: &Arc<Self>, _: Empty) -> Result<SharedPlan, WireError> {
        self.share(|app, opened| {
            let shared = unsealed(app, opened)?;
            plan(app, opened, &shared)
        })
        .await
    }

    pub(crate) async fn take_shared(
        self: &Arc<Self>,
        args: TakeShared,
    ) -> Result<SharedPlan, WireError> {
        self.share(move |app, opened| {
            let shared = unsealed(app, opened)?;
            let id = opened.workspace.id();
            let plan_of = app.vault.plan(id, &shared).map_err(|error| errors::vault(&error))?;
            let take: Vec<SecretId> = args
                .secrets
                .iter()
                .map(|one| SecretId::new(id, one.environment.as_deref(), &one.name))
                .collect();
            let applied = app.vault.apply(&plan_of, &take);
            if let Some(error) = applied.stopped {
                let done = applied.taken.len();
                return Err(errors::vault(&error)
                    .hint(format!("{done} secrets were taken over before. Try again.")));
            }
            plan(app, opened, &shared)
        })
        .await
    }

    async fn share<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&App, &Opened) -> Result<T, WireError> + Send + 'static,
    ) -> Result<T, WireError> {
        let (app, opened) = (self.app.clone(), self.opened()?);
        blocking(move || work(&app, &opened)).await
    }
}

/// What there is; what cannot be told says why.
fn sharing(app: &App, opened: &Opened) -> SharingView {
    let mut problem = None;
    let mut keep = |error: WireError| problem = problem.take().or(Some(error));
    let identity = app.vault.identity().map_err(|error| keep(errors::vault(&error)));
    let identity = identity.ok().flatten();
    let recipients = recipients(opened).map_err(&mut keep).unwrap_or_default();
    let sealed = read(opened, SECRETS_FILE).map_err(&mut keep).ok().flatten();
    let can_open = match (&sealed, &identity) {
        (Some(text), Some(identity)) => is_sealed_for(text, identity)
            .map_err(|error| keep(failed(&error, SECRETS_FILE)))
            .unwrap_or_default(),
        _ => false,
    };
    SharingView {
        public_key: identity.as_ref().map(Identity::public_key),
        recipients: recipients
            .iter()
            .map(|one| RecipientView { name: one.name.clone(), public_key: one.public_key() })
            .collect(),
        sealed_file: sealed.map(|_| SECRETS_FILE.to_owned()),
        can_open,
        problem,
    }
}

fn seal_all(app: &App, opened: &Opened, environments: &[String]) -> Result<Sealed, WireError> {
    let mut recipients = recipients(opened)?;
    let identity = own_identity(app)?;
    // What one cannot open oneself afterwards is a trap.
    if !recipients.iter().any(|one| one.public_key() == identity.public_key()) {
        recipients.push(identity.recipient(&user_name()));
        write(opened, RECIPIENTS_FILE, &write_recipients(&recipients))?;
    }
    let (mut secrets, mut without_value) = (Vec::new(), Vec::new());
    for id in declared(opened, environments)? {
        match app.vault.get(&id).map_err(|error| errors::vault(&error))? {
            Some(value) => {
                secrets.push(SealedSecret { environment: id.environment, name: id.name, value });
            }
            None => without_value.push(match id.environment {
                Some(environment) => format!("{environment}: {}", id.name),
                None => id.name,
            }),
        }
    }
    let count = secrets.len();
    let shared = Shared {
        workspace: opened.workspace.id().to_owned(),
        sealed_by: recipients
            .iter()
            .find(|one| one.public_key() == identity.public_key() && !one.name.is_empty())
            .map_or_else(user_name, |one| one.name.clone()),
        sealed_at: Timestamp::now(),
        secrets,
    };
    let text = seal(&shared, &recipients).map_err(|error| failed(&error, SECRETS_FILE))?;
    write(opened, SECRETS_FILE, &text)?;
    Ok(Sealed {
        file: SECRETS_FILE.to_owned(),
        secrets: count,
        recipients: recipients.len(),
        without_value,
    })
}

/// The secrets that the environments and the collection declare; not those that come from elsewhere.
fn declared(opened: &Opened, environments: &[String]) -> Result<Vec<SecretId>, WireError> {
    let workspace = &opened.workspace;
    let mut ids = BTreeSet::new();
    for name in environments {
        let (environment, _) =
            workspace.read_environment(name).map_err(|error| errors::workspace(&error))?;
        let own = environment.variables.iter().filter(|one| one.secret && one.source.is_none());
        ids.extend(own.map(|one| SecretId::new(workspace.id(), Some(name), &one.name)));
    }
    let (root, _) = workspace.read_folder("").map_err(|error| errors::workspace(&error))?;
    let own = root.defaults.variables.iter().filter(|one| one.secret && one.source.is_none());
    ids.extend(own.map(|one| SecretId::new(workspace.id(), None, &one.name)));
    Ok(ids.into_iter().collect())
}

fn unsealed(app: &App, opened: &Opened) -> Result<Shared, WireError> {
    let text = read(opened, SECRETS_FILE)?.ok_or_else(|| {
        WireError::new("nothing-shared", format!("There is no {SECRETS_FILE} in this workspace."))
            .hint("Ask a colleague to seal the secrets and to commit the file.")
    })?;
    open(&text, &own_identity(app)?).map_err(|error| failed(&error, SECRETS_FILE))
}

fn plan(app: &App, opened: &Opened, shared: &Shared) -> Result<SharedPlan, WireError> {
    let plan =
        app.vault.plan(opened.workspace.id(), shared).map_err(|error| errors::vault(&error))?;
    Ok(SharedPlan {
        sealed_by: shared.sealed_by.clone(),
        sealed_at: shared.sealed_at.to_string(),
        secrets: plan
            .secrets
            .into_iter()
            .map(|planned| SharedSecret {
                environment: planned.id.environment,
                name: planned.id.name,
                change: match planned.change {
                    Change::New => SharedChange::New,
                    Change::Changed => SharedChange::Changed,
                    Change::Same => SharedChange::Same,
                    Change::OnlyMine => SharedChange::OnlyMine,
                },
            })
            .collect(),
    })
}

fn own_identity(app: &App) -> Result<Identity, WireError> {
    app.vault.identity().map_err(|error| errors::vault(&error))?.ok_or_else(|| {
        WireError::new("no-identity", "You have no key to open shared secrets with yet.")
            .hint("Make one, and hand its public half to a colleague who can open them.")
    })
}

fn recipients(opened: &Opened) -> Result<Vec<Recipient>, WireError> {
    let text = read(opened, RECIPIENTS_FILE)?.unwrap_or_default();
    parse_recipients(&text).map_err(|error| failed(&error, RECIPIENTS_FILE))
}

fn user_name() -> String {
    ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| "unnamed".to_owned())
}

fn file(opened: &Opened, name: &str) -> PathBuf {
    opened.workspace.root().join(name)
}

fn read(opened: &Opened, name: &str) -> Result<Option<String>, WireError> {
    match std::fs::read_to_string(file(opened, name)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file_error(name, &error)),
    }
}

fn write(opened: &Opened, name: &str, text: &str) -> Result<(), WireError> {
    let path = file(opened, name);
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| file_error(name, &error))?;
    errand_workspace::write_atomically(&path, text.as_bytes())
        .map_err(|error| errors::workspace(&error))
}

fn file_error(name: &str, error: &std::io::Error) -> WireError {
    WireError::new("shared-file", format!("{name} cannot be read or written: {error}."))
        .hint("See whether the workspace's folder can be written.")
        .at(name, None, None)
}

fn failed(error: &ShareError, name: &str) -> WireError {
    WireError::new("shared-secrets", error.to_string()).at(name, None, None)
}
