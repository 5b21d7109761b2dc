//! What a template may use of a request.

use std::collections::HashSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_model::{ApiKeyPlace, Auth, Body, Header, PartKind, RawLanguage, Request};
use serde::Serialize;

use super::url;

/// A boundary that no sensible part contains; it grows until none does.
const BOUNDARY: &str = "----errand-7MA4YWxkTrZu0gW";

/// A request as code sends it.
#[derive(Debug, Serialize)]
pub(crate) struct View {
    pub method: String,
    pub url: String,
    /// The parts of `url`, where it can be read: not when a variable stands for the host.
    pub parts: Option<Parts>,
    /// All but what the language's own form or multipart support sets.
    pub headers: Vec<Pair>,
    /// All, for targets that write the body themselves.
    pub all_headers: Vec<Pair>,
    /// User and password, for `basic` and `digest`.
    pub auth: Option<Credentials>,
    pub body: BodyView,
    /// None when the request leaves it open.
    pub follow: Option<bool>,
    pub insecure: bool,
    /// 0 for none.
    pub timeout_ms: u64,
    /// `1.1` or `2`; none when the request leaves it open.
    pub version: Option<String>,
    /// What no code says: how it is signed, where that is not in it.
    #[serde(skip)]
    pub notes: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Parts {
    pub secure: bool,
    pub host: String,
    pub port: u16,
    /// With the port where it is not the scheme's own.
    pub authority: String,
    pub target: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Pair {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Credentials {
    /// `basic` or `digest`.
    pub kind: &'static str,
    pub user: String,
    pub password: String,
    /// Whether both are ASCII: libraries do not agree on how to write others.
    pub ascii: bool,
    /// `user:password` in Base64; none while there are variables in it.
    pub encoded: Option<String>,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct BodyView {
    /// `none`, `text`, `form`, `multipart`, `file`.
    pub kind: &'static str,
    /// Of `text`, `form` and a `multipart` without files: what goes over the wire.
    pub text: Option<String>,
    pub fields: Vec<Pair>,
    /// Whether a name is in `fields` or `parts` more than once.
    pub repeated: bool,
    /// Whether a part that is text has a content type.
    pub typed: bool,
    pub parts: Vec<Part>,
    /// Of `multipart`: its bytes in order, for those who write it themselves.
    pub pieces: Vec<Piece>,
    /// Of `file`.
    pub path: Option<String>,
}

/// A stretch of a body: a text, or a file's content.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Piece {
    pub text: String,
    /// Its path; none for text.
    pub file: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Part {
    pub name: String,
    pub value: String,
    /// Its path; none for text.
    pub file: Option<String>,
    /// The path's last part.
    pub file_name: String,
    /// A file's is by its extension where the request leaves it open; empty for none.
    pub content_type: String,
    /// The value of its `Content-Disposition`.
    pub disposition: String,
}

pub(crate) fn of(request: &Request) -> View {
    let mut headers: Vec<Pair> =
        request.headers.iter().filter(|row| row.enabled).map(Pair::from).collect();
    let mut address = url::of(request);
    let mut notes = broken_lines(request);
    let (auth, unsigned) = sign(&request.auth, &mut headers, &mut address);
    notes.extend(unsigned);
    let (body, content_type) = body(&request.body);
    let given = headers.iter().any(|header| header.name.eq_ignore_ascii_case("content-type"));
    if body.kind == "multipart" {
        headers.retain(|header| !header.name.eq_ignore_ascii_case("content-type"));
    }
    let mut all_headers = headers.clone();
    let own = matches!(body.kind, "form" | "multipart");
    if let Some(value) = content_type.filter(|_| !given || body.kind == "multipart") {
        let header = Pair { name: "Content-Type".to_owned(), value };
        all_headers.push(header.clone());
        if !own {
            headers.push(header);
        }
    }
    View {
        method: if request.method.is_empty() { "GET".to_owned() } else { request.method.clone() },
        parts: parts(&address),
        url: address,
        headers,
        all_headers,
        auth,
        body,
        follow: request.settings.follow_redirects,
        insecure: request.settings.verify_tls == Some(false),
        timeout_ms: request.settings.timeout_ms.unwrap_or_default(),
        version: request.settings.http_version.clone().filter(|v| v == "1.1" || v == "2"),
        notes,
    }
}

impl From<&Header> for Pair {
    fn from(row: &Header) -> Self {
        Self { name: line(&row.name), value: line(&row.value) }
    }
}

/// No header has a line break in it; the one who reads the code would not see where it ends.
pub(super) fn line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

fn broken_lines(request: &Request) -> Vec<String> {
    let enabled = request.headers.iter().filter(|row| row.enabled);
    let broken = enabled.filter(|row| row.value.contains(['\r', '\n']));
    let note = |row: &Header| format!("A space stands for each line break in {}.", line(&row.name));
    broken.map(note).collect()
}

/// Headers of the same name as one, for libraries that keep one value for each name
/// (RFC 9110 §5.3; RFC 6265 §5.4 for `Cookie`).
pub(crate) fn once(headers: &[Pair]) -> Vec<Pair> {
    let mut joined: Vec<Pair> = Vec::new();
    for header in headers {
        let known = joined.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&header.name));
        match known {
            Some(known) => {
                let between = if known.name.eq_ignore_ascii_case("cookie") { "; " } else { ", " };
                known.value.push_str(between);
                known.value.push_str(&header.value);
            }
            None => joined.push(header.clone()),
        }
    }
    joined
}

fn sign(
    auth: &Auth,
    headers: &mut Vec<Pair>,
    address: &mut String,
) -> (Option<Credentials>, Option<String>) {
    let mut header =
        |name: &str, value: String| headers.push(Pair { name: line(name), value: line(&value) });
    let credentials = |kind, user: &str, password: &str| {
        let both = format!("{user}:{password}");
        let encoded = (!both.contains("{{")).then(|| STANDARD.encode(both));
        let (user, password) = (user.to_owned(), password.to_owned());
        let ascii = user.is_ascii() && password.is_ascii();
        Some(Credentials { kind, user, password, ascii, encoded })
    };
    match auth {
        Auth::Inherit | Auth::None => {}
        Auth::Basic { username, password } => {
            return (credentials("basic", username, password), None);
        }
        Auth::Digest { username, password } => {
            return (credentials("digest", username, password), None);
        }
        Auth::Bearer { token } => header("Authorization", format!("Bearer {token}")),
        Auth::ApiKey { key, value, placement: ApiKeyPlace::Header } => header(key, value.clone()),
        Auth::ApiKey { key, value, placement: ApiKeyPlace::Cookie } => {
            header("Cookie", format!("{key}={value}"));
        }
        Auth::ApiKey { key, value, placement: ApiKeyPlace::Query } => {
            let fragment = address.find('#').unwrap_or(address.len());
            let mark = if address[..fragment].contains('?') { '&' } else { '?' };
            let pair = format!("{mark}{}={}", url::encode_query(key), url::encode_query(value));
            address.insert_str(fragment, &pair);
        }
        Auth::OAuth2(_) => {
            header("Authorization", "Bearer {{access_token}}".to_owned());
            let note = "The access token is not in the code: put one in place of {{access_token}}.";
            return (None, Some(note.to_owned()));
        }
        other => {
            let note =
                format!("{} signs each request anew; the code sends it unsigned.", name(other));
            return (None, Some(note));
        }
    }
    (None, None)
}

fn body(body: &Body) -> (BodyView, Option<String>) {
    match body {
        Body::None => (BodyView { kind: "none", ..BodyView::default() }, None),
        Body::Raw { language, text } => {
            let kind = match language {
                RawLanguage::Json => "application/json",
                RawLanguage::Xml => "application/xml",
                RawLanguage::Text => "text/plain",
                RawLanguage::Sparql => "application/sparql-query",
            };
            let view = BodyView { kind: "text", text: Some(text.clone()), ..BodyView::default() };
            (view, Some(kind.to_owned()))
        }
        Body::FormUrlEncoded { rows } => {
            let fields: Vec<Pair> = rows
                .iter()
                .filter(|row| row.enabled)
                .map(|row| Pair { name: row.name.clone(), value: row.value.clone() })
                .collect();
            let pairs: Vec<String> = fields
                .iter()
                .map(|row| {
                    format!("{}={}", url::encode_form(&row.name), url::encode_form(&row.value))
                })
                .collect();
            let text = Some(pairs.join("&"));
            let repeated = repeated(fields.iter().map(|field| field.name.as_str()));
            let kind = "application/x-www-form-urlencoded".to_owned();
            (BodyView { kind: "form", text, fields, repeated, ..BodyView::default() }, Some(kind))
        }
        Body::Multipart { rows } => {
            let rows = rows.iter().filter(|row| row.enabled);
            let parts: Vec<Part> = rows
                .flat_map(|row| {
                    let files: Vec<Option<String>> = match row.kind {
                        PartKind::Text => vec![None],
                        PartKind::File => row.files.iter().cloned().map(Some).collect(),
                    };
                    files.into_iter().map(|file| Part {
                        name: row.name.clone(),
                        value: row.value.clone(),
                        file_name: file.as_deref().map(last).unwrap_or_default().to_owned(),
                        disposition: disposition(&row.name, file.as_deref()),
                        content_type: kind_of(&row.content_type, file.as_deref()),
                        file,
                    })
                })
                .collect();
            let boundary = boundary(&parts);
            let pieces = written(&parts, &boundary);
            let text = match pieces.as_slice() {
                [only] if only.file.is_none() => Some(only.text.clone()),
                _ => None,
            };
            let kind = Some(format!("multipart/form-data; boundary={boundary}"));
            let repeated = repeated(parts.iter().map(|part| part.name.as_str()));
            let typed =
                parts.iter().any(|part| part.file.is_none() && !part.content_type.is_empty());
            let view = BodyView {
                kind: "multipart",
                text,
                repeated,
                typed,
                parts,
                pieces,
                ..BodyView::default()
            };
            (view, kind)
        }
        Body::File { files } => {
            let Some(file) = files.iter().find(|file| file.selected).or(files.first()) else {
                return (BodyView { kind: "none", ..BodyView::default() }, None);
            };
            let kind = kind_of(&file.content_type, Some(&file.path));
            let path = Some(file.path.clone());
            (BodyView { kind: "file", path, ..BodyView::default() }, Some(kind))
        }
    }
}

/// As it is sent: a file's type is the one of its extension where none is given.
fn kind_of(given: &str, file: Option<&str>) -> String {
    match file {
        Some(path) if given.is_empty() => {
            mime_guess::from_path(path).first_or_octet_stream().to_string()
        }
        _ => line(given),
    }
}

/// As browsers do it (HTML, "multipart/form-data encoding algorithm").
fn disposition(name: &str, file: Option<&str>) -> String {
    let quoted = |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let file =
        file.map_or_else(String::new, |path| format!("; filename=\"{}\"", quoted(last(path))));
    format!("form-data; name=\"{}\"{file}", quoted(name))
}

fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = HashSet::new();
    names.into_iter().any(|name| !seen.insert(name))
}

fn boundary(parts: &[Part]) -> String {
    let mut boundary = BOUNDARY.to_owned();
    while parts.iter().any(|part| part.value.contains(&boundary)) {
        boundary.push('x');
    }
    boundary
}

/// A multipart body (RFC 7578 §4), texts that follow each other in one piece.
fn written(parts: &[Part], boundary: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    for part in parts {
        let disposition = &part.disposition;
        let kind = match part.content_type.as_str() {
            "" => String::new(),
            kind => format!("Content-Type: {kind}\r\n"),
        };
        // Writing to a String cannot fail.
        let _ = write!(text, "--{boundary}\r\nContent-Disposition: {disposition}\r\n{kind}\r\n");
        match &part.file {
            Some(path) => {
                pieces.push(Piece { text: std::mem::take(&mut text), file: None });
                pieces.push(Piece { text: String::new(), file: Some(path.clone()) });
            }
            None => text.push_str(&part.value),
        }
        text.push_str("\r\n");
    }
    pieces.push(Piece { text: text + &format!("--{boundary}--\r\n"), file: None });
    pieces
}

fn last(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn parts(address: &str) -> Option<Parts> {
    let (scheme, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    if authority.contains("{{") {
        return None;
    }
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let parsed = ::url::Url::parse(&format!("{scheme}://{authority}/")).ok()?;
    let path = rest.split('#').next().unwrap_or_default();
    let target = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    Some(Parts {
        secure: scheme.eq_ignore_ascii_case("https"),
        host: parsed.host_str()?.to_owned(),
        port: parsed.port_or_known_default()?,
        authority: authority.to_owned(),
        target,
    })
}

fn name(auth: &Auth) -> &str {
    match auth.scheme() {
        "awsv4" => "AWS Signature Version 4",
        "ntlm" => "NTLM",
        "negotiate" => "Kerberos",
        "hawk" => "Hawk",
        "wsse" => "WSSE",
        "edgegrid" => "Akamai EdgeGrid",
        "oauth1" => "OAuth 1.0a",
        "jwt" => "A JWT",
        "asap" => "ASAP",
        "netrc" => "A netrc file",
        other => other,
    }
}
