//! Variables in text: `{{name}}`.
//!
//! [`render`] replaces the variables of a text by their values and says for each where it came from;
//! [`segments`] and [`complete`] serve editors; [`url`] keeps a URL and its parameter tables in step.
//! Values of secret variables pass through as [`SecretText`], and [`mask`] shows a rendered text without them.

mod complete;
mod dynamic;
mod render;
mod rendered;
mod scope;
mod segment;
pub mod url;
mod value;

pub use complete::{Completion, Suggestion, complete};
pub use dynamic::{DYNAMIC, DynamicVariable};
pub use render::{MAX_DEPTH, render};
pub use rendered::{Missing, Reason, Rendered, SecretSpan, Use, mask};
pub use scope::{Lookup, Origin, Scope, ScopeKind, Scopes};
pub use segment::{Segment, segments};
pub use value::{SecretText, Value};
