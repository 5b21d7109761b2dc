//! GraphQL in a JSON body, and out of it again.

use serde_json::Value;

use crate::postman::json::{text, text_at};

/// The JSON body: the query as a JSON string, the variables as they were typed.
pub(super) fn joined(graphql: &Value) -> String {
    let quoted = |text: &str| Value::String(text.to_owned()).to_string();
    let mut body = format!("{{\"query\":{}", quoted(&text_at(graphql, "query")));
    let operation = text_at(graphql, "operationName");
    if !operation.is_empty() {
        body.push_str(",\"operationName\":");
        body.push_str(&quoted(&operation));
    }
    let variables = text(graphql.get("variables"));
    if !variables.trim().is_empty() {
        body.push_str(",\"variables\":");
        body.push_str(&variables);
    }
    body.push('}');
    body
}

/// Query, operation and variables of a body that looks as [`joined`] writes it.
pub(super) fn parted(body: &str) -> Option<(String, Option<String>, Option<String>)> {
    let (query, rest) = string(body.strip_prefix("{\"query\":")?)?;
    let (operation, rest) = match rest.strip_prefix(",\"operationName\":") {
        Some(rest) => string(rest).map(|(operation, rest)| (Some(operation), rest))?,
        None => (None, rest),
    };
    let rest = rest.strip_suffix('}')?;
    match rest.strip_prefix(",\"variables\":") {
        Some(variables) => Some((query, operation, Some(variables.to_owned()))),
        None => rest.is_empty().then_some((query, operation, None)),
    }
}

/// A JSON string at the beginning of a text, and what follows.
fn string(text: &str) -> Option<(String, &str)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let value = values.next()?.ok()?;
    Some((value, &text[values.byte_offset()..]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_joined_is_parted_again() {
        let body = joined(&json!({"query": "{ a(\"b\") }\n", "variables": "{ \"x\": {{y}} }"}));
        assert_eq!(body, r#"{"query":"{ a(\"b\") }\n","variables":{ "x": {{y}} }}"#);
        let query = "{ a(\"b\") }\n".to_owned();
        assert_eq!(parted(&body), Some((query, None, Some("{ \"x\": {{y}} }".to_owned()))));
        let body = joined(&json!({"query": "q", "operationName": "o", "variables": ""}));
        assert_eq!(parted(&body), Some(("q".to_owned(), Some("o".to_owned()), None)));
        assert_eq!(parted("{\"query\": [\"q\"]}"), None);
    }
}
