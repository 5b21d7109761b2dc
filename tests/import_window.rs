//! Bringing in what other tools wrote, through the window: seen first, chosen from, asked about, written, sent.

#[path = "import_window/dialog.rs"]
mod dialog;
#[path = "import_window/samples.rs"]
mod samples;

use std::fs;
use std::path::{Path, PathBuf};

use dialog::Import;
use errand_tests::binaries;
use errand_tests::chooser::Chooser;
use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::scribe::Scribe;
use errand_tests::traces;
use errand_tests::webdriver::Window;
use errand_tests::workspace::Workspace;
use serde_json::json;

const TOKEN: &str = "b3arer-Xk29QmTz7Lw/+";
const PASSWORD: &str = "p4ss-Vn83RwKe5Yc=";

#[test]
fn a_collection_is_looked_at_chosen_from_and_written() {
    let desktop = Desktop::start();
    let server = Scribe::start();
    let workspace = Workspace::new(&desktop).with("Tea", "GET", &server.url("/tea"));
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.role("contentinfo", "Status").says("Keychain unlocked");

    let import = Import::by_keys(&window);
    import.paste(&samples::postman(&server.url(""), TOKEN, PASSWORD).to_string());
    import.shows("Shop", "4 requests, 2 folders");
    for name in ["Orders", "List orders", "Ask", "Admin", "Close shop", "Chat"] {
        import.item(name).has("aria-checked", "true");
    }
    assert_eq!(workspace.read("Orders/folder.yml"), None, "nothing is written yet");
    receipt(&import);
    import.turn("Chat", "false");
    import.item("Admin").has("aria-checked", "mixed");
    import.go("Import 3 requests");

    // It asks about what it found, by name, before it writes.
    let secrets = import.dialog.role("tabpanel", "Secrets");
    secrets.role("alert", "").of_any_name().says("2 secrets were found.");
    let table = secrets.role("table", "Secrets found");
    table.says("The token of the auth");
    table.says("Admin / Close shop");
    let token = table.role("textbox", "Name of The token of the auth, Shop");
    token.holds("token");
    token.fill("shop_token");
    table
        .role("checkbox", "Keep in the keychain: The password of the auth, Admin / Close shop")
        .click();
    table.says("left out");
    let shown = import.dialog.text();
    assert!(!shown.contains(TOKEN) && !shown.contains(PASSWORD), "{shown}");
    import.go("Import 3 requests");
    import.done("3 requests came into Tea");
    import.go("Show receipt");
    let written = import.dialog.role("region", "What becomes of it");
    written.says("GraphQL");
    written.role("tab", "Converted").click();
    written.role("list", "Receipt").says("a JSON body with query and variables");
    assert_eq!(written.role("listitem", "").of_any_name().count(), 1);
    import.leave("Done");

    window.item("Close shop").appears();
    assert!(!window.item("Chat").is_there(), "what was not checked does not come");
    window.open_request("List orders");
    window.send("200 OK");
    let [came] = &server.take()[..] else { panic!("one request comes") };
    assert_eq!(came.line, "GET /orders?limit=2");
    assert_eq!(came.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    window.open_request("Close shop");
    assert!(desktop.secrets("errand").contains(TOKEN), "the token is in the keyring");
    assert!(!desktop.secrets("errand").contains(PASSWORD), "the password was left out");
    window.close();
    for secret in [TOKEN, PASSWORD] {
        for form in traces::forms(secret) {
            let found = traces::find(desktop.home(), &form);
            assert!(found.is_empty(), "{:?} is in {found:?}", String::from_utf8_lossy(&form));
        }
    }
}

#[test]
fn it_comes_from_files_folders_archives_and_addresses() {
    let desktop = Desktop::start();
    let chooser = Chooser::at(&desktop);
    let server = Scribe::start();
    let first = Window::open(&desktop, &binaries::desktop(), &[]);
    let folder = from_an_archive(&desktop, &first, &chooser, &server);
    let window = Errand::of(&desktop, first);
    a_broken_file(&desktop, &window, &chooser, &folder);
    into_a_folder(&desktop, &window, &chooser, &server);
    from_an_address(&window, &server);

    // A command that is pasted where no text belongs is something to import, too.
    window.item("List orders").click();
    window.paste(&format!("curl -X PUT {} -d milk=oat", server.url("/pasted")));
    let import = Import::opened(&window);
    import.dialog.says("1 request");
    import.item("pasted").says("PUT");
    import.leave("Cancel");
    window.close();
}

/// From the first page: an archive becomes a workspace of its own, which opens.
fn from_an_archive(
    desktop: &Desktop,
    window: &Window<'_>,
    chooser: &Chooser,
    server: &Scribe,
) -> PathBuf {
    let code = "d00r-Hs72MxQp4Zt";
    let archive = desktop.home().join("backup.zip");
    let collection = samples::postman(&server.url(""), TOKEN, PASSWORD);
    let environment = samples::postman_environment("Kitchen", code);
    samples::zip(
        &archive,
        &[
            ("shop.postman_collection.json", collection.to_string()),
            ("kitchen.postman_environment.json", environment.to_string()),
        ],
    );
    chooser.choose(&archive);
    window.role("main", "Open a workspace").role("button", "Import into a new workspace…").click();
    let import = Import::opened(window);
    import.file();
    import.shows("Shop", "4 requests, 2 folders, 1 environment");
    let environments = import.dialog.role("region", "Environments");
    environments.says("2 variables, 1 secret");
    environments.role("checkbox", "Kitchen").appears();
    let folder = desktop.home().join("shop");
    import.goes_into_new("My shop", &folder.display().to_string());
    let secrets = import.part("Secrets");
    secrets.says("The variable door_code");
    secrets.role("button", "Keep all").click();
    import.go("Import 4 requests");
    import.done("4 requests came into My shop");
    import.leave("Done");
    window.role("button", "Workspace: My shop").appears();
    window.role("button", "Environment: Kitchen").appears();
    let kept = desktop.secrets("errand");
    for secret in [TOKEN, PASSWORD, code] {
        assert!(kept.contains(secret), "{secret} is in the keyring");
        assert_eq!(traces::find(&folder, secret.as_bytes()), Vec::<PathBuf>::new());
    }
    folder
}

/// A file that is cut short is told with the place in it; once it is whole it can be read again.
fn a_broken_file(desktop: &Desktop, window: &Errand<'_>, chooser: &Chooser, workspace: &Path) {
    let before = traces::files(workspace);
    let file = desktop.home().join("more.json");
    let whole = serde_json::to_string_pretty(&samples::postman("http://127.0.0.1:1", "", ""))
        .unwrap_or_default();
    let cut = &whole[..whole.len() - 40];
    write(&file, cut);
    chooser.choose(&file);
    window.choose_in_menu(&window.role("button", "More about the collection"), "Import…");
    let import = Import::opened(window);
    import.file();
    let error = import.dialog.role("alert", "").of_any_name();
    error.says("more.json");
    error.says(&format!("line {}", cut.lines().count()));
    error.says("Nothing was written.");
    assert_eq!(traces::files(workspace), before);
    write(&file, &whole);
    error.role("button", "Try again").click();
    import.shows("Shop", "4 requests, 2 folders");
    import.leave("Cancel");
    assert_eq!(traces::files(workspace), before);
}

/// Into a folder of what is open: a part of a Bruno collection.
fn into_a_folder(desktop: &Desktop, window: &Errand<'_>, chooser: &Chooser, server: &Scribe) {
    let folder = desktop.home().join("pets");
    for (name, text) in samples::bruno(&server.url("")) {
        write(&folder.join(name), &text);
    }
    chooser.choose(&folder);
    window.choose_for_item("Orders", "Import into this folder…");
    let import = Import::opened(window);
    import.folder();
    import.shows("Pets", "2 requests, 1 folder");
    import.turn("Dogs", "false");
    import.item("Walk").disappears();
    import.go("Import 1 request");
    import.done("1 request came into My shop");
    import.leave("Done");
    window.item("List pets").has("aria-level", "2").click();
    window.role("textbox", "URL").holds(&server.url("/pets"));
    window.send("200 OK");
    let [came] = &server.take()[..] else { panic!("one request comes") };
    assert_eq!(came.line, "GET /pets");
    assert!(!window.item("Walk").is_there(), "what was not checked does not come");
}

/// What a description refers to at another host is fetched once somebody agreed to that host.
fn from_an_address(window: &Errand<'_>, server: &Scribe) {
    let other = Scribe::start();
    let schema = json!({"type": "object", "properties": {"leaf": {"const": "oolong"}}});
    other.put("/tea.json", "application/json", &schema.to_string());
    let schema = format!("http://{}/tea.json", other.named());
    let description = samples::openapi(&server.url(""), &schema);
    server.put("/openapi.json", "application/json", &description);

    window.press("Control+k");
    window.role("combobox", "Search requests, history and commands").appears();
    window.type_text("import\n");
    let import = Import::opened(window);
    import.url(&server.url("/openapi.json"));
    import.shows("Tea house", "1 request");
    let elsewhere = import.dialog.role("tabpanel", "Other places");
    elsewhere.says("Nothing is fetched until you agree");
    elsewhere.role("list", "Hosts").says(&other.named());
    assert_eq!(other.take(), [], "nothing is fetched before somebody agreed");
    elsewhere.role("button", &format!("Fetch from {}", other.named())).click();
    elsewhere.disappears();
    let fetched: Vec<String> = other.take().into_iter().map(|heard| heard.line).collect();
    assert_eq!(fetched, ["GET /tea.json"]);
    assert_eq!(server.take().len(), 1, "the address that was typed is fetched once");
    import.go("Import 1 request");
    import.done("1 request came into My shop");
    import.leave("Done");
    window.open_request("Brew");
    window.part("Body").role("textbox", "Body text").says("oolong");
}

fn write(path: &Path, text: &str) {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

/// Each line is under the filter of its outcome, and under the item it is about.
#[track_caller]
fn receipt(import: &Import<'_>) {
    let all = import.lines("All");
    let kept = import.lines("Kept");
    assert!(kept.iter().any(|line| line.contains("Orders / List orders")), "{kept:?}");
    let converted = import.lines("Converted");
    let [line] = &converted[..] else { panic!("{converted:?}") };
    assert!(line.contains("Orders / Ask") && line.contains("GraphQL"), "{line}");
    let lost = import.lines("Could not be carried");
    let [line] = &lost[..] else { panic!("{lost:?}") };
    assert!(line.contains("Chat") && line.contains("Errand has no such scheme"), "{line}");
    assert_eq!(all.len(), kept.len() + converted.len() + lost.len(), "{all:?}");
    import.item("Chat").click();
    let narrowed = import.part("All").role("list", "Receipt");
    narrowed.says("Errand has no such scheme");
    assert!(!narrowed.text().contains("GraphQL"), "only about Chat");
    import.dialog.role("button", "Show all lines").click();
    narrowed.says("GraphQL");
}
