//! Multipart bodies: the parts of `-F` and `--form-string`.

use errand_model::{Body, Header, MultipartRow, PartKind};

use super::apply::Draft;
use crate::Receipt;

/// The value of one `-F` or `--form-string`.
pub(super) enum Part {
    Typed(String),
    Literal(String),
}

/// The body of the parts; the draft has none left.
pub(super) fn multipart(draft: &mut Draft) -> Body {
    let mut rows = Vec::new();
    for part in std::mem::take(&mut draft.parts) {
        let (text, literal) = match part {
            Part::Typed(text) => (text, false),
            Part::Literal(text) => (text, true),
        };
        let Some((name, value)) = text.split_once('=') else {
            draft.receipt.not_carried("-F", "a part without a name and = is not one");
            continue;
        };
        let mut row = MultipartRow {
            name: name.to_owned(),
            kind: PartKind::Text,
            value: value.to_owned(),
            files: Vec::new(),
            content_type: String::new(),
            description: String::new(),
            enabled: true,
        };
        if !literal {
            part_content(&mut row, value, &mut draft.receipt);
        }
        rows.push(row);
    }
    // curl's own boundary goes with its own header; another would name a boundary that is not in the body.
    let headers = &mut draft.request.headers;
    let plain = |header: &Header| header.value.trim().eq_ignore_ascii_case("multipart/form-data");
    headers.retain(|header| !(header.name.eq_ignore_ascii_case("content-type") && plain(header)));
    Body::Multipart { rows }
}

/// `@path`, `<path` or text, each with `;type=` and the like behind it.
fn part_content(row: &mut MultipartRow, value: &str, receipt: &mut Receipt) {
    let (content, attributes) = part_value(value);
    if value.starts_with('@') {
        row.kind = PartKind::File;
        row.files = vec![content];
        row.value = String::new();
    } else if value.starts_with('<') {
        receipt.not_carried(
            format!("-F {}=<{content}", row.name),
            "a file's content cannot be read as a text part",
        );
        row.value = String::new();
    } else {
        row.value = content;
    }
    for (name, value) in attributes {
        if name == "type" {
            row.content_type = value;
        } else {
            receipt
                .not_carried(format!("-F {}=…;{name}=", row.name), "parts have no setting for it");
        }
    }
    if let (true, Some(path)) = (row.content_type.is_empty(), row.files.first()) {
        row.content_type = untyped(path).to_owned();
    }
}

/// What curl calls a file whose type others would tell by its extension; empty where they agree.
fn untyped(path: &str) -> &'static str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("gif" | "jpg" | "jpeg" | "png" | "svg" | "txt" | "htm" | "html" | "pdf") => "",
        Some("xml") => "application/xml",
        _ => "application/octet-stream",
    }
}

/// Splits a part's value at semicolons that start an attribute, and undoes its quotes.
fn part_value(value: &str) -> (String, Vec<(String, String)>) {
    let value = value.strip_prefix(['@', '<']).unwrap_or(value);
    let mut pieces = vec![String::new()];
    let mut quoted = false;
    let mut characters = value.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let piece = pieces.last_mut().map_or_else(String::new, std::mem::take);
        let begins = piece.is_empty() || piece.ends_with('=') && pieces.len() > 1;
        let piece = match c {
            '"' if quoted => {
                quoted = false;
                piece
            }
            '"' if begins => {
                quoted = true;
                piece
            }
            '\\' if quoted => {
                piece
                    + &characters
                        .next_if(|(_, c)| matches!(c, '"' | '\\'))
                        .map_or('\\', |(_, c)| c)
                        .to_string()
            }
            ';' if !quoted && attribute(&value[at + 1..]) => {
                if let Some(last) = pieces.last_mut() {
                    *last = piece;
                }
                pieces.push(String::new());
                continue;
            }
            _ => piece + c.encode_utf8(&mut [0; 4]),
        };
        if let Some(last) = pieces.last_mut() {
            *last = piece;
        }
    }
    let mut pieces = pieces.into_iter();
    let content = pieces.next().unwrap_or_default();
    let attributes = pieces
        .filter_map(|piece| {
            piece.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.to_owned()))
        })
        .collect();
    (content, attributes)
}

fn attribute(text: &str) -> bool {
    let text = text.trim_start();
    ["type=", "filename=", "headers=", "encoder="].iter().any(|name| text.starts_with(name))
}
