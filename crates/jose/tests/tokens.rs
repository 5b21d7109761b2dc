//! Tokens that want to be taken for what they are not, or to break the reader.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use errand_jose::{
    Algorithm, Error, Expected, Key, KeySet, MAX_TOKEN, base64url, check, read, sign, verify,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const SECRET: &[u8] = b"a shared secret";

fn secret() -> Key {
    Key::from_secret(SECRET).expect("a key")
}

fn public() -> Key {
    Key::any(include_str!("vectors/rsa-spki.pem")).expect("a key")
}

fn all_keys() -> KeySet {
    KeySet::new([
        secret(),
        public(),
        Key::any(include_str!("vectors/p256-spki.pem")).expect("a key"),
        Key::any(include_str!("vectors/p521-spki.pem")).expect("a key"),
        Key::any(include_str!("vectors/ed25519-spki.pem")).expect("a key"),
    ])
}

fn token(header: &str, claims: &str, signature: &str) -> String {
    format!("{}.{}.{signature}", base64url(header.as_bytes()), base64url(claims.as_bytes()))
}

fn refused(token: &str) -> Error {
    verify(token, &all_keys(), Algorithm::ALL).expect_err("accepted")
}

#[test]
fn none_is_never_accepted() {
    for name in ["none", "None", "NONE", "nOnE"] {
        let header = format!("{{\"alg\":\"{name}\"}}");
        assert_eq!(refused(&token(&header, "{}", "")), Error::Unsigned);
        assert_eq!(refused(&token(&header, "{}", "AAAA")), Error::Unsigned);
        assert_eq!(read(&token(&header, "{}", "")).expect("read").signature_length, 0);
    }
    for name in ["", "hs256", " HS256", "HS256\u{0}", "A128KW"] {
        let header = json!({"alg": name}).to_string();
        assert!(matches!(refused(&token(&header, "{}", "")), Error::Algorithm { .. }), "{name}");
    }
}

#[test]
fn a_public_key_is_no_secret() {
    // The classic attack: an HMAC over the token, keyed with what everybody knows.
    let pem = include_str!("vectors/rsa-spki.pem");
    assert_eq!(Key::from_secret(pem.as_bytes()).err(), Some(Error::PemAsSecret));
    let der: Vec<u8> =
        pem.lines().filter(|line| !line.starts_with("--")).collect::<String>().into();
    let attacker = Key::from_secret(&der).expect("a key");
    let forged = sign(Map::new(), Map::new(), Algorithm::Hs256, &attacker).expect("signed");
    for allowed in [Algorithm::ALL, &[Algorithm::Hs256]] {
        let error = verify(&forged, &public().into(), allowed).expect_err("accepted");
        assert_eq!(error, Error::NoKey { algorithm: Algorithm::Hs256 });
        let named = KeySet::from(public().with_id("1"));
        let header = Map::from_iter([("kid".to_owned(), json!("1"))]);
        let forged = sign(header, Map::new(), Algorithm::Hs256, &attacker).expect("signed");
        let error = verify(&forged, &named, allowed).expect_err("accepted");
        assert!(matches!(error, Error::WrongKey { .. }), "{error}");
    }
}

#[test]
fn only_what_is_allowed() {
    let token = sign(Map::new(), Map::new(), Algorithm::Hs256, &secret()).expect("signed");
    verify(&token, &all_keys(), &[Algorithm::Hs256]).expect("verified");
    for allowed in [&[][..], &[Algorithm::Hs512], Algorithm::ASYMMETRIC] {
        let error = verify(&token, &all_keys(), allowed).expect_err("accepted");
        assert!(matches!(error, Error::NotAllowed { .. }), "{error}");
    }
}

#[test]
fn extensions_are_not_overlooked() {
    for header in [
        json!({"crit": ["b64"], "b64": false}),
        json!({"crit": []}),
        json!({"crit": null}),
        json!({"crit": ["exp"]}),
    ] {
        let header = header.as_object().expect("an object").clone();
        let token = sign(header, Map::new(), Algorithm::Hs256, &secret()).expect("signed");
        assert_eq!(refused(&token), Error::Critical);
    }
}

#[test]
fn keys_in_the_token_are_not_trusted() {
    let attacker = Key::generate(Algorithm::Es256).expect("a key");
    let header = Map::from_iter([
        ("jwk".to_owned(), attacker.public_jwk()),
        ("jku".to_owned(), json!("https://evil.example/keys")),
    ]);
    let token = sign(header, Map::new(), Algorithm::Es256, &attacker).expect("signed");
    assert_eq!(refused(&token), Error::Signature);
}

