//! The check of an ID token (`OpenID` Connect Core §3.1.3.7, §3.2.2.11, §12.2).

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use errand_auth::Secret;
use errand_jose::{Algorithm, Expected, check, verify};
use errand_model::OAuth2;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::endpoints::Endpoints;
use crate::jwks::{Keys, keys};
use crate::token_set::unchecked_claim;
use crate::wire::Wire;
use crate::{Error, IdTokenCheck};

/// By how much clocks may differ.
const LEEWAY: Duration = Duration::from_secs(120);

/// What an ID token is held against.
pub(crate) struct Wanted<'a> {
    /// The nonce of the authorization request, if there was one.
    pub nonce: Option<&'a str>,
    /// The access token that came along.
    pub access_token: &'a Secret,
    /// The ID token that this one follows, after a refresh.
    pub before: Option<&'a Secret>,
}

/// Checks `token`. A check that fails is an error; a key set that nobody knows is told.
pub(crate) async fn checked(
    token: &Secret,
    definition: &OAuth2,
    endpoints: &Endpoints,
    wanted: &Wanted<'_>,
    wire: &Wire<'_>,
) -> Result<IdTokenCheck, Error> {
    let refused = |reason: String| Error::IdToken { reason };
    let text = token.expose();
    let (header, claims, check_state) = match keys(text, definition, endpoints, wire).await? {
        Keys::Known(keys, allowed) => {
            let token = verify(text, &keys, &allowed)
                .map_err(|error| refused(wire.words(&error.to_string())))?;
            (token.header, token.claims, IdTokenCheck::Checked)
        }
        Keys::Unknown(why) => {
            let token =
                errand_jose::read(text).map_err(|error| refused(wire.words(&error.to_string())))?;
            (token.header, token.claims, IdTokenCheck::NotChecked(why))
        }
    };
    // Even unsigned, what contradicts the login is refused.
    let client = definition.credentials.client_id.as_str();
    let expected = Expected {
        now: SystemTime::from(wire.now()),
        leeway: LEEWAY,
        issuer: endpoints.issuer.as_deref(),
        audience: Some(client).filter(|id| !id.is_empty()),
        needs_expiry: true,
    };
    check(&claims, &expected).map_err(|error| refused(with_clock(wire, &error)))?;
    further(&header, &claims, client, wanted).map_err(refused)?;
    if check_state == IdTokenCheck::Checked && endpoints.issuer.is_none() {
        return Ok(IdTokenCheck::NotChecked(
            "Its signature is right, but no issuer is given to hold it against.".to_owned(),
        ));
    }
    Ok(check_state)
}

/// A wrong clock is the usual reason for a wrong time.
fn with_clock(wire: &Wire<'_>, error: &errand_jose::Error) -> String {
    use errand_jose::Error::{Expired, IssuedInFuture, NotYetValid};
    let words = wire.words(&error.to_string());
    match error {
        Expired { .. } | NotYetValid { .. } | IssuedInFuture { .. } => {
            format!("{words} This computer's clock says {:.0}.", wire.now())
        }
        _ => words,
    }
}

fn further(
    header: &Value,
    claims: &Value,
    client: &str,
    wanted: &Wanted<'_>,
) -> Result<(), String> {
    let claim = |name: &str| claims.get(name).and_then(Value::as_str);
    if let Some(party) = claim("azp")
        && !client.is_empty()
        && party != client
    {
        return Err("It was issued to another client (azp).".to_owned());
    }
    let several = claims.get("aud").and_then(Value::as_array).is_some_and(|all| all.len() > 1);
    if several && claim("azp").is_none() {
        return Err(
            "It is for several audiences and does not say for which client (azp).".to_owned()
        );
    }
    if claim("sub").is_none_or(str::is_empty) {
        return Err("It does not say who logged in (sub).".to_owned());
    }
    match (wanted.nonce, claim("nonce")) {
        (Some(nonce), Some(found)) if nonce != found => {
            return Err("It belongs to another login (nonce).".to_owned());
        }
        (Some(_), None) => {
            return Err("It does not say which login it belongs to (nonce).".to_owned());
        }
        _ => (),
    }
    if let Some(hash) = claim("at_hash")
        && !wanted.access_token.is_empty()
        && access_hash(header, wanted.access_token).is_some_and(|own| own != hash)
    {
        return Err("It belongs to another access token (at_hash).".to_owned());
    }
    let before = wanted.before.and_then(|token| unchecked_claim(token, "sub"));
    if before.is_some_and(|before| claims.get("sub") != Some(&before)) {
        return Err("It names another user than before the refresh (sub).".to_owned());
    }
    Ok(())
}

/// The left half of the access token's hash, by the algorithm of the signature.
fn access_hash(header: &Value, token: &Secret) -> Option<String> {
    let algorithm: Algorithm = header.get("alg")?.as_str()?.parse().ok()?;
    let bytes = token.expose().as_bytes();
    let hash = match algorithm.name() {
        name if name.ends_with("256") => Sha256::digest(bytes).to_vec(),
        name if name.ends_with("384") => Sha384::digest(bytes).to_vec(),
        _ => Sha512::digest(bytes).to_vec(),
    };
    Some(URL_SAFE_NO_PAD.encode(&hash[..hash.len() / 2]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_access_hash_is_as_in_the_specification() {
        // OpenID Connect Core 1.0, appendices A.3 and A.4.
        let token = Secret::from("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
        let hash = access_hash(&json!({"alg": "RS256"}), &token);
        assert_eq!(hash.as_deref(), Some("77QmUPtjPfzWtF2AnpK9RQ"));
    }

    #[test]
    fn a_contradiction_is_refused() {
        let token = Secret::from("t");
        let wanted = Wanted { nonce: Some("n"), access_token: &token, before: None };
        let judge = |claims: Value| further(&json!({"alg": "ES256"}), &claims, "me", &wanted);
        assert_eq!(judge(json!({"sub": "u", "nonce": "n"})), Ok(()));
        for (claims, word) in [
            (json!({"sub": "u", "nonce": "m"}), "nonce"),
            (json!({"sub": "u"}), "nonce"),
            (json!({"sub": "", "nonce": "n"}), "sub"),
            (json!({"sub": "u", "nonce": "n", "azp": "other"}), "azp"),
            (json!({"sub": "u", "nonce": "n", "aud": ["me", "you"]}), "azp"),
            (json!({"sub": "u", "nonce": "n", "at_hash": "x"}), "at_hash"),
        ] {
            assert!(judge(claims).expect_err("refused").contains(word));
        }
    }
}
