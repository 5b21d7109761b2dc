//! Auth of every kind.

use errand_model::{
    ApiKeyPlace, Auth, AwsV4, ClientAuthentication, ClientCredentials, Flow, KeyText, OAuth1,
    OAuth2, Pkce, ResourceOwner,
};
use serde_json::Value;

use super::rows::{any, text};
use crate::auth::authorization;

/// The auth of a request or folder; `Inherit` where nothing is said.
pub(super) fn read(auth: &Value) -> Auth {
    let kind = text(auth, "type");
    let given = auth.get(&kind).unwrap_or(&Value::Null);
    let field = |keys: &[&str]| any(given, keys);
    match kind.as_str() {
        "" | "inherit" => Auth::Inherit,
        "none" => Auth::None,
        "basic" => Auth::Basic { username: field(&["username"]), password: field(&["password"]) },
        "bearer" => bearer(auth, given),
        "digest" => Auth::Digest { username: field(&["username"]), password: field(&["password"]) },
        "ntlm" => Auth::Ntlm {
            username: field(&["username"]),
            password: field(&["password"]),
            domain: field(&["domain"]),
        },
        "aws" | "awsv4" => Auth::AwsV4(AwsV4 {
            access_key_id: field(&["accessKeyId", "accessKey"]),
            secret_access_key: field(&["secretAccessKey", "secretKey"]),
            session_token: field(&["sessionToken"]),
            service: field(&["service", "serviceName"]),
            region: field(&["region"]),
            ..AwsV4::default()
        }),
        "apikey" | "apiKey" | "api-key" => Auth::ApiKey {
            key: field(&["key", "name"]),
            value: field(&["value"]),
            placement: match field(&["in", "addTo", "placement"]).as_str() {
                "query" | "in-query" | "queryparams" => ApiKeyPlace::Query,
                "cookie" => ApiKeyPlace::Cookie,
                _ => ApiKeyPlace::Header,
            },
        },
        "oauth1" => Auth::OAuth1(Box::new(oauth1(given))),
        "oauth2" => Auth::OAuth2(Box::new(oauth2(given))),
        _ => Auth::Other { scheme: kind },
    }
}

fn bearer(auth: &Value, given: &Value) -> Auth {
    let token = given.as_str().map_or_else(|| any(given, &["token"]), str::to_owned);
    let prefix = text(auth, "bearerPrefix");
    if prefix.is_empty() || prefix == "Bearer" {
        return Auth::Bearer { token };
    }
    // Another word before the token is a header of its own.
    authorization(&prefix, &token)
}

fn oauth1(given: &Value) -> OAuth1 {
    let field = |keys: &[&str]| any(given, keys);
    OAuth1 {
        consumer_key: field(&["consumerKey"]),
        consumer_secret: field(&["consumerSecret"]),
        access_token: field(&["accessToken", "token"]),
        access_token_secret: field(&["tokenSecret", "accessTokenSecret"]),
        callback_url: field(&["callbackUrl"]),
        verifier: field(&["verifier"]),
        signature_method: field(&["signatureMethod"]),
        private_key: KeyText::of(field(&["privateKey"])),
        timestamp: field(&["timestamp"]),
        nonce: field(&["nonce"]),
        version: field(&["version"]),
        realm: field(&["realm"]),
        ..OAuth1::default()
    }
}

fn oauth2(given: &Value) -> OAuth2 {
    let field = |keys: &[&str]| any(given, keys);
    let grant = field(&["grantType"]);
    OAuth2 {
        flow: match grant.as_str() {
            "client_credentials" => Flow::ClientCredentials,
            "password" => Flow::ResourceOwnerPasswordCredentials,
            "implicit" => Flow::Implicit,
            "device_code" => Flow::DeviceCode,
            _ => Flow::AuthorizationCode,
        },
        authorization_url: field(&["authUrl", "authorizationUrl"]),
        access_token_url: field(&["tokenUrl", "accessTokenUrl"]),
        refresh_token_url: field(&["refreshTokenUrl"]),
        callback_url: field(&["callbackUrl", "redirectUri"]),
        credentials: ClientCredentials {
            client_id: field(&["clientId"]),
            client_secret: field(&["clientSecret"]),
        },
        client_authentication: match field(&["clientAuth"]).as_str() {
            "in-header" | "header" | "basic" => ClientAuthentication::Basic,
            _ => ClientAuthentication::Post,
        },
        resource_owner: ResourceOwner {
            username: field(&["username"]),
            password: field(&["password"]),
        },
        scope: field(&["scope"]),
        audience: field(&["audience"]),
        resource: field(&["resource"]),
        state: field(&["state"]),
        pkce: Pkce {
            disabled: grant != "authorization_code_pkce"
                && !["pkce", "usePkce", "isPKCE"]
                    .iter()
                    .any(|key| given.get(key) == Some(&Value::Bool(true))),
            method: match field(&["codeChallengeMethod", "challengeMethod"]).as_str() {
                "plain" => "plain".to_owned(),
                _ => String::new(),
            },
        },
        header_prefix: field(&["tokenPrefix"]),
        ..OAuth2::default()
    }
}
