//! Values in files: the whole of one, or an entry of a `.env`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use errand_auth::Secret;
use zeroize::Zeroizing;

use crate::{Access, Error, Machine, text};

/// The file's real place, and whether the user must be asked before it is read.
pub(crate) async fn find(
    written: &str,
    machine: &Machine,
) -> Result<(PathBuf, Option<Access>), Error> {
    let path = machine.path(written);
    let real = tokio::fs::canonicalize(&path).await.map_err(|error| cannot(&path, &error))?;
    let workspace = tokio::fs::canonicalize(&machine.workspace).await.ok();
    let inside = workspace.is_some_and(|workspace| real.starts_with(workspace));
    let access = (!inside).then(|| Access::File(real.clone()));
    Ok((real, access))
}

/// The bytes of a regular file; anything else might never end.
pub(crate) async fn bytes(path: &Path, limit: usize) -> Result<Zeroizing<Vec<u8>>, Error> {
    let about = tokio::fs::metadata(path).await.map_err(|error| cannot(path, &error))?;
    let what = what(path);
    if !about.is_file() {
        return Err(Error::BadAnswer {
            what,
            reason: "it is no file but a folder or device".to_owned(),
        });
    }
    if about.len() > limit as u64 {
        return Err(Error::TooLong { what, limit });
    }
    let mut file = tokio::fs::File::open(path).await.map_err(|error| cannot(path, &error))?;
    text::read(&mut file, limit, &what).await
}

/// The whole file.
pub(crate) async fn content(path: &Path, limit: usize) -> Result<Secret, Error> {
    text::secret(&bytes(path, limit).await?, &what(path))
}

/// One entry of a `.env` file; of several with one name, the last.
pub(crate) async fn entry(path: &Path, variable: &str, limit: usize) -> Result<Secret, Error> {
    let content = bytes(path, limit).await?;
    let text = text::secret(&content, &what(path))?;
    let (mut found, mut names) = (None, Vec::new());
    for line in dotenvy::from_read_iter(text.expose().as_bytes()) {
        let (name, value) =
            line.map_err(|error| Error::BadAnswer { what: what(path), reason: bad_line(&error) })?;
        let value = Secret::new(value);
        if name == variable {
            found = Some(value);
        } else if !names.contains(&name) {
            names.push(name);
        }
    }
    found.ok_or_else(|| Error::NoField {
        what: what(path),
        field: format!("entry \"{variable}\""),
        hint: known(names),
    })
}

/// Names that are there, for someone who mistyped one.
pub(crate) fn known(mut names: Vec<String>) -> String {
    const SHOWN: usize = 20;
    let more = if names.len() > SHOWN { ", …" } else { "" };
    names.truncate(SHOWN);
    if names.is_empty() {
        "It has none at all.".to_owned()
    } else {
        format!("It has: {}{more}.", names.join(", "))
    }
}

/// The line may hold a secret: only where it begins is said.
fn bad_line(error: &dotenvy::Error) -> String {
    match error {
        dotenvy::Error::LineParse(line, _) => {
            let name: String =
                line.split('=').next().unwrap_or_default().chars().take(40).collect();
            if line.contains('=') {
                format!("the line that begins with {name:?} is not NAME=value")
            } else {
                "it has a line that is not NAME=value".to_owned()
            }
        }
        _ => "it cannot be read as NAME=value lines".to_owned(),
    }
}

fn what(path: &Path) -> String {
    format!("The file {}", path.display())
}

fn cannot(path: &Path, error: &std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => Error::NotFound {
            what: format!("file {}", path.display()),
            hint: "Create it, or correct the path where the secret is declared.".to_owned(),
        },
        ErrorKind::PermissionDenied => Error::Denied {
            what: what(path),
            said: "permission denied".to_owned(),
            hint: "Change the file's permissions.".to_owned(),
        },
        _ => Error::Failed { what: what(path), said: error.to_string() },
    }
}
