//! The OAuth 2.0 and OpenID provider, flow by flow.

mod common;

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::{Seen, get, get_with, send, start};
use errand_jose::{Algorithm, Key, KeySet, base64url_sha256};
use errand_playground::Playground;
use serde_json::{Map, Value, json};
use url::Url;

const BACK: &str = "http://127.0.0.1:5000/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

#[tokio::test]
async fn discovery_names_what_there_is() {
    let playground = start().await;
    let about = get(&playground, "/oauth/.well-known/openid-configuration").await.json();
    assert_eq!(about["issuer"], "http://localhost/oauth");
    let other = get(&playground, "/.well-known/oauth-authorization-server/oauth").await.json();
    assert_eq!(about, other);
    let keys = get(&playground, "/oauth/jwks").await.json();
    assert_eq!(keys["keys"][0]["kid"], "playground");
    assert_eq!(keys["keys"][0].get("d"), None);
}

#[tokio::test]
async fn a_code_is_good_once_with_its_verifier() {
    let playground = start().await;
    let ask = [
        ("client_id", "errand-public"),
        ("response_type", "code"),
        ("redirect_uri", BACK),
        ("scope", "openid read"),
        ("state", "s&1"),
        ("nonce", "n1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let page = get(&playground, &format!("/oauth/authorize?{}", form(&ask))).await;
    let text = String::from_utf8_lossy(&page.body).into_owned();
    assert_eq!(page.status, 200);
    assert!(text.contains("name=\"state\" value=\"s&amp;1\""), "{text}");
    assert!(!text.contains("<script"), "{text}");

    let denied = post(&playground, "/oauth/authorize", &with(&ask, &[("decision", "deny")])).await;
    let back = location(&denied);
    assert_eq!(
        (part(&back, "error"), part(&back, "state")),
        ("access_denied".into(), "s&1".into())
    );

    for (verifier, status) in [("wrong", 400), (VERIFIER, 200)] {
        let agreed = with(&ask, &[("decision", "allow"), ("user", "zoe")]);
        let back = location(&post(&playground, "/oauth/authorize", &agreed).await);
        assert_eq!(part(&back, "iss"), "http://localhost/oauth");
        let code = part(&back, "code");
        let wish = [
            ("grant_type", "authorization_code"),
            ("client_id", "errand-public"),
            ("redirect_uri", BACK),
            ("code", code.as_str()),
            ("code_verifier", verifier),
        ];
        let seen = post(&playground, "/oauth/token", &wish).await;
        assert_eq!(seen.status, status, "{}", seen.json());
        let again = post(&playground, "/oauth/token", &wish).await;
        assert_eq!(again.json()["error"], "invalid_grant");
        if status == 200 {
            check_id_token(&playground, &seen.json()).await;
        }
    }
}

async fn check_id_token(playground: &Playground, tokens: &Value) {
    let keys = get(playground, "/oauth/jwks").await;
    let keys = KeySet::from_json(&String::from_utf8_lossy(&keys.body)).expect("keys");
    let token = tokens["id_token"].as_str().expect("an ID token");
    let claims = errand_jose::verify(token, &keys, &[Algorithm::Es256]).expect("signed").claims;
    assert_eq!((&claims["sub"], &claims["nonce"]), (&json!("zoe"), &json!("n1")));
    assert_eq!(claims["aud"], "errand-public");
    let bearer = bearer(tokens);
    let told = get_with(playground, "/oauth/userinfo", &[&bearer]).await.json();
    assert_eq!(told["sub"], "zoe");
}

#[tokio::test]
async fn what_is_wrong_with_the_client_stays_on_the_page() {
    let playground = start().await;
    for (client, back, kind, status) in [
        ("other", BACK, "code", 400),
        ("errand", "http://evil.example/", "code", 400),
        ("errand", "javascript:alert(1)", "code", 400),
        ("errand", BACK, "nonsense", 303),
        ("errand-public", BACK, "code", 303),
        ("errand", "com.example.app:/callback", "code", 200),
    ] {
        let ask = [("client_id", client), ("redirect_uri", back), ("response_type", kind)];
        let seen = get(&playground, &format!("/oauth/authorize?{}", form(&ask))).await;
        assert_eq!(seen.status, status, "{client} {back} {kind}");
    }
}

#[tokio::test]
async fn the_implicit_flow_answers_in_the_fragment() {
    let playground = start().await;
    let ask = [
        ("client_id", "errand"),
        ("response_type", "id_token token"),
        ("redirect_uri", BACK),
        ("nonce", "n"),
        ("approve", "1"),
    ];
    let back = location(&get(&playground, &format!("/oauth/authorize?{}", form(&ask))).await);
    assert_eq!(back.query(), None);
    let told = back.fragment().unwrap_or_default().to_owned();
    assert!(told.contains("access_token=") && told.contains("id_token="), "{told}");
}

#[tokio::test]
async fn a_client_proves_itself_in_three_ways() {
    let playground = start().await;
    let wish = [("grant_type", "client_credentials"), ("scope", "read"), ("expires_in", "7")];
    let basic = format!("Authorization: Basic {}", STANDARD.encode("errand:playground"));
    let seen = post_with(&playground, "/oauth/token", &[&basic], &wish).await;
    assert_eq!((seen.status, &seen.json()["expires_in"]), (200, &json!(7)));
    assert_eq!(seen.header("cache-control"), Some("no-store"));
    assert_eq!(seen.json().get("refresh_token"), None);

    let secret = [("client_id", "errand"), ("client_secret", "playground")];
    assert_eq!(post(&playground, "/oauth/token", &with(&wish, &secret)).await.status, 200);

    let key = Key::from_secret(b"playground").expect("a key");
    let claims = json!({
        "iss": "errand", "sub": "errand", "aud": "http://localhost/oauth/token",
        "exp": now() + 60, "jti": "1",
    });
    let Value::Object(claims) = claims else { panic!() };
    let assertion =
        errand_jose::sign(Map::new(), claims, Algorithm::Hs256, &key).expect("an assertion");
    let asserted = [
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion.as_str()),
    ];
    assert_eq!(post(&playground, "/oauth/token", &with(&wish, &asserted)).await.status, 200);

    for bad in [
        &[("client_id", "errand"), ("client_secret", "wrong")][..],
        &[("client_id", "errand")],
        &[],
    ] {
        let seen = post(&playground, "/oauth/token", &with(&wish, bad)).await;
        assert_eq!((seen.status, &seen.json()["error"]), (401, &json!("invalid_client")));
        assert!(seen.header("www-authenticate").is_some());
    }
    let public = with(&wish, &[("client_id", "errand-public")]);
    let public = post(&playground, "/oauth/token", &public);
    assert_eq!(public.await.json()["error"], "unauthorized_client");
}

#[tokio::test]
async fn the_resource_wants_a_token_with_its_scope() {
    let playground = start().await;
    let tokens = by_password(&playground, &[("scope", "read openid")]).await;
    let header = bearer(&tokens);
    assert_eq!(get_with(&playground, "/oauth/resource", &[&header]).await.status, 200);
    let less = get_with(&playground, "/oauth/resource?scope=write", &[&header]).await;
    assert_eq!(less.status, 403);
    assert!(less.header("www-authenticate").is_some_and(|text| text.contains("scope=\"write\"")));
    let other = get_with(&playground, "/oauth/resource", &["Authorization: Bearer x.y.z"]).await;
    assert_eq!((other.status, &other.json()["error"]), (401, &json!("invalid_token")));
    // An ID token is no access token.
    let wrong = format!("Authorization: Bearer {}", text(&tokens, "id_token"));
    assert_eq!(get_with(&playground, "/oauth/resource", &[&wrong]).await.status, 401);
    assert_eq!(get(&playground, "/oauth/resource").await.status, 401);
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_may_fail_on_demand() {
    let playground = start().await;
    let tokens = by_password(&playground, &[("scope", "read write")]).await;
    let first = text(&tokens, "refresh_token");
    let seen = refresh(&playground, &first, &[("scope", "read delete")]).await;
    assert_eq!(seen.json()["error"], "invalid_scope");
    let seen = refresh(&playground, &first, &[("scope", "read"), ("expires_in", "9")]).await;
    assert_eq!((seen.status, &seen.json()["scope"]), (200, &json!("read")));
    assert_eq!(seen.json()["expires_in"], 9);
    assert_ne!(text(&seen.json(), "refresh_token"), first);
    assert_eq!(refresh(&playground, &first, &[]).await.json()["error"], "invalid_grant");

    let tokens = by_password(&playground, &[("refresh", "fail")]).await;
    let seen = refresh(&playground, &text(&tokens, "refresh_token"), &[]).await;
    assert_eq!((seen.status, &seen.json()["error"]), (400, &json!("invalid_grant")));
}

#[tokio::test]
async fn a_device_waits_until_someone_decides() {
    let playground = start().await;
    for (decision, error) in [("allow", None), ("deny", Some("access_denied"))] {
        let client = [("client_id", "errand-public"), ("scope", "read")];
        let begun = post(&playground, "/oauth/device_authorization", &client).await.json();
        let code = text(&begun, "device_code");
        let poll = [
            ("grant_type", DEVICE),
            ("client_id", "errand-public"),
            ("device_code", code.as_str()),
        ];
        let seen = post(&playground, "/oauth/token", &poll).await;
        assert_eq!(seen.json()["error"], "authorization_pending");
        let again = post(&playground, "/oauth/token", &poll).await.json();
        // Which of the two depends on how long this took.
        assert!(["slow_down", "authorization_pending"].contains(&text(&again, "error").as_str()));

        let shown = text(&begun, "user_code");
        let page = get(&playground, &format!("/oauth/device?user_code={shown}")).await;
        assert!(String::from_utf8_lossy(&page.body).contains(&shown));
        let typed = shown.to_lowercase();
        let decided = [("user_code", typed.as_str()), ("user", "ada"), ("decision", decision)];
        assert_eq!(post(&playground, "/oauth/device", &decided).await.status, 200);
        let told = post(&playground, "/oauth/token", &poll).await.json();
        assert_eq!(told.get("error").and_then(Value::as_str), error);
        assert_eq!(told.get("access_token").is_some(), error.is_none());
    }
}

#[tokio::test]
async fn a_pushed_request_is_used_by_its_client() {
    let playground = start().await;
    let secret = [("client_id", "errand"), ("client_secret", "playground")];
    let ask = [("response_type", "code"), ("redirect_uri", BACK), ("approve", "1")];
    let seen = post(&playground, "/oauth/par", &with(&ask, &secret)).await;
    assert_eq!(seen.status, 201);
    let uri = text(&seen.json(), "request_uri");
    let short = [("client_id", "errand"), ("request_uri", uri.as_str())];
    let target = format!("/oauth/authorize?{}", form(&short));
    assert!(!part(&location(&get(&playground, &target).await), "code").is_empty());
    assert_eq!(get(&playground, &target).await.status, 400);
}

#[tokio::test]
async fn tokens_are_looked_into_revoked_and_exchanged() {
    let playground = start().await;
    let tokens = by_password(&playground, &[("scope", "read write")]).await;
    let access = text(&tokens, "access_token");
    let secret = [("client_id", "errand"), ("client_secret", "playground")];
    let subject = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", access.as_str()),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("scope", "read"),
        ("audience", "https://api.example.test"),
    ];
    let other = post(&playground, "/oauth/token", &with(&subject, &secret)).await.json();
    let look = |token: String| {
        let playground = &playground;
        async move {
            let ask = with(&secret, &[("token", &token)]);
            post(playground, "/oauth/introspect", &ask).await.json()
        }
    };
    let told = look(text(&other, "access_token")).await;
    assert_eq!(told["active"], true);
    assert_eq!((&told["sub"], &told["scope"]), (&json!("ada"), &json!("read")));
    assert_eq!(told["aud"], "https://api.example.test");

    let revoke = with(&secret, &[("token", &access)]);
    assert_eq!(post(&playground, "/oauth/revoke", &revoke).await.status, 200);
    assert_eq!(look(access).await, json!({ "active": false }));
    assert_eq!(get_with(&playground, "/oauth/resource", &[&bearer(&tokens)]).await.status, 401);
    assert_eq!(look(text(&tokens, "refresh_token")).await["active"], true);
    assert_eq!(post(&playground, "/oauth/introspect", &[("token", "x")]).await.status, 401);
}

#[tokio::test]
async fn a_bound_token_goes_with_a_proof_by_its_key() {
    let playground = start().await;
    let key = Key::generate(Algorithm::Es256).expect("a key");
    let wish = [
        ("grant_type", "client_credentials"),
        ("client_id", "errand"),
        ("client_secret", "playground"),
    ];
    let proof = prove(&key, "POST", "/oauth/token", None);
    let seen = post_with(&playground, "/oauth/token", &[&proof], &wish).await;
    assert_eq!(seen.json()["token_type"], "DPoP");
    let again = post_with(&playground, "/oauth/token", &[&proof], &wish).await;
    assert_eq!(again.json()["error"], "invalid_dpop_proof");

    let token = text(&seen.json(), "access_token");
    let header = format!("Authorization: DPoP {token}");
    let good = prove(&key, "GET", "/oauth/resource", Some(&token));
    assert_eq!(get_with(&playground, "/oauth/resource", &[&header, &good]).await.status, 200);
    let thief = Key::generate(Algorithm::Es256).expect("a key");
    for bad in [
        prove(&key, "GET", "/oauth/userinfo", Some(&token)),
        prove(&key, "GET", "/oauth/resource", Some("other")),
        prove(&thief, "GET", "/oauth/resource", Some(&token)),
    ] {
        let seen = get_with(&playground, "/oauth/resource", &[&header, &bad]).await;
        assert_eq!(seen.status, 401);
        assert!(seen.header("www-authenticate").is_some_and(|text| text.starts_with("DPoP ")));
    }
    let bearer = format!("Authorization: Bearer {token}");
    assert_eq!(get_with(&playground, "/oauth/resource", &[&bearer]).await.status, 401);
}

fn prove(key: &Key, method: &str, path: &str, token: Option<&str>) -> String {
    let header = json!({ "typ": "dpop+jwt", "jwk": key.public_jwk() });
    let id = format!("{method} {path} {} {:?}", key.thumbprint(), token.map(str::len));
    let mut claims = json!({
        "htm": method, "htu": format!("http://localhost{path}"), "iat": now(), "jti": id,
    });
    if let Some(token) = token {
        claims["ath"] = base64url_sha256(token).into();
    }
    let (Value::Object(header), Value::Object(claims)) = (header, claims) else { panic!() };
    let proof = errand_jose::sign(header, claims, Algorithm::Es256, key).expect("a proof");
    format!("DPoP: {}", proof.as_str())
}

async fn by_password(playground: &Playground, more: &[(&str, &str)]) -> Value {
    let wish = [
        ("grant_type", "password"),
        ("client_id", "errand"),
        ("client_secret", "playground"),
        ("username", "ada"),
        ("password", "engine"),
    ];
    post(playground, "/oauth/token", &with(&wish, more)).await.json()
}

async fn refresh(playground: &Playground, token: &str, more: &[(&str, &str)]) -> Seen {
    let wish = [
        ("grant_type", "refresh_token"),
        ("client_id", "errand"),
        ("client_secret", "playground"),
        ("refresh_token", token),
    ];
    post(playground, "/oauth/token", &with(&wish, more)).await
}

async fn post(playground: &Playground, target: &str, fields: &[(&str, &str)]) -> Seen {
    post_with(playground, target, &[], fields).await
}

async fn post_with(
    playground: &Playground,
    target: &str,
    headers: &[&str],
    fields: &[(&str, &str)],
) -> Seen {
    let mut all = vec!["Content-Type: application/x-www-form-urlencoded"];
    all.extend(headers);
    send(playground, "POST", target, &all, form(fields).as_bytes()).await
}

fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn with<'a>(one: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [one, more].concat()
}

fn location(seen: &Seen) -> Url {
    assert_eq!(seen.status, 303);
    Url::parse(seen.header("location").unwrap_or_default()).expect("a location")
}

fn part(url: &Url, name: &str) -> String {
    url.query_pairs()
        .find(|(known, _)| known == name)
        .map_or_else(String::new, |(_, value)| value.into_owned())
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}")).to_owned()
}

fn bearer(tokens: &Value) -> String {
    format!("Authorization: Bearer {}", text(tokens, "access_token"))
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
