//! `errand export`: what goes out, where to, and that it comes back.

use std::fs;
use std::os::unix::fs::FileTypeExt as _;
use std::process::Command;

use errand_tests::traces;
use serde_json::{Value, json};

use crate::desk::{Desk, postman_of};
use crate::shelf::Shelf;

const SECRET: &str = "Zk7-canary+SECRET/42";

/// A workspace named `shop` whose secret is in the keyring, with an environment Test.
fn shop(desk: &Desk, shelf: &Shelf) {
    let get =
        |name: &str, url: &str| json!({"name": name, "request": {"method": "GET", "url": url}});
    let items = [
        json!({"name": "Orders", "item": [
            {"name": "Create", "request": {"method": "POST", "url": "{{base}}/orders?x=1",
                "header": [{"key": "Content-Type", "value": "application/json"}],
                "body": {"mode": "raw", "raw": "{\"tea\": true}", "options": {"raw": {"language": "json"}}}}},
            {"name": "Login", "request": {"method": "GET", "url": "{{base}}/login",
                "auth": {"type": "bearer", "bearer": [{"key": "token", "value": SECRET, "type": "string"}]}}},
        ]}),
        get("Ping", "{{base}}/ping"),
    ];
    desk.write("origin/shop.json", postman_of("Shop", &items, &json!({})));
    let values = json!([{"key": "base", "value": shelf.url(""), "enabled": true}]);
    let environment =
        json!({"name": "Test", "values": values, "_postman_variable_scope": "environment"});
    desk.write("origin/test.json", environment.to_string());
    desk.errand(["import", "origin/shop.json", "origin/test.json", "-o", "shop"]).ended(0);
    let _ = fs::remove_dir_all(desk.path("origin"));
}

fn shelf() -> Shelf {
    Shelf::open().with("/orders", "{}").with("/login", "{}").with("/ping", "{}")
}

const FORMATS: &[(&str, &str)] = &[
    ("postman", "json"),
    ("bruno", ""),
    ("insomnia", "yaml"),
    ("opencollection", "yml"),
    ("openapi", "yaml"),
    ("har", "har"),
    ("curl", "sh"),
    ("http", ""),
    ("hurl", "hurl"),
    ("k6", "js"),
];

/// What a run of it asks the server for.
fn asked(desk: &Desk, shelf: &Shelf, arguments: &[&str]) -> Vec<String> {
    let before = shelf.asked().len();
    desk.errand([&["run"], arguments].concat()).ended(0);
    let mut asked = shelf.asked().split_off(before);
    asked.sort();
    asked
}

#[test]
fn every_format_goes_out_without_secrets_and_comes_back() {
    let desk = Desk::with_keyring();
    let shelf = shelf();
    shop(&desk, &shelf);
    let whole = asked(&desk, &shelf, &["shop", "-e", "Test"]);
    assert_eq!(whole.len(), 3, "{whole:?}");
    assert!(whole.contains(&format!("GET /login Bearer {SECRET}")), "{whole:?}");
    for (format, extension) in FORMATS {
        let dot = if extension.is_empty() { "" } else { "." };
        let target = format!("out/{format}/all{dot}{extension}");
        let done = desk.errand(["export", "shop", "--to", format, "-o", &target]).exits(0);
        assert_eq!(done.out, "", "{format}: {done:?}");
        let said = done.err.lines().filter(|line| line.starts_with("Wrote ")).count();
        let written = desk.names(&format!("out/{format}"));
        assert_eq!(said, written.iter().filter(|path| !path.ends_with('/')).count(), "{done:?}");
        for form in traces::forms(SECRET) {
            let found = traces::find(&desk.path("out"), &form);
            assert!(found.is_empty(), "{format}: {found:?}");
        }
        if *format == "k6" {
            continue;
        }
        let back = format!("back/{format}");
        let folder = format!("out/{format}");
        let source = if matches!(*format, "bruno" | "http") { &target } else { &folder };
        desk.errand(["import", source, "-o", &back]).ended(0);
        let base = format!("base={}", shelf.url(""));
        let token = format!("token={SECRET}");
        let mut arguments = vec![&*back, "--env-var", &base, "--env-var", &token];
        // A description calls its server by a name of its own.
        let server = format!("base_url={}", shelf.url(""));
        arguments.extend(["--env-var", &server]);
        let again = asked(&desk, &shelf, &arguments);
        // The same without being brought in.
        arguments[0] = source;
        assert_eq!(asked(&desk, &shelf, &arguments), again, "{format}");
        let nameless = |asked: &[String]| -> Vec<String> {
            // A description has no value for the token's own place, and an archive has what was recorded.
            asked.iter().map(|one| one.replace(&format!(" Bearer {SECRET}"), "")).collect()
        };
        if matches!(*format, "openapi" | "har") {
            let paths = |asked: &[String]| -> Vec<String> {
                nameless(asked)
                    .iter()
                    .map(|one| one.split(['?', '\u{20}']).take(2).collect())
                    .collect()
            };
            assert_eq!(paths(&again), paths(&whole), "{format}");
        } else {
            assert_eq!(again, whole, "{format}");
        }
    }
    // Formats with a place for everything give the same tree.
    let tree = desk.names("shop");
    for format in ["postman", "bruno", "insomnia", "opencollection"] {
        assert_eq!(desk.names(&format!("back/{format}")), tree, "{format}");
    }
    assert_eq!(desk.files("back/opencollection/Orders"), desk.files("shop/Orders"));
}

