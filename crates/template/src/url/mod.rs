//! The text of a URL, which may hold `{{variables}}`, and its parameter tables, kept in step both ways.
//!
//! The text is never normalised: what was typed stays, and an edit in a table changes no other part of it.
//! Where one side has nothing to say (disabled rows are not in the text, `a` and `a=` are one row), the other
//! side's state is kept. `tests/fixtures/url-params.json` holds the cases that the web view's copy of these
//! rules is tested with too.

mod build;
mod encode;
mod path;
mod query;
mod text;

pub use build::build_url;
pub use path::{PathName, path_names, path_rows, rename_path};
pub use query::{Row, Synced, query_rows, set_query};
