//! Looks for bytes in files: what a program wrote, wherever and however it wrote it.

mod forms;
mod hunt;
mod packed;

use std::fs;
use std::path::{Path, PathBuf};

pub use forms::{forms, named_forms};
pub use hunt::{Find, Hunt};
pub use packed::{gzip, zip_entry, zlib, zstd_frame};

/// Every file below a folder; links are not followed.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files(&entry.path())),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found
}

/// The files below a folder that contain those bytes, or are named after them.
pub fn find(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let contains = |path: &PathBuf| {
        let name = path.to_string_lossy();
        name.as_bytes().windows(bytes.len()).any(|part| part == bytes)
            || fs::read(path).is_ok_and(|text| memory_contains(&text, bytes))
    };
    files(folder).into_iter().filter(contains).collect()
}

fn memory_contains(text: &[u8], bytes: &[u8]) -> bool {
    let Some((&first, _)) = bytes.split_first() else { return true };
    let mut rest = text;
    while let Some(at) = rest.iter().position(|&b| b == first) {
        if rest[at..].starts_with(bytes) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{find, forms};

    #[test]
    fn every_form_of_a_planted_text_is_found() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let deep = folder.path().join("a/b");
        fs::create_dir_all(&deep).unwrap_or_else(|error| panic!("{error}"));
        for form in forms("s3cret value/+%") {
            let file = deep.join("file");
            let text = [b"before".as_slice(), &form, b"after"].concat();
            fs::write(&file, text).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(find(folder.path(), &form), [file]);
        }
        assert!(find(folder.path(), b"not there").is_empty());
    }
}
