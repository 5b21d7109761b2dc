use thiserror::Error;

/// Why a source could not be read. `at` is a byte offset into it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no curl command.
    #[error("This is not a curl command: no command in it begins with \"curl\".")]
    NotCurl,
    /// A quote is opened and not closed.
    #[error("The quote {quote} is opened and never closed. Is the command cut off?")]
    UnclosedQuote {
        /// The quote.
        quote: char,
        /// Where it is opened.
        at: usize,
    },
    /// curl has no such option.
    #[error("curl has no option {option}, or more than one that begins so.")]
    UnknownOption {
        /// As written.
        option: String,
        /// Where it stands.
        at: usize,
    },
    /// An option's value is missing.
    #[error("The curl option {option} needs a value after it. Is the command cut off?")]
    MissingValue {
        /// As written.
        option: String,
        /// Where it stands.
        at: usize,
    },
    /// An option's value makes no sense.
    #[error("The value of the curl option {option} is not {wanted}.")]
    BadValue {
        /// As written.
        option: String,
        /// What it ought to be.
        wanted: &'static str,
        /// Where the option stands.
        at: usize,
    },
    /// Two options that curl does not take together.
    #[error("curl does not take {one} and {other} together: a request has one body.")]
    Conflict {
        /// The first.
        one: &'static str,
        /// The second.
        other: &'static str,
        /// Where the command stands.
        at: usize,
    },
    /// No URL is given.
    #[error("The curl command has no URL.")]
    NoUrl {
        /// Where the command stands.
        at: usize,
    },
}

impl Error {
    /// Byte offset into the source.
    pub fn at(&self) -> usize {
        match self {
            Self::NotCurl => 0,
            Self::UnclosedQuote { at, .. }
            | Self::UnknownOption { at, .. }
            | Self::MissingValue { at, .. }
            | Self::BadValue { at, .. }
            | Self::Conflict { at, .. }
            | Self::NoUrl { at } => *at,
        }
    }
}
