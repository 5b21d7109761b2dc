//! Collections in one document.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;
mod generated;

use std::fs;
use std::path::{Path, PathBuf};

use common::{against_schema, files_below};
use errand_model::{Item, Request};
use errand_workspace::bundled::{Notation, is_bundled, join, split, text};
use errand_workspace::{Workspace, WorkspaceError};
use proptest::prelude::*;
use serde_json::Value;

/// Documents of the corpus beside the repository; none, with a notice, where it is not there.
fn documents() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/bruno");
    if !folder.is_dir() {
        println!("SKIPPED: no corpus at {}", folder.display());
    }
    let yaml = |file: &PathBuf| file.extension().is_some_and(|e| e == "yml" || e == "yaml");
    let files = files_below(&folder).into_iter().filter(yaml);
    files
        .filter_map(|file| Some((file.clone(), fs::read_to_string(file).ok()?)))
        .filter(|(_, text)| is_bundled(text))
        .collect()
}

#[test]
fn documents_of_the_corpus_come_back_equal() {
    let documents = documents();
    let mut names: Vec<_> = documents.iter().map(|(f, _)| f.file_name().unwrap()).collect();
    names.sort();
    if !names.is_empty() {
        assert_eq!(
            names,
            [
                "bruno__descriptions-collection.yml",
                "datatypes-collection.yml",
                "opencollection.yml",
                "opencollection__oc.yaml"
            ]
        );
    }
    for (file, original) in documents {
        let (collection, problems) = split(&original).unwrap();
        assert_eq!(problems, [], "{}", file.display());
        assert!(!collection.requests().is_empty());
        assert!(collection.requests().iter().all(|(_, item)| !item.request.url.is_empty()));
        let expected = common::yaml_to_json(&original);
        let yaml = text(&collection, Notation::Yaml);
        assert_eq!(common::yaml_to_json(&yaml), expected, "{}\n{yaml}", file.display());
        let json = text(&collection, Notation::Json);
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), expected);
        assert_eq!(split(&json).unwrap().0, collection);
        // The same over the files of a workspace.
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("data");
        let workspace = Workspace::create_from(place.path().join("W"), &data, &collection).unwrap();
        assert!(workspace.tree().unwrap().iter().all(|node| node.error.is_none()));
        let (joined, problems) = join(&workspace, Notation::Json).unwrap();
        assert_eq!(problems, []);
        assert_eq!(serde_json::from_str::<Value>(&joined).unwrap(), expected, "{}", file.display());
    }
}

const ODD: &str = r##"
opencollection: "1.0.0"
info: {name: Odd, version: "2", authors: [{name: A}]}
config:
  proxy: {inherit: true}
  protobuf: {protoFiles: [{type: file, path: a.proto}]}
  environments:
    - name: E
      externalSecrets: {type: azure-key-vault}
      variables: [{secret: true, name: s}, {name: v, value: [{title: t, selected: true, value: x}]}]
request:
  metadata: [{name: m, value: v}]
  settings: {graphql: {timeout: 3}}
docs: {content: "# Hello", type: text/markdown}
items:
  - info: {name: r, type: http, seq: 1}
    http:
      method: GET
      url: u
      body: [{title: one, body: {type: json, data: "{}"}}, {title: two, selected: true, body: {type: text, data: t}}]
      headers: [{name: a, value: b, disabled: false}]
    runtime: {actions: [{type: set-variable, phase: before-request, selector: {expression: e, method: jsonq}, variable: {name: n, scope: runtime}}]}
    app: {enabled: true, code: <p>}
    unknown: {key: [1, 2.50, ~]}
    examples: [{name: e, extra: 1, response: {status: 200, body: {type: json, data: "{}"}}}]
  - info: {name: F, type: folder, seq: 2, tags: [t]}
    items:
      - info: {name: g, type: graphql, seq: 1}
        graphql: {url: u, body: {query: "{a}"}}
      - info: {name: wrong, type: http, seq: 2}
        http: {headers: 3}
      - {type: script, script: "1"}
bundled: true
extensions: {bruno: {ignore: [a]}, errand: {note: 1}}
mine: true
"##;

