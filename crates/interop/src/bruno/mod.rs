//! Bruno: folders of `.bru` files, and its exports as JSON.
//!
//! A `.bru` text is first read as the JSON that Bruno itself makes of it ([`tree`]); everything else
//! works on that. Why there is a parser of our own: `docs/decisions/bruno.md`.

mod auth;
mod auth_fields;
mod body;
mod config;
mod environment;
mod example;
mod export;
mod exported;
mod file_name;
mod folder;
mod gather;
mod import;
mod kept;
mod lines;
mod other;
mod pairs;
mod print;
mod request;
mod rows;
mod runtime;
mod saved;
mod syntax;
mod tree;

use serde_json::Value;

use crate::{Entry, Error, Source};

pub use export::export;
pub(crate) use import::import;

/// What is looked at to tell what a file is, in bytes.
const HEAD: u64 = 64 << 10;

/// Longest export that is searched for Bruno's marks, in bytes.
const LONGEST: u64 = 64 << 20;

/// Several files are searched for exports when they are no more than these.
const FEW: usize = 50;

/// Words that begin a `.bru` file.
const FIRST: &[&str] = &[
    "meta {",
    "vars {",
    "vars:secret [",
    "get {",
    "post {",
    "put {",
    "patch {",
    "delete {",
    "headers {",
    "auth {",
    "vars:pre-request {",
    "docs {",
    "script:pre-request {",
    "http {",
];

/// A request, `folder.bru` or `collection.bru` as JSON, in the form of Bruno's own parser.
///
/// # Errors
/// [`Error::Syntax`] with line and column.
pub fn tree(file: &str, text: &str) -> Result<Value, Error> {
    tree::of_file(text).map_err(|fault| syntax_error(file, fault))
}

/// An environment as JSON.
///
/// # Errors
/// [`Error::Syntax`] with line and column.
pub fn environment_tree(file: &str, text: &str) -> Result<Value, Error> {
    tree::of_environment(text).map_err(|fault| syntax_error(file, fault))
}

/// The `.bru` text of what [`tree`] gives.
pub fn text(tree: &Value) -> String {
    print::of_file(tree)
}

/// The `.bru` text of what [`environment_tree`] gives.
pub fn environment_text(tree: &Value) -> String {
    print::of_environment(tree)
}

fn syntax_error(file: &str, fault: syntax::Fault) -> Error {
    Error::Syntax {
        file: file.to_owned(),
        wanted: "Bru",
        what: fault.what,
        line: fault.line,
        column: fault.column,
    }
}

/// A folder with `bruno.json` or `.bru` files, a `.bru` text, or an export.
pub(crate) fn recognises(source: &Source) -> bool {
    if let Some(entry) = source.single() {
        return looks_like_bru(entry) || looks_like_config(entry) || looks_exported(entry);
    }
    source.entries.iter().any(looks_like_config)
        || source.entries.iter().any(|e| e.extension() == "bru" && looks_like_bru(e))
        || (source.entries.len() <= FEW && source.entries.iter().any(looks_exported))
}

fn head(entry: &Entry) -> String {
    let bytes = entry.head(HEAD).unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned()
}

pub(super) fn looks_like_bru(entry: &Entry) -> bool {
    let head = head(entry);
    let first = head.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    FIRST.contains(&first)
}

fn looks_like_config(entry: &Entry) -> bool {
    let head = if entry.name() == "bruno.json" { head(entry) } else { return false };
    head.contains("\"type\"") && head.contains("\"collection\"")
}

pub(super) fn looks_exported(entry: &Entry) -> bool {
    if entry.len() > LONGEST || !matches!(entry.extension().as_str(), "" | "json" | "txt") {
        return false;
    }
    let head = head(entry);
    if !head.trim_start().starts_with('{') || head.contains("\"_postman_id\"") {
        return false;
    }
    let Ok(text) = entry.text() else { return false };
    let typed = ["http", "http-request", "graphql", "graphql-request", "folder"];
    text.contains("\"items\"")
        && (text.contains("\"brunoConfig\"")
            || text.contains("\"activeEnvironmentUid\"")
            || (text.contains("\"seq\"")
                && text.contains("\"formUrlEncoded\"")
                && typed.iter().any(|kind| text.contains(&format!("\"{kind}\"")))))
}
