use std::path::PathBuf;

/// What can go wrong with history. Collections never need it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file was written by a newer Errand. It was not changed.
    #[error("The history at {} was written by a newer Errand (its format is {found}, this one knows {known}). It was left as it is. Update Errand, or start with another data folder.", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format this version knows.
        known: u32,
    },
    /// The file is a `SQLite` database of some other program. It was not changed.
    #[error("{} is a database of another program. It was left as it is. Move it away, or start with another data folder.", path.display())]
    Foreign {
        /// The database.
        path: PathBuf,
    },
    /// Part of the file cannot be read.
    #[error(
        "The history is damaged ({message}). What can be saved is saved at the next start; your collections are not affected."
    )]
    Damaged {
        /// What `SQLite` says.
        message: String,
    },
    /// No room.
    #[error(
        "The disk is full: {waiting} history entries wait in memory. Free some space; they are written with the next request."
    )]
    DiskFull {
        /// Entries not yet on disk.
        waiting: usize,
    },
    /// Another process holds the database.
    #[error("The history is in use by another Errand and did not become free in time. Try again.")]
    Busy,
    /// The file or its folder cannot be read or written.
    #[error("The history at {} cannot be used: {message}. Check the folder and its permissions.", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
    /// No such entry.
    #[error(
        "No history entry {id}. It may have been deleted or pruned; list the entries to see which are there."
    )]
    NoEntry {
        /// The id asked for.
        id: uuid::Uuid,
    },
    /// Text that is neither a status nor a class.
    #[error("\"{text}\" is no status. Write a code such as 503, or a class such as 4xx.")]
    Status {
        /// As given.
        text: String,
    },
    /// An entry that cannot be written as JSON.
    #[error("A history entry could not be written: {message}.")]
    Encoding {
        /// What the encoder says.
        message: String,
    },
    /// Anything else that `SQLite` says.
    #[error("The history could not be used: {message}.")]
    Database {
        /// What `SQLite` says.
        message: String,
    },
    /// The writer has ended, which only a crash of its thread does.
    #[error(
        "The history stopped writing after an internal error. Restart Errand to keep history again."
    )]
    Stopped,
}

impl Error {
    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::File { path: path.to_owned(), message: error.to_string() }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let message = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged { message },
            Some(Code::DiskFull) => Self::DiskFull { waiting: 0 },
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            _ => Self::Database { message },
        }
    }
}
