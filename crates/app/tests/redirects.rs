//! A redirect to another origin takes nothing of a credential along, whatever the scheme.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::{Place, Server, ok, redirect, request, text, without_a_keychain};
use serde_json::{Value, json};

/// In every field of every scheme that is secret.
const CANARY: &str = "c4naryValue0123456789";

/// A PEM key for what signs with RSA, made for this test only.
fn rsa_key() -> String {
    let made = std::process::Command::new("openssl")
        .args(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
        .output()
        .expect("openssl");
    String::from_utf8(made.stdout).expect("PEM")
}

/// Every scheme that signs without somebody else's server.
fn schemes(token_url: &str) -> Vec<Value> {
    let key = rsa_key();
    vec![
        json!({ "type": "basic", "username": "ada", "password": CANARY }),
        json!({ "type": "bearer", "token": CANARY }),
        json!({ "type": "apiKey", "key": "X-Company", "value": CANARY, "placement": "header" }),
        json!({ "type": "apiKey", "key": "company", "value": CANARY, "placement": "query" }),
        json!({ "type": "apiKey", "key": "company", "value": CANARY, "placement": "cookie" }),
        json!({ "type": "digest", "username": "ada", "password": CANARY }),
        json!({ "type": "hawk", "id": "ada-id", "key": CANARY }),
        json!({ "type": "wsse", "username": "ada-id", "password": CANARY }),
        json!({ "type": "edgeGrid", "clientToken": "ada-id", "clientSecret": CANARY, "accessToken": "akab-access" }),
        json!({ "type": "awsV4", "accessKeyId": "AKIDEXAMPLE", "secretAccessKey": CANARY, "sessionToken": CANARY, "region": "eu-west-1", "service": "s3" }),
        json!({ "type": "awsV4", "accessKeyId": "AKIDEXAMPLE", "secretAccessKey": CANARY, "region": "eu-west-1", "service": "s3", "placement": "query" }),
        json!({ "type": "oauth1", "consumerKey": "ada-id", "consumerSecret": CANARY, "accessToken": "ada-token", "accessTokenSecret": CANARY }),
        json!({ "type": "oauth1", "consumerKey": "ada-id", "consumerSecret": CANARY, "placement": "query" }),
        json!({ "type": "oauth1", "consumerKey": "ada-id", "signatureMethod": "RSA-SHA256", "privateKey": { "type": "text", "value": key } }),
        json!({ "type": "oauth2", "flow": "client_credentials", "accessTokenUrl": token_url, "credentials": { "clientId": "ada-id", "clientSecret": CANARY } }),
        json!({ "type": "oauth2", "flow": "client_credentials", "accessTokenUrl": token_url, "credentials": { "clientId": "ada-id", "clientSecret": CANARY }, "tokenConfig": { "placement": { "query": "t" } } }),
        json!({ "type": "jwt", "algorithm": "HS256", "key": { "type": "text", "value": CANARY.repeat(2) }, "claims": "{\"sub\":\"ada-id\"}" }),
        json!({ "type": "asap", "issuer": "ada-id", "audience": "x", "keyId": "ada/key", "privateKey": { "type": "text", "value": key } }),
    ]
}

/// What a credential looks like on the wire, in any scheme: names that only schemes add, and the
/// texts that were put in.
fn traces(head: &str) -> Vec<&'static str> {
    let lower = head.to_lowercase();
    let basic = STANDARD.encode(format!("ada:{CANARY}")).to_lowercase();
    let mut found: Vec<&str> = [
        "authorization",
        "x-wsse",
        "x-amz",
        "x-company",
        "company=",
        "oauth_",
        "cookie:",
        "dpop:",
        "ada-id",
        "ada-token",
        "akidexample",
        "signature",
        "?t=",
        "&t=",
    ]
    .into_iter()
    .filter(|name| lower.contains(*name))
    .collect();
    if lower.contains(&CANARY.to_lowercase()) || lower.contains(&basic) {
        found.push("the value itself");
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_travels_to_another_origin_whatever_the_scheme() {
    if !without_a_keychain("nothing_travels_to_another_origin_whatever_the_scheme") {
        return;
    }
    let place = Place::new().await;
    let token =
        format!("{{\"access_token\":\"{CANARY}\",\"token_type\":\"Bearer\",\"expires_in\":3600}}");
    let tokens = Server::new(move |_| {
        let length = token.len();
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{token}").into_bytes()
    });
    let there = Server::new(|_| ok("there"));
    let port = there.address.port();
    // Another port, another name of the same machine, a subdomain of that.
    for target in [
        format!("http://127.0.0.1:{port}/there"),
        format!("http://localhost:{port}/there"),
        format!("http://api.localhost:{port}/there"),
    ] {
        let here = Server::new({
            let target = target.clone();
            move |head| {
                let lower = head.to_lowercase();
                if lower.starts_with("get /challenge") && !lower.contains("authorization:") {
                    return b"HTTP/1.1 401 Who\r\nConnection: close\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\nContent-Length: 0\r\n\r\n".to_vec();
                }
                redirect(302, &target)
            }
        });
        for auth in schemes(&tokens.url("/token")) {
            let scheme = text(&auth["type"]);
            let path = if scheme == "digest" { "/challenge" } else { "/here?a=1" };
            let before = there.requests().len();
            let mut sent = request("GET", &here.url(path));
            sent["auth"] = auth;
            let exchange = place.send(sent).await;
            assert_eq!(exchange["status"], 200, "{scheme} to {target}: {exchange}");
            // It was there to begin with …
            let first = here.requests().pop().expect("a request");
            assert!(!traces(&first).is_empty(), "{scheme} added nothing: {first}");
            // … does not travel, and the timeline says so.
            let arrived = &there.requests()[before..];
            assert_eq!(arrived.len(), 1, "{scheme}");
            assert_eq!(
                traces(&arrived[0]),
                Vec::<&str>::new(),
                "{scheme} to {target}: {}",
                arrived[0]
            );
            let hops = exchange["hops"].as_array().expect("hops");
            let dropped = hops.last().map(|hop| hop["dropped"].to_string()).unwrap_or_default();
            assert!(dropped.contains("origin"), "{scheme}: {dropped}");
        }
    }
}
