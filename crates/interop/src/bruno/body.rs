//! Bodies.

use errand_model::{Body, FileBody, FormRow, MultipartRow, PartKind, RawLanguage};
use serde_json::{Map, Value, json};

use super::rows::{enabled, list, owned, put, row, text};

/// The body of a mode.
pub(super) fn read(mode: &str, body: &Value) -> Body {
    let raw = |language, key| Body::Raw { language, text: owned(body, key) };
    match mode {
        "json" => raw(RawLanguage::Json, "json"),
        "text" => raw(RawLanguage::Text, "text"),
        "xml" => raw(RawLanguage::Xml, "xml"),
        "sparql" => raw(RawLanguage::Sparql, "sparql"),
        "graphql" => {
            let graphql = body.get("graphql").unwrap_or(&Value::Null);
            let text = graphql_text(text(graphql, "query"), text(graphql, "variables"));
            Body::Raw { language: RawLanguage::Json, text }
        }
        "formUrlEncoded" => Body::FormUrlEncoded {
            rows: list(&body["formUrlEncoded"])
                .map(|row| FormRow {
                    name: owned(row, "name"),
                    value: owned(row, "value"),
                    description: owned(row, "description"),
                    enabled: enabled(row),
                })
                .collect(),
        },
        "multipartForm" => {
            Body::Multipart { rows: list(&body["multipartForm"]).map(part).collect() }
        }
        "file" => Body::File { files: files(&body["file"]) },
        _ => Body::None,
    }
}

fn part(row: &Value) -> MultipartRow {
    let is_file = text(row, "type") == "file";
    let paths = list(&row["value"]).filter_map(Value::as_str).map(str::to_owned);
    MultipartRow {
        name: owned(row, "name"),
        kind: if is_file { PartKind::File } else { PartKind::Text },
        value: owned(row, "value"),
        files: if is_file { paths.collect() } else { Vec::new() },
        content_type: owned(row, "contentType"),
        description: owned(row, "description"),
        enabled: enabled(row),
    }
}

/// The first that is selected is the one that is sent.
fn files(rows: &Value) -> Vec<FileBody> {
    let mut chosen = false;
    let file = |row| {
        let selected = row_selected(row) && !chosen;
        chosen |= selected;
        FileBody { path: owned(row, "filePath"), content_type: owned(row, "contentType"), selected }
    };
    list(rows).map(file).collect()
}

fn row_selected(row: &Value) -> bool {
    row.get("selected") == Some(&Value::Bool(true))
}

const QUERY: &str = "{\"query\":";
const VARIABLES: &str = ",\"variables\":";

/// What a GraphQL request sends; the variables go in as they are typed.
pub(super) fn graphql_text(query: &str, variables: &str) -> String {
    let query = Value::from(query);
    match variables.trim() {
        "" => format!("{QUERY}{query}}}"),
        _ => format!("{QUERY}{query}{VARIABLES}{variables}}}"),
    }
}

/// The parts of such a text; none when it has been edited into something else.
fn graphql_parts(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix(QUERY)?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
    let query = values.next()?.ok()?;
    let rest = rest.get(values.byte_offset()..)?.strip_suffix('}')?;
    if rest.is_empty() {
        return Some((query, ""));
    }
    Some((query, rest.strip_prefix(VARIABLES)?))
}

/// The mode of a body and its JSON.
pub(super) fn write(body: &Body, is_graphql: bool) -> (&'static str, Map<String, Value>) {
    let mut tree = Map::new();
    let mode = match body {
        Body::None => "none",
        Body::Raw { language, text } => {
            let mode = match language {
                RawLanguage::Json => "json",
                RawLanguage::Xml => "xml",
                RawLanguage::Text => "text",
                RawLanguage::Sparql => "sparql",
            };
            if let Some((query, variables)) = graphql_parts(text).filter(|_| is_graphql) {
                let mut graphql = Map::new();
                put(&mut graphql, "query", query);
                put(&mut graphql, "variables", variables);
                put(&mut tree, "graphql", graphql);
                "graphql"
            } else {
                put(&mut tree, mode, text.as_str());
                mode
            }
        }
        Body::FormUrlEncoded { rows } => {
            let rows =
                rows.iter().map(|r| row(&r.name, &r.value, r.enabled, &r.description).into());
            put(&mut tree, "formUrlEncoded", rows.collect::<Vec<Value>>());
            "formUrlEncoded"
        }
        Body::Multipart { rows } => {
            put(&mut tree, "multipartForm", rows.iter().map(of_part).collect::<Vec<_>>());
            "multipartForm"
        }
        Body::File { files } => {
            let rows = files.iter().map(|file| {
                json!({
                    "filePath": file.path,
                    "contentType": file.content_type,
                    "selected": file.selected,
                })
            });
            put(&mut tree, "file", rows.collect::<Vec<_>>());
            "file"
        }
    };
    (mode, tree)
}

fn of_part(part: &MultipartRow) -> Value {
    let mut row = row(&part.name, &part.value, part.enabled, &part.description);
    let kind = match part.kind {
        PartKind::Text => "text",
        PartKind::File => {
            row.insert("value".to_owned(), json!(part.files));
            "file"
        }
    };
    row.insert("type".to_owned(), json!(kind));
    row.insert("contentType".to_owned(), json!(part.content_type));
    row.into()
}
