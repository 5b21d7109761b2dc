//! What is fetched for an import: an address the user typed, or one at a host they agreed to.

use std::collections::BTreeSet;
use std::time::Duration;

use errand_engine::{Engine, Header, MemorySink, Outgoing, Settings};
use url::Url;

use crate::App;
use crate::blocking::blocking;
use crate::wire::WireError;

/// As large as any file that is read at once.
const LARGEST: u64 = 256 << 20;
/// A server that does not answer must not hold an import up for ever.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often an answer may send us on.
const MOST_REDIRECTS: usize = 10;

/// What came back.
pub struct Fetched {
    /// The decoded body.
    pub bytes: Vec<u8>,
    /// Where each redirect led, in order.
    pub redirects: Vec<Url>,
}

/// How far a fetch came.
pub enum Fetch {
    /// To its end.
    Done(Fetched),
    /// To a redirect to a host that is not among those agreed to.
    Elsewhere(Url),
}

/// An address of the kinds that are fetched.
pub fn address(text: &str) -> Result<Url, WireError> {
    let url = Url::parse(text.trim()).ok();
    url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host()).ok_or_else(|| {
        WireError::new("invalid-url", format!("\"{text}\" is not an address that can be fetched."))
            .hint("It begins with http:// or https://.")
    })
}

/// Host of an address, with its port where that is not the usual one.
pub fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Fetches an address. Redirects are followed to `hosts` only; to any without.
pub async fn fetch(
    app: &std::sync::Arc<App>,
    url: Url,
    hosts: Option<&BTreeSet<String>>,
) -> Result<Fetch, WireError> {
    let asked = app.clone();
    let mut settings = blocking(move || Ok(asked.engine_settings())).await?;
    settings.follow_redirects = false;
    settings.max_body_bytes = LARGEST;
    settings.timeouts.total = settings.timeouts.total.or(Some(PATIENCE));
    let (mut next, mut redirects) = (url, Vec::new());
    loop {
        let (location, bytes) = once(&app.engine, &settings, &next).await?;
        let Some(location) = location else {
            return Ok(Fetch::Done(Fetched { bytes, redirects }));
        };
        if hosts.is_some_and(|hosts| !hosts.contains(&host(&location))) {
            return Ok(Fetch::Elsewhere(location));
        }
        redirects.push(location.clone());
        if redirects.len() > MOST_REDIRECTS {
            return Err(failed(&next, &format!("was redirected more than {MOST_REDIRECTS} times")));
        }
        next = location;
    }
}

/// One request: where it sends us on to, or the body.
async fn once(
    engine: &Engine,
    settings: &Settings,
    url: &Url,
) -> Result<(Option<Url>, Vec<u8>), WireError> {
    let mut outgoing = Outgoing::new("GET", url.as_str())
        .header("User-Agent", concat!("errand/", env!("CARGO_PKG_VERSION")));
    outgoing.headers.push(Header::new("Accept", "*/*"));
    outgoing.settings = settings.clone();
    let sink = MemorySink::default();
    let outcome = engine.send(outgoing, None, None, Box::new(sink.clone())).outcome().await;
    if let Some(error) = &outcome.error {
        return Err(failed(url, &format!("could not be fetched: {error}")));
    }
    let Some(head) = outcome.response() else { return Err(failed(url, "did not answer")) };
    match (head.status, head.header("Location")) {
        (301 | 302 | 303 | 307 | 308, Some(location)) => {
            let to = url.join(&location).ok().and_then(|to| address(to.as_str()).ok());
            let to = to.ok_or_else(|| {
                failed(url, &format!("leads to \"{location}\", which is not fetched"))
            })?;
            Ok((Some(to), Vec::new()))
        }
        (200..=299, _) => Ok((None, sink.bytes())),
        (status, _) => Err(failed(url, &format!("answered with status {status}"))),
    }
}

fn failed(url: &Url, what: &str) -> WireError {
    // What a URL says of a user is no business of a message.
    let mut shown = url.clone();
    let _ = shown.set_password(None);
    WireError::new("fetch", format!("{shown} {}.", what.trim_end_matches('.')))
        .hint("Open it in a browser, save it, and import the file.")
}
