//! History as a HAR: real exchanges, written, checked against what the specification demands, and read
//! back by our own importer.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

use std::path::Path;

use common::{Place, files, text, without_a_keychain};
use errand_app::{EventSink, Playground};
use errand_interop::{Format, Source};
use errand_model::{Body, Item, ItemRequest};
use serde_json::{Value, json};

const CANARY: &str = "Zk7-canary+SECRET/42";

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(test);
}

/// Writes all that `search` finds, or these entries, to `name`.
async fn export(place: &Place, name: &str, ids: Value, search: Value) -> (Value, Value) {
    let to = place.folder.path().join(name);
    let args = json!({ "id": name, "ids": ids, "search": search, "to": to });
    let done = place.call("exportHistory", args).await;
    let written = std::fs::read(&to).expect("a file");
    (done, serde_json::from_slice(&written).expect("JSON"))
}

fn entries(har: &Value) -> &Vec<Value> {
    har["log"]["entries"].as_array().expect("entries")
}

/// What HAR 1.2 demands of each object: `name:kind`, with `?` where it may be absent.
const LOG: &str = "version:string creator:object entries:array";
const ENTRY: &str = "startedDateTime:time time:number request:object response:object cache:object timings:object serverIPAddress?:string comment?:string";
const REQUEST: &str = "method:string url:url httpVersion:string cookies:array headers:array queryString:array postData?:object headersSize:number bodySize:number";
const POST: &str = "mimeType:string text?:string params?:array";
const RESPONSE: &str = "status:number statusText:string httpVersion:string cookies:array headers:array content:object redirectURL:string headersSize:number bodySize:number";
const CONTENT: &str = "size:number mimeType:string text?:string encoding?:string";
const TIMINGS: &str = "blocked?:number dns?:number connect?:number send:number wait:number receive:number ssl?:number";
const PAIR: &str = "name:string value:string";

fn conforms(object: &Value, rules: &str) {
    for rule in rules.split(' ') {
        let (name, kind) = rule.split_once(':').expect("a rule");
        let value = &object[name.trim_end_matches('?')];
        if value.is_null() && name.ends_with('?') {
            continue;
        }
        let right = match kind {
            "string" => value.is_string(),
            "number" => value.is_number(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            "url" => value.as_str().is_some_and(|text| url::Url::parse(text).is_ok()),
            "time" => value.as_str().is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok()),
            _ => false,
        };
        assert!(right, "{name} is no {kind}: {object:#}");
    }
}

fn is_valid(har: &Value) {
    let log = &har["log"];
    conforms(log, LOG);
    assert_eq!(log["version"], "1.2");
    conforms(&log["creator"], "name:string version:string");
    let mut last = String::new();
    for entry in entries(har) {
        conforms(entry, ENTRY);
        conforms(&entry["timings"], TIMINGS);
        conforms(&entry["request"], REQUEST);
        conforms(&entry["response"], RESPONSE);
        conforms(&entry["response"]["content"], CONTENT);
        if !entry["request"]["postData"].is_null() {
            conforms(&entry["request"]["postData"], POST);
        }
        for list in ["headers", "queryString", "cookies"] {
            for pair in entry["request"][list].as_array().expect("a list") {
                conforms(pair, PAIR);
            }
        }
        // The time of an entry is that of its phases, and TLS is a part of connecting.
        let phases = ["blocked", "dns", "connect", "send", "wait", "receive"];
        let sum: f64 = phases
            .iter()
            .filter_map(|phase| entry["timings"][phase].as_f64().filter(|ms| *ms >= 0.0))
            .sum();
        assert!((sum - entry["time"].as_f64().expect("a time")).abs() < 0.001, "{entry:#}");
        let started = text(&entry["startedDateTime"]);
        assert!(last <= started, "the oldest comes first");
        last = started;
    }
}

