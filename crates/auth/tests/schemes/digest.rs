//! Digest: the RFCs' examples, and rounds with a server.

use errand_auth::{Again, Signer};
use errand_model::Auth;

use crate::scene::{Call, answer, at, open, parameter, refusal, schemes, text};

const NONCE: &str = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
const CNONCE: &str = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

fn mufasa() -> Box<dyn Signer> {
    let auth = Auth::Digest { username: "Mufasa".into(), password: "Circle of Life".into() };
    open(&auth, &at(0, CNONCE))
}

fn index() -> Call {
    Call::new("GET", "http://www.example.org/dir/index.html")
}

fn challenge(more: &str) -> String {
    format!("Digest realm=\"http-auth@example.org\", nonce=\"{NONCE}\"{more}")
}

/// The header that answers `challenges`.
fn answered(signer: &mut dyn Signer, call: &Call, challenges: &[&str]) -> String {
    assert!(call.sign(signer).is_empty(), "nothing is known yet");
    let headers: Vec<_> = challenges.iter().map(|value| ("WWW-Authenticate", *value)).collect();
    assert_eq!(answer(signer, 401, &headers), Ok(Again::Yes));
    call.sign(signer).value("Authorization")
}

fn response(challenges: &[&str]) -> String {
    let header = answered(&mut *mufasa(), &index(), challenges);
    parameter(&header, "response").to_owned()
}

#[test]
fn the_examples_of_the_rfcs() {
    for case in schemes()["digest"].as_array().expect("cases") {
        let auth = Auth::Digest {
            username: text(case, "username").to_owned(),
            password: text(case, "password").to_owned(),
        };
        let cnonce: &'static str = text(case, "cnonce").to_owned().leak();
        let mut signer = open(&auth, &at(0, cnonce));
        let challenge = format!(
            "Digest realm=\"{}\", qop=\"auth,auth-int\", nonce=\"{}\", opaque=\"{}\"",
            text(case, "realm"),
            text(case, "nonce"),
            text(case, "opaque")
        );
        let header = answered(&mut *signer, &index(), &[&challenge]);
        assert_eq!(parameter(&header, "response"), text(case, "response"));
        assert_eq!(parameter(&header, "opaque"), text(case, "opaque"));
        assert_eq!(parameter(&header, "uri"), text(case, "uri"));
        assert_eq!(parameter(&header, "nc"), "00000001");
        assert_eq!(parameter(&header, "qop"), "auth");
    }
}

#[test]
fn the_strongest_of_several_challenges() {
    let md5 = challenge(", qop=\"auth, auth-int\", algorithm=MD5");
    let sha = challenge(", qop=\"auth, auth-int\", algorithm=SHA-256");
    let unknown = challenge(", qop=auth, algorithm=SHA3");
    let expected = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";
    assert_eq!(response(&[&md5, &sha]), expected);
    assert_eq!(response(&[&format!("Basic realm=\"a, b\", {sha}, {md5}")]), expected);
    assert_eq!(response(&[&unknown, &sha]), expected);
    assert_eq!(response(&[&md5, &unknown]), "8ca523f5e9506fed4657c9700eebdbec");
}

#[test]
fn user_names_hashed_and_beyond_ascii() {
    // RFC 7616 §3.9.2 with the values of its erratum 4897.
    let auth = Auth::Digest { username: "Jäsøn Doe".into(), password: "Secret, or not?".into() };
    let sources = at(0, "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v");
    let call = Call::new("GET", "http://api.example.org/doe.json");
    let challenge = "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8";
    let hashed = format!("{challenge}, userhash=true");
    let header = answered(&mut *open(&auth, &sources), &call, &[&hashed]);
    let user = "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b";
    let proof = "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5";
    assert_eq!(parameter(&header, "username"), user);
    assert_eq!(parameter(&header, "response"), proof);
    assert!(header.ends_with(", userhash=true"));
    let header = answered(&mut *open(&auth, &sources), &call, &[challenge]);
    assert!(header.contains("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe,"), "{header}");
    assert_eq!(parameter(&header, "response"), proof);
    let old = challenge.replace(", charset=UTF-8", "");
    let header = answered(&mut *open(&auth, &sources), &call, &[&old]);
    assert!(header.contains("username=\"Jäsøn Doe\""), "{header}");
}

/// Values computed apart from this crate, with Python's hashlib.
#[test]
fn other_algorithms_and_protections() {
    assert_eq!(response(&[&challenge("")]), "7b2cc3b30e75b4777ea31027084363fd");
    let session = challenge(", algorithm=md5-sess, qop=auth");
    assert_eq!(response(&[&session]), "e783283f46242139c486a698fec7211d");
    let post = Call::new("POST", "http://www.example.org/dir/index.html").body("hello");
    for (more, expected) in [
        (
            ", algorithm=SHA-256-sess, qop=\"auth-int\"",
            "b097196f9caf274775b76c5e5ad2221bdf75111e71e6598a385b951f12032e65",
        ),
        (
            ", algorithm=SHA-512-256, qop=auth-int",
            "94b85dbcbbb97c3bda2751c7e160fe6604eccca585f3cbff75d2a23f0085ed70",
        ),
    ] {
        let header = answered(&mut *mufasa(), &post, &[&challenge(more)]);
        assert_eq!(parameter(&header, "response"), expected);
        assert_eq!(parameter(&header, "qop"), "auth-int");
    }
}

