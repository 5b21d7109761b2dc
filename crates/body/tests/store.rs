//! The spool on a real disk: growth, both kinds of end, deletion, orphans, a full disk.
#![allow(
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::needless_pass_by_value,
    reason = "tests"
)]

mod common;

use std::{collections::HashSet, sync::mpsc, thread, time::Duration};

use common::{naive_pretty, rows_text};
use errand_body::{Error, Query, Store, View, ViewKind, ViewOptions};

#[test]
fn a_body_is_kept_by_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("bodies")).unwrap();
    let mut writer = store.create().unwrap();
    let id = writer.id().to_owned();
    writer.write(b"decoded ").unwrap();
    let early = store.body(&id).unwrap();
    assert!(!early.is_complete() && !early.has_ended());
    let source = early.source().unwrap();
    writer.write(b"bytes").unwrap();
    assert_eq!(source.slice(0, 100).unwrap(), b"decoded bytes");
    let body = writer.finish().unwrap();
    assert!(body.is_complete() && early.is_complete());

    // Another process finds the same.
    let store = Store::open(store.folder()).unwrap();
    let body = store.body(&id).unwrap();
    assert!(body.is_complete());
    assert_eq!((body.len(), store.total_size().unwrap()), (13, 13));
    store.delete([&id, "../../etc/passwd", "019aa0f0-0000-7000-8000-000000000000"]).unwrap();
    assert!(matches!(store.body(&id), Err(Error::NoBody(_))));
    assert!(store.list().unwrap().is_empty());
    // What is open stays readable.
    assert_eq!(source.slice(0, 7).unwrap(), b"decoded");
}

#[test]
fn what_arrived_before_a_cut_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut cut = store.create().unwrap();
    cut.write(b"half").unwrap();
    let cut = cut.cut();
    assert!(cut.has_ended() && !cut.is_complete());
    let mut dropped = store.create().unwrap();
    dropped.write(b"half").unwrap();
    let body = dropped.body();
    drop(dropped);
    for id in [cut.id(), body.id()] {
        let found = store.body(id).unwrap();
        assert_eq!((found.len(), found.is_complete(), found.has_ended()), (4, false, true));
    }
    let mut gone = store.create().unwrap();
    gone.write(b"x").unwrap();
    gone.discard().unwrap();
    assert_eq!(store.list().unwrap().len(), 2);
}

#[test]
fn orphans_go_and_the_wanted_and_the_growing_stay() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let make = || store.create().unwrap().finish().unwrap().id().to_owned();
    let (wanted, orphan) = (make(), make());
    let growing = store.create().unwrap();
    std::fs::write(folder.path().join("not-a-body.txt"), "x").unwrap();
    let keep = HashSet::from([wanted.clone()]);
    assert!(store.delete_orphans(&keep, Duration::from_secs(3600)).unwrap().is_empty());
    let deleted = store.delete_orphans(&keep, Duration::ZERO).unwrap();
    assert_eq!(deleted.iter().map(|body| &body.id).collect::<Vec<_>>(), [&orphan]);
    assert!(store.body(&wanted).is_ok() && store.body(growing.id()).is_ok());
    assert!(folder.path().join("not-a-body.txt").exists());
}

#[test]
fn views_and_searches_follow_a_body_that_grows() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let text: String =
        (0..20_000).map(|n| format!("{{\"id\": {n}, \"name\": \"Näme {n}\"}},")).collect();
    let text = format!("[{}]", text.trim_end_matches(','));
    let mut writer = store.create().unwrap();
    let source = writer.body().source().unwrap();
    let view = View::open(&source, ViewKind::Json, &ViewOptions::default()).unwrap();
    let search = view.find(&Query::text("näme 1")).unwrap();
    let (half, halfway) = mpsc::channel();
    let (go_on, wait) = mpsc::channel::<()>();
    let bytes = text.clone().into_bytes();
    let writing = thread::spawn(move || {
        for (n, part) in bytes.chunks(997).enumerate() {
            writer.write(part).unwrap();
            if n == 200 {
                half.send(()).unwrap();
                wait.recv().unwrap();
            }
        }
        writer.finish().unwrap();
    });
    halfway.recv().unwrap();
    let progress = view.wait_until(|progress| progress.rows > 1000);
    assert!(!progress.done && progress.error.is_none());
    assert_eq!(view.rows(1, 3, 0..80).unwrap().len(), 2);
    go_on.send(()).unwrap();
    writing.join().unwrap();
    let total = view.wait_until(|_| false).rows;
    let expected: Vec<String> = naive_pretty(&text).lines().map(str::to_owned).collect();
    assert_eq!(rows_text(&view.rows(0, total, 0..usize::MAX).unwrap()), expected);
    let hits = text.matches("Näme 1").count();
    assert_eq!(search.wait().count, hits as u64);
    let last = search.hit(hits as u64 - 1).unwrap().unwrap();
    assert_eq!(expected[usize::try_from(last.row).unwrap()].trim(), "\"name\": \"Näme 19999\"");
    let path = folder.path().join("saved.json");
    view.save(&path).unwrap();
    assert_eq!(std::fs::read_to_string(path).unwrap(), expected.join("\n") + "\n");
}

/// `/dev/full` takes no byte: the disk is full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let view = common::open(b"text", ViewKind::Raw, &ViewOptions::default());
    let error = view.save(std::path::Path::new("/dev/full")).unwrap_err();
    assert!(matches!(error, Error::DiskFull { .. }), "{error:?}");
}
