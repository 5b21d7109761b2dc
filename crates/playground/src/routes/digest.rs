//! Digest (RFC 7616), checked from the server's side.

use std::time::Duration;

use http::StatusCode;
use http::header::WWW_AUTHENTICATE;
use md5::Md5;
use serde_json::json;
use sha2::{Digest, Sha256, Sha512_256};

use super::fields::{hex, parameters};
use super::oauth::random;
use crate::answer::{Answer, Outcome, Refusal, json_answer, set};
use crate::call::Call;

const REALM: &str = "playground";
/// How long a nonce is good.
const LIFE: Duration = Duration::from_secs(300);
/// Largest body that `auth-int` hashes.
const LARGEST: usize = 8 << 20;

#[derive(Clone, Copy)]
enum Hash {
    Md5,
    Sha256,
    Sha512Of256,
}

impl Hash {
    fn of(self, bytes: impl AsRef<[u8]>) -> String {
        match self {
            Self::Md5 => hex(&Md5::digest(bytes)),
            Self::Sha256 => hex(&Sha256::digest(bytes)),
            Self::Sha512Of256 => hex(&Sha512_256::digest(bytes)),
        }
    }
}

/// What the URL asks for.
struct Wanted {
    qop: String,
    user: String,
    password: String,
    algorithm: String,
    hash: Hash,
    session: bool,
}

pub(crate) async fn digest(call: &mut Call) -> Outcome {
    let wanted = wanted(call)?;
    let body = call.receive(LARGEST).await?;
    if body.is_cut() {
        return Err(Refusal::bad("The body is larger than the 8 MB that are hashed."));
    }
    match check(call, &wanted, &body.bytes) {
        Ok(()) => Ok(json_answer(&json!({
            "authenticated": true, "user": wanted.user, "algorithm": wanted.algorithm,
        }))),
        Err(Wrong { stale, why }) => challenge(call, &wanted, stale, why),
    }
}

fn wanted(call: &Call) -> Result<Wanted, Refusal> {
    let qop = call.text(1).to_owned();
    if !["auth", "auth-int", "auth,auth-int", "none"].contains(&qop.as_str()) {
        return Err(Refusal::bad("The qop is auth, auth-int, both with a comma, or none."));
    }
    let algorithm = match call.text(4) {
        "" => "MD5",
        given => given,
    };
    let upper = algorithm.to_ascii_uppercase();
    let (name, session) =
        upper.strip_suffix("-SESS").map_or((upper.as_str(), false), |name| (name, true));
    let hash = match name {
        "MD5" => Hash::Md5,
        "SHA-256" => Hash::Sha256,
        "SHA-512-256" => Hash::Sha512Of256,
        _ => {
            return Err(Refusal::bad(
                "The algorithm is MD5, SHA-256 or SHA-512-256, also with -sess after it.",
            ));
        }
    };
    if session && qop == "none" {
        return Err(Refusal::bad("An algorithm with -sess needs a qop."));
    }
    let algorithm = algorithm.to_owned();
    let (user, password) = (call.text(2).to_owned(), call.text(3).to_owned());
    Ok(Wanted { qop, user, password, algorithm, hash, session })
}

struct Wrong {
    stale: bool,
    why: &'static str,
}

impl Wrong {
    fn because(why: &'static str) -> Self {
        Self { stale: false, why }
    }
}

