//! Logging in: the requests of a flow, the loopback listener, the system's browser.

mod browser;
mod http;
mod listener;
mod page;
mod turns;

pub(crate) use browser::{Desk, Window, open as open_browser};
pub(crate) use http::FlowHttp;
pub(crate) use turns::FileTurns;
