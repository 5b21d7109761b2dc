//! `errand run` of other tools' files as they are, and answers checked against their descriptions.

use errand_tests::traces;
use serde_json::{Value, json};

use crate::desk::{Desk, postman};
use crate::shelf::Shelf;

const SECRET: &str = "Zk7-canary+SECRET/42";

/// A description of a list of pets.
fn description(url: &str) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": url, "description": "Here"}, {"url": "http://127.0.0.1:9", "description": "There"}],
        "paths": {"/pets": {"get": {
            "operationId": "listPets",
            "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Pet"},
            }}}}},
        }}},
        "components": {"schemas": {"Pet": {
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"type": "integer"}},
        }}},
    })
}

#[test]
fn files_of_every_kind_are_run_as_they_are() {
    let desk = Desk::alone();
    let shelf = Shelf::open().with("/one", "{}").with("/two", "{}").with("/pets", "[]");
    let url = |path: &str| shelf.url(path);
    desk.write("shop.json", postman("Shop", &[("One", &url("/one")), ("Two", &url("/two"))]));
    desk.write("api.json", description(&url("")).to_string());
    desk.write(
        "commands.sh",
        format!("#!/bin/sh\ncurl {}\n# More\ncurl -u ada:{SECRET} {}\n", url("/one"), url("/two")),
    );
    desk.write(
        "all.http",
        format!("### One\nGET {}\n\n### Two\nGET {}\n", url("/one"), url("/two")),
    );
    desk.write(
        "all.hurl",
        format!("GET {}\nHTTP 200\n\nGET {}\nHTTP 200\n", url("/one"), url("/two")),
    );
    let entry = |path: &str| {
        json!({
            "startedDateTime": "2026-01-01T00:00:00Z", "time": 1, "cache": {}, "timings": {"send": 0, "wait": 1, "receive": 0},
            "request": {"method": "GET", "url": url(path), "httpVersion": "HTTP/1.1", "headers": [], "queryString": [],
                "cookies": [], "headersSize": -1, "bodySize": 0},
            "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": [], "cookies": [],
                "content": {"size": 2, "mimeType": "application/json", "text": "{}"}, "redirectURL": "",
                "headersSize": -1, "bodySize": 2},
        })
    };
    let archive = json!({"log": {"version": "1.2", "creator": {"name": "t", "version": "1"},
        "entries": [entry("/one"), entry("/two")]}});
    desk.write("recorded.har", archive.to_string());
    desk.write("bruno/bruno.json", r#"{"version": "1", "name": "Shop", "type": "collection"}"#);
    for (seq, name) in [(1, "one"), (2, "two")] {
        let text = format!(
            "meta {{\n  name: {name}\n  type: http\n  seq: {seq}\n}}\n\nget {{\n  url: {}\n  body: none\n  auth: none\n}}\n",
            url(&format!("/{name}"))
        );
        desk.write(format!("bruno/{name}.bru"), text);
    }
    let before = desk.files("");
    for source in ["shop.json", "commands.sh", "all.http", "all.hurl", "recorded.har", "bruno"] {
        let from = shelf.asked().len();
        let ran = desk.runs(&[source]);
        assert_eq!(ran.len(), 2, "{source}: {ran:?}");
        assert!(ran.iter().all(|line| line.ends_with(" 200")), "{source}: {ran:?}");
        let asked: Vec<String> = shelf.asked().split_off(from);
        assert!(asked[0] == "GET /one" && asked[1].starts_with("GET /two"), "{source}: {asked:?}");
    }
    // A description's first server is where it is run, unless another is named.
    let here = desk.errand(["run", "api.json"]).exits(0);
    here.says("Here");
    assert_eq!(shelf.asked().last().map(String::as_str), Some("GET /pets"));
    desk.errand(["run", "api.json", "-e", "There"]).ended(3);
    desk.errand(["run", "api.json", "-e", "Nowhere"]).exits(2).says("Here, There");

    assert_eq!(desk.files(""), before, "nothing is written beside them");
    for form in traces::forms(SECRET) {
        let found = traces::find(desk.home(), &form);
        let found: Vec<_> =
            found.iter().filter(|path| **path != desk.path("commands.sh")).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn what_cannot_be_run_is_an_input_at_fault() {
    let desk = Desk::alone();
    desk.write("words.txt", "just words");
    desk.write("cut.json", "{\"info\": {\"schema\": \"https://schema.getpostman.com/json/collection/v2.1.0/collection.json\"}, \"item\": [");
    desk.write("nothing.json", postman("Empty", &[]));
    for (source, part) in [
        ("words.txt", "in no format"),
        ("cut.json", "cut.json:1:"),
        ("nothing.json", "no requests"),
        ("none.json", "there is no such file"),
    ] {
        let done = desk.errand(["run", source]).exits(4);
        done.says(part);
    }
    let temporary = std::fs::read_dir(desk.home().join("tmp"));
    assert!(temporary.is_ok_and(|mut inside| inside.next().is_none()), "nothing is left");
}

/// A description is linked with what came of it: an answer that is not as it says fails the run.
#[test]
fn an_answer_that_breaks_its_schema_fails_the_run() {
    let desk = Desk::alone();
    let good = Shelf::open().with("/pets", r#"[{"id": 1}]"#);
    let bad = Shelf::open().with("/pets", r#"[{"id": 1}, {"id": "two"}]"#);
    let run = |path: &str, more: &[&str], code: i32| {
        desk.errand([&["run", path, "-e", "Here"], more].concat()).exits(code)
    };
    for (name, shelf, code) in [("good", &good, 0), ("bad", &bad, 1)] {
        desk.write(format!("{name}.json"), description(&shelf.url("")).to_string());
        let file = format!("{name}.json");
        desk.errand(["import", &file, "-o", name]).ended(0);
        for path in [name, &file] {
            let shown = run(path, &[], code);
            let report = run(path, &["-r", "json"], code).json();
            let check = &report["requests"][0]["checks"][0];
            assert_eq!(check["passed"], code == 0, "{report:#}");
            let junit = run(path, &["-r", "junit"], code).out;
            if code == 1 {
                assert!(shown.out.contains("/1/id"), "it says where: {}", shown.out);
                assert!(check["actual"].as_str().is_some_and(|text| text.contains("/1/id")));
                assert!(junit.contains("/1/id") && junit.contains("failures=\"1\""), "{junit}");
                assert_eq!(report["summary"]["checksFailed"], 1, "{report:#}");
            }
        }
    }
    // Where nothing is said of an answer, nothing is checked.
    let other = Shelf::open().with("/pets", "-> /none");
    desk.write("other.json", description(&other.url("")).to_string());
    let report = run("other.json", &["-r", "json"], 0).json();
    assert_eq!(report["requests"][0]["checks"].as_array().map(Vec::len), Some(0), "{report:#}");
}
