use errand_model::{CertificateFiles, ClientCertificate};

use super::field;
use super::rows::Row;
use crate::yaml::{Data, Fault, Node};

const ROW: &[&str] = &[
    "domain",
    "type",
    "certificateFilePath",
    "privateKeyFilePath",
    "pkcs12FilePath",
    "passphrase",
    "disabled",
];

impl Row for ClientCertificate {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        let files = match field::text(node, "type")?.as_str() {
            "pem" | "" => CertificateFiles::Pem {
                certificate_file_path: field::text(node, "certificateFilePath")?,
                private_key_file_path: field::text(node, "privateKeyFilePath")?,
            },
            "pkcs12" => {
                CertificateFiles::Pkcs12 { pkcs12_file_path: field::text(node, "pkcs12FilePath")? }
            }
            _ => return Ok(None),
        };
        Ok(Some(Self {
            domain: field::text(node, "domain")?,
            files,
            passphrase: field::text(node, "passphrase")?,
            disabled: field::is_true(node, "disabled")?,
        }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        field::put_text(item, "domain", old.map(|o| &*o.domain), &self.domain, true, ROW);
        if old.is_none_or(|old| old.files != self.files) {
            for key in &ROW[1..5] {
                item.remove(key);
            }
            match &self.files {
                CertificateFiles::Pem { certificate_file_path, private_key_file_path } => {
                    item.put("type", Data::text("pem"), ROW);
                    item.put("certificateFilePath", Data::text(certificate_file_path), ROW);
                    item.put("privateKeyFilePath", Data::text(private_key_file_path), ROW);
                }
                CertificateFiles::Pkcs12 { pkcs12_file_path } => {
                    item.put("type", Data::text("pkcs12"), ROW);
                    item.put("pkcs12FilePath", Data::text(pkcs12_file_path), ROW);
                }
            }
        }
        let before = old.map(|old| &*old.passphrase);
        field::put_text(item, "passphrase", before.or(Some("")), &self.passphrase, false, ROW);
        field::put_enabled(item, old.map(|old| !old.disabled), !self.disabled, ROW);
    }

    fn label(&self) -> &str {
        &self.domain
    }
}
