use std::time::Duration;

/// Why the keychain gave no answer. Never contains a value, and never means that what is stored
/// may be replaced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The keychain is locked, and nobody unlocked it.
    #[error(
        "The keychain is locked. Unlock it (log in to the desktop, or open your password manager) and try again."
    )]
    Locked,
    /// There is none, or it cannot be reached.
    #[error(
        "No keychain can be reached ({reason}). Secrets can be kept for this session only. On Linux, install and start a Secret Service such as gnome-keyring or KWallet."
    )]
    NoKeychain {
        /// What the system says.
        reason: String,
    },
    /// It did not answer in time. It may be showing a prompt somewhere.
    #[error("The keychain did not answer within {} seconds. Look for its password prompt, or restart it, and try again.", after.as_secs_f32())]
    Timeout {
        /// How long it was given.
        after: Duration,
    },
    /// What it answered makes no sense: undecipherable, cut, twice there.
    #[error(
        "The keychain gave an answer that cannot be used ({reason}). Nothing was changed. Look at the entry in your password manager."
    )]
    BadAnswer {
        /// What is wrong with it.
        reason: String,
    },
    /// This is not the keychain that Errand used last time, or it was emptied.
    #[error(
        "This is not the keychain that was used last time, so its answers are not trusted and nothing is written to it. If you changed or reset your keychain, confirm that Errand shall use the new one."
    )]
    AnotherKeychain,
    /// A secret cannot get the name of another one.
    #[error(
        "There is a different value under the new name already, so nothing was moved. Delete one of the two, and try again."
    )]
    Occupied,
}

impl Error {
    /// Whether a value can be kept in memory instead: the keychain is out of reach, not wrong.
    pub fn is_out_of_reach(&self) -> bool {
        matches!(self, Self::Locked | Self::NoKeychain { .. } | Self::Timeout { .. })
    }
}
