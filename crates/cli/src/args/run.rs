use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum, ValueHint};

use super::send::pair;
use crate::time::duration;

/// `errand run`
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A workspace, or a folder or request in one; or, as it is, what another tool wrote: a Postman collection, Bruno folder, Insomnia export, .http or Hurl file, …
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub path: PathBuf,
    /// Folder of the workspace [default: the one around PATH]
    #[arg(short = 'w', long = "workspace", value_name = "WORKSPACE", value_hint = ValueHint::DirPath)]
    pub workspace: Option<PathBuf>,
    /// Environment: a name, or a file (.json or .env)
    #[arg(short = 'e', long = "environment", value_name = "ENV|FILE", help_heading = "Variables")]
    pub environment: Option<String>,
    /// File of global variables (.json or .env)
    #[arg(short = 'g', long = "globals", value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Variables")]
    pub globals: Option<PathBuf>,
    /// Rows of variables, one for each iteration (.csv or .json; - is standard input)
    #[arg(short = 'd', long = "data", value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Variables")]
    pub data: Option<PathBuf>,
    /// A variable over those of the environment. Repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair, help_heading = "Variables")]
    pub env_var: Vec<(String, String)>,
    /// A variable over the global ones. Repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair, help_heading = "Variables")]
    pub global_var: Vec<(String, String)>,
    /// Write the environment's variables as they are at the end (JSON; without secrets)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Variables")]
    pub export_environment: Option<PathBuf>,

    /// How many times [default: once, or once for each row of data]
    #[arg(short = 'n', long = "iterations", value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub iterations: Option<u32>,
    /// Only these folders or requests, by name or path. Repeatable
    #[arg(long, value_name = "NAME", num_args = 1)]
    pub folder: Vec<String>,
    /// Wait between requests, such as 100ms
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub delay: Option<Duration>,
    /// Stop at the first failure: the rest of its folder, or the run
    #[arg(long, value_name = "WHAT", num_args = 0..=1, default_missing_value = "failure")]
    pub bail: Option<Bail>,
    /// For each request, such as 10s
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub timeout_request: Option<Duration>,
    /// Do not verify certificates
    #[arg(long)]
    pub insecure: bool,
    /// Read cookies from this file before the run, and write them to it afterwards
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub cookie_jar: Option<PathBuf>,

    /// Reports to make
    #[arg(
        short = 'r',
        long = "reporters",
        value_name = "REPORTERS",
        value_delimiter = ',',
        default_value = "cli",
        help_heading = "Reports"
    )]
    pub reporters: Vec<Reporter>,
    /// Where a report goes [default: standard output]. Repeatable
    #[arg(long, value_name = "REPORTER=FILE", value_parser = out, help_heading = "Reports")]
    pub out: Vec<(Reporter, PathBuf)>,
}

/// When to stop early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Bail {
    /// Leave out the rest of the folder in which something failed
    Folder,
    /// Stop the run
    Failure,
}

/// Kinds of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reporter {
    /// For people
    Cli,
    /// For programs
    Json,
    /// For CI
    Junit,
}

fn out(text: &str) -> Result<(Reporter, PathBuf), String> {
    let (reporter, path) = pair(text)?;
    Ok((Reporter::from_str(&reporter, false)?, PathBuf::from(path)))
}
