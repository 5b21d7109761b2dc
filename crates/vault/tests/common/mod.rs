//! A real gnome-keyring on a bus of its own. Each test runs again, as a child process with its
//! own HOME and bus, because a process has one environment and one keychain.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// What the test finds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum World {
    /// No bus at all.
    NoBus,
    /// A bus, and nobody on it.
    EmptyBus,
    /// A Secret Service without a login keyring.
    NoKeyring,
    /// One with an open login keyring.
    Open,
}

const INSIDE: &str = "ERRAND_TEST_INSIDE";

/// Runs `test` in a world of its own; `name` is the calling test's.
pub fn inside(world: World, name: &str, test: impl FnOnce()) {
    if std::env::var(INSIDE).is_ok_and(|inside| inside == name) {
        return test();
    }
    let home = tempfile::tempdir().expect("a home");
    private(home.path());
    let bus = (world != World::NoBus).then(|| Bus::start(home.path()));
    let keyring = match (world, &bus) {
        (World::Open, Some(bus)) => Some(start_keyring(home.path(), &bus.address, Some("pw"))),
        (World::NoKeyring, Some(bus)) => Some(start_keyring(home.path(), &bus.address, None)),
        _ => None,
    };
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", name, "--nocapture"]).env(INSIDE, name);
    alone(&mut command, home.path());
    match &bus {
        Some(bus) => command.env("DBUS_SESSION_BUS_ADDRESS", &bus.address),
        None => command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"),
    };
    let output = command.output().expect("the test ran");
    drop(keyring);
    drop(bus);
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{complained}");
    assert!(said.contains("1 passed"), "no test is called {name}: {said}");
}

/// Ends its process with itself.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub struct Bus {
    pub address: String,
    _process: Running,
}

impl Bus {
    pub fn start(home: &Path) -> Self {
        // A bus that starts no services: the ones on it are those the test starts.
        let config = home.join("bus.conf");
        let text = format!(
            "<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>\
             <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>\
             <allow own=\"*\"/></policy></busconfig>",
            home.join("bus").display()
        );
        std::fs::write(&config, text).expect("a configuration");
        let mut command = Command::new("dbus-daemon");
        command
            .arg("--nofork")
            .arg("--print-address")
            .arg(format!("--config-file={}", config.display()));
        alone(&mut command, home);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon (package dbus-daemon)");
        let mut address = String::new();
        let said = child.stdout.take().expect("its output");
        BufReader::new(said).read_line(&mut address).expect("an address");
        Self { address: address.trim().to_owned(), _process: Running(child) }
    }
}

/// A gnome-keyring that answers: unlocked with a password, or without any keyring.
pub fn start_keyring(home: &Path, bus: &str, password: Option<&str>) -> Running {
    let mut command = Command::new("gnome-keyring-daemon");
    command.args(["--foreground", "--components=secrets"]).env("DBUS_SESSION_BUS_ADDRESS", bus);
    alone(&mut command, home);
    if password.is_some() {
        command.arg("--unlock");
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("gnome-keyring-daemon (package gnome-keyring)");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(password.unwrap_or_default().as_bytes()).expect("the password");
    drop(input);
    wait_for_owner(bus, true);
    Running(child)
}

/// Waits until somebody owns the Secret Service's name, or nobody does any more.
pub fn wait_for_owner(bus: &str, owned: bool) {
    let connection = connect(bus);
    let proxy = zbus::blocking::fdo::DBusProxy::new(&connection).expect("the bus itself");
    let name = zbus::names::BusName::try_from("org.freedesktop.secrets").expect("a name");
    let mut changes =
        proxy.receive_name_owner_changed_with_args(&[(0, name.as_str())]).expect("a subscription");
    while proxy.name_has_owner(name.clone()).expect("an answer") != owned {
        changes.next().expect("a change");
    }
}

pub fn connect(bus: &str) -> zbus::blocking::Connection {
    zbus::blocking::connection::Builder::address(bus)
        .expect("an address")
        .build()
        .expect("a connection")
}

/// The bus of the test that runs inside.
pub fn bus() -> String {
    std::env::var("DBUS_SESSION_BUS_ADDRESS").expect("a bus")
}

pub fn home() -> std::path::PathBuf {
    std::env::var_os("HOME").expect("a home").into()
}

/// What `secret-tool lookup` prints.
pub fn secret_tool(service: &str, user: &str) -> Option<String> {
    let mut command = Command::new("secret-tool");
    command.args(["lookup", "service", service, "username", user]).stdout(Stdio::piped());
    let mut child = command.spawn().expect("secret-tool (package libsecret-tools)");
    let mut text = String::new();
    child.stdout.take().expect("its output").read_to_string(&mut text).expect("text");
    child.wait().expect("ended").success().then_some(text)
}

fn alone(command: &mut Command, home: &Path) {
    for name in
        ["DISPLAY", "WAYLAND_DISPLAY", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "GNOME_KEYRING_CONTROL"]
    {
        command.env_remove(name);
    }
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home);
}

#[cfg(unix)]
fn private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).expect("permissions");
}
