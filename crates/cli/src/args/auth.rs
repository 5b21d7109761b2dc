use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

/// `errand auth`
#[derive(Debug, Args)]
pub struct AuthArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: AuthVerb,
}

/// What is done with credentials.
#[derive(Debug, Subcommand)]
pub enum AuthVerb {
    /// Get a token as the auth of a request says, with the system's browser if need be
    Login {
        #[command(flatten)]
        whose: Whose,
        /// Read the final URL of the login from standard input, wherever the browser comes back to
        #[arg(long)]
        paste: bool,
        /// All that crossed the wire, on standard error; secrets are masked
        #[arg(short = 'v', long)]
        verbose: bool,
    },
    /// Show what is known of the token; exits with 1 when a login is needed
    Status {
        #[command(flatten)]
        whose: Whose,
        /// Ask the provider, too, and show its answer
        #[arg(long)]
        introspect: bool,
    },
    /// Refresh the token now
    Refresh {
        #[command(flatten)]
        whose: Whose,
    },
    /// Have the provider revoke the token, and forget it
    Revoke {
        #[command(flatten)]
        whose: Whose,
    },
    /// Forget the token
    Logout {
        #[command(flatten)]
        whose: Whose,
    },
    /// Send a request with credentials that should be refused; exits with 1 when one is let in
    Check {
        #[command(flatten)]
        whose: Whose,
        /// Try the credentials of this environment, too
        #[arg(long, value_name = "ENVIRONMENT")]
        other: Option<String>,
    },
}

/// Whose credentials.
#[derive(Debug, Args)]
pub struct Whose {
    /// A request, or the folder or workspace it inherits its auth from
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub path: PathBuf,
    /// Folder of the workspace [default: the one around PATH]
    #[arg(short = 'w', long = "workspace", value_name = "WORKSPACE", value_hint = ValueHint::DirPath)]
    pub workspace: Option<PathBuf>,
    /// Environment
    #[arg(short = 'e', long = "environment", value_name = "ENVIRONMENT")]
    pub environment: Option<String>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}
