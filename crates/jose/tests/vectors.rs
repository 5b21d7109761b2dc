//! Published examples, and what another implementation made with the same keys.

use errand_jose::{
    Algorithm, Error, Key, KeySet, read, sign, sign_payload, verify, verify_payload,
};
use serde_json::{Map, Value, json};

fn examples() -> Value {
    serde_json::from_str(include_str!("vectors/rfc.json")).expect("the examples are JSON")
}

fn text<'a>(example: &'a Value, member: &str) -> &'a str {
    example[member].as_str().expect("a text")
}

fn pem(name: &str) -> String {
    let path = format!("{}/tests/vectors/{name}.pem", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a PEM")
}

#[test]
fn published_tokens_are_verified_and_made_again() {
    let examples = examples();
    for example in examples["tokens"].as_array().expect("a list") {
        let name = text(example, "name");
        let key = Key::from_jwk(&example["key"]).expect(name);
        let algorithm: Algorithm = text(example, "alg").parse().expect(name);
        let token = text(example, "token");

        let public = if algorithm.is_symmetric() {
            key.clone()
        } else {
            Key::from_jwk(&key.public_jwk()).expect(name)
        };
        assert_eq!(public.can_sign(), algorithm.is_symmetric(), "{name}");
        let verified = verify_payload(token, &public.into(), &[algorithm]).expect(name);
        assert_eq!(verified.bytes, text(example, "payload").as_bytes(), "{name}");

        let header = verified.header.as_object().expect(name).clone();
        let made = sign_payload(header, &verified.bytes, algorithm, &key).expect(name);
        if example["reproducible"] == true {
            assert_eq!(*made, token, "{name}");
        }
        verify_payload(&made, &key.into(), &[algorithm]).expect(name);
    }
}

#[test]
fn a_changed_token_is_refused() {
    let examples = examples();
    for example in examples["tokens"].as_array().expect("a list") {
        let (name, token) = (text(example, "name"), text(example, "token"));
        let algorithm: Algorithm = text(example, "alg").parse().expect(name);
        let keys = KeySet::from(Key::from_jwk(&example["key"]).expect(name));
        let parts: Vec<&str> = token.split('.').collect();
        // The first character of the payload, and the first of the signature.
        for part in [1, 2] {
            let mut changed: Vec<String> = parts.iter().map(ToString::to_string).collect();
            let first = if changed[part].starts_with('A') { "B" } else { "A" };
            changed[part].replace_range(..1, first);
            let result = verify_payload(&changed.join("."), &keys, &[algorithm]);
            assert_eq!(result, Err(Error::Signature), "{name}");
        }
        let cut = format!("{}.{}.{}", parts[0], parts[1], &parts[2][..4]);
        assert_eq!(verify_payload(&cut, &keys, &[algorithm]), Err(Error::Signature), "{name}");
        let none = format!("{}.{}.", parts[0], parts[1]);
        assert_eq!(verify_payload(&none, &keys, &[algorithm]), Err(Error::Signature), "{name}");
    }
}

#[test]
fn published_thumbprints() {
    let examples = examples();
    for example in examples["thumbprints"].as_array().expect("a list") {
        let name = text(example, "name");
        let key = Key::from_jwk(&example["key"]).expect(name);
        assert_eq!(key.thumbprint(), text(example, "thumbprint"), "{name}");
    }
}

#[test]
fn tokens_of_openssl_are_verified() {
    let tokens: Value =
        serde_json::from_str(include_str!("vectors/openssl.json")).expect("the tokens are JSON");
    let tokens = tokens.as_array().expect("a list");
    assert_eq!(tokens.len(), Algorithm::ALL.len());
    for made in tokens {
        let algorithm: Algorithm = text(made, "alg").parse().expect("an algorithm");
        let key = match text(made, "key") {
            "secret" => Key::from_secret(b"a shared secret").expect("a secret"),
            name => Key::any(&pem(&format!("{name}-spki"))).expect(name),
        };
        let verified = verify(text(made, "token"), &key.into(), &[algorithm]).expect("verified");
        assert_eq!(verified.claims, json!({"sub": "openssl"}));
    }
}

#[test]
fn every_algorithm_signs_what_it_verifies() {
    for algorithm in Algorithm::ALL {
        let key = match algorithm.name() {
            // A new RSA key takes most of a second.
            name if name.starts_with("RS") || name.starts_with("PS") => {
                Key::any(&pem("rsa-pkcs8")).expect("a key")
            }
            _ => Key::generate(*algorithm).expect("a key"),
        };
        let claims = Map::from_iter([("sub".to_owned(), json!("ä"))]);
        let header = Map::from_iter([
            ("kid".to_owned(), json!("1")),
            ("typ".to_owned(), json!("at+jwt")),
            ("alg".to_owned(), json!("none")),
        ]);
        let token = sign(header, claims, *algorithm, &key).expect("signed");
        let keys = KeySet::from(key.with_id("1"));
        let verified = verify(&token, &keys, &[*algorithm]).expect("verified");
        assert_eq!(verified.claims, json!({"sub": "ä"}));
        let header = verified.header;
        assert_eq!(header, json!({"alg": algorithm.name(), "typ": "at+jwt", "kid": "1"}));
        let shown = read(&format!(" Bearer {}\n", *token)).expect("read");
        assert_eq!((shown.header, shown.claims), (header, verified.claims));
        assert!(shown.signature_length >= 32);
    }
}

#[test]
fn typ_is_jwt_unless_given() {
    let key = Key::from_secret(b"secret").expect("a key");
    let token = sign(Map::new(), Map::new(), Algorithm::Hs256, &key).expect("signed");
    assert_eq!(read(&token).expect("read").header.to_string(), r#"{"alg":"HS256","typ":"JWT"}"#);
}
