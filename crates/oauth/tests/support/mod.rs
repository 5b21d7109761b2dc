//! A loopback server, an HTTP client, a browser, a clock and a store to run flows with.
#![allow(dead_code, clippy::unwrap_used, clippy::format_push_string)] // Each test file uses some of it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use errand_auth::{
    Boxed, Clock, Http, HttpError, HttpRequest, HttpResponse, Secret, TokenStore, TokenStoreError,
};
use errand_jose::{Algorithm, Key};
use errand_oauth::{Browser, BrowserError, Callback, DevicePrompt, Ports, TokenKey};
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Received {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.as_str())
    }

    pub fn form(&self) -> Vec<(String, String)> {
        pairs(&self.body)
    }

    /// The form's parameter; it must not come twice.
    pub fn field(&self, name: &str) -> Option<String> {
        let all: Vec<_> = self.form().into_iter().filter(|(known, _)| known == name).collect();
        assert!(all.len() < 2, "{name} twice in {}", self.body);
        all.into_iter().next().map(|(_, value)| value)
    }

    pub fn parameter(&self, name: &str) -> Option<String> {
        let all: Vec<_> = self.query.iter().filter(|(known, _)| known == name).collect();
        assert!(all.len() < 2, "{name} twice");
        all.first().map(|(_, value)| value.clone())
    }

    /// The names of the form's parameters, in order.
    pub fn names(&self) -> Vec<String> {
        self.form().into_iter().map(|(name, _)| name).collect()
    }
}

pub fn pairs(text: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text.as_bytes())
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect()
}

/// What a server answers.
pub struct Reply(pub u16, pub Vec<(String, String)>, pub Vec<u8>);

pub fn json_reply(status: u16, body: &Value) -> Reply {
    Reply(
        status,
        vec![("Content-Type".into(), "application/json".into())],
        body.to_string().into_bytes(),
    )
}

pub fn refuse(error: &str, words: &str) -> Reply {
    json_reply(400, &json!({"error": error, "error_description": words}))
}

pub fn redirect(to: &str) -> Reply {
    Reply(302, vec![("Location".into(), to.into())], Vec::new())
}

type Handler = dyn Fn(&Received) -> Reply + Send + Sync;

/// A server on loopback; it ends with the test.
pub struct Server {
    pub origin: String,
    pub log: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    pub async fn start(handler: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        Self::with_origin(|_| handler).await
    }

    /// A handler that knows where it is.
    pub async fn with_origin<H: Fn(&Received) -> Reply + Send + Sync + 'static>(
        make: impl FnOnce(String) -> H,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let handler: Arc<Handler> = Arc::new(make(origin.clone()));
        let log = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&log);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&handler), Arc::clone(&seen)));
            }
        });
        Self { origin, log }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    pub fn requests(&self, path: &str) -> Vec<Received> {
        self.log.lock().unwrap().iter().filter(|one| one.path == path).cloned().collect()
    }
}

async fn answer(mut stream: TcpStream, handler: Arc<Handler>, log: Arc<Mutex<Vec<Received>>>) {
    let Some(request) = receive(&mut stream).await else { return };
    let Reply(status, headers, body) = handler(&request);
    log.lock().unwrap().push(request);
    let mut head =
        format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let _ = stream.write_all(&[head.as_bytes(), &body].concat()).await;
    let _ = stream.shutdown().await;
}

async fn receive(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let mut lines = head.split("\r\n");
    let mut start = lines.next()?.split(' ');
    let (method, target) = (start.next()?.to_owned(), start.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(n, v)| (n.to_owned(), v.to_owned()))
        .collect();
    let length: usize = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.parse().unwrap());
    while bytes.len() < end + 4 + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8(bytes[end + 4..].to_vec()).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    Some(Received { method, path: path.to_owned(), query: pairs(query), headers, body })
}

/// Sends over real sockets; remembers what was hidden, and all that was sent and came back.
#[derive(Default)]
pub struct Client {
    pub hidden: Mutex<HashMap<String, String>>,
    pub sent: Mutex<Vec<String>>,
    pub down: std::sync::atomic::AtomicBool,
}

impl Client {
    /// All traffic as an inspector shows it.
    pub fn shown(&self) -> String {
        let mut text = self.sent.lock().unwrap().join("\n");
        let mut hidden: Vec<_> = self.hidden.lock().unwrap().clone().into_iter().collect();
        hidden.sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
        for (secret, shown) in hidden {
            let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            text = text.replace(&secret, &shown).replace(&encoded, &shown);
        }
        text
    }
}

