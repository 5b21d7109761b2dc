//! Bodies: data, forms and files.

use errand_model::{Body, FileBody, FormRow, Header, RawLanguage};
use url::form_urlencoded;

use super::Error;
use super::apply::Draft;
use super::parts::multipart;
use super::words::Stdin;

const FORM: &str = "application/x-www-form-urlencoded";

/// The value of one `--data…` option.
pub(super) enum Data {
    Text(String),
    /// A part of a `--json`: joined without `&`.
    Json(String),
    /// `@path`.
    File {
        path: String,
        /// What goes before its content, such as `name=`.
        name: String,
        /// Whether curl drops the line ends.
        joined_lines: bool,
        /// Whether its content is form-encoded.
        encode: bool,
    },
}

impl Data {
    /// `-d`: a file's line ends are dropped by curl.
    pub fn lines(value: String) -> Self {
        match Self::bytes(value) {
            Self::File { path, name, .. } => {
                Self::File { path, name, joined_lines: true, encode: false }
            }
            text => text,
        }
    }

    /// `--data-binary`.
    pub fn bytes(value: String) -> Self {
        match value.strip_prefix('@') {
            Some(path) => Self::file(path, ""),
            None => Self::Text(value),
        }
    }

    /// `--json`.
    pub fn json(value: String) -> Self {
        match value.strip_prefix('@') {
            Some(path) => Self::file(path, ""),
            None => Self::Json(value),
        }
    }

    fn file(path: &str, name: &str) -> Self {
        Self::File {
            path: path.to_owned(),
            name: name.to_owned(),
            joined_lines: false,
            encode: false,
        }
    }

    /// `--data-urlencode`: `content`, `=content`, `name=content`, `@file`, `name@file`.
    pub fn encode(value: &str) -> Self {
        match value.find(['=', '@']) {
            Some(at) if value.as_bytes()[at] == b'@' => {
                let name = if at == 0 { String::new() } else { format!("{}=", &value[..at]) };
                let path = value[at + 1..].to_owned();
                Self::File { path, name, joined_lines: false, encode: true }
            }
            Some(0) => Self::Text(encoded(&value[1..])),
            Some(at) => Self::Text(format!("{}={}", &value[..at], encoded(&value[at + 1..]))),
            None => Self::Text(encoded(value)),
        }
    }
}

/// Form-encodes a text but leaves its `{{variables}}` alone.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        out.extend(form_urlencoded::byte_serialize(before.as_bytes()));
        out.push_str("{{");
        out.push_str(name);
        out.push_str("}}");
        rest = behind;
    }
    out.extend(form_urlencoded::byte_serialize(rest.as_bytes()));
    out
}

/// The data as one text; none when there is none. Files in it are named in the receipt.
pub(super) fn joined(draft: &mut Draft<'_>) -> Option<String> {
    let data = std::mem::take(&mut draft.data);
    let mut text: Option<String> = None;
    for part in data {
        let (between, part) = match part {
            Data::Json(part) => ("", part),
            Data::Text(part) => ("&", part),
            Data::File { path, name, joined_lines, encode } => {
                let stdin = draft.stdin.as_ref().filter(|_| path == "-");
                if let Some(Stdin::Text(stdin)) = stdin {
                    let stdin =
                        if joined_lines { stdin.replace(['\r', '\n'], "") } else { stdin.clone() };
                    ("&", name + &stdin)
                } else if let Some(content) = draft.file(&path) {
                    (
                        "&",
                        name + &if encode {
                            encoded(&content)
                        } else {
                            one_line(content, joined_lines)
                        },
                    )
                } else {
                    draft.receipt.not_carried(
                        format!("@{path}"),
                        "a file's content cannot stand among other data",
                    );
                    ("&", format!("{name}@{path}"))
                }
            }
        };
        text = Some(match text {
            Some(text) => text + between + &part,
            None => part,
        });
    }
    text
}

