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

/// An error of the workspace's folder.
pub fn workspace(error: &errand_workspace::WorkspaceError) -> WireError {
    use errand_workspace::WorkspaceError as Kind;
    let wire = WireError::new(&error.code().replace('_', "-"), error.to_string());
    match error {
        Kind::Invalid { path, line, column, .. } => {
            wire.at(path.clone(), u32::try_from(*line).ok(), u32::try_from(*column).ok())
        }
        Kind::Conflict(conflict) => wire.at(conflict.path.clone(), None, None),
        _ => wire,
    }
}

/// An error of bringing something in, all of which is left out then.
pub fn incoming(error: &errand_workspace::WorkspaceError) -> WireError {
    let wire = workspace(error);
    let errand_workspace::WorkspaceError::Write { path, source, .. } = error else { return wire };
    let (path, reason) = (path.display(), error.reason().unwrap_or_default());
    let hint = match source.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            "Free some space, and import it again."
        }
        _ => "Choose another folder, or see that this one can be written.",
    };
    let message = format!("Nothing was imported: {path} could not be written, {reason}.");
    WireError::new(&wire.code, message).hint(hint)
}

/// Something of ours broke.
pub fn broken() -> WireError {
    WireError::new("internal", "Something broke inside Errand.")
        .hint("Nothing was lost on disk. Please report what you did.")
}

/// An error of a login or a token.
pub fn oauth(error: &errand_oauth::Error) -> WireError {
    use errand_oauth::Error as Kind;
    let code = match error {
        Kind::LoginNeeded { .. } | Kind::NoRefreshToken => "login-needed",
        Kind::Store(_) | Kind::Unreadable { .. } => "keychain",
        Kind::Browser(_) | Kind::Redirect { .. } | Kind::DeviceExpired => "login-failed",
        _ => "token",
    };
    WireError::new(code, error.to_string())
}

/// An error of making a request ready.
pub fn runner(error: &errand_runner::Error) -> WireError {
    WireError::new(error.code(), error.to_string()).hint(error.hint())
}

/// An error of reading or writing another tool's format.
pub fn interop(error: &errand_interop::Error, source: &errand_interop::Source) -> WireError {
    use errand_interop::Error as Kind;
    let narrow = |number: usize| u32::try_from(number).ok();
    if let Kind::Curl(curl_error) = error {
        let text = source.single().and_then(|entry| entry.text().ok()).unwrap_or_default();
        return curl(curl_error, &text);
    }
    let code = match error {
        Kind::Unknown { .. } => "unknown-format",
        Kind::Refused { .. } => "too-much",
        Kind::Export { .. } => "export",
        _ => "invalid-file",
    };
    let wire = WireError::new(code, error.to_string());
    match error {
        Kind::Export { .. } => wire,
        Kind::Syntax { file, line, column, .. } => {
            let mut wire = wire.at(file.clone(), narrow(*line), narrow(*column));
            if let Some(place) = wire.place.as_mut().filter(|_| file.is_empty()) {
                // A paste has no name.
                place.file = None;
            }
            wire
        }
        other if other.file().is_empty() => wire,
        other => wire.at(other.file(), None, None),
    }
}

/// An error of reading a curl command; the place is in the pasted text.
pub fn curl(error: &errand_interop::curl::Error, text: &str) -> WireError {
    let before = text.get(..error.at()).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let mut wire = WireError::new("curl", error.to_string());
    wire.place = Some(crate::wire::Place {
        file: None,
        line: u32::try_from(line).ok(),
        column: u32::try_from(column).ok(),
    });
    wire
}
