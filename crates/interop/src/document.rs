//! JSON and YAML as values, with the place of what is wrong.

use serde_json::Value;

use crate::{Entry, Error, Source};

/// Events of a YAML document, about one for each word: enough for 100 MB.
const YAML_EVENTS: usize = 20_000_000;

/// A JSON document.
///
/// # Errors
/// [`Error::Syntax`] with line and column. Nesting of 128 levels is the limit.
pub fn json(entry: &Entry) -> Result<Value, Error> {
    json_of(entry, &entry.text()?)
}

/// A YAML document. Aliases are resolved within limits, so that no bomb goes off.
///
/// # Errors
/// [`Error::Syntax`] with line and column.
pub fn yaml(entry: &Entry) -> Result<Value, Error> {
    yaml_of(entry, &entry.text()?)
}

/// A JSON document when it begins like one, otherwise a YAML document.
///
/// # Errors
/// [`Error::Syntax`] with line and column.
pub fn json_or_yaml(entry: &Entry) -> Result<Value, Error> {
    let text = entry.text()?;
    if looks_like_json(&text) { json_of(entry, &text) } else { yaml_of(entry, &text) }
}

/// Refuses a text whose brackets nest deeper than `limit`: its parser calls itself for each level.
/// Brackets in comments and texts count too; `pairs` are those that nest.
pub(crate) fn shallow(
    entry: &Entry,
    text: &str,
    pairs: &[(u8, u8)],
    limit: usize,
) -> Result<(), Error> {
    let mut depth = 0_usize;
    for byte in text.bytes() {
        if pairs.iter().any(|(open, _)| *open == byte) {
            depth += 1;
        } else if pairs.iter().any(|(_, close)| *close == byte) {
            depth = depth.saturating_sub(1);
        }
        if depth > limit {
            let what = format!("it is nested more than {limit} levels deep");
            return Err(Error::Refused { file: entry.path.clone(), what });
        }
    }
    Ok(())
}

fn json_of(entry: &Entry, text: &str) -> Result<Value, Error> {
    serde_json::from_str(text).map_err(|error| {
        let what = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        Error::Syntax {
            file: entry.path.clone(),
            wanted: "JSON",
            what: what.strip_suffix(&place).unwrap_or(&what).to_owned(),
            line: error.line(),
            column: character(text, error.line(), error.column()),
        }
    })
}

/// The column in characters, from 1, of one in bytes; 0 is the end of the line before.
fn character(text: &str, line: usize, column: usize) -> usize {
    let line = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let upto = line.char_indices().take_while(|(at, _)| *at < column);
    upto.count().max(1)
}

fn yaml_of(entry: &Entry, text: &str) -> Result<Value, Error> {
    let budget = serde_saphyr::budget! {
        max_events: YAML_EVENTS,
        max_nodes: YAML_EVENTS,
        max_total_scalar_bytes: 256 << 20,
    };
    let mut options =
        serde_saphyr::options! { budget: budget, with_snippet: false, strict_booleans: true };
    options.alias_limits.max_total_replayed_events = 300_000;
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let (line, column) =
            error.location().map_or((1, 1), |place| (number(place.line()), number(place.column())));
        let what = error.without_snippet().to_string();
        let place = format!(" at line {line}, column {column}");
        let what = what.strip_suffix(&place).unwrap_or(&what).to_owned();
        Error::Syntax { file: entry.path.clone(), wanted: "YAML", what, line, column }
    })
}

fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// What keeps a source from being recognised, if it is a single document that is not well-formed.
pub(crate) fn why_unknown(source: &Source) -> Option<Error> {
    let entry = source.single()?;
    let text = match entry.text() {
        Ok(text) => text,
        Err(error) => return Some(error),
    };
    if looks_like_json(&text) { json_of(entry, &text).err() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Entry {
        Source::file("a", text.as_bytes().to_vec()).entries.remove(0)
    }

    #[test]
    fn the_place_of_a_mistake_is_told() {
        let error = json(&of("{\n  \"a\": x }")).expect_err("it is broken");
        assert_eq!(error.to_string(), "a is not JSON: expected value (line 2, column 8).");
        assert_eq!(character("{\n", 2, 0), 1);
        assert_eq!(character("[\"é\", x]", 1, 8), 7);
        let error = yaml(&of("a: 1\nb: [1}")).expect_err("it is broken").to_string();
        assert!(
            error.starts_with("a is not YAML: ") && error.contains("(line 2, column "),
            "{error}"
        );
    }

    #[test]
    fn bombs_and_depths_are_refused() {
        let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
            format!("{text}a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1)
        });
        assert!(yaml(&of(&bomb)).is_err());
        assert!(json(&of(&"[".repeat(100_000))).is_err());
        assert!(yaml(&of(&"[".repeat(100_000))).is_err());
    }

    #[test]
    fn yaml_is_read_as_version_1_2_says() {
        let value =
            yaml(&of("a: yes\nb: 0o17\nc: 1.0\nd: ~\ne: 2024-01-01\nf: '1'")).expect("YAML");
        let json = serde_json::json!({"a": "yes", "b": 15, "c": 1.0, "d": null, "e": "2024-01-01", "f": "1"});
        assert_eq!(value, json);
    }
}
