//! Where redirects lead, and what stays behind.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use errand_engine::{Body, Credentials, DroppedKind, Engine, Outgoing, State};
use support::tls::Authority;
use support::{Server, get, ok, redirect, request, say, send, send_with, serving, tls};

/// A server whose `/` redirects to `location`.
async fn to(status: u16, location: &str) -> Server {
    let location = location.to_owned();
    Server::new(move |request| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        if path == "/" || path.starts_with("/?") {
            redirect(status, &location)
        } else {
            ok("there")
        }
    })
    .await
}

#[tokio::test]
async fn methods_and_bodies_change_as_the_specification_says() {
    for (status, method, then, body) in [
        (301, "POST", "GET", ""),
        (302, "POST", "GET", ""),
        (303, "POST", "GET", ""),
        (307, "POST", "POST", "data"),
        (308, "POST", "POST", "data"),
        (301, "PUT", "PUT", "data"),
        (302, "PATCH", "PATCH", "data"),
        (303, "PUT", "GET", ""),
        (303, "DELETE", "GET", ""),
        (302, "DELETE", "DELETE", "data"),
    ] {
        let server = to(status, "/next").await;
        let outgoing = request(method, server.url("/"))
            .header("Content-Type", "text/plain")
            .body(Body::Bytes("data".into()));
        let done = send(outgoing).await;
        let second = server.requests()[1].clone();
        assert!(
            second.starts_with(&format!("{then} /next HTTP/1.1\r\n")),
            "{status} {method}: {second}"
        );
        assert!(second.ends_with(&format!("\r\n\r\n{body}")), "{status} {method}: {second}");
        assert_eq!(second.contains("Content-Type"), !body.is_empty());
        assert_eq!((done.status(), done.outcome.hops.len()), (200, 2));
        assert_eq!(done.outcome.hops[0].response.as_ref().unwrap().status, status);
        assert_eq!(
            done.outcome.hops[1].dropped.iter().any(|d| d.kind == DroppedKind::Body),
            body.is_empty()
        );
    }
}

#[tokio::test]
async fn locations_are_joined_and_fragments_carried() {
    for (location, path, end) in [
        ("next", "/next", "/next#part"),
        ("../up?x=1", "/up?x=1", "/up?x=1#part"),
        ("?q=2", "/at/?q=2", "/at/?q=2#part"),
        ("/n#own", "/n", "/n#own"),
        ("caf\u{e9}", "/at/caf%C3%A9", "/at/caf%C3%A9#part"),
    ] {
        let server = Server::new(move |request: &str| {
            if request.starts_with("GET /at/ ") { redirect(302, location) } else { ok("") }
        })
        .await;
        let done = send(get(server.url("/at/#part"))).await;
        let path = if location == "next" { "/at/next" } else { path };
        let end = if location == "next" { "/at/next#part" } else { end };
        assert!(
            server.requests()[1].starts_with(&format!("GET {path} ")),
            "{location}: {:?}",
            server.requests()
        );
        assert_eq!(done.outcome.last().unwrap().url, server.url(end));
    }
    let server = Server::new(|request: &str| {
        if request.starts_with("GET / ") {
            say(b"HTTP/1.1 302 Found\r\nLocation: /\xff\xfe\r\nContent-Length: 0\r\n\r\n")
        } else {
            ok("")
        }
    })
    .await;
    assert_eq!(send(get(server.url("/"))).await.status(), 200);
    assert!(server.requests()[1].starts_with("GET /%FF%FE "));
}

#[tokio::test]
async fn what_is_no_way_is_refused_with_the_chain_kept() {
    for location in
        ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://x/", "http://"]
    {
        let done = send(get(to(302, location).await.url("/"))).await;
        assert_eq!(
            (done.code(), done.outcome.state),
            ("redirect-refused", State::Failed),
            "{location}"
        );
        assert_eq!(done.status(), 302);
    }
    let done = send(get(to(302, "/").await.url("/"))).await;
    assert_eq!((done.code(), done.outcome.hops.len()), ("redirect-loop", 2));
    let counter = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::new(move |_| {
        redirect(302, &format!("/{}", counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst)))
    })
    .await;
    let mut outgoing = get(server.url("/"));
    outgoing.settings.max_redirects = 5;
    let done = send(outgoing).await;
    assert_eq!((done.code(), done.outcome.hops.len()), ("too-many-redirects", 6));
    let mut outgoing = get(to(302, "/x").await.url("/"));
    outgoing.settings.follow_redirects = false;
    let done = send(outgoing).await;
    assert_eq!(
        (done.status(), done.outcome.hops.len(), done.outcome.state),
        (302, 1, State::Complete)
    );
}

fn with_secrets(url: String) -> Outgoing {
    let mut outgoing = get(url)
        .header("Authorization", "Bearer canary")
        .header("cookie", "session=canary")
        .header("X-API-Key", "canary")
        .header("X-Custom-Secret", "canary")
        .header("X-Auth-Token", "canary")
        .header("Proxy-Authorization", "canary")
        .header("Accept", "*/*");
    outgoing.credentials = Credentials {
        headers: vec!["x-custom-secret".into()],
        query: vec!["key".into()],
        cookies: vec!["session".into()],
    };
    outgoing
}

