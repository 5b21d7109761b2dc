//! An entry as a request.

use std::fmt::Write as _;

use errand_model::{
    Auth, AwsV4, Body, Check, FormRow, Header, ItemRequest, MultipartRow, Operator, PartKind,
    Request, Variable,
};
use hurl_core::ast::{
    Assert, BooleanOption, CountOption, DurationOption, Entry, EntryOption, KeyValue,
    LineTerminator, MultipartParam, OptionKind, Response, SectionValue, StatusValue, VersionValue,
};
use hurl_core::types::{Count, DurationUnit};
use serde_json::{Map, Value, json};

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

/// The request of an entry; `lines` are those of its file.
pub(super) fn item(entry: &Entry, lines: &[&str], notes: &mut Receipt) -> ItemRequest {
    let source = &entry.request;
    let mut kept = Kept::default();
    let mut item = ItemRequest::default();
    let request = &mut item.request;
    request.method = source.method.to_string();
    request.url = text(&source.url);
    request.headers = source.headers.iter().map(header).collect();
    for section in &source.sections {
        self::section(&section.value, request, lines, &mut kept, notes);
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
    if let Some(response) = &entry.response {
        self::response(response, request, lines, &mut kept, notes);
    }
    named(request, &source.line_terminators);
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
fn named(request: &mut Request, above: &[LineTerminator]) {
    let comments = above.iter().filter_map(|line| line.comment.as_ref());
    let mut comments: Vec<&str> = comments
        .map(|comment| comment.value.trim().trim_matches('#').trim())
        .filter(|c| !c.is_empty())
        .collect();
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

fn header(pair: &KeyValue) -> Header {
    Header::new(text(&pair.key), text(&pair.value))
}

fn section(
    section: &SectionValue,
    request: &mut Request,
    lines: &[&str],
    kept: &mut Kept,
    notes: &mut Receipt,
) {
    match section {
        SectionValue::QueryParams(pairs, _) => {
            for pair in pairs {
                let encoded = |template| curl::body::encoded(&text(template)).replace('+', "%20");
                let mark = if request.url.contains('?') { '&' } else { '?' };
                _ = write!(request.url, "{mark}{}={}", encoded(&pair.key), encoded(&pair.value));
            }
            notes.converted("[Query]", "a part of the URL");
        }
        SectionValue::FormParams(pairs, _) => {
            let row = |pair: &KeyValue| FormRow {
                name: text(&pair.key),
                value: text(&pair.value),
                description: String::new(),
                enabled: true,
            };
            request.body = Body::FormUrlEncoded { rows: pairs.iter().map(row).collect() };
        }
        SectionValue::MultipartFormData(parts, _) => {
            request.body = Body::Multipart { rows: parts.iter().map(part).collect() };
        }
        SectionValue::Cookies(cookies) => {
            let all: Vec<_> =
                cookies.iter().map(|c| format!("{}={}", text(&c.name), text(&c.value))).collect();
            request.headers.push(Header::new("Cookie", all.join("; ")));
            notes.converted("[Cookies]", "a Cookie header");
        }
        SectionValue::BasicAuth(pair) => {
            if let Some(pair) = pair {
                request.auth =
                    Auth::Basic { username: text(&pair.key), password: text(&pair.value) };
            }
        }
        SectionValue::Options(options) => self::options(options, request, lines, kept, notes),
        SectionValue::Captures(_) | SectionValue::Asserts(_) => {}
    }
}

fn part(part: &MultipartParam) -> MultipartRow {
    match part {
        MultipartParam::Param(pair) => multipart::row(&text(&pair.key), "", &text(&pair.value)),
        MultipartParam::FilenameParam(file) => {
            let content_type = file.value.content_type.as_ref().map(text).unwrap_or_default();
            let row = multipart::row(&text(&file.key), &content_type, "");
            MultipartRow { kind: PartKind::File, files: vec![text(&file.value.filename)], ..row }
        }
    }
}

fn options(
    options: &[EntryOption],
    request: &mut Request,
    lines: &[&str],
    kept: &mut Kept,
    notes: &mut Receipt,
) {
    let on = |kind: &OptionKind| -> Option<&'static str> {
        match kind {
            OptionKind::Digest(BooleanOption::Literal(true)) => Some("digest"),
            OptionKind::Ntlm(BooleanOption::Literal(true)) => Some("ntlm"),
            OptionKind::Negotiate(BooleanOption::Literal(true)) => Some("negotiate"),
            OptionKind::AwsSigV4(_) => Some("aws"),
            _ => None,
        }
    };
    let scheme = options.iter().find_map(|option| on(&option.kind)).unwrap_or("basic");
    for option in options {
        if let OptionKind::User(user) = &option.kind {
            let user = text(user);
            let (name, password) = user.split_once(':').unwrap_or((&user, ""));
            request.auth = auth(scheme, name, password, options);
        } else if on(&option.kind).is_some() && scheme == "negotiate" {
            request.auth = Auth::Negotiate { service: String::new(), delegate: false };
        } else if on(&option.kind).is_none() && !option_applies(&option.kind, request) {
            let line = option.space0.source_info.start.line;
            let line = lines.get(line.saturating_sub(1)).copied().unwrap_or_default().trim();
            kept.line("options", line);
            let name = option.kind.identifier();
            tell(
                notes,
                Outcome::NotCarried,
                format!("option {name}"),
                "a request has no such setting",
            );
        }
    }
}

fn auth(scheme: &str, name: &str, password: &str, options: &[EntryOption]) -> Auth {
    let (username, password) = (name.to_owned(), password.to_owned());
    match scheme {
        "digest" => Auth::Digest { username, password },
        "ntlm" => Auth::Ntlm { username, password, domain: String::new() },
        "negotiate" => Auth::Negotiate { service: String::new(), delegate: false },
        "aws" => {
            let scope = options.iter().find_map(|option| match &option.kind {
                OptionKind::AwsSigV4(scope) => Some(text(scope)),
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
fn option_applies(kind: &OptionKind, request: &mut Request) -> bool {
    let settings = &mut request.settings;
    match kind {
        OptionKind::FollowLocation(BooleanOption::Literal(on)) => {
            settings.follow_redirects = Some(*on);
        }
        OptionKind::FollowLocationTrusted(BooleanOption::Literal(true)) => {
            settings.follow_redirects = Some(true);
            settings.forward_authorization = Some(true);
        }
        OptionKind::Insecure(BooleanOption::Literal(on)) => settings.verify_tls = Some(!on),
        OptionKind::MaxRedirect(CountOption::Literal(Count::Finite(n))) => {
            settings.max_redirects = u32::try_from(*n).ok();
        }
        OptionKind::MaxTime(DurationOption::Literal(time)) => {
            let unit = match time.unit {
                Some(DurationUnit::Second) => 1000,
                Some(DurationUnit::Minute) => 60_000,
                Some(DurationUnit::Hour) => 3_600_000,
                Some(DurationUnit::MilliSecond) | None => 1,
            };
            settings.timeout_ms = time.value.as_u64().checked_mul(unit);
        }
        OptionKind::Http11(BooleanOption::Literal(true)) => {
            settings.http_version = Some("1.1".to_owned());
        }
        OptionKind::Http2(BooleanOption::Literal(true)) => {
            settings.http_version = Some("2".to_owned());
        }
        OptionKind::NetRc(BooleanOption::Literal(true)) => {
            request.auth = Auth::Netrc { file: String::new() };
        }
        OptionKind::NetRcFile(file) => request.auth = Auth::Netrc { file: text(file) },
        OptionKind::Header(header) => {
            let header = text(header);
            let Some((name, value)) = header.split_once(':') else { return false };
            request.headers.push(Header::new(name.trim(), value.trim()));
        }
        OptionKind::Variable(variable) => {
            let value = match &variable.value {
                hurl_core::ast::VariableValue::String(value) => text(value),
                other => other.to_string(),
            };
            request.variables.push(Variable::new(&variable.name, value));
        }
        _ => return false,
    }
    true
}

fn response(
    response: &Response,
    request: &mut Request,
    lines: &[&str],
    kept: &mut Kept,
    notes: &mut Receipt,
) {
    let check = |expression: String, operator, value: String| Check {
        expression,
        operator,
        value,
        description: String::new(),
        enabled: true,
    };
    if let StatusValue::Specific(status) = response.status.value {
        request.checks.push(check("res.status".to_owned(), Operator::Eq, status.to_string()));
    }
    if response.version.value != VersionValue::VersionAny {
        kept.0.insert("version".to_owned(), response.version.value.to_string().into());
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
        kept.line("captures", &source(capture.query.source_info.start.line, lines));
        let what = format!("capture {}", text(&capture.name));
        tell(notes, Outcome::NotCarried, what, "no capture takes the same");
    }
    for assert in response.asserts() {
        if let Some(found) = asserts::check(assert) {
            request.checks.push(found);
            continue;
        }
        kept.line("asserts", &source(line_of(assert), lines));
        let what = format!("assert {}", assert.query.value.identifier());
        tell(notes, Outcome::NotCarried, what, "no check says the same");
    }
    let Some(source) = &response.body else { return };
    if let body::Read::Body(Body::Raw { text, .. }) = body::read(source, "") {
        request.checks.push(check("res.body".to_owned(), Operator::Eq, text));
    } else {
        notes.not_carried("body of the response", "it is compared with no file and no bytes");
    }
}

fn line_of(assert: &Assert) -> usize {
    assert.query.source_info.start.line
}

/// The lines of an assert or capture, to the end of a text over several lines.
fn source(line: usize, lines: &[&str]) -> String {
    let from = line.saturating_sub(1);
    let first = lines.get(from).copied().unwrap_or_default().trim();
    if first.matches("```").count() != 1 {
        return first.to_owned();
    }
    let rest = lines.get(from + 1..).unwrap_or_default();
    let end = rest.iter().position(|line| line.contains("```")).map_or(rest.len(), |at| at + 1);
    format!("{first}\n{}", rest[..end].join("\n"))
}
