//! Whether a request means this machine by the name it uses.
//!
//! A web page can point its own name at 127.0.0.1 (DNS rebinding) and then read whatever a loopback
//! server says. Its requests still carry that name in Host, so names other than loopback's are
//! refused.

use std::net::{Ipv4Addr, Ipv6Addr};

use http::header::HOST;
use http::{HeaderMap, StatusCode, Uri, Version};

use crate::answer::Refusal;

/// The authority the request was sent to, where it is loopback's. `None` is HTTP/1.0 without Host.
pub(crate) fn check(
    version: Version,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Option<String>, Refusal> {
    let mut named: Vec<&[u8]> =
        headers.get_all(HOST).iter().map(http::HeaderValue::as_bytes).collect();
    if named.len() > 1 {
        return Err(Refusal::bad("The request has more than one Host header."));
    }
    if let Some(authority) = uri.authority() {
        named.push(authority.as_str().as_bytes());
    }
    if named.is_empty() && version == Version::HTTP_11 {
        return Err(Refusal::bad(
            "An HTTP/1.1 request needs a Host header (RFC 9112 section 3.2).",
        ));
    }
    let mut last = None;
    for name in named {
        let name = std::str::from_utf8(name).unwrap_or_default();
        if !is_loopback(name) {
            return Err(Refusal::new(
                StatusCode::MISDIRECTED_REQUEST,
                "The playground answers only requests to localhost, 127.0.0.1 and [::1]; \
                 the Host header names something else.",
            ));
        }
        last = Some(name.to_owned());
    }
    Ok(last)
}

fn is_loopback(authority: &str) -> bool {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        match rest.split_once(']') {
            Some((host, "")) => return host.parse() == Ok(Ipv6Addr::LOCALHOST),
            Some((host, port)) => {
                let Some(port) = port.strip_prefix(':') else {
                    return false;
                };
                return host.parse() == Ok(Ipv6Addr::LOCALHOST) && is_port(port);
            }
            None => return false,
        }
    } else {
        authority.split_once(':').unwrap_or((authority, ""))
    };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let local = host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback());
    local && is_port(port)
}

fn is_port(text: &str) -> bool {
    text.is_empty() || text.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_names_of_this_machine_pass() {
        for good in [
            "localhost",
            "localhost:80",
            "LocalHost.:4010",
            "api.localhost:1",
            "127.0.0.1:4010",
            "127.9.9.9",
            "[::1]",
            "[::1]:4010",
        ] {
            assert!(is_loopback(good), "{good}");
        }
        for bad in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:80",
            "192.168.0.1",
            "0.0.0.0",
            "[::2]:80",
            "[::1",
            "[::1]x",
            "localhost:80:80",
            "user@localhost",
            "2130706433",
        ] {
            assert!(!is_loopback(bad), "{bad}");
        }
    }
}
