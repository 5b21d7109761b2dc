//! The command at a real pseudo-terminal: what is shown is read, answers are typed.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use errand_tests::patience;
use errand_tests::terminal::Ran;

/// Ctrl+C as a terminal gets it.
pub const CONTROL_C: &str = "\x03";
/// Ctrl+D: the end of the input.
pub const CONTROL_D: &str = "\x04";

/// A command in a terminal of its own. It ends with this value.
pub struct Console {
    script: Child,
    keys: ChildStdin,
    screen: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
    /// How far the screen was read.
    seen: usize,
}

impl Console {
    /// Runs the command as `script` does: in a session of its own, with a terminal on every side.
    #[track_caller]
    pub fn open(command: &Command) -> Self {
        let mut script = Command::new("setpriv");
        script.args([
            "--pdeathsig",
            "KILL",
            "--",
            "script",
            "-qefc",
            &quoted(command),
            "/dev/null",
        ]);
        script.env_clear();
        for (name, value) in command.get_envs() {
            if let Some(value) = value {
                script.env(name, value);
            }
        }
        if let Some(folder) = command.get_current_dir() {
            script.current_dir(folder);
        }
        script.env("SHELL", "/bin/sh").env("TERM", "xterm");
        script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut script = script.spawn().unwrap_or_else(|error| panic!("no script: {error}"));
        let (keys, shown) = (script.stdin.take(), script.stdout.take());
        let (Some(keys), Some(mut shown)) = (keys, shown) else { panic!("script has no pipes") };
        let screen = Arc::new(Mutex::new(String::new()));
        let into = screen.clone();
        let reader = std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(count @ 1..) = shown.read(&mut part) {
                let text = String::from_utf8_lossy(&part[..count]);
                into.lock().unwrap_or_else(PoisonError::into_inner).push_str(&text);
            }
        });
        Self { script, keys, screen, reader: Some(reader), seen: 0 }
    }

    /// All that was shown until now.
    pub fn screen(&self) -> String {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until that is shown, after what was waited for before.
    #[track_caller]
    pub fn shows(&mut self, part: &str) {
        let found = patience::until(patience::PATIENCE, || {
            let screen = self.screen();
            screen[self.seen..].find(part).map(|at| self.seen + at + part.len())
        });
        let Some(at) = found else { panic!("not shown: {part:?} in\n{}", self.screen()) };
        self.seen = at;
    }

    /// Types that.
    #[track_caller]
    pub fn types(&mut self, keys: &str) {
        let typed = self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush());
        typed.unwrap_or_else(|error| panic!("nobody reads the keys: {error}\n{}", self.screen()));
    }

    /// Waits for the end; all that was shown is in `out`.
    #[track_caller]
    pub fn ends(mut self) -> Ran {
        let status = patience::until(patience::PATIENCE, || self.script.try_wait().ok().flatten());
        let Some(status) = status else { panic!("it does not end:\n{}", self.screen()) };
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
        Ran { code: status.code(), out: self.screen(), err: String::new() }
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let _ = self.script.kill();
        let _ = self.script.wait();
    }
}

/// The command's words for a shell.
fn quoted(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let quote =
        |word: &std::ffi::OsStr| format!("'{}'", word.to_string_lossy().replace('\'', "'\\''"));
    let words: Vec<String> = words.map(quote).collect();
    format!("exec {}", words.join(" "))
}
