//! The catalogue: every entry is read, and every shape of auth in it works against a server that
//! refuses anything but exactly that shape.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use errand_auth::{HttpRequest, Place, Secret, Surroundings, Unsigned};
use errand_model::{Auth, ClientAuthentication, Flow, OAuth2};
use errand_oauth::{Error, Fetch, providers};
use serde_json::{Value, json};
use support::*;
use url::Url;

#[test]
fn the_catalogue_has_everyone_with_documentation_and_date() {
    let all = providers::all().unwrap_or_else(|error| panic!("{error}"));
    let ids: BTreeSet<&str> = all.iter().map(|one| one.id.as_str()).collect();
    for id in "github google microsoft slack dropbox hubspot salesforce quickbooks workday bamboohr netsuite woocommerce woocommerce-http gambio shopify stripe twilio zapier workato mulesoft merge apigee postman swaggerhub openid".split(' ') {
        assert!(ids.contains(id), "{id}");
    }
    for one in &all {
        assert!(
            !one.source.is_empty()
                && !one.quirks.is_empty()
                && one.checked.as_str() >= "2026-11-21",
            "{}",
            one.id
        );
    }
}

#[test]
fn mistakes_are_told_with_their_line() {
    let base = "[[provider]]\nid = \"own\"\nname = \"Own\"\ncategory = \"c\"\nregister_url = \"https://a.test\"\ndocumentation_url = \"https://a.test\"\nchecked = \"2026-11-21\"\nsource = \"me\"\n";
    let good = format!("# mine\n{base}[provider.auth]\ntype = \"bearer\"\ntoken = \"t\"\n");
    assert_eq!(providers::parse(&good).unwrap()[0].id, "own");
    let merged =
        providers::merge(providers::all().unwrap(), &good.replace("\"own\"", "\"github\""))
            .unwrap();
    assert_eq!(
        merged
            .iter()
            .filter(|one| one.id == "github")
            .map(|one| one.name.as_str())
            .collect::<Vec<_>>(),
        ["Own"]
    );
    for (text, line, words) in [
        (format!("{good}what = "), 13, ""),
        (good.replace("token = \"t\"", "tokn = \"t\""), 2, "own"),
        (good.replace("token = \"t\"", "token = \"{{x}}\""), 2, "{{x}}"),
        (good.replace("https://a.test", "http://a.test"), 2, "https://"),
        (good.replace("2026-11-21", "yesterday"), 2, "date"),
        (format!("{good}{}", good.replace("# mine\n", "")), 13, "twice"),
        (good.replace("name = ", "nmae = "), 2, "nmae"),
    ] {
        match providers::parse(&text) {
            Err(Error::Catalogue { line: told, reason }) => {
                assert!(reason.contains(words), "{reason}");
                assert!(told == line || words.is_empty(), "{told} for {line}: {reason}");
            }
            other => panic!("{other:?}"),
        }
    }
}

/// `{{name}}` becomes `v-name`, but what names a host becomes the server's.
fn filled(auth: &Auth, origin: &str) -> Auth {
    let mut json = serde_json::to_value(auth).unwrap();
    fill(&mut json, origin);
    serde_json::from_value(json).unwrap()
}

fn fill(value: &mut Value, origin: &str) {
    match value {
        Value::String(text)
            if text.contains("://")
                && !text.contains("scope")
                && !text.starts_with("https://www.googleapis.com/auth/") =>
        {
            let path = text
                .split("://")
                .nth(1)
                .and_then(|rest| rest.split_once('/'))
                .map_or("callback", |(_, path)| path);
            let local = text.contains("localhost") || text.contains("127.0.0.1");
            *text = if local {
                "http://127.0.0.1:45678/callback".into()
            } else {
                format!("{origin}/{}", path.replace("{{", "v-").replace("}}", ""))
            };
        }
        Value::String(text) if text == "{{issuer}}" => origin.clone_into(text),
        Value::String(text) if text == "{{service_account_key}}" => {
            *text = es256().private_jwk().to_string();
        }
        Value::String(text) if text == "RS256" => *text = "ES256".into(),
        Value::String(text) => *text = text.replace("{{", "v-").replace("}}", ""),
        Value::Array(list) => list.iter_mut().for_each(|one| fill(one, origin)),
        Value::Object(map) => map.values_mut().for_each(|one| fill(one, origin)),
        _ => (),
    }
}

