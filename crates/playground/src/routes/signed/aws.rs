//! AWS Signature Version 4 in the header or the query, for any service and region.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use http::StatusCode;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{LARGEST, about_now};
use crate::answer::{Outcome, Refusal, json_answer};
use crate::call::Call;
use crate::routes::fields::{hex, parameters};

/// The example key of AWS's own documentation.
const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the client says of its signature.
struct Given {
    credential: String,
    signed: String,
    signature: String,
    time: String,
    in_query: bool,
}

pub(crate) async fn aws(call: &mut Call) -> Outcome {
    let body = call.receive(LARGEST).await?.bytes;
    let given = given(call)?;
    let scope: Vec<&str> = given.credential.split('/').collect();
    let [ID, date, region, service, "aws4_request"] = scope[..] else {
        return Err(refused(format!(
            "The credential is {ID}/date/region/service/aws4_request; the secret is {SECRET}."
        )));
    };
    let time = jiff::fmt::strtime::parse("%Y%m%dT%H%M%SZ", &given.time).ok();
    let time =
        time.and_then(|time| time.to_datetime().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok());
    let seconds = time.and_then(|time| u64::try_from(time.timestamp().as_second()).ok());
    if !given.time.starts_with(date) || !seconds.is_some_and(about_now) {
        return Err(refused("The time is not X-Amz-Date's form, not the scope's day, or not now."));
    }
    let hash = payload_hash(call, &given, &body)?;
    let canonical = canonical(call, &given, service, &hash);
    let scope = format!("{date}/{region}/{service}/aws4_request");
    let text = format!(
        "{ALGORITHM}\n{}\n{scope}\n{}",
        given.time,
        hex(&Sha256::digest(canonical.as_bytes()))
    );
    let mut key = format!("AWS4{SECRET}").into_bytes();
    for part in [date, region, service, "aws4_request", text.as_str()] {
        key = hmac(&key, part)?;
    }
    if hex(&key) != given.signature {
        return Err(refused(format!("The signature does not fit. Signed here was:\n{canonical}")));
    }
    Ok(json_answer(&json!({
        "authenticated": true, "key": ID, "region": region, "service": service,
        "signedHeaders": given.signed, "payload": hash,
    })))
}

fn refused(message: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, message)
}

fn given(call: &Call) -> Result<Given, Refusal> {
    let own = |text: Option<&str>| text.unwrap_or_default().to_owned();
    if let Some(fields) = parameters(call, ALGORITHM) {
        let of = |name: &str| own(fields.get(name).map(String::as_str));
        return Ok(Given {
            credential: of("credential"),
            signed: of("signedheaders"),
            signature: of("signature"),
            time: own(call.header("x-amz-date")),
            in_query: false,
        });
    }
    if call.param("X-Amz-Algorithm") != Some(ALGORITHM) {
        return Err(refused(format!(
            "The request is not signed with {ALGORITHM}; the key is {ID}, the secret {SECRET}."
        )));
    }
    Ok(Given {
        credential: own(call.param("X-Amz-Credential")),
        signed: own(call.param("X-Amz-SignedHeaders")),
        signature: own(call.param("X-Amz-Signature")),
        time: own(call.param("X-Amz-Date")),
        in_query: true,
    })
}

/// What stands for the body in the signature, held against the body where it is a hash.
fn payload_hash(call: &Call, given: &Given, body: &[u8]) -> Result<String, Refusal> {
    let real = hex(&Sha256::digest(body));
    match call.header("x-amz-content-sha256") {
        Some(hash) if hash == real => Ok(real),
        Some(other @ "UNSIGNED-PAYLOAD") => Ok(other.to_owned()),
        Some(_) => Err(refused("x-amz-content-sha256 is not the hash of the body.")),
        None if given.in_query && call.param("X-Amz-Expires").is_some() && body.is_empty() => {
            // Amazon S3's way with signed links; others hash the empty body.
            let s3 = given.credential.contains("/s3/");
            Ok(if s3 { "UNSIGNED-PAYLOAD".to_owned() } else { real })
        }
        None => Ok(real),
    }
}

fn canonical(call: &Call, given: &Given, service: &str, hash: &str) -> String {
    let mut query: Vec<(String, String)> = call
        .query
        .iter()
        .filter(|(name, _)| name != "X-Amz-Signature")
        .map(|(name, value)| (encoded(name), encoded(value)))
        .collect();
    query.sort();
    let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut headers = String::new();
    for name in given.signed.split(';') {
        let values = call.headers.get_all(name).iter();
        let values: Vec<String> =
            values.map(|value| squeezed(&String::from_utf8_lossy(value.as_bytes()))).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(headers, "{name}:{}", values.join(","));
    }
    let path = call.uri.path();
    // Every service but S3 encodes the path once more.
    let path = if service == "s3" {
        path.to_owned()
    } else {
        path.split('/').map(encoded).collect::<Vec<_>>().join("/")
    };
    format!("{}\n{path}\n{}\n{headers}\n{}\n{hash}", call.method, query.join("&"), given.signed)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn hmac(key: &[u8], text: &str) -> Result<Vec<u8>, Refusal> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).map_err(|_| Refusal::bad("The key cannot be used."))?;
    mac.update(text.as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}