#[test]
fn shapes_that_are_no_token() {
    let deep = "[".repeat(100_000);
    let deep_object = format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    let good = sign(Map::new(), Map::new(), Algorithm::Hs256, &secret()).expect("signed");
    for (text, word) in [
        (String::new(), "1 parts"),
        (".".to_owned(), "2 parts"),
        ("..".to_owned(), "header"),
        ("a.b".to_owned(), "2 parts"),
        ("a.b.c.d".to_owned(), "4 parts"),
        ("a.b.c.d.e".to_owned(), "encrypted"),
        (".".repeat(500_000), "6 parts"),
        ("a".repeat(MAX_TOKEN + 1), "bytes long"),
        (token("{\"alg\":\"HS256\"", "{}", ""), "line 1, column"),
        (token("[]", "{}", ""), "not an object"),
        (token("\"alg\"", "{}", ""), "not an object"),
        (token("{}", "{}", ""), "\"alg\""),
        (token("{\"alg\":5}", "{}", ""), "\"alg\""),
        (token("{\"alg\":\"HS256\",\"kid\":5}", "{}", ""), "\"kid\""),
        (token(&deep, "{}", ""), "header is not JSON"),
        (token(&deep_object, "{}", ""), "header is not JSON"),
        (token("\u{feff}{\"alg\":\"HS256\"}", "{}", ""), "header is not JSON"),
        (format!("!{}", *good), "header is not base64url"),
        (format!("{}=", *good), "signature is not base64url"),
        (format!("{}\n", *good), "signature is not base64url"),
        (format!(" {}", *good), "header is not base64url"),
        (good.replace('.', ".="), "base64url"),
        ("é.é.é".to_owned(), "base64url"),
    ] {
        let said = refused(&text).to_string();
        assert!(said.contains(word), "{said}, not {word}");
        assert!(said.len() < 400, "{said}");
    }
}

#[test]
fn claims_must_be_an_object() {
    for (payload, word) in [("[]", "not an object"), ("x", "not JSON"), ("", "not JSON")] {
        let token =
            errand_jose::sign_payload(Map::new(), payload.as_bytes(), Algorithm::Hs256, &secret())
                .expect("signed");
        let said = refused(&token).to_string();
        assert!(said.contains(word), "{said}");
        errand_jose::verify_payload(&token, &all_keys(), &[Algorithm::Hs256]).expect("verified");
    }
}

#[test]
fn numbers_survive_as_they_are_written() {
    let token = token("{\"alg\":\"none\"}", "{\"id\":12345678901234567890123,\"f\":1.50}", "");
    let claims = read(&token).expect("read").claims.to_string();
    assert_eq!(claims, "{\"id\":12345678901234567890123,\"f\":1.50}");
}

fn at(seconds: u64) -> Expected<'static> {
    Expected {
        now: UNIX_EPOCH + Duration::from_secs(seconds),
        leeway: Duration::from_secs(60),
        issuer: None,
        audience: None,
        needs_expiry: false,
    }
}

#[test]
fn times_with_leeway() {
    let claims = json!({"iat": 1000, "nbf": 1000.5, "exp": 2000});
    for (now, word) in [
        (900, "not valid yet"),
        (941, ""),
        (1000, ""),
        (2059, ""),
        (2060, "expired 60 s ago (exp 2000)"),
        (9000, "expired 7000 s ago"),
    ] {
        let said = check(&claims, &at(now)).err().map(|error| error.to_string());
        assert_eq!(said.is_none(), word.is_empty(), "{now}: {said:?}");
        assert!(said.unwrap_or_default().contains(word), "{now}");
    }
    let early = check(&json!({"iat": 5000}), &at(1000)).expect_err("early").to_string();
    assert!(early.contains("issued 4000 s in the future"), "{early}");
    assert_eq!(check(&json!({}), &at(1000)), Ok(()));
    let strict = Expected { needs_expiry: true, ..at(1000) };
    assert_eq!(check(&json!({}), &strict), Err(Error::ClaimMissing { claim: "exp" }));
    for odd in [json!("2000"), json!(null), json!([]), json!({}), json!(true)] {
        let error = check(&json!({"exp": odd}), &at(1)).expect_err("odd");
        assert!(matches!(error, Error::ClaimType { claim: "exp", .. }), "{error}");
    }
    let far: Value = serde_json::from_str("{\"exp\":1e400,\"nbf\":-1e300}").expect("JSON");
    let _ = check(&far, &at(1));
    let past = Expected { now: SystemTime::UNIX_EPOCH - Duration::from_secs(5), ..at(0) };
    assert!(check(&claims, &past).is_err());
}

