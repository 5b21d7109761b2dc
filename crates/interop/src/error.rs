use thiserror::Error;

/// Why a source could not be read, or a collection not be written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// No importer knows it.
    #[error(
        "{} is in no format that Errand can import. Name the format if you know it.",
        shown(file)
    )]
    Unknown {
        /// The file; empty for a paste.
        file: String,
    },
    /// Not well-formed JSON, YAML, XML, ….
    #[error("{} is not {wanted}: {what} (line {line}, column {column}).", shown(file))]
    Syntax {
        /// The file; empty for a paste.
        file: String,
        /// What it ought to be, such as `JSON`.
        wanted: &'static str,
        /// What is wrong.
        what: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// Well-formed, but not what the format says.
    #[error("{}: {what}{}.", shown(file), at(place))]
    Wrong {
        /// The file; empty for a paste.
        file: String,
        /// Where in it, such as `item[3].request.url` or `line 7`; empty for the whole.
        place: String,
        /// What is wrong, and what was expected.
        what: String,
    },
    /// More than is sensible.
    #[error("{} is refused: {what}.", shown(file))]
    Refused {
        /// The file; empty for a paste.
        file: String,
        /// Why, such as a size or depth with its limit.
        what: String,
    },
    /// It cannot be read.
    #[error("{} cannot be read: {what}.", shown(file))]
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        what: String,
    },
    /// A curl command that cannot be read.
    #[error(transparent)]
    Curl(#[from] crate::curl::Error),
    /// It cannot be exported.
    #[error("{what}.")]
    Export {
        /// What cannot, why, and what to do.
        what: String,
    },
}

impl Error {
    /// The file it is about; empty for a paste.
    pub fn file(&self) -> &str {
        match self {
            Self::Unknown { file }
            | Self::Syntax { file, .. }
            | Self::Wrong { file, .. }
            | Self::Refused { file, .. }
            | Self::Unreadable { file, .. } => file,
            Self::Curl(_) | Self::Export { .. } => "",
        }
    }
}

fn shown(file: &str) -> &str {
    if file.is_empty() { "The text" } else { file }
}

fn at(place: &str) -> String {
    if place.is_empty() { String::new() } else { format!(" (at {place})") }
}
