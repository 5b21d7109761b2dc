//! `${[ name ]}` there, `{{name}}` here.

use crate::Scribe;

/// Yaak's text as Errand's: variables and the functions that have a counterpart. The rest stays.
pub(super) fn read(text: &str, scribe: &mut Scribe<'_>) -> String {
    if text.contains("{{") {
        scribe.not_carried("{{…}}", "it is plain text in Yaak and a variable here");
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("${[") {
        let before = &rest[..at];
        let Some(end) = closing(&rest[at + 3..]) else { break };
        let (whole, after) = rest[at..].split_at(3 + end + 2);
        rest = after;
        if let Some(before) = before.strip_suffix('\\') {
            scribe.converted("\\${[", "the backslash is taken off: here it is plain text anyway");
            out.push_str(before);
            out.push_str(whole);
            continue;
        }
        out.push_str(before);
        out.push_str(&converted(whole, whole[3..3 + end].trim(), scribe));
    }
    out.push_str(rest);
    out
}

fn converted(whole: &str, inner: &str, scribe: &mut Scribe<'_>) -> String {
    if !inner.contains('(') && !inner.is_empty() && !inner.contains(['{', '}', '\'', '"']) {
        scribe.converted("variables", "`${[ name ]}` became `{{name}}`");
        return format!("{{{{{inner}}}}}");
    }
    let (name, arguments) = inner.split_once('(').unwrap_or((inner, ""));
    let arguments = arguments.trim_end_matches(')').trim();
    let dynamic = match (name.trim(), arguments) {
        ("uuid.v4", "") => Some("$guid"),
        ("timestamp.unix", "") => Some("$timestamp"),
        ("timestamp.iso8601", "") => Some("$isoTimestamp"),
        _ => None,
    };
    if let Some(dynamic) = dynamic {
        scribe.converted(format!("{}()", name.trim()), format!("became `{{{{{dynamic}}}}}`"));
        return format!("{{{{{dynamic}}}}}");
    }
    let why = if name.trim().starts_with("response.") {
        "its text stays where it was: take the value over with a capture in the request it comes from"
    } else {
        "Errand has no such template function; its text stays where it was"
    };
    scribe.not_carried(format!("{}()", name.trim()), why);
    whole.to_owned()
}

/// Where `]}` ends a template, not counting what is in quotes if the quotes are closed.
fn closing(text: &str) -> Option<usize> {
    let plain = text.find("]}")?;
    // What is in quotes is Base64 as a rule; a long text without an end is not searched for one.
    let window = &text.as_bytes()[..text.len().min(plain + 65_536)];
    let mut quoted = false;
    let mut at = 0;
    while at < window.len() {
        match window[at] {
            b'\\' => at += 1,
            b'\'' => quoted = !quoted,
            b']' if !quoted && window.get(at + 1) == Some(&b'}') => return Some(at),
            _ => {}
        }
        at += 1;
    }
    Some(plain)
}

/// Whether a value is encrypted, with a key that only Yaak has.
pub(super) fn is_encrypted(text: &str) -> bool {
    text.trim().strip_prefix("${[").is_some_and(|rest| rest.trim_start().starts_with("secure("))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Receipt;

    #[test]
    fn variables_and_functions_become_ours() {
        let mut receipt = Receipt::default();
        let mut of = |text: &str| read(text, &mut receipt.at("a"));
        assert_eq!(of("${[ base ]}/${[ID ]}/${[ uuid.v4() ]}"), "{{base}}/{{ID}}/{{$guid}}");
        assert_eq!(of(r"\${[ base ]} ${[ "), "${[ base ]} ${[ ");
        let kept = "${[ response.body.path(request='r', path='$[0]}') ]}";
        assert_eq!(of(kept), kept);
        of(&"${[".repeat(50_000));
        of(&"${[ ' ]}".repeat(2_000));
        assert!(is_encrypted("${[ secure(value='x') ]}"));
    }
}
