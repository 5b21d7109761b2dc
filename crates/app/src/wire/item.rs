use errand_model::{Folder, Request};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names one item.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemPath {
    /// Path relative to the root; empty is the collection itself.
    pub path: String,
}

/// Names several items.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemPaths {
    /// Paths relative to the root.
    pub paths: Vec<String>,
}

/// A request as it is on disk.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RequestDoc {
    /// Path relative to the root.
    pub path: String,
    /// Hash of the file's bytes; hand it back when saving.
    pub revision: String,
    /// The request.
    pub request: Request,
    /// What it inherits.
    pub inherited: Inherited,
}

/// What a request gets from above.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Inherited {
    /// The auth an `inherit` stands for, with the folder it comes from.
    pub auth: Option<InheritedAuth>,
    /// Headers from folders and the collection that the request does not set itself.
    pub headers: Vec<InheritedHeader>,
}

/// Auth of a folder or the collection.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InheritedAuth {
    /// `basic`, `bearer`, `apiKey`, …: the `type` of the auth.
    pub scheme: String,
    /// Name of the folder or collection.
    pub origin: String,
    /// Its path.
    pub path: String,
}

/// A header of a folder or the collection.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InheritedHeader {
    /// Field name.
    pub name: String,
    /// Value as written.
    pub value: String,
    /// Name of the folder or collection.
    pub origin: String,
}

/// A folder's or the collection's settings as on disk.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FolderDoc {
    /// Path relative to the root; empty is the collection.
    pub path: String,
    /// Hash of the file's bytes; empty when the folder has no file of its own yet.
    pub revision: String,
    /// The settings.
    pub folder: Folder,
}

/// Saves a request over its file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveRequest {
    /// Path relative to the root.
    pub path: String,
    /// What to save.
    pub request: Request,
    /// The revision it started from; a file that differs is error `conflict`.
    pub base_revision: Option<String>,
    /// Save over whatever is there: the user chose "mine".
    #[serde(default)]
    pub force: bool,
    /// The tab whose draft is now saved.
    pub tab: Option<String>,
}

/// Saves a folder's settings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveFolder {
    /// Path relative to the root; empty is the collection.
    pub path: String,
    /// What to save.
    pub folder: Folder,
    /// The revision it started from.
    pub base_revision: Option<String>,
    /// Save over whatever is there.
    #[serde(default)]
    pub force: bool,
}

/// A save that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// Where it is now.
    pub path: String,
    /// Revision of the file now.
    pub revision: String,
}

/// Compares an unsaved request with the file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareRequest {
    /// Path relative to the root.
    pub path: String,
    /// Mine.
    pub request: Request,
}

/// Both sides as file text, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Lines in order.
    pub lines: Vec<DiffLine>,
}

/// One line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DiffLine {
    /// Whose line it is.
    pub side: DiffSide,
    /// The line without its end.
    pub text: String,
}

/// Whose line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DiffSide {
    /// In both.
    Both,
    /// Only in the unsaved request.
    Mine,
    /// Only on disk.
    Theirs,
}

/// Makes a request file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CreateRequest {
    /// Folder path; empty at the top.
    pub parent: String,
    /// Its name decides the file's.
    pub request: Request,
    /// The tab whose draft becomes this file.
    pub tab: Option<String>,
}

/// Makes a folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CreateFolder {
    /// Folder path; empty at the top.
    pub parent: String,
    /// Shown name.
    pub name: String,
}

/// Renames an item and its file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rename {
    /// Path relative to the root.
    pub path: String,
    /// New shown name.
    pub name: String,
}

/// Moves items into a folder at a position.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoveItems {
    /// What moves, in order.
    pub paths: Vec<String>,
    /// Target folder; empty at the top.
    pub parent: String,
    /// Position among the target's children without those that move; past the end is last.
    #[ts(type = "number")]
    pub index: usize,
}

/// Where items are after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// Old path and new path of each item that moved or was made (old is the source of a copy).
    pub paths: Vec<(String, String)>,
    /// The tree now.
    pub nodes: Vec<super::Node>,
}

/// Deleted, and how to take it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// For `undoDelete`.
    pub undo: String,
    /// The tree now.
    pub nodes: Vec<super::Node>,
}

/// Takes a delete back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoDelete {
    /// From [`Deleted`].
    pub undo: String,
}

/// A curl command line.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CurlText {
    /// As pasted.
    pub text: String,
}

/// A request read from elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ParsedRequest {
    /// The request.
    pub request: Request,
    /// What was changed or could not be carried, in words.
    pub notes: Vec<String>,
}

/// A request to write as a curl command.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToCurl {
    /// The request as shown.
    pub request: Request,
}

/// Some text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// The text.
    pub text: String,
}
