//! Filters, trees and tables.
#![allow(
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::needless_pass_by_value,
    reason = "tests"
)]

use errand_body::{
    Content, Error, Filter, MOST_IN_MEMORY, Path, Source, Table, Tree, ViewKind, filter,
};

fn run(text: &str, what: Filter) -> (String, u64, ViewKind) {
    let found = filter(&Source::from_bytes(text), &what, None).unwrap();
    let bytes = found.source.slice(0, found.source.len()).unwrap();
    (String::from_utf8(bytes).unwrap(), found.count, found.kind)
}

const ITEMS: &str = r#"{"items": [{"id": 1.50, "tags": ["a"]}, {"id": 12345678901234567890123}]}"#;

#[test]
fn json_path() {
    assert_eq!(
        run(ITEMS, Filter::JsonPath("$.items[0].id".into())),
        ("1.50".into(), 1, ViewKind::Json)
    );
    let ids = run(ITEMS, Filter::JsonPath("$.items[*].id".into()));
    assert_eq!(ids, ("[1.50,12345678901234567890123]".into(), 2, ViewKind::Json));
    assert_eq!(run(ITEMS, Filter::JsonPath("$.nothing".into())).1, 0);
    let bad = filter(&Source::from_bytes(ITEMS), &Filter::JsonPath("$.items[".into()), None);
    assert!(matches!(bad, Err(Error::Expression { .. })), "{bad:?}");
}

