//! File names made from the names people give.

use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Longest stem; with the extension and a number it stays below what any file system takes (255 bytes).
const MAX_BYTES: usize = 180;
/// Names that Windows keeps for devices, with any extension.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Names that mean something else in a workspace.
const TAKEN: &[&str] = &["opencollection", "folder", "environments", "node_modules"];

/// A file name (without extension) that is safe on every system and near to what was typed.
pub(crate) fn stem(name: &str) -> String {
    stem_within(name, MAX_BYTES)
}

/// As [`stem`], of at most so many bytes and a few more.
pub(crate) fn stem_within(name: &str, bytes: usize) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => out.push('-'),
            c if c.is_control() || is_invisible(c) => {}
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
        if out.len() >= bytes {
            break;
        }
    }
    let trimmed = out.trim_matches([' ', '.']);
    let trimmed =
        if trimmed.is_empty() || trimmed.chars().all(|c| c == '-') { "untitled" } else { trimmed };
    let first = trimmed.split('.').next().unwrap_or_default();
    let base = first.trim_end().to_lowercase();
    let numbered =
        ["com", "lpt"].iter().any(|d| base.strip_prefix(d).is_some_and(|n| n.chars().count() == 1));
    if DEVICES.contains(&base.as_str()) || numbered {
        // With an extension it is still the device.
        return format!("{first}_{}", &trimmed[first.len()..]);
    }
    if TAKEN.contains(&trimmed.to_lowercase().as_str()) {
        return format!("{trimmed}_");
    }
    trimmed.to_owned()
}

/// Characters that make two names look the same or turn text around.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A name in `folder` that nothing there has, not even in other case: `name`, `name 2`, `name 3`, …
/// `except` is a file that may keep its own name.
pub(crate) fn free(folder: &Path, stem: &str, extension: &str, except: Option<&str>) -> String {
    let taken: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| {
            entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect()
        })
        .unwrap_or_default();
    let taken: Vec<String> =
        taken.into_iter().filter(|n| Some(n.as_str()) != except).map(|n| fold(&n)).collect();
    let mut number = 1_usize;
    loop {
        let name = if number == 1 {
            format!("{stem}{extension}")
        } else {
            format!("{stem} {number}{extension}")
        };
        if !taken.contains(&fold(&name)) {
            return name;
        }
        number += 1;
    }
}

/// The names of one folder as they are given out: none of them is another in other case or in
/// another Unicode form. Giving one takes the same time however many there are.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    folded: HashSet<String>,
    /// The number that a name asked for again gets next.
    next: HashMap<String, usize>,
}

impl Taken {
    /// For a folder that is new: only names that mean something else are taken.
    pub(crate) fn new() -> Self {
        let reserved = TAKEN.iter().flat_map(|name| [fold(name), fold(&format!("{name}.yml"))]);
        Self { folded: reserved.collect(), next: HashMap::new() }
    }

    /// For a folder with what is in it; it need not be there.
    pub(crate) fn of(folder: &Path) -> Self {
        let mut taken = Self::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            taken.folded.insert(fold(&entry.file_name().to_string_lossy()));
        }
        taken
    }

    /// `stem` with the extension, or `stem 2`, `stem 3`, …, the first that is free.
    pub(crate) fn give(&mut self, stem: &str, extension: &str) -> String {
        let next = self.next.entry(fold(&format!("{stem}{extension}"))).or_insert(1);
        loop {
            let name = match *next {
                1 => format!("{stem}{extension}"),
                number => format!("{stem} {number}{extension}"),
            };
            *next += 1;
            if self.folded.insert(fold(&name)) {
                return name;
            }
        }
    }
}

/// What two names have in common that some file system takes for one. It may take more for one
/// than any of them does.
fn fold(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let cases = |c: char| c.to_uppercase().flat_map(char::to_lowercase);
    let plain = name.nfkc().filter(|c| !is_invisible(*c) && !is_variation(*c));
    plain.flat_map(cases).nfkc().collect()
}

/// Selectors of a form of the character before.
fn is_variation(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_harmless() {
        for (name, expected) in [
            ("../x", "-x"),
            ("/etc/x", "-etc-x"),
            ("CON", "CON_"),
            ("nul.txt", "nul_.txt"),
            ("COM1", "COM1_"),
            ("", "untitled"),
            ("..", "untitled"),
            ("///", "untitled"),
            ("a\0b\u{7}", "ab"),
            ("folder", "folder_"),
            ("Ordnung: Größe?", "Ordnung- Größe-"),
            ("tab\there", "tabhere"),
            ("evil\u{202e}lmth", "evillmth"),
            (" .hidden. ", "hidden"),
        ] {
            assert_eq!(stem(name), expected, "{name:?}");
        }
        assert!(stem(&"é".repeat(300)).len() < 200);
    }

    #[test]
    fn twins_get_a_number() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("Café.yml"), "").unwrap();
        assert_eq!(free(folder.path(), "cafe\u{301}", ".yml", None), "cafe\u{301} 2.yml");
        assert_eq!(free(folder.path(), "CAFÉ", ".yml", Some("Café.yml")), "CAFÉ.yml");
    }

    proptest::proptest! {
        #[test]
        fn names_given_out_are_safe_distinct_and_the_same_each_time(
            names in proptest::collection::vec("(?s)(CON|a|A|ａ|é|e\u{301}|ﬁ|ß|\\.|/|\\\\|\\x00| |.){0,5}", 0..60)
        ) {
            let give = || {
                let mut taken = Taken::new();
                names.iter().map(|name| taken.give(&stem(name), ".yml")).collect::<Vec<_>>()
            };
            let given = give();
            assert_eq!(given, give());
            let folded: HashSet<String> = given.iter().map(|name| fold(name)).collect();
            assert_eq!(folded.len(), given.len(), "{given:?}");
            for name in &given {
                assert!(name.len() < 255 && !name.starts_with(['.', ' ']), "{name:?}");
                assert!(!name.contains(['/', '\\', '\0', ':']), "{name:?}");
                assert!(!name.chars().any(char::is_control), "{name:?}");
                let base = name.split('.').next().unwrap().to_lowercase();
                assert!(!DEVICES.contains(&base.as_str()), "{name:?}");
                let whole = name.trim_end_matches(".yml").to_lowercase();
                assert!(!TAKEN.contains(&whole.as_str()), "{name:?}");
            }
        }
    }

    #[test]
    fn a_hundred_thousand_of_one_name_do_not_look_for_one_each_time() {
        let mut taken = Taken::new();
        let last = (0..100_000).map(|_| taken.give("same", ".yml")).last();
        assert_eq!(last.unwrap(), "same 100000.yml");
        assert_eq!(taken.next.len(), 1);
    }
}
