//! Tables of what becomes of each file of the shared corpus.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use errand_interop::{Outcome, Source, import, recognise};

/// The shared corpus, where it is.
pub fn corpus(family: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus").join(family);
    if !folder.is_dir() {
        eprintln!("SKIPPED: the corpus is not at {}", folder.display());
        return None;
    }
    Some(folder)
}

/// Its files by name, with their bytes.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the corpus can be listed")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

/// Compares with the table, or writes it when `ERRAND_ACCEPT` is set.
pub fn check(family: &str) {
    let Some(folder) = corpus(family) else { return };
    let mut table = "path\tformat\trequests\tkept/converted/not carried\terror\n".to_owned();
    for (name, bytes) in files(&folder) {
        let source = Source::file(name.clone(), bytes);
        let format = recognise(&source).map_or("-", |format| format.id());
        let line = match import(&source, None) {
            Ok(found) => {
                let [kept, converted, not_carried] =
                    [Outcome::Kept, Outcome::Converted, Outcome::NotCarried]
                        .map(|outcome| found.receipt.count(outcome));
                let requests = found.collection.requests().len();
                format!("{requests}\t{kept}/{converted}/{not_carried}\t")
            }
            Err(error) => format!("-\t-\t{error}"),
        };
        writeln!(table, "{name}\t{format}\t{line}").expect("a string takes all");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/corpus/{family}.tsv"));
    if std::env::var_os("ERRAND_ACCEPT").is_some() {
        fs::write(&path, table).expect("the table can be written");
        return;
    }
    let expected = fs::read_to_string(&path).expect("the table can be read");
    for (line, wanted) in table.lines().zip(expected.lines()) {
        assert!(line.starts_with(wanted), "{line}\nis not\n{wanted}");
    }
    assert_eq!(table.lines().count(), expected.lines().count());
}
