//! Files from the future, of others, damaged, and processes that die.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{Folder, entry, insert};
use errand_history::{Error, History, Opened, Options, Query};
use rusqlite::Connection;

#[test]
fn a_database_from_the_future_is_left_alone() {
    let folder = Folder::new();
    insert(&folder.open(), (0..5).map(entry));
    let connection = Connection::open(folder.path()).expect("open");
    connection.pragma_update(None, "user_version", 99).expect("from the future");
    connection.close().expect("closed");
    let before = std::fs::read(folder.path()).expect("the file");
    let error = History::open(&folder.path()).err().expect("refused");
    assert_eq!(error, Error::Newer { path: folder.path(), found: 99, known: 2 });
    assert!(std::fs::read(folder.path()).expect("the file") == before);
    assert_eq!(folder.files(), [folder.path()]);
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    for owner in [0, 7] {
        let folder = Folder::new();
        let connection = Connection::open(folder.path()).expect("open");
        connection.pragma_update(None, "application_id", owner).expect("an owner");
        connection.execute_batch("CREATE TABLE theirs (x)").expect("a table");
        connection.close().expect("closed");
        let before = std::fs::read(folder.path()).expect("the file");
        assert_eq!(
            History::open(&folder.path()).err(),
            Some(Error::Foreign { path: folder.path() })
        );
        assert!(std::fs::read(folder.path()).expect("the file") == before);
    }
}

#[test]
fn an_empty_file_is_a_new_history() {
    let folder = Folder::new();
    std::fs::write(folder.path(), b"").expect("a file");
    insert(&folder.open(), [entry(1)]);
}

#[test]
fn garbage_is_set_aside_and_history_goes_on() {
    for garbage in [vec![0x5a; 64], vec![0x5a; 50_000], vec![0; 8_192]] {
        let folder = Folder::new();
        std::fs::write(folder.path(), &garbage).expect("a file");
        let opened = History::open(&folder.path()).expect("open");
        let recovery = opened.recovered.expect("recovered");
        assert_eq!(recovery.saved, 0);
        assert!(std::fs::read(&recovery.set_aside).expect("set aside") == garbage);
        insert(&opened.history, [entry(1)]);
    }
}

#[test]
fn a_garbage_header_loses_no_entry() {
    let folder = Folder::new();
    insert(&folder.open(), (0..500).map(entry));
    let mut bytes = std::fs::read(folder.path()).expect("the file");
    bytes[..100].fill(0xee);
    std::fs::write(folder.path(), &bytes).expect("damaged");
    let Opened { history, recovered, .. } = History::open(&folder.path()).expect("open");
    let recovery = recovered.expect("recovered");
    assert_eq!((recovery.saved, recovery.complete), (500, true));
    assert_eq!(history.count(&words("example"), 1_000).map(|c| c.found), Ok(500));
    assert!(std::fs::read(&recovery.set_aside).expect("set aside") == bytes);
}

#[test]
fn each_page_flipped_in_turn_costs_that_page_only() {
    let folder = Folder::new();
    insert(&folder.open(), (0..400).map(entry));
    let sound = std::fs::read(folder.path()).expect("the file");
    let pages = sound.len() / 4_096;
    let mut least = u64::MAX;
    for page in 0..pages {
        let folder = Folder::new();
        let mut bytes = sound.clone();
        for byte in &mut bytes[page * 4_096..(page + 1) * 4_096] {
            *byte ^= 0xa5;
        }
        std::fs::write(folder.path(), &bytes).expect("damaged");
        let options = Options { check: true, ..Options::default() };
        let Opened { history, recovered, .. } = History::open_with(&folder.path(), options)
            .unwrap_or_else(|e| panic!("page {page}: {e}"));
        if let Some(recovery) = &recovered {
            assert!(std::fs::read(&recovery.set_aside).expect("set aside") == bytes);
        }
        let found = history.count(&words("example"), 1_000).expect("searchable").found;
        assert!(found <= 400);
        least = least.min(found);
        insert(&history, [entry(9_999)]);
        assert_eq!(history.check(), Ok(()), "page {page}, {recovered:?}");
    }
    // The root page of the entries leads to all of them; any other page holds a few.
    println!("{pages} pages, at least {least} of 400 entries after each");
}

#[test]
fn damage_met_while_reading_is_repaired_at_the_next_start() {
    let folder = Folder::new();
    insert(&folder.open(), (0..2_000).map(entry));
    let mut bytes = std::fs::read(folder.path()).expect("the file");
    // Every page but the first ten, and the last: deep damage that opening does not meet.
    let middle = bytes.len() / 4_096 / 2;
    bytes[middle * 4_096..(middle + 20) * 4_096].fill(0xff);
    std::fs::write(folder.path(), &bytes).expect("damaged");
    let opened = History::open(&folder.path()).expect("open");
    if opened.recovered.is_none() {
        assert!(matches!(opened.history.check(), Err(Error::Damaged { .. })));
        assert!(matches!(opened.history.last_error(), Some(Error::Damaged { .. })));
        drop(opened);
        let opened = History::open(&folder.path()).expect("open");
        let recovery = opened.recovered.expect("recovered");
        assert!(recovery.saved > 1_000, "{recovery:?}");
        assert_eq!(opened.history.check(), Ok(()));
    }
}

