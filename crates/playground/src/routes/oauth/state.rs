//! The provider's memory: its key, and the codes and grants that are under way.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use errand_jose::{Algorithm, Key, KeySet, base64url};
use http::StatusCode;

use super::shelf::Shelf;
use crate::answer::Refusal;
use crate::call::Call;

pub(crate) type Fields = Vec<(String, String)>;

/// What was granted to whom.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) client: String,
    /// None where a client speaks for itself.
    pub(crate) user: Option<String>,
    pub(crate) scope: String,
    pub(crate) audience: Option<String>,
    pub(crate) nonce: Option<String>,
    /// How long access tokens live, in seconds.
    pub(crate) seconds: u64,
    /// The test wants each refresh refused.
    pub(crate) refresh_fails: bool,
    /// Thumbprint of the key that tokens are bound to (RFC 9449 §6).
    pub(crate) bound: Option<String>,
}

pub(crate) struct Code {
    pub(crate) grant: Grant,
    pub(crate) redirect_uri: String,
    /// PKCE: the challenge and its method (RFC 7636).
    pub(crate) challenge: Option<(String, String)>,
}

pub(crate) struct Device {
    pub(crate) user_code: String,
    pub(crate) grant: Grant,
    pub(crate) state: DeviceState,
    pub(crate) polled: Option<std::time::Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeviceState {
    Waiting,
    Allowed,
    Denied,
}

#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) codes: Shelf<Code>,
    pub(crate) pushed: Shelf<Fields>,
    pub(crate) devices: Shelf<Device>,
    pub(crate) refreshes: Shelf<Grant>,
    /// `jti` of access tokens that were revoked.
    pub(crate) revoked: Shelf<()>,
    /// `jti` of proofs that were used.
    pub(crate) proofs: Shelf<()>,
}

#[derive(Default)]
pub(crate) struct Provider {
    key: OnceLock<Option<Key>>,
    kept: Mutex<Kept>,
}

impl Provider {
    /// The signing key, made when it is first needed.
    pub(crate) fn key(&self) -> Result<&Key, Refusal> {
        let made = self.key.get_or_init(|| {
            Key::generate(Algorithm::Es256).ok().map(|key| key.with_id("playground"))
        });
        made.as_ref().ok_or_else(no_random)
    }

    pub(crate) fn keys(&self) -> Result<KeySet, Refusal> {
        let public = serde_json::json!({ "keys": [self.key()?.public_jwk()] });
        KeySet::from_value(&public).map_err(|_| no_random())
    }

    pub(crate) fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The issuer's URL, by the name the client uses.
pub(crate) fn issuer(call: &Call) -> String {
    format!("{}/oauth", call.origin())
}

/// A value that cannot be guessed, fit for URLs.
pub(crate) fn random() -> Result<String, Refusal> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(|_| no_random())?;
    Ok(base64url(&bytes))
}

fn no_random() -> Refusal {
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "The system gives no random bytes for a key.")
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A field's first value, unless it is empty.
pub(crate) fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let (_, value) = fields.iter().find(|(known, _)| known == name)?;
    Some(value.as_str()).filter(|value| !value.is_empty())
}

/// The form in the request's body.
pub(crate) async fn form(call: &mut Call) -> Result<Fields, Refusal> {
    let received = call.receive(64 << 10).await?;
    if received.is_cut() {
        return Err(Refusal::bad("The form is larger than 64 KB."));
    }
    Ok(url::form_urlencoded::parse(&received.bytes).into_owned().collect())
}

/// What the fields ask for, beside the client.
pub(crate) fn grant(
    fields: &[(String, String)],
    client: &str,
    user: Option<&str>,
) -> Result<Grant, Refusal> {
    let seconds = field(fields, "expires_in").unwrap_or("300").parse::<u64>().ok();
    let seconds = seconds.filter(|seconds| (1..=86_400).contains(seconds));
    let seconds = seconds
        .ok_or_else(|| Refusal::bad("expires_in must be a number of seconds from 1 to 86400."))?;
    Ok(Grant {
        client: client.to_owned(),
        user: user.map(str::to_owned),
        scope: field(fields, "scope").unwrap_or("read").to_owned(),
        audience: field(fields, "resource").or(field(fields, "audience")).map(str::to_owned),
        nonce: field(fields, "nonce").map(str::to_owned),
        seconds,
        refresh_fails: field(fields, "refresh") == Some("fail"),
        bound: None,
    })
}
