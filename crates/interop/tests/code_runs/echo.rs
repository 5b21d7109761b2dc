//! A server that keeps what it was sent.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// A request as far as a client's habits do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub method: String,
    pub target: String,
    /// `x-…`, `authorization`, `cookie` and `content-type` (without a boundary); several of a name are one.
    pub headers: Vec<(String, String)>,
    /// The body's text, or of each part its name, file name and content.
    pub body: Vec<String>,
}

pub struct Echo {
    address: String,
    seen: Receiver<Seen>,
}

impl Echo {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let (sender, seen) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = answer(&stream, &sender);
            }
        });
        Self { address, seen }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// What came last, since this was asked before.
    pub fn last(&self) -> Option<Seen> {
        // The client has ended: what it sent has arrived, or is about to.
        let first = self.seen.recv_timeout(Duration::from_secs(2)).ok();
        self.seen.try_iter().last().or(first)
    }
}

fn answer(stream: &TcpStream, seen: &Sender<Seen>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut headers, mut length, mut chunked) = (Vec::new(), 0, false);
    loop {
        let mut bytes = Vec::new();
        reader.read_until(b'\n', &mut bytes).ok()?;
        let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        let Some((name, value)) = line.split_once(':') else { break };
        let (name, value) = (name.to_ascii_lowercase(), value.trim());
        match name.as_str() {
            "content-length" => length = value.parse().ok()?,
            "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
            "expect" => (&mut &*stream).write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?,
            _ => {}
        }
        headers.push((name, value.to_owned()));
    }
    let body = if chunked { chunks(&mut reader)? } else { bytes(&mut reader, length)? };
    let has = |wanted: &str| headers.iter().any(|(name, _)| name == wanted);
    let status = match target.as_str() {
        "/moved" => "302 Found\r\nLocation: /landed",
        "/digest" if !has("authorization") => {
            "401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\""
        }
        _ => "200 OK",
    };
    let text = format!("HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
    let head = method == "HEAD";
    let text = if head { text.trim_end_matches("ok") } else { &text };
    let of = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, v)| v.clone());
    let kind = of("content-type").unwrap_or_default();
    let boundary = kind.split("boundary=").nth(1).map(|found| found.trim_matches('"').to_owned());
    let body = match boundary {
        Some(boundary) => parts(&body, &boundary),
        None => vec![body.escape_ascii().to_string()],
    };
    // First, since a client that has its answer may have ended when it is asked what arrived.
    seen.send(Seen { method, target, headers: told(headers), body }).ok()?;
    (&mut &*stream).write_all(text.as_bytes()).ok()
}

/// Of the headers those that the request sets.
fn told(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers {
        let wanted = name.starts_with("x-")
            || ["authorization", "cookie", "content-type", "accept"].contains(&name.as_str());
        if !wanted || name == "accept" && value != "text/x-mine" {
            continue;
        }
        let value = match value.split_once(';') {
            // Boundaries differ, and languages add a charset of their own.
            Some((kind, _)) if name == "content-type" => kind.trim().to_owned(),
            // What is drawn by lot is in it.
            _ if value.starts_with("Digest ") => {
                format!("Digest, of ada: {}", value.contains("username=\"ada\""))
            }
            _ => value,
        };
        let joined = told.entry(name).or_default();
        if !joined.is_empty() {
            joined.push_str(", ");
        }
        joined.push_str(&value);
    }
    told.into_iter().collect()
}

fn bytes(reader: &mut impl Read, length: usize) -> Option<Vec<u8>> {
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(body)
}

fn chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let size = usize::from_str_radix(line.trim().split(';').next()?, 16).ok()?;
        body.extend(bytes(reader, size)?);
        reader.read_line(&mut String::new()).ok()?;
        if size == 0 {
            return Some(body);
        }
    }
}

fn parts(body: &[u8], boundary: &str) -> Vec<String> {
    // One character for each byte, so that nothing of a file is lost.
    let text: String = body.iter().copied().map(char::from).collect();
    text.split(&format!("--{boundary}"))
        .filter_map(|part| {
            let (head, content) = part.split_once("\r\n\r\n")?;
            let line = |wanted: &str| {
                head.lines().find(|line| line.to_ascii_lowercase().starts_with(wanted))
            };
            let disposition = line("content-disposition")?;
            let of = |key: &str| {
                let from = disposition.find(&format!("{key}="))? + key.len() + 1;
                let rest = disposition[from..].split(';').next().unwrap_or_default().trim();
                Some(rest.trim_matches('"').to_owned())
            };
            let file = of("filename");
            // Of a text it is said by some and not by others.
            let kind =
                line("content-type").and_then(|line| line.split([':', ';']).nth(1)).map(str::trim);
            let kind = kind.filter(|kind| file.is_some() || *kind != "text/plain");
            let content = content.strip_suffix("\r\n").unwrap_or(content);
            Some(format!("{:?} {file:?} {kind:?} {content:?}", of(" name")))
        })
        .collect()
}
