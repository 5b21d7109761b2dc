//! Signature methods (RFC 5849 §3.4, and the SHA-2 forms that came after it).

use errand_model::{KeyText, OAuth1 as Fields};
use rsa::RsaPrivateKey;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs1v15;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use crate::Error;
use crate::parts::{base64, encode, hmac};

/// A hash of RFC 5849 or its successors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha512,
}

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Hmac(Hash),
    Rsa(Hash),
    Plaintext,
}

const METHODS: [(&str, Method); 7] = [
    ("HMAC-SHA1", Method::Hmac(Hash::Sha1)),
    ("HMAC-SHA256", Method::Hmac(Hash::Sha256)),
    ("HMAC-SHA512", Method::Hmac(Hash::Sha512)),
    ("RSA-SHA1", Method::Rsa(Hash::Sha1)),
    ("RSA-SHA256", Method::Rsa(Hash::Sha256)),
    ("RSA-SHA512", Method::Rsa(Hash::Sha512)),
    ("PLAINTEXT", Method::Plaintext),
];

impl Method {
    /// By its name, case ignored; empty for HMAC-SHA1.
    pub fn named(name: &str) -> Result<Self, Error> {
        let name = if name.trim().is_empty() { "HMAC-SHA1" } else { name.trim() };
        METHODS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, method)| *method)
            .ok_or_else(|| Error::Field {
                field: "signature method",
                expected: format!("one of {}", METHODS.map(|(known, _)| known).join(", ")),
            })
    }

    pub fn name(self) -> &'static str {
        METHODS.iter().find(|(_, method)| *method == self).map_or("", |(name, _)| name)
    }

    /// The hash of its body hashes.
    pub fn hash(self) -> Hash {
        match self {
            Self::Hmac(hash) | Self::Rsa(hash) => hash,
            Self::Plaintext => Hash::Sha1,
        }
    }
}

/// What signatures are made with.
pub(super) enum SigningKey {
    /// Both secrets, encoded, with `&` between them (§3.4.2).
    Hmac(Hash, Zeroizing<String>),
    Rsa(Hash, Box<RsaPrivateKey>),
    Plaintext(Zeroizing<String>),
}

impl SigningKey {
    /// The key that `method` takes from `fields`.
    pub fn new(method: Method, fields: &Fields) -> Result<Self, Error> {
        let secrets = || {
            let consumer = Zeroizing::new(encode(&fields.consumer_secret));
            let token = Zeroizing::new(encode(&fields.access_token_secret));
            Zeroizing::new(format!("{}&{}", consumer.as_str(), token.as_str()))
        };
        Ok(match method {
            Method::Hmac(hash) => Self::Hmac(hash, secrets()),
            Method::Plaintext => Self::Plaintext(secrets()),
            Method::Rsa(hash) => Self::Rsa(hash, Box::new(private_key(&fields.private_key)?)),
        })
    }

    /// The signature of a base string.
    pub fn sign(&self, text: &str) -> Result<String, Error> {
        let bytes = text.as_bytes();
        Ok(match self {
            Self::Plaintext(secrets) => secrets.to_string(),
            Self::Hmac(hash, key) => base64(match hash {
                Hash::Sha1 => hmac::<Sha1>(key.as_bytes(), bytes),
                Hash::Sha256 => hmac::<Sha256>(key.as_bytes(), bytes),
                Hash::Sha512 => hmac::<Sha512>(key.as_bytes(), bytes),
            }),
            Self::Rsa(hash, key) => {
                let key = key.as_ref().clone();
                base64(match hash {
                    Hash::Sha1 => rsa_signature(&pkcs1v15::SigningKey::<Sha1>::new(key), bytes),
                    Hash::Sha256 => rsa_signature(&pkcs1v15::SigningKey::<Sha256>::new(key), bytes),
                    Hash::Sha512 => rsa_signature(&pkcs1v15::SigningKey::<Sha512>::new(key), bytes),
                }?)
            }
        })
    }
}

fn rsa_signature<K: Signer<pkcs1v15::Signature>>(key: &K, text: &[u8]) -> Result<Vec<u8>, Error> {
    key.try_sign(text)
        .map(|signature| signature.to_vec())
        .map_err(|_| unreadable("it is too short for this signature method"))
}

/// A PEM private key, PKCS#1 or PKCS#8.
fn private_key(text: &KeyText) -> Result<RsaPrivateKey, Error> {
    let KeyText::Text(pem) = text else { return Err(Error::Empty { field: "private key" }) };
    // Keys pasted into one line have their line breaks written out.
    let pem = Zeroizing::new(pem.trim().replace("\\n", "\n"));
    if pem.is_empty() {
        return Err(Error::Empty { field: "private key" });
    }
    if pem.contains("BEGIN ENCRYPTED") || pem.contains("ENCRYPTED\n") {
        return Err(unreadable("it is locked with a passphrase. Take that off with: openssl pkey"));
    }
    if pem.contains("BEGIN RSA PRIVATE KEY") {
        return RsaPrivateKey::from_pkcs1_pem(&pem).map_err(|_| unreadable("it is damaged"));
    }
    if pem.contains("BEGIN PRIVATE KEY") {
        return RsaPrivateKey::from_pkcs8_pem(&pem)
            .map_err(|_| unreadable("it is damaged, or no RSA key"));
    }
    Err(unreadable("it does not begin with BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY"))
}

fn unreadable(reason: &str) -> Error {
    Error::Key { field: "private key", reason: reason.to_owned() }
}
