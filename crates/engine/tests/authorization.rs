//! Credentials that are made for each request: where they are put, and how challenges are met.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use errand_engine::{
    Again, AuthFailure, Authorized, Body, Engine, Event, Framing, Header, Multipart, Part,
    PartContent, Proxy, SharedJar, State,
};
use support::proof::Proof;
use support::tls::{self, Authority};
use support::{Server, get, ok, redirect, request, say, send_as, serving};

fn full() -> Authorized {
    Authorized {
        headers: vec![Header::new("Authorization", "Signed"), Header::new("X-Date", "now")],
        query: vec![("sig".into(), "a b&c".into())],
        cookies: vec![("token".into(), "cookie".into())],
        ..Authorized::default()
    }
}

fn challenge() -> support::Reply {
    say("HTTP/1.1 401 No\r\nWWW-Authenticate: X\r\nContent-Length: 4\r\n\r\nwho?")
}

#[tokio::test]
async fn every_hop_within_the_origin_is_authorized_as_it_is_sent() {
    let server = Server::new(|request: &str| {
        if request.starts_with("POST /first") {
            // Our own parameters, echoed.
            redirect(307, "/next?sig=a+b%26c&kept=1")
        } else {
            ok("in")
        }
    })
    .await;
    let jar = SharedJar::default();
    jar.lock().unwrap().store(&server.url("/").parse().unwrap(), "jar=1; Path=/").unwrap();
    let outgoing = request("POST", server.url("/first?x=1#part"))
        .header("authorization", "typed")
        .body(Body::Bytes("data".into()));
    let proof = Proof::new(|_| Ok(full()));
    let asked = proof.asked.clone();
    let done = send_as(&Engine::new(), outgoing, Some(jar), proof.boxed()).await;
    assert_eq!((done.status(), done.body().as_str()), (200, "in"), "{}", done.message());
    let requests = server.requests();
    for (request, line) in requests.iter().zip([
        "POST /first?x=1&sig=a%20b%26c HTTP/1.1\r\n",
        "POST /next?kept=1&sig=a%20b%26c HTTP/1.1\r\n",
    ]) {
        assert!(request.starts_with(line), "{request}");
        assert!(request.contains("\r\nAuthorization: Signed\r\n"), "{request}");
        assert!(!request.contains("typed") && request.ends_with("\r\n\r\ndata"), "{request}");
        assert!(request.contains("\r\nCookie: jar=1; token=cookie\r\n"), "{request}");
    }
    let hops = &done.outcome.hops;
    assert_eq!(hops[0].url, server.url("/first?x=1&sig=a%20b%26c#part"));
    assert_eq!(hops[1].url, server.url("/next?kept=1&sig=a%20b%26c#part"));
    let raw = String::from_utf8(hops[1].request.raw_head.to_vec()).unwrap();
    assert!(requests[1].starts_with(&raw));
    assert!(hops[1].dropped.is_empty());
    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 2);
    let host = format!("\nHost: {}\n", server.address);
    for words in [&host[..], "\nContent-Length: 4\n", "\nCookie: jar=1\n", "POST http://"] {
        assert!(asked[0].contains(words) && asked[1].contains(words), "{}", asked[0]);
    }
}

/// `length;bytes|` for each piece, `end` at the end.
struct Fences;

impl Framing for Fences {
    fn piece(&self) -> usize {
        3
    }

    fn framed_length(&self, length: u64) -> u64 {
        length + length.div_ceil(3) * 3 + 3
    }

    fn frame(&mut self, piece: &[u8]) -> Vec<u8> {
        [format!("{};", piece.len()).as_bytes(), piece, b"|"].concat()
    }

    fn end(&mut self) -> Vec<u8> {
        b"end".to_vec()
    }
}

