//! One request as the text of a file.

use std::fmt::Write as _;

use errand_model::{
    ApiKeyPlace, Auth, Body, Header, ItemOther, ItemRequest, MultipartRow, PartKind, RawLanguage,
    Request, ScriptPhase,
};

use super::parse;
use crate::inherited::Effective;
use crate::{Receipt, curl, query};

/// What a request becomes.
pub(super) struct Text {
    /// The region of the file, with its separator.
    pub region: String,
    /// The content of a file beside it that the region refers to by `BODY_FILE`.
    pub body_file: Option<String>,
}

/// Stands for the name of the file of a body.
pub(super) const BODY_FILE: &str = "\u{1}body-file\u{1}";

/// The region of a request. `id` is its name for others, where they refer to it.
pub(super) fn region(effective: &Effective<'_>, id: Option<&str>, notes: &mut Receipt) -> Text {
    let request = &effective.item.request;
    let mut head = format!("### {}\n", one_line(&request.name));
    comments(request, &mut head, notes);
    if let Some(id) = id {
        _ = writeln!(head, "# @name {id}");
    }
    directives(effective, &mut head, notes);
    let (before, after) = scripts(effective, notes);
    head.push_str(&before);
    let mut headers = effective.headers.clone();
    let mut url = one_line(&curl::filled_url(request));
    auth(effective.auth, &mut headers, &mut url, notes);
    let body = match graphql(effective.item) {
        Some(query) => {
            headers.push(Header::new("X-REQUEST-TYPE", "GraphQL"));
            query.to_owned()
        }
        None => body(effective.item, &mut headers, notes),
    };
    let version = effective.settings.http_version.as_deref().map(|v| format!(" HTTP/{v}"));
    _ = writeln!(head, "{} {url}{}", request.method, version.unwrap_or_default());
    for header in &headers {
        let mark = if header.enabled { "" } else { "# " };
        _ = writeln!(head, "{mark}{}: {}", header.name, one_line(&header.value));
    }
    let whole = |body: &str| match body {
        "" => format!("{head}{after}"),
        body => format!("{head}\n{body}\n{after}"),
    };
    let region = whole(&body);
    // A line of the body may mean something to a reader; then it is put beside.
    if reads_as(&region, &body) {
        return Text { region, body_file: None };
    }
    if matches!(request.body, Body::Raw { .. }) {
        notes.converted(
            "body",
            "in a file of its own: a line of it means something in an HTTP file",
        );
        return Text { region: whole(&format!("<@ {BODY_FILE}")), body_file: Some(body) };
    }
    notes.not_carried("body", "a line of it means something in an HTTP file");
    Text { region: whole(""), body_file: None }
}

/// Whether a region is read as one request with this body.
fn reads_as(region: &str, body: &str) -> bool {
    let file = parse::parse(region);
    let [draft] = file.drafts.as_slice() else { return false };
    let end =
        if draft.headers.iter().any(|(_, value, _)| crate::multipart::boundary(value).is_some()) {
            "\r\n"
        } else {
            "\n"
        };
    file.strange.is_empty()
        && draft.body.join(end) == body.replace("\r\n", "\n").replace('\n', end)
        && !body.contains('\r')
        || body.is_empty() && draft.body.is_empty()
}

/// The region of a request of another protocol, of which the text was kept; none where it would be
/// read as something else.
pub(super) fn kept(item: &ItemOther) -> Option<String> {
    let text = item.content.get("extensions")?.get("http")?.get("text")?.as_str()?;
    let region = format!("### {}\n{text}\n", one_line(&item.name));
    let file = parse::parse(&region);
    (file.drafts.len() == 1 && file.strange.is_empty()).then_some(region)
}

/// Line ends would end what they stand in.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

fn comments(request: &Request, head: &mut String, notes: &mut Receipt) {
    for line in request.docs.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('@') {
            notes.not_carried("docs", "a comment that begins with @ would be a setting");
        } else {
            _ = writeln!(head, "# {line}");
        }
    }
}

