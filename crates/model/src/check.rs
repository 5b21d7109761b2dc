use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::variable::yes;

/// A declarative check on a response (`runtime.assertions` in `OpenCollection`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// What is looked at: `res.status`, `res.responseTime`, `res.size`, `res.headers.NAME`, `res.body`,
    /// `res.body.a.b[0]`, a JSONPath (`$.a`, RFC 9535), an XPath (`/a/b` or `//b`), or `regex(…)` over the body.
    pub expression: String,
    /// How it is compared.
    pub operator: Operator,
    /// What with; may contain variables. Unused by the `is…` operators.
    #[serde(default)]
    pub value: String,
    /// Free text for people.
    #[serde(default)]
    pub description: String,
    /// Disabled checks are not evaluated.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// The operators of `OpenCollection` assertions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Operator {
    Eq,
    Neq,
    Gt,
    Gte,
    Lt,
    Lte,
    In,
    NotIn,
    Contains,
    NotContains,
    Length,
    Matches,
    NotMatches,
    StartsWith,
    EndsWith,
    Between,
    IsEmpty,
    IsNotEmpty,
    IsNull,
    IsUndefined,
    IsDefined,
    IsTruthy,
    IsFalsy,
    IsJson,
    IsNumber,
    IsString,
    IsBoolean,
    IsArray,
}

/// A value taken from a response into a variable (`runtime.actions`, `set-variable`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Capture {
    /// What is taken; the same expressions as a [`Check`].
    pub expression: String,
    /// The variable that gets it.
    pub variable: String,
    /// The scope it is set in.
    pub scope: CaptureScope,
    /// Free text for people.
    #[serde(default)]
    pub description: String,
    /// Disabled captures do nothing.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// Scopes a capture may write to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CaptureScope {
    /// Until the window or the run ends; never written to a file.
    #[default]
    Runtime,
    /// The request's own variables, for this run.
    Request,
    /// The nearest folder's variables.
    Folder,
    /// The collection's variables.
    Collection,
    /// The chosen environment's variables.
    Environment,
}
