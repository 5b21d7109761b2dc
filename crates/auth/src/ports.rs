//! What flows ask of the world: HTTP and the time. Whoever runs them hands these in.

use std::future::Future;
use std::pin::Pin;
use std::time::SystemTime;

use crate::Secret;

/// A future in a box, as traits with futures need it.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends the requests of a flow: by the app's own engine, with its proxies, authorities and client
/// certificates. Redirects are not followed.
pub trait Http: Send + Sync {
    /// Sends one request.
    fn send(&self, request: HttpRequest) -> Boxed<'_, Result<HttpResponse, HttpError>>;

    /// From here on `secret` is shown as `shown` wherever this flow's requests and answers are seen,
    /// those that went before among them.
    fn hide(&self, secret: &Secret, shown: &str);
}

/// A request of a flow. What in it is secret was handed to [`Http::hide`] before.
#[derive(Clone)]
pub struct HttpRequest {
    /// What it is for, in words: `Token request`.
    pub title: &'static str,
    /// Method.
    pub method: &'static str,
    /// Absolute URL.
    pub url: String,
    /// Headers; `Content-Type` among them where there is a body.
    pub headers: Vec<(String, Secret)>,
    /// The body.
    pub body: Option<Secret>,
}

/// Its answer.
pub struct HttpResponse {
    /// Status code.
    pub status: u16,
    /// Headers in order.
    pub headers: Vec<(String, String)>,
    /// The body, decoded; at most 4 MiB.
    pub body: Vec<u8>,
}

impl HttpResponse {
    /// The first header of this name, case ignored.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer, for people; without any secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct HttpError(pub String);

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> SystemTime;
}

/// The system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}
