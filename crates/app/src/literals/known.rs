//! What credentials look like: names, and forms that services give them.

use std::sync::LazyLock;

use regex::Regex;

/// Forms that only credentials have, each with what it is. From the services' own documentation.
const FORMS: &[(&str, &str)] = &[
    (r"gh[pousr]_[A-Za-z0-9]{36,}", "a GitHub token"),
    (r"github_pat_[A-Za-z0-9_]{22,}", "a GitHub token"),
    (r"glpat-[A-Za-z0-9_-]{20,}", "a GitLab token"),
    (r"xox[abposr]-[A-Za-z0-9-]{10,}", "a Slack token"),
    (r"(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}", "a Stripe key"),
    (r"AIza[A-Za-z0-9_-]{35}", "a Google API key"),
    (r"ya29\.[A-Za-z0-9_-]{20,}", "a Google token"),
    (r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", "a Shopify token"),
    (r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}", "a SendGrid key"),
    (r"npm_[A-Za-z0-9]{36}", "an npm token"),
    (r"pypi-[A-Za-z0-9_-]{50,}", "a PyPI token"),
    (r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}", "a Postman key"),
    (r"sk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}", "an API key"),
    (r"dop_v1_[a-f0-9]{64}", "a DigitalOcean token"),
    (r"hvs\.[A-Za-z0-9_-]{24,}", "a Vault token"),
    (r"AGE-SECRET-KEY-1[A-Z0-9]{58}", "an age key"),
    (r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*", "a JSON Web Token"),
    (
        r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )*PRIVATE KEY-----",
        "a private key",
    ),
];

/// Parts of names that credentials have.
const NAMES: &str = r"(?i)^(?:authori[sz]ation|proxy-authorization|cookie|pwd|pass|bearer)$|passw(?:or)?d|passphrase|secret|(?:^|[-_ .])(?:token|apikey|auth)$|api[-_ ]?key|(?:access|auth|refresh|id|session|security|private|bearer|client)[-_ ]?token|(?:access|private|subscription|signing|encryption)[-_ ]?key|credential";

static KNOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let all: Vec<String> = FORMS.iter().map(|(form, _)| format!("({form})")).collect();
    Regex::new(&all.join("|")).ok()
});

static CREDENTIAL_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NAMES).ok());

/// Whether a header, parameter or variable of this name holds a credential.
pub fn is_credential_name(name: &str) -> bool {
    let innocent = ["csrf", "idempotency", "next", "page", "continuation", "sync"];
    let lower = name.to_ascii_lowercase();
    !innocent.iter().any(|word| lower.contains(word))
        && CREDENTIAL_NAME.as_ref().is_some_and(|names| names.is_match(name))
}

/// What kind of credential a whole text is by its form.
pub fn looks_like_credential(text: &str) -> Option<&'static str> {
    let found = KNOWN.as_ref()?.captures(text.trim())?;
    (found.get(0)?.len() == text.trim().len()).then(|| kind(&found))
}

/// Every credential in a text, by its form.
pub(super) fn all_in(text: &str) -> Vec<(&str, &'static str)> {
    KNOWN
        .iter()
        .flat_map(|known| known.captures_iter(text))
        .filter_map(|found| Some((found.get(0)?.as_str(), kind(&found))))
        .collect()
}

fn kind(found: &regex::Captures<'_>) -> &'static str {
    let at = (1..found.len()).find(|&group| found.get(group).is_some()).unwrap_or(1);
    FORMS.get(at - 1).map_or("a credential", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_credentials() {
        for name in [
            "Authorization",
            "X-Api-Key",
            "api_key",
            "apikey",
            "access_token",
            "client_secret",
            "password",
            "db_password",
            "X-Auth-Token",
            "Cookie",
            "Ocp-Apim-Subscription-Key",
        ] {
            assert!(is_credential_name(name), "{name}");
        }
        for name in [
            "Accept",
            "X-Request-Id",
            "Idempotency-Key",
            "page_token",
            "nextPageToken",
            "author",
            "keyboard",
            "X-CSRF-Token",
            "tokenizer",
            "key",
        ] {
            assert!(!is_credential_name(name), "{name}");
        }
    }

    #[test]
    fn forms_of_credentials() {
        assert_eq!(KNOWN.as_ref().map(|_| ()), Some(()));
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc";
        assert_eq!(looks_like_credential(jwt), Some("a JSON Web Token"));
        // An id names a key; it proves nothing.
        assert_eq!(looks_like_credential("AKIAIOSFODNN7EXAMPLE"), None);
        assert_eq!(looks_like_credential("just words"), None);
        assert_eq!(all_in(&format!("a {jwt} b")), [(jwt, "a JSON Web Token")]);
    }
}
