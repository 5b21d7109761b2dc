//! AWS Secrets Manager: a loopback server that answers as `GetSecretValue` documents, and refuses
//! a request whose signature header is not of the form of Signature Version 4.
#![cfg(unix)]

mod common;

use common::{Came, Server, World, serve};
use errand_model::SecretSource;
use errand_sources::{Access, Error};

const KEY_ID: &str = "AKIDEXAMPLE";

fn answer(came: &Came) -> (u16, &'static str, String) {
    let fault = |kind: &str, message: &str| {
        (400, "", format!("{{\"__type\":\"{kind}\",\"message\":\"{message}\"}}"))
    };
    if !is_signed(came) {
        return fault("IncompleteSignatureException", "Authorization header is incomplete");
    }
    let body: serde_json::Value = serde_json::from_str(&came.body).unwrap_or_default();
    match body["SecretId"].as_str().unwrap_or_default() {
        "shop" | "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-AbCdEf" => {
            (200, "", secret(r#"{\"user\":\"anna\",\"password\":\"canary-a\",\"port\":5432}"#))
        }
        "plain" => (200, "", secret("canary-b")),
        "binary" => (200, "", r#"{"Name":"binary","SecretBinary":"AAEC"}"#.to_owned()),
        "denied" => fault("AccessDeniedException", "User: arn:aws:iam::1:user/a is not authorized"),
        "expired" => fault(
            "com.amazonaws.secretsmanager#ExpiredTokenException",
            "The security token included in the request is expired",
        ),
        _ => fault("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
    }
}

fn secret(text: &str) -> String {
    format!(
        "{{\"ARN\":\"arn:x\",\"Name\":\"shop\",\"SecretString\":\"{text}\",\"VersionStages\":[\"AWSCURRENT\"]}}"
    )
}

fn is_signed(came: &Came) -> bool {
    let Some(rest) = came.header("authorization").strip_prefix("AWS4-HMAC-SHA256 ") else {
        return false;
    };
    let part = |name: &str| {
        rest.split(',')
            .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
            .unwrap_or_default()
    };
    let date = came.header("x-amz-date");
    let day = date.get(..8).unwrap_or_default();
    let scope: Vec<&str> = part("Credential").split('/').collect();
    let signed: Vec<&str> = part("SignedHeaders").split(';').collect();
    let signature = part("Signature");
    came.line == "POST / HTTP/1.1"
        && came.header("x-amz-target") == "secretsmanager.GetSecretValue"
        && came.header("content-type") == "application/x-amz-json-1.1"
        && date.len() == 16
        && scope == [KEY_ID, day, "eu-central-1", "secretsmanager", "aws4_request"]
        && ["host", "x-amz-date", "x-amz-target"].iter().all(|name| signed.contains(name))
        && signed.is_sorted()
        && signed.iter().all(|name| !came.header(name).is_empty())
        && signature.len() == 64
        && signature.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[tokio::test]
async fn a_secret_and_its_fields_are_read() {
    let (mut world, _server) = ready().await;
    world.set("AWS_REGION", "eu-central-1");
    let resolver = world.resolver();
    let arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-AbCdEf";
    for (secret, field, value) in [
        ("plain", "", "canary-b"),
        ("shop", "password", "canary-a"),
        ("shop", "port", "5432"),
        ("shop", "", r#"{"user":"anna","password":"canary-a","port":5432}"#),
        (arn, "user", "anna"),
    ] {
        let found = resolver.value(&source(secret, field, "", "", "")).await;
        assert_eq!(found, Ok(value.into()), "{secret} {field}");
    }
    assert!(world.http.hides("canary-a") && world.http.hides("canary-b"));
    let hidden = world.http.hidden.lock().expect("a list");
    let shown = hidden.iter().find(|(hidden, _)| hidden.starts_with("AWS4-HMAC-SHA256"));
    let (whole, shown) = shown.expect("the signature is hidden");
    let signature = whole.rsplit('=').next().expect("a signature");
    assert!(shown.contains(KEY_ID) && !shown.contains(signature), "{shown}");
}

#[tokio::test]
async fn the_region_is_the_arns_the_fields_the_profiles_or_the_environments() {
    let (mut world, server) = ready().await;
    let arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-AbCdEf";
    world.set("AWS_REGION", "us-east-1");
    for (secret, region, profile) in
        [(arn, "", ""), ("shop", "eu-central-1", ""), ("shop", "", "shop")]
    {
        let found = world.resolver().value(&source(secret, "user", region, profile, "")).await;
        assert_eq!(found, Ok("anna".into()), "{secret} {region} {profile}");
    }
    world.machine.variables.remove(std::ffi::OsStr::new("AWS_REGION"));
    let error =
        world.resolver().value(&source("shop", "", "", "", "")).await.expect_err("no region");
    assert!(
        error.code() == "invalid-source" && error.to_string().contains("AWS_REGION"),
        "{error}"
    );
    let error = world.resolver().value(&source("shop", "", "x.evil.example/", "", "")).await;
    assert_eq!(error.expect_err("no region's name").code(), "invalid-source");
    drop(server);
}

#[tokio::test]
async fn refusals_say_what_to_do() {
    let (mut world, _server) = ready().await;
    world.set("AWS_REGION", "eu-central-1");
    let resolver = world.resolver();
    for (secret, field, code, says) in [
        ("missing", "", "not-found", "the region"),
        ("denied", "", "denied", "secretsmanager:GetSecretValue"),
        ("expired", "", "locked", "aws sso login"),
        ("binary", "", "not-text", "UTF-8"),
        ("plain", "x", "no-field", "no JSON object"),
        ("shop", "x", "no-field", "It has: user, password, port."),
        ("", "", "invalid-source", "empty"),
    ] {
        let error = resolver.value(&source(secret, field, "", "", "")).await.expect_err(secret);
        assert_eq!(error.code(), code, "{secret}: {error}");
        assert!(error.to_string().contains(says), "{secret}: {error}");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
        world.machine.variables.remove(std::ffi::OsStr::new(name));
    }
    let error =
        world.resolver().value(&source("plain", "", "", "", "")).await.expect_err("no keys");
    assert!(error.code() == "locked" && error.to_string().contains("aws configure"), "{error}");
}

#[tokio::test]
async fn an_endpoint_that_only_the_workspace_names_needs_approval() {
    let (world, _server) = ready().await;
    let stranger = source("plain", "", "eu-central-1", "", "https://aws.evil.example/");
    let error = world.with_approval(false).value(&stranger).await.expect_err("not approved");
    let address = "https://aws.evil.example".to_owned();
    assert_eq!(
        error,
        Error::NotApproved { access: Access::Server { credentials: "AWS keys", address } }
    );
}

async fn ready() -> (World, Server) {
    let server = serve(answer).await;
    let mut world = World::new();
    world.set("AWS_ENDPOINT_URL_SECRETS_MANAGER", &server.address);
    world.set("AWS_ACCESS_KEY_ID", KEY_ID);
    world.set("AWS_SECRET_ACCESS_KEY", "canary-key");
    let folder = world.home().join(".aws");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("config"), "[profile shop]\nregion = eu-central-1\n")
        .expect("written");
    let keys =
        format!("[shop]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = canary-key\n");
    std::fs::write(folder.join("credentials"), keys).expect("written");
    (world, server)
}

fn source(secret: &str, field: &str, region: &str, profile: &str, endpoint: &str) -> SecretSource {
    let [secret, field, region, profile, endpoint] =
        [secret, field, region, profile, endpoint].map(str::to_owned);
    SecretSource::AwsSecretsManager { secret, field, region, profile, endpoint }
}
