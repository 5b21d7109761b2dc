//! Secrets in the operating system's keychain.
//!
//! A value is in the keychain, or for this session in memory; never in a file. Calls block, for
//! minutes when a keychain asks its user for a password: call from a thread that may wait.
//!
//! Linux: the Secret Service (`secret-tool lookup service errand username WORKSPACE/ENV/NAME`
//! shows an entry). macOS: the login keychain. Windows: the credential manager.

mod call;
mod error;
mod hardening;
mod id;
mod keychain;
mod marker;
mod parts;
mod slots;
mod state;
mod store;
mod tokens;
mod vault;

pub use errand_auth::Secret;
pub use error::Error;
pub use hardening::no_core_dumps;
pub use id::SecretId;
pub use state::{KeychainState, Listed, Listing, Stored};
pub use vault::{Options, Vault};
