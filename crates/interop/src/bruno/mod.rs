//! Bruno: folders of `.bru` files, and its exports as JSON.
//!
//! A `.bru` text is first read as the JSON that Bruno itself makes of it ([`tree`]); everything else
//! works on that. Why there is a parser of our own: `docs/decisions/bruno.md`.

mod auth_fields;
mod example;
mod print;
mod syntax;
mod tree;

use serde_json::Value;

use crate::{Error, Import, Source};

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

pub(crate) fn recognises(_source: &Source) -> bool {
    false
}

pub(crate) fn import(_source: &Source) -> Result<Import, Error> {
    Err(Error::Unknown { file: String::new() })
}
