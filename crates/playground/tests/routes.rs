//! Statuses, redirects, cookies, codings, caching, pages, limits and orders.

mod common;

use std::io::Read as _;

use common::{get, get_with, send, start};
use serde_json::json;

#[tokio::test]
async fn statuses() {
    let playground = start().await;
    let busy = get(&playground, "/status/429?retry-after=7").await;
    assert_eq!((busy.status, busy.header("retry-after")), (429, Some("7")));
    assert_eq!(get(&playground, "/status/503").await.header("retry-after"), Some("1"));
    assert_eq!(get(&playground, "/status/999").await.status, 999);
    let none = get(&playground, "/status/204").await;
    assert_eq!((none.status, none.body.len()), (204, 0));
    for bad in ["/status/100", "/status/1000", "/status/abc", "/status/-1"] {
        assert_eq!(get(&playground, bad).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn chosen_headers() {
    let playground = start().await;
    let seen =
        get(&playground, "/response-headers?X-Tea=oolong&X-Tea=green&Content-Type=text/plain")
            .await;
    assert_eq!(seen.headers.iter().filter(|(name, _)| name == "x-tea").count(), 2);
    assert_eq!(seen.header("content-type"), Some("text/plain"));
    for bad in ["Content-Length=5", "X%20Y=1", "X=a%0d%0aSet-Cookie:b"] {
        let target = format!("/response-headers?{bad}");
        assert_eq!(get(&playground, &target).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn redirects() {
    let playground = start().await;
    for (target, status, location) in [
        ("/redirect/3", 302, "/redirect/2"),
        ("/redirect/1", 302, "/anything"),
        ("/redirect/3?status=307", 307, "/redirect/2?status=307"),
        ("/relative-redirect/2", 302, "1"),
        ("/relative-redirect/1", 302, "../anything"),
        ("/absolute-redirect/2", 302, "http://localhost/absolute-redirect/1"),
        ("/redirect-to?url=http%3A%2F%2Fother.example%2F&status=308", 308, "http://other.example/"),
        ("/redirect-elsewhere", 302, "http://127.0.0.1/anything"),
        ("/redirect-elsewhere?to=/headers?a=1&status=308", 308, "http://127.0.0.1/headers?a=1"),
        ("/hostile/redirect-loop", 302, "/hostile/redirect-loop"),
    ] {
        let seen = get(&playground, target).await;
        assert_eq!((seen.status, seen.header("location")), (status, Some(location)), "{target}");
    }
    for bad in [
        "/redirect-elsewhere?to=//x",
        "/redirect-to",
        "/redirect-to?url=/&status=200",
        "/redirect-to?url=%0d%0aX:1",
    ] {
        assert_eq!(get(&playground, bad).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn cookies() {
    let playground = start().await;
    let set = get(&playground, "/cookies/set?a=1&b=two").await;
    let cookies: Vec<_> = set.headers.iter().filter(|(name, _)| name == "set-cookie").collect();
    assert_eq!(cookies.len(), 2);
    assert_eq!(cookies[1].1, "b=two; Path=/");
    assert_eq!(
        get(&playground, "/cookies/set/c/3").await.header("set-cookie"),
        Some("c=3; Path=/")
    );
    let gone = get(&playground, "/cookies/delete?a").await;
    assert!(gone.header("set-cookie").is_some_and(|v| v.starts_with("a=; Path=/; Max-Age=0")));
    let told = get_with(&playground, "/cookies", &["Cookie: a=1; b=x=y"]).await;
    assert_eq!(told.json()["cookies"], json!({"a": "1", "b": "x=y"}));
    assert_eq!(get(&playground, "/cookies/set?a=1%3B+Domain%3Dx").await.status, 400);
}

#[tokio::test]
async fn content_codings() {
    let playground = start().await;
    for coding in ["gzip", "deflate", "br", "zstd"] {
        let seen = get(&playground, &format!("/{coding}?q=1")).await;
        assert_eq!(seen.header("content-encoding"), Some(coding));
        let mut plain = Vec::new();
        let body = &seen.body[..];
        match coding {
            "gzip" => flate2::read::GzDecoder::new(body).read_to_end(&mut plain),
            "deflate" => flate2::read::ZlibDecoder::new(body).read_to_end(&mut plain),
            "br" => brotli::Decompressor::new(body, 4096).read_to_end(&mut plain),
            _ => zstd::stream::read::Decoder::new(body).expect("zstd").read_to_end(&mut plain),
        }
        .expect("decoded");
        let told: serde_json::Value = serde_json::from_slice(&plain).expect("JSON");
        assert_eq!((&told["coding"], &told["args"]["q"]), (&json!(coding), &json!("1")));
    }
}

#[tokio::test]
async fn conditional_requests() {
    let playground = start().await;
    for (headers, status) in [
        (&[][..], 200),
        (&["If-None-Match: \"v1\""], 304),
        (&["If-None-Match: \"v0\", W/\"v1\""], 304),
        (&["If-None-Match: \"v2\""], 200),
        (&["If-Match: \"v2\""], 412),
        (&["If-Match: *"], 200),
    ] {
        let seen = get_with(&playground, "/etag/v1", headers).await;
        assert_eq!((seen.status, seen.header("etag")), (status, Some("\"v1\"")), "{headers:?}");
    }
    assert_eq!(get_with(&playground, "/cache", &["If-None-Match: x"]).await.status, 304);
    let fresh = get(&playground, "/cache/60").await;
    assert_eq!(fresh.header("cache-control"), Some("public, max-age=60"));
}

#[tokio::test]
async fn documents_and_pictures() {
    let playground = start().await;
    for (target, content_type, start_of_it) in [
        ("/xml", "application/xml; charset=utf-8", &b"<?xml"[..]),
        ("/html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("/csv?rows=2500", "text/csv; charset=utf-8; header=present", b"id,name"),
        ("/image/png", "image/png", b"\x89PNG"),
        ("/image/jpeg", "image/jpeg", b"\xff\xd8"),
        ("/image/webp", "image/webp", b"RIFF"),
        ("/image/svg", "image/svg+xml", b"<svg"),
        ("/encoding/utf16le", "text/plain; charset=utf-16le", b"E\0n\0"),
        ("/encoding/latin1", "text/plain; charset=iso-8859-1", b"Zw\xf6lf"),
    ] {
        let seen = get(&playground, target).await;
        assert_eq!(seen.header("content-type"), Some(content_type));
        assert!(seen.body.starts_with(start_of_it), "{target}");
        let length = seen.body.len().to_string();
        assert_eq!(seen.header("content-length"), Some(length.as_str()), "{target}");
    }
}

#[tokio::test]
async fn three_ways_of_paging_give_the_same_items() {
    let playground = start().await;
    let offset = get(&playground, "/offset?offset=30&limit=15").await.json();
    let page = get(&playground, "/pages?page=3&per_page=15").await;
    assert_eq!(page.json()["items"], offset["items"]);
    let link = page.header("link").expect("links");
    assert!(link.contains("<http://localhost/pages?page=4&per_page=15>; rel=\"next\""), "{link}");
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let part = get(&playground, &format!("/cursor?limit=15&after={after}")).await.json();
        seen.extend(part["items"].as_array().cloned().unwrap_or_default());
        match part["next"].as_str() {
            Some(next) => after = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen.len(), 100);
    assert_eq!(json!(seen[30..45]), offset["items"]);
    assert_eq!(get(&playground, "/cursor?after=zzz").await.status, 400);
    assert_eq!(get(&playground, "/pages?per_page=0").await.status, 400);
}

#[tokio::test]
async fn the_sixth_request_is_one_too_many() {
    let playground = start().await;
    for left in (0..5).rev() {
        let seen = get(&playground, "/rate-limit?key=a").await;
        assert_eq!(seen.status, 200);
        assert_eq!(seen.header("x-ratelimit-remaining"), Some(left.to_string().as_str()));
    }
    let seen = get(&playground, "/rate-limit?key=a").await;
    assert_eq!(seen.status, 429);
    let wait: u64 = seen.header("retry-after").and_then(|s| s.parse().ok()).expect("seconds");
    assert!((1..=10).contains(&wait));
    assert_eq!(get_with(&playground, "/rate-limit", &["X-Api-Key: b"]).await.status, 200);
}

#[tokio::test]
async fn orders_live_and_die() {
    let playground = start().await;
    assert_eq!(get(&playground, "/orders").await.json()["total"], 3);
    assert_eq!(get(&playground, "/orders?status=paid").await.json()["total"], 1);
    let made = send(
        &playground,
        "POST",
        "/orders",
        &[],
        br#"{"id": 99, "item": "Ink", "gift": {"to": "Ada"}}"#,
    )
    .await;
    assert_eq!((made.status, made.header("location")), (201, Some("/orders/4")));
    assert_eq!(made.json()["id"], 4);
    assert_eq!(made.json()["status"], "new");
    let patched =
        send(&playground, "PATCH", "/orders/4", &[], br#"{"gift": {"to": null, "from": "Zoe"}}"#)
            .await;
    assert_eq!(patched.json()["gift"], json!({"from": "Zoe"}));
    assert_eq!(patched.json()["item"], "Ink");
    let put = send(&playground, "PUT", "/orders/4", &[], br#"{"item": "Pen"}"#).await;
    assert_eq!(put.json(), json!({"id": 4, "item": "Pen"}));
    assert_eq!(send(&playground, "DELETE", "/orders/4", &[], b"").await.status, 204);
    assert_eq!(get(&playground, "/orders/4").await.status, 404);
    assert_eq!(send(&playground, "POST", "/orders", &[], b"[1]").await.status, 400);
    assert_eq!(send(&playground, "POST", "/orders", &[], &vec![b' '; 70_000]).await.status, 413);
    for id in ["x", "-1", "99999999999999999999"] {
        assert_eq!(get(&playground, &format!("/orders/{id}")).await.status, 404);
    }
}
