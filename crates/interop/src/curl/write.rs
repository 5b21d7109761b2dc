use errand_model::{
    ApiKeyPlace, Auth, Body, MultipartRow, ParamKind, PartKind, RawLanguage, Request,
};
use url::form_urlencoded;

use super::body::encoded;
use crate::code::url::encode_query;

/// The request as a curl command for a POSIX shell. Variables stay as `{{name}}`.
///
/// What curl has no word for (inherited auth, checks, scripts) is left out.
pub fn write(request: &Request) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut url = filled_url(request);
    let implied = match &request.body {
        Body::None => "GET",
        Body::File { .. }
        | Body::Raw { .. }
        | Body::FormUrlEncoded { .. }
        | Body::Multipart { .. } => "POST",
    };
    if request.method.eq_ignore_ascii_case("HEAD") && request.body == Body::None {
        words.push("--head".into());
    } else if request.method != implied {
        words.push(format!("--request {}", quote(&request.method)));
    }
    for header in &request.headers {
        if !header.enabled {
            // Curl's own headers are the ones that can be switched off.
            if ["accept", "user-agent", "host", "content-type", "expect"]
                .contains(&header.name.to_ascii_lowercase().as_str())
            {
                words.push(format!("--header {}", quote(&format!("{}:", header.name))));
            }
        } else if header.value.is_empty() {
            words.push(format!("--header {}", quote(&format!("{};", header.name))));
        } else {
            words
                .push(format!("--header {}", quote(&format!("{}: {}", header.name, header.value))));
        }
    }
    auth(request, &mut words, &mut url);
    body(request, &mut words);
    settings(request, &mut words);
    if url.split_once("://").map_or(&*url, |(_, rest)| rest).contains(['[', ']', '{', '}']) {
        // They are curl's own signs for several URLs.
        words.insert(0, "--globoff".to_owned());
    }
    let option = if url.starts_with('-') { "--url " } else { "" };
    words.insert(0, format!("curl {option}{}", quote(&url)));
    words.join(" \\\n  ")
}

/// The URL with the values of its path parameters.
pub(crate) fn filled_url(request: &Request) -> String {
    let (before, query) =
        request.url.split_at(request.url.find(['?', '#']).unwrap_or(request.url.len()));
    let value = |name: &str| {
        let row = request
            .params
            .iter()
            .find(|p| p.kind == ParamKind::Path && p.enabled && p.name == name)?;
        (!row.value.is_empty()).then_some(row.value.as_str())
    };
    let filled: Vec<&str> = before
        .split('/')
        .map(|part| part.strip_prefix(':').and_then(value).unwrap_or(part))
        .collect();
    filled.join("/") + query
}

fn auth(request: &Request, words: &mut Vec<String>, url: &mut String) {
    match &request.auth {
        Auth::Basic { username, password } => {
            words.push(format!("--user {}", quote(&format!("{username}:{password}"))));
        }
        Auth::Bearer { token } => {
            words.push(format!("--header {}", quote(&format!("Authorization: Bearer {token}"))));
        }
        Auth::ApiKey { key, value, placement: ApiKeyPlace::Header } => {
            words.push(format!("--header {}", quote(&format!("{key}: {value}"))));
        }
        Auth::ApiKey { key, value, placement: ApiKeyPlace::Query } => {
            let fragment = url.find('#').unwrap_or(url.len());
            let mark = if url[..fragment].contains('?') { '&' } else { '?' };
            url.insert_str(
                fragment,
                &format!("{mark}{}={}", encode_query(key), encode_query(value)),
            );
        }
        Auth::ApiKey { key, value, placement: ApiKeyPlace::Cookie } => {
            words.push(format!("--cookie {}", quote(&format!("{key}={value}"))));
        }
        Auth::Digest { username, password } => {
            words.push(format!("--digest --user {}", quote(&format!("{username}:{password}"))));
        }
        Auth::Ntlm { username, password, domain } => {
            let user =
                if domain.is_empty() { username.clone() } else { format!("{domain}\\{username}") };
            words.push(format!("--ntlm --user {}", quote(&format!("{user}:{password}"))));
        }
        Auth::Negotiate { .. } => words.push("--negotiate --user :".to_owned()),
        Auth::AwsV4(aws) => {
            let scope = format!("aws:amz:{}:{}", aws.region, aws.service);
            words.push(format!("--aws-sigv4 {}", quote(scope.trim_end_matches(':'))));
            let keys = format!("{}:{}", aws.access_key_id, aws.secret_access_key);
            words.push(format!("--user {}", quote(&keys)));
            if !aws.session_token.is_empty() {
                let token = format!("X-Amz-Security-Token: {}", aws.session_token);
                words.push(format!("--header {}", quote(&token)));
            }
        }
        Auth::Netrc { file } if file.is_empty() => words.push("--netrc".to_owned()),
        Auth::Netrc { file } => words.push(format!("--netrc-file {}", quote(file))),
        // curl has no word for these.
        Auth::Inherit
        | Auth::None
        | Auth::Hawk(_)
        | Auth::Wsse { .. }
        | Auth::EdgeGrid(_)
        | Auth::OAuth1(_)
        | Auth::OAuth2(_)
        | Auth::Jwt(_)
        | Auth::Asap(_)
        | Auth::Other { .. } => {}
    }
}

