//! Credentials onto requests: what a scheme adds, and the port through which tokens are kept.
//!
//! Knows no keychain and no HTTP client. What it is given is already resolved (no `{{name}}` left).

mod apply;
mod asap;
mod aws;
mod challenge;
mod connection;
mod digest;
mod edgegrid;
mod error;
mod fixed;
mod hawk;
mod jwt;
mod netrc;
pub mod oauth1;
mod parts;
mod ports;
mod scheme;
mod secret;
mod signer;
mod surroundings;
mod tokens;
mod wsse;

pub use apply::{Addition, Place, api_key, basic, bearer};
pub use error::Error;
pub use fixed::Static;
pub use ports::{Boxed, Clock, Http, HttpError, HttpRequest, HttpResponse, SystemClock};
pub use scheme::{scheme_id, scheme_name, signer};
pub use secret::Secret;
pub use signer::{Again, Answer, Framing, Payload, Signed, SignedBody, Signer, Unsigned};
pub use surroundings::{AwsSettings, Random, Surroundings, SystemRandom};
pub use tokens::{TokenStore, TokenStoreError};