#[test]
fn jq() {
    assert_eq!(run(ITEMS, Filter::Jq(".items | length".into())).0, "2\n");
    assert_eq!(
        run(ITEMS, Filter::Jq(".items[].tags?[0]".into())),
        ("\"a\"\nnull\n".into(), 2, ViewKind::Json)
    );
    for (program, says) in [(".items[", "expected"), ("nope(.)", "nope"), (".items.x", "")] {
        let error = filter(&Source::from_bytes(ITEMS), &Filter::Jq(program.into()), None)
            .unwrap_err()
            .to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn xpath() {
    let soap = r#"<?xml version="1.0" encoding="ISO-8859-1"?>
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:shop">
          <s:Body><order id="7"><line>One</line><line>Zwölf</line></order></s:Body>
        </s:Envelope>"#;
    let select = |expression: &str| run(soap, Filter::XPath(expression.into()));
    assert_eq!(select("//default:line/text()"), ("One\nZwölf\n".into(), 2, ViewKind::Raw));
    assert_eq!(select("string(/s:Envelope/s:Body/default:order/@id)").0, "7\n");
    assert_eq!(select("/s:Envelope/s:Body/*/@id").0, "7\n");
    assert_eq!(select("count(//*[local-name() = 'line'])").0, "2\n");
    assert_eq!(select("//default:line[2] = 'Zwölf'").0, "true\n");
    assert_eq!(select("string(//default:line)").0, "One\n");
    let (element, count, kind) = select("//default:order");
    assert!(
        element.contains("<line>One</line>") && count == 1 && kind == ViewKind::Xml,
        "{element}"
    );
}

#[test]
fn hostile_xml_and_xpath_are_errors() {
    let bomb = format!("<!DOCTYPE a [<!ENTITY b \"{}\">]><a>&b;</a>", "boom".repeat(100));
    let deep = "<a>".repeat(100_000);
    let deep_json = "[".repeat(100_000);
    let attributes =
        format!("<a {}/>", (0..800_000).map(|n| format!("a{n}='1' ")).collect::<String>());
    for (text, what) in [
        (bomb.as_str(), Filter::XPath("/a".into())),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&x;</a>", Filter::XPath("/a".into())),
        (&deep, Filter::XPath("/a".into())),
        ("<a>", Filter::XPath("/a".into())),
        ("<a/>", Filter::XPath("document('file:///etc/passwd')".into())),
        ("<a/>", Filter::XPath("document ( 'x' )".into())),
        (&attributes, Filter::XPath("/a".into())),
        ("<a/>", Filter::XPath("//a[".into())),
        (&deep_json, Filter::Jq(".".into())),
        (&deep_json, Filter::JsonPath("$..a".into())),
        ("[1, 2", Filter::Jq(".".into())),
    ] {
        let shown: String = text.chars().take(40).collect();
        let result = filter(&Source::from_bytes(text), &what, None);
        assert!(result.is_err(), "{shown}: {what:?} gives {result:?}");
    }
}

#[test]
fn a_body_too_large_for_memory_still_answers_plain_paths() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    let head = br#"{"first": {"id": 7}, "rest": ["#;
    std::fs::write(&path, head).unwrap();
    // A sparse file: what follows is never looked at.
    std::fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(MOST_IN_MEMORY + 1)
        .unwrap();
    let source = Source::from_path(&path).unwrap();
    let found = filter(&source, &Filter::JsonPath("$.first.id".into()), None).unwrap();
    assert_eq!(found.source.slice(0, 9).unwrap(), b"7");
    for what in
        [Filter::JsonPath("$..id".into()), Filter::Jq(".".into()), Filter::XPath("/a".into())]
    {
        assert!(matches!(filter(&source, &what, None), Err(Error::TooLarge { .. })));
    }
}

#[test]
fn trees_open_node_by_node() {
    let many: Vec<String> = (0..2_000).map(|n| format!("{{\"n\": {n}}}")).collect();
    let text = format!(
        " {{\"a\\u0062\": [{}], \"s\": \"x, ]\", \"e\": {{ }}, \"n\": null, \"t\": true}} ",
        many.join(" , ")
    );
    let tree = Tree::open(&Source::from_bytes(text), None).unwrap();
    let root = tree.root().unwrap().unwrap();
    let top = tree.children(root.id, 0, 100).unwrap();
    assert_eq!(top.total, Some(5));
    let keys: Vec<_> = top.nodes.iter().map(|node| node.key.as_deref().unwrap()).collect();
    assert_eq!(keys, ["ab", "s", "e", "n", "t"]);
    assert_eq!(
        (top.nodes[0].children, top.nodes[2].children, top.nodes[1].children),
        (Some(2_000), Some(0), None)
    );
    assert_eq!(top.nodes[1].preview, "\"x, ]\"");
    let array = top.nodes[0].id;
    for from in [0, 1_999, 700, 255, 256, 257, 1_990, 3_000] {
        let part = tree.children(array, from, from + 3).unwrap();
        for (place, node) in part.nodes.iter().enumerate() {
            assert_eq!(node.index, from + place as u64);
            assert_eq!(node.preview, format!("{{\"n\": {}}}", node.index));
        }
        assert_eq!(part.nodes.len() as u64, 2_000_u64.saturating_sub(from).min(3));
    }
    assert_eq!(tree.text(top.nodes[2].id).unwrap(), "{ }");
    assert_eq!(tree.children(top.nodes[3].id, 0, 9).unwrap().nodes, []);
}

#[test]
fn tables_of_json() {
    let json = r#"{"total": 2, "items": [{"id": 1, "name": "a\nb"}, {"id": 2.50, "extra": {"x": [1]}}, 7]}"#;
    let source = Source::from_bytes(json);
    let table = Table::open(&source, Content::Json, None, None).unwrap();
    assert_eq!(table.columns(), ["id", "name", "extra", "value"]);
    let rows = table.rows(0, 10).unwrap();
    assert_eq!(rows.total, Some(3));
    assert_eq!(rows.rows[0], ["1", "a\nb", "", ""]);
    assert_eq!(rows.rows[1], ["2.50", "", "{\"x\": [1]}", ""]);
    assert_eq!(rows.rows[2], ["", "", "", "7"]);
    let path = Path::parse("$.items[1].extra.x").unwrap();
    let inner = Table::open(&source, Content::Json, Some(&path), None).unwrap();
    assert_eq!(inner.rows(0, 5).unwrap().rows, [["1"]]);
    assert!(Table::open(&Source::from_bytes("{}"), Content::Json, None, None).is_err());
}

#[test]
fn tables_of_separated_values() {
    let rows: String = (0..1_000).map(|n| format!("{n};\"a \"\"b\"\";\nc\"\r\n")).collect();
    let table = Table::open(
        &Source::from_bytes(format!("\u{FEFF}id;text\r\n{rows}")),
        Content::Csv,
        None,
        None,
    )
    .unwrap();
    assert_eq!(table.columns(), ["id", "text"]);
    for from in [900, 0, 999, 256, 511] {
        let part = table.rows(from, from + 2).unwrap();
        assert_eq!(part.rows[0], [from.to_string(), "a \"b\";\nc".to_owned()]);
    }
    assert_eq!(table.rows(999, 2_000).unwrap().total, Some(1_000));
    let bare = Table::open(&Source::from_bytes("1,2\n3,4,5\n"), Content::Csv, None, None).unwrap();
    assert_eq!(
        (bare.columns().len(), bare.rows(0, 9).unwrap().rows),
        (2, vec![vec!["1".into(), "2".into()], vec!["3".to_owned(), "4".into(), "5".into()]])
    );
}
