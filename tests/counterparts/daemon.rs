//! A server of another project, on a port of its own, that ends with the test.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::patience;

/// Another program may take a port between its choice and its use.
const TRIES: usize = 5;

/// A running server. It ends with this value, and with the thread that started it: not even a killed test run
/// leaves it behind.
#[derive(Debug)]
pub struct Daemon {
    child: Child,
}

impl Daemon {
    /// Starts what `command` says for a free port of the loopback interface, and waits until it can be connected
    /// to. What the server says goes to `log`, and is shown if it does not start; `package` is what to install.
    pub fn start(package: &str, log: &Path, command: impl Fn(u16) -> Command) -> (Self, u16) {
        for _ in 0..TRIES {
            let port = free_port();
            let mut daemon = Self { child: spawn(&command(port), package, log) };
            let answers = patience::until(patience::PATIENCE, || {
                let ended = daemon.child.try_wait().is_ok_and(|status| status.is_some());
                let connected = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok();
                (ended || connected).then_some(connected && !ended)
            });
            if answers == Some(true) {
                return (daemon, port);
            }
        }
        let said = fs::read_to_string(log).unwrap_or_default();
        panic!("{} does not start:\n{said}", command(0).get_program().to_string_lossy());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a program to its end, which must be a good one; tells what it printed.
pub fn run(command: &mut Command, package: &str) -> String {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().unwrap_or_else(|error| missing(&name, package, &error));
    let said =
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    assert!(output.status.success(), "{name}: {}\n{}", output.status, said.concat());
    said.concat()
}

/// A system program by its name: those of administrators are often outside PATH.
pub fn program(name: &str) -> PathBuf {
    ["/usr/sbin", "/usr/bin", "/sbin"]
        .iter()
        .map(|folder| Path::new(folder).join(name))
        .find(|path| path.is_file())
        .unwrap_or_else(|| PathBuf::from(name))
}

fn spawn(command: &Command, package: &str, log: &Path) -> Child {
    let name = command.get_program().to_string_lossy().into_owned();
    let said = File::create(log).unwrap_or_else(|error| panic!("{}: {error}", log.display()));
    let also = said.try_clone().unwrap_or_else(|error| panic!("{}: {error}", log.display()));
    let mut guarded = Command::new("setpriv");
    guarded.args(["--pdeathsig", "KILL"]);
    if rustix::process::geteuid().is_root() {
        // Apache refuses to answer requests as root.
        guarded.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
    }
    guarded.arg("--").arg(command.get_program()).args(command.get_args()).env_clear();
    for (name, value) in command.get_envs() {
        guarded.env(name, value.unwrap_or_default());
    }
    guarded
        .stdin(Stdio::null())
        .stdout(said)
        .stderr(also)
        .spawn()
        .unwrap_or_else(|error| missing(&name, package, &error))
}

fn missing(name: &str, package: &str, error: &std::io::Error) -> ! {
    panic!("{name} does not start ({error}); on Debian it is in the package {package}")
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .unwrap_or_else(|error| panic!("no free port on the loopback interface: {error}"))
        .port()
}

/// Writes a file of a server's set-up.
pub fn write(path: &Path, text: &str) {
    fs::write(path, text)
        .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

/// A folder that servers can use: when the test runs as root, they run as nobody.
pub fn folder(path: &Path) {
    fs::create_dir_all(path)
        .unwrap_or_else(|error| panic!("cannot create {}: {error}", path.display()));
    hand_over(path);
}

/// Gives a file to who the servers run as.
pub fn hand_over(path: &Path) {
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(path, Some(65534), Some(65534))
            .unwrap_or_else(|error| panic!("cannot hand over {}: {error}", path.display()));
    }
}
