//! What a template may use of a request.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_model::{ApiKeyPlace, Auth, Body, Header, PartKind, RawLanguage, Request};
use serde::Serialize;

use super::url;

/// A boundary that no sensible part contains.
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
    #[serde(skip)]
    unsigned: Option<String>,
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
    /// Whether a name is in `fields` more than once.
    pub repeated: bool,
    pub parts: Vec<Part>,
    /// Of `file`.
    pub path: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Part {
    pub name: String,
    pub value: String,
    /// Its path; none for text.
    pub file: Option<String>,
    /// The path's last part.
    pub file_name: String,
    /// Empty when left open.
    pub content_type: String,
}

pub(crate) fn of(request: &Request) -> View {
    let mut headers: Vec<Pair> =
        request.headers.iter().filter(|row| row.enabled).map(Pair::from).collect();
    let mut address = url::of(request);
    let (auth, unsigned) = sign(&request.auth, &mut headers, &mut address);
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
        unsigned,
    }
}

impl View {
    /// Says so when the request is signed in a way that is not in the code.
    pub(crate) fn signing_note(&self) -> Vec<String> {
        self.unsigned.iter().cloned().collect()
    }
}

impl From<&Header> for Pair {
    fn from(row: &Header) -> Self {
        Self { name: row.name.clone(), value: row.value.clone() }
    }
}

fn sign(
    auth: &Auth,
    headers: &mut Vec<Pair>,
    address: &mut String,
) -> (Option<Credentials>, Option<String>) {
    let mut header =
        |name: &str, value: String| headers.push(Pair { name: name.to_owned(), value });
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
            let pair = format!("{mark}{}={}", url::encode_form(key), url::encode_form(value));
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
            let repeated = (1..fields.len())
                .any(|at| fields[..at].iter().any(|before| before.name == fields[at].name));
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
                        file,
                        content_type: row.content_type.clone(),
                    })
                })
                .collect();
            let text = written(&parts);
            let kind = text.is_some().then(|| format!("multipart/form-data; boundary={BOUNDARY}"));
            (BodyView { kind: "multipart", text, parts, ..BodyView::default() }, kind)
        }
        Body::File { files } => {
            let Some(file) = files.iter().find(|file| file.selected).or(files.first()) else {
                return (BodyView { kind: "none", ..BodyView::default() }, None);
            };
            let kind = match file.content_type.as_str() {
                "" => "application/octet-stream",
                kind => kind,
            };
            let path = Some(file.path.clone());
            (BodyView { kind: "file", path, ..BodyView::default() }, Some(kind.to_owned()))
        }
    }
}

/// A multipart body of text parts alone (RFC 7578 §4).
fn written(parts: &[Part]) -> Option<String> {
    let mut text = String::new();
    for part in parts {
        if part.file.is_some() {
            return None;
        }
        let name = part.name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let kind = match part.content_type.as_str() {
            "" => String::new(),
            kind => format!("Content-Type: {kind}\r\n"),
        };
        let content = &part.value;
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n{kind}\r\n{content}\r\n"
        );
    }
    Some(text + &format!("--{BOUNDARY}--\r\n"))
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
