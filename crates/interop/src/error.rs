use std::borrow::Cow;

use thiserror::Error;

/// Most characters of one part of a message.
const LONGEST: usize = 400;

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
    #[error("{} is not {wanted}: {} (line {line}, column {column}).", shown(file), brief(what))]
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
    #[error("{}: {}{}.", shown(file), brief(what), at(place))]
    Wrong {
        /// The file; empty for a paste.
        file: String,
        /// Where in it, such as `item[3].request.url` or `line 7`; empty for the whole.
        place: String,
        /// What is wrong, and what was expected.
        what: String,
    },
    /// More than is sensible.
    #[error("{} is refused: {}.", shown(file), brief(what))]
    Refused {
        /// The file; empty for a paste.
        file: String,
        /// Why, such as a size or depth with its limit.
        what: String,
    },
    /// It cannot be read.
    #[error("{} cannot be read: {}.", shown(file), brief(what))]
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        what: String,
    },
    /// A curl command that cannot be read.
    #[error("{}", brief(&.0.to_string()))]
    Curl(#[from] crate::curl::Error),
    /// It cannot be exported.
    #[error("{}.", brief(what))]
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

fn shown(file: &str) -> Cow<'_, str> {
    if file.is_empty() { Cow::Borrowed("The text") } else { brief(file) }
}

fn at(place: &str) -> String {
    if place.is_empty() { String::new() } else { format!(" (at {})", brief(place)) }
}

/// What a file quotes of itself may be as long as the file: a message is for a person to read.
fn brief(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_stay_short() {
        let long = "é".repeat(1_000_000);
        let error = Error::Wrong { file: long.clone(), place: long.clone(), what: long };
        assert_eq!(error.to_string().chars().count(), 3 * (LONGEST + 1) + ": (at ).".len() + 1);
    }
}
