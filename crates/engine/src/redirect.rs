//! Where a redirect leads, and what may go along (RFC 9110 §15.4).

use percent_encoding::{CONTROLS, percent_encode};
use url::Url;

use crate::additions::Added;
use crate::credential_headers::is_credential_header;
use crate::error::Error;
use crate::outcome::{Dropped, DroppedKind, ResponseHead};
use crate::outgoing::{Body, Credentials, Header};
use crate::settings::Settings;
use crate::tls::ShownCertificate;

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

/// What of the redirected request stays behind when it leaves its origin.
pub(crate) struct Carried<'a> {
    pub(crate) credentials: &'a Credentials,
    /// What the authenticator added.
    pub(crate) added: &'a Added,
    /// The client certificate that was shown. Each host is shown its own, or none.
    pub(crate) certificate: Option<&'a ShownCertificate>,
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
    carried: &Carried<'_>,
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
    if next.url.origin() == step.url.origin() {
        // The authenticator adds them again.
        let pairs = &carried.added.query;
        strip_query(&mut next.url, |name, value| {
            pairs.iter().any(|(known, old)| known == name && old == value)
        });
        return Ok(next);
    }
    next.left_origin = true;
    if !matches!(next.body, Body::None) && !settings.allow_cross_origin_body {
        return Err(Error::CrossOriginBody {
            from: step.url.origin().ascii_serialization(),
            to: next.url.origin().ascii_serialization(),
        });
    }
    leave_origin(&mut next, carried, settings);
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

fn leave_origin(next: &mut Step, carried: &Carried<'_>, settings: &Settings) {
    let mut names = drop_headers(next, carried, settings);
    if let Some(certificate) = carried.certificate.filter(|it| !is_shown(it, next, settings)) {
        names.push((DroppedKind::ClientCertificate, certificate.subject.clone()));
    }
    if !settings.forward_authorization {
        for name in carried.added.headers.iter().filter(|name| !describes_body(name)) {
            if !names.iter().any(|(_, known)| known.eq_ignore_ascii_case(name)) {
                names.push((DroppedKind::Header, name.clone()));
            }
        }
        names.extend(drop_query(next, carried).into_iter().map(|name| (DroppedKind::Query, name)));
        let cookies = carried.added.cookies.iter().cloned();
        names.extend(cookies.map(|name| (DroppedKind::Cookie, name)));
    }
    let origin = next.url.origin().ascii_serialization();
    let reason = format!("the redirect leads to another origin, {origin}");
    let dropped = names.into_iter();
    next.dropped.extend(dropped.map(|(kind, name)| Dropped { kind, name, reason: reason.clone() }));
}

fn drop_headers(
    next: &mut Step,
    carried: &Carried<'_>,
    settings: &Settings,
) -> Vec<(DroppedKind, String)> {
    let mut names = Vec::new();
    next.headers.retain(|header| {
        // A typed Host belongs to the old origin, and a typed Referer tells its URL.
        let bound = header.is("Host") || header.is("Referer");
        let name = header.name_text();
        let listed = |names: &[String]| names.iter().any(|known| header.is(known));
        let secret = is_credential_header(&name)
            || listed(&carried.credentials.headers)
            || (!describes_body(&name) && listed(&carried.added.headers));
        let goes = bound || (secret && !settings.forward_authorization);
        if goes {
            names.push((DroppedKind::Header, name));
        }
        !goes
    });
    names
}

/// Takes credentials out of the URL, and names them together with those that are not in it any more.
fn drop_query(next: &mut Step, carried: &Carried<'_>) -> Vec<String> {
    let added = carried.added.query_names();
    let mut names = strip_query(&mut next.url, |name, _| {
        added.contains(name) || carried.credentials.query.iter().any(|secret| secret == name)
    });
    let gone = added.iter().filter(|name| !names.iter().any(|known| known == *name));
    let gone: Vec<String> = gone.map(|name| (*name).to_owned()).collect();
    names.extend(gone);
    names.sort();
    names
}

/// Whether the next host, too, has this certificate set for it.
fn is_shown(certificate: &ShownCertificate, next: &Step, settings: &Settings) -> bool {
    settings
        .identity_for(&next.url)
        .is_some_and(|identity| identity.fingerprint() == certificate.sha256)
}

fn describes_body(name: &str) -> bool {
    name.eq_ignore_ascii_case("Host")
        || BODY_HEADERS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Takes the parameters that `goes` is true of out of the query, and gives their names. Pair by
/// pair, so that the rest stays as the server wrote it.
fn strip_query(url: &mut Url, goes: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let Some(query) = url.query() else { return Vec::new() };
    let mut gone = Vec::new();
    let mut kept = Vec::new();
    for pair in query.split('&') {
        match url::form_urlencoded::parse(pair.as_bytes()).next() {
            Some((name, value)) if goes(&name, &value) => gone.push(name.into_owned()),
            _ => kept.push(pair),
        }
    }
    if !gone.is_empty() {
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
    gone
}
