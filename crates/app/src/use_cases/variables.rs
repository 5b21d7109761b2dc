//! The variables a request sees.

use std::sync::{Arc, PoisonError};

use errand_model::{Request, Variable};
use errand_runner::Level;
use errand_template::{DYNAMIC, Scope, ScopeKind, Scopes, Value};
use errand_vault::SecretId;
use errand_workspace::VariableOrigin;

use super::sending::levels;
use crate::App;
use crate::blocking::blocking;
use crate::errors;
use crate::session::{Opened, Session, lock};
use crate::wire::{DynamicVariable, Empty, VariableScope, VariableView, Variables, WireError};

impl Session {
    pub(crate) async fn variables(
        self: &Arc<Self>,
        args: Variables,
    ) -> Result<Vec<VariableView>, WireError> {
        let (app, opened) = (self.app.clone(), self.opened()?);
        blocking(move || {
            let levels = levels(&opened.workspace, &args.path)?;
            let scopes = scopes(&app, &opened, &levels, args.request.as_ref())?;
            Ok(views(&scopes))
        })
        .await
    }

    pub(crate) async fn dynamic_variables(
        &self,
        _: Empty,
    ) -> Result<Vec<DynamicVariable>, WireError> {
        let all = DYNAMIC.iter().map(|variable| DynamicVariable {
            name: format!("${}", variable.name.trim_start_matches('$')),
            description: variable.description.to_owned(),
        });
        Ok(all.collect())
    }
}

/// Every variable in sight of a request below `levels`. Secrets are read from the keychain; one that
/// cannot be had is there without a value. Blocks.
pub(crate) fn scopes(
    app: &App,
    opened: &Opened,
    levels: &[Level],
    request: Option<&Request>,
) -> Result<Scopes, WireError> {
    let mut scopes = Scopes::new();
    let mut runtime = Scope::new(ScopeKind::Runtime, "");
    for (name, value) in lock(&opened.runtime).iter() {
        runtime.set(name.clone(), value.clone());
    }
    scopes.push(runtime);
    let chosen = opened.environment.read().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(name) = chosen {
        for scope in environment(app, opened, &name)? {
            scopes.push(scope);
        }
    }
    if let Some(request) = request {
        scopes.push(plain(ScopeKind::Request, &request.name, &request.variables));
    }
    for (depth, level) in levels.iter().enumerate().rev() {
        let kind = if depth == 0 { ScopeKind::Collection } else { ScopeKind::Folder };
        scopes.push(plain(kind, &level.name, &level.defaults.variables));
    }
    let (root, _) = opened.workspace.read_folder("").map_err(|error| errors::workspace(&error))?;
    scopes.push(plain(ScopeKind::Global, "", &root.globals));
    Ok(scopes)
}

fn plain(kind: ScopeKind, name: &str, variables: &[Variable]) -> Scope {
    let mut scope = Scope::new(kind, name);
    for variable in variables.iter().filter(|variable| variable.enabled && !variable.secret) {
        scope.set(variable.name.clone(), variable.value.clone());
    }
    scope
}

/// One scope for each place that the chosen environment's variables stand in, the nearest first.
fn environment(app: &App, opened: &Opened, name: &str) -> Result<Vec<Scope>, WireError> {
    let resolved =
        opened.workspace.resolve_environment(name).map_err(|error| errors::workspace(&error))?;
    let mut scopes: Vec<(String, Scope)> = Vec::new();
    for found in resolved {
        let (place, value) = match &found.origin {
            VariableOrigin::DotEnv { path, .. } => {
                (path.clone(), found.variable.value.clone().into())
            }
            VariableOrigin::Environment { name } => {
                (name.clone(), environment_value(app, opened, name, &found.variable))
            }
        };
        let at = scopes.iter().position(|(known, _)| *known == place).unwrap_or_else(|| {
            scopes.push((place.clone(), Scope::new(ScopeKind::Environment, place)));
            scopes.len() - 1
        });
        scopes[at].1.set(found.variable.name, value);
    }
    scopes.reverse();
    Ok(scopes.into_iter().map(|(_, scope)| scope).collect())
}

fn environment_value(app: &App, opened: &Opened, environment: &str, variable: &Variable) -> Value {
    if !variable.secret {
        return variable.value.clone().into();
    }
    let id = SecretId::new(opened.workspace.id(), Some(environment), &variable.name);
    match app.vault.get(&id) {
        Ok(Some(secret)) => Value::secret(secret.expose()),
        // Out of reach or never set: the request says so instead of sending an empty value.
        Ok(None) | Err(_) => Value::Unavailable,
    }
}

/// Inner scopes first; within one, by name.
fn views(scopes: &Scopes) -> Vec<VariableView> {
    let mut views = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for scope in scopes.iter() {
        let mut values: Vec<_> = scope.values().collect();
        values.sort_by_key(|(name, _)| *name);
        for (name, value) in values {
            views.push(VariableView {
                name: name.to_owned(),
                value: match value {
                    Value::Plain(text) => Some(text.clone()),
                    Value::Secret(_) | Value::Unavailable => None,
                },
                secret: value.is_secret(),
                missing: matches!(value, Value::Unavailable),
                scope: wire_scope(scope.origin().kind),
                origin: scope.origin().to_string(),
                overridden: !seen.insert(name.to_owned()),
            });
        }
    }
    views
}

fn wire_scope(kind: ScopeKind) -> VariableScope {
    match kind {
        ScopeKind::Runtime | ScopeKind::Dynamic => VariableScope::Runtime,
        ScopeKind::IterationData => VariableScope::Iteration,
        ScopeKind::Environment => VariableScope::Environment,
        ScopeKind::Request => VariableScope::Request,
        ScopeKind::Folder => VariableScope::Folder,
        ScopeKind::Collection => VariableScope::Collection,
        ScopeKind::Global => VariableScope::Global,
    }
}
