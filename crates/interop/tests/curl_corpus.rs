//! Every command of the shared corpus, against what curl itself sent.

use std::fs;
use std::path::{Path, PathBuf};

use errand_interop::curl;
use errand_model::{Auth, Body, Header, Request};
use serde_json::Value;
use url::form_urlencoded;

fn corpus() -> Option<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/curl/curlconverter");
    if !folder.is_dir() {
        eprintln!("SKIPPED: the corpus is not at {}", folder.display());
        return None;
    }
    Some(folder)
}

/// The commands: name, text.
fn commands(folder: &Path) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the corpus can be listed")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sh"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    all.sort();
    all
}

#[test]
fn every_command_is_read_or_refused_as_curl_does() {
    let Some(folder) = corpus() else { return };
    let commands = commands(&folder);
    assert!(commands.len() >= 57);
    for (name, text) in commands {
        let read = curl::parse_all(&text);
        match name.as_str() {
            // curl: "You can only select one HTTP request method".
            "j_data_priority_than_f" => {
                assert!(matches!(read, Err(curl::Error::Conflict { .. })), "{name}: {read:?}");
            }
            _ => assert!(read.is_ok(), "{name}: {read:?}"),
        }
    }
}

#[test]
fn what_is_read_is_what_curl_sent() {
    let Some(folder) = corpus() else { return };
    let (mut compared, mut differing) = (0, Vec::new());
    for (name, text) in commands(&folder) {
        let Ok(wire) = fs::read_to_string(folder.join(format!("{name}.wire.json"))) else {
            continue;
        };
        let wire: Value = serde_json::from_str(&wire).expect("a recording is JSON");
        let sent = wire["requests"].as_array().expect("a list");
        let mut read: Vec<Request> =
            curl::parse_all(&text).expect(&name).into_iter().map(|(r, _)| r).collect();
        // A command that failed before it sent anything has no recording; where commands were run in a pipe,
        // the recordings are in no fixed order.
        if name == "form_quotes" {
            read.retain(|request| request.url.contains("cgi-bin"));
        }
        assert_eq!(read.len(), sent.len(), "{name}");
        for (request, sent) in read.iter().zip(sent) {
            compared += 1;
            if let Some(difference) = difference(request, sent) {
                differing.push(format!("{name}: {difference}"));
            }
        }
    }
    eprintln!("{compared} requests compared, {} differ", differing.len());
    let known = [
        // A cookie file is not read.
        "get_cookies_from_file: cookie",
        "no_location_with_full_cookie_jar: cookie",
        "read_cookies_and_mixed_auth: cookie",
        // The length of curl's standard input was not known to it.
        "multiple_commands: transfer-encoding",
        // The proxy of the command line is not taken over: the recording is of the proxy's side.
        "get_proxy_with_auth: target",
    ];
    let unexpected: Vec<_> =
        differing.iter().filter(|line| !known.iter().any(|k| line.starts_with(k))).collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
    assert!(compared >= 58, "{compared}");
}

/// The first thing in which a request is not what was sent.
fn difference(request: &Request, sent: &Value) -> Option<String> {
    let text = |key: &str| sent[key].as_str().unwrap_or_default().to_owned();
    if request.method != text("method") {
        return Some(format!("method {} for {}", request.method, text("method")));
    }
    let bare = request.url.split('#').next().unwrap_or_default();
    let rest = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    let target = rest.find(['/', '?']).map_or("/", |at| &rest[at..]);
    if target != text("target") {
        return Some(format!("target {target} for {}", text("target")));
    }
    headers(request, sent).or_else(|| body(request, &text("body_text")))
}

/// Headers that curl adds by itself, or that follow from the body or the auth.
const BY_ITSELF: &[&str] = &["host", "content-length", "expect", "connection-by-curl"];

fn headers(request: &Request, sent: &Value) -> Option<String> {
    let mut wanted: Vec<(String, String)> = sent["headers"]
        .as_array()?
        .iter()
        .filter_map(|pair| {
            Some((pair[0].as_str()?.to_ascii_lowercase(), pair[1].as_str()?.to_owned()))
        })
        .filter(|(name, value)| {
            !(BY_ITSELF.contains(&name.as_str())
                || name == "user-agent" && value.starts_with("curl/")
                || name == "accept" && value == "*/*"
                || name == "accept-encoding" && value.starts_with("deflate, gzip"))
        })
        .collect();
    let mut have: Vec<(String, String)> = request
        .headers
        .iter()
        .filter(|header| header.enabled)
        .map(|Header { name, value, .. }| (name.to_ascii_lowercase(), value.clone()))
        .filter(|(name, value)| name != "host" && !(name == "accept" && value == "*/*"))
        .collect();
    match &request.body {
        Body::FormUrlEncoded { .. } if !have.iter().any(|(name, _)| name == "content-type") => {
            have.push(("content-type".into(), "application/x-www-form-urlencoded".into()));
        }
        Body::Multipart { .. } => {
            have.retain(|(name, _)| name != "content-type");
            wanted.retain(|(name, value)| {
                !(name == "content-type" && value.starts_with("multipart/form-data"))
            });
        }
        _ => {}
    }
    if request.auth != Auth::Inherit {
        // Digest and its like: curl's first request has none either.
        wanted.retain(|(name, _)| name != "authorization");
    }
    wanted.sort();
    have.sort();
    let missing = wanted.iter().find(|pair| !have.contains(pair));
    let surplus = have.iter().find(|pair| !wanted.contains(pair));
    missing.or(surplus).map(|(name, value)| format!("{name}: {value}"))
}

fn body(request: &Request, sent: &str) -> Option<String> {
    let ours = match &request.body {
        Body::None => String::new(),
        Body::Raw { text, .. } => text.clone(),
        Body::FormUrlEncoded { rows } => form_urlencoded::Serializer::new(String::new())
            .extend_pairs(rows.iter().map(|r| (&r.name, &r.value)))
            .finish(),
        Body::Multipart { rows } => {
            // Boundaries are random: every name and text has to be in it.
            let all = rows
                .iter()
                .all(|r| sent.contains(&format!("name=\"{}\"", r.name)) && sent.contains(&r.value));
            return (!all).then(|| "a multipart row is not in what was sent".into());
        }
        // The files' contents were the recorder's.
        Body::File { .. } => return None,
    };
    (ours != sent).then(|| format!("body {ours:?} for {sent:?}"))
}

#[test]
fn what_is_written_is_read_again() {
    let Some(folder) = corpus() else { return };
    for (name, text) in commands(&folder) {
        let Ok(all) = curl::parse_all(&text) else { continue };
        for (request, _) in all {
            let written = curl::write(&request);
            let (again, _) =
                curl::parse(&written).unwrap_or_else(|error| panic!("{name}: {error}\n{written}"));
            assert_eq!(
                (&again.method, &again.url),
                (&request.method, &request.url),
                "{name}\n{written}"
            );
            let lost = matches!(request.auth, Auth::Other { .. });
            if !lost && !matches!(request.auth, Auth::Bearer { .. }) {
                assert_eq!(again.auth, request.auth, "{name}\n{written}");
                assert_eq!(again.body, request.body, "{name}\n{written}");
                let mut settings = request.settings.clone();
                // What is off by itself is not written.
                settings.forward_authorization =
                    settings.forward_authorization.filter(|forward| *forward);
                assert_eq!(again.settings, settings, "{name}\n{written}");
            }
        }
    }
}
