//! The grants that need no redirect, and every way a client proves itself.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use errand_jose::{Algorithm, KeySet, verify};
use errand_model::{ClientAuthentication, Flow, KeyText, OAuth2};
use errand_oauth::{Error, Fetch, TokenSet};
use serde_json::{Value, json};
use support::*;

const ACCESS: &str = "urn:ietf:params:oauth:token-type:access_token";

/// Gives a token for exactly this form, and refuses anything else with what it got.
async fn strict(
    expected: &'static [(&'static str, &'static str)],
    header: Option<&'static str>,
) -> Server {
    Server::start(move |request| {
        let form = request.form();
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let right = request.method == "POST"
            && form == expected
            && request.header("authorization") == header
            && request.header("content-type") == Some("application/x-www-form-urlencoded")
            && request.header("accept") == Some("application/json");
        if right {
            json_reply(200, &json!({"access_token": "canary-access", "expires_in": 60}))
        } else {
            refuse("invalid_request", &format!("{:?} {form:?}", request.headers))
        }
    })
    .await
}

fn definition(server: &Server, flow: Flow) -> OAuth2 {
    let mut definition = OAuth2 {
        flow,
        access_token_url: server.url("/token"),
        scope: "a b".into(),
        ..OAuth2::default()
    };
    definition.credentials.client_id = "m e".into();
    definition.credentials.client_secret = "s:3/cret".into();
    definition
}

async fn get_token(definition: &OAuth2) -> Result<(TokenSet, World), Error> {
    let world = World::new();
    let set = world.tokens().token(&key(), definition, &world.ports(), Fetch::Silent).await?;
    let shown = world.client.shown();
    for secret in ["canary", "s:3/cret", "s%3A3%2Fcret", "p4ssword", "bSBl", "bStl"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    Ok((set, world))
}

#[tokio::test]
async fn client_credentials_with_basic_are_form_encoded_first() {
    // RFC 6749 §2.3.1: "m+e:s%3A3%2Fcret".
    let header = Some("Basic bStlOnMlM0EzJTJGY3JldA==");
    let server = strict(&[("grant_type", "client_credentials"), ("scope", "a b")], header).await;
    let (set, _) = get_token(&definition(&server, Flow::ClientCredentials)).await.unwrap();
    assert_eq!((set.access_token.expose(), set.token_type.as_str()), ("canary-access", "Bearer"));
}

#[tokio::test]
async fn other_proofs_go_into_the_form() {
    let flow = Flow::ClientCredentials;

    let server = strict(
        &[
            ("grant_type", "client_credentials"),
            ("scope", "a b"),
            ("client_id", "m e"),
            ("client_secret", "s:3/cret"),
        ],
        None,
    )
    .await;
    let post =
        OAuth2 { client_authentication: ClientAuthentication::Post, ..definition(&server, flow) };
    get_token(&post).await.unwrap();
    let without = |mut definition: OAuth2| {
        definition.credentials.client_secret = String::new();
        definition
    };
    assert!(matches!(
        get_token(&without(post)).await,
        Err(Error::Missing { field: "client secret", .. })
    ));
    for method in [
        ClientAuthentication::Basic,
        ClientAuthentication::None,
        ClientAuthentication::TlsClientAuth,
    ] {
        let server = strict(
            &[("grant_type", "client_credentials"), ("scope", "a b"), ("client_id", "m e")],
            None,
        )
        .await;
        let public = OAuth2 { client_authentication: method, ..without(definition(&server, flow)) };
        get_token(&public).await.unwrap();
    }
}

#[tokio::test]
async fn assertions_are_signed_for_the_token_endpoint_and_good_once() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::<String>::new()));
    let server = Server::with_origin(|origin| {
        let seen = std::sync::Arc::clone(&seen);
        move |request: &Received| {
            let Some(assertion) = request.field("client_assertion") else {
                return refuse("invalid_client", "none");
            };
            let header = errand_jose::read(&assertion).unwrap().header;
            let (keys, allowed) = match header["alg"].as_str() {
                Some("HS256" | "HS384") => (
                    KeySet::new([errand_jose::Key::from_secret(
                        b"s:3/cret-that-is-long-enough-for-every-hmac-0123",
                    )
                    .unwrap()]),
                    vec![Algorithm::Hs256, Algorithm::Hs384],
                ),
                _ => (KeySet::from_value(&jwk_set(es256())).unwrap(), vec![Algorithm::Es256]),
            };
            let Ok(verified) = verify(&assertion, &keys, &allowed) else {
                return refuse("invalid_client", "signature");
            };
            let claims = verified.claims;
            let jti = claims["jti"].as_str().unwrap().to_owned();
            let right = claims["iss"] == "m e"
                && claims["sub"] == "m e"
                && claims["aud"] == format!("{origin}/token")
                && claims["exp"].as_i64() > Some(NOW)
                && !seen.lock().unwrap().contains(&jti)
                && request.field("client_secret").is_none()
                && request.field("client_assertion_type").as_deref()
                    == Some("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            seen.lock().unwrap().push(jti);
            if right {
                json_reply(200, &json!({"access_token": "canary-access"}))
            } else {
                refuse("invalid_client", "claims")
            }
        }
    })
    .await;
    let mut definition = definition(&server, Flow::ClientCredentials);
    definition.credentials.client_secret =
        "s:3/cret-that-is-long-enough-for-every-hmac-0123".into();
    definition.client_authentication = ClientAuthentication::ClientSecretJwt;
    get_token(&definition).await.unwrap();
    definition.client_key_algorithm = "HS384".into();
    get_token(&definition).await.unwrap();
    definition.client_authentication = ClientAuthentication::PrivateKeyJwt;
    definition.client_key_algorithm = String::new();
    assert!(matches!(
        get_token(&definition).await,
        Err(Error::Missing { field: "client key", .. })
    ));
    definition.client_key = KeyText::Text(es256().private_jwk().to_string());
    definition.client_key_id = "k1".into();
    get_token(&definition).await.unwrap();
    get_token(&definition).await.unwrap();
    definition.client_key_algorithm = "RS256".into();
    assert!(matches!(get_token(&definition).await, Err(Error::Key { field: "client key", .. })));
    definition.client_key = KeyText::Text("canary no key".into());
    let error = get_token(&definition).await.err().unwrap();
    assert!(matches!(error, Error::Key { .. }) && !error.to_string().contains("canary"), "{error}");
    definition.client_key = KeyText::File("keys/a.pem".into());
    assert!(matches!(get_token(&definition).await, Err(Error::Field { .. })));
}