/// The requests of an archive as our importer reads them.
fn read_back(har: &Value) -> Vec<ItemRequest> {
    fn walk(items: Vec<Item>, found: &mut Vec<ItemRequest>) {
        for item in items {
            match item {
                Item::Folder(folder) => walk(folder.items, found),
                Item::Request(request) => found.push(*request),
                Item::Other(_) => {}
            }
        }
    }
    let source = Source::file("history.har", har.to_string().into_bytes());
    assert_eq!(errand_interop::recognise(&source), Some(Format::Har));
    let import = errand_interop::import(&source, None).expect("an archive");
    let mut found = Vec::new();
    walk(import.collection.items, &mut found);
    found
}

fn body(language: &str, text: &str) -> Value {
    json!({ "type": "raw", "language": language, "text": text })
}

/// What is sent in these tests, oldest first.
fn sent(base: &str) -> Vec<Value> {
    let of = |method: &str, path: &str| common::request(method, &format!("{base}{path}"));
    let mut plain = of("GET", "/anything/a%20b?x=1&y=%C3%BC&x=2#part");
    plain["headers"] = json!([{ "name": "X-Trace", "value": "a, b" }]);
    let mut posted = of("POST", "/anything/orders");
    posted["body"] = body("json", "{\"tea\": \"oolong\", \"ü\": [1, 2]}");
    let mut form = of("PUT", "/anything/form");
    let row = |name: &str, value: &str| json!({ "name": name, "value": value, "enabled": true, "description": "" });
    form["body"] = json!({ "type": "formUrlEncoded", "rows": [row("a b", "ü&c"), row("d", "=")] });
    vec![
        plain,
        posted,
        form,
        of("GET", "/redirect/2"),
        of("GET", "/gzip"),
        of("GET", "/bytes/100"),
        of("DELETE", "/status/404"),
    ]
}

#[test]
fn what_was_sent_is_in_the_archive_as_it_was_on_the_wire() {
    run(async {
        let place = Place::new().await;
        let playground = Playground::start(None).await.expect("a playground");
        let base = playground.url();
        let mut hops = Vec::new();
        let mut bodies = Vec::new();
        for request in sent(&base) {
            let exchange = place.send(request).await;
            assert_eq!(exchange["state"], "complete", "{exchange:#}");
            let detail = place.call("historyDetail", json!({ "id": exchange["historyId"] })).await;
            hops.extend(detail["exchange"]["hops"].as_array().expect("hops").iter().cloned());
            let id = text(&exchange["body"]["id"]);
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(
                &mut place.app.body(&id).expect("a body").reader(0),
                &mut bytes,
            )
            .expect("read");
            bodies.push((hops.len() - 1, bytes));
        }
        let refused = place.get("http://127.0.0.1:1/").await;
        assert_eq!(refused["state"], "failed");

        let (done, har) = export(&place, "all.har", Value::Null, json!({})).await;
        is_valid(&har);
        let all = entries(&har);
        assert_eq!(done["entries"], 8, "{done}");
        assert_eq!(done["requests"], all.len(), "{done}");
        assert_eq!(done["bodiesLeftOut"], 0);
        assert_eq!(all.len(), hops.len() + 1, "one for each request on the wire");
        for (entry, hop) in all.iter().zip(&hops) {
            let (request, response) = (&entry["request"], &entry["response"]);
            assert_eq!(request["method"], hop["method"]);
            assert_eq!(request["url"], text(&hop["url"]).split('#').next().unwrap_or_default());
            assert_eq!(response["status"], hop["status"]);
            assert_eq!(response["headers"], hop["headers"]);
            assert_eq!(response["httpVersion"], hop["httpVersion"]);
            assert_eq!(response["bodySize"], hop["bodySize"]);
            assert_eq!(response["content"]["size"], hop["decodedSize"]);
            assert_eq!(entry["serverIPAddress"], "127.0.0.1");
            let head: Vec<String> = request["headers"]
                .as_array()
                .expect("headers")
                .iter()
                .map(|header| format!("{}: {}", text(&header["name"]), text(&header["value"])))
                .collect();
            let wire: Vec<&str> =
                hop["requestHead"].as_str().expect("a head").lines().skip(1).collect();
            assert_eq!(head, wire);
            // What was sent is as long as it was on the wire.
            let posted = request["postData"]["text"].as_str().map_or(0, str::len);
            assert_eq!(posted, hop["requestBodySize"], "{request:#}");
        }
        for (at, bytes) in bodies {
            let content = &all[at]["response"]["content"];
            let written = text(&content["text"]).into_bytes();
            let written = if content["encoding"] == "base64" { decoded(&written) } else { written };
            assert_eq!(written, bytes, "{content:#}");
        }
        let last = all.last().expect("the failed one");
        assert_eq!(last["response"]["status"], 0);
        assert!(text(&last["comment"]).contains("failed"), "{last:#}");

        let items = read_back(&har);
        assert_eq!(items.len(), all.len());
        for (item, entry) in items.iter().zip(all) {
            let request = &item.request;
            assert_eq!(json!(request.method), entry["request"]["method"]);
            let status = entry["response"]["status"].as_u64().unwrap_or_default();
            let got = item
                .examples
                .first()
                .map_or(0, |example| example.response.status.map_or(0, u64::from));
            assert_eq!(got, status, "{entry:#}");
        }
        let found = |part: &str| {
            let found = items.iter().find(|item| item.request.url.contains(part));
            &found.unwrap_or_else(|| panic!("no {part}")).request
        };
        assert!(found("a%20b").url.starts_with(&base), "{}", found("a%20b").url);
        assert!(
            found("a%20b")
                .headers
                .iter()
                .any(|header| header.name == "X-Trace" && header.value == "a, b")
        );
        let Body::Raw { text, .. } = &found("/orders").body else { panic!("no text") };
        assert_eq!(text, "{\"tea\": \"oolong\", \"ü\": [1, 2]}");
        let Body::FormUrlEncoded { rows } = &found("/form").body else { panic!("no form") };
        let rows: Vec<(&str, &str)> = rows.iter().map(|row| (&*row.name, &*row.value)).collect();
        assert_eq!(rows, [("a b", "ü&c"), ("d", "=")]);
    });
}

