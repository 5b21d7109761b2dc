//! What `# @name value` says of a request.

use errand_model::{Request, Variable};

use super::line_of;
use super::parse::Draft;
use crate::{Outcome, Receipt};

/// The name by which other requests refer to this one.
pub(super) fn name(draft: &Draft) -> Option<&str> {
    let found =
        draft.directives.iter().find(|(_, name, value)| name == "name" && !value.is_empty());
    found.map(|(_, _, value)| value.as_str())
}

/// Applies the directives of a draft.
pub(super) fn apply(draft: &Draft, request: &mut Request, notes: &mut Receipt) {
    for (line, name, value) in &draft.directives {
        let settings = &mut request.settings;
        match name.as_str() {
            "name" => {}
            "title" => value.clone_into(&mut request.name),
            "description" => value.clone_into(&mut request.description),
            "tag" | "tags" => {
                let words = value.split(',').map(str::trim).filter(|word| !word.is_empty());
                request.tags.extend(words.map(str::to_owned));
            }
            "no-redirect" => settings.follow_redirects = Some(false),
            "no-cookie-jar" => settings.use_cookies = Some(false),
            "no-reject-unauthorized" => settings.verify_tls = Some(false),
            "no-auto-encoding" => settings.encode_url = Some(false),
            "timeout" if duration(value).is_some() => settings.timeout_ms = duration(value),
            "prompt" => {
                let (name, description) =
                    value.split_once(char::is_whitespace).unwrap_or((value, ""));
                let variable = Variable {
                    description: description.trim().to_owned(),
                    ..Variable::new(name, "")
                };
                request.variables.push(variable);
                notes.converted(
                    "@prompt",
                    format!("a variable {name} of the request, to be filled in"),
                );
            }
            _ => {
                let item = format!("@{name} (line {line})");
                notes.lines.push(line_of(Outcome::NotCarried, item, reason(name)));
            }
        }
    }
}

fn reason(name: &str) -> &'static str {
    match name {
        "note" => "nothing is asked before a request is sent",
        "connection-timeout" => "there is one time limit for the whole exchange",
        "timeout" => "it is no number of seconds",
        "no-log" | "no-response-view" | "openWith" | "save" | "extension" | "verbose" => {
            "it is about how the other editor shows a response"
        }
        "ref" | "forceRef" | "import" => "requests do not send others first",
        "loop" | "sleep" | "ratelimit" => "repeating is up to a run",
        "disabled" => "a request has no such switch",
        "proxy" => "the proxy is a setting of the whole app",
        _ => "Errand has no such setting",
    }
}

/// Milliseconds of `600`, `600 ms`, `10 s`, `2 m`.
fn duration(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..end].parse().ok()?;
    let unit = match text[end..].trim() {
        "" | "s" | "sec" | "seconds" => 1000,
        "ms" => 1,
        "m" | "min" | "minutes" => 60_000,
        _ => return None,
    };
    number.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("600"), Some(600_000));
        assert_eq!(duration("600 ms"), Some(600));
        assert_eq!(duration("2m"), Some(120_000));
        assert_eq!(duration("99999999999999999999"), None);
        assert_eq!(duration("18446744073709551615 m"), None);
        assert_eq!(duration("soon"), None);
    }
}
