//! Proof of possession: `DPoP` (RFC 9449).

use std::time::Duration;

use errand_jose::{Algorithm, Key, KeySet, base64url_sha256};

use super::fault::Fault;
use super::state::now;
use crate::call::Call;

/// How far a proof's time may be from ours, in seconds.
const AROUND: u64 = 300;

/// The thumbprint of the key that signed the request's proof; none without a proof.
/// `token` is the access token that goes with it.
pub(crate) fn proven(call: &Call, token: Option<&str>) -> Result<Option<String>, Fault> {
    let Some(proof) = call.header("dpop") else {
        return Ok(None);
    };
    let wrong = |what: &str| Fault::new("invalid_dpop_proof", what);
    let broken = |error: errand_jose::Error| wrong(&error.to_string());
    let header = errand_jose::read(proof).map_err(broken)?.header;
    if header["typ"] != "dpop+jwt" {
        return Err(wrong("The proof's typ must be dpop+jwt."));
    }
    if header["jwk"].get("d").is_some() {
        return Err(wrong("The proof's jwk holds a private key."));
    }
    // Its id would be looked for among the keys, where there is but this one.
    let key = Key::from_jwk(&header["jwk"]).map_err(broken)?;
    let thumbprint = key.thumbprint();
    let claims = errand_jose::verify(proof, &KeySet::new([key]), Algorithm::ASYMMETRIC)
        .map_err(broken)?
        .claims;
    let here = format!("{}{}", call.origin(), call.uri.path());
    if claims["htm"] != call.method.as_str() || claims["htu"] != here.as_str() {
        return Err(wrong(&format!("The proof must be for {} {here}.", call.method)));
    }
    let age = claims["iat"].as_u64().map(|at| now().abs_diff(at));
    if age.is_none_or(|age| age > AROUND) {
        return Err(wrong("The proof's iat must be within five minutes of the time here."));
    }
    if token.is_some_and(|token| claims["ath"] != base64url_sha256(token).as_str()) {
        return Err(wrong("The proof's ath is not the hash of the access token."));
    }
    let id = claims["jti"].as_str().ok_or_else(|| wrong("The proof has no jti."))?;
    let id: String = id.chars().take(200).collect();
    if !call.site.oauth.kept().proofs.put(&id, (), Duration::from_secs(2 * AROUND)) {
        return Err(wrong("The proof was used before."));
    }
    Ok(Some(thumbprint))
}
