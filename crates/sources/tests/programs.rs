//! Password stores by their commands: the real `pass`; `op` and `bw`, which need accounts, are
//! played by scripts with the exit codes and messages of the real ones.
#![cfg(unix)]

mod common;

use common::{World, run};
use errand_model::SecretSource;

/// <https://developer.1password.com/docs/cli/reference/commands/read>
const OP: &str = r#"#!/bin/sh
stamp='[ERROR] 2026/11/21 15:24:36'
[ -n "$OP_SERVICE_ACCOUNT_TOKEN" ] || {
  echo "$stamp You are not currently signed in. Please run \`op signin --help\` for instructions" >&2; exit 1; }
[ "$1 $2" = "read --no-newline" ] || { echo "$stamp unknown command" >&2; exit 1; }
case "$3$4" in
op://app/db/password) printf 'canary "op"' ;;
op://app/db/password--account=work.1password.com) printf 'canary work' ;;
op://app/db/other) echo "$stamp could not read secret '$3': item 'app/db' does not have a field 'other'" >&2; exit 1 ;;
op://app/none/password) echo "$stamp could not read secret '$3': could not get item app/none: \"none\" isn't an item in the \"app\" vault. Specify the item with its UUID, name, or domain." >&2; exit 1 ;;
op://none/*) echo "$stamp could not read secret '$3': could not get item none/db: \"none\" isn't a vault in this account. Specify the vault with its ID or name." >&2; exit 1 ;;
op://app/db/wait) echo "$stamp authorization timeout" >&2; exit 1 ;;
*) echo "$stamp unexpected: $*" >&2; exit 6 ;;
esac
"#;

/// <https://bitwarden.com/help/cli/>
const BW: &str = r#"#!/bin/sh
fail() { echo "$1" >&2; exit 1; }
[ -e "$HOME/logged-in" ] || fail 'You are not logged in.'
[ -n "$BW_SESSION" ] || fail 'Vault is locked.'
[ "$1 $2 $4" = "--nointeraction get --" ] || fail "error: unknown option $*"
case "$3/$5" in
password/shop) printf 'canary bw' ;;
password/--help) printf 'canary dash' ;;
totp/shop) printf 123456 ;;
item/shop) printf '{"object":"item","name":"shop","fields":[{"name":"pin","value":"canary pin","type":1},{"name":"empty","value":null}],"login":{"password":"x"}}' ;;
notes/shop) fail 'No notes available for this item.' ;;
password/twice) printf 'More than one result was found. Try getting a specific object by `id` instead. The following objects were found:\n1\n2\n' >&2; exit 1 ;;
*) fail 'Not found.' ;;
esac
"#;

#[tokio::test]
async fn one_password() {
    let mut world = World::new();
    let source = |reference: &str, account: &str| SecretSource::OnePassword {
        reference: reference.to_owned(),
        account: account.to_owned(),
    };
    refused(
        &world,
        &source("op://app/db/password", ""),
        "not-installed",
        "developer.1password.com",
    )
    .await;
    world.program("op", OP);
    refused(&world, &source("op://app/db/password", ""), "locked", "op signin").await;
    world.set("OP_SERVICE_ACCOUNT_TOKEN", "canary-account");
    let resolver = world.resolver();
    let password = source("op://app/db/password", "");
    assert_eq!(resolver.value(&password).await, Ok("canary \"op\"".into()));
    let work = source("op://app/db/password", "work.1password.com");
    assert_eq!(resolver.value(&work).await, Ok("canary work".into()));
    for (reference, code, says) in [
        ("op://app/db/other", "no-field", "other"),
        ("op://app/none/password", "not-found", "isn't an item"),
        ("op://none/db/password", "not-found", "isn't a vault"),
        ("op://app/db/wait", "locked", "Unlock the 1Password app"),
        ("op://app/db/strange", "failed", "unexpected"),
        ("--help", "invalid-source", "op://vault/item/field"),
    ] {
        refused(&world, &source(reference, ""), code, says).await;
    }
}

