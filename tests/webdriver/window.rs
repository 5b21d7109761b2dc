//! One window of the app, or of any WebKit program that lets itself be driven.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::keys;
use super::locator::Locator;
use super::wire::{Refusal, Wire};
use crate::binaries;
use crate::desktop::{Desktop, Process, descendants};
use crate::patience;

/// An open window. It closes with this value; when a test is failing, a picture of it is kept first.
#[derive(Debug)]
pub struct Window<'desktop> {
    desktop: &'desktop Desktop,
    driver: Process,
    wire: Wire,
    session: String,
}

impl<'desktop> Window<'desktop> {
    /// Starts the program at that desktop and takes its first window. The program must be willing: Tauri looks
    /// at `TAURI_WEBVIEW_AUTOMATION`, which is set for it.
    pub fn open(desktop: &'desktop Desktop, program: &Path, args: &[&str]) -> Self {
        let (driver, wire) = driver(desktop);
        let options = json!({"binary": program, "args": args});
        let wish = json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}});
        let answer = wire.post("/session", &wish).unwrap_or_else(|refusal| {
            keep(|path| desktop.picture(path));
            panic!("{} does not open a window: {refusal}", program.display())
        });
        let session = answer["sessionId"].as_str().unwrap_or_default().to_owned();
        Self { desktop, driver, wire, session }
    }

    /// What has this role and exactly this accessible name. Nothing is looked up before it is used.
    pub fn role<'window>(&'window self, role: &str, name: &str) -> Locator<'window> {
        Locator::new(self, role, name)
    }

    /// Presses a chord, such as `Control+Enter`, wherever the focus is.
    #[track_caller]
    pub fn press(&self, chord: &str) {
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": keys::chord(chord)});
        self.must(&format!("press {chord}"), "actions", &json!({"actions": [keyboard]}));
    }

    /// Types text, letter by letter, wherever the focus is.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        let letters: Vec<Value> = text.chars().flat_map(keys::letter).collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": letters});
        self.must("type", "actions", &json!({"actions": [keyboard]}));
    }

    /// Pastes text where the focus is. The driver has no clipboard to put it on first.
    #[track_caller]
    pub fn paste(&self, text: &str) {
        self.run(
            "const data = new DataTransfer();
             data.setData('text/plain', arguments[0]);
             const paste = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
             // Nobody took it for something else: it is typed.
             if (document.activeElement.dispatchEvent(paste))
                 document.execCommand('insertText', false, arguments[0]);",
            &[json!(text)],
        );
    }

    /// The title of the page.
    #[track_caller]
    pub fn title(&self) -> String {
        let title =
            self.get("title").unwrap_or_else(|refusal| panic!("cannot read the title: {refusal}"));
        title.as_str().unwrap_or_default().to_owned()
    }

    /// Goes to an address. For pages of the tests' own; the app never needs it.
    #[track_caller]
    pub fn go(&self, address: &str) {
        self.must(&format!("go to {address}"), "url", &json!({"url": address}));
    }

    /// Gives the page this many CSS pixels, and waits until it has them.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        patience::expect(&format!("a page of {width} x {height}"), || {
            let now = self.size();
            if now == (width, height) {
                return Some(());
            }
            // The driver sizes the window; what of it is not the page (a tool bar) is added.
            let outer = self.get("window/rect").ok()?;
            let frame = |side: &str, inner: u32| {
                outer[side].as_f64().unwrap_or_default() - f64::from(inner)
            };
            let (wide, high) = (frame("width", now.0), frame("height", now.1));
            let wish =
                json!({"width": f64::from(width) + wide, "height": f64::from(height) + high});
            self.post("window/rect", &wish)
                .ok()
                .filter(|_| self.size() == (width, height))
                .map(drop)
        });
    }

    /// Width and height of the page, in CSS pixels.
    #[track_caller]
    pub fn size(&self) -> (u32, u32) {
        let page = self.run("return [innerWidth, innerHeight]", &[]);
        let side =
            |index: usize| page[index].as_u64().and_then(|pixels| u32::try_from(pixels).ok());
        (side(0).unwrap_or_default(), side(1).unwrap_or_default())
    }

    /// Writes a picture of the page as PNG.
    #[track_caller]
    pub fn screenshot(&self, path: &Path) {
        self.drawn();
        let image =
            self.get("screenshot").unwrap_or_else(|refusal| panic!("no screenshot: {refusal}"));
        let bytes = STANDARD
            .decode(image.as_str().unwrap_or_default())
            .unwrap_or_else(|error| panic!("the screenshot is not base64: {error}"));
        fs::write(path, bytes)
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }

    /// Waits until what is in the page is on the screen: nothing moves, and two frames were drawn since.
    fn drawn(&self) {
        self.run(
            "const next = (left) => requestAnimationFrame(() => {
                 const moving = document.getAnimations().some((one) => one.effect.getComputedTiming().endTime < Infinity);
                 if (left === 0) window.drawn = true;
                 else next(moving ? 2 : left - 1);
             });
             window.drawn = false;
             next(2)",
            &[],
        );
        patience::expect("the page to be drawn", || {
            (self.run("return drawn", &[]) == Value::Bool(true)).then_some(())
        });
    }

    /// The program's process id.
    #[track_caller]
    pub fn process(&self) -> u32 {
        *self.processes().first().unwrap_or_else(|| panic!("the program has ended"))
    }

    /// The program and all its helpers: WebKit's web and network processes are among them.
    pub fn processes(&self) -> Vec<u32> {
        descendants(self.driver.id())
    }

    /// Closes the window as a person would, and waits until the program has ended.
    #[track_caller]
    pub fn close(self) {
        let ids = self.processes();
        let _ = self.wire.delete(&format!("/session/{}", self.session));
        patience::expect("the program to end", || ids.iter().all(|id| !running(*id)).then_some(()));
    }

    /// Ends the program at once, without asking it: a crash.
    #[track_caller]
    pub fn crash(self) {
        let id = self.process();
        let pid = i32::try_from(id).ok().and_then(Pid::from_raw);
        let pid = pid.unwrap_or_else(|| panic!("{id} is not a process id"));
        kill_process(pid, Signal::KILL)
            .unwrap_or_else(|error| panic!("cannot end process {id}: {error}"));
        patience::expect("the program to be gone", || (!running(id)).then_some(()));
    }

    /// Runs a script in the page. For what no role or name can tell, such as scroll positions.
    #[track_caller]
    pub fn run(&self, script: &str, args: &[Value]) -> Value {
        self.try_run(script, args).unwrap_or_else(|refusal| panic!("the script failed: {refusal}"))
    }

    pub(super) fn try_run(&self, script: &str, args: &[Value]) -> Result<Value, Refusal> {
        self.post("execute/sync", &json!({"script": script, "args": args}))
    }

    pub(super) fn get(&self, path: &str) -> Result<Value, Refusal> {
        self.wire.get(&format!("/session/{}/{path}", self.session))
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        self.wire.post(&format!("/session/{}/{path}", self.session), body)
    }

    #[track_caller]
    fn must(&self, what: &str, path: &str, body: &Value) {
        self.post(path, body).unwrap_or_else(|refusal| panic!("cannot {what}: {refusal}"));
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            keep(|path| self.desktop.picture(path));
        }
        let _ = self.wire.delete(&format!("/session/{}", self.session));
    }
}

