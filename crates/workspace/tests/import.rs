//! Whole collections into folders: as a whole or not at all, under safe names.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{Place, files_below};
use errand_model::{
    Auth, Collection, Defaults, Environment, Folder, Item, ItemEnvironment, ItemFolder, ItemOther,
    ItemRequest, Request, Variable,
};
use errand_workspace::{NodeType, Workspace, WorkspaceError};

const FOLDER: &str = "ERRAND_TEST_IMPORTING_IN";

fn request(name: &str) -> Item {
    let request =
        Request { name: name.into(), method: "GET".into(), url: "u".into(), ..Request::default() };
    Item::Request(Box::new(ItemRequest { request, ..ItemRequest::default() }))
}

fn folder(name: &str, items: Vec<Item>) -> Item {
    let folder = Folder { name: name.into(), ..Folder::default() };
    Item::Folder(ItemFolder { folder, items, ..ItemFolder::default() })
}

fn environment(name: &str, extends: Option<&str>) -> ItemEnvironment {
    let extends = extends.map(str::to_owned);
    let environment = Environment { name: name.into(), extends, ..Environment::default() };
    ItemEnvironment { environment, ..ItemEnvironment::default() }
}

fn small() -> Collection {
    let inner = (0..40).map(|n| request(&format!("r{n}"))).collect();
    Collection {
        items: vec![request("a"), folder("F", inner), request("b")],
        environments: vec![environment("E", None), environment("Child", Some("E"))],
        ..Collection::default()
    }
}

#[test]
fn a_workspace_is_made_of_a_collection() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path().join("deep/er/W");
    let mut collection = small();
    collection.items.push(Item::Other(ItemOther {
        name: "socket".into(),
        content: serde_json::from_str(r#"{"info":{"name":"socket","type":"websocket"}}"#).unwrap(),
    }));
    let workspace = Workspace::create_from(&root, place.path().join("data"), &collection).unwrap();
    let tree = workspace.tree().unwrap();
    let top: Vec<&str> =
        tree.iter().filter(|n| n.parent.is_empty()).map(|n| n.path.as_str()).collect();
    assert_eq!(top, ["a.yml", "F", "b.yml", "socket.yml"]);
    assert_eq!(tree.len(), 44);
    assert_eq!(tree[2].path, "F/r0.yml");
    assert_eq!(tree[41].path, "F/r39.yml");
    assert!(tree.iter().all(|n| n.error.is_none()));
    assert_eq!(workspace.read_folder("").unwrap().0.name, "W");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "something else was left");
    let again = Workspace::create_from(&root, place.path().join("data"), &collection);
    assert!(matches!(again, Err(WorkspaceError::AlreadyAWorkspace(_))));
}

#[test]
fn a_workspace_is_made_in_a_folder_with_files() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path().join("repository");
    fs::create_dir_all(root.join(".git")).unwrap();
    fs::write(root.join("A.yml"), "theirs").unwrap();
    let workspace = Workspace::create_from(&root, place.path().join("data"), &small()).unwrap();
    assert_eq!(fs::read_to_string(root.join("A.yml")).unwrap(), "theirs");
    assert_eq!(workspace.tree().unwrap()[0].path, "a 2.yml");
    assert_eq!(workspace.environments().unwrap().len(), 2);
}

#[test]
fn a_collection_comes_after_what_is_there() {
    let place = Place::new(&[
        ("x.yml", "info:\n  name: x\n  type: http\n  seq: 7\n"),
        ("environments/E.yml", "name: E\n"),
        ("G/y.yml", "info:\n  name: y\n  type: http\n"),
    ]);
    let added = place.workspace.add("", &small()).unwrap();
    assert_eq!(added.paths, ["a.yml", "F", "b.yml"]);
    assert_eq!(added.environments, ["E 2", "Child"]);
    let (child, _) = place.workspace.read_environment("Child").unwrap();
    assert_eq!(child.extends.as_deref(), Some("E 2"));
    let top: Vec<String> = place
        .workspace
        .tree()
        .unwrap()
        .into_iter()
        .filter(|n| n.parent.is_empty())
        .map(|n| n.path)
        .collect();
    assert_eq!(top, ["x.yml", "a.yml", "F", "b.yml", "G"]);
    let added = place.workspace.add("G", &small()).unwrap();
    assert_eq!(added.paths, ["G/a.yml", "G/F", "G/b.yml"]);
    assert_eq!(added.environments, ["E 3", "Child 2"]);
    assert!(matches!(place.workspace.add("none", &small()), Err(WorkspaceError::NotFound(_))));
    assert!(matches!(
        place.workspace.add("..", &small()),
        Err(WorkspaceError::OutsideWorkspace(_))
    ));
}

