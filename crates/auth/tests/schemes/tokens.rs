//! JWT and Atlassian ASAP: tokens made on the spot.

use std::time::{Duration, UNIX_EPOCH};

use errand_auth::{Place, signer};
use errand_jose::{Algorithm, Expected, Key, KeySet, Verified, check, verify};
use errand_model::{Asap, Auth, Jwt, KeyText, TokenPlacement};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::scene::{Call, at, open, refusal};

const RSA: &str = include_str!("../vectors/oauth1-rsa-pkcs8.pem");
const SECRET: &str = "c4n4ry-secret";

fn call() -> Call {
    Call::new("GET", "https://api.example.com/")
}

fn jwt() -> Jwt {
    Jwt {
        key: KeyText::Text(SECRET.to_owned()),
        claims: "{\"sub\": \"me\"}".to_owned(),
        ..Jwt::default()
    }
}

fn asap() -> Asap {
    Asap {
        issuer: "svc/one".to_owned(),
        audience: "svc/two".to_owned(),
        key_id: "svc/one/key".to_owned(),
        private_key: KeyText::Text(RSA.to_owned()),
        ..Asap::default()
    }
}

fn verified(token: &str, key: Key, algorithm: Algorithm) -> Verified {
    let keys = KeySet::from(if algorithm.is_symmetric() {
        key
    } else {
        Key::from_jwk(&key.public_jwk()).expect("a public key")
    });
    verify(token, &keys, &[algorithm]).unwrap_or_else(|error| panic!("{error}"))
}

fn bearer(auth: &Auth, seconds: u64) -> String {
    let mut signer = open(auth, &at(seconds, "n1"));
    let outcome = call().sign(&mut *signer);
    outcome.is_harmless(&[SECRET, "ey"]);
    assert_eq!(outcome.shown("Authorization"), "Bearer ••••••");
    assert!(outcome.all_in(Place::Header));
    let value = outcome.value("Authorization");
    value.strip_prefix("Bearer ").expect("a bearer token").to_owned()
}

fn secret() -> Key {
    Key::from_secret(SECRET.as_bytes()).expect("a key")
}

#[test]
fn jwt_has_the_claims_and_the_time() {
    let token = bearer(&Auth::Jwt(jwt()), 1000);
    let made = verified(&token, secret(), Algorithm::Hs256);
    assert_eq!(made.header, json!({"alg": "HS256", "typ": "JWT"}));
    assert_eq!(made.claims, json!({"sub": "me", "iat": 1000, "exp": 1300}));
}

