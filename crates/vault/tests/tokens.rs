//! Tokens when the keychain fails in mid-use, and names that change: against a real keyring.
#![cfg(target_os = "linux")]

#[allow(dead_code, reason = "the other test files use the rest")]
mod common;

use std::process::Command;
use std::time::Duration;

use common::{World, bus, home, inside, secret_tool, start_keyring, wait_for_owner};
use errand_auth::{Secret, TokenStore};
use errand_vault::{Error, Moved, Options, SecretId, Stored, Vault};

const KEY: &str = "oauth/=w1/=staging/=id%3Ashop";

#[test]
fn a_lock_in_mid_use_leaves_the_kept_token_alone() {
    inside(World::Open, "a_lock_in_mid_use_leaves_the_kept_token_alone", || {
        let vault = vault();
        keep(&vault, KEY, "first");
        lock_keyring();
        // What was read is known; what was not is unknown, and is not "none".
        assert_eq!(TokenStore::get(&vault, KEY), Ok(Some("first".into())));
        let other = "oauth/=w1/-/=id%3Ashop";
        let error = TokenStore::get(&vault, other).expect_err("locked");
        assert!(error.message.contains("locked"), "{error}");
        vault.reload();
        assert!(TokenStore::get(&vault, KEY).is_err());
        assert_eq!(vault.tokens_of("w1"), Err(Error::Locked));

        // A refreshed one lasts for the session. The kept one is there when it is unlocked.
        assert!(!vault.is_token_session_only(KEY));
        keep(&vault, KEY, "second");
        assert!(vault.is_token_session_only(KEY));
        assert_eq!(TokenStore::get(&vault, KEY), Ok(Some("second".into())));
        assert!(TokenStore::get(&self::vault(), KEY).is_err());
        let _unlocked = restart_keyring();
        assert_eq!(secret_tool("errand.tokens", KEY).as_deref(), Some("first"));
        assert_eq!(TokenStore::get(&self::vault(), KEY), Ok(Some("first".into())));
        assert_eq!(TokenStore::get(&vault, KEY), Ok(Some("second".into())));
        keep(&vault, KEY, "third");
        assert!(!vault.is_token_session_only(KEY));
        assert_eq!(secret_tool("errand.tokens", KEY).as_deref(), Some("third"));
    });
}

#[test]
fn what_another_program_renewed_is_seen() {
    inside(World::Open, "what_another_program_renewed_is_seen", || {
        let (one, other) = (vault(), vault());
        keep(&one, KEY, "first");
        assert_eq!(TokenStore::get(&other, KEY), Ok(Some("first".into())));
        keep(&other, KEY, "second");
        assert_eq!(TokenStore::get(&one, KEY), Ok(Some("second".into())));
        TokenStore::delete(&one, KEY).expect("deleted");
        assert_eq!(TokenStore::get(&other, KEY), Ok(None));
    });
}

#[test]
fn another_keychain_in_mid_use_is_noticed() {
    inside(World::EmptyBus, "another_keychain_in_mid_use_is_noticed", || {
        let first = start_keyring(&home(), &bus(), Some("pw"));
        let vault = vault();
        keep(&vault, KEY, "first");
        drop(first);
        wait_for_owner(&bus(), false);
        let other = tempfile::tempdir().expect("another home");
        let second = start_keyring(other.path(), &bus(), Some("pw"));

        // Nothing failed in between, and yet it is not the same keychain.
        let unread = "oauth/=w1/=staging/=id%3Aother";
        let error = TokenStore::get(&vault, unread).expect_err("another one");
        assert!(error.message.contains("not the keychain"), "{error}");
        assert!(TokenStore::set(&vault, KEY, &"second".into()).is_err());
        assert!(TokenStore::delete(&vault, KEY).is_err());
        assert_eq!(vault.rename_environment("w1", "staging", "x"), Err(Error::AnotherKeychain));
        assert_eq!(secret_tool("errand.tokens", KEY), None, "nothing is written to it");
        drop(second);
        wait_for_owner(&bus(), false);
        let _first = start_keyring(&home(), &bus(), Some("pw"));
        assert_eq!(TokenStore::get(&vault, KEY), Ok(Some("first".into())));
    });
}

