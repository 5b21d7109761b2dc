//! What is on the wire, and that it is shown as it was.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::fmt::Write;

use errand_engine::{Body, Event, Header, Multipart, Part, PartContent, Phase, Protocol, State};
use support::{get, ok, request, say, send, serving};

#[tokio::test]
async fn headers_keep_their_case_order_and_bytes() {
    let server = serving(ok("")).await;
    let outgoing = get(server.url("/a?b=c#d"))
        .header("x-lower", "1")
        .header("X-UPPER", "2")
        .header("X-mIxEd", "3")
        .header("x-lower", "4")
        .header("x-latin", &b"caf\xe9"[..])
        .header("X-Utf8", "é");
    let done = send(outgoing).await;
    let expected = format!(
        "GET /a?b=c HTTP/1.1\r\nHost: {}\r\nx-lower: 1\r\nX-UPPER: 2\r\nX-mIxEd: 3\r\nx-lower: 4\r\nx-latin: caf\u{e9}\r\nX-Utf8: \u{c3}\u{a9}\r\n\r\n",
        server.address
    );
    assert_eq!(server.requests(), [expected]);
    let hop = done.outcome.last().unwrap();
    let shown: String = hop.request.raw_head.iter().map(|&byte| char::from(byte)).collect();
    assert_eq!([shown], *server.requests());
    assert!(!hop.request.reconstructed);
    assert_eq!(hop.url, server.url("/a?b=c#d"));
}

#[tokio::test]
async fn a_typed_host_and_length_are_sent_as_typed() {
    let server = serving(ok("")).await;
    let outgoing = request("M-Search", server.url("/"))
        .header("content-length", "3")
        .header("HOST", "elsewhere.example")
        .body(Body::Bytes("abc".into()));
    send(outgoing).await;
    assert_eq!(
        server.requests(),
        ["M-Search / HTTP/1.1\r\ncontent-length: 3\r\nHOST: elsewhere.example\r\n\r\nabc"]
    );
}

#[tokio::test]
async fn a_response_is_shown_as_it_came() {
    let raw =
        b"HTTP/1.1 203 Not Quite\r\nX-B: 1\r\nx-a:\t2 \r\nX-B: \xff\r\nContent-Length: 2\r\n\r\n";
    let server = serving(say([&raw[..], b"hi"].concat())).await;
    let done = send(get(server.url("/"))).await;
    let head = done.outcome.response().unwrap();
    assert_eq!((head.status, head.reason.as_str()), (203, "Not Quite"));
    assert_eq!(&head.raw[..], raw);
    let lines: Vec<_> =
        head.headers.iter().map(|header| (&header.name[..], &header.value[..])).collect();
    assert_eq!(
        lines,
        [(&b"X-B"[..], &b"1"[..]), (b"x-a", b"2"), (b"X-B", b"\xff"), (b"Content-Length", b"2")]
    );
    assert_eq!(done.body(), "hi");
    assert_eq!(done.outcome.state, State::Complete);
}

#[tokio::test]
async fn phases_head_and_growth_come_in_order() {
    let server = serving(ok("hello")).await;
    let done = send(get(server.url("/"))).await;
    let names: Vec<String> = done
        .events
        .iter()
        .map(|event| match event {
            Event::Phase(phase) => format!("{phase:?}"),
            Event::Head(hop) => format!("Head {}", hop.response.as_ref().unwrap().status),
            Event::Growth(growth) => format!("Growth {}", growth.raw),
            Event::Redirect(_) => "Redirect".into(),
            Event::Finished(outcome) => format!("{:?}", outcome.state),
        })
        .collect();
    let expected = [
        "Resolving",
        "Connecting",
        "Sending",
        "Waiting",
        "Downloading",
        "Head 200",
        "Growth 5",
        "Complete",
    ];
    assert_eq!(names, expected);
    let hop = done.outcome.last().unwrap();
    assert_eq!(hop.protocol, Some(Protocol::Http1));
    assert_eq!(hop.remote, Some(server.address));
    let times = hop.timings;
    assert!(times.lookup_us.is_some() && times.connect_us.is_some() && times.send_us.is_some());
    assert!(times.wait_us.is_some() && times.download_us.is_some() && times.tls_us.is_none());
    assert!(done.outcome.duration_us >= times.total_us);
    assert!(matches!(done.events[0], Event::Phase(Phase::Resolving)));
}

