//! A workspace with a home, and HTTP over real sockets.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use errand_auth::{Boxed, Http, HttpError, HttpRequest, HttpResponse, Secret};
use errand_sources::{Access, Limits, Machine, Resolver};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// A loaded machine may need longer than a person would wait.
pub const PATIENT: Limits = Limits { time: Duration::from_secs(120), bytes: 1024 * 1024 };

/// Folders of their own and an environment with nothing in it but a search path.
pub struct World {
    folder: tempfile::TempDir,
    pub machine: Machine,
    pub http: Arc<Client>,
    /// What was asked for; everything is approved, or nothing.
    pub asked: Arc<Mutex<Vec<Access>>>,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (workspace, home) = (folder.path().join("workspace"), folder.path().join("home"));
        for path in [&workspace, &home, &folder.path().join("bin")] {
            std::fs::create_dir(path).expect("a folder");
        }
        let mut path = OsString::from(folder.path().join("bin"));
        path.push(":/usr/bin:/bin");
        let variables =
            [("PATH".into(), path), ("HOME".into(), home.clone().into())].into_iter().collect();
        let machine = Machine { workspace, home: Some(home), variables };
        Self { folder, machine, http: Arc::default(), asked: Arc::default() }
    }

    pub fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.machine.variables.insert(name.into(), value.into());
    }

    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Below the workspace.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.machine.workspace.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, content).expect("written");
        path
    }

    /// An executable on the search path.
    pub fn program(&self, name: &str, script: &str) {
        // Written by another process: a file that this one has open for writing while another
        // test forks cannot be executed.
        let path = self.folder.path().join("bin").join(name).display().to_string();
        run("sh", &["-c", "cat >\"$0\"; chmod 755 \"$0\"", &path], &self.machine, script);
    }

    /// Approves everything.
    pub fn resolver(&self) -> Resolver {
        self.with_approval(true)
    }

    pub fn with_approval(&self, approved: bool) -> Resolver {
        let asked = Arc::clone(&self.asked);
        let approvals = move |access: &Access| {
            asked.lock().expect("a list").push(access.clone());
            approved
        };
        Resolver::new(self.machine.clone(), self.http.clone(), Arc::new(approvals))
            .with_limits(PATIENT)
    }
}

pub fn run(program: &str, arguments: &[&str], machine: &Machine, input: &str) {
    use std::io::Write as _;
    let mut command = std::process::Command::new(program);
    command.args(arguments).env_clear().envs(&machine.variables);
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null());
    let mut child = command.stderr(std::process::Stdio::null()).spawn().expect(program);
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("written");
    assert!(child.wait().expect("ended").success(), "{program} {arguments:?}");
}

pub fn exists(path: impl AsRef<Path>) -> bool {
    path.as_ref().exists()
}

/// The port over plain HTTP/1.1.
#[derive(Default)]
pub struct Client {
    /// What is to be hidden, and what is shown instead.
    pub hidden: Mutex<Vec<(String, String)>>,
}

impl Client {
    pub fn hides(&self, secret: &str) -> bool {
        self.hidden.lock().expect("a list").iter().any(|(hidden, _)| hidden == secret)
    }
}

impl Http for Client {
    fn send(&self, request: HttpRequest) -> Boxed<'_, Result<HttpResponse, HttpError>> {
        Box::pin(
            async move { exchange(request).await.map_err(|error| HttpError(error.to_string())) },
        )
    }

    fn hide(&self, secret: &Secret, shown: &str) {
        let pair = (secret.expose().to_owned(), shown.to_owned());
        self.hidden.lock().expect("a list").push(pair);
    }
}

async fn exchange(request: HttpRequest) -> std::io::Result<HttpResponse> {
    let url = Url::parse(&request.url).expect("a URL");
    let (host, port) = (url.host_str().expect("a host"), url.port_or_known_default());
    let mut stream = TcpStream::connect((host, port.expect("a port"))).await?;
    let body = request.body.as_ref().map(Secret::expose).unwrap_or_default();
    let target = &url[url::Position::BeforePath..];
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let mut head = format!(
        "{} {target} HTTP/1.1\r\nHost: {authority}\r\nContent-Length: {}\r\nConnection: close\r\n",
        request.method,
        body.len()
    );
    for (name, value) in &request.headers {
        head.extend([name.as_str(), ": ", value.expose(), "\r\n"]);
    }
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let split = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&answer[..split]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": "));
    Ok(HttpResponse {
        status: status.expect("a status"),
        headers: headers.map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
        body: answer[split + 4..].to_vec(),
    })
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Came {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Came {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

pub struct Server {
    /// `http://127.0.0.1:PORT`
    pub address: String,
    pub came: Arc<Mutex<Vec<Came>>>,
}

/// Answers on loopback until the test ends: status, further header lines, body.
pub async fn serve(
    answer: impl Fn(&Came) -> (u16, &'static str, String) + Send + Sync + 'static,
) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let came: Arc<Mutex<Vec<Came>>> = Arc::default();
    let (seen, answer) = (Arc::clone(&came), Arc::new(answer));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                let request = receive(&mut stream).await;
                let (status, headers, body) = answer(&request);
                seen.lock().expect("a list").push(request);
                let length = body.len();
                let text = format!(
                    "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
                );
                stream.get_mut().write_all(text.as_bytes()).await.expect("answered");
            });
        }
    });
    Server { address, came }
}

async fn receive(stream: &mut BufReader<TcpStream>) -> Came {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.expect("a line");
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let pairs = lines[1..].iter().filter_map(|line| line.split_once(": "));
    let headers = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut came = Came { line: lines[0].clone(), headers, body: String::new() };
    let mut body = vec![0; came.header("content-length").parse().unwrap_or(0)];
    stream.read_exact(&mut body).await.expect("a body");
    came.body = String::from_utf8(body).expect("text");
    came
}
