//! Real servers on loopback that say exactly what a test wants, and a short way to send.

#![allow(dead_code, clippy::unwrap_used, missing_docs)]

pub mod proof;
pub mod proxy;
pub mod tls;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use errand_engine::{
    Authenticator, Engine, Event, MemorySink, Outcome, Outgoing, Proxy, SharedJar,
};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// What a server does after a request's head and body were read.
#[derive(Clone)]
pub enum Reply {
    /// Writes this and reads the next request.
    Say(Vec<u8>),
    /// Writes this and closes.
    SayAndClose(Vec<u8>),
    /// Writes this and keeps the connection open without a word.
    SayAndHang(Vec<u8>),
}

pub fn say(text: impl AsRef<[u8]>) -> Reply {
    Reply::Say(text.as_ref().to_vec())
}

pub fn close(text: impl AsRef<[u8]>) -> Reply {
    Reply::SayAndClose(text.as_ref().to_vec())
}

pub fn hang(text: impl AsRef<[u8]>) -> Reply {
    Reply::SayAndHang(text.as_ref().to_vec())
}

pub fn ok(body: &str) -> Reply {
    say(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

pub fn redirect(status: u16, location: &str) -> Reply {
    say(format!("HTTP/1.1 {status} Go\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"))
}

/// A server, the requests it got (with the number of the connection) and a signal for each.
#[derive(Clone)]
pub struct Server {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<(usize, String)>>>,
    pub got: Arc<Notify>,
}

impl Server {
    /// Serves with what `reply` says to each request's text.
    pub async fn new(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            requests: Arc::default(),
            got: Arc::new(Notify::new()),
        };
        let (own, reply) = (server.clone(), Arc::new(reply));
        tokio::spawn(async move {
            for number in 0.. {
                let Ok((socket, _)) = listener.accept().await else { return };
                let (own, reply) = (own.clone(), reply.clone());
                tokio::spawn(async move { own.serve(socket, number, reply.as_ref()).await });
            }
        });
        server
    }

    pub async fn serve(
        &self,
        mut socket: impl AsyncRead + AsyncWrite + Unpin,
        number: usize,
        reply: &(impl Fn(&str) -> Reply + Sync),
    ) {
        let mut buffer = Vec::new();
        while let Some(request) = read_request(&mut socket, &mut buffer).await {
            let text: String = request.iter().map(|&byte| char::from(byte)).collect();
            let reply = reply(&text);
            self.requests.lock().unwrap().push((number, text));
            self.got.notify_one();
            match reply {
                Reply::Say(bytes) => {
                    if socket.write_all(&bytes).await.is_err() {
                        return;
                    }
                }
                Reply::SayAndClose(bytes) => {
                    let _ = socket.write_all(&bytes).await;
                    let _ = socket.shutdown().await;
                    return;
                }
                Reply::SayAndHang(bytes) => {
                    let _ = socket.write_all(&bytes).await;
                    let _ = socket.flush().await;
                    std::future::pending::<()>().await;
                }
            }
            let _ = socket.flush().await;
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().iter().map(|(_, text)| text.clone()).collect()
    }

    /// The connection each request came over.
    pub fn connections(&self) -> Vec<usize> {
        self.requests.lock().unwrap().iter().map(|(number, _)| *number).collect()
    }
}

/// A server that answers everything with `reply`.
pub async fn serving(reply: Reply) -> Server {
    Server::new(move |_| reply.clone()).await
}

/// Reads a head and the body it announces.
pub async fn read_request(
    socket: &mut (impl AsyncRead + Unpin),
    buffer: &mut Vec<u8>,
) -> Option<Vec<u8>> {
    loop {
        if let Some(length) = request_length(buffer) {
            return Some(buffer.drain(..length).collect());
        }
        if socket.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

fn request_length(buffer: &[u8]) -> Option<usize> {
    let end = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
    if head.contains("transfer-encoding: chunked") {
        let last = buffer[end..].windows(5).position(|bytes| bytes == b"0\r\n\r\n")?;
        return Some(end + last + 5);
    }
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .map_or(0, |n| n.trim().parse().unwrap());
    (buffer.len() >= end + length).then_some(end + length)
}

/// A request that no proxy of the machine's gets in the way of.
pub fn request(method: &str, url: impl Into<String>) -> Outgoing {
    let mut outgoing = Outgoing::new(method, url);
    outgoing.settings.proxy = Proxy::None;
    outgoing
}

pub fn get(url: impl Into<String>) -> Outgoing {
    request("GET", url)
}

/// An outcome and the body that came with it.
pub struct Done {
    pub outcome: Arc<Outcome>,
    pub sink: MemorySink,
    pub events: Vec<Event>,
}

impl Done {
    pub fn code(&self) -> &'static str {
        self.outcome.error.as_ref().map_or("", errand_engine::Error::code)
    }

    pub fn message(&self) -> String {
        self.outcome.error.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.sink.bytes()).into_owned()
    }

    pub fn status(&self) -> u16 {
        self.outcome.response().map_or(0, |head| head.status)
    }
}

pub async fn send_with(engine: &Engine, outgoing: Outgoing, jar: Option<SharedJar>) -> Done {
    send_as(engine, outgoing, jar, None).await
}

/// Sends with credentials.
pub async fn send_as(
    engine: &Engine,
    outgoing: Outgoing,
    jar: Option<SharedJar>,
    authenticator: Option<Box<dyn Authenticator>>,
) -> Done {
    let sink = MemorySink::default();
    let mut exchange = engine.send(outgoing, jar, authenticator, Box::new(sink.clone()));
    let mut events = Vec::new();
    let mut outcome = None;
    while let Some(event) = exchange.next().await {
        if let Event::Finished(done) = &event {
            outcome = Some(done.clone());
        }
        events.push(event);
    }
    Done { outcome: outcome.unwrap(), sink, events }
}

pub async fn send(outgoing: Outgoing) -> Done {
    send_with(&Engine::new(), outgoing, None).await
}
