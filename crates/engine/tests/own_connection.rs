//! Identities that are proven to a connection: it is one, fresh, over HTTP/1.1, and nobody else's.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::sync::atomic::{AtomicBool, Ordering};

use errand_engine::{Body, Engine, HttpVersion, Protocol, Proxy, State};
use support::proof::Handshake;
use support::tls::{self, Authority};
use support::{Reply, Server, close, get, ok, redirect, request, say, send_as};

/// What a server says to each step of the handshake.
fn shake(request: &str) -> Reply {
    if request.contains("Authorization: Shake 3\r\n") {
        ok("proven")
    } else if request.contains("Authorization: Shake 1\r\n") {
        say("HTTP/1.1 401 No\r\nWWW-Authenticate: Shake 2\r\nContent-Length: 4\r\n\r\nmore")
    } else {
        say("HTTP/1.1 401 No\r\nWWW-Authenticate: Shake\r\nContent-Length: 0\r\n\r\n")
    }
}

#[tokio::test]
async fn a_handshake_has_a_fresh_connection_that_nobody_shares() {
    let server =
        Server::new(
            |request: &str| {
                if request.starts_with("GET /open") { ok("open") } else { shake(request) }
            },
        )
        .await;
    let engine = Engine::new();
    let open = || get(server.url("/open"));
    assert_eq!(send_as(&engine, open(), None, None).await.status(), 200);
    let handshake = Handshake::default();
    let lost = handshake.lost.clone();
    let outgoing = request("POST", server.url("/")).body(Body::Bytes("data".into()));
    let done = send_as(&engine, outgoing, None, Some(Box::new(handshake))).await;
    assert_eq!((done.status(), done.body().as_str()), (200, "proven"), "{}", done.message());
    let hops = &done.outcome.hops;
    assert_eq!((hops.len(), hops[0].reused, hops[1].reused), (2, false, true));
    assert_eq!(send_as(&engine, open(), None, None).await.status(), 200);
    let second = Some(Box::new(Handshake::default()) as Box<_>);
    assert_eq!(send_as(&engine, get(server.url("/")), None, second).await.status(), 200);
    assert_eq!(server.connections(), [0, 1, 1, 0, 2, 2]);
    assert!(server.requests()[1..3].iter().all(|request| request.ends_with("\r\n\r\ndata")));
    assert_eq!(*lost.lock().unwrap(), 0);
}

#[tokio::test]
async fn a_redirect_within_the_origin_stays_on_the_connection() {
    let server = Server::new(|request: &str| {
        if request.contains("Shake 3") && request.starts_with("GET /first") {
            redirect(302, "/second")
        } else {
            shake(request)
        }
    })
    .await;
    let handshake = Some(Box::new(Handshake::default()) as Box<_>);
    let done = send_as(&Engine::new(), get(server.url("/first")), None, handshake).await;
    assert_eq!((done.status(), done.body().as_str()), (200, "proven"), "{}", done.message());
    assert_eq!(server.connections(), [0, 0, 0]);
}

#[tokio::test]
async fn a_handshake_begins_anew_when_its_connection_is_closed() {
    let first = AtomicBool::new(true);
    let server = Server::new(move |request: &str| {
        if first.swap(false, Ordering::SeqCst) {
            close("HTTP/1.1 401 No\r\nWWW-Authenticate: Shake 2\r\nContent-Length: 0\r\n\r\n")
        } else {
            shake(request)
        }
    })
    .await;
    let handshake = Handshake::default();
    let lost = handshake.lost.clone();
    let done = send_as(&Engine::new(), get(server.url("/")), None, Some(Box::new(handshake))).await;
    assert_eq!((done.status(), done.body().as_str()), (200, "proven"), "{}", done.message());
    let steps: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.split("Shake ").nth(1).unwrap()[..1].to_owned())
        .collect();
    assert_eq!(
        (steps.as_slice(), server.connections()),
        (&["1", "1", "3"].map(String::from)[..], vec![0, 1, 1])
    );
    assert_eq!(*lost.lock().unwrap(), 1);
}

#[tokio::test]
async fn a_refused_handshake_leaves_the_answer_and_says_so() {
    let server = Server::new(
        |request: &str| {
            if request.contains("Shake 3") { shake("") } else { shake(request) }
        },
    )
    .await;
    let handshake = Some(Box::new(Handshake::default()) as Box<_>);
    let done = send_as(&Engine::new(), get(server.url("/")), None, handshake).await;
    assert_eq!((done.status(), done.outcome.state), (401, State::Complete));
    assert_eq!(done.outcome.notes, ["The handshake was refused."]);
}

#[tokio::test]
async fn http2_is_neither_offered_nor_used_and_a_tunnel_is_one_connection() {
    let authority = Authority::new();
    let mut config = authority.server("127.0.0.1", |_| {});
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let server = tls::serve(config, shake).await;
    let (proxy, asked) = support::proxy::connect_proxy().await;
    for version in [HttpVersion::Auto, HttpVersion::Http2] {
        let mut outgoing = get(format!("https://{}/", server.address));
        outgoing.settings.version = version;
        outgoing.settings.extra_ca_files = vec![authority.file()];
        outgoing.settings.proxy =
            Proxy::Explicit { url: format!("http://me:pw@{proxy}"), bypass: String::new() };
        let handshake = Some(Box::new(Handshake::default()) as Box<_>);
        let done = send_as(&Engine::new(), outgoing, None, handshake).await;
        assert_eq!((done.status(), done.body().as_str()), (200, "proven"), "{}", done.message());
        let hop = done.outcome.last().unwrap();
        assert_eq!(hop.protocol, Some(Protocol::Http1));
        assert_eq!(hop.tls.as_ref().unwrap().alpn.as_deref(), Some("http/1.1"));
        assert!(hop.reused && hop.proxy.is_some());
    }
    assert_eq!(asked.lock().unwrap().len(), 2);
    assert_eq!(server.connections(), [0, 0, 1, 1]);
}
