//! The catalogue of services whose auth is known: data that people extend.

mod parse;

use errand_model::Auth;
use serde::Deserialize;

use crate::Error;

pub use parse::{merge, parse};

const BUILT_IN: &str = include_str!("providers.toml");

/// A service whose auth is known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Stable id: `github`.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// `Code hosting`, `CRM`, …
    pub category: String,
    /// What to fill in; `{{name}}` where a variable is needed.
    #[serde(deserialize_with = "parse::auth")]
    pub auth: Auth,
    /// The variables it needs.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// Scopes one may ask for.
    #[serde(default)]
    pub scopes: Vec<Scope>,
    /// What to know, in sentences.
    #[serde(default)]
    pub quirks: Vec<String>,
    /// Where the redirect URI is registered or the key made.
    pub register_url: String,
    /// The provider's own documentation.
    pub documentation_url: String,
    /// Day on which it was looked up: `2026-11-21`.
    pub checked: String,
    /// By what it was looked up: the page, or a copy of it.
    pub source: String,
    /// A request to try it with.
    #[serde(default)]
    pub request: Option<FirstRequest>,
}

/// A variable that a provider's auth needs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// What it is, for people.
    pub label: String,
    /// Whether it belongs into the keychain.
    #[serde(default)]
    pub secret: bool,
}

/// A scope of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// As sent.
    pub name: String,
    /// What it allows.
    pub description: String,
}

/// A request to try a provider with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstRequest {
    /// Shown name.
    pub name: String,
    /// Method.
    pub method: String,
    /// URL; takes variables.
    pub url: String,
    /// Headers: names and values.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
}

/// The catalogue that comes along, in order of names.
///
/// # Errors
/// None that a released version could have: a test reads it.
pub fn all() -> Result<Vec<Provider>, Error> {
    parse(BUILT_IN)
}
