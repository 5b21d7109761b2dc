//! A request's body, resolved.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use errand_engine::{Body as Sent, Multipart, Part, PartContent};
use errand_model::{Body, FormRow, MultipartRow, PartKind, RawLanguage};

use crate::Error;
use crate::resolve::Resolver;

/// A resolved body and the content type that goes with it, unless the user set one.
pub(crate) struct Content {
    pub body: Sent,
    pub media_type: Option<String>,
    /// The body as text with secrets masked; empty for files.
    pub shown: String,
}

pub(crate) fn resolve(
    body: &Body,
    base: &Path,
    resolver: &mut Resolver<'_>,
) -> Result<Content, Error> {
    match body {
        Body::None => Ok(Content { body: Sent::None, media_type: None, shown: String::new() }),
        Body::Raw { language, text } => {
            let text = resolver.text(text);
            Ok(Content {
                body: Sent::Bytes(Bytes::from(text.text)),
                media_type: Some(language_type(*language).to_owned()),
                shown: text.shown,
            })
        }
        Body::FormUrlEncoded { rows } => Ok(form(rows, resolver)),
        Body::Multipart { rows } => multipart(rows, base, resolver),
        Body::File { files } => {
            let Some(file) = files.iter().find(|file| file.selected).or(files.first()) else {
                return Err(Error::NoBodyFile);
            };
            let path = existing(base, &resolver.text(&file.path).text)?;
            let content_type = resolver.text(&file.content_type).text;
            Ok(Content {
                shown: format!("(the file {})", path.display()),
                media_type: Some(if content_type.is_empty() {
                    by_extension(&path)
                } else {
                    content_type
                }),
                body: Sent::File(path),
            })
        }
    }
}

fn language_type(language: RawLanguage) -> &'static str {
    match language {
        RawLanguage::Json => "application/json",
        RawLanguage::Xml => "application/xml",
        RawLanguage::Text => "text/plain",
        RawLanguage::Sparql => "application/sparql-query",
    }
}

/// WHATWG URL §5.2, the serializer of `application/x-www-form-urlencoded`.
fn form(rows: &[FormRow], resolver: &mut Resolver<'_>) -> Content {
    let mut encoded = url::form_urlencoded::Serializer::new(String::new());
    let mut shown = Vec::new();
    for row in rows.iter().filter(|row| row.enabled) {
        let (name, value) = (resolver.text(&row.name), resolver.text(&row.value));
        encoded.append_pair(&name.text, &value.text);
        shown.push(format!("{}={}", name.shown, value.shown));
    }
    Content {
        body: Sent::Bytes(Bytes::from(encoded.finish())),
        media_type: Some("application/x-www-form-urlencoded".to_owned()),
        shown: shown.join("&"),
    }
}

fn multipart(
    rows: &[MultipartRow],
    base: &Path,
    resolver: &mut Resolver<'_>,
) -> Result<Content, Error> {
    let mut parts = Vec::new();
    let mut shown = Vec::new();
    for row in rows.iter().filter(|row| row.enabled) {
        let name = resolver.text(&row.name);
        let content_type = resolver.text(&row.content_type).text;
        let content_type = (!content_type.is_empty()).then_some(content_type);
        if row.kind == PartKind::Text {
            let value = resolver.text(&row.value);
            shown.push(format!("{}: {}", name.shown, value.shown));
            parts.push(Part {
                name: name.text,
                content_type,
                content: PartContent::Text(value.text),
            });
            continue;
        }
        for file in row.files.iter().filter(|file| !file.is_empty()) {
            let path = existing(base, &resolver.text(file).text)?;
            shown.push(format!("{}: (the file {})", name.shown, path.display()));
            parts.push(Part {
                name: name.text.clone(),
                content_type: content_type.clone().or_else(|| Some(by_extension(&path))),
                content: PartContent::File { path, filename: None },
            });
        }
    }
    Ok(Content {
        body: Sent::Multipart(Multipart::new(parts)),
        media_type: None,
        shown: shown.join("\n"),
    })
}

/// A file to send, looked up before anything is sent.
fn existing(base: &Path, name: &str) -> Result<PathBuf, Error> {
    let path = base.join(name);
    match std::fs::metadata(&path) {
        Ok(found) if found.is_file() => Ok(path),
        Ok(_) => Err(Error::BodyFile { path, reason: "it is not a file".to_owned() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::BodyFile { path, reason: "there is no such file".to_owned() })
        }
        Err(error) => Err(Error::BodyFile { path, reason: error.to_string() }),
    }
}

fn by_extension(path: &Path) -> String {
    mime_guess::from_path(path).first_or_octet_stream().to_string()
}
