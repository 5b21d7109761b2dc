//! From our auth to Postman's.

use errand_model::{
    ApiKeyPlace, Auth, HawkAlgorithm, Jwt, KeyText, OAuth1, OAuth1Place, SignaturePlace,
    TokenPlacement,
};
use serde_json::{Value, json};

use super::oauth2;
use super::parameters::Written;
use crate::Scribe;

/// Writes an auth; none for one that is inherited. What Postman lacks is told. `oauth2` says that a
/// token came as OAuth 2.
pub(crate) fn write(auth: &Auth, oauth2: bool, scribe: &mut Scribe<'_>) -> Option<Value> {
    let to = Written::default();
    let written = match auth {
        Auth::Inherit => return None,
        Auth::None => json!({"type": "noauth"}),
        Auth::Basic { username, password } => {
            to.always("username", username).always("password", password).of("basic")
        }
        Auth::Bearer { token } if oauth2 => oauth2::write_bare(token, false),
        Auth::ApiKey { value, placement: ApiKeyPlace::Query, .. } if oauth2 => {
            oauth2::write_bare(value, true)
        }
        Auth::Bearer { token } => to.always("token", token).of("bearer"),
        Auth::ApiKey { key, value, placement } => api_key(key, value, *placement, scribe),
        Auth::Digest { username, password } => {
            to.always("username", username).always("password", password).of("digest")
        }
        Auth::Ntlm { username, password, domain } => {
            let to = to.always("username", username).always("password", password);
            to.text("domain", domain).of("ntlm")
        }
        Auth::Hawk(hawk) => {
            let sha1 = hawk.algorithm == HawkAlgorithm::Sha1;
            to.always("authId", &hawk.id)
                .always("authKey", &hawk.key)
                .always("algorithm", if sha1 { "sha1" } else { "sha256" })
                .text("extraData", &hawk.ext)
                .text("app", &hawk.app)
                .text("delegation", &hawk.dlg)
                .switch("includePayloadHash", hawk.include_payload_hash)
                .of("hawk")
        }
        Auth::EdgeGrid(grid) => to
            .always("accessToken", &grid.access_token)
            .always("clientToken", &grid.client_token)
            .always("clientSecret", &grid.client_secret)
            .text("headersToSign", &grid.headers_to_sign)
            .text("maxBodySize", &grid.max_body_bytes)
            .of("edgegrid"),
        Auth::AwsV4(aws) => {
            if !aws.profile_name.is_empty() {
                scribe.not_carried("AWS profile", "Postman reads no profiles");
            }
            to.always("accessKey", &aws.access_key_id)
                .always("secretKey", &aws.secret_access_key)
                .text("sessionToken", &aws.session_token)
                .always("service", &aws.service)
                .always("region", &aws.region)
                .switch("addAuthDataToQuery", aws.placement == SignaturePlace::Query)
                .of("awsv4")
        }
        Auth::OAuth1(auth) => oauth1(auth, scribe),
        Auth::OAuth2(auth) => {
            oauth2::write(auth).unwrap_or_else(|| missing("OAuth 2 with this flow", scribe))
        }
        Auth::Jwt(jwt) => self::jwt(jwt, scribe),
        Auth::Asap(asap) => to
            .always("alg", &asap.algorithm)
            .always("kid", &asap.key_id)
            .always("iss", &asap.issuer)
            .text("sub", &asap.subject)
            .always("aud", &asap.audience)
            .text("exp", &asap.expires_in)
            .text("claims", &asap.claims)
            .always("privateKey", key(&asap.private_key, scribe))
            .of("asap"),
        Auth::Negotiate { .. } | Auth::Wsse { .. } | Auth::Netrc { .. } | Auth::Other { .. } => {
            missing(auth.scheme(), scribe)
        }
    };
    Some(written)
}

fn missing(scheme: &str, scribe: &mut Scribe<'_>) -> Value {
    scribe.not_carried(format!("auth {scheme}"), "Postman has no such scheme");
    json!({"type": "noauth"})
}

fn api_key(key: &str, value: &str, placement: ApiKeyPlace, scribe: &mut Scribe<'_>) -> Value {
    let to = Written::default();
    if placement == ApiKeyPlace::Cookie {
        scribe.converted("API key in a cookie", "written as a Cookie header");
        let to = to.always("key", "Cookie").always("value", &format!("{key}={value}"));
        return to.always("in", "header").of("apikey");
    }
    let place = if placement == ApiKeyPlace::Query { "query" } else { "header" };
    to.always("key", key).always("value", value).always("in", place).of("apikey")
}

fn oauth1(auth: &OAuth1, scribe: &mut Scribe<'_>) -> Value {
    if !auth.request_token_url.is_empty() || !auth.access_token_url.is_empty() {
        scribe.not_carried("OAuth 1 endpoints", "Postman takes a token that is there already");
    }
    let method = auth.signature_method.as_str();
    Written::default()
        .always("consumerKey", &auth.consumer_key)
        .always("consumerSecret", &auth.consumer_secret)
        .always("token", &auth.access_token)
        .always("tokenSecret", &auth.access_token_secret)
        .text("callback", &auth.callback_url)
        .text("verifier", &auth.verifier)
        .always("signatureMethod", if method.is_empty() { "HMAC-SHA1" } else { method })
        .text("privateKey", key(&auth.private_key, scribe))
        .text("timestamp", &auth.timestamp)
        .text("nonce", &auth.nonce)
        .text("version", &auth.version)
        .text("realm", &auth.realm)
        .switch("includeBodyHash", auth.include_body_hash)
        .switch("addParamsToHeader", auth.placement == OAuth1Place::Header)
        .of("oauth1")
}

fn jwt(jwt: &Jwt, scribe: &mut Scribe<'_>) -> Value {
    if !jwt.key_id.is_empty() || !jwt.expires_in.is_empty() {
        scribe.not_carried("JWT key id and expiry", "Postman takes them in header and payload");
    }
    let shared = jwt.algorithm.starts_with("HS");
    let (place, name) = match &jwt.placement {
        TokenPlacement::Query(name) => ("queryParam", name.as_str()),
        TokenPlacement::Header(_) => ("header", ""),
    };
    Written::default()
        .always("algorithm", &jwt.algorithm)
        .text(if shared { "secret" } else { "privateKey" }, key(&jwt.key, scribe))
        .switch("isSecretBase64Encoded", jwt.secret_base64)
        .always("payload", &jwt.claims)
        .text("header", &jwt.headers)
        .always("addTokenTo", place)
        .text("queryParamKey", name)
        .text("headerPrefix", &jwt.prefix)
        .of("jwt")
}

fn key<'a>(key: &'a KeyText, scribe: &mut Scribe<'_>) -> &'a str {
    match key {
        KeyText::Text(text) => text,
        KeyText::File(_) => {
            scribe.not_carried("private key in a file", "Postman takes the key itself");
            ""
        }
        KeyText::None => "",
    }
}
