//! A server that keeps what it was sent.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// A request as far as a client's habits do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub method: String,
    pub target: String,
    /// `x-odd`, `authorization` and `content-type`, without a boundary.
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
                if let Some(seen) = answer(&stream)
                    && sender.send(seen).is_err()
                {
                    return;
                }
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

fn answer(stream: &TcpStream) -> Option<Seen> {
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
    let text = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    (&mut &*stream).write_all(text).ok()?;
    let of = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, v)| v.clone());
    let kind = of("content-type").unwrap_or_default();
    let boundary = kind.split("boundary=").nth(1).map(|found| found.trim_matches('"').to_owned());
    let body = match boundary {
        Some(boundary) => parts(&body, &boundary),
        None => vec![String::from_utf8_lossy(&body).into_owned()],
    };
    let mut told = Vec::new();
    for name in ["x-odd", "authorization", "content-type"] {
        // Boundaries differ, and languages add a charset of their own.
        let value = of(name).map(|value| match value.split_once("; ") {
            Some((kind, more)) if more.starts_with("boundary") || more.starts_with("charset") => {
                kind.to_owned()
            }
            _ => value,
        });
        told.extend(value.map(|value| (name.to_owned(), value)));
    }
    Some(Seen { method, target, headers: told, body })
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
    let text = String::from_utf8_lossy(body);
    text.split(&format!("--{boundary}"))
        .filter_map(|part| {
            let (head, content) = part.split_once("\r\n\r\n")?;
            let line =
                head.lines().find(|line| line.to_ascii_lowercase().contains("disposition"))?;
            let of = |key: &str| {
                let from = line.find(&format!("{key}="))? + key.len() + 1;
                let rest = line[from..].split(';').next().unwrap_or_default().trim();
                Some(rest.trim_matches('"').to_owned())
            };
            let content = content.strip_suffix("\r\n").unwrap_or(content);
            Some(format!("{:?} {:?} {content:?}", of(" name"), of("filename")))
        })
        .collect()
}
