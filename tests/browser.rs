//! WebKit's own small browser: a window to prove the harness on, a measure for ours, and what a person logs in with.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::desktop::Desktop;
use crate::patience;
use crate::webdriver::Window;

/// Where it is. It comes with the library, in a folder named after the machine's kind.
pub fn mini_browser() -> PathBuf {
    let folders =
        fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    let usual = folders
        .chain(["/usr/libexec".into()])
        .map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"));
    let found = usual.into_iter().find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!("no MiniBrowser; on Debian it is in the package libwebkit2gtk-4.1-0")
    })
}

/// A browser with a person in front of it.
#[derive(Debug)]
pub struct Browser<'desktop> {
    window: Window<'desktop>,
}

impl<'desktop> Browser<'desktop> {
    /// Opens it at that desktop, on an empty page.
    pub fn start(desktop: &'desktop Desktop) -> Self {
        Self { window: Window::open(desktop, &mini_browser(), &["--automation"]) }
    }

    /// Goes to an address.
    #[track_caller]
    pub fn open(&self, url: &str) {
        self.window.go(url);
    }

    /// Logs in at the page of the tests' OpenID provider, as anyone, and agrees to what is asked.
    #[track_caller]
    pub fn log_in(&self, login: &str) {
        let name = self.window.role("textbox", "Enter any login");
        let password = self.window.role("textbox", "and password");
        // The page moves the focus itself while it loads, into the middle of what is typed.
        patience::expect("the login page to take what is typed", || {
            name.fill(login);
            password.fill("any");
            (name.value() == login && password.value() == "any").then_some(())
        });
        self.window.role("button", "Sign-in").click();
        self.agree();
    }

    /// Agrees to what is asked: the consent page, or the code that a device shows.
    #[track_caller]
    pub fn agree(&self) {
        self.window.role("button", "Continue").click();
    }

    /// Turns the request down where the login page offers it.
    #[track_caller]
    pub fn cancel(&self) {
        self.window.role("link", "[ Cancel ]").click();
    }

    /// The page, to work it in other ways.
    pub fn window(&self) -> &Window<'desktop> {
        &self.window
    }
}

/// A stand-in for the system's browser: a command that keeps each address it is given, for the test to open.
#[derive(Debug)]
pub struct Messenger {
    folder: PathBuf,
}

impl Messenger {
    /// Makes the command, in that desktop's home.
    pub fn at(desktop: &Desktop) -> Self {
        let folder = desktop.home().join("browser");
        let made = Self { folder };
        let written = fs::create_dir_all(&made.folder)
            .and_then(|()| fs::write(made.command(), made.script()))
            .and_then(|()| fs::set_permissions(made.command(), fs::Permissions::from_mode(0o700)));
        written.unwrap_or_else(|error| panic!("cannot write {}: {error}", made.folder.display()));
        made
    }

    /// What to put into the environment as `BROWSER`. It takes the address as its argument, and ends at once.
    pub fn command(&self) -> PathBuf {
        self.folder.join("open")
    }

    /// The address it was given, once it was given one; the oldest if there are more. Each is told once.
    #[track_caller]
    pub fn address(&self) -> String {
        patience::expect("an address for the browser", || self.try_address())
    }

    /// The same without waiting.
    pub fn try_address(&self) -> Option<String> {
        let entries = fs::read_dir(&self.folder).ok()?.flatten().map(|entry| entry.path());
        let given = entries.filter(|path| path.extension().is_some_and(|kind| kind == "url"));
        let age = |path: &PathBuf| fs::metadata(path).and_then(|about| about.modified()).ok();
        let oldest = given.min_by_key(age)?;
        let address = fs::read_to_string(&oldest).ok()?;
        fs::remove_file(oldest).ok()?;
        Some(address)
    }

    /// Written under another name first: what is read is whole.
    fn script(&self) -> String {
        let folder = quoted(&self.folder);
        format!(
            "#!/bin/sh\nset -eu\nprintf %s \"$1\" >{folder}/$$.part\nmv {folder}/$$.part {folder}/$$.url\n"
        )
    }
}

fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', "'\\''"))
}