#[test]
fn it_goes_to_a_file_a_folder_a_pipe_or_standard_output() {
    let desk = Desk::alone();
    let shelf = shelf();
    shop(&desk, &shelf);
    let printed = desk.errand(["export", "shop", "--to", "curl", "-o", "-"]).exits(0).out;
    assert_eq!(printed.matches("\ncurl ").count(), 3, "{printed}");
    assert!(!printed.contains(SECRET) && printed.contains("{{token}}"), "{printed}");
    let part = desk.errand(["export", "shop/Orders", "--to", "curl", "-o", "-"]).exits(0).out;
    assert_eq!(part.matches("\ncurl ").count(), 2, "{part}");
    let one = desk.errand(["export", "shop/Ping.yml", "--to", "curl", "-o", "-"]).exits(0).out;
    assert_eq!(one.matches("\ncurl ").count(), 1, "{one}");
    let all = ["export", "shop/opencollection.yml", "--to", "curl", "-o", "-"];
    assert_eq!(desk.errand(all).exits(0).out, printed);

    // A file is made with the folders it is in, and replaced by a later export.
    desk.errand(["export", "shop", "--to", "curl", "-o", "a/b/all.sh"]).exits(0).says("Wrote ");
    assert_eq!(desk.read("a/b/all.sh"), printed);
    desk.errand(["export", "shop/Orders", "--to", "curl", "-o", "a/b/all.sh"]).ended(0);
    assert_eq!(desk.read("a/b/all.sh"), part);
    // In a folder it has a name, and nothing of the user's is replaced.
    desk.write("mine/requests.sh", "mine");
    desk.errand(["export", "shop", "--to", "curl", "-o", "mine"]).ended(0);
    assert_eq!(desk.read("mine/requests.sh"), "mine");
    assert_eq!(desk.names("mine").len(), 2);
    let full = desk.errand(["export", "shop", "--to", "bruno", "-o", "mine"]).exits(3);
    full.says("is not empty");
    assert_eq!(desk.names("mine").len(), 2);

    // A pipe stays one.
    let pipe = desk.path("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "no mkfifo");
    let reading = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe)
    });
    desk.errand(["export", "shop", "--to", "curl", "-o", "pipe"]).ended(0);
    assert!(fs::symlink_metadata(&pipe).is_ok_and(|there| there.file_type().is_fifo()));
    let text = reading.join().map_err(|_| "the reader panicked");
    assert!(matches!(text, Ok(Ok(text)) if text == printed));
}

#[test]
fn each_fault_has_its_exit_code() {
    let desk = Desk::alone();
    let shelf = shelf();
    shop(&desk, &shelf);
    desk.write("shop.json", "{}");
    desk.write("file", "mine");
    let before = desk.files("");
    let cases: &[(&[&str], i32, &str)] = &[
        (&["shop", "-o", "x"], 2, "--to"),
        (&["shop", "--to", "curl"], 2, "--output"),
        (&["shop", "--to", "nonsense", "-o", "x"], 2, "The formats are postman, bruno,"),
        (&["shop", "--to", "bruno", "-o", "-"], 2, "Name a file or folder with -o."),
        (&["none", "--to", "curl", "-o", "x"], 4, "there is no such file"),
        (&["shop/none.yml", "--to", "curl", "-o", "x"], 4, "there is no such file"),
        (&["shop.json", "--to", "curl", "-o", "x"], 4, "is in no workspace"),
        (&["shop", "--to", "curl", "-o", "file/below"], 3, "file"),
    ];
    for (arguments, code, part) in cases {
        let done = desk.errand([&["export"], *arguments].concat());
        assert_eq!(done.code, Some(*code), "{arguments:?}: {done:#?}");
        assert!(done.err.contains(part), "{arguments:?}: {part:?} is not in {}", done.err);
        assert_eq!(done.out, "", "{done:#?}");
        assert_eq!(desk.files(""), before, "{arguments:?}");
    }
}

/// What the other tool said and Errand has no field for is there again.
#[test]
fn an_import_and_an_export_of_one_format_are_the_same_document() {
    let desk = Desk::alone();
    let original = json!({
        "info": {"_postman_id": "a3b1", "name": "Shop",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{"name": "One", "id": "7", "protocolProfileBehavior": {"disableBodyPruning": true},
            "request": {"method": "GET", "header": [], "url": {"raw": "http://a/b?c=d",
                "protocol": "http", "host": ["a"], "path": ["b"], "query": [{"key": "c", "value": "d"}]}},
            "response": []}],
    });
    desk.write("shop.json", original.to_string());
    desk.errand(["import", "shop.json", "-o", "shop"]).ended(0);
    let out = desk.errand(["export", "shop", "--to", "postman", "-o", "-"]).exits(0);
    let out: Value = out.json();
    assert_eq!(out, original, "{out:#}");
}