#[tokio::test]
async fn a_password_and_an_exchange_have_their_shape() {
    let header = Some("Basic bStlOnMlM0EzJTJGY3JldA==");
    let server = strict(
        &[
            ("grant_type", "password"),
            ("username", "u"),
            ("password", "p4ssword"),
            ("scope", "a b"),
        ],
        header,
    )
    .await;
    let mut password = definition(&server, Flow::ResourceOwnerPasswordCredentials);
    assert!(matches!(get_token(&password).await, Err(Error::Missing { field: "user name", .. })));
    password.resource_owner.username = "u".into();
    password.resource_owner.password = "p4ssword".into();
    get_token(&password).await.unwrap();

    let form: &[(&str, &str)] = &[
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", "canary-subject"),
        ("subject_token_type", "urn:x:jwt"),
        ("actor_token", "canary-actor"),
        ("actor_token_type", ACCESS),
        ("requested_token_type", ACCESS),
        ("scope", "a b"),
        ("audience", "api"),
        ("resource", "https://a.test"),
        ("resource", "https://b.test"),
    ];
    let server = strict(form, header).await;
    let mut exchange = definition(&server, Flow::TokenExchange);
    assert!(matches!(
        get_token(&exchange).await,
        Err(Error::Missing { field: "subject token", .. })
    ));
    exchange.exchange.subject_token = "canary-subject".into();
    exchange.exchange.subject_token_type = "urn:x:jwt".into();
    exchange.exchange.actor_token = "canary-actor".into();
    exchange.exchange.requested_token_type = ACCESS.into();
    exchange.audience = "api".into();
    exchange.resource = "https://a.test  https://b.test".into();
    get_token(&exchange).await.unwrap();
}

