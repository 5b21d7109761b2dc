//! Broken files: that one item errs, with a place and a remedy; the rest loads; nothing overwrites it.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;

use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

use common::Place;
use errand_model::Request;
use errand_workspace::{NodeType, Workspace, WorkspaceError};

const GOOD: &str = "info:\n  name: Good\n  type: http\nhttp:\n  method: GET\n  url: u\n";

/// File, line and column that are named, and a word of the message.
const BROKEN: &[(&str, &str, usize, usize, &str)] = &[
    ("empty", "", 1, 1, "empty"),
    ("blank", "  \n\n", 1, 1, "empty"),
    ("comments", "# nothing\n", 1, 1, "only comments"),
    ("cut", "info:\n  name: \"A\n", 3, 1, "quoted"),
    (
        "conflict",
        "info:\n  name: A\n<<<<<<< HEAD\n  type: http\n=======\n>>>>>>> b\n",
        3,
        1,
        "conflict",
    ),
    ("indent", "info:\n  name: A\n   type: http\n", 3, 8, "Mapping"),
    ("list", "- a\n- b\n", 1, 1, "must be a map"),
    ("scalar", "hello\n", 1, 1, "must be a map"),
    ("two", "info: {name: a, type: http}\n---\nb: 1\n", 2, 1, "second document"),
    ("twice", "info:\n  type: http\n  name: a\n  name: b\n", 4, 3, "twice"),
    ("binary", "info: \u{1}\u{2}\n", 1, 7, ""),
];

/// These are YAML, but not of the right shape; the tree shows them as requests and opening errs.
const MISSHAPEN: &[(&str, usize, usize)] = &[
    ("info: {name: a, type: http}\nhttp:\n  method: GET\n  headers: yes\n", 4, 12),
    ("info: {name: a, type: http}\nhttp:\n  url:\n    - a\n", 4, 5),
    ("info: {name: a, type: http}\nhttp:\n  body:\n    type: soup\n", 4, 11),
    ("info: {name: a, type: http, seq: first}\n", 1, 34),
    ("info: {name: a, type: http}\nhttp: []\n", 2, 7),
    ("info: {name: a, type: http}\nsettings: {timeout: -1}\n", 2, 21),
];

#[test]
fn each_is_named_with_its_place_and_the_rest_loads() {
    let mut files: Vec<(String, &str)> =
        BROKEN.iter().map(|b| (format!("{}.yml", b.0), b.1)).collect();
    files.push(("good.yml".into(), GOOD));
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), *t)).collect();
    let place = Place::new(&files);
    fs::write(place.path("latin.yml"), b"info:\n  name: caf\xe9\n").unwrap();
    let before = place.snapshot();
    let tree = place.workspace.tree().unwrap();
    assert_eq!(tree.iter().filter(|n| n.kind == NodeType::Request).count(), 1);
    assert_eq!(tree.iter().filter(|n| n.kind == NodeType::Broken).count(), BROKEN.len() + 1);
    for (name, _, line, column, word) in BROKEN {
        let path = format!("{name}.yml");
        let node = tree.iter().find(|n| n.path == path).unwrap();
        let error = node.error.clone().unwrap();
        assert_eq!((error.line, error.column), (*line, *column), "{name}: {}", error.message);
        assert!(error.message.contains(word), "{name}: {}", error.message);
        let opened = place.workspace.read_request(&path).unwrap_err();
        assert_eq!(opened.code(), "invalid_file", "{name}");
        // Not even a save with the right revision writes over it.
        let revision = place.workspace.read_source(&path).unwrap().1;
        assert!(
            place.workspace.save_request(&path, &Request::default(), &revision, false).is_err(),
            "{name}"
        );
    }
    assert_eq!(place.snapshot(), before);
    // Asked to, it does.
    let request = Request { name: "New".into(), method: "GET".into(), ..Request::default() };
    place.workspace.save_request("cut.yml", &request, "", true).unwrap();
    assert_eq!(place.workspace.read_request("cut.yml").unwrap().0, request);
}

