//! Saved examples of what an operation answers.

use errand_model::{Example, ExampleBody, ExampleResponse, Header};
use serde_json::Value;

use super::document::{Document, entries, text};
use super::media::{self, Kind};
use super::text::line;
use super::xml;

/// The examples that the responses of an operation give.
pub(super) fn examples(document: &Document, operation: &Value) -> Vec<Example> {
    let mut found = Vec::new();
    for (status, response) in operation.get("responses").into_iter().flat_map(entries) {
        found.extend(of_response(document, status, document.resolve(response)));
    }
    found
}

/// The examples of one response.
pub(super) fn of_response(document: &Document, status: &str, response: &Value) -> Vec<Example> {
    let mut found = Vec::new();
    for (media_type, holder) in response.get("content").into_iter().flat_map(entries) {
        let holder = document.resolve(holder);
        let given = media::examples(document, holder);
        if given.is_empty() {
            let own = media::of_schema(document, holder);
            found.extend(own.map(|value| {
                example(document, status, response, media_type, holder, "", "", &value)
            }));
        }
        for (name, value) in given {
            let about = holder.get("examples").map(|all| document.get(all, &name));
            let words = |key: &str| about.map(|about| text(about, key)).unwrap_or_default();
            let summary = words("summary");
            let label = if summary.is_empty() { name.as_str() } else { &summary };
            let made = example(
                document,
                status,
                response,
                media_type,
                holder,
                label,
                &words("description"),
                value,
            );
            found.push(made);
        }
    }
    found
}

#[allow(clippy::too_many_arguments, reason = "each is a part of the one thing it writes down")]
fn example(
    document: &Document,
    status: &str,
    response: &Value,
    media_type: &str,
    holder: &Value,
    label: &str,
    about: &str,
    value: &Value,
) -> Example {
    let described = text(response, "description");
    // Generators call them so when nobody gave a name.
    let plain = ["", "default", "response", "Example"].contains(&label);
    let words = if plain { line(&described, 80) } else { line(label, 80) };
    let name = if words.is_empty() { status.to_owned() } else { format!("{status} {words}") };
    let mut headers = vec![Header::new("Content-Type", media_type)];
    for (name, header) in response.get("headers").into_iter().flat_map(entries) {
        let header = document.resolve(header);
        let given = media::examples(document, header).first().map(|one| one.1.clone());
        let given = given.or_else(|| media::of_schema(document, header));
        if let Some(value) = given.filter(|_| !name.eq_ignore_ascii_case("content-type")) {
            let mut row = Header::new(name.as_str(), media::inline(&value));
            row.description = text(header, "description");
            headers.push(row);
        }
    }
    Example {
        name,
        description: if about.is_empty() { described } else { about.to_owned() },
        request: None,
        response: ExampleResponse {
            status: code(status),
            status_text: String::new(),
            headers,
            body: Some(body(document, media_type, holder, value)),
        },
    }
}

/// The code that a response is for: that of `2XX` is 200, `default` has none.
pub(super) fn code(status: &str) -> Option<u16> {
    let digits = status.to_ascii_uppercase().replace('X', "0");
    digits.parse().ok().filter(|code| (100..=999).contains(code))
}

fn body(document: &Document, media_type: &str, holder: &Value, value: &Value) -> ExampleBody {
    let (kind, data) = match media::kind(media_type) {
        Kind::Json => ("json", media::json(value)),
        Kind::Xml => ("xml", xml::body(document, holder, value)),
        Kind::Html => ("html", media::pretty(value)),
        // A description holds text only; that of a picture is not its bytes.
        _ => ("text", media::pretty(value)),
    };
    ExampleBody { kind: kind.to_owned(), data }
}

/// The type of the first good response, for the Accept header.
pub(super) fn accepted(document: &Document, operation: &Value) -> Option<String> {
    let responses: Vec<_> = operation.get("responses").into_iter().flat_map(entries).collect();
    let mut good = responses
        .iter()
        .filter(|(status, _)| status.starts_with('2'))
        .chain(responses.iter().filter(|(status, _)| *status == "default"));
    good.find_map(|(_, response)| {
        let content = document.get(document.resolve(response), "content");
        let types = entries(content).map(|one| one.0).filter(|one| !one.contains('*'));
        types.min_by_key(|one| media::kind(one) != Kind::Json).cloned()
    })
}
