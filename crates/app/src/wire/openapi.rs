use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ImportFrom;

/// Compares a linked place with its description.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenApiDifference {
    /// The linked folder; empty for the workspace.
    pub folder: String,
    /// The description; none for the remembered one.
    pub from: Option<ImportFrom>,
}

/// What a description says otherwise than the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiDifference {
    /// Names it until it is applied or dropped.
    pub id: String,
    /// Operations that are new.
    pub added: Vec<ApiChange>,
    /// Operations that changed.
    pub changed: Vec<ApiChange>,
    /// Operations that are gone.
    pub gone: Vec<ApiChange>,
}

/// One operation that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiChange {
    /// Counts from 0 over all three lists.
    pub id: u32,
    /// Name of the request.
    pub name: String,
    /// Its method.
    pub method: String,
    /// Where it is in the workspace.
    pub path: Option<String>,
    /// In words: `new query parameter limit`.
    pub what: Vec<String>,
    /// Whether the user changed it since it was imported.
    pub edited: bool,
}

/// Takes changes over, without what the user edited.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyApiDifference {
    /// The difference.
    pub id: String,
    /// The chosen changes.
    pub changes: Vec<u32>,
}