#[tokio::test]
async fn credentials_stay_at_their_origin() {
    let authority = Authority::new();
    let secure = tls::serve(authority.server("127.0.0.1", |_| {}), |_| ok("")).await;
    let other_port = serving(ok("")).await;
    let other_host = format!("http://localhost:{}/x?key=canary&a=b", other_port.address.port());
    let other_scheme = format!("https://{}/x?key=canary&a=b", secure.address);
    for (location, server) in [
        (other_port.url("/x?key=canary&a=b"), &other_port),
        (other_host, &other_port),
        (other_scheme, &secure),
    ] {
        let mut outgoing = with_secrets(to(302, &location).await.url("/?key=canary"));
        outgoing.settings.extra_ca_files = vec![authority.file()];
        let done = send(outgoing).await;
        assert_eq!(done.status(), 200, "{location}: {}", done.message());
        let got = server.requests().last().unwrap().clone();
        assert!(!got.contains("canary"), "{location}: {got}");
        assert!(got.starts_with("GET /x?a=b ") && got.contains("Accept: */*"), "{got}");
        let mut names: Vec<_> =
            done.outcome.hops[1].dropped.iter().map(|dropped| dropped.name.as_str()).collect();
        names.sort_unstable();
        let expected = [
            "Authorization",
            "Proxy-Authorization",
            "X-API-Key",
            "X-Auth-Token",
            "X-Custom-Secret",
            "cookie",
            "key",
        ];
        assert_eq!(names, expected);
    }
}

#[tokio::test]
async fn credentials_go_along_within_the_origin_and_where_allowed() {
    let server = to(302, "/next?key=canary").await;
    send(with_secrets(server.url("/"))).await;
    assert_eq!(server.requests()[1].matches("canary").count(), 7);
    let other = serving(ok("")).await;
    let mut outgoing = with_secrets(to(302, &other.url("/x")).await.url("/"));
    outgoing.settings.forward_authorization = true;
    send(outgoing).await;
    assert_eq!(other.requests()[0].matches("canary").count(), 6);
}

#[tokio::test]
async fn a_body_asks_before_it_leaves_the_origin() {
    let other = serving(ok("")).await;
    let first = to(307, &other.url("/x")).await;
    let outgoing = request("POST", first.url("/")).body(Body::Bytes("secret".into()));
    let done = send(outgoing.clone()).await;
    assert_eq!(
        (done.code(), done.outcome.state, done.status()),
        ("cross-origin-body", State::Failed, 307)
    );
    assert!(other.requests().is_empty());
    let mut allowed = outgoing;
    allowed.settings.allow_cross_origin_body = true;
    assert_eq!(send(allowed).await.status(), 200);
    assert!(other.requests()[0].ends_with("secret"));
}

#[tokio::test]
async fn userinfo_becomes_basic_and_a_redirects_userinfo_nothing() {
    let server = to(302, "/next").await;
    let url = server.url("/").replace("http://", "http://me:p%40ss@");
    let done = send(get(url)).await;
    assert!(server.requests()[0].contains("Authorization: Basic bWU6cEBzcw==\r\n"));
    assert!(!done.outcome.hops[0].url.contains("ss@"));
    let other = serving(ok("")).await;
    let sly = other.url("/").replace("http://", "http://evil:pw@");
    send(get(to(302, &sly).await.url("/"))).await;
    assert!(!other.requests()[0].contains("Authorization"));
}

#[tokio::test]
async fn a_cookie_set_on_the_way_is_no_loop_and_reaches_the_next_hop() {
    let server = Server::new(|request: &str| {
        if request.contains("seen=1") {
            ok("welcome")
        } else {
            say("HTTP/1.1 302 F\r\nLocation: /\r\nSet-Cookie: seen=1\r\nSet-Cookie: x=1; Domain=com\r\nContent-Length: 0\r\n\r\n")
        }
    })
    .await;
    let jar = errand_engine::SharedJar::default();
    let done = send_with(&Engine::new(), get(server.url("/")), Some(jar.clone())).await;
    assert_eq!(done.body(), "welcome");
    let hops = &done.outcome.hops;
    assert_eq!(hops[0].cookies_stored, ["seen"]);
    assert_eq!(hops[0].cookies_rejected[0].name, "x");
    assert_eq!(hops[1].cookies_sent, ["seen"]);
    assert_eq!(jar.lock().unwrap().cookies().len(), 1);
    let typed =
        send_with(&Engine::new(), get(server.url("/")).header("Cookie", "typed=2"), Some(jar))
            .await;
    assert_eq!(typed.status(), 200);
    assert!(server.requests().last().unwrap().contains("Cookie: typed=2; seen=1\r\n"));
}
