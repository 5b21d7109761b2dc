//! What was sent and what came back, in `SQLite`.
//!
//! [`History`] is a handle that any thread may use. Inserts go to a writer thread and return at
//! once; searches read on their own connections and see everything flushed before them.
//!
//! An entry keeps the request *as written*: `{{token}}` stays `{{token}}`. Callers give response
//! headers and the timeline already masked; this crate stores them as they are.

mod delete;
mod entry;
mod error;
mod facets;
mod history;
mod key;
mod migrate;
mod open;
mod prune;
mod query;
mod readers;
mod row;
mod salvage;
mod search;
mod series;
mod writer;

pub use delete::Removed;
pub use entry::{Entry, Failure, State, Summary};
pub use error::Error;
pub use history::{History, Opened, Options};
pub use key::Cursor;
pub use prune::Limits;
pub use query::{Count, Page, Query, StatusFilter};
pub use salvage::Recovery;
pub use series::{Point, SameRequest};
