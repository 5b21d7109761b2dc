//! Answers that are hostile or unlucky, as a window gets them: a message that says what is wrong and
//! what to do, and whatever part arrived.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

use std::fmt::Write as _;
use std::net::TcpListener;

use common::{Place, Server, headers, ok, redirect, request, text, without_a_keychain};
use errand_playground::Playground;
use serde_json::{Value, json};

fn says_what_and_what_to_do(exchange: &Value, code: &str) {
    let error = &exchange["error"];
    assert_eq!(error["code"], code, "{error:#}");
    assert!(text(&error["message"]).len() > 10, "{error:#}");
    assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{error:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_get_no_answer_has_its_message_and_hint() {
    let place = Place::new().await;
    let closed =
        TcpListener::bind("127.0.0.1:0").and_then(|held| held.local_addr()).expect("a port");
    let reset = Server::saying("");
    let garbage = Server::saying("SSH-2.0-OpenSSH_9\r\n");
    let circle = Server::saying(redirect(302, "/"));
    let file = Server::saying(redirect(302, "file:///etc/passwd"));
    for (url, code) in [
        ("http://".to_owned(), "invalid-url"),
        ("ftp://example.com/".to_owned(), "invalid-url"),
        ("http://errand-no-such-host.invalid/".to_owned(), "unknown-host"),
        (format!("http://{closed}/"), "refused"),
        (reset.url("/"), "reset"),
        (garbage.url("/"), "malformed-response"),
        (circle.url("/"), "redirect-loop"),
        (file.url("/"), "redirect-refused"),
    ] {
        let exchange = place.get(&url).await;
        assert_eq!(exchange["state"], "failed", "{url}: {exchange:#}");
        says_what_and_what_to_do(&exchange, code);
        let found = place.call("historyDetail", json!({ "id": exchange["historyId"] })).await;
        assert_eq!(found["exchange"]["error"], exchange["error"], "{url}");
    }
    let exchange = place.get(&circle.url("/")).await;
    assert_eq!(exchange["hops"].as_array().map(Vec::len), Some(2), "the chain is kept");
    assert_eq!(exchange["hops"][0]["status"], 302);
    let exchange = place.get(&garbage.url("/")).await;
    assert_eq!(place.body(&exchange).await.trim_end(), "SSH-2.0-OpenSSH_9");
    let found = place.call("historyDetail", json!({ "id": exchange["historyId"] })).await;
    assert_eq!(place.body(&found["exchange"]).await.trim_end(), "SSH-2.0-OpenSSH_9");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_is_refused_with_a_hint() {
    let place = Place::new().await;
    for (change, code) in [
        (json!({ "url": " " }), "no-url"),
        (json!({ "headers": [{ "name": "a b", "value": "c" }] }), "invalid-header"),
        (json!({ "headers": [{ "name": "a", "value": "b\r\nEvil: yes" }] }), "invalid-header"),
        (json!({ "headers": [{ "name": "a", "value": "b\u{0}" }] }), "invalid-header"),
    ] {
        let mut bad = request("GET", "http://127.0.0.1:1/");
        for (key, value) in change.as_object().expect("fields") {
            bad[key] = value.clone();
        }
        let error =
            place.fails("send", json!({ "exchange": "1", "path": null, "request": bad })).await;
        assert_eq!(error.code, code, "{error:?}");
        assert!(error.hint.is_some_and(|hint| !hint.is_empty()), "{}", error.message);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_cut_short_is_kept_marked_and_found_again() {
    let place = Place::new().await;
    let playground = Playground::start(None).await.expect("a playground");
    for (kind, code, part) in [
        ("truncated", "incomplete-body", "only a part of this."),
        ("bad-chunk", "incomplete-body", "first"),
        ("reset", "incomplete-body", "part"),
        ("bad-gzip", "decode", "{\"checksum\": \"wrong\"}"),
    ] {
        let exchange = place.get(&format!("{}/hostile/{kind}", playground.url())).await;
        assert_eq!(
            (&exchange["state"], &exchange["status"]),
            (&json!("truncated"), &json!(200)),
            "{kind}"
        );
        says_what_and_what_to_do(&exchange, code);
        assert_eq!(place.body(&exchange).await.trim_end(), part, "{kind}");
        let found = place.call("historyDetail", json!({ "id": exchange["historyId"] })).await;
        assert_eq!(found["entry"]["state"], "truncated");
        assert_eq!(place.body(&found["exchange"]).await.trim_end(), part, "{kind}, from history");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_are_shown_whole_up_to_the_limit() {
    let place = Place::new().await;
    let playground = Playground::start(None).await.expect("a playground");
    for count in [101, 1_000] {
        let exchange =
            place.get(&format!("{}/hostile/many-headers?count={count}", playground.url())).await;
        assert_eq!(exchange["state"], "complete", "{count}");
        let many =
            headers(&exchange).iter().filter(|(name, _)| name.starts_with("x-many-")).count();
        assert_eq!(many, count);
        let found = place.call("historyDetail", json!({ "id": exchange["historyId"] })).await;
        assert_eq!(headers(&found["exchange"]), headers(&exchange), "{count}, from history");
    }
    let exchange = place.get(&format!("{}/hostile/long-header", playground.url())).await;
    assert_eq!(headers(&exchange)[0].1.len(), 300_000);
    let mut many = "HTTP/1.1 200 OK\r\n".to_owned();
    for number in 0..1_000_000 {
        let _ = write!(many, "X-{number}: 1\r\n");
    }
    let exchange = place.get(&Server::saying(many + "\r\n").url("/")).await;
    assert_eq!(exchange["state"], "failed");
    says_what_and_what_to_do(&exchange, "header-too-large");
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_heads_are_shown_as_they_came_or_named() {
    let place = Place::new().await;
    let latin = Server::saying(b"HTTP/1.1 200 caf\xe9\r\nX-Name: Andr\xe9 \xfc\r\nX-Utf8: \xc3\xa9\r\nContent-Length: 2\r\n\r\nhi");
    let exchange = place.get(&latin.url("/")).await;
    assert_eq!(exchange["state"], "complete", "{exchange:#}");
    let shown = headers(&exchange);
    assert_eq!((shown[0].1.as_str(), shown[1].1.as_str()), ("Andr\u{e9} \u{fc}", "\u{e9}"));
    assert_eq!(exchange["reason"], "caf\u{e9}");
    let found = place.call("historyDetail", json!({ "id": exchange["historyId"] })).await;
    assert_eq!(headers(&found["exchange"]), shown);

    for (answer, state, status) in [
        ("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", "failed", Value::Null),
        ("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", "complete", json!(200)),
        ("HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\nhi", "complete", json!(999)),
        ("<html>an HTTP/0.9 server</html>", "failed", Value::Null),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
            "complete",
            json!(200),
        ),
    ] {
        let exchange = place.get(&Server::saying(answer).url("/")).await;
        assert_eq!(
            (&exchange["state"], &exchange["status"]),
            (&json!(state), &status),
            "{answer:?}"
        );
        if state == "complete" {
            assert_eq!(place.body(&exchange).await, "hi", "{answer:?}");
        } else {
            says_what_and_what_to_do(&exchange, "malformed-response");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_phase_that_runs_out_of_time_is_named() {
    let place = Place::new().await;
    let playground = Playground::start(None).await.expect("a playground");
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let tls = format!("https://{}/", silent.local_addr().expect("an address"));
    let mut settings = place.call("boot", json!({})).await["settings"].clone();
    for (limit, url, code) in [
        ("connectTimeoutMs", tls, "timeout-tls"),
        (
            "firstByteTimeoutMs",
            format!("{}/hostile/slow-headers", playground.url()),
            "timeout-first-byte",
        ),
        (
            "idleTimeoutMs",
            format!("{}/drip?duration=20&numbytes=4", playground.url()),
            "timeout-idle",
        ),
        ("timeoutMs", format!("{}/drip?duration=20&numbytes=4", playground.url()), "timeout-total"),
    ] {
        let before = settings["sending"][limit].clone();
        settings["sending"][limit] = json!(100);
        place.call("saveSettings", json!({ "settings": settings })).await;
        let exchange = place.get(&url).await;
        says_what_and_what_to_do(&exchange, code);
        settings["sending"][limit] = before;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_leaves_the_origin_only_when_allowed() {
    let place = Place::new().await;
    for status in [307, 308] {
        let other = Server::saying(ok("thanks"));
        let first = Server::saying(redirect(status, &other.url("/x")));
        let mut post = request("POST", &first.url("/"));
        post["body"] = json!({ "type": "raw", "language": "text", "text": "confidential" });
        let exchange = place.send(post.clone()).await;
        assert_eq!((&exchange["state"], &exchange["status"]), (&json!("failed"), &json!(status)));
        says_what_and_what_to_do(&exchange, "cross-origin-body");
        assert!(text(&exchange["error"]["message"]).contains(&other.url("")), "{exchange:#}");
        assert!(other.requests().is_empty());

        let args =
            json!({ "exchange": "2", "path": null, "request": post, "allowCrossOriginBody": true });
        let exchange = place.call("send", args).await;
        assert_eq!((&exchange["state"], &exchange["status"]), (&json!("complete"), &json!(200)));
        assert!(other.requests()[0].ends_with("confidential"));
        // It was for this once.
        let exchange = place.send(post).await;
        assert_eq!(exchange["error"]["code"], "cross-origin-body");
        assert_eq!(other.requests().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_content_that_try_to_be_code_stay_data() {
    let place = Place::new().await;
    let evil = "<img src=x onerror=alert(1)>{{range.constructor('return 1')()}}\u{202e}";
    let mut one = request("GET", "http://127.0.0.1:1/{{constructor}}/{{__proto__}}");
    one["name"] = json!(evil);
    one["docs"] = json!("[x](javascript:alert(1)) <script>alert(1)</script>");
    one["headers"] =
        json!([{ "name": "X-Evil", "value": evil }, { "name": "__proto__", "value": "polluted" }]);
    one["variables"] = json!([{ "name": "constructor", "value": "plain" }, { "name": "__proto__", "value": "data" }]);
    let (path, _) = place.create(&one).await;
    let root = place.root();
    assert!(
        root.join(&path)
            .canonicalize()
            .expect("the file")
            .starts_with(root.canonicalize().expect("root"))
    );
    let doc = place.call("readRequest", json!({ "path": path })).await;
    for field in ["name", "docs"] {
        assert_eq!(doc["request"][field], one[field]);
    }
    assert_eq!(doc["request"]["headers"][1]["name"], "__proto__");

    let server = Server::saying(ok("<script>alert(1)</script>"));
    let mut sent = doc["request"].clone();
    sent["url"] = json!(server.url("/{{constructor}}/{{__proto__}}"));
    sent["headers"] = json!([{ "name": "X-Evil", "value": "{{range.constructor('return 1')()}}" }]);
    let exchange = place.send(sent).await;
    let got = &server.requests()[0];
    assert!(got.starts_with("GET /plain/data HTTP/1.1\r\n"), "{got}");
    assert!(got.contains("X-Evil: {{range.constructor('return 1')()}}\r\n"), "{got}");
    assert_eq!(place.body(&exchange).await, "<script>alert(1)</script>");
}

#[test]
fn cookies_reach_only_whom_they_belong_to() {
    if !without_a_keychain("cookies_reach_only_whom_they_belong_to") {
        return;
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(cookies());
}

async fn cookies() {
    let place = Place::new().await;
    let setter = Server::saying(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nSet-Cookie: own=1\r\nSet-Cookie: wide=1; Domain=com\r\n\
         Set-Cookie: other=1; Domain=example.com\r\nSet-Cookie: tls=1; Secure; SameSite=None\r\n\
         Set-Cookie: __Host-x=1\r\nContent-Length: 0\r\n\r\n",
    );
    let exchange = place.get(&setter.url("/")).await;
    let cookies = exchange["hops"][0]["cookies"].as_array().expect("cookies").clone();
    let refused: Vec<_> = cookies
        .iter()
        .filter(|one| one["rejected"].is_string())
        .map(|one| text(&one["name"]))
        .collect();
    for name in ["wide", "other", "__Host-x"] {
        assert!(refused.contains(&name.to_owned()), "{name} was taken: {cookies:?}");
    }
    let echo = Server::saying(ok(""));
    // Another name of the same machine is another host.
    place.get(&echo.url("/").replace("127.0.0.1", "localhost")).await;
    assert!(!echo.requests()[0].to_lowercase().contains("cookie:"), "{}", echo.requests()[0]);
}
