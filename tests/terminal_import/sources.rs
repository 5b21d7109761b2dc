//! What is brought in from where, and where it goes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use crate::desk::{Desk, is_yaml, postman, postman_of};
use crate::shelf::Shelf;

/// An archive of files by their paths.
fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        let begun = archive.start_file(*path, SimpleFileOptions::default());
        begun.unwrap_or_else(|error| panic!("{path}: {error}"));
        archive.write_all(text.as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    archive.finish().unwrap_or_else(|error| panic!("no archive: {error}")).into_inner()
}

const ENVIRONMENT: &str = r#"{"name": "Test", "values": [{"key": "stage", "value": "one", "enabled": true}],
    "_postman_variable_scope": "environment"}"#;

#[test]
fn a_collection_is_the_same_wherever_it_comes_from() {
    let desk = Desk::alone();
    let shelf = Shelf::open().with("/a", "{}").with("/b", "{}");
    let text = postman("Shop", &[("One", &shelf.url("/a")), ("Two", &shelf.url("/b"))]);
    let shelf = shelf.with("/shop.json", &text).with("/moved", "-> /shop.json");
    desk.write("shop.json", &text);
    desk.write("no-extension", &text);
    desk.write("folder/inner/shop.json", &text);
    desk.write("shop.zip", zipped(&[("shop.json", &text)]));
    let (url, moved) = (shelf.url("/shop.json"), shelf.url("/moved"));
    desk.errand(["import", "shop.json", "-o", "from/file"]).exits(0).says("2 requests");
    let file = desk.files("from/file");
    assert!(file.contains_key("One.yml") && file.contains_key("opencollection.yml"), "{file:?}");
    for (source, target) in [
        ("no-extension", "from/bare"),
        ("folder", "from/folder"),
        ("shop.zip", "from/zip"),
        (&*url, "from/url"),
        (&*moved, "from/moved"),
    ] {
        let done = desk.errand(["import", source, "-o", target]).exits(0);
        assert_eq!(done.out, "", "{done:?}");
        assert_eq!(desk.files(target), file, "{source}");
    }
    desk.errand_reads(&["import", "-", "-o", "from/pipe"], text.as_bytes()).exits(0).says("Shop");
    assert_eq!(desk.files("from/pipe"), file);
    assert_eq!(desk.runs(&["from/pipe"]), ["GET One 200", "GET Two 200"]);
    desk.errand(["import", &moved, "-o", "again"]).exits(0).says("Redirected to http://127.0.0.1");
}

#[test]
fn several_are_read_together() {
    let desk = Desk::alone();
    let shelf = Shelf::open().with("/one", "{}");
    desk.write("shop.json", postman("Shop", &[("One", &shelf.url("/{{stage}}"))]));
    desk.write("test.json", ENVIRONMENT);
    desk.errand(["import", "shop.json", "test.json", "-o", "both"]).exits(0).says("1 environment");
    assert_eq!(desk.runs(&["both", "-e", "Test"]), ["GET One 200"]);
    let packed = zipped(&[("a/shop.json", &desk.read("shop.json")), ("test.json", ENVIRONMENT)]);
    desk.write("both.zip", packed);
    desk.errand(["import", "both.zip", "-o", "unpacked"]).ended(0);
    assert_eq!(desk.runs(&["unpacked", "-e", "Test"]), ["GET One 200"]);
    // Of several formats each is a folder.
    desk.write("commands.sh", format!("#!/bin/sh\n# The first\ncurl {}\n", shelf.url("/one")));
    let all = ["import", "shop.json", "commands.sh", "test.json", "-o", "all"];
    desk.errand(all).exits(0).says("2 requests, 2 folders, 1 environment");
    assert_eq!(desk.runs(&["all", "-e", "Test"]), ["GET One 200", "GET one 200"]);
    // A workspace among them is none of theirs.
    let mixed = desk.errand(["import", "all", "shop.json", "-o", "mixed"]).exits(2);
    mixed.says("is a workspace already");
    assert!(desk.files("mixed").is_empty());
}

#[test]
fn it_goes_into_a_workspace_or_a_folder_of_one_beside_what_is_there() {
    let desk = Desk::alone();
    desk.write("a.json", postman("A", &[("One", "http://a"), ("Two", "http://a")]));
    desk.write("notes.txt", "mine");
    desk.write("here/notes.txt", "mine");
    desk.errand(["import", "a.json", "-o", "here"]).ended(0);
    assert_eq!(desk.read("here/notes.txt"), "mine");
    let before = desk.files("here");
    desk.errand(["import", "a.json", "-o", "here"]).ended(0);
    let after = desk.files("here");
    assert!(before.iter().all(|(path, text)| after.get(path) == Some(text)), "nothing is replaced");
    assert_eq!(after.keys().filter(|path| path.contains("One")).count(), 2, "{:?}", after.keys());
    desk.write("here/Deep/folder.yml", "info:\n  name: Deep\n  type: folder\n");
    desk.errand(["import", "a.json", "-o", "here/Deep"]).ended(0);
    let deep = desk.names("here/Deep");
    assert!(deep.iter().any(|path| path.ends_with("One.yml")), "{deep:?}");
    assert_eq!(desk.names("").iter().filter(|path| path.contains(".errand-")).count(), 0);
}