fn directives(effective: &Effective<'_>, head: &mut String, notes: &mut Receipt) {
    let (request, settings) = (&effective.item.request, &effective.settings);
    if !request.description.is_empty() {
        _ = writeln!(head, "# @description {}", one_line(&request.description));
    }
    if !request.tags.is_empty() {
        _ = writeln!(head, "# @tag {}", one_line(&request.tags.join(", ")));
    }
    for (value, name) in [
        (settings.follow_redirects, "no-redirect"),
        (settings.use_cookies, "no-cookie-jar"),
        (settings.verify_tls, "no-reject-unauthorized"),
        (settings.encode_url, "no-auto-encoding"),
    ] {
        if value == Some(false) {
            _ = writeln!(head, "# @{name}");
        }
    }
    match settings.timeout_ms {
        Some(0) => notes.not_carried("no time limit", "a file can only set one"),
        Some(ms) => _ = writeln!(head, "# @timeout {ms} ms"),
        None => {}
    }
    if settings.max_redirects.is_some() || settings.forward_authorization.is_some() {
        notes.not_carried("redirect settings", "a file can only switch redirects off");
    }
    for variable in request.variables.iter().filter(|variable| !variable.secret && variable.enabled)
    {
        _ = writeln!(head, "@{} = {}", variable.name, one_line(&variable.value));
        notes.converted(format!("variable {}", variable.name), "of the file");
    }
}

fn scripts(effective: &Effective<'_>, notes: &mut Receipt) -> (String, String) {
    let (mut before, mut after) = (String::new(), String::new());
    let dialect =
        effective.item.extensions.get("errand").and_then(|errand| errand["scriptDialect"].as_str());
    for script in &effective.item.request.scripts {
        let first = script.phase == ScriptPhase::BeforeRequest;
        let text = match dialect {
            Some("http-client") => {
                format!("{} {{%\n{}\n%}}\n", if first { '<' } else { '>' }, script.code)
            }
            Some("httpyac") => format!("{{{{\n{}\n}}}}\n", script.code),
            _ => {
                notes.not_carried("script", "it is written for another tool");
                continue;
            }
        };
        if first {
            before.push_str(&text);
        } else {
            _ = write!(after, "\n{text}");
        }
    }
    (before, after)
}

fn auth(auth: &Auth, headers: &mut Vec<Header>, url: &mut String, notes: &mut Receipt) {
    let word = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    let mut sign = |value: String| headers.push(Header::new("Authorization", value));
    match auth {
        Auth::Inherit | Auth::None => {}
        Auth::Bearer { token } if word(token) => sign(format!("Bearer {token}")),
        Auth::Basic { username, password } if word(username) && word(password) => {
            sign(format!("Basic {username} {password}"));
        }
        Auth::Digest { username, password } if word(username) && word(password) => {
            sign(format!("Digest {username} {password}"));
        }
        Auth::Ntlm { username, password, domain } if word(username) && word(password) => {
            sign(format!("NTLM {username} {password} {domain}").trim_end().to_owned());
        }
        Auth::AwsV4(aws) if word(&aws.access_key_id) && word(&aws.secret_access_key) => {
            let mut value = format!("AWS {} {}", aws.access_key_id, aws.secret_access_key);
            for (name, field) in
                [("token", &aws.session_token), ("region", &aws.region), ("service", &aws.service)]
            {
                if word(field) {
                    _ = write!(value, " {name}:{field}");
                }
            }
            sign(value);
        }
        Auth::ApiKey { key, value, placement } => match placement {
            ApiKeyPlace::Header => headers.push(Header::new(key, value)),
            ApiKeyPlace::Cookie => headers.push(Header::new("Cookie", format!("{key}={value}"))),
            ApiKeyPlace::Query => {
                query::add(url, &[query::row(key, value)]);
            }
        },
        other => notes
            .not_carried(format!("{} auth", other.scheme()), "an HTTP file has no words for it"),
    }
}

