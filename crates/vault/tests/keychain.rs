//! The vault against a real Secret Service: there, away, locked, silent and wrong.
#![cfg(target_os = "linux")]

mod common;

use std::sync::mpsc::channel;
use std::time::Duration;

use common::{World, bus, connect, home, inside, secret_tool, start_keyring};
use errand_auth::TokenStore;
use errand_vault::{Error, KeychainState, Options, Secret, SecretId, Stored, Vault};

#[test]
fn secrets_are_kept_found_and_deleted() {
    inside(World::Open, "secrets_are_kept_found_and_deleted", || {
        let vault = Vault::open(options());
        assert_eq!(vault.state(), KeychainState::Available);
        assert_eq!(vault.get(&id("token")), Ok(None));
        assert_eq!(vault.set(&id("token"), &"s3cret ü\n".into()), Ok(Stored::Keychain));
        assert_eq!(secret_tool("errand", "w1/staging/token").as_deref(), Some("s3cret ü\n"));
        // Another process sees it, and so does this one.
        assert_eq!(Vault::open(options()).get(&id("token")), Ok(Some("s3cret ü\n".into())));
        assert_eq!(vault.get(&id("token")), Ok(Some("s3cret ü\n".into())));
        assert!(!vault.is_session_only(&id("token")));

        vault.set(&SecretId::new("w2", None, "other"), &"x".into()).expect("set");
        let listing = vault.list("w1");
        assert_eq!(listing.error, None);
        assert_eq!(
            listing.secrets.iter().map(|s| (&s.id, s.stored)).collect::<Vec<_>>(),
            [(&id("token"), Stored::Keychain)]
        );

        assert_eq!(vault.delete(&id("token")), Ok(true));
        assert_eq!(vault.delete(&id("token")), Ok(false));
        assert_eq!(vault.get(&id("token")), Ok(None));
        assert_eq!(secret_tool("errand", "w1/staging/token"), None);
    });
}

#[test]
fn long_values_blobs_and_tokens_are_kept() {
    inside(World::Open, "long_values_blobs_and_tokens_are_kept", || {
        let vault = Vault::open(options());
        let long = Secret::new("0123456789abcdef".repeat(4_096));
        assert_eq!(vault.set(&id("long"), &long), Ok(Stored::Keychain));
        assert_eq!(Vault::open(options()).get(&id("long")), Ok(Some(long)));

        let jar: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
        vault.set_blob(&id("cookies"), &jar).expect("set");
        assert!(
            Vault::open(options())
                .blob(&id("cookies"))
                .expect("read")
                .is_some_and(|blob| *blob == jar)
        );
        assert_eq!(vault.get(&id("cookies")), Ok(None), "a blob is no secret of that name");
        assert!(vault.list("w1").secrets.iter().all(|listed| listed.id != id("cookies")));
        assert_eq!(vault.delete_blob(&id("cookies")), Ok(true));

        let (key, again) = ("oauth https://x client", Vault::open(options()));
        TokenStore::set(&vault, key, &"t".into()).expect("set");
        assert_eq!(TokenStore::get(&again, key), Ok(Some("t".into())));
        TokenStore::delete(&again, key).expect("deleted");
        assert_eq!(TokenStore::get(&again, key), Ok(None));
    });
}

#[test]
fn values_are_cut_where_an_entry_is_small() {
    inside(World::Open, "values_are_cut_where_an_entry_is_small", || {
        let small = || Vault::open(Options { max_entry_bytes: Some(2_560), ..options() });
        let vault = small();
        for value in [
            "x".repeat(64 * 1_024),
            "short".to_owned(),
            "errand-parts 1 mine".to_owned(),
            "y".repeat(6_000),
        ] {
            vault.set(&id("long"), &Secret::from(value.as_str())).expect("set");
            assert_eq!(small().get(&id("long")), Ok(Some(value.into())));
        }
        // A part that is lost is told, and is not "no secret".
        let line = secret_tool("errand", "w1/staging/long").expect("a line");
        let generation = line.split(' ').nth(2).expect("a generation");
        let part = SecretId::new("w1", Some("staging"), &format!("long {generation} 1"));
        let parts = Vault::open(Options { service: "errand.parts".to_owned(), ..options() });
        assert_eq!(parts.delete(&part), Ok(true));
        assert!(matches!(small().get(&id("long")), Err(Error::BadAnswer { .. })));
        assert_eq!(vault.delete(&id("long")), Ok(true));
        assert_eq!(parts.list("w1").secrets, [], "no part is left");
    });
}

