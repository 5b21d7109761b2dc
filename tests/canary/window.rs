//! The real window: what only it does. Drafts, the environment editor, a pasted command, history, settings.

use std::fs;

use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::patience;
use errand_tests::traces;
use errand_tests::workspace::Workspace;
use serde_json::Value;

use super::nothing_found;
use super::parrot::{Gifts, Parrot};
use super::places::{Canaries, Place};

const fn place(name: &'static str, enters: &'static str) -> Place {
    Place { name, enters, origin: &[], travels: true }
}

const WINDOW: &[Place] = &[
    place("environment", "value typed in the environment editor"),
    place("draft_token", "token typed in the Auth tab of a request that is not saved"),
    place("draft_header", "X-Api-Key typed in the Headers tab of a request that is not saved"),
    place("draft_query", "access_token typed in a URL that is not saved"),
    place("pasted_user", "password in a curl command that is pasted"),
    place("pasted_header", "bearer token in a curl command that is pasted"),
    place("pasted_body", "password in the JSON of a curl command that is pasted"),
    place("proxy", "password of the proxy in the settings"),
    place("window_cookie", "cookie that a server sets"),
];

#[test]
fn the_window_leaves_no_secret_anywhere() {
    let desktop = Desktop::start();
    let canaries = Canaries::new(&[WINDOW]);
    let cookie = canaries.of("window_cookie").to_owned();
    let parrot = Parrot::start(Gifts { cookie, ..Gifts::default() });
    let workspace = Workspace::new(&desktop);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.role("contentinfo", "Status").says("Keychain unlocked");

    window.set_secret("Kitchen", "spoon", &canaries.sharp("environment"), "In the keychain");
    window.new_request(&parrot.url("/echo?q={{spoon}}"));
    window.send("200 OK");
    window.answer("Body").says("{{spoon}}");
    draft(&window, &canaries, &parrot);
    paste(&window, &canaries, &parrot);
    window.new_request(&parrot.url("/cookie"));
    window.send("200 OK");
    look_back(&window);
    through_a_proxy(&window, &canaries, &parrot);
    window.kept("pasted-note");
    die_in_the_middle(window, &desktop, &parrot);

    let hunt = canaries.hunt();
    let heard = hunt.in_bytes(&parrot.heard());
    for place in canaries.places().filter(|place| place.travels) {
        assert!(
            heard.iter().any(|find| find.name == place.name),
            "{} did not travel",
            place.enters
        );
    }
    assert_eq!(canaries.untried(), Vec::<&str>::new(), "places that nothing came by");
    nothing_found(&canaries.leaks(desktop.home(), hunt.in_folder(desktop.home())));
    let looked = traces::files(&desktop.home().join("data")).len();
    assert!(looked > 10, "only {looked} files were there to be looked through");

    let kept = canaries.in_keyring(&desktop);
    for name in ["environment", "draft_token", "window_cookie", "proxy"] {
        assert!(kept.contains(name), "{name} is in the keyring: {kept:?}");
    }

    // What was typed is back after the crash: it waited in the keychain.
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.tab("Untitled request, unsaved").containing().appears();
    window.close();
    nothing_found(&canaries.leaks(desktop.home(), hunt.in_folder(desktop.home())));
}

/// Types credentials as they are and sends them, saving nothing.
fn draft(window: &Errand<'_>, canaries: &Canaries, parrot: &Parrot) {
    let url = parrot.url(&format!("/echo?access_token={}", canaries.of("draft_query")));
    window.new_request(&url);
    let headers = window.part("Headers").role("table", "Headers");
    headers.role("textbox", "Name, row 1").fill("X-Api-Key");
    headers.role("textbox", "Value, row 1").fill(&canaries.sharp("draft_header"));
    window.press("Escape");
    let auth = window.part("Auth");
    window.choose(&auth.role("button", "Kind of auth").containing(), "Bearer token");
    auth.role("textbox", "Token").fill(&canaries.sharp("draft_token"));
    window.send("200 OK");
    window.answer("Timeline").says("HTTP/1.1");
    window.answer("Headers").says("X-Told-x-api-key");
}

/// Pastes a curl command where the URL goes, and sends what it makes.
fn paste(window: &Errand<'_>, canaries: &Canaries, parrot: &Parrot) {
    let command = |auth: String| {
        let body =
            serde_json::json!({ "password": canaries.of("pasted_body"), "note": "pasted-note" });
        format!(
            "curl {auth} -H 'Content-Type: application/json' -d '{body}' '{}'",
            parrot.url("/echo")
        )
    };
    for auth in [
        format!("-u 'ada:{}'", canaries.sharp("pasted_user")),
        format!("-H 'Authorization: Bearer {}'", canaries.of("pasted_header")),
    ] {
        window.new_request("");
        window.role("textbox", "URL").click();
        window.run(
            "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);
             document.activeElement.dispatchEvent(
               new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));",
            &[Value::from(command(auth))],
        );
        window.role("textbox", "URL").holds(&parrot.url("/echo"));
        window.send("200 OK");
    }
}

/// Opens every entry of the history.
fn look_back(window: &Errand<'_>) {
    window.role("button", "History").click();
    let list = window.role("list", "History");
    list.role("listitem", "POST").containing().appears();
    window.role("searchbox", "Search history").fill("access_token");
    let found = list.role("listitem", "GET").containing();
    patience::expect("one entry to be found", || (found.count() == 1).then_some(()));
    found.click();
    let past = window.role("region", "History entry");
    past.says("access_token");
    past.role("status", "Outcome").says("200 OK");
    window.role("button", "Collections").click();
}

fn through_a_proxy(window: &Errand<'_>, canaries: &Canaries, parrot: &Parrot) {
    window.press("Control+,");
    let dialog = window.role("dialog", "Settings");
    dialog.role("button", "Proxy").click();
    window.choose(&dialog.role("button", "Requests go").containing(), "Through this proxy");
    let url = format!("http://ada:{}@{}", canaries.of("proxy"), parrot.address());
    dialog.role("textbox", "Proxy URL").fill(&url);
    window.press("Tab");
    patience::expect("the proxy to be kept", || {
        dialog.role("textbox", "Proxy URL").value().contains("ada@").then_some(())
    });
    window.press("Escape");
    window.new_request("http://example.com/echo");
    window.send("200 OK");
}

/// Kills the app while an answer comes into the request that holds typed credentials.
fn die_in_the_middle(window: Errand<'_>, desktop: &Desktop, parrot: &Parrot) {
    window.role("textbox", "URL").fill(&parrot.url("/stall?q={{spoon}}"));
    let auth = window.part("Auth");
    auth.role("button", "Kind of auth").containing().appears();
    window.role("button", "Send").click();
    let bodies = desktop.home().join("data/errand/bodies");
    patience::expect("a body to be under way", || {
        (!traces::find(&bodies, b"and so on and so on").is_empty()).then_some(())
    });
    window.kept("/stall");
    window.crash();
    let settings = fs::read_to_string(desktop.home().join("config/errand/settings.json"));
    let settings = settings.unwrap_or_else(|error| panic!("no settings: {error}"));
    assert!(settings.contains("ada@"), "{settings}");
}
