//! `bruno.json`.

use errand_model::{CertificateFiles, ClientCertificate};
use serde_json::{Map, Value, json};

use super::rows::{list, owned, put, text};

pub(super) fn certificates(config: &Value) -> Vec<ClientCertificate> {
    let given = &config["clientCertificates"];
    let disabled = given.get("enabled") == Some(&Value::Bool(false));
    let certificate = |row| ClientCertificate {
        domain: owned(row, "domain"),
        files: if text(row, "type") == "pfx" {
            CertificateFiles::Pkcs12 { pkcs12_file_path: owned(row, "pfxFilePath") }
        } else {
            CertificateFiles::Pem {
                certificate_file_path: owned(row, "certFilePath"),
                private_key_file_path: owned(row, "keyFilePath"),
            }
        },
        passphrase: owned(row, "passphrase"),
        disabled,
    };
    list(&given["certs"]).map(certificate).collect()
}

/// The JSON of `bruno.json`, before what was kept of its original.
pub(super) fn write(name: &str, certificates: &[ClientCertificate]) -> Value {
    let mut config = Map::new();
    config.insert("version".to_owned(), json!("1"));
    config.insert("name".to_owned(), json!(name));
    config.insert("type".to_owned(), json!("collection"));
    if !certificates.is_empty() {
        let certs: Vec<_> = certificates.iter().map(certificate).collect();
        let enabled = certificates.iter().any(|certificate| !certificate.disabled);
        put(&mut config, "clientCertificates", json!({ "enabled": enabled, "certs": certs }));
    }
    config.into()
}

fn certificate(certificate: &ClientCertificate) -> Value {
    let (domain, passphrase) = (&certificate.domain, &certificate.passphrase);
    match &certificate.files {
        CertificateFiles::Pem { certificate_file_path, private_key_file_path } => json!({
            "domain": domain,
            "type": "cert",
            "certFilePath": certificate_file_path,
            "keyFilePath": private_key_file_path,
            "passphrase": passphrase,
        }),
        CertificateFiles::Pkcs12 { pkcs12_file_path } => json!({
            "domain": domain,
            "type": "pfx",
            "pfxFilePath": pkcs12_file_path,
            "passphrase": passphrase,
        }),
    }
}
