//! Resolve, authorise, send, check.
//!
//! A [`Plan`] is a request as saved with everything around it; [`prepare`] resolves it into a
//! [`Prepared`], whose secrets can be masked but not printed; [`start`] sends that and gives a
//! [`Running`], which ends as [`Finished`].

mod capture;
mod check;
mod content;
mod credentials;
mod error;
mod masks;
mod plan;
mod prepare;
mod resolve;
mod running;
mod session_cookies;
mod sink;

pub use capture::{Captured, capture};
pub use check::{CheckResult, Subject, evaluate};
pub use credentials::{Filled, Flaw, Spoiled, Supplied, can_expire, fill, own};
pub use error::Error;
pub use masks::{MaskStream, Masks};
pub use plan::{Level, Plan, effective_auth};
pub use prepare::{Prepared, prepare};
pub use running::{Finished, Running, start};
pub use session_cookies::hide_session_cookies;
