//! The use cases both faces call, the wire types and the command table.
//!
//! [`App`] is what a process shares; a [`Session`] is one window (or one run of the command line)
//! with its workspace. Every command of the table is a method of the session.

mod app;
mod approvals;
pub mod bindings;
mod blocking;
mod commands;
mod dispatch;
mod drafts;
mod errors;
mod exporting;
mod face;
mod importing;
mod jars;
mod literals;
mod login;
mod outcome_view;
mod past_har;
mod paths;
mod playground;
mod proxy;
mod record;
mod schema_check;
mod session;
mod settings;
mod token_store;
mod use_cases;
mod verdict;
mod whereabouts;
pub mod wire;

/// Views of files and bodies of any size.
pub use errand_body as body;
/// What requests are made of.
pub use errand_model as model;
pub use errand_playground::Playground;

pub use app::App;
pub use dispatch::{EventSink, Events};
pub use face::{Face, NoFace, Picked};
pub use paths::Paths;
pub use session::Session;
pub use use_cases::{
    Bail, Order, Overlay, RunPlan, RunSummary, Step, StepResult, Stop, bare_plan, code_targets,
    empty_jar, engine_settings, read_cookies, workspace_around, write_cookies, write_export,
};
