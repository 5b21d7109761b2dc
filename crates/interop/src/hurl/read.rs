//! An entry as a request.

use std::fmt::Write as _;

use errand_model::{
    Auth, AwsV4, Body, Check, FormRow, Header, ItemRequest, MultipartRow, Operator, PartKind,
    Request, Variable,
};
use serde_json::{Map, Value, json};

use super::grammar::{
    Entry, Pair, Part, Response, Rows, Setting, Unit, Value as Set, VariableValue,
};
use super::template::text;
use super::{asserts, body};
use crate::{Line, Outcome, Receipt, curl, multipart};

/// What Errand has no field for, as lines of the file.
#[derive(Default)]
struct Kept(Map<String, Value>);

impl Kept {
    fn line(&mut self, key: &str, line: &str) {
        let list = self.0.entry(key).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(line.into());
        }
    }
}

/// The request of an entry.
pub(super) fn item(source: &Entry<'_>, notes: &mut Receipt) -> ItemRequest {
    let mut kept = Kept::default();
    let mut item = ItemRequest::default();
    let request = &mut item.request;
    request.method = source.method.to_string();
    request.url = text(&source.url);
    request.headers = source.headers.iter().map(header).collect();
    for section in &source.sections {
        self::rows(&section.rows, request, &mut kept, notes);
    }
    let typed = request.headers.iter().find(|h| h.name.eq_ignore_ascii_case("content-type"));
    let content_type = typed.map(|header| header.value.clone()).unwrap_or_default();
    match source.body.as_ref().map(|source| body::read(source, &content_type)) {
        Some(body::Read::Body(body)) => request.body = body,
        Some(body::Read::Query(body, source)) => {
            request.body = body;
            kept.0.insert("graphql".to_owned(), source.into());
            tell(notes, Outcome::Converted, "GraphQL query", "the body is its JSON");
        }
        Some(body::Read::Bytes(source)) => {
            kept.0.insert("body".to_owned(), source.into());
            tell(
                notes,
                Outcome::NotCarried,
                "body",
                "its bytes are not text; choose a file for it",
            );
        }
        None => {}
    }
    if let Some(response) = &source.response {
        self::response(response, request, &mut kept, notes);
    }
    named(request, &source.comments);
    request.params = curl::url::params(&request.url);
    if !kept.0.is_empty() {
        item.extensions.insert("hurl".to_owned(), Value::Object(kept.0));
    }
    item
}

fn tell(notes: &mut Receipt, outcome: Outcome, item: impl Into<String>, note: &str) {
    notes.lines.push(Line {
        outcome,
        place: String::new(),
        item: item.into(),
        note: note.to_owned(),
        original: "extensions.hurl".to_owned(),
    });
}

/// The first comment before an entry is its name, further ones its docs.
fn named(request: &mut Request, above: &[&str]) {
    let comments = above.iter().map(|comment| comment.trim().trim_matches('#').trim());
    let mut comments: Vec<&str> = comments.filter(|c| !c.is_empty()).collect();
    if comments.is_empty() {
        let bare = request.url.split(['?', '#']).next().unwrap_or_default();
        let rest = bare.split_once("://").map_or(bare, |(_, rest)| rest);
        let path = rest.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
        request.name = if path.is_empty() { rest } else { path }.chars().take(80).collect();
        return;
    }
    comments.remove(0).clone_into(&mut request.name);
    request.docs = comments.join("\n");
}

fn header(pair: &Pair<'_>) -> Header {
    Header::new(text(&pair.key), text(&pair.value))
}

fn rows(rows: &Rows<'_>, request: &mut Request, kept: &mut Kept, notes: &mut Receipt) {
    match rows {
        Rows::Query(pairs) => {
            for pair in pairs {
                let encoded = |template| curl::body::encoded(&text(template)).replace('+', "%20");
                let mark = if request.url.contains('?') { '&' } else { '?' };
                _ = write!(request.url, "{mark}{}={}", encoded(&pair.key), encoded(&pair.value));
            }
            notes.converted("[Query]", "a part of the URL");
        }
        Rows::Form(pairs) => {
            let row = |pair: &Pair<'_>| FormRow {
                name: text(&pair.key),
                value: text(&pair.value),
                description: String::new(),
                enabled: true,
            };
            request.body = Body::FormUrlEncoded { rows: pairs.iter().map(row).collect() };
        }
        Rows::Multipart(parts) => {
            request.body = Body::Multipart { rows: parts.iter().map(part).collect() };
        }
        Rows::Cookies(cookies) => {
            let all: Vec<_> =
                cookies.iter().map(|c| format!("{}={}", text(&c.key), text(&c.value))).collect();
            request.headers.push(Header::new("Cookie", all.join("; ")));
            notes.converted("[Cookies]", "a Cookie header");
        }
        Rows::BasicAuth(pair) => {
            if let Some(pair) = pair {
                request.auth =
                    Auth::Basic { username: text(&pair.key), password: text(&pair.value) };
            }
        }
        Rows::Options(settings) => options(settings, request, kept, notes),
        Rows::Captures(_) | Rows::Asserts(_) => {}
    }
}

fn part(part: &Part<'_>) -> MultipartRow {
    match part {
        Part::Text(pair) => multipart::row(&text(&pair.key), "", &text(&pair.value)),
        Part::File { key, name, content_type } => {
            let content_type = content_type.as_ref().map(text).unwrap_or_default();
            let row = multipart::row(&text(key), &content_type, "");
            MultipartRow { kind: PartKind::File, files: vec![text(name)], ..row }
        }
    }
}

