//! Client certificates: their files read, each for the hosts it is shown to.

use errand_engine::{ClientIdentity, Identity};
use errand_model::CertificateFiles;

use super::files::{read, read_bytes};
use crate::Error;
use crate::plan::Plan;
use crate::resolve::Resolver;

/// The identities of a plan. One that cannot be read is a warning: it may be for another host, and
/// where it is for this one the server says that it wants a certificate.
pub(crate) fn identities(plan: &Plan, resolver: &mut Resolver<'_>) -> Vec<ClientIdentity> {
    let mut identities = Vec::new();
    for certificate in plan.certificates.iter().filter(|certificate| !certificate.disabled) {
        let domain = resolver.text(certificate.domain.trim()).text;
        if domain.is_empty() {
            continue;
        }
        let passphrase = resolver.text(&certificate.passphrase).text;
        // A literal passphrase is as secret as one from the keychain.
        resolver.masks.hide(&passphrase, "••••••");
        let mut path = |written: &str| plan.base.join(resolver.text(written.trim()).text);
        let passphrase = (!passphrase.is_empty()).then_some(passphrase.as_str());
        let identity = match &certificate.files {
            CertificateFiles::Pem { certificate_file_path, private_key_file_path } => {
                let (leaf, key) = (path(certificate_file_path), path(private_key_file_path));
                read(&leaf).and_then(|leaf| {
                    let key = read(&key)?;
                    Ok(Identity::from_pem(leaf.expose(), key.expose(), passphrase)?)
                })
            }
            CertificateFiles::Pkcs12 { pkcs12_file_path } => {
                let file = path(pkcs12_file_path);
                read_bytes(&file).and_then(|bytes| Ok(Identity::from_pkcs12(&bytes, passphrase)?))
            }
        };
        match identity {
            Ok(identity) => identities.push(ClientIdentity { domain, identity }),
            Err(error) => {
                let error: Error = error;
                resolver
                    .warnings
                    .insert(format!("The client certificate for {domain} was not used: {error}"));
            }
        }
    }
    identities
}
