//! Made files.

use std::path::Path;

use proptest::prelude::*;

use super::{difference, same};

/// The files beside the tests of the crate.
fn files() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hurl");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the files")
        .map(|e| e.expect("an entry").path())
        .collect();
    paths.sort();
    let hurl = paths.into_iter().filter(|path| path.extension().is_some_and(|e| e == "hurl"));
    hurl.map(|path| std::fs::read_to_string(path).expect("a text")).collect()
}

#[test]
fn files_are_read_the_same() {
    for text in files() {
        same(&text);
        if let Err(mistake) = super::super::entries(&text) {
            panic!("{mistake:?} at {:?}", mistake.place(&text));
        }
        same(&text.replace('\n', "\r\n"));
        same(text.trim_end());
    }
}

#[test]
fn cut_anywhere_they_are_read_the_same() {
    for text in files() {
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            same(&text[..cut]);
        }
    }
}

/// Pieces that mean something somewhere.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    " ",
    "\t",
    "#",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "\"",
    "`",
    "```",
    "\\",
    "\\#",
    "\\u{41}",
    "\\u{",
    "\\u0041",
    "\\ud83d\\ude00",
    "\\n",
    "/",
    "\\/",
    ":",
    ";",
    ",",
    "=",
    "-",
    "0",
    "1.5",
    "-1",
    "007",
    "1e5",
    "true",
    "false",
    "null",
    "é",
    "e\u{301}",
    "file,",
    "file,a.txt;",
    "hex,",
    "hex,0f;",
    "base64,",
    "base64,YQ==;",
    "json",
    "xml",
    "raw",
    "graphql",
    "variables {}",
    "HTTP",
    "HTTP/1.1 200",
    "HTTP *",
    "GET https://a",
    "POST ",
    "key: value",
    "[Query]",
    "[QueryStringParams]",
    "[Form]",
    "[Multipart]",
    "[Cookies]",
    "[BasicAuth]",
    "[Options]",
    "[Captures]",
    "[Asserts]",
    "[Other]",
    "{{x}}",
    "{{ newUuid }}",
    "{{a b}}",
    "status == 200",
    "jsonpath \"$.a\" ",
    "header \"A\" ",
    "cookie \"a[Value]\" ",
    "cookie \"",
    "certificate \"Subject\" ",
    "regex /a/ ",
    "body ",
    "count ",
    "nth ",
    "toDate ",
    "replace \"a\" \"b\" ",
    "replaceRegex /a/ \"b\" ",
    "not ",
    "exists",
    "matches ",
    "contains ",
    "startsWith ",
    ">= ",
    "== ",
    "variable: a=",
    "retry: ",
    "max-time: 5s",
    "location: true",
    "user: a:b",
    "cert: a\\:b:c",
    "verbosity: brief",
    "redact",
    "a: status",
    "a: file,b; c/d",
    "\u{8}",
    "\u{c}",
    "\r",
];

/// A change of a text.
#[derive(Clone, Debug)]
enum Change {
    Put(usize, &'static str),
    Take(usize, usize),
    Twice(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<usize>(), prop::sample::select(PIECES))
            .prop_map(|(at, piece)| Change::Put(at, piece)),
        (any::<usize>(), 1..12_usize).prop_map(|(at, count)| Change::Take(at, count)),
        (any::<usize>(), 1..40_usize).prop_map(|(at, count)| Change::Twice(at, count)),
    ]
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for change in changes {
        let length = text.len() + 1;
        let range = |at: usize, count: usize| {
            let at = at % length;
            at..(at + count).min(length - 1)
        };
        match change {
            Change::Put(at, piece) => {
                let at = at % length;
                text.splice(at..at, piece.chars());
            }
            Change::Take(at, count) => {
                text.drain(range(*at, *count));
            }
            Change::Twice(at, count) => {
                let range = range(*at, *count);
                let again = text[range.clone()].to_vec();
                text.splice(range.start..range.start, again);
            }
        }
    }
    text.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn changed_files_are_read_the_same(
        file in prop::sample::select(files()),
        changes in prop::collection::vec(change(), 1..5),
    ) {
        prop_assert_eq!(difference(&changed(&file, &changes)), None);
    }

    #[test]
    fn lines_of_pieces_are_read_the_same(
        lines in prop::collection::vec(
            prop::collection::vec(prop::sample::select(PIECES), 0..5).prop_map(|line| line.concat()),
            0..8,
        ),
    ) {
        let lines = lines.join("\n");
        prop_assert_eq!(difference(&format!("GET https://a\n{lines}")), None);
        let asserts = format!("GET https://a\nHTTP 200\n[Asserts]\n{lines}");
        prop_assert_eq!(difference(&asserts), None);
    }
}