/// The body that data, parts or an uploaded file make.
pub(super) fn set_body(draft: &mut Draft, at: usize) -> Result<(), Error> {
    if !draft.parts.is_empty() && !draft.data.is_empty() {
        return Err(Error::Conflict { one: "--data", other: "--form", at });
    }
    if draft.json {
        default_header(draft, "Content-Type", "application/json");
        default_header(draft, "Accept", "application/json");
    }
    if let Some(path) = draft.upload.take() {
        let typed =
            draft.request.headers.iter().any(|h| h.name.eq_ignore_ascii_case("content-type"));
        if !typed {
            draft
                .receipt
                .converted("--upload-file", "a file has a content type here, by its extension");
        }
        draft.request.body = file(draft, &path);
    } else if !draft.parts.is_empty() {
        draft.request.body = multipart(draft);
    } else if let [Data::File { path, name, joined_lines, encode }] = draft.data.as_slice() {
        let typed = path == "-" && matches!(draft.stdin, Some(Stdin::Text(_)));
        let read = (*joined_lines || *encode) && draft.file(path).is_some();
        if name.is_empty() && !typed && !read {
            if *joined_lines {
                let note = "the file is sent as it is; curl would leave out its line ends";
                draft.receipt.converted(format!("-d @{path}"), note);
            }
            let path = path.clone();
            default_header(draft, "Content-Type", FORM);
            draft.request.body = file(draft, &path);
        } else {
            text_body(draft);
        }
    } else {
        text_body(draft);
    }
    Ok(())
}

/// Without line ends, as `-d` takes a file.
fn one_line(content: String, joined_lines: bool) -> String {
    if joined_lines { content.replace(['\r', '\n', '\0'], "") } else { content }
}

fn default_header(draft: &mut Draft, name: &str, value: &str) {
    if !draft.request.headers.iter().any(|header| header.name.eq_ignore_ascii_case(name)) {
        draft.request.headers.push(Header::new(name, value));
    }
}

fn file(draft: &mut Draft, path: &str) -> Body {
    let path = match (&draft.stdin, path) {
        (Some(Stdin::File(path)), "-") => path.clone(),
        (Some(Stdin::Text(text)), "-" | ".") => {
            return Body::Raw { language: RawLanguage::Text, text: text.clone() };
        }
        (None, "-" | ".") => {
            draft
                .receipt
                .not_carried("standard input", "a request reads no standard input; choose a file");
            String::new()
        }
        (_, path) => path.to_owned(),
    };
    Body::File { files: vec![FileBody { path, content_type: String::new(), selected: true }] }
}

/// Rows where they say the same bytes, else the text itself.
fn text_body(draft: &mut Draft) {
    let Some(text) = joined(draft) else { return };
    let content_type = draft
        .request
        .headers
        .iter()
        .find(|h| h.enabled && h.name.eq_ignore_ascii_case("content-type"));
    let content_type = content_type.map(|header| header.value.clone());
    let media = content_type
        .as_deref()
        .map_or(FORM, |value| value.split(';').next().unwrap_or_default().trim());
    if let Some(rows) = rows(&text).filter(|_| media.eq_ignore_ascii_case(FORM)) {
        if content_type.as_deref() == Some(FORM) {
            draft
                .request
                .headers
                .retain(|header| !header.name.eq_ignore_ascii_case("content-type"));
        }
        draft.request.body = Body::FormUrlEncoded { rows };
        return;
    }
    if content_type.is_none() {
        default_header(draft, "Content-Type", FORM);
    }
    draft.request.body = Body::Raw { language: language(media, &text), text };
}

pub(crate) fn language(media: &str, text: &str) -> RawLanguage {
    let media = media.to_ascii_lowercase();
    if media.ends_with("json")
        || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
            && text.starts_with(['{', '['])
    {
        RawLanguage::Json
    } else if media.ends_with("xml") {
        RawLanguage::Xml
    } else if media == "application/sparql-query" {
        RawLanguage::Sparql
    } else {
        RawLanguage::Text
    }
}

/// The fields of a form-encoded text; none when encoding them again would give other bytes.
pub(crate) fn rows(text: &str) -> Option<Vec<FormRow>> {
    let mut rows = Vec::new();
    for pair in text.split('&') {
        let (name, value) = pair.split_once('=')?;
        let (name, value) = (decoded(name)?, decoded(value)?);
        rows.push(FormRow { name, value, description: String::new(), enabled: true });
    }
    Some(rows)
}

fn decoded(text: &str) -> Option<String> {
    let decoded = form_urlencoded::parse(format!("={}", text.replace('&', "%26")).as_bytes())
        .next()
        .map(|(_, v)| v.into_owned())?;
    (encoded(&decoded) == text).then_some(decoded)
}
