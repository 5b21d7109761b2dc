//! gnome-keyring with an unlocked login keyring, as after a log-in.

use std::io::Write;
use std::process::Stdio;

use super::{Desktop, Process};
use crate::patience;

/// Starts the keyring and waits until it keeps what it is given.
pub fn unlock(desktop: &Desktop) -> Process {
    let mut command = desktop.command("gnome-keyring-daemon");
    command.args(["--foreground", "--unlock", "--components=secrets"]);
    let mut keyring = Process::start(&command, "gnome-keyring");
    if let Some(mut password) = keyring.stdin() {
        // It reads to the end of its input, which comes when `password` goes.
        password
            .write_all(b"test")
            .unwrap_or_else(|error| panic!("gnome-keyring takes no password: {error}"));
    }
    patience::expect("the keyring to open", || keeps_secrets(desktop).then_some(()));
    keyring
}

fn keeps_secrets(desktop: &Desktop) -> bool {
    let probe = ["service", "errand-tests", "username", "probe"];
    let mut store = desktop.command("secret-tool");
    store.args(["store", "--label=probe"]).args(probe);
    let Ok(mut child) =
        store.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
    else {
        panic!("secret-tool does not start; on Debian it is in the package libsecret-tools");
    };
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(b"x");
    }
    let kept = child.wait().is_ok_and(|status| status.success());
    if kept {
        let _ = desktop.command("secret-tool").arg("clear").args(probe).output();
    }
    kept
}
