//! Hawk (github.com/mozilla/hawk, API.md), server side.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{ID, KEY, LARGEST, about_now, authority, first, now};
use crate::answer::{Outcome, Refusal, json_answer};
use crate::call::Call;
use crate::routes::fields::{parameters, refuse};

/// Checks the MAC, and the hash of the body where the client gives one.
pub(crate) async fn hawk(call: &mut Call) -> Outcome {
    let body = call.receive(LARGEST).await?;
    let Some(given) = parameters(call, "Hawk") else {
        return refuse(
            "Hawk",
            &format!("Hawk credentials are missing; the id is {ID}, the key {KEY}, by sha256."),
        );
    };
    let of = |name: &str| given.get(name).map_or("", String::as_str);
    if of("id") != ID {
        return refuse("Hawk", &format!("The id is {ID}."));
    }
    let time = of("ts").parse().unwrap_or(0);
    let mut text = normalized(call, "hawk.1.header", of("ts"), of("nonce"), of("hash"), of("ext"));
    if !of("app").is_empty() {
        text = format!("{text}{}\n{}\n", of("app"), of("dlg"));
    }
    if mac(&text)? != of("mac") {
        return refuse("Hawk error=\"Bad mac\"", "The mac does not fit the request and the key.");
    }
    if !about_now(time) {
        // What a client needs to set its clock by (API.md, "Future Time Manipulation").
        let time = now();
        let proof = mac(&format!("hawk.1.ts\n{time}\n"))?;
        let challenge = format!("Hawk ts=\"{time}\", tsm=\"{proof}\", error=\"Stale timestamp\"");
        return refuse(&challenge, "The time in ts is more than five minutes away.");
    }
    if !of("hash").is_empty() && payload_hash(call, &body.bytes) != of("hash") {
        return refuse("Hawk error=\"Bad payload hash\"", "The hash is not that of the body.");
    }
    if !first(call, "hawk", of("nonce")) {
        return refuse("Hawk error=\"Invalid nonce\"", "The nonce was used before.");
    }
    Ok(json_answer(&json!({
        "authenticated": true, "id": ID, "ext": of("ext"), "hashed": !of("hash").is_empty(),
    })))
}

fn normalized(call: &Call, kind: &str, time: &str, nonce: &str, hash: &str, ext: &str) -> String {
    let (host, port) = authority(call);
    let ext = ext.replace('\\', "\\\\").replace('\n', "\\n");
    let (method, target) = (&call.method, call.target());
    format!("{kind}\n{time}\n{nonce}\n{method}\n{target}\n{host}\n{port}\n{hash}\n{ext}\n")
}

fn payload_hash(call: &Call, body: &[u8]) -> String {
    let kind = call.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut hash = Sha256::new();
    hash.update(format!("hawk.1.payload\n{kind}\n"));
    hash.update(body);
    hash.update(b"\n");
    STANDARD.encode(hash.finalize())
}

fn mac(text: &str) -> Result<String, Refusal> {
    let mut mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes())
        .map_err(|_| Refusal::bad("The key cannot be used."))?;
    mac.update(text.as_bytes());
    Ok(STANDARD.encode(mac.finalize().into_bytes()))
}
