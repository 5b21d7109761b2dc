//! Credentials as they are on the wire, and as they are shown.
#![allow(clippy::unwrap_used)]

use errand_body::Store;
use errand_engine::{Engine, Settings};
use errand_model::{ApiKeyPlace, Auth, Defaults, Request};
use errand_runner::{Finished, Flaw, Level, Plan, Spoiled, Supplied, own, prepare, start};
use errand_template::{Scope, ScopeKind, Scopes, Value};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// Answers each connection with the head that it got, and closes it.
async fn echo() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                if stream.read(&mut byte).await.unwrap_or(0) == 0 {
                    break;
                }
                head.push(byte[0]);
            }
            let answer = format!(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                head.len()
            );
            let _ = stream.write_all(&[answer.as_bytes(), &head].concat()).await;
        }
    });
    format!("http://{address}")
}

fn plan(url: String, auth: Auth) -> Plan {
    let environment = Scope::new(ScopeKind::Environment, "Staging")
        .with("token", Value::secret("s3cret-token"))
        .with("user", "ada");
    Plan {
        request: Request { method: "GET".into(), url, auth, ..Request::default() },
        levels: Vec::new(),
        scopes: Scopes::new().with(environment),
        base: std::env::temp_dir(),
        settings: Settings::default(),
        use_cookies: false,
        certificates: Vec::new(),
        sensitive: Vec::new(),
        keep_echoed: false,
    }
}

struct Sent {
    /// What was on the wire.
    wire: String,
    /// The same as people see it.
    shown: String,
    /// The stored body, in which the server says what it got.
    stored: String,
}

async fn send(plan: &Plan, supplied: Option<Supplied>) -> Sent {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let prepared = prepare(plan, supplied).unwrap();
    let running = start(&Engine::new(), &prepared, None, &store).unwrap();
    let Finished { outcome, body } = running.finish().await.unwrap();
    assert!(outcome.error.is_none(), "{:?}", outcome.error);
    let body = body.unwrap().source().unwrap();
    let stored = String::from_utf8(body.slice(0, body.len()).unwrap()).unwrap();
    let wire = String::from_utf8(outcome.last().unwrap().request.raw_head.to_vec()).unwrap();
    Sent { shown: prepared.masks.text(&wire), wire, stored }
}

#[tokio::test]
async fn each_place_of_a_key_is_on_the_wire_and_masked() {
    let url = echo().await;
    for (placement, on_wire, shown) in [
        (ApiKeyPlace::Header, "X-Key: s3cret-token\r\n", "X-Key: {{token}}\r\n"),
        (
            ApiKeyPlace::Query,
            "GET /a?b=1&X-Key=s3cret-token HTTP",
            "GET /a?b=1&X-Key={{token}} HTTP",
        ),
        (ApiKeyPlace::Cookie, "Cookie: X-Key=s3cret-token\r\n", "Cookie: X-Key={{token}}\r\n"),
    ] {
        let auth = Auth::ApiKey { key: "X-Key".into(), value: "{{token}}".into(), placement };
        let sent = send(&plan(format!("{url}/a?b=1"), auth), None).await;
        assert!(sent.wire.contains(on_wire), "{}", sent.wire);
        for text in [&sent.shown, &sent.stored] {
            assert!(!text.contains("s3cret"), "{text}");
        }
        assert!(sent.shown.contains(shown), "{}", sent.shown);
    }
}

#[tokio::test]
async fn what_a_signature_adds_on_the_way_is_masked_in_what_is_stored() {
    let url = echo().await;
    // The password is no secret variable: what the scheme makes of it is masked all the same.
    let auth = Auth::Basic { username: "{{user}}".into(), password: "typed-literal".into() };
    let sent = send(&plan(url.clone(), auth.clone()), None).await;
    assert!(sent.wire.contains("Authorization: Basic YWRhOnR5cGVkLWxpdGVyYWw=\r\n"));
    assert!(
        sent.stored.contains("Basic ••••••") && !sent.stored.contains("YWRh"),
        "{}",
        sent.stored
    );
    let kept = Plan { keep_echoed: true, ..plan(url, auth) };
    assert!(send(&kept, None).await.stored.contains("YWRhOnR5cGVkLWxpdGVyYWw="));
}

#[tokio::test]
async fn auth_is_inherited_from_the_nearest_level_that_has_one() {
    let url = echo().await;
    let bearer =
        Defaults { auth: Auth::Bearer { token: "{{token}}".into() }, ..Defaults::default() };
    let level = |name: &str, defaults| Level { path: name.into(), name: name.into(), defaults };
    let mut plan = plan(url, Auth::Inherit);
    plan.levels = vec![level("root", bearer), level("inner", Defaults::default())];
    assert!(send(&plan, None).await.wire.contains("Authorization: Bearer s3cret-token\r\n"));
    plan.request.auth = Auth::None;
    assert!(!send(&plan, None).await.wire.contains("Authorization"));
}

#[tokio::test]
async fn spoiled_credentials_differ_in_the_proof_only() {
    let url = echo().await;
    let plan = plan(url, Auth::Bearer { token: "{{token}}".into() });
    for (flaw, on_wire) in
        [(Flaw::Wrong, "Bearer t4dsfu-uplfo\r\n"), (Flaw::Tampered, "Bearer s3cret-uoken\r\n")]
    {
        let supplied = own(&plan).unwrap().unwrap();
        let signer = Box::new(Spoiled::new(supplied.signer, flaw));
        let sent = send(&plan, Some(Supplied { signer, ..supplied })).await;
        assert!(sent.wire.contains(on_wire), "{}", sent.wire);
    }
}

#[tokio::test]
async fn the_same_request_with_other_credentials_has_other_connections() {
    let salt = |auth: Auth| {
        let plan = plan("http://h/".into(), auth);
        prepare(&plan, None).unwrap().outgoing.settings.pool_salt
    };
    let digest = |password: &str| Auth::Digest { username: "u".into(), password: password.into() };
    assert_ne!(salt(digest("one")), salt(digest("two")));
    assert_eq!(salt(digest("one")), salt(digest("one")));
    assert_ne!(salt(digest("one")), salt(Auth::None));
}
