//! Every file of the shared corpus against `corpus/wsdl.tsv`, which `ERRAND_ACCEPT=1` writes: file or
//! folder, format, requests, kept/converted/not carried, beginning of the error.

use std::fs;
use std::path::{Path, PathBuf};

use errand_interop::{Outcome, Source, import, recognise};

fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/wsdl");
    path.is_dir().then_some(path)
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).expect("a path inside").to_string_lossy().replace('\\', "/")
}

/// Files below a folder, and the folders themselves, sorted.
fn below(folder: &Path, files: &mut Vec<PathBuf>, folders: &mut Vec<PathBuf>) {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("a folder of the corpus")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            folders.push(path.clone());
            below(&path, files, folders);
        } else {
            files.push(path);
        }
    }
}

fn row(name: &str, source: &Source) -> String {
    let format = recognise(source).map_or("-", errand_interop::Format::id);
    match import(source, None) {
        Ok(import) => {
            let count = |outcome| import.receipt.count(outcome);
            let requests = import.collection.requests().len();
            let (kept, converted) = (count(Outcome::Kept), count(Outcome::Converted));
            let not = count(Outcome::NotCarried);
            format!("{name}\t{format}\t{requests}\t{kept}/{converted}/{not}\t")
        }
        Err(error) => {
            let text: String = error.to_string().chars().take(200).collect();
            format!("{name}\t{format}\t0\t0/0/0\t{}", text.replace(['\n', '\t'], " "))
        }
    }
}

#[test]
fn every_file_and_folder_of_the_corpus_is_as_expected() {
    let Some(root) = corpus() else {
        eprintln!("SKIPPED: the corpus is not here.");
        return;
    };
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    below(&root, &mut files, &mut folders);
    let mut rows = Vec::new();
    for folder in &folders {
        let source = files.iter().filter(|file| file.starts_with(folder)).fold(
            Source::default(),
            |source, file| {
                source.with(relative(folder, file), fs::read(file).expect("a file of the corpus"))
            },
        );
        rows.push(row(&format!("{}/", relative(&root, folder)), &source));
    }
    for file in &files {
        let name = relative(&root, file);
        let source = Source::file(
            file.file_name().expect("a file").to_string_lossy(),
            fs::read(file).expect("a file of the corpus"),
        );
        rows.push(row(&name, &source));
    }
    let found = rows.join("\n") + "\n";
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/wsdl.tsv");
    if std::env::var_os("ERRAND_ACCEPT").is_some() {
        fs::write(&table, &found).expect("it can be written");
    }
    let expected = fs::read_to_string(&table).unwrap_or_default();
    let wrong: Vec<_> =
        found.lines().filter(|row| !expected.lines().any(|line| line == *row)).collect();
    assert!(wrong.is_empty(), "not as in the table:\n{}", wrong.join("\n"));
    assert_eq!(found.lines().count(), expected.lines().count());
}
