use errand_auth::TokenStoreError;

use crate::{BrowserError, ServerError};

/// Why there is no token. Never contains a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A field that the flow needs is empty.
    #[error("The {field} is empty. {hint}")]
    Missing {
        /// Which field.
        field: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// A field holds what it cannot hold.
    #[error("The {field} cannot be used: {reason}.")]
    Field {
        /// Which field.
        field: &'static str,
        /// Why; without a secret.
        reason: String,
    },
    /// A person must log in and may not be asked now.
    #[error("A login is needed: {reason}. Log in for this request, then send again.")]
    LoginNeeded {
        /// Why there is no token to use.
        reason: String,
    },
    /// No answer.
    #[error("{step} failed: {reason}")]
    Http {
        /// Which request.
        step: &'static str,
        /// The transport's words.
        reason: String,
    },
    /// The server refused.
    #[error("{0}")]
    Server(Box<ServerError>),
    /// An answer that is not what the specification says.
    #[error("{step}: the server's answer is not understood: {reason}.")]
    Answer {
        /// Which request.
        step: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// No metadata at the issuer, or someone else's.
    #[error("The issuer {issuer} could not be discovered: {reason}")]
    Discovery {
        /// As given.
        issuer: String,
        /// What was tried and found.
        reason: String,
    },
    /// The redirect does not belong to the login that was begun.
    #[error("The login is refused: {reason}. Nothing was accepted; log in again.")]
    Redirect {
        /// `state`, `iss` or the URL, and what is wrong with it.
        reason: String,
    },
    /// An ID token that does not stand the check (`OpenID` Connect Core §3.1.3.7).
    #[error("The ID token is refused: {reason} No token was accepted.")]
    IdToken {
        /// Which check, in a sentence.
        reason: String,
    },
    /// A key that cannot sign.
    #[error("The {field} cannot be used. {reason}")]
    Key {
        /// Which key.
        field: &'static str,
        /// Why, in a sentence.
        reason: String,
    },
    /// The user did not confirm a device login in time.
    #[error("The code was not confirmed in time. Log in again for a new one.")]
    DeviceExpired,
    /// The browser leg did not come to its end.
    #[error("{0}")]
    Browser(#[from] BrowserError),
    /// The keychain could not answer. What it holds is unchanged.
    #[error("The kept token cannot be read or changed: {0}")]
    Store(#[from] TokenStoreError),
    /// What is kept is no token of this program.
    #[error(
        "What the keychain holds for this login is not a token ({reason}). It was left as it is; log in again to replace it."
    )]
    Unreadable {
        /// What is wrong with it.
        reason: String,
    },
    /// Nothing to refresh with.
    #[error(
        "There is no refresh token. Log in again; ask for one with the scope offline_access or as the provider says."
    )]
    NoRefreshToken,
    /// The provider would not refresh, and the old token's time is over.
    #[error(
        "The token has expired and could not be refreshed. {cause} The old token is kept; log in again if this stays."
    )]
    Refresh {
        /// What the server answered.
        cause: Box<Error>,
    },
    /// The system gives no random numbers.
    #[error("The system gives no random numbers, so no login can be begun. Restart the computer.")]
    Random,
    /// A signature could not be made.
    #[error(transparent)]
    Auth(#[from] errand_auth::Error),
    /// A provider catalogue that cannot be read.
    #[error("The provider catalogue is wrong at line {line}: {reason}")]
    Catalogue {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

impl Error {
    /// Whether the server itself said no, so that asking again in the same way is of no use.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Server(_))
    }

    /// The server's own words, where it is a server that refused.
    pub fn server(&self) -> Option<&ServerError> {
        match self {
            Self::Server(error) => Some(error),
            Self::Refresh { cause } => cause.server(),
            _ => None,
        }
    }
}
