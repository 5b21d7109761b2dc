//! The loopback listener that a provider sends the browser back to (RFC 8252 §7.3, §8.3).
//!
//! It is bound to loopback, answers one path under one `Host`, and is gone after the one redirect it
//! waits for.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use url::Url;

use super::page;

/// A listener that waits for one redirect. Dropping it closes its sockets.
pub(super) struct Listener {
    redirect_uri: String,
    sockets: Vec<TcpListener>,
    expected: Arc<Expected>,
}

/// What a redirect must look like.
struct Expected {
    /// As the browser says it.
    host: String,
    path: String,
    /// Without query and fragment.
    base: String,
}

impl Listener {
    /// Listens for redirects to `callback_url`; an empty one is made up, with a free port.
    pub async fn open(callback_url: &str) -> Result<Self, String> {
        let wanted =
            if callback_url.is_empty() { "http://127.0.0.1:0/callback" } else { callback_url };
        let mut url = Url::parse(wanted)
            .map_err(|error| format!("The redirect URI {wanted} is not a URL ({error})."))?;
        let port =
            if callback_url.is_empty() { 0 } else { url.port_or_known_default().unwrap_or(80) };
        let sockets = bind(url.host_str().unwrap_or_default(), port).await?;
        if callback_url.is_empty() {
            let port = sockets
                .first()
                .and_then(|socket| socket.local_addr().ok())
                .map(|address| address.port());
            // A loopback URL takes any port.
            let _ = url.set_port(port);
        }
        let host = match url.port() {
            Some(port) => format!("{}:{port}", url.host_str().unwrap_or_default()),
            None => url.host_str().unwrap_or_default().to_owned(),
        };
        let redirect_uri =
            if callback_url.is_empty() { url.to_string() } else { wanted.to_owned() };
        let path = url.path().to_owned();
        let base = format!("http://{host}{path}");
        Ok(Self { redirect_uri, sockets, expected: Arc::new(Expected { host, path, base }) })
    }

    /// The redirect URI, with the port that was found.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// The URL that the browser was sent to, with its query or fragment.
    pub async fn wait(self) -> Result<String, String> {
        let (found, mut wanted) = mpsc::channel(1);
        let mut serving = JoinSet::new();
        let mut accepting = JoinSet::new();
        for socket in self.sockets {
            let (expected, found) = (self.expected.clone(), found.clone());
            accepting.spawn(async move {
                let mut connections = JoinSet::new();
                while let Ok((stream, _)) = socket.accept().await {
                    connections.spawn(serve(stream, expected.clone(), found.clone()));
                    // A browser opens a handful; whoever opens more is no browser.
                    while connections.len() > 32 {
                        connections.join_next().await;
                    }
                }
            });
        }
        drop(found);
        let url = wanted.recv().await;
        // What was asked is answered before the sockets close.
        if let Some((url, answered)) = url {
            serving.spawn(async move { answered.notified().await });
            let _ =
                tokio::time::timeout(std::time::Duration::from_secs(2), serving.join_next()).await;
            return Ok(url);
        }
        Err("The listener for the redirect was closed. Log in again.".to_owned())
    }
}

type Found = mpsc::Sender<(String, Arc<tokio::sync::Notify>)>;

async fn bind(host: &str, port: u16) -> Result<Vec<TcpListener>, String> {
    let addresses: &[IpAddr] = match host {
        "[::1]" => &[IpAddr::V6(Ipv6Addr::LOCALHOST)],
        // Browsers take either for the name.
        "localhost" => &[IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)],
        _ => &[IpAddr::V4(Ipv4Addr::LOCALHOST)],
    };
    let mut sockets = Vec::new();
    for (at, address) in addresses.iter().enumerate() {
        match TcpListener::bind(SocketAddr::new(*address, port)).await {
            Ok(socket) => sockets.push(socket),
            // A machine without IPv6 has one of the two.
            Err(_) if at > 0 => {}
            Err(error) => {
                let reason = error.to_string();
                let reason = reason.split(" (os error").next().unwrap_or_default();
                return Err(format!(
                    "Port {port} of this machine, which the redirect URI names, cannot be listened on: {reason}. Close what uses it, register another redirect URI, or leave the field empty for a free port."
                ));
            }
        }
    }
    Ok(sockets)
}

async fn serve(stream: TcpStream, expected: Arc<Expected>, found: Found) {
    let answered = Arc::new(tokio::sync::Notify::new());
    let told = answered.clone();
    let service = service_fn(move |request| {
        let (expected, found, answered) = (expected.clone(), found.clone(), told.clone());
        async move { Ok::<_, Infallible>(answer(request, &expected, &found, answered).await) }
    });
    let served = hyper::server::conn::http1::Builder::new()
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    // A browser that went away was answered as far as it could be.
    let _ = served;
    answered.notify_one();
}

