//! Every file of two families of the shared corpus, against what is expected of it
//! (`tests/corpus/*.tsv`; written anew with `ERRAND_ACCEPT=1`, then read).

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use errand_interop::{Outcome, Source};

#[test]
fn archives_give_what_is_expected() {
    table("har");
}

#[test]
fn http_files_give_what_is_expected() {
    table("httpfiles");
}

fn table(family: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = here.join("../../../shared/corpus").join(family);
    if !folder.is_dir() {
        eprintln!("SKIPPED: the corpus is not at {}", folder.display());
        return;
    }
    let mut files = Vec::new();
    walk(&folder, &mut files);
    files.sort();
    let mut made = String::from("path\tformat\trequests\tkept/converted/not carried\terror\n");
    for file in files {
        let path = file.strip_prefix(&folder).expect("below").to_string_lossy().into_owned();
        writeln!(made, "{path}\t{}", row(&path, &file)).expect("a text");
    }
    let table = here.join(format!("tests/corpus/{family}.tsv"));
    if std::env::var_os("ERRAND_ACCEPT").is_some() {
        fs::write(&table, &made).expect("the table is written");
    }
    let expected = fs::read_to_string(&table).expect("the table");
    for (made, expected) in made.lines().zip(expected.lines()) {
        assert_eq!(made, expected);
    }
    assert_eq!(made.lines().count(), expected.lines().count());
}

fn row(path: &str, file: &Path) -> String {
    let bytes = fs::read(file).expect("the file");
    match errand_interop::import(&Source::file(path, bytes), None) {
        Ok(import) => {
            let count = |outcome| import.receipt.count(outcome);
            format!(
                "{}\t{}\t{}/{}/{}\t",
                import.format.id(),
                import.collection.requests().len(),
                count(Outcome::Kept),
                count(Outcome::Converted),
                count(Outcome::NotCarried)
            )
        }
        Err(error) => {
            let error: String = error.to_string().replace(path, "…").chars().take(100).collect();
            format!("\t\t\t{error}")
        }
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}
