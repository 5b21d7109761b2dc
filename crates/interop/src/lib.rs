//! Other tools' formats: bytes in, model and receipt out; model in, their text out.
//!
//! Nothing here touches files or the network: what a source names but does not hold is named in the [`Receipt`].

pub mod curl;
mod error;
mod receipt;

pub use error::Error;
pub use receipt::{Line, Outcome, Receipt};
