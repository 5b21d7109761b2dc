//! Frames without end and without use (HTTP/2), and a TLS of the past: bounded and named, and what
//! was sent is not sent again.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use errand_engine::{Body, Engine, Event, HttpVersion, MemorySink, Outgoing, State};
use support::{get, request, send};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A frame of RFC 9113 §4.1.
fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags, 0, 0, 0, stream], payload].concat()
}

/// Answers with `first` and then `again` for as long as anybody reads. Counts its connections.
async fn flood(first: Vec<u8>, again: Vec<u8>) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counter = count.clone();
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            counter.fetch_add(1, Ordering::SeqCst);
            let (first, again) = (first.clone(), again.repeat(100));
            tokio::spawn(async move {
                let mut heard = Vec::new();
                // The preface and the HEADERS frame of the request have come.
                while heard.len() < 24 || !heard.windows(5).any(|bytes| bytes == [1, 4, 0, 0, 0]) {
                    if socket.read_buf(&mut heard).await.unwrap_or(0) == 0 {
                        return;
                    }
                }
                let (mut read, mut write) = socket.split();
                let mut scrap = vec![0; 65_536];
                let talk = async {
                    write.write_all(&frame(4, 0, 0, &[])).await?;
                    write.write_all(&first).await?;
                    loop {
                        write.write_all(&again).await?;
                        tokio::task::yield_now().await;
                    }
                };
                let listen =
                    async { while read.read(&mut scrap).await.is_ok_and(|got| got > 0) {} };
                let _: (std::io::Result<()>, ()) = tokio::join!(talk, listen);
            });
        }
    });
    (address, count)
}

fn post(address: SocketAddr) -> Outgoing {
    let mut outgoing =
        request("POST", format!("http://{address}/")).body(Body::Bytes("once".into()));
    outgoing.settings.version = HttpVersion::Http2;
    outgoing.settings.timeouts.total = Some(Duration::from_millis(500));
    outgoing
}

/// `:status: 200` (RFC 7541, appendix A).
const OK: [u8; 1] = [0x88];

fn floods() -> [(&'static str, Vec<u8>, Vec<u8>); 5] {
    [
        ("empty DATA", frame(1, 4, 1, &OK), frame(0, 0, 1, &[])),
        ("PING", frame(1, 4, 1, &OK), frame(6, 0, 0, &[0; 8])),
        ("SETTINGS", frame(1, 4, 1, &OK), frame(4, 0, 0, &[])),
        // A head that never ends: each CONTINUATION adds a header `a: b`.
        ("CONTINUATION", frame(1, 0, 1, &OK), frame(9, 0, 1, &[0, 1, b'a', 1, b'b'])),
        ("RST_STREAM", Vec::new(), frame(3, 0, 1, &[0, 0, 0, 2])),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn floods_of_frames_end_and_repeat_nothing() {
    for (name, first, again) in floods() {
        let (address, connections) = flood(first, again).await;
        let done = send(post(address)).await;
        assert!(
            matches!(done.outcome.state, State::Failed | State::Truncated),
            "{name}: {:?}",
            done.outcome.state
        );
        println!("{name}: {} {}", done.code(), done.message());
        assert!(done.body().is_empty(), "{name}");
        assert_eq!(connections.load(Ordering::SeqCst), 1, "{name}: the POST was sent again");
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let kilobytes: u64 = peak.split_whitespace().next().unwrap().parse().unwrap();
        assert!(kilobytes < 200 << 10, "{kilobytes} kB of memory");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_can_be_cancelled() {
    let (address, _) = flood(frame(1, 4, 1, &OK), frame(0, 0, 1, &[])).await;
    let mut outgoing = post(address);
    outgoing.settings.timeouts.total = None;
    let mut exchange = Engine::new().send(outgoing, None, None, Box::new(MemorySink::default()));
    loop {
        match exchange.next().await.unwrap() {
            Event::Head(_) => exchange.cancel(),
            Event::Finished(outcome) => {
                assert!(
                    // The flood may have been ended as one before the cancel was heard.
                    matches!(outcome.state, State::Cancelled | State::Truncated),
                    "{:?} {:?}",
                    outcome.state,
                    outcome.error
                );
                return;
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_server_that_speaks_only_old_tls_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        socket.read_u8().await.unwrap();
        // What an old server says to TLS 1.2 and 1.3: the fatal alert protocol_version (RFC 8446 §6).
        socket.write_all(&[21, 3, 1, 0, 2, 2, 70]).await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await;
    });
    let done = send(get(format!("https://{address}/"))).await;
    assert_eq!(
        (done.code(), done.outcome.state),
        ("tls-other", State::Failed),
        "{}",
        done.message()
    );
    assert!(done.message().contains("TLS"), "{}", done.message());
    println!("{}", done.message());
}
