//! String literals of each language.

use std::fmt::Write as _;

use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{Environment, ErrorKind};

use super::view::{self, Pair};

/// How a language writes a character by its number.
#[derive(Clone, Copy)]
enum Numbered {
    /// `\u0007`
    FourDigits,
    /// `\u{7}`
    Braces,
    /// `\007`, byte by byte.
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
    environment.add_filter("double", any);
    environment.add_filter("sh", |text: String| shell(&text));
    environment.add_filter("ps", |text: String| power_shell(&text));
    // PHP: nothing but the quote and the backslash means anything.
    environment.add_filter("single", |text: String| {
        format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
    });
    environment.add_filter("httpie", |text: String| httpie(&text));
    environment.add_filter("httpie_value", |text: String| match text.as_bytes().first() {
        Some(b':' | b'=' | b'@' | b';') => format!("\\{text}"),
        _ => text,
    });
    environment.add_filter("once", once);
}

/// Headers with one value for each name.
#[expect(clippy::needless_pass_by_value, reason = "a filter is given values")]
fn once(headers: Vec<Value>) -> Result<Value, minijinja::Error> {
    let pair = |header: &Value| {
        let text = |key: &str| header.get_attr(key).map(|value| value.to_string());
        Ok(Pair { name: text("name")?, value: text("value")? })
    };
    let headers: Vec<Pair> = headers.iter().map(pair).collect::<Result<_, minijinja::Error>>()?;
    Ok(Value::from(Serde(view::once(&headers))))
}

/// For a language that has no filter of its own: `text | double(numbered="\\u{}", also="$")`.
#[expect(clippy::needless_pass_by_value, reason = "a filter is given values")]
fn any(text: String, options: Kwargs) -> Result<String, minijinja::Error> {
    let numbered = match options.get::<Option<&str>>("numbered")?.unwrap_or("\\u") {
        "\\u" => FourDigits,
        "\\u{}" => Braces,
        "\\0" => Octal,
        "\\x{}" => Hexadecimal,
        other => {
            let what = format!("double: no language writes characters as {other}");
            return Err(minijinja::Error::new(ErrorKind::InvalidOperation, what));
        }
    };
    let also = options.get::<Option<&str>>("also")?.unwrap_or_default();
    options.assert_all_used()?;
    Ok(double(&text, numbered, also))
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
            c if c.is_control() || unseen(c) => {
                let number = u32::from(c);
                // Writing to a String cannot fail.
                let _ = match numbered {
                    FourDigits => write!(out, "\\u{number:04x}"),
                    Braces => write!(out, "\\u{{{number:x}}}"),
                    Hexadecimal => write!(out, "\\x{{{number:x}}}"),
                    Octal => c.to_string().bytes().try_for_each(|byte| write!(out, "\\{byte:03o}")),
                };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// What ends lines, turns the direction of writing or marks the order of bytes: some compilers
/// refuse it in a source, and nobody sees it there.
fn unseen(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// `PowerShell` takes typographic quotes for plain ones.
fn power_shell(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        out.push(c);
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            out.push(c);
        }
    }
    out.push('\'');
    out
}

/// A name, in which the signs that stand between names and values mean nothing.
fn httpie(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, ':' | '=' | '@' | ';') {
            out.push('\\');
        }
        out.push(c);
    }
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
        assert_eq!(double("\u{202e}\u{feff}", Braces, ""), r#""\u{202e}\u{feff}""#);
        assert_eq!(
            power_shell("it's \u{2019}; Remove-Item"),
            "'it''s \u{2019}\u{2019}; Remove-Item'"
        );
        assert_eq!(httpie("a:b"), r"a\:b");
    }
}
