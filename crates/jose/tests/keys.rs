//! Every form a key comes in, and what is said about those that are not read.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use errand_jose::{Algorithm, Error, Key, KeySet, sign, verify};
use serde_json::{Map, Value, json};

fn pem(name: &str) -> String {
    let path = format!("{}/tests/vectors/{name}.pem", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a PEM")
}

fn key(name: &str) -> Key {
    Key::any(&pem(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn error(text: &str, passphrase: Option<&str>) -> Error {
    Key::any_with(text, passphrase).err().expect("no key")
}

fn no_claims() -> Map<String, Value> {
    Map::new()
}

/// Signs with one and verifies with the other.
fn belong_together(private: &Key, public: &Key) {
    let algorithm = private.default_algorithm();
    let token = sign(Map::new(), no_claims(), algorithm, private).expect("signed");
    verify(&token, &public.clone().into(), &[algorithm]).expect("verified");
}

#[test]
fn every_form_of_pem() {
    for (private, public) in [
        ("rsa-pkcs1", &["rsa-spki", "rsa-pkcs1-public", "rsa-cert", "rsa-pkcs8"][..]),
        ("rsa-pkcs8", &["rsa-spki"]),
        ("rsa-pss-pkcs8", &["rsa-pss-spki"]),
        ("p256-sec1", &["p256-spki", "p256-spki-compressed", "p256-cert"]),
        ("p256-pkcs8", &["p256-spki"]),
        ("p384-sec1", &["p384-spki", "p384-cert"]),
        ("p384-pkcs8", &["p384-spki"]),
        ("p521-sec1", &["p521-spki", "p521-cert"]),
        ("p521-pkcs8", &["p521-spki"]),
        ("ed25519-pkcs8", &["ed25519-spki", "ed25519-cert"]),
    ] {
        let private = key(private);
        assert!(private.can_sign());
        for name in public {
            let public = key(name);
            belong_together(&private, &public);
            assert_eq!(private.thumbprint(), public.thumbprint(), "{name}");
        }
    }
}

#[test]
fn encrypted_pem() {
    let plain = key("rsa-pkcs8");
    for name in ["encrypted-aes256", "encrypted-aes128-sha1", "encrypted-des3", "encrypted-scrypt"]
    {
        let text = pem(name);
        let opened = Key::from_pem(&text, Some("geheim")).expect(name);
        assert_eq!(opened.thumbprint(), plain.thumbprint(), "{name}");
        assert_eq!(error(&text, None), Error::PassphraseNeeded, "{name}");
        assert_eq!(error(&text, Some("")), Error::PassphraseNeeded, "{name}");
    }
    for wrong in ["Geheim", "geheim ", "x"] {
        assert_eq!(error(&pem("encrypted-aes256"), Some(wrong)), Error::Passphrase);
    }
    for old in ["encrypted-pbes1", "rsa-legacy-encrypted"] {
        let said = error(&pem(old), Some("geheim")).to_string();
        assert!(said.contains("openssl pkcs8 -topk8"), "{old}: {said}");
    }
}

#[test]
fn pem_as_it_is_pasted() {
    let (whole, expected) = (pem("p256-pkcs8"), key("p256-pkcs8").thumbprint());
    let indented: String = whole.lines().flat_map(|line| ["    ", line, "\r\n"]).collect();
    for text in [
        whole.replace('\n', "\\n"),
        whole.replace('\n', "\\r\\n"),
        whole.replace('\n', " "),
        whole.replace('\n', ""),
        whole.replace('\n', "\r\n"),
        format!("\u{feff}Bag Attributes\n    friendlyName: x\n{whole}trailing"),
        format!("{}{whole}", pem("p384-cert")),
        indented,
        json!({"type": "service_account", "private_key_id": "k1", "private_key": whole})
            .to_string(),
    ] {
        let read = Key::any(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(read.thumbprint(), expected, "{text}");
        assert!(read.can_sign());
    }
}

#[test]
fn keys_that_are_not_read_are_named() {
    for (name, word) in [
        ("secp256k1-sec1", "secp256k1"),
        ("ed448-pkcs8", "Ed448"),
        ("openssh", "ssh-keygen -p -m PKCS8"),
    ] {
        let said = error(&pem(name), None).to_string();
        assert!(said.contains(word), "{name}: {said}");
    }
    for (text, word) in [
        ("", "empty"),
        ("  \n", "empty"),
        ("hello", "no known form"),
        ("{", "line 1, column 1"),
        ("{}", "kty"),
        ("{\"kty\":\"XYZ\"}", "XYZ"),
        ("{\"kty\":5}", "texts"),
        ("{\"kty\":\"oct\",\"k\":\"\"}", "empty"),
        ("{\"kty\":\"oct\",\"k\":\"!!\"}", "\"k\""),
        ("{\"keys\":[]}", "set"),
        ("-----BEGIN PRIVATE KEY-----\nMIGH", "END"),
        ("-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----", "base64"),
        ("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----", "PKCS#8"),
        ("-----BEGIN X509 CRL-----\nMIGH\n-----END X509 CRL-----", "X509 CRL"),
        ("data:application/pkcs8;kid=a;base64", "comma"),
        ("data:text/plain;base64,AAAA", "application/pkcs8"),
        ("data:application/pkcs8;kid=a,AAAA", ";base64"),
    ] {
        let said = error(text, None).to_string();
        assert!(said.contains(word), "{text}: {said}");
    }
}

#[test]
fn asap_urls() {
    let body: String = pem("rsa-pkcs8").lines().filter(|line| !line.starts_with("-----")).collect();
    let escaped = body.replace('+', "%2B").replace('=', "%3D");
    for body in [body, escaped] {
        let url = format!("data:application/pkcs8;kid=webapp%2Fabc123;base64,{body}");
        let read = Key::any(&url).expect("a key");
        assert_eq!(read.id(), Some("webapp/abc123"));
        assert_eq!(read.thumbprint(), key("rsa-pkcs8").thumbprint());
    }
}

#[test]
fn jwk_there_and_back() {
    for name in ["rsa-pkcs8", "p256-pkcs8", "p384-pkcs8", "p521-pkcs8", "ed25519-pkcs8"] {
        let original = key(name).with_id("i\"d");
        let again = Key::any(&original.private_jwk()).expect(name);
        assert!(again.can_sign());
        assert_eq!(again.id(), Some("i\"d"));
        assert_eq!(*again.private_jwk(), *original.private_jwk(), "{name}");
        let public = Key::from_jwk(&original.public_jwk()).expect(name);
        assert!(!public.can_sign());
        belong_together(&again, &public);
        for secret in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(original.public_jwk().get(secret).is_none(), "{name} {secret}");
        }
        assert_eq!(*public.private_jwk(), public.public_jwk().to_string());
    }
    let secret = Key::generate(Algorithm::Hs512).expect("a key");
    assert_eq!(secret.public_jwk(), json!({"kty": "oct"}));
    belong_together(&Key::any(&secret.private_jwk()).expect("a key"), &secret);
}

#[test]
fn an_rsa_jwk_without_primes_signs_too() {
    let whole: Value =
        serde_json::from_str(&key("rsa-pkcs8").private_jwk()).expect("the key is JSON");
    let bare = json!({"kty": "RSA", "n": whole["n"], "e": whole["e"], "d": whole["d"]});
    belong_together(&Key::from_jwk(&bare).expect("a key"), &key("rsa-spki"));
}

#[test]
fn jwk_with_wrong_numbers() {
    let rsa: Value =
        serde_json::from_str(&key("rsa-pkcs8").private_jwk()).expect("the key is JSON");
    let ec: Value =
        serde_json::from_str(&key("p256-pkcs8").private_jwk()).expect("the key is JSON");
    let okp: Value =
        serde_json::from_str(&key("ed25519-pkcs8").private_jwk()).expect("the key is JSON");
    let other: Value = key("p256-cert").public_jwk();
    let stranger = Key::generate(Algorithm::Es256).expect("a key").public_jwk();
    assert_eq!(other["x"], ec["x"]);
    let with = |jwk: &Value, member: &str, value: Value| {
        let mut changed = jwk.clone();
        changed[member] = value;
        changed
    };
    let huge = "A".repeat(3) + &"_".repeat(20_000);
    for wrong in [
        with(&rsa, "d", json!("AQAB")),
        with(&rsa, "p", rsa["q"].clone()),
        with(&rsa, "q", Value::Null),
        with(&rsa, "n", json!("AQAB")),
        with(&rsa, "n", json!("")),
        with(&rsa, "n", json!(huge)),
        with(&rsa, "e", json!(huge)),
        with(&rsa, "e", json!("AA")),
        with(&rsa, "p", json!(huge)),
        with(&ec, "y", ec["x"].clone()),
        with(&ec, "d", stranger["x"].clone()),
        with(&ec, "d", json!("AAAA")),
        with(&ec, "d", json!("_".repeat(42) + "8")),
        with(&ec, "x", json!(huge)),
        with(&ec, "crv", json!("P-521")),
        with(&ec, "crv", json!("secp256k1")),
        with(&okp, "crv", json!("X25519")),
        with(&okp, "x", ec["x"].clone()),
        with(&okp, "d", ec["d"].clone()),
    ] {
        assert!(Key::from_jwk(&wrong).is_err(), "{}", wrong["kty"]);
    }
}

#[test]
fn leading_zeros_may_be_missing() {
    // The x of RFC 7520 §3.2 begins with a zero byte.
    let whole = include_str!("vectors/rfc.json");
    let examples: Value = serde_json::from_str(whole).expect("the examples are JSON");
    let mut jwk = examples["tokens"][2]["key"].clone();
    let key = Key::from_jwk(&jwk).expect("a key");
    let x = jwk["x"].as_str().expect("a text");
    assert!(x.starts_with("AHKZ"));
    let bytes = URL_SAFE_NO_PAD.decode(x).expect("base64url");
    jwk["x"] = json!(errand_jose::base64url(&bytes[1..]));
    assert_eq!(Key::from_jwk(&jwk).expect("a key").thumbprint(), key.thumbprint());
}

#[test]
fn secrets() {
    assert_eq!(Key::from_secret(b"").err(), Some(Error::EmptyKey));
    assert_eq!(Key::from_secret_base64("").err(), Some(Error::EmptyKey));
    assert_eq!(Key::from_secret_base64("a b c!").err(), Some(Error::SecretBase64));
    let public = pem("rsa-spki");
    assert_eq!(Key::from_secret(public.as_bytes()).err(), Some(Error::PemAsSecret));
    let plain = Key::from_secret(&[0xfb, 0xff]).expect("a key");
    for text in ["-_8", "+/8=", "-_8=", " +/\n8 "] {
        let key = Key::from_secret_base64(text).expect("a key");
        assert_eq!(key.thumbprint(), plain.thumbprint());
    }
}

#[test]
fn a_key_is_used_only_as_it_may_be() {
    let sign_with = |key: &Key, algorithm| sign(Map::new(), no_claims(), algorithm, key).err();
    for algorithm in [Algorithm::Hs256, Algorithm::Rs256, Algorithm::Es384, Algorithm::EdDsa] {
        for name in ["p256-spki", "p256-pkcs8"] {
            let error = sign_with(&key(name), algorithm).expect("refused");
            assert!(matches!(error, Error::WrongKey { .. }), "{error}");
        }
    }
    let error = sign_with(&key("p256-spki"), Algorithm::Es256).expect("refused").to_string();
    assert!(error.contains("needs the private key"), "{error}");
    let mut jwk = key("rsa-pkcs8").public_jwk();
    jwk["alg"] = json!("PS256");
    let only = Key::from_jwk(&jwk).expect("a key");
    assert_eq!(only.default_algorithm(), Algorithm::Ps256);
    let error = sign_with(&only, Algorithm::Rs256).expect("refused");
    assert!(matches!(error, Error::OtherAlgorithm { .. }), "{error}");
}

#[test]
fn sets() {
    let set = json!({"keys": [
        key("rsa-spki").with_id("r").public_jwk(),
        key("p256-spki").with_id("e").public_jwk(),
        {"kty": "from the future", "kid": "x"},
        {"kty": "RSA", "n": "broken"},
        7,
    ]});
    let set = KeySet::from_json(&set.to_string()).expect("a set");
    assert_eq!((set.keys().len(), set.skipped()), (2, 3));
    for text in ["", "[]", "{}", "{\"keys\":{}}", "{\"keys\":["] {
        assert!(KeySet::from_json(text).is_err(), "{text}");
    }
    let signed = |kid: Option<&str>, name: &str, algorithm| {
        let header = kid.map(|kid| ("kid".to_owned(), json!(kid))).into_iter().collect();
        let token = sign(header, no_claims(), algorithm, &key(name)).expect("signed");
        verify(&token, &set, Algorithm::ASYMMETRIC).map(|_| ())
    };
    assert_eq!(signed(Some("r"), "rsa-pkcs8", Algorithm::Rs256), Ok(()));
    assert_eq!(signed(None, "rsa-pkcs8", Algorithm::Ps512), Ok(()));
    assert_eq!(signed(None, "p256-pkcs8", Algorithm::Es256), Ok(()));
    assert_eq!(
        signed(Some("z"), "p256-pkcs8", Algorithm::Es256),
        Err(Error::UnknownKey { kid: "z".to_owned(), known: "r, e".to_owned() })
    );
    assert!(matches!(
        signed(Some("r"), "p256-pkcs8", Algorithm::Es256),
        Err(Error::WrongKey { .. })
    ));
    assert_eq!(
        signed(None, "ed25519-pkcs8", Algorithm::EdDsa),
        Err(Error::NoKey { algorithm: Algorithm::EdDsa })
    );
    assert_eq!(signed(None, "rsa-pss-pkcs8", Algorithm::Rs256), Err(Error::Signature));
}
