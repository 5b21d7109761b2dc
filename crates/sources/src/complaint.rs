//! What a program says when it fails, fit to be shown and kept.

use std::fmt::Write as _;

use crate::Machine;

/// Characters of a complaint that are shown.
const LONGEST: usize = 300;
const DOTS: &str = "••••••";

/// The first line with something in it, without what looks like a secret. `printed` is what the
/// program wrote to its standard output.
pub(crate) fn first_line(stderr: &[u8], printed: &[u8], machine: &Machine) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let mut line = clean(line);
    let printed = String::from_utf8_lossy(printed);
    for known in printed.lines().chain(secret_variables(machine)) {
        let known = known.trim();
        if known.len() >= 4 {
            line = line.replace(known, DOTS);
        }
    }
    masked(&line)
}

/// One line without control characters, not too long.
pub(crate) fn clean(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    line.chars().filter(shown).take(LONGEST).collect::<String>().trim_end_matches('.').to_owned()
}

fn secret_variables(machine: &Machine) -> impl Iterator<Item = &str> {
    let telling = |name: &str| {
        let name = name.to_ascii_uppercase();
        ["TOKEN", "SECRET", "PASSWORD", "SESSION", "KEY"].iter().any(|word| name.contains(word))
    };
    machine
        .variables
        .iter()
        .filter(move |(name, _)| name.to_str().is_some_and(telling))
        .filter_map(|(_, value)| value.to_str())
}

/// Long words of letters and digits, and what follows `password=`, become dots.
fn masked(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut told = false;
    for piece in line.split_inclusive(is_separator) {
        let end = piece.chars().next_back().filter(|c| is_separator(*c));
        let word = &piece[..piece.len() - end.map_or(0, char::len_utf8)];
        let hidden = !word.is_empty() && (told || looks_secret(word));
        // Writing to a String never fails.
        let _ = write!(out, "{}", if hidden { DOTS } else { word });
        out.extend(end);
        told = end == Some('=') && names_a_secret(word);
    }
    out
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '"' | '\'' | '`' | '=' | ':' | ',' | ';' | '(' | ')' | '<' | '>')
}

fn names_a_secret(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["password", "passwd", "pwd", "secret", "token", "key"].iter().any(|end| word.ends_with(end))
}

/// A path begins with `/`, `~` or `.`.
fn looks_secret(word: &str) -> bool {
    let of_a_key =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '_' | '-' | '.' | '~');
    word.len() >= 20
        && !word.starts_with(['/', '~', '.'])
        && word.chars().all(of_a_key)
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().any(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine() -> Machine {
        let variables =
            [("BW_SESSION".into(), "sess10n".into()), ("LANG".into(), "C.UTF-8".into())];
        Machine { workspace: "/".into(), home: None, variables: variables.into() }
    }

    #[test]
    fn what_looks_secret_is_hidden() {
        for (said, shown) in [
            ("\n  curl: (6) no such host\nmore", "curl: (6) no such host"),
            ("bad token eyJhbGciOiJIUzI1NiJ9.e30.x", "bad token ••••••"),
            ("login with password=hunter2 failed", "login with password=•••••• failed"),
            ("session sess10n expired, lang C.UTF-8", "session •••••• expired, lang C.UTF-8"),
            (
                "cannot open /home/anna/shop/2026/some-long-name.txt",
                "cannot open /home/anna/shop/2026/some-long-name.txt",
            ),
            ("got printed-value here", "got •••••• here"),
            ("red \u{1b}[31mtext\u{202e}", "red [31mtext"),
        ] {
            assert_eq!(first_line(said.as_bytes(), b"printed-value\n", &machine()), shown);
        }
        assert_eq!(first_line(b"", b"", &machine()), "");
        assert_eq!(first_line(&[b'x'; 1_000], b"", &machine()).len(), LONGEST);
    }
}
