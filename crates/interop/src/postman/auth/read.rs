//! From Postman's auth to ours.

use errand_model::{
    ApiKeyPlace, Asap, Auth, AwsV4, EdgeGrid, Hawk, HawkAlgorithm, Jwt, KeyText, OAuth1,
    OAuth1Place, SignaturePlace, TokenPlacement,
};
use serde_json::Value;

use super::oauth2;
use super::parameters::Parameters;
use crate::Scribe;
use crate::postman::KEPT;
use crate::postman::json::text_at;

/// Reads an auth. Without a type it is inherited, as Postman does; `form` says whether the request
/// sends a form, where OAuth 1 puts its parameters.
pub(crate) fn read(auth: Option<&Value>, form: bool, scribe: &mut Scribe<'_>) -> Auth {
    let Some(auth) = auth else { return Auth::Inherit };
    let kind = text_at(auth, "type");
    let from = Parameters::of(auth.get(&kind));
    let read = match kind.as_str() {
        "" => return Auth::Inherit,
        "noauth" => Auth::None,
        "basic" => Auth::Basic { username: from.text("username"), password: from.text("password") },
        "bearer" => Auth::Bearer { token: from.text("token") },
        "apikey" => api_key(&from),
        "digest" => {
            Auth::Digest { username: from.text("username"), password: from.text("password") }
        }
        "ntlm" => Auth::Ntlm {
            username: from.text("username"),
            password: from.text("password"),
            domain: from.text("domain"),
        },
        "hawk" => hawk(&from),
        "edgegrid" => Auth::EdgeGrid(EdgeGrid {
            client_token: from.text("clientToken"),
            client_secret: from.text("clientSecret"),
            access_token: from.text("accessToken"),
            headers_to_sign: from.text("headersToSign"),
            max_body_bytes: from.text("maxBodySize"),
        }),
        "awsv4" => aws(&from),
        "oauth1" => oauth1(&from, form),
        "oauth2" => oauth2::read(&from, scribe),
        "jwt" => jwt(&from),
        "asap" => asap(&from),
        other => {
            scribe.set_aside(format!("auth {other}"), "Errand has no such scheme", KEPT);
            return Auth::Other { scheme: other.to_owned() };
        }
    };
    let left = from.left();
    if !left.is_empty() {
        let what = format!("auth {kind}: {}", left.join(", "));
        scribe.set_aside(what, "a request has no such setting here", KEPT);
    }
    read
}

fn api_key(from: &Parameters<'_>) -> Auth {
    let placement = match from.text("in").as_str() {
        "query" => ApiKeyPlace::Query,
        _ => ApiKeyPlace::Header,
    };
    Auth::ApiKey { key: from.text("key"), value: from.text("value"), placement }
}

fn hawk(from: &Parameters<'_>) -> Auth {
    let algorithm = match from.text("algorithm").as_str() {
        "sha1" => HawkAlgorithm::Sha1,
        _ => HawkAlgorithm::Sha256,
    };
    Auth::Hawk(Hawk {
        id: from.text("authId"),
        key: from.text("authKey"),
        algorithm,
        ext: from.text("extraData"),
        app: from.first(&["app", "appId"]),
        dlg: from.text("delegation"),
        include_payload_hash: from.is_on("includePayloadHash"),
    })
}

fn aws(from: &Parameters<'_>) -> Auth {
    let placement = if from.is_on("addAuthDataToQuery") {
        SignaturePlace::Query
    } else {
        SignaturePlace::Header
    };
    Auth::AwsV4(AwsV4 {
        access_key_id: from.text("accessKey"),
        secret_access_key: from.text("secretKey"),
        session_token: from.text("sessionToken"),
        service: from.text("service"),
        region: from.text("region"),
        placement,
        ..AwsV4::default()
    })
}

fn oauth1(from: &Parameters<'_>, form: bool) -> Auth {
    let placement = match (from.is_on("addParamsToHeader"), form) {
        (true, _) => OAuth1Place::Header,
        (false, true) => OAuth1Place::Body,
        (false, false) => OAuth1Place::Query,
    };
    Auth::OAuth1(Box::new(OAuth1 {
        consumer_key: from.text("consumerKey"),
        consumer_secret: from.text("consumerSecret"),
        access_token: from.text("token"),
        access_token_secret: from.text("tokenSecret"),
        callback_url: from.text("callback"),
        verifier: from.text("verifier"),
        signature_method: from.text("signatureMethod"),
        private_key: key(from, "privateKey"),
        timestamp: from.text("timestamp"),
        nonce: from.text("nonce"),
        version: from.text("version"),
        realm: from.text("realm"),
        placement,
        include_body_hash: from.is_on("includeBodyHash"),
        ..OAuth1::default()
    }))
}

fn jwt(from: &Parameters<'_>) -> Auth {
    let algorithm = from.text("algorithm");
    let shared = algorithm.is_empty() || algorithm.starts_with("HS");
    let placement = match from.text("addTokenTo").as_str() {
        "queryParam" | "queryParams" => TokenPlacement::Query(from.text("queryParamKey")),
        _ => TokenPlacement::default(),
    };
    let _ = (from.text("queryParamKey"), from.text("secret"), from.text("privateKey"));
    let prefix = if from.value("headerPrefix").is_some() {
        from.text("headerPrefix")
    } else {
        "Bearer".to_owned()
    };
    Auth::Jwt(Jwt {
        key: key(from, if shared { "secret" } else { "privateKey" }),
        algorithm: if algorithm.is_empty() { "HS256".to_owned() } else { algorithm },
        secret_base64: from.is_on("isSecretBase64Encoded"),
        key_id: String::new(),
        claims: from.text("payload"),
        headers: from.text("header"),
        expires_in: String::new(),
        placement,
        prefix,
    })
}

fn asap(from: &Parameters<'_>) -> Auth {
    Auth::Asap(Asap {
        algorithm: from.text("alg"),
        issuer: from.text("iss"),
        subject: from.text("sub"),
        audience: from.text("aud"),
        key_id: from.text("kid"),
        private_key: key(from, "privateKey"),
        claims: from.text("claims"),
        expires_in: from.text("exp"),
    })
}

fn key(from: &Parameters<'_>, name: &str) -> KeyText {
    KeyText::of(from.text(name))
}

/// Whether an auth was OAuth 2 with a token alone, which is a bearer token or a parameter here.
pub(crate) fn is_bare_oauth2(original: Option<&Value>, read: &Auth) -> bool {
    original.is_some_and(|auth| text_at(auth, "type") == "oauth2")
        && matches!(read, Auth::Bearer { .. } | Auth::ApiKey { .. })
}
