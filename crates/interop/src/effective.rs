use errand_model::{Auth, Defaults, Request, RequestSettings};

/// A request with what it inherits in it, for formats that know no folders. `levels` are those above
/// it, the collection first. Variables and scripts stay where they are.
pub fn effective(levels: &[&Defaults], request: &Request) -> Request {
    let mut whole = request.clone();
    for level in levels.iter().rev() {
        let new = level.headers.iter().filter(|row| {
            let named = |other: &str| other.eq_ignore_ascii_case(&row.name);
            row.enabled && !whole.headers.iter().any(|mine| mine.enabled && named(&mine.name))
        });
        let new: Vec<_> = new.cloned().collect();
        whole.headers.splice(0..0, new);
        if whole.auth == Auth::Inherit {
            whole.auth = level.auth.clone();
        }
        fill(&mut whole.settings, &level.settings);
    }
    whole
}

fn fill(own: &mut RequestSettings, above: &RequestSettings) {
    own.encode_url = own.encode_url.or(above.encode_url);
    own.timeout_ms = own.timeout_ms.or(above.timeout_ms);
    own.follow_redirects = own.follow_redirects.or(above.follow_redirects);
    own.max_redirects = own.max_redirects.or(above.max_redirects);
    own.forward_authorization = own.forward_authorization.or(above.forward_authorization);
    own.verify_tls = own.verify_tls.or(above.verify_tls);
    own.use_cookies = own.use_cookies.or(above.use_cookies);
    if own.http_version.is_none() {
        own.http_version.clone_from(&above.http_version);
    }
}

#[cfg(test)]
mod tests {
    use errand_model::Header;

    use super::*;

    #[test]
    fn the_nearest_wins() {
        let level = |value: &str| Defaults {
            headers: vec![Header::new("X-A", value), Header::new(format!("X-{value}"), "1")],
            auth: Auth::Bearer { token: value.into() },
            ..Defaults::default()
        };
        let request =
            Request { headers: vec![Header::new("x-inner", "own")], ..Request::default() };
        let whole = effective(&[&level("outer"), &level("inner")], &request);
        let headers: Vec<_> =
            whole.headers.iter().map(|row| format!("{}={}", row.name, row.value)).collect();
        assert_eq!(headers, ["X-outer=1", "X-A=inner", "x-inner=own"]);
        assert_eq!(whole.auth, Auth::Bearer { token: "inner".into() });
    }
}
