//! How tokens are had: the flows of OAuth 2.0 (RFC 6749), `OpenID` Connect and OAuth 1.0a.
//!
//! Opens no sockets, reads no files and knows no browser: [`Ports`] hands them in. [`Tokens`] is
//! what an app has one of; it keeps tokens, and refreshes each once however many wait for it.
//! [`providers`] is the catalogue of services whose auth is known.

mod answer;
mod claims;
mod client;
mod dpop;
mod endpoint;
mod endpoints;
mod error;
mod flows;
mod form;
mod id_token;
mod jwks;
mod key;
mod pkce;
mod ports;
pub mod providers;
mod server_error;
mod signing;
mod token_set;
mod tokens;
mod wire;

pub use claims::{Claims, ShownToken};
pub use dpop::{DpopSigner, Nonces};
pub use endpoints::{Aliases, Endpoints, Metadata};
pub use error::Error;
pub use flows::{OAuth1Token, needs_person};
pub use key::{TokenKey, definition_id, oauth1_definition_id};
pub use ports::{Browser, BrowserError, Callback, DevicePrompt, Fetch, Ports, Turn, Turns};
pub use server_error::ServerError;
pub use signing::signer;
pub use token_set::{IdTokenCheck, TokenSet};
pub use tokens::Tokens;
