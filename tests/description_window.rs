//! A workspace that stays linked with the description of its API: differences taken over, answers checked.

use std::fs;
use std::path::Path;

use errand_tests::chooser::Chooser;
use errand_tests::desktop::{Desktop, Keyring};
use errand_tests::errand::Errand;
use errand_tests::scribe::Scribe;
use errand_tests::workspace::Workspace;
use serde_json::{Value, json};

#[test]
fn a_description_is_followed_and_answers_are_held_against_it() {
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let chooser = Chooser::at(&desktop);
    let server = Scribe::start();
    let workspace = Workspace::new(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    let file = desktop.home().join("api.json");
    let first = json!({
        "/teas": {"get": operation("List teas", &[])},
        "/cups": {"get": operation("List cups", &[])},
        "/spoons": {"get": operation("List spoons", &[])},
    });
    write(&file, &server, &first);
    chooser.choose(&file);
    window.press("Control+o");
    let import = window.role("dialog", "Import");
    import.role("button", "Choose a file…").click();
    import.role("checkbox", "Stay linked to the description").has("checked", "true");
    import.role("button", "Import 3 requests").click();
    import.says("3 requests came into Tea");
    import.role("button", "Done").click();
    import.disappears();
    // Its server became an environment.
    let environment = server.url("").replace("http://", "");
    window.choose_in_menu(&window.role("button", "Environment:").containing(), &environment);

    answers(&window, &server);
    // An edit of one's own, in what will change there.
    let headers = window.part("Headers").role("table", "Headers");
    headers.role("textbox", "Name, row 1").fill("X-Mine");
    headers.role("textbox", "Value, row 1").fill("mine");
    window.press("Control+s");
    window.tab("List teas").appears();

    let second = json!({
        "/teas": {"get": operation("List teas", &["limit"])},
        "/cups": {"get": operation("List cups", &["colour"])},
        "/pots": {"get": operation("List pots", &[])},
    });
    write(&file, &server, &second);
    differences(&window);
    for name in ["List pots", "List spoons", "List cups"] {
        window.item(name).appears();
    }
    window
        .part("Params")
        .role("table", "Query parameters")
        .role("textbox", "Name, row 1")
        .holds("limit");
    window.part("Headers").role("table", "Headers").role("textbox", "Name, row 1").holds("X-Mine");
    window.send("200 OK");
    let heard = server.take();
    let came = heard.last().unwrap_or_else(|| panic!("nothing came"));
    assert!(came.line.starts_with("GET /teas?limit="), "{}", came.line);
    assert_eq!(came.header("x-mine"), Some("mine"));
    window.open_request("List cups");
    let query = window.part("Params").role("table", "Query parameters");
    query.appears();
    assert!(!query.text().contains("colour"), "what was not checked stays as it was");
    window.close();
}

/// One that is as described, and one that is not.
fn answers(window: &Errand<'_>, server: &Scribe) {
    server.put("/teas", "application/json", r#"{"id": 7}"#);
    window.open_request("List teas");
    window.send("200 OK");
    let results = window.answer("Checks").role("list", "Results of the checks");
    results.says("As the API's description says");
    assert_eq!(results.role("image", "Passed").count(), 1);
    server.put("/teas", "application/json", r#"{"id": "seven"}"#);
    window.send("200 OK");
    results.says("Not as the API's description says, in one place");
    assert_eq!(results.role("image", "Failed").count(), 1);
    let table = window.response().role("table", "Not as the description says");
    table.says("id");
    table.says("integer");
}

/// Takes over what was added, and one of two that changed.
fn differences(window: &Errand<'_>) {
    window.choose_for_item("Tea house", "Settings…");
    window.role("button", "Compare with the description…").click();
    let dialog = window.role("dialog", "Compare Tea house with its description");
    let list = dialog.role("list", "Differences");
    for group in ["Added", "Changed", "Gone"] {
        list.role("heading", group).appears();
    }
    list.says("limit");
    list.says("colour");
    list.says("edited here");
    list.role("checkbox", "Take over GET List pots").appears();
    assert_eq!(list.role("checkbox", "All of Gone").count(), 1);
    list.role("checkbox", "Take over GET List cups").click();
    dialog.role("button", "Take over 2 changes").click();
    dialog.says("2 changes were taken over.");
    dialog.role("button", "Close").click();
    dialog.disappears();
}

fn operation(summary: &str, query: &[&str]) -> Value {
    let parameters: Vec<Value> = query
        .iter()
        .map(|name| json!({"name": name, "in": "query", "required": true, "schema": {"type": "integer"}}))
        .collect();
    json!({
        "operationId": summary.replace(' ', ""), "summary": summary, "parameters": parameters,
        "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {
            "type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}},
        }}}}},
    })
}

fn write(file: &Path, server: &Scribe, paths: &Value) {
    let description = json!({
        "openapi": "3.1.0", "info": {"title": "Tea house", "version": "1"},
        "servers": [{"url": server.url("")}], "paths": paths,
    });
    fs::write(file, description.to_string())
        .unwrap_or_else(|error| panic!("cannot write {}: {error}", file.display()));
}