#[tokio::test]
async fn a_body_is_replaced_or_framed_and_its_length_told() {
    let server = serving(ok("")).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("body");
    std::fs::write(&path, "abcdefgh").unwrap();
    let form = Multipart {
        boundary: "b".into(),
        parts: vec![Part {
            name: "f".into(),
            content_type: None,
            content: PartContent::File { path: path.clone(), filename: None },
        }],
    };
    let mut read = Vec::new();
    Body::Multipart(form.clone()).read_all(&mut |bytes| read.extend_from_slice(bytes)).unwrap();
    assert_eq!(Body::Multipart(form.clone()).length(), Some(read.len() as u64));
    let fenced = |bytes: &[u8]| -> String {
        let pieces = bytes
            .chunks(3)
            .map(|piece| format!("{};{}|", piece.len(), String::from_utf8_lossy(piece)));
        pieces.collect::<String>() + "end"
    };
    for (body, expected) in [
        (Body::File(path.clone()), fenced(b"abcdefgh")),
        (Body::Bytes("abcdef".into()), fenced(b"abcdef")),
        (Body::None, "end".into()),
        (Body::Multipart(form), fenced(&read)),
    ] {
        let framed = Proof::new(|_| {
            Ok(Authorized { framing: Some(Box::new(Fences)), ..Authorized::default() })
        });
        let outgoing = request("PUT", server.url("/")).body(body);
        let done = send_as(&Engine::new(), outgoing, None, framed.boxed()).await;
        assert_eq!(done.status(), 200, "{}", done.message());
        let got = server.requests().pop().unwrap();
        assert!(got.ends_with(&format!("\r\n\r\n{expected}")), "{got}");
        assert!(got.contains(&format!("\r\nContent-Length: {}\r\n", expected.len())), "{got}");
        assert_eq!(
            done.outcome.last().unwrap().request.body_bytes,
            u64::try_from(expected.len()).unwrap()
        );
    }
    for (method, body) in [("POST", Body::File(path)), ("POST", Body::None), ("GET", Body::None)] {
        let replaced = Proof::new(|_| {
            Ok(Authorized { body: Some(Body::Bytes("other".into())), ..Authorized::default() })
        });
        let outgoing = request(method, server.url("/")).body(body);
        let done = send_as(&Engine::new(), outgoing, None, replaced.boxed()).await;
        assert_eq!(done.status(), 200, "{}", done.message());
        let got = server.requests().pop().unwrap();
        assert!(
            got.contains("\r\nContent-Length: 5\r\n") && got.ends_with("\r\n\r\nother"),
            "{got}"
        );
    }
}

#[tokio::test]
async fn a_body_read_beforehand_is_the_body_that_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large");
    let large: Vec<u8> = (0..200_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    std::fs::write(&path, &large).unwrap();
    let mut read = Vec::new();
    let body = Body::File(path);
    for _ in 0..2 {
        read.clear();
        body.read_all(&mut |bytes| read.extend_from_slice(bytes)).unwrap();
        assert_eq!(read, large);
    }
    assert_eq!((body.length(), Body::None.length()), (Some(200_000), Some(0)));
    let gone = Body::File(folder.path().join("gone"));
    let error = gone.read_all(&mut |_| {}).unwrap_err();
    assert_eq!((error.kind(), gone.length()), (std::io::ErrorKind::NotFound, None));
    assert!(error.to_string().contains("gone"), "{error}");
}