#[tokio::test]
async fn a_jwt_stands_for_a_user() {
    let server = Server::with_origin(|origin| {
        move |request: &Received| {
            let keys = KeySet::from_value(&jwk_set(es256())).unwrap();
            let assertion = request.field("assertion").unwrap();
            let claims = verify(&assertion, &keys, &[Algorithm::Es256]).unwrap().claims;
            let right = request.field("grant_type").as_deref()
                == Some("urn:ietf:params:oauth:grant-type:jwt-bearer")
                && claims["iss"] == "service@test"
                && claims["sub"] == "user@test"
                && claims["aud"] == format!("{origin}/token")
                && claims["scope"] == "x"
                && claims.get("jti").is_none();
            if right {
                json_reply(200, &json!({"access_token": "canary-access"}))
            } else {
                refuse("invalid_grant", &claims.to_string())
            }
        }
    })
    .await;
    let mut definition = definition(&server, Flow::JwtBearer);
    definition.assertion.issuer = "service@test".into();
    definition.assertion.subject = "user@test".into();
    definition.assertion.key = KeyText::Text(es256().private_jwk().to_string());
    definition.assertion.claims = r#"{"scope": "x", "jti": null}"#.into();
    get_token(&definition).await.unwrap();
    definition.assertion.claims = "[]".into();
    assert!(matches!(get_token(&definition).await, Err(Error::Field { .. })));
}

#[tokio::test]
async fn refusals_keep_the_servers_words_and_no_secret() {
    type Make = fn() -> Reply;
    let cases: [(Make, &str); 6] = [
        (
            || refuse("invalid_client", "secret s:3/cret is wrong\u{202e}"),
            "secret {{client_secret}} is wrong.",
        ),
        (|| json_reply(200, &json!({"ok": false, "error": "invalid_code"})), "invalid_code"),
        (|| Reply(503, vec![], b"<h1>down</h1>".to_vec()), "status 503: <h1>down</h1>"),
        (|| Reply(200, vec![], b"<h1>log in</h1>".to_vec()), "neither JSON nor a form"),
        (|| json_reply(200, &json!({"token": "x"})), "no access_token"),
        (|| json_reply(200, &json!({"access_token": "a\r\nb"})), "control characters"),
    ];
    for (make, words) in cases {
        let server = Server::start(move |_| make()).await;
        let error = get_token(&definition(&server, Flow::ClientCredentials)).await.err().unwrap();
        assert!(error.to_string().contains(words), "{words}: {error}");
        assert!(!error.to_string().contains("s:3/cret"));
    }
    let server = Server::start(|_| refuse("x", &"y".repeat(100_000))).await;
    let error = get_token(&definition(&server, Flow::ClientCredentials)).await.err().unwrap();
    assert!(error.to_string().len() < 1000);
    for (url, expected) in
        [("", "empty"), ("nowhere", "not a URL"), ("file:///etc", "begin with https")]
    {
        let definition =
            OAuth2 { access_token_url: url.into(), ..definition(&server, Flow::ClientCredentials) };
        let error = get_token(&definition).await.err().unwrap();
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test]
async fn forms_and_nested_answers_are_read() {
    let form: fn() -> Reply = || {
        let kind = (
            "Content-Type".to_owned(),
            "application/x-www-form-urlencoded; charset=utf-8".to_owned(),
        );
        Reply(
            200,
            vec![kind],
            b"access_token=canary-access&scope=repo%2Cgist&token_type=bearer".to_vec(),
        )
    };
    let nested: fn() -> Reply = || {
        json_reply(
            200,
            &json!({"ok": true, "authed_user": {"id": "U1", "access_token": "canary-access", "scope": "repo,gist"}}),
        )
    };
    for make in [form, nested] {
        let server = Server::start(move |_| make()).await;
        let (set, _) = get_token(&definition(&server, Flow::ClientCredentials)).await.unwrap();
        assert_eq!(
            (set.access_token.expose(), set.scopes.join(" ")),
            ("canary-access", "repo gist".to_owned())
        );
    }
}

/// A device provider that answers each question with the next of `answers`.
async fn device(answers: &'static [&'static str]) -> Server {
    let turn = AtomicUsize::new(0);
    Server::with_origin(|origin| {
        move |request: &Received| match request.path.as_str() {
            "/device" if request.names() == ["client_id", "scope"] => json_reply(200, &json!({
                "device_code": "canary-device", "user_code": "ABCD-EFGH", "verification_uri": format!("{origin}/go"),
                "verification_uri_complete": format!("{origin}/go?c=ABCD-EFGH"), "expires_in": 100, "interval": 7})),
            "/token" if request.field("device_code").as_deref() == Some("canary-device")
                && request.field("grant_type").as_deref() == Some("urn:ietf:params:oauth:grant-type:device_code") =>
            {
                match answers[turn.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1)] {
                    "" => json_reply(200, &json!({"access_token": "canary-access"})),
                    error => refuse(error, "words"),
                }
            }
            _ => refuse("invalid_request", &request.body),
        }
    })
    .await
}

