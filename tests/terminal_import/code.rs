//! `errand code`: a request as source code, its secrets as names.

use std::process::Command;

use errand_tests::terminal::ran;
use serde_json::json;

use crate::desk::{Desk, postman_of};
use crate::shelf::Shelf;

const SECRET: &str = "Zk7-canary+SECRET/42";

fn shop(desk: &Desk, shelf: &Shelf) {
    let item = json!({"name": "Login", "request": {"method": "GET", "url": "{{base}}/login",
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": SECRET, "type": "string"}]}}});
    desk.write("shop.json", postman_of("Shop", &[item], &json!({})));
    let values = json!([{"key": "base", "value": shelf.url(""), "enabled": true}]);
    let environment =
        json!({"name": "Test", "values": values, "_postman_variable_scope": "environment"});
    desk.write("test.json", environment.to_string());
    desk.errand(["import", "shop.json", "test.json", "-o", "shop"]).ended(0);
}

/// The targets, as the command names them to somebody who asks for one that is not there.
fn targets(desk: &Desk) -> Vec<String> {
    let asked = desk.errand(["code", "shop/Login.yml", "--lang", "cobol"]).exits(2);
    let listed = asked.err.split_once("The languages are ").unwrap_or_default().1;
    listed.trim_end().trim_end_matches('.').split(", ").map(str::to_owned).collect()
}

fn every_target_keeps_secrets(desk: &Desk, shelf: &Shelf) {
    shop(desk, shelf);
    let targets = targets(desk);
    assert!(targets.len() >= 25, "{targets:?}");
    for target in &targets {
        let kept = desk.errand(["code", "shop/Login.yml", "--lang", target]).exits(0).out;
        assert!(kept.contains("{{base}}") && kept.contains("{{token}}"), "{target}: {kept}");
        let arguments = ["code", "shop/Login.yml", "--lang", target, "-e", "Test"];
        let filled = desk.errand(arguments).exits(0).out;
        assert!(!filled.contains("{{base}}"), "{target}: {filled}");
        assert!(filled.contains("127.0.0.1"), "{target}: {filled}");
        assert!(filled.contains("{{token}}"), "a secret stays a name. {target}: {filled}");
        assert!(!kept.contains(SECRET) && !filled.contains(SECRET), "{target}");
    }
}

#[test]
fn every_target_has_names_for_secrets_in_the_keyring() {
    let desk = Desk::with_keyring();
    every_target_keeps_secrets(&desk, &Shelf::open());
}

#[test]
fn every_target_has_names_for_secrets_without_a_keychain() {
    let desk = Desk::alone();
    every_target_keeps_secrets(&desk, &Shelf::open());
}

/// A name in a command is filled in by whoever runs it, here by the shell.
#[test]
fn what_is_printed_runs() {
    let desk = Desk::with_keyring();
    let shelf = Shelf::open().with("/login", "hello");
    shop(&desk, &shelf);
    let arguments = ["code", "shop/Login.yml", "--lang", "curl", "-e", "Test"];
    let command = desk.errand(arguments).exits(0).out;
    let filled =
        command.replace("'Authorization: Bearer {{token}}'", "\"Authorization: Bearer $TOKEN\"");
    assert_ne!(filled, command);
    let mut terminal = Command::new("sh");
    terminal.args(["-euc", &filled]).env("TOKEN", SECRET).env("no_proxy", "*");
    let done = ran(&mut terminal).exits(0);
    assert_eq!(done.out, "hello");
    assert_eq!(shelf.asked(), [format!("GET /login Bearer {SECRET}")]);
}

#[test]
fn a_target_is_named_by_its_language_and_near_ones_are_proposed() {
    let desk = Desk::alone();
    shop(&desk, &Shelf::open());
    let code = |language: &str| desk.errand(["code", "shop/Login.yml", "--lang", language]);
    let named = code("go").exits(0);
    assert_eq!(code("Go").exits(0).out, named.out);
    code("Python").exits(2).says("python-requests");
    for (typed, meant) in
        [("pyton-requests", "python-requests"), ("rust-request", "rust-reqwest"), ("crul", "curl")]
    {
        code(typed).exits(2).says(&format!("Did you mean {meant}"));
    }
    assert!(!code("cobol").exits(2).err.contains("Did you mean"));
    let faults: &[(&[&str], i32, &str)] = &[
        (&["shop/Login.yml"], 2, "--lang"),
        (&["shop", "--lang", "curl"], 2, "shop is a folder"),
        (&["shop/None.yml", "--lang", "curl"], 4, "there is no such file"),
        (&["shop.json", "--lang", "curl"], 4, "is in no workspace"),
        (&["shop/Login.yml", "--lang", "curl", "-e", "None"], 2, "Environments here: Test."),
    ];
    for (arguments, exit, part) in faults {
        let done = desk.errand([&["code"], *arguments].concat());
        assert_eq!(done.code, Some(*exit), "{arguments:?}: {done:#?}");
        assert!(done.err.contains(part), "{arguments:?}: {done:#?}");
        assert_eq!(done.out, "", "{done:#?}");
    }
}
