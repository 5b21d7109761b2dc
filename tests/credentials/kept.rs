//! Secrets typed into a request: the keychain is offered, and what is in a file was asked about.

use std::fs;

use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::patience;
use errand_tests::playground::Playground;
use errand_tests::workspace::Workspace;
use serde_json::json;

use crate::hand;
use crate::server::Guestbook;

const SECRET: &str = "ghp_Kx81mQz7/+&=% wV2tR9bL4";

#[test]
fn a_secret_typed_into_a_field_goes_to_the_keychain() {
    let desktop = Desktop::start();
    let playground = Playground::start(&desktop);
    let workspace = Workspace::new(&desktop).with("Tea", "GET", &playground.url("/bearer"));
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Tea");
    window.send("401 Unauthorized");

    let auth = window.part("Auth");
    hand::choose_scheme(&window, &auth, "Bearer token");
    let field = auth.role("textbox", "Token");
    hand::keep(&window, &field, "Token", SECRET, "token");
    assert!(hand::keyring(&desktop).contains(SECRET), "secret-tool finds the value");

    window.send("200 OK");
    window.answer("Body").says("{{token}}");
    window.press("Control+s");
    window.tab("Tea").appears();
    let file = workspace.says("Tea.yml", "{{token}}");
    assert!(file.contains("bearer"), "{file}");
    window.close();
    hand::no_trace(&desktop, SECRET);
}

#[test]
fn no_secret_is_saved_without_a_question() {
    let desktop = Desktop::start();
    let workspace = Workspace::new(&desktop).with("Kept", "GET", "http://127.0.0.1:1/").with(
        "As it is",
        "GET",
        "http://127.0.0.1:1/",
    );
    let (kept, as_it_is) =
        ("sk_live_4eC39HqLyjWDarjtT1zdp7dc", "sk_live_51H8xUj2eZvKYlo2CkQ0mWn9a");
    let window = Errand::open(&desktop, &[workspace.argument()]);

    type_header(&window, "Kept", kept);
    let question = save(&window);
    question.role("button", "Cancel").click();
    question.disappears();
    assert!(
        !workspace.read("Kept.yml").unwrap_or_default().contains("X-Api-Key"),
        "nothing is saved"
    );
    let question = save(&window);
    let list = question.role("list", "Secrets found");
    assert!(!list.text().contains(kept), "it is not shown: {}", list.text());
    question.role("button", "Keep and save").click();
    question.disappears();
    let file = workspace.says("Kept.yml", "X-Api-Key");
    assert!(file.contains("{{") && !file.contains(kept), "{file}");
    assert!(hand::keyring(&desktop).contains(kept), "secret-tool finds the value");
    hand::no_trace(&desktop, kept);

    type_header(&window, "As it is", as_it_is);
    let question = save(&window);
    assert!(!workspace.read("As it is.yml").unwrap_or_default().contains(as_it_is), "only asked");
    question.role("button", "Save as it is").click();
    question.disappears();
    workspace.says("As it is.yml", as_it_is);
    window.close();
}

fn type_header(window: &Errand<'_>, request: &str, value: &str) {
    window.open_request(request);
    let headers = window.part("Headers").role("table", "Headers");
    headers.role("textbox", "Name, row 1").fill("X-Api-Key");
    headers.role("textbox", "Value, row 1").fill(value);
    // Whatever is offered for the field is not answered: the question at saving is what counts here.
    window.press("Escape");
}

fn save<'window>(window: &'window Errand<'_>) -> errand_tests::webdriver::Locator<'window> {
    window.press("Control+s");
    window.role("alertdialog", "Keep secrets out of the file?")
}