fn check(call: &Call, wanted: &Wanted, body: &[u8]) -> Result<(), Wrong> {
    let given =
        parameters(call, "Digest").ok_or(Wrong::because("Digest credentials are missing."))?;
    let of = |name: &str| given.get(name).map_or("", String::as_str);
    let hash = wanted.hash;
    let user = if of("userhash") == "true" {
        hash.of(format!("{}:{REALM}", wanted.user))
    } else {
        wanted.user.clone()
    };
    if given_user(&given) != user || of("realm") != REALM {
        return Err(Wrong::because("The user or the realm is another one."));
    }
    if of("uri") != call.target() {
        return Err(Wrong::because("uri is not what was asked for."));
    }
    let offered: Vec<&str> = wanted.qop.split(',').collect();
    let qop = if wanted.qop == "none" { "" } else { of("qop") };
    if wanted.qop != "none" && !offered.contains(&qop) {
        return Err(Wrong::because("The qop is none of those offered."));
    }
    // MD5 is meant where none is named (§3.4).
    let algorithm = given.get("algorithm").map_or("MD5", String::as_str);
    if !algorithm.eq_ignore_ascii_case(&wanted.algorithm) {
        return Err(Wrong::because("The algorithm is another one."));
    }
    let (nonce, cnonce, count) = (of("nonce"), of("cnonce"), of("nc"));
    let mut key = hash.of(format!("{}:{REALM}:{}", wanted.user, wanted.password));
    if wanted.session {
        key = hash.of(format!("{key}:{nonce}:{cnonce}"));
    }
    let mut request = format!("{}:{}", call.method, call.target());
    if qop == "auth-int" {
        request = format!("{request}:{}", hash.of(body));
    }
    let request = hash.of(request);
    let expected = if qop.is_empty() {
        hash.of(format!("{key}:{nonce}:{request}"))
    } else {
        hash.of(format!("{key}:{nonce}:{count}:{cnonce}:{qop}:{request}"))
    };
    if of("response") != expected {
        return Err(Wrong::because("The response does not fit: the password, or what was hashed."));
    }
    spend(call, nonce, count, qop.is_empty())
}

/// The name, which may come in the extended notation (RFC 7616 §3.4, RFC 8187).
fn given_user(given: &std::collections::HashMap<String, String>) -> String {
    match given.get("username*").and_then(|text| text.strip_prefix("UTF-8''")) {
        Some(coded) => percent_encoding::percent_decode_str(coded).decode_utf8_lossy().into_owned(),
        None => given.get("username").cloned().unwrap_or_default(),
    }
}

/// A nonce is from here, and each count of it is used once (§3.4.5).
fn spend(call: &Call, nonce: &str, count: &str, uncounted: bool) -> Result<(), Wrong> {
    let stale = Wrong { stale: true, why: "The nonce is too old, or not from here." };
    let mut nonces = call.site.nonces.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let last = nonces.get_mut(nonce).ok_or(stale)?;
    // With ?stale=1 the first use of the first nonce is refused as too old, as after a long pause.
    if call.flag("stale") && *last == FIRST {
        nonces.take(nonce);
        return Err(Wrong { stale: true, why: "The nonce is too old." });
    }
    let last = nonces.get_mut(nonce).ok_or(Wrong::because("The nonce is gone."))?;
    let seen = if *last == FIRST { 0 } else { *last };
    let count = u64::from_str_radix(count, 16).unwrap_or(0);
    if !uncounted && count <= seen {
        return Err(Wrong { stale: true, why: "nc was used before." });
    }
    *last = count;
    Ok(())
}

/// In place of a count: given out before any was refused.
const FIRST: u64 = u64::MAX;

fn challenge(call: &Call, wanted: &Wanted, stale: bool, why: &'static str) -> Outcome {
    let nonce = random()?;
    let start = if stale { 0 } else { FIRST };
    let mut nonces = call.site.nonces.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    nonces.put(&nonce, start, LIFE);
    drop(nonces);
    let mut text = format!("Digest realm=\"{REALM}\", ");
    if wanted.qop != "none" {
        text = format!("{text}qop=\"{}\", ", wanted.qop);
    }
    text =
        format!("{text}algorithm={}, nonce=\"{nonce}\", opaque=\"playground\"", wanted.algorithm);
    if call.flag("userhash") {
        text.push_str(", userhash=true, charset=UTF-8");
    }
    if stale {
        text.push_str(", stale=true");
    }
    let mut answer: Answer = Refusal::new(StatusCode::UNAUTHORIZED, why).into();
    set(&mut answer, WWW_AUTHENTICATE, &text)?;
    Ok(answer)
}
