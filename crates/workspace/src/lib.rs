//! The workspace folder on disk: `OpenCollection` YAML to model and back, atomic saves, watching, drafts.
//!
//! A [`Workspace`] is a folder with an `opencollection.yml`. Its [`Workspace::tree`] lists what is in
//! it, broken files included; items are read and saved one by one, each with a revision (the hash of
//! its file) that tells whether the file changed in between. A save changes only the lines it must
//! and replaces the file in one step, so that a crash leaves the old file or the new.
//!
//! Everything blocks: call it from a thread that may.

mod atomic;
pub mod bundled;
mod collection;
mod create;
mod dot_env;
mod environments;
mod error;
mod intake;
mod items;
mod layout;
mod local;
mod names;
mod nearby;
mod organise;
mod shape;
mod staging;
mod threads;
mod trash;
mod tree;
mod watch;
mod whole;
mod workspace;
mod yaml;

pub use atomic::write_atomically;
pub use collection::Problem;
pub use environments::{EnvironmentEntry, ResolvedVariable, VariableOrigin};
pub use error::{Conflict, WorkspaceError};
pub use intake::Added;
pub use local::{Draft, LocalState, RecentWorkspace};
pub use trash::Deleted;
pub use tree::{ItemError, NodeType, TreeNode};
pub use watch::{Changes, Watch};
pub use workspace::Workspace;
