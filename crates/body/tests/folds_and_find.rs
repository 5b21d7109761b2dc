//! Folding and find, each against a naive way to do the same.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::HashSet;

use common::{Random, all_rows, json, naive_pretty, open, rows_text};
use errand_body::{Query, Row, View, ViewKind, ViewOptions};

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The last line of what line `start` opens.
fn naive_end(lines: &[String], start: usize) -> Option<usize> {
    let below =
        lines[start + 1..].iter().take_while(|line| depth(line) > depth(&lines[start])).count();
    (below > 0).then_some(start + below + 1)
}

fn check(view: &View, lines: &[String], folded: &HashSet<usize>) {
    let mut expected = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = naive_end(lines, at).filter(|_| folded.contains(&at));
        expected.push((at, end.map(|end| (end - at) as u64)));
        at = end.map_or(at + 1, |end| end + 1);
    }
    assert_eq!(view.progress().rows, expected.len() as u64);
    let rows: Vec<Row> = view.rows(0, u64::MAX, 0..usize::MAX).unwrap();
    for (row, &(line, fold)) in rows.iter().zip(&expected) {
        assert_eq!((row.number, &row.text, row.fold), (line as u64 + 1, &lines[line], fold));
        assert_eq!(row.foldable, naive_end(lines, line).is_some(), "{row:?}");
    }
}

#[test]
fn folds_are_those_of_a_naive_fold() {
    let mut random = Random::new(5);
    for _ in 0..3 {
        let text = json(&mut random, 700);
        let lines: Vec<String> = naive_pretty(&text).lines().map(str::to_owned).collect();
        let view = open(
            text.as_bytes(),
            ViewKind::Json,
            &ViewOptions { segment: 1 << 20, ..ViewOptions::default() },
        );
        view.wait_until(|_| false);
        let mut folded: HashSet<usize> = HashSet::new();
        for _ in 0..30 {
            let total = view.progress().rows;
            let index = random.below(usize::try_from(total).unwrap()) as u64;
            let row = view.rows(index, index + 1, 0..10).unwrap().remove(0);
            let line = usize::try_from(row.number).unwrap() - 1;
            if row.fold.is_some() {
                assert!(view.unfold(index));
                folded.remove(&line);
            } else if let Some(end) = naive_end(&lines, line) {
                assert!(view.matching_row(index).unwrap().is_some());
                assert_eq!(view.fold(index).unwrap(), (end - line) as u64);
                folded.retain(|&inner| inner <= line || inner > end);
                folded.insert(line);
            } else {
                assert!(view.fold(index).is_err());
            }
            check(&view, &lines, &folded);
        }
        for level in 0..4 {
            view.fold_all(level).unwrap();
            let openers = (0..lines.len()).filter(|&line| naive_end(&lines, line).is_some());
            folded = openers.filter(|&line| depth(&lines[line]) == 2 * level as usize).collect();
            check(&view, &lines, &folded);
        }
        view.unfold_all();
        check(&view, &lines, &HashSet::new());
    }
}

#[test]
fn hits_are_those_of_a_naive_search() {
    let mut random = Random::new(9);
    for round in 0..20 {
        let text = json(&mut random, 4_000);
        let kind = if round % 2 == 0 { ViewKind::Json } else { ViewKind::Raw };
        let view = open(text.as_bytes(), kind, &ViewOptions::default());
        let rows = all_rows(&view);
        for needle in ["name", "é😀", "漢", "12345678901234567890", "b", "\\u00e9", "zzz"] {
            let search = view
                .find(&Query { text: needle.into(), case_sensitive: true, ..Query::default() })
                .unwrap();
            let progress = search.wait();
            let expected: Vec<usize> = text.match_indices(needle).map(|(at, _)| at).collect();
            assert_eq!(progress.count, expected.len() as u64, "{needle}");
            for (n, &offset) in expected.iter().enumerate().step_by(7) {
                let place = search.hit(n as u64).unwrap().unwrap();
                assert_eq!(place.offset, offset as u64);
                let row: Vec<u16> =
                    rows[usize::try_from(place.row).unwrap()].text.encode_utf16().collect();
                assert_eq!(String::from_utf16_lossy(&row[place.columns.clone()]), needle);
                let next = search.next_from(place.row).unwrap().unwrap();
                assert!(next <= n as u64);
                assert_eq!(search.hit(next).unwrap().unwrap().row, place.row);
                if let Some(last) = search.last_before(place.row).unwrap() {
                    assert!(search.hit(last).unwrap().unwrap().row < place.row);
                }
            }
            assert_eq!(search.hit(progress.count).unwrap(), None);
        }
    }
}

#[test]
fn hits_across_blocks_are_found_once() {
    let block = 1 << 20;
    let mut text = vec![b'.'; 3 * block + 100];
    for at in [0, block - 3, block - 1, 2 * block - 64, 2 * block + 10, text.len() - 6] {
        text[at..at + 6].copy_from_slice(b"Needle");
    }
    // The second and third overlap: only one of them is whole.
    text[block - 3..block + 3].copy_from_slice(b"Needle");
    for query in [
        Query { text: "Needle".into(), case_sensitive: true, ..Query::default() },
        Query::text("nEEDLE"),
        Query { text: "Ne+dle".into(), regex: true, ..Query::default() },
    ] {
        let view = open(&text, ViewKind::Raw, &ViewOptions::default());
        assert_eq!(view.find(&query).unwrap().wait().count, 5, "{query:?}");
    }
}

#[test]
fn words_cases_and_expressions() {
    let view =
        open("cat Cat concat\ncat_ cat\n".as_bytes(), ViewKind::Raw, &ViewOptions::default());
    let count = |query: Query| view.find(&query).unwrap().wait().count;
    assert_eq!(count(Query::text("cat")), 5);
    assert_eq!(count(Query { case_sensitive: true, ..Query::text("cat") }), 4);
    assert_eq!(count(Query { whole_word: true, ..Query::text("cat") }), 3);
    assert_eq!(count(Query { regex: true, ..Query::text("^cat") }), 2);
    assert_eq!(count(Query { regex: true, ..Query::text("x*") }), 0);
    assert_eq!(count(Query::text("")), 0);
    assert!(view.find(&Query { regex: true, ..Query::text("(") }).is_err());
    assert!(view.find(&Query { regex: true, ..Query::text("(((a{100}){100}){100})") }).is_err());
}

#[test]
fn a_hit_in_a_fold_is_on_the_row_that_hides_it() {
    let view = open(b"[[1, 2, 3], [4]]", ViewKind::Json, &ViewOptions::default());
    view.wait_until(|_| false);
    view.fold(1).unwrap();
    let search = view.find(&Query::text("3")).unwrap();
    search.wait();
    let place = search.hit(0).unwrap().unwrap();
    assert_eq!((place.row, place.unfolded_row, place.hidden), (1, 4, true));
    assert_eq!(view.reveal(place.unfolded_row), 4);
    assert_eq!(rows_text(&view.rows(4, 5, 0..9).unwrap()), ["    3"]);
}
