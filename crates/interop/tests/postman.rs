//! Postman's collections, in and out.

#[path = "postman/mod.rs"]
mod postman;
