//! What is asked about credentials, and what becomes of the answers in a real keyring.

use errand_tests::traces;
use serde_json::{Value, json};

use crate::console::{CONTROL_C, CONTROL_D};
use crate::desk::{Desk, postman_of};
use crate::shelf::Shelf;

/// With letters that every way of writing it escapes differently.
const TOKEN: &str = "Zk7-canary+SECRET/42";
const PASSWORD: &str = "Qm8%canary=PASSWORD&9";

/// A request with a literal token, and an environment with a variable that its tool called secret.
fn write(desk: &Desk, shelf: &Shelf) {
    let request = json!({"name": "Login", "request": {"method": "GET", "url": shelf.url("/login"),
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": TOKEN, "type": "string"}]}}});
    let other = json!({"name": "Other", "request": {"method": "GET", "url": shelf.url("/other"),
        "auth": {"type": "basic", "basic": [{"key": "username", "value": "ada"},
            {"key": "password", "value": "{{door}}"}]}}});
    desk.write("shop.json", postman_of("Shop", &[request, other], &json!({})));
    let values = json!([{"key": "door", "value": PASSWORD, "type": "secret", "enabled": true}]);
    let environment =
        json!({"name": "Test", "values": values, "_postman_variable_scope": "environment"});
    desk.write("test.json", environment.to_string());
}

const IMPORT: &[&str] =
    &["import", "shop.json", "test.json", "-o", "made", "--receipt", "receipt.json"];

/// Which of the two values the keyring has.
fn in_keyring(desk: &Desk) -> [bool; 2] {
    let search = ["search", "--all", "--unlock", "service", "errand"];
    let found = desk.desktop().command("secret-tool").args(search).output();
    let found = found.unwrap_or_else(|error| panic!("no secret-tool: {error}"));
    let found = String::from_utf8_lossy(&found.stdout).into_owned();
    [TOKEN, PASSWORD].map(|value| found.contains(value))
}

/// No file has a value but those that were there before.
fn in_no_file(desk: &Desk) {
    for value in [TOKEN, PASSWORD] {
        for form in traces::forms(value) {
            let found = traces::find(desk.home(), &form);
            let origin = [desk.path("shop.json"), desk.path("test.json")];
            let leaks: Vec<_> = found.iter().filter(|path| !origin.contains(path)).collect();
            assert!(leaks.is_empty(), "{:?} is in {leaks:?}", String::from_utf8_lossy(&form));
        }
    }
}

fn kept(desk: &Desk) -> Vec<bool> {
    let receipt: Value = serde_json::from_str(&desk.read("receipt.json"))
        .unwrap_or_else(|error| panic!("the receipt is no JSON: {error}"));
    let secrets = receipt["secrets"].as_array().cloned().unwrap_or_default();
    secrets.iter().map(|secret| secret["kept"] == true).collect()
}

#[test]
fn credentials_are_named_asked_about_and_kept_in_the_keyring() {
    let desk = Desk::with_keyring();
    let shelf = Shelf::open().with("/login", "{}").with("/other", "{}");
    write(&desk, &shelf);
    let mut console = desk.console(IMPORT);
    console.shows("The variable door in Test: becomes {{door}} of Test");
    console.shows("The token of the auth in Login: becomes {{token}}");
    console.shows("These 2 credentials can be kept in the system's keychain, or left out. Keep?");
    assert_eq!(in_keyring(&desk), [false, false], "not before the answer");
    assert!(desk.files("made").is_empty(), "not before the answer");
    console.types("y\r");
    let done = console.ends().exits(0);
    assert!(!done.out.contains(TOKEN) && !done.out.contains(PASSWORD), "{done:?}");
    assert_eq!(in_keyring(&desk), [true, true]);
    assert_eq!(kept(&desk), [true, true]);
    assert!(desk.read("made/Login.yml").contains("{{token}}"));
    in_no_file(&desk);

    desk.errand(["send", "made/Login.yml", "-e", "Test", "--fail"]).ended(0);
    desk.errand(["run", "made", "-e", "Test"]).ended(0);
    let asked = shelf.asked();
    assert_eq!(asked[0], format!("GET /login Bearer {TOKEN}"));
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert!(asked[2].starts_with("GET /other Basic YWRhOl"), "{asked:?}");
    in_no_file(&desk);

    // The same into the same: what the keyring has already gets no second name.
    let mut console = desk.console(&["import", "shop.json", "-o", "made"]);
    console.shows("becomes {{token}}");
    console.shows("Keep?");
    console.types("\r");
    console.ends().ended(0);
    assert!(!desk.read("made/opencollection.yml").contains("token_2"));
}

#[test]
fn an_answer_may_be_no_or_one_for_each() {
    let desk = Desk::with_keyring();
    let shelf = Shelf::open();
    write(&desk, &shelf);
    let mut console = desk.console(IMPORT);
    console.shows("Keep?");
    console.types("n\r");
    console.ends().ended(0);
    assert_eq!(in_keyring(&desk), [false, false]);
    assert_eq!(kept(&desk), [false, false]);
    assert!(desk.read("made/Login.yml").contains("{{token}}"));
    in_no_file(&desk);
    let _ = std::fs::remove_dir_all(desk.path("made"));

    let mut console = desk.console(IMPORT);
    console.shows("ask for [e]ach:");
    console.types("e\r");
    console.shows("Keep door? [Y/n]");
    console.types("n\r");
    console.shows("Keep token? [Y/n]");
    console.types("\r");
    console.ends().ended(0);
    assert_eq!(in_keyring(&desk), [true, false]);
    assert_eq!(kept(&desk), [false, true]);
    in_no_file(&desk);
}

#[test]
fn who_answers_with_an_end_wants_nothing_to_be_done() {
    let desk = Desk::with_keyring();
    let shelf = Shelf::open();
    write(&desk, &shelf);
    let before = desk.names("");
    for keys in [CONTROL_C, CONTROL_D] {
        let mut console = desk.console(IMPORT);
        console.shows("Keep?");
        console.types(keys);
        let done = console.ends().exits(3);
        assert!(done.out.contains("Stopped. Nothing was written."), "{done:?}");
        assert_eq!(in_keyring(&desk), [false, false]);
        assert_eq!(desk.names(""), before);
    }
}

/// Nobody can be asked: they are named, kept where that is possible, and never in a file.
#[test]
fn without_a_terminal_they_are_named_and_kept() {
    let desk = Desk::with_keyring();
    let shelf = Shelf::open().with("/login", "{}");
    write(&desk, &shelf);
    let done = desk.errand(IMPORT).exits(0);
    done.says("The token of the auth in Login: becomes {{token}}");
    done.says("These 2 credentials will go to the system's keychain, and into no file.");
    assert_eq!(in_keyring(&desk), [true, true]);
    assert_eq!(kept(&desk), [true, true]);
    in_no_file(&desk);
}

#[test]
fn without_a_keychain_they_are_left_out_again_and_again() {
    let desk = Desk::alone();
    let shelf = Shelf::open().with("/login", "{}");
    write(&desk, &shelf);
    let done = desk.errand(IMPORT).exits(0);
    done.says("These 2 credentials will be left out: there is no keychain");
    done.says("errand secret set");
    assert_eq!(kept(&desk), [false, false]);
    in_no_file(&desk);
    // Into what is there already, whose secrets cannot be looked at.
    desk.errand(["import", "shop.json", "-o", "made"]).exits(0).says("will be left out");
    in_no_file(&desk);
    // The way that is named works.
    let ran = desk.runs(&["made/Login.yml", "-e", "Test", "--env-var", &format!("token={TOKEN}")]);
    assert_eq!(ran, ["GET Login 200"]);
    assert_eq!(shelf.asked(), [format!("GET /login Bearer {TOKEN}")]);
    in_no_file(&desk);
}

/// It is there, and would have to be unlocked by somebody who is not there.
#[test]
fn a_locked_keyring_is_named_and_what_it_cannot_keep_is_in_no_file() {
    let desk = Desk::with_keyring();
    let shelf = Shelf::open();
    write(&desk, &shelf);
    let locked = desk
        .desktop()
        .command("gdbus")
        .args(["call", "--session", "--dest", "org.freedesktop.secrets"])
        .args(["--object-path", "/org/freedesktop/secrets"])
        .args(["--method", "org.freedesktop.Secret.Service.Lock"])
        .arg("[objectpath '/org/freedesktop/secrets/collection/login']")
        .output();
    assert!(locked.as_ref().is_ok_and(|done| done.status.success()), "{locked:?}");
    let done = desk.errand(IMPORT).exits(0);
    done.says("The keychain did not take these secrets, which have no value yet: door, token.");
    done.says("Unlock it, and set them with errand secret set.");
    assert_eq!(kept(&desk), [false, false]);
    in_no_file(&desk);
}
