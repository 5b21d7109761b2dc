//! Keys in PEM: the blocks of a text, and what their labels promise.

use std::borrow::Cow;

use ed25519_dalek::{SigningKey, VerifyingKey};
use pkcs8::der::Decode as _;
use pkcs8::{
    DecodePrivateKey as _, EncryptedPrivateKeyInfoRef, ObjectIdentifier as Oid, PrivateKeyInfoRef,
    SubjectPublicKeyInfoRef, pkcs5,
};
use rsa::pkcs1::{DecodeRsaPrivateKey as _, DecodeRsaPublicKey as _};
use rsa::{RsaPrivateKey, RsaPublicKey};
use sec1::{EcParameters, EcPrivateKey};
use zeroize::Zeroizing;

use crate::Error;
use crate::base64url::decode_pem;
use crate::ec::{self, Curve};
use crate::material::{Material, Private, Public};

const RSA: Oid = Oid::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: Oid = Oid::new_unwrap("1.2.840.113549.1.1.10");
const EC: Oid = Oid::new_unwrap("1.2.840.10045.2.1");
const ED25519: Oid = Oid::new_unwrap("1.3.101.112");
const CURVES: [(Oid, Curve); 3] = [
    (Oid::new_unwrap("1.2.840.10045.3.1.7"), Curve::P256),
    (Oid::new_unwrap("1.3.132.0.34"), Curve::P384),
    (Oid::new_unwrap("1.3.132.0.35"), Curve::P521),
];
/// Kinds of keys people have that sign nothing here.
const OTHERS: &[(&str, &str)] = &[
    ("1.3.132.0.10", "on the curve secp256k1"),
    ("1.2.840.10040.4.1", "a DSA key"),
    ("1.3.101.110", "an X25519 key (for encryption)"),
    ("1.3.101.111", "an X448 key (for encryption)"),
    ("1.3.101.113", "an Ed448 key"),
];

struct Block<'a> {
    label: &'a str,
    body: &'a str,
}

/// The key of a PEM text: a private one before a public one.
pub(crate) fn key(text: &str, passphrase: Option<&str>) -> Result<Material, Error> {
    let text = with_line_breaks(text);
    let blocks = blocks(&text)?;
    let chosen = blocks
        .iter()
        .find(|block| block.label.ends_with("PRIVATE KEY"))
        .or_else(|| {
            blocks
                .iter()
                .find(|block| block.label.ends_with("PUBLIC KEY") || is_certificate(block.label))
        })
        .ok_or_else(|| match blocks.first() {
            Some(block) => Error::broken(
                "PEM",
                format!("it holds no key but \"{}\"", crate::error::excerpt(block.label)),
            ),
            None => Error::broken("PEM", "it has no -----BEGIN … line"),
        })?;
    read(chosen, passphrase)
}

