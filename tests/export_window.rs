//! Taking requests out through the window: to every format, of all or of a part, without secrets.

use std::fs;
use std::path::{Path, PathBuf};

use errand_tests::chooser::Chooser;
use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::patience;
use errand_tests::traces;
use errand_tests::webdriver::Locator;
use errand_tests::workspace::Workspace;
use serde_json::Value;

const SECRET: &str = "k1tchen-Wp64JcNz9Ls";

/// How the format is called, what its file is called, and what is in it for sure.
const FORMATS: [(&str, &str, &str); 10] = [
    ("Postman", "all.json", "schema.getpostman.com"),
    ("Bruno", "bruno", "Create an order.bru"),
    ("Insomnia", "all.yaml", "collection.insomnia.rest/5.0"),
    ("OpenCollection", "all.yml", "opencollection:"),
    ("OpenAPI", "all.openapi.yaml", "openapi:"),
    ("HAR", "all.har", "\"version\": \"1.2\""),
    ("curl", "all.sh", "curl "),
    ("HTTP file", "http", "### Create an order"),
    ("Hurl", "all.hurl", "POST {{base}}/orders"),
    ("k6", "all.js", "k6/http"),
];

#[test]
fn requests_go_out_to_every_format_and_secrets_do_not() {
    let desktop = Desktop::start();
    let chooser = Chooser::at(&desktop);
    let workspace = shop(&desktop);
    let out = desktop.home().join("out");
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.role("contentinfo", "Status").says("Keychain unlocked");
    window.set_secret("Kitchen", "token", SECRET, "In the keychain");
    assert!(desktop.secrets("errand").contains(SECRET), "the secret is in the keyring");

    window.press("Control+Shift+O");
    let export = window.role("dialog", "Export all of Tea");
    export.role("checkbox", "Kitchen").appears();
    for (at, (format, name, part)) in FORMATS.iter().enumerate() {
        let to = out.join(name);
        export.role("navigation", "Formats").role("button", format).containing().click();
        tells(&export, "What will not come out as it is");
        if at == 0 {
            chooser.choose(&to);
            export.role("button", "Browse…").click();
            export.role("textbox", "Export to").holds(&to.display().to_string());
        } else {
            export.role("textbox", "Export to").fill(&to.display().to_string());
        }
        export.role("button", "Export").click();
        let files = files(&export);
        tells(&export, "What did not come out as it is");
        let found = files.iter().any(|file| {
            let text = fs::read_to_string(file);
            let text = text.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            text.contains(part) || file.ends_with(part)
        });
        assert!(found, "no {part:?} in {files:?}");
        assert!(files.iter().all(|file| file.starts_with(&out)), "{files:?}");
        export.role("button", "Export once more…").click();
    }
    export.role("button", "Cancel").click();
    export.disappears();
    a_part(&window, &out);
    window.close();

    assert!(traces::files(&out).len() > FORMATS.len(), "files were written");
    for form in traces::forms(SECRET) {
        assert_eq!(traces::find(&out, &form), Vec::<PathBuf>::new());
    }
}

/// A folder and a request of it, from their menus.
fn a_part(window: &Errand<'_>, out: &Path) {
    for (item, expected) in [("List orders", 1), ("Orders", 2)] {
        window.choose_for_item(item, "Export…");
        let export = window.role("dialog", &format!("Export {item}"));
        export.role("navigation", "Formats").role("button", "Postman").containing().click();
        let to = out.join(format!("{item}.json"));
        export.role("textbox", "Export to").fill(&to.display().to_string());
        export.role("button", "Export").click();
        let written = files(&export);
        export.role("button", "Close").click();
        export.disappears();
        let collection: Value = fs::read(&written[0])
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_else(|| panic!("{} is no JSON", written[0].display()));
        assert_eq!(requests(&collection), expected, "{collection}");
    }
}

fn requests(of: &Value) -> usize {
    let items = of["item"].as_array().into_iter().flatten();
    items.map(|item| if item.get("request").is_some() { 1 } else { requests(item) }).sum()
}

/// The receipt: either lines, or that there is nothing to say.
#[track_caller]
fn tells(export: &Locator<'_>, title: &str) {
    let receipt = export.role("region", title);
    let lines = receipt.role("list", title).role("listitem", "").of_any_name();
    patience::expect("a receipt", || {
        let texts = lines.texts();
        let whole = receipt.text().contains("Everything comes out as it is.");
        (whole || !texts.is_empty() && texts.iter().all(|text| !text.trim().is_empty()))
            .then_some(())
    });
}

/// The files that were written, as told.
#[track_caller]
fn files(export: &Locator<'_>) -> Vec<PathBuf> {
    let list = export.role("list", "Exported files");
    list.appears();
    let told = list.role("listitem", "").of_any_name().texts();
    let first = |text: &String| PathBuf::from(text.lines().next().unwrap_or_default().trim());
    let files: Vec<PathBuf> = told.iter().map(first).collect();
    assert!(!files.is_empty(), "a file is written");
    files
}

fn shop(desktop: &Desktop) -> Workspace {
    let workspace = Workspace::new(desktop).with("Tea", "GET", "{{base}}/tea?token={{token}}");
    workspace.write(
        "opencollection.yml",
        "opencollection: \"1.0.0\"\n\ninfo:\n  name: Tea\n\nrequest:\n  auth:\n    type: bearer\n    \
         token: '{{token}}'\n  variables:\n    - name: base\n      value: http://127.0.0.1:4747\n",
    );
    workspace.write("Orders/folder.yml", "info:\n  name: Orders\n  type: folder\n");
    let list = errand_tests::workspace::request("List orders", "GET", "{{base}}/orders?limit=2");
    workspace.write("Orders/List orders.yml", &list);
    let create = "info:\n  name: Create an order\n  type: http\n\nhttp:\n  method: POST\n  url: \"{{base}}/orders\"\n  \
         headers:\n    - name: X-Key\n      value: '{{token}}'\n  body:\n    type: json\n    data: '{\"tea\": \"oolong\"}'\n";
    workspace.write("Orders/Create an order.yml", create);
    workspace
}