#[test]
fn a_damaged_token_is_told_and_not_replaced() {
    inside(World::Open, "a_damaged_token_is_told_and_not_replaced", || {
        // Any bytes at a token's place: as a blob of a service whose name ends so.
        let id = SecretId::new("w1", None, "token");
        let of = |service: &str| Options {
            service: service.to_owned(),
            fingerprint_file: None,
            ..options()
        };
        let tokens = || Vault::open(of("s"));
        let raw = Options { max_entry_bytes: Some(10), ..of("s.tokens") };
        Vault::open(raw.clone()).set(&id, &"longer than one entry".into()).expect("set");
        // One of its parts is lost.
        let line = secret_tool("s.tokens", &id.user()).expect("a line");
        let part = format!("{} {} 1", id.user(), line.split(' ').nth(2).expect("a generation"));
        let arguments = ["clear", "service", "s.tokens.parts", "username", &part];
        assert!(Command::new("secret-tool").args(arguments).status().expect("ran").success());

        let error = TokenStore::get(&tokens(), &id.user()).expect_err("damaged");
        assert!(error.message.contains("lost a part"), "{error}");
        let parts = secret_tool("s.tokens", &id.user()).expect("still there");
        assert_eq!(parts, line);
        assert!(Vault::open(raw).rename(&id, &SecretId::new("w1", None, "new")).is_err());
        assert_eq!(secret_tool("s.tokens", &id.user()), Some(line), "nothing was moved");
    });
}

#[test]
fn a_secret_gets_another_name() {
    inside(World::Open, "a_secret_gets_another_name", || {
        let vault = vault();
        let [from, to] = [id("old"), id("new")];
        assert_eq!(vault.rename(&from, &to), Ok(false));
        vault.set(&from, &"v".into()).expect("set");
        assert_eq!(vault.get(&to), Ok(None));
        assert_eq!(vault.rename(&from, &to), Ok(true));
        assert_eq!((vault.get(&from), vault.get(&to)), (Ok(None), Ok(Some("v".into()))));
        assert_eq!(secret_tool("errand", "w1/staging/new").as_deref(), Some("v"));
        assert_eq!(secret_tool("errand", "w1/staging/old"), None);
        assert_eq!(vault.rename(&to, &to), Ok(true));

        // Never over another value; an equal one is what a call that was cut short left.
        vault.set(&from, &"other".into()).expect("set");
        assert_eq!(vault.rename(&from, &to), Err(Error::Occupied));
        assert_eq!(
            (vault.get(&from), vault.get(&to)),
            (Ok(Some("other".into())), Ok(Some("v".into())))
        );
        vault.set(&from, &"v".into()).expect("set");
        assert_eq!(vault.rename(&from, &to), Ok(true));
        assert_eq!(vault.get(&from), Ok(None));

        // A long one moves with its parts.
        let small = Vault::open(Options { max_entry_bytes: Some(100), ..options() });
        let long = Secret::new("x".repeat(1_000));
        small.set(&id("long"), &long).expect("set");
        assert_eq!(small.rename(&id("long"), &id("longer")), Ok(true));
        assert_eq!(small.get(&id("longer")), Ok(Some(long)));
        small.delete(&id("longer")).expect("deleted");
        let parts = Vault::open(Options { service: "errand.parts".to_owned(), ..options() });
        assert_eq!(parts.list("w1").secrets, [], "no part is left");
    });
}

#[test]
fn without_a_keychain_a_secret_of_the_session_is_renamed() {
    inside(World::EmptyBus, "without_a_keychain_a_secret_of_the_session_is_renamed", || {
        let vault = vault();
        assert_eq!(vault.set(&id("old"), &"v".into()), Ok(Stored::SessionOnly));
        assert_eq!(vault.rename(&id("old"), &id("new")), Ok(true));
        assert_eq!(vault.get(&id("new")), Ok(Some("v".into())));
        assert!(vault.get(&id("old")).is_err() && vault.is_session_only(&id("new")));
        assert_eq!(vault.rename(&id("x"), &id("y")), Ok(false));
    });
}

