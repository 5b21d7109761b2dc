use std::io;
use std::path::{Path, PathBuf};

use errand_model::Request;

use crate::yaml::Fault;

/// What went wrong with a workspace, to which file, and what to do next. Paths of items are
/// relative to the workspace, with `/`.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// The folder has no `opencollection.yml`.
    #[error("{} is not a workspace: it has no opencollection.yml. {hint}", folder.display())]
    NotAWorkspace {
        /// The folder that was asked for.
        folder: PathBuf,
        /// Collections near it, as paths relative to it; may be empty.
        found: Vec<String>,
        /// What to do, in words.
        hint: String,
    },
    /// A workspace cannot be made where one is.
    #[error("{} is a workspace already. Open it, or choose an empty folder.", .0.display())]
    AlreadyAWorkspace(PathBuf),
    /// A file is cut, empty, in conflict, not YAML or not of the right shape.
    #[error("{path}, line {line}, column {column}: {message}")]
    Invalid {
        /// The file.
        path: String,
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What is wrong there and what to do.
        message: String,
    },
    /// An item of a kind that cannot be opened as a request.
    #[error(
        "{path} is {kind}, which this version shows but cannot open. The file is left as it is."
    )]
    NotARequest {
        /// The item.
        path: String,
        /// Its kind in the file, such as `graphql`.
        kind: String,
    },
    /// There is no such item.
    #[error("{0} is not in the workspace (any more). It may have been moved or deleted outside.")]
    NotFound(String),
    /// The file changed on disk since it was read.
    #[error("{} changed on disk since it was opened. Keep yours, take theirs, or compare.", .0.path)]
    Conflict(Box<Conflict>),
    /// A path leads out of the workspace, or is not a path of an item.
    #[error("{0:?} does not lead to a place in the workspace.")]
    OutsideWorkspace(String),
    /// A name is taken or cannot be used.
    #[error("The name {name:?} cannot be used: {reason}.")]
    BadName {
        /// As given.
        name: String,
        /// Why not.
        reason: String,
    },
    /// There is no environment of that name.
    #[error("No environment named {name:?}. Environments here: {}.", list(known))]
    NoEnvironment {
        /// As asked for.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Environments that start from each other.
    #[error("The environments {} extend each other in a circle. Remove one \"extends\".", chain.join(" -> "))]
    ExtendsCircle {
        /// The names in order, the first again at the end.
        chain: Vec<String>,
    },
    /// A `.env` file has a line that is not `NAME=value`.
    #[error("{path}: {reason}. Mend the line, or remove the file from the environment.")]
    DotEnv {
        /// The file.
        path: String,
        /// The line or what else is wrong.
        reason: String,
    },
    /// A file could not be read.
    #[error("{} could not be read: {}.", path.display(), plain(source))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file could not be written; the one on disk is the old one, whole, unless said otherwise.
    #[error("{} was not saved ({step}): {}. {}", path.display(), plain(source), remedy(source))]
    Write {
        /// The file.
        path: PathBuf,
        /// What was being done: `writing`, `flushing to disk`, …
        step: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A file can hold a change in no way that reads back as the same.
    #[error(
        "{0} could not be changed without losing something in it. Nothing was written; save a copy under another name."
    )]
    Unwritable(String),
    /// Folders that are nested deeper than the tree shows.
    #[error(
        "The folder {0:?} is nested too deeply. Nothing was written; flatten its folders first."
    )]
    TooDeep(String),
    /// A file would be larger than is read back.
    #[error(
        "{0} would be larger than 32 MB, which is not read back. Nothing was written; keep its body or its examples in files of their own."
    )]
    TooLarge(String),
    /// Deleted items are no longer in the trash.
    #[error("What was deleted is no longer in the trash, so it cannot be put back.")]
    NothingToRestore,
    /// The folder cannot be watched for outside edits.
    #[error("{} cannot be watched for outside edits: {reason}. Reload by hand.", folder.display())]
    Watch {
        /// The workspace.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
}

/// Both sides of a file that changed here and on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The item.
    pub path: String,
    /// Revision on disk; `None` when the file was deleted.
    pub revision: Option<String>,
    /// Text on disk; empty when deleted.
    pub text: String,
    /// The request on disk, where it can be read as one.
    pub theirs: Option<Request>,
}

impl WorkspaceError {
    pub(crate) fn invalid(path: &str, fault: Fault) -> Self {
        Self::Invalid {
            path: path.to_owned(),
            line: fault.line,
            column: fault.column,
            message: fault.message,
        }
    }

    pub(crate) fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    pub(crate) fn write(path: &Path, step: &'static str, source: io::Error) -> Self {
        Self::Write { path: path.to_owned(), step, source }
    }

    /// What the system said, in plain words, where it is the system's.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Read { source, .. } | Self::Write { source, .. } => Some(plain(source)),
            _ => None,
        }
    }

    /// A word for programs to branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAWorkspace { .. } => "not_a_workspace",
            Self::AlreadyAWorkspace(_) => "already_a_workspace",
            Self::Invalid { .. } => "invalid_file",
            Self::NotARequest { .. } => "not_a_request",
            Self::NotFound(_) => "not_found",
            Self::Conflict(_) => "conflict",
            Self::OutsideWorkspace(_) => "outside_workspace",
            Self::BadName { .. } => "bad_name",
            Self::NoEnvironment { .. } => "no_environment",
            Self::ExtendsCircle { .. } => "extends_circle",
            Self::DotEnv { .. } => "dot_env",
            Self::Read { .. } => "read_failed",
            Self::Write { .. } => "write_failed",
            Self::Unwritable(_) => "unwritable",
            Self::TooDeep(_) => "too_deep",
            Self::TooLarge(_) => "too_large",
            Self::NothingToRestore => "nothing_to_restore",
            Self::Watch { .. } => "watch_failed",
        }
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// The system's answer in plain words.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::QuotaExceeded => "your disk quota is used up".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::PermissionDenied => "there is no permission".to_owned(),
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::NotADirectory => "a file is where a folder would have to be".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        io::ErrorKind::InvalidFilename => "the file system does not take this name".to_owned(),
        _ => error.to_string(),
    }
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "Free some space and save again."
        }
        io::ErrorKind::ReadOnlyFilesystem => "Make the folder writable, or save a copy elsewhere.",
        io::ErrorKind::PermissionDenied => {
            "Change the rights of the folder, or save a copy elsewhere."
        }
        _ => "Save again, or save a copy elsewhere.",
    }
}
