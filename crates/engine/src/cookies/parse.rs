//! Reading `Set-Cookie` (RFC 6265bis §5.6).

use url::{Host, Url};

use super::{CookieRejection, SameSite, date};

/// The longest life of a cookie: 400 days, in seconds (§5.5).
const MAX_AGE: i64 = 400 * 24 * 3600;
/// The longest attribute value that is looked at, in bytes.
const MAX_ATTRIBUTE: usize = 1024;

/// What a `Set-Cookie` says.
#[derive(Debug, Default)]
pub(super) struct SetCookie {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) domain: Option<String>,
    pub(super) path: Option<String>,
    pub(super) secure: bool,
    pub(super) http_only: bool,
    pub(super) same_site: Option<SameSite>,
    pub(super) expires: Option<i64>,
}

/// The cookie's name, for a cookie that was not understood.
pub(super) fn name_of(text: &str) -> String {
    let pair = text.split(';').next().unwrap_or_default();
    pair.split('=').next().unwrap_or_default().trim().escape_debug().to_string()
}

/// Reads a `Set-Cookie` value; `now` in seconds since 1970.
pub(super) fn set_cookie(text: &str, now: i64) -> Result<SetCookie, CookieRejection> {
    if text.bytes().any(|byte| (byte < b' ' && byte != b'\t') || byte == 0x7f) {
        return Err(CookieRejection::ControlCharacter);
    }
    let mut parts = text.split(';');
    let pair = parts.next().unwrap_or_default();
    let (name, value) = pair.split_once('=').ok_or(CookieRejection::Nameless)?;
    let mut cookie =
        SetCookie { name: trim(name).into(), value: trim(value).into(), ..SetCookie::default() };
    let mut max_age = None;
    for part in parts {
        let (key, value) =
            part.split_once('=').map_or((trim(part), ""), |(key, value)| (trim(key), trim(value)));
        if value.len() > MAX_ATTRIBUTE {
            continue;
        }
        match key.to_ascii_lowercase().as_str() {
            "expires" => cookie.expires = date::parse(value).or(cookie.expires),
            "max-age" => max_age = seconds(value).or(max_age),
            "domain" => cookie.domain = domain(value),
            "path" => cookie.path = value.starts_with('/').then(|| value.to_owned()),
            "secure" => cookie.secure = true,
            "httponly" => cookie.http_only = true,
            "samesite" => cookie.same_site = same_site(value),
            _ => {}
        }
    }
    if let Some(age) = max_age {
        cookie.expires = Some(if age <= 0 { 0 } else { now.saturating_add(age) });
    }
    cookie.expires = cookie.expires.map(|time| time.min(now + MAX_AGE));
    Ok(cookie)
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// The value of `Max-Age`: digits, perhaps after a minus.
fn seconds(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = digits.parse().unwrap_or(i64::MAX);
    Some(if text.starts_with('-') { -number } else { number })
}

/// A domain in the form that hosts have; `None` where the attribute is empty.
fn domain(text: &str) -> Option<String> {
    let name = text.strip_prefix('.').unwrap_or(text);
    if name.is_empty() {
        return None;
    }
    Some(match Host::parse(name) {
        Ok(Host::Domain(name)) => name,
        _ => name.to_ascii_lowercase(),
    })
}

fn same_site(text: &str) -> Option<SameSite> {
    match text.to_ascii_lowercase().as_str() {
        "strict" => Some(SameSite::Strict),
        "lax" => Some(SameSite::Lax),
        "none" => Some(SameSite::None),
        _ => None,
    }
}

/// The path of the URL up to its last slash (§5.1.4).
pub(super) fn default_path(url: &Url) -> String {
    match url.path().rfind('/') {
        None | Some(0) => "/".into(),
        Some(end) => url.path()[..end].into(),
    }
}
