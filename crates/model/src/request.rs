use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::variable::yes;
use crate::{Auth, Body, Capture, Check, Variable};

/// One HTTP request as saved: nothing resolved, nothing inherited.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Request {
    /// Shown in the tree; the file's name follows it when the request is created or renamed.
    pub name: String,
    /// One-line description (`info.description`).
    pub description: String,
    /// Position among its siblings; items without one come after those with one, by name.
    pub seq: Option<f64>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Any token of RFC 9110 §9.1, standard or not.
    pub method: String,
    /// As typed: `{{base_url}}/orders/:id?expand=lines`. Its query mirrors the enabled query params.
    pub url: String,
    /// Query and path parameters in table order.
    pub params: Vec<Param>,
    /// Headers in table order, as typed.
    pub headers: Vec<Header>,
    /// What is sent.
    pub body: Body,
    /// How it is authorised.
    pub auth: Auth,
    /// Request-scoped variables.
    pub variables: Vec<Variable>,
    /// Declarative checks on the response.
    pub checks: Vec<Check>,
    /// Values taken from the response into variables.
    pub captures: Vec<Capture>,
    /// Scripts with their phase; kept and shown.
    pub scripts: Vec<Script>,
    /// How it is sent.
    pub settings: RequestSettings,
    /// Markdown documentation.
    pub docs: String,
}

/// One header row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// Field name as typed; case is kept on the wire for HTTP/1.
    pub name: String,
    /// Field value before rendering.
    pub value: String,
    /// Free text for people.
    #[serde(default)]
    pub description: String,
    /// Disabled rows stay in the file and are not sent.
    #[serde(default = "yes")]
    pub enabled: bool,
}

impl Header {
    /// An enabled header row.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), description: String::new(), enabled: true }
    }
}

/// One query or path parameter row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Param {
    /// Name; for a path parameter the word after `:` in the URL.
    pub name: String,
    /// Value before rendering and encoding.
    pub value: String,
    /// Query or path.
    pub kind: ParamKind,
    /// Free text for people.
    #[serde(default)]
    pub description: String,
    /// Disabled rows stay in the file and are not sent.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ParamKind {
    /// After the `?`.
    Query,
    /// In place of `:name` in the path.
    Path,
}

/// How a request is sent. `None` means "as the folder, the collection or the app says".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestSettings {
    /// Percent-encode what a URL may not contain.
    pub encode_url: Option<bool>,
    /// Whole exchange, in milliseconds; 0 is no limit.
    #[ts(type = "number | null")]
    pub timeout_ms: Option<u64>,
    /// Follow 3xx with a Location.
    pub follow_redirects: Option<bool>,
    /// How many redirects before giving up.
    pub max_redirects: Option<u32>,
    /// Keep credentials when a redirect leaves the origin.
    pub forward_authorization: Option<bool>,
    /// Verify the server's certificate.
    pub verify_tls: Option<bool>,
    /// Store and send cookies of the jar.
    pub use_cookies: Option<bool>,
    /// `1.1`, `2`, or `None` for what is negotiated.
    pub http_version: Option<String>,
}

/// A script of the collection, kept with its phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Script {
    /// When it runs.
    pub phase: ScriptPhase,
    /// Source text.
    pub code: String,
}

/// `OpenCollection` script types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ScriptPhase {
    /// Before the request is sent.
    BeforeRequest,
    /// After the response came.
    AfterResponse,
    /// Tests on the response.
    Tests,
    /// Life-cycle hooks.
    Hooks,
}