#[tokio::test]
async fn a_challenge_that_is_met_is_a_hop_of_its_own() {
    let server = Server::new(|request: &str| {
        if request.contains("Authorization: right") { ok("welcome") } else { challenge() }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("body");
    std::fs::write(&path, "from a file").unwrap();
    let mut asked = false;
    let known = Arc::new(AtomicUsize::new(0));
    let learn = known.clone();
    let proof = Proof::new(move |_| {
        let mut authorized = Authorized::default();
        if known.load(Ordering::SeqCst) > 0 {
            authorized.headers.push(Header::new("Authorization", "right"));
        }
        Ok(authorized)
    })
    .meeting(move |head| {
        if head.status != 401 || std::mem::replace(&mut asked, true) {
            return Ok(Again::No);
        }
        learn.fetch_add(1, Ordering::SeqCst);
        Ok(Again::Yes)
    });
    let outgoing = request("POST", server.url("/")).body(Body::File(path));
    let done = send_as(&Engine::new(), outgoing, None, proof.boxed()).await;
    assert_eq!((done.status(), done.body().as_str()), (200, "welcome"), "{}", done.message());
    let hops = &done.outcome.hops;
    assert_eq!(hops.len(), 2);
    assert_eq!((hops[0].challenge.as_deref(), &hops[0].body[..]), (None, &b"who?"[..]));
    assert_eq!(hops[0].response.as_ref().unwrap().status, 401);
    assert_eq!(hops[1].challenge.as_deref(), Some("401, sent again with credentials"));
    assert!(hops[1].reused && done.outcome.notes.is_empty());
    assert!(!done.events.iter().any(|event| matches!(event, Event::Redirect(_))));
    assert_eq!(server.connections(), [0, 0]);
    assert!(server.requests().iter().all(|request| request.ends_with("\r\n\r\nfrom a file")));
}

#[tokio::test]
async fn after_five_rounds_the_answer_stands() {
    let server = serving(challenge()).await;
    let proof = Proof::header("Authorization", "wrong").meeting(|_| Ok(Again::Yes));
    let done = send_as(&Engine::new(), get(server.url("/")), None, proof.boxed()).await;
    let outcome = &done.outcome;
    assert_eq!((outcome.state, done.status(), outcome.hops.len()), (State::Complete, 401, 6));
    assert_eq!(done.body(), "who?");
    assert!(outcome.notes[0].contains("after 5 tries"), "{:?}", outcome.notes);
}

#[tokio::test]
async fn a_challenge_that_cannot_be_met_leaves_the_answer() {
    let server = serving(challenge()).await;
    let proof = Proof::header("Authorization", "wrong")
        .meeting(|_| Err(AuthFailure { message: "The scheme X is not known.".into() }));
    let done = send_as(&Engine::new(), get(server.url("/")), None, proof.boxed()).await;
    let outcome = &done.outcome;
    assert_eq!(
        (outcome.state, done.status(), done.body().as_str()),
        (State::Complete, 401, "who?")
    );
    assert_eq!((outcome.error.is_none(), outcome.hops.len()), (true, 1));
    assert_eq!(outcome.notes, ["The scheme X is not known."]);
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let server = serving(ok("")).await;
    let proof = Proof::new(|_| Err(AuthFailure { message: "The key is missing.".into() }));
    let done = send_as(&Engine::new(), get(server.url("/")), None, proof.boxed()).await;
    assert_eq!((done.code(), done.outcome.state), ("credentials", State::Failed));
    assert_eq!(done.message(), "The key is missing.");
    let sly = Proof::header("Authorization", "a\r\nX-Other: b");
    let done = send_as(&Engine::new(), get(server.url("/")), None, sly.boxed()).await;
    assert_eq!(done.code(), "invalid-header");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_repeat_on_a_new_connection_is_authorized_anew() {
    let count = AtomicUsize::new(0);
    let server = Server::new(move |_| {
        // The second request meets a connection that is closed just then.
        if count.fetch_add(1, Ordering::SeqCst) == 1 { support::close("") } else { ok("hi") }
    })
    .await;
    let engine = Engine::new();
    assert_eq!(send_as(&engine, get(server.url("/")), None, None).await.status(), 200);
    let proof = Proof::header("Authorization", "fresh");
    let asked = proof.asked.clone();
    let done = send_as(&engine, get(server.url("/")), None, proof.boxed()).await;
    assert_eq!(done.status(), 200, "{}", done.message());
    assert!(done.outcome.last().unwrap().retried.is_some());
    assert_eq!(asked.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_circle_is_seen_although_no_signature_is_twice_the_same() {
    let server = serving(redirect(302, "/")).await;
    let mut count = 0;
    let proof = Proof::new(move |_| {
        count += 1;
        let headers = vec![Header::new("Authorization", format!("nonce {count}"))];
        Ok(Authorized { headers, ..Authorized::default() })
    });
    let done = send_as(&Engine::new(), get(server.url("/")), None, proof.boxed()).await;
    assert_eq!((done.code(), done.outcome.hops.len()), ("redirect-loop", 2));
}

#[tokio::test]
async fn http2_and_a_proxy_that_is_told_the_whole_url_get_the_same() {
    let authority = Authority::new();
    let address = tls::serve_http2(authority.server("127.0.0.1", |_| {})).await;
    let mut outgoing = get(format!("https://{address}/a?b"));
    outgoing.settings.extra_ca_files = vec![authority.file()];
    let done = send_as(&Engine::new(), outgoing, None, Proof::new(|_| Ok(full())).boxed()).await;
    let expected = format!("GET https://{address}/a?b&sig=a%20b%26c HTTP/2.0");
    assert_eq!(done.body(), expected, "{}", done.message());
    let hop = done.outcome.last().unwrap();
    assert_eq!(hop.url, format!("https://{address}/a?b&sig=a%20b%26c"));
    let value = |name: &str| {
        let found = hop.request.headers.iter().find(|header| header.is(name));
        found.map(Header::value_text)
    };
    assert_eq!(value(":path").as_deref(), Some("/a?b&sig=a%20b%26c"));
    assert_eq!(value("authorization").as_deref(), Some("Signed"));
    assert_eq!(value("cookie").as_deref(), Some("token=cookie"));

    let proxy = serving(ok("")).await;
    let mut outgoing = get("http://errand-no-such-host.invalid/a");
    outgoing.settings.proxy =
        Proxy::Explicit { url: format!("http://{}", proxy.address), bypass: String::new() };
    let done = send_as(&Engine::new(), outgoing, None, Proof::new(|_| Ok(full())).boxed()).await;
    assert_eq!(done.status(), 200, "{}", done.message());
    let line = "GET http://errand-no-such-host.invalid/a?sig=a%20b%26c HTTP/1.1\r\n";
    assert!(proxy.requests()[0].starts_with(line), "{:?}", proxy.requests());
}
