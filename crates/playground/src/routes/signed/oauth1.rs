//! OAuth 1.0a (RFC 5849), one-legged and with a token; HMAC and PLAINTEXT.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::json;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::{ID, KEY, LARGEST, about_now, first};
use crate::answer::{Outcome, Refusal, json_answer};
use crate::call::Call;
use crate::routes::fields::{parameters, refuse};

const TOKEN: &str = "playground-token";
const TOKEN_SECRET: &str = "playground-token-secret";
const CHALLENGE: &str = "OAuth realm=\"playground\"";
/// RFC 5849 §3.6.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

type Pairs = Vec<(String, String)>;

/// Takes the protocol's parameters from the header, the form or the query.
pub(crate) async fn oauth1(call: &mut Call) -> Outcome {
    let body = call.receive(LARGEST).await?.bytes;
    let form = call.header("content-type").is_some_and(|kind| {
        kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded")
    });
    let mut pairs: Pairs = call.query.clone();
    if form {
        pairs.extend(url::form_urlencoded::parse(&body).into_owned());
    }
    for (name, value) in parameters(call, "OAuth").unwrap_or_default() {
        if name != "realm" {
            pairs.push((name, percent_decode_str(&value).decode_utf8_lossy().into_owned()));
        }
    }
    let of = |name: &str| {
        pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    };
    let secret = match (of("oauth_consumer_key"), of("oauth_token")) {
        (ID, "") => format!("{KEY}&"),
        (ID, TOKEN) => format!("{KEY}&{TOKEN_SECRET}"),
        _ => {
            return refuse(
                CHALLENGE,
                &format!(
                    "The consumer is {ID} with the secret {KEY}; the token, if any, {TOKEN} with {TOKEN_SECRET}."
                ),
            );
        }
    };
    let method = of("oauth_signature_method");
    let base = base_string(call, &pairs);
    if !signature(method, &secret, &base)?.iter().any(|known| known == of("oauth_signature")) {
        return refuse(CHALLENGE, &format!("The signature does not fit. Signed here was: {base}"));
    }
    if method != "PLAINTEXT" {
        if !about_now(of("oauth_timestamp").parse().unwrap_or(0)) {
            return refuse(CHALLENGE, "oauth_timestamp is more than five minutes away.");
        }
        if !first(call, "oauth1", &format!("{}{}", of("oauth_timestamp"), of("oauth_nonce"))) {
            return refuse(CHALLENGE, "The nonce was used before.");
        }
    }
    let hash = of("oauth_body_hash");
    if !hash.is_empty() && (form || hash != body_hash(method, &body)) {
        return refuse(CHALLENGE, "oauth_body_hash is not the hash of the body.");
    }
    Ok(json_answer(&json!({
        "authenticated": true, "consumer": ID, "token": of("oauth_token"), "method": method,
    })))
}

/// §3.4.1.
fn base_string(call: &Call, pairs: &Pairs) -> String {
    let mut sorted: Vec<(String, String)> = pairs
        .iter()
        .filter(|(name, _)| name != "oauth_signature")
        .map(|(name, value)| (encoded(name), encoded(value)))
        .collect();
    sorted.sort();
    let list: Vec<String> = sorted.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let url = url::Url::parse(&format!("{}{}", call.origin(), call.uri.path()));
    let url = url.map_or_else(|_| String::new(), |url| url.to_string());
    format!("{}&{}&{}", call.method, encoded(&url), encoded(&list.join("&")))
}

/// What the signature may be; none for a method that is not known.
fn signature(method: &str, secret: &str, base: &str) -> Result<Vec<String>, Refusal> {
    macro_rules! hmac {
        ($hash:ty) => {{
            let mut mac = Hmac::<$hash>::new_from_slice(secret.as_bytes())
                .map_err(|_| Refusal::bad("The key cannot be used."))?;
            mac.update(base.as_bytes());
            Ok(vec![STANDARD.encode(mac.finalize().into_bytes())])
        }};
    }
    match method {
        "HMAC-SHA1" => hmac!(Sha1),
        "HMAC-SHA256" => hmac!(Sha256),
        "HMAC-SHA512" => hmac!(Sha512),
        "PLAINTEXT" => Ok(vec![secret.to_owned()]),
        _ => Err(Refusal::bad(
            "oauth_signature_method is HMAC-SHA1, HMAC-SHA256, HMAC-SHA512 or PLAINTEXT here.",
        )),
    }
}

fn body_hash(method: &str, body: &[u8]) -> String {
    match method {
        "HMAC-SHA256" => STANDARD.encode(Sha256::digest(body)),
        "HMAC-SHA512" => STANDARD.encode(Sha512::digest(body)),
        _ => STANDARD.encode(Sha1::digest(body)),
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}
