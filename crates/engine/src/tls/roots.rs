//! Whom to trust: the system's certificate authorities, Mozilla's list where the system has none,
//! and the user's own files.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::sync::OnceCell;

use crate::error::Error;

/// Read when https is first used: it takes milliseconds that a plain request need not pay.
static SYSTEM: OnceCell<Arc<RootCertStore>> = OnceCell::const_new();

/// The trusted authorities, `extra` PEM files included.
pub(crate) async fn load(extra: &[PathBuf]) -> Result<Arc<RootCertStore>, Error> {
    let system = SYSTEM
        .get_or_init(|| async {
            let store =
                tokio::task::spawn_blocking(read_system).await.unwrap_or_else(|_| mozilla());
            Arc::new(store)
        })
        .await;
    if extra.is_empty() {
        return Ok(system.clone());
    }
    let mut store = RootCertStore::clone(system);
    for path in extra {
        let wrong = |reason: String| Error::CaFile { path: path.display().to_string(), reason };
        let pem = tokio::fs::read(path)
            .await
            .map_err(|error| wrong(crate::request_body::plain(&error)))?;
        let mut found = 0;
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
            store.add(certificate).map_err(|error| wrong(error.to_string()))?;
            found += 1;
        }
        if found == 0 {
            return Err(wrong("it holds no certificate".into()));
        }
    }
    Ok(Arc::new(store))
}

fn read_system() -> RootCertStore {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if store.is_empty() { mozilla() } else { store }
}

fn mozilla() -> RootCertStore {
    webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect()
}