#[test]
fn an_auth_is_inherited_with_each_environments_own_secret() {
    let desktop = Desktop::start();
    let server = Guestbook::open();
    let workspace = Workspace::new(&desktop).with("Cocoa", "GET", "http://127.0.0.1:1/").with(
        "Tea",
        "GET",
        server.url(),
    );
    let (kitchen, garden) = ("k1tchen-9fJ2xQ7vLm3Zp", "g4rden-T8wRb6Nc1Yk5Hs");
    let window = Errand::open(&desktop, &[workspace.argument()]);
    hand::environment(&window, "Kitchen", &[("token", kitchen)]);
    hand::environment(&window, "Garden", &[("token", garden)]);

    window.choose_in_menu(
        &window.role("button", "More about the collection"),
        "Collection settings…",
    );
    let settings = window.role("dialog", "Settings of the collection Tea");
    settings.role("tab", "Auth").click();
    hand::choose_scheme(&window, &settings, "Bearer token");
    settings.role("textbox", "Token").fill("{{token}}");
    settings.role("button", "Save").click();
    settings.disappears();
    workspace.says("opencollection.yml", "{{token}}");

    window.open_request("Tea");
    let auth = window.part("Auth");
    auth.says("Bearer token, from");
    auth.role("button", "Open the settings of").containing().says("Tea");
    for (at, name) in ["Kitchen", "Garden"].into_iter().enumerate() {
        hand::use_environment(&window, name);
        window.role("button", "Send").click();
        patience::expect("the request", || (server.entries().len() > at).then_some(()));
        window.outcome("200 OK");
    }
    assert_eq!(server.entries(), [format!("Bearer {kitchen}"), format!("Bearer {garden}")]);
    window.close();
    hand::no_trace(&desktop, kitchen);
    hand::no_trace(&desktop, garden);
}

#[test]
fn the_check_tells_a_door_that_is_open_from_one_that_is_not() {
    let desktop = Desktop::start();
    let playground = Playground::start(&desktop);
    let workspace = Workspace::new(&desktop);
    let (none, secret) = (json!({}), "{{password}}");
    let auth = json!({"type": "basic", "username": "ada", "password": secret});
    hand::save(&workspace, "Closed", &playground.url("/basic-auth/ada/engine"), &auth, &none);
    hand::save(&workspace, "Open", &playground.url("/anything"), &auth, &none);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    hand::environment(&window, "Kitchen", &[("password", "engine")]);
    hand::environment(&window, "Garden", &[("password", "of-the-garden")]);
    hand::use_environment(&window, "Kitchen");

    let check = check(&window, "Closed");
    check.says("Everything that should be refused was refused.");
    let table = check.role("table", "Answers by credential");
    for row in ["No credential", "A wrong credential", "That of Garden"] {
        hand::row_says(&table, row, "401");
    }
    hand::row_says(&table, "The valid credential", "200");
    table.role("button", "Show the exchange: No credential").click();
    check.role("region", "No credential").says("401");
    check.role("button", "Back to the table").click();
    check.role("button", "Close").click();

    let check = self::check(&window, "Open");
    check.says("requests were let in that should have been refused.");
    hand::row_says(&check.role("table", "Answers by credential"), "No credential", "Let in");
    check.role("button", "Close").click();
    window.close();
    hand::no_trace(&desktop, "of-the-garden");
}

fn check<'window>(
    window: &'window Errand<'_>,
    request: &str,
) -> errand_tests::webdriver::Locator<'window> {
    window.open_request(request);
    window.tab(request).has("aria-selected", "true");
    window.part("Auth").role("button", "Check what the server refuses…").click();
    let check = window.role("dialog", "What the server refuses");
    window.choose(&check.role("button", "Also with the credentials of").containing(), "Garden");
    check.role("button", "Start").click();
    check.role("button", "Start again").appears();
    check
}

