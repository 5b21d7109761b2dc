//! A server that tells what arrived, and remembers it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::json;

/// Headers that are new each time or belong to the connection.
const ASIDE: &[&str] = &["postman-token", "host", "connection", "content-length", "cookie"];

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrived {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

type Heard = Arc<Mutex<(String, BTreeMap<String, Vec<Arrived>>)>>;

/// The server. It ends with the test.
pub struct Echo {
    port: u16,
    heard: Heard,
}

impl Echo {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let heard = Heard::default();
        let kept = Arc::clone(&heard);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let heard = Arc::clone(&kept);
                thread::spawn(move || answer(&stream, &heard));
            }
        });
        Self { port, heard }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// What came, by the mark before it.
    pub fn arrived(&self) -> BTreeMap<String, Vec<Arrived>> {
        self.heard.lock().expect("no thread failed").1.clone()
    }
}

fn answer(stream: &TcpStream, heard: &Heard) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let value = |name: &str| {
        let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone())
    };
    let mut body = Vec::new();
    if let Some(length) = value("content-length") {
        body.resize(length.parse().ok()?, 0);
        reader.read_exact(&mut body).ok()?;
    } else if value("transfer-encoding").is_some() {
        chunks(&mut reader, &mut body)?;
    }
    let mut body = String::from_utf8_lossy(&body).into_owned();
    if target == "/mark" {
        heard.lock().expect("no thread failed").0 = body;
        return reply(stream, "{}");
    }
    let boundary =
        value("content-type").and_then(|t| t.split_once("boundary=").map(|b| b.1.to_owned()));
    if let Some(boundary) = boundary {
        body = body.replace(&boundary, "BOUNDARY");
        for (_, value) in &mut headers {
            *value = value.replace(&boundary, "BOUNDARY");
        }
    }
    headers.retain(|(name, _)| !ASIDE.contains(&name.to_ascii_lowercase().as_str()));
    let told: BTreeMap<_, _> =
        headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect();
    let text = json!({"url": target, "headers": told, "data": body, "args": {}, "form": {}});
    let mut heard = heard.lock().expect("no thread failed");
    let mark = heard.0.clone();
    heard.1.entry(mark).or_default().push(Arrived { method, target, headers, body });
    drop(heard);
    reply(stream, &text.to_string())
}

fn chunks(reader: &mut impl BufRead, body: &mut Vec<u8>) -> Option<()> {
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let length = usize::from_str_radix(line.trim(), 16).ok()?;
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk).ok()?;
        if length == 0 {
            return Some(());
        }
        body.extend(&chunk[..length]);
    }
}

fn reply(mut stream: &TcpStream, text: &str) -> Option<()> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{text}", text.len()).ok()
}
