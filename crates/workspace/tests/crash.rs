//! Saves that are killed, that meet a full or read-only disk, or that meet another editor.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{Place, files_below};
use errand_model::{Body, RawLanguage, Request};
use errand_workspace::{
    Draft, LocalState, RecentWorkspace, Workspace, WorkspaceError, write_atomically,
};

const FOLDER: &str = "ERRAND_TEST_SAVING_IN";

fn request(letter: char) -> Request {
    let text = std::iter::repeat_n(letter, 60_000).collect();
    Request {
        name: "A".into(),
        method: "POST".into(),
        url: "u".into(),
        body: Body::Raw { language: RawLanguage::Text, text },
        ..Request::default()
    }
}

/// Not a test of its own: what the killed process runs.
#[test]
fn saving_without_end() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let workspace = Workspace::open(folder.join("workspace"), folder.join("data")).unwrap();
    println!("saving");
    for letter in ('a'..='z').cycle() {
        workspace.save_request("a.yml", &request(letter), "", true).unwrap();
    }
}

#[test]
fn killed_at_any_moment_the_file_is_whole() {
    let place = Place::new(&[]);
    place.workspace.create_request("", &request('a')).unwrap();
    fs::rename(place.path("A.yml"), place.path("a.yml")).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for trial in 0..200_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["saving_without_end", "--exact", "--nocapture"])
            .env(FOLDER, place.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(
            lines.map_while(Result::ok).any(|l| l.ends_with("saving")),
            "the child did not begin"
        );
        // The moment to kill is the point of the test, not something to wait for.
        std::thread::sleep(Duration::from_micros(trial * 7919 % 90_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let (read, _) =
            place.workspace.read_request("a.yml").unwrap_or_else(|e| panic!("trial {trial}: {e}"));
        let Body::Raw { text, .. } = &read.body else { panic!("trial {trial}") };
        let letter = text.chars().next().unwrap();
        assert_eq!(read, Request { seq: read.seq, ..request(letter) }, "trial {trial}: torn");
        seen.insert(letter);
    }
    // The next save sweeps up what the killed ones left.
    place.workspace.save_request("a.yml", &request('a'), "", true).unwrap();
    place.workspace.save_request("a.yml", &request('b'), "", true).unwrap();
    assert_eq!(files_below(place.workspace.root()).len(), 2);
    println!("200 kills, file whole each time, {} different contents seen", seen.len());
    assert!(seen.len() > 1, "no save ever got through: the test shows nothing");
}

/// Mounts a small tmpfs, or says why it cannot.
#[cfg(target_os = "linux")]
fn mounted(folder: &Path, options: &str) -> bool {
    fs::create_dir_all(folder).unwrap();
    let done =
        Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(folder).output();
    let mounted = done.is_ok_and(|o| o.status.success());
    if !mounted {
        println!("SKIPPED: no tmpfs can be mounted here (root is needed)");
    }
    mounted
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_and_a_read_only_disk_leave_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    if !mounted(&disk, "size=160k") {
        return;
    }
    let result = std::panic::catch_unwind(|| {
        let workspace = Workspace::create(disk.join("w"), folder.path().join("data"), "W").unwrap();
        let small = Request { body: Body::None, ..request('a') };
        let (path, revision) = workspace.create_request("", &small).unwrap();
        let before = workspace.read_source(&path).unwrap();
        fs::write(disk.join("filler"), vec![0; 100 << 10]).unwrap();
        let error = workspace.save_request(&path, &request('b'), &revision, false).unwrap_err();
        assert!(error.to_string().contains("the disk is full"), "{error}");
        assert_eq!(workspace.read_source(&path).unwrap(), before);
        assert_eq!(files_below(&disk.join("w")).len(), 2, "a temporary file stayed");
        // The draft is on another disk and keeps the edit.
        let draft = Draft {
            tab: "t".into(),
            path: Some(path.clone()),
            base: revision.clone(),
            request: request('b'),
        };
        workspace.local().save_draft(&draft).unwrap();
        assert_eq!(workspace.local().drafts().unwrap(), [draft]);

        fs::remove_file(disk.join("filler")).unwrap();
        assert!(
            Command::new("mount").args(["-o", "remount,ro"]).arg(&disk).status().unwrap().success()
        );
        let error = workspace.save_request(&path, &request('b'), &revision, false).unwrap_err();
        assert!(error.to_string().contains("the disk is read-only"), "{error}");
        assert_eq!(workspace.read_source(&path).unwrap(), before);
        assert!(
            Command::new("mount").args(["-o", "remount,rw"]).arg(&disk).status().unwrap().success()
        );
        workspace.save_request(&path, &request('b'), &revision, false).unwrap();
    });
    let unmounted = Command::new("umount").arg(&disk).status().unwrap().success();
    assert!(unmounted);
    if let Err(panic) = result {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn a_change_on_disk_is_a_conflict_with_both_sides() {
    let place = Place::new(&[]);
    let (path, revision) = place.workspace.create_request("", &request('a')).unwrap();
    let mine = Request { url: "mine".into(), ..request('a') };
    let theirs = place.text(&path).replace("url: u", "url: theirs # kept");
    fs::write(place.path(&path), &theirs).unwrap();
    let Err(WorkspaceError::Conflict(conflict)) =
        place.workspace.save_request(&path, &mine, &revision, false)
    else {
        panic!("no conflict")
    };
    assert_eq!(conflict.text, theirs);
    assert_eq!(conflict.theirs.as_ref().unwrap().url, "theirs");
    assert_eq!(place.text(&path), theirs);
    // Mine over theirs, knowing it: the rest of their file stays.
    place.workspace.save_request(&path, &mine, &revision, true).unwrap();
    assert!(place.text(&path).contains("url: mine # kept"));

    fs::remove_file(place.path(&path)).unwrap();
    let Err(WorkspaceError::Conflict(conflict)) =
        place.workspace.save_request(&path, &mine, &revision, false)
    else {
        panic!("no conflict")
    };
    assert_eq!((conflict.revision, conflict.theirs), (None, None));
    assert!(!place.path(&path).exists(), "what was deleted outside came back");
    place.workspace.save_request(&path, &mine, &revision, true).unwrap();
    assert_eq!(place.workspace.read_request(&path).unwrap().0, mine);
}

#[test]
fn two_windows_lose_no_update() {
    let place = Place::new(&[]);
    let (path, _) = place
        .workspace
        .create_request("", &Request { name: "A".into(), ..Request::default() })
        .unwrap();
    let data = place.folder.path().join("data");
    std::thread::scope(|scope| {
        for window in 0..2 {
            let other = Workspace::open(place.workspace.root(), &data).unwrap();
            let path = &path;
            scope.spawn(move || {
                for n in 0..250 {
                    loop {
                        let (mut request, revision) = other.read_request(path).unwrap();
                        request.tags.push(format!("{window}-{n}"));
                        match other.save_request(path, &request, &revision, false) {
                            Ok(_) => break,
                            Err(WorkspaceError::Conflict(_)) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                }
            });
        }
    });
    let mut tags = place.workspace.read_request(&path).unwrap().0.tags;
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 500);
}

#[test]
fn local_state_is_kept_outside_the_workspace() {
    let place = Place::new(&[]);
    let before = place.snapshot();
    let local = place.workspace.local();
    let draft = |tab: &str| Draft {
        tab: tab.into(),
        path: None,
        base: String::new(),
        request: request('d'),
    };
    for tab in ["1", "../../escape", "ü", ""] {
        local.save_draft(&draft(tab)).unwrap();
    }
    let mut tabs: Vec<String> = local.drafts().unwrap().into_iter().map(|d| d.tab).collect();
    tabs.sort();
    assert_eq!(tabs, ["", "../../escape", "1", "ü"]);
    fs::write(local.folder().join("drafts/1.json"), "{cut").unwrap();
    assert_eq!(local.drafts().unwrap().len(), 3);
    assert!(
        local.folder().join("drafts/1.json.broken").exists(),
        "a broken draft is set aside, not lost"
    );
    local.remove_draft("ü").unwrap();
    local.remove_draft("ü").unwrap();
    assert_eq!(local.drafts().unwrap().len(), 2);

    assert!(local.ui_state().is_null());
    local.save_ui_state(&serde_json::json!({"width": 1})).unwrap();
    assert_eq!(local.ui_state()["width"], 1);
    assert_eq!(local.chosen_environment(), None);
    local.choose_environment(Some("Prod")).unwrap();
    assert_eq!(local.chosen_environment().as_deref(), Some("Prod"));
    local.choose_environment(None).unwrap();
    assert_eq!(local.chosen_environment(), None);

    let data = place.folder.path().join("data");
    for n in 0..40 {
        let name = n.to_string();
        LocalState::remember(&data, RecentWorkspace { folder: format!("/w/{}", n % 35), name })
            .unwrap();
    }
    let recent = LocalState::recent(&data);
    assert_eq!((recent.len(), recent[0].name.as_str()), (30, "39"));
    LocalState::forget(&data, "/w/4").unwrap();
    assert_eq!(LocalState::recent(&data)[0].name, "38");
    assert_eq!(place.snapshot(), before);
}

#[test]
fn ids() {
    let place = Place::new(&[]);
    let data = place.folder.path().join("data");
    let root = place.workspace.root();
    assert_eq!(
        Workspace::open(root.join("../workspace"), &data).unwrap().id(),
        place.workspace.id()
    );
    fs::write(
        root.join("opencollection.yml"),
        format!("{}extensions:\n  errand:\n    id: team-api\n", common::ROOT),
    )
    .unwrap();
    assert_eq!(Workspace::open(root, &data).unwrap().id(), "team-api");
    fs::write(root.join("opencollection.yml"), "extensions: {errand: {id: ../../x}}\n").unwrap();
    assert_eq!(Workspace::open(root, &data).unwrap().id(), place.workspace.id());
}

#[test]
fn any_file_can_be_written_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.json");
    write_atomically(&path, b"1").unwrap();
    write_atomically(&path, b"2").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"2");
    assert!(write_atomically(&folder.path().join("no/such"), b"").is_err());
}
