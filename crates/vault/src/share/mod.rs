//! Secrets shared with a team through an encrypted file in the repository: `.errand/secrets.age`
//! for those in `.errand/recipients.txt`. Texts in, texts out; the files are the caller's part.

mod armor;
mod error;
mod identity;
mod plan;
mod recipients;
mod sealed;

pub use error::ShareError;
pub use identity::Identity;
pub use plan::{Applied, Change, Plan, Planned};
pub use recipients::{Recipient, parse_recipients, write_recipients};
pub use sealed::{Shared, SharedSecret, is_sealed_for, open, seal};

/// The encrypted file's place in a workspace.
pub const SECRETS_FILE: &str = ".errand/secrets.age";
/// The place of the list of those who can open it.
pub const RECIPIENTS_FILE: &str = ".errand/recipients.txt";
