//! 100 MB of JSON in one line: opened, scrolled to its end, searched. The web view never holds it.

use std::time::Duration;

use errand_tests::desktop::{Desktop, Keyring, proportional_memory};
use errand_tests::errand::Errand;
use errand_tests::playground::Playground;
use errand_tests::workspace::Workspace;

/// Generous: a debug build on a busy machine has to fetch, index and search 100 MB.
const LONG: Duration = Duration::from_secs(120);
const BOUND: u64 = 600_000_000;

#[test]
fn a_hundred_megabytes_open_scroll_and_are_searched() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let playground = Playground::start(&desktop);
    let workspace = Workspace::new(&desktop).with("Orders", "GET", &playground.url("/json/100mb"));
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Orders");
    window.role("button", "Send").click();
    window.response().role("status", "Outcome").appears_within(LONG).says("200 OK");

    let rows = window.response().role("table", "Body");
    rows.appears_within(LONG);
    let building = window.response().role("progressbar", "Reading the body").containing();
    errand_tests::patience::until(LONG, || (!building.is_there()).then_some(()));
    let count: u64 = rows.attribute("aria-rowcount").and_then(|n| n.parse().ok()).unwrap_or(0);
    println!("{count} rows, {}", memory(&window));
    assert!(count > 1_000_000, "100 MB of orders are more than {count} lines");

    rows.click();
    window.press("Control+End");
    rows.says(&count.to_string());
    println!("at the end, {}", memory(&window));

    // The number of the last order stands once, near the end.
    let last = rows.says("\"id\":");
    let text = last.text();
    let id = text.rsplit("\"id\": ").next().and_then(|rest| rest.split([',', '\n']).next());
    let id = id.unwrap_or_else(|| panic!("no id in {text}"));
    window.press("Control+Home");
    rows.says("[\n");
    window.press("Control+f");
    window.role("searchbox", "Find in response").fill(id);
    window.type_text("\n");
    window.response().says("1 of 1");
    rows.says(&format!("\"id\": {id}"));
    println!("found {id}, {}", memory(&window));

    let web = web_process(&window);
    assert!(web < BOUND, "the web process holds {web} bytes");
    window.close();
}

fn memory(window: &Errand<'_>) -> String {
    let all: u64 = window.processes().into_iter().filter_map(proportional_memory).sum();
    format!("web process {} MB, all {} MB", web_process(window) / 1_000_000, all / 1_000_000)
}

/// The memory of the process that draws the page.
fn web_process(window: &Errand<'_>) -> u64 {
    let is_web = |id: &u32| {
        std::fs::read_to_string(format!("/proc/{id}/comm"))
            .is_ok_and(|name| name.starts_with("WebKitWebProc"))
    };
    window.processes().into_iter().filter(is_web).filter_map(proportional_memory).sum()
}
