//! Client certificates: who is shown which, what the server thinks of it, and the files they are in.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use errand_engine::{
    ClientIdentity, Engine, HttpVersion, Identity, IdentityError, Outgoing, ShownCertificate, State,
};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::version::{TLS12, TLS13};
use support::tls::{self, Authority};
use support::{get, ok, redirect, send, send_with};

fn with(authority: &Authority, url: String, identities: &[(&str, &Identity)]) -> Outgoing {
    let mut outgoing = get(url);
    outgoing.settings.extra_ca_files = vec![authority.file()];
    outgoing.settings.identities = identities
        .iter()
        .map(|(domain, identity)| ClientIdentity {
            domain: (*domain).to_owned(),
            identity: (*identity).clone(),
        })
        .collect();
    outgoing
}

#[tokio::test]
async fn a_certificate_is_shown_where_it_is_asked_for() {
    let authority = Authority::new();
    let me = authority.client("me");
    for version in [&TLS12, &TLS13] {
        let config = tls::asking(&authority, "127.0.0.1", true, &[version]);
        let server = tls::serve(config, |_| ok("known")).await;
        let url = format!("https://{}/", server.address);
        let done = send(with(&authority, url, &[("127.0.0.1", &me)])).await;
        assert_eq!((done.status(), done.body().as_str()), (200, "known"), "{}", done.message());
        let tls = done.outcome.last().unwrap().tls.clone().unwrap();
        assert!(tls.client_certificate_requested);
        let shown = ShownCertificate { subject: "CN=me".into(), sha256: me.fingerprint().into() };
        assert_eq!(tls.client_certificate, Some(shown));
    }
    let server = tls::serve(authority.server("127.0.0.1", |_| {}), |_| ok("")).await;
    let url = format!("https://{}/", server.address);
    let done = send(with(&authority, url, &[("127.0.0.1", &me)])).await;
    let tls = done.outcome.last().unwrap().tls.clone().unwrap();
    assert_eq!((tls.client_certificate_requested, tls.client_certificate), (false, None));
}

#[tokio::test]
async fn a_server_that_demands_one_is_understood() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let unknown = stranger.client("stranger");
    let protocols = [(&TLS12, None), (&TLS13, None), (&TLS12, Some("h2")), (&TLS13, Some("h2"))];
    for (version, alpn) in protocols {
        let mut config = tls::asking(&authority, "127.0.0.1", true, &[version]);
        config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        let server = tls::serve(config, |_| ok("")).await;
        let url = format!("https://{}/", server.address);
        let other = if alpn.is_some() { HttpVersion::Http2 } else { HttpVersion::Http1 };
        for http in [HttpVersion::Auto, other] {
            let mut outgoing = with(&authority, url.clone(), &[("other.example", &unknown)]);
            outgoing.settings.version = http;
            let done = send(outgoing).await;
            assert_eq!(
                (done.code(), done.outcome.state),
                ("client-certificate", State::Failed),
                "{version:?}: {}",
                done.message()
            );
            assert!(
                done.message()
                    .starts_with("127.0.0.1 asks for a client certificate and none is set"),
                "{}",
                done.message()
            );
            let hint = done.outcome.error.as_ref().unwrap().hint();
            assert!(hint.contains("client certificates of the environment"), "{hint}");
            let tls = done.outcome.last().unwrap().tls.clone().unwrap();
            assert!(tls.client_certificate_requested && tls.client_certificate.is_none());
        }
        let done = send(with(&authority, url, &[("127.0.0.1", &unknown)])).await;
        assert_eq!(done.code(), "client-certificate", "{}", done.message());
        assert!(
            done.message()
                .starts_with("127.0.0.1 did not accept the client certificate of CN=stranger: it "),
            "{}",
            done.message()
        );
    }
}

