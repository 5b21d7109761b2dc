//! WSSE: a `UsernameToken` in an `X-WSSE` header.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha1::{Digest, Sha1};

use super::{ID, KEY, about_now, first};
use crate::answer::{Outcome, json_answer};
use crate::call::Call;
use crate::routes::fields::{listed, refuse};

const CHALLENGE: &str = "WSSE realm=\"playground\", profile=\"UsernameToken\"";

/// The digest is that of nonce, time and password; the nonce as it is written, or what its base64
/// stands for: clients differ.
pub(crate) fn wsse(call: &Call) -> Outcome {
    let token = call.header("x-wsse").and_then(|value| value.trim().strip_prefix("UsernameToken "));
    let Some(token) = token else {
        return refuse(
            CHALLENGE,
            &format!("X-WSSE is missing; the user is {ID}, the password {KEY}."),
        );
    };
    let given = listed(token);
    let of = |name: &str| given.get(name).map_or("", String::as_str);
    let (nonce, created) = (of("nonce"), of("created"));
    let time = created.parse::<jiff::Timestamp>().ok();
    let time = time.and_then(|time| u64::try_from(time.as_second()).ok());
    if !time.is_some_and(about_now) {
        return refuse(CHALLENGE, "Created is not a time within five minutes of now.");
    }
    let digest = |nonce: &[u8]| {
        let text = [nonce, created.as_bytes(), KEY.as_bytes()].concat();
        STANDARD.encode(Sha1::digest(text))
    };
    let decoded = STANDARD.decode(nonce).ok();
    let fits = digest(nonce.as_bytes()) == of("passworddigest")
        || decoded.is_some_and(|nonce| digest(&nonce) == of("passworddigest"));
    if of("username") != ID || !fits {
        return refuse(
            CHALLENGE,
            &format!("PasswordDigest does not fit the user {ID} and the password {KEY}."),
        );
    }
    if !first(call, "wsse", nonce) {
        return refuse(CHALLENGE, "The nonce was used before.");
    }
    Ok(json_answer(&json!({ "authenticated": true, "user": ID })))
}
