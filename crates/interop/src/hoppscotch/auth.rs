//! Authentication.

use errand_model::{
    AdditionalParameter, AdditionalParameters, ApiKeyPlace, Auth, AwsV4, ClientAuthentication,
    ClientCredentials, EdgeGrid, Flow, Hawk, HawkAlgorithm, Jwt, KeyText, OAuth2, ParameterPlace,
    Pkce, ResourceOwner, SignaturePlace, TokenConfig, TokenPlacement,
};
use serde_json::{Map, Value, json};

use super::template;
use crate::Scribe;
use crate::fields::{flag, list, object, scalar, text};

/// Where what has no field here is kept.
const ASIDE: &str = "extensions.hoppscotch";

/// Reads `auth` of a request or collection. What has no field here goes into `aside`.
pub(super) fn read(item: &Value, aside: &mut Map<String, Value>, scribe: &mut Scribe<'_>) -> Auth {
    let auth = match item.get("auth") {
        Some(Value::String(name)) => return oldest(name, item, scribe),
        Some(auth @ Value::Object(_)) => auth,
        _ => return Auth::Inherit,
    };
    let scheme = text(auth, "authType");
    if flag(auth, "authActive") == Some(false) {
        if !matches!(scheme, "none" | "inherit") {
            scribe.not_carried(
                format!("{scheme} auth"),
                "it is switched off in Hoppscotch, and may hold secrets",
            );
        }
        return Auth::None;
    }
    for (key, why) in [
        ("nonce", "made anew for each request"),
        ("timestamp", "made anew for each request"),
        ("cnonce", "made anew for each request"),
        ("user", "no such field is sent"),
        ("realm", "the server says it"),
        ("opaque", "the server says it"),
    ] {
        if !scalar(auth, key).is_empty() {
            let kept = aside.entry("auth").or_insert_with(|| json!({}));
            kept[key] = auth[key].clone();
            scribe.set_aside(format!("{scheme} {key}"), why, ASIDE);
        }
    }
    let mut said = |key: &str| template::read(&scalar(auth, key), scribe);
    match scheme {
        "" | "inherit" => Auth::Inherit,
        "none" => Auth::None,
        "basic" => Auth::Basic { username: said("username"), password: said("password") },
        "bearer" => Auth::Bearer { token: said("token") },
        "digest" => Auth::Digest { username: said("username"), password: said("password") },
        "api-key" => Auth::ApiKey {
            key: said("key"),
            value: said("value"),
            placement: match text(auth, "addTo") {
                "QUERY_PARAMS" | "Query params" => ApiKeyPlace::Query,
                _ => ApiKeyPlace::Header,
            },
        },
        "aws-signature" => Auth::AwsV4(AwsV4 {
            access_key_id: said("accessKey"),
            secret_access_key: said("secretKey"),
            session_token: said("serviceToken"),
            service: said("serviceName"),
            region: said("region"),
            profile_name: said("profileName"),
            placement: match text(auth, "addTo") {
                "QUERY_PARAMS" => SignaturePlace::Query,
                _ => SignaturePlace::Header,
            },
            ..AwsV4::default()
        }),
        "hawk" => Auth::Hawk(Hawk {
            id: said("authId"),
            key: said("authKey"),
            algorithm: match text(auth, "algorithm") {
                "sha1" => HawkAlgorithm::Sha1,
                _ => HawkAlgorithm::Sha256,
            },
            ext: said("ext"),
            app: said("app"),
            dlg: said("dlg"),
            include_payload_hash: flag(auth, "includePayloadHash") == Some(true),
        }),
        "akamai-eg" | "akamai-edgegrid" => Auth::EdgeGrid(EdgeGrid {
            client_token: said("clientToken"),
            client_secret: said("clientSecret"),
            access_token: said("accessToken"),
            headers_to_sign: said("headersToSign"),
            max_body_bytes: said("maxBodySize"),
        }),
        "jwt" => jwt(auth, aside, scribe),
        "oauth-2" => oauth2(auth, scribe),
        other => {
            scribe.not_carried(format!("{other} auth"), "Errand has no such scheme");
            Auth::Other { scheme: other.to_owned() }
        }
    }
}

/// Requests of version 0 name the scheme and have its fields beside it.
fn oldest(name: &str, item: &Value, scribe: &mut Scribe<'_>) -> Auth {
    let mut said = |key: &str| template::read(&scalar(item, key), scribe);
    match name {
        "Basic Auth" => Auth::Basic { username: said("httpUser"), password: said("httpPassword") },
        "Bearer Token" => Auth::Bearer { token: said("bearerToken") },
        _ => Auth::None,
    }
}