async fn answer(
    request: Request<Incoming>,
    expected: &Expected,
    found: &Found,
    answered: Arc<tokio::sync::Notify>,
) -> Response<Full<Bytes>> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if host.is_none_or(|host| !host.eq_ignore_ascii_case(&expected.host)) {
        // Another name for this address is what DNS rebinding looks like.
        return plain(StatusCode::MISDIRECTED_REQUEST, "Not here.");
    }
    if request.uri().path() != expected.path {
        return plain(StatusCode::NOT_FOUND, "Not here.");
    }
    match (request.method(), request.uri().query()) {
        (&Method::GET, Some(query)) if !query.is_empty() => {
            let url = format!("{}?{query}", expected.base);
            deliver(found, url, answered)
        }
        (&Method::GET, _) => html(page::FRAGMENT),
        (&Method::POST, _) => posted(request, expected, found, answered).await,
        _ => plain(StatusCode::METHOD_NOT_ALLOWED, "Not so."),
    }
}

/// A form (`response_mode=form_post`), or the fragment from our own page.
async fn posted(
    request: Request<Incoming>,
    expected: &Expected,
    found: &Found,
    answered: Arc<tokio::sync::Notify>,
) -> Response<Full<Bytes>> {
    let form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let body = Limited::new(request.into_body(), 64 << 10).collect().await;
    let Ok(text) = body.map(|body| String::from_utf8_lossy(&body.to_bytes()).into_owned()) else {
        return plain(StatusCode::PAYLOAD_TOO_LARGE, "Too much.");
    };
    let url = match text.strip_prefix('#') {
        Some(fragment) if !form && fragment.contains('=') => {
            format!("{}#{fragment}", expected.base)
        }
        None if form => format!("{}?{text}", expected.base),
        _ => return plain(StatusCode::BAD_REQUEST, "There is no answer in it."),
    };
    deliver(found, url, answered)
}

fn deliver(
    found: &Found,
    url: String,
    answered: Arc<tokio::sync::Notify>,
) -> Response<Full<Bytes>> {
    match found.try_send((url, answered)) {
        Ok(()) => html(page::DONE),
        Err(_) => plain(StatusCode::GONE, "This login is over."),
    }
}

fn html(text: &'static str) -> Response<Full<Bytes>> {
    let mut response = plain(StatusCode::OK, text);
    let headers = response.headers_mut();
    let value = header::HeaderValue::from_static;
    headers.insert(header::CONTENT_TYPE, value("text/html; charset=utf-8"));
    headers.insert(header::REFERRER_POLICY, value("no-referrer"));
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *response.status_mut() = status;
    let value = header::HeaderValue::from_static;
    response.headers_mut().insert(header::CACHE_CONTROL, value("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    async fn ask(address: &str, request: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    fn get(host: &str, target: &str) -> String {
        format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n")
    }

    #[tokio::test]
    async fn one_path_under_one_name_once() -> Result<(), Box<dyn std::error::Error>> {
        let listener = Listener::open("").await?;
        let uri = Url::parse(listener.redirect_uri())?;
        assert_eq!((uri.host_str(), uri.path()), (Some("127.0.0.1"), "/callback"));
        let host = format!("127.0.0.1:{}", uri.port().unwrap_or_default());
        let waiting = tokio::spawn(listener.wait());
        let rebound = format!("evil.test:{}", uri.port().unwrap_or_default());
        assert!(ask(&host, &get(&rebound, "/callback?code=1")).await?.contains(" 421 "));
        assert!(ask(&host, &get(&host, "/other?code=1")).await?.contains(" 404 "));
        assert!(ask(&host, &get(&host, "/callback")).await?.contains("location.hash"));
        let done = ask(&host, &get(&host, "/callback?code=abc&state=s")).await?;
        assert!(done.contains(" 200 ") && done.contains("close this page"), "{done}");
        assert_eq!(waiting.await??, format!("http://{host}/callback?code=abc&state=s"));
        assert!(TcpStream::connect(&host).await.is_err(), "it is closed");
        Ok(())
    }

    #[tokio::test]
    async fn fragments_and_forms_come_by_post() -> Result<(), Box<dyn std::error::Error>> {
        for (kind, body, mark) in [
            ("text/plain", "#access_token=t&state=s", "#access_token=t"),
            ("application/x-www-form-urlencoded", "code=c&state=s", "?code=c"),
        ] {
            let listener = Listener::open("").await?;
            let uri = Url::parse(listener.redirect_uri())?;
            let host = format!("127.0.0.1:{}", uri.port().unwrap_or_default());
            let waiting = tokio::spawn(listener.wait());
            let request = format!(
                "POST /callback HTTP/1.1\r\nHost: {host}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            assert!(ask(&host, &request).await?.contains(" 200 "));
            assert!(waiting.await??.contains(mark));
        }
        Ok(())
    }

    #[tokio::test]
    async fn a_taken_port_is_named() -> Result<(), Box<dyn std::error::Error>> {
        let taken = TcpListener::bind("127.0.0.1:0").await?;
        let uri = format!("http://127.0.0.1:{}/cb", taken.local_addr()?.port());
        let error = Listener::open(&uri).await.err().unwrap_or_default();
        assert!(error.contains("cannot be listened on"), "{error}");
        Ok(())
    }
}
