//! Judging the server's certificate, and remembering what it showed.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, RootCertStore, SignatureScheme};

use super::certificate::Certificate;
use crate::error::{Error, TlsProblem};

/// The cryptography: ring.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    PROVIDER.get_or_init(|| Arc::new(rustls::crypto::ring::default_provider())).clone()
}

#[derive(Debug, Default)]
struct Seen {
    chain: Vec<CertificateDer<'static>>,
    problem: Option<rustls::Error>,
}

/// What the server showed, readable after the handshake however it ended.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chain(Arc<Mutex<Seen>>);

impl Chain {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn certificates(&self) -> Vec<Certificate> {
        self.lock().chain.iter().map(|der| Certificate::read(der)).collect()
    }

    /// What was wrong with it, accepted or not.
    pub(crate) fn problem(&self) -> Option<rustls::Error> {
        self.lock().problem.clone()
    }
}

/// The usual verification, with the way out that the user chose for a host.
#[derive(Debug)]
pub(crate) struct Verifier {
    usual: Arc<WebPkiServerVerifier>,
    lenient: bool,
    chain: Chain,
}

impl Verifier {
    pub(crate) fn new(
        roots: Arc<RootCertStore>,
        lenient: bool,
        chain: Chain,
    ) -> Result<Self, Error> {
        let usual = WebPkiServerVerifier::builder_with_provider(roots, provider())
            .build()
            .map_err(|error| Error::Tls {
                host: String::new(),
                problem: TlsProblem::Other(error.to_string()),
            })?;
        Ok(Self { usual, lenient, chain })
    }

    fn signature(
        &self,
        result: Result<HandshakeSignatureValid, rustls::Error>,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        if self.lenient { Ok(HandshakeSignatureValid::assertion()) } else { result }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let result = self.usual.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        let mut seen = self.chain.lock();
        seen.chain = std::iter::once(end_entity)
            .chain(intermediates)
            .map(|der| der.clone().into_owned())
            .collect();
        seen.problem = result.as_ref().err().cloned();
        if self.lenient { Ok(ServerCertVerified::assertion()) } else { result }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.signature(self.usual.verify_tls12_signature(message, cert, dss))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.signature(self.usual.verify_tls13_signature(message, cert, dss))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.usual.supported_verify_schemes()
    }
}
