//! Every way to fail: its code, and what is kept.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::fmt::Write;
use std::time::Duration;

use errand_engine::{Engine, Event, MemorySink, Phase, State};
use support::{Server, close, get, hang, ok, request, say, send, serving};
use tokio::net::TcpListener;

#[tokio::test]
async fn what_cannot_be_sent_is_refused_before_the_network() {
    for (url, code) in [
        ("example.com", "invalid-url"),
        ("ftp://example.com/", "invalid-url"),
        ("http://", "invalid-url"),
        ("http://a b/", "invalid-url"),
        ("http://127.0.0.1:0/", "invalid-url"),
        ("", "invalid-url"),
    ] {
        let done = send(get(url)).await;
        assert_eq!((done.code(), done.outcome.state), (code, State::Failed), "{url}");
    }
    assert_eq!(send(request("B AD", "http://127.0.0.1:1/")).await.code(), "invalid-method");
    for (name, value) in [("a b", "c"), ("", "c"), ("a", "b\r\nc: d"), ("a", "b\0")] {
        assert_eq!(
            send(get("http://127.0.0.1:1/").header(name, value)).await.code(),
            "invalid-header"
        );
    }
}

#[tokio::test]
async fn nobody_there() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let done = send(get(format!("http://127.0.0.1:{port}/"))).await;
    assert_eq!(done.code(), "refused");
    assert_eq!(done.message(), format!("127.0.0.1:{port} refused the connection."));
    let done = send(get(format!("http://localhost:{port}/"))).await;
    assert_eq!(done.code(), "refused");
    let done = send(get("http://errand-no-such-host.invalid/")).await;
    assert_eq!(done.code(), "unknown-host");
    assert!(done.message().contains("errand-no-such-host.invalid"));
}

#[tokio::test]
async fn localhost_is_found_on_either_family() {
    let Ok(listener) = TcpListener::bind("[::1]:0").await else { return };
    let port = listener.local_addr().unwrap().port();
    let server = serving(ok("six")).await;
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        server.serve(socket, 0, &|_: &str| ok("six")).await;
    });
    assert_eq!(send(get(format!("http://localhost:{port}/"))).await.body(), "six");
}

#[tokio::test]
async fn what_is_no_response_is_kept_raw() {
    for (answer, code, kept) in [
        ("hello there\r\n\r\n", "malformed-response", "hello there"),
        ("SSH-2.0-OpenSSH_9\r\n", "malformed-response", "SSH-2.0"),
        ("HTTP/1.1 abc OK\r\n\r\n", "malformed-response", "HTTP/1.1 abc"),
        ("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", "malformed-response", "HTTP/1.1 200"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "malformed-response",
            "Content-Length: 2",
        ),
        ("HTTP/1.1 200 OK\r\nX: y\r\n", "malformed-response", "X: y"),
        ("", "reset", ""),
    ] {
        let server = serving(close(answer)).await;
        let done = send(get(server.url("/"))).await;
        assert_eq!(
            (done.code(), done.outcome.state),
            (code, State::Failed),
            "{answer:?} {}",
            done.message()
        );
        let unparsed = String::from_utf8_lossy(&done.outcome.last().unwrap().unparsed).into_owned();
        assert!(unparsed.contains(kept), "{answer:?}: {unparsed:?}");
    }
}

#[tokio::test]
async fn odd_but_readable_responses_are_read() {
    for (answer, status, body) in [
        ("HTTP/1.1 999 \r\nContent-Length: 2\r\n\r\nhi", 999, "hi"),
        ("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", 200, "hi"),
        ("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", 200, "hi"),
        ("HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, "until the end"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            200,
            "hi",
        ),
        ("HTTP/1.1 200 caf\u{e9}\r\nContent-Length: 2\r\n\r\nhi and more", 200, "hi"),
    ] {
        let server = serving(close(answer)).await;
        let done = send(get(server.url("/"))).await;
        assert_eq!(
            (done.status(), done.body().as_str()),
            (status, body),
            "{answer:?} {}",
            done.message()
        );
        assert_eq!(done.outcome.state, State::Complete);
    }
}

#[tokio::test]
async fn a_body_cut_short_is_kept_and_marked() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n9\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\n",
    ] {
        let server = serving(close(answer)).await;
        let done = send(get(server.url("/"))).await;
        assert_eq!(
            (done.code(), done.outcome.state),
            ("incomplete-body", State::Truncated),
            "{answer:?}"
        );
        assert_eq!(done.body(), "half");
        assert_eq!(done.outcome.size.raw, 4);
    }
}

#[tokio::test]
async fn too_much_is_named() {
    let mut many = String::from("HTTP/1.1 200 OK\r\n");
    for number in 0..5000 {
        let _ = write!(many, "X-{number}: 1\r\n");
    }
    let server = serving(close(many + "\r\n")).await;
    assert_eq!(send(get(server.url("/"))).await.code(), "header-too-large");

    let long = "x".repeat(2 << 20);
    let server = serving(close(format!("HTTP/1.1 200 OK\r\nX: {long}\r\n\r\n"))).await;
    let done = send(get(server.url("/"))).await;
    assert_eq!(done.code(), "header-too-large");
    assert!(!done.outcome.last().unwrap().unparsed.is_empty());

    let server = serving(ok("0123456789")).await;
    let mut outgoing = get(server.url("/"));
    outgoing.settings.max_body_bytes = 4;
    let done = send(outgoing).await;
    assert_eq!(
        (done.code(), done.outcome.state, done.body().as_str()),
        ("body-too-large", State::Truncated, "0123")
    );
}

const SHORT: Option<Duration> = Some(Duration::from_millis(60));

