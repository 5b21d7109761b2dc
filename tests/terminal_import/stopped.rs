//! Ctrl+C and worse, in the middle: what was there is as it was, and nothing is left behind.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use errand_tests::patience;
use errand_tests::terminal::Ran;
use rustix::process::{Pid, Signal, kill_process};

use crate::desk::{Desk, large, postman};
use crate::shelf::Shelf;

const REQUESTS: usize = 10_000;

/// How long it may take until the first of them is written.
const READING: Duration = Duration::from_secs(200);

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap_or_else(|error| panic!("{error}"));
}

fn started(command: &mut Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap_or_else(|error| panic!("errand: {error}"))
}

fn ended(child: Child) -> Ran {
    let done = child.wait_with_output().unwrap_or_else(|error| panic!("errand: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran { code: done.status.code(), out: text(&done.stdout), err: text(&done.stderr) }
}

/// How many files an import has written below a folder and not put in place yet; at most `most` are counted.
fn staged(folder: &Path, most: usize) -> usize {
    let mut count = 0;
    let mut folders: Vec<_> =
        stagings(folder).into_iter().map(|staging| staging.join("files")).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            } else {
                count += 1;
            }
            if count >= most {
                return count;
            }
        }
    }
    count
}

/// Staging folders in a folder, or in one of the folders in it.
fn stagings(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(".errand-import-") {
            found.push(entry.path());
        } else if name.starts_with("errand-run-") {
            found.extend(stagings(&entry.path()));
        }
    }
    found
}

/// Starts it, and holds it still while it writes: some files are there, and most are not.
#[track_caller]
fn held_while_writing(start: impl Fn() -> Command, folder: &Path, again: impl Fn()) -> Child {
    for _ in 0..10 {
        let mut child = started(&mut start());
        let begun = || {
            let over = child.try_wait().is_ok_and(|status| status.is_some());
            (over || staged(folder, 1) > 0).then_some(())
        };
        // Reading so much takes its time where many tests run at once.
        let written = patience::until(READING, begun);
        assert!(written.is_some(), "no file was written in {} s", READING.as_secs());
        let status = format!("/proc/{}/stat", child.id());
        if kill_process(Pid::from_child(&child), Signal::STOP).is_ok() {
            let held = || {
                let text = fs::read_to_string(&status).unwrap_or_default();
                let state = text.rsplit(") ").next().and_then(|rest| rest.chars().next());
                matches!(state, None | Some('T' | 'Z')).then_some(())
            };
            patience::expect("it to be held still", held);
            if (1..REQUESTS * 3 / 4).contains(&staged(folder, REQUESTS)) {
                return child;
            }
        }
        // It was faster than we are.
        let _ = child.kill();
        let _ = child.wait();
        again();
    }
    panic!("it never could be held while it was writing");
}

#[track_caller]
fn interrupted(child: Child) -> Ran {
    signal(&child, Signal::INT);
    signal(&child, Signal::CONT);
    ended(child).exits(3)
}

#[test]
fn an_interrupted_import_of_a_new_workspace_leaves_nothing() {
    let desk = Desk::alone();
    desk.write("large.json", large(REQUESTS, "http://a"));
    let before = desk.names("");
    let start = || desk.command(["import", "large.json", "-o", "some/new", "--receipt", "r.json"]);
    let again = || {
        for left in ["some", "r.json"] {
            let _ = fs::remove_dir_all(desk.path(left));
            let _ = fs::remove_file(desk.path(left));
        }
    };
    let child = held_while_writing(start, &desk.path(""), again);
    interrupted(child).says("Stopped. Nothing was written.");
    assert_eq!(desk.names(""), before);
    // It can be done all the same afterwards.
    desk.errand(["import", "large.json", "-o", "some/new"]).ended(0);
    assert_eq!(desk.names("some/new").len(), REQUESTS + 2 * REQUESTS / 100 + 2);
}

#[test]
fn an_interrupted_import_into_a_workspace_leaves_it_as_it_was() {
    let desk = Desk::alone();
    desk.write("large.json", large(REQUESTS, "http://a"));
    desk.write("small.json", postman("Small", &[("One", "http://a")]));
    desk.errand(["import", "small.json", "-o", "there"]).ended(0);
    let before = desk.files("there");
    let start = || desk.command(["import", "large.json", "-o", "there"]);
    let again = || {
        let _ = fs::remove_dir_all(desk.path("there"));
        desk.errand(["import", "small.json", "-o", "there"]).ended(0);
    };
    let child = held_while_writing(start, &desk.path("there"), again);
    interrupted(child).says("Stopped. Nothing was written.");
    assert_eq!(desk.files("there"), before);
}

