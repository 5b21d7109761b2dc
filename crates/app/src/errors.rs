//! From the crates' errors to what a face shows.

use std::path::Path;

use crate::wire::WireError;

/// An error of reading or writing a file outside the workspace.
pub fn file(action: &str, path: &Path, error: &std::io::Error) -> WireError {
    WireError::new("file", format!("Could not {action} {}: {error}.", path.display()))
        .hint("See whether the folder exists, can be written and has room.")
        .at(path.display().to_string(), None, None)
}

/// Another error of the system.
pub fn io(action: &str, error: &std::io::Error) -> WireError {
    WireError::new("io", format!("Could not {action}: {error}."))
}

/// An error of the spool or a view.
pub fn body(error: &errand_body::Error) -> WireError {
    WireError::new("body", error.to_string())
}

/// An error of history.
pub fn history(error: &errand_history::Error) -> WireError {
    WireError::new("history", error.to_string())
}

/// An error of the keychain.
pub fn vault(error: &errand_vault::Error) -> WireError {
    WireError::new("keychain", error.to_string())
}
