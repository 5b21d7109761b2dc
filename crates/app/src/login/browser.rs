//! The browser leg (RFC 8252): the system's browser, and the listener it comes back to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use errand_auth::Boxed;
use errand_oauth::{Browser, BrowserError, Callback, DevicePrompt};
use tokio::sync::oneshot;
use url::Url;

use super::listener::Listener;
use crate::session::lock;
use crate::wire::{LoginEvent, WireError};

/// The logins that wait for a final URL, by name, for who pastes it by hand.
#[derive(Default)]
pub(crate) struct Desk(Mutex<HashMap<String, Awaiting>>);

/// A login that waits for its final URL.
struct Awaiting {
    redirect_uri: String,
    finish: oneshot::Sender<String>,
}

impl Desk {
    /// Hands in the final URL of a login; one that is not its redirect is refused, and the login goes
    /// on waiting.
    pub fn finish(&self, login: &str, url: &str) -> Result<(), WireError> {
        let over = || WireError::new("no-login", "This login is over.").hint("Log in again.");
        let mut waiting = lock(&self.0);
        let redirect_uri = &waiting.get(login).ok_or_else(over)?.redirect_uri;
        let url = belongs(url, redirect_uri)?;
        let login = waiting.remove(login).ok_or_else(over)?;
        login.finish.send(url).map_err(|_| over())
    }

    fn wait(&self, login: &str, redirect_uri: &str) -> oneshot::Receiver<String> {
        let (finish, receiver) = oneshot::channel();
        let awaiting = Awaiting { redirect_uri: redirect_uri.to_owned(), finish };
        lock(&self.0).insert(login.to_owned(), awaiting);
        receiver
    }

    pub fn forget(&self, login: &str) {
        lock(&self.0).remove(login);
    }
}

/// Tells a window, or a terminal, what a login waits for.
pub(crate) type Tell = Arc<dyn Fn(LoginEvent) + Send + Sync>;

/// The system's browser as one login uses it.
pub(crate) struct Window {
    login: String,
    desk: Arc<Desk>,
    tell: Tell,
}

impl Window {
    pub fn new(login: String, desk: Arc<Desk>, tell: Tell) -> Self {
        Self { login, desk, tell }
    }
}

impl Browser for Window {
    fn listen(&self, callback_url: &str) -> Boxed<'_, Result<Box<dyn Callback>, BrowserError>> {
        let callback_url = callback_url.trim().to_owned();
        Box::pin(async move {
            let (redirect_uri, listener) = if is_ours(&callback_url) {
                let listener = Listener::open(&callback_url).await.map_err(BrowserError)?;
                (listener.redirect_uri().to_owned(), Some(listener))
            } else {
                (callback_url, None)
            };
            let pasted = self.desk.wait(&self.login, &redirect_uri);
            let tell = self.tell.clone();
            Ok(Box::new(Awaited { redirect_uri, listener, pasted, tell }) as Box<dyn Callback>)
        })
    }

    fn show_code(&self, prompt: DevicePrompt) {
        (self.tell)(LoginEvent::Device {
            user_code: prompt.user_code,
            verification_uri: prompt.verification_uri,
            verification_uri_complete: prompt.verification_uri_complete,
            expires_at: prompt.expires_at.to_string(),
        });
    }

    fn pause(&self, time: Duration) -> Boxed<'_, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// Whether a redirect to this URL comes to this machine, where it can be listened for (§7.3).
fn is_ours(callback_url: &str) -> bool {
    if callback_url.is_empty() {
        return true;
    }
    Url::parse(callback_url).is_ok_and(|url| {
        url.scheme() == "http"
            && matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"))
    })
}

struct Awaited {
    redirect_uri: String,
    listener: Option<Listener>,
    pasted: oneshot::Receiver<String>,
    tell: Tell,
}

impl Callback for Awaited {
    fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    fn authorize(self: Box<Self>, url: &str) -> Boxed<'static, Result<String, BrowserError>> {
        let url = url.to_owned();
        Box::pin(async move {
            let Self { redirect_uri, listener, pasted, tell } = *self;
            let opening = url.clone();
            let opened = tokio::task::spawn_blocking(move || open(&opening)).await;
            let problem = match opened {
                Ok(Ok(())) => None,
                Ok(Err(reason)) => Some(reason),
                Err(_) => Some("the browser could not be started".to_owned()),
            };
            let listening = listener.is_some();
            tell(LoginEvent::Browser { url, redirect_uri, listening, problem });
            let pasted = async move {
                match pasted.await {
                    Ok(url) => Ok(url),
                    // Nobody can paste any more; the listener is what is left.
                    Err(_) => std::future::pending().await,
                }
            };
            match listener {
                None => pasted.await,
                Some(listener) => tokio::select! {
                    url = listener.wait() => url.map_err(BrowserError),
                    url = pasted => url,
                },
            }
        })
    }
}

/// A pasted URL must be the redirect itself, not the page that was on the way to it.
fn belongs(pasted: &str, redirect_uri: &str) -> Result<String, WireError> {
    let pasted = pasted.trim();
    let end = pasted.find(['?', '#']).unwrap_or(pasted.len());
    if pasted[..end].trim_end_matches('/') == redirect_uri.trim_end_matches('/') {
        return Ok(pasted.to_owned());
    }
    let message = format!("The pasted URL does not begin with {redirect_uri}.");
    Err(WireError::new("not-the-redirect", message)
        .hint("Copy what the address bar says at the very end of the login."))
}

/// Opens the system's browser at a web address; `BROWSER` names another one, as everywhere on Unix.
pub(crate) fn open(url: &str) -> Result<(), String> {
    // A URL that is no web address could start anything.
    match Url::parse(url) {
        Ok(parsed) if matches!(parsed.scheme(), "http" | "https") => {}
        _ => return Err("it is no web address".to_owned()),
    }
    webbrowser::open(url).map_err(|error| format!("no browser could be opened ({error})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_listened_on() {
        for ours in ["", "http://127.0.0.1:8080/cb", "http://localhost/cb", "http://[::1]:1/"] {
            assert!(is_ours(ours), "{ours}");
        }
        for other in [
            "https://oauth.example/cb",
            "http://localhost.example/",
            "app:/cb",
            "https://localhost/",
        ] {
            assert!(!is_ours(other), "{other}");
        }
    }

    #[test]
    fn a_pasted_url_is_the_redirect() {
        let redirect = "https://oauth.example/cb";
        assert!(belongs(" https://oauth.example/cb?code=1 ", redirect).is_ok());
        assert!(belongs("https://oauth.example/cb/#access_token=1", redirect).is_ok());
        assert!(
            belongs(
                "https://login.example/authorize?redirect_uri=https://oauth.example/cb",
                redirect
            )
            .is_err()
        );
        assert!(belongs("https://oauth.example/cb2?code=1", redirect).is_err());
    }

    #[test]
    fn nothing_but_web_addresses_is_opened() {
        assert!(open("file:///etc/passwd").is_err());
        assert!(open("javascript:1").is_err());
    }
}
