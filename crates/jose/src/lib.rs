//! Keys, signed tokens and key sets: JWK (RFC 7517), JWS (RFC 7515), JWT (RFC 7519).
//!
//! Bytes and texts in, bytes and texts out: no files, no network, no clock. Key material is wiped
//! when it is dropped, cannot be printed, and never appears in an error.

mod algorithm;
mod asap_url;
mod base64url;
mod claims;
mod ec;
mod error;
mod jwk;
mod jws;
mod key;
mod material;
mod pem;
mod rsa_keys;
mod set;

pub use algorithm::Algorithm;
pub use base64url::{base64url, base64url_sha256};
pub use claims::{Expected, check};
pub use error::Error;
pub use jws::{
    MAX_TOKEN, Payload, Unverified, Verified, read, sign, sign_payload, verify, verify_payload,
};
pub use key::Key;
pub use set::KeySet;
