//! Every file of the shared corpus, with what is expected of it.
//!
//! `tests/corpus/<family>.tsv` has a line for each: path, format, requests, lines of the receipt
//! (kept/converted/not carried), and how the error begins if it is one. With `ERRAND_ACCEPT=1` the
//! tables are written instead of compared. A family is skipped where the corpus is absent.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use errand_interop::{Outcome, Source, import};

/// Longest beginning of an error that is compared.
const ERROR: usize = 120;

/// A folder of the corpus.
struct Family {
    name: &'static str,
    /// Folders that are imported as a whole; files in them are no sources of their own.
    folders: &'static [&'static str],
}

const FAMILIES: &[Family] = &[
    Family {
        name: "bruno",
        folders: &[
            "bruno-tests-collection-A",
            "bruno-variable-datatypes/workspace/collections/bru",
            "demo-ecommerce/collection",
        ],
    },
    Family { name: "hoppscotch", folders: &[] },
    Family { name: "insomnia", folders: &[] },
    Family { name: "postman", folders: &[] },
    Family { name: "thunder", folders: &[] },
    Family { name: "har", folders: &[] },
    Family { name: "httpfiles", folders: &[] },
];

#[test]
fn every_file_is_imported_or_refused_as_the_tables_say() {
    let accept = std::env::var_os("ERRAND_ACCEPT").is_some();
    for family in FAMILIES {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
        let folder = root.join(family.name);
        if !folder.is_dir() {
            eprintln!("SKIPPED: the corpus is not at {}", folder.display());
            continue;
        }
        let table = table(family, &folder);
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/corpus/{}.tsv", family.name));
        if accept {
            fs::write(&path, &table).expect("the table can be written");
            continue;
        }
        let expected = fs::read_to_string(&path).expect("the table can be read");
        let differing: Vec<_> =
            table.lines().filter(|line| !expected.lines().any(|other| other == *line)).collect();
        assert!(differing.is_empty(), "not as the table says:\n{}", differing.join("\n"));
        assert_eq!(table.lines().count(), expected.lines().count(), "files have gone");
    }
}

fn table(family: &Family, folder: &Path) -> String {
    let mut table = String::new();
    for whole in family.folders {
        let source =
            files(&folder.join(whole)).into_iter().fold(Source::default(), |source, path| {
                let name = relative(&folder.join(whole), &path);
                source.with(name, fs::read(path).expect("a file of the corpus"))
            });
        line(&mut table, &format!("{whole}/"), &source);
    }
    for path in files(folder) {
        let name = relative(folder, &path);
        if family.folders.iter().any(|whole| name.starts_with(&format!("{whole}/"))) {
            continue;
        }
        let source = Source::file(name.clone(), fs::read(path).expect("a file of the corpus"));
        line(&mut table, &name, &source);
    }
    table
}

fn line(table: &mut String, name: &str, source: &Source) {
    let written = match import(source, None) {
        Ok(found) => {
            let count = |outcome| found.receipt.count(outcome);
            writeln!(
                table,
                "{name}\t{}\t{}\t{}/{}/{}\t",
                found.format.id(),
                found.collection.requests().len(),
                count(Outcome::Kept),
                count(Outcome::Converted),
                count(Outcome::NotCarried),
            )
        }
        Err(error) => {
            let error: String = error.to_string().chars().take(ERROR).collect();
            writeln!(table, "{name}\t-\t0\t0/0/0\t{}", error.replace(['\n', '\t'], " "))
        }
    };
    written.expect("a text can be written");
}

/// All files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the corpus") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn relative(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).expect("a path inside").to_string_lossy().replace('\\', "/")
}
