//! Whole collections written and read back.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;
mod generated;

use std::fs;

use common::{Place, against_schema, files_below};
use errand_model::{Example, ExampleResponse, Header, ItemRequest, Request};
use errand_workspace::{Workspace, WorkspaceError};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back_and_valid(collection in generated::collection()) {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("W");
        let workspace =
            Workspace::create_from(&root, place.path().join("data"), &collection).unwrap();
        let (read, problems) = workspace.collection("").unwrap();
        prop_assert_eq!(&problems, &[]);
        prop_assert_eq!(&read, &collection);
        for file in files_below(&root) {
            let text = fs::read_to_string(&file).unwrap();
            let definition = match file.file_name().unwrap().to_str().unwrap() {
                "opencollection.yml" => "",
                "folder.yml" => "Folder",
                _ if file.parent().unwrap().ends_with("environments") => "Environment",
                _ => "Item",
            };
            let faults = against_schema(&text, definition);
            prop_assert!(faults.is_empty(), "{}: {faults:?}\n{text}", file.display());
        }
    }

    /// A request that is saved over another is what was saved.
    #[test]
    fn a_whole_request_replaces_another(from in generated::request(), to in generated::request()) {
        let place = Place::new(&[]);
        let path = place.workspace.create_request("", &Request::default()).unwrap().0;
        let revision = place.workspace.read_whole(&path).unwrap().1;
        let revision = place.workspace.save_whole(&path, &from, &revision).unwrap();
        prop_assert_eq!(&place.workspace.read_whole(&path).unwrap().0, &from);
        place.workspace.save_whole(&path, &to, &revision).unwrap();
        prop_assert_eq!(&place.workspace.read_whole(&path).unwrap().0, &to);
    }
}

const TEXT: &str = "info:\n  name: a # mine\n  type: http\nhttp:\n  method: GET\n  url: u\napp:\n  enabled: true\nexamples:\n  - name: one # this\n    unknown: kept\n    response:\n      status: 200\nextensions:\n  postman:\n    id: 1 # theirs\n  errand:\n    settings:\n      verifyTls: false\n";

#[test]
fn saving_a_whole_request_leaves_the_rest_of_the_file() {
    let place = Place::new(&[("a.yml", TEXT)]);
    let (mut item, revision) = place.workspace.read_whole("a.yml").unwrap();
    assert_eq!(item.request.settings.verify_tls, Some(false));
    assert_eq!(item.examples[0].name, "one");
    assert_eq!(item.extensions["postman"]["id"], 1);
    assert_eq!(item.extensions.len(), 1);
    assert_eq!(place.workspace.save_whole("a.yml", &item, &revision).unwrap(), revision);
    assert_eq!(place.text("a.yml"), TEXT);
    item.extensions.insert("openapi".into(), serde_json::json!({"operation": "get /a"}));
    item.examples[0].response.status = Some(201);
    let response =
        ExampleResponse { headers: vec![Header::new("A", "b")], ..ExampleResponse::default() };
    item.examples.push(Example { name: "two".into(), response, ..Example::default() });
    let saved = place.workspace.save_whole("a.yml", &item, &revision).unwrap();
    let text = place.text("a.yml");
    for kept in ["# mine", "# this", "unknown: kept", "# theirs", "enabled: true", "status: 201"] {
        assert!(text.contains(kept), "{kept} is gone:\n{text}");
    }
    assert_eq!(place.workspace.read_whole("a.yml").unwrap(), (item.clone(), saved));
    let error = place.workspace.save_whole("a.yml", &item, &revision).unwrap_err();
    assert!(matches!(error, WorkspaceError::Conflict(_)));
    let plain = ItemRequest { request: item.request.clone(), ..ItemRequest::default() };
    let revision = place.workspace.read_whole("a.yml").unwrap().1;
    place.workspace.save_whole("a.yml", &plain, &revision).unwrap();
    assert_eq!(place.workspace.read_whole("a.yml").unwrap().0, plain);
}

#[test]
fn what_cannot_be_read_is_named() {
    let place = Place::new(&[
        ("good.yml", "info:\n  name: good\n  type: http\n"),
        ("cut.yml", "info: {name"),
        ("wrong.yml", "info:\n  name: wrong\n  type: http\nhttp:\n  headers: 3\n"),
        ("compose.yml", "services: {}\n"),
        ("notes.md", "x"),
        ("F/folder.yml", "info: ["),
        ("F/in.yml", "info:\n  type: http\n"),
        ("environments/E.yml", "variables: 3\n"),
    ]);
    let (collection, problems) = place.workspace.collection("").unwrap();
    let paths: Vec<&str> = problems.iter().map(|p| p.path.as_str()).collect();
    assert_eq!(
        paths,
        ["F/folder.yml", "compose.yml", "cut.yml", "environments/E.yml", "notes.md", "wrong.yml"]
    );
    assert_eq!(problems[5].error.line, 5);
    let names: Vec<&str> = collection
        .items
        .iter()
        .map(|item| match item {
            errand_model::Item::Folder(item) => item.folder.name.as_str(),
            errand_model::Item::Request(item) => item.request.name.as_str(),
            errand_model::Item::Other(item) => item.name.as_str(),
        })
        .collect();
    assert_eq!(names, ["F", "good", "wrong"]);
    assert_eq!(collection.requests().len(), 2);
    assert_eq!(collection.requests()[0].1.request.name, "in");
    let (single, _) = place.workspace.collection("F/in.yml").unwrap();
    assert_eq!(single.requests().len(), 1);
    assert!(place.workspace.collection("cut.yml").is_err());
    assert!(place.workspace.collection("none").is_err());
}

#[test]
fn any_key_of_another_tool_is_kept() {
    let place = Place::new(&[]);
    let mut item = ItemRequest::default();
    item.request.name = "a".into();
    for key in ["<<", "? a", "", " ", "null", "1", "a: b", "#", "\n", "é😀", &"k".repeat(5_000)]
    {
        let mut inner = serde_json::Map::new();
        inner.insert(key.to_owned(), "two\nlines".into());
        inner.insert("after".to_owned(), serde_json::json!({ key: [{ key: 1.50 }] }));
        item.extensions.insert(format!("tool {}", item.extensions.len()), inner.into());
    }
    let mut deep = serde_json::json!(1);
    for _ in 0..120 {
        deep = serde_json::json!([{ "in": deep }]);
    }
    item.extensions.insert("deep".into(), deep);
    let collection = errand_model::Collection {
        items: vec![errand_model::Item::Request(Box::new(item.clone()))],
        ..Default::default()
    };
    place.workspace.add("", &collection).unwrap();
    let text = place.text("a.yml");
    let read = place.workspace.read_whole("a.yml").unwrap_or_else(|e| panic!("{e}\n{text}")).0;
    assert_eq!(read.extensions, item.extensions);
}
