//! OAuth 1.0a with a person, against a server that checks every signature.
#![allow(clippy::unwrap_used)]

mod support;

use base64::Engine as _;
use errand_model::OAuth1;
use errand_oauth::{Error, Fetch, providers};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use support::*;

/// Parameters of an `Authorization: OAuth` header whose HMAC-SHA1 signature is right (RFC 5849 §3.4).
fn signed(request: &Received, url: &str, secrets: &str) -> Option<Vec<(String, String)>> {
    let header = request.header("authorization")?.strip_prefix("OAuth ")?;
    let decode = |text: &str| pairs(&format!("x={}", text.replace('+', "%2B"))).remove(0).1;
    let all: Vec<(String, String)> = header
        .split(", ")
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), decode(value.trim_matches('"'))))
        .filter(|(name, _)| name != "realm")
        .collect();
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect()
    };
    let mut base: Vec<(String, String)> = all
        .iter()
        .chain(&request.query)
        .filter(|(name, _)| name != "oauth_signature")
        .map(|(n, v)| (encode(n), encode(v)))
        .collect();
    base.sort();
    let base: Vec<String> = base.into_iter().map(|(n, v)| format!("{n}={v}")).collect();
    let text = format!("{}&{}&{}", request.method, encode(url), encode(&base.join("&")));
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(secrets.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    let wanted = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
    all.iter().any(|(name, value)| name == "oauth_signature" && *value == wanted).then_some(all)
}

fn form(text: &str) -> Reply {
    Reply(200, vec![("Content-Type".into(), "text/html".into())], text.as_bytes().to_vec())
}

async fn provider(confirmed: bool) -> Server {
    Server::with_origin(|origin| {
        move |request: &Received| {
            let url = format!("{origin}{}", request.path);
            let of = |all: &[(String, String)], name: &str| all.iter().find(|(known, _)| known == name).map(|(_, v)| v.clone());
            match request.path.as_str() {
                "/request" => match signed(request, &url, "c%26s&") {
                    Some(all) if of(&all, "oauth_callback").as_deref() == Some("http://127.0.0.1:45678/callback") && of(&all, "oauth_token").is_none() => {
                        form(&format!("oauth_token=canary-temporary&oauth_token_secret=canary-ts&oauth_callback_confirmed={confirmed}"))
                    }
                    _ => Reply(401, vec![], b"oauth_problem=signature_invalid canary-never".to_vec()),
                },
                "/authorize" if request.query == [("oauth_token".to_owned(), "canary-temporary".to_owned())] => {
                    redirect("http://127.0.0.1:45678/callback?oauth_token=canary-temporary&oauth_verifier=canary-verifier")
                }
                "/access" => match signed(request, &url, "c%26s&canary-ts") {
                    Some(all) if of(&all, "oauth_verifier").as_deref() == Some("canary-verifier") && of(&all, "oauth_callback").is_none() => {
                        form("oauth_token=canary-token&oauth_token_secret=canary-secret&shop=7")
                    }
                    _ => Reply(401, vec![], b"oauth_problem=token_rejected".to_vec()),
                },
                _ => json_reply(404, &json!({})),
            }
        }
    })
    .await
}

fn definition(server: &Server) -> OAuth1 {
    OAuth1 {
        consumer_key: "me".into(),
        consumer_secret: "c&s".into(),
        realm: "R".into(),
        request_token_url: server.url("/request"),
        authorization_url: server.url("/authorize"),
        access_token_url: server.url("/access"),
        ..OAuth1::default()
    }
}

#[tokio::test]
async fn three_legs_lead_to_a_token_that_is_kept() {
    let (world, server) = (World::new(), provider(true).await);
    let (tokens, definition) = (world.tokens(), definition(&server));
    assert!(matches!(
        tokens.oauth1(&key(), &definition, &world.ports(), Fetch::Silent).await,
        Err(Error::LoginNeeded { .. })
    ));
    let token =
        tokens.oauth1(&key(), &definition, &world.ports(), Fetch::Interactive).await.unwrap();
    assert_eq!((token.token.expose(), token.secret.expose()), ("canary-token", "canary-secret"));
    assert_eq!(token.further, [("shop".to_owned(), "7".to_owned())]);
    assert_eq!(token.apply(&definition).access_token_secret, "canary-secret");
    assert_eq!(
        tokens.oauth1(&key(), &definition, &world.ports(), Fetch::Silent).await.unwrap(),
        token
    );
    assert_eq!(server.requests("/access").len(), 1);
    let shown = world.client.shown();
    assert!(
        !shown.contains("canary") && shown.contains("oauth_signature=\"{{oauth_signature}}\""),
        "{shown}"
    );
    tokens.logout(&key()).unwrap();
    assert!(tokens.oauth1_state(&key()).unwrap().is_none());
}

#[tokio::test]
async fn what_does_not_belong_to_the_login_is_refused() {
    let server = provider(true).await;
    for (word, tamper) in [
        (
            "another",
            (|url: String| with(&url, "oauth_token", Some("other"))) as fn(String) -> String,
        ),
        ("no oauth_verifier", |url| with(&url, "oauth_verifier", None)),
    ] {
        let world = World::who(tamper);
        let error = world
            .tokens()
            .oauth1_login(&key(), &definition(&server), &world.ports())
            .await
            .unwrap_err();
        assert!(
            matches!(error, Error::Redirect { .. }) && error.to_string().contains(word),
            "{error}"
        );
        assert!(
            world.store.kept.lock().unwrap().is_empty() && !error.to_string().contains("canary")
        );
    }
    let (world, server) = (World::new(), provider(false).await);
    let error = world
        .tokens()
        .oauth1_login(&key(), &definition(&server), &world.ports())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("oauth_callback_confirmed"), "{error}");
    let wrong = OAuth1 { consumer_secret: "wrong".into(), ..definition(&server) };
    let error = world.tokens().oauth1_login(&key(), &wrong, &world.ports()).await.unwrap_err();
    assert!(error.to_string().contains("signature_invalid"), "{error}");
    assert!(providers::all().is_ok());
}
