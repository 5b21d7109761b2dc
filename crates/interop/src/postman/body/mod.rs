//! Postman's body modes and ours.

mod graphql;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;
