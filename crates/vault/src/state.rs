use crate::{Error, SecretId};

/// What the footer shows about the keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeychainState {
    /// Open and answering.
    Available,
    /// There, but locked; reading or writing a secret asks the user to unlock it.
    Locked,
    /// Not there; the text says why. Secrets are kept for this session only.
    Absent(String),
    /// There, but it does not answer.
    NotAnswering,
    /// There, but its answers cannot be used; the text says why.
    BadAnswer(String),
    /// Not the one of last time: see `Vault::adopt_keychain`.
    Another,
}

impl From<Error> for KeychainState {
    fn from(error: Error) -> Self {
        match error {
            Error::Locked => Self::Locked,
            Error::NoKeychain { reason } => Self::Absent(reason),
            Error::Timeout { .. } => Self::NotAnswering,
            Error::BadAnswer { reason } => Self::BadAnswer(reason),
            Error::AnotherKeychain => Self::Another,
            // Told by renaming only, which reached the keychain.
            Error::Occupied => Self::Available,
        }
    }
}

/// Where a value is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// In the keychain.
    Keychain,
    /// In memory, until the program ends. To be marked wherever it is shown.
    SessionOnly,
}

/// One secret of a [`Listing`]; its value is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub id: SecretId,
    /// Where it is.
    pub stored: Stored,
}

/// The secrets of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// By environment and name.
    pub secrets: Vec<Listed>,
    /// Why those in the keychain are missing from the list, when they are.
    pub error: Option<Error>,
}
