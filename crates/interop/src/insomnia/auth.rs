//! Authentication.

use errand_model::{
    ApiKeyPlace, Asap, Auth, AwsV4, ClientAuthentication, ClientCredentials, Flow, Hawk,
    HawkAlgorithm, KeyText, OAuth1, OAuth2, Pkce, ResourceOwner, TokenConfig, TokenKind,
};
use serde_json::{Map, Value, json};

use super::template;
use crate::Scribe;
use crate::fields::{flag, is_blank, put, scalar, text};

/// What Insomnia writes for a token without a word before it.
const NO_PREFIX: &str = "NO_PREFIX";

/// Reads `authentication`. None means that nothing is said.
pub(super) fn read(auth: &Value, scribe: &mut Scribe<'_>) -> Auth {
    if is_blank(auth) {
        return Auth::Inherit;
    }
    let scheme = text(auth, "type");
    if flag(auth, "disabled") == Some(true) {
        scribe.set_aside(
            format!("{scheme} auth"),
            "it is switched off in Insomnia; what it said is kept without its secrets",
            "extensions.insomnia",
        );
        return Auth::Inherit;
    }
    let mut said = |key: &str| template::read(&scalar(auth, key), scribe);
    match scheme {
        "none" => Auth::None,
        "basic" | "" => {
            let found = Auth::Basic { username: said("username"), password: said("password") };
            if flag(auth, "useISO88591") == Some(true) {
                scribe.not_carried("useISO88591", "user name and password are sent in UTF-8");
            }
            found
        }
        "bearer" => bearer(said("token"), text(auth, "prefix"), scribe),
        "singleToken" => {
            let token = said("token");
            scribe.converted("singleToken auth", "a token in the Authorization header");
            authorization(token)
        }
        "apikey" => Auth::ApiKey {
            key: said("key"),
            value: said("value"),
            placement: match text(auth, "addTo") {
                "queryParams" => ApiKeyPlace::Query,
                "cookie" => ApiKeyPlace::Cookie,
                _ => ApiKeyPlace::Header,
            },
        },
        "digest" => Auth::Digest { username: said("username"), password: said("password") },
        "ntlm" => Auth::Ntlm {
            username: said("username"),
            password: said("password"),
            domain: String::new(),
        },
        "hawk" => Auth::Hawk(Hawk {
            id: said("id"),
            key: said("key"),
            algorithm: match text(auth, "algorithm") {
                "sha1" => HawkAlgorithm::Sha1,
                _ => HawkAlgorithm::Sha256,
            },
            ext: said("ext"),
            include_payload_hash: flag(auth, "validatePayload") == Some(true),
            ..Hawk::default()
        }),
        "iam" => Auth::AwsV4(AwsV4 {
            access_key_id: said("accessKeyId"),
            secret_access_key: said("secretAccessKey"),
            session_token: said("sessionToken"),
            region: said("region"),
            service: said("service"),
            ..AwsV4::default()
        }),
        "netrc" => Auth::Netrc { file: String::new() },
        "asap" => Auth::Asap(Asap {
            issuer: said("issuer"),
            subject: said("subject"),
            audience: said("audience"),
            key_id: said("keyId"),
            private_key: key(said("privateKey")),
            // The misspelling is Insomnia's.
            claims: said("addintionalClaims"),
            ..Asap::default()
        }),
        "oauth1" => Auth::OAuth1(Box::new(oauth1(auth, &mut said))),
        "oauth2" => oauth2(auth, scribe),
        other => {
            scribe.set_aside(
                format!("{other} auth"),
                "Errand has no such scheme; what it said is kept without its secrets",
                "extensions.insomnia",
            );
            Auth::Other { scheme: other.to_owned() }
        }
    }
}

fn key(text: String) -> KeyText {
    if text.is_empty() { KeyText::None } else { KeyText::Text(text) }
}

fn authorization(value: String) -> Auth {
    let key = "Authorization".to_owned();
    Auth::ApiKey { key, value, placement: ApiKeyPlace::Header }
}

fn bearer(token: String, prefix: &str, scribe: &mut Scribe<'_>) -> Auth {
    match prefix {
        "" | "Bearer" => Auth::Bearer { token },
        NO_PREFIX => {
            scribe.converted("prefix", "an Authorization header without a word before the token");
            authorization(token)
        }
        prefix => {
            scribe.converted("prefix", "an Authorization header with that word before the token");
            authorization(format!("{} {token}", template::read(prefix, scribe)))
        }
    }
}

