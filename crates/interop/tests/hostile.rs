//! Hostile files, each through every importer: an error that says what and where, or a collection
//! with a receipt; never a panic, a full stack or a wait without end.
//!
//! With `ERRAND_TIMES` set, what takes longer than half a second is printed; each must end within two
//! seconds with an optimised build (`cargo test --release -p errand-interop --test hostile`).

#[path = "hostile/chains.rs"]
mod chains;
#[path = "hostile/large.rs"]
mod large;
#[path = "hostile/seeds.rs"]
mod seeds;
#[path = "hostile/shapes.rs"]
mod shapes;

use std::time::{Duration, Instant};

use errand_interop::{Error, Format, Import, Source, import, recognise};

/// How often things are repeated that take longer with their square: enough to show with an optimised
/// build.
const MANY: usize = if cfg!(debug_assertions) { 3_000 } else { 100_000 };

/// Levels of nesting. Stacks are smaller without optimisation, so there are as many in both builds.
const DEEP: usize = 100_000;

/// Bytes of one line.
const LONG: usize = if cfg!(debug_assertions) { 200_000 } else { 8_000_000 };

/// The formats that are imported here.
fn importers() -> impl Iterator<Item = Format> {
    let elsewhere = [Format::OpenCollection, Format::K6];
    Format::ALL.iter().copied().filter(move |format| !elsewhere.contains(format))
}

/// One case: what it is called, and what it is.
type Case = (String, Source);

fn timed<T>(name: &str, what: &str, run: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let result = run();
    let took = started.elapsed();
    if took > Duration::from_millis(500) && std::env::var_os("ERRAND_TIMES").is_some() {
        eprintln!("{took:?} {name} as {what}");
    }
    result
}

/// What is wrong with a result: an error is short and has a place, a collection has a receipt.
fn wrong(name: &str, format: Format, result: &Result<Import, Error>) -> Option<String> {
    let wrong = match result {
        Ok(found) if found.receipt.lines.is_empty() => "nothing is told".to_owned(),
        Ok(_) => return None,
        Err(error) => {
            let text = error.to_string();
            match error {
                _ if text.is_empty() || text.len() > 2_000 => {
                    format!("the message has {} bytes", text.len())
                }
                Error::Syntax { line, column, .. } if *line == 0 || *column == 0 => text,
                Error::Unreadable { .. } | Error::Export { .. } => text,
                _ => return None,
            }
        }
    };
    Some(format!("{name} as {}: {wrong}", format.id()))
}

fn run(cases: Vec<Case>) {
    let mut all = Vec::new();
    for (name, source) in cases {
        let known = timed(&name, "anything", || recognise(&source));
        if known.is_none() {
            let error = import(&source, None).expect_err("nobody knows it");
            let told = matches!(error, Error::Unknown { .. } | Error::Syntax { .. });
            assert!(told, "{name}: {error}");
        }
        for format in importers() {
            let result = timed(&name, format.id(), || import(&source, Some(format)));
            all.extend(wrong(&name, format, &result));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn what_nests_deep_is_told() {
    run(shapes::nested());
}

#[test]
fn bombs_do_not_go_off() {
    run(shapes::bombs());
}

#[test]
fn long_lines_end() {
    run(shapes::long());
}

/// Each text of a format with each of what may start something, many times over and without an end.
#[test]
fn what_is_opened_and_never_closed_ends() {
    let mut all = Vec::new();
    for (format, name, seed, quoted) in seeds::ALL {
        for payload in seeds::payloads() {
            let text = payload.repeat(MANY / payload.len().max(2));
            let name = format!("{name} with {payload:?}");
            let source = seeds::fill(seed, *quoted, &text);
            timed(&name, "anything", || recognise(&source));
            let result = timed(&name, format.id(), || import(&source, Some(*format)));
            all.extend(wrong(&name, *format, &result));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// The texts are what they are meant to be: with something plain in its place each is imported.
#[test]
fn the_seeds_are_whole() {
    for (format, name, seed, quoted) in seeds::ALL {
        let source = seeds::fill(seed, *quoted, "plain");
        assert_eq!(recognise(&source), Some(*format), "{name}");
        let found = import(&source, None);
        assert!(found.is_ok(), "{name}: {found:?}");
    }
}

#[test]
fn chains_and_circles_end() {
    let mut all = Vec::new();
    for (format, name, source) in chains::all().into_iter().chain(large::all()) {
        let known = timed(&name, "anything", || recognise(&source));
        if known != Some(format) {
            all.push(format!("{name} is taken for {known:?}"));
        }
        let result = timed(&name, format.id(), || import(&source, Some(format)));
        all.extend(wrong(&name, format, &result));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}
