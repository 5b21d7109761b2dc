//! The address as it goes out.

use std::fmt::Write as _;

use errand_model::{ParamKind, Request};

/// The URL with its path parameters filled in, and what a URL may not contain percent-encoded.
/// `{{name}}` stays.
pub(super) fn of(request: &Request) -> String {
    let end = request.url.find(['?', '#']).unwrap_or(request.url.len());
    let (path, rest) = request.url.split_at(end);
    let value = |name: &str| {
        let row = request.params.iter().find(|row| {
            row.kind == ParamKind::Path && row.enabled && row.name == name && !row.value.is_empty()
        })?;
        Some(encode(&row.value, "/?#%"))
    };
    let filled: Vec<String> = path
        .split('/')
        .map(|part| {
            let named = part.strip_prefix(':').and_then(value);
            named.unwrap_or_else(|| part.to_owned())
        })
        .collect();
    let whole = filled.join("/") + rest;
    let whole = if request.settings.encode_url == Some(false) { whole } else { encode(&whole, "") };
    if has_scheme(&whole) || whole.starts_with("{{") { whole } else { format!("http://{whole}") }
}

/// RFC 3986 §3.1. A text that only has `://` somewhere may begin like an option of a command.
fn has_scheme(url: &str) -> bool {
    url.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic() || c == '{')
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.{}_ ".contains(c))
    })
}

/// Percent-encodes what no URL may contain, and `also`; not what is between `{{` and `}}`.
pub(super) fn encode(text: &str, also: &str) -> String {
    outside(text, |plain, out| {
        for c in plain.chars() {
            if c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c) && !also.contains(c) {
                out.push(c);
            } else {
                for byte in c.to_string().bytes() {
                    // Writing to a String cannot fail.
                    let _ = write!(out, "%{byte:02X}");
                }
            }
        }
    })
}

/// As a form writes a name or value (WHATWG URL §5.2).
pub(super) fn encode_form(text: &str) -> String {
    outside(text, |plain, out| {
        out.extend(::url::form_urlencoded::byte_serialize(plain.as_bytes()));
    })
}

/// As a key is put into a query when a request is sent.
pub(crate) fn encode_query(text: &str) -> String {
    outside(text, |plain, out| {
        for byte in plain.bytes() {
            if byte.is_ascii_alphanumeric() || b"*-._".contains(&byte) {
                out.push(char::from(byte));
            } else {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    })
}

/// Changes the parts of a text that are not `{{name}}`.
fn outside(text: &str, change: impl Fn(&str, &mut String)) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(from) = rest.find("{{") {
        let Some(length) = rest[from..].find("}}") else { break };
        change(&rest[..from], &mut out);
        out.push_str(&rest[from..from + length + 2]);
        rest = &rest[from + length + 2..];
    }
    change(rest, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use errand_model::Param;

    use super::*;

    #[test]
    fn variables_stay_and_the_rest_is_encoded() {
        let request = Request {
            url: "{{base}}/a b/:id?q=é&r={{ x y }}".into(),
            params: vec![Param {
                name: "id".into(),
                value: "1/2 {{n}}".into(),
                kind: ParamKind::Path,
                description: String::new(),
                enabled: true,
            }],
            ..Request::default()
        };
        assert_eq!(of(&request), "{{base}}/a%20b/1%2F2%20{{n}}?q=%C3%A9&r={{ x y }}");
        assert_eq!(encode_form("a b&{{c d}}"), "a+b%26{{c d}}");
        assert_eq!(encode_query("a b&é~{{c d}}"), "a%20b%26%C3%A9%7E{{c d}}");
    }
}
