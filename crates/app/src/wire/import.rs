use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Reads something without writing anything.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewImport {
    /// Where it is.
    pub from: ImportFrom,
    /// Id of the format; none to see by the content.
    pub format: Option<String>,
}

/// Where something to import is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum ImportFrom {
    /// Pasted.
    Text {
        /// As pasted.
        text: String,
    },
    /// Files, folders and archives.
    Paths {
        /// Absolute paths.
        paths: Vec<String>,
    },
    /// An address that the user typed: it is fetched.
    Url {
        /// `http` or `https`.
        url: String,
    },
}

/// What an import would bring. Values of secrets are not in it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    /// Names it until it is applied or dropped.
    pub id: String,
    /// Id of the format.
    pub format: String,
    /// What people call the format.
    pub format_name: String,
    /// Name of the collection.
    pub name: String,
    /// Folders and requests in order, those above before those in them.
    pub nodes: Vec<ImportNode>,
    /// Environments in order.
    pub environments: Vec<ImportEnvironment>,
    /// How much it is.
    pub counts: ImportCounts,
    /// Credentials found in it.
    pub secrets: Vec<ImportSecret>,
    /// Addresses it refers to that are fetched only when the user agrees.
    pub wanted: Vec<ImportHost>,
    /// The addresses that a typed one led to.
    pub redirects: Vec<String>,
    /// Whether it can stay linked with its description (`OpenAPI`).
    pub linkable: bool,
    /// The place in this workspace that was imported from the same description.
    pub linked: Option<String>,
    /// The folder that is a workspace already and is opened where it is.
    pub opens_in_place: Option<String>,
}

/// One item of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportNode {
    /// Counts from 0, in order.
    pub id: u32,
    /// The folder it is in.
    pub parent: Option<u32>,
    /// Shown name.
    pub name: String,
    /// What it is.
    pub kind: ImportKind,
    /// Method of a request.
    pub method: Option<String>,
    /// URL of a request.
    pub url: Option<String>,
    /// Lines of the receipt about it that say more than "kept".
    pub notes: u32,
}

/// What an item of a preview is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ImportKind {
    /// Holds others.
    Folder,
    /// An HTTP request.
    Request,
    /// Kept and shown.
    Other,
}

/// An environment of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportEnvironment {
    /// Counts from 0.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// How many variables it has.
    pub variables: u32,
    /// How many of them are secret.
    pub secrets: u32,
}

/// How much an import is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportCounts {
    /// Requests.
    pub requests: u32,
    /// Folders.
    pub folders: u32,
    /// Environments.
    pub environments: u32,
    /// Lines of the receipt: as it was.
    pub kept: u32,
    /// Lines of the receipt: became something else.
    pub converted: u32,
    /// Lines of the receipt: could not be carried.
    pub not_carried: u32,
}

/// A credential that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportSecret {
    /// Counts from 0.
    pub id: u32,
    /// Names of the folders and the request or environment it was found in first.
    pub place: String,
    /// What it is there: `The password of the auth`.
    pub what: String,
    /// Name for the variable.
    pub name: String,
    /// Whether it is a variable there already: it keeps its name, which the requests refer to.
    pub named: bool,
    /// The environment it belongs to; none for the collection.
    pub environment: Option<String>,
    /// The item it was found in first.
    pub node: Option<u32>,
}

/// Addresses at one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportHost {
    /// Host, with its port where it is not the usual one.
    pub host: String,
    /// What would be fetched from it.
    pub urls: Vec<String>,
}

/// Fetches what a preview refers to at hosts that the user agreed to, and reads it again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FetchForImport {
    /// The preview.
    pub id: String,
    /// As in [`ImportHost`].
    pub hosts: Vec<String>,
}

/// Lines of a preview's receipt.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportReceipt {
    /// The preview.
    pub id: String,
    /// Only lines of this outcome.
    pub outcome: Option<ReceiptOutcome>,
    /// Only lines about this item; about a folder those of all that is in it too.
    pub node: Option<u32>,
    /// First line, from 0.
    pub from: u32,
    /// Behind the last line.
    pub to: u32,
}

/// Some lines of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptPage {
    /// How many there are in all.
    pub total: u32,
    /// Those that were asked for.
    pub lines: Vec<ReceiptLine>,
}

/// What became of one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptLine {
    /// What became of it.
    pub outcome: ReceiptOutcome,
    /// Names of folders and the item; empty for the whole.
    pub place: String,
    /// The part, in the source's own words.
    pub item: String,
    /// What it became, or why it did not.
    pub note: String,
    /// Where the original text is kept; empty when nowhere.
    pub original: String,
}

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ReceiptOutcome {
    /// It means the same.
    Kept,
    /// It became something else.
    Converted,
    /// It has no place.
    NotCarried,
}

/// Writes a preview, as a whole or not at all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyImport {
    /// The preview.
    pub id: String,
    /// Where it goes.
    pub target: ImportTarget,
    /// The chosen items; a folder brings only those of its items that are chosen too. None for all.
    pub nodes: Option<Vec<u32>>,
    /// The chosen environments; none for all.
    pub environments: Option<Vec<u32>>,
    /// What becomes of each credential; one that is not named is left out.
    pub secrets: Vec<SecretDecision>,
    /// Remember the description, for later differences.
    pub link: bool,
}

/// Where an import goes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum ImportTarget {
    /// A workspace of its own.
    New {
        /// Absolute path of a folder that is empty or not there.
        folder: String,
        /// Its name.
        name: String,
    },
    /// The open workspace.
    Here {
        /// Path of the folder in it; empty for its top.
        folder: String,
    },
}

/// What becomes of a credential.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecretDecision {
    /// As in [`ImportSecret`].
    pub id: u32,
    /// Put it into the keychain; otherwise its variable has no value.
    pub keep: bool,
    /// Name of the variable.
    pub name: String,
}

/// What an import wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Root of a new workspace, to be opened next.
    pub workspace: Option<String>,
    /// Paths of the top items that were added.
    pub paths: Vec<String>,
    /// What was written.
    pub receipt: ImportCounts,
    /// Names of secrets that are kept for this session only, since there is no keychain.
    pub session_only: Vec<String>,
}

/// Forgets a preview.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DropImport {
    /// The preview.
    pub id: String,
}