/// Keeps a picture under the name of the running test, and says where.
fn keep(take: impl FnOnce(&Path) -> bool) {
    let path = picture_of_this_test();
    let folder = path.parent().unwrap_or(Path::new("."));
    if fs::create_dir_all(folder).is_ok() && take(&path) {
        eprintln!("the screen at that moment: {}", path.display());
    }
}

fn picture_of_this_test() -> PathBuf {
    let test = thread::current().name().unwrap_or("test").replace("::", "-");
    binaries::target().join("e2e").join(test).with_extension("png")
}

/// Starts a driver on a port that was free a moment ago; another one when it was taken since.
fn driver(desktop: &Desktop) -> (Process, Wire) {
    for _ in 0..5 {
        let port = free_port();
        let mut command = desktop.command("WebKitWebDriver");
        command.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
        let mut process = Process::start(&command, "webkit2gtk-driver");
        let wire = Wire::to(port);
        let ready = patience::until(Duration::from_secs(10), || {
            if process.ended() {
                return Some(false);
            }
            wire.get("/status").ok().map(|status| status["ready"] == true)
        });
        if ready == Some(true) {
            return (process, wire);
        }
    }
    panic!("WebKitWebDriver does not come up")
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|socket| socket.local_addr())
        .unwrap_or_else(|error| panic!("no free port on loopback: {error}"))
        .port()
}

/// Whether the process is still there; one that nobody has waited for yet (`Z`) is not.
fn running(id: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    stat.rsplit(") ").next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with('Z'))
}