#[test]
fn reads_are_answered_from_memory_until_reload() {
    inside(World::Open, "reads_are_answered_from_memory_until_reload", || {
        let (vault, elsewhere) = (Vault::open(options()), Vault::open(options()));
        vault.set(&id("token"), &"old".into()).expect("set");
        assert_eq!(vault.get(&id("missing")), Ok(None));
        elsewhere.set(&id("token"), &"new".into()).expect("set");
        elsewhere.set(&id("missing"), &"there".into()).expect("set");
        for _ in 0..10_000 {
            assert_eq!(vault.get(&id("token")), Ok(Some("old".into())));
            assert_eq!(vault.get(&id("missing")), Ok(None));
        }
        vault.reload();
        assert_eq!(vault.get(&id("token")), Ok(Some("new".into())));
        assert_eq!(vault.get(&id("missing")), Ok(Some("there".into())));
    });
}

#[test]
fn without_a_bus_secrets_last_for_the_session() {
    inside(World::NoBus, "without_a_bus_secrets_last_for_the_session", session_only);
}

#[test]
fn without_a_secret_service_secrets_last_for_the_session() {
    inside(World::EmptyBus, "without_a_secret_service_secrets_last_for_the_session", session_only);
}

#[test]
fn without_a_login_keyring_secrets_last_for_the_session() {
    inside(World::NoKeyring, "without_a_login_keyring_secrets_last_for_the_session", session_only);
}

fn session_only() {
    let vault = Vault::open(options());
    assert!(matches!(vault.state(), KeychainState::Absent(_)), "{:?}", vault.state());
    // Not "there is none": nobody could say.
    assert!(matches!(vault.get(&id("token")), Err(Error::NoKeychain { .. })));
    assert_eq!(vault.set(&id("token"), &"canary-5e55".into()), Ok(Stored::SessionOnly));
    assert!(vault.is_session_only(&id("token")));
    assert_eq!(vault.get(&id("token")), Ok(Some("canary-5e55".into())));
    vault.reload();
    assert_eq!(vault.get(&id("token")), Ok(Some("canary-5e55".into())));
    let listing = vault.list("w1");
    assert_eq!(listing.secrets.iter().map(|s| s.stored).collect::<Vec<_>>(), [Stored::SessionOnly]);
    assert!(matches!(listing.error, Some(Error::NoKeychain { .. })));
    for file in files(&home()) {
        let bytes = std::fs::read(&file).unwrap_or_default();
        assert!(!bytes.windows(11).any(|window| window == b"canary-5e55"), "{}", file.display());
    }
    assert_eq!(vault.delete(&id("token")), Ok(true));
    assert!(vault.get(&id("token")).is_err());
}

#[test]
fn a_locked_keyring_is_not_an_empty_one() {
    inside(World::Open, "a_locked_keyring_is_not_an_empty_one", || {
        let vault = Vault::open(options());
        vault.set(&id("token"), &"kept".into()).expect("set");
        lock_keyring();
        vault.reload();
        assert_eq!(vault.state(), KeychainState::Locked);
        assert_eq!(vault.get(&id("token")), Err(Error::Locked));
        assert_eq!(vault.set(&id("token"), &"for now".into()), Ok(Stored::SessionOnly));
        assert_eq!(vault.get(&id("token")), Ok(Some("for now".into())));
    });
}

#[test]
fn silence_is_a_timeout_and_is_not_waited_for_again() {
    inside(World::EmptyBus, "silence_is_a_timeout_and_is_not_waited_for_again", || {
        // Owns the name, takes every message and answers none: nothing serves its objects.
        let _silent = silent();
        let vault = Vault::open(Options { timeout: Duration::from_millis(300), ..options() });
        assert!(matches!(vault.get(&id("token")), Err(Error::Timeout { .. })));
        // A thousand requests need not wait: at 300 ms each this would take five minutes.
        let (sender, done) = channel();
        let again = vault.clone();
        std::thread::spawn(move || {
            for _ in 0..1_000 {
                assert!(matches!(again.get(&id("token")), Err(Error::Timeout { .. })));
            }
            sender.send(()).expect("told");
        });
        done.recv_timeout(Duration::from_secs(60)).expect("quickly");
        assert_eq!(vault.state(), KeychainState::NotAnswering);
        assert_eq!(vault.set(&id("token"), &"x".into()), Ok(Stored::SessionOnly));
    });
}

#[test]
fn nonsense_is_an_error_and_never_replaced() {
    inside(World::EmptyBus, "nonsense_is_an_error_and_never_replaced", || {
        // Where another crate makes zbus use tokio, serving needs a runtime to be served from.
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let _entered = runtime.enter();
        let connection = connect(&bus());
        connection.object_server().at("/org/freedesktop/secrets", Nonsense).expect("served");
        connection.request_name("org.freedesktop.secrets").expect("the name");
        let vault = Vault::open(options());
        assert!(
            matches!(vault.get(&id("token")), Err(Error::BadAnswer { .. })),
            "{:?}",
            vault.get(&id("token"))
        );
        assert!(matches!(vault.set(&id("token"), &"x".into()), Err(Error::BadAnswer { .. })));
        assert!(!vault.is_session_only(&id("token")));
    });
}

