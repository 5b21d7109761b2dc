//! Cookies that say who somebody is.

use std::sync::PoisonError;

use errand_engine::{Cookie, SharedJar};

use crate::masks::Masks;

/// Parts of the names that such cookies have.
const NAMES: [&str; 7] = ["sess", "sid", "auth", "token", "jwt", "login", "secret"];
/// Shorter values are no credentials: `en`, `dark`, `true`.
const SHORTEST: usize = 8;
/// From here on letters mixed with digits were made by chance.
const RANDOM: usize = 20;

/// Has the values of a jar's session cookies masked.
pub fn hide_session_cookies(jar: &SharedJar, masks: &Masks) {
    let cookies = jar.lock().unwrap_or_else(PoisonError::into_inner).cookies();
    for cookie in cookies.iter().filter(|cookie| is_session(cookie)) {
        masks.hide(&cookie.value, "••••••");
    }
}

fn is_session(cookie: &Cookie) -> bool {
    let name = cookie.name.to_ascii_lowercase();
    let value = &cookie.value;
    let random = value.len() >= RANDOM
        && value.contains(|letter: char| letter.is_ascii_digit())
        && value.contains(|letter: char| letter.is_ascii_alphabetic());
    value.len() >= SHORTEST
        && (cookie.http_only || random || NAMES.iter().any(|part| name.contains(part)))
}
