//! A search for many texts at once, in every form, in files as they are on disk and in what is packed in them.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;

use super::{files, named_forms, packed};

/// A gzip member in a gzip member in a gzip member is looked into.
const DEEPEST: usize = 3;

/// A text that was found where it should not be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Find {
    /// The file; empty for bytes that are in none.
    pub path: PathBuf,
    /// The name of the text.
    pub name: String,
    /// The form it has, and what it is packed in.
    pub form: String,
    /// What stands around it.
    pub around: String,
}

impl fmt::Display for Find {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({}) in {:?}", self.path.display(), self.name, self.form, self.around)
    }
}

/// Texts to look for.
pub struct Hunt {
    search: AhoCorasick,
    patterns: Vec<(String, &'static str)>,
}

impl Hunt {
    /// Looks for these texts, each with a name.
    pub fn new<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut patterns = Vec::new();
        let mut bytes = Vec::new();
        for (name, text) in texts {
            for (form, pattern) in named_forms(text) {
                patterns.push((name.to_owned(), form));
                bytes.push(pattern);
            }
        }
        let search = AhoCorasick::new(bytes)
            .unwrap_or_else(|error| panic!("cannot look for that many: {error}"));
        Self { search, patterns }
    }

    /// What is in the files below a folder, and in their names.
    pub fn in_folder(&self, folder: &Path) -> Vec<Find> {
        let found: BTreeSet<Find> = files(folder)
            .into_iter()
            .flat_map(|path| {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
                let mut found = self.in_layer(name.as_bytes(), "file name");
                found.extend(self.in_bytes(&fs::read(&path).unwrap_or_default()));
                for find in &mut found {
                    find.path.clone_from(&path);
                }
                found
            })
            .collect();
        found.into_iter().collect()
    }

    /// What is in these bytes and in what is packed in them.
    pub fn in_bytes(&self, bytes: &[u8]) -> Vec<Find> {
        let mut found = self.in_layer(bytes, "");
        for seam in seams(bytes) {
            found.extend(self.in_layer(&seam, "over pages of SQLite"));
        }
        self.unpacked(bytes, "", DEEPEST, &mut found);
        let once: BTreeSet<Find> = found.into_iter().collect();
        once.into_iter().collect()
    }

    fn unpacked(&self, bytes: &[u8], around: &str, depth: usize, found: &mut Vec<Find>) {
        if depth == 0 {
            return;
        }
        for (kind, inner) in packed::members(bytes) {
            let layer =
                if around.is_empty() { kind.to_owned() } else { format!("{kind} in {around}") };
            found.extend(self.in_layer(&inner, &layer));
            self.unpacked(&inner, &layer, depth - 1, found);
        }
    }

    fn in_layer(&self, bytes: &[u8], layer: &str) -> Vec<Find> {
        self.search
            .find_overlapping_iter(bytes)
            .map(|hit| {
                let (name, form) = &self.patterns[hit.pattern().as_usize()];
                let around =
                    &bytes[hit.start().saturating_sub(40)..bytes.len().min(hit.end() + 20)];
                Find {
                    path: PathBuf::new(),
                    name: name.clone(),
                    form: if layer.is_empty() {
                        (*form).to_owned()
                    } else {
                        format!("{form}, {layer}")
                    },
                    around: String::from_utf8_lossy(around).into_owned(),
                }
            })
            .collect()
    }
}

/// A long value in `SQLite` goes on in pages that each begin with the next one's number: where one page meets the
/// next, a text may be cut in two.
fn seams(bytes: &[u8]) -> Vec<Vec<u8>> {
    const AROUND: usize = 512;
    if !bytes.starts_with(b"SQLite format 3\0") {
        return Vec::new();
    }
    let size = match u16::from_be_bytes([bytes[16], bytes[17]]) {
        1 => 65536,
        size => usize::from(size),
    };
    let pages: Vec<&[u8]> = bytes.chunks_exact(size.max(512)).collect();
    let next =
        |page: &[u8]| usize::try_from(u32::from_be_bytes([page[0], page[1], page[2], page[3]]));
    pages
        .iter()
        .filter_map(|page| {
            let after = pages.get(next(page).ok()?.checked_sub(1)?)?;
            Some([&page[page.len() - AROUND..], &after[4..AROUND]].concat())
        })
        .collect()
}
