//! The claims of RFC 7519 §4.1 that say whether a token is meant for this moment and this receiver.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::Error;
use crate::error::excerpt;

/// What a token's claims are held against.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The time.
    pub now: SystemTime,
    /// By how much two clocks may differ.
    pub leeway: Duration,
    /// `iss` must be there and be this.
    pub issuer: Option<&'a str>,
    /// `aud` must be there and be this, or a list with it.
    pub audience: Option<&'a str>,
    /// Whether `exp` must be there.
    pub needs_expiry: bool,
}

/// Checks `exp`, `nbf`, `iat`, `iss` and `aud`. Times that are not there are not checked.
///
/// # Errors
/// The first claim that does not hold.
pub fn check(claims: &Value, expected: &Expected<'_>) -> Result<(), Error> {
    times(claims, expected)?;
    if let Some(wanted) = expected.issuer {
        match claims.get("iss") {
            None => return Err(Error::ClaimMissing { claim: "iss" }),
            Some(Value::String(found)) if found == wanted => (),
            Some(Value::String(found)) => {
                return Err(Error::Issuer { expected: wanted.to_owned(), found: excerpt(found) });
            }
            Some(_) => return Err(Error::ClaimType { claim: "iss", expected: "a text" }),
        }
    }
    expected.audience.map_or(Ok(()), |wanted| audience(claims, wanted))
}

fn times(claims: &Value, expected: &Expected<'_>) -> Result<(), Error> {
    let now = expected.now.duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64());
    let leeway = expected.leeway.as_secs_f64();
    match time(claims, "exp")? {
        Some((exp, text)) if now >= exp + leeway => {
            return Err(Error::Expired { ago: whole(now - exp), exp: text });
        }
        None if expected.needs_expiry => return Err(Error::ClaimMissing { claim: "exp" }),
        _ => (),
    }
    match time(claims, "nbf")? {
        Some((nbf, text)) if nbf > now + leeway => {
            return Err(Error::NotYetValid { in_seconds: whole(nbf - now), nbf: text });
        }
        _ => (),
    }
    match time(claims, "iat")? {
        Some((iat, text)) if iat > now + leeway => {
            Err(Error::IssuedInFuture { in_seconds: whole(iat - now), iat: text })
        }
        _ => Ok(()),
    }
}

/// A `NumericDate` (RFC 7519 §2), and as it was written.
fn time(claims: &Value, claim: &'static str) -> Result<Option<(f64, String)>, Error> {
    let Some(value) = claims.get(claim) else { return Ok(None) };
    value
        .as_f64()
        .filter(|seconds| seconds.is_finite())
        .map(|seconds| Some((seconds, excerpt(&value.to_string()))))
        .ok_or(Error::ClaimType { claim, expected: "a number of seconds since 1970" })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // the cast saturates
fn whole(seconds: f64) -> u64 {
    seconds.round() as u64
}

fn audience(claims: &Value, wanted: &str) -> Result<(), Error> {
    let found = match claims.get("aud") {
        None => return Err(Error::ClaimMissing { claim: "aud" }),
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        Some(_) => return Err(Error::ClaimType { claim: "aud", expected: "a text or a list" }),
    };
    if found.contains(&wanted) {
        return Ok(());
    }
    let found: Vec<String> =
        found.iter().take(5).map(|one| format!("\"{}\"", excerpt(one))).collect();
    let found = if found.is_empty() { "nobody".to_owned() } else { found.join(", ") };
    Err(Error::Audience { expected: wanted.to_owned(), found })
}
