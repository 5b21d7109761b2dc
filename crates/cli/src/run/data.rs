//! Rows of variables for the iterations of a run, from CSV or JSON.

use std::io::Read as _;
use std::path::Path;

use errand_app::wire::WireError;
use serde_json::Value;

use super::variables::{Row, text};
use crate::exit::Failure;

/// Reads rows; what is not JSON by its start is CSV.
pub fn read(path: &Path) -> Result<Vec<Row>, Failure> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::read(Path::new("standard input"), &error))?;
    } else {
        bytes = std::fs::read(path).map_err(|error| Failure::read(path, &error))?;
    }
    let content = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let is_json = content.trim_ascii_start().starts_with(b"[")
        || path.extension().is_some_and(|extension| extension == "json");
    let rows = if is_json { json(content, path)? } else { csv(content, path)? };
    if rows.is_empty() {
        return Err(bad(
            path,
            "It has no rows.",
            None,
            "The first line of a CSV file names the variables, the others are rows.",
        ));
    }
    Ok(rows)
}

fn bad(path: &Path, message: &str, at: Option<(usize, usize)>, hint: &str) -> Failure {
    let narrow = |number: usize| u32::try_from(number).ok();
    let (line, column) = at.map_or((None, None), |(line, column)| (narrow(line), narrow(column)));
    let file = path.display().to_string();
    Failure::input(WireError::new("invalid-file", message).hint(hint).at(file, line, column))
}

fn csv(content: &[u8], path: &Path) -> Result<Vec<Row>, Failure> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(content);
    let failed = |error: csv::Error| {
        let line = error.position().map(|at| (usize::try_from(at.line()).unwrap_or(0), 1));
        let message = match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("This row has {len} fields, the first line has {expected_len}.")
            }
            csv::ErrorKind::Utf8 { .. } => "This row is not UTF-8.".to_owned(),
            _ => format!("This is not CSV: {error}."),
        };
        bad(path, &message, line, "Fields with commas, quotes or line ends go between \"quotes\".")
    };
    let names = reader.headers().map_err(failed)?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(failed)?;
        rows.push(names.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect());
    }
    Ok(rows)
}

fn json(content: &[u8], path: &Path) -> Result<Vec<Row>, Failure> {
    const HINT: &str = "The file is an array of objects: [{\"name\": \"value\"}, …].";
    let value: Value = serde_json::from_slice(content).map_err(|error| {
        bad(
            path,
            &format!("This is not JSON: {error}."),
            Some((error.line(), error.column())),
            HINT,
        )
    })?;
    let Value::Array(items) = value else {
        return Err(bad(path, "This is not an array.", None, HINT));
    };
    items
        .into_iter()
        .enumerate()
        .map(|(index, item)| match item {
            Value::Object(fields) => {
                Ok(fields.into_iter().map(|(name, value)| (name, text(value))).collect())
            }
            _ => Err(bad(path, &format!("Row {} is not an object.", index + 1), None, HINT)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(content: &str) -> Result<Vec<Row>, Failure> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), content).expect("written");
        read(file.path())
    }

    #[test]
    fn quoted_fields_and_a_byte_order_mark() {
        let rows = rows(
            "\u{feff}name, city\n\"Lovelace, Ada\",London\n\"say \"\"hi\"\"\",\"two\nlines\"\n",
        )
        .expect("rows");
        assert_eq!(
            rows[0],
            [
                ("name".to_owned(), "Lovelace, Ada".to_owned()),
                ("city".to_owned(), "London".to_owned())
            ]
        );
        assert_eq!(rows[1][0].1, "say \"hi\"");
        assert_eq!(rows[1][1].1, "two\nlines");
    }

    #[test]
    fn json_values_become_text() {
        let rows = rows(r#"[{"id": 7, "on": true, "tags": ["a"], "name": "Ada", "none": null}]"#)
            .expect("rows");
        let values: Vec<&str> = rows[0].iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["7", "true", "[\"a\"]", "Ada", ""]);
    }

    #[test]
    fn the_place_of_a_mistake_is_told() {
        let place = |content| {
            rows(content)
                .expect_err("a mistake")
                .error
                .and_then(|error| error.place)
                .and_then(|place| place.line)
        };
        assert_eq!(place("a,b\n1,2\n3\n"), Some(3));
        assert_eq!(place("[{\"a\": 1},\n {\"b\" 2}]"), Some(2));
        assert!(rows("a,b\n").is_err());
        assert!(rows("[1]").is_err());
    }
}
