//! Secrets stay out of every file and every answer, and with the origin they are for.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

use std::path::Path;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use common::{Place, Server, files, ok, open, redirect, request, text, without_a_keychain};
use errand_app::EventSink;
use serde_json::{Value, json};

/// As many bytes as a token has, with everything that is escaped somewhere.
const TOKEN: &str = "Zk7%\"&+/canary~SECRET=42 <x>";
/// One that may stand in a host name, in capitals that a URL does not keep.
const TENANT: &str = "Tenant-CANARY-9Q";

/// Every form in which a value may be written somewhere.
fn forms(value: &str) -> Vec<(&'static str, Vec<u8>)> {
    let percent = |lower: bool| -> String {
        let encoded = value.bytes().map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ if lower => format!("%{byte:02x}"),
            _ => format!("%{byte:02X}"),
        });
        encoded.collect()
    };
    let mut forms = vec![
        ("raw", value.as_bytes().to_vec()),
        ("lower case", value.to_lowercase().into_bytes()),
        ("percent", percent(false).into_bytes()),
        ("percent, lower case", percent(true).into_bytes()),
        (
            "form",
            url::form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>().into_bytes(),
        ),
        ("JSON", json!(value).to_string().trim_matches('"').as_bytes().to_vec()),
        ("UTF-16", value.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        (
            "hexadecimal",
            value.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect(),
        ),
    ];
    for before in ["", "x", "xy"] {
        for engine in [STANDARD, URL_SAFE] {
            let encoded = engine.encode(format!("{before}{value}"));
            // The characters that depend on the value alone.
            let from = (before.len() * 8).div_ceil(6);
            let to = (before.len() + value.len()) * 8 / 6;
            forms.push(("base64", encoded.as_bytes()[from..to].to_vec()));
        }
    }
    forms
}

fn traces_in(bytes: &[u8], value: &str) -> Vec<&'static str> {
    let found = |form: &[u8]| bytes.windows(form.len()).any(|window| window == form);
    forms(value).iter().filter(|(_, form)| found(form)).map(|(name, _)| *name).collect()
}

/// Files below a folder with a trace of a value, and its form there.
fn traces(folder: &Path, value: &str) -> Vec<String> {
    let mut all = Vec::new();
    for file in files(folder) {
        let bytes = std::fs::read(&file).expect("a file");
        let found = traces_in(&bytes, value);
        all.extend(found.iter().map(|form| format!("{form} in {}", file.display())));
    }
    all
}

/// An environment "Local" with secrets of this session and a plain variable, chosen.
async fn with_secrets(place: &Place) {
    let made = place.call("createEnvironment", json!({ "name": "Local", "copyFrom": null })).await;
    let mut environment = made["environment"].clone();
    environment["variables"] = json!([
        { "name": "token", "secret": true },
        { "name": "tenant", "secret": true },
        { "name": "plain", "value": "not-secret-CONTROL-1" },
    ]);
    let save = json!({ "name": "Local", "environment": environment, "baseRevision": made["revision"], "force": false });
    place.call("saveEnvironment", save).await;
    for (name, value) in [("token", TOKEN), ("tenant", TENANT)] {
        let set = place
            .call("setSecret", json!({ "environment": "Local", "name": name, "value": value }))
            .await;
        assert_eq!(set["state"], "sessionOnly");
    }
    place.call("selectEnvironment", json!({ "name": "Local" })).await;
}

/// A server that sends the secret back wherever it can.
fn parrot() -> Server {
    Server::new(|got| {
        let token: Vec<u8> = TOKEN.bytes().collect();
        let encoded = STANDARD.encode(TOKEN);
        let body = [token.as_slice(), got.as_bytes(), encoded.as_bytes()].concat();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut packed, &body).expect("gzip");
        let body = packed.finish().expect("gzip");
        let head = format!(
            "HTTP/1.1 200 {TOKEN}\r\nConnection: close\r\nContent-Type: text/plain; x=\"{TOKEN}\"\r\nX-Echo: {TOKEN}\r\n\
             X-Coded: {encoded}\r\nX-{TENANT}: 1\r\nSet-Cookie: {TENANT}={TOKEN}; Path=/{TENANT}; Domain={TENANT}.example\r\n\
             Content-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), &body].concat()
    })
}

