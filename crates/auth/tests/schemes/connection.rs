//! NTLM and Negotiate: the rounds. The tokens themselves are tested where they are made.

use errand_auth::{Again, Signer};
use errand_model::Auth;

use crate::scene::{Call, answer, at, open, refusal};

/// The server's challenge of MS-NLMP §4.2.4.3.
const CHALLENGE: &str = "TlRMTVNTUAACAAAADAAMADgAAAAzgoriASNFZ4mrze8AAAAAAAAAACQAJABEAAAABgBwFwAAAA9TAGUAcgB2AGUAcgACAAwARABvAG0AYQBpAG4AAQAMAFMAZQByAHYAZQByAAAAAAA=";

fn ntlm() -> Box<dyn Signer> {
    let auth =
        Auth::Ntlm { username: "User".into(), password: "canary".into(), domain: "Domain".into() };
    open(&auth, &at(0, ""))
}

fn sign(signer: &mut dyn Signer) -> String {
    let outcome = Call::new("GET", "http://server.test/a").sign(signer);
    outcome.is_harmless(&["canary", "TlRMTVNT"]);
    outcome.value("Authorization")
}

fn challenged(signer: &mut dyn Signer, challenges: &[&str]) -> Again {
    let headers: Vec<_> = challenges.iter().map(|value| ("WWW-Authenticate", *value)).collect();
    answer(signer, 401, &headers).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn ntlm_in_three_messages_then_in_none() {
    let mut signer = ntlm();
    assert!(signer.needs_one_connection());
    assert!(sign(&mut *signer).starts_with("NTLM TlRMTVNTUAABAAAA"));
    let offer = format!("Negotiate, NTLM {CHALLENGE}, Basic realm=\"x\"");
    assert_eq!(challenged(&mut *signer, &[&offer]), Again::Yes);
    assert!(sign(&mut *signer).starts_with("NTLM TlRMTVNTUAADAAAA"));
    assert_eq!(answer(&mut *signer, 302, &[]), Ok(Again::No));
    assert_eq!(sign(&mut *signer), "", "the connection is known");
    // The next request got another connection.
    assert_eq!(challenged(&mut *signer, &["NTLM"]), Again::Yes);
    assert!(sign(&mut *signer).starts_with("NTLM TlRMTVNTUAABAAAA"));
}

#[test]
fn a_wrong_password_stands() {
    let mut signer = ntlm();
    sign(&mut *signer);
    assert_eq!(challenged(&mut *signer, &[&format!("NTLM {CHALLENGE}")]), Again::Yes);
    sign(&mut *signer);
    assert_eq!(challenged(&mut *signer, &["NTLM"]), Again::No);
}

#[test]
fn ntlm_under_the_name_of_negotiate() {
    let mut signer = ntlm();
    sign(&mut *signer);
    assert_eq!(challenged(&mut *signer, &["Negotiate"]), Again::Yes);
    assert!(sign(&mut *signer).starts_with("Negotiate TlRMTVNTUAABAAAA"));
    assert_eq!(challenged(&mut *signer, &[&format!("Negotiate {CHALLENGE}")]), Again::Yes);
    assert!(sign(&mut *signer).starts_with("Negotiate TlRMTVNTUAADAAAA"));
}

#[test]
fn a_server_that_never_challenges_is_left() {
    let mut signer = ntlm();
    let mut rounds = 0;
    sign(&mut *signer);
    while challenged(&mut *signer, &["NTLM"]) == Again::Yes {
        sign(&mut *signer);
        rounds += 1;
        assert!(rounds < 10);
    }
}

#[test]
fn a_lost_connection_begins_anew_but_not_for_ever() {
    let mut signer = ntlm();
    let offer = format!("NTLM {CHALLENGE}");
    let error = (0..10).find_map(|_| {
        let first = Call::new("GET", "http://server.test/a").try_sign(&mut *signer);
        let lost = first.map(|outcome| {
            assert!(outcome.value("Authorization").starts_with("NTLM TlRMTVNTUAABAAAA"));
            assert_eq!(challenged(&mut *signer, &[&offer]), Again::Yes);
            signer.connection_lost();
        });
        lost.err()
    });
    assert!(error.is_some_and(|error| error.to_string().contains("closes the connection")));
    let mut signer = ntlm();
    for _ in 0..10 {
        assert!(sign(&mut *signer).starts_with("NTLM TlRMTVNTUAABAAAA"));
        assert_eq!(answer(&mut *signer, 302, &[]), Ok(Again::No));
        signer.connection_lost();
    }
}

#[test]
fn what_cannot_be_answered_is_said() {
    let said = |challenge: &str| {
        let mut signer = ntlm();
        sign(&mut *signer);
        let answered = answer(&mut *signer, 401, &[("WWW-Authenticate", challenge)]);
        let tried = answered.and_then(|_| {
            Call::new("GET", "http://server.test/a").try_sign(&mut *signer).map(drop)
        });
        tried.expect_err("no answer").to_string()
    };
    assert!(said("Basic realm=x").contains("it offers Basic"));
    assert!(said("NTLM a").contains("base64"));
    assert!(said("NTLM AAAA").starts_with("NTLM failed: The server's NTLM message"));
    let nobody =
        Auth::Ntlm { username: String::new(), password: String::new(), domain: String::new() };
    assert!(refusal(&nobody, &at(0, "")).contains("user name"));
}

#[test]
fn negotiate_sends_a_token_or_says_why_there_is_none() {
    let auth = Auth::Negotiate { service: String::new(), delegate: false };
    let mut signer = open(&auth, &at(0, ""));
    assert!(signer.needs_one_connection());
    match Call::new("GET", "http://nowhere.invalid/").try_sign(&mut *signer) {
        Ok(outcome) => assert!(outcome.value("Authorization").starts_with("Negotiate ")),
        Err(error) => {
            let text = error.to_string();
            assert!(text.starts_with("Negotiate failed: "), "{text}");
            assert!(text.contains("nowhere.invalid") || text.contains("Linux"), "{text}");
        }
    }
    assert_eq!(answer(&mut *signer, 401, &[]), Ok(Again::No));
}
