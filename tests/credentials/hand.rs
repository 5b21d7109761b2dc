//! What people do with credentials in the window, and where a secret may be found afterwards.

use std::fs;

use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::patience::{self, PATIENCE};
use errand_tests::traces;
use errand_tests::webdriver::Locator;
use errand_tests::workspace::Workspace;
use serde_json::{Value, json};

/// Writes a saved request with that auth; `more` is what the collection format has no word for.
pub fn save(workspace: &Workspace, name: &str, url: &str, auth: &Value, more: &Value) {
    let file = json!({
        "info": {"name": name, "type": "http"},
        "http": {"method": "GET", "url": url, "auth": auth},
        "extensions": {"errand": {"auth": more}},
    });
    // JSON is YAML.
    workspace.write(&format!("{name}.yml"), &file.to_string());
}

/// Chooses a scheme in the Auth tab, or in what else holds the fields of an auth.
pub fn choose_scheme(window: &Errand<'_>, within: &Locator<'_>, name: &str) {
    within.role("button", "Kind of auth:").containing().click();
    window.role("combobox", "Find a kind of auth").fill(name);
    window.press("Enter");
    within.role("button", &format!("Kind of auth: {name}")).appears();
}

/// Types a secret into a field and leaves it with Enter, which offers the keychain; Enter again keeps it there.
pub fn keep(window: &Errand<'_>, field: &Locator<'_>, label: &str, secret: &str, name: &str) {
    field.fill(secret);
    window.press("Enter");
    let offer = window.role("group", &format!("Secret in {label}"));
    offer.role("textbox", &format!("Name for {label}")).fill(name);
    window.press("Enter");
    offer.disappears();
    field.holds(&format!("{{{{{name}}}}}"));
}

/// Makes an environment with secrets and their values. It is not chosen.
pub fn environment(window: &Errand<'_>, name: &str, secrets: &[(&str, &str)]) {
    window.press("Control+e");
    let dialog = window.role("dialog", "Environments");
    dialog.role("navigation", "All environments").role("button", "New environment").click();
    dialog.role("textbox", "Name").holds("New environment");
    dialog.role("textbox", "Name").fill(name);
    dialog.role("button", "Save").click();
    dialog.role("button", name).containing().appears();
    let variables = dialog.role("table", "Variables");
    for (at, (secret, value)) in secrets.iter().enumerate() {
        variables.role("textbox", &format!("Name, row {}", at + 1)).fill(secret);
        variables.role("checkbox", &format!("{secret} is secret")).click();
        set_value(window, &variables, "Set value", secret, value);
    }
    dialog.role("button", "Save").click();
    dialog.role("button", "Close").click();
    dialog.disappears();
}

/// Types the value of a secret into the table of an environment.
pub fn set_value(window: &Errand<'_>, table: &Locator<'_>, how: &str, name: &str, value: &str) {
    table.role("button", &format!("{how}: {name}")).click();
    let field = table.role("textbox", &format!("New value of {name}"));
    field.fill(value);
    window.press("Enter");
    field.disappears();
    table.role("button", &format!("Replace: {name}")).appears();
}

/// Chooses an environment at the top of the window.
pub fn use_environment(window: &Errand<'_>, name: &str) {
    window.choose_in_menu(&window.role("button", "Environment:").containing(), name);
    window.role("button", &format!("Environment: {name}")).appears();
}

/// The secrets that the keyring holds, as `secret-tool` shows them.
pub fn keyring(desktop: &Desktop) -> String {
    desktop.secrets("errand")
}

/// The tokens it holds: whatever has the form of a JWT.
pub fn tokens(desktop: &Desktop) -> Vec<String> {
    let kept = desktop.secrets("errand.tokens");
    let of_a_token = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let words = kept.split(|letter| !of_a_token(letter));
    words
        .filter(|word| word.starts_with("eyJ") && word.matches('.').count() == 2)
        .map(str::to_owned)
        .collect()
}

/// Nowhere in the home folder: workspace, data, settings, and what web views keep of their own.
#[track_caller]
pub fn no_trace(desktop: &Desktop, secret: &str) {
    let planted = desktop.home().join("cache/planted");
    for form in traces::forms(secret) {
        let found = traces::find(desktop.home(), &form);
        assert!(found.is_empty(), "{:?} is in {found:?}", String::from_utf8_lossy(&form));
        fs::write(&planted, [b"key=".as_slice(), &form].concat())
            .unwrap_or_else(|error| panic!("cannot plant {}: {error}", planted.display()));
        let found = traces::find(desktop.home(), &form);
        assert_eq!(found, [planted.as_path()], "what is planted is found");
        let _ = fs::remove_file(&planted);
    }
}

/// Waits until the row of a table that begins with that says this. WebKit gives rows no names.
#[track_caller]
pub fn row_says(table: &Locator<'_>, head: &str, part: &str) {
    let mut last = Vec::new();
    let found = patience::until(PATIENCE, || {
        last = table.role("row", "").of_any_name().texts();
        let rows = last.iter().map(|row| row.trim());
        rows.filter(|row| row.starts_with(head)).any(|row| row.contains(part)).then_some(())
    });
    assert!(found.is_some(), "no row {head:?} says {part:?}; the rows are {last:?}");
}

/// Looks for what nobody keeps, without unlocking anything.
pub fn peek(desktop: &Desktop) {
    let _ = desktop.command("secret-tool").args(["search", "service", "nobody"]).output();
}
