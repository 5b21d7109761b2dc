//! When a connection is used again, and when it must not be.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use errand_engine::{Body, Engine, State};
use support::{Server, close, get, hang, ok, request, say, send, send_with, serving};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[tokio::test]
async fn connections_are_reused_but_never_by_another_identity() {
    let server = serving(ok("")).await;
    let engine = Engine::new();
    let with_salt = |salt| {
        let mut outgoing = get(server.url("/"));
        outgoing.settings.pool_salt = salt;
        outgoing
    };
    for salt in [1, 1, 2, 1] {
        assert_eq!(send_with(&engine, with_salt(salt), None).await.status(), 200);
    }
    assert_eq!(server.connections(), [0, 0, 1, 0]);
    let last = send_with(&engine, with_salt(2), None).await;
    assert!(last.outcome.last().unwrap().reused);
    assert_eq!(last.outcome.last().unwrap().timings.connect_us, None);
}

#[tokio::test]
async fn a_reused_connection_that_died_is_replaced_for_a_get_and_not_for_a_post() {
    let calls = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = calls.clone();
    // The second request on a connection gets no answer: the server closes.
    let server =
        Server::new(move |_| match counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            1 | 4 => close(""),
            _ => ok("fine"),
        })
        .await;
    let engine = Engine::new();
    send_with(&engine, get(server.url("/1")), None).await;
    let done = send_with(&engine, get(server.url("/2")), None).await;
    assert_eq!((done.status(), done.body().as_str()), (200, "fine"));
    assert!(done.outcome.last().unwrap().retried.is_some());
    assert_eq!(server.requests().len(), 3);
    let engine = Engine::new();
    send_with(&engine, get(server.url("/3")), None).await;
    let done = send_with(&engine, request("POST", server.url("/4")), None).await;
    assert_eq!((done.code(), done.outcome.state), ("reset", State::Failed));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn users_in_the_url_do_not_share_a_connection() {
    let server = serving(ok("")).await;
    let engine = Engine::new();
    for user in ["", "one@", "one@", "two@", "one:pw@"] {
        let url = server.url("/").replace("http://", &format!("http://{user}"));
        send_with(&engine, get(url), None).await;
    }
    assert_eq!(server.connections(), [0, 1, 1, 2, 3]);
}

#[tokio::test]
async fn a_connection_that_the_server_closes_is_not_used_again() {
    let server =
        serving(say("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi")).await;
    let engine = Engine::new();
    for _ in 0..2 {
        let done = send_with(&engine, get(server.url("/")), None).await;
        assert_eq!(done.body(), "hi");
        assert!(done.outcome.last().unwrap().retried.is_none());
    }
    assert_eq!(server.connections(), [0, 1]);
}

#[tokio::test]
async fn what_a_server_says_too_much_is_no_answer_to_the_next_request() {
    let sly = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled";
    let server = Server::new(
        move |request: &str| if request.starts_with("GET /1") { say(sly) } else { ok("honest") },
    )
    .await;
    let engine = Engine::new();
    assert_eq!(send_with(&engine, get(server.url("/1")), None).await.body(), "hi");
    assert_eq!(send_with(&engine, get(server.url("/2")), None).await.body(), "honest");
    assert_eq!(server.connections(), [0, 1]);
}

#[tokio::test]
async fn responses_without_a_body_leave_the_connection_in_order() {
    let server = Server::new(|request: &str| match request.split(' ').nth(1) {
        Some("/head") => {
            say("HTTP/1.1 200 OK\r\nContent-Length: 99\r\nContent-Encoding: gzip\r\n\r\n")
        }
        Some("/204") => say("HTTP/1.1 204 Nothing\r\n\r\n"),
        Some("/304") => say("HTTP/1.1 304 Same\r\nContent-Length: 99\r\n\r\n"),
        _ => ok("end"),
    })
    .await;
    let engine = Engine::new();
    for (method, path, status) in
        [("HEAD", "/head", 200), ("GET", "/204", 204), ("GET", "/304", 304), ("GET", "/", 200)]
    {
        let done = send_with(&engine, request(method, server.url(path)), None).await;
        assert_eq!(
            (done.status(), done.outcome.state),
            (status, State::Complete),
            "{path}: {}",
            done.message()
        );
    }
    assert_eq!(server.connections(), [0, 0, 0, 0]);
}

#[tokio::test]
async fn a_switch_of_protocols_is_shown_and_ends_there() {
    let server =
        serving(hang("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nbytes"))
            .await;
    let done =
        send(get(server.url("/")).header("Connection", "upgrade").header("Upgrade", "x")).await;
    assert_eq!((done.status(), done.outcome.state), (101, State::Complete), "{}", done.message());
}

#[tokio::test]
async fn an_answer_before_the_end_of_the_upload_is_taken() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        socket.read_exact(&mut [0; 1000]).await.unwrap();
        socket
            .write_all(
                b"HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig",
            )
            .await
            .unwrap();
        // Stays open and reads no more.
        std::future::pending::<()>().await;
    });
    let body = Body::Bytes(vec![b'x'; 64 << 20].into());
    let done = send(request("POST", format!("http://{address}/")).body(body)).await;
    assert_eq!((done.status(), done.body().as_str()), (413, "big"), "{}", done.message());
}

#[tokio::test]
async fn a_hundred_requests_at_once_each_get_their_answer() {
    let server = Server::new(|request: &str| ok(request.split(' ').nth(1).unwrap())).await;
    let engine = Engine::new();
    let mut running = tokio::task::JoinSet::new();
    for number in 0..100 {
        let (engine, url) = (engine.clone(), server.url(&format!("/{number}")));
        running.spawn(async move { (number, send_with(&engine, get(url), None).await.body()) });
    }
    while let Some(done) = running.join_next().await {
        let (number, body) = done.unwrap();
        assert_eq!(body, format!("/{number}"));
    }
}
