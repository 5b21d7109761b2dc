//! What people do, one file for each of their nouns.

mod cookies;
mod environments;
mod items;
mod past;
mod preferences;
mod secrets;
mod sending;
mod variables;
pub(crate) mod views;
mod workspaces;

pub use sending::{Order, bare_plan, engine_settings};
