use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A stored body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyInfo {
    /// Names it in the spool.
    pub id: String,
    /// Decoded bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Content-Type as it came.
    pub content_type: String,
    /// What it seems to be: `json`, `xml`, `html`, `csv`, `image`, `text`, `binary`, …
    pub language: String,
    /// Views that make sense, best first.
    pub views: Vec<ViewKind>,
}

/// Ways to look at a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ViewKind {
    /// Re-indented.
    Pretty,
    /// As it came.
    Raw,
    /// Bytes.
    Hex,
    /// Picture or sandboxed page.
    Preview,
}

/// Opens a view. Answers at once; it is built in the background.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenView {
    /// Body id.
    pub body: String,
    /// As in [`BodyInfo`].
    pub content_type: String,
    /// Which view.
    pub kind: ViewKind,
    /// Show only what matches.
    pub filter: Option<Filter>,
    /// Go on on the next row after so many characters; none is a row for each line, however long.
    pub wrap: Option<u32>,
}

/// A filter on a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    /// Its language.
    pub language: FilterLanguage,
    /// The expression.
    pub expression: String,
}

/// Filter languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FilterLanguage {
    /// RFC 9535.
    JsonPath,
    /// jq.
    Jq,
    /// XPath.
    XPath,
}

/// An open view.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenedView {
    /// Names it from now on.
    pub view: String,
    /// Its state.
    pub progress: ViewProgress,
    /// Columns of a table.
    pub columns: Vec<String>,
}

/// Names a view.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ViewId {
    /// From [`OpenedView`].
    pub view: String,
}

/// How far a view is.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ViewProgress {
    /// Rows known so far, folded ones not counted.
    #[ts(type = "number")]
    pub rows: u64,
    /// 0 to 1.
    pub fraction: f64,
    /// Nothing more will come.
    pub done: bool,
    /// Why it stopped early: a syntax error with its place, a limit.
    pub problem: Option<String>,
}

/// Asks for rows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RowsOf {
    /// From [`OpenedView`].
    pub view: String,
    /// First row, from 0.
    #[ts(type = "number")]
    pub from: u64,
    /// One past the last row; at most 1,000 rows are given.
    #[ts(type = "number")]
    pub to: u64,
    /// First character of each line.
    #[ts(type = "number")]
    pub column_from: u64,
    /// One past the last character; at most 4,000 are given.
    #[ts(type = "number")]
    pub column_to: u64,
}

/// Rows and how far the view is.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rows {
    /// The rows that are there.
    pub rows: Vec<Row>,
    /// State of the view.
    pub progress: ViewProgress,
}

/// One visible row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Line number shown, from 1.
    #[ts(type = "number")]
    pub number: u64,
    /// The asked-for columns of the line.
    pub text: String,
    /// Characters in the whole line.
    #[ts(type = "number")]
    pub columns: u64,
    /// Highlighting: start and length in UTF-16 units of `text`, and kind.
    pub tokens: Vec<(u32, u32, TokenKind)>,
    /// Whether it can be folded, or is.
    pub fold: Option<Fold>,
    /// Cells of a table row; empty otherwise.
    pub cells: Vec<String>,
}

/// What a fold arrow shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Fold {
    /// Can be folded.
    Open,
    /// Is folded.
    Closed,
}

/// Kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum TokenKind {
    Key,
    String,
    Number,
    Keyword,
    Punctuation,
    Tag,
    Attribute,
    Comment,
    Invalid,
}

/// Folds or unfolds at a row.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoldRow {
    /// From [`OpenedView`].
    pub view: String,
    /// Row, from 0.
    #[ts(type = "number")]
    pub row: u64,
    /// Close it, or open it.
    pub closed: bool,
}

/// Folds everything deeper than a level.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoldAll {
    /// From [`OpenedView`].
    pub view: String,
    /// Levels left open; none opens everything.
    pub level: Option<u32>,
}

/// Starts a search in a view; the earlier one of the view ends.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Find {
    /// From [`OpenedView`].
    pub view: String,
    /// What to look for.
    pub text: String,
    /// It is a regular expression.
    pub regex: bool,
    /// Upper and lower case differ.
    pub case_sensitive: bool,
    /// Only whole words.
    pub whole_word: bool,
}

/// How far a search is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindProgress {
    /// Hits so far.
    #[ts(type = "number")]
    pub count: u64,
    /// Nothing more will come.
    pub done: bool,
}

/// Asks for a hit of the running search.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HitAt {
    /// From [`OpenedView`].
    pub view: String,
    /// Hit number, from 0.
    #[ts(type = "number")]
    pub index: u64,
}

/// Asks for the hits in some rows, to mark them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HitsIn {
    /// From [`OpenedView`].
    pub view: String,
    /// First row.
    #[ts(type = "number")]
    pub from: u64,
    /// One past the last.
    #[ts(type = "number")]
    pub to: u64,
}

/// A hit in a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// Hit number, from 0.
    #[ts(type = "number")]
    pub index: u64,
    /// Row, from 0; a folded row is unfolded by asking with `hit`.
    #[ts(type = "number")]
    pub row: u64,
    /// First character in the line.
    #[ts(type = "number")]
    pub column: u64,
    /// Characters.
    #[ts(type = "number")]
    pub length: u64,
}

/// Several hits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Hits {
    /// In order.
    pub hits: Vec<Hit>,
}

/// Copies rows of a view as text (at most 64 MiB).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TextOf {
    /// From [`OpenedView`].
    pub view: String,
    /// First row.
    #[ts(type = "number")]
    pub from: u64,
    /// One past the last.
    #[ts(type = "number")]
    pub to: u64,
}

/// Names a body.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyId {
    /// From [`BodyInfo`].
    pub body: String,
}

/// A small body for a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyData {
    /// Base64 of the bytes; previews are limited to 16 MiB.
    pub base64: String,
}

/// Writes a body to a file the user names.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveBody {
    /// From [`BodyInfo`].
    pub body: String,
    /// Absolute path.
    pub path: String,
}
