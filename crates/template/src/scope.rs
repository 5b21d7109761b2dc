use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::Value;
use crate::dynamic::Source;

/// The kinds of scope, innermost first: a variable of an earlier kind hides those of later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ScopeKind {
    /// Set while the window or run lasts, for example by a capture.
    Runtime,
    /// The current row of a data file.
    IterationData,
    /// The chosen environment.
    Environment,
    /// The request's own variables.
    Request,
    /// A folder; inner folders come before outer ones.
    Folder,
    /// The collection.
    Collection,
    /// For every collection of the workspace.
    Global,
    /// Made up anew at each use, such as `$guid`.
    Dynamic,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The kind of scope.
    pub kind: ScopeKind,
    /// The environment's, folder's or request's name; empty where there is only one of a kind.
    pub name: String,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ScopeKind::Runtime => "Runtime",
            ScopeKind::IterationData => "Iteration data",
            ScopeKind::Environment => "Environment",
            ScopeKind::Request => "Request",
            ScopeKind::Folder => "Folder",
            ScopeKind::Collection => "Collection",
            ScopeKind::Global => "Global",
            ScopeKind::Dynamic => "Dynamic",
        };
        if self.name.is_empty() { f.write_str(kind) } else { write!(f, "{kind} \"{}\"", self.name) }
    }
}

/// The variables of one scope.
#[derive(Debug, Clone)]
pub struct Scope {
    origin: Origin,
    values: HashMap<String, Value>,
}

impl Scope {
    /// An empty scope; `name` is shown with its kind, as in `Environment "Staging"`.
    pub fn new(kind: ScopeKind, name: impl Into<String>) -> Self {
        Self { origin: Origin { kind, name: name.into() }, values: HashMap::new() }
    }

    /// Sets a variable; of two with one name the later wins.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a variable; of two with one name the later wins.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.values.insert(name.into().trim().to_owned(), value.into());
    }

    /// Its variables, in no order.
    pub fn values(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// What the scope is.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }
}

/// All variables a request can see, in the order of `docs/decisions/variable-scopes.md`.
///
/// Clones share the source of dynamic values.
#[derive(Debug, Clone, Default)]
pub struct Scopes {
    scopes: Vec<Scope>,
    pub(crate) dynamic: Arc<Source>,
}

impl Scopes {
    /// No variables but the dynamic ones.
    pub fn new() -> Self {
        Self::default()
    }

    /// As [`Scopes::new`], with dynamic values that repeat: drawn from `seed`, at `now`.
    pub fn seeded(seed: u64, now: jiff::Timestamp) -> Self {
        Self { scopes: Vec::new(), dynamic: Arc::new(Source::seeded(seed, now)) }
    }

    /// Adds a scope at its place. Among folders the inner ones are to be added first.
    #[must_use]
    pub fn with(mut self, scope: Scope) -> Self {
        self.push(scope);
        self
    }

    /// Adds a scope at its place. Among folders the inner ones are to be added first.
    pub fn push(&mut self, scope: Scope) {
        let at = self.scopes.partition_point(|other| other.origin.kind <= scope.origin.kind);
        self.scopes.insert(at, scope);
    }

    /// The scopes, innermost first.
    pub fn iter(&self) -> impl Iterator<Item = &Scope> {
        self.scopes.iter()
    }

    /// Sets a runtime variable, as a capture does.
    pub fn set_runtime(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        if self.scopes.first().is_none_or(|first| first.origin.kind != ScopeKind::Runtime) {
            self.scopes.insert(0, Scope::new(ScopeKind::Runtime, ""));
        }
        self.scopes[0].set(name, value);
    }

    /// The variable that `name` means, and the ones it hides.
    pub fn lookup(&self, name: &str) -> Option<Lookup<'_>> {
        let mut found = self
            .scopes
            .iter()
            .filter_map(|scope| scope.values.get(name).map(|value| (scope, value)));
        let (scope, value) = found.next()?;
        Some(Lookup {
            origin: &scope.origin,
            value,
            hides: found.map(|(scope, _)| &scope.origin).collect(),
        })
    }

    /// The value of `name` and its scope, without looking further.
    pub(crate) fn find(&self, name: &str) -> Option<(&Origin, &Value)> {
        self.scopes
            .iter()
            .find_map(|scope| scope.values.get(name).map(|value| (&scope.origin, value)))
    }

    /// Every visible variable once, by name.
    pub(crate) fn visible(&self) -> Vec<(&str, &Origin, &Value)> {
        let mut seen: HashMap<&str, (&Origin, &Value)> = HashMap::new();
        for scope in &self.scopes {
            for (name, value) in &scope.values {
                seen.entry(name).or_insert((&scope.origin, value));
            }
        }
        let mut all: Vec<_> =
            seen.into_iter().map(|(name, (origin, value))| (name, origin, value)).collect();
        all.sort_unstable_by_key(|(name, ..)| *name);
        all
    }
}

/// What a name means in some [`Scopes`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup<'a> {
    /// The scope that wins.
    pub origin: &'a Origin,
    /// Its value, before rendering.
    pub value: &'a Value,
    /// Outer scopes with a variable of the same name.
    pub hides: Vec<&'a Origin>,
}