#[tokio::test]
async fn no_connection_is_shared_between_certificates() {
    let authority = Authority::new();
    let (one, other) = (authority.client("one"), authority.client("other"));
    let config = tls::asking(&authority, "127.0.0.1", false, &[&TLS13]);
    let server = tls::serve(config, |_| ok("")).await;
    let url = format!("https://{}/", server.address);
    let engine = Engine::new();
    for identity in [None, Some(&one), Some(&other), None, Some(&one), Some(&other)] {
        let identities: Vec<_> = identity.iter().map(|it| ("127.0.0.1", *it)).collect();
        let done = send_with(&engine, with(&authority, url.clone(), &identities), None).await;
        let shown = done.outcome.last().unwrap().tls.clone().unwrap().client_certificate;
        assert_eq!(
            shown.map(|shown| shown.sha256),
            identity.map(|identity| identity.fingerprint().to_owned())
        );
    }
    assert_eq!(server.connections(), [0, 1, 2, 0, 1, 2]);
    let first_wins = [("*.0.0.1", &other), ("127.0.0.1", &one), ("127.0.0.1", &other)];
    send_with(&engine, with(&authority, url, &first_wins), None).await;
    assert_eq!(server.connections().last(), Some(&1));
}

#[tokio::test]
async fn each_hop_has_the_certificate_of_its_host() {
    let authority = Authority::new();
    let (one, other) = (authority.client("one"), authority.client("other"));
    let config = || tls::asking(&authority, "localhost 127.0.0.1", false, &[&TLS13]);
    let last = tls::serve(config(), |_| ok("")).await;
    let location = format!("https://localhost:{}/", last.address.port());
    let first = tls::serve(config(), move |_| redirect(302, &location)).await;
    let url = format!("https://{}/", first.address);
    for second in [None, Some(&other)] {
        let mut identities = vec![("127.0.0.1", &one)];
        identities.extend(second.map(|identity| ("localhost", identity)));
        let done = send(with(&authority, url.clone(), &identities)).await;
        let shown: Vec<Option<String>> = done
            .outcome
            .hops
            .iter()
            .map(|hop| hop.tls.clone().unwrap().client_certificate.map(|shown| shown.subject))
            .collect();
        let expected = second.map(|identity| identity.subject().to_owned());
        assert_eq!(shown, [Some("CN=one".to_owned()), expected]);
    }
}

