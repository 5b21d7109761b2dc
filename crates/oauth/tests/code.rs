//! The authorization code flow, and the implicit one, against a strict server on loopback.
#![allow(clippy::unwrap_used)]

mod support;

use errand_jose::{Algorithm, base64url_sha256};
use errand_model::{AdditionalParameter, ClientAuthentication, Flow, OAuth2, ParameterPlace};
use errand_oauth::{Error, Fetch, IdTokenCheck, TokenSet};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use support::*;

/// What the authorization endpoint was asked.
type Asked = Arc<Mutex<Vec<(String, String)>>>;

/// Gives a code for any request and a token for that code with its verifier and redirect URI.
async fn provider(
    asked: &Asked,
    answer: impl Fn(&[(String, String)]) -> Value + Send + Sync + 'static,
) -> Server {
    let asked = Arc::clone(asked);
    Server::start(move |request| match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/authorize") => {
            request.query.clone_into(&mut asked.lock().unwrap());
            let of = |name: &str| request.parameter(name).unwrap_or_default();
            redirect(
                &format!("{}?code=canary-code&state={}&iss=x", of("redirect_uri"), of("state"))
                    .replace("&iss=x", ""),
            )
        }
        ("POST", "/token") => {
            let asked = asked.lock().unwrap().clone();
            let of =
                |name: &str| asked.iter().find(|(known, _)| known == name).map(|(_, v)| v.clone());
            let verifier = request.field("code_verifier");
            let proven = match of("code_challenge_method").as_deref() {
                Some("S256") => {
                    verifier.map(|text| base64url_sha256(&text)) == of("code_challenge")
                }
                Some("plain") => verifier == of("code_challenge"),
                _ => verifier.is_none(),
            };
            if !proven {
                return refuse("invalid_grant", "verifier");
            }
            if request.field("grant_type").as_deref() != Some("authorization_code")
                || request.field("code").as_deref() != Some("canary-code")
                || request.field("redirect_uri") != of("redirect_uri")
            {
                return refuse("invalid_request", "shape");
            }
            json_reply(200, &answer(&asked))
        }
        ("GET", "/jwks") => json_reply(200, &jwk_set(es256())),
        _ => json_reply(404, &json!({})),
    })
    .await
}

fn plain_answer(_: &[(String, String)]) -> Value {
    json!({"access_token": "canary-access", "token_type": "bearer", "expires_in": "3600", "refresh_token": "canary-refresh"})
}

fn definition(server: &Server) -> OAuth2 {
    let mut definition = OAuth2 {
        authorization_url: server.url("/authorize"),
        access_token_url: server.url("/token"),
        scope: "read write".into(),
        ..OAuth2::default()
    };
    definition.credentials.client_id = "me".into();
    definition
}

async fn log_in(world: &World, definition: &OAuth2) -> Result<TokenSet, Error> {
    world.tokens().token(&key(), definition, &world.ports(), Fetch::Interactive).await
}

#[tokio::test]
async fn a_code_becomes_a_token_with_every_pkce_method() {
    for (disabled, method) in [(false, ""), (false, "S256"), (false, "plain"), (true, "")] {
        let (world, asked) = (World::new(), Asked::default());
        let server = provider(&asked, plain_answer).await;
        let mut definition = definition(&server);
        definition.pkce.disabled = disabled;
        definition.pkce.method = method.into();
        definition.audience = "api".into();
        definition.resource = "https://a.test https://b.test".into();
        definition.prompt = "consent".into();
        let set = log_in(&world, &definition).await.unwrap();
        assert_eq!(set.access_token.expose(), "canary-access");
        assert_eq!(set.scopes, ["read", "write"]);
        assert_eq!(set.expires_at.unwrap().as_second(), NOW + 3600);
        let asked = asked.lock().unwrap().clone();
        let names: Vec<&str> = asked.iter().map(|(name, _)| name.as_str()).collect();
        let mut expected = vec![
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "audience",
            "resource",
            "resource",
            "prompt",
            "state",
        ];
        if !disabled {
            expected.extend(["code_challenge", "code_challenge_method"]);
        }
        assert_eq!(names, expected);
        let shown = world.client.shown();
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("{{access_token}}") && shown.contains("code={{code}}"), "{shown}");
        assert_eq!(shown.contains("code_verifier={{code_verifier}}"), !disabled, "{shown}");
    }
}

