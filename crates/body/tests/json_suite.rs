//! `JSONTestSuite` (<https://github.com/nst/JSONTestSuite>): nothing panics, and what is valid comes out unchanged.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::{fs, path::Path};

use common::{all_rows, open, strip};
use errand_body::{Filter, Source, Tree, ViewKind, ViewOptions, filter};

#[test]
fn no_file_of_the_suite_panics_and_valid_ones_are_unchanged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/json-test-suite");
    let (mut valid, mut invalid) = (0, 0);
    let mut missed = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        for segment in [16, 1024] {
            let options = ViewOptions { segment, indent: 1, ..ViewOptions::default() };
            let view = open(&bytes, ViewKind::Json, &options);
            let rows = all_rows(&view);
            let progress = view.progress();
            assert_eq!(rows.len() as u64, progress.rows, "{name}");
            let text = view.text(0, progress.rows).unwrap();
            if name.starts_with("y_") {
                assert_eq!(progress.error, None, "{name}");
                assert_eq!(
                    strip(text.as_bytes()),
                    strip(String::from_utf8_lossy(&bytes).as_bytes()),
                    "{name}"
                );
            }
            let empty = bytes.trim_ascii().is_empty();
            if name.starts_with("n_")
                && progress.error.is_none()
                && !empty
                && !missed.contains(&name)
            {
                missed.push(name.clone());
            }
        }
        valid += usize::from(name.starts_with("y_"));
        invalid += usize::from(name.starts_with("n_"));
        let source = Source::from_bytes(bytes);
        let _ = filter(&source, &Filter::JsonPath("$.a.b[0]".into()), None);
        let _ = filter(&source, &Filter::JsonPath("$..a".into()), None);
        let _ = filter(&source, &Filter::Jq(".".into()), None);
        let _ = filter(&source, &Filter::XPath("//a".into()), None);
        if let Ok(tree) = Tree::open(&source, None)
            && let Ok(Some(root)) = tree.root()
        {
            let _ = tree.children(root.id, 0, 10);
        }
    }
    assert_eq!(missed, [""; 0], "these are not valid, and shown without an error");
    assert!(valid > 50 && invalid > 50, "{valid} valid, {invalid} invalid");
}
