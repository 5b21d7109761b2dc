//! What credentials look like: names, and forms that services give them.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

/// A form that only credentials have.
struct Form {
    /// One of these is in every text of this form. Only then is the pattern made, which takes longer
    /// than sending a request to this machine.
    signs: &'static [&'static str],
    pattern: &'static str,
    kind: &'static str,
    regex: OnceLock<Option<Regex>>,
}

const fn form(signs: &'static [&'static str], pattern: &'static str, kind: &'static str) -> Form {
    Form { signs, pattern, kind, regex: OnceLock::new() }
}

/// From the services' own documentation.
static FORMS: [Form; 18] = [
    form(&["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], "gh[pousr]_[A-Za-z0-9]{36,}", "a GitHub token"),
    form(&["github_pat_"], "github_pat_[A-Za-z0-9_]{22,}", "a GitHub token"),
    form(&["glpat-"], "glpat-[A-Za-z0-9_-]{20,}", "a GitLab token"),
    form(&["xox"], "xox[abposr]-[A-Za-z0-9-]{10,}", "a Slack token"),
    form(&["k_live_", "k_test_"], "(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}", "a Stripe key"),
    form(&["AIza"], "AIza[A-Za-z0-9_-]{35}", "a Google API key"),
    form(&["ya29."], r"ya29\.[A-Za-z0-9_-]{20,}", "a Google token"),
    form(
        &["shpat_", "shpca_", "shppa_", "shpss_"],
        "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
        "a Shopify token",
    ),
    form(&["SG."], r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}", "a SendGrid key"),
    form(&["npm_"], "npm_[A-Za-z0-9]{36}", "an npm token"),
    form(&["pypi-"], "pypi-[A-Za-z0-9_-]{50,}", "a PyPI token"),
    form(&["PMAK-"], "PMAK-[a-f0-9]{24}-[a-f0-9]{34}", "a Postman key"),
    form(&["sk-"], "sk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}", "an API key"),
    form(&["dop_v1_"], "dop_v1_[a-f0-9]{64}", "a DigitalOcean token"),
    form(&["hvs."], r"hvs\.[A-Za-z0-9_-]{24,}", "a Vault token"),
    form(&["AGE-SECRET-KEY-1"], "AGE-SECRET-KEY-1[A-Z0-9]{58}", "an age key"),
    form(
        &["eyJ"],
        r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",
        "a JSON Web Token",
    ),
    form(
        &["-----BEGIN "],
        r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )*PRIVATE KEY-----",
        "a private key",
    ),
];

impl Form {
    fn regex(&self, text: &str) -> Option<&Regex> {
        if !self.signs.iter().any(|sign| text.contains(sign)) {
            return None;
        }
        self.regex.get_or_init(|| Regex::new(self.pattern).ok()).as_ref()
    }
}

/// Whether a text may hold one of a form; most hold none, and are read once.
fn may_have_form(text: &str) -> bool {
    static SIGNS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let signs =
        SIGNS.get_or_init(|| AhoCorasick::new(FORMS.iter().flat_map(|form| form.signs)).ok());
    signs.as_ref().is_none_or(|signs| signs.is_match(text))
}

/// A text without any of these names no credential.
pub(super) fn may_name_one(text: &str) -> bool {
    static SIGNS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let signs = SIGNS.get_or_init(|| {
        let words =
            ["pass", "pwd", "secret", "token", "key", "auth", "cookie", "credential", "bearer"];
        AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
    });
    signs.as_ref().is_none_or(|signs| signs.is_match(text))
}

/// Names that say it all.
const WHOLE: &[&str] = &[
    "authorization",
    "authorisation",
    "proxyauthorization",
    "cookie",
    "pwd",
    "pass",
    "bearer",
    "token",
    "apikey",
    "auth",
];
/// Parts of names that credentials have, without the `-`, `_` and spaces between words.
const PARTS: &[&str] = &[
    "passwd",
    "password",
    "passphrase",
    "secret",
    "credential",
    "apikey",
    "accesstoken",
    "authtoken",
    "refreshtoken",
    "idtoken",
    "sessiontoken",
    "securitytoken",
    "privatetoken",
    "bearertoken",
    "clienttoken",
    "accesskey",
    "privatekey",
    "subscriptionkey",
    "signingkey",
    "encryptionkey",
    "authkey",
];
/// Parts of names that hold none, though they look alike.
const INNOCENT: &[&str] = &["csrf", "idempotency", "next", "page", "continuation", "sync"];

/// Last words of names that say something about a credential: `accessTokenUrl`, `password_policy`.
const ABOUT: &[&str] = &[
    "url",
    "uri",
    "endpoint",
    "type",
    "name",
    "prefix",
    "placement",
    "location",
    "method",
    "algorithm",
    "at",
    "expiry",
    "expires",
    "expired",
    "expiration",
    "lifetime",
    "ttl",
    "policy",
    "length",
    "hint",
    "count",
    "header",
    "field",
    "format",
    "encoding",
    "source",
    "mode",
    "status",
    "strength",
    "enabled",
    "required",
    "label",
    "description",
    "title",
    "id",
    "ids",
    "path",
    "file",
    "version",
];

/// Whether a header, parameter, field or variable of this name holds a credential.
pub fn is_credential_name(name: &str) -> bool {
    if !may_name_one(name) {
        return false;
    }
    let lower = name.to_ascii_lowercase();
    let plain = compact(&lower);
    let words = super::snake(name);
    let last = words.rsplit('_').next().unwrap_or_default();
    let named = WHOLE.contains(&plain.as_str())
        || plain == "secretid"
        || (!ABOUT.contains(&last)
            && (matches!(last, "token" | "apikey" | "auth")
                || PARTS.iter().any(|part| plain.contains(part))));
    named && !INNOCENT.iter().any(|word| lower.contains(word))
}

/// A name in lower case without what stands between its words.
pub(super) fn compact(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// What kind of credential a whole text is by its form.
pub fn looks_like_credential(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if !may_have_form(text) {
        return None;
    }
    let whole = |form: &&Form| {
        let found = form.regex(text).and_then(|regex| regex.find(text));
        found.is_some_and(|found| found.len() == text.len())
    };
    FORMS.iter().find(whole).map(|form| form.kind)
}

/// Every credential in a text, by its form.
pub(super) fn all_in(text: &str) -> Vec<(&str, &'static str)> {
    if !may_have_form(text) {
        return Vec::new();
    }
    let of = |form: &'static Form| {
        form.regex(text)
            .into_iter()
            .flat_map(|regex| regex.find_iter(text))
            .map(|found| (found.as_str(), form.kind))
    };
    FORMS.iter().flat_map(of).collect()
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
            "X-Auth-Key",
            "myToken",
            "secret_id",
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
            "accessTokenUrl",
            "password_updated_at",
            "tokenType",
            "accessKeyId",
        ] {
            assert!(!is_credential_name(name), "{name}");
        }
    }

    #[test]
    fn forms_of_credentials() {
        for form in &FORMS {
            let regex = Regex::new(form.pattern).expect("the pattern is right");
            assert!(form.signs.iter().all(|sign| !regex.is_match(sign)), "{}", form.pattern);
        }
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc";
        assert_eq!(looks_like_credential(jwt), Some("a JSON Web Token"));
        // An id names a key; it proves nothing.
        assert_eq!(looks_like_credential("AKIAIOSFODNN7EXAMPLE"), None);
        assert_eq!(looks_like_credential("just words"), None);
        assert_eq!(all_in(&format!("a {jwt} b")), [(jwt, "a JSON Web Token")]);
    }
}
