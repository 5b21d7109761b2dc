use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Auth, ClientCertificate, Header, RequestSettings, Script, Variable};

/// A folder's, or the collection's, own settings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Folder {
    /// Shown in the tree.
    pub name: String,
    /// One-line description.
    pub description: String,
    /// Position among its siblings.
    pub seq: Option<f64>,
    /// What requests below inherit.
    pub defaults: Defaults,
    /// Variables of the global scope; only a collection's root has them (`extensions.errand.globals`).
    pub globals: Vec<Variable>,
    /// Certificates shown to hosts; only a collection's root has them (`config.clientCertificates`).
    pub client_certificates: Vec<ClientCertificate>,
    /// Markdown documentation.
    pub docs: String,
}

/// What requests inherit from a folder or collection.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Defaults {
    /// Sent unless a request or an inner folder has a header of the same name.
    pub headers: Vec<Header>,
    /// Used by requests whose auth is `inherit`.
    pub auth: Auth,
    /// Variables of this scope.
    pub variables: Vec<Variable>,
    /// Scripts of this scope; kept and shown.
    pub scripts: Vec<Script>,
    /// Settings for requests that leave them open.
    pub settings: RequestSettings,
}
