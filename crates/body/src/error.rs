//! What can go wrong with a stored body.

use std::{io, path::Path, path::PathBuf};

/// An error of this crate: what happened, to what, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk has no room for more of the body. What arrived before is kept, marked incomplete.
    #[error("The disk is full: {} is cut after {kept} bytes. Free some space and send again.", path.display())]
    DiskFull {
        /// The file that could not grow.
        path: PathBuf,
        /// Bytes of it that are on disk.
        kept: u64,
    },
    /// A file could not be read or written.
    #[error("Could not {action} {}: {source}", path.display())]
    File {
        /// What was tried: "read", "write", "create".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A body whose bytes could not be read.
    #[error("Could not read the body: {0}")]
    Read(#[from] io::Error),
    /// No body is stored under this id.
    #[error("No body is stored under \"{0}\". It may have been deleted with its history entry.")]
    NoBody(String),
    /// Rows beyond the part that is indexed so far were needed.
    #[error("The body is still being read up to there. Try again in a moment.")]
    StillIndexing,
    /// The row has nothing below it to fold.
    #[error("Row {0} has nothing to fold.")]
    NothingToFold(u64),
    /// More folds than are kept.
    #[error("More than {0} parts would be folded. Fold a level further out.")]
    TooManyFolds(usize),
    /// A search or filter expression that cannot be used.
    #[error("{language} cannot be read: {message}")]
    Expression {
        /// The language of the expression.
        language: &'static str,
        /// What the parser said.
        message: String,
    },
    /// A filter ran and failed on the data.
    #[error("{language} failed: {message}")]
    Filter {
        /// The language of the filter.
        language: &'static str,
        /// What the evaluator said.
        message: String,
    },
    /// The body is not in the format that was asked for.
    #[error("The body is not valid {format}: {message}")]
    Format {
        /// "JSON", "XML", "CSV".
        format: &'static str,
        /// Where and why.
        message: String,
    },
    /// The body is too large for a filter that has to hold it in memory.
    #[error(
        "This {language} expression needs the whole body in memory, which is limited to {limit} bytes; the body has {len}. \
         A plain path such as $.items[3].name works at any size."
    )]
    TooLarge {
        /// The language of the filter.
        language: &'static str,
        /// The limit in bytes.
        limit: u64,
        /// The size of the body in bytes.
        len: u64,
    },
}

impl Error {
    /// An error about the file at `path`.
    pub(crate) fn file(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::File { action, path: path.to_owned(), source }
    }
}

/// The result of this crate's operations.
pub type Result<T> = std::result::Result<T, Error>;
