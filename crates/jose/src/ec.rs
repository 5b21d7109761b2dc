//! Keys on the three curves of RFC 7518 §6.2.1.1.

use getrandom::SysRng;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::elliptic_curve::Generate as _;
use zeroize::Zeroizing;

use crate::Error;

/// A curve.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Curve {
    P256,
    P384,
    P521,
}

impl Curve {
    pub(crate) const ALL: [Self; 3] = [Self::P256, Self::P384, Self::P521];

    /// The name in a JWK.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
        }
    }

    /// Bytes of a coordinate.
    pub(crate) const fn size(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }
}

#[derive(Clone)]
pub(crate) enum Private {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Public {
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    P521(p521::ecdsa::VerifyingKey),
}

/// The same on whatever curve the key is.
macro_rules! on_its_curve {
    ($kind:ident, $key:expr, $name:ident => $body:expr) => {
        match $key {
            $kind::P256($name) => $body,
            $kind::P384($name) => $body,
            $kind::P521($name) => $body,
        }
    };
}

impl Private {
    /// From the private number, big-endian and of the curve's size.
    pub(crate) fn new(curve: Curve, number: &[u8]) -> Option<Self> {
        Some(match curve {
            Curve::P256 => Self::P256(p256::ecdsa::SigningKey::from_slice(number).ok()?),
            Curve::P384 => Self::P384(p384::ecdsa::SigningKey::from_slice(number).ok()?),
            Curve::P521 => Self::P521(p521::ecdsa::SigningKey::from_slice(number).ok()?),
        })
    }

    pub(crate) fn generate(curve: Curve) -> Result<Self, Error> {
        let random = |error: getrandom::Error| Error::Random(error.to_string());
        Ok(match curve {
            Curve::P256 => Self::P256(
                p256::ecdsa::SigningKey::try_generate_from_rng(&mut SysRng).map_err(random)?,
            ),
            Curve::P384 => Self::P384(
                p384::ecdsa::SigningKey::try_generate_from_rng(&mut SysRng).map_err(random)?,
            ),
            Curve::P521 => Self::P521(
                p521::ecdsa::SigningKey::try_generate_from_rng(&mut SysRng).map_err(random)?,
            ),
        })
    }

    pub(crate) fn public(&self) -> Public {
        match self {
            Self::P256(key) => Public::P256(*key.verifying_key()),
            Self::P384(key) => Public::P384(*key.verifying_key()),
            Self::P521(key) => Public::P521(*key.verifying_key()),
        }
    }

    /// The private number.
    pub(crate) fn number(&self) -> Zeroizing<Vec<u8>> {
        on_its_curve!(Self, self, key => {
            let bytes = Zeroizing::new(key.to_bytes());
            Zeroizing::new(bytes.as_slice().to_vec())
        })
    }

    /// `R || S`, each of the curve's size (RFC 7518 §3.4). The nonce is that of RFC 6979.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        Some(match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.try_sign(message).ok()?;
                signature.to_bytes().to_vec()
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature = key.try_sign(message).ok()?;
                signature.to_bytes().to_vec()
            }
            Self::P521(key) => {
                let signature: p521::ecdsa::Signature = key.try_sign(message).ok()?;
                signature.to_bytes().to_vec()
            }
        })
    }
}

impl Public {
    /// From a point as in SEC 1 §2.3.3; on the curve, or none.
    pub(crate) fn new(curve: Curve, point: &[u8]) -> Option<Self> {
        Some(match curve {
            Curve::P256 => Self::P256(p256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?),
            Curve::P384 => Self::P384(p384::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?),
            Curve::P521 => Self::P521(p521::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?),
        })
    }

    pub(crate) const fn curve(&self) -> Curve {
        match self {
            Self::P256(_) => Curve::P256,
            Self::P384(_) => Curve::P384,
            Self::P521(_) => Curve::P521,
        }
    }

    /// The coordinates, each of the curve's size.
    pub(crate) fn coordinates(&self) -> (Vec<u8>, Vec<u8>) {
        let point = on_its_curve!(Self, self, key => key.to_sec1_point(false).as_bytes().to_vec());
        let size = self.curve().size();
        (point[1..=size].to_vec(), point[1 + size..].to_vec())
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::P256(key) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Self::P384(key) => p384::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Self::P521(key) => p521::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
        }
    }
}
