//! TLS servers with certificates of every kind.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use errand_engine::Identity;
use http_body_util::Full;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::{Reply, Server};

/// A certificate authority of the test's own, and its file.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: tempfile::TempDir,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, "Errand test authority");
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), issuer.pem()).unwrap();
        Self { issuer, folder }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A server's configuration with a certificate for `name`, changed by `change`.
    pub fn server(
        &self,
        name: &str,
        change: impl Fn(&mut CertificateParams),
    ) -> rustls::ServerConfig {
        let (certificate, key) = self.leaf(name, change);
        config(certificate, &key)
    }

    fn leaf(
        &self,
        name: &str,
        change: impl Fn(&mut CertificateParams),
    ) -> (rustls::pki_types::CertificateDer<'static>, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let names: Vec<String> = name.split(' ').map(ToOwned::to_owned).collect();
        let mut params = CertificateParams::new(names).unwrap();
        change(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        (certificate.der().clone(), key)
    }

    /// A client's certificate.
    pub fn client(&self, name: &str) -> Identity {
        let (certificate, key) = self.leaf("client.example", |params| {
            params.distinguished_name.push(rcgen::DnType::CommonName, name);
        });
        let pem = pem::encode(&pem::Pem::new("CERTIFICATE", certificate.to_vec()));
        Identity::from_pem(pem, key.serialize_pem(), None).unwrap()
    }
}

/// A server's configuration that asks clients for a certificate of `authority`.
pub fn asking(
    authority: &Authority,
    name: &str,
    required: bool,
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> rustls::ServerConfig {
    asking_of(authority.issuer.der().clone(), authority, name, required, versions)
}

/// The same, for certificates signed by `trusted`.
pub fn asking_of(
    trusted: rustls::pki_types::CertificateDer<'static>,
    authority: &Authority,
    name: &str,
    required: bool,
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> rustls::ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(trusted).unwrap();
    let builder = WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone());
    let builder = if required { builder } else { builder.allow_unauthenticated() };
    let (certificate, key) = authority.leaf(name, |_| {});
    let key_der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_client_cert_verifier(builder.build().unwrap())
        .with_single_cert(vec![certificate], key_der)
        .unwrap()
}

pub fn self_signed(name: &str) -> rustls::ServerConfig {
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec![name.to_owned()]).unwrap().self_signed(&key).unwrap();
    config(certificate.der().clone(), &key)
}

pub fn expired(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2021, 3, 14);
}

pub fn future(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2090, 1, 1);
    params.not_after = date_time_ymd(2091, 1, 1);
}

fn config(
    certificate: rustls::pki_types::CertificateDer<'static>,
    key: &KeyPair,
) -> rustls::ServerConfig {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap()
}

/// An HTTP/1 server over TLS.
pub async fn serve(
    config: rustls::ServerConfig,
    reply: impl Fn(&str) -> Reply + Send + Sync + 'static,
) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut server = super::serving(super::ok("")).await;
    server.address = listener.local_addr().unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (own, reply) = (server.clone(), Arc::new(reply));
    tokio::spawn(async move {
        for number in 0.. {
            let Ok((socket, _)) = listener.accept().await else { return };
            let (own, reply, acceptor) = (own.clone(), reply.clone(), acceptor.clone());
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(socket).await {
                    own.serve(stream, number, reply.as_ref()).await;
                }
            });
        }
    });
    server
}

/// An HTTP/2 server over TLS that says which request it got.
pub async fn serve_http2(mut config: rustls::ServerConfig) -> SocketAddr {
    config.alpn_protocols = vec![b"h2".to_vec()];
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        loop {
            let Ok((socket, _)) = listener.accept().await else { return };
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(socket).await else { return };
                let service =
                    service_fn(|request: hyper::Request<hyper::body::Incoming>| async move {
                        let text = format!(
                            "{} {} {:?}",
                            request.method(),
                            request.uri(),
                            request.version()
                        );
                        let response = hyper::Response::builder()
                            .header("x-twice", "1")
                            .header("x-twice", "2");
                        response.body(Full::new(Bytes::from(text)))
                    });
                let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    address
}
