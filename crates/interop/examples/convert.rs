//! Imports a file or a folder and prints what came of it and how long it took:
//! `cargo run --release -p errand-interop --example convert -- FILE [--json]`

use std::path::Path;
use std::time::Instant;

use errand_interop::{Outcome, Source, import};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = arguments.first() else {
        eprintln!("convert FILE|FOLDER [--json]");
        std::process::exit(2);
    };
    let start = Instant::now();
    let source = match read(Path::new(path)) {
        Ok(source) => source,
        Err(error) => {
            eprintln!("{path}: {error}");
            std::process::exit(1);
        }
    };
    let read = start.elapsed();
    let start = Instant::now();
    match import(&source, None) {
        Ok(import) => {
            let took = start.elapsed();
            if arguments.iter().any(|argument| argument == "--json") {
                let text = serde_json::to_string_pretty(&import.collection).unwrap_or_default();
                println!("{text}");
                for line in &import.receipt.lines {
                    eprintln!("{:?}\t{}\t{}\t{}", line.outcome, line.place, line.item, line.note);
                }
            }
            let count = |outcome| import.receipt.count(outcome);
            eprintln!(
                "{}: {} requests, {} environments; {} kept, {} converted, {} not carried; {} wanted; read {} ms, import {} ms",
                import.format.id(),
                import.collection.requests().len(),
                import.collection.environments.len(),
                count(Outcome::Kept),
                count(Outcome::Converted),
                count(Outcome::NotCarried),
                import.wanted.len(),
                read.as_millis(),
                took.as_millis(),
            );
        }
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}

fn read(path: &Path) -> std::io::Result<Source> {
    if path.is_file() {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        return Ok(Source::file(name.unwrap_or_default(), std::fs::read(path)?));
    }
    let mut source = Source::default();
    let mut open = vec![path.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?.path();
            if entry.is_dir() {
                open.push(entry);
            } else {
                let name = entry.strip_prefix(path).unwrap_or(&entry);
                source = source.with(name.to_string_lossy(), std::fs::read(&entry)?);
            }
        }
    }
    Ok(source)
}