fn body(request: &Request, words: &mut Vec<String>) {
    match &request.body {
        Body::None => {}
        Body::Raw { language, text } => {
            content_type(
                request,
                words,
                match language {
                    RawLanguage::Json => "application/json",
                    RawLanguage::Xml => "application/xml",
                    RawLanguage::Text => "text/plain",
                    RawLanguage::Sparql => "application/sparql-query",
                },
            );
            words.push(format!("--data-raw {}", quote(text)));
        }
        Body::FormUrlEncoded { rows } => {
            for row in rows.iter().filter(|row| row.enabled) {
                let name: String = form_urlencoded::byte_serialize(row.name.as_bytes()).collect();
                // curl encodes these two the other way round than forms do; and takes no empty name.
                let word = if name.is_empty() || row.value.contains(['*', '~']) {
                    format!("--data-raw {}", quote(&format!("{name}={}", encoded(&row.value))))
                } else {
                    format!("--data-urlencode {}", quote(&format!("{name}={}", row.value)))
                };
                words.push(word);
            }
        }
        Body::Multipart { rows } => {
            words.extend(rows.iter().filter(|row| row.enabled).flat_map(parts));
        }
        Body::File { files } => {
            for file in files.iter().filter(|file| file.selected) {
                let fallback = "application/octet-stream";
                content_type(
                    request,
                    words,
                    if file.content_type.is_empty() { fallback } else { &file.content_type },
                );
                words.push(format!("--data-binary {}", quote(&format!("@{}", file.path))));
            }
        }
    }
}

fn content_type(request: &Request, words: &mut Vec<String>, value: &str) {
    if !request.headers.iter().any(|header| header.name.eq_ignore_ascii_case("content-type")) {
        words.push(format!("--header {}", quote(&format!("Content-Type: {value}"))));
    }
}

fn parts(row: &MultipartRow) -> Vec<String> {
    let kind = if row.content_type.is_empty() {
        String::new()
    } else {
        format!(";type={}", row.content_type)
    };
    match row.kind {
        // Quoted inside, because semicolons and a leading @ would mean something.
        PartKind::Text => {
            vec![format!("--form {}", quote(&format!("{}={}{kind}", row.name, inner(&row.value))))]
        }
        PartKind::File => row
            .files
            .iter()
            .map(|path| {
                format!("--form {}", quote(&format!("{}=@{}{kind}", row.name, inner(path))))
            })
            .collect(),
    }
}

fn inner(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn settings(request: &Request, words: &mut Vec<String>) {
    let settings = &request.settings;
    if settings.forward_authorization == Some(true) {
        words.push("--location-trusted".into());
    } else if settings.follow_redirects == Some(true) {
        words.push("--location".into());
    }
    if let Some(most) = settings.max_redirects {
        words.push(format!("--max-redirs {most}"));
    }
    if settings.verify_tls == Some(false) {
        words.push("--insecure".into());
    }
    if let Some(time) = settings.timeout_ms.filter(|time| *time > 0) {
        words.push(format!("--max-time {}.{:03}", time / 1000, time % 1000));
    }
    match settings.http_version.as_deref() {
        Some("1.1") => words.push("--http1.1".into()),
        Some("2") => words.push("--http2".into()),
        _ => {}
    }
}

/// In single quotes; plain words stay bare.
fn quote(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
