//! A client that sees the bytes: plain sockets, one connection for each request.
#![allow(dead_code)]

use errand_playground::Playground;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer as it came.
pub struct Seen {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{error} in {}", String::from_utf8_lossy(&self.body));
        })
    }
}

pub async fn start() -> Playground {
    Playground::start(None).await.expect("a free port")
}

pub async fn get(playground: &Playground, target: &str) -> Seen {
    send(playground, "GET", target, &[], b"").await
}

pub async fn get_with(playground: &Playground, target: &str, headers: &[&str]) -> Seen {
    send(playground, "GET", target, headers, b"").await
}

pub async fn send(
    playground: &Playground,
    method: &str,
    target: &str,
    headers: &[&str],
    body: &[u8],
) -> Seen {
    let mut head =
        format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    if !body.is_empty() {
        head = format!("{head}Content-Length: {}\r\n", body.len());
    }
    head.push_str("\r\n");
    let bytes = raw(playground, &[head.as_bytes(), body].concat()).await;
    parse(&bytes)
}

/// Sends these bytes and reads until the server closes.
pub async fn raw(playground: &Playground, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(playground.address()).await.expect("connect");
    stream.write_all(bytes).await.expect("write");
    let mut all = Vec::new();
    // A reset keeps what came before it.
    let _ = stream.read_to_end(&mut all).await;
    all
}

pub fn parse(bytes: &[u8]) -> Seen {
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap_or_else(|| panic!("no head in {:?}", String::from_utf8_lossy(bytes)));
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap_or_default()[9..12].parse().expect("a status");
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut seen = Seen { status, headers, body: bytes[end + 4..].to_vec() };
    if seen.header("transfer-encoding") == Some("chunked") {
        seen.body = unchunk(&seen.body);
    }
    seen
}

fn unchunk(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(line) = bytes.windows(2).position(|window| window == b"\r\n") {
        let size = String::from_utf8_lossy(&bytes[..line]);
        let size = usize::from_str_radix(&size, 16).expect("a chunk's size");
        if size == 0 {
            break;
        }
        body.extend_from_slice(&bytes[line + 2..line + 2 + size]);
        bytes = &bytes[line + 4 + size..];
    }
    body
}