/// Requests with the secret in every place, answered, redirected, refused and never sent.
fn requests(parrot: &Server, redirecting: &Server) -> Vec<Value> {
    let get = |url: String| request("GET", &url);
    let with = |field: &str, value: Value| {
        let mut one = request("POST", &parrot.url("/{{plain}}"));
        one[field] = value;
        one["checks"] = json!([
            { "expression": "res.headers['x-echo']", "operator": "eq", "value": "{{token}}" },
            { "expression": "res.headers['x-echo']", "operator": "eq", "value": "no {{token}}" },
            { "expression": "res.body", "operator": "contains", "value": "{{token}}x" },
        ]);
        one["captures"] = json!([
            { "expression": "res.headers['x-echo']", "variable": "echoed", "scope": "runtime" },
        ]);
        one
    };
    let raw = |text: &str| json!({ "type": "raw", "language": "json", "text": text });
    vec![
        get(parrot.url("/{{token}}?q={{token}}&t={{tenant}}#{{token}}")),
        get(redirecting.url("/?t={{token}}")),
        get("http://{{tenant}}.invalid/{{token}}".into()),
        get("http://127.0.0.1:1/{{token}}".into()),
        get("http://{{token}}/".into()),
        get("{{token}}".into()),
        request("{{tenant}}", &parrot.url("/")),
        request("{{token}}", &parrot.url("/")),
        with(
            "headers",
            json!([{ "name": "X-Key", "value": "a {{token}}" }, { "name": "X-{{tenant}}", "value": "1" }]),
        ),
        with("headers", json!([{ "name": "Cookie", "value": "sid={{token}}" }])),
        with("headers", json!([{ "name": "X-{{token}}", "value": "not a name" }])),
        with("auth", json!({ "type": "bearer", "token": "{{token}}" })),
        with("auth", json!({ "type": "basic", "username": "me", "password": "{{token}}" })),
        with(
            "auth",
            json!({ "type": "apiKey", "key": "X-Own", "value": "{{token}}", "placement": "header" }),
        ),
        with(
            "auth",
            json!({ "type": "apiKey", "key": "key", "value": "{{token}}", "placement": "query" }),
        ),
        with("body", raw("{\"token\": \"{{token}}\", \"plain\": \"{{plain}}\"}")),
        with("body", json!({ "type": "form", "rows": [{ "name": "a", "value": "{{token}}" }] })),
    ]
}

#[test]
fn no_file_and_no_answer_holds_a_trace_of_a_secret() {
    if !without_a_keychain("no_file_and_no_answer_holds_a_trace_of_a_secret") {
        return;
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let place = Place::new().await;
        with_secrets(&place).await;
        let parrot = parrot();
        let target = parrot.url("/");
        let redirecting = Server::new(move |got| {
            let query = got.split(' ').nth(1).unwrap_or_default();
            redirect(302, &format!("{target}{query}"))
        });
        let seen: Arc<Mutex<String>> = Arc::default();
        let mut sent = 0;
        for mut one in requests(&parrot, &redirecting) {
            // The parrot says both, so both have to be in what is sent.
            let both = json!({ "name": "X-Both", "value": "{{token}} {{tenant}}" });
            match one["headers"].as_array_mut() {
                Some(headers) => headers.push(both),
                None => one["headers"] = json!([both]),
            }
            let events = seen.clone();
            let sink = EventSink::new(move |event| {
                events.lock().expect("events").push_str(&event.to_string());
            });
            let args = json!({ "exchange": "1", "path": null, "request": one });
            let answer = match place.session.call("send", args, sink).await {
                Ok(exchange) => {
                    sent += usize::from(exchange["status"] == 200);
                    exchange
                }
                Err(error) => json!(error),
            };
            for secret in [TOKEN, TENANT] {
                assert_eq!(
                    traces_in(answer.to_string().as_bytes(), secret),
                    [""; 0],
                    "{one}\n{answer:#}"
                );
            }
        }
        assert!(sent >= 10, "only {sent} requests were answered: the test shows little");
        let listed =
            place.call("variables", json!({ "path": "", "request": null })).await.to_string();
        let found = place.call("searchHistory", json!({ "limit": 100 })).await.to_string();
        let events = seen.lock().expect("events").clone();
        for secret in [TOKEN, TENANT] {
            for told in [&listed, &found, &events] {
                assert_eq!(traces_in(told.as_bytes(), secret), [""; 0], "{told}");
            }
        }

        // While everything is open, and after the end of the process.
        let folder = place.folder.path().to_owned();
        for at in ["open", "closed"] {
            if at == "closed" {
                place.session.close();
                place.app.close();
                drop(open(&folder));
            }
            for secret in [TOKEN, TENANT] {
                assert_eq!(traces(&folder, secret), [""; 0], "{at}");
            }
            // What is no secret is where a secret would be: in history, the spool and the workspace.
            let control = traces(&folder, "not-secret-CONTROL-1").join("\n");
            for file in ["history.sqlite", "/bodies/", "/environments/"] {
                assert!(control.contains(file), "the scan does not see {file}: {control}");
            }
        }
    });
}

