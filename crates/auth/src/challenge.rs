//! `WWW-Authenticate` (RFC 9110 §11.6.1): one header may hold several challenges.

use crate::Error;
use crate::apply::is_token_byte;

/// One challenge.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Challenge {
    /// The scheme's word as sent.
    pub scheme: String,
    /// `token68`, as Negotiate and NTLM use it.
    pub token: Option<String>,
    /// Parameters in order, their values without quotes.
    pub parameters: Vec<(String, String)>,
}

impl Challenge {
    /// Whether this is a challenge of `scheme`, case ignored.
    pub fn is(&self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }

    /// The parameter of this name, case ignored.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// The challenges of all headers of an answer, in order. What is no challenge is passed over.
pub(crate) fn challenges<'a>(values: impl Iterator<Item = &'a str>) -> Vec<Challenge> {
    let mut found = Vec::new();
    for value in values {
        read(value, &mut found);
    }
    found
}

/// The error of a server that does not offer `scheme`.
pub(crate) fn not_offered(scheme: &'static str, challenges: &[Challenge]) -> Error {
    let reason = if challenges.is_empty() {
        "its answer names no scheme at all. See what its body says".to_owned()
    } else {
        format!("it offers {}. Choose one of these for the request", schemes(challenges))
    };
    Error::Challenge { scheme, reason }
}

/// The schemes' words, for people.
fn schemes(challenges: &[Challenge]) -> String {
    let names: Vec<&str> = challenges.iter().map(|c| c.scheme.as_str()).collect();
    names.join(", ")
}

fn read(value: &str, found: &mut Vec<Challenge>) {
    let mut rest = value;
    // Parameters belong to a challenge of this header, not to one of the header before.
    let first = found.len();
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let Some(next) = rest.chars().next() else { return };
        let (word, after) = split(rest, |byte| !is_token_byte(byte));
        if word.is_empty() {
            rest = &rest[next.len_utf8()..];
            continue;
        }
        let ahead = after.trim_start_matches([' ', '\t']);
        let current = found.len() > first;
        if let Some(assigned) = ahead.strip_prefix('=').filter(|_| current) {
            let (text, left) = parameter(assigned.trim_start_matches([' ', '\t']));
            rest = left;
            if let Some(challenge) = found.last_mut() {
                challenge.parameters.push((word.to_owned(), text));
            }
            continue;
        }
        let (token, left) = token68(ahead);
        found.push(Challenge { scheme: word.to_owned(), token, parameters: Vec::new() });
        rest = left;
    }
}

/// A `token68` and what follows it; none where parameters or the next challenge follow.
fn token68(text: &str) -> (Option<String>, &str) {
    let (body, tail) =
        split(text, |byte| !(byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte)));
    let after = tail.trim_start_matches('=').trim_start_matches([' ', '\t']);
    if body.is_empty() || !(after.is_empty() || after.starts_with(',')) {
        return (None, text);
    }
    (Some(text[..text.len() - after.len()].trim_end().to_owned()), after)
}

/// A parameter's value, quoted or bare, and what follows it.
fn parameter(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, rest) = split(text, |byte| b" \t,".contains(&byte));
        return (value.to_owned(), rest);
    };
    let mut value = String::new();
    let mut escaped = false;
    for (at, character) in quoted.char_indices() {
        match character {
            _ if escaped => {
                value.push(character);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return (value, &quoted[at + 1..]),
            _ => value.push(character),
        }
    }
    (value, "")
}

/// Splits before the first byte that `ends`.
fn split(text: &str, ends: impl Fn(u8) -> bool) -> (&str, &str) {
    let at = text.bytes().position(ends).unwrap_or(text.len());
    // A byte that ends is ASCII, or the first of a longer character.
    text.split_at_checked(at).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(value: &str) -> Vec<Challenge> {
        challenges([value].into_iter())
    }

    #[test]
    fn several_challenges_in_one_header() {
        let found =
            of(r#"Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple""#);
        assert_eq!(schemes(&found), "Newauth, Basic");
        assert_eq!(found[0].get("TITLE"), Some("Login to \"apps\""));
        assert_eq!(found[0].get("type"), Some("1"));
        assert_eq!(found[1].get("realm"), Some("simple"));
    }

    #[test]
    fn tokens_and_words_alone() {
        let found = of("Negotiate, NTLM TlRMTVNTUAAC==, Basic realm=x");
        assert_eq!(schemes(&found), "Negotiate, NTLM, Basic");
        assert_eq!(found[0].token, None);
        assert_eq!(found[1].token.as_deref(), Some("TlRMTVNTUAAC=="));
        assert_eq!(found[2].get("realm"), Some("x"));
    }

    #[test]
    fn blanks_around_the_sign_and_missing_ends() {
        let found = of(r#"Digest realm = "a, b" , nonce="half"#);
        assert_eq!(found[0].get("realm"), Some("a, b"));
        assert_eq!(found[0].get("nonce"), Some("half"));
        assert_eq!(of(" , ;; é"), []);
        let error = not_offered("Digest", &[]).to_string();
        assert!(error.contains("names no scheme"), "{error}");
    }

    #[test]
    fn a_header_does_not_add_to_the_one_before() {
        let found = challenges(["Basic realm=a", "x=y, Digest nonce=b"].into_iter());
        assert_eq!(found[0].parameters.len(), 1);
        assert_eq!(found.last().and_then(|c| c.get("nonce")), Some("b"));
    }

    proptest! {
        #[test]
        fn nothing_that_a_server_says_breaks_it(text in "\\PC{0,60}") {
            let _ = of(&text);
        }

        #[test]
        fn quoted_values_come_back(value in "[ -~]{0,20}") {
            let found = of(&format!("S a={}, b=c", crate::parts::quoted(&value)));
            prop_assert_eq!(found[0].get("a"), Some(value.as_str()));
            prop_assert_eq!(found[0].get("b"), Some("c"));
        }
    }
}