#[tokio::test]
async fn bitwarden() {
    let mut world = World::new();
    let source = |item: &str, field: &str| SecretSource::Bitwarden {
        item: item.to_owned(),
        field: field.to_owned(),
    };
    refused(&world, &source("shop", ""), "not-installed", "bitwarden.com").await;
    world.program("bw", BW);
    refused(&world, &source("shop", ""), "locked", "bw login").await;
    std::fs::write(world.home().join("logged-in"), "").expect("written");
    refused(&world, &source("shop", ""), "locked", "bw unlock").await;
    world.set("BW_SESSION", "canary-session");
    let resolver = world.resolver();
    for (item, field, value) in [
        ("shop", "", "canary bw"),
        ("shop", "password", "canary bw"),
        ("--help", "", "canary dash"),
        ("shop", "totp", "123456"),
        ("shop", "pin", "canary pin"),
    ] {
        assert_eq!(resolver.value(&source(item, field)).await, Ok(value.into()), "{item} {field}");
    }
    refused(&world, &source("shop", "other"), "no-field", "It has: pin, empty.").await;
    refused(&world, &source("shop", "empty"), "no-field", "empty").await;
    refused(&world, &source("shop", "notes"), "no-field", "No notes").await;
    refused(&world, &source("none", ""), "not-found", "bw sync").await;
    refused(&world, &source("twice", ""), "not-found", "bw list items").await;
}

#[tokio::test]
async fn the_real_pass() {
    let (world, _agent) = pass_store("");
    run(
        "pass",
        &["insert", "-m", "shop/db"],
        &world.machine,
        "canary first\nuser: anna: b\nUrl: https://x\n",
    );
    run("pass", &["insert", "-m", "-f", "one"], &world.machine, "canary\n");
    let source = |entry: &str, field: &str| SecretSource::Pass {
        entry: entry.to_owned(),
        field: field.to_owned(),
    };
    let resolver = world.resolver();
    for (entry, field, value) in [
        ("shop/db", "", "canary first"),
        ("shop/db", "user", "anna: b"),
        ("shop/db", "url", "https://x"),
        ("one", "", "canary"),
    ] {
        assert_eq!(
            resolver.value(&source(entry, field)).await,
            Ok(value.into()),
            "{entry} {field}"
        );
    }
    refused(&world, &source("shop/db", "pin"), "no-field", "It has: user, Url.").await;
    refused(&world, &source("none", ""), "not-found", "pass ls").await;
    refused(&world, &source("--help", ""), "not-found", "pass ls").await;
    refused(&world, &source("shop", ""), "not-found", "folder").await;
    refused(&world, &source("", ""), "invalid-source", "empty").await;
}

#[tokio::test]
async fn the_real_pass_with_a_locked_key() {
    let (world, agent) = pass_store("canary-passphrase");
    run("pass", &["insert", "-m", "shop"], &world.machine, "canary\n");
    agent.forget();
    let source = SecretSource::Pass { entry: "shop".to_owned(), field: String::new() };
    refused(&world, &source, "locked", "pass show shop").await;
}

#[tokio::test]
async fn without_pass() {
    let mut world = World::new();
    world.set("PATH", "/nonexistent");
    let source = SecretSource::Pass { entry: "shop".to_owned(), field: String::new() };
    refused(&world, &source, "not-installed", "passwordstore.org").await;
}

/// Each asked anew.
async fn refused(world: &World, source: &SecretSource, code: &str, says: &str) {
    let error = world.resolver().value(source).await.expect_err("no value");
    assert_eq!(error.code(), code, "{error}");
    assert!(error.to_string().contains(says), "{error}");
    assert!(!error.to_string().contains("canary"), "{error}");
}

/// A store of its own, for a key with this passphrase that nobody can be asked for.
fn pass_store(passphrase: &str) -> (World, Agent) {
    use std::os::unix::fs::PermissionsExt as _;
    let mut world = World::new();
    let keys = world.home().join("gnupg");
    std::fs::create_dir(&keys).expect("a folder");
    std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o700)).expect("private");
    std::fs::write(keys.join("gpg-agent.conf"), "pinentry-program /nonexistent\n")
        .expect("written");
    world.set("GNUPGHOME", keys);
    let agent = Agent(world.machine.clone());
    let arguments = ["--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase];
    let make = ["--quick-gen-key", "errand-test", "default", "default", "never"];
    run("gpg", &[&arguments[..], &make[..]].concat(), &world.machine, "");
    run("pass", &["init", "errand-test"], &world.machine, "");
    (world, agent)
}

/// Ends the key agent that gpg starts.
struct Agent(errand_sources::Machine);

impl Agent {
    /// The passphrase it remembers from making the key.
    fn forget(&self) {
        run("gpgconf", &["--kill", "gpg-agent"], &self.0, "");
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.forget();
    }
}
