//! The client's certificate in a handshake: whether it was asked for, shown, and refused.

use std::error::Error as _;
use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rustls::client::ResolvesClientCert;
use rustls::sign::CertifiedKey;
use rustls::{AlertDescription, SignatureScheme};
use serde::Serialize;

use super::TlsInfo;
use super::identity::Identity;
use crate::error::Error;

/// A client certificate that a server was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownCertificate {
    /// Whom it is for.
    pub subject: String,
    /// The fingerprint, in hexadecimal.
    pub sha256: String,
}

/// Gives the identity when the server asks for one, and remembers that it did.
#[derive(Debug)]
pub(super) struct Showing {
    identity: Option<Identity>,
    asked: AtomicBool,
    shown: AtomicBool,
}

impl Showing {
    pub(super) fn new(identity: Option<Identity>) -> Self {
        Self { identity, asked: AtomicBool::new(false), shown: AtomicBool::new(false) }
    }

    /// Puts what happened into `info`.
    pub(super) fn tell(&self, info: TlsInfo) -> TlsInfo {
        let shown = self.identity.as_ref().filter(|_| self.shown.load(Ordering::Acquire));
        TlsInfo {
            client_certificate_requested: self.asked.load(Ordering::Acquire),
            client_certificate: shown.map(Identity::shown),
            ..info
        }
    }
}

impl ResolvesClientCert for Showing {
    fn resolve(
        &self,
        _root_hint_subjects: &[&[u8]],
        sigschemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        self.asked.store(true, Ordering::Release);
        let certified = self.identity.as_ref()?.certified();
        // Without a way to sign that both know, no certificate is shown.
        certified.key.choose_scheme(sigschemes)?;
        self.shown.store(true, Ordering::Release);
        Some(certified)
    }

    fn has_certs(&self) -> bool {
        self.identity.is_some()
    }
}

/// How a connection ended: what hyper forgets to tell the request that waits.
#[derive(Clone, Default)]
pub(crate) struct Ended(Arc<OnceLock<rustls::Error>>);

impl Ended {
    /// Drives `connection` to its end.
    pub(crate) async fn watch(self, connection: impl Future<Output = hyper::Result<()>>) {
        // Pinned here, so that it is dropped, and who waits for it told, after its error is noted.
        let mut connection = pin!(connection);
        if let Err(error) = connection.as_mut().await {
            let mut cause = error.source();
            while let Some(found) = cause {
                if let Some(error) = found.downcast_ref::<io::Error>().and_then(tls_error) {
                    let _ = self.0.set(error.clone());
                }
                cause = found.source();
            }
        }
    }

    pub(crate) fn error(&self) -> Option<io::Error> {
        self.0.get().map(|error| io::Error::other(error.clone()))
    }
}

fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref().and_then(|cause| cause.downcast_ref::<rustls::Error>())
}

/// What `error` means, if it is the server's answer to a certificate or to none.
pub(crate) fn refusal(error: &io::Error, host: &str, info: Option<&TlsInfo>) -> Option<Error> {
    let info = info.filter(|info| info.client_certificate_requested)?;
    let rustls::Error::AlertReceived(alert) = tls_error(error)? else { return None };
    let reason = match alert {
        AlertDescription::CertificateRequired => "requires one",
        AlertDescription::HandshakeFailure => "ended the handshake",
        AlertDescription::UnknownCA => "does not know its authority",
        AlertDescription::CertificateExpired => "says that it has expired",
        AlertDescription::CertificateRevoked => "says that it was revoked",
        AlertDescription::BadCertificate => "says that it is a bad certificate",
        AlertDescription::UnsupportedCertificate => "does not support that kind of certificate",
        AlertDescription::CertificateUnknown => "does not know the certificate",
        AlertDescription::AccessDenied => "denies access",
        AlertDescription::DecryptError => "could not verify its signature",
        _ => return None,
    };
    Some(refused(host, info, reason))
}

/// What it means that the server closed the connection without a word: that it misses a
/// certificate, if it asked for one.
pub(crate) fn silent_refusal(host: &str, info: Option<&TlsInfo>) -> Option<Error> {
    let info = info.filter(|info| info.client_certificate_requested)?;
    Some(refused(host, info, "closed the connection without an answer"))
}

fn refused(host: &str, info: &TlsInfo, reason: &str) -> Error {
    let shown = info.client_certificate.as_ref().map(|it| it.subject.clone());
    Error::ClientCertificate { host: host.into(), shown, reason: reason.into() }
}
