//! A secret's value lives in the keychain and nowhere else, whatever was done with it.

use std::fs;

use errand_tests::desktop::{Desktop, Keyring};
use errand_tests::errand::Errand;
use errand_tests::playground::Playground;
use errand_tests::traces;
use errand_tests::workspace::Workspace;

/// With letters that every way of writing it escapes differently.
const SECRET: &str = "c4nary/+&=% Z9?ok";

#[test]
fn the_keychain_holds_the_value_and_no_file_does() {
    let desktop = Desktop::start();
    let playground = Playground::start(&desktop);
    let workspace = Workspace::new(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.role("contentinfo", "Status").says("Keychain unlocked");
    window.set_secret("Kitchen", "token", SECRET, "In the keychain");

    send_token(&window, &playground);
    // In history, as a draft, as a saved request and as a copy: wherever it could have gone along.
    window.press("Control+s");
    let dialog = window.role("dialog", "Save request");
    dialog.role("textbox", "Name").fill("With a secret");
    dialog.role("button", "Save").click();
    window.tab("With a secret").appears();
    window.answer("Timeline").says("HTTP/1.1");
    window.role("button", "History").click();
    window.role("list", "History").role("listitem", "GET").containing().click();
    window.role("region", "History entry").says("{{token}}");
    window.kept("With a secret.yml");
    window.close();

    assert!(in_keyring(&desktop), "secret-tool finds the value");
    no_trace(&desktop);

    // It is still there after a restart, and only for that workspace's environment.
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.role("button", "Collections").click();
    window.open_request("With a secret");
    window.send("200 OK");
    window.close();
    no_trace(&desktop);
}

#[test]
fn without_a_keychain_a_secret_lasts_for_the_session() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let playground = Playground::start(&desktop);
    let workspace = Workspace::new(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.role("contentinfo", "Status").says("No keychain: secrets last this session");
    window.set_secret("Kitchen", "token", SECRET, "This session only");
    send_token(&window, &playground);
    window.crash();
    no_trace(&desktop);

    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.press("Control+e");
    let dialog = window.role("dialog", "Environments");
    dialog.role("button", "Set value: token").appears();
    window.close();
}

/// Sends it in the query and in a header, to a server that repeats both.
fn send_token(window: &Errand<'_>, playground: &Playground) {
    window.new_request(&playground.url("/anything?key={{token}}"));
    let headers = window.part("Headers").role("table", "Headers");
    headers.role("textbox", "Name, row 1").fill("X-Kitchen");
    headers.role("textbox", "Value, row 1").fill("Bearer {{token}}");
    window.press("Escape");
    window.send("200 OK");
    // The server says how long what it got was; the value itself is shown as its name.
    window.answer("Body").says("Bearer {{token}}");
}

fn in_keyring(desktop: &Desktop) -> bool {
    let found = desktop
        .command("secret-tool")
        .args(["search", "--all", "--unlock", "service", "errand"])
        .output();
    found.is_ok_and(|found| String::from_utf8_lossy(&found.stdout).contains(SECRET))
}

/// Nowhere in the home folder: workspace, data, settings, and what the web view keeps of its own. The keyring's
/// own files are encrypted, so they too are looked through.
fn no_trace(desktop: &Desktop) {
    let planted = desktop.home().join("cache/planted");
    for form in traces::forms(SECRET) {
        let found = traces::find(desktop.home(), &form);
        assert!(found.is_empty(), "{:?} is in {found:?}", String::from_utf8_lossy(&form));
        fs::write(&planted, [b"key=".as_slice(), &form].concat())
            .unwrap_or_else(|error| panic!("cannot plant {}: {error}", planted.display()));
        assert_eq!(
            traces::find(desktop.home(), &form),
            [planted.as_path()],
            "what is planted is found"
        );
        let _ = fs::remove_file(&planted);
    }
    let looked = traces::files(desktop.home()).len();
    assert!(looked > 5, "only {looked} files were there to be looked through");
}
