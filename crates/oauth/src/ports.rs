use std::time::Duration;

use errand_auth::{Boxed, Clock, Http};
use jiff::Timestamp;

/// What a flow asks of the world.
#[derive(Clone, Copy)]
pub struct Ports<'a> {
    /// Sends its requests.
    pub http: &'a dyn Http,
    /// Shows people where to log in; none where nobody sits in front.
    pub browser: Option<&'a dyn Browser>,
    /// The time.
    pub clock: &'a dyn Clock,
}

/// Whether a person may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetch {
    /// Nobody is asked. A flow that needs a person ends with [`crate::Error::LoginNeeded`].
    Silent,
    /// The browser may open.
    Interactive,
}

/// The system's browser, and the listener that a provider sends it back to (RFC 8252).
pub trait Browser: Send + Sync {
    /// Makes ready for the redirect, before the URL that leads to it is made. An empty
    /// `callback_url` stands for one on loopback with a free port.
    fn listen(&self, callback_url: &str) -> Boxed<'_, Result<Box<dyn Callback>, BrowserError>>;

    /// Shows the code of a device login (RFC 8628 §3.3).
    fn show_code(&self, prompt: DevicePrompt);

    /// Waits before a device login is asked after again.
    fn pause(&self, time: Duration) -> Boxed<'_, ()>;
}

/// Lets one program after the other renew a kept token, where several share a keychain: a refresh
/// token that two of them used is refused, and with some providers the whole login with it.
pub trait Turns: Send + Sync {
    /// Waits for the turn at what `key` names; it ends when the answer is dropped. None where turns
    /// cannot be taken: then nobody waits.
    fn take<'a>(&'a self, key: &'a str) -> Boxed<'a, Option<Turn>>;
}

/// A turn, until it is dropped.
pub type Turn = Box<dyn Send>;

/// A redirect that is awaited. Dropping it closes the listener.
pub trait Callback: Send {
    /// The redirect URI to send; with the port that was found.
    fn redirect_uri(&self) -> &str;

    /// Opens `url` and waits for the final URL, with its query or fragment.
    fn authorize(self: Box<Self>, url: &str) -> Boxed<'static, Result<String, BrowserError>>;
}

/// Why the browser leg did not come to its end, for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BrowserError(pub String);

/// What to show for a device login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevicePrompt {
    /// The code to enter. Meant to be seen.
    pub user_code: String,
    /// Where to enter it.
    pub verification_uri: String,
    /// The same with the code in it.
    pub verification_uri_complete: Option<String>,
    /// When it is too late.
    pub expires_at: Timestamp,
}