#[test]
fn an_environments_secrets_and_tokens_follow_its_name() {
    inside(World::Open, "an_environments_secrets_and_tokens_follow_its_name", || {
        let vault = vault();
        let others = ["oauth/=w1/-/=id%3Ashop", "oauth/=w2/=staging/=id%3Ashop", "not of ours"];
        for key in [KEY, others[0], others[1], others[2]] {
            keep(&vault, key, key);
        }
        vault.set(&id("token"), &"t".into()).expect("set");
        vault.set(&id("key"), &"k".into()).expect("set");
        vault.set(&SecretId::new("w1", None, "key"), &"own".into()).expect("set");
        vault.set_blob(&id("cookies"), b"jar").expect("set");
        assert_eq!(vault.tokens_of("w1"), Ok(vec![others[0].to_owned(), KEY.to_owned()]));

        let moved = vault.rename_environment("w1", "staging", "test & more");
        assert_eq!(moved, Ok(Moved { secrets: 2, tokens: 1, blobs: 1 }));
        let new = "oauth/=w1/=test+%26+more/=id%3Ashop";
        assert_eq!(vault.tokens_of("w1"), Ok(vec![others[0].to_owned(), new.to_owned()]));
        assert_eq!(TokenStore::get(&vault, new), Ok(Some(KEY.into())));
        assert_eq!(TokenStore::get(&vault, KEY), Ok(None));
        for key in others {
            assert_eq!(TokenStore::get(&self::vault(), key), Ok(Some(key.into())));
        }
        let renamed = SecretId::new("w1", Some("test & more"), "token");
        assert_eq!(self::vault().get(&renamed), Ok(Some("t".into())));
        assert_eq!(vault.get(&id("token")), Ok(None));
        assert_eq!(vault.get(&SecretId::new("w1", None, "key")), Ok(Some("own".into())));
        assert_eq!(vault.rename_environment("w1", "staging", "x"), Ok(Moved::default()));

        assert_eq!(vault.delete_tokens("w1", Some("test & more")), Ok(1));
        assert_eq!(vault.tokens_of("w1"), Ok(vec![others[0].to_owned()]));
        assert_eq!(vault.delete_tokens("w1", None), Ok(1));
        assert_eq!(vault.tokens_of("w2"), Ok(vec![others[1].to_owned()]));
    });
}

fn keep(vault: &Vault, key: &str, token: &str) {
    TokenStore::set(vault, key, &token.into()).expect("kept");
}

/// Ends the keyring of the test's home, and starts one there that is open.
fn restart_keyring() -> common::Running {
    let connection = common::connect(&bus());
    let proxy = zbus::blocking::fdo::DBusProxy::new(&connection).expect("the bus itself");
    let name = zbus::names::BusName::try_from("org.freedesktop.secrets").expect("a name");
    let id = proxy.get_connection_unix_process_id(name).expect("the keyring's number");
    let ended = Command::new("kill").arg(id.to_string()).status().expect("kill ran");
    assert!(ended.success());
    wait_for_owner(&bus(), false);
    start_keyring(&home(), &bus(), Some("pw"))
}

fn lock_keyring() {
    use secret_service::{EncryptionType, blocking::SecretService};
    let service = SecretService::connect(EncryptionType::Plain).expect("a keyring");
    let keyring = service.get_default_collection().expect("the login keyring");
    keyring.lock().expect("locked");
}

fn vault() -> Vault {
    Vault::open(options())
}

fn options() -> Options {
    Options {
        timeout: Duration::from_secs(60),
        fingerprint_file: Some(home().join("fingerprint")),
        ..Options::default()
    }
}

fn id(name: &str) -> SecretId {
    SecretId::new("w1", Some("staging"), name)
}
