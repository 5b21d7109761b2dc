//! A loopback server that answers what an API client needs to try: echo, statuses, redirects,
//! cookies, compression, slow, large and broken answers, pages, and a small order book.
//!
//! It listens on loopback only and refuses requests whose Host names anything else, so that a web
//! page cannot reach it through DNS rebinding. Everything it keeps or reads is bounded.
//! `GET /` lists what it answers.

mod answer;
mod call;
mod catalogue;
mod connection;
mod content;
mod host;
mod noise;
mod routes;
mod server;
mod site;
mod wire;

pub use server::Playground;
pub use site::{Access, AccessLog};
