//! Large JSON in the viewer, without the window: `errand view`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use errand_tests::binaries;

use crate::programs::{Program, has, in_turn};
use crate::table;

const MB: u64 = 1_000_000;

const NEEDLE: &str = "needle in the haystack";

pub fn bench() {
    for (size, rounds) in [(100 * MB, 5), (1000 * MB, 3)] {
        let file = sample(size);
        let errand = |name: &str, args: &'static [&'static str]| {
            let file = file.clone();
            Program::new(name, move || {
                let mut command = Command::new(binaries::command());
                command.arg("view").arg(&file).args(args);
                command
            })
        };
        let title = |what: &str| format!("{} MB of JSON in one line: {what}", size / MB);
        let first = [errand("errand view --rows 1..50", &["--rows", "1..50"])];
        table::compare(&title("the first rows"), &in_turn(&first, rounds));

        // Rows beyond the end are asked for: to know that there are none, all are indexed.
        let index = [errand("errand view --rows 1000000000..", &["--rows", "1000000000.."])];
        table::compare(&title("the full index"), &in_turn(&index, rounds));

        // It holds several times the body in memory: not at 1 GB.
        let mut pretty = peer("jq", &["."], &file, size <= 100 * MB);
        pretty.push(errand("errand view", &[]));
        table::compare(&title("all of it, pretty"), &in_turn(&pretty, rounds));

        let mut find = peer("grep", &["-c", "-F", NEEDLE], &file, true);
        find.push(errand("errand view --find", &["--find", NEEDLE, "--count"]));
        table::compare(&title("find"), &in_turn(&find, rounds));
    }
}

/// The other tool, where the machine has it and the size suits it.
fn peer(
    name: &'static str,
    args: &'static [&'static str],
    file: &Path,
    suits: bool,
) -> Vec<Program> {
    if !suits || !has(name) {
        return Vec::new();
    }
    let file = file.to_owned();
    vec![Program::new(name, move || {
        let mut command = Command::new(name);
        command.args(args).arg(&file);
        command
    })]
}

/// A minified JSON array of that size, made once and kept.
fn sample(size: u64) -> PathBuf {
    let path = binaries::target().join("bench").join(format!("{}mb.json", size / MB));
    if fs::metadata(&path).is_ok_and(|file| file.len() >= size) {
        return path;
    }
    write_sample(&path, size)
        .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    path
}

fn write_sample(path: &Path, size: u64) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut written = file.write(b"[")? as u64;
    let mut number = 0_u64;
    while written < size {
        let comma = if number == 0 { "" } else { "," };
        let item = format!(
            r#"{comma}{{"id":{number},"name":"Item {number}","price":{}.{:02},"tags":["a","b\"c","ü"],"at":{{"street":"{} High Street","open":{}}},"note":null}}"#,
            number % 1000,
            number % 100,
            number % 200,
            number.is_multiple_of(2),
        );
        file.write_all(item.as_bytes())?;
        written += item.len() as u64;
        number += 1;
    }
    write!(file, r#",{{"id":-1,"name":"{NEEDLE}"}}]"#)?;
    file.flush()
}
