//! A row as it is shown.

use serde::Serialize;

/// One row of a view. Columns and token positions count UTF-16 code units, as JavaScript's strings do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The row's index in the view, folds taken into account.
    pub index: u64,
    /// The line's number, from 1. Continued rows have the number of their line; folds do not change it.
    pub number: u64,
    /// The rest of a line that is too long for one row.
    pub continued: bool,
    /// Levels the row is indented by.
    pub depth: u32,
    /// The columns that were asked for. Bytes that are not text are shown as U+FFFD.
    pub text: String,
    /// Columns of the whole row.
    pub total_columns: usize,
    /// What to colour in `text`, in order, without overlap.
    pub tokens: Vec<Token>,
    /// The row opens something that can be folded.
    pub foldable: bool,
    /// Rows that are hidden below this one, when it is folded.
    pub fold: Option<u64>,
}

/// A coloured part of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Token {
    /// The column in the row's `text` where it starts.
    pub start: usize,
    /// Columns.
    pub len: usize,
    /// What it is.
    pub kind: TokenKind,
}

/// What a part of a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenKind {
    /// Nothing special; never given as a token.
    Plain,
    /// A key of an object.
    Key,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true`, `false`, `null`.
    Keyword,
    /// Brackets, commas, colons.
    Punctuation,
    /// The name of an element.
    Tag,
    /// The name of an attribute.
    Attribute,
    /// A comment.
    Comment,
    /// Bytes after a syntax error, shown as they are.
    Invalid,
}
