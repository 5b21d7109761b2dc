//! Requests with what they inherit in them, for formats that know no folders.

use errand_model::{Auth, Defaults, Request, RequestSettings, Variable};
use errand_runner::{Level, effective_auth};

/// The request with headers, auth, variables and settings of the levels it is in, outermost first.
pub fn effective(request: &Request, levels: &[Level]) -> Request {
    let mut whole = request.clone();
    let (auth, _) = effective_auth(request, levels);
    whole.auth = auth.clone();
    let above =
        levels.iter().fold(Defaults::default(), |above, level| inner(above, &level.defaults));
    let own = |name: &str| {
        request.headers.iter().any(|row| row.enabled && row.name.eq_ignore_ascii_case(name))
    };
    let mut headers: Vec<_> =
        above.headers.into_iter().filter(|row| row.enabled && !own(&row.name)).collect();
    headers.append(&mut whole.headers);
    whole.headers = headers;
    whole.variables = over(above.variables, &request.variables);
    whole.settings = settings(&above.settings, &request.settings);
    whole
}

/// What a level hands down, with what it was handed itself.
pub fn inner(mut above: Defaults, own: &Defaults) -> Defaults {
    for row in own.headers.iter().filter(|row| row.enabled) {
        above.headers.retain(|outer| !outer.name.eq_ignore_ascii_case(&row.name));
    }
    above.headers.extend(own.headers.iter().cloned());
    if own.auth != Auth::Inherit {
        above.auth = own.auth.clone();
    }
    above.variables = over(above.variables, &own.variables);
    above.scripts.extend(own.scripts.iter().cloned());
    above.settings = settings(&above.settings, &own.settings);
    above
}

fn over(mut outer: Vec<Variable>, own: &[Variable]) -> Vec<Variable> {
    for variable in own.iter().filter(|variable| variable.enabled) {
        outer.retain(|outer| outer.name != variable.name);
    }
    outer.extend(own.iter().cloned());
    outer
}

fn settings(outer: &RequestSettings, own: &RequestSettings) -> RequestSettings {
    RequestSettings {
        encode_url: own.encode_url.or(outer.encode_url),
        timeout_ms: own.timeout_ms.or(outer.timeout_ms),
        follow_redirects: own.follow_redirects.or(outer.follow_redirects),
        max_redirects: own.max_redirects.or(outer.max_redirects),
        forward_authorization: own.forward_authorization.or(outer.forward_authorization),
        verify_tls: own.verify_tls.or(outer.verify_tls),
        use_cookies: own.use_cookies.or(outer.use_cookies),
        http_version: own.http_version.clone().or_else(|| outer.http_version.clone()),
    }
}

#[cfg(test)]
mod tests {
    use errand_model::Header;

    use super::*;

    #[test]
    fn what_is_nearer_counts() {
        let level = |header: &str, auth: Auth| Level {
            defaults: Defaults {
                headers: vec![
                    Header::new("X-Team", header),
                    Header::new(format!("X-{header}"), "1"),
                ],
                auth,
                variables: vec![Variable::new("who", header)],
                ..Defaults::default()
            },
            ..Level::default()
        };
        let levels =
            [level("Outer", Auth::None), level("Inner", Auth::Bearer { token: "t".to_owned() })];
        let request =
            Request { headers: vec![Header::new("x-inner", "own")], ..Request::default() };
        let whole = effective(&request, &levels);
        let headers: Vec<_> =
            whole.headers.iter().map(|row| (row.name.as_str(), row.value.as_str())).collect();
        assert_eq!(headers, [("X-Outer", "1"), ("X-Team", "Inner"), ("x-inner", "own")]);
        assert_eq!(whole.auth, Auth::Bearer { token: "t".to_owned() });
        assert_eq!(whole.variables, [Variable::new("who", "Inner")]);
    }
}