#[test]
fn the_next_request_is_signed_unasked_and_counted() {
    let mut signer = mufasa();
    let sha = challenge(", qop=auth, algorithm=SHA-256");
    answered(&mut *signer, &index(), &[&sha]);
    assert_eq!(answer(&mut *signer, 302, &[]), Ok(Again::No));
    let header = index().sign(&mut *signer).value("Authorization");
    assert_eq!(parameter(&header, "nc"), "00000002");
    assert_eq!(
        parameter(&header, "response"),
        "8c8db27f49ff1c202f9fb49fa9d2e9eabf078dcc93db40dfd6527010091d1c8e"
    );
}

#[test]
fn the_nonce_for_the_next_request() {
    for (more, expected) in [
        (", qop=auth", "68b73f9d81c5b8acb2e77fd72eca7327"),
        (", qop=auth, algorithm=MD5-sess", "024890dca8a922796bd6a8324bc748c2"),
    ] {
        let mut signer = mufasa();
        answered(&mut *signer, &index(), &[&challenge(more)]);
        let info = [("Authentication-Info", "qop=auth, nextnonce=\"next\"")];
        assert_eq!(answer(&mut *signer, 200, &info), Ok(Again::No));
        let header = index().sign(&mut *signer).value("Authorization");
        assert_eq!((parameter(&header, "nonce"), parameter(&header, "nc")), ("next", "00000001"));
        assert_eq!(parameter(&header, "response"), expected);
    }
}

#[test]
fn an_old_nonce_is_replaced_and_a_wrong_password_stands() {
    let mut signer = mufasa();
    answered(&mut *signer, &index(), &[&challenge(", qop=auth")]);
    let stale = "Digest realm=\"http-auth@example.org\", nonce=\"new\", qop=auth, stale=TRUE";
    assert_eq!(answer(&mut *signer, 401, &[("WWW-Authenticate", stale)]), Ok(Again::Yes));
    let header = index().sign(&mut *signer).value("Authorization");
    assert_eq!((parameter(&header, "nonce"), parameter(&header, "nc")), ("new", "00000001"));
    let again = challenge(", qop=auth");
    assert_eq!(answer(&mut *signer, 401, &[("WWW-Authenticate", &again)]), Ok(Again::No));
}

#[test]
fn a_server_that_finds_everything_stale_is_not_asked_for_ever() {
    let mut signer = mufasa();
    let stale = challenge(", qop=auth, stale=true");
    let mut rounds = 0;
    index().sign(&mut *signer);
    while answer(&mut *signer, 401, &[("WWW-Authenticate", &stale)]) == Ok(Again::Yes) {
        index().sign(&mut *signer);
        rounds += 1;
        assert!(rounds < 10);
    }
}

#[test]
fn a_nonce_good_for_one_request_is_asked_for_anew() {
    let mut signer = mufasa();
    let again = challenge(", qop=auth");
    answered(&mut *signer, &index(), &[&again]);
    assert_eq!(answer(&mut *signer, 302, &[]), Ok(Again::No));
    index().sign(&mut *signer);
    assert_eq!(answer(&mut *signer, 401, &[("WWW-Authenticate", &again)]), Ok(Again::Yes));
    index().sign(&mut *signer);
    assert_eq!(answer(&mut *signer, 401, &[("WWW-Authenticate", &again)]), Ok(Again::No));
}

#[test]
fn outside_the_protection_space_nothing_is_sent_unasked() {
    let mut signer = mufasa();
    let only = challenge(", qop=auth, domain=\"/dir http://www.example.org/other/\"");
    answered(&mut *signer, &index(), &[&only]);
    assert_eq!(answer(&mut *signer, 302, &[]), Ok(Again::No));
    let to = |path: &str| Call::new("GET", &format!("http://www.example.org{path}"));
    assert!(!to("/other/x").sign(&mut *signer).is_empty());
    assert!(!to("/dir/x?y").sign(&mut *signer).is_empty());
    assert!(to("/directory").sign(&mut *signer).is_empty());
    assert_eq!(answer(&mut *signer, 401, &[("WWW-Authenticate", &only)]), Ok(Again::Yes));
    assert!(!to("/directory").sign(&mut *signer).is_empty());
}

#[test]
fn what_cannot_be_answered_is_said() {
    let said = |value: &str| {
        let mut signer = mufasa();
        index().sign(&mut *signer);
        let error = answer(&mut *signer, 401, &[("WWW-Authenticate", value)]);
        error.expect_err("no answer").to_string()
    };
    assert!(said("Basic realm=x, Bearer").contains("it offers Basic, Bearer"));
    assert!(said(&challenge(", algorithm=SHA3")).contains("SHA3"));
    assert!(said(&challenge(", qop=auth-conf")).contains("auth-conf"));
    assert!(said("Digest realm=x").contains("no nonce"));
    let bad = Auth::Digest { username: "a\r\nb".into(), password: String::new() };
    assert!(refusal(&bad, &at(0, "")).contains("user name"));
}

#[test]
fn quotes_cannot_break_out_and_the_proof_is_not_shown() {
    let auth = Auth::Digest { username: "D\\a\"b".into(), password: "canary".into() };
    let mut signer = open(&auth, &at(0, "c"));
    let challenge = "Digest realm=\"r\\\"x\", nonce=n, qop=auth";
    let header = answered(&mut *signer, &index(), &[challenge]);
    assert!(header.starts_with("Digest username=\"D\\\\a\\\"b\", realm=\"r\\\"x\", nonce=\"n\""));
    let outcome = index().sign(&mut *signer);
    outcome.is_harmless(&["canary", parameter(&outcome.value("Authorization"), "response")]);
    assert!(outcome.shown("Authorization").contains("nonce=\"n\""));
}
