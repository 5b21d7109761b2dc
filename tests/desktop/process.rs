//! Programs that must not outlive the test that started them, and what the kernel tells of them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;

use crate::patience::PATIENCE;

/// A program that ends with this value.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
}

impl Process {
    /// Starts it. `package` is what to install when the program is missing.
    pub fn start(command: &Command, package: &str) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut guarded = outlived_by_no_one(command);
        guarded.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let child = guarded.spawn().unwrap_or_else(|error| {
            panic!("{name} does not start ({error}); on Debian it is in the package {package}")
        });
        Self { name, child }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The end of its standard input, once.
    pub fn stdin(&mut self) -> Option<std::process::ChildStdin> {
        self.child.stdin.take()
    }

    /// Whether it has ended by itself.
    pub fn ended(&mut self) -> bool {
        self.child.try_wait().is_ok_and(|status| status.is_some())
    }

    /// The first line it prints. Reads on afterwards, so that the program never blocks on a full pipe.
    pub fn first_line(&mut self) -> String {
        self.line_with("")
    }

    /// The same with the first line that has this in it.
    pub fn line_with(&mut self, part: &str) -> String {
        let (send, receive) = mpsc::channel();
        if let Some(output) = self.child.stdout.take() {
            let part = part.to_owned();
            thread::spawn(move || {
                let lines = BufReader::new(output).lines().map_while(Result::ok);
                for line in lines.filter(|line| line.contains(&part)) {
                    let _ = send.send(line);
                }
            });
        }
        receive
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| panic!("{} printed nothing in {} s", self.name, PATIENCE.as_secs()))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same command under `setpriv --pdeathsig`: the kernel ends it with its parent, so that not even a killed
/// test run leaves a server behind.
fn outlived_by_no_one(command: &Command) -> Command {
    let mut guarded = Command::new("setpriv");
    guarded.args(["--pdeathsig", "KILL", "--"]).arg(command.get_program()).args(command.get_args());
    guarded.env_clear();
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            guarded.env(name, value);
        }
    }
    if let Some(folder) = command.get_current_dir() {
        guarded.current_dir(folder);
    }
    guarded
}

/// The ids of all processes that `parent` started, and theirs, nearest first.
pub fn descendants(parent: u32) -> Vec<u32> {
    let mut found = vec![parent];
    let mut next = 0;
    while let Some(&id) = found.get(next) {
        let threads = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
        for thread in threads {
            let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            found.extend(children.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
        }
        next += 1;
    }
    found.remove(0);
    found
}

/// The memory a process holds, in bytes, shared pages counted by share (PSS). Nothing when it is gone.
pub fn proportional_memory(id: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}
