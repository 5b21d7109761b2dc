//! What the tests of the whole stand on: a desktop of one's own, with a screen, a session bus and a keyring, and
//! a hand that works the window in it the way a person or a screen reader would.
//!
//! A failed expectation is a panic that says what was looked for, what was there instead, and where the picture
//! of the screen is.
#![allow(
    clippy::missing_panics_doc,
    reason = "an expectation that fails is a panic: that is what a test is"
)]

pub mod binaries;
pub mod browser;
pub mod chooser;
pub mod counterparts;
pub mod desktop;
pub mod errand;
pub mod patience;
pub mod pictures;
pub mod playground;
pub mod scribe;
pub mod terminal;
pub mod traces;
pub mod webdriver;
pub mod workspace;
