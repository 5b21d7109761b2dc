//! A collection as a Hurl file.

use std::fmt::Write as _;

use errand_model::{
    ApiKeyPlace, Auth, Body, Collection, Header, ItemRequest, MultipartRow, Operator, PartKind,
};
use serde_json::Value;

use super::template::{key, ours, value};
use super::{again, asserts, body};
use crate::inherited::{Effective, effective, others, untold};
use crate::{Error, Exported, Receipt, curl};

/// A collection as one Hurl file, its requests in their order. Every text that comes out is one that
/// Hurl reads; what it could not read is left out with a line.
///
/// # Errors
/// None today.
pub fn export(collection: &Collection) -> Result<Exported, Error> {
    let mut receipt = Receipt::default();
    let mut text = String::new();
    for effective in effective(collection) {
        let mut notes = Receipt::default();
        let entry = entry(&effective, &mut notes);
        if again(&entry).is_some_and(|all| all.len() == 1) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&entry);
            left_out(&effective, &mut notes);
        } else {
            notes.not_carried("request", "Hurl has no way to write it, for example its URL");
        }
        let place = effective.place();
        if notes.lines.is_empty() {
            receipt.at(&place).kept("request");
        }
        receipt.lines.extend(
            notes.lines.into_iter().map(|line| crate::Line { place: place.clone(), ..line }),
        );
    }
    for place in others(collection) {
        receipt.at(place).not_carried("request", "Hurl sends HTTP requests only");
    }
    untold(collection, true, "a Hurl file has no place for them", &mut receipt);
    if !collection.environments.is_empty() {
        receipt.not_carried("environments", "give variables to hurl with --variable or a file");
    }
    let name: String =
        collection.root.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let name = if name.is_empty() { "collection" } else { &name };
    Ok(Exported { files: vec![(format!("{name}.hurl"), text.into_bytes())], receipt })
}

fn left_out(effective: &Effective<'_>, notes: &mut Receipt) {
    let request = &effective.item.request;
    for (count, what) in [
        (request.scripts.len(), "scripts"),
        (effective.item.examples.len(), "examples"),
        (request.headers.iter().filter(|header| !header.enabled).count(), "disabled headers"),
        (request.params.iter().filter(|param| !param.enabled).count(), "disabled parameters"),
        (usize::from(!request.description.is_empty()), "description"),
        (request.tags.len(), "tags"),
    ] {
        if count > 0 {
            notes.not_carried(what, "a Hurl file has no place for them");
        }
    }
}

fn entry(effective: &Effective<'_>, notes: &mut Receipt) -> String {
    let request = &effective.item.request;
    let mut text = format!("# {}\n", request.name.replace(['\r', '\n'], " "));
    for line in request.docs.lines().map(str::trim).filter(|line| !line.is_empty()) {
        _ = writeln!(text, "# {line}");
    }
    let mut headers: Vec<Header> =
        effective.headers.iter().filter(|h| h.enabled).cloned().collect();
    let mut url = ours(&curl::filled_url(request)).replace(' ', "%20");
    let mut sections = String::new();
    auth(effective.auth, &mut headers, &mut url, &mut sections, notes);
    options(effective, &mut sections);
    form(&request.body, &mut sections, notes);
    _ = writeln!(text, "{} {url}", request.method);
    for header in &headers {
        _ = writeln!(text, "{}: {}", key(&header.name), value(&header.value));
    }
    text.push_str(&sections);
    let response = response(effective.item, notes);
    let written = written_body(effective.item, &text, notes);
    text.push_str(&written);
    text.push_str(&response);
    text
}

