//! Why a client certificate cannot be used.

/// Why a client certificate cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// The key is encrypted, and there is no passphrase.
    #[error(
        "The client certificate cannot be used: its key is encrypted and there is no passphrase for it."
    )]
    NoPassphrase,
    /// The passphrase is not the key's.
    #[error("The client certificate cannot be used: the passphrase is wrong.")]
    WrongPassphrase,
    /// No certificate is in it.
    #[error("The client certificate cannot be used: {place} holds no certificate.")]
    NoCertificate {
        /// `the certificate file` or the like.
        place: &'static str,
    },
    /// No private key is in it.
    #[error("The client certificate cannot be used: {place} holds no private key.")]
    NoKey {
        /// `the key file` or the like.
        place: &'static str,
    },
    /// Certificate and key are not of one pair.
    #[error(
        "The client certificate cannot be used: the key does not belong to the certificate of {subject}."
    )]
    Mismatch {
        /// Whom the certificate is for.
        subject: String,
    },
    /// It is not what it should be.
    #[error("The client certificate cannot be used: {place} is not {expected}{}{reason}.", if reason.is_empty() { "" } else { ": " })]
    Malformed {
        /// `the certificate file` or the like.
        place: &'static str,
        /// What it should be.
        expected: &'static str,
        /// What is wrong, as the library says it; may be empty.
        reason: String,
    },
    /// A private key that cannot be used to sign.
    #[error(
        "The client certificate cannot be used: {place} holds a damaged key, or one of a kind that is not supported."
    )]
    Key {
        /// `the key file` or the like.
        place: &'static str,
    },
    /// A kind of file or encryption that is not supported.
    #[error("The client certificate cannot be used: {what} is not supported.")]
    Unsupported {
        /// What kind.
        what: String,
    },
}

impl IdentityError {
    /// A stable name to branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoPassphrase | Self::WrongPassphrase => "identity-passphrase",
            Self::NoCertificate { .. } | Self::NoKey { .. } | Self::Malformed { .. } => {
                "identity-file"
            }
            Self::Mismatch { .. } => "identity-mismatch",
            Self::Key { .. } | Self::Unsupported { .. } => "identity-unsupported",
        }
    }

    /// What to do next, in a sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoPassphrase | Self::WrongPassphrase => {
                "Set the passphrase beside the files, in the client certificates."
            }
            Self::NoCertificate { .. } | Self::NoKey { .. } | Self::Malformed { .. } => {
                "Give two PEM files (-----BEGIN CERTIFICATE-----, -----BEGIN PRIVATE KEY-----) or one PKCS#12 file (.p12, .pfx)."
            }
            Self::Mismatch { .. } => "Are the two files of different renewals?",
            Self::Key { .. } => {
                "Use an RSA key of 2048 to 4096 bits, an ECDSA key on P-256 or P-384, or an Ed25519 key."
            }
            Self::Unsupported { .. } => {
                "Convert it: openssl pkcs8 -topk8 -in old.key -out new.key, or openssl pkcs12 -legacy -in old.p12 -nodes | openssl pkcs12 -export -out new.p12."
            }
        }
    }
}
