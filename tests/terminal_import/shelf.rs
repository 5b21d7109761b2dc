//! A server of files on loopback that knows what it was asked for.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// Serves texts by their paths. What is at [`Shelf::SILENT`] is asked for and never answered.
pub struct Shelf {
    address: SocketAddr,
    texts: Arc<Mutex<HashMap<String, String>>>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Shelf {
    /// A path that no answer comes from.
    pub const SILENT: &str = "/silent";

    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|e| panic!("no port: {e}"));
        let address = listener.local_addr().unwrap_or_else(|e| panic!("no address: {e}"));
        let shelf = Self { address, texts: Arc::default(), log: Arc::default() };
        let (texts, log) = (shelf.texts.clone(), shelf.log.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (texts, log) = (texts.clone(), log.clone());
                std::thread::spawn(move || serve(&stream, &texts, &log));
            }
        });
        shelf
    }

    /// Puts a text there.
    pub fn with(self, path: &str, text: impl Into<String>) -> Self {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.insert(path.to_owned(), text.into());
        drop(texts);
        self
    }

    /// Host and port, as a person agrees to them.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The paths that were asked for, in order: `GET /a`, with the text of a body after a space.
    pub fn asked(&self) -> Vec<String> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(
    stream: &TcpStream,
    texts: &Mutex<HashMap<String, String>>,
    log: &Mutex<Vec<String>>,
) -> Option<()> {
    let mut lines = BufReader::new(stream);
    loop {
        let mut first = String::new();
        if lines.read_line(&mut first).ok()? == 0 {
            return None;
        }
        let mut words = first.split_whitespace();
        let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
        let (mut length, mut secrets) = (0, String::new());
        loop {
            let mut header = String::new();
            if lines.read_line(&mut header).ok()? <= 2 {
                break;
            }
            let (name, value) = header.split_once(':')?;
            match &*name.to_lowercase() {
                "content-length" => length = value.trim().parse().ok()?,
                "authorization" => secrets = format!(" {}", value.trim()),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        std::io::Read::read_exact(&mut lines, &mut body).ok()?;
        let asked = format!("{method} {path}{secrets}");
        log.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        let bare = path.split('?').next()?;
        if bare == Shelf::SILENT {
            // Until whoever asked is gone.
            let mut rest = String::new();
            let _ = lines.read_line(&mut rest);
            return None;
        }
        let text = texts.lock().unwrap_or_else(PoisonError::into_inner).get(bare).cloned();
        let (status, text) = text.map_or(("404 Not Found", String::new()), |text| ("200 OK", text));
        let redirect = text.strip_prefix("-> ").map(str::to_owned);
        let (status, more, text) = match redirect {
            Some(to) => ("302 Found", format!("Location: {to}\r\n"), String::new()),
            None => (status, String::new(), text),
        };
        write!(
            &*stream,
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{more}Content-Length: {}\r\n\r\n{text}",
            text.len()
        )
        .ok()?;
    }
}
