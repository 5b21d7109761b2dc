//! Variables from a file: JSON or `.env`.

use std::path::Path;

use errand_app::wire::WireError;
use serde_json::Value;

use crate::exit::Failure;

/// Names and values in order.
pub type Row = Vec<(String, String)>;

/// Reads a file of variables: an object, an environment as Postman exports it, or `NAME=value` lines.
pub fn read(path: &Path) -> Result<Row, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::read(path, &error))?;
    let text = text.trim_start_matches('\u{feff}');
    if path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml") {
        return Err(bad(path, "An environment of a workspace is chosen by its name.", None));
    }
    if text.trim_start().starts_with('{') { json(text, path) } else { lines(text, path) }
}

fn bad(path: &Path, message: &str, at: Option<(usize, usize)>) -> Failure {
    let narrow = |number: usize| u32::try_from(number).ok();
    let (line, column) = at.map_or((None, None), |(line, column)| (narrow(line), narrow(column)));
    Failure::input(
        WireError::new("invalid-file", message)
            .hint("A file of variables is a JSON object, an environment exported by Postman, or lines of NAME=value.")
            .at(path.display().to_string(), line, column),
    )
}

fn json(content: &str, path: &Path) -> Result<Row, Failure> {
    let value: Value = serde_json::from_str(content).map_err(|error| {
        bad(path, &format!("This is not JSON: {error}."), Some((error.line(), error.column())))
    })?;
    let Value::Object(mut fields) = value else {
        return Err(bad(path, "This is not an object.", None));
    };
    let Some(Value::Array(values)) = fields.get_mut("values").map(Value::take) else {
        return Ok(fields.into_iter().map(|(name, value)| (name, text(value))).collect());
    };
    let enabled = |value: &Value| value.get("enabled").and_then(Value::as_bool).unwrap_or(true);
    values
        .into_iter()
        .filter(enabled)
        .map(|mut value| {
            let name = value.get("key").and_then(Value::as_str).map(str::to_owned);
            let name =
                name.ok_or_else(|| bad(path, "A variable of \"values\" has no \"key\".", None))?;
            Ok((name, text(value.get_mut("value").map(Value::take).unwrap_or_default())))
        })
        .collect()
}

fn lines(content: &str, path: &Path) -> Result<Row, Failure> {
    let mut row = Row::new();
    for (index, full) in content.lines().enumerate() {
        let line = full.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line
            .split_once('=')
            .ok_or_else(|| bad(path, "This line is not NAME=value.", Some((index + 1, 1))))?;
        row.push((name.trim().to_owned(), unquoted(value.trim())));
    }
    Ok(row)
}

fn unquoted(value: &str) -> String {
    if let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return inner.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }
    if let Some(inner) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return inner.to_owned();
    }
    value.split(" #").next().unwrap_or_default().trim_end().to_owned()
}

/// A JSON value as a variable's text.
pub fn text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(content: &str) -> Result<Row, Failure> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), content).expect("written");
        read(file.path())
    }

    #[test]
    fn every_form_is_read() {
        let wanted =
            vec![("base".to_owned(), "http://x".to_owned()), ("n".to_owned(), "7".to_owned())];
        assert_eq!(row(r#"{"base": "http://x", "n": 7}"#).ok(), Some(wanted.clone()));
        let postman = r#"{"name": "Staging", "values": [{"key": "base", "value": "http://x"}, {"key": "off", "value": "", "enabled": false}, {"key": "n", "value": 7, "enabled": true}]}"#;
        assert_eq!(row(postman).ok(), Some(wanted.clone()));
        assert_eq!(row("# c\nexport base=\"http://x\"\n\nn=7 # seven\n").ok(), Some(wanted));
        let place =
            row("a=1\nnonsense\n").expect_err("a mistake").error.and_then(|error| error.place);
        assert_eq!(place.and_then(|place| place.line), Some(2));
    }
}
