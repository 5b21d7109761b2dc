//! The command line: the one definition of `--help`, the completions and the man page.

mod auth;
mod history;
mod run;
mod send;
mod transfer;
mod view;
mod workspace;

use clap::{Parser, Subcommand, ValueHint};
use clap_complete::Shell;

pub use auth::{AuthArgs, AuthVerb, Whose};
pub use history::{HistoryArgs, HistoryVerb};
pub use run::{Bail, Reporter, RunArgs};
pub use send::SendArgs;
pub use transfer::{CodeArgs, ExportArgs, ImportArgs};
pub use view::{As, ViewArgs};
pub use workspace::{EnvArgs, EnvVerb, Place, SecretArgs, SecretVerb};

/// Exit codes, as every command uses them.
const EXIT_CODES: &str = "\
Exit codes:
  0  done, every check passed
  1  ran, but a check failed
  2  the command line is wrong
  3  a request could not be made or finished
  4  an input file is not what it should be";

/// Send requests, run collections and read what came back.
///
/// Without a command, opens the desktop app.
#[derive(Debug, Parser)]
#[command(name = "errand", version, propagate_version = true, after_help = EXIT_CODES, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
#[allow(clippy::doc_markdown, reason = "shown as it is written")]
pub enum Command {
    /// Send one request
    Send(Box<SendArgs>),
    /// Run a workspace, a folder or a request, and check the answers
    Run(Box<RunArgs>),
    /// Bring in what other tools wrote: Postman, Insomnia, Bruno, OpenAPI, HAR, curl and more
    Import(ImportArgs),
    /// Write a workspace, a folder or a request as another tool does
    Export(ExportArgs),
    /// Print a request as source code
    Code(CodeArgs),
    /// Search what was sent
    History(HistoryArgs),
    /// Log in and out, and check what a server does with wrong credentials
    Auth(AuthArgs),
    /// Put secrets into the system's keychain
    Secret(SecretArgs),
    /// Show environments and their variables
    Env(EnvArgs),
    /// Show a file of any size: pretty, raw or hexadecimal, a part of it, or what is found in it
    View(ViewArgs),
    /// Start a loopback server that answers what an API client needs to try
    Playground {
        /// Port to listen on [default: a free one]
        #[arg(long, value_name = "PORT")]
        port: Option<u16>,
    },
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the man page, or write one for each command into a folder
    #[command(hide = true)]
    Man {
        /// The folder
        #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
        out: Option<std::path::PathBuf>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_together() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }
}
