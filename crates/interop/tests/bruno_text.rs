//! `.bru` texts and their JSON, both ways.

use std::path::{Path, PathBuf};

use errand_interop::{Error, bruno};
use serde_json::{Value, json};

fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/bruno");
    if !corpus.is_dir() {
        eprintln!("skipped: {} is not there", corpus.display());
        return None;
    }
    Some(corpus)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn tree(text: &str) -> Value {
    bruno::tree("a.bru", text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn golden_pairs_both_ways() {
    let Some(corpus) = corpus() else { return };
    let folders = ["bruno-lang-fixtures", "bruno-lang-custom-methods"];
    let mut pairs = 0;
    for golden in folders.iter().flat_map(|folder| files(&corpus.join(folder), "json")) {
        let text = read(&golden.with_extension("bru"));
        let json: Value = serde_json::from_str(&read(&golden)).expect("JSON");
        assert_eq!(tree(&text), json, "{}", golden.display());
        assert_eq!(bruno::text(&tree(&text)), text, "{}", golden.display());
        assert_eq!(tree(&bruno::text(&json)), json, "{}", golden.display());
        pairs += 1;
    }
    assert_eq!(pairs, 5);
}

/// Reads and writes one kind of file.
type Ways = (fn(&str, &str) -> Result<Value, Error>, fn(&Value) -> String);

#[test]
fn every_file_of_the_corpus_comes_back() {
    let Some(corpus) = corpus() else { return };
    let mut count = 0;
    for path in files(&corpus, "bru") {
        let text = read(&path);
        let file = path.display().to_string();
        let is_environment = path.parent().is_some_and(|p| p.ends_with("environments"));
        let (read, write): Ways = if is_environment {
            (bruno::environment_tree, bruno::environment_text)
        } else {
            (bruno::tree, bruno::text)
        };
        let tree = read(&file, &text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(tree.get("blocks"), None, "{file}");
        let again = write(&tree);
        assert_eq!(read(&file, &again).expect("our own text"), tree, "{file}\n{again}");
        count += 1;
    }
    assert_eq!(count, 181);
}

#[test]
fn texts_that_are_cut_anywhere_are_read_or_refused() {
    let Some(corpus) = corpus() else { return };
    let names = [
        "bruno-lang-fixtures/request.bru",
        "bruno-lang-fixtures/annotations.bru",
        "bruno-tests-collection-A/collection.bru",
        "bruno-tests-collection-A/environments/Local.bru",
    ];
    for text in names.iter().map(|name| read(&corpus.join(name))).chain([EXAMPLE.to_owned()]) {
        for (at, _) in text.char_indices() {
            let _ = bruno::tree("a.bru", &text[..at]);
            let _ = bruno::environment_tree("a.bru", &text[..at]);
            let _ = bruno::tree("a.bru", &text[at..]);
        }
    }
}

#[test]
fn hostile_texts_end_soon() {
    let many = |line: &str| format!("headers {{\n{}}}\n", line.repeat(200_000));
    for text in [
        many("  a: '''\n"),
        many("  a: [\n"),
        many("  @a\n"),
        many("  @a(\n"),
        many("  \"a\n"),
        "headers {\n".repeat(200_000),
        "body:json {\n".repeat(200_000),
        "example {\n".repeat(200_000),
        format!("headers {{\n  a: {}\n}}\n", "'''".repeat(1_000_000)),
        format!("vars:secret [\n{}", "a,".repeat(500_000)),
    ] {
        let _ = bruno::tree("a.bru", &text);
        let _ = bruno::environment_tree("a.bru", &text);
    }
}

#[test]
fn mistakes_are_told_with_their_place() {
    let told = |text: &str| bruno::tree("a.bru", text).expect_err(text).to_string();
    assert_eq!(
        told("meta {\n  name: a\n  b\n}\n"),
        "a.bru is not Bru: \"name: value\" is expected here (line 3, column 3)."
    );
    assert_eq!(
        told("meta {\n}\n\nbody:json {\n  {}\n"),
        "a.bru is not Bru: this block is not closed by a } at the beginning of a line (line 4, column 1)."
    );
    assert_eq!(
        told("get {\n  url: x\n} x\n"),
        "a.bru is not Bru: nothing is expected on the line after the closing brace (line 3, column 2)."
    );
    assert_eq!(
        told("hello\n"),
        "a.bru is not Bru: a block such as \"meta {\" is expected here (line 1, column 1)."
    );
    assert_eq!(
        told("example {\n  request: {\n    headers: {\n      x\n    }\n  }\n}\n"),
        "a.bru is not Bru: \"name: value\" is expected here (line 4, column 7)."
    );
}

const EXAMPLE: &str = "\
meta {
  name: a
}

example {
  name: First
  description: '''
    two
      lines
  '''

  request: {
    url: https://example.com/:id?q=1
    method: post
    mode: json
    params:query: {
      q: 1
    }

    params:path: {
      id: 7
    }

    headers: {
      ~\"a b\": c
      long: '''
        x
          y
      '''
    }

    body:json: {
      {
        \"a\": 1
      }
    }
  }

  response: {
    headers: {
      content-type: application/json
    }

    status: {
      code: 201
      text: Created
    }

    body: {
      type: json
      content: '''
        {
          \"id\": 1
        }
      '''
    }
  }
}
";

#[test]
fn examples() {
    let read = tree(EXAMPLE);
    let example = json!({
        "name": "First",
        "description": "two\n  lines",
        "request": {
            "url": "https://example.com/:id?q=1",
            "method": "post",
            "params": [
                {"name": "q", "value": "1", "enabled": true, "type": "query"},
                {"name": "id", "value": "7", "enabled": true, "type": "path"}
            ],
            "headers": [
                {"name": "a b", "value": "c", "enabled": false},
                {"name": "long", "value": "x\n  y", "enabled": true}
            ],
            "body": {"mode": "json", "json": "{\n  \"a\": 1\n}"}
        },
        "response": {
            "headers": [{"name": "content-type", "value": "application/json", "enabled": true}],
            "status": "201",
            "statusText": "Created",
            "body": {"type": "json", "content": "{\n  \"id\": 1\n}"}
        }
    });
    assert_eq!(read["examples"], json!([example]));
    assert_eq!(tree(&bruno::text(&read)), read);
    let old = "example {\n  response: {\n    body: {\n      <a>\n        b: {\n      </a>\n    }\n  }\n}\n";
    assert_eq!(tree(old)["examples"][0]["response"]["body"], json!("<a>\n  b: {\n</a>"));
    assert_eq!(tree(&bruno::text(&tree(old))), tree(old));
}

#[test]
fn annotations_types_and_long_values() {
    let text = "vars:pre-request {
  @object
  @description('''
    one
    two
  ''')
  a: '''
    {
      \"b\": 1
    }
  '''
  @number
  @description(\"say \\\"hi\\\"\")
  ~@port: 80
}

body:multipart-form {
  file: @file(a.txt||b.txt) @contentType(text/plain)
  none: @file()
  text: '''
    x
    y
  ''' @contentType(text/html)
}

auth:oauth1 {
  private_key: @file(keys/a.pem)
}
";
    let read = tree(text);
    assert_eq!(
        read["vars"]["req"],
        json!([
            {"name": "a", "value": "{\n  \"b\": 1\n}", "enabled": true, "local": false,
             "dataType": "object", "description": "one\ntwo"},
            {"name": "port", "value": "80", "enabled": false, "local": true,
             "dataType": "number", "description": "say \"hi\""}
        ])
    );
    assert_eq!(
        read["body"]["multipartForm"],
        json!([
            {"name": "file", "value": ["a.txt", "b.txt"], "enabled": true, "type": "file",
             "contentType": "text/plain"},
            {"name": "none", "value": [], "enabled": true, "type": "file", "contentType": ""},
            {"name": "text", "value": "x\ny", "enabled": true, "type": "text",
             "contentType": "text/html"}
        ])
    );
    assert_eq!(read["auth"]["oauth1"]["privateKeyType"], "file");
    assert_eq!(read["auth"]["oauth1"]["privateKey"], "keys/a.pem");
    assert_eq!(tree(&bruno::text(&read)), read);
    let paths = bruno::tree("a", "vars:pre-request {\n  @description(\"C:\\Users\")\n  a:b\n}");
    assert_eq!(paths.expect("Bru")["vars"]["req"][0]["description"], "C:\\Users");
}

#[test]
fn odd_names_and_values_come_back() {
    let odd = [
        "a b", "a:b", "{a}", "~a", "@a", "a\"b", "a\\ b\\", " a ", "a\nb", "'a", "é", "", "[", "{",
        "}", "a\u{1}", "\\", "a ]", "'''",
    ];
    let rows: Vec<_> = odd
        .iter()
        .flat_map(|name| odd.iter().map(move |value| (name, value)))
        .filter(|pair| !pair.0.contains("'''") && !pair.1.contains("'''"))
        .map(|(name, value)| json!({"name": name, "value": value, "enabled": true}))
        .collect();
    let made = json!({ "headers": rows });
    assert_eq!(tree(&bruno::text(&made)), made, "{}", bruno::text(&made));
}

#[test]
fn blocks_of_later_versions_are_kept() {
    let text = "meta {\n  name: a\n}\n\nrobot {\n  beep: 1\n    boop\n}\n";
    assert_eq!(tree(text)["blocks"], json!([{"name": "robot", "text": "beep: 1\n  boop"}]));
    assert_eq!(bruno::text(&tree(text)), text);
}
