//! Servers of other projects, as people have them: what Errand says is understood by them, or the test fails.

pub mod apache;
mod daemon;
pub mod kdc;
