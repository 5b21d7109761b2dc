//! The body of a request as written.

use errand_model::{Body, FileBody, FormRow, Header, MultipartRow};

use super::tree::Files;
use crate::{Receipt, curl, multipart};

const FORM: &str = "application/x-www-form-urlencoded";
/// Longest file that is put into a body, in bytes.
const INLINE: u64 = 1 << 20;

/// `< path` or `<@ path`.
struct Reference<'l> {
    path: &'l str,
    /// Variables in the file are filled in.
    filled: bool,
}

fn reference(line: &str) -> Option<Reference<'_>> {
    let rest = line.trim().strip_prefix('<')?;
    if let Some(rest) = rest.strip_prefix('@') {
        let rest = if rest.starts_with(char::is_whitespace) {
            rest
        } else {
            // An encoding, such as `<@latin1 path`.
            rest.split_once(char::is_whitespace)?.1
        };
        return Some(Reference { path: rest.trim(), filled: true }).filter(|r| !r.path.is_empty());
    }
    let path = rest.strip_prefix(char::is_whitespace)?.trim();
    (!path.is_empty()).then_some(Reference { path, filled: false })
}

/// The body of some lines, by their content type.
pub(super) fn read(
    lines: &[String],
    headers: &mut Vec<Header>,
    files: &Files<'_>,
    notes: &mut Receipt,
) -> Body {
    if lines.is_empty() {
        return Body::None;
    }
    let own = headers.iter().find(|h| h.enabled && h.name.eq_ignore_ascii_case("content-type"));
    let content_type = own.map(|header| header.value.clone()).unwrap_or_default();
    if let [line] = lines
        && let Some(reference) = reference(line)
    {
        return file(&reference, &content_type, files, notes);
    }
    if let Some(boundary) = multipart::boundary(&content_type) {
        let text = lines.join("\r\n");
        if multipart::is_form(&content_type)
            && let Some(rows) = rows(&text, boundary, files, notes)
        {
            headers.retain(|h| !h.name.eq_ignore_ascii_case("content-type"));
            notes.converted("Content-Type", "the boundary is made anew when the request is sent");
            return Body::Multipart { rows };
        }
        return Body::Raw {
            language: curl::body::language("text/plain", ""),
            text: inline(&text, "\r\n", files, notes),
        };
    }
    let media = content_type.split(';').next().unwrap_or_default().trim();
    if media.eq_ignore_ascii_case(FORM) {
        return form(lines, &content_type, headers);
    }
    let text = inline(&lines.join("\n"), "\n", files, notes);
    Body::Raw { language: curl::body::language(media, &text), text }
}

fn file(
    reference: &Reference<'_>,
    content_type: &str,
    files: &Files<'_>,
    notes: &mut Receipt,
) -> Body {
    let found = files.at(reference.path);
    if reference.filled {
        let text = found.filter(|entry| entry.len() <= INLINE).and_then(|entry| entry.text().ok());
        if let Some(text) = text {
            notes.converted("<@ file", "its text is the body, so that variables are filled in");
            let media = content_type.split(';').next().unwrap_or_default().trim();
            return Body::Raw { language: curl::body::language(media, &text), text };
        }
        notes.converted("<@ file", "variables in the file are not filled in");
    }
    if found.is_none() {
        let what = format!("< {}", reference.path);
        notes.converted(what, "the body is this file, which is not among those imported");
    }
    let file =
        FileBody { path: reference.path.to_owned(), content_type: String::new(), selected: true };
    Body::File { files: vec![file] }
}

/// Rows that say the same as the parts; none where they cannot.
fn rows(
    text: &str,
    boundary: &str,
    files: &Files<'_>,
    notes: &mut Receipt,
) -> Option<Vec<MultipartRow>> {
    let parts = multipart::parts(text, boundary)?;
    let mut missing = Vec::new();
    let rows: Option<Vec<MultipartRow>> = parts
        .iter()
        .map(|part| match reference(part.content.trim()) {
            Some(reference) if !part.content.trim().contains('\n') => {
                if files.at(reference.path).is_none() {
                    missing.push(reference.path.to_owned());
                }
                part.file_row(reference.path)
            }
            _ => part.text_row(),
        })
        .collect();
    if rows.is_some() {
        for path in missing {
            notes.converted(
                format!("< {path}"),
                "the part is this file, which is not among those imported",
            );
        }
    }
    rows
}

/// Text with the text of the files that lines of it refer to.
fn inline(text: &str, end: &str, files: &Files<'_>, notes: &mut Receipt) -> String {
    if !text.contains("< ") && !text.contains("<@") {
        return text.to_owned();
    }
    let lines: Vec<String> = text
        .split(end)
        .map(|line| {
            let Some(reference) = reference(line).filter(|_| line.starts_with('<')) else {
                return line.to_owned();
            };
            let content = files.at(reference.path).filter(|entry| entry.len() <= INLINE);
            let what = format!("< {}", reference.path);
            if let Some(content) = content.and_then(|entry| entry.text().ok()) {
                notes.converted(what, "its text is part of the body");
                return content;
            }
            notes.not_carried(what, "a file's content cannot stand among other text");
            line.to_owned()
        })
        .collect();
    lines.join(end)
}

/// Pairs over several lines, with blanks that mean nothing.
fn form(lines: &[String], content_type: &str, headers: &mut Vec<Header>) -> Body {
    let joined: String = lines.iter().map(|line| line.trim()).collect();
    let exact = curl::body::rows(&joined);
    let rows = exact.or_else(|| {
        // As typed: what is encoded already stays text.
        let pairs = joined.split('&').filter(|pair| !pair.trim().is_empty());
        let plain = |text: &str| !text.contains(['%', '+']);
        pairs
            .map(|pair| {
                let (name, value) = pair.split_once('=')?;
                let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
                (plain(&name) && plain(&value)).then_some(FormRow {
                    name,
                    value,
                    description: String::new(),
                    enabled: true,
                })
            })
            .collect()
    });
    let Some(rows) = rows else {
        return Body::Raw { language: curl::body::language(FORM, ""), text: joined };
    };
    if content_type.eq_ignore_ascii_case(FORM) {
        headers.retain(|h| !h.enabled || !h.name.eq_ignore_ascii_case("content-type"));
    }
    Body::FormUrlEncoded { rows }
}
