//! The cookie jar (RFC 6265bis), as plain data: who owns it may store it where he likes.

mod date;
mod matching;
mod parse;

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use url::Url;

use matching::{domain_matches, host_of, is_public_suffix, path_matches, trustworthy};
use parse::{SetCookie, default_path};

/// A jar that several exchanges use.
pub type SharedJar = Arc<Mutex<Jar>>;

/// Name and value together, in bytes (RFC 6265bis §5.6).
const MAX_SIZE: usize = 4096;
const MAX_PER_DOMAIN: usize = 50;
const MAX_TOTAL: usize = 3000;

/// One cookie (RFC 6265bis §5.7).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The host it came from, or the domain it is for.
    pub domain: String,
    /// Whether it is for that host only, not for hosts below it.
    pub host_only: bool,
    /// The path it is for.
    pub path: String,
    /// Whether it travels over TLS only.
    pub secure: bool,
    /// Whether scripts may not see it.
    pub http_only: bool,
    /// What the server said about other sites. Kept; a request of ours is always same-site.
    pub same_site: Option<SameSite>,
    /// When it ends: seconds since 1970. `None`: with the session.
    pub expires: Option<i64>,
    /// When it was first set: milliseconds since 1970.
    pub created: i64,
    /// When it was last sent: milliseconds since 1970.
    pub last_used: i64,
}

/// The value is left out: it may be a secret.
impl fmt::Debug for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cookie")
            .field("name", &self.name)
            .field("domain", &self.domain)
            .field("host_only", &self.host_only)
            .field("path", &self.path)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// The `SameSite` attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SameSite {
    /// Same site only.
    Strict,
    /// Same site, and top-level navigation.
    Lax,
    /// Everywhere.
    None,
}

/// Why a cookie was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum CookieRejection {
    /// It has no name.
    #[error("it has no name")]
    Nameless,
    /// It has a control character.
    #[error("it has a control character")]
    ControlCharacter,
    /// Name and value are longer than 4,096 bytes.
    #[error("it is longer than 4,096 bytes")]
    TooLarge,
    /// It is for a domain the host does not belong to.
    #[error("it is for a domain this host does not belong to")]
    ForeignDomain,
    /// It is for a domain that many owners share.
    #[error("it is for a public suffix, a domain that many owners share")]
    PublicSuffix,
    /// It says `Secure` and came without TLS.
    #[error("it says Secure and came without TLS")]
    InsecureOrigin,
    /// It would replace a `Secure` cookie from a connection without TLS.
    #[error("it would replace a Secure cookie without TLS")]
    WouldReplaceSecure,
    /// It breaks what its `__Host-` or `__Secure-` prefix promises.
    #[error("it breaks the promise of its name's prefix")]
    Prefix,
    /// It says `SameSite=None` and not `Secure`.
    #[error("it says SameSite=None without Secure")]
    SameSiteNone,
}

/// The cookies of one user in one environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jar {
    /// In the order they were first set.
    cookies: Vec<Cookie>,
}

impl Jar {
    /// An empty jar.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts stored cookies in, in place of what was there.
    pub fn load(&mut self, cookies: Vec<Cookie>) {
        self.cookies = cookies;
    }

    /// The cookies that have not ended, session cookies included.
    pub fn cookies(&self) -> Vec<Cookie> {
        let now = now_ms() / 1000;
        self.cookies.iter().filter(|cookie| !cookie.ended(now)).cloned().collect()
    }

    /// Puts a cookie in as it is, in place of one with the same name, domain and path.
    pub fn set(&mut self, cookie: Cookie) {
        match self.cookies.iter_mut().find(|old| old.is_same(&cookie)) {
            Some(old) => *old = cookie,
            None => self.cookies.push(cookie),
        }
    }

    /// Takes a cookie out. Whether it was there.
    pub fn remove(&mut self, domain: &str, path: &str, name: &str) -> bool {
        let before = self.cookies.len();
        self.cookies.retain(|cookie| {
            !(cookie.domain == domain && cookie.path == path && cookie.name == name)
        });
        self.cookies.len() < before
    }

    /// Takes every cookie out.
    pub fn clear(&mut self) {
        self.cookies.clear();
    }

    /// Stores what a `Set-Cookie` from `url` says (RFC 6265bis §5.7). The cookie's name, or its name
    /// and why it was not stored.
    pub fn store(
        &mut self,
        url: &Url,
        set_cookie: &str,
    ) -> Result<String, (String, CookieRejection)> {
        self.store_at(url, set_cookie, now_ms())
    }