fn file(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/identity/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

fn pem(certificate: &str, key: &str, passphrase: Option<&str>) -> Result<Identity, IdentityError> {
    Identity::from_pem(file(certificate), file(key), passphrase)
}

#[tokio::test]
async fn every_kind_of_file_makes_an_identity_that_servers_know() {
    let errand = Some("errand");
    let archive = |name, passphrase| Identity::from_pkcs12(&file(name), passphrase);
    let both = [file("rsa.key"), file("rsa.pem")].concat();
    let authority = Authority::new();
    let trusted = CertificateDer::from_pem_slice(&file("ca.pem")).unwrap();
    let config = tls::asking_of(trusted, &authority, "127.0.0.1", true, &[&TLS12, &TLS13]);
    let server = tls::serve(config, |_| ok("known")).await;
    let url = format!("https://{}/", server.address);
    for (what, identity, subject) in [
        ("PKCS#8 RSA", pem("rsa.pem", "rsa.key", None), "CN=rsa client"),
        ("PKCS#8, needless passphrase", pem("rsa.pem", "rsa.key", errand), "CN=rsa client"),
        ("PKCS#1", pem("rsa.pem", "rsa.pkcs1.key", None), "CN=rsa client"),
        ("one file", Identity::from_pem(&both, &both, None), "CN=rsa client"),
        ("PBES2 AES", pem("rsa.pem", "rsa.pbes2.key", errand), "CN=rsa client"),
        ("DEK AES", pem("rsa.pem", "rsa.aes256.dek.key", errand), "CN=rsa client"),
        ("DEK 3DES", pem("rsa.pem", "rsa.des3.dek.key", errand), "CN=rsa client"),
        ("PKCS#8 EC", pem("ec.pem", "ec.key", None), "CN=ec client"),
        ("SEC1", pem("ec.pem", "ec.sec1.key", None), "CN=ec client"),
        ("PBES2 3DES", pem("ec.pem", "ec.des3.key", errand), "CN=ec client"),
        ("PBES2 scrypt", pem("ec.pem", "ec.scrypt.key", errand), "CN=ec client"),
        ("Ed25519", pem("ed25519.pem", "ed25519.key", None), "CN=ed25519 client"),
        ("a chain in disorder", pem("chain.pem", "chain.key", None), "CN=chain client"),
        ("PKCS#12 AES", archive("rsa.p12", errand), "CN=rsa client"),
        ("PKCS#12 RC2 and 3DES", archive("rsa.legacy.p12", errand), "CN=rsa client"),
        ("PKCS#12, no passphrase", archive("ec.empty.p12", None), "CN=ec client"),
        ("PKCS#12, empty passphrase", archive("ec.empty.p12", Some("")), "CN=ec client"),
        ("PKCS#12 with a chain", archive("chain.p12", errand), "CN=chain client"),
    ] {
        let identity = identity.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!((identity.subject(), identity.fingerprint().len()), (subject, 64), "{what}");
        let done = send(with(&authority, url.clone(), &[("127.0.0.1", &identity)])).await;
        assert_eq!(done.body(), "known", "{what}: {}", done.message());
    }
}

#[test]
fn what_is_wrong_with_a_file_is_named() {
    let archive = |name, passphrase| Identity::from_pkcs12(&file(name), passphrase);
    let wrong = Some("wrong");
    let text = |certificate: &str, key: &str| Identity::from_pem(certificate, key, None);
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (result, code, words) in [
        (pem("rsa.pem", "rsa.pbes2.key", None), "identity-passphrase", "no passphrase for it"),
        (pem("rsa.pem", "rsa.pbes2.key", Some("")), "identity-passphrase", "no passphrase for it"),
        (pem("rsa.pem", "rsa.pbes2.key", wrong), "identity-passphrase", "passphrase is wrong"),
        (pem("ec.pem", "ec.scrypt.key", wrong), "identity-passphrase", "passphrase is wrong"),
        (pem("rsa.pem", "rsa.aes256.dek.key", None), "identity-passphrase", "no passphrase for it"),
        (pem("rsa.pem", "rsa.aes256.dek.key", wrong), "identity-passphrase", "passphrase is wrong"),
        (pem("ec.pem", "ec.pbes1.key", Some("errand")), "identity-unsupported", "PBES1"),
        (
            pem("ec.pem", "rsa.key", None),
            "identity-mismatch",
            "does not belong to the certificate of CN=ec client",
        ),
        (
            pem("rsa.key", "rsa.key", None),
            "identity-file",
            "the certificate file holds no certificate",
        ),
        (pem("rsa.pem", "rsa.pem", None), "identity-file", "the key file holds no private key"),
        (
            text("nonsense", "nonsense"),
            "identity-file",
            "the certificate file holds no certificate",
        ),
        (
            text(broken, "nonsense"),
            "identity-file",
            "the certificate file is not an X.509 certificate",
        ),
        (pem("rsa.p12", "rsa.p12", None), "identity-file", "the certificate file"),
        (archive("rsa.p12", None), "identity-passphrase", "no passphrase for it"),
        (archive("rsa.p12", wrong), "identity-passphrase", "passphrase is wrong"),
        (archive("rsa.legacy.p12", wrong), "identity-passphrase", "passphrase is wrong"),
        (
            archive("nokey.p12", Some("errand")),
            "identity-file",
            "the PKCS#12 file holds no private key",
        ),
        (archive("rsa.pem", Some("errand")), "identity-file", "the PKCS#12 file is not PKCS#12"),
    ] {
        let error = result.unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert!(!error.hint().is_empty() && !error.to_string().contains("errand"));
    }
    let shown = format!("{:?}", pem("rsa.pem", "rsa.key", None).unwrap());
    assert!(shown.starts_with("Identity { subject: \"CN=rsa client\", fingerprint: \""), "{shown}");
    assert!(shown.ends_with("\", .. }") && shown.len() < 160, "{shown}");
}
