use std::fmt::Write;

use crate::Rendered;

/// What a piece of text is in a URL; decides which marks would change the URL's shape.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Scheme and authority as far as they go (left alone), then as [`Place::Path`].
    Head,
    /// Path or fragment text as typed.
    Path,
    /// The value of a path parameter: one segment.
    Segment,
    /// A query name.
    Name,
    /// A query value.
    Value,
}

/// Percent-encodes what may not stand there (RFC 3986 §2); what is encoded already stays.
pub(super) fn encode(rendered: Rendered, place: Place) -> Rendered {
    let head = if place == Place::Head { authority_end(&rendered.text) } else { 0 };
    let mut at = 0;
    rendered.map_text(|run| {
        let alone = head.saturating_sub(at).min(run.len());
        at += run.len();
        let mut out = run[..alone].to_owned();
        encode_into(&run[alone..], place, &mut out);
        out
    })
}

/// Where the path of a rendered text begins. Host names are not percent-encoded but go through IDNA later.
fn authority_end(text: &str) -> usize {
    let start = text.find("://").map_or(0, |at| at + 3);
    text[start..].find(['/', '?', '#']).map_or(text.len(), |at| start + at)
}

fn encode_into(text: &str, place: Place, out: &mut String) {
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
        if allowed(byte, place) || byte == b'%' && hex(at + 1) && hex(at + 2) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

fn allowed(byte: u8, place: Place) -> bool {
    match byte {
        _ if byte.is_ascii_alphanumeric() || b"-._~!$'()*+,;:@".contains(&byte) => true,
        b'/' | b'?' | b'[' | b']' => place != Place::Segment,
        b'#' => matches!(place, Place::Head | Place::Path),
        b'&' => !matches!(place, Place::Name | Place::Value),
        b'=' => place != Place::Name,
        _ => false,
    }
}
