use md5::Md5;
use sha2::{Digest, Sha256, Sha512, Sha512_256};

use crate::surroundings::hex;
use crate::{Error, Payload, parts};

/// Hashes of RFC 7616 §6.1, weakest first, and SHA-512, which it does not have but servers do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hash {
    Md5,
    Sha256,
    Sha512,
    Sha512Of256,
}

/// The `algorithm` parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Algorithm {
    pub hash: Hash,
    /// `-sess`: the first nonces take part in the key.
    pub session: bool,
}

impl Algorithm {
    /// By its name, case ignored.
    pub fn named(name: &str) -> Option<Self> {
        let upper = name.to_ascii_uppercase();
        let (name, session) = match upper.strip_suffix("-SESS") {
            Some(name) => (name, true),
            None => (upper.as_str(), false),
        };
        let hash = match name {
            "MD5" => Hash::Md5,
            "SHA-256" => Hash::Sha256,
            "SHA-512" => Hash::Sha512,
            "SHA-512-256" => Hash::Sha512Of256,
            _ => return None,
        };
        Some(Self { hash, session })
    }
}

impl Hash {
    /// `H()` of RFC 7616 §3.3: in lower-case hexadecimal.
    pub fn of(self, text: &str) -> String {
        match self {
            Self::Md5 => hex(&Md5::digest(text)),
            Self::Sha256 => hex(&Sha256::digest(text)),
            Self::Sha512 => hex(&Sha512::digest(text)),
            Self::Sha512Of256 => hex(&Sha512_256::digest(text)),
        }
    }

    /// The same of a body.
    pub fn of_payload(self, payload: &dyn Payload) -> Result<String, Error> {
        Ok(match self {
            Self::Md5 => hex(&parts::hash::<Md5>(payload)?),
            Self::Sha256 => hex(&parts::hash::<Sha256>(payload)?),
            Self::Sha512 => hex(&parts::hash::<Sha512>(payload)?),
            Self::Sha512Of256 => hex(&parts::hash::<Sha512_256>(payload)?),
        })
    }
}
