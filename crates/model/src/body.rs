use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::variable::yes;

/// What a request carries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Body {
    /// No body.
    #[default]
    None,
    /// Text in a language.
    Raw {
        /// Decides highlighting and the default Content-Type.
        language: RawLanguage,
        /// The text, before rendering.
        text: String,
    },
    /// `application/x-www-form-urlencoded` (WHATWG URL §5).
    FormUrlEncoded {
        /// Fields in order.
        rows: Vec<FormRow>,
    },
    /// `multipart/form-data` (RFC 7578).
    Multipart {
        /// Parts in order.
        rows: Vec<MultipartRow>,
    },
    /// The bytes of a file.
    File {
        /// The alternatives listed in the file; one is selected.
        files: Vec<FileBody>,
    },
}

/// Languages of a raw body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RawLanguage {
    /// `application/json`
    Json,
    /// `application/xml`
    Xml,
    /// `text/plain`
    Text,
    /// `application/sparql-query`
    Sparql,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormRow {
    /// Field name.
    pub name: String,
    /// Field value before rendering.
    pub value: String,
    /// Free text for people.
    #[serde(default)]
    pub description: String,
    /// Disabled rows are not sent.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MultipartRow {
    /// Part name.
    pub name: String,
    /// Text or file.
    pub kind: PartKind,
    /// The text of a text part, before rendering; empty for files.
    #[serde(default)]
    pub value: String,
    /// Paths of a file part, relative to the workspace or absolute; one part each.
    #[serde(default)]
    pub files: Vec<String>,
    /// Content type of the part; empty means by kind or file extension.
    #[serde(default)]
    pub content_type: String,
    /// Free text for people.
    #[serde(default)]
    pub description: String,
    /// Disabled rows are not sent.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// What a multipart row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PartKind {
    /// Text typed in.
    Text,
    /// One or more files.
    File,
}

/// One file to send as the whole body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileBody {
    /// Path, relative to the workspace or absolute.
    pub path: String,
    /// Content type; empty means by extension.
    #[serde(default)]
    pub content_type: String,
    /// Whether this is the one that is sent.
    pub selected: bool,
}
