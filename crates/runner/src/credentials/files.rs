//! What schemes take from files of this machine: keys, `.netrc`, the AWS tools' files.

use std::path::{Path, PathBuf};

use errand_auth::{AwsSettings, Secret, Surroundings};
use errand_model::{Auth, KeyText};

use crate::Error;
use crate::resolve::Resolver;

/// No key is larger, and whatever is, was chosen by mistake.
const LARGEST: u64 = 1 << 20;

/// Puts the content of key files in the place of their names.
pub(super) fn read_keys(
    auth: &mut Auth,
    base: &Path,
    resolver: &mut Resolver<'_>,
) -> Result<(), Error> {
    let keys: Vec<&mut KeyText> = match auth {
        Auth::OAuth1(oauth1) => vec![&mut oauth1.private_key],
        Auth::OAuth2(oauth2) => vec![&mut oauth2.client_key, &mut oauth2.assertion.key],
        Auth::Jwt(jwt) => vec![&mut jwt.key],
        Auth::Asap(asap) => vec![&mut asap.private_key],
        _ => Vec::new(),
    };
    for key in keys {
        match key {
            KeyText::File(path) if !path.trim().is_empty() => {
                let text = read(&base.join(path.trim()))?;
                resolver.masks.hide(text.expose(), &format!("(the key in {path})"));
                *key = KeyText::Text(text.expose().to_owned());
            }
            KeyText::File(_) => *key = KeyText::None,
            KeyText::Text(_) | KeyText::None => {}
        }
    }
    Ok(())
}

/// What `auth` may look at on this machine; nothing for schemes that look at nothing.
pub(super) fn surroundings(auth: &Auth) -> Result<Surroundings, Error> {
    let mut surroundings = Surroundings::default();
    match auth {
        Auth::AwsV4(_) => surroundings.aws = aws()?,
        Auth::Netrc { file } => {
            let named = (!file.trim().is_empty()).then(|| home_path(file.trim()));
            let path = named
                .or_else(|| std::env::var_os("NETRC").map(PathBuf::from))
                .or_else(|| Some(home()?.join(if cfg!(windows) { "_netrc" } else { ".netrc" })));
            surroundings.netrc = match path {
                Some(path) => read_if_there(&path)?,
                None => None,
            };
        }
        _ => {}
    }
    Ok(surroundings)
}

/// What the AWS tools keep on this machine.
fn aws() -> Result<AwsSettings, Error> {
    let file = |variable: &str, name: &str| -> Result<Option<Secret>, Error> {
        let path = std::env::var_os(variable)
            .map(PathBuf::from)
            .or_else(|| Some(home()?.join(".aws").join(name)));
        path.map_or(Ok(None), |path| read_if_there(&path))
    };
    let environment = std::env::vars_os().filter_map(|(name, value)| {
        let (name, value) = (name.into_string().ok()?, value.into_string().ok()?);
        name.starts_with("AWS_").then(|| (name, Secret::new(value)))
    });
    Ok(AwsSettings {
        credentials: file("AWS_SHARED_CREDENTIALS_FILE", "credentials")?,
        config: file("AWS_CONFIG_FILE", "config")?,
        environment: environment.collect(),
    })
}

fn read_if_there(path: &Path) -> Result<Option<Secret>, Error> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        _ => read(path).map(Some),
    }
}

/// A small text file.
pub(super) fn read(path: &Path) -> Result<Secret, Error> {
    let bytes = read_bytes(path)?;
    String::from_utf8(bytes)
        .map(Secret::new)
        .map_err(|_| Error::credential_file(path, "it is not text"))
}

/// A small file.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let wrong = |error: std::io::Error| {
        let text = error.to_string();
        Error::credential_file(path, text.split(" (os error").next().unwrap_or(&text))
    };
    let metadata = std::fs::metadata(path).map_err(wrong)?;
    if !metadata.is_file() {
        return Err(Error::credential_file(path, "it is not a file"));
    }
    if metadata.len() > LARGEST {
        return Err(Error::credential_file(path, "it is larger than 1 MiB"));
    }
    std::fs::read(path).map_err(wrong)
}

/// A path in which `~/` is the home folder.
fn home_path(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), home()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}
