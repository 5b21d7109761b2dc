//! Postman: collections of versions 1, 2.0, 2.1 and 3, environments, globals, data dumps.
//!
//! Every version becomes a document of version 2.1 first, which is what is read and written.

mod auth;
mod body;
mod documents;
mod dynamic;
mod environments;
mod examples;
mod export;
mod headers;
mod items;
mod json;
mod merge;
mod recognise;
mod request;
mod scripts;
mod secrets;
mod settings;
mod upgrade;
mod url;
mod variables;
mod version1;
mod version3;

use errand_model::Extensions;
use serde_json::{Map, Value};

pub use export::export;
pub(crate) use merge::import;
pub(crate) use recognise::recognises;

/// Where the text of what has no field is kept.
const KEPT: &str = "extensions.postman";
/// What exports say they are.
const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// Notes how something came, for the way back.
fn hint(extensions: &mut Extensions, name: &str, value: impl Into<Value>) {
    let postman = extensions.entry("postman").or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(postman) = postman {
        postman.insert(name.to_owned(), value.into());
    }
}

fn hinted<'a>(extensions: &'a Extensions, name: &str) -> Option<&'a str> {
    extensions.get("postman")?.get(name)?.as_str()
}
