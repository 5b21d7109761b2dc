//! Requests that are signed with demo keys: Hawk, WSSE, OAuth 1.0a, AWS Signature Version 4.

mod aws;
mod hawk;
mod oauth1;
mod wsse;

use std::sync::PoisonError;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::call::Call;

pub(crate) use aws::aws;
pub(crate) use hawk::hawk;
pub(crate) use oauth1::oauth1;
pub(crate) use wsse::wsse;

/// Who signs, and with what.
const ID: &str = "playground";
const KEY: &str = "playground-key";
/// Largest body that a signature is checked over.
const LARGEST: usize = 8 << 20;
/// How far the client's clock may be from ours, in seconds.
const AROUND: u64 = 300;

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Whether a time in seconds is about now.
fn about_now(seconds: u64) -> bool {
    now().abs_diff(seconds) <= AROUND
}

/// Whether this is the first time that a nonce comes.
fn first(call: &Call, scheme: &str, nonce: &str) -> bool {
    let nonce: String = nonce.chars().take(200).collect();
    let mut nonces = call.site.nonces.lock().unwrap_or_else(PoisonError::into_inner);
    nonces.put(&format!("{scheme} {nonce}"), 0, Duration::from_secs(2 * AROUND))
}

/// Host and port the request was sent to.
fn authority(call: &Call) -> (String, u16) {
    let url = url::Url::parse(&call.origin()).ok();
    let host = url.as_ref().and_then(|url| url.host_str()).unwrap_or_default().to_owned();
    (host, url.and_then(|url| url.port_or_known_default()).unwrap_or(80))
}