#[test]
fn what_is_inherited_becomes_a_folder() {
    let place = Place::new(&[]);
    let mut collection = small();
    collection.root = Folder {
        name: "Shop: API".into(),
        defaults: Defaults {
            auth: Auth::Bearer { token: "{{t}}".into() },
            variables: vec![Variable::new("a", "own")],
            ..Defaults::default()
        },
        globals: vec![Variable::new("a", "global"), Variable::new("g", "global")],
        client_certificates: vec![errand_model::ClientCertificate {
            domain: "x".into(),
            ..Default::default()
        }],
        ..Folder::default()
    };
    let added = place.workspace.add("", &collection).unwrap();
    assert_eq!(added.paths, ["Shop- API"]);
    let (folder, _) = place.workspace.read_folder("Shop- API").unwrap();
    assert_eq!(folder.name, "Shop: API");
    let values: Vec<&str> = folder.defaults.variables.iter().map(|v| v.value.as_str()).collect();
    assert_eq!(values, ["global", "own"]);
    let (back, problems) = place.workspace.collection("Shop- API").unwrap();
    assert_eq!(problems, []);
    assert_eq!(back.root.client_certificates, collection.root.client_certificates);
    assert!(back.extensions.is_empty(), "{:?}", back.extensions);
    assert_eq!(back.items.len(), 3);
}

/// A value that must not be found in any file.
const CANARY: &str = "canary-5d1f";

#[test]
fn values_of_secrets_are_never_written() {
    let secret = || Variable { secret: true, ..Variable::new("token", CANARY) };
    let typed = || Variable { kind: errand_model::VariableType::Object, ..secret() };
    let variables = vec![secret(), Variable { name: "t".into(), ..typed() }];
    let defaults = Defaults { variables: variables.clone(), ..Defaults::default() };
    let inner = Folder { name: "F".into(), defaults: defaults.clone(), ..Folder::default() };
    let with_secret =
        Request { name: "r".into(), variables: variables.clone(), ..Request::default() };
    let original = serde_json::json!({"original": {
        "info": {"name": "r", "type": "http"},
        "runtime": {"variables": [{"secret": true, "name": "token", "value": CANARY}]},
        "unknown": {"list": [{"secret": true, "value": {"type": "object", "data": CANARY}}]},
    }});
    let extensions: errand_model::Extensions =
        [("opencollection".to_owned(), original)].into_iter().collect();
    let content = serde_json::json!({
        "info": {"name": "g", "type": "grpc"},
        "runtime": {"variables": [{"secret": true, "name": "token", "value": CANARY}]},
    });
    let content = content.as_object().unwrap().clone();
    let kept = ItemRequest { request: with_secret.clone(), extensions, examples: vec![] };
    let collection = Collection {
        root: Folder {
            name: "C".into(),
            defaults,
            globals: variables.clone(),
            ..Folder::default()
        },
        items: vec![
            Item::Folder(ItemFolder { folder: inner, ..ItemFolder::default() }),
            Item::Request(Box::new(ItemRequest { request: with_secret, ..Default::default() })),
            Item::Request(Box::new(kept)),
            Item::Other(ItemOther { name: "g".into(), content }),
        ],
        environments: vec![ItemEnvironment {
            environment: Environment { name: "E".into(), variables, ..Environment::default() },
            ..Default::default()
        }],
        ..Collection::default()
    };
    let place = tempfile::tempdir().unwrap();
    let root = place.path().join("W");
    let workspace = Workspace::create_from(&root, place.path().join("data"), &collection).unwrap();
    workspace.add("", &collection).unwrap();
    fs::write(place.path().join("control"), CANARY).unwrap();
    let holding: Vec<_> = files_below(place.path())
        .into_iter()
        .filter(|f| fs::read_to_string(f).unwrap().contains(CANARY))
        .collect();
    assert_eq!(holding, [place.path().join("control")]);
    let (request, _) = workspace.read_request("r.yml").unwrap();
    assert!(request.variables.iter().all(|v| v.secret && v.value.is_empty()));
}

