//! Tables on the terminal.

use std::time::Duration;

use crate::programs::Measured;

/// Prints a title, a head and rows, columns as wide as they need.
pub fn print(title: &str, head: &[&str], rows: &[Vec<String>]) {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(head.get(column).map(|cell| cell.chars().count())).max().unwrap_or(0)
    };
    println!("\n{title}");
    let line = |cells: &[String]| {
        let cells =
            cells.iter().enumerate().map(|(column, cell)| pad(cell, width(column), column > 0));
        println!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
    };
    line(&head.iter().map(ToString::to_string).collect::<Vec<_>>());
    for row in rows {
        line(row);
    }
}

/// Programs that did the same, the first of them as the measure of the others.
pub fn compare(title: &str, measured: &[Measured]) {
    let base =
        measured.first().filter(|_| measured.len() > 1).map_or(Duration::ZERO, |first| first.time);
    let row = |one: &Measured| {
        vec![
            one.name.clone(),
            time(one.time),
            time(one.first_line),
            memory(one.peak),
            ratio(one.time, base),
        ]
    };
    let rows: Vec<Vec<String>> = measured.iter().map(row).collect();
    print(title, &["", "whole run", "first line", "peak memory", "ratio"], &rows);
}

/// Such as `12.3 ms`.
pub fn time(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    if ms < 1000.0 { format!("{ms:.1} ms") } else { format!("{:.2} s", ms / 1e3) }
}

/// Such as `12 MB`; a MB is 1,000,000 bytes.
pub fn memory(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}

fn ratio(time: Duration, base: Duration) -> String {
    if base.is_zero() {
        String::new()
    } else {
        format!("{:.2}", time.as_secs_f64() / base.as_secs_f64())
    }
}

fn pad(cell: &str, width: usize, right: bool) -> String {
    if right { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
}
