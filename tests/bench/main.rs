//! Measures Errand on this machine, beside other tools where there are any. `make bench` builds what it needs;
//! `make bench BENCH="send view"` runs only those.
//!
//! Every figure is of whole processes, as a person would start them. Programs that are compared take turns, so
//! that a machine that gets slower gets slower for all of them.

mod history;
mod import;
mod programs;
mod send;
mod start;
mod table;
mod view;

use std::process::ExitCode;

const ALL: [(&str, fn()); 5] = [
    ("start", start::bench),
    ("send", send::bench),
    ("view", view::bench),
    ("history", history::bench),
    ("import", import::bench),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = wanted.iter().find(|name| ALL.iter().all(|(known, _)| known != name)) {
        let known: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
        eprintln!("No bench named {unknown:?}. Benches: {}.", known.join(", "));
        return ExitCode::from(2);
    }
    for (name, bench) in ALL {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            bench();
        }
    }
    ExitCode::SUCCESS
}
