//! Bodies of any size: spool, index, format, search and slice.
//!
//! A [`Store`] keeps bodies on disk by id, from the first byte that arrives. A [`Source`] is bytes to look at: a stored
//! body, a file, memory. A [`View`] shows a source as rows (raw, pretty, hexadecimal) while it is still being indexed;
//! it costs an index of some megabytes for each gigabyte, never a copy of the body.

mod body;
mod charset;
mod content;
mod cursor;
mod depth;
mod error;
mod filter;
mod folding;
mod folds;
mod growth;
mod hex;
mod index;
mod jq;
mod lookup;
mod needle;
mod render;
mod row;
mod scan;
mod search;
mod source;
mod store;
mod table;
mod tree;
mod view;
mod writer;
mod written;
mod xpath;

pub use body::Body;
pub use content::{Content, detect};
pub use error::{Error, Result};
pub use filter::{Filter, Filtered, MOST_IN_MEMORY, filter};
pub use index::{Progress, ViewError};
pub use lookup::{Path, Step, lookup};
pub use needle::Query;
pub use row::{Row, Token, TokenKind};
pub use search::{MOST_HITS, Place, Search, SearchProgress};
pub use source::{Reader, Source};
pub use store::{Store, Stored};
pub use table::{Table, TableRows};
pub use tree::{Children, Node, NodeKind, Tree};
pub use view::{View, ViewKind, ViewOptions};
pub use writer::Writer;
