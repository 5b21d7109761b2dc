use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A certificate that a client shows to some hosts (`OpenCollection`'s `clientCertificates`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ClientCertificate {
    /// Host, `*.example.com` or `host:port` it is shown to.
    pub domain: String,
    /// The files.
    pub files: CertificateFiles,
    /// Passphrase of the key, as a rule `{{name}}` of a secret variable; empty for none.
    pub passphrase: String,
    /// A disabled one is never shown.
    pub disabled: bool,
}

/// Where a certificate and its key are. Paths are relative to the workspace and take variables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum CertificateFiles {
    /// Two PEM files, or twice the same.
    #[serde(rename_all = "camelCase")]
    Pem {
        /// The certificate, with its chain.
        certificate_file_path: String,
        /// Its private key.
        private_key_file_path: String,
    },
    /// One PKCS#12 file.
    #[serde(rename_all = "camelCase")]
    Pkcs12 {
        /// The file.
        pkcs12_file_path: String,
    },
}

impl Default for CertificateFiles {
    fn default() -> Self {
        Self::Pem { certificate_file_path: String::new(), private_key_file_path: String::new() }
    }
}
