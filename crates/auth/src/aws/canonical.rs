//! The canonical request: what both sides make of a request before they hash it.

use percent_encoding::percent_decode_str;

use crate::parts::{encode, encode_path};

/// How a path becomes canonical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathRule {
    /// Dots and empty segments resolved, then encoded once more.
    Normalized,
    /// Encoded once, and otherwise as it is.
    S3,
    /// Encoded once more, and otherwise as it is.
    #[cfg(test)]
    AsIs,
}

/// A canonical request.
pub(super) struct Canonical {
    pub text: String,
    pub signed_headers: String,
}

impl Canonical {
    /// From a canonical path, decoded parameters, the headers to sign and the body's word.
    pub fn new(
        method: &str,
        path: &str,
        query: &[(String, String)],
        headers: &[(String, String)],
        body: &str,
    ) -> Self {
        let signed_headers = signed_headers(headers);
        let query = canonical_query(query);
        let lines: Vec<String> =
            grouped(headers).iter().map(|(name, value)| format!("{name}:{value}")).collect();
        let lines = lines.join("\n");
        let text = format!("{method}\n{path}\n{query}\n{lines}\n\n{signed_headers}\n{body}");
        Self { text, signed_headers }
    }
}

/// A path as in the request line, made canonical.
pub(super) fn path(raw: &str, rule: PathRule) -> String {
    match rule {
        PathRule::Normalized => encode_path(&normalized(raw)),
        PathRule::S3 => {
            let bytes: Vec<u8> = percent_decode_str(raw).collect();
            encode_bytes(&bytes)
        }
        #[cfg(test)]
        PathRule::AsIs => encode_path(raw),
    }
}

/// RFC 3986 §5.2.4, and no empty segments.
fn normalized(raw: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in raw.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            other => kept.push(other),
        }
    }
    let path = format!("/{}", kept.join("/"));
    let folder = raw.ends_with('/') || raw.ends_with("/.") || raw.ends_with("/..");
    if folder && path.len() > 1 { path + "/" } else { path }
}

/// Percent-encodes bytes that need not be text, as file names in buckets need not.
fn encode_bytes(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|&byte| {
            let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
            if plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
        })
        .collect()
}

/// Encoded, then in order of name and value.
fn canonical_query(query: &[(String, String)]) -> String {
    let mut encoded: Vec<(String, String)> =
        query.iter().map(|(name, value)| (encode(name), encode(value))).collect();
    encoded.sort();
    let parts: Vec<String> =
        encoded.iter().map(|(name, value)| format!("{name}={value}")).collect();
    parts.join("&")
}

/// Whether a header may take part: not those that proxies change on the way, or that are not sent
/// over HTTP/2.
pub(super) fn is_signed(name: &str) -> bool {
    const CHANGED: [&str; 14] = [
        "accept-encoding",
        "authorization",
        "connection",
        "expect",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "via",
        "x-amzn-trace-id",
    ];
    !CHANGED.iter().any(|changed| name.eq_ignore_ascii_case(changed))
}

/// The names, in lower case and order, with semicolons between them.
pub(super) fn signed_headers(headers: &[(String, String)]) -> String {
    let names: Vec<String> = grouped(headers).into_iter().map(|(name, _)| name).collect();
    names.join(";")
}

/// One entry for each name: its values trimmed, single-spaced and joined.
fn grouped(headers: &[(String, String)]) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for (name, value) in headers {
        let name = name.to_ascii_lowercase();
        let value = value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        match lines.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => {
                values.push(',');
                values.push_str(&value);
            }
            None => lines.push((name, value)),
        }
    }
    lines.sort();
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_by_rule() {
        assert_eq!(path("/a%20b/c:d", PathRule::Normalized), "/a%2520b/c%3Ad");
        assert_eq!(path("/a%20b/c:d//e/", PathRule::S3), "/a%20b/c%3Ad//e/");
        assert_eq!(path("/%ff", PathRule::S3), "/%FF");
        assert_eq!(path("/a/./b/../c/..", PathRule::Normalized), "/a/");
        assert_eq!(path("", PathRule::Normalized), "/");
        assert_eq!(path("/../..", PathRule::Normalized), "/");
    }

    proptest! {
        #[test]
        fn a_canonical_query_does_not_depend_on_the_order(
            mut query in prop::collection::vec(("[a-c=&]{0,2}", "[a-c%+ ]{0,2}"), 0..6),
        ) {
            let one = canonical_query(&query);
            query.reverse();
            prop_assert_eq!(one, canonical_query(&query));
        }

        #[test]
        fn normalizing_twice_is_normalizing_once(raw in "/[ab./]{0,12}") {
            let once = normalized(&raw);
            prop_assert_eq!(normalized(&once), once);
        }
    }
}
