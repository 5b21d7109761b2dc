//! The model as `OpenCollection` 1.0.0 writes it. Reading goes over nodes, so that what is wrong has
//! a line; writing goes over data and sets only what differs between the old model and the new,
//! so that everything else in a file stays what it was.

mod auth;
mod body;
mod certificate;
mod checks;
mod environment;
mod example;
mod extension;
mod field;
mod folder;
mod original;
mod request;
mod rows;
mod script;
mod secret_source;
mod settings;
mod variable;
mod whole;

pub(crate) use environment::{read_environment, write_environment};
pub(crate) use extension::workspace_id;
pub(crate) use folder::{Place, read_folder, write_folder};
pub(crate) use original::{
    environment_file, folder_file, read_environment as read_environment_original,
    read_folder as read_folder_original, read_request as read_request_original, request_file,
    without as without_original,
};
pub(crate) use request::{read_request, write_request};
pub(crate) use whole::{
    other_file, read_whole_folder, read_whole_request, write_whole_folder, write_whole_request,
};
