use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

/// Which workspace and environment; the same flags everywhere.
#[derive(Debug, Clone, Default, Args)]
pub struct Place {
    /// Folder of the workspace [default: the one around the current folder]
    #[arg(short = 'w', long = "workspace", value_name = "WORKSPACE", value_hint = ValueHint::DirPath)]
    pub workspace: Option<PathBuf>,
    /// Environment
    #[arg(short = 'e', long = "environment", value_name = "ENVIRONMENT")]
    pub environment: Option<String>,
}

/// `errand secret`
#[derive(Debug, Args)]
pub struct SecretArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: SecretVerb,
}

/// What is done with secrets.
#[derive(Debug, Subcommand)]
pub enum SecretVerb {
    /// Keep a value, read from standard input or a prompt, in the keychain
    Set {
        /// The variable; it is marked secret in the environment
        name: String,
        #[command(flatten)]
        place: Place,
    },
    /// List the secrets of an environment, without their values
    List {
        #[command(flatten)]
        place: Place,
        /// One JSON array
        #[arg(long)]
        json: bool,
    },
    /// Show what the workspace wants done to have the values of secrets that are kept elsewhere, and
    /// approve it
    Approve {
        #[command(flatten)]
        place: Place,
        /// Without asking
        #[arg(long)]
        yes: bool,
        /// One JSON array, of what is there now; approves nothing
        #[arg(long, conflicts_with = "yes")]
        json: bool,
    },
    /// Take a value out of the keychain
    Rm {
        /// The variable
        name: String,
        #[command(flatten)]
        place: Place,
    },
}

/// `errand env`
#[derive(Debug, Args)]
pub struct EnvArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: EnvVerb,
}

/// What is done with environments.
#[derive(Debug, Subcommand)]
pub enum EnvVerb {
    /// List the environments
    List {
        #[command(flatten)]
        place: Place,
        /// One JSON array
        #[arg(long)]
        json: bool,
    },
    /// Show each variable with the scope it comes from; secrets are masked
    Show {
        #[command(flatten)]
        place: Place,
        /// One JSON array
        #[arg(long)]
        json: bool,
    },
}
