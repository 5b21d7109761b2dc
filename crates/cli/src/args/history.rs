use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use crate::time::{Age, When};

/// `errand history`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct HistoryArgs {
    /// Show one entry, or prune.
    #[command(subcommand)]
    pub verb: Option<HistoryVerb>,
    /// Words that must all occur in URL, name, host or error
    #[arg(value_name = "QUERY")]
    pub words: Vec<String>,
    /// Only these statuses, such as 4xx,503
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    pub status: Vec<String>,
    /// Only this method
    #[arg(long, value_name = "METHOD")]
    pub method: Option<String>,
    /// Only this host
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Not older than this: 2d, 3h, 30m, or a time such as 2026-11-20
    #[arg(long, value_name = "WHEN")]
    pub since: Option<When>,
    /// Not newer than this
    #[arg(long, value_name = "WHEN")]
    pub until: Option<When>,
    /// Only this environment
    #[arg(short = 'e', long = "env", visible_alias = "environment", value_name = "NAME")]
    pub environment: Option<String>,
    /// Only of this workspace [default: of every one]
    #[arg(short = 'w', long, value_name = "WORKSPACE", value_hint = ValueHint::DirPath)]
    pub workspace: Option<PathBuf>,
    /// Only what failed: no whole answer, a status from 400, or a failed check
    #[arg(long)]
    pub failed: bool,
    /// At most this many, newest first [default: 50; with --har all]
    #[arg(long, value_name = "COUNT")]
    pub limit: Option<u32>,
    /// One JSON array
    #[arg(long)]
    pub json: bool,
    /// Write what is found as a HAR, oldest first and with bodies of up to 16 MiB (- is standard output)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "json")]
    pub har: Option<PathBuf>,
}

/// What else is done with history.
#[derive(Debug, Subcommand)]
pub enum HistoryVerb {
    /// Show one entry
    Show {
        /// Its id, or enough of its end to tell it apart
        id: String,
        /// Write the response's body and nothing else
        #[arg(long)]
        body: bool,
        /// The whole entry as JSON
        #[arg(long, conflicts_with = "body")]
        json: bool,
        /// Write it as a HAR (- is standard output)
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["body", "json"])]
        har: Option<PathBuf>,
    },
    /// Delete old entries with their bodies
    Prune {
        /// What is older than this, such as 90d
        #[arg(long, value_name = "AGE")]
        older: Age,
    },
}

/// A code or a class of codes.
fn status(text: &str) -> Result<String, String> {
    let class = text.len() == 3
        && text.ends_with("xx")
        && text.starts_with(|first: char| ('1'..='9').contains(&first));
    let code = text.len() == 3 && text.parse::<u16>().is_ok_and(|code| code >= 100);
    if class || code {
        Ok(text.to_owned())
    } else {
        Err("write a code such as 503, or a class such as 4xx".to_owned())
    }
}