#[test]
fn an_older_format_is_brought_up_to_date_after_a_backup() {
    let folder = Folder::new();
    older(&folder.path(), 300);
    let opened = History::open(&folder.path()).expect("open");
    assert_eq!((opened.migrated_from, opened.recovered), (Some(1), None));
    assert_eq!(opened.history.count(&words("example"), 1_000).map(|c| c.found), Ok(300));
    let backup = backup(&folder.path());
    assert_eq!(count_in(&backup), (1, 300));
    // The backup would keep what is deleted.
    let newest = opened.history.search(&Query::default()).expect("a page").entries[0].id;
    opened.history.delete(&[newest]).expect("deleted");
    assert!(!backup.exists());
}

#[test]
fn killed_during_a_migration_a_hundred_times() {
    const CHILD: &str = "ERRAND_TEST_MIGRATE";
    if let Some(path) = std::env::var_os(CHILD) {
        drop(History::open(Path::new(&path)));
        return;
    }
    let source = Folder::new();
    older(&source.path(), 1_500);
    let run = |path: &Path| {
        let mut command = Command::new(std::env::current_exe().expect("this test"));
        command.args(["--exact", "killed_during_a_migration_a_hundred_times"]).env(CHILD, path);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a child")
    };
    // How long a whole run takes, so that the kills are spread over it.
    let whole = {
        let folder = Folder::new();
        std::fs::copy(source.path(), folder.path()).expect("a copy");
        let started = std::time::Instant::now();
        run(&folder.path()).wait().expect("ended");
        started.elapsed()
    };
    let mut interrupted = 0;
    for trial in 0..100 {
        let folder = Folder::new();
        std::fs::copy(source.path(), folder.path()).expect("a copy");
        let mut child = run(&folder.path());
        std::thread::sleep(whole * trial / 100);
        child.kill().expect("killed");
        child.wait().expect("ended");
        if backup(&folder.path()).exists() {
            assert_eq!(count_in(&backup(&folder.path())), (1, 1_500), "trial {trial}");
        }
        let opened = History::open(&folder.path()).expect("open");
        interrupted += u32::from(opened.migrated_from.is_some());
        assert_eq!(opened.recovered, None, "trial {trial}");
        assert_eq!(
            opened.history.count(&words("example"), 10_000).map(|c| c.found),
            Ok(1_500),
            "trial {trial}"
        );
        assert_eq!(opened.history.check(), Ok(()), "trial {trial}");
    }
    println!("100 kills, {interrupted} before the migration was done");
}

/// A database of format 1, which had no search index.
fn older(path: &Path, entries: i64) {
    let connection = Connection::open(path).expect("open");
    connection.pragma_update(None, "journal_mode", "WAL").expect("WAL");
    connection.pragma_update(None, "application_id", 0x4552_5244).expect("ours");
    connection.execute_batch(include_str!("../src/schema/1.sql")).expect("format 1");
    connection.pragma_update(None, "user_version", 1).expect("format 1");
    let sql = "INSERT INTO entry VALUES (?1 * 1024, ?2, 'w1', ?1, NULL, 'n', 'GET', 'https://example.com/' || ?1, \
        'example.com', NULL, 200, 0, NULL, NULL, 1, 1, 1, NULL, 0, 0, '1.1')";
    connection.execute_batch("BEGIN").expect("begun");
    for number in 1..=entries {
        let id = uuid::Uuid::now_v7();
        connection.execute(sql, rusqlite::params![number, id.as_bytes()]).expect("a row");
    }
    connection.execute_batch("COMMIT").expect("written");
}

fn backup(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".v1.backup");
    PathBuf::from(name)
}

/// Format and number of entries of a sound database.
fn count_in(path: &Path) -> (i64, i64) {
    let connection = Connection::open(path).expect("open");
    let sound: String =
        connection.query_row("PRAGMA integrity_check", [], |r| r.get(0)).expect("checked");
    assert_eq!(sound, "ok");
    let version =
        connection.pragma_query_value(None, "user_version", |r| r.get(0)).expect("a version");
    (
        version,
        connection.query_row("SELECT count(*) FROM entry", [], |r| r.get(0)).expect("a count"),
    )
}

fn words(words: &str) -> Query {
    Query { words: words.to_owned(), ..Query::default() }
}
