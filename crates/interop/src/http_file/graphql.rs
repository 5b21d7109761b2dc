//! GraphQL queries as they stand in a body.

use serde_json::{Value, json};

/// Whether a body is a query rather than its JSON.
pub(super) fn is_query(text: &str) -> bool {
    let text = text.trim_start();
    ["query", "mutation", "subscription", "fragment"].iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.starts_with([' ', '(', '{', '\n', '\r']) && text.contains('{'))
    })
}

/// The JSON that is sent: the query, then after a blank line its variables as a JSON object.
pub(super) fn body(text: &str) -> String {
    let (query, variables) = split(text);
    let name = operation(query);
    let query = Value::String(query.trim_end().to_owned());
    let name =
        name.map(|name| format!("\n  \"operationName\": {},", json!(name))).unwrap_or_default();
    match variables {
        Some(variables) => {
            format!("{{{name}\n  \"query\": {query},\n  \"variables\": {variables}\n}}")
        }
        None => format!("{{{name}\n  \"query\": {query}\n}}"),
    }
}

/// The name of the only operation.
fn operation(query: &str) -> Option<&str> {
    let words = ["query ", "mutation ", "subscription "];
    let mut found = query.lines().filter_map(|line| {
        let rest = words.iter().find_map(|word| line.strip_prefix(word))?.trim_start();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    });
    found.next().filter(|_| found.next().is_none())
}

/// Splits before the last line that begins with `{` at no depth after a definition.
fn split(text: &str) -> (&str, Option<&str>) {
    let (mut depth, mut defined, mut at, mut blank) = (0_i64, false, 0, false);
    let mut found = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if depth == 0 && defined && blank && bare.starts_with('{') {
            found = Some(at);
        }
        for c in bare.split('#').next().unwrap_or_default().chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
        }
        defined |= depth == 0 && bare.ends_with('}');
        blank = bare.is_empty();
        at += line.len();
    }
    match found {
        Some(at) => (&text[..at], Some(text[at..].trim())),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_and_its_variables_are_json() {
        let text = "query A($c: ID!) {\n  a(c: $c) { b }\n}\n\n{\n  \"c\": \"EU\"\n}";
        assert!(is_query(text));
        let value: Value = serde_json::from_str(&body(text)).expect("JSON");
        assert_eq!(value["variables"]["c"], "EU");
        assert_eq!(value["operationName"], "A");
        assert_eq!(value["query"], "query A($c: ID!) {\n  a(c: $c) { b }\n}");
        let value: Value = serde_json::from_str(&body("{ a { b } }")).expect("JSON");
        assert_eq!(value, json!({ "query": "{ a { b } }" }));
    }
}
