use errand_model::{
    ApiKeyPlace, Auth, ClientAuthentication, Flow, Hawk, HawkAlgorithm, KeyText, OAuth1, OAuth2,
    TokenKind,
};
use serde_json::{Map, Value, json};

use super::super::template;
use crate::Scribe;
use crate::fields::put;

/// The auth as Insomnia writes it; null for what is inherited. Says what it cannot write.
pub(in super::super) fn write(auth: &Auth, scribe: &mut Scribe<'_>) -> Value {
    let t = |text: &str| template::write(text);
    match auth {
        Auth::Inherit => Value::Null,
        Auth::None => json!({ "type": "none" }),
        Auth::Basic { username, password } => {
            json!({ "type": "basic", "username": t(username), "password": t(password) })
        }
        Auth::Bearer { token } => json!({ "type": "bearer", "token": t(token) }),
        Auth::ApiKey { key, value, placement } => {
            let place = match placement {
                ApiKeyPlace::Header => "header",
                ApiKeyPlace::Query => "queryParams",
                ApiKeyPlace::Cookie => "cookie",
            };
            json!({ "type": "apikey", "key": t(key), "value": t(value), "addTo": place })
        }
        Auth::Digest { username, password } => {
            json!({ "type": "digest", "username": t(username), "password": t(password) })
        }
        Auth::Ntlm { username, password, domain } => {
            let name = if domain.is_empty() {
                t(username)
            } else {
                format!("{}\\{}", t(domain), t(username))
            };
            json!({ "type": "ntlm", "username": name, "password": t(password) })
        }
        Auth::Hawk(hawk) => write_hawk(hawk, scribe),
        Auth::AwsV4(aws) => json!({
            "type": "iam", "accessKeyId": t(&aws.access_key_id),
            "secretAccessKey": t(&aws.secret_access_key), "sessionToken": t(&aws.session_token),
            "region": t(&aws.region), "service": t(&aws.service)
        }),
        Auth::Netrc { .. } => json!({ "type": "netrc" }),
        Auth::Asap(asap) => json!({
            "type": "asap", "issuer": t(&asap.issuer), "subject": t(&asap.subject),
            "audience": t(&asap.audience), "addintionalClaims": t(&asap.claims),
            "privateKey": write_key(&asap.private_key), "keyId": t(&asap.key_id)
        }),
        Auth::OAuth1(oauth) => write_oauth1(oauth),
        Auth::OAuth2(oauth) => write_oauth2(oauth, scribe),
        Auth::Other { scheme } => json!({ "type": scheme }),
        Auth::Negotiate { .. } | Auth::Wsse { .. } | Auth::EdgeGrid(_) | Auth::Jwt(_) => {
            scribe.not_carried(format!("{} auth", auth.scheme()), "Insomnia has no such scheme");
            json!({ "type": "none" })
        }
    }
}

fn write_key(key: &KeyText) -> String {
    match key {
        KeyText::Text(text) => template::write(text),
        KeyText::File(path) => format!("{{% file '{path}' %}}"),
        KeyText::None => String::new(),
    }
}

fn write_hawk(hawk: &Hawk, scribe: &mut Scribe<'_>) -> Value {
    if !hawk.app.is_empty() || !hawk.dlg.is_empty() {
        scribe.not_carried("app and dlg", "Insomnia's Hawk has no such fields");
    }
    let mut written = Map::new();
    put(&mut written, "type", "hawk");
    put(&mut written, "id", template::write(&hawk.id));
    put(&mut written, "key", template::write(&hawk.key));
    put(&mut written, "ext", template::write(&hawk.ext));
    put(
        &mut written,
        "algorithm",
        match hawk.algorithm {
            HawkAlgorithm::Sha1 => "sha1",
            HawkAlgorithm::Sha256 => "sha256",
        },
    );
    put(&mut written, "validatePayload", hawk.include_payload_hash);
    Value::Object(written)
}

fn write_oauth1(oauth: &OAuth1) -> Value {
    let mut written = Map::new();
    let method = match oauth.signature_method.as_str() {
        "" => "HMAC-SHA1",
        method => method,
    };
    let private_key = write_key(&oauth.private_key);
    for (name, text) in [
        ("type", "oauth1"),
        ("signatureMethod", method),
        ("consumerKey", &oauth.consumer_key),
        ("consumerSecret", &oauth.consumer_secret),
        ("tokenKey", &oauth.access_token),
        ("tokenSecret", &oauth.access_token_secret),
        ("version", &oauth.version),
        ("nonce", &oauth.nonce),
        ("timestamp", &oauth.timestamp),
        ("callback", &oauth.callback_url),
        ("realm", &oauth.realm),
        ("verifier", &oauth.verifier),
    ] {
        put(&mut written, name, template::write(text));
    }
    put(&mut written, "privateKey", private_key);
    if oauth.include_body_hash {
        put(&mut written, "includeBodyHash", true);
    }
    Value::Object(written)
}

fn write_oauth2(oauth: &OAuth2, scribe: &mut Scribe<'_>) -> Value {
    let grant = match oauth.flow {
        Flow::AuthorizationCode => "authorization_code",
        Flow::ClientCredentials => "client_credentials",
        Flow::ResourceOwnerPasswordCredentials => "password",
        Flow::Implicit => "implicit",
        Flow::DeviceCode | Flow::JwtBearer | Flow::TokenExchange => {
            scribe.not_carried(
                "OAuth 2 flow",
                "Insomnia has no such grant; authorization code is written",
            );
            "authorization_code"
        }
    };
    let response = match (oauth.flow, oauth.token_config.source) {
        (Flow::Implicit | Flow::AuthorizationCode, TokenKind::IdToken) => "id_token",
        _ => "",
    };
    let mut written = Map::new();
    for (name, text) in [
        ("type", "oauth2"),
        ("grantType", grant),
        ("accessTokenUrl", &oauth.access_token_url),
        ("authorizationUrl", &oauth.authorization_url),
        ("clientId", &oauth.credentials.client_id),
        ("clientSecret", &oauth.credentials.client_secret),
        ("audience", &oauth.audience),
        ("scope", &oauth.scope),
        ("resource", &oauth.resource),
        ("username", &oauth.resource_owner.username),
        ("password", &oauth.resource_owner.password),
        ("redirectUrl", &oauth.callback_url),
        ("state", &oauth.state),
        ("tokenPrefix", &oauth.header_prefix),
        ("pkceMethod", &oauth.pkce.method),
        ("responseType", response),
    ] {
        put(&mut written, name, template::write(text));
    }
    put(&mut written, "usePkce", !oauth.pkce.disabled);
    put(
        &mut written,
        "credentialsInBody",
        oauth.client_authentication == ClientAuthentication::Post,
    );
    Value::Object(written)
}
