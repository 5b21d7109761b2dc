//! Requests as source code through the window, and curl commands as requests.

use std::process::Command;

use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::patience;
use errand_tests::scribe::{Heard, Scribe};
use errand_tests::webdriver::Locator;
use errand_tests::workspace::Workspace;

const SECRET: &str = "c0de-Tg58VbXw2Mq";

#[test]
fn code_is_chosen_copied_and_sends_the_same() {
    let desktop = Desktop::start();
    let server = Scribe::start();
    let workspace = Workspace::new(&desktop).with("Tea", "GET", "http://127.0.0.1:1/tea");
    workspace.write("Order.yml", ORDER);
    workspace.write(
        "opencollection.yml",
        &format!(
            "opencollection: \"1.0.0\"\n\ninfo:\n  name: Tea\n\nrequest:\n  variables:\n    - name: base\n      \
             value: {}\n",
            server.url("")
        ),
    );
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.role("contentinfo", "Status").says("Keychain unlocked");
    window.set_secret("Kitchen", "token", SECRET, "In the keychain");
    window.open_request("Order");
    window.send("200 OK");
    let own = one(&server);
    assert_eq!(own.header("x-key"), Some(SECRET));

    window.press("Control+Shift+G");
    let dialog = window.role("dialog", "Copy as code");
    let targets = dialog.role("listbox", "Languages");
    targets.appears();
    let count = targets.role("option", "").of_any_name().count();
    assert!(count >= 25, "only {count} targets");
    let code = choose(&dialog, "Python, requests");
    assert!(code.contains("import requests") && code.contains("{{base}}"), "{code}");
    let code = choose(&dialog, "Go, net/http");
    assert!(code.contains("package main"), "{code}");
    dialog.role("combobox", "Find a language").fill("rust");
    assert!(text(&dialog, "Rust, reqwest").contains("reqwest"));
    dialog.role("combobox", "Find a language").fill("");

    let code = choose(&dialog, "Shell, curl");
    assert!(code.contains("{{base}}/orders"), "{code}");
    dialog.role("switch", "Fill in variables").click();
    let shown = dialog.role("textbox", "The request in Shell, curl");
    shown.says(&server.url("/orders"));
    let code = shown.text();
    assert!(code.contains("{{token}}") && !code.contains(SECRET), "{code}");
    dialog.role("button", "Copy the code").click();
    dialog.role("button", "Copy the code").says("Copied");
    dialog.role("button", "Close").click();
    dialog.disappears();

    // What is on the clipboard, put where text is taken.
    window.press("Control+o");
    let import = window.role("dialog", "Import");
    import.role("tab", "Paste text").click();
    let area = import.role("textbox", "Text to import");
    area.click();
    window.press("Control+v");
    let copied =
        patience::expect("the copied code", || Some(area.value()).filter(|text| !text.is_empty()));
    assert_eq!(squeezed(&copied), squeezed(&code));
    import.role("button", "Cancel").click();
    import.disappears();

    run(&desktop, &copied.replace("{{token}}", SECRET));
    assert_eq!(said(one(&server)), said(own));

    a_command_becomes_a_request(&window, &server);
    window.close();
}

/// In the field of the URL a command fills the whole request, and can be taken back.
fn a_command_becomes_a_request(window: &Errand<'_>, server: &Scribe) {
    window.open_request("Tea");
    let url = window.role("textbox", "URL");
    url.click();
    window.press("Control+a");
    let command = format!(
        "curl -X PATCH '{}' -H 'X-Milk: oat' --json '{{\"tea\": 1}}'",
        server.url("/pasted?sugar=2")
    );
    window.paste(&command);
    url.holds(&server.url("/pasted?sugar=2"));
    window.request().says("Filled in from the curl command.");
    window.send("200 OK");
    let came = one(server);
    assert_eq!(came.line, "PATCH /pasted?sugar=2");
    assert_eq!(came.header("x-milk"), Some("oat"));
    assert_eq!(came.body, b"{\"tea\": 1}");
    window.request().role("button", "Undo").click();
    url.holds("http://127.0.0.1:1/tea");
}

/// Chooses a target, and waits for its code.
#[track_caller]
fn choose(dialog: &Locator<'_>, target: &str) -> String {
    dialog.role("listbox", "Languages").role("option", target).click();
    text(dialog, target)
}

#[track_caller]
fn text(dialog: &Locator<'_>, target: &str) -> String {
    dialog.role("textbox", &format!("The request in {target}")).text()
}

#[track_caller]
fn one(server: &Scribe) -> Heard {
    let mut heard = server.take();
    assert_eq!(heard.len(), 1, "{heard:?}");
    heard.remove(0)
}

/// Without what each program says of itself.
fn said(mut heard: Heard) -> Heard {
    let own = ["user-agent", "accept", "accept-encoding", "connection"];
    heard.headers.retain(|(name, _)| !own.contains(&name.as_str()));
    heard
}

fn squeezed(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn run(desktop: &Desktop, script: &str) {
    let mut shell: Command = desktop.command("sh");
    let ran = shell.args(["-euc", script]).output();
    let ran = ran.unwrap_or_else(|error| panic!("no shell: {error}"));
    assert!(ran.status.success(), "{script}\n{}", String::from_utf8_lossy(&ran.stderr));
}

const ORDER: &str = "info:
  name: Order
  type: http

http:
  method: POST
  url: \"{{base}}/orders?note=with%20milk\"
  headers:
    - name: X-Key
      value: '{{token}}'
    - name: X-Quoted
      value: it's \"so\"
  body:
    type: json
    data: |-
      {
        \"tea\": \"oolong\",
        \"cups\": 2
      }
";
