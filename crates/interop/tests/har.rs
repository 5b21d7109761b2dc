//! HTTP Archives: the corpus there and back, and what is written validated by its structure.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use errand_interop::har::{self, HarExchange, HarRequest, HarResponse, HarTimings};
use errand_interop::{Content, Entry, Error, Format, Import, Outcome, Source};
use errand_model::{Auth, Body, Collection, Item};
use serde_json::{Value, json};

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/har");
    let Ok(list) = fs::read_dir(&folder) else {
        eprintln!("SKIPPED: the corpus is not at {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<_> = list.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

fn import(text: impl Into<Vec<u8>>) -> Result<Import, Error> {
    let text: Vec<u8> = text.into();
    errand_interop::import(&Source::file("a.har", text), Some(Format::Har))
}

fn exported(collection: &Collection) -> Value {
    let exported = har::export(collection).expect("it is exported");
    serde_json::from_slice(&exported.files[0].1).expect("JSON")
}

fn archive(entries: &Value) -> String {
    json!({ "log": { "version": "1.2", "creator": { "name": "t", "version": "1" }, "entries": entries } })
        .to_string()
}

/// The entries of a document of the corpus, whichever of the three shapes it has.
fn entries(document: &Value) -> Vec<Value> {
    match document["log"]["entries"].as_array() {
        Some(list) => list.clone(),
        None if document["request"].is_object() => vec![document.clone()],
        None => vec![json!({ "request": document })],
    }
}

/// The same whatever the order of keys, with each query once.
fn plain(request: &Value) -> String {
    let mut request = request.clone();
    let object = request.as_object_mut().expect("an object");
    // A recorder that lists further parameters means a longer URL; which spells them is all one.
    let url = object["url"].as_str().unwrap_or_default().to_owned();
    let (bare, query) = url.split_once('?').unwrap_or((&url, ""));
    let mut pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(query.split('#').next().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    for pair in object.get("queryString").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| {
            let form = format!("={}", pair[key].as_str().unwrap_or_default().replace('&', "%26"));
            url::form_urlencoded::parse(form.as_bytes()).next().map(|p| p.1.into_owned())
        };
        let pair = (text("name").unwrap_or_default(), text("value").unwrap_or_default());
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs.sort();
    object.insert("url".into(), bare.into());
    object.insert("queryString".into(), json!(pairs));
    sorted(&request).to_string()
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut keys: Vec<_> = object.keys().collect();
            keys.sort();
            keys.into_iter().map(|key| (key.clone(), sorted(&object[key]))).collect()
        }
        Value::Array(list) => list.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[test]
fn requests_of_the_corpus_come_back_as_they_were() {
    // Files whose requests are not said by what came back, and why.
    let known = [
        // A form whose text and params differ: the text is taken, the params are written from it.
        "har-to-k6__postDataConflict.har",
        // The content of a file is not kept in a request.
        "httpsnippet__multipart-data.json",
        // A field that HAR 1.2 does not have repeats the text.
        "httpsnippet__jsonObj-null-value.json",
        // The cookies of the list became a header.
        "httpsnippet__cookies.json",
        "httpsnippet__full.json",
        // The multipart text names a boundary of its own.
        "har-to-k6__multipart-formdata.har",
    ];
    let mut differing = Vec::new();
    for path in corpus() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("the file");
        let document: Value = serde_json::from_slice(&bytes).expect("JSON");
        let import = errand_interop::import(&Source::file(name.clone(), bytes), None)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(import.format, Format::Har, "{name}");
        let back = exported(&import.collection);
        structure(&exported(&bare(import.collection)), &name);
        let mut back: Vec<_> =
            entries(&back).iter().map(|entry| plain(&entry["request"])).collect();
        back.sort();
        let mut there: Vec<_> = entries(&document)
            .iter()
            .filter(|entry| entry["request"]["url"].is_string())
            .map(|entry| plain(&entry["request"]))
            .collect();
        there.sort();
        // Equal requests are one.
        there.dedup();
        if back != there {
            if !known.contains(&name.as_str()) {
                let first = back.iter().zip(&there).find(|(a, b)| a != b);
                eprintln!("{name}: {} for {}\n{first:#?}", back.len(), there.len());
            }
            differing.push(name);
        }
    }
    differing.retain(|name| !known.contains(&name.as_str()));
    assert!(differing.is_empty(), "{differing:?}");
}

/// Without what is kept of the original, which may lack what HAR 1.2 demands.
fn bare(mut collection: Collection) -> Collection {
    fn strip(items: &mut [Item]) {
        for item in items {
            match item {
                Item::Request(item) => item.extensions.clear(),
                Item::Folder(folder) => strip(&mut folder.items),
                Item::Other(_) => {}
            }
        }
    }
    collection.extensions.clear();
    strip(&mut collection.items);
    collection
}

/// What HAR 1.2 demands of an archive.
fn structure(document: &Value, of: &str) {
    let log = &document["log"];
    assert!(log["version"].is_string() && log["creator"]["name"].is_string(), "{of}: {log}");
    for entry in log["entries"].as_array().expect("entries") {
        let (request, response) = (&entry["request"], &entry["response"]);
        assert!(entry["startedDateTime"].is_string() && entry["time"].is_number(), "{of}: {entry}");
        assert!(entry["cache"].is_object() && entry["timings"].is_object(), "{of}: {entry}");
        assert!(request["method"].is_string() && request["url"].is_string(), "{of}: {entry}");
        assert!(response["status"].is_number() && response["content"].is_object(), "{of}: {entry}");
    }
}

#[test]
fn a_form_a_cookie_and_what_is_made_anew() {
    let import = import(archive(&json!([{ "startedDateTime": "2026-01-01T00:00:00Z", "request": {
        "method": "POST", "url": "https://a.example/login?x=1", "httpVersion": "h2",
        "headers": [
            { "name": ":method", "value": "POST" }, { "name": "content-length", "value": "7" },
            { "name": "authorization", "value": "Bearer t" },
        ],
        "cookies": [{ "name": "a", "value": "1" }, { "name": "b", "value": "2" }],
        "queryString": [{ "name": "x", "value": "1" }, { "name": "y", "value": "a b" }],
        "postData": { "mimeType": "application/x-www-form-urlencoded", "text": "u=1&p=2",
                      "params": [{ "name": "u", "value": "1" }, { "name": "q", "value": "3" }] },
    }, "response": { "status": 201, "statusText": "Created", "headers": [],
        "content": { "mimeType": "application/json", "text": "eyJhIjoxfQ==", "encoding": "base64" } } }])))
    .expect("it is read");
    let requests = import.collection.requests();
    let item = requests[0].1;
    assert_eq!(item.request.url, "https://a.example/login?x=1&y=a+b");
    let headers: Vec<_> =
        item.request.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
    assert_eq!(headers, [("authorization", "Bearer t"), ("Cookie", "a=1; b=2")]);
    assert!(matches!(&item.request.body, Body::FormUrlEncoded { rows } if rows.len() == 2));
    assert_eq!(item.request.auth, Auth::Inherit);
    let response = &item.examples[0].response;
    assert_eq!(
        (response.status, response.body.as_ref().map(|b| b.data.as_str())),
        (Some(201), Some("{\"a\":1}"))
    );
    let told: Vec<_> = import.receipt.lines.iter().map(|line| line.item.as_str()).collect();
    for item in [
        "pseudo headers",
        "content-length",
        "cookies",
        "queryString",
        "postData.params",
        "httpVersion",
    ] {
        assert!(told.contains(&item), "{item}: {told:?}");
    }
    let kept = item.extensions["har"].to_string();
    for secret in ["Bearer", "a=1", "u=1"] {
        assert!(!kept.contains(secret), "{kept}");
    }
}

#[test]
fn pages_or_hosts_make_folders_and_equal_requests_are_one() {
    let entry = |url: &str, page: &str| json!({ "pageref": page, "request": { "method": "GET", "url": url } });
    let folders = |import: &Import| -> Vec<(String, usize)> {
        let items = import.collection.items.iter();
        items
            .filter_map(|item| match item {
                Item::Folder(folder) => Some((folder.folder.name.clone(), folder.items.len())),
                _ => None,
            })
            .collect()
    };
    let hosts = import(archive(&json!([
        entry("http://a/1", "p"),
        entry("http://b/1", "p"),
        entry("http://a/1", "p"),
        entry("http://a/2", "p"),
    ])))
    .expect("it is read");
    assert_eq!(folders(&hosts), [("a".to_owned(), 2), ("b".to_owned(), 1)]);
    assert!(
        hosts
            .receipt
            .lines
            .iter()
            .any(|line| line.item == "2 equal requests" && line.place == "a / 1")
    );
    let pages = json!({ "log": { "entries": [entry("http://a/1", "p"), entry("http://b/1", "q")],
        "pages": [{ "id": "p", "title": "Start" }, { "id": "q", "title": "Start" }] } });
    let pages = import(pages.to_string()).expect("it is read");
    assert_eq!(folders(&pages), [("Start".to_owned(), 1), ("Start (q)".to_owned(), 1)]);
}

#[test]
fn large_and_binary_responses_are_left_out() {
    let entry = |url: &str, content: Value| {
        json!({
        "request": { "method": "GET", "url": url },
        "response": { "status": 200, "statusText": "OK", "headers": [], "content": content } })
    };
    let import = import(archive(&json!([
        entry("http://a/long", json!({ "mimeType": "text/plain", "text": "x".repeat(70_000) })),
        entry(
            "http://a/image",
            json!({ "mimeType": "image/png", "text": "iVBORw0KGgo=", "encoding": "base64" })
        ),
        entry("http://a/text", json!({ "mimeType": "text/plain", "text": "t" })),
    ])))
    .expect("it is read");
    let bodies: Vec<_> = import
        .collection
        .requests()
        .iter()
        .map(|(_, item)| item.examples[0].response.body.is_some())
        .collect();
    assert_eq!(bodies, [false, false, true]);
    assert_eq!(import.receipt.count(Outcome::NotCarried), 2);
    assert!(exported(&import.collection).to_string().len() < 5_000);
}

#[test]
fn an_edited_request_is_exported_as_it_is_now() {
    let mut import = import(archive(&json!([{ "_own": 1, "request": { "method": "GET", "url": "http://a/1", "_x": true,
        "headers": [{ "name": "Host", "value": "a" }, { "name": "A", "value": "1", "comment": "c" }] } }])))
    .expect("it is read");
    let back = exported(&import.collection);
    let entry = &back["log"]["entries"][0];
    assert_eq!((&entry["_own"], &entry["request"]["_x"]), (&json!(1), &json!(true)));
    assert_eq!(entry["request"]["headers"][0], json!({ "name": "Host", "value": "a" }));
    assert_eq!(entry["request"]["headers"][1]["comment"], "c");
    let Item::Request(item) = &mut import.collection.items[0] else { panic!("a request") };
    item.request.url = "http://b/2".to_owned();
    let back = exported(&import.collection);
    let request = &back["log"]["entries"][0]["request"];
    assert_eq!(request["url"], "http://b/2");
    assert_eq!(request["headers"].as_array().map(Vec::len), Some(1), "{request}");
}

#[test]
fn what_is_no_archive_is_told_with_its_place() {
    for (text, told) in [
        (
            "{\"log\": {\"entries\": [{}",
            "a.har is not HAR: EOF while parsing a list, after one whole entry (line 1, column 23).",
        ),
        (
            "{\"log\": {\"pages\": []}}",
            "a.har: an archive has a list at log.entries, and here is none.",
        ),
        (
            "{\"log\": {\"entries\": 7}}",
            "a.har is not HAR: invalid type: integer `7`, expected a list of entries",
        ),
        (
            "{\"log\": {\"entries\": []}} x",
            "a.har is not HAR: trailing characters (line 1, column 26).",
        ),
    ] {
        let error = import(text).expect_err(text).to_string();
        assert!(error.starts_with(told), "{error}");
    }
    let odd = import(archive(
        &json!([{}, 7, { "request": { "url": 1 } }, { "request": { "url": "u", "headers": [1, {}] } }]),
    ));
    let odd = odd.expect("oddities are told, not refused");
    assert_eq!((odd.collection.requests().len(), odd.receipt.count(Outcome::NotCarried)), (1, 3));
}

#[test]
fn cut_anywhere_it_is_an_error_and_never_a_panic() {
    for path in
        corpus().into_iter().filter(|path| fs::metadata(path).is_ok_and(|m| m.len() < 10_000))
    {
        let bytes = fs::read(&path).expect("the file");
        let end = bytes.trim_ascii_end().len();
        for cut in (0..end).step_by(13) {
            let source = Source::file("a.har", bytes[..cut].to_vec());
            assert!(
                errand_interop::import(&source, Some(Format::Har)).is_err(),
                "{path:?} at {cut}"
            );
            let _ = errand_interop::recognise(&source);
        }
    }
    let deep = format!("{{\"log\":{{\"entries\":[{{\"request\":{}", "[".repeat(100_000));
    assert!(import(deep).is_err());
}

#[test]
fn exchanges_are_written_one_by_one_and_read_again() {
    let exchange = |n: u16, body: &[u8]| HarExchange {
        started_ms: 1_795_251_599_999 + i64::from(n),
        request: HarRequest {
            method: "POST".into(),
            url: format!("https://a.example/{n}?q=a%20b"),
            http_version: "HTTP/2".into(),
            headers: vec![
                ("content-type".into(), "text/plain".into()),
                ("cookie".into(), "s=1".into()),
            ],
            body: Some(body.to_vec()),
            body_size: Some(body.len() as u64),
        },
        response: Some(HarResponse {
            status: 200 + n,
            body: Some(body.to_vec()),
            ..HarResponse::default()
        }),
        timings: HarTimings {
            connect: Some(2.0),
            tls: Some(1.5),
            wait: Some(3.0),
            ..HarTimings::default()
        },
        server_address: "127.0.0.1".into(),
        comment: String::new(),
    };
    let mut written = Vec::new();
    let list = [
        exchange(1, b"text"),
        exchange(2, b"\xff\x00"),
        HarExchange { response: None, ..exchange(3, b"") },
    ];
    assert_eq!(har::write_exchanges(list, &mut written).expect("it is written"), 3);
    let document: Value = serde_json::from_slice(&written).expect("JSON");
    structure(&document, "written");
    let first = &document["log"]["entries"][0];
    assert_eq!(first["startedDateTime"], "2026-11-21T09:00:00.000Z");
    assert_eq!((&first["time"], &first["timings"]["dns"]), (&json!(5.0), &json!(-1.0)));
    assert_eq!(first["request"]["queryString"], json!([{ "name": "q", "value": "a b" }]));
    assert_eq!(document["log"]["entries"][1]["response"]["content"]["encoding"], "base64");
    let import = import(written).expect("it is read");
    assert_eq!(import.collection.requests().len(), 3);
    let mut none = Vec::new();
    har::write_exchanges([], &mut none).expect("it is written");
    assert_eq!(serde_json::from_slice::<Value>(&none).expect("JSON")["log"]["entries"], json!([]));
}

/// An archive made while it is read.
struct Endless {
    bytes: u64,
}

impl errand_interop::Open for Endless {
    fn open(&self) -> std::io::Result<Box<dyn Read>> {
        let body = "lorem ipsum \\u00e9 ".repeat(1_500);
        let entry = move |n: u64| {
            format!(
                "{{\"startedDateTime\":\"2026-01-01T00:00:00Z\",\"request\":{{\"method\":\"GET\",\
                 \"url\":\"https://host{}.example/{}\",\"headers\":[{{\"name\":\"A\",\"value\":\"{n}\"}}]}},\
                 \"response\":{{\"status\":200,\"content\":{{\"mimeType\":\"text/plain\",\"text\":\"{body}\"}}}}}}",
                n % 7,
                n % 5_000
            )
        };
        let (bytes, size) = (self.bytes, entry(1_000_000).len() as u64);
        let pieces = (0..bytes / size).map(move |n| {
            let comma = if n == 0 { "" } else { "," };
            format!("{comma}{}", entry(n)).into_bytes()
        });
        let start = b"{\"log\":{\"version\":\"1.2\",\"entries\":[".to_vec();
        let all = std::iter::once(start).chain(pieces).chain([b"]}}".to_vec()]);
        Ok(Box::new(Pieces { all: Box::new(all), now: std::io::Cursor::default() }))
    }

    fn len(&self) -> u64 {
        self.bytes
    }
}

struct Pieces {
    all: Box<dyn Iterator<Item = Vec<u8>>>,
    now: std::io::Cursor<Vec<u8>>,
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let read = self.now.read(into)?;
            if read > 0 {
                return Ok(read);
            }
            match self.all.next() {
                Some(piece) => self.now = std::io::Cursor::new(piece),
                None => return Ok(0),
            }
        }
    }
}

fn resident_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) >> 10
}

#[test]
#[ignore = "reads 500 MB; run it by hand with --release --nocapture"]
fn half_a_gigabyte_takes_bounded_memory() {
    let file = Endless { bytes: 500 << 20 };
    let entry = Entry { path: "large.har".into(), content: Content::Lazy(Arc::new(file)) };
    let source = Source { entries: vec![entry], ..Source::default() };
    let before = resident_mb();
    let started = std::time::Instant::now();
    let import = errand_interop::import(&source, None).expect("it is read");
    let (took, after) = (started.elapsed(), resident_mb());
    eprintln!(
        "{} requests, {took:?}, {before} MB before, {after} MB at most",
        import.collection.requests().len()
    );
    assert!(after - before < 400, "{after} MB");
}