/// The way to sign in that an option asks for.
fn scheme(setting: &Setting<'_>) -> Option<&'static str> {
    match (setting.name, &setting.value) {
        (name @ ("digest" | "ntlm" | "negotiate"), Set::Flag(true)) => Some(name),
        ("aws-sigv4", _) => Some("aws"),
        _ => None,
    }
}

fn options(settings: &[Setting<'_>], request: &mut Request, kept: &mut Kept, notes: &mut Receipt) {
    let chosen = settings.iter().find_map(scheme).unwrap_or("basic");
    for setting in settings {
        let own = scheme(setting).is_some();
        if let ("user", Set::Text(user)) = (setting.name, &setting.value) {
            let user = text(user);
            let (name, password) = user.split_once(':').unwrap_or((&user, ""));
            request.auth = auth(chosen, name, password, settings);
        } else if own && chosen == "negotiate" {
            request.auth = Auth::Negotiate { service: String::new(), delegate: false };
        } else if !own && !applies(setting, request) {
            kept.line("options", setting.source);
            tell(
                notes,
                Outcome::NotCarried,
                format!("option {}", setting.name),
                "a request has no such setting",
            );
        }
    }
}

fn auth(scheme: &str, name: &str, password: &str, settings: &[Setting<'_>]) -> Auth {
    let (username, password) = (name.to_owned(), password.to_owned());
    match scheme {
        "digest" => Auth::Digest { username, password },
        "ntlm" => Auth::Ntlm { username, password, domain: String::new() },
        "negotiate" => Auth::Negotiate { service: String::new(), delegate: false },
        "aws" => {
            let scope = settings.iter().find_map(|setting| match (setting.name, &setting.value) {
                ("aws-sigv4", Set::Text(scope)) => Some(text(scope)),
                _ => None,
            });
            let scope = scope.unwrap_or_default();
            let mut words = scope.split(':').skip(2).map(str::to_owned);
            Auth::AwsV4(AwsV4 {
                access_key_id: username,
                secret_access_key: password,
                region: words.next().unwrap_or_default(),
                service: words.next().unwrap_or_default(),
                ..AwsV4::default()
            })
        }
        _ => Auth::Basic { username, password },
    }
}

/// Whether an option is a setting of the request.
fn applies(setting: &Setting<'_>, request: &mut Request) -> bool {
    let settings = &mut request.settings;
    match (setting.name, &setting.value) {
        ("location", Set::Flag(on)) => settings.follow_redirects = Some(*on),
        ("location-trusted", Set::Flag(true)) => {
            settings.follow_redirects = Some(true);
            settings.forward_authorization = Some(true);
        }
        ("insecure", Set::Flag(on)) => settings.verify_tls = Some(!on),
        ("max-redirs", Set::Number(count)) if *count >= 0 => {
            settings.max_redirects = u32::try_from(*count).ok();
        }
        ("max-time", Set::Duration(time, unit)) => {
            let unit = match unit {
                Some(Unit::Second) => 1000,
                Some(Unit::Minute) => 60_000,
                Some(Unit::Hour) => 3_600_000,
                Some(Unit::Millisecond) | None => 1,
            };
            settings.timeout_ms = time.checked_mul(unit);
        }
        ("http1.1", Set::Flag(true)) => settings.http_version = Some("1.1".to_owned()),
        ("http2", Set::Flag(true)) => settings.http_version = Some("2".to_owned()),
        ("netrc", Set::Flag(true)) => request.auth = Auth::Netrc { file: String::new() },
        ("netrc-file", Set::Text(file)) => request.auth = Auth::Netrc { file: text(file) },
        ("header", Set::Text(header)) => {
            let header = text(header);
            let Some((name, value)) = header.split_once(':') else { return false };
            request.headers.push(Header::new(name.trim(), value.trim()));
        }
        (_, Set::Variable { name, value }) => {
            let value = match value {
                VariableValue::Text(value) => text(value),
                VariableValue::Literal(value) => (*value).to_owned(),
            };
            request.variables.push(Variable::new(*name, value));
        }
        _ => return false,
    }
    true
}

fn response(response: &Response<'_>, request: &mut Request, kept: &mut Kept, notes: &mut Receipt) {
    let check = |expression: String, operator, value: String| Check {
        expression,
        operator,
        value,
        description: String::new(),
        enabled: true,
    };
    if let Some(status) = response.status {
        request.checks.push(check("res.status".to_owned(), Operator::Eq, status.to_string()));
    }
    if response.version != "HTTP" {
        kept.0.insert("version".to_owned(), response.version.into());
        tell(notes, Outcome::NotCarried, "version of the response", "no check looks at it");
    }
    for pair in &response.headers {
        let (name, value) = (text(&pair.key), text(&pair.value));
        request.checks.push(check(format!("res.headers.{name}"), Operator::Eq, value));
    }
    for capture in response.captures() {
        if let Some(found) = asserts::capture(capture) {
            request.captures.push(found);
            continue;
        }
        kept.line("captures", capture.source);
        let what = format!("capture {}", text(&capture.name));
        tell(notes, Outcome::NotCarried, what, "no capture takes the same");
    }
    for assert in response.asserts() {
        if let Some(found) = asserts::check(assert) {
            request.checks.push(found);
            continue;
        }
        kept.line("asserts", assert.source);
        let what = format!("assert {}", assert.query.name());
        tell(notes, Outcome::NotCarried, what, "no check says the same");
    }
    let Some(source) = &response.body else { return };
    if let body::Read::Body(Body::Raw { text, .. }) = body::read(source, "") {
        request.checks.push(check("res.body".to_owned(), Operator::Eq, text));
    } else {
        notes.not_carried("body of the response", "it is compared with no file and no bytes");
    }
}
