//! What the core asks of the face it runs under.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;

use crate::session::Session;
use crate::wire::PickPath;

/// The place a user picked, once they have; none when they cancelled.
pub type Picked = Pin<Box<dyn Future<Output = Option<PathBuf>> + Send>>;

/// A window system, or the lack of one.
pub trait Face: Send + Sync {
    /// Opens a further window.
    fn open_window(&self, workspace: Option<PathBuf>) -> Result<(), String>;
    /// Names the session's window.
    fn set_title(&self, session: &Session, title: &str);
    /// Asks the user for a place on disk.
    fn pick(&self, wanted: PickPath) -> Picked;
    /// The first usable frame is on the screen.
    fn ready(&self);
}

/// A face without windows: the command line, and tests.
pub struct NoFace;

impl Face for NoFace {
    fn open_window(&self, _: Option<PathBuf>) -> Result<(), String> {
        Err("There are no windows here.".to_owned())
    }

    fn set_title(&self, _: &Session, _: &str) {}

    fn pick(&self, _: PickPath) -> Picked {
        Box::pin(std::future::ready(None))
    }

    fn ready(&self) {}
}