/// The query as it was written, where the body is still its JSON.
fn graphql(item: &ItemRequest) -> Option<&str> {
    let query = item.extensions.get("http")?.get("graphql")?.as_str()?;
    let Body::Raw { text, .. } = &item.request.body else { return None };
    let is_same = item.request.method == "POST" && super::graphql::body(query) == *text;
    (is_same && reads_as(&format!("POST https://a\n\n{query}\n"), query)).then_some(query)
}

/// Whether the body is of the kind that was guessed of one without a type.
fn is_untyped(item: &ItemRequest) -> bool {
    let Body::Raw { language, .. } = &item.request.body else { return false };
    let kept = item.extensions.get("http").and_then(|http| http.get("untyped"));
    kept.is_some_and(|kept| serde_json::to_value(language).is_ok_and(|language| language == *kept))
}

/// The lines of the body; a header for what the model's body implies.
fn body(item: &ItemRequest, headers: &mut Vec<Header>, notes: &mut Receipt) -> String {
    let request = &item.request;
    let implied = match &request.body {
        Body::None => return String::new(),
        Body::Raw { language: RawLanguage::Json, .. } => "application/json",
        Body::Raw { language: RawLanguage::Xml, .. } => "application/xml",
        Body::Raw { language: RawLanguage::Sparql, .. } => "application/sparql-query",
        Body::Raw { language: RawLanguage::Text, .. } => "text/plain",
        Body::FormUrlEncoded { .. } => "application/x-www-form-urlencoded",
        Body::Multipart { .. } | Body::File { .. } => "",
    };
    let typed = headers.iter().any(|h| h.enabled && h.name.eq_ignore_ascii_case("content-type"));
    if !typed && !implied.is_empty() && !is_untyped(item) {
        headers.push(Header::new("Content-Type", implied));
    }
    match &request.body {
        Body::None => String::new(),
        Body::Raw { text, .. } => text.clone(),
        Body::FormUrlEncoded { rows } => {
            if rows.iter().any(|row| !row.enabled) {
                notes.not_carried("disabled fields", "a form in a file has none");
            }
            let rows = rows.iter().filter(|row| row.enabled);
            let pairs = rows.map(|row| {
                format!("{}={}", curl::body::encoded(&row.name), curl::body::encoded(&row.value))
            });
            pairs.collect::<Vec<_>>().join("&")
        }
        Body::Multipart { rows } => multipart(rows, headers, notes),
        Body::File { files } => {
            if files.len() > 1 {
                notes.not_carried("further files", "a body in a file is one");
            }
            let chosen = files.iter().find(|file| file.selected).or(files.first());
            chosen.map(|file| format!("< {}", one_line(&file.path))).unwrap_or_default()
        }
    }
}

fn multipart(rows: &[MultipartRow], headers: &mut Vec<Header>, notes: &mut Receipt) -> String {
    let taken = |boundary: &String| rows.iter().any(|row| row.value.contains(boundary.as_str()));
    let mut names = (0..).map(|n| format!("errand-{n}"));
    let boundary = names.find(|name| !taken(name)).unwrap_or_default();
    headers.retain(|h| !h.name.eq_ignore_ascii_case("content-type"));
    headers.push(Header::new("Content-Type", format!("multipart/form-data; boundary={boundary}")));
    let mut text = String::new();
    for row in rows {
        if !row.enabled {
            notes.not_carried("disabled parts", "a form in a file has none");
            continue;
        }
        let mut part = |rest: &str, content: &str| {
            _ = write!(
                text,
                "--{boundary}\nContent-Disposition: form-data; name=\"{}\"{rest}\n",
                one_line(&row.name)
            );
            if !row.content_type.is_empty() {
                _ = writeln!(text, "Content-Type: {}", row.content_type);
            }
            _ = writeln!(text, "\n{content}");
        };
        match row.kind {
            PartKind::Text => part("", &row.value),
            PartKind::File => {
                for path in &row.files {
                    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
                    part(&format!("; filename=\"{name}\""), &format!("< {}", one_line(path)));
                }
            }
        }
    }
    _ = write!(text, "--{boundary}--");
    text
}
