//! What a body is, from its Content-Type and its first bytes.

use serde::Serialize;

use crate::ViewKind;

/// A kind of content, which suggests how to show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// JSON, JSON lines included.
    Json,
    /// XML.
    Xml,
    /// HTML.
    Html,
    /// CSS.
    Css,
    /// JavaScript.
    JavaScript,
    /// Comma- or otherwise separated values.
    Csv,
    /// An image of a format that a web view shows.
    Image,
    /// PDF.
    Pdf,
    /// Other text.
    Text,
    /// Anything else.
    Binary,
}

impl Content {
    /// The view to open with.
    pub fn view(self) -> ViewKind {
        match self {
            Self::Json => ViewKind::Json,
            Self::Xml => ViewKind::Xml,
            Self::Html => ViewKind::Html,
            Self::Css | Self::JavaScript | Self::Csv | Self::Text => ViewKind::Raw,
            Self::Image | Self::Pdf | Self::Binary => ViewKind::Hex,
        }
    }
}

/// What the body is. `head` is its first bytes, a few hundred if there are that many. The Content-Type counts, except
/// where it says nothing (text/plain, octet-stream, none) or the bytes plainly are something else.
pub fn detect(content_type: Option<&str>, head: &[u8]) -> Content {
    let looks = sniff(head);
    match content_type.and_then(by_type) {
        Some(Content::Text) | None => {
            looks.unwrap_or_else(|| if is_text(head) { Content::Text } else { Content::Binary })
        }
        Some(Content::Binary)
            if matches!(looks, Some(Content::Image | Content::Pdf))
                || is_text(head) && !head.is_empty() =>
        {
            looks.unwrap_or(Content::Text)
        }
        Some(textual @ (Content::Json | Content::Xml | Content::Csv)) if !is_text(head) => {
            looks.unwrap_or(textual)
        }
        Some(named) => named,
    }
}

fn by_type(content_type: &str) -> Option<Content> {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (_, subtype) = essence.split_once('/')?;
    Some(match subtype {
        _ if subtype == "json"
            || subtype.ends_with("+json")
            || subtype.ends_with("ndjson")
            || subtype.contains("jsonlines") =>
        {
            Content::Json
        }
        "html" | "xhtml+xml" => Content::Html,
        _ if essence.starts_with("image/") => Content::Image,
        _ if subtype == "xml" || subtype.ends_with("+xml") || subtype == "xml-dtd" => Content::Xml,
        "css" => Content::Css,
        "javascript" | "x-javascript" | "ecmascript" => Content::JavaScript,
        "csv" | "tab-separated-values" => Content::Csv,
        "pdf" => Content::Pdf,
        "x-www-form-urlencoded" | "yaml" | "x-yaml" | "toml" | "graphql" | "sql" => Content::Text,
        _ if essence.starts_with("text/") => Content::Text,
        _ if matches!(
            essence.split('/').next(),
            Some("audio" | "video" | "font" | "application")
        ) =>
        {
            Content::Binary
        }
        _ => return None,
    })
}

/// What the first bytes plainly are.
fn sniff(head: &[u8]) -> Option<Content> {
    const IMAGES: [&[u8]; 7] =
        [b"\x89PNG\r\n", b"\xFF\xD8\xFF", b"GIF87a", b"GIF89a", b"BM", b"\0\0\x01\0", b"II*\0"];
    let webp = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    let avif = head.get(4..12) == Some(b"ftypavif");
    if webp
        || avif
        || IMAGES.iter().any(|magic| head.starts_with(magic) && !(is_text(head) && magic.len() < 3))
    {
        return Some(Content::Image);
    }
    if head.starts_with(b"%PDF-") {
        return Some(Content::Pdf);
    }
    if !is_text(head) {
        return None;
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    let lower = text.get(..text.len().min(64)).unwrap_or_default().to_ascii_lowercase();
    match text.bytes().next()? {
        b'{' | b'[' if is_like_json(text) => Some(Content::Json),
        b'<' if lower.starts_with("<!doctype html") || lower.starts_with("<html") => {
            Some(Content::Html)
        }
        b'<' if lower.starts_with("<svg") => Some(Content::Image),
        b'<' if text
            .as_bytes()
            .get(1)
            .is_some_and(|&byte| byte == b'?' || byte == b'!' || byte.is_ascii_alphabetic()) =>
        {
            Some(Content::Xml)
        }
        _ => None,
    }
}

/// Whether a bracket at the start is followed by what may follow it in JSON.
fn is_like_json(text: &str) -> bool {
    let object = text.starts_with('{');
    match text[1..].trim_start().bytes().next() {
        None | Some(b'"') => true,
        Some(b'}') => object,
        Some(byte) => {
            !object && matches!(byte, b']' | b'[' | b'{' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n')
        }
    }
}

/// Whether the bytes may be text: no control characters that text does not have (UTF-16 with its mark is text).
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return true;
    }
    !head.iter().any(|&byte| {
        byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B) || byte == 0x7F
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_bytes() {
        let cases: [(Option<&str>, &[u8], Content); 18] = [
            (Some("application/json; charset=utf-8"), b"{}", Content::Json),
            (Some("application/problem+json"), b"", Content::Json),
            (Some("application/x-ndjson"), b"", Content::Json),
            (Some("text/plain"), b" {\"a\":1}", Content::Json),
            (Some("text/plain"), b"[1] is a footnote", Content::Json),
            (Some("text/plain"), b"{curly} text", Content::Text),
            (None, b"<?xml version='1.0'?><a/>", Content::Xml),
            (None, b"<!DOCTYPE html><p>", Content::Html),
            (Some("text/html"), b"{\"not\": \"sure\"}", Content::Html),
            (Some("application/soap+xml"), b"<a/>", Content::Xml),
            (Some("image/svg+xml"), b"<svg/>", Content::Image),
            (Some("application/octet-stream"), b"\x89PNG\r\n\x1a\n", Content::Image),
            (Some("application/octet-stream"), b"\0\x01\x02", Content::Binary),
            (None, b"\0\x01\x02", Content::Binary),
            (None, b"%PDF-1.7", Content::Pdf),
            (Some("text/csv"), b"a,b\n", Content::Csv),
            (None, b"BM is the start of this text", Content::Text),
            (Some("application/json"), b"\x89PNG\r\n\x1a\n", Content::Image),
        ];
        for (content_type, head, expected) in cases {
            assert_eq!(detect(content_type, head), expected, "{content_type:?} {head:?}");
        }
    }
}
