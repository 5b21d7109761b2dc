//! Bodies without end: capped, spooled, held in little memory, and cancelled at once.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Instant;

use common::{Place, files, request};
use errand_app::{EventSink, Order, Session, bare_plan, engine_settings};
use errand_template::Scopes;
use serde_json::{Value, json};

const GB: u64 = 1 << 30;

/// Says the head and then the same piece until it is told `times` times or nobody listens.
fn endless(head: String, piece: Vec<u8>, times: u64) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        while let Ok((mut socket, _)) = listener.accept() {
            let _ = socket.read(&mut [0; 8192]);
            let mut told = socket.write_all(head.as_bytes());
            for _ in 0..times {
                if told.is_err() {
                    break;
                }
                told = socket.write_all(&piece);
            }
        }
    });
    format!("http://{address}/")
}

/// Ten gigabytes of zeros in ten megabytes, five that come as they are.
fn bombs() -> Vec<(&'static str, String)> {
    let zeros = vec![0; 8 << 20];
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&zeros).expect("gzip");
    let member = packed.finish().expect("gzip");
    let times = 10 * GB / (8 << 20);
    let length = member.len() as u64 * times;
    assert!(length < 12 << 20, "no bomb: {length} bytes");
    let gzip =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n");
    let plain = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", 5 * GB);
    vec![
        ("gzip", endless(gzip, member, times)),
        ("plain", endless(plain, vec![b'x'; 1 << 20], 5 << 10)),
    ]
}

/// The most memory that this process ever had, in bytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

fn was_held_in_little() {
    match peak() {
        // Less than one of the bodies, so none was held.
        Some(peak) => assert!(peak < 150 << 20, "{} MB of memory", peak >> 20),
        None => println!("SKIPPED: no figure of this process's memory here"),
    }
}

async fn capped(session: &Arc<Session>, url: &str, limit: u64) -> Value {
    let request = serde_json::from_value(request("GET", url)).expect("a request");
    let mut settings = engine_settings(&errand_app::wire::SendingSettings::default());
    settings.max_body_bytes = limit;
    let order = Order {
        exchange: "1".into(),
        plan: bare_plan(request, Scopes::new(), settings),
        path: None,
        environment: None,
        keep: true,
        jar: None,
    };
    let exchange = session.deliver(order, EventSink::none()).await.expect("an exchange");
    serde_json::to_value(exchange).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_stops_at_the_cap_with_what_came_on_disk() {
    const LIMIT: u64 = 200 << 20;
    let place = Place::new().await;
    for (name, url) in bombs() {
        let exchange = capped(&place.session, &url, LIMIT).await;
        assert_eq!(exchange["error"]["code"], "body-too-large", "{name}: {exchange:#}");
        assert_eq!((&exchange["state"], &exchange["status"]), (&json!("truncated"), &json!(200)));
        assert_eq!(exchange["body"]["size"], LIMIT, "{name}");
    }
    was_held_in_little();
    // Found again, marked, and gone with its entry.
    let found = place.call("searchHistory", json!({ "limit": 10 })).await;
    let ids: Vec<_> = found["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| entry["id"].clone())
        .collect();
    assert_eq!(ids.len(), 2);
    place.call("deleteHistory", json!({ "ids": ids })).await;
    assert_eq!(
        files(&place.folder.path().join("data/bodies")),
        [""; 0].map(std::path::PathBuf::from)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_is_cancelled_while_it_goes_off() {
    let place = Place::new().await;
    for (name, url) in bombs() {
        let session = place.session.clone();
        let since = Arc::new(std::sync::OnceLock::new());
        let cancelled = since.clone();
        let sink = EventSink::new(move |event| {
            if event["type"] == "growth" && cancelled.set(Instant::now()).is_ok() {
                let session = session.clone();
                tokio::spawn(async move {
                    session.call("cancel", json!({ "exchange": "1" }), EventSink::none()).await
                });
            }
        });
        let args = json!({ "exchange": "1", "path": null, "request": request("GET", &url) });
        let exchange = place.session.call("send", args, sink).await.expect("an exchange");
        println!("{name}: cancelled after {:?}", since.get().expect("it was").elapsed());
        assert_eq!(exchange["state"], "cancelled", "{name}: {exchange:#}");
        assert_eq!(exchange["status"], 200);
        let size = exchange["body"]["size"].as_u64().expect("a size");
        assert!(size < 4 * GB, "{name}: all of it came");
    }
    was_held_in_little();
}
