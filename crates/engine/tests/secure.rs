//! TLS: what is shown, what is refused, the way out; and HTTP/2.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::net::SocketAddr;

use bytes::Bytes;
use errand_engine::{Body, Engine, HttpVersion, Outgoing, Protocol, State};
use support::tls::{self, Authority};
use support::{Done, get, ok, request, send, send_with, serving};
use tokio::net::{TcpListener, TcpStream};

fn trusting(authority: &Authority, mut outgoing: Outgoing) -> Outgoing {
    outgoing.settings.extra_ca_files = vec![authority.file()];
    outgoing
}

async fn visit(authority: &Authority, config: rustls::ServerConfig) -> Done {
    let server = tls::serve(config, |_| ok("safe")).await;
    send(trusting(authority, get(format!("https://{}/", server.address)))).await
}

#[tokio::test]
async fn a_known_authority_is_trusted_and_the_handshake_shown() {
    let authority = Authority::new();
    let done = visit(&authority, authority.server("127.0.0.1", |_| {})).await;
    assert_eq!((done.status(), done.body().as_str()), (200, "safe"), "{}", done.message());
    let hop = done.outcome.last().unwrap();
    let tls = hop.tls.clone().unwrap();
    assert_eq!((tls.version.as_str(), tls.alpn, tls.accepted_problem), ("TLSv1.3", None, None));
    assert!(tls.cipher.starts_with("TLS13_"), "{}", tls.cipher);
    let own = &tls.certificates[0];
    assert_eq!(own.names, ["127.0.0.1"]);
    assert!(own.issuer.contains("Errand test authority"));
    assert!(own.not_before < own.not_after && own.sha256.len() == 64 && !own.serial.is_empty());
    assert!(hop.timings.tls_us.is_some());
}

#[tokio::test]
async fn bad_certificates_are_told_apart() {
    let authority = Authority::new();
    let stranger = Authority::new();
    for (config, code, words) in [
        (authority.server("127.0.0.1", tls::expired), "tls-expired", "expired on 14 March 2021"),
        (
            authority.server("127.0.0.1", tls::future),
            "tls-not-yet-valid",
            "not valid before 1 January 2090",
        ),
        (
            authority.server("other.example", |_| {}),
            "tls-wrong-host",
            "for another host: other.example",
        ),
        (stranger.server("127.0.0.1", |_| {}), "tls-unknown-authority", "unknown authority"),
        (tls::self_signed("127.0.0.1"), "tls-unknown-authority", "signed by itself"),
    ] {
        let done = visit(&authority, config).await;
        assert_eq!((done.code(), done.outcome.state), (code, State::Failed), "{}", done.message());
        assert!(done.message().contains(words), "{}", done.message());
        assert_eq!(done.outcome.last().unwrap().tls.as_ref().unwrap().certificates.len(), 1);
    }
}

#[tokio::test]
async fn the_way_out_is_per_host_and_visible() {
    let server = tls::serve(tls::self_signed("127.0.0.1"), |_| ok("hi")).await;
    let url = format!("https://{}/", server.address);
    let mut elsewhere = get(url.clone());
    elsewhere.settings.insecure_hosts = vec!["example.com".into()];
    assert_eq!(send(elsewhere).await.code(), "tls-unknown-authority");
    let mut here = get(url.clone());
    here.settings.insecure_hosts = vec!["127.0.0.1".into()];
    let done = send(here).await;
    assert_eq!(done.status(), 200);
    let problem = done.outcome.last().unwrap().tls.clone().unwrap().accepted_problem.unwrap();
    assert!(problem.contains("signed by itself"), "{problem}");
    let mut everywhere = get(url);
    everywhere.settings.verify_tls = false;
    assert_eq!(send(everywhere).await.status(), 200);
}

#[tokio::test]
async fn a_trusting_connection_is_not_used_by_a_careful_request() {
    let server = tls::serve(tls::self_signed("127.0.0.1"), |_| ok("hi")).await;
    let engine = Engine::new();
    let mut careless = get(format!("https://{}/", server.address));
    careless.settings.verify_tls = false;
    assert_eq!(send_with(&engine, careless.clone(), None).await.status(), 200);
    careless.settings.verify_tls = true;
    assert_eq!(send_with(&engine, careless, None).await.code(), "tls-unknown-authority");
}

#[tokio::test]
async fn a_server_without_tls_and_a_bad_authority_file_are_named() {
    let plain = serving(support::close("HTTP/1.1 400 Bad\r\n\r\n")).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut socket, _) = listener.accept().await.unwrap();
        socket.read_u8().await.unwrap();
        socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    let done = send(get(format!("https://{address}/"))).await;
    assert_eq!(done.code(), "tls-other");
    assert!(done.message().contains("does not speak TLS"), "{}", done.message());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("empty.pem");
    std::fs::write(&file, "no certificate").unwrap();
    let mut outgoing = get(plain.url("/").replace("http:", "https:"));
    outgoing.settings.extra_ca_files = vec![file];
    assert_eq!(send(outgoing).await.code(), "ca-file");
}

