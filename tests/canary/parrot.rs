//! A server that says back all it hears, in every form a server may, and remembers it.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_tests::traces::gzip;

/// What it gives out itself.
#[derive(Debug, Clone, Default)]
pub struct Gifts {
    /// Fields of the answer of `/token`, as JSON.
    pub tokens: String,
    /// The value of the cookie that `/cookie` sets.
    pub cookie: String,
    /// What `/login` answers with, as JSON.
    pub login: String,
    /// Where `/away` leads.
    pub away: String,
}

/// A running server. Its threads end with the test.
#[derive(Debug, Clone)]
pub struct Parrot {
    address: String,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Parrot {
    pub fn start(gifts: Gifts) -> Self {
        Self::start_at("127.0.0.1:0", gifts)
    }

    /// The same at another address of loopback.
    pub fn start_at(address: &str, gifts: Gifts) -> Self {
        let listener = TcpListener::bind(address)
            .unwrap_or_else(|error| panic!("no port for a server: {error}"));
        let address = listener.local_addr().map(|address| address.to_string()).unwrap_or_default();
        let parrot = Self { address, heard: Arc::default() };
        let (server, gifts) = (parrot.clone(), Arc::new(gifts));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (server, gifts) = (server.clone(), gifts.clone());
                thread::spawn(move || server.serve(&stream, &gifts));
            }
        });
        parrot
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// All bytes that came, of all connections.
    pub fn heard(&self) -> Vec<u8> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn serve(&self, mut stream: &TcpStream, gifts: &Gifts) {
        while let Ok(Some((head, body))) = request(&mut stream) {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            heard.extend([head.as_bytes(), &body].concat());
            drop(heard);
            if answer(stream, &head, &body, gifts).is_err() {
                return;
            }
        }
    }
}

/// The head and the body of the next request.
fn request(stream: &mut &TcpStream) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut body = Vec::new();
    if let Some(length) = field(&head, "content-length").and_then(|text| text.parse().ok()) {
        body.resize(length, 0);
        stream.read_exact(&mut body)?;
    }
    Ok(Some((head, body)))
}

fn field(head: &str, name: &str) -> Option<String> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let mut found = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.trim().to_owned())
}

fn answer(mut out: &TcpStream, head: &str, body: &[u8], gifts: &Gifts) -> io::Result<()> {
    let target = head.split(' ').nth(1).unwrap_or_default();
    // To a proxy comes a whole URL.
    let path =
        target.split("://").nth(1).map_or(target, |rest| &rest[rest.find('/').unwrap_or(0)..]);
    let authorization = field(head, "authorization").unwrap_or_default();
    let challenge = |scheme: &str| format!("WWW-Authenticate: {scheme}\r\n");
    let (status, fields, text) = match path.split('?').next().unwrap_or_default() {
        "/token" => {
            ("200 OK", "Content-Type: application/json\r\n".to_owned(), gifts.tokens.clone())
        }
        "/login" => {
            ("200 OK", "Content-Type: application/json\r\n".to_owned(), gifts.login.clone())
        }
        "/cookie" => {
            let cookie = format!("Set-Cookie: sid={}; Path=/; HttpOnly\r\n", gifts.cookie);
            ("302 Found", format!("{cookie}Location: /echo\r\n"), String::new())
        }
        "/away" => ("302 Found", format!("Location: {}\r\n", gifts.away), String::new()),
        "/refused" => ("401 Unauthorized", challenge("Basic realm=\"parrot\""), echo(head, body)),
        "/digest" if !authorization.starts_with("Digest ") => {
            let digest =
                "Digest realm=\"parrot\", nonce=\"n0nce\", qop=\"auth\", algorithm=SHA-256";
            ("401 Unauthorized", challenge(digest), String::new())
        }
        "/ntlm" if authorization.is_empty() => {
            ("401 Unauthorized", challenge("NTLM"), String::new())
        }
        "/ntlm" if authorization.len() < 150 => {
            ("401 Unauthorized", challenge(&ntlm_challenge()), String::new())
        }
        "/gzip" => return packed(out, &echo(head, body)),
        "/hang" => return wait(out),
        "/stall" => {
            let filler = "and so on ".repeat(50_000);
            let start =
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 99999999\r\n\r\n";
            write!(out, "{start}{}{filler}", echo(head, body))?;
            return wait(out);
        }
        _ => ("200 OK", told(head), echo(head, body)),
    };
    write!(out, "HTTP/1.1 {status}\r\n{fields}Content-Length: {}\r\n\r\n{text}", text.len())
}

/// Nothing more, until the other side goes.
fn wait(mut stream: &TcpStream) -> io::Result<()> {
    while stream.read(&mut [0; 256])? > 0 {}
    Err(io::ErrorKind::ConnectionAborted.into())
}

fn packed(mut out: &TcpStream, text: &str) -> io::Result<()> {
    let body = gzip(text.as_bytes())?;
    write!(
        out,
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )?;
    out.write_all(&body)
}

/// The request's head and body, raw and in the forms that servers give them.
fn echo(head: &str, body: &[u8]) -> String {
    let body = String::from_utf8_lossy(body);
    let percent: String = head
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }
        })
        .collect();
    format!(
        "{head}{body}\n{}\n{}\n{}\n{percent}\n",
        STANDARD.encode(head),
        STANDARD.encode(&*body),
        serde_json::json!({ "head": head, "body": body }),
    )
}

/// Some fields of the request in the answer's head.
fn told(head: &str) -> String {
    let names = ["authorization", "x-api-key", "x-kitchen", "cookie", "x-wsse"];
    names
        .iter()
        .filter_map(|name| Some(format!("X-Told-{name}: {}\r\n", field(head, name)?)))
        .collect()
}

/// MS-NLMP §2.2.1.2: a `CHALLENGE_MESSAGE` of a server named `P`, with Unicode, NTLM and target information.
fn ntlm_challenge() -> String {
    let flags = 0x0080_8205_u32 | 0x0008_0000 | 0x2000_0000 | 0x8000_0000;
    let name: Vec<u8> = "P".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut info = vec![2, 0, 2, 0];
    info.extend(&name);
    info.extend([0; 4]);
    let mut message = b"NTLMSSP\0".to_vec();
    message.extend(2_u32.to_le_bytes());
    message.extend([2, 0, 2, 0, 56, 0, 0, 0]);
    message.extend(flags.to_le_bytes());
    message.extend(*b"8letters");
    message.extend([0; 8]);
    message.extend([u8::try_from(info.len()).unwrap_or(0), 0]);
    message.extend([u8::try_from(info.len()).unwrap_or(0), 0, 58, 0, 0, 0]);
    message.extend([10, 0, 0, 0, 0, 0, 0, 15]);
    message.extend(name);
    message.extend(info);
    format!("NTLM {}", STANDARD.encode(message))
}