/// An OAuth 2 provider that knows the definition and refuses anything else.
fn strict(definition: &OAuth2, request: &Received, origin: &str) -> Reply {
    let path = |url: &str| Url::parse(url).map(|url| url.path().to_owned()).unwrap_or_default();
    let discovered =
        definition.authorization_url.is_empty() && definition.flow == Flow::AuthorizationCode;
    let (consent, token) = if discovered {
        ("/consent".to_owned(), "/tok".to_owned())
    } else {
        (path(&definition.authorization_url), path(&definition.access_token_url))
    };
    if request.path == "/.well-known/openid-configuration" {
        return json_reply(
            200,
            &json!({"issuer": origin, "authorization_endpoint": format!("{origin}/consent"), "token_endpoint": format!("{origin}/tok"), "jwks_uri": format!("{origin}/keys")}),
        );
    }
    if request.path == consent && request.method == "GET" {
        let mut wanted = vec!["response_type", "client_id", "redirect_uri"];
        if !definition.scope.is_empty() {
            wanted.push("scope");
        }
        wanted.push("state");
        if definition.scope.contains("openid") {
            wanted.push("nonce");
        }
        if !definition.pkce.disabled {
            wanted.extend(["code_challenge", "code_challenge_method"]);
        }
        wanted.extend(
            definition
                .additional_parameters
                .authorization_request
                .iter()
                .map(|one| one.name.as_str()),
        );
        let names: Vec<&str> = request.query.iter().map(|(name, _)| name.as_str()).collect();
        let of = |name: &str| request.parameter(name).unwrap_or_default();
        if names == wanted && of("client_id") == "v-client_id" {
            return redirect(&format!("{}?code=c&state={}", of("redirect_uri"), of("state")));
        }
        return refuse("invalid_request", &format!("{names:?}"));
    }
    if request.path == token && request.method == "POST" {
        let secret = request.field("client_secret");
        let basic =
            request.header("authorization") == Some("Basic di1jbGllbnRfaWQ6di1jbGllbnRfc2VjcmV0");
        let proven = match definition.client_authentication {
            ClientAuthentication::Basic => basic && secret.is_none(),
            ClientAuthentication::Post => !basic && secret.as_deref() == Some("v-client_secret"),
            _ => !basic && secret.is_none(),
        };
        let grant = match definition.flow {
            Flow::ClientCredentials => "client_credentials",
            Flow::JwtBearer => "urn:ietf:params:oauth:grant-type:jwt-bearer",
            _ => "authorization_code",
        };
        if proven && request.field("grant_type").as_deref() == Some(grant) {
            return json_reply(200, &json!({"access_token": "t0k", "expires_in": 60}));
        }
    }
    refuse("invalid_request", &format!("{} {} {}", request.method, request.path, request.body))
}

#[tokio::test]
async fn every_shape_of_auth_works_against_a_server_that_knows_only_it() {
    let mut shapes = BTreeSet::new();
    for provider in providers::all().unwrap() {
        let template = provider.auth.clone();
        let server = Server::with_origin(|origin| {
            move |request: &Received| match filled(&template, &origin) {
                Auth::OAuth2(definition) => strict(&definition, request, &origin),
                _ => json_reply(404, &Value::Null),
            }
        })
        .await;
        let auth = filled(&provider.auth, &server.origin);
        let world = World::new();
        let (shape, mut signer) = match &auth {
            Auth::OAuth2(definition) => {
                let tokens = world.tokens();
                let set =
                    tokens.token(&key(), definition, &world.ports(), Fetch::Interactive).await;
                let set = set.unwrap_or_else(|error| panic!("{}: {error}", provider.id));
                let clock = Arc::clone(&world.clock) as Arc<dyn errand_auth::Clock>;
                let signer = tokens.signer(definition, &set, clock).unwrap();
                (
                    format!(
                        "{:?} {:?} {:?}",
                        definition.flow,
                        definition.client_authentication,
                        definition.token_config.placement
                    ),
                    signer,
                )
            }
            other => {
                let signer = errand_auth::signer(other, &Surroundings::default()).unwrap().unwrap();
                (other.scheme().to_owned(), signer)
            }
        };
        shapes.insert(shape);
        let seen = signed(&mut *signer).await;
        let header = |name: &str| seen.header(name).unwrap_or_default().to_owned();
        let right = match &auth {
            Auth::Basic { username, password } => {
                header("Authorization")
                    == format!("Basic {}", base64(&format!("{username}:{password}")))
            }
            Auth::Bearer { token } => header("Authorization") == format!("Bearer {token}"),
            Auth::ApiKey { key, value, .. } => header(key) == *value,
            Auth::OAuth1(fields) if fields.realm.is_empty() => {
                seen.parameter("oauth_signature_method").as_deref() == Some("HMAC-SHA256")
                    && seen.parameter("oauth_token").is_none()
            }
            Auth::OAuth1(_) => {
                header("Authorization").starts_with("OAuth realm=\"v-account_id\"")
                    && header("Authorization").contains("HMAC-SHA256")
            }
            Auth::OAuth2(_) => {
                header("Authorization") == "Bearer t0k" || header("X-Shopify-Access-Token") == "t0k"
            }
            _ => false,
        };
        assert!(right, "{}: {seen:?}", provider.id);
    }
    assert!(shapes.len() >= 9, "{shapes:?}");
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}

/// Sends one signed request and gives what arrived.
async fn signed(signer: &mut dyn errand_auth::Signer) -> Received {
    let server = Server::start(|_| json_reply(200, &Value::Null)).await;
    let mut url = Url::parse(&server.url("/api?a=1")).unwrap();
    let body: Vec<u8> = Vec::new();
    let done =
        signer.sign(&Unsigned { method: "GET", url: &url, headers: &[], payload: &body }).unwrap();
    let mut headers: Vec<(String, Secret)> = Vec::new();
    for one in done.additions {
        match one.place {
            Place::Header => headers.push((one.name, one.value)),
            Place::Query => {
                url.query_pairs_mut().append_pair(&one.name, one.value.expose());
            }
            Place::Cookie => panic!("a cookie"),
        }
    }
    call(&HttpRequest { title: "t", method: "GET", url: url.into(), headers, body: None })
        .await
        .unwrap();
    server.requests("/api")[0].clone()
}
