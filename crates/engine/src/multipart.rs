//! `multipart/form-data` (RFC 7578), written piece by piece so that files are never in memory.

use std::fmt::Write as _;
use std::path::Path;

use bytes::Bytes;

use crate::error::Error;
use crate::outgoing::{Multipart, Part, PartContent};
use crate::request_body::Piece;

impl Multipart {
    /// A form with a boundary of its own.
    pub fn new(parts: Vec<Part>) -> Self {
        Self { boundary: format!("errand-{:016x}{:016x}", random(), random()), parts }
    }

    /// The value of `Content-Type` that goes with this form.
    pub fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }
}

/// Unlike any other number, which is all that a boundary needs.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

/// A stretch of a form as it is sent.
pub(crate) enum Segment<'a> {
    Text(String),
    File(&'a Path),
}

/// The form in the order it is sent.
pub(crate) fn segments(form: &Multipart) -> Result<Vec<Segment<'_>>, Error> {
    let mut segments = Vec::with_capacity(form.parts.len() * 2 + 1);
    let mut text = String::new();
    for part in &form.parts {
        let _ = write!(text, "--{}\r\n{}\r\n", form.boundary, part_head(part)?);
        match &part.content {
            PartContent::Text(content) => text.push_str(content),
            PartContent::File { path, .. } => {
                segments.push(Segment::Text(std::mem::take(&mut text)));
                segments.push(Segment::File(path));
            }
        }
        text.push_str("\r\n");
    }
    let _ = write!(text, "--{}--\r\n", form.boundary);
    segments.push(Segment::Text(text));
    Ok(segments)
}

/// The form as pieces, files opened.
pub(crate) async fn pieces(form: &Multipart) -> Result<Vec<Piece>, Error> {
    let mut pieces = Vec::new();
    for segment in segments(form)? {
        pieces.push(match segment {
            Segment::Text(text) => Piece::Bytes(Bytes::from(text)),
            Segment::File(path) => Piece::open(path).await?,
        });
    }
    Ok(pieces)
}

fn part_head(part: &Part) -> Result<String, Error> {
    let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(&part.name));
    let mut content_type = part.content_type.as_deref();
    if let PartContent::File { path, filename } = &part.content {
        let name = filename.clone().unwrap_or_else(|| own_name(path));
        let _ = write!(head, "; filename=\"{}\"", quoted(&name));
        content_type = content_type.or(Some("application/octet-stream"));
    }
    head.push_str("\r\n");
    if let Some(content_type) = content_type {
        if content_type.contains(['\r', '\n', '\0']) {
            return Err(Error::InvalidHeader {
                name: "Content-Type".into(),
                reason: format!("the part \"{}\" has a line end in it", part.name.escape_debug()),
            });
        }
        let _ = write!(head, "Content-Type: {content_type}\r\n");
    }
    Ok(head)
}

fn own_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// As browsers do it (HTML, "multipart/form-data encoding algorithm").
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
