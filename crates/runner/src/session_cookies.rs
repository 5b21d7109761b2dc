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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use errand_engine::Jar;

    use super::*;

    #[test]
    fn a_session_is_hidden_and_a_taste_is_not() {
        let mut jar = Jar::new();
        for (name, value, http_only) in [
            ("sid", "s3cret-value", false),
            ("flavour", "earl grey tea", false),
            ("id", "for-servers-only", true),
            ("x", "a1b2c3d4e5f6a7b8c9d0", false),
            ("token", "short", false),
        ] {
            jar.set(Cookie {
                name: name.to_owned(),
                value: value.to_owned(),
                domain: "example.com".to_owned(),
                host_only: true,
                path: "/".to_owned(),
                secure: false,
                http_only,
                same_site: None,
                expires: None,
                created: 0,
                last_used: 0,
            });
        }
        let masks = Masks::default();
        hide_session_cookies(&Arc::new(Mutex::new(jar)), &masks);
        assert_eq!(
            masks
                .text("s3cret-value, earl grey tea, for-servers-only, a1b2c3d4e5f6a7b8c9d0, short"),
            "••••••, earl grey tea, ••••••, ••••••, short"
        );
    }
}