#[tokio::test]
async fn what_comes_back_must_belong_to_the_login() {
    type Case = (&'static str, fn(String) -> String);
    let cases: [Case; 7] = [
        ("state", |url| with(&url, "state", Some("another"))),
        ("without the state", |url| with(&url, "state", None)),
        ("iss", |url| with(&url, "iss", Some("https://evil.test"))),
        ("no code", |url| with(&url, "code", None)),
        ("twice", |url| format!("{url}&code=second")),
        ("not the redirect URI", |url| url.replace("/callback", "/other")),
        ("no URL", |_| "canary-code".into()),
    ];
    for (word, tamper) in cases {
        let (world, asked) = (World::who(tamper), Asked::default());
        let server = provider(&asked, plain_answer).await;
        let mut definition = definition(&server);
        definition.issuer = server.origin.clone();
        definition.scope = String::new();
        let error = log_in(&world, &definition).await.unwrap_err();
        assert!(
            matches!(error, Error::Redirect { .. }) && error.to_string().contains(word),
            "{word}: {error}"
        );
        assert!(!error.to_string().contains("canary"), "{error}");
        assert!(
            server.requests("/token").is_empty() && world.store.kept.lock().unwrap().is_empty()
        );
    }
}

#[tokio::test]
async fn the_right_issuer_passes_and_a_promised_one_must_come() {
    for (iss, ok) in [(true, true), (false, false)] {
        let world = World::who(move |url| {
            if iss {
                let origin = ISSUER.lock().unwrap().clone();
                with(&url, "iss", Some(&origin))
            } else {
                url
            }
        });
        let server = Server::with_origin(|origin| {
            move |request: &Received| match request.path.as_str() {
                "/.well-known/openid-configuration" => json_reply(
                    200,
                    &json!({
                    "issuer": origin, "authorization_endpoint": format!("{origin}/authorize"),
                    "token_endpoint": format!("{origin}/token"),
                    "authorization_response_iss_parameter_supported": true}),
                ),
                "/authorize" => redirect(&format!(
                    "{}?code=c&state={}",
                    request.parameter("redirect_uri").unwrap(),
                    request.parameter("state").unwrap()
                )),
                _ => json_reply(200, &json!({"access_token": "a"})),
            }
        })
        .await;
        server.origin.clone_into(&mut ISSUER.lock().unwrap());
        let mut definition = OAuth2 { issuer: server.origin.clone(), ..OAuth2::default() };
        definition.credentials.client_id = "me".into();
        let outcome = log_in(&world, &definition).await;
        assert_eq!(outcome.is_ok(), ok, "{outcome:?}");
        assert!(ok || outcome.unwrap_err().to_string().contains("iss"));
    }
}

static ISSUER: Mutex<String> = Mutex::new(String::new());

#[tokio::test]
async fn a_refusal_comes_in_the_servers_words() {
    let world = World::who(|url| {
        let url = with(&url, "code", None);
        format!(
            "{url}&error=access_denied&error_description=Not%20today%1b%5B31m&error_uri=javascript:alert(1)"
        )
    });
    let server = provider(&Asked::default(), plain_answer).await;
    let error = log_in(&world, &definition(&server)).await.unwrap_err();
    let told = error.server().unwrap();
    assert_eq!((told.error.as_str(), told.uri.as_deref()), ("access_denied", None));
    assert_eq!(told.description.as_deref(), Some("Not today[31m"));
}

#[tokio::test]
async fn every_parameter_is_free() {
    let (world, asked) = (World::new(), Asked::default());
    let server = provider(&asked, plain_answer).await;
    let mut definition = definition(&server);
    let one = |name: &str, value: &str, placement| AdditionalParameter {
        name: name.into(),
        value: value.into(),
        placement,
    };
    definition.authorization_url.push_str("?tenant=7");
    definition.additional_parameters.authorization_request = vec![
        one("scope", "other", ParameterPlace::Body),
        one("state", "fixed", ParameterPlace::Query),
        one("x", "1", ParameterPlace::Query),
    ];
    definition.additional_parameters.access_token_request = vec![
        one("extra", "b", ParameterPlace::Body),
        one("v", "2", ParameterPlace::Query),
        one("X-Tenant", "7", ParameterPlace::Header),
    ];
    log_in(&world, &definition).await.unwrap();
    let asked = asked.lock().unwrap().clone();
    for wanted in [("tenant", "7"), ("scope", "other"), ("state", "fixed"), ("x", "1")] {
        assert_eq!(
            asked.iter().filter(|(n, v)| (n.as_str(), v.as_str()) == wanted).count(),
            1,
            "{wanted:?}"
        );
    }
    let request = &server.requests("/token")[0];
    assert_eq!(request.field("extra").as_deref(), Some("b"));
    assert_eq!(
        (request.parameter("v").as_deref(), request.header("x-tenant")),
        (Some("2"), Some("7"))
    );
    definition.additional_parameters.authorization_request =
        vec![one("X-A", "1", ParameterPlace::Header)];
    let error = log_in(&World::new(), &definition).await.unwrap_err();
    assert!(error.to_string().contains("X-A"), "{error}");
    definition.additional_parameters.authorization_request.clear();
    definition.additional_parameters.access_token_request =
        vec![one("X-A", "1\r\nX-B: 2", ParameterPlace::Header)];
    assert!(matches!(log_in(&World::new(), &definition).await, Err(Error::Field { .. })));
}

#[tokio::test]
async fn a_request_is_pushed_first() {
    let server = Server::start(|request| match request.path.as_str() {
        "/par" => {
            let form = request.names();
            if request.header("authorization") != Some("Basic bWU6czNjcmV0")
                || !form.contains(&"code_challenge".into())
                || request.field("client_id").as_deref() != Some("me")
            {
                return refuse("invalid_client", "pushed");
            }
            json_reply(
                201,
                &json!({"request_uri": "urn:ietf:params:oauth:request_uri:1", "expires_in": 60}),
            )
        }
        "/authorize" => {
            let names: Vec<&str> = request.query.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["client_id", "request_uri"]);
            redirect("http://127.0.0.1:45678/callback?code=c&state=fixed")
        }
        _ => json_reply(200, &json!({"access_token": "a"})),
    })
    .await;
    let mut definition = definition(&server);
    definition.credentials.client_secret = "s3cret".into();
    definition.pushed_authorization = true;
    definition.state = "fixed".into();
    let error = log_in(&World::new(), &definition).await.unwrap_err();
    assert!(error.to_string().contains("pushed authorization URL"), "{error}");
    definition.pushed_authorization_url = server.url("/par");
    assert_eq!(log_in(&World::new(), &definition).await.unwrap().access_token.expose(), "a");
    definition.client_authentication = ClientAuthentication::None;
    let error = log_in(&World::new(), &definition).await.unwrap_err();
    assert_eq!(error.server().unwrap().error, "invalid_client");
}

