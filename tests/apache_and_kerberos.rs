//! Apache and the Kerberos realm that other tests stand on, seen with curl: what fails there then is Errand's.

use std::process::Command;

use errand_tests::counterparts::apache::Apache;
use errand_tests::counterparts::kdc::{Realm, Tickets};
use errand_tests::patience;

/// What curl prints of an answer, its head included.
fn curl(realm: &Realm, tickets: Option<&Tickets>, arguments: &[&str]) -> String {
    let mut curl = Command::new("curl");
    curl.args(["-s", "-i", "--noproxy", "*"]).args(arguments);
    curl.envs(realm.environment(tickets));
    let output = curl.output().unwrap_or_else(|error| {
        panic!("curl does not start ({error}); on Debian it is in the package curl")
    });
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_ticket_says_who_one_is() {
    let realm = Realm::start();
    realm.user("alice", "wonderland");
    let apache = Apache::start(&realm);
    let tickets = realm.login("alice", "wonderland", "10m");
    let url = apache.url("/negotiate/");

    let answer = curl(&realm, Some(&tickets), &["--negotiate", "-u", ":", "-d", "tea", &url]);
    assert!(answer.contains("\r\nX-User: alice@ERRAND.TEST\r\n"), "{answer}");
    assert!(answer.ends_with("user=alice@ERRAND.TEST\nmethod=POST\nbody=tea\n"), "{answer}");

    let answer = curl(&realm, None, &["--negotiate", "-u", ":", &url]);
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
}

/// By way of gss-ntlmssp inside SPNEGO: the message of curl's own NTLM is eight bytes shorter than gss-ntlmssp 1.2
/// reads.
#[test]
fn ntlm_says_who_one_is_for_one_connection() {
    let realm = Realm::start();
    let apache = Apache::start(&realm);
    let mut curl = Command::new("curl");
    let url = apache.url("/ntlm/");
    curl.args(["-s", "-i", "--noproxy", "*", "--negotiate", "-u", ":", &url, &url]);
    curl.envs(realm.environment(None)).env("NTLM_USER_FILE", apache.ntlm_users());
    let output = curl.output().unwrap_or_else(|error| panic!("curl does not start: {error}"));
    let answers = String::from_utf8_lossy(&output.stdout);
    assert_eq!(answers.matches("user=ERRAND\\alice\n").count(), 2, "{answers}");

    let seen = patience::expect("Apache to write down three requests", || {
        Some(apache.seen()).filter(|seen| seen.len() >= 3)
    });
    let told: Vec<_> = seen.iter().map(|one| (one.status, one.user.as_str())).collect();
    assert_eq!(told, [(401, ""), (200, "ERRAND\\alice"), (200, "ERRAND\\alice")]);
    assert!(seen.iter().all(|one| one.connection == seen[0].connection), "{seen:?}");
}

#[test]
fn a_password_says_who_one_is() {
    let realm = Realm::start();
    let apache = Apache::start(&realm);
    let url = apache.url("/basic/");
    let answer = curl(&realm, None, &["-u", "alice:wonderland", &url]);
    assert!(answer.contains("user=alice\n"), "{answer}");
    let answer = curl(&realm, None, &["-u", "alice:other", &url]);
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
}