impl Http for Client {
    fn send(&self, request: HttpRequest) -> Boxed<'_, Result<HttpResponse, HttpError>> {
        Box::pin(async move {
            if self.down.load(Ordering::SeqCst) {
                return Err(HttpError("connection refused".into()));
            }
            let answer = call(&request).await.map_err(|error| HttpError(error.to_string()))?;
            let mut text = format!("{} {}\n", request.method, request.url);
            for (name, value) in &request.headers {
                text.push_str(&format!("{name}: {}\n", value.expose()));
            }
            text.push_str(request.body.as_ref().map_or("", |body| body.expose()));
            text.push_str(&String::from_utf8_lossy(&answer.body));
            self.sent.lock().unwrap().push(text);
            Ok(answer)
        })
    }

    fn hide(&self, secret: &Secret, shown: &str) {
        self.hidden.lock().unwrap().insert(secret.expose().to_owned(), shown.to_owned());
    }
}

pub async fn call(request: &HttpRequest) -> std::io::Result<HttpResponse> {
    let url = Url::parse(&request.url).unwrap();
    let host = format!("{}:{}", url.host_str().unwrap(), url.port_or_known_default().unwrap());
    let mut stream = TcpStream::connect(&host).await?;
    let target =
        url.query().map_or(url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let body = request.body.as_ref().map_or("", |body| body.expose());
    let mut text = format!(
        "{} {target} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n",
        request.method,
        body.len()
    );
    for (name, value) in &request.headers {
        text.push_str(&format!("{name}: {}\r\n", value.expose()));
    }
    text.push_str(&format!("\r\n{body}"));
    stream.write_all(text.as_bytes()).await?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(n, v)| (n.to_owned(), v.to_owned()))
        .collect();
    Ok(HttpResponse { status, headers, body: bytes[end + 4..].to_vec() })
}

pub async fn get(url: &str) -> HttpResponse {
    let request =
        HttpRequest { title: "t", method: "GET", url: url.into(), headers: Vec::new(), body: None };
    call(&request).await.unwrap()
}

/// Tells the time that a test sets.
pub struct SetClock(pub AtomicI64);

pub const NOW: i64 = 1_800_000_000;

impl Default for SetClock {
    fn default() -> Self {
        Self(AtomicI64::new(NOW))
    }
}

impl SetClock {
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst).unsigned_abs())
    }
}

type Tamper = dyn Fn(String) -> String + Send + Sync;

/// Goes to the authorization URL over real sockets and comes back with where it was sent.
pub struct Person {
    pub clock: Arc<SetClock>,
    pub tamper: Arc<Tamper>,
    pub prompts: Mutex<Vec<DevicePrompt>>,
    pub pauses: Mutex<Vec<u64>>,
    pub visits: Arc<Mutex<Vec<String>>>,
}

impl Person {
    pub fn new(clock: &Arc<SetClock>) -> Self {
        Self::who(clock, |url| url)
    }

    /// Changes the final URL on its way.
    pub fn who(
        clock: &Arc<SetClock>,
        tamper: impl Fn(String) -> String + Send + Sync + 'static,
    ) -> Self {
        Self {
            clock: Arc::clone(clock),
            tamper: Arc::new(tamper),
            prompts: Mutex::default(),
            pauses: Mutex::default(),
            visits: Arc::default(),
        }
    }
}

impl Browser for Person {
    fn listen(&self, callback_url: &str) -> Boxed<'_, Result<Box<dyn Callback>, BrowserError>> {
        let redirect_uri =
            if callback_url.is_empty() { "http://127.0.0.1:45678/callback" } else { callback_url }
                .to_owned();
        let waiting = Waiting {
            redirect_uri,
            tamper: Arc::clone(&self.tamper),
            visits: Arc::clone(&self.visits),
        };
        Box::pin(async move { Ok(Box::new(waiting) as Box<dyn Callback>) })
    }

    fn show_code(&self, prompt: DevicePrompt) {
        self.prompts.lock().unwrap().push(prompt);
    }

    fn pause(&self, time: Duration) -> Boxed<'_, ()> {
        self.pauses.lock().unwrap().push(time.as_secs());
        self.clock.advance(i64::try_from(time.as_secs()).unwrap());
        Box::pin(std::future::ready(()))
    }
}

