//! Creating, renaming, copying, moving and deleting items.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;

use std::fs;

use common::{Place, files_below};
use errand_model::{Environment, Folder, Request, Variable};
use errand_workspace::VariableOrigin;

fn item(name: &str, seq: Option<u32>) -> String {
    let seq = seq.map(|s| format!("  seq: {s}\n")).unwrap_or_default();
    format!("info:\n  name: {name}\n  type: http\n{seq}\nhttp:\n  method: GET\n  url: u\n")
}

fn named(name: &str) -> Request {
    Request { name: name.into(), method: "GET".into(), url: "u".into(), ..Request::default() }
}

#[test]
fn the_tree_is_in_order() {
    let place = Place::new(&[
        ("z.yml", &item("Zed", Some(1))),
        ("b.yml", &item("beta", None)),
        ("a.yml", &item("Alpha", None)),
        ("sub/x.yml", &item("X", None)),
        ("sub/folder.yml", "info:\n  name: Sub\n  type: folder\n  seq: 2\n"),
        ("environments/e.yml", "name: e\n"),
        (".git/config", ""),
        ("node_modules/m.yml", ""),
        (".hidden.yml", ""),
    ]);
    assert_eq!(place.names(), ["z.yml", "sub", "sub/x.yml", "a.yml", "b.yml"]);
    let tree = place.workspace.tree().unwrap();
    assert_eq!(
        (tree[0].method.as_str(), tree[2].parent.as_str(), tree[1].name.as_str()),
        ("GET", "sub", "Sub")
    );
}

#[test]
fn hostile_and_twin_names_stay_inside_and_apart() {
    let place = Place::new(&[]);
    let long = "x".repeat(300);
    let names = [
        "../x",
        "/etc/x",
        "CON",
        "con",
        "nul.txt",
        "",
        " ",
        ".",
        "..",
        &long,
        "a\0b",
        "tab\tname",
        "Caf\u{e9}",
        "Cafe\u{301}",
        "CAF\u{c9}",
        "opencollection",
        "folder",
        "environments",
        "a/b",
        "a\\b",
        "\u{202e}gnp.exe",
        "---",
        "yes",
        ": x",
        "\u{1F600}",
    ];
    let mut files = Vec::new();
    for name in names {
        let (path, _) = place.workspace.create_request("", &named(name)).unwrap();
        let read = place.workspace.read_request(&path).unwrap().0;
        if !name.is_empty() {
            assert_eq!(read.name, name);
        }
        files.push(path.to_lowercase());
        let folder = place.workspace.create_folder("", name).unwrap();
        assert!(place.path(&folder).is_dir());
    }
    files.sort();
    files.dedup();
    assert_eq!(files.len(), names.len());
    assert_eq!(place.text("opencollection.yml"), common::ROOT);
    let inside = files_below(place.workspace.root()).len();
    let all = files_below(place.folder.path()).len();
    assert_eq!(inside, names.len() * 2 + 1);
    assert_eq!(
        all - inside,
        1,
        "something was written outside the workspace, beside the lock file"
    );
}

#[test]
fn a_rename_takes_the_file_along() {
    let place = Place::new(&[
        ("a.yml", &item("A", Some(1))),
        ("b.yml", &item("B", Some(2))),
        ("d/x.yml", &item("X", None)),
    ]);
    assert_eq!(place.workspace.rename("a.yml", "B").unwrap(), "B 2.yml");
    assert_eq!(place.text("B 2.yml"), item("B", Some(1)));
    assert_eq!(place.workspace.rename("b.yml", "B").unwrap(), "B.yml");
    assert_eq!(place.workspace.rename("d", "Orders: new").unwrap(), "Orders- new");
    assert_eq!(place.workspace.read_folder("Orders- new").unwrap().0.name, "Orders: new");
    assert!(place.path("Orders- new/x.yml").is_file());
    assert_eq!(place.workspace.rename("B.yml", "  ").unwrap_err().code(), "bad_name");
    assert_eq!(place.workspace.rename("gone.yml", "C").unwrap_err().code(), "not_found");
    assert_eq!(place.workspace.rename("opencollection.yml", "C").unwrap_err().code(), "not_found");
}

