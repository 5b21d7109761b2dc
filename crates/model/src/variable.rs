use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::SecretSource;

/// A named value in some scope. A secret one has no value here: that is in the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Variable {
    /// Name between the braces of `{{name}}`.
    pub name: String,
    /// Text of the value; always empty for a secret.
    #[serde(default)]
    pub value: String,
    /// Declared type; decides how the value is typed for scripts, not how it renders.
    #[serde(default, rename = "type")]
    pub kind: VariableType,
    /// Free text for people.
    #[serde(default)]
    pub description: String,
    /// Whether the value lives in the keychain.
    #[serde(default)]
    pub secret: bool,
    /// Where a secret's value comes from when not from the keychain.
    #[serde(default)]
    pub source: Option<SecretSource>,
    /// Disabled rows stay in the file and take no part in rendering.
    #[serde(default = "yes")]
    pub enabled: bool,
}

impl Variable {
    /// An enabled, plain text variable.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            kind: VariableType::String,
            description: String::new(),
            secret: false,
            source: None,
            enabled: true,
        }
    }
}

/// `OpenCollection` variable value types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum VariableType {
    /// Text, the default; written without a type.
    #[default]
    String,
    /// A JSON number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// JSON null.
    Null,
    /// A JSON object or array.
    Object,
}

pub(crate) fn yes() -> bool {
    true
}
