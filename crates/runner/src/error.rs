use std::path::PathBuf;

use thiserror::Error;

/// Why a request could not be made ready to send.
#[derive(Debug, Error)]
pub enum Error {
    /// The URL is empty.
    #[error("The request has no URL.")]
    NoUrl,
    /// A file body without a file.
    #[error("The body is a file, but none is chosen.")]
    NoBodyFile,
    /// A file that cannot be sent.
    #[error("The file {path} cannot be sent: {reason}.")]
    BodyFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A header that cannot be on the wire.
    #[error("The header \"{name}\" cannot be sent: {reason}.")]
    Header {
        /// Its name as rendered.
        name: String,
        /// Why.
        reason: String,
    },
    /// The auth cannot be applied.
    #[error(transparent)]
    Auth(#[from] errand_auth::Error),
    /// The fields of the auth are not what the scheme needs.
    #[error("The auth is not understood: {reason}.")]
    Fields {
        /// Why.
        reason: String,
    },
    /// A file with a key, a certificate or passwords.
    #[error("The file {path} cannot be used: {reason}.")]
    CredentialFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A client certificate that cannot be shown.
    #[error(transparent)]
    Certificate(#[from] errand_engine::IdentityError),
    /// The spool failed.
    #[error(transparent)]
    Body(#[from] errand_body::Error),
}

impl Error {
    pub(crate) fn fields(error: &serde_json::Error) -> Self {
        Self::Fields { reason: error.to_string() }
    }

    pub(crate) fn credential_file(path: &std::path::Path, reason: &str) -> Self {
        Self::CredentialFile { path: path.to_owned(), reason: reason.to_owned() }
    }

    /// Stable name of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoUrl => "no-url",
            Self::NoBodyFile | Self::BodyFile { .. } => "body-file",
            Self::Header { .. } => "invalid-header",
            Self::Auth(_) | Self::Fields { .. } => "auth",
            Self::CredentialFile { .. } => "credential-file",
            Self::Certificate(_) => "client-certificate",
            Self::Body(_) => "spool",
        }
    }

    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoUrl => "Type a URL, such as https://example.com or {{base_url}}/orders.",
            Self::NoBodyFile => "Choose a file in the Body tab, or another kind of body.",
            Self::BodyFile { .. } | Self::CredentialFile { .. } => {
                "File names are relative to the workspace's folder; choose the file again."
            }
            Self::Header { .. } => "Correct the row in the Headers tab, or switch it off.",
            Self::Certificate(_) => {
                "Correct the client certificate in the environment or the collection's settings."
            }
            Self::Auth(_) | Self::Fields { .. } => {
                "Correct the Auth tab of the request or of the folder it inherits from."
            }
            Self::Body(_) => {
                "Make room on the disk, or see whether the app's data folder can be written."
            }
        }
    }
}