#[test]
fn a_provider_is_filled_in() {
    let desktop = Desktop::start();
    let workspace = Workspace::new(&desktop).with("Tea", "GET", "http://127.0.0.1:1/");
    let secret = "9f8e7d6c5b4a39281706f5e4d3c2b1a0deadbeef";
    let window = Errand::open(&desktop, &[workspace.argument()]);
    hand::environment(&window, "Kitchen", &[]);
    hand::use_environment(&window, "Kitchen");
    window.open_request("Tea");
    window.part("Auth").role("button", "Fill in for a provider…").click();
    let dialog = window.role("dialog", "Fill in for a provider");
    dialog.role("searchbox", "Find a provider").fill("github");
    dialog.role("button", "GitHub").click();
    let about = dialog.role("article", "GitHub");
    about.says("Only S256 is accepted for PKCE.");
    about.role("textbox", "Client id").fill("Iv1.8a61f9b3a7aba766");
    about.role("textbox", "Client secret (kept in the keychain)").fill(secret);
    about.role("checkbox", "Add the request “Who am I”").click();
    dialog.role("button", "Fill in").click();
    dialog.disappears();

    window.tab("Who am I").has("aria-selected", "true");
    assert_eq!(window.role("textbox", "URL").value(), "https://api.github.com/user");
    let auth = window.part("Auth");
    auth.role("button", "Kind of auth: OAuth 2.0, OpenID Connect").appears();
    let token_url = "https://github.com/login/oauth/access_token";
    auth.role("textbox", "Token URL").holds(token_url);
    auth.role("textbox", "Client id").holds("{{client_id}}");
    auth.role("textbox", "Client secret").holds("{{client_secret}}");
    workspace.says("Who am I.yml", token_url);
    let environment = workspace.says("environments/Kitchen.yml", "Iv1.8a61f9b3a7aba766");
    assert!(environment.contains("client_secret"), "{environment}");
    window.tab("Tea, unsaved").click();
    window.part("Auth").role("textbox", "Token URL").holds(token_url);
    assert!(hand::keyring(&desktop).contains(secret), "secret-tool finds the value");
    window.close();
    hand::no_trace(&desktop, secret);
}

#[test]
fn a_command_runs_for_a_secret_once_it_is_approved() {
    let desktop = Desktop::start();
    let server = Guestbook::open();
    let workspace = Workspace::new(&desktop);
    let auth = json!({"type": "bearer", "token": "{{token}}"});
    hand::save(&workspace, "Tea", server.url(), &auth, &json!({}));
    // Outside of what is searched: this is where the user keeps it.
    let pantry = tempfile::tempdir().unwrap_or_else(|error| panic!("no pantry: {error}"));
    let secret = "p4ntry-Jd7sWq2xNv9Lk";
    fs::write(pantry.path().join("tea"), secret).unwrap_or_else(|error| panic!("{error}"));
    let command = format!("cat {}", pantry.path().join("tea").display());

    let window = Errand::open(&desktop, &[workspace.argument()]);
    hand::environment(&window, "Kitchen", &[]);
    hand::use_environment(&window, "Kitchen");
    window.press("Control+e");
    let dialog = window.role("dialog", "Environments");
    let variables = dialog.role("table", "Variables");
    variables.role("textbox", "Name, row 1").fill("token");
    variables.role("checkbox", "token is secret").click();
    variables.role("button", "Where it comes from: token").click();
    let source = window.role("dialog", "Where token comes from");
    window.choose(&source.role("button", "Comes from").containing(), "The output of a command");
    source.role("textbox", "Command").fill(&command);
    source.role("button", "Use this").click();
    source.disappears();
    variables.says("The output of a command");
    dialog.role("button", "Save").click();
    let question = window.role("alertdialog", "May this workspace do that?");
    question.says(&command);
    question.role("button", "Not now").click();
    question.disappears();
    dialog.role("button", "Close").click();
    dialog.disappears();

    window.open_request("Tea");
    window.role("button", "Send").click();
    let note = window.response().role("button", "Approve…");
    note.appears();
    assert_eq!(server.entries(), Vec::<String>::new(), "nothing goes out before it is approved");
    note.click();
    question.role("button", "Approve").click();
    question.disappears();
    window.response().role("button", "Send again").click();
    window.outcome("200 OK");
    assert_eq!(server.entries(), [format!("Bearer {secret}")]);
    window.close();
    hand::no_trace(&desktop, secret);

    // Approved once is approved here, for this workspace.
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Tea");
    window.send("200 OK");
    window.close();
}
