//! Inserting, finding, comparing and deleting, over a real file.

mod common;

use common::{Folder, at, entry, insert};
use errand_history::{
    Error, Failure, History, Limits, Options, Query, SameRequest, State, StatusFilter,
};

#[test]
fn sqlite_is_new_enough() {
    // 3.51.3 mends a way to corrupt a database in WAL mode.
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

#[test]
fn an_entry_comes_back_whole_after_a_restart() {
    let folder = Folder::new();
    let mut kept = entry(1);
    kept.summary.error = Some(Failure {
        code: "tls.expired".to_owned(),
        message: "The certificate ended.".to_owned(),
    });
    kept.summary.state = State::Truncated;
    let history = folder.open();
    history.insert(kept.clone()).expect("queued");
    // No flush: an orderly end loses nothing.
    drop(history);
    assert_eq!(folder.open().entry(kept.summary.id), Ok(kept));
}

#[test]
fn an_unknown_entry_is_said() {
    let id = uuid::Uuid::now_v7();
    let folder = Folder::new();
    assert_eq!(folder.open().entry(id), Err(Error::NoEntry { id }));
}

#[test]
fn inserting_an_id_again_changes_nothing() {
    let folder = Folder::new();
    let history = folder.open();
    let first = entry(1);
    let mut second = first.clone();
    second.summary.name = "another".to_owned();
    insert(&history, [first.clone(), second]);
    assert_eq!(history.entry(first.summary.id), Ok(first));
    assert_eq!(history.count(&Query::default(), 10).map(|c| c.found), Ok(1));
}

#[test]
fn the_bodies_that_entries_refer_to_are_known() {
    let folder = Folder::new();
    let history = folder.open();
    let (mut with, mut without) = (entry(1), entry(2));
    with.summary.body = Some("0197c0de-0000-7000-8000-000000000001".to_owned());
    without.summary.body = None;
    insert(&history, [with.clone(), without]);
    assert_eq!(history.bodies(), Ok(with.summary.body.clone().into_iter().collect()));
    history.delete(&[with.summary.id]).expect("deleted");
    assert_eq!(history.bodies().map(|ids| ids.len()), Ok(0));
}

#[test]
fn every_filter_finds_what_it_names() {
    let folder = Folder::new();
    let history = folder.open();
    let (mut a, mut b, mut c) = (entry(1), entry(2), entry(3));
    a.summary.url = "{{base}}/Orders/4711?q=Grüße".to_owned();
    a.summary.host = "api.example.com:8443".to_owned();
    a.summary.status = Some(404);
    b.summary.method = "PURGE".to_owned();
    b.summary.environment = Some("staging".to_owned());
    b.summary.workspace = "other".to_owned();
    c.summary.status = None;
    c.summary.state = State::Failed;
    c.summary.error =
        Some(Failure { code: "dns".to_owned(), message: "No host named nowhere.test.".to_owned() });
    insert(&history, [a.clone(), b.clone(), c.clone()]);

    let cases: Vec<(Query, Vec<&errand_history::Entry>)> = vec![
        (Query::default(), vec![&c, &b, &a]),
        (words("orders"), vec![&a]),
        (words("RDERS/47 grüß"), vec![&a]),
        (words("grÜSSE"), vec![]),
        (words("ordersorders"), vec![]),
        (words("nowhere.test"), vec![&c]),
        (words("47"), vec![&a]),
        (words("q\"*"), vec![]),
        (words("\" OR NEAR("), vec![]),
        (Query { status: vec![StatusFilter::Class(4)], ..Query::default() }, vec![&a]),
        (
            Query {
                status: vec![StatusFilter::Code(404), StatusFilter::Code(200)],
                ..Query::default()
            },
            vec![&b, &a],
        ),
        (Query { methods: vec!["purge".to_owned()], ..Query::default() }, vec![&b]),
        (Query { host: Some("API.example.com".to_owned()), ..Query::default() }, vec![&a]),
        (Query { host: Some("api.example.com:8443".to_owned()), ..Query::default() }, vec![&a]),
        (Query { host: Some("api.example.com:1".to_owned()), ..Query::default() }, vec![]),
        (Query { environment: Some("staging".to_owned()), ..Query::default() }, vec![&b]),
        (Query { workspace: Some("other".to_owned()), ..words("example") }, vec![&b]),
        (Query { failed: true, ..Query::default() }, vec![&c, &a]),
        (Query { since_ms: Some(at(2)), ..Query::default() }, vec![&c, &b]),
        (Query { until_ms: Some(at(2)), ..Query::default() }, vec![&b, &a]),
        (Query { since_ms: Some(at(2)), until_ms: Some(at(2)), ..words("exa") }, vec![&b]),
    ];
    for (query, expected) in cases {
        let page = history.search(&query).expect("a page");
        let expected: Vec<_> = expected.iter().map(|entry| entry.summary.clone()).collect();
        assert_eq!(page.entries, expected, "{query:?}");
        assert!(page.complete && page.next.is_none());
        assert_eq!(
            history.count(&query, 10).map(|c| (c.found, c.exact)),
            Ok((expected.len() as u64, true))
        );
    }
}

#[test]
fn pages_follow_each_other_without_gaps_whatever_the_order_of_insertion() {
    let folder = Folder::new();
    let history = folder.open();
    // Out of order, and many at the same millisecond.
    let mut entries: Vec<_> = (0..3_000).map(|n| entry((n * 7_919) % 500)).collect();
    insert(&history, entries.drain(..1_000));
    insert(&history, entries);
    let mut query = Query { limit: 170, ..words("example") };
    let (mut seen, mut times) = (std::collections::HashSet::new(), Vec::new());
    loop {
        let page = history.search(&query).expect("a page");
        for found in page.entries {
            assert!(seen.insert(found.id), "twice");
            times.push(found.time_ms);
        }
        match page.next {
            Some(next) => query.before = Some(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), 3_000);
    assert!(times.is_sorted_by(|a, b| a >= b), "newest first");
    assert_eq!(history.check(), Ok(()));
}

#[test]
fn more_than_a_thousand_in_one_millisecond_are_all_kept_and_found_by_time() {
    let folder = Folder::new();
    let history = folder.open();
    for _ in 0..3 {
        insert(&history, (0..1_500).map(|_| entry(1)));
    }
    let span =
        Query { since_ms: Some(at(1)), until_ms: Some(at(1)), limit: 10_000, ..Query::default() };
    assert_eq!(history.search(&span).map(|page| page.entries.len()), Ok(4_500));
    assert_eq!(history.count(&span, 100).map(|c| (c.found, c.exact)), Ok((100, false)));
}

#[test]
fn a_search_that_would_take_long_stops_and_goes_on() {
    let folder = Folder::new();
    let history = folder.open();
    let mut oldest = entry(0);
    oldest.summary.name = "z#".to_owned();
    insert(&history, [oldest.clone()]);
    insert(&history, (1..25_000).map(entry));
    let first = history.search(&words("z#")).expect("a page");
    assert_eq!((first.entries.len(), first.complete), (0, false));
    let (mut page, mut rounds) = (first, 0);
    while let Some(before) = page.next {
        page = history.search(&Query { before: Some(before), ..words("z#") }).expect("a page");
        rounds += 1;
    }
    assert_eq!((page.entries, page.complete), (vec![oldest.summary], true));
    assert!(rounds < 10);
}

#[test]
fn a_series_is_of_one_request() {
    let folder = Folder::new();
    let history = folder.open();
    let (mut saved, mut unsaved) = (entry(1), entry(2));
    saved.summary.path = Some("orders/list.yml".to_owned());
    unsaved.summary.path = None;
    insert(&history, [saved.clone(), unsaved.clone(), entry(3)]);
    for kept in [saved, unsaved] {
        let points = history.series(&SameRequest::from(&kept.summary), 10).expect("a series");
        assert_eq!(
            points.iter().map(|p| (p.id, p.size_raw)).collect::<Vec<_>>(),
            [(kept.summary.id, kept.summary.size_raw)]
        );
    }
}

#[test]
fn deleted_values_leave_no_trace_in_any_file() {
    for many in [false, true] {
        let folder = Folder::new();
        let history = folder.open();
        let number: u16 = if many { 300 } else { 20 };
        let hidden: Vec<_> = (0..number).map(canary).collect();
        insert(&history, hidden.iter().cloned());
        insert(&history, (1_000..1_200).map(entry));
        assert!(folder.contains("canary-7f3a"), "the search for traces works");
        let size = || std::fs::metadata(folder.path()).expect("the file").len();
        drop(history);
        let (history, before) = (folder.open(), size());
        let ids: Vec<_> = hidden.iter().map(|entry| entry.summary.id).collect();
        let removed = history.delete(&ids).expect("deleted");
        assert_eq!(
            (removed.entries, removed.bodies.len(), removed.wiped),
            (u64::from(number), usize::from(number), true)
        );
        assert!(!folder.contains("canary-7f3a"), "while open");
        assert!(size() < before, "the file gave room back");
        // Nor as a run of three in the search index: no other entry has these.
        assert!(!folder.contains("7f3"), "in the index");
        assert_eq!(history.check(), Ok(()));
        drop(history);
        assert!(!folder.contains("canary-7f3a"), "after the end");
        assert_eq!(folder.open().count(&words("example"), 1_000).map(|c| c.found), Ok(200));
    }
}

#[test]
fn pruning_goes_by_age_count_and_size() {
    let folder = Folder::new();
    let history = folder.open();
    insert(&history, (0..100).map(entry));
    let older =
        history.prune(Limits { older_than_ms: Some(at(10)), ..Limits::default() }).expect("pruned");
    assert_eq!((older.entries, older.bodies.len()), (10, 10));
    let over = history.prune(Limits { max_count: Some(50), ..Limits::default() }).expect("pruned");
    assert_eq!(over.entries, 40);
    // Each body is kept as its 3,000 decoded bytes; the 1,000 that came over the wire are not.
    let large = history
        .prune(Limits { max_body_bytes: Some(34_000), ..Limits::default() })
        .expect("pruned");
    assert_eq!(large.entries, 39);
    let left = history.search(&Query::default()).expect("a page");
    assert_eq!((left.entries.len(), left.entries[0].time_ms), (11, at(99)));
    assert_eq!(history.prune(Limits::default()).map(|r| r.entries), Ok(0));
}

#[test]
fn a_full_disk_is_reported_and_nothing_waiting_is_lost() {
    use std::sync::{Arc, Mutex};
    let folder = Folder::new();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    let options = Options {
        max_bytes: Some(400_000),
        on_error: Some(Box::new(move |error| ear.lock().expect("heard").push(error.clone()))),
        ..Options::default()
    };
    let history = History::open_with(&folder.path(), options).expect("open").history;
    insert(&history, (0..50).map(entry));
    for number in 50..3_000 {
        history.insert(entry(number)).expect("queued");
    }
    assert!(matches!(history.flush(), Err(Error::DiskFull { waiting }) if waiting > 0));
    assert!(matches!(history.last_error(), Some(Error::DiskFull { .. })));
    assert!(!heard.lock().expect("heard").is_empty());
    let before = history.count(&Query::default(), 10_000).expect("still readable").found;
    // Room again: what waited is written with the next thing that happens.
    history.prune(Limits { max_count: Some(1), ..Limits::default() }).expect("pruned");
    assert!(before >= 50);
    drop(history);
    let history = folder.open();
    assert!(history.count(&Query::default(), 10_000).expect("sound").found > 0);
    assert_eq!(history.check(), Ok(()));
}

#[test]
fn many_threads_may_use_one_handle() {
    let folder = Folder::new();
    let history = folder.open();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let history = history.clone();
            scope.spawn(move || {
                for number in 0..200 {
                    history.insert(entry(thread * 1_000 + number)).expect("queued");
                    if number % 50 == 0 {
                        history.search(&words("example")).expect("a page");
                    }
                }
            });
        }
    });
    history.flush().expect("written");
    assert_eq!(history.count(&Query::default(), 10_000).map(|c| c.found), Ok(800));
}

#[test]
fn two_processes_may_share_one_file() {
    // Two handles have nothing in common but the file.
    let folder = Folder::new();
    let (one, two) = (folder.open(), folder.open());
    for round in 0..20 {
        one.insert(entry(round)).expect("queued");
        two.insert(entry(round)).expect("queued");
    }
    one.flush().expect("written");
    two.flush().expect("written");
    assert_eq!(one.count(&Query::default(), 100).map(|c| c.found), Ok(40));
}

fn words(words: &str) -> Query {
    Query { words: words.to_owned(), ..Query::default() }
}

fn canary(number: u16) -> errand_history::Entry {
    let mut hidden = entry(number.into());
    let value = format!("canary-7f3a-{number}");
    hidden.summary.url = format!("https://x.test/{value}");
    hidden.summary.name.clone_from(&value);
    hidden.request.url.clone_from(&value);
    hidden.timeline = serde_json::json!({ "note": value.repeat(500) });
    hidden
}