#[test]
fn jwt_keeps_what_is_typed() {
    let auth = Auth::Jwt(Jwt {
        key_id: "k1".to_owned(),
        claims: "{\"iat\": 1, \"exp\": 2, \"big\": 12345678901234567890123}".to_owned(),
        headers: "{\"typ\": \"at+jwt\", \"x\": [1], \"alg\": \"HS256\"}".to_owned(),
        ..jwt()
    });
    let made = verified(&bearer(&auth, 1000), secret(), Algorithm::Hs256);
    assert_eq!(made.header.to_string(), r#"{"alg":"HS256","typ":"at+jwt","x":[1],"kid":"k1"}"#);
    assert_eq!(made.claims.to_string(), r#"{"iat":1,"exp":2,"big":12345678901234567890123}"#);
}

#[test]
fn jwt_lifetimes() {
    for (typed, exp) in [("", None), ("0", Some(1000)), (" 60 ", Some(1060)), ("-60", Some(940))] {
        let auth = Auth::Jwt(Jwt { expires_in: typed.to_owned(), ..jwt() });
        let made = verified(&bearer(&auth, 1000), secret(), Algorithm::Hs256);
        assert_eq!(made.claims.get("exp").and_then(Value::as_i64), exp, "{typed}");
    }
}

#[test]
fn jwt_with_every_algorithm() {
    for algorithm in Algorithm::ALL {
        let name = algorithm.name();
        let (key, text) = if name.starts_with("RS") || name.starts_with("PS") {
            (Key::any(RSA).expect("a key"), RSA.to_owned())
        } else {
            let key = Key::generate(*algorithm).expect("a key").with_id("own");
            let text = key.private_jwk().to_string();
            (key, text)
        };
        let id = key.id().map(ToOwned::to_owned);
        let auth = Auth::Jwt(Jwt { algorithm: name.to_owned(), key: KeyText::Text(text), ..jwt() });
        let made = verified(&bearer(&auth, 5), key, *algorithm);
        assert_eq!(made.header["alg"], name);
        assert_eq!(made.header["kid"].as_str(), id.as_deref(), "{name}");
    }
}

#[test]
fn secrets_in_base64_and_odd_ones() {
    let auth =
        Auth::Jwt(Jwt { key: KeyText::Text("-_8=".to_owned()), secret_base64: true, ..jwt() });
    let key = Key::from_secret(&[0xfb, 0xff]).expect("a key");
    verified(&bearer(&auth, 5), key, Algorithm::Hs256);
    // A brace at its start makes no JWK of a secret; blanks are part of it.
    for odd in ["{not json", "{\"a\":1}", " x "] {
        let auth = Auth::Jwt(Jwt { key: KeyText::Text(odd.to_owned()), ..jwt() });
        let key = Key::from_secret(odd.as_bytes()).expect("a key");
        verified(&bearer(&auth, 5), key, Algorithm::Hs256);
    }
}

#[test]
fn jwt_goes_where_it_is_put() {
    for (placement, prefix, place, name, start, shown) in [
        (
            TokenPlacement::Header("X-Token".to_owned()),
            "",
            Place::Header,
            "X-Token",
            "ey",
            "••••••",
        ),
        (
            TokenPlacement::Header("X-Token".to_owned()),
            "JWT",
            Place::Header,
            "X-Token",
            "JWT ey",
            "JWT ••••••",
        ),
        (TokenPlacement::Query("jwt".to_owned()), "Bearer", Place::Query, "jwt", "ey", "••••••"),
    ] {
        let auth = Auth::Jwt(Jwt { placement, prefix: prefix.to_owned(), ..jwt() });
        let outcome = call().sign(&mut *open(&auth, &at(5, "n")));
        assert!(outcome.all_in(place));
        assert!(outcome.value(name).starts_with(start), "{name}");
        assert_eq!(outcome.shown(name), shown);
    }
}

#[test]
fn each_request_has_its_own_token() {
    let mut own = open(&Auth::Asap(asap()), &errand_auth::Surroundings::default());
    let token = |own: &mut dyn errand_auth::Signer| call().sign(own).value("Authorization");
    assert_ne!(token(&mut *own), token(&mut *own));
}

#[test]
fn what_is_wrong_with_a_jwt_is_said() {
    let with = |change: &dyn Fn(&mut Jwt)| {
        let mut fields = jwt();
        change(&mut fields);
        refusal(&Auth::Jwt(fields), &at(5, "n"))
    };
    let public = Key::any(RSA).expect("a key").public_jwk().to_string();
    for (said, words) in [
        (with(&|f| f.claims = "{\n  \"a\": 1,\n}".to_owned()), "line 3, column 1"),
        (with(&|f| f.claims = "[1]".to_owned()), "JWT's claims"),
        (with(&|f| f.headers = "{\"a\"".to_owned()), "JWT's headers is not a JSON object"),
        (with(&|f| f.headers = "{\"alg\":\"none\"}".to_owned()), "HS256, the algorithm"),
        (with(&|f| f.algorithm = "none".to_owned()), "Use one of HS256"),
        (with(&|f| f.algorithm = "RS256".to_owned()), "no known form"),
        (with(&|f| f.key = KeyText::None), "key is empty"),
        (with(&|f| f.key = KeyText::Text(" ".to_owned())), "key is empty"),
        (with(&|f| f.key = KeyText::Text(RSA.to_owned())), "HMAC needs a secret text"),
        (with(&|f| f.key = KeyText::Text(public.clone())), "RSA public key"),
        (with(&|f| f.secret_base64 = true), "not base64"),
        (with(&|f| f.expires_in = "1h".to_owned()), "whole number of seconds"),
        (with(&|f| f.placement = TokenPlacement::Header("a b".to_owned())), "not a header name"),
        (with(&|f| f.placement = TokenPlacement::Query(String::new())), "is empty"),
        (with(&|f| f.prefix = "a\r\nb".to_owned()), "control character"),
        (
            with(&|f| {
                f.algorithm = "ES256".to_owned();
                f.key = KeyText::Text(RSA.to_owned());
            }),
            "ES256 needs an EC key on the curve P-256, but the key is an RSA private key",
        ),
        (
            with(&|f| {
                f.algorithm = "RS256".to_owned();
                f.key = KeyText::Text(public.clone());
            }),
            "needs the private key",
        ),
    ] {
        assert!(said.contains(words), "{said}\n{words}");
        assert!(!said.contains(SECRET), "{said}");
    }
}

#[test]
fn asap_as_specified() {
    let made = verified(
        &bearer(&Auth::Asap(asap()), 1000),
        Key::any(RSA).expect("a key"),
        Algorithm::Rs256,
    );
    assert_eq!(made.header, json!({"alg": "RS256", "typ": "JWT", "kid": "svc/one/key"}));
    assert_eq!(
        made.claims,
        json!({
            "iss": "svc/one", "sub": "svc/one", "aud": "svc/two",
            "iat": 1000, "exp": 1060, "jti": "n1",
        })
    );
    let expected = Expected {
        now: UNIX_EPOCH + Duration::from_secs(1059),
        leeway: Duration::ZERO,
        issuer: Some("svc/one"),
        audience: Some("svc/two"),
        needs_expiry: true,
    };
    assert_eq!(check(&made.claims, &expected), Ok(()));
}

#[test]
fn asap_with_everything() {
    let body: String = RSA.lines().filter(|line| !line.starts_with("--")).collect();
    let auth = Auth::Asap(Asap {
        algorithm: "PS256".to_owned(),
        subject: "me".to_owned(),
        audience: " a , b,,".to_owned(),
        key_id: String::new(),
        private_key: KeyText::Text(format!("data:application/pkcs8;kid=svc%2Fx;base64,{body}")),
        claims: "{\"accountId\": 7, \"iss\": \"someone else\"}".to_owned(),
        expires_in: "3600".to_owned(),
        ..asap()
    });
    let made = verified(&bearer(&auth, 1000), Key::any(RSA).expect("a key"), Algorithm::Ps256);
    assert_eq!(made.header["kid"], "svc/x");
    assert_eq!(made.claims["aud"], json!(["a", "b"]));
    assert_eq!((&made.claims["sub"], &made.claims["exp"]), (&json!("me"), &json!(4600)));
    assert_eq!((&made.claims["iss"], &made.claims["accountId"]), (&json!("svc/one"), &json!(7)));
}

#[test]
fn an_ec_key_needs_no_algorithm() {
    let key = Key::generate(Algorithm::Es256).expect("a key");
    let private_key = KeyText::Text(key.private_jwk().to_string());
    let auth = Auth::Asap(Asap { private_key, ..asap() });
    verified(&bearer(&auth, 1000), key, Algorithm::Es256);
}

#[test]
fn what_is_wrong_with_asap_is_said() {
    let with = |change: &dyn Fn(&mut Asap)| {
        let mut fields = asap();
        change(&mut fields);
        refusal(&Auth::Asap(fields), &at(5, "n"))
    };
    for (said, words) in [
        (with(&|f| f.issuer.clear()), "ASAP issuer is empty"),
        (with(&|f| f.audience = " , ".to_owned()), "ASAP audience is empty"),
        (with(&|f| f.key_id.clear()), "ASAP key id is empty"),
        (with(&|f| f.private_key = KeyText::None), "private key is empty"),
        (with(&|f| f.private_key = KeyText::Text(SECRET.to_owned())), "no known form"),
        (with(&|f| f.expires_in = "3601".to_owned()), "between 1 and 3600 seconds"),
        (with(&|f| f.expires_in = "0".to_owned()), "between 1 and 3600 seconds"),
        (with(&|f| f.algorithm = "HS256".to_owned()), "one with a private key"),
        (with(&|f| f.algorithm = "ES256".to_owned()), "ES256 needs an EC key"),
        (with(&|f| f.claims = "{".to_owned()), "ASAP's further claims is not a JSON object"),
    ] {
        assert!(said.contains(words), "{said}\n{words}");
        assert!(!said.contains(SECRET), "{said}");
    }
}

proptest! {
    #[test]
    fn whatever_is_typed(
        algorithm in prop_oneof![Just("HS256".to_owned()), "\\PC{0,8}"],
        key in "\\PC{0,20}",
        claims in prop_oneof![Just("{}".to_owned()), "\\PC{0,20}", "[{}\\[\\]\":,0-9a-z\n]{0,20}"],
        prefix in "[ -~\r\n\t]{0,6}",
        name in "[ -~\r\n]{1,6}",
        expires_in in prop_oneof![Just(i64::MAX.to_string()), "[-0-9]{0,20}"],
    ) {
        let auth = Auth::Jwt(Jwt {
            algorithm,
            key: KeyText::Text(format!("{key}{SECRET}")),
            claims,
            prefix,
            placement: TokenPlacement::Header(name),
            expires_in,
            ..jwt()
        });
        match signer(&auth, &at(1000, "n")) {
            Ok(own) => {
                let mut own = own.expect("a signer");
                call().sign(&mut *own).is_harmless(&[SECRET]);
            }
            Err(error) => prop_assert!(!error.to_string().contains(SECRET)),
        }
    }
}
