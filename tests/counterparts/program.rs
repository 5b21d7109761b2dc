//! A server that says in a line of JSON where it is and what it was furnished with, and ends with its input.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::{binaries, patience};

/// Python reads a lot before the first line, more so on a machine with other things to do.
const START: Duration = Duration::from_secs(120);

/// A running server. It ends with this value, and with the thread that started it: not even a killed test run
/// leaves it behind.
#[derive(Debug)]
pub struct Program {
    child: Child,
    home: TempDir,
    told: Value,
}

impl Program {
    /// Runs a script of this folder with Python from the installed environment.
    pub fn python(script: &str) -> Self {
        let mut command = Command::new(installed("python/bin/python"));
        // Isolated: nothing of this folder, the user or the environment can stand in for a module.
        command.arg("-I").arg(beside(script));
        Self::start(&command)
    }

    /// Runs a script of this folder with Node.js; the installed modules are its first argument.
    pub fn node(script: &str, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new("node");
        command.arg(beside(script)).arg(installed("node/node_modules").with_file_name(""));
        command.envs(settings.iter().copied());
        Self::start(&command)
    }

    /// What it said of itself; panics when it did not say that.
    #[track_caller]
    pub fn told(&self, pointer: &str) -> String {
        let value = self.told.pointer(pointer).and_then(Value::as_str);
        value.unwrap_or_else(|| panic!("it did not tell {pointer}: {}", self.told)).to_owned()
    }

    fn start(command: &Command) -> Self {
        let home = tempfile::Builder::new()
            .prefix("errand-")
            .tempdir()
            .unwrap_or_else(|error| panic!("no temporary folder for a server: {error}"));
        let log = home.path().join("log");
        let said = File::create(&log).unwrap_or_else(|error| panic!("{}: {error}", log.display()));
        let mut guarded = guarded(command, &home);
        guarded.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(said);
        let mut child =
            guarded.spawn().unwrap_or_else(|error| panic!("setpriv does not start: {error}"));
        let line = first_line(&mut child);
        let told = line.as_deref().and_then(|line| serde_json::from_str(line).ok());
        let told = told.unwrap_or_else(|| {
            let _ = child.kill();
            let said = fs::read_to_string(&log).unwrap_or_default();
            panic!("{command:?} says nothing of itself but {line:?}:\n{said}")
        });
        Self { child, home, told }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The end of its input asks it to end, with whatever it started itself.
        drop(self.child.stdin.take());
        patience::until(Duration::from_secs(5), || self.child.try_wait().ok().flatten());
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            let log = fs::read_to_string(self.home.path().join("log")).unwrap_or_default();
            eprintln!("what a server beside the test said:\n{log}");
        }
    }
}

/// The same command with PATH, a home of its own and its settings, ended by the kernel with its parent.
fn guarded(command: &Command, home: &TempDir) -> Command {
    let mut guarded = Command::new("setpriv");
    guarded.args(["--pdeathsig", "KILL", "--"]).arg(command.get_program()).args(command.get_args());
    guarded
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home.path())
        .env("LANG", "C.UTF-8")
        .current_dir(home.path());
    for (name, value) in command.get_envs() {
        guarded.env(name, value.unwrap_or_default());
    }
    guarded
}

fn first_line(child: &mut Child) -> Option<String> {
    let output = child.stdout.take()?;
    let (send, receive) = mpsc::channel();
    // Read on afterwards, so that the program never blocks on a full pipe.
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    receive.recv_timeout(START).ok()
}

fn beside(script: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "counterparts", script].iter().collect()
}

fn installed(part: &str) -> PathBuf {
    let path = binaries::target().join("counterparts").join(part);
    assert!(path.exists(), "{} is not there; .ci/counterparts installs it", path.display());
    path
}
