//! The variables a request sees.

use std::collections::BTreeMap;
use std::sync::Arc;

use errand_model::{Request, Variable};
use errand_runner::Level;
use errand_sources::Resolver;
use errand_template::{DYNAMIC, Scope, ScopeKind, Scopes, Value};
use errand_vault::{Listing, SecretId};
use errand_workspace::{ResolvedVariable, VariableOrigin};

use super::around::levels;
use super::sources;
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
        let environment = self.environment();
        blocking(move || {
            let levels = levels(&opened.workspace, &args.path)?;
            let (request, environment) = (args.request.as_ref(), environment.as_deref());
            let scopes = scopes(&app, &opened, &levels, request, environment, &Purpose::Listing)?;
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

/// Stands for a secret that is only listed. It is not empty, because what is empty leaves no trace of
/// its name where it is put in.
const NOT_READ: &str = "(secret)";

/// What the scopes are made for.
pub(crate) enum Purpose<'a> {
    /// To be listed: no secret is read, only whether it has a value.
    Listing,
    /// To be sent, with these texts besides the request's own: the secrets that may be in them are
    /// read, and no others. Those that are kept elsewhere are fetched.
    Sending(&'a [&'a str], &'a Resolver),
}

/// Every variable in sight of a request below `levels`. A secret that cannot be had is there without
/// a value. Blocks.
pub(crate) fn scopes(
    app: &App,
    opened: &Opened,
    levels: &[Level],
    request: Option<&Request>,
    environment: Option<&str>,
    purpose: &Purpose,
) -> Result<Scopes, WireError> {
    let mut scopes = Scopes::new();
    let mut runtime = Scope::new(ScopeKind::Runtime, "");
    for (name, value) in lock(&opened.runtime).iter() {
        runtime.set(name.clone(), value.clone());
    }
    scopes.push(runtime);
    if let Some(request) = request {
        scopes.push(plain(ScopeKind::Request, &request.name, &request.variables));
    }
    for level in levels.iter().skip(1).rev() {
        scopes.push(plain(ScopeKind::Folder, &level.name, &level.defaults.variables));
    }
    let (root, _) = opened.workspace.read_folder("").map_err(|error| errors::workspace(&error))?;
    scopes.push(plain(ScopeKind::Global, "", &root.globals));
    let resolved = match environment {
        None => Vec::new(),
        Some(name) => {
            opened.workspace.resolve_environment(name).map_err(|error| errors::workspace(&error))?
        }
    };
    let mut values = Values::new(app, opened, purpose, &scopes, levels, request, &resolved);
    if let Purpose::Sending(_, resolver) = purpose {
        values.fetch(resolver, opened, &scopes, levels, &resolved)?;
    }
    if let Some(level) = levels.first() {
        scopes.push(values.collection(level));
    }
    for scope in environments(&values, resolved) {
        scopes.push(scope);
    }
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
fn environments(values: &Values, resolved: Vec<ResolvedVariable>) -> Vec<Scope> {
    let mut scopes: Vec<(String, Scope)> = Vec::new();
    for found in resolved {
        let (place, value) = values.of(&found);
        let at = scopes.iter().position(|(known, _)| *known == place).unwrap_or_else(|| {
            scopes.push((place.clone(), Scope::new(ScopeKind::Environment, place)));
            scopes.len() - 1
        });
        scopes[at].1.set(found.variable.name, value);
    }
    scopes.reverse();
    scopes.into_iter().map(|(_, scope)| scope).collect()
}

/// Where the values of an environment's variables come from.
struct Values<'a> {
    app: &'a App,
    workspace: &'a str,
    /// The secrets that have a value, when they are only listed.
    listed: Option<Listing>,
    /// Every text that a secret could be in.
    texts: String,
    /// Values of secrets that are kept elsewhere.
    fetched: BTreeMap<String, Value>,
}

impl<'a> Values<'a> {
    fn new(
        app: &'a App,
        opened: &'a Opened,
        purpose: &Purpose,
        outer: &Scopes,
        levels: &[Level],
        request: Option<&Request>,
        resolved: &[ResolvedVariable],
    ) -> Self {
        let workspace = opened.workspace.id();
        let Purpose::Sending(besides, _) = purpose else {
            let listed = Some(super::secrets::listing(app, workspace));
            return Self { app, workspace, listed, texts: String::new(), fetched: BTreeMap::new() };
        };
        let mut texts = besides.join("\n");
        texts.extend(serde_json::to_string(&request));
        texts.extend(levels.iter().flat_map(|level| serde_json::to_string(&level.defaults)));
        let values = outer.iter().flat_map(Scope::values).filter_map(|(_, value)| match value {
            Value::Plain(text) => Some(text.as_str()),
            Value::Secret(_) | Value::Unavailable => None,
        });
        texts.extend(values.chain(resolved.iter().map(|found| found.variable.value.as_str())));
        Self { app, workspace, listed: None, texts, fetched: BTreeMap::new() }
    }

    /// Fetches the secrets that are kept elsewhere and may be in a text.
    fn fetch(
        &mut self,
        from: &Resolver,
        opened: &Opened,
        outer: &Scopes,
        levels: &[Level],
        resolved: &[ResolvedVariable],
    ) -> Result<(), WireError> {
        let collection = levels.first().into_iter().flat_map(|level| &level.defaults.variables);
        let wanted: Vec<&Variable> = resolved
            .iter()
            .map(|found| &found.variable)
            .chain(collection)
            .filter(|variable| variable.secret && variable.enabled && variable.source.is_some())
            .filter(|variable| self.may_name(&variable.name))
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let mut plain = outer.clone();
        let own = resolved.iter().filter(|found| !found.variable.secret);
        plain.push(own.fold(Scope::new(ScopeKind::Environment, ""), |scope, found| {
            scope.with(found.variable.name.clone(), found.variable.value.clone())
        }));
        self.fetched = sources::fetch(from, opened, &wanted, &plain)?;
        Ok(())
    }

    /// The collection's variables, its secrets among them.
    fn collection(&self, level: &Level) -> Scope {
        let mut scope = Scope::new(ScopeKind::Collection, &level.name);
        for variable in level.defaults.variables.iter().filter(|variable| variable.enabled) {
            let value = if variable.secret {
                self.secret_of(variable, None)
            } else {
                variable.value.clone().into()
            };
            scope.set(variable.name.clone(), value);
        }
        scope
    }

    /// A variable's value, and the name of the place it stands in.
    fn of(&self, found: &ResolvedVariable) -> (String, Value) {
        let variable = &found.variable;
        match &found.origin {
            // A `.env` file is full of passwords.
            VariableOrigin::DotEnv { path, .. } => {
                (path.clone(), Value::secret(variable.value.clone()))
            }
            VariableOrigin::Environment { name } if variable.secret => {
                (name.clone(), self.secret_of(variable, Some(name)))
            }
            VariableOrigin::Environment { name } => (name.clone(), variable.value.clone().into()),
        }
    }

    /// Whether one of the texts may refer to `name`. Names with quotes look different in JSON, and
    /// composed ones are not written out anywhere: both count, to be on the safe side.
    fn may_name(&self, name: &str) -> bool {
        self.texts.contains(name) || name.contains(['"', '\\']) || composes(&self.texts)
    }

    /// A secret variable's value, wherever it is kept.
    fn secret_of(&self, variable: &Variable, environment: Option<&str>) -> Value {
        match (&variable.source, self.fetched.get(&variable.name)) {
            (None, _) => self.secret(&SecretId::new(self.workspace, environment, &variable.name)),
            (Some(_), Some(value)) => value.clone(),
            (Some(_), None) if self.listed.is_some() => Value::secret(NOT_READ),
            (Some(_), None) => Value::Unavailable,
        }
    }

    fn secret(&self, id: &SecretId) -> Value {
        if let Some(listing) = &self.listed {
            // What the keychain does not say is not called missing.
            let known = listing.secrets.iter().any(|listed| listed.id == *id);
            return if known || listing.error.is_some() {
                Value::secret(NOT_READ)
            } else {
                Value::Unavailable
            };
        }
        if !self.may_name(&id.name) {
            return Value::Unavailable;
        }
        match self.app.vault.get(id) {
            Ok(Some(secret)) => Value::secret(secret.expose()),
            // Out of reach or never set: the request says so instead of sending an empty value.
            Ok(None) | Err(_) => Value::Unavailable,
        }
    }
}

/// Whether a name in a text is composed of other variables, as in `{{key_{{stage}}}}`.
fn composes(texts: &str) -> bool {
    let mut after = texts.split("{{").skip(1).peekable();
    while let Some(text) = after.next() {
        if after.peek().is_some() && !text.contains("}}") {
            return true;
        }
    }
    false
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

#[cfg(test)]
mod tests {
    use super::composes;

    #[test]
    fn composed_names_are_seen() {
        for text in ["{{key_{{stage}}}}", "{{a}} {{b{{c}}", "{{{{name}}}}"] {
            assert!(composes(text), "{text}");
        }
        for text in ["", "{{a}}{{b}}", "{\"a\":{\"b\":\"{{c}}\"}}", "{{open"] {
            assert!(!composes(text), "{text}");
        }
    }
}
