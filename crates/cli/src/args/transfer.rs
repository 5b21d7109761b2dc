use std::path::PathBuf;

use clap::{Args, ValueHint};

/// `errand import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// A file, folder, archive or URL, a curl command in quotes, or - for standard input. Several are read together
    #[arg(value_name = "SOURCE", required = true, value_hint = ValueHint::AnyPath, allow_hyphen_values = false)]
    pub sources: Vec<String>,
    /// A workspace, or a folder in one, that it is added to; otherwise a new workspace is made there
    #[arg(short = 'o', long = "output", value_name = "WORKSPACE", required = true, value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// Its format, such as postman or openapi [default: by its content]
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// Fetch what it refers to from this host without asking. Repeatable; others are asked about on a terminal
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    /// Write what became of each part (JSON; - is standard output)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub receipt: Option<PathBuf>,
}

/// `errand export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// A workspace, or a folder or request in one
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub path: PathBuf,
    /// The format: postman, bruno, insomnia, opencollection, openapi, har, curl, http, hurl or k6
    #[arg(long, value_name = "FORMAT", required = true)]
    pub to: String,
    /// The file, or the folder where the format is one; - is standard output
    #[arg(short = 'o', long = "output", value_name = "FILE", required = true, value_hint = ValueHint::AnyPath)]
    pub output: PathBuf,
}

/// `errand code`
#[derive(Debug, Args)]
#[command(after_help = languages())]
pub struct CodeArgs {
    /// A request of a workspace
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub path: PathBuf,
    /// A language with its library, such as python-requests; or a language, where it has one library
    #[arg(long = "lang", value_name = "LANGUAGE", required = true)]
    pub language: String,
    /// Put in the values that variables have in this environment; secrets stay out
    #[arg(short = 'e', long = "environment", value_name = "ENVIRONMENT")]
    pub environment: Option<String>,
}

fn languages() -> String {
    let ids: Vec<String> = errand_app::code_targets().into_iter().map(|target| target.id).collect();
    let mut text = "Languages:".to_owned();
    for line in ids.chunks(4) {
        text.push_str("\n  ");
        text.push_str(&line.join(", "));
    }
    text
}
