//! Certificates and keys as files have them.

use p12_keystore::Pkcs12Archive;
use pkcs8::EncryptedPrivateKeyInfoRef;
use rustls::pki_types::{
    CertificateDer, PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer,
};

use super::identity_error::IdentityError;
use super::old_pem;

const CERTIFICATE_FILE: &str = "the certificate file";
pub(super) const KEY_FILE: &str = "the key file";
/// 1.2.840.113549.1.12.1: encryption by a password as PKCS#12 has it (RFC 7292 appendix C), which the
/// library does not read in a PKCS#8 key.
const PKCS12_PBE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01];
pub(super) const ARCHIVE: &str = "the PKCS#12 file";

fn sections(pem: &[u8], place: &'static str) -> Result<Vec<pem::Pem>, IdentityError> {
    pem::parse_many(pem).map_err(|error| IdentityError::Malformed {
        place,
        expected: "PEM",
        reason: error.to_string(),
    })
}

/// The certificates of a PEM file; other sections are passed over.
pub(super) fn pem_certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, IdentityError> {
    let found: Vec<_> = sections(pem, CERTIFICATE_FILE)?
        .into_iter()
        .filter(|it| matches!(it.tag(), "CERTIFICATE" | "X509 CERTIFICATE"))
        .map(|it| CertificateDer::from(it.into_contents()))
        .collect();
    if found.is_empty() {
        return Err(IdentityError::NoCertificate { place: CERTIFICATE_FILE });
    }
    found.iter().try_for_each(|der| readable(der, CERTIFICATE_FILE))?;
    Ok(found)
}

fn readable(der: &[u8], place: &'static str) -> Result<(), IdentityError> {
    x509_parser::parse_x509_certificate(der).map(|_| ()).map_err(|error| {
        let reason = error.to_string();
        IdentityError::Malformed { place, expected: "an X.509 certificate", reason }
    })
}

/// The first private key of a PEM file.
pub(super) fn pem_key(
    pem: &[u8],
    passphrase: Option<&str>,
) -> Result<PrivateKeyDer<'static>, IdentityError> {
    let section = sections(pem, KEY_FILE)?
        .into_iter()
        .find(|it| it.tag().ends_with("PRIVATE KEY"))
        .ok_or(IdentityError::NoKey { place: KEY_FILE })?;
    let tag = section.tag().to_owned();
    let old = section.headers().get("DEK-Info").map(ToOwned::to_owned);
    let mut der = section.into_contents();
    if let Some(info) = old {
        der = old_pem::decrypt(&der, &info, given(passphrase)?)?;
    }
    match tag.as_str() {
        "PRIVATE KEY" => Ok(PrivatePkcs8KeyDer::from(der).into()),
        "RSA PRIVATE KEY" => Ok(PrivatePkcs1KeyDer::from(der).into()),
        "EC PRIVATE KEY" => Ok(PrivateSec1KeyDer::from(der).into()),
        "ENCRYPTED PRIVATE KEY" => decrypt(&der, passphrase),
        other => {
            let what = format!("a key of the kind {other}");
            Err(IdentityError::Unsupported { what })
        }
    }
}

fn given(passphrase: Option<&str>) -> Result<&str, IdentityError> {
    passphrase.filter(|text| !text.is_empty()).ok_or(IdentityError::NoPassphrase)
}

/// Decrypts a PKCS#8 key (RFC 5958 §3).
fn decrypt(der: &[u8], passphrase: Option<&str>) -> Result<PrivateKeyDer<'static>, IdentityError> {
    let passphrase = given(passphrase)?;
    let old =
        || IdentityError::Unsupported { what: "the old encryption of this key (PBES1)".into() };
    if der.windows(PKCS12_PBE.len()).take(64).any(|bytes| bytes == PKCS12_PBE) {
        return Err(old());
    }
    let sealed = EncryptedPrivateKeyInfoRef::try_from(der).map_err(|error| {
        let reason = error.to_string();
        let expected = "an encrypted PKCS#8 key";
        IdentityError::Malformed { place: KEY_FILE, expected, reason }
    })?;
    if sealed.encryption_algorithm.pbes2().is_none() {
        return Err(old());
    }
    // Anything that fails from here on fails by the passphrase: the padding, or the key's form.
    let document = sealed.decrypt(passphrase).map_err(|_| IdentityError::WrongPassphrase)?;
    Ok(PrivatePkcs8KeyDer::from(document.as_bytes().to_vec()).into())
}

/// The certificates and the key of a PKCS#12 file.
pub(super) fn pkcs12(
    bytes: &[u8],
    passphrase: Option<&str>,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), IdentityError> {
    let archive = Pkcs12Archive::from_pkcs12(bytes, passphrase.unwrap_or_default())
        .map_err(|error| archive_problem(&error, passphrase))?;
    let key = archive.keys.first().ok_or(IdentityError::NoKey { place: ARCHIVE })?;
    let key = PrivatePkcs8KeyDer::from(key.key.as_der().to_vec());
    let certificates: Vec<_> =
        archive.certs.iter().map(|bag| CertificateDer::from(bag.cert.as_der().to_vec())).collect();
    if certificates.is_empty() {
        return Err(IdentityError::NoCertificate { place: ARCHIVE });
    }
    Ok((certificates, key.into()))
}

fn archive_problem(error: &p12_keystore::error::Error, passphrase: Option<&str>) -> IdentityError {
    use p12_keystore::error::Error as Wrong;
    match error {
        Wrong::MacError(_) | Wrong::UnpadError | Wrong::Pkcs5Error(_) => {
            if passphrase.is_none_or(str::is_empty) {
                IdentityError::NoPassphrase
            } else {
                IdentityError::WrongPassphrase
            }
        }
        Wrong::UnsupportedEncryptionScheme
        | Wrong::UnsupportedMacAlgorithm
        | Wrong::UnsupportedContentType
        | Wrong::UnsupportedCertificateType => {
            IdentityError::Unsupported { what: "the encryption of this PKCS#12 file".into() }
        }
        other => IdentityError::Malformed {
            place: ARCHIVE,
            expected: "PKCS#12",
            reason: other.to_string(),
        },
    }
}
