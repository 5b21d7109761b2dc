//! `OpenAPI` 3.0, 3.1 and 3.2, and Swagger 2.0: descriptions of services.
//!
//! A description becomes a collection ([`import`](crate::import)) whose requests stay linked to
//! their operations: what the description says of each is kept under `extensions.openapi`, so that
//! a newer one can be compared ([`difference`], [`apply`]), a response checked against its schema
//! ([`ResponseSchemas`]) and the description written again ([`export`]).

mod body;
mod bundle;
mod check;
mod convert;
mod document;
mod export;
mod kept;
mod link;
mod load;
mod media;
mod operation;
mod parameter;
mod recognise;
mod response;
mod sample;
mod schema;
mod security;
mod server;
mod text;
mod upgrade;
mod xml;

pub use check::{ResponseSchemas, Violation, check_response};
pub(crate) use convert::import;
pub use export::{Syntax, export};
pub use link::{Change, ChangeKind, apply, difference, is_as_described, renew};
pub(crate) use load::target as reference_target;
pub(crate) use recognise::recognises;
