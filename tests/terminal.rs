//! Somebody at a terminal, in a folder with requests.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::binaries;
use crate::desktop::{Desktop, Home};

/// A terminal whose current folder is a workspace named Shop, with an environment Test.
#[derive(Debug)]
pub struct Terminal<'desktop> {
    at: At<'desktop>,
    folder: PathBuf,
}

#[derive(Debug)]
enum At<'desktop> {
    Desktop(&'desktop Desktop),
    Home(Home),
}

/// What a run of the command left.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; none after a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl<'desktop> Terminal<'desktop> {
    /// At a desktop, with its keyring.
    pub fn at(desktop: &'desktop Desktop) -> Self {
        Self::new(At::Desktop(desktop), desktop.home())
    }

    /// Without a desktop: no keyring, no screen.
    pub fn alone() -> Terminal<'static> {
        let home = Home::new();
        let folder = home.path().to_owned();
        Terminal::new(At::Home(home), &folder)
    }

    fn new(at: At<'desktop>, home: &Path) -> Self {
        let terminal = Self { at, folder: home.join("shop") };
        terminal.write("opencollection.yml", "opencollection: \"1.0.0\"\n\ninfo:\n  name: Shop\n");
        terminal.environment(&[], &[], "");
        terminal
    }

    /// Writes a file of the workspace.
    #[track_caller]
    pub fn write(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        let written = fs::create_dir_all(path.parent().unwrap_or(&self.folder))
            .and_then(|()| fs::write(&path, text));
        written.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }

    /// Writes the request `name.yml`: a GET; `auth` stands under its `http`, `own` under Errand's extension.
    #[track_caller]
    pub fn request(&self, name: &str, url: &str, auth: &str, own: &str) {
        self.send_file(name, "GET", url, auth, own);
    }

    /// The same with a method; what else is in `http` goes before the auth.
    #[track_caller]
    pub fn send_file(&self, name: &str, method: &str, url: &str, http: &str, own: &str) {
        let mut text = format!(
            "info:\n  name: {name}\n  type: http\n\nhttp:\n  method: {method}\n  url: \"{url}\"\n{http}"
        );
        if !own.is_empty() {
            text.push_str("\nextensions:\n  errand:\n    auth:\n");
            text.push_str(own);
        }
        self.write(&format!("{name}.yml"), &text);
    }

    /// Writes the environment Test with these variables, and these secret ones; `more` follows.
    #[track_caller]
    pub fn environment(&self, plain: &[(&str, &str)], secret: &[&str], more: &str) {
        let mut text = "name: Test\nvariables:".to_owned();
        if plain.is_empty() && secret.is_empty() {
            text.push_str(" []");
        }
        for (name, value) in plain {
            let _ = write!(text, "\n  - name: {name}\n    value: \"{value}\"");
        }
        for name in secret {
            let _ = write!(text, "\n  - name: {name}\n    secret: true");
        }
        text.push('\n');
        text.push_str(more);
        self.write("environments/Test.yml", &text);
    }

    /// Puts the value of a secret into the keyring, as a person does.
    #[track_caller]
    pub fn keep(&self, name: &str, value: &str) {
        let mut command = self.command(&["secret", "set", name]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("errand: {error}"));
        let written = child.stdin.take().map(|mut input| input.write_all(value.as_bytes()));
        assert!(written.is_some_and(|written| written.is_ok()), "the value is not taken");
        let output = child.wait_with_output().unwrap_or_else(|error| panic!("errand: {error}"));
        assert!(output.status.success(), "{name} is not kept: {output:?}");
    }

    /// The command with these arguments, in the environment Test where it takes one.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = match &self.at {
            At::Desktop(desktop) => desktop.command(binaries::command()),
            At::Home(home) => home.command(&binaries::command()),
        };
        command.current_dir(&self.folder).args(arguments).args(["-e", "Test"]);
        command.stdin(Stdio::null());
        command
    }

    /// Runs the command to its end.
    pub fn errand(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// Sends a saved request, which must be let in; the answer is what came back.
    #[track_caller]
    pub fn gets(&self, name: &str) -> Value {
        let file = format!("{name}.yml");
        self.errand(&["send", &file, "--fail"]).exits(0).json()
    }

    /// Sends a saved request, which the server must refuse with that status.
    #[track_caller]
    pub fn refused(&self, name: &str, status: u16) -> Ran {
        let file = format!("{name}.yml");
        let ran = self.errand(&["send", &file, "--fail", "-i"]).exits(1);
        assert!(ran.out.starts_with(&format!("HTTP/1.1 {status} ")), "{ran:?}");
        ran
    }
}

/// Runs a command to its end.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap_or_else(|error| panic!("errand: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

impl Ran {
    /// Fails with everything there is to see when the exit code is another.
    #[track_caller]
    #[must_use]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// The same where nothing more is asked of it.
    #[track_caller]
    pub fn ended(self, code: i32) {
        let _ = self.exits(code);
    }

    /// Fails unless standard error says that.
    #[track_caller]
    pub fn says(&self, part: &str) {
        assert!(self.err.contains(part), "not said: {part:?} in {self:#?}");
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}