    fn store_at(
        &mut self,
        url: &Url,
        set_cookie: &str,
        now: i64,
    ) -> Result<String, (String, CookieRejection)> {
        let parsed = parse::set_cookie(set_cookie, now / 1000)
            .map_err(|reason| (parse::name_of(set_cookie), reason))?;
        let name = parsed.name.clone();
        let mut cookie = accept(parsed, url, now).map_err(|reason| (name.clone(), reason))?;
        if !cookie.secure && !trustworthy(url) && self.hides_secure(&cookie) {
            return Err((name, CookieRejection::WouldReplaceSecure));
        }
        let old = self.cookies.iter_mut().find(|old| old.is_same(&cookie));
        if cookie.ended(now / 1000) {
            self.cookies.retain(|old| !old.is_same(&cookie));
        } else if let Some(old) = old {
            cookie.created = old.created;
            *old = cookie;
        } else {
            let domain = cookie.domain.clone();
            self.cookies.push(cookie);
            self.evict(&domain, now / 1000);
        }
        Ok(name)
    }

    /// RFC 6265bis §5.7, "leave secure cookies alone".
    fn hides_secure(&self, cookie: &Cookie) -> bool {
        self.cookies.iter().any(|old| {
            old.secure
                && old.name == cookie.name
                && (domain_matches(&old.domain, &cookie.domain)
                    || domain_matches(&cookie.domain, &old.domain))
                && path_matches(&cookie.path, &old.path)
        })
    }

    fn evict(&mut self, domain: &str, now: i64) {
        self.cookies.retain(|cookie| !cookie.ended(now));
        while self.cookies.iter().filter(|cookie| cookie.domain == domain).count() > MAX_PER_DOMAIN
        {
            self.drop_oldest(|cookie| cookie.domain == domain);
        }
        while self.cookies.len() > MAX_TOTAL {
            self.drop_oldest(|_| true);
        }
    }

    fn drop_oldest(&mut self, of: impl Fn(&Cookie) -> bool) {
        let among = self.cookies.iter().enumerate().filter(|(_, cookie)| of(cookie));
        if let Some((at, _)) = among.min_by_key(|(_, cookie)| cookie.last_used) {
            self.cookies.remove(at);
        }
    }

    /// The cookies that a request to `url` carries, in the order of RFC 6265bis §5.8.3: longer paths
    /// first, then older ones.
    pub fn for_url(&mut self, url: &Url) -> Vec<Cookie> {
        let now = now_ms();
        let Some(host) = host_of(url) else { return Vec::new() };
        let secure = trustworthy(url);
        let mut found = Vec::new();
        for cookie in &mut self.cookies {
            let host_fits = if cookie.host_only {
                cookie.domain == host
            } else {
                domain_matches(&host, &cookie.domain)
            };
            let fits =
                host_fits && path_matches(url.path(), &cookie.path) && (secure || !cookie.secure);
            if fits && !cookie.ended(now / 1000) {
                cookie.last_used = now;
                found.push(cookie.clone());
            }
        }
        found.sort_by_key(|cookie| (std::cmp::Reverse(cookie.path.len()), cookie.created));
        found
    }
}

impl Cookie {
    fn ended(&self, now: i64) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name
            && self.domain == other.domain
            && self.host_only == other.host_only
            && self.path == other.path
    }
}

/// Whether `url` may set this cookie, and what then becomes of it.
fn accept(parsed: SetCookie, url: &Url, now: i64) -> Result<Cookie, CookieRejection> {
    if parsed.name.is_empty() {
        return Err(CookieRejection::Nameless);
    }
    if parsed.name.len() + parsed.value.len() > MAX_SIZE {
        return Err(CookieRejection::TooLarge);
    }
    let host = host_of(url).ok_or(CookieRejection::ForeignDomain)?;
    let (domain, host_only) = match parsed.domain {
        Some(domain) if is_public_suffix(&domain) && domain != host => {
            return Err(CookieRejection::PublicSuffix);
        }
        Some(domain) if is_public_suffix(&domain) => (domain, true),
        Some(domain) if !domain_matches(&host, &domain) => {
            return Err(CookieRejection::ForeignDomain);
        }
        Some(domain) => (domain, false),
        None => (host, true),
    };
    if parsed.secure && !trustworthy(url) {
        return Err(CookieRejection::InsecureOrigin);
    }
    if parsed.same_site == Some(SameSite::None) && !parsed.secure {
        return Err(CookieRejection::SameSiteNone);
    }
    let path = parsed.path.unwrap_or_else(|| default_path(url));
    let name = parsed.name.to_ascii_lowercase();
    let broken = (name.starts_with("__secure-") && !parsed.secure)
        || (name.starts_with("__host-") && !(parsed.secure && host_only && path == "/"));
    if broken {
        return Err(CookieRejection::Prefix);
    }
    Ok(Cookie {
        name: parsed.name,
        value: parsed.value,
        domain,
        host_only,
        path,
        secure: parsed.secure,
        http_only: parsed.http_only,
        same_site: parsed.same_site,
        expires: parsed.expires,
        created: now,
        last_used: now,
    })
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
