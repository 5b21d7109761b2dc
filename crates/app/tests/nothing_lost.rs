//! Full disks, other hands and damaged files, met through the command table: nothing is lost.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

use common::{Disk, Place, call, files, open, request, text};
use errand_app::{EventSink, Session};
use serde_json::{Value, json};

fn save(path: &str, request: &Value, base: &str) -> Value {
    json!({ "path": path, "request": request, "baseRevision": base, "force": false, "tab": "tab" })
}

fn long_body() -> Value {
    json!({ "type": "raw", "language": "text", "text": "x".repeat(60_000) })
}

fn draft(tab: &str, path: &str, base: &str, request: &Value) -> Value {
    json!({ "draft": { "tab": tab, "path": path, "baseRevision": base, "request": request } })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_on_a_full_or_read_only_disk_keeps_file_and_draft() {
    let place = Place::new().await;
    let root = place.folder.path().join("disk");
    let Some(disk) = Disk::mount(&root, "160k") else { return };
    let path = root.join("work");
    place.call("createWorkspace", json!({ "path": path, "name": "Small", "example": false })).await;
    let (item, revision) = place.create(&request("POST", "http://127.0.0.1/old")).await;
    let before = std::fs::read(path.join(&item)).expect("the file");
    let mut edited = request("POST", "http://127.0.0.1/new");
    edited["body"] = long_body();
    place.call("saveDraft", draft("tab", &item, &revision, &edited)).await;
    std::fs::write(root.join("filler"), vec![0; 100 << 10]).expect("a filler");

    for (words, then) in [("the disk is full", "ro"), ("the disk is read-only", "rw")] {
        let error = place.fails("saveRequest", save(&item, &edited, &revision)).await;
        assert_eq!(error.code, "write-failed");
        assert!(error.message.contains(words), "{error:?}");
        assert!(error.message.contains(&item), "{error:?}");
        assert_eq!(std::fs::read(path.join(&item)).expect("the file"), before);
        assert_eq!(files(&path).len(), 2, "a temporary file stayed: {:?}", files(&path));
        let view = place.call("openWorkspace", json!({ "path": path })).await;
        assert_eq!(view["drafts"][0]["request"]["body"], edited["body"], "the draft is gone");
        disk.remount(then);
    }
    std::fs::remove_file(root.join("filler")).expect("room");
    place.call("saveRequest", save(&item, &edited, &revision)).await;
    let view = place.call("openWorkspace", json!({ "path": path })).await;
    assert_eq!(view["drafts"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_the_spool_keeps_head_and_part_of_the_body() {
    let place = Place::new().await;
    let playground = errand_playground::Playground::start(None).await.expect("a playground");
    let Some(_disk) = Disk::mount(&place.folder.path().join("data/bodies"), "512k") else { return };
    let secret = json!([{ "name": "X-Key", "value": "{{token}}" }]);
    place.call("createEnvironment", json!({ "name": "Local", "copyFrom": null })).await;
    std::fs::write(place.root().join(".env"), "token=a-secret-of-some-length\n").expect(".env");
    let doc = place.call("readEnvironment", json!({ "name": "Local" })).await;
    let mut environment = doc["environment"].clone();
    environment["dotEnvFile"] = json!(".env");
    place
        .call("saveEnvironment", json!({
            "name": "Local", "environment": environment, "baseRevision": doc["revision"], "force": false,
        }))
        .await;
    for chosen in [Value::Null, json!("Local")] {
        // With a secret in the request the body goes through the masks, and some of it is held back.
        place.call("selectEnvironment", json!({ "name": chosen })).await;
        let mut large = request("GET", &format!("{}/bytes/4000000", playground.url()));
        large["headers"] = secret.clone();
        let exchange = place.send(large).await;
        assert_eq!(exchange["error"]["code"], "sink", "{exchange:#}");
        assert!(text(&exchange["error"]["hint"]).contains("disk"), "{exchange:#}");
        assert_eq!((&exchange["status"], &exchange["state"]), (&json!(200), &json!("truncated")));
        assert!(
            exchange["body"]["size"].as_u64().is_some_and(|size| size > 10_000),
            "{exchange:#}"
        );
        place.call("deleteHistory", json!({ "ids": [exchange["historyId"]] })).await;
    }
    // The disk is full ten bytes before the end, which the masks still hold back.
    let mut large = request("GET", &format!("{}/bytes/{}", playground.url(), (512 << 10) + 10));
    large["headers"] = secret;
    let exchange = place.send(large).await;
    assert_eq!(
        (&exchange["state"], &exchange["error"]["code"]),
        (&json!("truncated"), &json!("sink"))
    );
    assert_eq!(exchange["body"]["size"], 512 << 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_on_a_full_disk_or_unreadable_are_never_lost() {
    let place = Place::new().await;
    let config = place.folder.path().join("config");
    let file = config.join("settings.json");
    // Latin-1, as some editors save it: not understood, so not written over either.
    std::fs::create_dir_all(&config).expect("a folder");
    std::fs::write(&file, b"{\"theme\": \"dark\"} \xe9").expect("settings");
    let session = Session::new(open(place.folder.path()), None, false);
    let mut settings = call(&session, "boot", json!({})).await["settings"].clone();
    settings["wrap"] = json!(true);
    call(&session, "saveSettings", json!({ "settings": settings })).await;
    let kept =
        std::fs::read(config.join("settings.json.unreadable")).expect("the old file, set aside");
    assert!(kept.ends_with(b"\xe9"));

    let Some(disk) = Disk::mount(&place.folder.path().join("config"), "64k") else { return };
    call(&session, "saveSettings", json!({ "settings": settings })).await;
    let before = std::fs::read(&file).expect("settings");
    disk.remount("ro");
    let mut other = settings.clone();
    other["wrap"] = json!(false);
    let done = session.call("saveSettings", json!({ "settings": other }), EventSink::none()).await;
    assert_eq!(done.expect_err("read-only").code, "settings-not-saved");
    assert_eq!(std::fs::read(&file).expect("settings"), before);
    assert_eq!(call(&session, "boot", json!({})).await["settings"]["wrap"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_and_two_processes_lose_no_update() {
    let place = Place::new().await;
    let (item, _) = place.create(&request("GET", "http://127.0.0.1/")).await;
    let mut hands = Vec::new();
    // Two windows of one process, and one of another.
    for (hand, app) in
        [place.app.clone(), place.app.clone(), open(place.folder.path())].into_iter().enumerate()
    {
        let (root, item) = (place.root(), item.clone());
        hands.push(tokio::spawn(async move {
            let session = Session::new(app, None, false);
            call(&session, "openWorkspace", json!({ "path": root })).await;
            for number in 0..40 {
                loop {
                    let doc = call(&session, "readRequest", json!({ "path": item })).await;
                    let mut mine = doc["request"].clone();
                    mine["tags"]
                        .as_array_mut()
                        .expect("tags")
                        .push(json!(format!("{hand}-{number}")));
                    let args = save(&item, &mine, &text(&doc["revision"]));
                    match session.call("saveRequest", args, EventSink::none()).await {
                        Ok(_) => break,
                        Err(error) => assert_eq!(error.code, "conflict", "{error:?}"),
                    }
                }
            }
        }));
    }
    for hand in hands {
        hand.await.expect("no panic");
    }
    let doc = place.call("readRequest", json!({ "path": item })).await;
    let mut tags: Vec<String> =
        doc["request"]["tags"].as_array().expect("tags").iter().map(text).collect();
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 120);
}

fn git(root: &Path, args: &[&str]) -> String {
    let done = Command::new("git")
        .args(["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "core.autocrlf=false"])
        .args(args)
        .current_dir(root)
        .output()
        .expect("git");
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// What the tree on disk is, through a session that was not there before.
async fn fresh_tree(place: &Place) -> Value {
    let session = Session::new(open(place.folder.path()), None, false);
    call(&session, "openWorkspace", json!({ "path": place.root() })).await["nodes"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_checkouts_loses_and_resurrects_nothing() {
    if Command::new("git").arg("--version").output().is_err() {
        println!("SKIPPED: git is not installed");
        return;
    }
    let place = Place::new().await;
    let root = place.root();
    let mut revisions = Vec::new();
    for number in 0..60 {
        let mut one = request("GET", "http://127.0.0.1/main");
        one["name"] = json!(format!("R{number:02}"));
        revisions.push(place.create(&one).await);
    }
    for step in [
        &["init", "-q", "-b", "main"][..],
        &["add", "."],
        &["commit", "-qm", "main"],
        &["checkout", "-qb", "other"],
    ] {
        git(&root, step);
    }
    for (path, _) in &revisions[..20] {
        std::fs::remove_file(root.join(path)).expect("removed");
    }
    for (path, _) in &revisions[20..50] {
        let there = std::fs::read_to_string(root.join(path)).expect("the file");
        std::fs::write(root.join(path), there.replace("/main", "/other")).expect("changed");
    }
    git(&root, &["commit", "-qam", "other"]);
    git(&root, &["checkout", "-q", "main"]);

    let (told, events) = mpsc::channel();
    let watching = place.session.clone();
    let sink = EventSink::new(move |event| {
        let _ = told.send(event);
    });
    tokio::spawn(async move { watching.call("watch", json!({}), sink).await });
    let mut typed = request("PUT", "http://127.0.0.1/typed");
    typed["name"] = json!("typed");
    let (gone, changed) = (&revisions[3], &revisions[33]);
    for (tab, (path, revision)) in [("gone", gone), ("changed", changed)] {
        place.call("saveDraft", draft(tab, path, revision, &typed)).await;
    }
    for _ in 0..10 {
        git(&root, &["checkout", "-q", "other"]);
        git(&root, &["checkout", "-q", "main"]);
    }
    git(&root, &["checkout", "-q", "other"]);

    let expected = fresh_tree(&place).await;
    assert_eq!(expected.as_array().map(Vec::len), Some(40));
    let settled = tokio::task::spawn_blocking(move || {
        let (mut tree, mut branch) = (false, false);
        while let Ok(event) = events.recv_timeout(Duration::from_secs(20)) {
            match event["type"].as_str() {
                Some("tree") => tree = event["nodes"] == expected,
                Some("branch") => branch = event["branch"] == "other",
                _ => {}
            }
            if tree && branch {
                return true;
            }
        }
        false
    });
    assert!(settled.await.expect("no panic"), "the window never saw what is on disk");

    for (path, revision) in [gone, changed] {
        let error = place.fails("saveRequest", save(path, &typed, revision)).await;
        assert_eq!(error.code, "conflict", "{error:?}");
    }
    assert!(!root.join(&gone.0).exists(), "a deleted request came back");
    assert_eq!(git(&root, &["status", "--porcelain"]), "", "the checkout was disturbed");
    let view = place.call("openWorkspace", json!({ "path": root })).await;
    assert_eq!(view["drafts"].as_array().map(Vec::len), Some(2));
    place.session.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_folder_where_the_workspace_was_deletes_nothing() {
    let place = Place::new().await;
    let root = place.root();
    let (item, revision) = place.create(&request("GET", "http://127.0.0.1:1/")).await;
    place.call("saveDraft", draft("tab", &item, &revision, &request("GET", "http://typed/"))).await;
    place.get("http://127.0.0.1:1/").await;
    let moved = place.folder.path().join("moved");
    std::fs::rename(&root, &moved).expect("moved away");
    std::fs::create_dir(&root).expect("an empty folder");

    let session = Session::new(place.app.clone(), Some(root.clone()), true);
    let boot = call(&session, "boot", json!({})).await;
    assert!(boot["workspace"].is_null());
    assert_eq!(boot["workspaceError"]["code"], "not-a-workspace", "{boot:#}");
    assert_eq!(files(&root).len(), 0, "something was made in a folder that is no workspace");
    assert_eq!(files(&moved).len(), 2);

    std::fs::remove_dir(&root).expect("the empty folder");
    std::fs::rename(&moved, &root).expect("back again");
    let view = call(&session, "openWorkspace", json!({ "path": root })).await;
    assert_eq!(view["drafts"][0]["request"]["url"], "http://typed/");
    let found = call(&session, "searchHistory", json!({ "limit": 10 })).await;
    assert_eq!(found["entries"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_broken_is_shown_with_its_place_and_never_written_over() {
    let place = Place::new().await;
    let root = place.root();
    let (good, _) = place.create(&request("GET", "http://127.0.0.1/")).await;
    let whole = std::fs::read_to_string(root.join(&good)).expect("the file");
    let conflict = whole.replace(
        "method: GET",
        "<<<<<<< ours\n  method: GET\n=======\n  method: PUT\n>>>>>>> theirs",
    );
    assert_ne!(conflict, whole);
    let broken = [
        ("cut.yml", "info:\n  name: \"cut sho".to_owned()),
        ("empty.yml", String::new()),
        ("conflict.yml", conflict),
        ("invalid.yml", "info: [1, 2\nhttp: }".to_owned()),
    ];
    for (name, text) in &broken {
        std::fs::write(root.join(name), text).expect("a broken file");
    }
    let view = place.call("openWorkspace", json!({ "path": root })).await;
    let nodes = view["nodes"].as_array().expect("nodes");
    assert_eq!(nodes.iter().filter(|node| node["kind"] == "request").count(), 1);
    for (name, text) in &broken {
        let node = nodes.iter().find(|node| node["path"] == *name).expect("it is in the tree");
        assert_eq!(node["kind"], "broken");
        let place_of = &node["error"]["where"];
        assert!(
            place_of["line"].as_u64() >= Some(1) && place_of["column"].as_u64() >= Some(1),
            "{node:#}"
        );
        let error = place.fails("readRequest", json!({ "path": name })).await;
        assert_eq!(error.code, "invalid-file");
        for base in [String::new(), revision_of(&place, name)] {
            place.fails("saveRequest", save(name, &request("GET", "http://mine/"), &base)).await;
        }
        assert_eq!(std::fs::read_to_string(root.join(name)).expect("the file"), *text);
    }
    // Other saves, renames and moves leave them alone too.
    place.call("createFolder", json!({ "parent": "", "name": "In" })).await;
    place.call("moveItems", json!({ "paths": [good], "parent": "In", "index": 0 })).await;
    for (name, text) in &broken {
        assert_eq!(std::fs::read_to_string(root.join(name)).expect("the file"), *text);
    }
}

/// The revision that a window would have of a broken file: the watcher tells it.
fn revision_of(place: &Place, name: &str) -> String {
    let workspace = errand_workspace::Workspace::open(
        place.root(),
        place.folder.path().join("data/workspaces"),
    );
    workspace.and_then(|workspace| workspace.read_source(name)).expect("the file").1
}

/// Sends through a new process whose history file holds `content`; the notices it gives.
async fn sent_over(place: &Place, content: Option<&[u8]>) -> (Value, Vec<Value>) {
    if let Some(content) = content {
        std::fs::write(place.folder.path().join("data/history.sqlite"), content)
            .expect("a database");
    }
    let session = Session::new(open(place.folder.path()), Some(place.root()), true);
    let (told, events) = mpsc::channel();
    let boot = call(&session, "boot", json!({})).await;
    assert!(boot["workspaceError"].is_null(), "the workspace needs no database: {boot:#}");
    let watching = session.clone();
    let sink = EventSink::new(move |event| {
        let _ = told.send(event);
    });
    let watch = tokio::spawn(async move { watching.call("watch", json!({}), sink).await });
    let server = common::Server::saying(common::ok("hello"));
    let args =
        json!({ "exchange": "1", "path": null, "request": request("GET", &server.url("/")) });
    let mut exchange = Value::Null;
    for _ in 0..3 {
        exchange = call(&session, "send", args.clone()).await;
        assert_eq!((&exchange["state"], &exchange["status"]), (&json!("complete"), &json!(200)));
    }
    let problem = tokio::task::spawn_blocking(move || {
        let mut problems = Vec::new();
        let mut patience = Duration::from_secs(10);
        while let Ok(event) = events.recv_timeout(patience) {
            if event["type"] == "problem" {
                problems.push(event["error"].clone());
                // It is said once; one said again would come right behind.
                patience = Duration::from_millis(200);
            }
        }
        problems
    });
    let problems = problem.await.expect("no panic");
    session.close();
    watch.await.expect("no panic").expect("watched");
    (exchange, problems)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_from_the_future_is_not_touched_and_sending_goes_on() {
    let place = Place::new().await;
    let file = place.folder.path().join("data/history.sqlite");
    // Made and closed here: a process that still had it open would write its end over this one.
    drop(errand_history::History::open(&file).expect("a database"));
    let mut bytes = std::fs::read(&file).expect("the database");
    // `user_version` in the header (sqlite.org/fileformat2.html, 1.3).
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let (exchange, problems) = sent_over(&place, Some(&bytes)).await;
    assert!(exchange["historyId"].is_null());
    assert!(text(&exchange["warnings"][0]).contains("newer"), "{exchange:#}");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(text(&problems[0]["message"]).contains("newer"), "{problems:?}");
    assert!(std::fs::read(&file).expect("the database") == bytes, "it was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_is_set_aside_and_sending_goes_on() {
    for garbage in [vec![0x5a; 20_000], b"SQLite format 3\0 and then nothing of the sort".to_vec()]
    {
        let place = Place::new().await;
        let data = place.folder.path().join("data");
        let (exchange, problems) = sent_over(&place, Some(&garbage)).await;
        assert!(exchange["historyId"].is_string(), "{exchange:#}");
        assert_eq!(problems[0]["code"], "history-recovered", "{problems:?}");
        let set_aside = files(&data)
            .into_iter()
            .any(|file| std::fs::read(file).is_ok_and(|bytes| bytes == garbage));
        assert!(set_aside, "the damaged file is gone: {:?}", files(&data));
    }
}