#[tokio::test]
async fn an_id_token_is_checked() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 9] = [
        ("", |_| ()),
        ("nonce", |claims| claims["nonce"] = "other".into()),
        ("iss", |claims| claims["iss"] = "https://evil.test".into()),
        ("(aud)", |claims| claims["aud"] = "you".into()),
        ("azp", |claims| claims["azp"] = "you".into()),
        ("exp", |claims| claims["exp"] = (NOW - 86_400).into()),
        ("at_hash", |claims| claims["at_hash"] = "AAAA".into()),
        ("future", |claims| claims["iat"] = (NOW + 86_400).into()),
        ("sub", |claims| claims["sub"] = Value::Null),
    ];
    for (word, change) in cases {
        let (world, asked) = (World::new(), Asked::default());
        let server = Server::with_origin(|_| |_: &Received| json_reply(404, &json!({}))).await;
        let issuer = server.origin.clone();
        let provider = provider(&asked, move |asked| {
            let nonce = asked.iter().find(|(name, _)| name == "nonce").unwrap().1.clone();
            let mut claims = json!({"iss": issuer, "sub": "u", "aud": "me", "exp": NOW + 300, "iat": NOW, "nonce": nonce});
            change(&mut claims);
            json!({"access_token": "canary-access", "id_token": token(es256(), Algorithm::Es256, claims)})
        })
        .await;
        let mut definition = definition(&provider);
        definition.scope = "openid".into();
        definition.issuer = server.origin.clone();
        definition.jwks_url = provider.url("/jwks");
        match log_in(&world, &definition).await {
            Ok(set) => {
                assert!(word.is_empty(), "{word} passed");
                assert_eq!(set.id_token_check, IdTokenCheck::Checked);
                let claims = set.claims();
                assert!(claims.access.is_none() && claims.id.unwrap().unverified.is_none());
            }
            Err(error) => {
                assert!(
                    matches!(error, Error::IdToken { .. }) && !word.is_empty(),
                    "{word}: {error}"
                );
                assert!(error.to_string().to_lowercase().contains(word), "{word}: {error}");
                assert!(world.store.kept.lock().unwrap().is_empty());
            }
        }
    }
}

