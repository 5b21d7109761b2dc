//! What members are called in the files of the tools, and texts that are no values.

/// Members that hold what something else names.
pub const NEUTRAL: &[&str] = &[
    "is",
    "in",
    "rows",
    "more",
    "at",
    "value",
    "values",
    "current",
    "currentValue",
    "initialValue",
    "sessionValue",
    "localValue",
    "data",
    "text",
    "default",
    "raw",
    "content",
];
/// Members that hold the value of a row.
pub const VALUES: &[&str] =
    &["value", "currentValue", "initialValue", "sessionValue", "localValue"];
/// Members that name a row.
pub const NAMES: &[&str] = &["key", "name", "header", "Name", "expression"];
/// Members that say of what kind an auth is.
pub const KINDS: &[&str] = &["type", "authType", "authenticationType", "mode"];
/// Members for people: a form is looked for, a name means nothing.
pub const PROSE: &[&str] = &["description", "docs", "documentation", "title"];
/// Members that hold an auth, or something else where a short value is a credential, too.
pub const AUTHS: &[&str] = &[
    "auth",
    "authentication",
    "authorization",
    "oauth1",
    "oauth2",
    "basic",
    "digest",
    "ntlm",
    "bearer",
    "apikey",
    "hawk",
    "awsv4",
    "aws",
    "wsse",
    "jwt",
    "asap",
    "edgegrid",
    "proxy",
    "certificate",
    "certificates",
    "clientcertificates",
    "certs",
];
/// Texts that name an auth or say that there is none.
pub const SCHEMES: &[&str] = &[
    "none", "null", "inherit", "noauth", "basic", "bearer", "digest", "ntlm", "apikey", "api-key",
    "oauth1", "oauth2", "oauth", "awsv4", "aws", "wsse", "hawk", "jwt", "asap", "netrc",
    "edgegrid", "header", "query", "include", "omit", "string", "password", "secret", "token",
    "default",
];

/// Whether a text says where its value is had from, in the way of one of the tools.
pub fn is_template(text: &str) -> bool {
    let pairs = [("{{", "}}"), ("{%", "%}"), ("<<", ">>"), ("${", "}"), ("$(", ")")];
    pairs
        .iter()
        .any(|(open, close)| text.split_once(open).is_some_and(|(_, rest)| rest.contains(close)))
}

/// Whether a text stands for a value that somebody is to put there.
pub fn is_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let mut letters = text.chars();
    let first = letters.next();
    SCHEMES.contains(&lower.as_str())
        || (text.starts_with('<') && text.ends_with('>'))
        || lower.starts_with("http://")
        || lower.starts_with("https://")
        || matches!(lower.as_str(), "undefined" | "true" | "false")
        || letters.all(|letter| Some(letter) == first)
}
