//! RSA: keys from their numbers, and the two ways of RFC 8017 to sign with them.

use getrandom::SysRng;
use rsa::Pkcs1v15Sign;
use rsa::pkcs1v15::SigningKey;
use rsa::pss::{Pss, SigningKey as PssKey};
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _};
use rsa::{BoxedUint, RsaPrivateKey, RsaPublicKey};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::Error;

/// The hash of an RSA signature.
#[derive(Clone, Copy)]
pub(crate) enum RsaHash {
    Sha256,
    Sha384,
    Sha512,
}

/// A number from big-endian bytes, in as many bits as the modulus has.
fn number(bytes: &[u8], bits: u32) -> Result<BoxedUint, Error> {
    BoxedUint::from_be_slice(bytes, bits)
        .map_err(|_| Error::broken("RSA key", "a number is larger than the modulus"))
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..]
}

fn bits(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len().saturating_mul(8)).unwrap_or(u32::MAX)
}

/// A public key from modulus and exponent.
pub(crate) fn public(n: &[u8], e: &[u8]) -> Result<RsaPublicKey, Error> {
    let (n, e) = (within_limit(n)?, within_limit(e)?);
    RsaPublicKey::new(number(n, bits(n))?, number(e, bits(e))?).map_err(refused)
}

/// A private key from its numbers; without the primes they are computed (RFC 7518 §6.3.2).
pub(crate) fn private(
    [modulus, exponent, private]: [&[u8]; 3],
    primes: Option<[&[u8]; 2]>,
) -> Result<RsaPrivateKey, Error> {
    let (modulus, exponent) = (within_limit(modulus)?, within_limit(exponent)?);
    let width = bits(modulus);
    let primes = primes
        .iter()
        .flatten()
        .map(|prime| number(without_zeros(prime), width))
        .collect::<Result<Vec<_>, _>>()?;
    let private = number(without_zeros(private), width)?;
    let exponent = number(exponent, bits(exponent))?;
    RsaPrivateKey::from_components(number(modulus, width)?, exponent, private, primes)
        .map_err(refused)
}

/// Keeps absurd sizes from being computed with.
fn within_limit(bytes: &[u8]) -> Result<&[u8], Error> {
    let bytes = without_zeros(bytes);
    if bytes.is_empty() {
        return Err(Error::broken("RSA key", "a number is missing"));
    }
    if bytes.len() * 8 > RsaPublicKey::MAX_SIZE {
        return Err(Error::broken(
            "RSA key",
            format!("it is longer than {} bits", RsaPublicKey::MAX_SIZE),
        ));
    }
    Ok(bytes)
}

#[allow(clippy::needless_pass_by_value)] // as map_err hands it over
pub(crate) fn refused(error: rsa::Error) -> Error {
    match error {
        rsa::Error::ModulusTooSmall => Error::broken(
            "RSA key",
            format!("it is shorter than {} bits, which is unsafe", RsaPublicKey::MIN_SIZE),
        ),
        other => Error::broken("RSA key", other.to_string()),
    }
}

pub(crate) fn generate() -> Result<RsaPrivateKey, Error> {
    // The generator cannot hand a failure on, so it is asked first whether it works at all.
    getrandom::fill(&mut [0; 1]).map_err(|error| Error::Random(error.to_string()))?;
    let mut random = rsa::rand_core::UnwrapErr(SysRng);
    RsaPrivateKey::new(&mut random, 2048).map_err(refused)
}

/// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2), blinded.
pub(crate) fn sign_pkcs1(key: &RsaPrivateKey, hash: RsaHash, message: &[u8]) -> Option<Vec<u8>> {
    let key = key.clone();
    let random = &mut SysRng;
    let signature = match hash {
        RsaHash::Sha256 => SigningKey::<Sha256>::new(key).try_sign_with_rng(random, message),
        RsaHash::Sha384 => SigningKey::<Sha384>::new(key).try_sign_with_rng(random, message),
        RsaHash::Sha512 => SigningKey::<Sha512>::new(key).try_sign_with_rng(random, message),
    };
    Some(signature.ok()?.to_vec())
}

/// RSASSA-PSS (RFC 8017 §8.1), the salt as long as the hash (RFC 7518 §3.5), blinded.
pub(crate) fn sign_pss(key: &RsaPrivateKey, hash: RsaHash, message: &[u8]) -> Option<Vec<u8>> {
    let key = key.clone();
    let random = &mut SysRng;
    let signature = match hash {
        RsaHash::Sha256 => PssKey::<Sha256>::new(key).try_sign_with_rng(random, message),
        RsaHash::Sha384 => PssKey::<Sha384>::new(key).try_sign_with_rng(random, message),
        RsaHash::Sha512 => PssKey::<Sha512>::new(key).try_sign_with_rng(random, message),
    };
    Some(signature.ok()?.to_vec())
}

pub(crate) fn verify_pkcs1(
    key: &RsaPublicKey,
    hash: RsaHash,
    message: &[u8],
    signature: &[u8],
) -> bool {
    match hash {
        RsaHash::Sha256 => {
            key.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message), signature)
        }
        RsaHash::Sha384 => {
            key.verify(Pkcs1v15Sign::new::<Sha384>(), &Sha384::digest(message), signature)
        }
        RsaHash::Sha512 => {
            key.verify(Pkcs1v15Sign::new::<Sha512>(), &Sha512::digest(message), signature)
        }
    }
    .is_ok()
}

pub(crate) fn verify_pss(
    key: &RsaPublicKey,
    hash: RsaHash,
    message: &[u8],
    signature: &[u8],
) -> bool {
    match hash {
        RsaHash::Sha256 => key.verify(Pss::<Sha256>::new(), &Sha256::digest(message), signature),
        RsaHash::Sha384 => key.verify(Pss::<Sha384>::new(), &Sha384::digest(message), signature),
        RsaHash::Sha512 => key.verify(Pss::<Sha512>::new(), &Sha512::digest(message), signature),
    }
    .is_ok()
}
