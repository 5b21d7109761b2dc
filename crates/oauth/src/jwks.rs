use errand_jose::{Algorithm, Key, KeySet, read};
use errand_model::OAuth2;

use crate::Error;
use crate::endpoints::Endpoints;
use crate::wire::Wire;

/// The keys that an ID token may be signed with.
pub(crate) enum Keys {
    /// The issuer's, or the client secret; with the algorithms that go with them.
    Known(KeySet, Vec<Algorithm>),
    /// None known; why.
    Unknown(String),
}

const STEP: &str = "Key set";

/// Finds the keys for `token`: the client secret for an HMAC (`OpenID` Connect Core §10.1), else the
/// issuer's key set, fetched anew so that a key that was just rotated in is known.
pub(crate) async fn keys(
    token: &str,
    definition: &OAuth2,
    endpoints: &Endpoints,
    wire: &Wire<'_>,
) -> Result<Keys, Error> {
    let named = read(token).ok().and_then(|content| {
        content
            .header
            .get("alg")
            .and_then(|alg| alg.as_str())
            .and_then(|alg| alg.parse::<Algorithm>().ok())
    });
    if let Some(algorithm) = named.filter(|algorithm| algorithm.is_symmetric()) {
        let secret = definition.credentials.client_secret.as_bytes();
        return Ok(match Key::from_secret(secret) {
            Ok(key) if !secret.is_empty() => Keys::Known(KeySet::new([key]), vec![algorithm]),
            _ => Keys::Unknown(format!(
                "It is signed with {algorithm} and there is no client secret to check it with."
            )),
        });
    }
    if endpoints.jwks.is_empty() {
        return Ok(Keys::Unknown(
            "No key set of the issuer is known; give the issuer or the URL of its keys.".to_owned(),
        ));
    }
    let answer = wire.get(STEP, &endpoints.jwks).await?;
    if answer.status != 200 {
        return Err(Error::Answer { step: STEP, reason: format!("status {}", answer.status) });
    }
    let text = String::from_utf8_lossy(&answer.body);
    let keys = KeySet::from_json(&text)
        .map_err(|error| Error::Answer { step: STEP, reason: wire.words(&error.to_string()) })?;
    Ok(Keys::Known(keys, Algorithm::ASYMMETRIC.to_vec()))
}
