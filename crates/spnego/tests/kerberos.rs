//! Kerberos against a realm of MIT's and Apache's `mod_auth_gssapi`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::env;
use std::fs;
use std::process::Command;

use counterparts::apache::Apache;
use counterparts::kdc::{Realm, Tickets};
use errand_spnego::{Error, Kerberos};

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

/// What `examples/negotiate` prints, run with these tickets: to standard output, or why it failed.
fn negotiate(
    realm: &Realm,
    tickets: Option<&Tickets>,
    port: u16,
    rest: &[&str],
) -> Result<String, String> {
    let this = env::current_exe().unwrap_or_else(|error| panic!("this test has no path: {error}"));
    let program = this.ancestors().nth(2).map(|folder| folder.join("examples/negotiate"));
    let mut program = Command::new(program.unwrap_or_default());
    program.arg(port.to_string()).args(rest).envs(realm.environment(tickets));
    let output = program.output().unwrap_or_else(|error| panic!("examples/negotiate: {error}"));
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(said(&output.stdout)) } else { Err(said(&output.stderr)) }
}

fn realm() -> (Realm, Apache) {
    let realm = Realm::start();
    realm.user("alice", "wonderland");
    let apache = Apache::start(&realm);
    (realm, apache)
}

#[test]
fn a_ticket_says_who_one_is_and_the_server_proves_itself() {
    let (realm, apache) = realm();
    let tickets = realm.login("alice", "wonderland", "10m");
    for service in ["HTTP@localhost", "HTTP/localhost", "HTTP/localhost@ERRAND.TEST"] {
        let answer =
            negotiate(&realm, Some(&tickets), apache.port(), &["/negotiate/", service]).unwrap();
        assert_eq!(
            answer,
            "200\nuser=alice@ERRAND.TEST\nmethod=POST\nbody=tea\ndelegated=false\nproved=true",
            "{service}"
        );
    }
}

#[test]
fn a_ticket_to_act_on_the_users_behalf_goes_along_only_when_asked() {
    let (realm, apache) = realm();
    let tickets = realm.login("alice", "wonderland", "10m");
    let asked = ["/negotiate/", "HTTP@localhost", "delegate"];
    let answer = negotiate(&realm, Some(&tickets), apache.port(), &asked).unwrap();
    assert!(answer.contains("delegated=true"), "{answer}");
}

#[test]
fn without_a_ticket_kinit_is_named() {
    let (realm, apache) = realm();
    let said =
        negotiate(&realm, None, apache.port(), &["/negotiate/", "HTTP@localhost"]).unwrap_err();
    assert_eq!(said, Error::NoTicket { service: "HTTP@localhost".to_owned() }.to_string());
}

#[test]
fn an_expired_ticket_is_told_from_none() {
    let (realm, apache) = realm();
    let tickets = realm.login("alice", "wonderland", "1s");
    patience::expect("the ticket to expire", || (!realm.good(&tickets)).then_some(()));
    let said = negotiate(&realm, Some(&tickets), apache.port(), &["/negotiate/", "HTTP@localhost"]);
    assert_eq!(
        said.unwrap_err(),
        Error::Expired { service: "HTTP@localhost".to_owned() }.to_string()
    );
}

#[test]
fn a_service_the_realm_does_not_know_is_named() {
    let (realm, apache) = realm();
    let tickets = realm.login("alice", "wonderland", "10m");
    for service in ["HTTP@nowhere.example", "HTTP/nowhere@ERRAND.TEST", "HTTP/localhost@OTHER.TEST"]
    {
        let said = negotiate(&realm, Some(&tickets), apache.port(), &["/negotiate/", service]);
        let expected = Error::UnknownService {
            service: service.to_owned(),
            principal: "alice@ERRAND.TEST".to_owned(),
        };
        assert_eq!(said.unwrap_err(), expected.to_string());
    }
}

#[test]
fn a_realm_that_does_not_answer_is_named() {
    let (mut realm, apache) = realm();
    let tickets = realm.login("alice", "wonderland", "10m");
    realm.stop();
    let said = negotiate(&realm, Some(&tickets), apache.port(), &["/negotiate/", "HTTP@localhost"]);
    let expected = Error::Unreachable {
        service: "HTTP@localhost".to_owned(),
        principal: "alice@ERRAND.TEST".to_owned(),
    };
    assert_eq!(said.unwrap_err(), expected.to_string());
}

#[test]
fn clocks_too_far_apart_are_named() {
    let (realm, apache) = realm();
    let tickets = realm.login("alice", "wonderland", "10h");
    believe_another_time(&tickets, 3600);
    let said = negotiate(&realm, Some(&tickets), apache.port(), &["/negotiate/", "HTTP@localhost"]);
    let expected = Error::ClockSkew {
        service: "HTTP@localhost".to_owned(),
        principal: "alice@ERRAND.TEST".to_owned(),
    };
    assert_eq!(said.unwrap_err(), expected.to_string());
}

#[test]
fn what_cannot_be_a_service_is_refused() {
    for service in ["", "HTTP", "@host", "HTTP@", "HTTP@ho\0st", "HTTP@ho\nst"] {
        let error = Kerberos::new(service, false).err();
        assert_eq!(error, Some(Error::Service { service: service.to_owned() }), "{service:?}");
    }
}

/// Tells the file of tickets (format 4) that the realm's clock is that many seconds ahead: what programs then
/// take for the time is wrong by as much, as on a machine with a wrong clock.
fn believe_another_time(tickets: &Tickets, seconds: u32) {
    let file = fs::read(tickets.path()).unwrap();
    assert_eq!(file[..2], [5, 4], "not a file of tickets in format 4");
    let header = usize::from(u16::from_be_bytes([file[2], file[3]]));
    let mut changed = vec![5, 4, 0, 12, 0, 1, 0, 8];
    changed.extend(seconds.to_be_bytes());
    changed.extend([0; 4]);
    changed.extend(&file[4 + header..]);
    fs::write(tickets.path(), changed).unwrap();
}
