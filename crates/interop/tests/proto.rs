//! Protocol Buffers.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use errand_interop::{Error, Format, Outcome, Source, import, recognise};
use errand_model::{Collection, Item};
use serde_json::{Value, json};

const SHOP: &str = r#"
syntax = "proto3";
package shop.v1;
import "shop/common.proto";
import "google/protobuf/timestamp.proto";
import "elsewhere.proto";
service Orders {
  rpc Create(CreateOrder) returns (Order);
  rpc Watch(stream CreateOrder) returns (stream Order) {}
}
message CreateOrder {
  string customer_id = 1;
  repeated Line lines = 2;
  map<string, int32> tags = 3;
  Kind kind = 4;
  google.protobuf.Timestamp made_at = 5;
  oneof pay { string card = 6; bool cash = 7; }
  common.Money price = 8;
  CreateOrder parent = 9;
  message Line { int64 amount = 1; }
  enum Kind { UNKNOWN = 0; FAST = 1; }
}
message Order { string id = 1; }
"#;
const COMMON: &str =
    "syntax = \"proto3\";\npackage shop.common;\nmessage Money { double amount = 1; }";

fn items(collection: &Collection) -> Vec<Value> {
    let mut all = Vec::new();
    for item in &collection.items {
        let Item::Folder(folder) = item else { panic!("a service is a folder") };
        for item in &folder.items {
            let Item::Other(other) = item else { panic!("a method is another item") };
            all.push(Value::Object(other.content.clone()));
        }
    }
    all
}

#[test]
fn methods_become_items_with_sample_messages() {
    let source = Source::file("shop/orders.proto", SHOP.as_bytes().to_vec())
        .with("shop/common.proto", COMMON.as_bytes().to_vec());
    assert_eq!(recognise(&source), Some(Format::Proto));
    let made = import(&source, None).expect("they are read");
    let items = items(&made.collection);
    assert_eq!(items[0]["grpc"]["method"], "shop.v1.Orders/Create");
    assert_eq!(items[0]["grpc"]["methodType"], "unary");
    assert_eq!(items[1]["grpc"]["methodType"], "bidi-streaming");
    let message: Value =
        serde_json::from_str(items[0]["grpc"]["message"].as_str().expect("a text")).expect("JSON");
    assert_eq!(message["customerId"], "text");
    assert_eq!(message["lines"], json!([{ "amount": "1" }]));
    assert_eq!(message["tags"], json!({ "text": 1 }));
    assert_eq!(message["kind"], "UNKNOWN");
    assert_eq!(message["madeAt"], "2026-01-31T12:00:00Z");
    assert_eq!((&message["card"], message.get("cash")), (&json!("text"), None));
    assert_eq!(message["price"], json!({ "amount": 1.5 }));
    let missing: Vec<_> =
        made.receipt.lines.iter().filter(|line| line.outcome == Outcome::NotCarried).collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].item, "import \"elsewhere.proto\"");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let read = |text: &str| import(&Source::file("a.proto", text.as_bytes().to_vec()), None);
    let error = read("syntax = \"proto3\";\nmessage A {\n  string 7;\n}").expect_err("wrong");
    assert!(matches!(error, Error::Syntax { line: 3, .. }), "{error}");
    assert!(matches!(read("syntax = \"proto3\"; message A {}"), Err(Error::Wrong { .. })));
    assert!(matches!(read(&"message A {".repeat(100_000)), Err(Error::Refused { .. })));
    for length in 0..SHOP.len() {
        let _ = read(&SHOP[..length]);
    }
}

#[test]
fn every_file_of_the_corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/proto");
    if !folder.is_dir() {
        eprintln!("SKIPPED: the corpus is not at {}", folder.display());
        return;
    }
    let mut files = Vec::new();
    below(&folder, &mut files);
    files.sort();
    let mut whole = Source::default();
    let mut told = String::new();
    for file in &files {
        let path = file.strip_prefix(&folder).expect("below").display().to_string();
        let bytes = std::fs::read(file).expect("it can be read");
        whole = whole.with(&path, bytes.clone());
        let said = match import(&Source::file(&path, bytes), None) {
            Ok(made) => {
                let not = made.receipt.count(Outcome::NotCarried);
                format!("{} {} {not}", items(&made.collection).len(), made.receipt.lines.len())
            }
            Err(Error::Wrong { what, .. }) => what,
            Err(error) => error.to_string(),
        };
        let _ = writeln!(told, "{path}\t{said}");
    }
    let made = import(&whole, None).expect("the whole folder");
    let _ = writeln!(told, "(all)\t{} {}", items(&made.collection).len(), made.receipt.lines.len());
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/proto.tsv");
    if std::env::var_os("ERRAND_ACCEPT").is_some() {
        std::fs::write(&table, &told).expect("it is kept");
    }
    assert_eq!(told, std::fs::read_to_string(&table).unwrap_or_default());
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { below(&entry.path(), files) } else { files.push(entry.path()) }
    }
}