fn decoded(base64: &[u8]) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(base64).expect("base64")
}

#[test]
fn only_what_is_named_or_found_is_written() {
    run(async {
        let place = Place::new().await;
        let playground = Playground::start(None).await.expect("a playground");
        let mut ids = Vec::new();
        for request in sent(&playground.url()) {
            ids.push(place.send(request).await["historyId"].clone());
        }
        let urls = |har: &Value| -> Vec<String> {
            let all = entries(har).iter();
            all.map(|entry| text(&entry["request"]["url"]).replace(&playground.url(), "")).collect()
        };
        let (done, har) = export(&place, "a.har", json!([ids[2], ids[1]]), json!({})).await;
        assert_eq!(
            (done["entries"].clone(), urls(&har)),
            (json!(2), vec!["/anything/orders".to_owned(), "/anything/form".to_owned()])
        );
        let (_, har) = export(&place, "b.har", Value::Null, json!({ "words": "orders" })).await;
        assert_eq!(urls(&har), ["/anything/orders"]);
        let (_, har) = export(&place, "c.har", Value::Null, json!({ "status": ["4xx"] })).await;
        assert_eq!(urls(&har), ["/status/404"]);
        let (_, har) = export(&place, "d.har", Value::Null, json!({ "limit": 2 })).await;
        assert_eq!(urls(&har), ["/bytes/100", "/status/404"]);
        let (done, har) = export(&place, "e.har", Value::Null, json!({ "words": "nowhere" })).await;
        is_valid(&har);
        assert_eq!(done["entries"], 0);
        let unknown = json!({ "id": "x", "ids": ["01890000-0000-7000-8000-000000000000"], "search": {}, "to": place.folder.path().join("f.har") });
        assert_eq!(place.fails("exportHistory", unknown).await.code, "no-entry");
        assert!(!place.folder.path().join("f.har").exists());
    });
}

