//! The real command against servers of others that check what it signs: httpbin, and AWS as moto plays it.

use errand_tests::counterparts::httpbin::Httpbin;
use errand_tests::counterparts::moto::{AwsKey, Moto};
use errand_tests::terminal::{Ran, Terminal, ran};

fn auth(scheme: &str, fields: &[(&str, &str)]) -> String {
    let fields: Vec<_> =
        fields.iter().map(|(name, value)| format!("    {name}: '{value}'\n")).collect();
    format!("  auth:\n    type: {scheme}\n{}", fields.concat())
}

fn password(scheme: &str, password: &str) -> String {
    auth(scheme, &[("username", "ada"), ("password", password)])
}

#[test]
fn digest_by_every_algorithm_and_with_the_body() {
    let (httpbin, terminal) = (Httpbin::start(), Terminal::alone());
    for algorithm in ["MD5", "SHA-256", "SHA-512"] {
        for quality in ["auth", "auth-int"] {
            let url = httpbin.url(&format!("/digest-auth/{quality}/ada/engine/{algorithm}"));
            terminal.request("right", &url, &password("digest", "engine"), "");
            assert_eq!(terminal.gets("right")["user"], "ada", "{algorithm} {quality}");
            terminal.request("wrong", &url, &password("digest", "difference"), "");
            let refused = terminal.refused("wrong", 401);
            assert!(refused.out.contains(algorithm), "{refused:?}");
        }
    }
    // A body that takes part in the proof.
    let url = httpbin.url("/digest-auth/auth-int/ada/engine/SHA-256");
    let body = format!("  body:\n    type: text\n    data: tea\n{}", password("digest", "engine"));
    terminal.send_file("body", "GET", &url, &body, "");
    assert_eq!(terminal.gets("body")["authenticated"], true);
}

#[test]
fn a_proof_by_digest_is_not_shown() {
    let (httpbin, terminal) = (Httpbin::start(), Terminal::alone());
    let url = httpbin.url("/digest-auth/auth/ada/engine/SHA-256");
    terminal.request("it", &url, &password("digest", "engine"), "");
    let sent = terminal.errand(&["send", "it.yml", "-v"]).exits(0);
    sent.says("response=\"••••••\"");
    sent.says("username=\"ada\"");
    // Asked, then proven, and that is said.
    assert_eq!(sent.err.matches("> GET /digest-auth/").count(), 2, "{sent:?}");
}

#[test]
fn basic_asked_for_or_not_and_bearer() {
    let (httpbin, terminal) = (Httpbin::start(), Terminal::alone());
    for (path, refusal) in [("basic-auth", 401), ("hidden-basic-auth", 404)] {
        let url = httpbin.url(&format!("/{path}/ada/engine"));
        terminal.request("right", &url, &password("basic", "engine"), "");
        assert_eq!(terminal.gets("right")["authenticated"], true, "{path}");
        terminal.request("wrong", &url, &password("basic", "difference"), "");
        let _ = terminal.refused("wrong", refusal);
        let typed = ran(&mut terminal.command(&["send", &url, "-u", "ada:engine", "--fail"]));
        assert_eq!(typed.exits(0).json()["user"], "ada");
    }
    let url = httpbin.url("/bearer");
    terminal.request("right", &url, &auth("bearer", &[("token", "tea")]), "");
    assert_eq!(terminal.gets("right")["authenticated"], true);
    terminal.request("none", &url, "", "");
    let _ = terminal.refused("none", 401);
}

/// A request to S3 signed with that key; `own` is what the file format has no room for.
fn s3(terminal: &Terminal<'_>, moto: &Moto, method: &str, object: &str, key: &AwsKey, own: &str) {
    let region = moto.region();
    let fields = [
        ("accessKeyId", key.id.as_str()),
        ("secretAccessKey", &key.secret),
        ("sessionToken", key.token.as_deref().unwrap_or_default()),
        ("service", "s3"),
        ("region", &region),
    ];
    let url = moto.url(&format!("/{}/{object}", moto.bucket()));
    terminal.send_file("object", method, &url, &auth("awsv4", &fields), own);
}

fn wrong(key: &AwsKey) -> AwsKey {
    AwsKey { secret: "w".repeat(key.secret.len()), ..key.clone() }
}

fn object(terminal: &Terminal<'_>, more: &[&str]) -> Ran {
    let mut arguments = vec!["send", "object.yml", "--fail"];
    arguments.extend(more);
    terminal.errand(&arguments)
}

