//! A server that gives out what was put on its shelf, and writes down all that comes.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A running server on loopback. Its threads end with the test.
#[derive(Debug, Clone)]
pub struct Scribe {
    address: SocketAddr,
    desk: Arc<Mutex<Desk>>,
}

#[derive(Debug, Default)]
struct Desk {
    /// Kind and content by path.
    shelf: HashMap<String, (String, String)>,
    heard: Vec<Heard>,
}

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// `GET /orders?limit=2`.
    pub line: String,
    /// Names in lower case, sorted.
    pub headers: Vec<(String, String)>,
    /// All of it.
    pub body: Vec<u8>,
}

impl Heard {
    /// The value of a header; nothing when it did not come.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Scribe {
    /// Starts it on a free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .unwrap_or_else(|error| panic!("no free port on loopback: {error}"));
        let address = listener
            .local_addr()
            .unwrap_or_else(|error| panic!("a socket without an address: {error}"));
        let scribe = Self { address, desk: Arc::default() };
        let server = scribe.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                thread::spawn(move || server.serve(&stream));
            }
        });
        scribe
    }

    /// Puts something on the shelf, or in the place of what is there. Other paths answer with `{}`.
    pub fn put(&self, path: &str, kind: &str, content: &str) {
        self.desk().shelf.insert(path.to_owned(), (kind.to_owned(), content.to_owned()));
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The same place by its name: another host to everyone who goes by names.
    pub fn named(&self) -> String {
        format!("localhost:{}", self.address.port())
    }

    /// What came since the last time this was asked.
    pub fn take(&self) -> Vec<Heard> {
        std::mem::take(&mut self.desk().heard)
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, mut stream: &TcpStream) {
        let Ok(heard) = request(stream) else { return };
        let path = heard.line.split([' ', '?']).nth(1).unwrap_or_default().to_owned();
        let mut desk = self.desk();
        desk.heard.push(heard);
        let told = desk.shelf.get(&path).cloned();
        drop(desk);
        let (kind, content) = told.unwrap_or_else(|| ("application/json".into(), "{}".into()));
        // Somebody who hangs up early wants no answer.
        let _ = write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{content}",
            content.len()
        );
    }
}

fn request(stream: &TcpStream) -> io::Result<Heard> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let line = line.rsplit_once(' ').map(|(line, _)| line.to_owned()).unwrap_or_default();
    let mut headers = Vec::new();
    loop {
        let mut row = String::new();
        if reader.read_line(&mut row)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let Some((name, value)) = row.split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    headers.sort();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or_default();
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Heard { line, headers, body })
}