struct Waiting {
    redirect_uri: String,
    tamper: Arc<Tamper>,
    visits: Arc<Mutex<Vec<String>>>,
}

impl Callback for Waiting {
    fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    fn authorize(self: Box<Self>, url: &str) -> Boxed<'static, Result<String, BrowserError>> {
        let url = url.to_owned();
        self.visits.lock().unwrap().push(url.clone());
        Box::pin(async move {
            let answer = get(&url).await;
            let to = answer.header("Location").map(str::to_owned);
            let to = to.ok_or_else(|| {
                BrowserError(format!("no redirect: {}", String::from_utf8_lossy(&answer.body)))
            })?;
            Ok((self.tamper)(to))
        })
    }
}

/// A store in memory that can be told to fail, as a keychain does.
#[derive(Default)]
pub struct Memory {
    pub kept: Mutex<HashMap<String, String>>,
    pub deaf: std::sync::atomic::AtomicBool,
    pub full: std::sync::atomic::AtomicBool,
    pub reads: AtomicUsize,
    pub writes: AtomicUsize,
}

fn locked() -> TokenStoreError {
    TokenStoreError { message: "The keychain is locked.".into() }
}

impl TokenStore for Memory {
    fn get(&self, key: &str) -> Result<Option<Secret>, TokenStoreError> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        if self.deaf.load(Ordering::SeqCst) {
            return Err(locked());
        }
        Ok(self.kept.lock().unwrap().get(key).map(|text| Secret::from(text.as_str())))
    }

    fn set(&self, key: &str, token: &Secret) -> Result<(), TokenStoreError> {
        if self.deaf.load(Ordering::SeqCst) || self.full.load(Ordering::SeqCst) {
            return Err(locked());
        }
        self.writes.fetch_add(1, Ordering::SeqCst);
        self.kept.lock().unwrap().insert(key.into(), token.expose().into());
        Ok(())
    }

    fn delete(&self, key: &str) -> Result<(), TokenStoreError> {
        if self.deaf.load(Ordering::SeqCst) {
            return Err(locked());
        }
        self.kept.lock().unwrap().remove(key);
        Ok(())
    }
}

/// Everything a flow needs.
pub struct World {
    pub client: Arc<Client>,
    pub clock: Arc<SetClock>,
    pub person: Person,
    pub store: Arc<Memory>,
}

impl World {
    pub fn new() -> Self {
        Self::who(|url| url)
    }

    pub fn who(tamper: impl Fn(String) -> String + Send + Sync + 'static) -> Self {
        let clock = Arc::new(SetClock::default());
        Self {
            client: Arc::default(),
            person: Person::who(&clock, tamper),
            clock,
            store: Arc::default(),
        }
    }

    pub fn ports(&self) -> Ports<'_> {
        Ports { http: &*self.client, browser: Some(&self.person), clock: &*self.clock }
    }

    pub fn tokens(&self) -> errand_oauth::Tokens {
        errand_oauth::Tokens::new(Arc::clone(&self.store) as Arc<dyn TokenStore>)
    }
}

pub fn key() -> TokenKey {
    TokenKey { workspace: "w".into(), environment: None, definition: "d".into() }
}

/// A key pair, the same within a test binary.
pub fn es256() -> &'static Key {
    static KEY: std::sync::OnceLock<Key> = std::sync::OnceLock::new();
    KEY.get_or_init(|| Key::generate(Algorithm::Es256).unwrap().with_id("k1"))
}

pub fn jwk_set(key: &Key) -> Value {
    json!({"keys": [key.public_jwk()]})
}

pub fn token(key: &Key, algorithm: Algorithm, claims: Value) -> String {
    let Value::Object(claims) = claims else { panic!("claims") };
    let mut header = Map::new();
    if let Some(id) = key.id() {
        header.insert("kid".into(), id.into());
    }
    errand_jose::sign(header, claims, algorithm, key).unwrap().to_string()
}

/// `url` with a parameter set to another value.
pub fn with(url: &str, name: &str, value: Option<&str>) -> String {
    let mut url = Url::parse(url).unwrap();
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(known, _)| known != name)
        .map(|(n, v)| (n.into(), v.into()))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(kept);
    if let Some(value) = value {
        url.query_pairs_mut().append_pair(name, value);
    }
    url.into()
}