/// Keys from environment variables and JSON files often have `\n` for their line breaks.
fn with_line_breaks(text: &str) -> Cow<'_, str> {
    if text.contains("\\n") {
        Cow::Owned(text.replace("\\r", "").replace("\\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

fn blocks(text: &str) -> Result<Vec<Block<'_>>, Error> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, begun)) = rest.split_once("-----BEGIN ") {
        let (label, after) = begun
            .split_once("-----")
            .ok_or_else(|| Error::broken("PEM", "a BEGIN line does not end in -----"))?;
        let (body, after) = after.split_once("-----END ").ok_or_else(|| {
            Error::broken("PEM", "its -----END … line is missing: was it copied whole?")
        })?;
        found.push(Block { label: label.trim(), body });
        rest = after;
    }
    Ok(found)
}

fn is_certificate(label: &str) -> bool {
    matches!(label, "CERTIFICATE" | "X509 CERTIFICATE")
}

fn read(block: &Block<'_>, passphrase: Option<&str>) -> Result<Material, Error> {
    if block.label == "OPENSSH PRIVATE KEY" {
        return Err(Error::Convert {
            form: "in OpenSSH's own form",
            command: "ssh-keygen -p -m PKCS8 -f KEYFILE (on a copy: it changes the file)",
        });
    }
    if block.body.contains("DEK-Info:") {
        return Err(Error::Convert {
            form: "encrypted in OpenSSL's old way (DEK-Info)",
            command: "openssl pkcs8 -topk8 -in KEYFILE -out NEWFILE",
        });
    }
    let compact: Zeroizing<String> =
        Zeroizing::new(block.body.chars().filter(|c| !c.is_whitespace()).collect());
    let der = decode_pem(&compact)
        .ok_or_else(|| Error::broken("PEM", "what is between its BEGIN and END is not base64"))?;
    match block.label {
        "PRIVATE KEY" => pkcs8(&der),
        "ENCRYPTED PRIVATE KEY" => pkcs8(&decrypt(&der, passphrase)?),
        "RSA PRIVATE KEY" => RsaPrivateKey::from_pkcs1_der(&der)
            .map(|key| Private::Rsa(key).into())
            .map_err(|_| Error::broken("RSA private key", RSA_RULES)),
        "EC PRIVATE KEY" => sec1_key(&der, None).map(Material::from),
        "PUBLIC KEY" => spki(&der),
        "RSA PUBLIC KEY" => RsaPublicKey::from_pkcs1_der(&der)
            .map(|key| Public::Rsa(key).into())
            .map_err(|_| Error::broken("RSA public key", RSA_RULES)),
        label if is_certificate(label) => certificate(&der),
        label => Err(Error::KeyType { what: format!("a {}", crate::error::excerpt(label)) }),
    }
}

const RSA_RULES: &str =
    "its numbers make no RSA key of two primes with 1024 to 8192 bits, or it is damaged";

fn decrypt(der: &[u8], passphrase: Option<&str>) -> Result<Zeroizing<Vec<u8>>, Error> {
    const UNKNOWN: Error = Error::Convert {
        form: "encrypted in an unusual way",
        command: "openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEYFILE -out NEWFILE",
    };
    let info = EncryptedPrivateKeyInfoRef::try_from(der).map_err(|_| UNKNOWN)?;
    let passphrase = passphrase.filter(|text| !text.is_empty()).ok_or(Error::PassphraseNeeded)?;
    match info.decrypt(passphrase) {
        Ok(document) => Ok(document.to_bytes()),
        // With a wrong passphrase the padding is wrong, or, once in 256 times, what follows.
        Err(
            pkcs8::Error::EncryptedPrivateKey(pkcs5::Error::DecryptFailed) | pkcs8::Error::Asn1(_),
        ) => Err(Error::Passphrase),
        Err(_) => Err(UNKNOWN),
    }
}

/// `PrivateKeyInfo` (RFC 5958).
pub(crate) fn pkcs8(der: &[u8]) -> Result<Material, Error> {
    let broken = |error: pkcs8::der::Error| Error::broken("PKCS#8 key", error.to_string());
    let info = PrivateKeyInfoRef::from_der(der).map_err(broken)?;
    match info.algorithm.oid {
        RSA | RSA_PSS => RsaPrivateKey::try_from(info)
            .map(|key| Private::Rsa(key).into())
            .map_err(|_| Error::broken("RSA private key", RSA_RULES)),
        EC => {
            let curve = curve(info.algorithm.parameters_oid().ok())?;
            sec1_key(info.private_key.as_bytes(), Some(curve)).map(Material::from)
        }
        ED25519 => SigningKey::from_pkcs8_der(der)
            .map(|key| Private::Ed25519(key).into())
            .map_err(|_| Error::broken("Ed25519 key", "it is damaged")),
        other => Err(unsupported(other)),
    }
}

/// `ECPrivateKey` (RFC 5915).
fn sec1_key(der: &[u8], known: Option<Curve>) -> Result<Private, Error> {
    let key =
        EcPrivateKey::from_der(der).map_err(|error| Error::broken("EC key", error.to_string()))?;
    let curve = match known {
        Some(curve) => curve,
        None => curve(key.parameters.and_then(EcParameters::named_curve))?,
    };
    let short = key.private_key;
    let mut number = Zeroizing::new(vec![0; curve.size().saturating_sub(short.len())]);
    number.reserve_exact(short.len());
    number.extend_from_slice(short);
    ec::Private::new(curve, &number).map(Private::Ec).ok_or_else(|| {
        Error::broken("EC key", format!("its number is none of the curve {}", curve.name()))
    })
}

fn curve(named: Option<Oid>) -> Result<Curve, Error> {
    let named = named.ok_or_else(|| Error::broken("EC key", "it does not name its curve"))?;
    CURVES
        .iter()
        .find(|(oid, _)| *oid == named)
        .map(|(_, curve)| *curve)
        .ok_or_else(|| unsupported(named))
}

fn unsupported(oid: Oid) -> Error {
    let text = oid.to_string();
    let what = match OTHERS.iter().find(|(known, _)| *known == text) {
        Some((_, name)) => (*name).to_owned(),
        None => format!("of the kind {text}"),
    };
    Error::KeyType { what }
}

/// `SubjectPublicKeyInfo` (RFC 5280 §4.1).
fn spki(der: &[u8]) -> Result<Material, Error> {
    let info = SubjectPublicKeyInfoRef::from_der(der)
        .map_err(|error| Error::broken("public key", error.to_string()))?;
    match info.algorithm.oid {
        RSA | RSA_PSS => RsaPublicKey::try_from(info)
            .map(|key| Public::Rsa(key).into())
            .map_err(|_| Error::broken("RSA public key", RSA_RULES)),
        EC => {
            let curve = curve(info.algorithm.parameters_oid().ok())?;
            let point = info.subject_public_key.raw_bytes();
            ec::Public::new(curve, point).map(|key| Public::Ec(key).into()).ok_or_else(|| {
                Error::broken("EC key", format!("its point is not on the curve {}", curve.name()))
            })
        }
        ED25519 => VerifyingKey::try_from(info)
            .map(|key| Public::Ed25519(key).into())
            .map_err(|_| Error::broken("Ed25519 key", "it is damaged")),
        other => Err(unsupported(other)),
    }
}

fn certificate(der: &[u8]) -> Result<Material, Error> {
    let (_, certificate) = x509_parser::parse_x509_certificate(der)
        .map_err(|error| Error::broken("certificate", error.to_string()))?;
    spki(certificate.public_key().raw)
}