fn oauth1(auth: &Value, said: &mut impl FnMut(&str) -> String) -> OAuth1 {
    OAuth1 {
        consumer_key: said("consumerKey"),
        consumer_secret: said("consumerSecret"),
        access_token: said("tokenKey"),
        access_token_secret: said("tokenSecret"),
        callback_url: said("callback"),
        verifier: said("verifier"),
        signature_method: said("signatureMethod"),
        private_key: key(said("privateKey")),
        timestamp: said("timestamp"),
        nonce: said("nonce"),
        version: said("version"),
        realm: said("realm"),
        include_body_hash: flag(auth, "includeBodyHash") == Some(true),
        ..OAuth1::default()
    }
}

fn oauth2(auth: &Value, scribe: &mut Scribe<'_>) -> Auth {
    let grant = text(auth, "grantType");
    let flow = match grant {
        "client_credentials" => Flow::ClientCredentials,
        "password" => Flow::ResourceOwnerPasswordCredentials,
        "implicit" => Flow::Implicit,
        "" | "authorization_code" => Flow::AuthorizationCode,
        _ => {
            scribe.converted(format!("grant {grant}"), "authorization code: log in once");
            Flow::AuthorizationCode
        }
    };
    for token in ["accessToken", "refreshToken", "identityToken", "code"] {
        if !scalar(auth, token).is_empty() {
            scribe.not_carried(token, "tokens are fetched anew and never kept in files");
        }
    }
    if !scalar(auth, "origin").is_empty() {
        scribe.set_aside("origin", "no such parameter is sent", "extensions.insomnia");
    }
    let mut said = |key: &str| template::read(&scalar(auth, key), scribe);
    let prefix = said("tokenPrefix");
    let found = OAuth2 {
        flow,
        authorization_url: said("authorizationUrl"),
        access_token_url: said("accessTokenUrl"),
        callback_url: said("redirectUrl"),
        credentials: ClientCredentials {
            client_id: said("clientId"),
            client_secret: said("clientSecret"),
        },
        client_authentication: match flag(auth, "credentialsInBody") {
            Some(true) => ClientAuthentication::Post,
            _ => ClientAuthentication::Basic,
        },
        resource_owner: ResourceOwner { username: said("username"), password: said("password") },
        scope: said("scope"),
        audience: said("audience"),
        resource: said("resource"),
        state: said("state"),
        pkce: Pkce { disabled: flag(auth, "usePkce") != Some(true), method: said("pkceMethod") },
        token_config: TokenConfig {
            source: match text(auth, "responseType") {
                "id_token"
                    if flow != Flow::ClientCredentials
                        && flow != Flow::ResourceOwnerPasswordCredentials =>
                {
                    TokenKind::IdToken
                }
                _ => TokenKind::AccessToken,
            },
            ..TokenConfig::default()
        },
        header_prefix: if prefix == NO_PREFIX { String::new() } else { prefix },
        ..OAuth2::default()
    };
    Auth::OAuth2(Box::new(found))
}

/// The auth as Insomnia writes it; null for what is inherited. Says what it cannot write.
pub(super) fn write(auth: &Auth, scribe: &mut Scribe<'_>) -> Value {
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

/// Words in the names of fields that hold secrets.
const SECRET: &[&str] = &["password", "secret", "token", "key", "code", "value"];

/// What may be kept in a file of an auth that Errand does not apply: literal secrets are emptied.
pub(super) fn without_secrets(auth: &mut Value) {
    let Some(fields) = auth.as_object_mut() else { return };
    for (name, value) in fields {
        let name = name.to_ascii_lowercase();
        let is_secret = SECRET.iter().any(|word| name.contains(word)) && !name.ends_with("url");
        if is_secret && value.as_str().is_some_and(|text| !is_reference(text)) {
            *value = Value::String(String::new());
        }
    }
}

/// Tokens that Insomnia had fetched, which are secret and short-lived.
pub(super) fn without_tokens(auth: &mut Value) {
    if text(auth, "type") == "oauth2"
        && let Some(fields) = auth.as_object_mut()
    {
        for name in ["accessToken", "refreshToken", "identityToken", "code"] {
            if let Some(Value::String(token)) = fields.get_mut(name)
                && !is_reference(token)
            {
                token.clear();
            }
        }
    }
}

/// Whether a text is one variable or tag and nothing else.
fn is_reference(text: &str) -> bool {
    let text = text.trim();
    let inside = |open: &str, close: &str| {
        text.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|inner| !inner.contains(close))
    };
    text.is_empty() || inside("{{", "}}") || inside("{%", "%}")
}