fn jwt(auth: &Value, aside: &mut Map<String, Value>, scribe: &mut Scribe<'_>) -> Auth {
    let mut said = |key: &str| template::read(&scalar(auth, key), scribe);
    let (secret, private) = (said("secret"), said("privateKey"));
    let algorithm = said("algorithm");
    let signs_with_secret =
        algorithm.starts_with("HS") || private.is_empty() || algorithm.contains("{{");
    let (key, unused) = if signs_with_secret { (secret, private) } else { (private, secret) };
    let found = Jwt {
        algorithm,
        key: KeyText::of(key),
        secret_base64: flag(auth, "isSecretBase64Encoded") == Some(true),
        claims: said("payload"),
        headers: said("jwtHeaders"),
        // Hoppscotch signs the payload as it is.
        expires_in: String::new(),
        placement: match text(auth, "addTo") {
            "QUERY_PARAMS" => TokenPlacement::Query(said("paramName")),
            _ => TokenPlacement::default(),
        },
        prefix: said("headerPrefix").trim().to_owned(),
        ..Jwt::default()
    };
    if !unused.is_empty() {
        let why = "a token is signed with one; the algorithm says which";
        if unused.starts_with("{{") && unused.ends_with("}}") {
            aside.insert("auth".to_owned(), json!({ "secondKey": unused }));
            scribe.set_aside("second key", why, ASIDE);
        } else {
            scribe.not_carried("second key", why);
        }
    }
    Auth::Jwt(found)
}

fn oauth2(auth: &Value, scribe: &mut Scribe<'_>) -> Auth {
    // The first versions have the fields of the authorization code beside the type.
    let (grant, is_old) = match object(auth, "grantTypeInfo") {
        Some(_) => (&auth["grantTypeInfo"], false),
        None => (auth, true),
    };
    for token in ["token", "refreshToken"] {
        if !scalar(grant, token).is_empty() {
            scribe.not_carried(token, "tokens are fetched anew and never kept in files");
        }
    }
    let flow = match text(grant, "grantType") {
        "CLIENT_CREDENTIALS" => Flow::ClientCredentials,
        "PASSWORD" => Flow::ResourceOwnerPasswordCredentials,
        "IMPLICIT" => Flow::Implicit,
        _ => Flow::AuthorizationCode,
    };
    let mut said = |key: &str| template::read(&scalar(grant, key), scribe);
    let (authorization_url, access_token_url) = match flow {
        _ if is_old => (said("authURL"), said("accessTokenURL")),
        Flow::AuthorizationCode => (said("authEndpoint"), said("tokenEndpoint")),
        Flow::Implicit => (said("authEndpoint"), String::new()),
        // What Hoppscotch calls the authorization endpoint gives the token here.
        _ => (String::new(), said("authEndpoint")),
    };
    let found = OAuth2 {
        flow,
        issuer: said("oidcDiscoveryURL")
            .trim_end_matches("/.well-known/openid-configuration")
            .to_owned(),
        authorization_url,
        access_token_url,
        credentials: ClientCredentials {
            client_id: said("clientID"),
            client_secret: said("clientSecret"),
        },
        client_authentication: match text(grant, "clientAuthentication") {
            "AS_BASIC_AUTH_HEADERS" => ClientAuthentication::Basic,
            _ => ClientAuthentication::Post,
        },
        resource_owner: ResourceOwner { username: said("username"), password: said("password") },
        scope: said(if is_old { "scope" } else { "scopes" }),
        pkce: Pkce {
            disabled: flag(grant, "isPKCE") != Some(true),
            method: said("codeVerifierMethod"),
        },
        additional_parameters: AdditionalParameters {
            authorization_request: parameters(grant, "authRequestParams", scribe),
            access_token_request: parameters(grant, "tokenRequestParams", scribe),
            refresh_token_request: parameters(grant, "refreshRequestParams", scribe),
        },
        token_config: TokenConfig {
            placement: match text(auth, "addTo") {
                "QUERY_PARAMS" => TokenPlacement::Query("access_token".to_owned()),
                _ => TokenPlacement::default(),
            },
            ..TokenConfig::default()
        },
        ..OAuth2::default()
    };
    Auth::OAuth2(Box::new(found))
}

fn parameters(grant: &Value, key: &str, scribe: &mut Scribe<'_>) -> Vec<AdditionalParameter> {
    let mut found = Vec::new();
    for row in list(grant, key) {
        if flag(row, "active") == Some(false) {
            scribe.not_carried(format!("disabled row of {key}"), "there are no disabled ones here");
            continue;
        }
        found.push(AdditionalParameter {
            name: template::read(&scalar(row, "key"), scribe),
            value: template::read(&scalar(row, "value"), scribe),
            placement: match text(row, "sendIn") {
                "headers" => ParameterPlace::Header,
                "url" => ParameterPlace::Query,
                _ => ParameterPlace::Body,
            },
        });
    }
    found
}
