//! `HashiCorp` Vault: a loopback server that answers as its HTTP API documents.
#![cfg(unix)]

mod common;

use common::{Came, Server, World, serve};
use errand_model::SecretSource;
use errand_sources::{Access, Error};

const TOKEN: &str = "hvs.canary-token";

/// Mounts `secret/` (version 2) and `kv/` (version 1).
fn answer(came: &Came) -> (u16, &'static str, String) {
    let errors = |status, text: &str| (status, "", format!("{{\"errors\":[{text}]}}"));
    let path = came.line.strip_prefix("GET /v1/").and_then(|rest| rest.strip_suffix(" HTTP/1.1"));
    if came.header("x-vault-token") != TOKEN {
        return errors(
            403,
            r#""2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n""#,
        );
    }
    if came.header("x-vault-request") != "true" {
        return errors(400, r#""missing 'X-Vault-Request' header""#);
    }
    let ok = |body: &str| (200, "", body.to_owned());
    match path.unwrap_or_default() {
        path if path.starts_with("sys/internal/ui/mounts/secret/") => ok(
            r#"{"data":{"options":{"version":"2"},"path":"secret/","type":"kv"}}"#,
        ),
        path if path.starts_with("sys/internal/ui/mounts/kv/") => {
            ok(r#"{"data":{"options":{"version":"1"},"path":"kv/","type":"kv"}}"#)
        }
        path if path.starts_with("sys/internal/ui/mounts/") => {
            errors(403, r#""preflight capability check returned 403, please ensure client's policies grant access to path""#)
        }
        "secret/data/shop%20%C3%BC" if came.header("x-vault-namespace") == "team" => {
            ok(r#"{"data":{"data":{"key":"namespaced"},"metadata":{"version":1}}}"#)
        }
        "secret/data/shop" => ok(
            r#"{"request_id":"r","data":{"data":{"password":"canary-2","port":5432,"data":"inner"},"metadata":{"version":3,"deletion_time":"","destroyed":false}}}"#,
        ),
        "secret/data/gone" => (
            404,
            "",
            r#"{"data":{"data":null,"metadata":{"deletion_time":"2026-11-01T00:00:00Z","destroyed":false,"version":2}}}"#.to_owned(),
        ),
        "kv/shop" => ok(r#"{"data":{"password":"canary-1"},"lease_duration":2764800}"#),
        "kv/denied" => errors(403, r#""1 error occurred:\n\t* permission denied\n\n""#),
        "kv/text" => ok("<html>"),
        "kv/moved" => (307, "Location: http://active.example:8200/v1/kv/moved\r\n", String::new()),
        _ => errors(404, ""),
    }
}

#[tokio::test]
async fn both_versions_are_read_as_the_command_vault_writes_paths() {
    let (world, server) = ready().await;
    let resolver = world.resolver();
    for (path, field, value) in [
        ("secret/data/shop", "password", "canary-2"),
        ("secret/shop", "password", "canary-2"),
        ("/v1/secret/data/shop/", "port", "5432"),
        ("secret/shop", "data", "inner"),
        ("kv/shop", "password", "canary-1"),
        ("kv/shop", "", "canary-1"),
    ] {
        assert_eq!(
            resolver.value(&source("", path, field, "")).await,
            Ok(value.into()),
            "{path} {field}"
        );
    }
    let namespaced = source("", "secret/shop ü", "key", "team");
    assert_eq!(resolver.value(&namespaced).await, Ok("namespaced".into()));
    assert!(
        world.http.hides(TOKEN) && world.http.hides("canary-1") && world.http.hides("canary-2")
    );
    assert!(world.http.hides("inner"), "what else the secret has is hidden, too");
    assert!(world.asked.lock().expect("a list").is_empty(), "VAULT_ADDR is the user's own");
    assert!(server.came.lock().expect("a list").iter().all(|came| came.line.starts_with("GET ")));
}

#[tokio::test]
async fn refusals_say_what_to_do() {
    let (mut world, _server) = ready().await;
    let resolver = world.resolver();
    for (path, field, code, says) in [
        ("kv/denied", "a", "denied", "policy"),
        ("other/x", "a", "not-found", "vault kv list"),
        ("secret/gone", "a", "not-found", "undelete"),
        ("secret/shop", "nothing", "no-field", "It has: password, port, data."),
        ("secret/shop", "", "no-field", "none is chosen"),
        ("kv/text", "a", "bad-answer", "not JSON"),
        ("kv/moved", "a", "bad-answer", "http://active.example:8200"),
        ("kv/../sys/seal", "a", "invalid-source", ".."),
        ("", "a", "invalid-source", "empty"),
    ] {
        let error = resolver.value(&source("", path, field, "")).await.expect_err(path);
        assert_eq!(error.code(), code, "{path}: {error}");
        assert!(error.to_string().contains(says), "{path}: {error}");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
    world.set("VAULT_TOKEN", "hvs.expired");
    let error = world.resolver().value(&source("", "kv/shop", "", "")).await.expect_err("expired");
    assert_eq!(error.code(), "locked");
    assert!(error.to_string().contains("vault login"), "{error}");
}

#[tokio::test]
async fn a_sealed_or_absent_server_is_told() {
    let sealed = serve(|_| (503, "", r#"{"errors":["Vault is sealed"]}"#.to_owned())).await;
    let mut world = World::new();
    world.set("VAULT_TOKEN", TOKEN);
    let shop = |address: &str| source(address, "kv/shop", "", "");
    let error = world.resolver().value(&shop(&sealed.address)).await.expect_err("sealed");
    assert_eq!(error.code(), "locked");
    assert!(error.to_string().contains("vault operator unseal"), "{error}");

    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let nobody = format!("http://{}", free.local_addr().expect("an address"));
    drop(free);
    let error = world.resolver().value(&shop(&nobody)).await.expect_err("nobody there");
    assert_eq!(error.code(), "unreachable");
    let error = world.resolver().value(&shop("")).await.expect_err("no address");
    assert!(
        error.code() == "invalid-source" && error.to_string().contains("VAULT_ADDR"),
        "{error}"
    );
}

#[tokio::test]
async fn the_token_is_the_one_of_the_vault_command_and_goes_nowhere_else() {
    let (mut world, server) = ready().await;
    world.machine.variables.remove(std::ffi::OsStr::new("VAULT_TOKEN"));
    let shop = source("", "kv/shop", "", "");
    let error = world.resolver().value(&shop).await.expect_err("no token");
    assert!(error.code() == "locked" && error.to_string().contains("vault login"), "{error}");
    std::fs::write(world.home().join(".vault-token"), TOKEN).expect("written");
    assert_eq!(world.resolver().value(&shop).await, Ok("canary-1".into()));

    // An address that only the workspace names gets the token when the user says so.
    let stranger = source("https://vault.evil.example", "kv/shop", "", "");
    let error = world.with_approval(false).value(&stranger).await.expect_err("not approved");
    let address = "https://vault.evil.example".to_owned();
    assert_eq!(
        error,
        Error::NotApproved { access: Access::Server { credentials: "Vault token", address } }
    );
    let same = source(&server.address, "kv/shop", "", "");
    assert_eq!(world.with_approval(false).value(&same).await, Ok("canary-1".into()));
}

async fn ready() -> (World, Server) {
    let server = serve(answer).await;
    let mut world = World::new();
    world.set("VAULT_ADDR", &server.address);
    world.set("VAULT_TOKEN", TOKEN);
    (world, server)
}

fn source(address: &str, path: &str, field: &str, namespace: &str) -> SecretSource {
    let [address, path, field, namespace] = [address, path, field, namespace].map(str::to_owned);
    SecretSource::Vault { address, path, field, namespace }
}