#[tokio::test]
async fn http2_is_negotiated_and_shared() {
    let authority = Authority::new();
    let address = tls::serve_http2(authority.server("127.0.0.1", |_| {})).await;
    let engine = Engine::new();
    let outgoing = trusting(&authority, request("PUT", format!("https://{address}/a?b")))
        .header("X-Case", "1");
    let done = send_with(&engine, outgoing.clone().body(Body::Bytes("body".into())), None).await;
    assert_eq!(done.body(), format!("PUT https://{address}/a?b HTTP/2.0"), "{}", done.message());
    let hop = done.outcome.last().unwrap();
    assert_eq!(hop.protocol, Some(Protocol::Http2));
    assert!(hop.request.reconstructed);
    let names: Vec<_> = hop.request.headers.iter().map(errand_engine::Header::name_text).collect();
    assert_eq!(names, [":method", ":scheme", ":authority", ":path", "x-case", "content-length"]);
    let head = done.outcome.response().unwrap();
    assert_eq!(head.headers.iter().filter(|header| header.is("x-twice")).count(), 2);
    let again = send_with(&engine, outgoing.clone(), None).await;
    assert!(again.outcome.last().unwrap().reused);
    let mut old = outgoing;
    old.settings.version = HttpVersion::Http1;
    assert_eq!(send_with(&engine, old, None).await.outcome.state, State::Failed);
}

#[tokio::test]
async fn http2_that_is_demanded_and_not_offered_is_named() {
    let authority = Authority::new();
    let server = tls::serve(authority.server("127.0.0.1", |_| {}), |_| ok("")).await;
    let mut outgoing = trusting(&authority, get(format!("https://{}/", server.address)));
    outgoing.settings.version = HttpVersion::Http2;
    assert_eq!(send(outgoing).await.code(), "no-http2");
}

/// An HTTP/2 server without TLS that treats its connections as `each` says.
async fn http2_server<F>(
    each: impl Fn(usize, h2::server::Connection<TcpStream, Bytes>) -> F + Send + 'static,
) -> SocketAddr
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for number in 0.. {
            let (socket, _) = listener.accept().await.unwrap();
            if let Ok(connection) = h2::server::handshake(socket).await {
                tokio::spawn(each(number, connection));
            }
        }
    });
    address
}

fn prior_knowledge(method: &str, address: SocketAddr) -> Outgoing {
    let mut outgoing = request(method, format!("http://{address}/"));
    outgoing.settings.version = HttpVersion::Http2;
    outgoing
}

#[tokio::test]
async fn a_stream_that_is_reset_is_named_and_a_refused_one_sent_again() {
    let address = http2_server(|number, mut connection| async move {
        while let Some(Ok((request, mut respond))) = connection.accept().await {
            if request.method() == "POST" {
                respond.send_reset(h2::Reason::INTERNAL_ERROR);
            } else if number == 1 {
                respond.send_reset(h2::Reason::REFUSED_STREAM);
            } else {
                let _ = respond.send_response(http::Response::new(()), true);
            }
        }
    })
    .await;
    let done = send(prior_knowledge("POST", address)).await;
    assert_eq!((done.code(), done.outcome.state), ("http2", State::Failed));
    assert!(done.message().contains("INTERNAL_ERROR"), "{}", done.message());
    assert!(done.outcome.last().unwrap().retried.is_none());
    let done = send(prior_knowledge("GET", address)).await;
    assert_eq!(done.status(), 200, "{}", done.message());
    assert!(done.outcome.last().unwrap().retried.as_ref().unwrap().contains("REFUSED_STREAM"));
}

#[tokio::test]
async fn a_post_that_meets_a_goaway_with_an_error_is_not_repeated() {
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = count.clone();
    let address = http2_server(move |_, mut connection| {
        let counter = counter.clone();
        async move {
            if let Some(Ok(_held)) = connection.accept().await {
                counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                connection.abrupt_shutdown(h2::Reason::ENHANCE_YOUR_CALM);
                while connection.accept().await.is_some() {}
            }
        }
    })
    .await;
    let done = send(prior_knowledge("POST", address)).await;
    // Whether the reason or the closed connection is seen first is up to the network.
    assert!(matches!(done.code(), "http2" | "reset"), "{}", done.message());
    assert!(done.outcome.last().unwrap().retried.is_none());
    assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_body_that_is_reset_midway_is_kept() {
    let address = http2_server(|_, mut connection| async move {
        while let Some(Ok((_, mut respond))) = connection.accept().await {
            let mut stream = respond.send_response(http::Response::new(()), false).unwrap();
            stream.send_data(Bytes::from_static(b"half"), false).unwrap();
            tokio::spawn(async move {
                // The data is out once the window for more is there.
                stream.reserve_capacity(100_000);
                while std::future::poll_fn(|cx| stream.poll_capacity(cx))
                    .await
                    .is_some_and(|got| got.is_ok_and(|n| n < 1))
                {}
                stream.send_reset(h2::Reason::CANCEL);
            });
        }
    })
    .await;
    let done = send(prior_knowledge("GET", address)).await;
    assert_eq!((done.code(), done.outcome.state), ("incomplete-body", State::Truncated));
}

#[tokio::test]
async fn a_head_that_is_too_large_for_us_is_named_on_http2_too() {
    let address = http2_server(|_, mut connection| async move {
        while let Some(Ok((_, mut respond))) = connection.accept().await {
            let mut response = http::Response::new(());
            for number in 0..40 {
                let value = "x".repeat(2000);
                let name = http::HeaderName::from_bytes(format!("x-{number}").as_bytes()).unwrap();
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            let _ = respond.send_response(response, true);
        }
    })
    .await;
    let mut outgoing = prior_knowledge("GET", address);
    assert_eq!(send(outgoing.clone()).await.status(), 200);
    outgoing.settings.max_header_bytes = 40_000;
    let done = send(outgoing.clone()).await;
    assert_eq!(done.code(), "header-too-large", "{}", done.message());
    outgoing.settings.max_header_bytes = 10_000;
    let done = send(outgoing).await;
    assert_eq!(done.code(), "malformed-response", "{}", done.message());
}
