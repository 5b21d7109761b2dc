use errand_model::Request;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ReceiptLine;

/// A format to export to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportFormat {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Extension of the file without its dot.
    pub file_extension: String,
    /// Whether it is written as a folder of files.
    pub folder: bool,
}

/// What an export would say, without writing anything.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewExport {
    /// Folders and requests; an empty path for all.
    pub paths: Vec<String>,
    /// Id of the format.
    pub format: String,
    /// Names of the environments that go with them.
    pub environments: Vec<String>,
}

/// What an export would write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportPreview {
    /// How many files.
    pub files: u32,
    /// How long they are together.
    #[ts(type = "number")]
    pub bytes: u64,
    /// What came out differently or not at all.
    pub lines: Vec<ReceiptLine>,
}

/// Exports to files.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// Folders and requests; an empty path for all.
    pub paths: Vec<String>,
    /// Id of the format.
    pub format: String,
    /// Names of the environments that go with them.
    pub environments: Vec<String>,
    /// Absolute path of the file, or of the folder for several.
    pub to: String,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// Absolute paths.
    pub files: Vec<String>,
    /// What came out differently or not at all.
    pub lines: Vec<ReceiptLine>,
}

/// A language and library to write requests in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CodeTarget {
    /// `python-requests`.
    pub id: String,
    /// `Python`.
    pub language: String,
    /// `requests`; empty where the language has one way.
    pub library: String,
    /// What highlights it.
    pub syntax: String,
}

/// Writes a request as source code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GenerateCode {
    /// As edited.
    pub request: Request,
    /// Where it is, for what it inherits.
    pub path: Option<String>,
    /// Id of the target.
    pub target: String,
    /// The environment for variables; none for the chosen one.
    pub environment: Option<String>,
    /// Put the values of variables in; those of secrets stay placeholders.
    pub resolve: bool,
}

/// A request as source code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GeneratedCode {
    /// The code.
    pub text: String,
    /// What it cannot say.
    pub notes: Vec<String>,
}