#[test]
fn a_wrong_shape_has_a_line_and_column() {
    for (text, line, column) in MISSHAPEN {
        let place = Place::new(&[("a.yml", text)]);
        match place.workspace.read_request("a.yml") {
            Err(WorkspaceError::Invalid { line: l, column: c, message, .. }) => {
                assert_eq!((l, c), (*line, *column), "{text}: {message}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn bombs_end_soon() {
    let mut aliases = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..30 {
        let items = vec![format!("*a{}", n - 1); 10].join(", ");
        writeln!(aliases, "a{n}: &a{n} [{items}]").unwrap();
    }
    let deep = format!("a: {}\n", "[".repeat(100_000));
    let blocks: String = (0..5_000).fold(String::new(), |mut s, n| {
        writeln!(s, "{}- ", " ".repeat(n)).unwrap();
        s
    });
    let quoted = format!("a: \"{}", "x".repeat(8 << 20));
    let wide: String = (0..100_000).fold(String::new(), |mut s, n| {
        writeln!(s, "k{n}: v").unwrap();
        s
    });
    let place = Place::new(&[
        ("aliases.yml", &aliases),
        ("self.yml", "a: &a [*a]\n"),
        ("deep.yml", &deep),
        ("blocks.yml", &blocks),
        ("quoted.yml", &quoted),
        ("wide.yml", &wide),
        ("good.yml", GOOD),
    ]);
    let begun = Instant::now();
    let tree = place.workspace.tree().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    for name in ["aliases", "self", "deep", "blocks", "quoted"] {
        let node = tree.iter().find(|n| n.path == format!("{name}.yml")).unwrap();
        assert_eq!(node.kind, NodeType::Broken, "{name}");
    }
    assert!(tree.iter().any(|n| n.name == "Good"));
}

#[test]
fn other_kinds_are_shown_kept_and_not_opened() {
    let place = Place::new(&[
        ("g.yml", "info: {name: G, type: graphql}\ngraphql: {url: u}\n"),
        ("s.yml", "type: script\nscript: x\n"),
        ("w.yml", "info: {name: W}\nwebsocket: {url: u}\n"),
        ("README.md", "# Hello\n"),
        ("data/rows.csv", "a,b\n"),
    ]);
    let kinds: Vec<(String, String)> = place
        .workspace
        .tree()
        .unwrap()
        .into_iter()
        .filter_map(|n| match n.kind {
            NodeType::Other { kind } => Some((n.path, kind)),
            _ => None,
        })
        .collect();
    for (path, kind) in [
        ("g.yml", "graphql"),
        ("s.yml", "script"),
        ("w.yml", "websocket"),
        ("README.md", "md"),
        ("data/rows.csv", "csv"),
    ] {
        assert!(kinds.contains(&(path.to_owned(), kind.to_owned())), "{kinds:?}");
        let error = place.workspace.read_request(path).unwrap_err();
        assert_eq!(error.code(), "not_a_request", "{error}");
        assert!(place.workspace.save_request(path, &Request::default(), "", true).is_err());
    }
    assert_eq!(place.text("README.md"), "# Hello\n");
}

#[test]
fn a_broken_collection_file_still_opens() {
    let place =
        Place::new(&[("good.yml", GOOD), ("sub/folder.yml", "info: ["), ("sub/inner.yml", GOOD)]);
    fs::write(place.path("opencollection.yml"), "info: [\n").unwrap();
    let workspace =
        Workspace::open(place.workspace.root(), place.folder.path().join("data")).unwrap();
    let tree = workspace.tree().unwrap();
    assert_eq!(tree.len(), 3);
    assert!(tree.iter().find(|n| n.path == "sub").unwrap().error.is_some());
    assert_eq!(workspace.read_folder("").unwrap_err().code(), "invalid_file");
    assert_eq!(workspace.chain("sub/inner.yml").unwrap_err().code(), "invalid_file");
}

#[test]
fn a_folder_that_is_none_says_what_is_near() {
    let place = Place::new(&[]);
    let data = place.folder.path().join("data");
    let outer = place.folder.path();
    let Err(WorkspaceError::NotAWorkspace { found, hint, .. }) = Workspace::open(outer, &data)
    else {
        panic!()
    };
    assert_eq!(found, ["workspace"]);
    assert!(hint.contains("workspace"));
    let empty = outer.join("empty");
    fs::create_dir(&empty).unwrap();
    let error = Workspace::open(&empty, &data).unwrap_err();
    assert!(error.to_string().contains("Create a workspace"), "{error}");
    fs::create_dir_all(outer.join("b/c/d/e")).unwrap();
    fs::write(outer.join("b/c/d/e/opencollection.yml"), common::ROOT).unwrap();
    fs::write(outer.join("b/workspace.yml"), "collections:\n  - name: E\n    path: ./c/d/e\n")
        .unwrap();
    let Err(WorkspaceError::NotAWorkspace { found, .. }) = Workspace::open(outer.join("b"), &data)
    else {
        panic!()
    };
    assert_eq!(found, ["c/d/e"]);
}

#[test]
#[cfg(unix)]
fn links_do_not_lead_out() {
    let place = Place::new(&[("good.yml", GOOD)]);
    let outside = place.folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("x.yml"), GOOD).unwrap();
    std::os::unix::fs::symlink(&outside, place.path("link")).unwrap();
    std::os::unix::fs::symlink(outside.join("x.yml"), place.path("file.yml")).unwrap();
    std::os::unix::fs::symlink("..", place.path("loop")).unwrap();
    assert_eq!(place.names(), ["good.yml"]);
    for path in [
        "link/x.yml",
        "file.yml",
        "../outside/x.yml",
        "/etc/passwd",
        "a/../../x",
        "a\\b",
        "./good.yml",
        "a\0b",
    ] {
        let error = place.workspace.read_request(path).unwrap_err();
        assert_eq!(error.code(), "outside_workspace", "{path}: {error}");
    }
}
