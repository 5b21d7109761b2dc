//! Looks for bytes in files: what a program wrote, wherever it wrote it.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

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

/// The forms that a text may be written in: as it is, escaped for a URL, in UTF-16 (as web views keep strings),
/// in hexadecimal, and in base64 at each of the three places it can start.
pub fn forms(text: &str) -> Vec<Vec<u8>> {
    let percent = |keep: &dyn Fn(u8) -> bool| -> Vec<u8> {
        text.bytes()
            .flat_map(|b| if keep(b) { vec![b] } else { format!("%{b:02X}").into_bytes() })
            .collect()
    };
    let hex: Vec<String> = text.bytes().map(|b| format!("{b:02x}")).collect();
    let hex = hex.concat();
    let mut forms = vec![
        text.as_bytes().to_vec(),
        percent(&|b| b.is_ascii_alphanumeric()),
        percent(&|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b)),
        percent(&|b| b.is_ascii_graphic() && !b"\"<>&#+%".contains(&b)),
        text.replace(' ', "+").into_bytes(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        serde_json::to_string(text).unwrap_or_default().trim_matches('"').as_bytes().to_vec(),
    ];
    for before in ["", "x", "xx"] {
        for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            let coded = engine.encode(format!("{before}{text}"));
            // The first letters and the last depend on what stands beside the text.
            let inner = coded.get(4..coded.len() - 2).unwrap_or_default();
            forms.push(inner.as_bytes().to_vec());
        }
    }
    forms.sort();
    forms.dedup();
    forms
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
