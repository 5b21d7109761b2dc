//! Thunder Client: exported collections and environments, and the files it keeps in a project.

mod auth;
mod gather;
mod import;
mod request;
mod rows;
mod tests;
mod variables;

pub(crate) use gather::recognises;
pub(crate) use import::import;
