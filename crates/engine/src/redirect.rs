//! Where a redirect leads, and what may go along (RFC 9110 §15.4).

use percent_encoding::{CONTROLS, percent_encode};
use url::Url;

use crate::error::Error;
use crate::outcome::{Dropped, DroppedKind, ResponseHead};
use crate::outgoing::{Body, Credentials, Header};
use crate::settings::Settings;

/// Headers that are credentials by their name.
const SECRET_HEADERS: &[&str] = &[
    "Authorization",
    "Cookie",
    "Cookie2",
    "Proxy-Authorization",
    "X-Api-Key",
    "Api-Key",
    "ApiKey",
    "X-Auth-Token",
    "X-Access-Token",
    "X-Amz-Security-Token",
    "X-CSRF-Token",
    "X-Goog-Api-Key",
    "Private-Token",
];

/// Headers that describe the body, dropped with it.
const BODY_HEADERS: &[&str] = &[
    "Content-Type",
    "Content-Length",
    "Content-Encoding",
    "Content-Language",
    "Content-Location",
    "Transfer-Encoding",
    "Digest",
    "Content-Digest",
    "Repr-Digest",
    "Content-MD5",
    "Trailer",
    "Expect",
];

/// A request in the making: what the next hop sends.
#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) method: String,
    pub(crate) url: Url,
    pub(crate) headers: Vec<Header>,
    pub(crate) body: Body,
    pub(crate) dropped: Vec<Dropped>,
    /// Whether the jar's cookies that are credentials have been left behind.
    pub(crate) left_origin: bool,
}

/// Whether `head` is a redirect with somewhere to go.
pub(crate) fn is_redirect(head: &ResponseHead) -> bool {
    matches!(head.status, 301 | 302 | 303 | 307 | 308)
        && head.headers.iter().any(|header| header.is("Location"))
}

/// The next step after `head` answered `step`.
pub(crate) fn next(
    step: &Step,
    head: &ResponseHead,
    credentials: &Credentials,
    settings: &Settings,
) -> Result<Step, Error> {
    let mut next = step.clone();
    next.dropped.clear();
    next.url = target(&step.url, head)?;
    change_method(&mut next, head.status);
    if !next.url.username().is_empty() || next.url.password().is_some() {
        // A server does not choose who we are.
        let _ = next.url.set_username("");
        let _ = next.url.set_password(None);
        next.dropped.push(Dropped {
            kind: DroppedKind::Header,
            name: "Authorization".into(),
            reason: "the redirect's URL held a user and password of the server's choice".into(),
        });
    }
    if next.url.origin() != step.url.origin() {
        next.left_origin = true;
        let has_body = !matches!(next.body, Body::None);
        if has_body && !settings.allow_cross_origin_body {
            return Err(Error::CrossOriginBody {
                from: step.url.origin().ascii_serialization(),
                to: next.url.origin().ascii_serialization(),
            });
        }
        leave_origin(&mut next, credentials, settings);
    }
    Ok(next)
}

/// The URL that `Location` means, with the fragment carried along (RFC 9110 §10.2.2).
fn target(from: &Url, head: &ResponseHead) -> Result<Url, Error> {
    let refused = |reason: String| Error::RedirectRefused { reason };
    let location = head.headers.iter().find(|header| header.is("Location"));
    let bytes = location.map(|header| &header.value[..]).unwrap_or_default();
    // Bytes beyond ASCII become what they would be in a URL, valid UTF-8 or not.
    let text = percent_encode(bytes, CONTROLS).to_string();
    let mut url = from
        .join(&text)
        .map_err(|error| refused(format!("its Location is not a URL ({error})")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused(format!("it leads to a {}: address", url.scheme())));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(refused("its Location names no host".into()));
    }
    if url.fragment().is_none() {
        url.set_fragment(from.fragment());
    }
    Ok(url)
}

/// 303 asks for a GET; 301 and 302 do so after a POST, as everybody does (RFC 9110 §15.4.2).
fn change_method(next: &mut Step, status: u16) {
    let to_get = match status {
        303 => next.method != "HEAD",
        301 | 302 => next.method == "POST",
        _ => false,
    };
    if !to_get {
        return;
    }
    if !matches!(next.body, Body::None) {
        next.dropped.push(Dropped {
            kind: DroppedKind::Body,
            name: String::new(),
            reason: format!("a {status} asks for a GET"),
        });
    }
    next.method = "GET".into();
    next.body = Body::None;
    next.headers.retain(|header| !BODY_HEADERS.iter().any(|name| header.is(name)));
}

fn leave_origin(next: &mut Step, credentials: &Credentials, settings: &Settings) {
    let reason = format!(
        "the redirect leads to another origin, {}",
        next.url.origin().ascii_serialization()
    );
    let Step { headers, dropped, url, .. } = next;
    let mut drop_it =
        |kind, name: String| dropped.push(Dropped { kind, name, reason: reason.clone() });
    headers.retain(|header| {
        // A typed Host belongs to the old origin.
        let host = header.is("Host");
        let secret = SECRET_HEADERS.iter().any(|name| header.is(name))
            || credentials.headers.iter().any(|name| header.is(name));
        let goes = host || (secret && !settings.forward_authorization);
        if goes {
            drop_it(DroppedKind::Header, header.name_text());
        }
        !goes
    });
    if settings.forward_authorization {
        return;
    }
    let is_secret = |name: &str| credentials.query.iter().any(|secret| secret == name);
    for name in url.query_pairs().map(|(name, _)| name).filter(|name| is_secret(name)) {
        drop_it(DroppedKind::Query, name.into_owned());
    }
    if dropped.iter().any(|dropped| dropped.kind == DroppedKind::Query) {
        // Pair by pair, so that the rest stays as the server wrote it.
        let name_of = |pair: &str| {
            url::form_urlencoded::parse(pair.as_bytes()).next().map(|(name, _)| name.into_owned())
        };
        let query = url.query().unwrap_or_default();
        let kept: Vec<&str> = query
            .split('&')
            .filter(|pair| !name_of(pair).is_some_and(|name| is_secret(&name)))
            .collect();
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
}
