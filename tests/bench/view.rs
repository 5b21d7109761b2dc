//! Large JSON in the viewer, without the window: `errand view`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use errand_tests::binaries;

use crate::programs::{Program, has, in_turn};
use crate::table;

const MB: u64 = 1_000_000;

pub fn bench() {
    for (size, rounds) in [(100 * MB, 5), (1000 * MB, 3)] {
        let file = sample(size);
        let errand = |args: &'static [&'static str]| {
            let file = file.clone();
            move || {
                let mut command = Command::new(binaries::command());
                command.arg("view").arg(&file).args(args);
                command
            }
        };
        let mut programs = vec![
            Program::new("errand view: first rows", errand(&["--rows", "1..50"])),
            Program::new("errand view: all, pretty", errand(&[])),
            Program::new(
                "errand view: find",
                errand(&["--find", "needle in the haystack", "--count"]),
            ),
        ];
        if has("jq") && size <= 100 * MB {
            let file = file.clone();
            programs.push(Program::new("jq: all, pretty", move || {
                let mut command = Command::new("jq");
                command.arg(".").arg(&file);
                command
            }));
        }
        let title = format!("{} MB of JSON, one line", size / MB);
        table::compare(&title, &in_turn(&programs, rounds));
    }
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
    file.write_all(br#",{"id":-1,"name":"needle in the haystack"}]"#)?;
    file.flush()
}
