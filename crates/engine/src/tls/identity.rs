//! Who we are to a server that asks for a certificate, and which server is shown which.

use std::fmt;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use url::Url;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::certificate::Certificate;
use super::client::ShownCertificate;
use super::identity_error::IdentityError;
use super::{identity_file, verify};

/// A certificate, the certificates up to its authority, and its private key.
#[derive(Clone)]
pub struct Identity {
    certified: Arc<CertifiedKey>,
    subject: Arc<str>,
    fingerprint: Arc<str>,
}

/// The key is left out.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("subject", &self.subject)
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

impl Identity {
    /// Reads PEM files (RFC 7468): the certificate, with those between it and its authority in any
    /// order, and the key as PKCS#8, PKCS#1 or SEC1, encrypted or not. Both may be the same file.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn from_pem(
        certificate: impl AsRef<[u8]>,
        key: impl AsRef<[u8]>,
        passphrase: Option<&str>,
    ) -> Result<Self, IdentityError> {
        let chain = identity_file::pem_certificates(certificate.as_ref())?;
        let key = identity_file::pem_key(key.as_ref(), passphrase)?;
        Self::new(chain, key, identity_file::KEY_FILE)
    }

    /// Reads a PKCS#12 file (RFC 7292) with one key in it.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn from_pkcs12(bytes: &[u8], passphrase: Option<&str>) -> Result<Self, IdentityError> {
        let (chain, key) = identity_file::pkcs12(bytes, passphrase)?;
        Self::new(chain, key, identity_file::ARCHIVE)
    }

    fn new(
        certificates: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
        place: &'static str,
    ) -> Result<Self, IdentityError> {
        let loaded = verify::provider().key_provider.load_private_key(key);
        let key = loaded.map_err(|_| IdentityError::Key { place })?;
        let public = key.public_key();
        let own = certificates
            .iter()
            .position(|der| public.as_ref().is_none_or(|public| belongs(der, public.as_ref())))
            .ok_or_else(|| IdentityError::Mismatch {
                subject: certificates
                    .first()
                    .map(|der| Certificate::read(der).subject)
                    .unwrap_or_default(),
            })?;
        let certificates = in_order(certificates, own);
        let leaf = certificates.first().map(|der| Certificate::read(der)).unwrap_or_default();
        Ok(Self {
            certified: Arc::new(CertifiedKey::new(certificates, key)),
            subject: leaf.subject.into(),
            fingerprint: leaf.sha256.into(),
        })
    }

    /// Whom the certificate is for.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The SHA-256 of the certificate, in hexadecimal.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    pub(super) fn certified(&self) -> Arc<CertifiedKey> {
        self.certified.clone()
    }

    pub(super) fn shown(&self) -> ShownCertificate {
        ShownCertificate { subject: self.subject.to_string(), sha256: self.fingerprint.to_string() }
    }
}

fn belongs(certificate: &[u8], public_key: &[u8]) -> bool {
    X509Certificate::from_der(certificate)
        .is_ok_and(|(_, x509)| x509.public_key().raw == public_key)
}

/// The certificate at `own`, then each one's issuer. What belongs to no chain is left out; the
/// authority itself too, as the server has it.
fn in_order(mut rest: Vec<CertificateDer<'static>>, own: usize) -> Vec<CertificateDer<'static>> {
    let mut chain = vec![rest.swap_remove(own)];
    while let Some(last) = chain.last().map(|der| Certificate::read(der)) {
        if last.is_self_signed() {
            if chain.len() > 1 {
                chain.pop();
            }
            break;
        }
        let next = rest.iter().position(|der| Certificate::read(der).subject == last.issuer);
        let Some(next) = next else { break };
        chain.push(rest.swap_remove(next));
    }
    chain
}

/// An identity and the hosts it is shown to.
#[derive(Clone, Debug)]
pub struct ClientIdentity {
    /// `host`, `host:port`, or `*.host` for the hosts one or more labels below it; with `https://`
    /// before it, if one likes. Without a port, any port.
    pub domain: String,
    /// Who we are there.
    pub identity: Identity,
}

impl ClientIdentity {
    /// Whether it is for the host of `url`. A URL without TLS has no use for one.
    pub fn is_for(&self, url: &Url) -> bool {
        url.scheme() == "https" && domain_matches(&self.domain, url)
    }
}

fn domain_matches(pattern: &str, url: &Url) -> bool {
    let pattern = pattern.trim();
    let (scheme, rest) = pattern.split_once("://").unwrap_or(("https", pattern));
    if !scheme.eq_ignore_ascii_case("https") {
        return false;
    }
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = match rest.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (rest, None),
    };
    if port.is_some_and(|port| port.parse() != Ok(url.port_or_known_default().unwrap_or(0))) {
        return false;
    }
    let (below, name) = name.strip_prefix("*.").map_or((false, name), |name| (true, name));
    // As a URL has it: lowercase, IDNA, the short forms of addresses written out.
    let Ok(known) = Url::parse(&format!("https://{name}/")) else { return false };
    let plain = |url: &Url| url.host_str().map(|host| host.trim_end_matches('.').to_owned());
    let (Some(known), Some(host)) = (plain(&known), plain(url)) else { return false };
    if below {
        host.strip_suffix(&known).is_some_and(|front| front.len() > 1 && front.ends_with('.'))
    } else {
        host == known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_matched_by_host_and_port() {
        for (pattern, url, expected) in [
            ("example.com", "https://example.com/x", true),
            ("Example.COM", "https://example.com:8443/", true),
            ("example.com.", "https://example.com/", true),
            ("example.com", "https://example.com./", true),
            ("example.com", "http://example.com/", false),
            ("example.com", "https://api.example.com/", false),
            ("example.com", "https://notexample.com/", false),
            ("example.com:443", "https://example.com/", true),
            ("example.com:443", "https://example.com:8443/", false),
            ("example.com:8443", "https://example.com:8443/", true),
            ("example.com:port", "https://example.com/", false),
            ("*.example.com", "https://api.example.com/", true),
            ("*.example.com", "https://a.b.example.com/", true),
            ("*.example.com", "https://example.com/", false),
            ("*.example.com", "https://evilexample.com/", false),
            ("https://*.example.com:8443/x", "https://api.example.com:8443/", true),
            ("https://*.example.com:8443", "https://api.example.com/", false),
            ("http://example.com", "https://example.com/", false),
            ("bücher.example", "https://xn--bcher-kva.example/", true),
            ("127.0.0.1", "https://127.0.0.1:4433/", true),
            ("[::1]:4433", "https://[::1]:4433/", true),
            ("[::1]", "https://[::1]:4433/", true),
            ("[::1]:1", "https://[::1]:4433/", false),
            ("", "https://example.com/", false),
            ("*", "https://example.com/", false),
            ("*.", "https://example.com/", false),
        ] {
            let Ok(url) = Url::parse(url) else { panic!("{url}") };
            assert_eq!(
                url.scheme() == "https" && domain_matches(pattern, &url),
                expected,
                "{pattern} for {url}"
            );
        }
    }
}
