use std::fmt;
use std::str::FromStr;

use crate::Error;

/// A signature algorithm: RFC 7518 §3.1, and `EdDSA` of RFC 8037 §3.1 (with Ed25519).
///
/// There is no value for `none`, so a token without a signature can be neither made nor accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// HMAC with SHA-256.
    Hs256,
    /// HMAC with SHA-384.
    Hs384,
    /// HMAC with SHA-512.
    Hs512,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PSS with SHA-384.
    Ps384,
    /// RSASSA-PSS with SHA-512.
    Ps512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// ECDSA on P-521 with SHA-512.
    Es512,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: &'static [Self] = &[
        Self::Hs256,
        Self::Hs384,
        Self::Hs512,
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::Es512,
        Self::EdDsa,
    ];

    /// Every algorithm with a public key: what a token of another party may be signed with.
    pub const ASYMMETRIC: &'static [Self] = &[
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::Es512,
        Self::EdDsa,
    ];

    /// The name in a token's header.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Es512 => "ES512",
            Self::EdDsa => "EdDSA",
        }
    }

    /// Whether it needs a secret that both sides know, rather than a private and a public key.
    pub const fn is_symmetric(self) -> bool {
        matches!(self, Self::Hs256 | Self::Hs384 | Self::Hs512)
    }

    /// The key it needs, in words.
    pub(crate) const fn needs(self) -> &'static str {
        match self {
            Self::Hs256 | Self::Hs384 | Self::Hs512 => "a shared secret",
            Self::Rs256 | Self::Rs384 | Self::Rs512 | Self::Ps256 | Self::Ps384 | Self::Ps512 => {
                "an RSA key"
            }
            Self::Es256 => "an EC key on the curve P-256",
            Self::Es384 => "an EC key on the curve P-384",
            Self::Es512 => "an EC key on the curve P-521",
            Self::EdDsa => "an Ed25519 key",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Algorithm {
    type Err = Error;

    /// As written in a header. `Ed25519`, the name that RFC 9864 gives the same algorithm, is
    /// understood too.
    fn from_str(name: &str) -> Result<Self, Error> {
        if name == "Ed25519" {
            return Ok(Self::EdDsa);
        }
        Self::ALL
            .iter()
            .copied()
            .find(|known| known.name() == name)
            .ok_or_else(|| Error::Algorithm { given: crate::error::excerpt(name) })
    }
}

/// The names of several, for messages.
pub(crate) fn names(algorithms: &[Algorithm]) -> String {
    algorithms.iter().map(|known| known.name()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for known in Algorithm::ALL {
            assert_eq!(known.name().parse(), Ok(*known));
            assert_eq!(known.to_string(), known.name());
        }
        assert_eq!("Ed25519".parse(), Ok(Algorithm::EdDsa));
    }

    #[test]
    fn other_names_are_refused_with_the_list() {
        for name in ["none", "None", "NONE", "hs256", "", "HS256 ", "RSA-OAEP"] {
            let error = name.parse::<Algorithm>().expect_err("no algorithm");
            assert!(error.to_string().contains("HS256, HS384"), "{error}");
        }
    }

    #[test]
    fn the_asymmetric_ones_are_all_but_hmac() {
        let expected: Vec<_> =
            Algorithm::ALL.iter().copied().filter(|known| !known.is_symmetric()).collect();
        assert_eq!(Algorithm::ASYMMETRIC, expected);
    }
}
