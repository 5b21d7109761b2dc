//! What was sent is found again: by words, by status; opened, sent again, deleted.

use errand_tests::desktop::{Desktop, Keyring};
use errand_tests::errand::Errand;
use errand_tests::patience;
use errand_tests::playground::Playground;
use errand_tests::workspace::Workspace;

#[test]
fn what_was_sent_is_found_opened_sent_again_and_deleted() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let playground = Playground::start(&desktop);
    let workspace = Workspace::new(&desktop)
        .with("Teapot", "GET", &playground.url("/status/418"))
        .with("Oolong", "GET", &playground.url("/anything/oolong"))
        .with("Order", "POST", &playground.url("/orders"));
    let window = Errand::open(&desktop, &[workspace.argument()]);
    for (name, outcome) in [("Teapot", "418"), ("Oolong", "200 OK"), ("Order", "400")] {
        window.open_request(name);
        window.tab(name).has("aria-selected", "true");
        window.send(outcome);
    }

    window.role("button", "History").click();
    entries(&window, &["Order", "Oolong", "Teapot"]);
    let search = window.role("searchbox", "Search history");
    search.fill("oolong");
    entries(&window, &["Oolong"]);
    search.fill("nothing of the kind");
    window.role("complementary", "Sidebar").says("Nothing in history matches");
    search.fill("");
    entries(&window, &["Order", "Oolong", "Teapot"]);

    window.role("button", "Filters").click();
    window.role("checkbox", "4xx").click();
    window.press("Escape");
    entries(&window, &["Order", "Teapot"]);
    window.role("button", "Filters, 1 on").click();
    window.role("button", "Clear filters").click();
    window.press("Escape");

    entry(&window, "Oolong").click();
    let past = window.role("region", "History entry");
    past.says("/anything/oolong");
    past.role("status", "Outcome").says("200 OK");
    past.role("region", "Response").role("table", "Body").says("\"path\": \"/anything/oolong\"");
    past.role("button", "Send again").click();
    window.role("button", "History").click();
    patience::expect("a second Oolong", || (entry(&window, "Oolong").count() == 2).then_some(()));

    entry(&window, "Teapot").click();
    window.press("Delete");
    window.role("alertdialog", "Delete this entry?").role("button", "Delete").click();
    entry(&window, "Teapot").disappears();
    window.close();

    // Tomorrow it is the same.
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.role("button", "History").click();
    entries(&window, &["Oolong", "Order", "Oolong"]);
    window.close();
}

fn entry<'w>(window: &'w Errand<'_>, name: &str) -> errand_tests::webdriver::Locator<'w> {
    window.role("list", "History").role("listitem", name).containing()
}

/// Waits until exactly these are listed, newest first.
fn entries(window: &Errand<'_>, names: &[&str]) {
    let list = window.role("list", "History").role("listitem", "").of_any_name();
    let mut shown = Vec::new();
    let found = patience::until(patience::PATIENCE, || {
        shown = if window.role("list", "History").is_there() { list.texts() } else { Vec::new() };
        let same = shown.len() == names.len()
            && shown.iter().zip(names).all(|(text, name)| text.contains(name));
        same.then_some(())
    });
    assert!(found.is_some(), "history should list {names:?}; it lists {shown:?}");
}
