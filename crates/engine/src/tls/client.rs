//! The client's certificate in a handshake: whether it was asked for, shown, and refused.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use rustls::client::ResolvesClientCert;
use rustls::sign::CertifiedKey;
use rustls::{AlertDescription, SignatureScheme};
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

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

/// How TLS says that a connection ended. Noted where it is read: what passes through the HTTP
/// libraries loses its cause, or comes to nobody.
#[derive(Clone, Default)]
pub(crate) struct Ended(Arc<OnceLock<rustls::Error>>);

impl Ended {
    pub(crate) fn error(&self) -> Option<io::Error> {
        self.0.get().map(|error| io::Error::other(error.clone()))
    }
}

/// A stream that notes how it ends.
pub(super) struct Watched<T> {
    pub(super) stream: T,
    pub(super) ended: Ended,
}

impl<T: AsyncRead + Unpin> AsyncRead for Watched<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_read(cx, buf);
        if let Poll::Ready(Err(error)) = &result
            && let Some(error) = tls_error(error)
        {
            let _ = self.ended.0.set(error.clone());
        }
        result
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
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
