//! Credentials taken out of a request, and put back.

use errand_model::Request;
use serde_json::Value;

use super::in_request;

/// The request with a reference in the place of each literal that looks like a credential, and what
/// each stands for. `reference` makes it of the name that was found for the literal.
pub fn replaced(
    request: &Request,
    reference: impl Fn(&str) -> String,
) -> (Request, Vec<(String, String)>) {
    let found = in_request(request);
    if found.is_empty() {
        return (request.clone(), Vec::new());
    }
    let mut pairs: Vec<(String, String)> =
        found.into_iter().map(|found| (reference(&found.suggestion), found.literal)).collect();
    // A long literal may contain a short one.
    pairs.sort_by_key(|(_, literal)| std::cmp::Reverse(literal.len()));
    let swapped = swap(request, |text| {
        pairs.iter().fold(text.to_owned(), |text, (reference, literal)| {
            text.replace(literal.as_str(), reference)
        })
    });
    (swapped, pairs)
}

/// The request with the literals back in the place of their references.
pub fn restored(request: &Request, pairs: &[(String, String)]) -> Request {
    swap(request, |text| {
        pairs.iter().fold(text.to_owned(), |text, (reference, literal)| {
            text.replace(reference.as_str(), literal)
        })
    })
}

/// The request with every text in it changed. In a JSON body a literal stands as it was typed.
fn swap(request: &Request, change: impl Fn(&str) -> String) -> Request {
    fn walk(value: &mut Value, change: &impl Fn(&str) -> String) {
        match value {
            Value::String(text) => *text = change(text),
            Value::Array(items) => items.iter_mut().for_each(|item| walk(item, change)),
            Value::Object(map) => map.values_mut().for_each(|value| walk(value, change)),
            _ => {}
        }
    }
    let Ok(mut value) = serde_json::to_value(request) else { return request.clone() };
    walk(&mut value, &change);
    serde_json::from_value(value).unwrap_or_else(|_| request.clone())
}

#[cfg(test)]
mod tests {
    use errand_model::{Auth, Header};

    use super::*;

    #[test]
    fn literals_go_and_come_back() {
        let request = Request {
            name: "{{password}} stays".to_owned(),
            headers: vec![Header::new("Authorization", "Bearer abcdef123456")],
            auth: Auth::Basic { username: "abcdef".to_owned(), password: "abcdef".to_owned() },
            ..Request::default()
        };
        let (without, pairs) = replaced(&request, |name| format!("{{{{unsaved {name}}}}}"));
        let text = serde_json::to_string(&without).expect("plain data");
        assert!(!text.contains("abcdef"), "{text}");
        assert!(text.contains("Bearer {{unsaved authorization}}"), "{text}");
        assert_eq!(restored(&without, &pairs), request);
    }
}
