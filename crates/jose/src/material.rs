//! What a key is made of, and what can be done with it.

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rsa::{RsaPrivateKey, RsaPublicKey};
use sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use crate::ec::{self, Curve};
use crate::rsa_keys::{self, RsaHash};
use crate::{Algorithm, Error};

/// Every part that holds a secret wipes itself when dropped.
#[derive(Clone)]
pub(crate) enum Material {
    Secret(Zeroizing<Vec<u8>>),
    Private(Box<Private>),
    Public(Box<Public>),
}

#[derive(Clone)]
pub(crate) enum Private {
    Rsa(RsaPrivateKey),
    Ec(ec::Private),
    Ed25519(SigningKey),
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Public {
    Rsa(RsaPublicKey),
    Ec(ec::Public),
    Ed25519(VerifyingKey),
}

impl From<Private> for Material {
    fn from(private: Private) -> Self {
        Self::Private(Box::new(private))
    }
}

impl From<Public> for Material {
    fn from(public: Public) -> Self {
        Self::Public(Box::new(public))
    }
}

impl Private {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::Rsa(key) => Public::Rsa(key.to_public_key()),
            Self::Ec(key) => Public::Ec(key.public()),
            Self::Ed25519(key) => Public::Ed25519(key.verifying_key()),
        }
    }
}

impl Material {
    pub(crate) fn generate(algorithm: Algorithm) -> Result<Self, Error> {
        use Algorithm as A;
        Ok(match algorithm {
            A::Hs256 => Self::Secret(random(32)?),
            A::Hs384 => Self::Secret(random(48)?),
            A::Hs512 => Self::Secret(random(64)?),
            A::Rs256 | A::Rs384 | A::Rs512 | A::Ps256 | A::Ps384 | A::Ps512 => {
                Private::Rsa(rsa_keys::generate()?).into()
            }
            A::Es256 => Private::Ec(ec::Private::generate(Curve::P256)?).into(),
            A::Es384 => Private::Ec(ec::Private::generate(Curve::P384)?).into(),
            A::Es512 => Private::Ec(ec::Private::generate(Curve::P521)?).into(),
            A::EdDsa => {
                let mut seed = Zeroizing::new([0; 32]);
                getrandom::fill(seed.as_mut()).map_err(|error| Error::Random(error.to_string()))?;
                Private::Ed25519(SigningKey::from_bytes(&seed)).into()
            }
        })
    }

    /// The public half; none for a shared secret.
    pub(crate) fn public(&self) -> Option<Public> {
        match self {
            Self::Secret(_) => None,
            Self::Private(private) => Some(private.public()),
            Self::Public(public) => Some((**public).clone()),
        }
    }

