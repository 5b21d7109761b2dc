//! Content codings: taken off, bounded, and broken ones kept.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::io::Write;

use errand_engine::{Engine, Event, State};
use support::{Done, close, get, say, send, serving};

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder =
        flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn brotli(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 4096, 5, 22).write_all(data).unwrap();
    out
}

fn zstd(data: &[u8]) -> Vec<u8> {
    zstd::encode_all(data, 3).unwrap()
}

fn coded(coding: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

async fn answered(coding: &str, body: &[u8]) -> Done {
    send(get(serving(say(coded(coding, body))).await.url("/"))).await
}

fn sample() -> Vec<u8> {
    (0..200_000u32).flat_map(|number| format!("{number},").into_bytes()).collect()
}

#[tokio::test]
async fn each_coding_is_taken_off_and_the_raw_bytes_kept() {
    let data = sample();
    for (name, body) in [
        ("gzip", gzip(&data)),
        ("X-GZIP", gzip(&data)),
        ("gzip", [gzip(&data[..1000]), gzip(&data[1000..])].concat()),
        ("deflate", zlib(&data)),
        ("deflate", deflate(&data)),
        ("br", brotli(&data)),
        ("zstd", zstd(&data)),
        ("gzip, br", brotli(&gzip(&data))),
    ] {
        let done = answered(name, &body).await;
        assert_eq!(done.outcome.state, State::Complete, "{name}: {}", done.message());
        assert!(done.sink.bytes() == data && done.sink.raw_bytes() == body, "{name}");
        assert_eq!(
            (done.outcome.size.raw, done.outcome.size.decoded),
            (body.len() as u64, data.len() as u64)
        );
        assert_eq!(
            done.outcome.response().unwrap().header("content-encoding").as_deref(),
            Some(name)
        );
    }
}

#[tokio::test]
async fn without_a_coding_that_is_known_the_body_stays_as_it_came() {
    for name in ["identity", "compress", "gzip, odd", ""] {
        let done = answered(name, b"as it came").await;
        assert_eq!(
            (done.body().as_str(), done.outcome.state),
            ("as it came", State::Complete),
            "{name}"
        );
    }
    assert_eq!(answered("gzip", b"").await.outcome.state, State::Complete);
}

#[tokio::test]
async fn a_cut_or_broken_coding_keeps_what_could_be_read() {
    let data = sample();
    for (name, body) in [
        ("gzip", gzip(&data)),
        ("deflate", zlib(&data)),
        ("deflate", deflate(&data)),
        ("br", brotli(&data)),
        ("zstd", zstd(&data)),
    ] {
        let cut = &body[..body.len() - body.len() / 4];
        let done = answered(name, cut).await;
        assert_eq!((done.code(), done.outcome.state), ("decode", State::Truncated), "{name} cut");
        let got = done.sink.bytes();
        assert!(!got.is_empty() && data.starts_with(&got), "{name}: {} bytes", got.len());
        assert_eq!(done.sink.raw_bytes(), cut);

        let done = answered(name, b"this is not compressed at all").await;
        assert_eq!(
            (done.code(), done.outcome.state),
            ("decode", State::Truncated),
            "{name} garbage"
        );
        assert_eq!(done.sink.raw_bytes(), b"this is not compressed at all");
    }
    let mut bad = gzip(&data);
    let end = bad.len();
    bad[end - 6] ^= 1;
    let done = answered("gzip", &bad).await;
    assert_eq!((done.code(), done.sink.bytes() == data), ("decode", true), "checksum");
    let short = coded("gzip", &gzip(&data));
    let done = send(get(serving(close(&short[..short.len() / 2])).await.url("/"))).await;
    assert_eq!((done.code(), done.outcome.state), ("incomplete-body", State::Truncated));
    assert!(!done.sink.bytes().is_empty() && data.starts_with(&done.sink.bytes()));
}

fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let zeros = vec![0; 8 << 20];
    vec![
        ("gzip", gzip(&zeros)),
        ("deflate", zlib(&zeros)),
        ("br", brotli(&zeros)),
        ("zstd", zstd(&zeros)),
    ]
}

#[tokio::test]
async fn a_bomb_stops_at_the_limit() {
    for (name, bomb) in bombs() {
        let mut outgoing = get(serving(say(coded(name, &bomb))).await.url("/"));
        outgoing.settings.max_body_bytes = 1 << 20;
        let done = send(outgoing).await;
        assert_eq!(
            (done.code(), done.outcome.state),
            ("body-too-large", State::Truncated),
            "{name}"
        );
        assert_eq!(done.sink.bytes().len(), 1 << 20, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bomb_can_be_cancelled_while_it_goes_off() {
    struct Nowhere;
    impl errand_engine::BodySink for Nowhere {
        fn raw(&mut self, _: &[u8]) -> std::io::Result<()> {
            Ok(())
        }
        fn decoded(&mut self, _: &[u8]) -> std::io::Result<()> {
            Ok(())
        }
    }
    // 1,600 members of 8 MB each: no test waits for their end.
    let bomb = gzip(&vec![0; 8 << 20]).repeat(1600);
    let server = serving(say(coded("gzip", &bomb))).await;
    let mut exchange = Engine::new().send(get(server.url("/")), None, None, Box::new(Nowhere));
    let mut cancelled = false;
    loop {
        match exchange.next().await.unwrap() {
            Event::Growth(_) if !cancelled => {
                cancelled = true;
                exchange.cancel();
            }
            Event::Finished(outcome) => {
                assert_eq!(outcome.state, State::Cancelled);
                assert!(outcome.size.decoded < 1600 * (8 << 20));
                return;
            }
            _ => {}
        }
    }
}