#[tokio::test]
async fn interim_responses_and_trailers_are_kept() {
    let server = serving(say(
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n\
         HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 9\r\n\r\n",
    ))
    .await;
    let done = send(get(server.url("/")).header("TE", "trailers")).await;
    let hop = done.outcome.last().unwrap();
    let interim: Vec<_> =
        hop.interim.iter().map(|head| (head.status, head.reason.clone())).collect();
    assert_eq!(interim, [(103, "Early Hints".to_owned()), (102, "Processing".to_owned())]);
    assert_eq!(hop.interim[0].header("link").as_deref(), Some("</a>"));
    assert_eq!(done.status(), 200);
    assert_eq!(done.body(), "abc");
    assert_eq!(hop.trailers, [Header::new("x-sum", "9")]);
}

#[tokio::test]
async fn many_headers_and_a_long_one_pass() {
    for count in [101, 1000, 4000] {
        let mut text = String::from("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
        for number in 1..count {
            let _ = write!(text, "X-{number}: {number}\r\n");
        }
        text.push_str("\r\n");
        let server = serving(say(text)).await;
        let done = send(get(server.url("/"))).await;
        assert_eq!(done.outcome.response().unwrap().headers.len(), count, "{}", done.message());
    }
    let long = "x".repeat(300 * 1024);
    let server =
        serving(say(format!("HTTP/1.1 200 OK\r\nX-Long: {long}\r\nContent-Length: 0\r\n\r\n")))
            .await;
    let done = send(get(server.url("/")).header("X-Mine", long.clone())).await;
    assert_eq!(done.outcome.response().unwrap().header("x-long").as_deref(), Some(long.as_str()));
    assert!(server.requests()[0].contains(&long));
}

#[tokio::test]
async fn a_multipart_form_is_written_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pic\"ture.bin");
    std::fs::write(&path, [0, 255, 13, 10]).unwrap();
    let server = serving(ok("")).await;
    let mut form = Multipart::new(vec![
        Part { name: "a b".into(), content_type: None, content: PartContent::Text("één".into()) },
        Part {
            name: "json".into(),
            content_type: Some("application/json".into()),
            content: PartContent::Text("{}".into()),
        },
        Part {
            name: "file".into(),
            content_type: None,
            content: PartContent::File { path, filename: None },
        },
    ]);
    form.boundary = "XX".into();
    send(request("POST", server.url("/")).body(Body::Multipart(form))).await;
    let expected: Vec<u8> = [
        &b"--XX\r\nContent-Disposition: form-data; name=\"a b\"\r\n\r\n\xc3\xa9\xc3\xa9n\r\n"[..],
        b"--XX\r\nContent-Disposition: form-data; name=\"json\"\r\nContent-Type: application/json\r\n\r\n{}\r\n",
        b"--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"pic%22ture.bin\"\r\n",
        b"Content-Type: application/octet-stream\r\n\r\n\x00\xff\r\n\r\n--XX--\r\n",
    ]
    .concat();
    let got: Vec<u8> =
        server.requests()[0].chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let end = got.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
    assert_eq!(got[end..].escape_ascii().to_string(), expected.escape_ascii().to_string());
    let head = String::from_utf8_lossy(&got[..end]).into_owned();
    assert!(head.contains("Content-Type: multipart/form-data; boundary=XX\r\n"), "{head}");
    assert!(head.contains(&format!("Content-Length: {}\r\n", expected.len())), "{head}");
}

#[tokio::test]
async fn a_file_is_streamed_and_a_missing_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("big");
    let content = "0123456789".repeat(50_000);
    std::fs::write(&path, &content).unwrap();
    let server = serving(ok("")).await;
    let done = send(request("PUT", server.url("/")).body(Body::File(path.clone()))).await;
    assert!(server.requests()[0].ends_with(&content));
    assert_eq!(done.outcome.last().unwrap().request.body_bytes, 500_000);
    std::fs::remove_file(&path).unwrap();
    let done = send(request("PUT", server.url("/")).body(Body::File(path))).await;
    assert_eq!(done.code(), "body-file");
}

#[tokio::test]
async fn a_chunked_body_is_chunked_by_us() {
    let server = serving(ok("")).await;
    let outgoing = request("POST", server.url("/"))
        .header("transfer-encoding", "chunked")
        .body(Body::Bytes("hey".into()));
    send(outgoing).await;
    assert!(
        server.requests()[0].ends_with("transfer-encoding: chunked\r\n\r\n3\r\nhey\r\n0\r\n\r\n")
    );
}

#[tokio::test]
async fn secrets_are_not_in_debug_output() {
    let server =
        serving(say("HTTP/1.1 200 OK\r\nX-Out: canary\r\nContent-Length: 6\r\n\r\ncanary")).await;
    let outgoing = get(server.url("/?key=canary"))
        .header("Authorization", "canary")
        .body(Body::Bytes("canary".into()));
    let before = format!("{outgoing:?}");
    let done = send(outgoing).await;
    let after = format!("{:?} {:?}", done.outcome, done.events);
    assert!(!before.contains("canary") && !after.contains("canary"), "{before} {after}");
}
