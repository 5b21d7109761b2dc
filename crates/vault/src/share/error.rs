/// Why secrets cannot be sealed or opened. Never contains a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// Sealed for others.
    #[error(
        "These secrets are not sealed for your key {public_key}. Ask a colleague who can open them to add it to .errand/recipients.txt and to seal them again."
    )]
    NotARecipient {
        /// One's own public key.
        public_key: String,
    },
    /// The file is not what was written.
    #[error(
        "The file of shared secrets is damaged{}: {reason}. Take it from the repository again, or ask a colleague to seal the secrets again.", place(*line)
    )]
    Damaged {
        /// Line in the file, from 1, where it can be told.
        line: Option<usize>,
        /// What is wrong.
        reason: String,
    },
    /// Written by a later version.
    #[error(
        "The file of shared secrets has version {version}, and this Errand knows only up to 1. Update Errand."
    )]
    Newer {
        /// The file's version.
        version: String,
    },
    /// Nobody could open it.
    #[error(
        "There is nobody to seal the secrets for. Add public keys to .errand/recipients.txt, your own among them."
    )]
    NoRecipients,
    /// A line of the list that is no key.
    #[error("Line {line} of .errand/recipients.txt {reason}.")]
    Recipient {
        /// From 1.
        line: usize,
        /// What is wrong with it, and what to do.
        reason: String,
    },
    /// Encryption failed.
    #[error("The secrets could not be sealed: {reason}.")]
    Sealing {
        /// What the library says.
        reason: String,
    },
}

fn place(line: Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!(" in line {line}"))
}
