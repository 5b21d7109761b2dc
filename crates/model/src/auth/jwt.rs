use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::KeyText;

/// A token made for each request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Jwt {
    /// RFC 7518 §3.1: `HS256` … `ES512`, or `EdDSA`.
    pub algorithm: String,
    /// Shared secret, PEM or JWK.
    pub key: KeyText,
    /// Whether a shared secret is given in base64.
    pub secret_base64: bool,
    /// `kid`; empty for none.
    pub key_id: String,
    /// The claims as a JSON object. `iat` is added; `exp` too when `expires_in` is set.
    pub claims: String,
    /// Further header parameters as a JSON object; empty for none.
    pub headers: String,
    /// Seconds until it expires; empty for no `exp`.
    pub expires_in: String,
    /// Header or query parameter it goes into.
    pub placement: super::TokenPlacement,
    /// Word before the token in a header.
    pub prefix: String,
}

impl Default for Jwt {
    fn default() -> Self {
        Self {
            algorithm: "HS256".to_owned(),
            key: KeyText::None,
            secret_base64: false,
            key_id: String::new(),
            claims: "{}".to_owned(),
            headers: String::new(),
            expires_in: "300".to_owned(),
            placement: super::TokenPlacement::default(),
            prefix: "Bearer".to_owned(),
        }
    }
}

/// Atlassian ASAP (s2sauth.bitbucket.io/spec).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Asap {
    /// `RS256`, `ES256`, …; empty for `RS256`.
    pub algorithm: String,
    /// `iss`.
    pub issuer: String,
    /// `sub`; empty for the issuer.
    pub subject: String,
    /// `aud`; several are separated by commas.
    pub audience: String,
    /// `kid`.
    pub key_id: String,
    /// The private key: PEM, or Atlassian's `data:application/pkcs8;kid=…;base64,…`.
    pub private_key: KeyText,
    /// Further claims as a JSON object; empty for none.
    pub claims: String,
    /// Seconds until it expires, at most 3600; empty for 60.
    pub expires_in: String,
}
