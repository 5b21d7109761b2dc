//! Certificates for one test: an authority, a server on loopback, a client.

use std::fs;
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
};
use tempfile::TempDir;

/// In a folder as `ca.pem`, `server.pem`, `server.key`, `client.pem` and `client.key`.
#[derive(Debug)]
pub struct Certificates {
    folder: TempDir,
}

impl Certificates {
    /// Makes them anew; the client's subject is `CN={client}`.
    pub fn issue(client: &str) -> Self {
        let made = Self::make(client);
        made.unwrap_or_else(|error| panic!("cannot make certificates: {error}"))
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The authority that signed the server's.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// The client's certificate and its key.
    pub fn client(&self) -> (PathBuf, PathBuf) {
        (self.folder.path().join("client.pem"), self.folder.path().join("client.key"))
    }

    fn make(client: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let folder = tempfile::Builder::new().prefix("errand-").tempdir()?;
        let mut authority = named(vec![], "Errand's tests");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate()?;
        fs::write(folder.path().join("ca.pem"), authority.self_signed(&key)?.pem())?;
        let issuer = Issuer::new(authority, key);
        let hosts = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
        for (file, mut params, use_) in [
            ("server", named(hosts, "localhost"), ExtendedKeyUsagePurpose::ServerAuth),
            ("client", named(vec![], client), ExtendedKeyUsagePurpose::ClientAuth),
        ] {
            params.extended_key_usages = vec![use_];
            let key = KeyPair::generate()?;
            let certificate = params.signed_by(&key, &issuer)?;
            fs::write(folder.path().join(file).with_extension("pem"), certificate.pem())?;
            fs::write(folder.path().join(file).with_extension("key"), key.serialize_pem())?;
        }
        Ok(Self { folder })
    }
}

fn named(hosts: Vec<String>, name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(hosts).unwrap_or_default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params
}
