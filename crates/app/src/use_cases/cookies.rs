//! The cookie jar of the workspace and environment in use.

use std::sync::Arc;

use errand_engine::{Cookie, SameSite};
use jiff::Timestamp;

use crate::blocking::blocking;
use crate::outcome_view::rfc3339;
use crate::session::{Session, lock};
use crate::wire::{CookieView, Cookies, Empty, RemoveCookies, SetCookie, WireError};

impl Session {
    pub(crate) async fn cookies(self: &Arc<Self>, _: Empty) -> Result<Cookies, WireError> {
        self.with_jar(|_| Ok(())).await
    }

    pub(crate) async fn set_cookie(
        self: &Arc<Self>,
        args: SetCookie,
    ) -> Result<Cookies, WireError> {
        let cookie = cookie(args.cookie)?;
        self.with_jar(move |jar| {
            jar.set(cookie);
            Ok(())
        })
        .await
    }

    pub(crate) async fn remove_cookies(
        self: &Arc<Self>,
        args: RemoveCookies,
    ) -> Result<Cookies, WireError> {
        self.with_jar(move |jar| {
            let fits = |wanted: &Option<String>, is: &str| {
                wanted.as_ref().is_none_or(|wanted| wanted == is)
            };
            for cookie in jar.cookies() {
                if fits(&args.domain, &cookie.domain)
                    && fits(&args.path, &cookie.path)
                    && fits(&args.name, &cookie.name)
                {
                    jar.remove(&cookie.domain, &cookie.path, &cookie.name);
                }
            }
            Ok(())
        })
        .await
    }

    /// Changes the jar, keeps it, and answers with what is in it.
    async fn with_jar(
        self: &Arc<Self>,
        change: impl FnOnce(&mut errand_engine::Jar) -> Result<(), WireError> + Send + 'static,
    ) -> Result<Cookies, WireError> {
        let session = self.clone();
        blocking(move || {
            let (workspace, environment) = (session.workspace_id(), session.environment());
            let jars = &session.app.jars;
            let jar = jars.jar(&workspace, environment.as_deref());
            let mut cookies = {
                let mut jar = lock(&jar);
                change(&mut jar)?;
                jar.cookies()
            };
            jars.save();
            cookies
                .sort_by(|a, b| (&a.domain, &a.path, &a.name).cmp(&(&b.domain, &b.path, &b.name)));
            Ok(Cookies {
                cookies: cookies.into_iter().map(view).collect(),
                notice: jars.notice(&workspace, environment.as_deref()),
            })
        })
        .await
    }
}

fn view(cookie: Cookie) -> CookieView {
    CookieView {
        name: cookie.name,
        value: cookie.value,
        domain: cookie.domain,
        path: cookie.path,
        expires: cookie.expires.map(rfc3339),
        secure: cookie.secure,
        http_only: cookie.http_only,
        host_only: cookie.host_only,
        same_site: match cookie.same_site {
            Some(SameSite::Strict) => "Strict",
            Some(SameSite::Lax) => "Lax",
            Some(SameSite::None) => "None",
            None => "",
        }
        .to_owned(),
    }
}

fn cookie(view: CookieView) -> Result<Cookie, WireError> {
    let bad = |message: String, hint: &str| WireError::new("bad-cookie", message).hint(hint);
    if view.name.is_empty() || view.name.contains(['=', ';']) || view.value.contains(';') {
        return Err(bad(
            format!("\"{}\" cannot be a cookie.", view.name),
            "A name has no = or ;, and a value no ; (RFC 6265bis §4.1.1).",
        ));
    }
    if view.domain.is_empty() {
        return Err(bad("A cookie needs a domain.".to_owned(), "Such as example.com."));
    }
    let expires = match view.expires.filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => Some(
            text.parse::<Timestamp>()
                .map_err(|_| {
                    bad(format!("\"{text}\" is not a time."), "Write it like 2027-01-31T12:00:00Z.")
                })?
                .as_second(),
        ),
    };
    let now = Timestamp::now().as_millisecond();
    Ok(Cookie {
        name: view.name,
        value: view.value,
        domain: view.domain.trim_start_matches('.').to_ascii_lowercase(),
        host_only: view.host_only,
        path: if view.path.starts_with('/') { view.path } else { "/".to_owned() },
        secure: view.secure,
        http_only: view.http_only,
        same_site: match view.same_site.as_str() {
            "Strict" => Some(SameSite::Strict),
            "Lax" => Some(SameSite::Lax),
            "None" => Some(SameSite::None),
            _ => None,
        },
        expires,
        created: now,
        last_used: now,
    })
}