#[tokio::test]
async fn a_device_login_waits_as_told() {
    let run = async |answers| {
        let (world, server) = (World::new(), device(answers).await);
        let mut definition = definition(&server, Flow::DeviceCode);
        definition.credentials.client_secret = String::new();
        definition.device_authorization_url = server.url("/device");
        let outcome = world.tokens().login(&key(), &definition, &world.ports()).await;
        assert!(!world.client.shown().contains("canary"));
        (outcome, world)
    };
    let (outcome, world) =
        run(&["authorization_pending", "slow_down", "authorization_pending", ""]).await;
    assert_eq!(outcome.unwrap().access_token.expose(), "canary-access");
    assert_eq!(*world.person.pauses.lock().unwrap(), [7, 7, 12, 12]);
    let prompt = world.person.prompts.lock().unwrap()[0].clone();
    assert_eq!(
        (prompt.user_code.as_str(), prompt.expires_at.as_second()),
        ("ABCD-EFGH", NOW + 100)
    );
    assert!(prompt.verification_uri_complete.unwrap().ends_with("?c=ABCD-EFGH"));
    assert!(matches!(run(&["authorization_pending"]).await.0, Err(Error::DeviceExpired)));
    assert!(matches!(run(&["expired_token"]).await.0, Err(Error::DeviceExpired)));
    let (denied, _) = run(&["access_denied"]).await;
    assert_eq!(denied.unwrap_err().server().unwrap().error, "access_denied");
}

#[tokio::test]
async fn issuers_are_discovered_in_every_place_and_must_be_themselves() {
    for place in [
        "/t/1/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server/t/1",
        "/t/1/.well-known/oauth-authorization-server",
    ] {
        for issuer in ["/t/1", "/t/2"] {
            let server = Server::with_origin(|origin| {
                move |request: &Received| match request.path.as_str() {
                    path if path == place => json_reply(200, &json!({"issuer": format!("{origin}{issuer}"), "token_endpoint": format!("{origin}/token")})),
                    "/token" => json_reply(200, &json!({"access_token": "canary-access"})),
                    _ => json_reply(404, &Value::Null),
                }
            })
            .await;
            let mut definition = definition(&server, Flow::ClientCredentials);
            definition.access_token_url = String::new();
            definition.issuer = server.url("/t/1");
            match get_token(&definition).await {
                Ok(_) => assert_eq!(issuer, "/t/1"),
                Err(error) => {
                    assert!(
                        matches!(error, Error::Discovery { .. }) && issuer == "/t/2",
                        "{error}"
                    );
                    assert!(error.to_string().contains(&server.url("/t/2")), "{error}");
                }
            }
        }
    }
    let server = Server::start(|_| json_reply(404, &Value::Null)).await;
    let mut definition = definition(&server, Flow::ClientCredentials);
    definition.issuer = server.origin.clone();
    get_token(&definition).await.err().unwrap().server().unwrap();
    definition.access_token_url = String::new();
    let error = get_token(&definition).await.err().unwrap();
    assert!(error.to_string().contains("answered 404"), "{error}");
}
