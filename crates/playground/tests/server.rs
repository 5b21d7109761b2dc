//! Binding, stopping, hosts, both HTTP versions, and every route that is listed.

mod common;

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use common::{get, get_with, parse, raw, start};
use errand_playground::Playground;
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_taken_port_is_named() {
    let playground = start().await;
    let port = playground.address().port();
    assert_eq!(playground.url(), format!("http://127.0.0.1:{port}"));
    let error = Playground::start(Some(port)).await.expect_err("taken");
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
    assert!(error.to_string().contains(&port.to_string()), "{error}");
}

#[tokio::test]
async fn stops_when_told_and_when_dropped() {
    let playground = start().await;
    let address = playground.address();
    let mut idle = TcpStream::connect(address).await.expect("connect");
    assert_eq!(get(&playground, "/get").await.status, 200);
    playground.stop().await;
    assert!(TcpStream::connect(address).await.is_err());
    let mut rest = Vec::new();
    let _ = idle.read_to_end(&mut rest).await;
    assert!(rest.is_empty());

    let playground = start().await;
    let mut idle = TcpStream::connect(playground.address()).await.expect("connect");
    drop(playground);
    let _ = idle.read_to_end(&mut rest).await;
}

#[tokio::test]
async fn a_request_in_flight_does_not_outlive_the_server() {
    let playground = start().await;
    let mut slow = TcpStream::connect(playground.address()).await.expect("connect");
    slow.write_all(b"GET /delay/30 HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("write");
    // Answered after the slow one was taken in, most likely; either order must end.
    assert_eq!(get(&playground, "/get").await.status, 200);
    playground.stop().await;
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
}

#[tokio::test]
async fn other_hosts_are_refused() {
    let playground = start().await;
    for (request, status) in [
        ("GET /get HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
        (
            "GET http://evil.example/get HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            421,
        ),
        ("GET /hostile/truncated HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
        (
            "GET /get HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            400,
        ),
        ("GET /get HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        ("GET /get HTTP/1.0\r\n\r\n", 200),
        ("GET /get HTTP/1.1\r\nHost: [::1]:99\r\nConnection: close\r\n\r\n", 200),
    ] {
        let seen = parse(&raw(&playground, request.as_bytes()).await);
        assert_eq!(seen.status, status, "{request}");
    }
}

#[tokio::test]
async fn rubbish_ends_the_connection_and_nothing_else() {
    let playground = start().await;
    for rubbish in
        [&b"\x00\x01\x02\r\n\r\n"[..], b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", b"GET\r\n\r\n"]
    {
        raw(&playground, rubbish).await;
    }
    assert_eq!(get(&playground, "/get").await.status, 200);
}

#[tokio::test]
async fn speaks_http2_with_prior_knowledge() {
    let playground = start().await;
    let stream = TcpStream::connect(playground.address()).await.expect("connect");
    let (mut client, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .expect("handshake");
    tokio::spawn(connection);
    for (method, path, status, length) in [
        ("GET", "/anything", 200, None),
        ("GET", "/bytes/3mb", 200, Some(3_000_000)),
        ("HEAD", "/bytes/3mb", 200, Some(0)),
        ("GET", "/hostile/truncated", 400, None),
    ] {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", playground.url()))
            .body(Empty::<Bytes>::new())
            .expect("a request");
        let answer = client.send_request(request).await.expect("an answer");
        assert_eq!(answer.status(), status, "{path}");
        assert_eq!(answer.version(), http::Version::HTTP_2);
        if method == "HEAD" {
            assert_eq!(answer.headers()["content-length"], "3000000");
        }
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        if let Some(length) = length {
            assert_eq!(body.len(), length);
        } else if status == 200 {
            let told: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
            assert_eq!(told["httpVersion"], "HTTP/2.0");
        }
    }
}

/// The list is what there is: each example answers, over the connection it was asked on.
#[tokio::test]
async fn every_listed_example_answers() {
    let playground = start().await;
    let index = get_with(&playground, "/", &["Accept: application/json"]).await.json();
    let routes = index["routes"].as_array().expect("routes");
    assert!(routes.len() > 45);
    for route in routes {
        let url = route["example"].as_str().expect("an example");
        let target = url.strip_prefix("http://localhost").expect("our own host");
        let method = route["methods"][0].as_str().unwrap_or("GET");
        let seen = common::send(&playground, method, target, &[], b"").await;
        let expected = match target {
            "/status/429" => 429,
            "/api-key" | "/api-key/cookie" | "/jwt" | "/hawk" | "/wsse" | "/oauth1" => 401,
            _ if target.starts_with("/digest-auth/") => 401,
            "/aws" => 403,
            "/basic-auth/ada/engine" | "/bearer" | "/oauth/resource" | "/oauth/userinfo" => 401,
            // Nobody said which client asks.
            _ if target.starts_with("/oauth/") && method == "POST" => 401,
            _ if target.starts_with("/oauth/") => 200,
            _ if target.contains("redirect") || target.starts_with("/cookies/") => {
                if target.contains("307") { 307 } else { 302 }
            }
            _ => 200,
        };
        assert_eq!(seen.status, expected, "{target}");
    }
    let page = get(&playground, "/").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(String::from_utf8_lossy(&page.body).contains("/json/{size}"));
}

#[tokio::test]
async fn answers_are_logged() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = lines.clone();
    let playground = Playground::start_logged(
        None,
        Arc::new(move |access| {
            let line = format!("{} {} {:?}", access.method, access.target, access.status);
            sink.lock().expect("lines").push(line);
        }),
    )
    .await
    .expect("a free port");
    get(&playground, "/status/418?x=1").await;
    raw(&playground, b"GET /hostile/garbage HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert_eq!(
        *lines.lock().expect("lines"),
        ["GET /status/418?x=1 Some(418)", "GET /hostile/garbage None"]
    );
}
