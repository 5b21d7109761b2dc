//! Small pieces of text.

/// A text in one line of at most `limit` characters.
pub(super) fn line(text: &str, limit: usize) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= limit {
        return words;
    }
    let cut: String = words.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// A name as variables have them: `apiKeyAuth` and `Api-Key auth` become `api_key_auth`.
pub(super) fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut lower = false;
    for c in name.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && lower {
                out.push('_');
            }
            lower = c.is_lowercase() || c.is_numeric();
            out.extend(c.to_lowercase());
        } else {
            lower = false;
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
        }
    }
    let out = out.trim_matches('_').to_owned();
    if out.is_empty() { "value".to_owned() } else { out }
}

/// A name no other has yet; the second becomes `name 2`.
pub(super) fn distinct(
    name: String,
    between: &str,
    taken: &mut std::collections::HashSet<String>,
) -> String {
    if taken.insert(name.to_lowercase()) {
        return name;
    }
    let mut number = 2;
    loop {
        let next = format!("{name}{between}{number}");
        if taken.insert(next.to_lowercase()) {
            return next;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_variables() {
        assert_eq!(snake("apiKeyAuth"), "api_key_auth");
        assert_eq!(snake("X-API-KEY"), "x_api_key");
        assert_eq!(snake("OAuth2"), "oauth2");
        assert_eq!(snake("!"), "value");
    }
}