#[test]
fn a_value_that_is_no_text_is_an_error() {
    inside(World::Open, "a_value_that_is_no_text_is_an_error", || {
        // As a blob of a service whose name ends so: any bytes at the secret's place.
        let vault = Vault::open(Options { service: "s".to_owned(), ..options() });
        vault.set_blob(&id("token"), b"\xff\xfe").expect("set");
        let secrets = Vault::open(Options { service: "s.blobs".to_owned(), ..options() });
        assert!(matches!(secrets.get(&id("token")), Err(Error::BadAnswer { .. })));
    });
}

#[test]
fn another_keychain_is_neither_believed_nor_written() {
    inside(World::Open, "another_keychain_is_neither_believed_nor_written", || {
        let file = home().join("fingerprint");
        let watching =
            || Vault::open(Options { fingerprint_file: Some(file.clone()), ..options() });
        watching().set(&id("token"), &"first".into()).expect("set");
        assert_eq!(watching().get(&id("token")), Ok(Some("first".into())));

        let other = tempfile::tempdir().expect("another home");
        let other_bus = common::Bus::start(other.path());
        let _keyring = start_keyring(other.path(), &other_bus.address, Some("pw"));
        // A process has one bus: the other keychain is asked from a second run of this test.
        rerun("other_keychain_part", &other_bus.address, &file);
        assert_eq!(
            watching().get(&id("token")),
            Err(Error::AnotherKeychain),
            "the other one was adopted"
        );
    });
}

#[test]
fn other_keychain_part() {
    let Some(file) = std::env::var_os("ERRAND_TEST_OTHER") else { return };
    let vault = Vault::open(Options { fingerprint_file: Some(file.into()), ..options() });
    assert_eq!(vault.get(&id("token")), Err(Error::AnotherKeychain));
    assert_eq!(vault.set(&id("token"), &"second".into()), Err(Error::AnotherKeychain));
    assert_eq!(vault.state(), KeychainState::Another);
    assert_eq!(secret_tool("errand", "w1/staging/token"), None);
    vault.adopt_keychain().expect("adopted");
    assert_eq!(vault.get(&id("token")), Ok(None));
    assert_eq!(vault.set(&id("token"), &"second".into()), Ok(Stored::Keychain));
}

#[test]
fn core_dumps_are_forbidden() {
    inside(World::NoBus, "core_dumps_are_forbidden", || {
        errand_vault::no_core_dumps().expect("allowed");
        let limits = std::fs::read_to_string("/proc/self/limits").expect("limits");
        let line =
            limits.lines().find(|line| line.starts_with("Max core file size")).expect("the limit");
        let bytes: Vec<u64> =
            line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        assert!(bytes.len() == 2 && bytes.iter().all(|limit| *limit <= 1), "{line}");
    });
}

/// Answers every session with an object that is not one.
struct Nonsense;

#[zbus::interface(name = "org.freedesktop.Secret.Service")]
impl Nonsense {
    #[allow(clippy::unused_self)]
    fn open_session(&self, algorithm: &str, input: zbus::zvariant::Value<'_>) -> (u32, u32) {
        // Takes what a client sends, and answers with two numbers instead of a key and a path.
        drop(input);
        (u32::MAX, u32::try_from(algorithm.len()).unwrap_or_default())
    }
}

fn silent() -> zbus::blocking::Connection {
    let connection = connect(&bus());
    connection.request_name("org.freedesktop.secrets").expect("the name");
    connection
}

fn lock_keyring() {
    use secret_service::{EncryptionType, blocking::SecretService};
    let service = SecretService::connect(EncryptionType::Plain).expect("a keyring");
    let keyring = service.get_default_collection().expect("the login keyring");
    keyring.lock().expect("locked");
}

fn rerun(name: &str, bus: &str, file: &std::path::Path) {
    let mut command = std::process::Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", name, "--nocapture"]);
    let output = command
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("ERRAND_TEST_OTHER", file)
        .output()
        .expect("the test ran");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries
        .flat_map(
            |entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] },
        )
        .collect()
}

fn options() -> Options {
    // A loaded machine may need longer than a person would wait.
    Options { timeout: Duration::from_secs(60), ..Options::default() }
}

fn id(name: &str) -> SecretId {
    SecretId::new("w1", Some("staging"), name)
}
