use std::fmt;

/// What a server said when it refused (RFC 6749 §5.2): cleaned of control characters, cut to
/// length, and without the secrets of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerError {
    /// Which request: `Token request`.
    pub step: &'static str,
    /// Status; none where the error came with a redirect.
    pub status: Option<u16>,
    /// `error`: `invalid_grant`, …; empty where the server gave none.
    pub error: String,
    /// `error_description`, or the beginning of an answer that is no JSON.
    pub description: Option<String>,
    /// `error_uri`, where it is a web address.
    pub uri: Option<String>,
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the server refused", self.step)?;
        if let Some(status) = self.status {
            write!(f, " with status {status}")?;
        }
        if !self.error.is_empty() {
            write!(f, " and the error {}", self.error)?;
        }
        match &self.description {
            Some(words) => {
                write!(
                    f,
                    ": {}{}",
                    words,
                    if words.ends_with(['.', '!', '?']) { "" } else { "." }
                )?;
            }
            None => f.write_str(".")?,
        }
        if let Some(hint) = hint(&self.error) {
            write!(f, " {hint}")?;
        }
        match &self.uri {
            Some(uri) => write!(f, " See {uri}"),
            None => Ok(()),
        }
    }
}

/// What people usually have to change.
fn hint(error: &str) -> Option<&'static str> {
    Some(match error {
        "invalid_client" => "Check the client id, its secret and the way the client authenticates.",
        "invalid_grant" => {
            "The code or token is used up, expired or revoked, or the redirect URI differs. Log in again."
        }
        "unauthorized_client" => "Allow this flow for the client at the provider.",
        "unsupported_grant_type" => "The provider does not have this flow at this URL.",
        "invalid_scope" => "Check the scopes.",
        "invalid_target" => "Check the resource and the audience.",
        "redirect_uri_mismatch" => {
            "Register the redirect URI at the provider, exactly as it is sent."
        }
        "access_denied" => "The login was not allowed.",
        "invalid_dpop_proof" => "Check that this computer's clock is right.",
        _ => return None,
    })
}

/// Longest words of a server that are shown, in characters.
const MOST: usize = 500;

/// A server's words, safe to show: one line, no control characters, none that reorder text.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::new();
    let mut taken = 0;
    for character in text.trim().chars() {
        if taken == MOST {
            clean.push('…');
            break;
        }
        let character = if character.is_whitespace() { ' ' } else { character };
        if character.is_control()
            || reorders(character)
            || (character == ' ' && clean.ends_with(' '))
        {
            continue;
        }
        clean.push(character);
        taken += 1;
    }
    clean
}

/// Unicode's bidirectional and invisible format characters.
fn reorders(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_one_clean_line() {
        assert_eq!(clean(" a\r\n\u{1b}[31mb\u{202e}c\t d "), "a [31mbc d");
        let long = clean(&"x".repeat(10_000));
        assert_eq!(long.chars().count(), MOST + 1);
    }

    #[test]
    fn a_refusal_is_told_in_sentences() {
        let error = ServerError {
            step: "Token request",
            status: Some(400),
            error: "invalid_grant".into(),
            description: Some("Code is used".into()),
            uri: Some("https://example.test/errors".into()),
        };
        let text = error.to_string();
        assert!(text.starts_with("Token request: the server refused with status 400 and the error invalid_grant: Code is used."), "{text}");
        assert!(text.ends_with("See https://example.test/errors"), "{text}");
    }
}
