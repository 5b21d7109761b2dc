use errand_model::{Environment, Request};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An environment in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentSummary {
    /// Its name.
    pub name: String,
    /// CSS colour; empty for none.
    pub color: String,
    /// Why its file cannot be read.
    pub error: Option<super::WireError>,
}

/// Names an environment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentName {
    /// Its name.
    pub name: String,
}

/// Chooses the environment of this window's workspace.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SelectEnvironment {
    /// None for no environment.
    pub name: Option<String>,
}

/// An environment as on disk.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentDoc {
    /// Hash of the file's bytes.
    pub revision: String,
    /// The environment.
    pub environment: Environment,
    /// For each secret variable, where its value is.
    pub secrets: Vec<SecretView>,
}

/// Saves an environment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveEnvironment {
    /// Its name before this save.
    pub name: String,
    /// What to save; another name renames it, and its secrets follow.
    pub environment: Environment,
    /// The revision it started from.
    pub base_revision: Option<String>,
    /// Save over whatever is there.
    #[serde(default)]
    pub force: bool,
}

/// Makes an environment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CreateEnvironment {
    /// New name.
    pub name: String,
    /// Copy variables (not secret values) from this one.
    pub copy_from: Option<String>,
}

/// Where a secret's value is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecretView {
    /// Variable name.
    pub name: String,
    /// State of its value.
    pub state: SecretState,
}

/// States of a secret's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SecretState {
    /// In the keychain.
    Stored,
    /// In memory until the app closes.
    SessionOnly,
    /// No value yet.
    Missing,
    /// The keychain cannot be asked.
    Unknown,
}

/// Names one secret.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecretName {
    /// Environment it belongs to.
    pub environment: String,
    /// Variable name.
    pub name: String,
}

/// Puts a value into the keychain. The value goes one way.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetSecret {
    /// Environment it belongs to.
    pub environment: String,
    /// Variable name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// A secret the user asked to see.
#[derive(Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Revealed {
    /// The value.
    pub value: String,
}

/// State of the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeychainView {
    /// What it can do.
    pub state: KeychainState,
    /// In words, with what to do.
    pub message: String,
    /// How many secrets are in memory only.
    #[ts(type = "number")]
    pub session_only: usize,
}

/// States of the keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum KeychainState {
    /// Not asked yet.
    Checking,
    /// Reads and writes.
    Available,
    /// There, but locked.
    Locked,
    /// Not there: secrets are kept for this session only.
    Absent,
    /// Not the keychain of last time; nothing is read from it or written to it.
    Another,
}

/// Asks for the variables a request sees.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Variables {
    /// Where the request is (or would be): its path or its folder's; empty at the top.
    pub path: String,
    /// The request as shown, for its own variables.
    pub request: Option<Request>,
}

/// One variable in sight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VariableView {
    /// Its name.
    pub name: String,
    /// Value as written; none for a secret.
    pub value: Option<String>,
    /// Whether the value is in the keychain.
    pub secret: bool,
    /// A secret without a value is marked like an undefined variable.
    pub missing: bool,
    /// Scope it comes from.
    pub scope: VariableScope,
    /// In words: `Environment "Staging"`, `Folder "Orders"`.
    pub origin: String,
    /// Hidden by an inner scope.
    pub overridden: bool,
}

/// Scopes, inner first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum VariableScope {
    /// Set by captures and scripts while the window is open.
    Runtime,
    /// A row of a data file.
    Iteration,
    /// The request's own.
    Request,
    /// The chosen environment, with what it extends and its `.env`.
    Environment,
    /// A folder, innermost first.
    Folder,
    /// The collection.
    Collection,
    /// Global.
    Global,
}

/// A variable whose value is made at each use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DynamicVariable {
    /// With the dollar sign.
    pub name: String,
    /// What it makes.
    pub description: String,
}
