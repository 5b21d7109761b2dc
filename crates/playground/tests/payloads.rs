//! Large, partial, slow and broken bodies.

mod common;

use common::{get, get_with, parse, raw, start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn bytes_are_as_many_as_asked_and_the_same_each_time() {
    let playground = start().await;
    let one = get(&playground, "/bytes/3mb?seed=5").await;
    assert_eq!(one.body.len(), 3_000_000);
    assert_eq!(one.body, get(&playground, "/bytes/3mb?seed=5").await.body);
    assert_ne!(one.body[..64], get(&playground, "/bytes/64?seed=6").await.body[..]);
    assert_eq!(get(&playground, "/bytes/0").await.header("content-length"), Some("0"));
    assert_eq!(get(&playground, "/bytes/21gb").await.status, 400);
}

#[tokio::test]
async fn ranges_are_parts_of_the_whole() {
    let playground = start().await;
    let whole = get(&playground, "/range/2mb").await;
    let etag = whole.header("etag").expect("an etag").to_owned();
    for (range, from, to) in [
        ("0-0", 0, 1),
        ("1048570-1048590", 1_048_570, 1_048_591),
        ("1999990-", 1_999_990, 2_000_000),
        ("-5", 1_999_995, 2_000_000),
    ] {
        let part = get_with(&playground, "/range/2mb", &[&format!("Range: bytes={range}")]).await;
        assert_eq!(part.status, 206);
        assert_eq!(part.body, whole.body[from..to], "{range}");
        let expected = format!("bytes {from}-{}/2000000", to - 1);
        assert_eq!(part.header("content-range"), Some(expected.as_str()));
    }
    let none = get_with(&playground, "/range/10", &["Range: bytes=10-"]).await;
    assert_eq!((none.status, none.header("content-range")), (416, Some("bytes */10")));
    let fresh = format!("If-Range: {etag}");
    let fresh = get_with(&playground, "/range/2mb", &["Range: bytes=0-9", &fresh]).await;
    let stale =
        get_with(&playground, "/range/2mb", &["Range: bytes=0-9", "If-Range: \"old\""]).await;
    assert_eq!((fresh.status, stale.status), (206, 200));
}

#[tokio::test]
async fn json_of_any_size_is_json() {
    let playground = start().await;
    for (target, about) in [
        ("/json/10kb", 10_000),
        ("/json/1mb", 1_000_000),
        ("/json/1mb?pretty=1", 1_000_000),
        ("/json/1mb?minified", 1_000_000),
    ] {
        let seen = get(&playground, target).await;
        let length: usize =
            seen.header("content-length").and_then(|l| l.parse().ok()).expect("length");
        assert_eq!(seen.body.len(), length);
        assert!(length <= about && length + 1000 > about, "{target}: {length}");
        assert!(seen.json().as_array().is_some_and(|orders| orders[0]["customer"].is_object()));
        assert_eq!(seen.body.contains(&b'\n'), target.contains("pretty"));
    }
    assert_eq!(get(&playground, "/json/1").await.body, b"[]\n");
    assert_ne!(
        get(&playground, "/json/10kb?seed=1").await.body,
        get(&playground, "/json/10kb").await.body
    );
}

#[tokio::test]
async fn slow_bodies_are_whole() {
    let playground = start().await;
    let drip = get(&playground, "/drip?duration=0.05&numbytes=2500&code=201&delay=0.01").await;
    assert_eq!((drip.status, drip.body.len()), (201, 2500));
    assert_eq!(drip.header("content-length"), Some("2500"));
    let lines = get(&playground, "/stream/300").await;
    let text = String::from_utf8_lossy(&lines.body);
    assert_eq!(text.lines().count(), 300);
    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    let events = get_with(&playground, "/sse?count=5&interval=0.01", &["Last-Event-ID: 3"]).await;
    assert_eq!(events.header("content-type"), Some("text/event-stream"));
    let text = String::from_utf8_lossy(&events.body);
    assert_eq!(
        text,
        "retry: 1000\nid: 4\nevent: tick\ndata: {\"id\":4,\"of\":5}\n\n\
         id: 5\nevent: tick\ndata: {\"id\":5,\"of\":5}\n\n"
    );
    assert_eq!(get(&playground, "/delay/0.01").await.json()["method"], "GET");
    for bad in ["/delay/31", "/delay/NaN", "/delay/inf", "/delay/-1", "/drip?duration=99"] {
        assert_eq!(get(&playground, bad).await.status, 400, "{bad}");
    }
}

/// Guards against a generator that runs on after its reader left.
#[tokio::test]
async fn a_client_may_leave_in_the_middle() {
    let playground = start().await;
    for target in
        ["/bytes/20gb", "/json/20gb", "/stream/100000?interval=1", "/hostile/slow-headers"]
    {
        let mut stream = TcpStream::connect(playground.address()).await.expect("connect");
        let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("write");
        let mut some = [0; 10];
        stream.read_exact(&mut some).await.expect("a start");
    }
    playground.stop().await;
}

async fn hostile(kind: &str) -> Vec<u8> {
    let playground = start().await;
    let request =
        format!("GET /hostile/{kind} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    raw(&playground, request.as_bytes()).await
}

#[tokio::test]
async fn hostile_answers_are_broken_as_promised() {
    let seen = parse(&hostile("truncated").await);
    assert_eq!((seen.header("content-length"), seen.body.len()), (Some("100"), 20));
    assert!(hostile("bad-chunk").await.ends_with(b"not-a-size\r\nsecond\r\n0\r\n\r\n"));
    assert!(hostile("no-answer").await.is_empty());
    assert!(hostile("garbage").await.starts_with(b"\0\x01this"));
    assert!(hostile("long-header").await.len() > 300_000);
    assert!(hostile("bare-lf").await.starts_with(b"HTTP/1.1 200 OK\nContent"));
    assert!(hostile("reset").await.ends_with(b"part"));
    let both = parse(&hostile("both-lengths").await);
    assert_eq!(both.header("content-length"), Some("3"));
    let many = parse(&hostile("many-headers").await);
    assert_eq!(many.headers.iter().filter(|(name, _)| name.starts_with("x-many-")).count(), 1000);
    let gzip = parse(&hostile("bad-gzip").await);
    let mut plain = String::new();
    let mut decoder = flate2::read::GzDecoder::new(&gzip.body[..]);
    assert!(std::io::Read::read_to_string(&mut decoder, &mut plain).is_err());
    assert_eq!(parse(&hostile("unknown").await).status, 404);
}

/// A hostile answer is also given on a connection that was used before.
#[tokio::test]
async fn hostile_after_a_good_answer() {
    let playground = start().await;
    let mut stream = TcpStream::connect(playground.address()).await.expect("connect");
    stream.write_all(b"GET /ip HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("write");
    let mut first = vec![0; 16];
    stream.read_exact(&mut first).await.expect("an answer");
    assert!(first.starts_with(b"HTTP/1.1 200"));
    stream
        .write_all(b"GET /hostile/truncated HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .expect("write");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.expect("the rest");
    assert!(rest.ends_with(b"only a part of this."));
}
