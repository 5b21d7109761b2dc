//! Whatever is typed: no panic, no broken header, and no secret in what people see.

use errand_auth::{Place, Signer, Surroundings, signer};
use errand_model::{ApiKeyPlace, Auth, AwsV4, EdgeGrid, Hawk, OAuth1};
use proptest::prelude::*;

use crate::scene::{Call, answer, at};

/// What stands for a secret: no part of anything else.
const CANARY: &str = "c4n4ry-9f";

/// A field's text: letters, and what breaks headers.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ]{1,8}",
        "[ -~]{0,8}",
        "\\PC{0,4}",
        "[a-z]{0,3}[\r\n\t\u{0}\"\\\\,;:&=%]{0,3}[a-z]{0,3}",
    ]
}

fn any_auth() -> impl Strategy<Value = Auth> {
    let secret = || typed().prop_map(|text| format!("{text}{CANARY}"));
    let key = || (typed(), secret());
    prop_oneof![
        (typed(), secret()).prop_map(|(username, password)| Auth::Basic { username, password }),
        secret().prop_map(|token| Auth::Bearer { token }),
        (typed(), secret()).prop_map(|(key, value)| {
            Auth::ApiKey { key, value, placement: ApiKeyPlace::Header }
        }),
        (typed(), secret()).prop_map(|(username, password)| Auth::Digest { username, password }),
        (typed(), secret()).prop_map(|(username, password)| Auth::Wsse {
            username,
            password,
            digest: errand_model::WsseDigest::Hex,
        }),
        (typed(), secret(), typed()).prop_map(|(username, password, domain)| Auth::Ntlm {
            username,
            password,
            domain
        }),
        (key(), typed(), typed(), any::<bool>()).prop_map(|((id, key), ext, app, hash)| {
            let include_payload_hash = hash;
            Auth::Hawk(Hawk { id, key, ext, app, include_payload_hash, ..Hawk::default() })
        }),
        (key(), secret(), typed()).prop_map(|((token, client_secret), access_token, names)| {
            Auth::EdgeGrid(EdgeGrid {
                client_token: token,
                client_secret,
                access_token,
                headers_to_sign: names,
                max_body_bytes: String::new(),
            })
        }),
        (key(), secret(), typed(), typed()).prop_map(|((id, secret), token, region, service)| {
            Auth::AwsV4(AwsV4 {
                access_key_id: id,
                secret_access_key: secret,
                session_token: token,
                region,
                service,
                ..AwsV4::default()
            })
        }),
        (key(), secret(), typed(), typed()).prop_map(
            |((consumer_key, secret), token, realm, nonce)| {
                Auth::OAuth1(Box::new(OAuth1 {
                    consumer_key,
                    consumer_secret: secret.clone(),
                    access_token: token,
                    access_token_secret: secret,
                    realm,
                    nonce,
                    ..OAuth1::default()
                }))
            }
        ),
    ]
}

fn check(signer: &mut dyn Signer) {
    let call = Call::new("POST", "https://api.test/a?b=c").body("d");
    let outcome = match call.try_sign(signer) {
        Ok(outcome) => outcome,
        Err(error) => return assert!(!error.to_string().contains(CANARY), "{error}"),
    };
    outcome.is_harmless(&[CANARY]);
    for addition in outcome.0.additions.iter().filter(|a| a.place == Place::Header) {
        let value = addition.value.expose();
        let bad = value.chars().find(|c| c.is_control() && *c != '\t');
        assert!(bad.is_none(), "{}: {value:?}", addition.name);
    }
}

proptest! {
    #[test]
    fn breaks_no_header(auth in any_auth(), realm in typed()) {
        let sources: Surroundings = at(1_700_000_000, "n");
        match signer(&auth, &sources) {
            Err(error) => prop_assert!(!error.to_string().contains(CANARY), "{}", error),
            Ok(None) => {}
            Ok(Some(mut signer)) => {
                check(&mut *signer);
                let challenge = format!("Digest realm=\"{realm}\", nonce=\"{realm}\", qop=auth");
                let _ = answer(&mut *signer, 401, &[("WWW-Authenticate", &challenge)]);
                check(&mut *signer);
            }
        }
    }
}
