use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum, ValueHint};

use super::Place;
use crate::time::duration;

/// `errand send`
#[derive(Debug, Args)]
#[command(
    override_usage = "errand send [OPTIONS] [METHOD] <URL>\n       errand send [OPTIONS] <PATH/TO/request.yml>"
)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct SendArgs {
    /// The method [default: GET, or POST with a body] and the URL, or a saved request
    #[arg(value_name = "[METHOD] URL", required = true, num_args = 1..=2, value_hint = ValueHint::AnyPath)]
    pub target: Vec<String>,

    /// A header; 'Name;' sends it empty. Repeatable
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", help_heading = "Request")]
    pub headers: Vec<String>,
    /// Body: text, or the content of a file with @FILE (@- is standard input). Several are joined with &
    #[arg(short = 'd', long = "data", value_name = "DATA|@FILE", conflicts_with_all = ["json", "form"], allow_hyphen_values = true, help_heading = "Request")]
    pub data: Vec<String>,
    /// Body of JSON: text, @FILE or @-
    #[arg(
        long,
        value_name = "DATA|@FILE",
        conflicts_with = "form",
        allow_hyphen_values = true,
        help_heading = "Request"
    )]
    pub json: Option<String>,
    /// A part of a multipart form. Repeatable
    #[arg(
        short = 'F',
        long = "form",
        value_name = "NAME=VALUE|NAME=@FILE",
        help_heading = "Request"
    )]
    pub form: Vec<String>,
    /// Basic authentication; without a password it is asked for
    #[arg(short = 'u', long = "user", value_name = "USER:PASS", help_heading = "Request")]
    pub user: Option<String>,
    /// A variable. Repeatable
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = pair, help_heading = "Request")]
    pub vars: Vec<(String, String)>,
    #[command(flatten)]
    pub place: Place,

    /// Status and headers too
    #[arg(short = 'i', long = "include", help_heading = "Output")]
    pub include: bool,
    /// All that crossed the wire, on standard error
    #[arg(short = 'v', long, help_heading = "Output")]
    pub verbose: bool,
    /// Write the body to a file
    #[arg(short = 'o', long = "output", value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// The whole exchange as JSON instead of the body
    #[arg(long, conflicts_with = "include", help_heading = "Output")]
    pub json_report: bool,
    /// Exit with 1 when the status is 400 or above
    #[arg(long, help_heading = "Output")]
    pub fail: bool,
    /// Keep nothing of it in history
    #[arg(long, help_heading = "Output")]
    pub no_history: bool,

    /// For the whole exchange, such as 30s
    #[arg(long, value_name = "TIME", value_parser = duration, help_heading = "Connection")]
    pub timeout: Option<Duration>,
    /// Try again up to N times when there is no answer, or one of 408, 429, 500, 502, 503, 504; waits as Retry-After says
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true,
        help_heading = "Connection"
    )]
    pub retry: u32,
    /// Go through this proxy
    #[arg(long, value_name = "URL", help_heading = "Connection")]
    pub proxy: Option<String>,
    /// Do not verify certificates
    #[arg(long, help_heading = "Connection")]
    pub insecure: bool,
    /// Only this version of HTTP
    #[arg(long, value_name = "VERSION", help_heading = "Connection")]
    pub http: Option<Http>,
}

/// Versions of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Http {
    /// HTTP/1.1
    #[value(name = "1.1")]
    One,
    /// HTTP/2
    #[value(name = "2")]
    Two,
}

impl Http {
    /// As requests have it.
    pub fn as_setting(self) -> String {
        match self {
            Self::One => "1.1".to_owned(),
            Self::Two => "2".to_owned(),
        }
    }
}

/// `name=value`
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err("write it like name=value".to_owned()),
    }
}
