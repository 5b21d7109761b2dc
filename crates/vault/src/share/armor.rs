//! Looks at the armour before it is decoded: what merges, editors and mail do to a text is found
//! with its line.

use super::ShareError;

const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----";
const WIDTH: usize = 64;

/// The armoured text with plain line ends and nothing around it.
pub(super) fn checked(text: &str) -> Result<String, ShareError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().map(|(n, line)| (n + 1, line.trim_end()));
    let begin = lines.find(|(_, line)| !line.is_empty());
    match begin {
        Some((_, BEGIN)) => {}
        Some((line, other)) => return Err(damaged(line, unexpected(other))),
        None => return Err(damaged(1, "it is empty")),
    }
    let (mut out, mut short, mut last) = (format!("{BEGIN}\n"), false, 1);
    for (number, line) in lines.by_ref() {
        last = number;
        if line == END {
            out.push_str(END);
            out.push('\n');
            return match lines.find(|(_, line)| !line.is_empty()) {
                Some((line, other)) => Err(damaged(line, unexpected(other))),
                None => Ok(out),
            };
        }
        let is_base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
        if line.is_empty() || short || line.len() > WIDTH || !line.bytes().all(is_base64) {
            return Err(damaged(number, unexpected(line)));
        }
        short = line.len() < WIDTH;
        out.push_str(line);
        out.push('\n');
    }
    Err(damaged(last, "it ends in the middle"))
}

fn unexpected(line: &str) -> &'static str {
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        "two versions were merged, which cannot be done with an encrypted file; take one of them whole, open it, and seal again"
    } else {
        "this is not part of an age file"
    }
}

fn damaged(line: usize, reason: &str) -> ShareError {
    ShareError::Damaged { line: Some(line), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_has_its_line() {
        let full = "A".repeat(64);
        let good = format!("{BEGIN}\r\n{full}\r\nAAAA\r\n{END}\r\n\r\n");
        assert_eq!(checked(&good), Ok(format!("{BEGIN}\n{full}\nAAAA\n{END}\n")));
        for (text, line) in [
            (String::new(), 1),
            ("\nhello".to_owned(), 2),
            (format!("{BEGIN}\n{full}\n"), 2),
            (format!("{BEGIN}\nAAAA\n{full}\n{END}"), 3),
            (format!("{BEGIN}\n{full}\nnot base64!\n{END}"), 3),
            (format!("{BEGIN}\n<<<<<<< HEAD\n{full}\n{END}"), 2),
            (format!("{good}more"), 6),
        ] {
            let found = checked(&text);
            assert!(
                matches!(found, Err(ShareError::Damaged { line: Some(found), .. }) if found == line),
                "{text:?}: {found:?}"
            );
        }
    }
}