#[test]
fn the_scan_finds_every_form() {
    let folder = tempfile::tempdir().expect("a folder");
    for (number, (form, bytes)) in forms(TOKEN).into_iter().enumerate() {
        let file = folder.path().join(number.to_string());
        std::fs::write(&file, [b"before ".as_slice(), &bytes, b" after"].concat()).expect("a file");
        let found = traces(folder.path(), TOKEN);
        assert!(found.iter().any(|found| found.starts_with(form)), "{form}: {found:?}");
        std::fs::remove_file(file).expect("removed");
    }
    for before in ["", "a", "ab", "me:"] {
        let coded = STANDARD.encode(format!("{before}{TOKEN} and more"));
        assert!(traces_in(coded.as_bytes(), TOKEN).contains(&"base64"), "{before}");
    }
}

#[test]
fn credentials_do_not_follow_a_redirect_to_another_origin() {
    if !without_a_keychain("credentials_do_not_follow_a_redirect_to_another_origin") {
        return;
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let place = Place::new().await;
        with_secrets(&place).await;
        let api_key = |name: &str, placement: &str| json!({ "type": "apiKey", "key": name, "value": "CANARY-typed", "placement": placement });
        for (field, value, dropped) in [
            ("auth", json!({ "type": "basic", "username": "me", "password": "CANARY-typed" }), "Authorization"),
            ("auth", json!({ "type": "bearer", "token": "CANARY-typed" }), "Authorization"),
            ("auth", json!({ "type": "bearer", "token": "{{tenant}}" }), "Authorization"),
            ("auth", api_key("X-Own-Key", "header"), "X-Own-Key"),
            ("auth", api_key("own_key", "query"), "own_key"),
            ("headers", json!([{ "name": "X-Own-Secret", "value": "{{tenant}}" }]), "X-Own-Secret"),
            ("headers", json!([{ "name": "Authorization", "value": "Token CANARY-typed" }]), "Authorization"),
            ("headers", json!([{ "name": "x-api-key", "value": "CANARY-typed" }]), "x-api-key"),
            ("headers", json!([{ "name": "Cookie", "value": "sid=CANARY-typed" }]), "Cookie"),
        ] {
            let other = Server::saying(ok("there"));
            // One that hands the query on, as many do.
            let (to, host) = (other.url("/x"), other.url("/y").replace("127.0.0.1", "localhost"));
            let first = Server::new(move |got| {
                let query = got.split(' ').nth(1).and_then(|target| target.split_once('?')).map_or("", |(_, query)| query);
                let target = if got.starts_with("GET /host") { &host } else { &to };
                redirect(302, &format!("{target}?{query}"))
            });
            for path in ["/port", "/host"] {
                let mut one = request("GET", &first.url(path));
                one[field] = value.clone();
                let exchange = place.send(one.clone()).await;
                assert_eq!(exchange["status"], 200, "{one}: {exchange:#}");
                let at_first = first.requests().last().expect("a request").clone();
                let leaks = |got: &str| {
                    let basic = STANDARD.encode("me:CANARY-typed");
                    [TENANT, "CANARY", &basic].iter().any(|secret| got.contains(secret))
                };
                assert!(leaks(&at_first), "it never went along at all: {at_first}");
                let got = other.requests().last().expect("a request").clone();
                assert!(!leaks(&got), "{value} went to another origin: {got}");
                let told = exchange["hops"][1]["dropped"].as_array().expect("what was dropped");
                assert!(told.iter().any(|told| text(told).starts_with(&format!("{dropped}: "))), "{dropped}: {told:?}");
            }
        }
    });
}
