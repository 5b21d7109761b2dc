//! The harness itself, proved on a page of its own in WebKit's own small browser, without the app.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use errand_tests::browser::mini_browser;
use errand_tests::desktop::{Desktop, Keyring, proportional_memory};
use errand_tests::webdriver::Window;

#[test]
fn finds_things_by_role_and_name_and_works_them() {
    let desktop = Desktop::start();
    let window = open_page(&desktop, "form.html");
    assert_eq!(window.title(), "Harness");

    let request = window.role("region", "Request");
    request.role("textbox", "URL").fill("http://127.0.0.1/ä?b=1");
    request.role("button", "Send").click();
    let outcome = window.role("region", "Response").role("status", "Outcome");
    outcome.says("sent http://127.0.0.1/ä?b=1");
    assert_eq!(request.role("textbox", "URL").value(), "http://127.0.0.1/ä?b=1");

    window.press("Control+Enter");
    outcome.says("sent by keyboard");
    window.role("tab", "Headers").containing().double_click();
    outcome.says("pinned");
    window.role("tab", "Headers").containing().right_click();
    outcome.says("menu");
    window.role("button", "Late").appears();

    assert_eq!(window.role("button", "Send").count(), 2);
    assert!(window.role("button", "Rename").is_there());
    assert!(!window.role("button", "Hidden").is_there());
    assert!(!window.role("button", "Unspoken").is_there());
    window.role("tab", "Body").has("aria-selected", "true");
    window.close();
}

#[test]
fn a_thing_that_is_missing_is_named_with_what_there_is_instead() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let window = open_page(&desktop, "form.html");
    window.role("button", "Late").appears();
    let look = || window.role("button", "Sned").appears_within(std::time::Duration::ZERO).count();
    let failure = std::panic::catch_unwind(std::panic::AssertUnwindSafe(look));
    let message =
        failure.err().and_then(|panic| panic.downcast::<String>().ok()).unwrap_or_default();
    assert!(message.contains(r#"button "Sned" should be there"#), "{message}");
    assert!(message.contains(r#""Send", "Rename", "Send", "Late""#), "{message}");
}

#[test]
fn takes_pictures_and_measures() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let window = open_page(&desktop, "form.html");
    window.resize(1024, 640);
    let picture = desktop.home().join("page.png");
    window.screenshot(&picture);
    let (width, height) = size_of_png(&picture);
    assert_eq!((width, height), (1024, 640));

    let memory: u64 = window.processes().into_iter().filter_map(proportional_memory).sum();
    assert!(memory > 20 << 20, "a browser with its web process holds more than {memory} bytes");
    window.crash();
}

#[test]
fn the_keyring_is_there_when_asked_for_and_only_then() {
    assert!(keeps_a_secret(&Desktop::start()));
    assert!(!keeps_a_secret(&Desktop::with_keyring(Keyring::Absent)));
}

fn keeps_a_secret(desktop: &Desktop) -> bool {
    let mut tool = desktop.command("secret-tool");
    tool.args(["store", "--label=a", "service", "s"]).stdin(Stdio::null()).stderr(Stdio::null());
    let kept = tool.status().is_ok_and(|status| status.success());
    let found = desktop.command("secret-tool").args(["search", "service", "s"]).output();
    kept && found.is_ok_and(|found| String::from_utf8_lossy(&found.stdout).contains("label = a"))
}

fn open_page<'desktop>(desktop: &'desktop Desktop, page: &str) -> Window<'desktop> {
    let window = Window::open(desktop, &mini_browser(), &["--automation"]);
    window.go(&format!("file://{}/pages/{page}", env!("CARGO_MANIFEST_DIR")));
    window
}

fn size_of_png(path: &Path) -> (u32, u32) {
    let bytes = fs::read(path).unwrap_or_default();
    assert!(bytes.starts_with(b"\x89PNG"), "not a PNG");
    let side =
        |at: usize| bytes[at..at + 4].iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
    (side(16), side(20))
}
