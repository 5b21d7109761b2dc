//! Fills a history and measures it: `cargo run --release -p errand-history --example million`.
//!
//! Prints one line a figure, `name value unit`. Arguments: rows (1,000,000), folder (a temporary one).

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use errand_history::{Entry, History, Limits, Query, SameRequest, State, StatusFilter, Summary};
use errand_model::{Header, Request};
use uuid::Uuid;

type Failure = Box<dyn std::error::Error>;

const HOSTS: [&str; 8] = [
    "api.example.com",
    "localhost:8080",
    "auth.example.com",
    "staging.example.org",
    "cdn.example.net",
    "shop.example.com",
    "search.example.io",
    "metrics.example.dev",
];
const THINGS: [&str; 10] = [
    "orders",
    "customers",
    "invoices",
    "products",
    "sessions",
    "payments",
    "shipments",
    "reports",
    "users",
    "events",
];
const METHODS: [&str; 5] = ["GET", "GET", "GET", "POST", "DELETE"];
const START_MS: i64 = 1_760_000_000_000;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let rows: u64 = arguments.next().map_or(Ok(1_000_000), |rows| rows.parse())?;
    let temporary = tempfile::tempdir()?;
    let folder = arguments.next().map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let path = folder.join("history.db");

    let history = History::open(&path)?.history;
    insert(&history, rows)?;
    println!("file {} MB", size(&path)? / 1_000_000);
    let opened = Instant::now();
    drop(history);
    println!("close {:.1} ms", ms(opened.elapsed()));
    let opened = Instant::now();
    let history = History::open(&path)?.history;
    println!("open {:.1} ms", ms(opened.elapsed()));

    for (name, query) in queries(rows) {
        search(&history, name, &query)?;
    }
    series(&history)?;
    prune(&history, rows)?;
    Ok(())
}

fn insert(history: &History, rows: u64) -> Result<(), Failure> {
    let started = Instant::now();
    for number in 0..rows {
        history.insert(entry(number))?;
    }
    history.flush()?;
    let per_second = u128::from(rows) * 1_000_000 / started.elapsed().as_micros().max(1);
    println!("insert {per_second} rows/s");
    Ok(())
}

fn queries(rows: u64) -> Vec<(&'static str, Query)> {
    let words = |words: &str| Query { words: words.to_owned(), ..Query::default() };
    let middle = START_MS + i64::try_from(rows / 2).unwrap_or_default() * 20;
    vec![
        ("newest", Query::default()),
        ("word, common", words("orders")),
        ("words, two", words("orders staging")),
        ("substring, rare", words(&format!("/{}?", rows / 3))),
        ("substring, none", words("quizzical")),
        ("substring, none of common parts", words("ordersorders")),
        ("short word", words("io")),
        ("short word, none", words("q#")),
        ("status 503", Query { status: vec![StatusFilter::Code(503)], ..Query::default() }),
        (
            "status 4xx and word",
            Query { status: vec![StatusFilter::Class(4)], ..words("invoices") },
        ),
        ("status 418, none", Query { status: vec![StatusFilter::Code(418)], ..Query::default() }),
        (
            "method DELETE, host",
            Query {
                methods: vec!["DELETE".to_owned()],
                host: Some("cdn.example.net".to_owned()),
                ..Query::default()
            },
        ),
        (
            "failed, environment",
            Query { failed: true, environment: Some("staging".to_owned()), ..Query::default() },
        ),
        (
            "time span and word",
            Query { since_ms: Some(middle), until_ms: Some(middle + 60_000), ..words("payments") },
        ),
        (
            "workspace, word, until",
            Query {
                workspace: Some("7d0f".to_owned()),
                until_ms: Some(START_MS + 1_000),
                ..words("users")
            },
        ),
    ]
}

fn search(history: &History, name: &str, query: &Query) -> Result<(), Failure> {
    let mut times = Vec::new();
    let mut found = 0;
    for _ in 0..7 {
        let started = Instant::now();
        let page = history.search(query)?;
        times.push(ms(started.elapsed()));
        found = page.entries.len();
    }
    let first = times[0];
    times.sort_by(f64::total_cmp);
    println!(
        "search, {name}: median {:.2} ms, first {first:.2} ms, {found} found",
        times[times.len() / 2]
    );
    Ok(())
}

fn series(history: &History) -> Result<(), Failure> {
    let newest = history.search(&Query { limit: 1, ..Query::default() })?;
    let same = newest.entries.first().map(SameRequest::from).ok_or("nothing was inserted")?;
    let started = Instant::now();
    let points = history.series(&same, 100)?;
    println!("series {:.2} ms, {} points", ms(started.elapsed()), points.len());
    Ok(())
}

fn prune(history: &History, rows: u64) -> Result<(), Failure> {
    for keep in [rows - rows / 100, rows / 2] {
        let started = Instant::now();
        let removed = history.prune(Limits { max_count: Some(keep), ..Limits::default() })?;
        println!("prune {} entries: {:.0} ms", removed.entries, ms(started.elapsed()));
    }
    Ok(())
}

fn entry(number: u64) -> Entry {
    // Spreads without a random generator: the same rows in every run.
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let pick = |from: u64, of: usize| usize::try_from(mixed / from).unwrap_or_default() % of;
    let (host, thing, method) = (HOSTS[pick(1, 8)], THINGS[pick(8, 10)], METHODS[pick(80, 5)]);
    let status = [200, 200, 200, 201, 204, 304, 400, 404, 500, 503][pick(400, 10)];
    let url = format!("{{{{base_url}}}}/v1/{thing}/{number}?expand=lines&page={}", mixed % 50);
    let name = format!("{method} one of the {thing}");
    let request = Request {
        name: name.clone(),
        method: method.to_owned(),
        url: url.clone(),
        headers: vec![
            Header::new("Accept", "application/json"),
            Header::new("Authorization", "Bearer {{token}}"),
        ],
        ..Request::default()
    };
    let summary = Summary {
        id: Uuid::now_v7(),
        workspace: "7d0f".to_owned(),
        time_ms: START_MS + i64::try_from(number).unwrap_or_default() * 20,
        path: Some(format!("{thing}/{}.yml", mixed % 40)),
        name,
        method: method.to_owned(),
        url,
        host: host.to_owned(),
        environment: Some(["local", "staging", "production"][pick(4_000, 3)].to_owned()),
        status: Some(status),
        state: State::Complete,
        error: None,
        duration_us: mixed % 900_000,
        size_raw: mixed % 60_000,
        size_decoded: mixed % 200_000,
        body: Some(format!("b{number}")),
        checks_passed: 2,
        checks_failed: 0,
        http_version: Some("1.1".to_owned()),
    };
    let response_headers = serde_json::json!([
        ["content-type", "application/json"],
        ["date", "Sat, 21 Nov 2026 02:00:00 GMT"]
    ]);
    let timeline =
        serde_json::json!([{"phase": "connect", "us": 300}, {"phase": "wait", "us": 12_000}]);
    Entry { summary, request, response_headers, timeline }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

fn size(path: &Path) -> std::io::Result<u64> {
    Ok(std::fs::metadata(path)?.len())
}
