//! Tokens bound to a key (RFC 9449), at the token endpoint and at resources.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::{Arc, Mutex};

use errand_auth::{Again, Answer, Unsigned};
use errand_jose::{Algorithm, Key, KeySet, base64url_sha256, verify};
use errand_model::{Flow, OAuth2};
use errand_oauth::Fetch;
use serde_json::{Value, json};
use support::*;
use url::Url;

/// A proof that is right for the request; the thumbprint of its key.
fn check(
    proof: &str,
    method: &str,
    url: &str,
    token: Option<&str>,
    nonce: &str,
    seen: &Mutex<Vec<String>>,
) -> Result<String, String> {
    let header = errand_jose::read(proof).map_err(|e| e.to_string())?.header;
    let key = Key::from_jwk(&header["jwk"]).map_err(|e| e.to_string())?;
    if header["typ"] != "dpop+jwt" || header["jwk"].get("d").is_some() {
        return Err("header".into());
    }
    let thumbprint = key.thumbprint();
    let claims =
        verify(proof, &KeySet::new([key]), &[Algorithm::Es256]).map_err(|e| e.to_string())?.claims;
    let jti = claims["jti"].as_str().unwrap_or_default().to_owned();
    let hash = token.map(base64url_sha256);
    if claims["htm"] != method
        || claims["htu"] != url
        || claims["iat"] != NOW
        || seen.lock().unwrap().contains(&jti)
        || claims.get("ath").and_then(Value::as_str) != hash.as_deref()
    {
        return Err(format!("claims {claims}"));
    }
    seen.lock().unwrap().push(jti);
    if claims.get("nonce").and_then(Value::as_str) != Some(nonce) {
        return Err("use_dpop_nonce".into());
    }
    Ok(thumbprint)
}

#[tokio::test]
async fn tokens_are_bound_and_nonces_are_learnt() {
    let (keys, seen) =
        (Arc::new(Mutex::new(Vec::<String>::new())), Arc::new(Mutex::new(Vec::new())));
    let (bound, known) = (Arc::clone(&keys), Arc::clone(&seen));
    let server = Server::with_origin(|origin| {
        move |request: &Received| {
            let nonce = |reply: Reply, nonce: &str| {
                let Reply(status, mut headers, body) = reply;
                headers.push(("DPoP-Nonce".into(), nonce.into()));
                Reply(status, headers, body)
            };
            let proof = request.header("DPoP").unwrap_or_default();
            let url = format!("{origin}{}", request.path);
            if request.path == "/token" {
                return match check(proof, "POST", &url, None, "n1", &known) {
                    Ok(thumbprint) => {
                        bound.lock().unwrap().push(thumbprint);
                        json_reply(200, &json!({"access_token": "canary-access", "token_type": "DPoP", "expires_in": 60, "refresh_token": "canary-refresh"}))
                    }
                    Err(error) => nonce(refuse(&error, "proof"), "n1"),
                };
            }
            let token = request.header("Authorization").and_then(|value| value.strip_prefix("DPoP ")).unwrap_or_default();
            match check(proof, &request.method, &url, Some(token), "n2", &known) {
                Ok(thumbprint) if bound.lock().unwrap().contains(&thumbprint) => json_reply(200, &json!({})),
                Ok(_) => json_reply(401, &json!({"error": "another key"})),
                Err(error) => {
                    let Reply(_, mut headers, body) = nonce(json_reply(401, &json!({})), "n2");
                    headers.push(("WWW-Authenticate".into(), format!("DPoP error=\"{error}\"")));
                    Reply(401, headers, body)
                }
            }
        }
    })
    .await;
    let world = World::new();
    let mut definition = OAuth2 {
        flow: Flow::ClientCredentials,
        access_token_url: server.url("/token?x=1"),
        dpop: true,
        ..OAuth2::default()
    };
    definition.credentials.client_id = "me".into();
    let tokens = world.tokens();
    let set = tokens.token(&key(), &definition, &world.ports(), Fetch::Silent).await.unwrap();
    assert_eq!(server.requests("/token").len(), 2);
    assert!(set.warnings.is_empty() && set.dpop_key.is_some());
    let set = tokens.refresh(&key(), &definition, &world.ports()).await.unwrap();
    assert_eq!(server.requests("/token").len(), 3, "the nonce is remembered");
    let bound = keys.lock().unwrap().clone();
    assert_eq!(bound[0], bound[1], "a refresh keeps the key");
    let shown = world.client.shown();
    assert!(!shown.contains("canary") && shown.contains("DPoP: {{dpop_proof}}"), "{shown}");

    // The resource: refused for its nonce, then let in; a second time at once.
    let mut statuses = Vec::new();
    for _ in 0..2 {
        let clock = Arc::clone(&world.clock) as Arc<dyn errand_auth::Clock>;
        let mut signer = tokens.signer(&definition, &set, clock).unwrap();
        loop {
            let url = Url::parse(&server.url("/api?page=2")).unwrap();
            let nothing: Vec<u8> = Vec::new();
            let unsigned = Unsigned { method: "GET", url: &url, headers: &[], payload: &nothing };
            let done = signer.sign(&unsigned).unwrap();
            assert!(
                done.additions
                    .iter()
                    .all(|one| !one.shown.contains("canary") && one.shown.contains('•'))
            );
            let headers = done.additions.into_iter().map(|one| (one.name, one.value)).collect();
            let request = errand_auth::HttpRequest {
                title: "t",
                method: "GET",
                url: url.into(),
                headers,
                body: None,
            };
            let answer = call(&request).await.unwrap();
            statuses.push(answer.status);
            if signer
                .challenged(&Answer { status: answer.status, headers: &answer.headers })
                .unwrap()
                == Again::No
            {
                break;
            }
        }
    }
    assert_eq!(statuses, [401, 200, 200]);
}

#[tokio::test]
async fn a_server_that_never_has_enough_of_nonces_is_asked_twice_at_most() {
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let nonce = turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst).to_string();
        let Reply(status, mut headers, body) = refuse("use_dpop_nonce", "again");
        headers.push(("DPoP-Nonce".into(), nonce));
        Reply(status, headers, body)
    })
    .await;
    let world = World::new();
    let mut definition = OAuth2 {
        flow: Flow::ClientCredentials,
        access_token_url: server.url("/token"),
        dpop: true,
        ..OAuth2::default()
    };
    definition.credentials.client_id = "me".into();
    let error =
        world.tokens().token(&key(), &definition, &world.ports(), Fetch::Silent).await.unwrap_err();
    assert_eq!(error.server().unwrap().error, "use_dpop_nonce");
    assert_eq!(server.requests("/token").len(), 2);
}
