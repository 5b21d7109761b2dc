//! The order of the system calls of a save: what a power cut can leave behind depends on it alone,
//! and no test that kills a process can show it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;

use std::path::Path;
use std::process::Command;

use common::Place;
use errand_model::{Collection, Item, ItemRequest, Request};
use errand_workspace::{Draft, Workspace};

const FOLDER: &str = "ERRAND_TEST_TRACED_IN";

fn request(url: &str) -> Request {
    Request { name: "a".into(), method: "GET".into(), url: url.into(), ..Request::default() }
}

/// Not a test of its own: what the traced process runs.
#[test]
fn saving_once() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let workspace = Workspace::open(folder.join("workspace"), folder.join("data")).unwrap();
    workspace.save_request("a.yml", &request("new"), "", true).unwrap();
    workspace.create_request("", &Request { name: "b".into(), ..request("made") }).unwrap();
    let draft =
        Draft { tab: "t".into(), path: None, base: String::new(), request: request("draft") };
    workspace.local().save_draft(&draft).unwrap();
}

/// Not a test of its own: what the traced process runs.
#[test]
fn importing_once() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let item = |name: &str| {
        let request = Request { name: name.into(), ..request("imported") };
        Item::Request(Box::new(ItemRequest { request, ..ItemRequest::default() }))
    };
    let collection = Collection { items: vec![item("one"), item("two")], ..Collection::default() };
    let workspace = Workspace::open(folder.join("workspace"), folder.join("data")).unwrap();
    workspace.add("", &collection).unwrap();
}

/// The calls of a test of this file, a line each, file descriptors with their paths.
fn traced(place: &Place, test: &str) -> Option<Vec<String>> {
    let log = place.folder.path().join("trace");
    let calls = "write,fsync,fdatasync,syncfs,rename,renameat,renameat2,link,linkat";
    let done = Command::new("strace")
        .args(["-f", "-y", "-s", "4096", "-e", &format!("trace={calls}"), "-o"])
        .arg(&log)
        .arg(std::env::current_exe().unwrap())
        .args([test, "--exact"])
        .env(FOLDER, place.folder.path())
        .output();
    match done {
        Ok(done) if done.status.success() => {
            let log = std::fs::read_to_string(log).unwrap();
            Some(log.lines().filter(|line| !line.contains(" = -1 ")).map(str::to_owned).collect())
        }
        Ok(done) => {
            let said = String::from_utf8_lossy(&done.stderr);
            println!("SKIPPED: strace cannot trace here: {said}");
            None
        }
        Err(error) => {
            println!("SKIPPED: strace is not installed ({error})");
            None
        }
    }
}

/// The name of the call of a line: `123 fsync(4</x>) = 0` is `fsync`.
fn call(line: &str) -> &str {
    let line = line.split_once(' ').map_or(line, |(_, rest)| rest.trim_start());
    line.split('(').next().unwrap_or_default()
}

/// What happened to get a file into place, in order.
fn steps(lines: &[String], target: &Path) -> Vec<&'static str> {
    let quoted = format!("{}\"", target.file_name().unwrap().to_str().unwrap());
    let is_rename = |line: &&String| {
        (call(line).starts_with("rename") || call(line).starts_with("link"))
            && line.contains(&quoted)
    };
    let renamed = lines
        .iter()
        .find(is_rename)
        .unwrap_or_else(|| panic!("no rename to {}: {lines:#?}", target.display()));
    let from =
        renamed.find(".errand-").unwrap_or_else(|| panic!("not from a temporary file: {renamed}"));
    let temporary = renamed[from..].split('"').next().unwrap();
    let folder = format!("<{}>", target.parent().unwrap().canonicalize().unwrap().display());
    let mut steps = Vec::new();
    let mut is_renamed = false;
    for line in lines {
        let step = if line == renamed {
            is_renamed = true;
            "rename"
        } else if call(line) == "write" && line.contains(temporary) {
            "write"
        } else if matches!(call(line), "fsync" | "fdatasync") && line.contains(temporary) {
            "sync file"
        } else if is_renamed && call(line) == "fsync" && line.contains(&folder) {
            "sync folder"
        } else {
            continue;
        };
        if steps.last() != Some(&step) {
            steps.push(step);
        }
        if step == "sync folder" {
            break;
        }
    }
    steps
}

#[test]
fn a_save_is_write_fsync_rename_fsync_of_the_folder() {
    let place = Place::new(&[(
        "a.yml",
        "info:\n  name: a\n  type: http\nhttp:\n  method: GET\n  url: old\n",
    )]);
    let Some(lines) = traced(&place, "saving_once") else { return };
    let drafts = place.folder.path().join("data");
    let draft = common::files_below(&drafts)
        .into_iter()
        .find(|file| file.extension().is_some_and(|e| e == "json"));
    for target in [place.path("a.yml"), place.path("b.yml"), draft.unwrap()] {
        assert_eq!(
            steps(&lines, &target),
            ["write", "sync file", "rename", "sync folder"],
            "{target:?}"
        );
    }
    assert!(
        !lines.iter().any(|line| call(line) == "write" && line.contains("/a.yml>")),
        "the file itself was written to: {lines:#?}"
    );
}

#[test]
fn an_import_is_on_disk_before_any_of_it_is_seen() {
    let place = Place::new(&[]);
    let Some(lines) = traced(&place, "importing_once") else { return };
    let places = |of: &str, with: &str| -> Vec<usize> {
        let fits = |line: &String| call(line).starts_with(of) && line.contains(with);
        lines.iter().enumerate().filter(|(_, line)| fits(line)).map(|(at, _)| at).collect()
    };
    let root = format!("<{}>", place.workspace.root().display());
    let written = places("write", "/files/");
    let (flushed, noted) = (places("syncfs", "-import-"), places("fsync", "-import-"));
    let (renamed, last) = (places("rename", "/files/"), places("fsync", &root));
    assert_eq!((written.len(), flushed.len(), renamed.len()), (2, 1, 2), "{lines:#?}");
    assert!(noted.len() >= 2, "the note of the renames is not flushed: {lines:#?}");
    assert!(written[1] < flushed[0] && flushed[0] < noted[0], "{lines:#?}");
    assert!(noted[noted.len() - 1] < renamed[0] && renamed[1] < last[last.len() - 1], "{lines:#?}");
}