#[test]
fn hostile_names_become_safe_and_distinct() {
    let names = [
        "../x",
        "/etc/x",
        "CON",
        "con",
        "\u{ff23}on",
        "x\0y",
        "x\u{7}y",
        "",
        "",
        "..",
        "café",
        "cafe\u{301}",
        "CAFÉ",
        "ﬁle",
        "file",
        "ας",
        "ΑΣ",
        "ασ",
        "folder",
        "opencollection",
        "environments",
        "a",
        "A",
        "ａ",
        "a\u{200b}",
        "a\u{fe0f}",
        "straße",
        "STRASSE",
        ".git",
        "-rf",
    ];
    let long = "ü".repeat(300);
    let mut items: Vec<Item> = names.iter().map(|name| request(name)).collect();
    items.extend(names.iter().map(|name| folder(name, vec![request(name)])));
    items.extend([request(&long), request(&long), folder(&long, vec![])]);
    let environments =
        names.iter().filter(|n| !n.is_empty()).map(|name| environment(name, None)).collect();
    let count = items.len();
    let collection = Collection { items, environments, ..Collection::default() };
    let place = Place::new(&[]);
    let outside = fs::read_dir(place.folder.path()).unwrap().count();
    let added = place.workspace.add("", &collection).unwrap();
    assert_eq!(added.paths.len(), count);
    let tree = place.workspace.tree().unwrap();
    assert!(tree.iter().all(|n| n.error.is_none()));
    let shown: Vec<&str> = tree
        .iter()
        .filter(|n| n.parent.is_empty() && n.kind == NodeType::Request)
        .map(|n| n.name.as_str())
        .collect();
    let asked = names.iter().map(|n| if n.is_empty() { "untitled" } else { n });
    for (shown, asked) in shown.iter().zip(asked) {
        assert!(shown == &asked || shown.starts_with("untitled"), "{shown:?} {asked:?}");
    }
    assert_eq!(shown.len(), names.len() + 2);
    assert_eq!(added.environments.len(), place.workspace.environments().unwrap().len());
    // The data folder is all that came beside the workspace.
    assert!(fs::read_dir(place.folder.path()).unwrap().count() <= outside + 1);
    // The same again is named the same again.
    let twin = Place::new(&[]);
    assert_eq!(twin.workspace.add("", &collection).unwrap(), added);
}

#[test]
fn folders_in_folders_end_somewhere() {
    let place = Place::new(&[]);
    let nested = |depth: usize, name: &str| {
        (0..depth).fold(request("r"), |inner, _| folder(name, vec![inner]))
    };
    let collection = Collection { items: vec![nested(60, &"n".repeat(300))], ..Default::default() };
    place.workspace.add("", &collection).unwrap();
    let before = place.snapshot();
    assert_eq!(place.workspace.tree().unwrap().last().unwrap().name, "r");
    let collection = Collection { items: vec![nested(200, "n")], ..Default::default() };
    let error = place.workspace.add("", &collection).unwrap_err();
    assert!(matches!(error, WorkspaceError::TooDeep(_)), "{error}");
    assert_eq!(place.snapshot(), before);
}

/// Not a test of its own: what the killed process runs.
#[test]
fn importing_without_end() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let workspace = Workspace::open(folder.join("workspace"), folder.join("data")).unwrap();
    println!("importing");
    for number in 0.. {
        workspace.add("", &small()).unwrap();
        let root = folder.join(format!("made/{}-{number}", std::process::id()));
        Workspace::create_from(&root, folder.join("data"), &small()).unwrap();
    }
}

#[test]
fn killed_at_any_moment_it_is_there_as_a_whole_or_not_at_all() {
    let place = Place::new(&[]);
    let mut killed_within = 0;
    for trial in 0..60_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["importing_without_end", "--exact", "--nocapture"])
            .env(FOLDER, place.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(
            lines.map_while(Result::ok).any(|l| l.ends_with("importing")),
            "the child did not begin"
        );
        // The moment to kill is the point of the test, not something to wait for.
        std::thread::sleep(Duration::from_micros(trial * 7919 % 120_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let staged = |folder: &Path| {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries.filter(|e| e.file_name().to_string_lossy().starts_with(".errand-")).count()
        };
        let made = place.folder.path().join("made");
        killed_within += staged(place.workspace.root()) + staged(&made);
        let data = place.folder.path().join("data");
        let workspace = Workspace::open(place.workspace.root(), &data).unwrap();
        assert_eq!(staged(workspace.root()), 0, "trial {trial}");
        let tree = workspace.tree().unwrap();
        assert_eq!(tree.len() % 43, 0, "trial {trial}: a part of a collection");
        assert_eq!(workspace.environments().unwrap().len(), tree.len() / 43 * 2, "trial {trial}");
        for root in fs::read_dir(&made).into_iter().flatten().flatten() {
            if root.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let workspace = Workspace::open(root.path(), &data).unwrap();
            assert_eq!(workspace.tree().unwrap().len(), 43, "trial {trial}");
            assert_eq!(workspace.environments().unwrap().len(), 2, "trial {trial}");
            fs::remove_dir_all(root.path()).unwrap();
        }
    }
    println!("60 kills, {killed_within} of them within an import");
    assert!(killed_within > 0, "none was killed within an import: the test shows nothing");
}
