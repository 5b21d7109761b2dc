//! Postman's auth types and ours.

mod oauth2;
mod parameters;
mod read;
mod write;

pub(super) use read::{is_bare_oauth2, read};
pub(super) use write::write;
