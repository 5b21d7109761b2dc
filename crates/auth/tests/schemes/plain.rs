//! Schemes without secrets of their own making: basic, bearer, API key, WSSE, netrc; and the door.

use errand_auth::{Place, Secret, Surroundings, scheme_id, scheme_name, signer};
use errand_model::{ApiKeyPlace, Auth};

use crate::scene::{Call, at, open, refusal, schemes, text};

fn get() -> Call {
    Call::new("GET", "https://api.test/a")
}

#[test]
fn basic_by_the_vectors() {
    for case in schemes()["basic"].as_array().expect("cases") {
        let auth = Auth::Basic {
            username: text(case, "user").to_owned(),
            password: text(case, "password").to_owned(),
        };
        let outcome = get().sign(&mut *open(&auth, &at(0, "")));
        assert_eq!(outcome.value("Authorization"), text(case, "header"));
        assert_eq!(outcome.shown("Authorization"), "Basic ••••••");
    }
}

#[test]
fn a_key_goes_onto_every_request() {
    let key = |placement| Auth::ApiKey { key: "k".into(), value: "canary".into(), placement };
    for (placement, place) in [
        (ApiKeyPlace::Header, Place::Header),
        (ApiKeyPlace::Query, Place::Query),
        (ApiKeyPlace::Cookie, Place::Cookie),
    ] {
        let mut signer = open(&key(placement), &at(0, ""));
        for _ in 0..2 {
            let outcome = get().sign(&mut *signer);
            assert!(outcome.all_in(place));
            assert_eq!(outcome.value("k"), "canary");
            outcome.is_harmless(&["canary"]);
        }
    }
}

#[test]
fn wsse_by_its_first_description() {
    // Mark Pilgrim, "Atom Authentication" (2003): the example there.
    let auth = Auth::Wsse {
        username: "bob".into(),
        password: "taadtaadpstcsm".into(),
        digest: errand_model::WsseDigest::Raw,
    };
    let sources = at(1_071_499_387, "d36e316282959a9ed4c89851497a717f");
    let outcome = get().sign(&mut *open(&auth, &sources));
    assert_eq!(
        outcome.value("X-WSSE"),
        "UsernameToken Username=\"bob\", PasswordDigest=\"quR/EWLAV4xLf9Zqyw4pDmfV9OY=\", Nonce=\"d36e316282959a9ed4c89851497a717f\", Created=\"2003-12-15T14:43:07Z\""
    );
    assert_eq!(outcome.value("Authorization"), "WSSE profile=\"UsernameToken\"");
    outcome.is_harmless(&["quR/EWLAV", "taad"]);
}

#[test]
fn wsse_with_the_hash_as_text() {
    // The same example with the hash as Emarsys takes it and Bruno sends it; by Python's hashlib.
    let auth = Auth::Wsse {
        username: "bob".into(),
        password: "taadtaadpstcsm".into(),
        digest: errand_model::WsseDigest::Hex,
    };
    let sources = at(1_071_499_387, "d36e316282959a9ed4c89851497a717f");
    let outcome = get().sign(&mut *open(&auth, &sources));
    let digest = "PasswordDigest=\"YWFlNDdmMTE2MmMwNTc4YzRiN2ZkNjZhY2IwZTI5MGU2N2Q1ZjRlNg==\"";
    assert!(outcome.value("X-WSSE").contains(digest), "{}", outcome.value("X-WSSE"));
}

#[test]
fn a_real_nonce_is_never_the_same() {
    let auth = Auth::Wsse {
        username: "a".into(),
        password: "b".into(),
        digest: errand_model::WsseDigest::Hex,
    };
    let mut signer = open(&auth, &Surroundings::default());
    let (one, two) = (get().sign(&mut *signer), get().sign(&mut *signer));
    assert_ne!(one.value("X-WSSE"), two.value("X-WSSE"));
}

#[test]
fn netrc_chooses_by_host() {
    let auth = Auth::Netrc { file: String::new() };
    let mut sources = at(0, "");
    assert!(refusal(&auth, &sources).contains("is not there"));
    sources.netrc = Some(Secret::from("machine api.test login a password canary"));
    let mut signer = open(&auth, &sources);
    let outcome = get().sign(&mut *signer);
    assert_eq!(outcome.value("Authorization"), "Basic YTpjYW5hcnk=");
    outcome.is_harmless(&["YTpj"]);
    let other = Call::new("GET", "https://other.test/").try_sign(&mut *signer);
    let error = other.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("machine other.test"), "{error}");
}

#[test]
fn what_is_no_scheme_of_this_door_says_why() {
    let sources = at(0, "");
    assert!(signer(&Auth::None, &sources).is_ok_and(|signer| signer.is_none()));
    assert!(refusal(&Auth::Inherit, &sources).contains("inherits"));
    assert!(refusal(&Auth::OAuth2(Box::default()), &sources).contains("Get a token"));
    assert!(refusal(&Auth::Other { scheme: "x-mine".into() }, &sources).contains("x-mine"));
}

#[test]
fn empty_fields_are_named_and_every_scheme_has_a_name() {
    for auth in Auth::blanks() {
        assert_eq!(scheme_id(&auth), auth.scheme());
        assert!(!scheme_name(&auth).is_empty());
        match auth {
            Auth::Bearer { .. }
            | Auth::ApiKey { .. }
            | Auth::Digest { .. }
            | Auth::Hawk(_)
            | Auth::Wsse { .. }
            | Auth::EdgeGrid(_)
            | Auth::OAuth1(_) => assert!(refusal(&auth, &at(0, "")).contains("is empty")),
            _ => {}
        }
    }
}
