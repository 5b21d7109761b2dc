//! A keychain that is locked: looking asks for no password.

use std::fs;

use errand_tests::browser::Messenger;
use errand_tests::desktop::{Desktop, Process};
use errand_tests::errand::Errand;
use errand_tests::patience;
use errand_tests::playground::Playground;
use errand_tests::workspace::Workspace;
use serde_json::json;

use crate::{hand, login};

#[test]
fn looking_at_an_auth_does_not_ask_to_unlock_the_keychain() {
    let desktop = Desktop::start();
    Messenger::at(&desktop);
    let playground = Playground::start(&desktop);
    let workspace = Workspace::new(&desktop);
    let auth = json!({
        "type": "oauth2", "flow": "client_credentials", "scope": "read",
        "credentials": {"clientId": "errand", "clientSecret": "{{client_secret}}"},
    });
    let more = json!({"issuer": playground.url("/oauth")});
    hand::save(&workspace, "Tea", &playground.url("/oauth/resource"), &auth, &more);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    hand::environment(&window, "Kitchen", &[("client_secret", "playground")]);
    hand::use_environment(&window, "Kitchen");
    window.open_request("Tea");
    window.send("200 OK");
    login::panel(&window).says("Valid");
    window.close();

    let kept = hand::tokens(&desktop);
    assert!(!kept.is_empty(), "the keyring has the token");
    lock(&desktop);
    let calls = Calls::watch(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.role("contentinfo", "Status").says("Keychain locked");
    window.open_request("Tea");
    let token = login::panel(&window);
    token.says("Not known");
    token.says("locked");
    assert!(!calls.contain("Unlock"), "{}", calls.text());
    // Without a word from the user nothing is unlocked; with one it is asked for.
    window.role("button", "Send").click();
    patience::expect("the keychain to be asked", || calls.contain("Unlock").then_some(()));
    window.crash();
    for token in kept {
        hand::no_trace(&desktop, &token);
    }
}

fn lock(desktop: &Desktop) {
    let mut lock = desktop.command("dbus-send");
    lock.args(["--session", "--print-reply", "--dest=org.freedesktop.secrets"])
        .args(["/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock"])
        .arg("array:objpath:/org/freedesktop/secrets/collection/login");
    assert!(lock.output().is_ok_and(|done| done.status.success()), "the keyring does not lock");
}

/// The calls that reach the Secret Service.
struct Calls<'desktop> {
    desktop: &'desktop Desktop,
    _monitor: Process,
}

impl<'desktop> Calls<'desktop> {
    fn watch(desktop: &'desktop Desktop) -> Self {
        let mut command = desktop.command("sh");
        let wanted = "interface='org.freedesktop.Secret.Service'";
        command.args(["-c", &format!("exec dbus-monitor --session \"{wanted}\" >calls")]);
        let calls = Self { desktop, _monitor: Process::start(&command, "dbus-bin") };
        patience::expect("calls to be seen", || {
            hand::peek(desktop);
            calls.contain("SearchItems").then_some(())
        });
        calls
    }

    fn contain(&self, method: &str) -> bool {
        self.text().contains(&format!("member={method}\n"))
    }

    fn text(&self) -> String {
        fs::read_to_string(self.desktop.home().join("calls")).unwrap_or_default()
    }
}
