//! Tokens that are kept: one refresh for all, and nothing lost when something fails.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use errand_model::{Flow, OAuth2};
use errand_oauth::{Error, Fetch, Ports, Tokens};
use serde_json::{Value, json};
use support::*;

/// Refreshes each token once and rotates it; can be told to refuse.
struct Provider {
    server: Server,
    refuse: Arc<AtomicBool>,
    grants: Arc<AtomicUsize>,
}

async fn provider() -> Provider {
    let (refusing, grants) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let (told, counted) = (Arc::clone(&refusing), Arc::clone(&grants));
    let server = Server::start(move |request| {
        if request.path == "/introspect" {
            return json_reply(200, &json!({"active": true, "scope": "a", "hint": request.field("token_type_hint")}));
        }
        if request.path == "/revoke" {
            return if told.load(Ordering::SeqCst) { refuse("temporarily_unavailable", "later") } else { Reply(200, vec![], vec![]) };
        }
        if told.load(Ordering::SeqCst) {
            return refuse("invalid_grant", "refresh token canary-r0 is revoked");
        }
        let turn = counted.load(Ordering::SeqCst);
        match request.field("grant_type").as_deref() {
            Some("refresh_token") if request.field("refresh_token") == Some(format!("canary-r{turn}")) => (),
            Some("client_credentials") => (),
            _ => return refuse("invalid_grant", "used"),
        }
        counted.fetch_add(1, Ordering::SeqCst);
        json_reply(200, &json!({"access_token": format!("canary-a{}", turn + 1), "refresh_token": format!("canary-r{}", turn + 1), "expires_in": 3600}))
    })
    .await;
    Provider { server, refuse: refusing, grants }
}

fn definition(provider: &Provider, flow: Flow) -> OAuth2 {
    let mut definition =
        OAuth2 { flow, access_token_url: provider.server.url("/token"), ..OAuth2::default() };
    definition.authorization_url = provider.server.url("/authorize");
    definition.revocation_url = provider.server.url("/revoke");
    definition.introspection_url = provider.server.url("/introspect");
    definition.credentials.client_id = "me".into();
    definition
}

/// Puts a token into the store that ends in so many seconds.
fn keep(world: &World, number: usize, seconds: i64) {
    let at = |second: i64| jiff::Timestamp::from_second(second).unwrap().to_string();
    let stored = json!({"v": 1, "access_token": format!("canary-a{number}"), "token_type": "Bearer",
        "refresh_token": format!("canary-r{number}"), "scopes": ["a"],
        "obtained_at": at(NOW + seconds - 3600), "expires_at": at(NOW + seconds)});
    world.store.kept.lock().unwrap().insert(key().text(), stored.to_string());
}

async fn silent(
    tokens: &Tokens,
    definition: &OAuth2,
    world: &World,
) -> Result<errand_oauth::TokenSet, Error> {
    tokens.token(&key(), definition, &world.ports(), Fetch::Silent).await
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_callers_refresh_once() {
    for refused in [false, true] {
        let (world, provider) = (Arc::new(World::new()), provider().await);
        provider.refuse.store(refused, Ordering::SeqCst);
        keep(&world, 0, -1);
        let (tokens, definition) =
            (Arc::new(world.tokens()), Arc::new(definition(&provider, Flow::AuthorizationCode)));
        // All are at the gate before the first request is answered: the gate opens with the barrier.
        let barrier = Arc::new(tokio::sync::Barrier::new(20));
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (world, tokens, definition, barrier) = (
                    Arc::clone(&world),
                    Arc::clone(&tokens),
                    Arc::clone(&definition),
                    Arc::clone(&barrier),
                );
                tokio::spawn(async move {
                    barrier.wait().await;
                    let ports = Ports { http: &*world.client, browser: None, clock: &*world.clock };
                    tokens.token(&key(), &definition, &ports, Fetch::Silent).await
                })
            })
            .collect();
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap());
        }
        if refused {
            // A refusal is shared by those who waited; none of them got a token.
            assert!(
                outcomes.iter().all(|one| matches!(one, Err(Error::Refresh { .. }))),
                "{outcomes:?}"
            );
            assert!(world.store.kept.lock().unwrap()[&key().text()].contains("canary-a0"));
        } else {
            assert!(
                outcomes
                    .iter()
                    .all(|one| one.as_ref().unwrap().access_token.expose() == "canary-a1")
            );
            assert_eq!(provider.server.requests("/token").len(), 1);
            assert_eq!(world.store.writes.load(Ordering::SeqCst), 1);
        }
    }
}