#[test]
fn unknown_keys_survive_the_files_of_a_workspace() {
    let (collection, problems) = split(ODD).unwrap();
    let places: Vec<&str> = problems.iter().map(|p| p.path.as_str()).collect();
    assert_eq!(places, ["items[1].items[1]"]);
    let expected = common::yaml_to_json(ODD);
    assert_eq!(common::yaml_to_json(&text(&collection, Notation::Yaml)), expected);
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    let mut numbered = collection.clone();
    let Item::Folder(folder) = &mut numbered.items[1] else { panic!() };
    folder.items.pop(); // A script has no number, so its siblings would be numbered anew.
    let workspace = Workspace::create_from(place.path().join("W"), &data, &numbered).unwrap();
    let request = fs::read_to_string(place.path().join("W/r.yml")).unwrap();
    assert!(request.contains("title: two") && !request.contains("opencollection"), "{request}");
    let (joined, _) = join(&workspace, Notation::Yaml).unwrap();
    let mut expected = expected;
    expected["items"][1]["items"].as_array_mut().unwrap().pop();
    assert_eq!(common::yaml_to_json(&joined), expected);
    // An edit changes what it is about and nothing else.
    let (request, revision) = workspace.read_request("r.yml").unwrap();
    let request = Request { method: "PUT".into(), ..request };
    workspace.save_request("r.yml", &request, &revision, false).unwrap();
    expected["items"][0]["http"]["method"] = "PUT".into();
    let (joined, _) = join(&workspace, Notation::Yaml).unwrap();
    assert_eq!(common::yaml_to_json(&joined), expected);
    let (folder, _) = workspace.collection("F").unwrap();
    assert_eq!(folder.root.name, "F");
}

#[test]
fn what_is_no_document_is_refused_with_its_place() {
    for (text, line) in [
        ("items: [", 1),
        ("{\"opencollection\": \"1.0.0\",\n \"items\": [}", 2),
        ("- a", 1),
        ("", 1),
        ("opencollection: 1.0.0\ninfo: 3\n", 2),
    ] {
        let error = split(text).unwrap_err();
        let WorkspaceError::Invalid { line: found, .. } = error else { panic!("{error}") };
        assert_eq!(found, line, "{text}");
    }
    assert!(!is_bundled("opencollection: 1.0.0\ninfo:\n  name: tree\n"));
    assert!(!is_bundled("{\"info\": {}, \"item\": []}"));
    // What others say further in does not make it one.
    assert!(!is_bundled(
        r#"{"item": [{"name": "opencollection"}, {"name": "items"}, {"name": "environments"}]}"#
    ));
    assert!(!is_bundled(
        r#"{"openapi": "3.1.0", "a": "\"}", "components": {"items": {"bundled": {}, "opencollection": {}}}}"#
    ));
    assert!(!is_bundled(r#"{"a": "opencollection", "items": ["b", {"bundled": true}]"#));
    assert!(!is_bundled("openapi: 3.1.0\ninfo:\n  title: x\n"));
    assert!(is_bundled("{\"opencollection\": \"1.0.0\", \"items\": ["));
    let nested = format!("opencollection: 1.0.0\nitems: {}", "[".repeat(100_000));
    assert!(split(&nested).is_err());
    let nested = format!("{{\"opencollection\":\"1.0.0\",\"items\":{}", "[".repeat(100_000));
    assert!(split(&nested).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_collection_is_a_valid_document(collection in generated::collection()) {
        for notation in [Notation::Yaml, Notation::Json] {
            let document = text(&collection, notation);
            let (read, problems) = split(&document).unwrap();
            prop_assert_eq!(&problems, &[]);
            prop_assert_eq!(&read, &collection);
        }
    }
}

#[test]
fn a_document_is_valid() {
    let (collection, _) = split(ODD).unwrap();
    let mut plain = collection.clone();
    plain.items.clear();
    plain.extensions.clear();
    plain.environments.clear();
    assert_eq!(against_schema(&text(&plain, Notation::Yaml), ""), Vec::<String>::new());
}