#[test]
fn the_format_is_seen_by_the_content_and_may_be_named() {
    let desk = Desk::alone();
    desk.write("shop.txt", postman("Shop", &[("One", "http://a")]));
    desk.write("list", "GET http://a/one\n\n###\nGET http://a/two\n");
    let asked = |arguments: &[&str], code: i32, part: &str| {
        let mut all = vec!["import"];
        all.extend(arguments);
        all.extend(["-o", "made"]);
        let done = desk.errand(&all).exits(code);
        done.says(part);
        let names = desk.names("made");
        let _ = std::fs::remove_dir_all(desk.path("made"));
        names.len()
    };
    asked(&["shop.txt"], 0, "Imported Postman \"Shop\"");
    asked(&["list", "--from", "http"], 0, "Imported HTTP file");
    assert_eq!(asked(&["shop.txt", "--from", "curl"], 4, "not a curl command"), 0);
    assert_eq!(asked(&["shop.txt", "--from", "nonsense"], 2, "postman"), 0);
}

/// What a program reads: names of fields, and numbers that are those of what is on disk.
#[test]
fn the_receipt_accounts_for_what_is_on_disk() {
    let desk = Desk::alone();
    let items = [
        json!({"name": "Orders", "item": [
            {"name": "Create", "request": {"method": "POST", "url": "http://a/orders",
                "body": {"mode": "raw", "raw": "{}"}},
             "event": [{"listen": "test", "script": {"exec": ["pm.test('x', () => {})"]}}]},
            {"name": "Login", "request": {"method": "GET", "url": "http://a/login",
                "auth": {"type": "basic", "basic": [
                    {"key": "username", "value": "ada"}, {"key": "password", "value": "c4narySecret"}]}}},
        ]}),
        json!({"name": "Ping", "request": {"method": "GET", "url": "http://a/ping"}}),
    ];
    desk.write("shop.json", postman_of("Shop", &items, &json!({})));
    desk.write("test.json", ENVIRONMENT);
    let sources = ["import", "shop.json", "test.json", "-o", "made", "--receipt"];
    let to_file = desk.errand([&sources[..], &["receipt.json"]].concat()).exits(0);
    assert_eq!(to_file.out, "");
    let receipt: Value = serde_json::from_str(&desk.read("receipt.json"))
        .unwrap_or_else(|error| panic!("the receipt is no JSON: {error}"));
    let keys = |value: &Value| -> Vec<String> {
        value.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect()
    };
    assert_eq!(keys(&receipt), ["format", "name", "counts", "lines", "secrets"]);
    let counts = &receipt["counts"];
    let numbers = ["requests", "folders", "environments", "kept", "converted", "notCarried"];
    assert_eq!(keys(counts), numbers);
    let mut outcomes: BTreeMap<&str, u64> = BTreeMap::new();
    for line in receipt["lines"].as_array().into_iter().flatten() {
        assert_eq!(keys(line), ["outcome", "place", "item", "note", "original"]);
        let texts = ["place", "item", "note", "original"].map(|key| line[key].is_string());
        assert_eq!(texts, [true; 4], "{line}");
        *outcomes.entry(line["outcome"].as_str().unwrap_or_default()).or_default() += 1;
    }
    for outcome in ["kept", "converted", "notCarried"] {
        let lines = outcomes.remove(outcome).unwrap_or_default();
        assert_eq!(counts[outcome], lines, "{receipt:#}");
    }
    assert!(outcomes.is_empty(), "{outcomes:?}");
    // Every item has a line of its own.
    for place in ["Orders", "Orders / Create", "Orders / Login", "Ping", "environment Test"] {
        let lines = receipt["lines"].as_array().into_iter().flatten();
        assert!(lines.clone().any(|line| line["place"] == place), "{place}: {receipt:#}");
    }
    let names = desk.names("made");
    let folders = names.iter().filter(|path| path.ends_with("folder.yml")).count();
    let environments = names.iter().filter(|path| path.starts_with("environments/"));
    let environments = environments.filter(|path| is_yaml(path)).count();
    let all = names.iter().filter(|path| is_yaml(path)).count();
    let requests = all - folders - environments - 1;
    let on_disk = [requests, folders, environments].map(|count| json!(count));
    assert_eq!(["requests", "folders", "environments"].map(|name| counts[name].clone()), on_disk);
    assert_eq!(on_disk, [3, 1, 1].map(|count| json!(count)));
    let secrets = &receipt["secrets"];
    assert_eq!(secrets[0]["place"], "Orders / Login", "{secrets}");
    assert_eq!(secrets[0]["kept"], false, "there is no keychain: {secrets}");
    assert!(!receipt.to_string().contains("c4narySecret"));

    let printed =
        desk.errand(["import", "shop.json", "test.json", "-o", "other", "--receipt", "-"]);
    assert_eq!(printed.exits(0).json(), receipt);
}
