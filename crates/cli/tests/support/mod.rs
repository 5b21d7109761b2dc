//! A home of its own, a real playground and the real command for each test.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

const ERRAND: &str = env!("CARGO_BIN_EXE_errand");

/// A home folder that goes with the test.
pub struct Home(TempDir);

/// What a command did.
#[derive(Debug)]
pub struct Done {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, folders included.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, content).expect("written");
        path
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file")
    }

    /// The command, in this home, without this machine's keychain, proxy or colours.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(ERRAND);
        self.settle(&mut command);
        command.args(arguments);
        command
    }

    fn settle(&self, command: &mut Command) {
        command
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("TERM", "xterm")
            .env("TZ", "UTC")
            .env("ERRAND_HOME", self.path("home"))
            .current_dir(self.0.path())
            .stdin(Stdio::null());
    }

    pub fn errand<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Done {
        done(&mut self.command(arguments))
    }

    /// With text on standard input.
    pub fn errand_with<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &str,
    ) -> Done {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(input.as_bytes()).expect("written");
        drop(stdin);
        finished(child)
    }

    /// On a terminal: what the terminal gets to see.
    pub fn on_terminal(&self, arguments: &str) -> Done {
        let mut command = Command::new("script");
        self.settle(&mut command);
        command.args(["-qec", &format!("{ERRAND} {arguments}"), "/dev/null"]);
        done(&mut command)
    }
}

fn done(command: &mut Command) -> Done {
    finished(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started"))
}

pub fn finished(child: Child) -> Done {
    let output = child.wait_with_output().expect("ended");
    Done {
        exit: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Done {
    /// Fails with everything there is to see when the exit code is another.
    #[track_caller]
    pub fn exits(self, wanted: i32) -> Self {
        assert_eq!(self.exit, wanted, "{self:#?}");
        self
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

/// `errand playground` on a free port, until the test ends.
pub struct Playground {
    child: Child,
    pub url: String,
    _out: BufReader<ChildStdout>,
}

impl Playground {
    pub fn start(home: &Home) -> Self {
        let mut child = home
            .command(["playground"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut url = String::new();
        out.read_line(&mut url).expect("a URL");
        Self { child, url: url.trim().to_owned(), _out: out }
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

impl Drop for Playground {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A workspace with an environment, two folders, a capture and a check that fails.
pub fn workspace(home: &Home, base: &str) -> PathBuf {
    home.write("shop/opencollection.yml", "opencollection: \"1.0.0\"\ninfo:\n  name: Shop\n");
    home.write(
        "shop/environments/Local.yml",
        format!("name: Local\nvariables:\n  - name: base_url\n    value: {base}\n  - name: token\n    secret: true\n"),
    );
    home.write("shop/Orders/folder.yml", "info:\n  name: Orders\n  type: folder\n  seq: 1\n");
    home.write("shop/Orders/create.yml", request("Create", 1, "POST", "/post?who={{who}}", CREATE));
    home.write("shop/Orders/read.yml", request("Read", 2, "GET", "/anything/{{number}}", READ));
    home.write("shop/Broken/folder.yml", "info:\n  name: Broken\n  type: folder\n  seq: 2\n");
    home.write("shop/Broken/teapot.yml", request("Teapot", 1, "GET", "/status/418", TEAPOT));
    home.write("shop/Broken/after.yml", request("After", 2, "GET", "/get", ""));
    home.path("shop")
}

/// A request file; `rest` follows the http part.
pub fn request(name: &str, seq: u32, method: &str, url: &str, rest: &str) -> String {
    format!(
        "info:\n  name: {name}\n  type: http\n  seq: {seq}\n\nhttp:\n  method: {method}\n  url: \"{{{{base_url}}}}{url}\"\n\n{rest}"
    )
}

const CREATE: &str = "runtime:
  variables:
    - name: who
      value: nobody
  assertions:
    - expression: res.status
      operator: eq
      value: \"200\"
  actions:
    - type: set-variable
      phase: after-response
      selector:
        expression: $.args.who
        method: jsonq
      variable:
        name: number
        scope: environment
";

const READ: &str = "runtime:
  assertions:
    - expression: res.body.path
      operator: eq
      value: \"/anything/{{number}}\"
";

const TEAPOT: &str = "runtime:
  assertions:
    - expression: res.status
      operator: eq
      value: \"200\"
";

/// Where there is a command `script`.
pub fn has_script() -> bool {
    cfg!(target_os = "linux") && Path::new("/usr/bin/script").exists()
}
