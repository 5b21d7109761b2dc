use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error as a face sees it: branch on `code`, show `message` and `hint`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{message}")]
pub struct WireError {
    /// Stable, kebab-case: `conflict`, `not-found`, `invalid-file`, `disk-full`, …
    pub code: String,
    /// What happened, to what.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// Where in a file or form.
    #[serde(rename = "where")]
    pub place: Option<Place>,
}

/// A place in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Path relative to the workspace, or absolute outside it.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: Option<u32>,
    /// Column in characters, from 1.
    pub column: Option<u32>,
}

impl WireError {
    /// An error without a hint or place.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), hint: None, place: None }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds where it happened.
    #[must_use]
    pub fn at(mut self, file: impl Into<String>, line: Option<u32>, column: Option<u32>) -> Self {
        self.place = Some(Place { file: Some(file.into()), line, column });
        self
    }
}
