//! What signed requests are checked by: parameters of a header, hashes as text, a refusal.

use std::collections::HashMap;
use std::fmt::Write as _;

use http::StatusCode;
use http::header::WWW_AUTHENTICATE;

use crate::answer::{Answer, Outcome, Refusal, set};
use crate::call::Call;

/// The parameters after the scheme in the Authorization header (RFC 9110 §11.4), names in lower
/// case. None when the scheme is another.
pub(crate) fn parameters(call: &Call, scheme: &str) -> Option<HashMap<String, String>> {
    let (word, rest) = call.header("authorization")?.split_once(' ')?;
    word.eq_ignore_ascii_case(scheme).then(|| listed(rest))
}

/// `name="value", other=value`.
pub(crate) fn listed(text: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_matches([' ', ',', '\t']).to_ascii_lowercase();
        let (value, after) = if let Some(quoted) = after.strip_prefix('"') {
            unquote(quoted)
        } else {
            let end = after.find(',').unwrap_or(after.len());
            (after[..end].trim().to_owned(), &after[end..])
        };
        found.insert(name, value);
        rest = after;
    }
    found
}

/// Up to the closing quote, and what is after it.
fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.extend(letters.next().map(|(_, letter)| letter)),
            letter => value.push(letter),
        }
    }
    (value, "")
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// 401 with the scheme to use, and why.
pub(crate) fn refuse(challenge: &str, why: &str) -> Outcome {
    let mut answer: Answer = Refusal::new(StatusCode::UNAUTHORIZED, why).into();
    set(&mut answer, WWW_AUTHENTICATE, challenge)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn quoted_and_bare_values() {
        let found = listed("a=\"x, y=\\\"z\\\"\", B=c ,d=\"\"");
        assert_eq!((found["a"].as_str(), found["b"].as_str()), ("x, y=\"z\"", "c"));
        assert_eq!((found["d"].as_str(), found.len()), ("", 3));
        assert!(listed("nothing").is_empty());
        assert_eq!(listed("a=\"open")["a"], "open");
    }
}
