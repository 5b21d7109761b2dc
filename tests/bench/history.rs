//! A million entries in the history: crates/history measures itself and prints what it found.

use std::process::Command;

use errand_tests::binaries;

pub fn bench() {
    let million = binaries::target().join("release/examples/million");
    println!("\nHistory with 1,000,000 entries");
    let status = Command::new(&million).status();
    let status =
        status.unwrap_or_else(|error| panic!("{} does not start: {error}", million.display()));
    assert!(status.success(), "{} failed: {status}", million.display());
}
