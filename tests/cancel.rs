//! Sends that do not end well: cancelled, refused, to nowhere. Each says so, and what to do next.

use std::net::TcpListener;

use errand_tests::desktop::{Desktop, Keyring};
use errand_tests::errand::Errand;
use errand_tests::playground::Playground;
use errand_tests::workspace::Workspace;

#[test]
fn a_request_can_be_cancelled_and_sent_again() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let playground = Playground::start(&desktop);
    let workspace = Workspace::new(&desktop).with("Slow", "GET", &playground.url("/delay/20"));
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Slow");

    window.role("button", "Send").click();
    window.role("button", "Cancel").appears();
    assert!(!window.role("button", "Send").is_there(), "one request at a time");
    window.response().says("Waiting for 127.0.0.1");
    window.role("button", "Cancel").click();
    window.outcome("Cancelled");
    window.role("button", "Send").appears();

    window.role("textbox", "URL").fill(&playground.url("/get"));
    window.send("200 OK");
    window.close();
}

#[test]
fn a_download_that_is_cancelled_shows_what_came() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let playground = Playground::start(&desktop);
    let url = playground.url("/stream/100?interval=0.2");
    let workspace = Workspace::new(&desktop).with("Stream", "GET", &url);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Stream");
    window.role("button", "Send").click();
    window.response().says("Downloading from 127.0.0.1");
    window.role("button", "Cancel").click();
    window.outcome("200 OK");
    window.outcome("Cancelled");
    window.answer("Body").says("\"id\"");
    window.close();
}

#[test]
fn what_cannot_be_reached_is_said_with_a_hint() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let workspace = Workspace::new(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    let closed = closed.unwrap_or_else(|error| panic!("no free port: {error}"));

    window.new_request(&format!("http://{closed}/tea"));
    window.send("Failed");
    let note = window.response().role("alert", "").of_any_name();
    note.says("refused");
    note.says(&closed.to_string());
    note.role("button", "Send again").appears();

    window.role("textbox", "URL").fill("http://no-such-host.invalid/tea");
    window.send("Failed");
    note.says("no-such-host.invalid");
    window.role("textbox", "URL").fill("http://");
    window.role("button", "Send").click();
    note.says("URL");
    window.close();
}
