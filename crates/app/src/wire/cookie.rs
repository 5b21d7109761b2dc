use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A cookie of the jar of this workspace and environment (RFC 6265bis §5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CookieView {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
    /// Domain without a leading dot.
    pub domain: String,
    /// Path.
    pub path: String,
    /// RFC 3339; none is a session cookie.
    pub expires: Option<String>,
    /// Only over https.
    pub secure: bool,
    /// Not for scripts.
    pub http_only: bool,
    /// Only for exactly this host.
    pub host_only: bool,
    /// `Strict`, `Lax`, `None`, or empty.
    pub same_site: String,
}

/// The jar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Cookies {
    /// By domain, path and name.
    pub cookies: Vec<CookieView>,
    /// In words, when the jar is kept for this session only.
    pub notice: Option<String>,
}

/// Adds or replaces a cookie.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetCookie {
    /// The cookie.
    pub cookie: CookieView,
}

/// Removes cookies.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveCookies {
    /// Only of this domain.
    pub domain: Option<String>,
    /// Only of this path.
    pub path: Option<String>,
    /// Only with this name.
    pub name: Option<String>,
}
