use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ClientCertificate, Variable};

/// A named set of variables, one file in `environments/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Environment {
    /// Unique in its workspace.
    pub name: String,
    /// CSS colour of its dot, such as `#d9a441`; empty for none.
    pub color: String,
    /// Free text for people.
    pub description: String,
    /// The environment whose variables this one starts from.
    pub extends: Option<String>,
    /// A `.env` file, relative to the workspace; its variables rank below this environment's own.
    pub dot_env_file: Option<String>,
    /// Own variables in order.
    pub variables: Vec<Variable>,
    /// Certificates shown to hosts in this environment, before those of the collection.
    pub client_certificates: Vec<ClientCertificate>,
}
