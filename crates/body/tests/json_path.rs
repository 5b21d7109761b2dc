//! The `JSONPath` compliance test suite (<https://github.com/jsonpath-standard/jsonpath-compliance-test-suite>).
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path as FilePath;

use errand_body::{Filter, Path, Source, ViewKind, filter, lookup};
use serde_json::Value;

#[test]
fn the_compliance_suite_passes() {
    let file = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/jsonpath-cts.json");
    let suite: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let (mut failures, mut plain) = (Vec::new(), 0);
    let tests = suite["tests"].as_array().unwrap();
    for test in tests {
        let (name, selector) = (test["name"].as_str().unwrap(), test["selector"].as_str().unwrap());
        let source = Source::from_bytes(serde_json::to_vec(&test["document"]).unwrap());
        let is_plain = Path::parse(selector).is_some();
        plain += usize::from(is_plain);
        let result = filter(&source, &Filter::JsonPath(selector.to_owned()), None);
        if test["invalid_selector"] == true {
            if result.is_ok() {
                failures.push(format!("{name}: {selector} is taken, but is not valid"));
            }
            continue;
        }
        let found = match result {
            Ok(found) => found,
            Err(error) => {
                failures.push(format!("{name}: {error}"));
                continue;
            }
        };
        assert_eq!(found.kind, ViewKind::Json);
        let bytes = found.source.slice(0, found.source.len()).unwrap();
        let values: Vec<Value> = if is_plain && found.count == 0 {
            vec![]
        } else if is_plain {
            vec![serde_json::from_slice(&bytes).unwrap()]
        } else {
            serde_json::from_slice(&bytes).unwrap()
        };
        let expected = match test.get("results") {
            Some(results) => results.as_array().unwrap().clone(),
            None => vec![test["result"].clone()],
        };
        if !expected.contains(&Value::Array(values.clone())) {
            failures.push(format!("{name}: {selector} gives {values:?}"));
        }
    }
    assert!(plain > 10, "{plain} plain paths");
    assert!(
        failures.is_empty(),
        "{} of {} fail:\n{}",
        failures.len(),
        tests.len(),
        failures.join("\n")
    );
}

#[test]
fn a_plain_path_reads_no_more_than_it_must() {
    // What comes after the value is not even JSON.
    let source = Source::from_bytes(r#"{"a": [0, {"b": 12.50}], ... broken"#);
    let range = lookup(&source, &Path::parse("$.a[1].b").unwrap()).unwrap().unwrap();
    assert_eq!(source.slice(range.start, range.end).unwrap(), b"12.50");
}
