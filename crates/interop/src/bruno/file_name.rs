//! Names of files that are safe everywhere and distinct.

use std::collections::HashMap;

/// Longest name, in bytes.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// A name without what file systems do not take, or take for something else.
pub(super) fn safe(name: &str) -> String {
    let letters = name.chars().map(|c| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
        c if c.is_control() || is_ambiguous(c) => '-',
        c => c,
    });
    let mut safe: String = letters.collect();
    if safe.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|end| safe.is_char_boundary(*end)).unwrap_or(0);
        safe.truncate(end);
    }
    let trimmed = safe.trim().trim_end_matches(['.', ' ']).trim_start();
    let base = trimmed.split('.').next().unwrap_or_default().trim().to_lowercase();
    let port = base.strip_prefix("com").or_else(|| base.strip_prefix("lpt"));
    let is_device = DEVICES.contains(&base.as_str())
        || port.is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()));
    if trimmed.is_empty() || trimmed.starts_with('.') || is_device {
        return format!("_{trimmed}");
    }
    trimmed.to_owned()
}

/// Marks of direction and width, and marks that some file systems join with the letter before them,
/// so that two names become one.
fn is_ambiguous(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}' | '\u{3099}' | '\u{309a}'
    )
}

/// The names of one folder.
#[derive(Default)]
pub(super) struct Taken {
    /// By their folded form: the number the next of that name gets.
    names: HashMap<String, usize>,
}

impl Taken {
    /// A folder in which these names are not free.
    pub fn with(names: &[&str]) -> Self {
        let mut taken = Self::default();
        for name in names {
            taken.names.insert(folded(name), 2);
        }
        taken
    }

    /// A name that no other of the folder has, in any case.
    pub fn free(&mut self, name: &str) -> String {
        let safe = safe(name);
        let key = folded(&safe);
        let Some(mut number) = self.names.get(&key).copied() else {
            self.names.insert(key, 2);
            return safe;
        };
        loop {
            let next = format!("{safe} {number}");
            number += 1;
            let next_key = folded(&next);
            if !self.names.contains_key(&next_key) {
                self.names.insert(next_key, 2);
                self.names.insert(key, number);
                return next;
            }
        }
    }
}

/// The same for names that a file system without case takes for one.
fn folded(name: &str) -> String {
    name.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_safe() {
        for (name, wanted) in [
            ("../x", "..-x"),
            ("e\u{301}", "e-"),
            ("/etc/x", "-etc-x"),
            ("CON", "_CON"),
            ("com1.txt", "_com1.txt"),
            ("a\0b", "a-b"),
            ("..", "_"),
            ("", "_"),
            ("a. ", "a"),
            ("\u{202e}a", "-a"),
        ] {
            let safe = safe(name);
            assert!(!safe.starts_with('.') && !safe.contains(['/', '\\']), "{safe}");
            let wanted = if wanted.starts_with('.') { format!("_{wanted}") } else { wanted.into() };
            assert_eq!(safe, wanted, "{name}");
        }
        assert!(safe(&"é".repeat(300)).len() <= LONGEST);
    }

    #[test]
    fn twins_become_distinct() {
        let mut taken = Taken::with(&["folder"]);
        let names = ["a", "A", "a 2", "Folder", "ß", "SS"].map(|name| taken.free(name));
        assert_eq!(names, ["a", "A 2", "a 2 2", "Folder 2", "ß", "SS 2"]);
    }
}
