//! String literals of each language.

use std::fmt::Write as _;

use minijinja::Environment;

/// How a language writes a character by its number.
#[derive(Clone, Copy)]
enum Numbered {
    /// `\u0007`
    FourDigits,
    /// `\u{7}`
    Braces,
    /// `\007`
    Octal,
    /// `\x{7}`
    Hexadecimal,
}

use Numbered::{Braces, FourDigits, Hexadecimal, Octal};

/// Each filter with how it writes characters by number, and what it escapes beside `"` and `\`.
const DOUBLE: &[(&str, Numbered, &str)] = &[
    ("c", Octal, "?"),
    ("clj", FourDigits, ""),
    ("cs", FourDigits, ""),
    ("ex", FourDigits, "#"),
    ("go", FourDigits, ""),
    ("java", FourDigits, ""),
    ("js", FourDigits, ""),
    ("kt", FourDigits, "$"),
    ("pl", Hexadecimal, "$@"),
    ("py", FourDigits, ""),
    ("r", FourDigits, ""),
    ("rb", FourDigits, "#"),
    ("rs", Braces, ""),
    ("swift", Braces, ""),
    ("dart", FourDigits, "$"),
];

pub(super) fn add_to(environment: &mut Environment<'_>) {
    for &(name, numbered, also) in DOUBLE {
        environment.add_filter(name, move |text: String| double(&text, numbered, also));
    }
    environment.add_filter("sh", |text: String| shell(&text));
    environment.add_filter("ps", |text: String| format!("'{}'", text.replace('\'', "''")));
    // PHP: nothing but the quote and the backslash means anything.
    environment.add_filter("single", |text: String| {
        format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
    });
}

fn double(text: &str, numbered: Numbered, also: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if also.contains(c) => out.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let number = u32::from(c);
                // Writing to a String cannot fail.
                let _ = match numbered {
                    FourDigits => write!(out, "\\u{number:04x}"),
                    Braces => write!(out, "\\u{{{number:x}}}"),
                    Hexadecimal => write!(out, "\\x{{{number:x}}}"),
                    Octal if number < 0x80 => write!(out, "\\{number:03o}"),
                    Octal => write!(out, "{c}"),
                };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// For a POSIX shell; plain words stay bare.
fn shell(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_stay_literal() {
        assert_eq!(double("a\"\\\n\u{7}#", FourDigits, "#"), r#""a\"\\\n\u0007\#""#);
        assert_eq!(double("\u{7}", Braces, ""), r#""\u{7}""#);
        assert_eq!(double("\u{7}é", Octal, ""), r#""\007é""#);
        assert_eq!(shell("it's"), r"'it'\''s'");
        assert_eq!(shell(""), "''");
    }
}
