//! Other tools' formats: bytes in, model and receipt out; model in, their text out.
//!
//! Nothing here touches files or the network: what a source names but does not hold is named in the
//! [`Receipt`] and in [`Import::wanted`].

mod auth;
pub mod bruno;
pub mod code;
mod content;
pub mod curl;
mod document;
mod error;
mod export;
mod fields;
mod format;
pub mod graphql;
pub mod har;
pub mod hoppscotch;
pub mod http_file;
pub mod hurl;
mod import;
mod inherited;
pub mod insomnia;
pub mod k6;
pub mod keepsake;
mod multipart;
pub mod openapi;
pub mod postman;
pub mod proto;
mod query;
mod receipt;
mod source;
pub mod thunder;
mod written;
pub mod wsdl;
pub mod yaak;

pub use document::{json, json_or_yaml, yaml};
pub use error::Error;
pub use export::Exported;
pub use format::Format;
pub use import::{Import, Wanted, import, recognise};
pub use receipt::{Line, Outcome, Receipt, Scribe};
pub use source::{Content, Entry, Open, Source};