#[test]
fn a_move_rewrites_only_the_numbers_it_must() {
    let files: Vec<(String, String)> =
        (1..=5).map(|n| (format!("{n}.yml"), item(&format!("R{n}"), Some(n * 10)))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let place = Place::new(&files);
    place.workspace.move_items(&["5.yml".into()], "", 1).unwrap();
    assert_eq!(place.names(), ["1.yml", "5.yml", "2.yml", "3.yml", "4.yml"]);
    for n in 1..=4 {
        assert_eq!(
            place.text(&format!("{n}.yml")),
            item(&format!("R{n}"), Some(n * 10)),
            "only 5 had to change"
        );
    }
    place.workspace.create_folder("", "F").unwrap();
    let moved = place.workspace.move_items(&["3.yml".into(), "1.yml".into()], "F", 0).unwrap();
    assert_eq!(moved, [("3.yml".into(), "F/3.yml".into()), ("1.yml".into(), "F/1.yml".into())]);
    assert_eq!(place.names(), ["5.yml", "2.yml", "4.yml", "F", "F/3.yml", "F/1.yml"]);
    assert!(place.workspace.move_items(&["F".into()], "F", 0).is_err());
    place.workspace.create_folder("F", "G").unwrap();
    assert!(place.workspace.move_items(&["F".into()], "F/G", 0).is_err());
}

#[test]
fn every_place_can_be_reached_by_moving() {
    for has_seq in [true, false] {
        for from in 0..6_u32 {
            for to in 0..6_usize {
                let files: Vec<(String, String)> = (0..6)
                    .map(|n| (format!("{n}.yml"), item(&format!("R{n}"), has_seq.then_some(n + 1))))
                    .collect();
                let files: Vec<(&str, &str)> =
                    files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                let place = Place::new(&files);
                let moved = format!("{from}.yml");
                let mut expected: Vec<String> =
                    (0..6).map(|n| format!("{n}.yml")).filter(|p| *p != moved).collect();
                expected.insert(to, moved.clone());
                place.workspace.move_items(&[moved], "", to).unwrap();
                assert_eq!(place.names(), expected, "{from} to {to}");
            }
        }
    }
}

#[test]
fn copies_stand_right_after_their_originals() {
    let place = Place::new(&[
        ("a.yml", &item("A", Some(1))),
        ("b.yml", &item("B", Some(2))),
        ("d/folder.yml", "info:\n  name: D\n  type: folder\n  seq: 3\n"),
        ("d/x.yml", &item("X", None)),
        ("notes.md", "n"),
    ]);
    let copies = place
        .workspace
        .duplicate(&["a.yml".into(), "d".into(), "d/x.yml".into(), "notes.md".into()])
        .unwrap();
    assert_eq!(copies, ["A copy.yml", "D copy", "notes copy.md"]);
    assert_eq!(place.workspace.read_request("A copy.yml").unwrap().0.name, "A copy");
    let names = place.names();
    assert_eq!(&names[..3], ["a.yml", "A copy.yml", "b.yml"]);
    assert!(names.contains(&"D copy/x.yml".to_owned()));
    assert_eq!(place.workspace.duplicate(&["a.yml".into()]).unwrap(), ["A copy 2.yml"]);
}

#[test]
fn what_is_deleted_comes_back_and_never_over_something() {
    let place = Place::new(&[
        ("a.yml", &item("A", None)),
        ("d/x.yml", &item("X", None)),
        ("d/e/y.yml", &item("Y", None)),
    ]);
    let before = place.snapshot();
    let deleted =
        place.workspace.delete(&["a.yml".into(), "d/e/y.yml".into(), "d".into()]).unwrap();
    assert_eq!(deleted.paths, ["a.yml", "d"]);
    assert_eq!(place.names(), Vec::<String>::new());
    place.workspace.restore(&deleted.id).unwrap();
    assert_eq!(place.snapshot(), before);
    assert_eq!(place.workspace.restore(&deleted.id).unwrap_err().code(), "nothing_to_restore");
    assert!(place.workspace.restore("../../x").is_err());

    let deleted = place.workspace.delete(&["a.yml".into()]).unwrap();
    fs::write(place.path("A.yml"), "new").unwrap();
    assert_eq!(place.workspace.restore(&deleted.id).unwrap(), ["a 2.yml"]);
    assert_eq!(place.text("A.yml"), "new");
    // The folder it was in may be gone.
    let deleted = place.workspace.delete(&["d/e/y.yml".into()]).unwrap();
    fs::remove_dir_all(place.path("d")).unwrap();
    assert_eq!(place.workspace.restore(&deleted.id).unwrap(), ["d/e/y.yml"]);
    for path in ["", "opencollection.yml", "environments", "d/folder.yml", "nothing"] {
        assert!(place.workspace.delete(&[path.into()]).is_err(), "{path}");
    }
}

#[test]
fn what_a_request_inherits() {
    let place = Place::new(&[
        ("a/b/r.yml", &item("R", None)),
        ("a/folder.yml", "info: {name: A}\nrequest:\n  variables: [{name: v, value: '1'}]\n"),
    ]);
    let chain = place.workspace.chain("a/b/r.yml").unwrap();
    let paths: Vec<&str> = chain.iter().map(|(p, _)| p.as_str()).collect();
    assert_eq!(paths, ["", "a", "a/b"]);
    assert_eq!(chain[1].1.defaults.variables, [Variable::new("v", "1")]);
    assert_eq!(chain[2].1, Folder { name: "b".into(), ..Folder::default() });
}

#[test]
fn environments() {
    let place = Place::new(&[
        (
            "environments/base.yml",
            "name: Base\nvariables:\n  - name: a\n    value: base\n  - name: b\n    value: base # keep\n  - name: off\n    value: base\n",
        ),
        (
            "environments/prod.yml",
            "name: Prod\nextends: Base\ndotEnvFilePath: prod.env\nvariables:\n  - name: a\n    value: prod\n  - name: off\n    value: prod\n    disabled: true\n  - secret: true\n    name: s\n",
        ),
        ("environments/broken.yml", "name: ["),
        ("prod.env", "b=dot\nc=dot\n"),
    ]);
    let workspace = &place.workspace;
    let names: Vec<String> =
        workspace.environments().unwrap().into_iter().map(|e| e.name).collect();
    assert_eq!(names, ["Base", "broken", "Prod"]);
    let resolved = workspace.resolve_environment("Prod").unwrap();
    let told: Vec<(String, String, bool)> = resolved
        .iter()
        .map(|r| {
            (
                r.variable.name.clone(),
                r.variable.value.clone(),
                matches!(r.origin, VariableOrigin::DotEnv { .. }),
            )
        })
        .collect();
    let expected = [
        ("a", "prod", false),
        ("b", "dot", true),
        ("off", "base", false),
        ("c", "dot", true),
        ("s", "", false),
    ];
    assert_eq!(told, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c)));

    workspace.rename_environment("Base", "Basis").unwrap();
    assert!(place.text("environments/Basis.yml").contains("value: base # keep"));
    assert_eq!(workspace.read_environment("Prod").unwrap().0.extends.as_deref(), Some("Basis"));
    assert_eq!(workspace.rename_environment("Basis", "Prod").unwrap_err().code(), "bad_name");
    let missing = workspace.read_environment("Base").unwrap_err();
    assert!(missing.to_string().contains("Environments here: Basis, broken, Prod"), "{missing}");

    let (mut basis, revision) = workspace.read_environment("Basis").unwrap();
    basis.extends = Some("Prod".into());
    workspace.save_environment("Basis", &basis, &revision, false).unwrap();
    let circle = workspace.resolve_environment("Prod").unwrap_err();
    assert!(circle.to_string().contains("Prod -> Basis -> Prod"), "{circle}");
    basis.color = "red".into();
    assert_eq!(
        workspace.save_environment("Basis", &basis, &revision, false).unwrap_err().code(),
        "conflict"
    );

    let deleted = workspace.delete_environment("Basis").unwrap();
    assert!(workspace.read_environment("Basis").is_err());
    workspace.restore(&deleted.id).unwrap();
    assert!(workspace.read_environment("Basis").is_ok());
    assert_eq!(
        workspace
            .create_environment(&Environment { name: "Prod".into(), ..Environment::default() })
            .unwrap_err()
            .code(),
        "bad_name"
    );
}
