//! How the command ends.

use std::io;

use errand_app::wire::WireError;

/// Exit codes; a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done, every check passed.
    Done = 0,
    /// Ran, but a check failed.
    CheckFailed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// A request could not be made or finished.
    Unfinished = 3,
    /// An input file is not what it should be.
    BadInput = 4,
}

/// Why a command ended early.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What to say; none when whoever reads the output has gone.
    pub error: Option<WireError>,
}

/// What a command comes to.
pub type Outcome = Result<Exit, Failure>;

impl Failure {
    /// The command line is wrong.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, error: Some(WireError::new("usage", message).hint(hint)) }
    }

    /// An input file is not what it should be.
    pub fn input(error: WireError) -> Self {
        Self { exit: Exit::BadInput, error: Some(error) }
    }

    /// Something could not be done.
    pub fn unfinished(error: WireError) -> Self {
        Self { exit: Exit::Unfinished, error: Some(error) }
    }

    /// A file could not be read.
    pub fn read(path: &std::path::Path, error: &io::Error) -> Self {
        let reason = plain(error);
        Self::input(WireError::new("file", format!("Could not read {}: {reason}.", path.display())))
    }

    /// A file could not be written.
    pub fn write(path: &std::path::Path, error: &io::Error) -> Self {
        let reason = plain(error);
        Self::unfinished(
            WireError::new("file", format!("Could not write {}: {reason}.", path.display()))
                .hint("See whether the folder exists, can be written and has room."),
        )
    }
}

/// A system's error without its number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "there is no permission".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// Codes of errors that the command line is to blame for.
const USAGE: [&str; 9] = [
    "bad-arguments",
    "bad-time",
    "bad-status",
    "invalid-header",
    "invalid-method",
    "invalid-url",
    "no-entry",
    "no-environment",
    "no-url",
];

/// Codes of errors that an input file is to blame for.
const INPUT: [&str; 15] = [
    "auth",
    "bad-name",
    "body-file",
    "ca-file",
    "dot-env",
    "extends-circle",
    "file",
    "invalid-file",
    "not-a-request",
    "not-a-workspace",
    "not-found",
    "no-body-file",
    "no-workspace",
    "outside-workspace",
    "read-failed",
];

impl From<WireError> for Failure {
    fn from(error: WireError) -> Self {
        let code = error.code.replace('_', "-");
        let exit = if USAGE.contains(&code.as_str()) {
            Exit::Usage
        } else if INPUT.contains(&code.as_str()) || error.place.is_some() {
            Exit::BadInput
        } else {
            Exit::Unfinished
        };
        Self { exit, error: Some(error) }
    }
}

/// Standard output went away (`errand view big | head`): nothing is wrong, and nothing is to be said.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { exit: Exit::Done, error: None };
        }
        Self::unfinished(
            WireError::new(
                "output",
                format!("The output could not be written: {}.", plain(&error)),
            )
            .hint("See whether the disk has room."),
        )
    }
}
