//! Servers of other projects, as people have them: what Errand says is understood by them, or the test fails.

pub mod apache;
pub mod certificates;
mod daemon;
pub mod httpbin;
pub mod kdc;
pub mod moto;
pub mod oidc;
mod program;