#[tokio::test]
async fn a_signature_of_another_key_is_refused_and_no_key_is_told() {
    let other = errand_jose::Key::generate(Algorithm::Es256).unwrap().with_id("k1");
    let other: &'static errand_jose::Key = Box::leak(Box::new(other));
    let asked = Asked::default();
    let provider = provider(&asked, move |asked| {
        let nonce = asked.iter().find(|(name, _)| name == "nonce").unwrap().1.clone();
        let claims = json!({"iss": "https://i.test", "sub": "u", "aud": ["me"], "exp": NOW + 300, "nonce": nonce});
        json!({"access_token": "a", "id_token": token(other, Algorithm::Es256, claims)})
    })
    .await;
    let mut definition = definition(&provider);
    definition.scope = "openid".into();
    definition.jwks_url = provider.url("/jwks");
    let error = log_in(&World::new(), &definition).await.unwrap_err();
    assert!(matches!(error, Error::IdToken { .. }), "{error}");
    definition.jwks_url = String::new();
    let set = log_in(&World::new(), &definition).await.unwrap();
    assert!(
        matches!(&set.id_token_check, IdTokenCheck::NotChecked(why) if why.contains("key set"))
    );
    assert!(
        set.warnings[0].contains("not checked") && set.claims().id.unwrap().unverified.is_some()
    );
}

#[tokio::test]
async fn implicit_tokens_come_in_the_fragment() {
    let server = Server::start(|request| {
        let of = |name: &str| request.parameter(name).unwrap_or_default();
        assert_eq!(of("response_type"), "token");
        redirect(&format!(
            "{}#access_token=canary-access&token_type=bearer&expires_in=60&scope=a%20b&state={}",
            of("redirect_uri"),
            of("state")
        ))
    })
    .await;
    let mut definition = definition(&server);
    definition.flow = Flow::Implicit;
    let world = World::new();
    let set = log_in(&world, &definition).await.unwrap();
    assert_eq!((set.access_token.expose(), set.scopes.len()), ("canary-access", 2));
    assert!(world.client.hidden.lock().unwrap().contains_key("canary-access"));
    let error =
        log_in(&World::who(|url| url.replace("state=", "state=x")), &definition).await.unwrap_err();
    assert!(matches!(error, Error::Redirect { .. }), "{error}");
}

#[tokio::test]
async fn nobody_to_ask_means_a_login_is_needed() {
    let server = provider(&Asked::default(), plain_answer).await;
    let world = World::new();
    let definition = definition(&server);
    let silent = world.tokens().token(&key(), &definition, &world.ports(), Fetch::Silent).await;
    assert!(matches!(silent, Err(Error::LoginNeeded { .. })));
    let ports = errand_oauth::Ports { browser: None, ..world.ports() };
    let alone = world.tokens().login(&key(), &definition, &ports).await;
    assert!(matches!(alone, Err(Error::LoginNeeded { .. })));
    assert!(server.log.lock().unwrap().is_empty());
}
