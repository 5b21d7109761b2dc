//! TLS: the handshake and what it tells.

mod certificate;
mod client;
mod identity;
mod identity_error;
mod identity_file;
mod old_pem;
mod roots;
mod verify;

use std::io;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{AlertDescription, CertificateError, ClientConfig, ProtocolVersion};
use serde::Serialize;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

pub use certificate::Certificate;
pub use client::ShownCertificate;
pub(crate) use client::{Ended, refusal, silent_refusal};
pub use identity::{ClientIdentity, Identity};
pub use identity_error::IdentityError;

use crate::connect::Stream;
use crate::error::{Error, TlsProblem};
use crate::settings::{HttpVersion, Settings};
use client::{Showing, Watched};
use verify::{Chain, Verifier};

/// What a TLS handshake told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TlsInfo {
    /// `TLSv1.3` or `TLSv1.2`; empty when the handshake failed.
    pub version: String,
    /// The cipher suite; empty when the handshake failed.
    pub cipher: String,
    /// The protocol that ALPN chose (RFC 7301).
    pub alpn: Option<String>,
    /// The server's certificates, its own first.
    pub certificates: Vec<Certificate>,
    /// What is wrong with the certificate, although it was accepted by the settings.
    pub accepted_problem: Option<String>,
    /// Whether the server showing for a client certificate.
    pub client_certificate_requested: bool,
    /// The client certificate that it was shown.
    pub client_certificate: Option<ShownCertificate>,
}

/// Whether the certificate of `host` may be bad.
pub(crate) fn lenient(settings: &Settings, host: &str) -> bool {
    !settings.verify_tls
        || settings.insecure_hosts.iter().any(|name| name.trim().eq_ignore_ascii_case(host))
}

/// The protocols offered by ALPN.
pub(crate) fn alpn(version: HttpVersion) -> &'static [&'static [u8]] {
    match version {
        HttpVersion::Auto => &[b"h2", b"http/1.1"],
        HttpVersion::Http1 => &[b"http/1.1"],
        HttpVersion::Http2 => &[b"h2"],
    }
}

/// What a handshake is begun with.
pub(crate) struct Offer<'a> {
    /// The protocols for ALPN.
    pub(crate) alpn: &'a [&'a [u8]],
    /// Who we are, if the server asks.
    pub(crate) identity: Option<&'a Identity>,
    /// Where it is noted how the connection ends.
    pub(crate) ended: Ended,
}

/// Shakes hands with `host`. What was learned of the server is in `info`, on failure too.
pub(crate) async fn handshake(
    stream: Box<dyn Stream>,
    host: &str,
    settings: &Settings,
    offer: Offer<'_>,
    info: &mut Option<TlsInfo>,
) -> Result<Box<dyn Stream>, Error> {
    let name = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    let server = ServerName::try_from(name.to_owned()).map_err(|_| Error::InvalidUrl {
        reason: format!("\"{host}\" is not a host name that TLS can check"),
    })?;
    let chain = Chain::default();
    let verifier = Verifier::new(
        roots::load(&settings.extra_ca_files).await?,
        lenient(settings, host),
        chain.clone(),
    )?;
    let showing = Arc::new(Showing::new(offer.identity.cloned()));
    let mut config = ClientConfig::builder_with_provider(verify::provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| other(host, error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_client_cert_resolver(showing.clone());
    // A session is never carried from one identity to another.
    config.resumption = rustls::client::Resumption::disabled();
    config.alpn_protocols = offer.alpn.iter().map(|name| name.to_vec()).collect();
    let result = TlsConnector::from(Arc::new(config)).connect(server, stream).await;
    let certificates = chain.certificates();
    match result {
        Ok(stream) => {
            let accepted =
                chain.problem().map(|error| problem(&error, &certificates).sentence(host));
            let told = showing.tell(TlsInfo { certificates, ..TlsInfo::default() });
            *info = Some(describe(&stream, TlsInfo { accepted_problem: accepted, ..told }));
            Ok(Box::new(Watched { stream, ended: offer.ended }))
        }
        Err(error) => {
            let told = showing.tell(TlsInfo { certificates, ..TlsInfo::default() });
            let why = refusal(&error, host, Some(&told));
            let why = why.unwrap_or_else(|| explain(&error, host, &told.certificates));
            *info = Some(told);
            Err(why)
        }
    }
}

fn describe(stream: &TlsStream<Box<dyn Stream>>, told: TlsInfo) -> TlsInfo {
    let session = stream.get_ref().1;
    let version = match session.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLSv1.3".into(),
        Some(ProtocolVersion::TLSv1_2) => "TLSv1.2".into(),
        other => other.map(|version| format!("{version:?}")).unwrap_or_default(),
    };
    let cipher = session
        .negotiated_cipher_suite()
        .map(|suite| format!("{:?}", suite.suite()))
        .unwrap_or_default();
    TlsInfo {
        version,
        cipher,
        alpn: session.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned()),
        ..told
    }
}

fn other(host: &str, error: impl std::fmt::Display) -> Error {
    Error::Tls { host: host.into(), problem: TlsProblem::Other(error.to_string()) }
}

fn explain(error: &io::Error, host: &str, certificates: &[Certificate]) -> Error {
    let Some(cause) = error.get_ref().and_then(|cause| cause.downcast_ref::<rustls::Error>())
    else {
        return match error.kind() {
            io::ErrorKind::UnexpectedEof => {
                other(host, "the server ended the connection during the handshake")
            }
            _ => other(host, crate::request_body::plain(error)),
        };
    };
    if matches!(cause, rustls::Error::AlertReceived(AlertDescription::NoApplicationProtocol)) {
        return Error::NoHttp2 { host: host.into() };
    }
    Error::Tls { host: host.into(), problem: problem(cause, certificates) }
}

fn problem(error: &rustls::Error, certificates: &[Certificate]) -> TlsProblem {
    let own = certificates.first();
    match error {
        rustls::Error::InvalidCertificate(wrong) => match wrong {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                TlsProblem::Expired {
                    since: own.and_then(|certificate| certificate::day(certificate.not_after)),
                }
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                TlsProblem::NotYetValid {
                    from: own.and_then(|certificate| certificate::day(certificate.not_before)),
                }
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                TlsProblem::WrongHost {
                    names: own.map(|certificate| certificate.names.clone()).unwrap_or_default(),
                }
            }
            _ if own.is_some_and(Certificate::is_self_signed) && certificates.len() == 1 => {
                TlsProblem::SelfSigned
            }
            // An authority that only calls itself as one we know.
            CertificateError::BadSignature | CertificateError::UnknownIssuer => {
                TlsProblem::UnknownAuthority
            }
            wrong => TlsProblem::Other(wrong.to_string()),
        },
        rustls::Error::PeerIncompatible(_)
        | rustls::Error::AlertReceived(
            AlertDescription::ProtocolVersion | AlertDescription::HandshakeFailure,
        ) => TlsProblem::OldVersion,
        rustls::Error::InvalidMessage(_) => TlsProblem::NotTls,
        error => TlsProblem::Other(error.to_string()),
    }
}
