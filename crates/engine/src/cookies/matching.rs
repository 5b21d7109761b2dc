//! Which hosts and paths a cookie is for (RFC 6265bis §5.1).

use std::net::IpAddr;

use url::{Host, Url};

/// The host, lowercase, without brackets. A trailing dot stays: `example.com.` is another host.
pub(super) fn host_of(url: &Url) -> Option<String> {
    Some(match url.host()? {
        Host::Domain(name) => name.to_ascii_lowercase(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    })
}

/// Whether `host` is `domain` or below it. Addresses have nothing below them.
pub(super) fn domain_matches(host: &str, domain: &str) -> bool {
    host == domain
        || (host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
            && host.parse::<IpAddr>().is_err())
}

/// Whether `path` is `cookie_path` or below it.
pub(super) fn path_matches(path: &str, cookie_path: &str) -> bool {
    path.strip_prefix(cookie_path)
        .is_some_and(|rest| rest.is_empty() || cookie_path.ends_with('/') || rest.starts_with('/'))
}

/// Whether anybody can register names right below `domain` (publicsuffix.org).
pub(super) fn is_public_suffix(domain: &str) -> bool {
    domain.parse::<IpAddr>().is_err() && psl::suffix_str(domain) == Some(domain)
}

/// Whether nobody on the way can read or change what is sent: TLS, or this machine (as browsers have
/// it, "potentially trustworthy").
pub(super) fn trustworthy(url: &Url) -> bool {
    url.scheme() == "https"
        || match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
}
