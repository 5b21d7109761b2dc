//! GraphQL schemas and documents.

use errand_interop::{Error, Format, Source, import, recognise};
use errand_model::{Body, Collection};
use serde_json::{Value, json};

const SDL: &str = r#"
"""Everything"""
type Query {
  "One thing"
  thing(id: ID!, lang: Lang = EN): Thing
  find(filter: Filter!): [Found!]!
  now: DateTime! @deprecated(reason: "x")
}
extend type Query { more: Int }
type Mutation { add(input: NewThing!): Thing! }
type Subscription { changed: Thing }
type Thing { id: ID! name: String parent: Thing parts(first: Int!): [Thing] made: DateTime }
type Note { text: String }
union Found = Thing | Note
enum Lang { EN DE }
scalar DateTime
input Filter { words: [String!]!, lang: Lang!, also: Filter }
input NewThing { name: String!, size: Float!, note: String }
"#;

fn bodies(collection: &Collection) -> Vec<(String, Value)> {
    collection
        .requests()
        .into_iter()
        .map(|(_, item)| {
            let Body::Raw { text, .. } = &item.request.body else { panic!("a text") };
            (item.request.name.clone(), serde_json::from_str(text).expect("JSON"))
        })
        .collect()
}

#[test]
fn a_schema_becomes_operations() {
    let source = Source::file("shop.graphql", SDL.as_bytes().to_vec());
    assert_eq!(recognise(&source), Some(Format::GraphQl));
    let made = import(&source, None).expect("it is a schema");
    assert_eq!(made.collection.root.name, "shop");
    let bodies = bodies(&made.collection);
    let names: Vec<&str> = bodies.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["thing", "find", "now", "more", "add"]);
    assert_eq!(
        bodies[0].1["query"],
        "query Thing($id: ID!, $lang: Lang) {\n  thing(id: $id, lang: $lang) {\n    id\n    name\n    made\n    parent {\n      id\n      name\n      made\n      parent {\n        id\n        name\n        made\n      }\n    }\n  }\n}"
    );
    assert_eq!(bodies[0].1["variables"], json!({ "id": "1" }));
    assert_eq!(
        bodies[1].1["query"],
        "query Find($filter: Filter!) {\n  find(filter: $filter) {\n    ... on Thing { id name made }\n    ... on Note { text }\n  }\n}"
    );
    assert_eq!(bodies[1].1["variables"], json!({"filter": {"words": ["text"], "lang": "EN"}}));
    assert_eq!(bodies[4].1["variables"], json!({"input": {"name": "text", "size": 1.5}}));
    assert!(made.receipt.lines.iter().any(|line| line.place == "Subscriptions / changed"));
}

#[test]
fn introspection_says_the_same() {
    let named = |kind: &str, name: &str| json!({"kind": kind, "name": name, "ofType": null});
    let answer = json!({"data": {"__schema": {
        "queryType": {"name": "Query"}, "mutationType": null, "subscriptionType": null,
        "types": [
            {"kind": "OBJECT", "name": "Query", "fields": [{
                "name": "thing",
                "args": [{"name": "id", "type": {"kind": "NON_NULL", "ofType": named("SCALAR", "ID")}, "defaultValue": null}],
                "type": named("OBJECT", "Thing"), "isDeprecated": false,
            }]},
            {"kind": "OBJECT", "name": "Thing", "fields": [
                {"name": "id", "args": [], "type": named("SCALAR", "ID"), "isDeprecated": false},
            ]},
        ],
    }}});
    let made = import(&Source::text(answer.to_string()), None).expect("it is a schema");
    let bodies = bodies(&made.collection);
    assert_eq!(bodies[0].1["query"], "query Thing($id: ID!) {\n  thing(id: $id) {\n    id\n  }\n}");
    assert_eq!(bodies[0].1["variables"], json!({ "id": "1" }));
}

#[test]
fn operations_of_a_document_keep_their_text() {
    let text = "query A { a ...F }\nmutation B { b }\nfragment F on Query { c }";
    let made = import(&Source::file("ops.graphql", text.as_bytes().to_vec()), None);
    let bodies = bodies(&made.expect("a document").collection);
    assert_eq!(bodies[0].1, json!({"query": text, "variables": {}, "operationName": "A"}));
    assert_eq!(bodies[1].1["operationName"], "B");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let read = |text: &str| import(&Source::text(text), Some(Format::GraphQl)).expect_err("wrong");
    let error = read("type Query {\n  a: }\n");
    assert!(matches!(error, Error::Syntax { line: 2, .. }), "{error}");
    assert!(matches!(read("scalar Only"), Error::Wrong { .. }));
    assert!(matches!(read(&"{a".repeat(100_000)), Error::Refused { .. }));
    for length in 0..SDL.len() {
        if let Some(cut) = SDL.get(..length) {
            let _ = import(&Source::text(cut), Some(Format::GraphQl));
        }
    }
}

#[test]
fn every_file_of_the_corpus() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/graphql");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: the corpus is not at {}", folder.display());
        return;
    };
    let mut found: Vec<(String, usize, usize)> = Vec::new();
    for file in files.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let mut bytes = std::fs::read(file.path()).expect("it can be read");
        if bytes.starts_with(b"\x1f\x8b") {
            let mut plain = Vec::new();
            let mut reader = flate2::read::GzDecoder::new(&bytes[..]);
            std::io::Read::read_to_end(&mut reader, &mut plain).expect("it is gzip");
            bytes = plain;
        }
        let source = Source::file(name.trim_end_matches(".gz"), bytes);
        assert_eq!(recognise(&source), Some(Format::GraphQl), "{name}");
        let made = import(&source, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        found.push((name, made.collection.requests().len(), made.receipt.lines.len()));
    }
    found.sort();
    let found: Vec<_> =
        found.iter().map(|(name, n, lines)| format!("{name} {n} {lines}")).collect();
    assert_eq!(found, EXPECTED);
}

/// Each with its requests and lines in the receipt.
const EXPECTED: &[&str] = &[
    "graphql-schema__schema.graphql.gz 278 295",
    "swapi-graphql__01_basic_query.graphql 1 2",
    "swapi-graphql__02_nested_fields.graphql 1 2",
    "swapi-graphql__03_nested_fields.graphql 1 2",
    "swapi-graphql__04_all_starships.graphql 1 2",
    "swapi-graphql__05_argument.graphql 1 2",
    "swapi-graphql__06_fragments.graphql 1 2",
    "swapi-graphql__07_fragments.graphql 1 2",
    "swapi-graphql__08_introspection.graphql 1 2",
    "swapi-graphql__schema.graphql 13 14",
];
