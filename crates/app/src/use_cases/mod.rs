//! What people do, one file for each of their nouns.
//!
//! Every command of the table is asynchronous, whether or not it has something to wait for.
#![allow(clippy::unused_async, reason = "the command table calls every command the same way")]

mod answer;
mod apply_import;
mod around;
mod auth_check;
mod code;
mod cookie_file;
mod cookies;
mod credentials;
mod environments;
mod export;
mod export_past;
mod find;
mod import;
mod items;
mod literals;
mod openapi;
mod past;
mod preferences;
mod providers;
mod run;
mod secrets;
mod sending;
mod sharing;
mod sources;
pub(crate) mod terminal;
mod terminal_auth;
mod terminal_import;
mod tokens;
mod variables;
pub(crate) mod views;
mod workspaces;

pub use apply_import::Stop;
pub(crate) use around::levels;
pub use code::code_targets;
pub use cookie_file::{empty_jar, read_cookies, write_cookies};
pub(crate) use credentials::TokenDesk;
pub use export::write_export;
pub(crate) use openapi::Shown;
pub(crate) use past::prune;
pub use run::{Bail, RunPlan, RunSummary, Step, StepResult};
pub use sending::{Order, bare_plan, engine_settings};
pub use terminal::{Overlay, workspace_around};
