//! The shared corpus.

use std::fs;
use std::path::{Path, PathBuf};

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
