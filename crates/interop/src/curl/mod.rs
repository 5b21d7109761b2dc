//! curl command lines: as typed in a shell, and as browsers copy them for sh, cmd and PowerShell.

mod apply;
pub(crate) mod body;
mod cmd;
mod error;
mod finish;
mod jar;
mod options;
mod parts;
mod powershell;
mod shell;
pub(crate) mod url;
mod web_request;
mod words;
mod write;

pub use error::Error;
pub(crate) use write::filled_url;
pub use write::write;

use errand_model::{Collection, Item, ItemRequest, Request};

use crate::{Format, Import, Line, Receipt, Source};
use words::Command;

/// The request of the first curl command in `text`. Further commands and URLs are named in the receipt.
pub fn parse(text: &str) -> Result<(Request, Receipt), Error> {
    let commands = commands(text)?;
    let first = commands.first().ok_or(Error::NotCurl)?;
    let (request, mut receipt) = apply::request(first, None)?;
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
    all_of(text, None)
}

fn all_of(text: &str, files: Option<&Source>) -> Result<Vec<(Request, Receipt)>, Error> {
    let commands = commands(text)?;
    if commands.is_empty() {
        return Err(Error::NotCurl);
    }
    commands.iter().map(|command| apply::request(command, files)).collect()
}

/// Whether a text pasted into the URL field is meant as a curl command.
pub fn is_curl(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches("$ ").trim_start();
    let word = text.split_whitespace().next().unwrap_or_default();
    word.len() < text.trim_end().len() && words::is_curl_name(word)
        || web_request::looks_like(text) && text.contains("://")
}

/// The curl commands of a text, by the shell it is written for.
fn commands(text: &str) -> Result<Vec<Command>, Error> {
    let mut all = if web_request::looks_like(text) {
        web_request::commands(text)?
    } else if cmd::looks_like(text) {
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

pub(crate) fn recognises(source: &Source) -> bool {
    let Some(entry) = source.single() else { return false };
    let Ok(text) = entry.text() else { return false };
    let mut rest = text.trim_start_matches('\u{feff}');
    // A script begins with comments; so do HTTP files, which may have curl commands among others.
    if !matches!(entry.extension().as_str(), "http" | "rest") {
        let is_comment = |line: &str| {
            let line = line.trim();
            line.is_empty() || line.starts_with('#') && !line.starts_with("###")
        };
        while let Some((line, after)) = rest.split_once('\n')
            && is_comment(line)
        {
            rest = after;
        }
    }
    is_curl(rest)
}

/// A request for each curl command of the text.
pub(crate) fn import(source: &Source) -> Result<Import, crate::Error> {
    let mut collection = Collection::default();
    let mut receipt = Receipt::default();
    "curl".clone_into(&mut collection.root.name);
    // Of several, those without a command are what the commands name: files of data and of cookies.
    let scripts = source.entries.iter().filter(|entry| {
        source.entries.len() == 1
            || entry.text().is_ok_and(|text| commands(&text).is_ok_and(|found| !found.is_empty()))
    });
    for entry in scripts {
        for (request, told) in all_of(&entry.text()?, Some(source))? {
            if told.lines.is_empty() {
                receipt.at(&*request.name).kept("request");
            }
            let lines = told.lines.into_iter();
            receipt.lines.extend(lines.map(|line| Line { place: request.name.clone(), ..line }));
            let item = ItemRequest { request, ..ItemRequest::default() };
            collection.items.push(Item::Request(Box::new(item)));
        }
    }
    Ok(Import { format: Format::Curl, collection, receipt, wanted: Vec::new() })
}
