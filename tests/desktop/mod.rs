//! A desktop for one test: its own home, screen, session bus and keyring. Nothing of the machine's own is used,
//! and everything ends with the test.

mod bus;
mod display;
mod home;
mod keyring;
mod process;

use std::path::{Path, PathBuf};
use std::process::Command;

pub use home::Home;
pub use process::{Process, descendants, proportional_memory};

/// What the desktop keeps secrets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// An empty login keyring, unlocked.
    Unlocked,
    /// Nothing answers on the bus: the state of a machine without a keychain.
    Absent,
}

/// A running desktop. The fields end in this order: programs before the screen and the bus they use.
#[derive(Debug)]
pub struct Desktop {
    keyring: Option<Process>,
    _bus: Process,
    screen: display::Screen,
    home: Home,
}

impl Desktop {
    /// A desktop with an unlocked, empty keyring.
    pub fn start() -> Self {
        Self::with_keyring(Keyring::Unlocked)
    }

    /// A desktop with that keyring.
    pub fn with_keyring(keyring: Keyring) -> Self {
        let home = Home::new();
        let bus = bus::start(&home);
        let screen = display::Screen::start(&home);
        let mut desktop = Self { keyring: None, _bus: bus, screen, home };
        if keyring == Keyring::Unlocked {
            desktop.keyring = Some(keyring::unlock(&desktop));
        }
        desktop
    }

    /// The folders of the person at this desktop.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder of programs that this desktop has before the machine's.
    pub fn programs(&self) -> PathBuf {
        self.home.part("bin")
    }

    /// What the keyring holds of that service, as `secret-tool` shows it.
    pub fn secrets(&self, service: &str) -> String {
        let mut search = self.command("secret-tool");
        let found = search.args(["search", "--all", "--unlock", "service", service]).output();
        found.map(|found| String::from_utf8_lossy(&found.stdout).into_owned()).unwrap_or_default()
    }

    /// A command that runs at this desktop: nothing of the outer environment but PATH. The system's browser is
    /// what [`Messenger`](crate::browser::Messenger) puts there, or missing.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = self.home.command(program.as_ref());
        command
            .env("BROWSER", self.home().join("browser/open"))
            .env("DISPLAY", self.screen.name())
            .env("DBUS_SESSION_BUS_ADDRESS", bus::address(&self.home));
        command
    }

    /// Writes a picture of the whole screen. False when the machine has no `import` (ImageMagick).
    pub fn picture(&self, path: &Path) -> bool {
        let shot = self.command("import").args(["-window", "root"]).arg(path).output();
        shot.is_ok_and(|done| done.status.success())
    }
}
