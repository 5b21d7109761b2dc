//! Pretty JSON: rows from checkpoints are the rows of a plain, whole print; nothing is changed but white space.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Random, all_rows, json, naive_pretty, open, rows_text, strip};
use errand_body::{ViewKind, ViewOptions};

#[test]
fn rows_are_those_of_a_naive_print() {
    let mut random = Random::new(7);
    for round in 0..60 {
        let text = json(&mut random, if round % 10 == 0 { 20_000 } else { 300 });
        let expected: Vec<String> = naive_pretty(&text).lines().map(str::to_owned).collect();
        let options = ViewOptions { segment: 1 << 20, ..ViewOptions::default() };
        let view = open(text.as_bytes(), ViewKind::Json, &options);
        let progress = view.wait_until(|_| false);
        assert_eq!(progress.error, None, "{text}");
        assert_eq!(progress.rows, expected.len() as u64);
        assert_eq!(rows_text(&all_rows(&view)), expected);
        for _ in 0..20 {
            let from = random.below(expected.len() + 2);
            let to = from + random.below(40);
            let rows = view.rows(from as u64, to as u64, 0..usize::MAX).unwrap();
            let wanted = &expected[from.min(expected.len())..to.min(expected.len())];
            assert_eq!(rows_text(&rows), wanted);
            for (place, row) in rows.iter().enumerate() {
                assert_eq!(row.index, (from + place) as u64);
                assert_eq!(row.number, row.index + 1);
            }
        }
    }
}

#[test]
fn long_strings_go_on_on_the_next_row_without_a_change() {
    let mut random = Random::new(11);
    for _ in 0..40 {
        let text = json(&mut random, 2_000);
        let options = ViewOptions { segment: 16, indent: 0, ..ViewOptions::default() };
        let view = open(text.as_bytes(), ViewKind::Json, &options);
        let total = view.wait_until(|_| false).rows;
        let rows = all_rows(&view);
        assert_eq!(rows.len() as u64, total);
        let joined: String = rows.iter().map(|row| row.text.as_str()).collect();
        assert_eq!(strip(joined.as_bytes()), strip(text.as_bytes()));
        assert!(rows.iter().all(|row| row.text.len() <= 16 + 8 && !row.text.contains('\u{FFFD}')));
        // A row on its own is the same as that row among all others.
        for _ in 0..20 {
            let one = random.below(rows.len()) as u64;
            assert_eq!(
                view.rows(one, one + 1, 0..usize::MAX).unwrap()[0],
                rows[usize::try_from(one).unwrap()]
            );
        }
        // Written out, the rows are whole lines again.
        let whole = open(
            text.as_bytes(),
            ViewKind::Json,
            &ViewOptions { segment: 1 << 20, indent: 0, ..options.clone() },
        );
        whole.wait_until(|_| false);
        assert_eq!(view.text(0, total).unwrap(), whole.text(0, u64::MAX).unwrap());
    }
}
