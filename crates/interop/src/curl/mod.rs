//! curl command lines: as typed in a shell, and as browsers copy them for sh, cmd and PowerShell.

mod apply;
mod body;
mod cmd;
mod finish;
mod options;
mod parts;
mod powershell;
mod shell;
mod url;
mod words;
mod write;

pub use write::write;

use errand_model::Request;

use crate::{Error, Receipt};
use words::Command;

/// The request of the first curl command in `text`. Further commands and URLs are named in the receipt.
pub fn parse(text: &str) -> Result<(Request, Receipt), Error> {
    let commands = commands(text)?;
    let first = commands.first().ok_or(Error::NotCurl)?;
    let (request, mut receipt) = apply::request(first)?;
    if commands.len() > 1 {
        receipt.not_carried(
            format!("{} further curl commands", commands.len() - 1),
            "only the first becomes a request",
        );
    }
    Ok((request, receipt))
}

/// The requests of all curl commands in `text`.
pub fn parse_all(text: &str) -> Result<Vec<(Request, Receipt)>, Error> {
    let commands = commands(text)?;
    if commands.is_empty() {
        return Err(Error::NotCurl);
    }
    commands.iter().map(apply::request).collect()
}

/// Whether a text pasted into the URL field is meant as a curl command.
pub fn is_curl(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches("$ ").trim_start();
    let word = text.split_whitespace().next().unwrap_or_default();
    word.len() < text.trim_end().len() && words::is_curl_name(word)
}

/// The curl commands of a text, by the shell it is written for.
fn commands(text: &str) -> Result<Vec<Command>, Error> {
    let mut all = if cmd::looks_like(text) {
        cmd::commands(text)?
    } else if powershell::looks_like(text) {
        powershell::commands(text)?
    } else {
        shell::commands(text)?
    };
    for command in &mut all {
        command.skip_to_curl();
    }
    all.retain(|command| command.words.first().is_some_and(|word| words::is_curl_name(&word.text)));
    Ok(all)
}
