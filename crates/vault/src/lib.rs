//! Secrets in the operating system's keychain.
//!
//! A value is in the keychain, or for this session in memory; never in a file that can be read. Calls block, for
//! minutes when a keychain asks its user for a password: call from a thread that may wait.
//!
//! Shared with a team, secrets are in an encrypted file that only the named people can open.
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
mod rename;
mod share;
mod slots;
mod state;
mod store;
mod tokens;
mod vault;

pub use errand_auth::Secret;
pub use error::Error;
pub use hardening::no_core_dumps;
pub use id::SecretId;
pub use rename::Moved;
pub use share::{
    Applied, Change, Identity, Plan, Planned, RECIPIENTS_FILE, Recipient, SECRETS_FILE, ShareError,
    Shared, SharedSecret, is_sealed_for, open, parse_recipients, seal, write_recipients,
};
pub use state::{KeychainState, Listed, Listing, Stored};
pub use vault::{Options, Vault};