#[test]
fn issuer_and_audience() {
    let expected = Expected { issuer: Some("https://i"), audience: Some("me"), ..at(0) };
    let good = json!({"iss": "https://i", "aud": ["you", "me"]});
    assert_eq!(check(&good, &expected), Ok(()));
    assert_eq!(check(&json!({"iss": "https://i", "aud": "me"}), &expected), Ok(()));
    for (claims, word) in [
        (json!({"aud": "me"}), "no \"iss\""),
        (json!({"iss": "https://i/", "aud": "me"}), "not by \"https://i\""),
        (json!({"iss": 1, "aud": "me"}), "not a text"),
        (json!({"iss": "https://i"}), "no \"aud\""),
        (json!({"iss": "https://i", "aud": "ME"}), "meant for \"ME\""),
        (json!({"iss": "https://i", "aud": []}), "nobody"),
        (json!({"iss": "https://i", "aud": [1, {}]}), "nobody"),
        (json!({"iss": "https://i", "aud": {"me": 1}}), "a text or a list"),
    ] {
        let said = check(&claims, &expected).expect_err("accepted").to_string();
        assert!(said.contains(word), "{said}");
    }
}

proptest! {
    #[test]
    fn nothing_panics_on_any_text(text in "\\PC{0,200}") {
        let _ = read(&text);
        let _ = verify(&text, &all_keys(), Algorithm::ALL);
        let _ = Key::any(&text);
        let _ = KeySet::from_json(&text);
    }

    #[test]
    fn nothing_panics_on_what_looks_like_a_token(
        header in "(\\{\"(alg|kid|typ)\":\"?(HS256|RS256|PS384|ES256|ES512|EdDSA|none|[a-z]{0,3})\"?[,}]?){1,3}",
        claims in any::<Vec<u8>>(),
        signature in any::<Vec<u8>>(),
    ) {
        let text = format!(
            "{}.{}.{}", base64url(header.as_bytes()), base64url(&claims), base64url(&signature),
        );
        let _ = read(&text);
        prop_assert!(verify(&text, &all_keys(), Algorithm::ALL).is_err());
    }

    #[test]
    fn no_signature_is_guessed(
        algorithm in prop::sample::select(Algorithm::ALL),
        signature in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let header = format!("{{\"alg\":\"{algorithm}\"}}");
        let text = token(&header, "{}", &base64url(&signature));
        prop_assert!(verify(&text, &all_keys(), Algorithm::ALL).is_err());
    }

    #[test]
    fn nothing_panics_on_broken_keys(
        name in prop::sample::select(&["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY",
            "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE", "ENCRYPTED PRIVATE KEY"][..]),
        file in prop::sample::select(&[
            include_str!("vectors/rsa-pkcs1.pem"), include_str!("vectors/rsa-cert.pem"),
            include_str!("vectors/p256-pkcs8.pem"), include_str!("vectors/p384-spki.pem"),
            include_str!("vectors/p521-sec1.pem"), include_str!("vectors/ed25519-pkcs8.pem"),
        ][..]),
        at in any::<prop::sample::Index>(),
        with in "[A-Za-z0-9+/]",
        cut in any::<bool>(),
    ) {
        let mut body: String =
            file.lines().filter(|line| !line.starts_with("--")).collect();
        let at = at.index(body.len());
        if cut { body.truncate(at); } else { body.replace_range(at..=at, &with); }
        let text = format!("-----BEGIN {name}-----\n{body}\n-----END {name}-----\n");
        let _ = Key::from_pem(&text, Some("x"));
    }

    #[test]
    fn what_is_signed_is_verified(
        names in prop::collection::vec("\\PC{0,8}", 0..5), value in "\\PC{0,40}", secret in "\\PC{1,80}",
    ) {
        prop_assume!(!secret.trim_start().starts_with("-----BEGIN"));
        let claims: Map<String, Value> =
            names.into_iter().map(|name| (name, json!(value))).collect();
        let key = Key::from_secret(secret.as_bytes()).expect("a key");
        let token = sign(Map::new(), claims.clone(), Algorithm::Hs384, &key).expect("signed");
        let verified = verify(&token, &key.into(), &[Algorithm::Hs384]).expect("verified");
        prop_assert_eq!(verified.claims, Value::Object(claims));
    }
}
