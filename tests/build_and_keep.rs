//! Build a request, save it, find it again tomorrow. And what was not saved survives even a crash.

use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::playground::Playground;
use errand_tests::workspace::Workspace;

#[test]
fn a_saved_post_is_still_there_after_a_restart() {
    let desktop = Desktop::start();
    let playground = Playground::start(&desktop);
    let workspace = Workspace::new(&desktop);
    workspace.write("Orders/folder.yml", "info:\n  name: Orders\n  type: folder\n");

    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.new_request(&playground.url("/anything/orders"));
    window.role("combobox", "Method").fill("POST");
    window.press("Escape");

    let query = window.part("Params").role("table", "Query parameters");
    query.role("textbox", "Name, row 1").fill("dry run");
    query.role("textbox", "Value, row 1").fill("yes & no");
    // Written as a person would read it: only what would change the meaning is escaped.
    let url = playground.url("/anything/orders?dry run=yes %26 no");
    assert_eq!(window.role("textbox", "URL").value(), url);

    let headers = window.part("Headers").role("table", "Headers");
    headers.role("textbox", "Name, row 1").fill("X-Order");
    headers.role("textbox", "Value, row 1").fill("first");

    let body = window.part("Body");
    window.choose(&body.role("button", "Kind of body").containing(), "JSON");
    body.role("textbox", "Body text").fill(r#"{"item": "Teapot", "quantity": 2}"#);

    window.send("200 OK");
    let answer = window.answer("Body");
    answer.says(r#""method": "POST""#);
    answer.says(r#""X-Order": "first""#);
    answer.role("searchbox", "Filter").fill("$.json.item");
    window.press("Enter");
    answer.role("table", "Body").says("Teapot");

    window.tab("Untitled request, unsaved").appears();
    window.press("Control+s");
    let dialog = window.role("dialog", "Save request");
    dialog.role("textbox", "Name").fill("Order tea");
    window.choose(&dialog.role("button", "Folder").containing(), "Orders");
    dialog.role("button", "Save").click();
    window.tab("Order tea").appears();
    let file = workspace.says("Orders/Order tea.yml", "quantity");
    assert!(file.contains("method: POST") && file.contains("X-Order"), "{file}");
    window.kept("Orders/Order tea.yml");
    window.close();

    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.tab("Order tea").has("aria-selected", "true");
    assert_eq!(window.role("textbox", "URL").value(), url);
    assert_eq!(window.role("combobox", "Method").value(), "POST");
    let headers = window.part("Headers").role("table", "Headers");
    assert_eq!(headers.role("textbox", "Value, row 1").value(), "first");
    window.part("Body").role("textbox", "Body text").says(r#"{"item": "Teapot", "quantity": 2}"#);
    window.close();
}

#[test]
fn work_that_was_not_saved_survives_a_crash() {
    let desktop = Desktop::start();
    let workspace = Workspace::new(&desktop).with("Tea", "GET", "http://127.0.0.1:1/tea");
    let file = workspace.read("Tea.yml");

    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Tea");
    window.role("textbox", "URL").fill("http://127.0.0.1:1/coffee");
    window.tab("Tea, unsaved").appears();
    window.new_request("http://127.0.0.1:1/cocoa");
    window.kept("/coffee");
    window.kept("/cocoa");
    window.crash();

    assert_eq!(workspace.read("Tea.yml"), file, "a draft is not a save");
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.tab("Tea, unsaved").click();
    assert_eq!(window.role("textbox", "URL").value(), "http://127.0.0.1:1/coffee");
    window.tab("Untitled request, unsaved").click();
    assert_eq!(window.role("textbox", "URL").value(), "http://127.0.0.1:1/cocoa");
    window.close();
}