#[tokio::test]
async fn a_refresh_comes_before_the_end_and_rotates() {
    let (world, provider) = (World::new(), provider().await);
    let (tokens, definition) = (world.tokens(), definition(&provider, Flow::AuthorizationCode));
    keep(&world, 0, 31);
    assert_eq!(
        silent(&tokens, &definition, &world).await.unwrap().access_token.expose(),
        "canary-a0"
    );
    world.clock.advance(1);
    assert_eq!(
        silent(&tokens, &definition, &world).await.unwrap().access_token.expose(),
        "canary-a1"
    );
    world.clock.advance(3571);
    let set = silent(&tokens, &definition, &world).await.unwrap();
    assert_eq!(
        (set.access_token.expose(), provider.grants.load(Ordering::SeqCst)),
        ("canary-a2", 2)
    );
    assert!(world.store.kept.lock().unwrap()[&key().text()].contains("canary-r2"));
    let shown = world.client.shown();
    assert!(
        !shown.contains("canary") && shown.contains("refresh_token={{refresh_token}}"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_failed_refresh_keeps_the_old_token_and_tells_why() {
    let (world, provider) = (World::new(), provider().await);
    let (tokens, definition) = (world.tokens(), definition(&provider, Flow::AuthorizationCode));
    provider.refuse.store(true, Ordering::SeqCst);
    keep(&world, 0, 20);
    let set = silent(&tokens, &definition, &world).await.unwrap();
    assert_eq!(set.access_token.expose(), "canary-a0");
    assert!(
        set.warnings[0].contains("refresh token {{refresh_token}} is revoked"),
        "{:?}",
        set.warnings
    );
    world.clock.advance(20);
    let error = silent(&tokens, &definition, &world).await.unwrap_err();
    assert_eq!(error.server().unwrap().error, "invalid_grant");
    assert!(matches!(
        tokens.refresh(&key(), &definition, &world.ports()).await,
        Err(Error::Server(_))
    ));
    world.client.down.store(true, Ordering::SeqCst);
    let error = silent(&tokens, &definition, &world).await.unwrap_err();
    assert!(error.to_string().contains("connection refused"), "{error}");
    assert!(world.store.kept.lock().unwrap()[&key().text()].contains("canary-r0"));
    assert_eq!(
        tokens.state(&key(), &*world.clock).unwrap().unwrap().access_token.expose(),
        "canary-a0"
    );
}

#[tokio::test]
async fn another_programs_refresh_is_taken() {
    let (world, provider) = (World::new(), provider().await);
    let (tokens, definition) = (world.tokens(), definition(&provider, Flow::AuthorizationCode));
    keep(&world, 0, 100);
    silent(&tokens, &definition, &world).await.unwrap();
    world.clock.advance(95);
    keep(&world, 7, 3000);
    assert_eq!(
        silent(&tokens, &definition, &world).await.unwrap().access_token.expose(),
        "canary-a7"
    );
    assert!(provider.server.log.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_refresh_that_another_program_won_is_taken_too() {
    let world = Arc::new(World::new());
    let winner = Arc::clone(&world);
    let server = Server::start(move |_| {
        keep(&winner, 7, 3000);
        refuse("invalid_grant", "used")
    })
    .await;
    let tokens = world.tokens();
    let mut definition = OAuth2 { access_token_url: server.url("/token"), ..OAuth2::default() };
    definition.credentials.client_id = "me".into();
    keep(&world, 0, -1);
    let set = silent(&tokens, &definition, &world).await.unwrap();
    assert_eq!((set.access_token.expose(), set.warnings.len()), ("canary-a7", 0));
}

#[tokio::test]
async fn a_keychain_that_fails_never_costs_a_token() {
    let (world, provider) = (World::new(), provider().await);
    let (tokens, definition) = (world.tokens(), definition(&provider, Flow::ClientCredentials));
    keep(&world, 0, 1000);
    world.store.deaf.store(true, Ordering::SeqCst);
    for outcome in [
        silent(&tokens, &definition, &world).await,
        tokens.login(&key(), &definition, &world.ports()).await,
    ] {
        assert!(matches!(outcome, Err(Error::Store(_))), "{outcome:?}");
    }
    assert!(provider.server.log.lock().unwrap().is_empty());
    assert!(matches!(tokens.logout(&key()), Err(Error::Store(_))));
    world.store.deaf.store(false, Ordering::SeqCst);
    assert_eq!(
        silent(&tokens, &definition, &world).await.unwrap().access_token.expose(),
        "canary-a0"
    );
    // Locked in mid-use: a token that is good is used on.
    world.store.deaf.store(true, Ordering::SeqCst);
    world.clock.advance(60);
    assert_eq!(
        silent(&tokens, &definition, &world).await.unwrap().access_token.expose(),
        "canary-a0"
    );
    world.clock.advance(1000);
    assert!(matches!(silent(&tokens, &definition, &world).await, Err(Error::Store(_))));
    assert!(provider.server.log.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_rotated_token_that_cannot_be_kept_lasts_for_the_session() {
    let (world, provider) = (World::new(), provider().await);
    let (tokens, definition) = (world.tokens(), definition(&provider, Flow::AuthorizationCode));
    keep(&world, 0, 10);
    world.store.full.store(true, Ordering::SeqCst);
    let set = silent(&tokens, &definition, &world).await.unwrap();
    assert!(!set.kept && set.warnings[0].contains("only until the program ends"), "{set:?}");
    world.clock.advance(100);
    assert_eq!(
        silent(&tokens, &definition, &world).await.unwrap().access_token.expose(),
        "canary-a1"
    );
    world.store.full.store(false, Ordering::SeqCst);
    world.clock.advance(100);
    let set = silent(&tokens, &definition, &world).await.unwrap();
    assert!(
        set.kept
            && set.warnings.is_empty()
            && world.store.kept.lock().unwrap()[&key().text()].contains("canary-r1")
    );
}

#[tokio::test]
async fn garbage_in_the_keychain_is_left_until_someone_logs_in() {
    let (world, provider) = (World::new(), provider().await);
    let (tokens, definition) = (world.tokens(), definition(&provider, Flow::ClientCredentials));
    for garbage in [
        "",
        "canary garbage",
        r#"{"v":99,"access_token":"canary","token_type":"","scopes":[],"obtained_at":"2026-01-01T00:00:00Z"}"#,
    ] {
        world.store.kept.lock().unwrap().insert(key().text(), garbage.into());
        let error = silent(&tokens, &definition, &world).await.unwrap_err();
        assert!(
            matches!(error, Error::Unreadable { .. }) && !error.to_string().contains("canary"),
            "{error}"
        );
        assert_eq!(world.store.kept.lock().unwrap()[&key().text()], garbage);
    }
    tokens.login(&key(), &definition, &world.ports()).await.unwrap();
    assert!(silent(&tokens, &definition, &world).await.is_ok());
}

#[tokio::test]
async fn a_flow_that_needs_nobody_starts_anew() {
    let (world, provider) = (World::new(), provider().await);
    let (tokens, mut definition) = (world.tokens(), definition(&provider, Flow::ClientCredentials));
    keep(&world, 9, -10);
    assert_eq!(
        silent(&tokens, &definition, &world).await.unwrap().access_token.expose(),
        "canary-a1"
    );
    assert_eq!(provider.server.requests("/token").len(), 2);
    definition.settings.auto_fetch_token = false;
    tokens.logout(&key()).unwrap();
    assert!(matches!(silent(&tokens, &definition, &world).await, Err(Error::LoginNeeded { .. })));
    definition.settings.auto_refresh_token = false;
    keep(&world, 1, 5);
    assert_eq!(
        silent(&tokens, &definition, &world).await.unwrap().access_token.expose(),
        "canary-a1"
    );
}

#[tokio::test]
async fn a_dropped_flow_leaves_the_gate_open_and_the_token_alone() {
    let (world, provider) = (World::new(), provider().await);
    let (tokens, definition) = (world.tokens(), definition(&provider, Flow::AuthorizationCode));
    keep(&world, 0, -1);
    {
        let ports = world.ports();
        let key = key();
        let flow = tokens.token(&key, &definition, &ports, Fetch::Silent);
        let mut flow = Box::pin(flow);
        assert!(
            std::future::poll_fn(|context| std::task::Poll::Ready(
                flow.as_mut().poll(context).is_pending()
            ))
            .await
        );
    }
    assert!(world.store.kept.lock().unwrap()[&key().text()].contains("canary-r0"));
    assert_eq!(
        silent(&tokens, &definition, &world).await.unwrap().access_token.expose(),
        "canary-a1"
    );
}

#[tokio::test]
async fn a_refreshed_id_token_is_of_the_same_user_and_checked() {
    const SECRET: &str = "a-client-secret-of-at-least-32-bytes";
    let id = |user: &str, secret: &str| {
        let secret = errand_jose::Key::from_secret(secret.as_bytes()).unwrap();
        let claims = json!({"iss": "https://i.test", "sub": user, "aud": "me", "exp": NOW + 300, "iat": NOW});
        token(&secret, errand_jose::Algorithm::Hs256, claims)
    };
    for (user, secret, right) in [
        ("u", SECRET, true),
        ("other", SECRET, false),
        ("u", "another-secret-of-at-least-32-bytes!", false),
    ] {
        let (world, fresh) = (World::new(), id(user, secret));
        let server = Server::start(move |_| {
            json_reply(200, &json!({"access_token": "canary-a1", "id_token": fresh}))
        })
        .await;
        let mut definition = OAuth2 { access_token_url: server.url("/token"), ..OAuth2::default() };
        definition.issuer = "https://i.test".into();
        definition.authorization_url = server.url("/authorize");
        definition.credentials.client_id = "me".into();
        definition.credentials.client_secret = SECRET.into();
        keep(&world, 0, 1000);
        let stored = world.store.kept.lock().unwrap()[&key().text()].clone();
        let mut stored: Value = serde_json::from_str(&stored).unwrap();
        stored["id_token"] = id("u", SECRET).into();
        world.store.kept.lock().unwrap().insert(key().text(), stored.to_string());
        let outcome = world.tokens().refresh(&key(), &definition, &world.ports()).await;
        match outcome {
            Ok(set) => assert!(right && set.id_token_check == errand_oauth::IdTokenCheck::Checked),
            Err(error) => assert!(!right && matches!(error, Error::IdToken { .. }), "{error}"),
        }
        assert_eq!(world.store.kept.lock().unwrap()[&key().text()].contains("canary-a0"), !right);
    }
}

#[tokio::test]
async fn revoking_introspecting_and_logging_out() {
    let (world, provider) = (World::new(), provider().await);
    let (tokens, definition) = (world.tokens(), definition(&provider, Flow::AuthorizationCode));
    keep(&world, 0, 1000);
    let told: Value = tokens.introspect(&key(), &definition, &world.ports()).await.unwrap();
    assert_eq!((&told["active"], &told["hint"]), (&json!(true), &json!("access_token")));
    provider.refuse.store(true, Ordering::SeqCst);
    assert!(matches!(
        tokens.revoke(&key(), &definition, &world.ports()).await,
        Err(Error::Server(_))
    ));
    assert!(tokens.state(&key(), &*world.clock).unwrap().is_some());
    provider.refuse.store(false, Ordering::SeqCst);
    tokens.revoke(&key(), &definition, &world.ports()).await.unwrap();
    let revoked: Vec<_> = provider
        .server
        .requests("/revoke")
        .iter()
        .filter_map(|one| one.field("token_type_hint"))
        .collect();
    assert_eq!(revoked, ["refresh_token", "refresh_token", "access_token"]);
    assert!(
        tokens.state(&key(), &*world.clock).unwrap().is_none()
            && world.store.kept.lock().unwrap().is_empty()
    );
    assert!(!world.client.shown().contains("canary"));
}

/// Flows run on any runtime's threads.
#[allow(dead_code)]
fn futures_are_send(
    tokens: &Tokens,
    definition: &OAuth2,
    ports: &Ports<'_>,
    key: &errand_oauth::TokenKey,
) {
    fn check(_: impl Send) {}
    check(tokens.token(key, definition, ports, Fetch::Silent));
    check(tokens.login(key, definition, ports));
    check(tokens.revoke(key, definition, ports));
}