/// The `[Options]` of the settings, and those that were kept.
fn options(effective: &Effective<'_>, sections: &mut String) {
    let settings = &effective.settings;
    let mut lines = String::new();
    let on = |name: &str, flag: Option<bool>| {
        flag.map(|flag| format!("{name}: {flag}\n")).unwrap_or_default()
    };
    if settings.forward_authorization == Some(true) && settings.follow_redirects == Some(true) {
        lines.push_str("location-trusted: true\n");
    } else {
        lines.push_str(&on("location", settings.follow_redirects));
    }
    lines.push_str(&on("insecure", settings.verify_tls.map(|verify| !verify)));
    if let Some(count) = settings.max_redirects {
        _ = writeln!(lines, "max-redirs: {count}");
    }
    if let Some(ms) = settings.timeout_ms.filter(|ms| *ms > 0) {
        _ = writeln!(lines, "max-time: {ms}ms");
    }
    match settings.http_version.as_deref() {
        Some("1.1") => lines.push_str("http1.1: true\n"),
        Some("2") => lines.push_str("http2: true\n"),
        _ => {}
    }
    for variable in effective.item.request.variables.iter().filter(|v| v.enabled && !v.secret) {
        _ = writeln!(
            lines,
            "variable: {}={}",
            variable.name,
            super::template::quoted(&variable.value)
        );
    }
    for line in kept(effective.item, "options") {
        _ = writeln!(lines, "{line}");
    }
    // Some ways to sign in are options too.
    if let Some(rest) = sections.strip_prefix("[Options]\n") {
        lines.insert_str(0, rest);
        sections.clear();
    }
    if !lines.is_empty() {
        sections.insert_str(0, &format!("[Options]\n{lines}"));
    }
}

/// Lines that an import kept.
fn kept<'i>(item: &'i ItemRequest, key: &str) -> Vec<&'i str> {
    let list = item.extensions.get("hurl").and_then(|hurl| hurl[key].as_array());
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn auth(
    auth: &Auth,
    headers: &mut Vec<Header>,
    url: &mut String,
    sections: &mut String,
    notes: &mut Receipt,
) {
    let mut option = |name: &str, username: &str, password: &str| {
        let flag = if name.is_empty() { String::new() } else { format!("{name}\n") };
        *sections =
            format!("[Options]\nuser: {}\n{flag}", value(&format!("{username}:{password}")));
    };
    match auth {
        Auth::Inherit | Auth::None => {}
        Auth::Basic { username, password } => {
            *sections = format!("[BasicAuth]\n{}: {}\n", key(username), value(password));
        }
        Auth::Digest { username, password } => option("digest: true", username, password),
        Auth::Ntlm { username, password, domain } if domain.is_empty() => {
            option("ntlm: true", username, password);
        }
        Auth::Ntlm { username, password, domain } => {
            option("ntlm: true", &format!("{domain}\\{username}"), password);
        }
        Auth::Negotiate { .. } => option("negotiate: true", "", ""),
        Auth::AwsV4(aws) => {
            let scope = format!("aws-sigv4: aws:amz:{}:{}", ours(&aws.region), ours(&aws.service));
            option(scope.trim_end_matches(':'), &aws.access_key_id, &aws.secret_access_key);
            if !aws.session_token.is_empty() {
                headers.push(Header::new("X-Amz-Security-Token", &aws.session_token));
            }
        }
        Auth::Netrc { file } if file.is_empty() => "[Options]\nnetrc: true\n".clone_into(sections),
        Auth::Netrc { file } => *sections = format!("[Options]\nnetrc-file: {}\n", value(file)),
        Auth::Bearer { token } => {
            headers.push(Header::new("Authorization", format!("Bearer {token}")));
        }
        Auth::ApiKey { key, value, placement } => match placement {
            ApiKeyPlace::Header => headers.push(Header::new(key, value)),
            ApiKeyPlace::Cookie => headers.push(Header::new("Cookie", format!("{key}={value}"))),
            ApiKeyPlace::Query => {
                let mark = if url.contains('?') { '&' } else { '?' };
                _ = write!(url, "{mark}{}={}", ours(key), ours(value));
            }
        },
        other => notes.not_carried(format!("{} auth", other.scheme()), "Hurl does not sign in so"),
    }
}

fn form(body: &Body, sections: &mut String, notes: &mut Receipt) {
    match body {
        Body::FormUrlEncoded { rows } => {
            sections.push_str("[Form]\n");
            for row in rows.iter().filter(|row| row.enabled) {
                _ = writeln!(sections, "{}: {}", key(&row.name), value(&row.value));
            }
            if rows.iter().any(|row| !row.enabled) {
                notes.not_carried("disabled fields", "a form in a Hurl file has none");
            }
        }
        Body::Multipart { rows } => {
            sections.push_str("[Multipart]\n");
            for row in rows {
                part(row, sections, notes);
            }
        }
        Body::None | Body::Raw { .. } | Body::File { .. } => {}
    }
}