#[tokio::test]
async fn each_phase_has_its_own_timeout() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut tls = get(format!("https://{}/", silent.local_addr().unwrap()));
    tls.settings.timeouts.tls = SHORT;
    assert_eq!(send(tls).await.code(), "timeout-tls");

    let mut first = get(serving(hang("HTTP/1.1 200 OK\r\nX: ")).await.url("/"));
    first.settings.timeouts.first_byte = SHORT;
    let done = send(first).await;
    assert_eq!((done.code(), done.outcome.state), ("timeout-first-byte", State::Failed));
    assert_eq!(&done.outcome.last().unwrap().unparsed[..], b"HTTP/1.1 200 OK\r\nX: ");

    let mut idle =
        get(serving(hang("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")).await.url("/"));
    idle.settings.timeouts.idle = SHORT;
    let done = send(idle).await;
    assert_eq!(
        (done.code(), done.outcome.state, done.body().as_str()),
        ("timeout-idle", State::Truncated, "half")
    );

    let mut total =
        get(serving(hang("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")).await.url("/"));
    total.settings.timeouts.total = SHORT;
    let done = send(total).await;
    assert_eq!(
        (done.code(), done.outcome.state, done.body().as_str()),
        ("timeout-total", State::Truncated, "half")
    );

    let (address, _full) = full_queue().await;
    let mut connect = get(format!("http://{address}/"));
    connect.settings.timeouts.connect = SHORT;
    assert_eq!(send(connect).await.code(), "timeout-connect");
}

/// An address that accepts no more connections: its queue is full.
async fn full_queue() -> (std::net::SocketAddr, Vec<Box<dyn std::any::Any>>) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut held: Vec<Box<dyn std::any::Any>> = vec![Box::new(listener)];
    for _ in 0..2 {
        held.push(Box::new(tokio::net::TcpStream::connect(address).await.unwrap()));
    }
    (address, held)
}

#[test]
fn a_name_lookup_that_hangs_has_its_timeout() {
    // The one thread that looks names up is busy.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build()
        .unwrap();
    let (done, wait) = std::sync::mpsc::channel::<()>();
    runtime.block_on(async {
        tokio::task::spawn_blocking(move || wait.recv());
        let mut lookup = get("http://errand-no-such-host.invalid/");
        lookup.settings.timeouts.lookup = SHORT;
        assert_eq!(send(lookup).await.code(), "timeout-lookup");
        drop(done);
    });
}

#[tokio::test]
async fn endless_interim_responses_run_into_the_first_byte_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        let (mut socket, _) = listener.accept().await.unwrap();
        while socket.write_all(b"HTTP/1.1 102 Processing\r\n\r\n").await.is_ok() {
            tokio::task::yield_now().await;
        }
    });
    let mut outgoing = get(format!("http://{address}/"));
    outgoing.settings.timeouts.first_byte = SHORT;
    assert_eq!(send(outgoing).await.code(), "timeout-first-byte");
}

/// Cancels as soon as `phase` is told.
async fn cancelled_in(
    phase: Phase,
    outgoing: errand_engine::Outgoing,
) -> (State, String, Duration) {
    let sink = MemorySink::default();
    let mut exchange = Engine::new().send(outgoing, None, None, Box::new(sink.clone()));
    let mut since = None;
    loop {
        match exchange.next().await.unwrap() {
            Event::Phase(now) if now == phase && phase != Phase::Downloading => {
                since = Some(std::time::Instant::now());
                exchange.cancel();
            }
            Event::Growth(_) => {
                since = Some(std::time::Instant::now());
                exchange.cancel();
            }
            Event::Finished(outcome) => {
                let body = String::from_utf8(sink.bytes()).unwrap();
                return (outcome.state, body, since.unwrap().elapsed());
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn cancel_works_in_every_phase() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    let (full, _held) = full_queue().await;
    let half = serving(hang("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")).await;
    let folder = tempfile::tempdir().unwrap();
    let big = folder.path().join("big");
    std::fs::File::create(&big).unwrap().set_len(1 << 30).unwrap();
    for (phase, outgoing, body) in [
        (Phase::Resolving, get("http://errand-no-such-host.invalid/"), ""),
        (Phase::Connecting, get(format!("http://{full}/")), ""),
        (Phase::Tls, get(format!("https://{address}/")), ""),
        (
            Phase::Sending,
            request("POST", format!("http://{address}/")).body(errand_engine::Body::File(big)),
            "",
        ),
        (Phase::Waiting, get(format!("http://{address}/")), ""),
        (Phase::Downloading, get(half.url("/")), "half"),
    ] {
        let (state, got, took) = cancelled_in(phase, outgoing).await;
        assert_eq!((state, got.as_str()), (State::Cancelled, body), "{phase:?}");
        println!("{phase:?} cancelled after {took:?}");
    }
}

#[tokio::test]
async fn an_exchange_that_is_dropped_lets_its_connection_go() {
    let server = Server::new(|_| hang("")).await;
    let exchange =
        Engine::new().send(get(server.url("/")), None, None, Box::new(MemorySink::default()));
    server.got.notified().await;
    let cancelled = exchange.canceller();
    drop(exchange);
    assert!(cancelled.is_cancelled());
}

#[tokio::test]
async fn a_sink_that_fails_ends_the_exchange() {
    struct Full;
    impl errand_engine::BodySink for Full {
        fn raw(&mut self, _: &[u8]) -> std::io::Result<()> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn decoded(&mut self, _: &[u8]) -> std::io::Result<()> {
            Ok(())
        }
    }
    let server = serving(say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")).await;
    let outcome =
        Engine::new().send(get(server.url("/")), None, None, Box::new(Full)).outcome().await;
    assert_eq!(outcome.error.as_ref().map(errand_engine::Error::code), Some("sink"));
}
