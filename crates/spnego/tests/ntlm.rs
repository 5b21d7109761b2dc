//! NTLM against gss-ntlmssp in Apache's `mod_auth_gssapi`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "tests")]

use counterparts::apache::{Apache, NTLM_USERS};
use counterparts::kdc::Realm;
use errand_spnego::Ntlm;
use wire::{Answer, Connection};

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../../../tests/counterparts"]
mod counterparts {
    pub mod apache;
    mod daemon;
    pub mod kdc;
}
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../../../tests/patience.rs"]
mod patience;
mod wire;

const SERVICE: &str = "HTTP/localhost";

fn apache() -> (Realm, Apache) {
    let realm = Realm::start();
    let apache = Apache::start(&realm);
    (realm, apache)
}

/// Goes through the whole conversation on one connection.
fn prove(who: &Ntlm, connection: &mut Connection, body: &str) -> Answer {
    let challenge = challenge(who, connection);
    let answer = who.authenticate(&challenge, SERVICE, None).unwrap();
    connection.prove("POST", "/ntlm/", ("NTLM", &answer), body).unwrap()
}

fn challenge(who: &Ntlm, connection: &mut Connection) -> Vec<u8> {
    let asked = connection.prove("POST", "/ntlm/", ("NTLM", &who.negotiate()), "").unwrap();
    assert_eq!(asked.status, 401);
    asked.token("NTLM").unwrap()
}

#[test]
fn the_right_password_is_taken_and_the_body_arrives() {
    let (_realm, apache) = apache();
    for (domain, user, password) in NTLM_USERS {
        let named = format!("{domain}\\{user}");
        for who in [Ntlm::new(&named, password, ""), Ntlm::new(user, password, domain)] {
            let mut connection = Connection::open(apache.port()).unwrap();
            let answer = prove(&who, &mut connection, "tea");
            assert_eq!(answer.body, format!("user={named}\nmethod=POST\nbody=tea\n"));
            assert_eq!(answer.status, 200);
        }
    }
}

#[test]
fn another_password_user_or_domain_is_not_taken() {
    let (_realm, apache) = apache();
    for (user, password) in [
        ("ERRAND\\alice", "Wonderland"),
        ("ERRAND\\alice", ""),
        ("ERRAND\\bob", "wonderland"),
        ("OTHER\\alice", "wonderland"),
        // This server says the name of the machine, and knows no such domain.
        ("alice", "wonderland"),
        ("", ""),
    ] {
        let mut connection = Connection::open(apache.port()).unwrap();
        let answer = prove(&Ntlm::new(user, password, ""), &mut connection, "");
        assert_eq!(answer.status, 401, "{user} {password}");
    }
}

#[test]
fn a_proof_is_good_for_one_connection() {
    let (_realm, apache) = apache();
    let alice = Ntlm::new("ERRAND\\alice", "wonderland", "");
    let mut one = Connection::open(apache.port()).unwrap();
    let mut other = Connection::open(apache.port()).unwrap();

    let challenge = challenge(&alice, &mut one);
    let proof = alice.authenticate(&challenge, SERVICE, None).unwrap();
    let elsewhere = other.prove("POST", "/ntlm/", ("NTLM", &proof), "").unwrap();
    assert_eq!(elsewhere.status, 401);
    let here = one.prove("POST", "/ntlm/", ("NTLM", &proof), "").unwrap();
    assert_eq!(here.status, 200);

    // The connection is hers from now on, and no other is.
    assert_eq!(one.get("/ntlm/").unwrap().body, "user=ERRAND\\alice\nmethod=GET\nbody=\n");
    assert_eq!(other.get("/ntlm/").unwrap().status, 401);
}

#[test]
fn a_proof_changed_under_way_is_not_taken() {
    let (_realm, apache) = apache();
    let alice = Ntlm::new("ERRAND\\alice", "wonderland", "");
    let mut connection = Connection::open(apache.port()).unwrap();
    let asked = challenge(&alice, &mut connection);
    let whole = alice.authenticate(&asked, SERVICE, None).unwrap().len();
    // The integrity code itself, what it protects, and the response.
    for at in [72, 87, 62, whole - 1, whole / 2] {
        let mut connection = Connection::open(apache.port()).unwrap();
        let challenge = challenge(&alice, &mut connection);
        let mut proof = alice.authenticate(&challenge, SERVICE, None).unwrap();
        proof[at] ^= 1;
        let answer = connection.prove("POST", "/ntlm/", ("NTLM", &proof), "").unwrap();
        assert_ne!(answer.status, 200, "byte {at}");
    }
}
