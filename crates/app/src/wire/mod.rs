//! What crosses between the core and a face: arguments, results and events of the commands.
//!
//! Everything here is serialised with camelCase names and mirrored in TypeScript
//! (`ui/src/ipc/generated/`). No type here carries a resolved secret, except [`Revealed`],
//! which exists because the user asked to see one.

mod auth;
mod body;
mod cookie;
mod environment;
mod error;
mod exchange;
mod export;
mod history;
mod import;
mod item;
mod openapi;
mod settings;
mod share;
mod workspace;

pub use auth::*;
pub use body::*;
pub use cookie::*;
pub use environment::*;
pub use error::*;
pub use exchange::*;
pub use export::*;
pub use history::*;
pub use import::*;
pub use item::*;
pub use openapi::*;
pub use settings::*;
pub use share::*;
pub use workspace::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Arguments of a command that takes none; result of one that has nothing to say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Empty {}