#[test]
fn aws_takes_the_signature_in_a_header_and_in_the_query() {
    let (moto, terminal) = (Moto::start(), Terminal::alone());
    for own in ["", "      placement: query\n"] {
        for key in [moto.key(), moto.session_key()] {
            s3(&terminal, &moto, "GET", "hello.txt", &key, own);
            let sent = object(&terminal, &["-v"]).exits(0);
            assert_eq!(sent.out, "hello", "{sent:?}");
            sent.says("AWS4-HMAC-SHA256");
            assert!(!sent.err.contains(&key.secret), "{sent:?}");
            if let Some(token) = &key.token {
                assert!(!sent.err.contains(token.as_str()), "{sent:?}");
            }
        }
    }
}

#[test]
fn aws_refuses_a_wrong_secret_and_who_may_not() {
    let (moto, terminal) = (Moto::start(), Terminal::alone());
    for (key, said) in [
        (wrong(&moto.key()), "SignatureDoesNotMatch"),
        (wrong(&moto.session_key()), "SignatureDoesNotMatch"),
        (moto.powerless_key(), "AccessDenied"),
        (AwsKey { id: "AKIAIOSFODNN7EXAMPLE".to_owned(), ..moto.key() }, "InvalidAccessKeyId"),
    ] {
        for own in ["", "      placement: query\n"] {
            s3(&terminal, &moto, "GET", "hello.txt", &key, own);
            let refused = object(&terminal, &["-i"]).exits(1);
            assert!(refused.out.contains(" 403 "), "{refused:?}");
            assert!(refused.out.contains(said), "{said}: {refused:?}");
        }
    }
}

#[test]
fn aws_takes_bodies_signed_unsigned_and_streamed() {
    let (moto, terminal) = (Moto::start(), Terminal::alone());
    // Several pieces of a streamed signature, the last one shorter.
    let long = "0123456789abcdef".repeat(20_000);
    terminal.write("long.txt", &long);
    for (name, own) in [
        ("signed", ""),
        ("unsigned", "      payload: unsigned\n"),
        ("streamed", "      payload: streamed\n"),
    ] {
        for (size, data) in [("short", "tea"), ("long", "@long.txt")] {
            let file = format!("{name}-{size}.txt");
            s3(&terminal, &moto, "PUT", &file, &moto.key(), own);
            // moto takes a form apart, whoever sends it.
            let body = ["-d", data, "-H", "Content-Type: text/plain"];
            let put = object(&terminal, &body);
            assert_eq!(put.code, Some(0), "{file}: {}", put.err);
            s3(&terminal, &moto, "GET", &file, &moto.key(), "");
            let got = object(&terminal, &[]).exits(0);
            let expected = if size == "short" { "tea" } else { &long };
            assert!(got.out == expected, "{file}: {} bytes came back", got.out.len());
            s3(&terminal, &moto, "PUT", &file, &wrong(&moto.key()), own);
            assert_eq!(object(&terminal, &body).code, Some(1), "{file}");
        }
    }
}

#[test]
fn a_secret_comes_from_secrets_manager() {
    let (httpbin, moto, terminal) = (Httpbin::start(), Moto::start(), Terminal::alone());
    let source = |secret: &str| {
        format!(
            "extensions:\n  errand:\n    sources:\n      pass:\n        type: awsSecretsManager\n        secret: {secret}\n        region: {}\n        endpoint: \"{}\"\n",
            moto.region(),
            moto.url("")
        )
    };
    let url = httpbin.url(&format!("/basic-auth/ada/{}", moto.secret()));
    terminal.request("it", &url, &password("basic", "{{pass}}"), "");
    terminal.environment(&[], &["pass"], &source(&moto.secret_name()));
    let send = |key: &AwsKey| {
        let mut command = terminal.command(&["send", "it.yml", "--fail", "-v"]);
        command.env("AWS_ACCESS_KEY_ID", &key.id).env("AWS_SECRET_ACCESS_KEY", &key.secret);
        ran(&mut command)
    };
    assert_eq!(send(&moto.key()).exits(0).json()["authenticated"], true);
    // Nothing is sent without it. (moto says in XML why; AWS says it in JSON, which is told.)
    let refused = send(&wrong(&moto.key())).exits(3);
    refused.says("403");
    let powerless = send(&moto.powerless_key()).exits(3);
    powerless.says("403");
    terminal.environment(&[], &["pass"], &source("errand/nothing"));
    let missing = send(&moto.key()).exits(3);
    missing.says("ResourceNotFoundException");
    for sent in [refused, powerless, missing] {
        assert!(!sent.err.contains("> GET"), "{sent:?}");
        assert!(!sent.err.contains(&moto.key().secret), "{sent:?}");
    }
}
