//! Secrets fetched from elsewhere when a request is sent: the process's environment, files, the
//! output of a command, `HashiCorp` Vault, AWS Secrets Manager, 1Password, Bitwarden, `pass`.
//!
//! Values live as long as the [`Resolver`], in memory that is overwritten; never in a file. HTTP
//! goes through the port [`errand_auth::Http`], so that proxies and authorities apply.

mod access;
mod aws;
mod bitwarden;
mod command;
mod complaint;
mod error;
mod files;
mod hashicorp;
mod join;
mod json;
mod machine;
mod one_password;
mod pass;
mod process;
mod resolver;

mod text;

pub use access::{Access, Approvals};
pub use error::Error;
pub use machine::Machine;
pub use resolver::{Limits, Resolver};
