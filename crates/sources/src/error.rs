use std::time::Duration;

use crate::Access;

/// Why a secret's value cannot be had. Never contains a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing was done: the user has not approved it.
    #[error(
        "For the value of a secret this workspace wants to {access}. That is not approved, so it was not done. Approve it if you trust who wrote the workspace."
    )]
    NotApproved {
        /// What to ask the user.
        access: Access,
    },
    /// A field of the source cannot be used as it is.
    #[error(
        "The secret's source has a {field} that {reason}. Correct it where the secret is declared."
    )]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The program is not on the search path.
    #[error(
        "The program \"{program}\" is not installed, or not on the PATH that Errand was started with. {hint}"
    )]
    NotInstalled {
        /// Its name.
        program: String,
        /// Where to get it.
        hint: &'static str,
    },
    /// Nobody is logged in, or the store is locked or sealed.
    #[error("{what} is locked, or you are not logged in ({said}). {unlock}")]
    Locked {
        /// Which store.
        what: String,
        /// What it said.
        said: String,
        /// What to do, with the command.
        unlock: String,
    },
    /// The secret is not where it should be.
    #[error("There is no {what}. {hint}")]
    NotFound {
        /// What was looked for, and where.
        what: String,
        /// What to do.
        hint: String,
    },
    /// The secret is there, but what it should hold is not.
    #[error("{what} has no {field}. {hint}")]
    NoField {
        /// The secret.
        what: String,
        /// What was looked for in it.
        field: String,
        /// What it has, or what to do.
        hint: String,
    },
    /// The store refuses.
    #[error("{what} may not be read with these credentials ({said}). {hint}")]
    Denied {
        /// The secret.
        what: String,
        /// What the store said.
        said: String,
        /// What to do.
        hint: String,
    },
    /// It took too long, and was stopped.
    #[error(
        "{what} did not answer within {} seconds and was stopped. It may be waiting for you: try it in a terminal.", after.as_secs_f32()
    )]
    TimedOut {
        /// What was asked.
        what: String,
        /// The limit.
        after: Duration,
    },
    /// It ended with an error of its own.
    #[error("{what} failed: {said}. Try it in a terminal.")]
    Failed {
        /// What was asked.
        what: String,
        /// The first line of what it said, without what looks secret.
        said: String,
    },
    /// More than a secret can be.
    #[error(
        "{what} gives more than {limit} bytes, which is too long for a secret's value. Look at what it gives."
    )]
    TooLong {
        /// What was asked.
        what: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// Bytes that are no text.
    #[error("{what} gives bytes that are not UTF-8 text. Encode the value, such as by base64.")]
    NotText {
        /// What was asked.
        what: String,
    },
    /// No connection, or none that is trusted.
    #[error("{what} cannot be reached: {reason}. Check its address and your network.")]
    Unreachable {
        /// Which server.
        what: String,
        /// Why.
        reason: String,
    },
    /// An answer that makes no sense.
    #[error("{what} gave an answer that cannot be used: {reason}.")]
    BadAnswer {
        /// What was asked.
        what: String,
        /// What is wrong with the answer.
        reason: String,
    },
}

impl Error {
    /// A word that does not change, to branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotApproved { .. } => "not-approved",
            Self::Invalid { .. } => "invalid-source",
            Self::NotInstalled { .. } => "not-installed",
            Self::Locked { .. } => "locked",
            Self::NotFound { .. } => "not-found",
            Self::NoField { .. } => "no-field",
            Self::Denied { .. } => "denied",
            Self::TimedOut { .. } => "timed-out",
            Self::Failed { .. } => "failed",
            Self::TooLong { .. } => "too-long",
            Self::NotText { .. } => "not-text",
            Self::Unreachable { .. } => "unreachable",
            Self::BadAnswer { .. } => "bad-answer",
        }
    }
}