fn part(row: &MultipartRow, sections: &mut String, notes: &mut Receipt) {
    if !row.enabled {
        notes.not_carried("disabled parts", "a form in a Hurl file has none");
        return;
    }
    match row.kind {
        PartKind::Text => {
            if !row.content_type.is_empty() {
                notes.not_carried(
                    format!("content type of {}", row.name),
                    "text parts have none in Hurl",
                );
            }
            _ = writeln!(sections, "{}: {}", key(&row.name), value(&row.value));
        }
        PartKind::File => {
            for path in &row.files {
                let kind = if row.content_type.is_empty() {
                    String::new()
                } else {
                    format!(" {}", ours(&row.content_type))
                };
                _ = writeln!(sections, "{}: file,{};{kind}", key(&row.name), file_name(path));
            }
        }
    }
}

/// A path, with what would end it escaped.
fn file_name(path: &str) -> String {
    ours(path).chars().fold(String::new(), |mut out, c| {
        if matches!(c, ';' | ' ' | '#' | '\\') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

/// The body in the first way that reads as the same behind `before`.
fn written_body(item: &ItemRequest, before: &str, notes: &mut Receipt) -> String {
    let hurl = item.extensions.get("hurl");
    let same = |body: &str| {
        let read = again(&format!("{before}{body}\n"))?;
        let [found] = read.as_slice() else { return None };
        (found.request.body == item.request.body).then(|| format!("{body}\n"))
    };
    match &item.request.body {
        Body::Raw { language, text } => {
            let query = hurl.and_then(|hurl| hurl["graphql"].as_str());
            if let Some(found) = query.and_then(same) {
                return found;
            }
            let exact = body::ways(*language, text).into_iter().find_map(|way| same(&way));
            exact.unwrap_or_else(|| {
                notes.converted("body", "names of variables are written as Hurl takes them, the language by its content");
                let ways = body::ways(*language, text).into_iter();
                let mut read = ways.filter(|way| again(&format!("{before}{way}\n")).is_some_and(|all| all.len() == 1));
                read.next().map(|way| format!("{way}\n")).unwrap_or_default()
            })
        }
        Body::File { files } => {
            let chosen = files.iter().find(|file| file.selected).or(files.first());
            chosen.map(|file| format!("file,{};\n", file_name(&file.path))).unwrap_or_default()
        }
        Body::None => {
            let bytes = hurl.and_then(|hurl| hurl["body"].as_str());
            bytes.map(|bytes| format!("{bytes}\n")).unwrap_or_default()
        }
        Body::FormUrlEncoded { .. } | Body::Multipart { .. } => String::new(),
    }
}

/// What is expected of the response.
fn response(item: &ItemRequest, notes: &mut Receipt) -> String {
    let request = &item.request;
    let mut checks: Vec<_> = request.checks.iter().filter(|check| check.enabled).collect();
    if checks.len() < request.checks.len() {
        notes.not_carried("disabled checks", "a Hurl file has none");
    }
    let status = checks.first().filter(|check| {
        check.expression == "res.status"
            && check.operator == Operator::Eq
            && check.value.parse::<u16>().is_ok()
    });
    let status = status.map(|check| check.value.clone());
    if status.is_some() {
        checks.remove(0);
    }
    let mut captures = String::new();
    for capture in request.captures.iter().filter(|capture| capture.enabled) {
        match asserts::query(&capture.expression) {
            Some(query) => _ = writeln!(captures, "{}: {query}", key(&capture.variable)),
            None => notes.not_carried(
                format!("capture {}", capture.variable),
                "no query of Hurl takes the same",
            ),
        }
    }
    let mut asserts_text = String::new();
    for check in checks {
        match asserts::assert(check) {
            Some(line) => _ = writeln!(asserts_text, "{line}"),
            None => notes.not_carried(
                format!("check {}", check.expression),
                "no assert of Hurl says the same",
            ),
        }
    }
    for line in kept(item, "captures") {
        _ = writeln!(captures, "{line}");
    }
    for line in kept(item, "asserts") {
        _ = writeln!(asserts_text, "{line}");
    }
    let version = item.extensions.get("hurl").and_then(|hurl| hurl["version"].as_str());
    if status.is_none() && version.is_none() && captures.is_empty() && asserts_text.is_empty() {
        return String::new();
    }
    let mut text = format!("{} {}\n", version.unwrap_or("HTTP"), status.as_deref().unwrap_or("*"));
    if !captures.is_empty() {
        _ = write!(text, "[Captures]\n{captures}");
    }
    if !asserts_text.is_empty() {
        _ = write!(text, "[Asserts]\n{asserts_text}");
    }
    text
}
