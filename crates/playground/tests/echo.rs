//! What was sent is what is told back.

mod common;

use common::{get, get_with, parse, raw, send, start};
use serde_json::json;

#[tokio::test]
async fn tells_the_whole_request() {
    let playground = start().await;
    let seen = send(
        &playground,
        "PURGE",
        "/anything/a%20b?x=1&y=two%20words&x=3",
        &["X-One: 1", "x-one: 2", "Content-Type: application/json"],
        br#"{"a": [1.10]}"#,
    )
    .await;
    assert_eq!(seen.status, 200);
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.header("server"), Some("errand-playground"));
    assert!(seen.header("date").is_some());
    let told = seen.json();
    assert_eq!(told["method"], "PURGE");
    assert_eq!(told["url"], "http://localhost/anything/a%20b?x=1&y=two%20words&x=3");
    assert_eq!(told["args"], json!({"x": ["1", "3"], "y": "two words"}));
    assert_eq!(told["json"]["a"][0].to_string(), "1.10");
    assert_eq!(told["data"], r#"{"a": [1.10]}"#);
    assert_eq!(told["size"], 13);
    assert_eq!(told["origin"], "127.0.0.1");
    assert_eq!(told["httpVersion"], "HTTP/1.1");
    assert_eq!(
        told["headerList"],
        json!([
            ["Host", "localhost"],
            ["Connection", "close"],
            ["X-One", "1"],
            ["x-one", "2"],
            ["Content-Type", "application/json"],
            ["Content-Length", "13"],
        ])
    );
}

/// The names are found even when a large body was read on the connection before, and a body that
/// looks like a request does not pass for one.
#[tokio::test]
async fn header_names_keep_their_case_on_a_reused_connection() {
    let playground = start().await;
    let decoy = "GET /headers HTTP/1.1\r\nHost: localhost\r\nFAKE: 1\r\n\r\n";
    let body = format!("{}{decoy}", "x".repeat(300_000));
    let both = format!(
        "POST /post HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{body}\
         GET /headers HTTP/1.1\r\nhOST: localhost\r\nX-cAsE: kept\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let all = raw(&playground, both.as_bytes()).await;
    let text = String::from_utf8_lossy(&all);
    let second = text.rfind("HTTP/1.1 200").expect("a second answer");
    let told = parse(&all[second..]).json();
    assert!(told["headers"].get("FAKE").is_none());
    assert_eq!(told["headers"]["X-cAsE"], "kept");
    assert_eq!(told["headers"]["hOST"], "localhost");
}

#[tokio::test]
async fn forms_and_files() {
    let playground = start().await;
    let form = send(
        &playground,
        "POST",
        "/post",
        &["Content-Type: application/x-www-form-urlencoded"],
        b"a=1&b=%C3%A9&a=2",
    )
    .await;
    assert_eq!(form.json()["form"], json!({"a": ["1", "2"], "b": "é"}));

    let body = b"--X\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n\
        --X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.bin\"\r\n\
        Content-Type: image/png\r\n\r\n\xff\xfe\r\n--X--\r\n";
    let multipart = send(
        &playground,
        "POST",
        "/anything",
        &["Content-Type: multipart/form-data; boundary=X"],
        body,
    )
    .await
    .json();
    assert_eq!(multipart["form"], json!({"note": "hello"}));
    assert_eq!(
        multipart["files"],
        json!([{"name": "f", "filename": "a.bin", "contentType": "image/png", "size": 2, "base64": "//4="}])
    );
    let broken =
        send(&playground, "POST", "/anything", &["Content-Type: multipart/form-data"], b"--X")
            .await
            .json();
    assert!(broken["formError"].is_string());
}

#[tokio::test]
async fn large_bodies_are_counted_and_cut() {
    let playground = start().await;
    let told = send(&playground, "PUT", "/put", &[], &vec![b'a'; 9 << 20]).await.json();
    assert_eq!(told["size"], 9 << 20);
    assert_eq!(told["truncated"], true);
    assert_eq!(told["data"].as_str().map(str::len), Some(8 << 20));
}

#[tokio::test]
async fn methods_are_minded() {
    let playground = start().await;
    let wrong = send(&playground, "DELETE", "/post", &[], b"").await;
    assert_eq!(wrong.status, 405);
    assert_eq!(wrong.header("allow"), Some("POST, OPTIONS"));
    let options = send(&playground, "OPTIONS", "/orders/1", &[], b"").await;
    assert_eq!(options.status, 204);
    assert_eq!(options.header("allow"), Some("GET, HEAD, PUT, PATCH, DELETE, OPTIONS"));
    let head = send(&playground, "HEAD", "/bytes/1gb", &[], b"").await;
    assert_eq!(head.status, 200);
    assert_eq!(head.header("content-length"), Some("1000000000"));
    assert!(head.body.is_empty());
    assert_eq!(send(&playground, "OPTIONS", "*", &[], b"").await.status, 204);
    let nowhere = get(&playground, "/nowhere").await;
    assert_eq!(nowhere.status, 404);
    assert!(nowhere.json()["error"]["message"].as_str().is_some_and(|m| m.contains("/nowhere")));
}

#[tokio::test]
async fn credentials() {
    let playground = start().await;
    let asked = get(&playground, "/basic-auth/ada/engine").await;
    assert_eq!(asked.status, 401);
    assert!(asked.header("www-authenticate").is_some_and(|v| v.starts_with("Basic realm")));
    let header = "Authorization: basic YWRhOmVuZ2luZQ==";
    assert_eq!(get_with(&playground, "/basic-auth/ada/engine", &[header]).await.status, 200);
    assert_eq!(get_with(&playground, "/basic-auth/ada/other", &[header]).await.status, 401);
    assert_eq!(get(&playground, "/bearer").await.status, 401);
    let header = "Authorization: Bearer abc";
    assert_eq!(get_with(&playground, "/bearer", &[header]).await.json()["token"], "abc");
    let refused = get_with(&playground, "/bearer?token=other", &[header]).await;
    assert!(refused.header("www-authenticate").is_some_and(|v| v.contains("invalid_token")));
}
