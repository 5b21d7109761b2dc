//! A hand and an eye in the window: WebDriver, spoken to WebKitWebDriver directly.
//!
//! Things are found by role and accessible name only, the way a screen reader finds them. The browser itself is
//! asked for both, so a control without a name cannot be tested, and that is the point.

mod keys;
mod locator;
mod window;
mod wire;

pub use locator::Locator;
pub use window::Window;
pub use wire::Refusal;
