//! Whether a file is a description, told by a key at its top.

use crate::{Entry, Source};

/// How much of each file of a folder is looked at, in bytes.
const HEAD: u64 = 64 << 10;

/// How much of a single file is looked at, in bytes: JSON with sorted keys has `openapi` near its end.
const WHOLE: u64 = 64 << 20;

pub(crate) fn recognises(source: &Source) -> bool {
    source.entries.iter().any(|entry| is_root(entry, source.single().is_some()))
}

/// Whether a file has `openapi` or `swagger` with a version at its top.
pub(super) fn is_root(entry: &Entry, alone: bool) -> bool {
    if !alone && !matches!(entry.extension().as_str(), "json" | "yaml" | "yml" | "") {
        return false;
    }
    let Ok(head) = entry.head(if alone { WHOLE } else { HEAD }) else { return false };
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') { in_json(text.as_bytes()) } else { in_yaml(text) }
}

fn in_yaml(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start_matches(['"', '\'']);
        ["openapi", "swagger"].iter().any(|key| {
            line.strip_prefix(key)
                .map(|rest| rest.trim_start_matches(['"', '\'']).trim_start())
                .and_then(|rest| rest.strip_prefix(':'))
                .is_some_and(|value| is_version(value.trim_start_matches([' ', '"', '\''])))
        })
    })
}

/// Reads only as much of JSON as tells its depth.
fn in_json(text: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at + 1;
                at = end_of_string(text, start);
                let key = text.get(start..at).unwrap_or_default();
                if depth == 1 && matches!(key, b"openapi" | b"swagger") {
                    let rest = String::from_utf8_lossy(&text[at..text.len().min(at + 40)]);
                    let value = rest.trim_start_matches('"').trim_start().strip_prefix(':');
                    if value
                        .is_some_and(|value| is_version(value.trim_start().trim_start_matches('"')))
                    {
                        return true;
                    }
                }
            }
            _ => {}
        }
        at += 1;
    }
    false
}

fn end_of_string(text: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

fn is_version(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_counts_at_the_top_only() {
        let json = |text: &str| in_json(text.as_bytes());
        assert!(json(r#"{"info": {"a": "\"}"}, "openapi" : "3.1.0"}"#));
        assert!(json(r#"{"swagger":2.0, broken"#));
        assert!(!json(r#"{"info": {"openapi": "3.1.0"}}"#));
        assert!(!json(r#"{"name": "openapi", "openapi": {}}"#));
        assert!(in_yaml("# hi\n\"openapi\": '3.0.0'\ninfo:"));
        assert!(!in_yaml("info:\n  openapi: 3.0.0"));
    }
}
