//! Tokens by a login: in the browser, by hand, with a code; shown, used and forgotten.

use errand_tests::browser::{Browser, Messenger};
use errand_tests::desktop::Desktop;
use errand_tests::errand::Errand;
use errand_tests::patience;
use errand_tests::playground::Playground;
use errand_tests::webdriver::Locator;
use errand_tests::workspace::Workspace;
use serde_json::{Value, json};
use ureq::Agent;

use crate::hand;

#[test]
fn a_login_in_the_browser_brings_a_token() {
    let desktop = Desktop::start();
    let messenger = Messenger::at(&desktop);
    let window = Errand::open(&desktop, &["--example"]);
    window.role("tree", "Collections").appears();
    window.item("Credentials").click();
    window.press("ArrowRight");
    window.open_request("OAuth with a browser");
    let token = panel(&window);
    token.says("No token yet");
    token.role("button", "Log in").click();
    token.says("The browser is open.");

    let person = Browser::start(&desktop);
    person.open(&messenger.address());
    person.window().role("button", "Allow").click();
    token.role("status", "Valid").of_any_name().says("Valid");
    drop(person);

    for scope in ["openid", "profile", "read"] {
        token.says(scope);
    }
    for (title, claim) in
        [("What the access token says", "errand-public"), ("What the ID token says", "ada")]
    {
        unfold(&window, &token, title);
        token.role("table", title).says(claim);
    }
    let kept = hand::tokens(&desktop);
    assert!(!kept.is_empty(), "the keyring has the token");
    unfold(&window, &token, "requests of the flow");
    unfold_all(&window);
    let shown = token.text();
    assert!(shown.contains("/oauth/token"), "{shown}");
    assert!(!kept.iter().any(|token| shown.contains(token)), "a token is shown: {shown}");
    for masked in ["code_verifier={{code_verifier}}", r#""access_token": "{{access_token}}""#] {
        assert!(shown.contains(masked), "no {masked} in {shown}");
    }

    window.send("200 OK");
    window.answer("Body").says("ada@example.test");
    window.part("Auth");
    token.role("button", "Ask the provider").click();
    unfold(&window, &token, "What the provider says of it");
    token.role("table", "What the provider says of it").says("active");

    token.role("button", "Log out").click();
    token.says("No token yet");
    patience::expect("the token to leave the keyring", || {
        hand::tokens(&desktop).is_empty().then_some(())
    });
    window.close();
    for token in kept {
        hand::no_trace(&desktop, &token);
    }
}

#[test]
fn a_login_can_be_given_up_and_finished_by_hand() {
    let desktop = Desktop::start();
    let playground = Playground::start(&desktop);
    let messenger = Messenger::at(&desktop);
    let workspace = Workspace::new(&desktop);
    let auth = json!({
        "type": "oauth2", "flow": "authorization_code", "scope": "openid read",
        "callbackUrl": "https://tea.example/back", "credentials": {"clientId": "errand-public"},
    });
    let more = json!({"issuer": playground.url("/oauth")});
    hand::save(&workspace, "Tea", &playground.url("/oauth/userinfo"), &auth, &more);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Tea");
    let token = panel(&window);

    token.role("button", "Log in").click();
    token.says("The provider sends the browser to https://tea.example/back");
    messenger.address();
    token.role("button", "Cancel the log-in").click();
    token.says("No token yet");
    token.role("button", "Log in").click();
    token.says("The provider sends the browser to https://tea.example/back");
    let address = messenger.address();

    let paste = token.role("textbox", "Paste the final URL");
    paste.fill("https://tea.example/elsewhere?code=1");
    window.press("Enter");
    token.says("does not begin with https://tea.example/back");
    // The login goes on waiting for the right one.
    paste.fill(&final_url(&address));
    token.role("button", "Use it").click();
    token.says("Valid");
    window.send("200 OK");

    let kept = hand::tokens(&desktop);
    assert!(!kept.is_empty(), "the keyring has the token");
    window.close();
    for token in kept {
        hand::no_trace(&desktop, &token);
    }
}

#[test]
fn a_code_is_entered_elsewhere() {
    let desktop = Desktop::start();
    let playground = Playground::start(&desktop);
    let messenger = Messenger::at(&desktop);
    let workspace = Workspace::new(&desktop);
    let auth = json!({
        "type": "oauth2", "flow": "device_code", "scope": "openid read",
        "credentials": {"clientId": "errand-public"},
    });
    let more = json!({"issuer": playground.url("/oauth")});
    hand::save(&workspace, "Tea", &playground.url("/oauth/userinfo"), &auth, &more);
    let window = Errand::open(&desktop, &[workspace.argument()]);
    window.open_request("Tea");
    let token = panel(&window);
    token.role("button", "Log in").click();
    let code = token.role("status", "Code").text();
    token.says("Waiting until you have agreed there");
    token.says("/oauth/device");

    let person = Browser::start(&desktop);
    person.open(&playground.url("/oauth/device"));
    person.window().role("textbox", "Code").fill(code.trim());
    person.window().role("button", "Allow").click();
    person.window().role("heading", "The device is let in").appears();
    drop(person);
    token.says("Valid");
    window.send("200 OK");
    assert_eq!(messenger.try_address(), None, "no browser is opened for a code");

    let kept = hand::tokens(&desktop);
    assert!(!kept.is_empty(), "the keyring has the token");
    window.close();
    for token in kept {
        hand::no_trace(&desktop, &token);
    }
}

/// The panel with the token, in the Auth tab.
pub fn panel<'window>(window: &'window Errand<'_>) -> Locator<'window> {
    // High enough for all of it: the driver clicks nothing that is half out of sight.
    window.resize(1440, 1000);
    window.part("Auth").role("region", "Token")
}

/// Unfolds what has this in its head.
fn unfold(window: &Errand<'_>, panel: &Locator<'_>, title: &str) {
    panel.says(title);
    let script = "const all = [...document.querySelectorAll('.token details > summary')];
                  const one = all.find((each) => each.textContent.includes(arguments[0]));
                  if (one && !one.parentElement.open) one.click();
                  return one !== undefined";
    assert_eq!(window.run(script, &[json!(title)]), Value::Bool(true), "{title:?} to unfold");
}

fn unfold_all(window: &Errand<'_>) {
    window.run(
        "for (const each of document.querySelectorAll('.token details')) each.open = true",
        &[],
    );
}

/// Where the provider sends the browser of a person who agrees.
fn final_url(address: &str) -> String {
    let agent: Agent =
        Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into();
    let answer = agent.get(format!("{address}&approve=1")).call();
    let answer = answer.unwrap_or_else(|error| panic!("{address} does not answer: {error}"));
    let location = answer.headers().get("location").and_then(|value| value.to_str().ok());
    location.unwrap_or_else(|| panic!("{address} leads nowhere: {}", answer.status())).to_owned()
}