#[test]
fn what_a_killed_import_leaves_is_swept() {
    let desk = Desk::alone();
    desk.write("large.json", large(REQUESTS, "http://a"));
    desk.write("small.json", postman("Small", &[("One", "http://a")]));
    let start = || desk.command(["import", "large.json", "-o", "new"]);
    let clear = |name: &str| drop(fs::remove_dir_all(desk.path(name)));
    let mut child = held_while_writing(start, &desk.path(""), || clear("new"));
    let _ = child.kill();
    let _ = child.wait();
    assert!(!desk.path("new").exists(), "it is not there by halves");
    assert!(!stagings(&desk.path("")).is_empty(), "a killed process cleans nothing up");
    desk.errand(["import", "small.json", "-o", "new"]).ended(0);
    assert!(stagings(&desk.path("")).is_empty(), "the next one does");

    let before = desk.files("new");
    let start = || desk.command(["import", "large.json", "-o", "new"]);
    let again = || {
        clear("new");
        desk.errand(["import", "small.json", "-o", "new"]).ended(0);
    };
    let mut child = held_while_writing(start, &desk.path("new"), again);
    let _ = child.kill();
    let _ = child.wait();
    assert!(!stagings(&desk.path("new")).is_empty());
    desk.errand(["env", "list", "-w", "new"]).ended(0);
    assert_eq!(desk.files("new"), before, "swept when the workspace is opened");
}

#[test]
fn a_file_that_is_run_leaves_no_folder_however_the_run_ends() {
    let desk = Desk::alone();
    let shelf = Shelf::open().with("/one", "{}");
    let temporary = desk.home().join("tmp");
    let is_empty = || fs::read_dir(&temporary).is_ok_and(|mut inside| inside.next().is_none());
    desk.write(
        "shop.json",
        postman("Shop", &[("One", &shelf.url("/one")), ("Two", &shelf.url(Shelf::SILENT))]),
    );
    let child = started(&mut desk.command(["run", "shop.json", "-r", "json"]));
    let waits = || shelf.asked().contains(&format!("GET {}", Shelf::SILENT)).then_some(());
    patience::expect("the second request", waits);
    assert!(!is_empty(), "it runs from a folder of its own");
    signal(&child, Signal::INT);
    let ran = ended(child).exits(3);
    ran.says("Stopped");
    let report = ran.json();
    assert_eq!(report["requests"][0]["status"], 200, "what was done is reported: {report}");
    assert!(is_empty());

    desk.write("large.json", large(REQUESTS, &shelf.url("/one")));
    let clear = || {
        for entry in fs::read_dir(&temporary).into_iter().flatten().flatten() {
            let _ = fs::remove_dir_all(entry.path());
        }
    };
    let start = || desk.command(["run", "large.json"]);
    let child = held_while_writing(start, &temporary, clear);
    interrupted(child).says("Stopped");
    assert!(is_empty());
}

#[test]
fn a_server_that_does_not_answer_can_be_left() {
    let desk = Desk::alone();
    let shelf = Shelf::open();
    let before = desk.names("");
    let child = started(&mut desk.command(["import", &shelf.url(Shelf::SILENT), "-o", "made"]));
    patience::expect("it to be asked", || (!shelf.asked().is_empty()).then_some(()));
    signal(&child, Signal::INT);
    ended(child).exits(3).says("Stopped. Nothing was written.");
    // The same while something is fetched that was agreed to.
    let text = format!(
        r#"{{"openapi": "3.0.3", "info": {{"title": "T", "version": "1"}}, "paths": {{"/a": {{"$ref": "{}"}}}}}}"#,
        shelf.url(Shelf::SILENT)
    );
    desk.write("api.json", text);
    let host = shelf.host();
    let child =
        started(&mut desk.command(["import", "api.json", "-o", "made", "--allow-host", &host]));
    patience::expect("it to be asked again", || (shelf.asked().len() > 1).then_some(()));
    signal(&child, Signal::TERM);
    ended(child).exits(3).says("Stopped. Nothing was written.");
    let _ = fs::remove_file(desk.path("api.json"));
    assert_eq!(desk.names(""), before);
}
