//! What the tests of the whole core share: a place of its own, a session, and servers that say
//! exactly what a test wants.
#![allow(dead_code, clippy::expect_used, reason = "each test file uses its part")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use errand_app::wire::WireError;
use errand_app::{App, EventSink, NoFace, Paths, Session};
use serde_json::{Value, json};

/// The core in a folder of its own, with an empty workspace.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub app: Arc<App>,
    pub session: Arc<Session>,
}

impl Place {
    /// With the workspace in `work` of the same folder.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let app = open(folder.path());
        let session = Session::new(app.clone(), None, true);
        let place = Self { folder, app, session };
        let path = place.root();
        place
            .call("createWorkspace", json!({ "path": path, "name": "Work", "example": false }))
            .await;
        place
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    pub async fn call(&self, name: &str, args: Value) -> Value {
        call(&self.session, name, args).await
    }

    pub async fn fails(&self, name: &str, args: Value) -> WireError {
        let done = self.session.call(name, args, EventSink::none()).await;
        done.expect_err("this must fail")
    }

    pub async fn send(&self, request: Value) -> Value {
        self.call("send", json!({ "exchange": "1", "path": null, "request": request })).await
    }

    pub async fn get(&self, url: &str) -> Value {
        self.send(request("GET", url)).await
    }

    /// A saved request: its path and revision.
    pub async fn create(&self, request: &Value) -> (String, String) {
        let args = json!({ "parent": "", "request": request, "tab": null });
        let saved = self.call("createRequest", args).await;
        (text(&saved["path"]), text(&saved["revision"]))
    }

    /// The first rows of an exchange's body, as it came.
    pub async fn body(&self, exchange: &Value) -> String {
        let view = self
            .call("openView", json!({
                "body": exchange["body"]["id"], "contentType": "text/plain", "kind": "raw", "filter": null,
            }))
            .await;
        let rows = self
            .call("rows", json!({ "view": view["view"], "from": 0, "to": 50, "columnFrom": 0, "columnTo": 5000 }))
            .await;
        let rows = rows["rows"].as_array().expect("rows");
        rows.iter().map(|row| text(&row["text"])).collect::<Vec<_>>().join("\n")
    }
}

pub fn open(folder: &Path) -> Arc<App> {
    App::open(Paths::below(folder), Arc::new(NoFace)).expect("the core opens")
}

pub async fn call(session: &Arc<Session>, name: &str, args: Value) -> Value {
    let done = session.call(name, args, EventSink::none()).await;
    done.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

pub fn request(method: &str, url: &str) -> Value {
    json!({ "name": "Try", "method": method, "url": url })
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// `exchange.hops[n].headers` as pairs.
pub fn headers(exchange: &Value) -> Vec<(String, String)> {
    let last = exchange["hops"].as_array().and_then(|hops| hops.last()).expect("a hop");
    let headers = last["headers"].as_array().expect("headers");
    headers.iter().map(|header| (text(&header["name"]), text(&header["value"]))).collect()
}

/// A server that says the same thing, or what a closure makes of the request, and closes.
pub struct Server {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn new(reply: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = requests.clone();
        std::thread::spawn(move || {
            while let Ok((mut socket, _)) = listener.accept() {
                let Some(text) = read(&mut socket) else { continue };
                let answer = reply(&text);
                seen.lock().expect("requests").push(text);
                // A client that leaves early is part of what is tested.
                let _ = socket.write_all(&answer);
                let _ = socket.shutdown(std::net::Shutdown::Write);
                let _ = socket.read(&mut [0; 64]);
            }
        });
        Self { address, requests }
    }

    pub fn saying(answer: impl AsRef<[u8]>) -> Self {
        let answer = answer.as_ref().to_vec();
        Self::new(move |_| answer.clone())
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("requests").clone()
    }
}

/// A request's head and body, each byte a character.
fn read(socket: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
            });
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
        match socket.read(&mut piece) {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&piece[..read]),
        }
    }
}

pub fn ok(body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

pub fn redirect(status: u16, location: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} Go\r\nConnection: close\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n")
        .into_bytes()
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A small disk of memory, unmounted when dropped.
pub struct Disk(PathBuf);

impl Disk {
    /// None, with a notice, where this cannot be done.
    pub fn mount(at: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(at).expect("a folder");
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .output();
        if done.is_ok_and(|done| done.status.success()) {
            return Some(Self(at.to_owned()));
        }
        println!("SKIPPED: no tmpfs can be mounted here (Linux and root are needed)");
        None
    }

    pub fn remount(&self, how: &str) {
        let options = format!("remount,{how}");
        let done = Command::new("mount").args(["-o", &options]).arg(&self.0).status();
        assert!(done.expect("mount").success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: whatever still holds a file on it ends with the test.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// No bus is there: nothing may reach the keychain of the machine.
const NO_BUS: &str = "unix:path=/nonexistent";

/// Runs the test in a process without a bus when this one may have one. True in that process.
pub fn without_a_keychain(test: &str) -> bool {
    const VARIABLE: &str = "DBUS_SESSION_BUS_ADDRESS";
    if std::env::var(VARIABLE).is_ok_and(|address| address == NO_BUS) {
        return true;
    }
    let done = Command::new(std::env::current_exe().expect("this test"))
        .args([test, "--exact", "--nocapture"])
        .env(VARIABLE, NO_BUS)
        .output()
        .expect("the test again");
    // Shown with this test, so that no count of results takes it for another one.
    let said = [done.stdout, done.stderr].concat();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&said));
    false
}