#[test]
fn a_body_that_is_too_long_or_gone_is_left_out_and_that_is_said() {
    run(async {
        let place = Place::new().await;
        let playground = Playground::start(None).await.expect("a playground");
        let long = place.get(&format!("{}/bytes/{}", playground.url(), (16 << 20) + 1)).await;
        assert_eq!(long["state"], "complete");
        let gone = place.get(&format!("{}/json/1000", playground.url())).await;
        place.app.drop_body(&text(&gone["body"]["id"])).expect("deleted");
        let (done, har) = export(&place, "a.har", Value::Null, json!({})).await;
        is_valid(&har);
        assert_eq!(done["bodiesLeftOut"], 1, "{done}");
        let all = entries(&har);
        assert_eq!(all[0]["response"]["content"]["size"], (16 << 20) + 1);
        assert_eq!(all[0]["response"]["content"]["text"], Value::Null);
        assert!(text(&all[0]["comment"]).contains("16777217 bytes"), "{:#}", all[0]);
        assert!(text(&all[1]["comment"]).contains("no longer kept"), "{:#}", all[1]);
    });
}

#[test]
fn secrets_are_masked_as_history_has_them() {
    if !without_a_keychain("secrets_are_masked_as_history_has_them") {
        return;
    }
    run(async {
        let place = Place::new().await;
        let playground = Playground::start(None).await.expect("a playground");
        place.call("createEnvironment", json!({ "name": "Live" })).await;
        place.call("selectEnvironment", json!({ "name": "Live" })).await;
        place
            .call("setSecret", json!({ "environment": "Live", "name": "token", "value": CANARY }))
            .await;
        let mut request =
            common::request("POST", &format!("{}/anything?key={{{{token}}}}", playground.url()));
        request["headers"] = json!([{ "name": "Authorization", "value": "Bearer {{token}}" }, { "name": "Cookie", "value": format!("sid={CANARY}") }]);
        request["body"] = body("json", "{\"password\": \"{{token}}\"}");
        let exchange = place.send(request).await;
        assert_eq!(exchange["status"], 200, "{exchange:#}");
        let to = place.folder.path().join("a.har");
        let (_, har) = export(&place, "a.har", Value::Null, json!({})).await;
        let written = std::fs::read_to_string(&to).expect("a file");
        assert!(!written.contains(CANARY), "{written}");
        assert!(!written.contains("Zk7-canary"), "{written}");
        assert!(
            text(&entries(&har)[0]["request"]["postData"]["text"]).contains("{{token}}"),
            "{har:#}"
        );
    });
}

#[test]
fn a_file_is_written_whole_or_stays_as_it_was() {
    run(async {
        let place = Place::new().await;
        let playground = Playground::start(None).await.expect("a playground");
        for _ in 0..3 {
            place.get(&format!("{}/get", playground.url())).await;
        }
        let folder = place.folder.path().join("out");
        std::fs::create_dir(&folder).expect("made");
        let to = folder.join("a.har");
        std::fs::write(&to, "as it was").expect("written");
        let args = |to: &Path| json!({ "id": "e", "ids": null, "search": {}, "to": to });
        // Stopped once it has begun.
        let session = place.session.clone();
        let stops = EventSink::new(move |_| session.stop("e"));
        let stopped = place.session.call("exportHistory", args(&to), stops).await;
        assert_eq!(stopped.expect_err("it was stopped").code, "cancelled");
        assert_eq!(std::fs::read_to_string(&to).expect("a file"), "as it was");
        assert_eq!(files(&folder), std::slice::from_ref(&to), "nothing else is left");
        let error = place.fails("exportHistory", args(&folder.join("missing/a.har"))).await;
        assert!(error.message.contains("missing"), "{error:?}");
        let error = place.fails("exportHistory", args(&folder)).await;
        assert!(error.message.contains("Could not write"), "{error:?}");
        #[cfg(unix)]
        {
            // A link stays one.
            let link = folder.join("link.har");
            std::os::unix::fs::symlink(&to, &link).expect("linked");
            place.call("exportHistory", args(&link)).await;
            assert!(link.is_symlink());
        }
        let har = serde_json::from_slice(&std::fs::read(&to).expect("a file")).expect("JSON");
        is_valid(&har);
        assert_eq!(entries(&har).len(), 3);
    });
}
