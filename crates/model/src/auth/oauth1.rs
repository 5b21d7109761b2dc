use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::KeyText;

/// OAuth 1.0a (RFC 5849).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct OAuth1 {
    /// Client identifier (§1.1).
    pub consumer_key: String,
    /// Its shared secret.
    pub consumer_secret: String,
    /// Token; empty for a two-legged request.
    pub access_token: String,
    /// The token's shared secret.
    pub access_token_secret: String,
    /// `oauth_callback` of the first leg (§2.1).
    pub callback_url: String,
    /// `oauth_verifier` of the third leg (§2.3).
    pub verifier: String,
    /// `HMAC-SHA1`, `-SHA256`, `-SHA512`, `RSA-SHA1`, `-SHA256`, `-SHA512` or `PLAINTEXT`; empty for
    /// `HMAC-SHA1`.
    pub signature_method: String,
    /// Private key of the RSA methods, in PEM.
    pub private_key: KeyText,
    /// Fixed timestamp; empty for now.
    pub timestamp: String,
    /// Fixed nonce; empty for a fresh one.
    pub nonce: String,
    /// `oauth_version`; empty for `1.0`.
    pub version: String,
    /// `realm` of the header (§3.5.1); not signed.
    pub realm: String,
    /// Where the parameters go (§3.5).
    pub placement: OAuth1Place,
    /// Add `oauth_body_hash` for bodies that are no form.
    pub include_body_hash: bool,
    /// Temporary credentials are had here (§2.1); empty when the token is given.
    pub request_token_url: String,
    /// The user consents here (§2.2).
    pub authorization_url: String,
    /// The token is had here (§2.3).
    pub access_token_url: String,
}

/// Where OAuth 1 parameters go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OAuth1Place {
    /// The `Authorization` header (§3.5.1).
    #[default]
    Header,
    /// The query (§3.5.3).
    Query,
    /// The form body (§3.5.2).
    Body,
}
