//! Secrets that are kept elsewhere: fetched when a request is sent, once the user has approved what
//! that takes.

use std::collections::BTreeMap;
use std::sync::Arc;

use errand_model::{SecretSource, Variable};
use errand_runner::Masks;
use errand_sources::{Access, Error, Machine, Resolver};
use errand_template::{Scopes, Value, render};

use crate::App;
use crate::blocking::blocking;
use crate::errors;
use crate::login::FlowHttp;
use crate::session::{Opened, Session, lock};
use crate::wire::{ApproveCommand, CommandApproval, Empty, WireError};

/// A resolver for one send, or for all requests of a run.
pub(crate) fn resolver(app: &Arc<App>, opened: &Opened) -> Arc<Resolver> {
    let settings = app.engine_settings();
    let http = FlowHttp::new(app.engine.clone(), &settings, Masks::default());
    let (app, workspace) = (app.clone(), opened.workspace.id().to_owned());
    let approved = move |access: &Access| app.approvals.approved(&workspace, &access.to_string());
    let machine = Machine::of_process(opened.workspace.root());
    Arc::new(Resolver::new(machine, Arc::new(http), Arc::new(approved)))
}

/// The values of these variables, by name. Blocks, on a thread of the runtime that may.
pub(crate) fn fetch(
    resolver: &Resolver,
    opened: &Opened,
    wanted: &[&Variable],
    plain: &Scopes,
) -> Result<BTreeMap<String, Value>, WireError> {
    let named: Vec<(&str, SecretSource)> = wanted
        .iter()
        .filter_map(|variable| Some((&*variable.name, filled(variable.source.as_ref()?, plain))))
        .collect();
    if named.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sources: Vec<SecretSource> = named.iter().map(|(_, source)| source.clone()).collect();
    let values = tokio::runtime::Handle::current().block_on(resolver.values(&sources));
    let mut found = BTreeMap::new();
    for ((name, _), result) in named.iter().zip(values) {
        match result {
            Ok(secret) => found.insert((*name).to_owned(), Value::secret(secret.expose())),
            Err(error) => return Err(failed(opened, name, &error)),
        };
    }
    Ok(found)
}

/// A source with plain variables put in.
fn filled(source: &SecretSource, plain: &Scopes) -> SecretSource {
    let Ok(serde_json::Value::Object(mut map)) = serde_json::to_value(source) else {
        return source.clone();
    };
    for value in map.values_mut() {
        if let serde_json::Value::String(text) = value {
            *text = render(text, plain).text;
        }
    }
    serde_json::from_value(map.into()).unwrap_or_else(|_| source.clone())
}

fn failed(opened: &Opened, name: &str, error: &Error) -> WireError {
    if let Error::NotApproved { access } = error {
        let access = access.to_string();
        lock(&opened.refused).insert(access.clone());
        return WireError::new(
            "not-approved",
            format!("For the value of \"{name}\" this workspace wants to {access}."),
        )
        .hint("Approve it in the environment editor, beside the variable (or with `errand secret approve`), and send again.");
    }
    WireError::new("secret-source", format!("\"{name}\" has no value: {error}"))
        .hint("Nothing was sent. Correct where the value comes from in the environment editor.")
}

impl Session {
    pub(crate) async fn secret_commands(
        self: &Arc<Self>,
        _: Empty,
    ) -> Result<Vec<CommandApproval>, WireError> {
        self.approvals(None).await
    }

    pub(crate) async fn approve_command(
        self: &Arc<Self>,
        args: ApproveCommand,
    ) -> Result<Vec<CommandApproval>, WireError> {
        self.approvals(Some(args)).await
    }

    /// What this workspace wants to do, after a change if there is one.
    pub async fn approvals(
        self: &Arc<Self>,
        change: Option<ApproveCommand>,
    ) -> Result<Vec<CommandApproval>, WireError> {
        let (app, opened) = (self.app.clone(), self.opened()?);
        blocking(move || {
            let id = opened.workspace.id();
            if let Some(change) = change {
                app.approvals.set(id, &change.command, change.approved)?;
            }
            let wanted = wanted(&resolver(&app, &opened), &opened)?.into_iter();
            let all = wanted.map(|command| CommandApproval {
                approved: app.approvals.approved(id, &command),
                command,
            });
            Ok(all.collect())
        })
        .await
    }
}

/// What the sources of every environment and of the collection take, and what else was refused since
/// the workspace was opened. Blocks, on a thread of the runtime that may.
fn wanted(
    resolver: &Resolver,
    opened: &Opened,
) -> Result<std::collections::BTreeSet<String>, WireError> {
    let mut sources = Vec::new();
    let environments =
        opened.workspace.environments().map_err(|error| errors::workspace(&error))?;
    let (root, _) = opened.workspace.read_folder("").map_err(|error| errors::workspace(&error))?;
    let none = Scopes::new();
    sources.extend(sourced(&root.defaults.variables, &none));
    for environment in environments {
        // One that cannot be read is shown as such where environments are listed.
        let Ok(variables) = opened.workspace.resolve_environment(&environment.name) else {
            continue;
        };
        let plain = variables.iter().filter(|found| !found.variable.secret).fold(
            errand_template::Scope::new(errand_template::ScopeKind::Environment, ""),
            |scope, found| scope.with(found.variable.name.clone(), found.variable.value.clone()),
        );
        let plain = Scopes::new().with(plain);
        sources.extend(sourced(variables.iter().map(|found| &found.variable), &plain));
    }
    let mut wanted = lock(&opened.refused).clone();
    let runtime = tokio::runtime::Handle::current();
    for source in sources {
        // One that is incomplete says so when it is fetched.
        if let Ok(Some(access)) = runtime.block_on(resolver.access(&source)) {
            wanted.insert(access.to_string());
        }
    }
    Ok(wanted)
}

/// The sources of these variables, plain variables put in.
fn sourced<'a>(
    variables: impl IntoIterator<Item = &'a Variable>,
    plain: &Scopes,
) -> Vec<SecretSource> {
    let sources = variables.into_iter().filter(|variable| variable.secret);
    sources.filter_map(|variable| Some(filled(variable.source.as_ref()?, plain))).collect()
}