    /// In words.
    pub(crate) const fn describe(&self) -> &'static str {
        match self {
            Self::Secret(_) => "a shared secret",
            Self::Private(private) => match **private {
                Private::Rsa(_) => "an RSA private key",
                Private::Ec(ec::Private::P256(_)) => "an EC private key on the curve P-256",
                Private::Ec(ec::Private::P384(_)) => "an EC private key on the curve P-384",
                Private::Ec(ec::Private::P521(_)) => "an EC private key on the curve P-521",
                Private::Ed25519(_) => "an Ed25519 private key",
            },
            Self::Public(public) => match **public {
                Public::Rsa(_) => "an RSA public key",
                Public::Ec(ec::Public::P256(_)) => "an EC public key on the curve P-256",
                Public::Ec(ec::Public::P384(_)) => "an EC public key on the curve P-384",
                Public::Ec(ec::Public::P521(_)) => "an EC public key on the curve P-521",
                Public::Ed25519(_) => "an Ed25519 public key",
            },
        }
    }

    /// The algorithm most used with such a key.
    pub(crate) fn usual_algorithm(&self) -> Algorithm {
        match self.public() {
            None => Algorithm::Hs256,
            Some(Public::Rsa(_)) => Algorithm::Rs256,
            Some(Public::Ec(key)) => match key.curve() {
                Curve::P256 => Algorithm::Es256,
                Curve::P384 => Algorithm::Es384,
                Curve::P521 => Algorithm::Es512,
            },
            Some(Public::Ed25519(_)) => Algorithm::EdDsa,
        }
    }

    /// Whether the key is of the algorithm's kind: HMAC never with a public key's bytes, a curve
    /// only with its own hash (RFC 7518 §3.4).
    pub(crate) fn fits(&self, algorithm: Algorithm) -> bool {
        self.usual_algorithm().needs() == algorithm.needs()
    }

    /// Signs. The caller has seen that the key fits.
    pub(crate) fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, Error> {
        let signature = match self {
            Self::Secret(secret) => mac(algorithm, secret, message),
            Self::Private(private) => match &**private {
                Private::Rsa(key) => match rsa_scheme(algorithm) {
                    Some((Padding::Pkcs1, hash)) => rsa_keys::sign_pkcs1(key, hash, message),
                    Some((Padding::Pss, hash)) => rsa_keys::sign_pss(key, hash, message),
                    None => None,
                },
                Private::Ec(key) => key.sign(message),
                Private::Ed25519(key) => {
                    key.try_sign(message).ok().map(|signature| signature.to_bytes().to_vec())
                }
            },
            Self::Public(_) => return Err(Error::PrivateKeyNeeded { has: self.describe() }),
        };
        signature.ok_or(Error::Signing { algorithm: algorithm.name() })
    }

    /// Whether the signature is this key's. False too when the key does not fit.
    pub(crate) fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        if !self.fits(algorithm) {
            return false;
        }
        if let Self::Secret(secret) = self {
            return mac_matches(algorithm, secret, message, signature);
        }
        match self.public() {
            None => false,
            Some(Public::Rsa(key)) => match rsa_scheme(algorithm) {
                Some((Padding::Pkcs1, hash)) => {
                    rsa_keys::verify_pkcs1(&key, hash, message, signature)
                }
                Some((Padding::Pss, hash)) => rsa_keys::verify_pss(&key, hash, message, signature),
                None => false,
            },
            Some(Public::Ec(key)) => key.verify(message, signature),
            // Strict: keys of small order, for which a signature says nothing, are refused.
            Some(Public::Ed25519(key)) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
        }
    }
}

enum Padding {
    Pkcs1,
    Pss,
}

const fn rsa_scheme(algorithm: Algorithm) -> Option<(Padding, RsaHash)> {
    match algorithm {
        Algorithm::Rs256 => Some((Padding::Pkcs1, RsaHash::Sha256)),
        Algorithm::Rs384 => Some((Padding::Pkcs1, RsaHash::Sha384)),
        Algorithm::Rs512 => Some((Padding::Pkcs1, RsaHash::Sha512)),
        Algorithm::Ps256 => Some((Padding::Pss, RsaHash::Sha256)),
        Algorithm::Ps384 => Some((Padding::Pss, RsaHash::Sha384)),
        Algorithm::Ps512 => Some((Padding::Pss, RsaHash::Sha512)),
        _ => None,
    }
}

fn mac(algorithm: Algorithm, secret: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    Some(match algorithm {
        Algorithm::Hs256 => {
            let mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
            mac.chain_update(message).finalize().into_bytes().to_vec()
        }
        Algorithm::Hs384 => {
            let mac = Hmac::<Sha384>::new_from_slice(secret).ok()?;
            mac.chain_update(message).finalize().into_bytes().to_vec()
        }
        Algorithm::Hs512 => {
            let mac = Hmac::<Sha512>::new_from_slice(secret).ok()?;
            mac.chain_update(message).finalize().into_bytes().to_vec()
        }
        _ => return None,
    })
}

/// Takes the same time wherever the first difference is.
fn mac_matches(algorithm: Algorithm, secret: &[u8], message: &[u8], given: &[u8]) -> bool {
    match algorithm {
        Algorithm::Hs256 => Hmac::<Sha256>::new_from_slice(secret)
            .is_ok_and(|mac| mac.chain_update(message).verify_slice(given).is_ok()),
        Algorithm::Hs384 => Hmac::<Sha384>::new_from_slice(secret)
            .is_ok_and(|mac| mac.chain_update(message).verify_slice(given).is_ok()),
        Algorithm::Hs512 => Hmac::<Sha512>::new_from_slice(secret)
            .is_ok_and(|mac| mac.chain_update(message).verify_slice(given).is_ok()),
        _ => false,
    }
}

fn random(length: usize) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut bytes = Zeroizing::new(vec![0; length]);
    getrandom::fill(&mut bytes).map_err(|error| Error::Random(error.to_string()))?;
    Ok(bytes)
}
