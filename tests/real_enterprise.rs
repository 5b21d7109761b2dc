//! The real command against Apache with NTLM and a Kerberos realm, as offices have them.

use errand_tests::binaries;
use errand_tests::counterparts::apache::{Apache, Seen};
use errand_tests::counterparts::kdc::{Realm, Tickets};
use errand_tests::desktop::Home;
use errand_tests::patience;

/// An office: its realm, its server, and one person's folder with requests.
struct Office {
    realm: Realm,
    apache: Apache,
    home: Home,
}

/// What a run of the command left.
#[derive(Debug)]
struct Sent {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Office {
    fn new() -> Self {
        let realm = Realm::start();
        realm.user("alice", "wonderland");
        let apache = Apache::start(&realm);
        let office = Self { realm, apache, home: Home::new() };
        office.write("opencollection.yml", "opencollection: \"1.0.0\"\n\ninfo:\n  name: Office\n");
        office
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.home.path().join(name);
        std::fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Writes a request to `path` on the server; `more` goes into its `http`, `last` to the end of the file.
    fn request(&self, name: &str, method: &str, path: &str, more: &str, last: &str) {
        let url = self.apache.url(path);
        self.write(
            &format!("{name}.yml"),
            &format!(
                "info:\n  name: {name}\n  type: http\n\nhttp:\n  method: {method}\n  url: \"{url}\"\n{more}{last}"
            ),
        );
    }

    fn errand(&self, tickets: Option<&Tickets>, arguments: &[&str]) -> Sent {
        let mut command = self.home.command(&binaries::command());
        command.args(arguments).envs(self.realm.environment(tickets));
        let output = command.output().unwrap_or_else(|error| panic!("errand: {error}"));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Sent { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// What the server has written down once it has seen that many requests.
    fn seen(&self, count: usize) -> Vec<Seen> {
        let what = format!("Apache to write down {count} requests");
        patience::expect(&what, || Some(self.apache.seen()).filter(|seen| seen.len() >= count))
    }
}

fn ntlm(user: &str, password: &str, domain: &str) -> String {
    format!(
        "  auth:\n    type: ntlm\n    username: '{user}'\n    password: '{password}'\n    domain: '{domain}'\n"
    )
}

fn negotiate(service: &str) -> String {
    format!(
        "\nextensions:\n  errand:\n    auth:\n      type: negotiate\n      service: '{service}'\n"
    )
}

#[test]
fn ntlm_takes_the_right_password_and_shows_no_proof() {
    let office = Office::new();
    office.request("split", "GET", "/ntlm/", &ntlm("alice", "wonderland", "ERRAND"), "");
    office.request("joined", "GET", "/ntlm/", &ntlm("ERRAND\\alice", "wonderland", ""), "");
    for name in ["split.yml", "joined.yml"] {
        let sent = office.errand(None, &["send", name, "-v", "--fail"]);
        assert_eq!(sent.out, "user=ERRAND\\alice\nmethod=GET\nbody=\n", "{sent:?}");
        assert_eq!(sent.code, Some(0), "{sent:?}");
        assert!(sent.err.contains("NTLM"), "{sent:?}");
        // How the last message begins, and the password.
        for secret in ["TlRMTVNTUAAD", "wonderland"] {
            assert!(!sent.err.contains(secret), "{sent:?}");
        }
    }
}

#[test]
fn ntlm_refuses_the_wrong_password() {
    let office = Office::new();
    office.request("wrong", "GET", "/ntlm/", &ntlm("alice", "looking-glass", "ERRAND"), "");
    let sent = office.errand(None, &["send", "wrong.yml", "-i"]);
    assert!(sent.out.starts_with("HTTP/1.1 401 "), "{sent:?}");
    assert_eq!(sent.code, Some(0), "any answer is an answer: {sent:?}");
    let sent = office.errand(None, &["send", "wrong.yml", "--fail"]);
    assert_eq!(sent.code, Some(1), "{sent:?}");
    // Not a loop: a password is tried once, or an account may be locked.
    let seen = office.seen(4);
    assert_eq!(seen.len(), 4, "{seen:?}");
    assert!(seen.iter().all(|one| one.status == 401), "{seen:?}");
}

#[test]
fn a_server_without_ntlm_is_told_from_a_wrong_password() {
    let office = Office::new();
    office.request("basic", "GET", "/basic/", &ntlm("alice", "wonderland", "ERRAND"), "");
    let sent = office.errand(None, &["send", "basic.yml", "-i"]);
    assert!(sent.err.contains("Basic"), "{sent:?}");
}

#[test]
fn bodies_arrive_whole_over_ntlm_and_over_kerberos() {
    let office = Office::new();
    let tickets = office.realm.login("alice", "wonderland", "10m");
    // More than a connection holds by itself.
    let long = "0123456789abcdef".repeat(64 * 1024);
    office.write("long.txt", &long);
    let auth = ntlm("alice", "wonderland", "ERRAND");
    let bodies =
        [("short", "  body:\n    type: text\n    data: tea\n", "tea"), ("long", "", &long)];
    for (name, body, expected) in bodies {
        for (path, user, more, last) in [
            ("/ntlm/", "ERRAND\\alice", format!("{body}{auth}"), String::new()),
            ("/negotiate/", "alice@ERRAND.TEST", body.to_owned(), negotiate("")),
        ] {
            office.request(name, "POST", path, &more, &last);
            let file = format!("{name}.yml");
            let mut arguments = vec!["send", &file, "--fail"];
            if name == "long" {
                arguments.extend(["-d", "@long.txt"]);
            }
            let sent = office.errand(Some(&tickets), &arguments);
            assert_eq!(sent.code, Some(0), "{path} {}", sent.err);
            let body = format!("user={user}\nmethod=POST\nbody={expected}\n");
            assert!(sent.out == body, "{path} {name}: {} bytes came back", sent.out.len());
        }
    }
}

#[test]
fn a_connection_is_never_shared_by_two_people() {
    let office = Office::new();
    office.request("1", "GET", "/ntlm/", &ntlm("alice", "wonderland", "ERRAND"), "");
    office.request("2", "GET", "/ntlm/", &ntlm("bob", "builder", "ERRAND"), "");
    office.request("3", "GET", "/ntlm/", "", "");
    office.request("4", "GET", "/ntlm/", &ntlm("alice", "wonderland", "ERRAND"), "");
    office.request("5", "GET", "/ntlm/", &ntlm("alice", "looking-glass", "ERRAND"), "");
    office.errand(None, &["run", "."]);

    let seen = office.seen(9);
    let granted: Vec<_> = seen.iter().filter(|one| one.status == 200).collect();
    let users: Vec<_> = granted.iter().map(|one| one.user.as_str()).collect();
    assert_eq!(users, ["ERRAND\\alice", "ERRAND\\bob", "ERRAND\\alice"], "{seen:?}");
    for one in &granted {
        let others = granted.iter().filter(|other| other.connection == one.connection);
        assert!(others.into_iter().all(|other| other.user == one.user), "{seen:?}");
    }
}

#[test]
fn kerberos_takes_the_systems_ticket() {
    let office = Office::new();
    let tickets = office.realm.login("alice", "wonderland", "10m");
    for (name, service) in [("host", ""), ("named", "HTTP/localhost@ERRAND.TEST")] {
        office.request(name, "GET", "/negotiate/", "", &negotiate(service));
        let sent = office.errand(Some(&tickets), &["send", &format!("{name}.yml"), "-v"]);
        assert_eq!(sent.out, "user=alice@ERRAND.TEST\nmethod=GET\nbody=\n", "{sent:?}");
        // How a token of SPNEGO begins in base64.
        assert!(sent.err.contains("Negotiate") && !sent.err.contains("Negotiate YI"), "{sent:?}");
        assert_eq!(sent.code, Some(0), "{sent:?}");
    }
}

#[test]
fn kerberos_says_what_is_missing() {
    let office = Office::new();
    let tickets = office.realm.login("alice", "wonderland", "10m");
    office.request("host", "GET", "/negotiate/", "", &negotiate(""));
    office.request("realm", "GET", "/negotiate/", "", &negotiate("HTTP/localhost@OTHER.TEST"));
    office.request("service", "GET", "/negotiate/", "", &negotiate("HTTP/nowhere"));
    office.request("nonsense", "GET", "/negotiate/", "", &negotiate("nonsense"));
    for (file, tickets, said) in [
        (
            "host.yml",
            None,
            "There is no Kerberos ticket to prove who you are to HTTP@localhost. Run kinit",
        ),
        ("realm.yml", Some(&tickets), "Kerberos knows no service HTTP/localhost@OTHER.TEST"),
        ("service.yml", Some(&tickets), "Kerberos knows no service HTTP/nowhere"),
        ("nonsense.yml", Some(&tickets), "\"nonsense\" is not the name of a Kerberos service"),
    ] {
        let sent = office.errand(tickets, &["send", file]);
        assert!(sent.err.contains(said), "{sent:?}");
        // Not made (3), or not as it should be in the file (4): never an answer, nor a failed check.
        assert!(matches!(sent.code, Some(3 | 4)) && sent.out.is_empty(), "{sent:?}");
    }
    assert_eq!(office.apache.seen(), [], "nothing is sent without a token");
}
