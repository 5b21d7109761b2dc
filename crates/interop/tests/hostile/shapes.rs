//! Texts of no format in particular: nesting, bombs, long lines.

use errand_interop::Source;

use super::{Case, DEEP, LONG, MANY};

fn case(name: &str, text: String) -> Case {
    (name.to_owned(), Source::text(text))
}

/// Brackets, elements and comments in each other.
pub fn nested() -> Vec<Case> {
    let whole = |open: &str, close: &str| open.repeat(DEEP) + &close.repeat(DEEP);
    let mut cases = Vec::new();
    for (open, close) in [
        ("[", "]"),
        ("{\"a\":", "}"),
        ("{\"item\":[", "]}"),
        ("<a>", "</a>"),
        ("<a b='", "'/>"),
        ("{{", "}}"),
        ("(", ")"),
        ("{", "}"),
        ("/*", "*/"),
        ("<!--", "-->"),
        ("<![CDATA[", "]]>"),
        ("<!DOCTYPE a [", "]>"),
        ("{%", "%}"),
        ("${[", "]}"),
        ("$(", ")"),
        ("\"", "\""),
        ("'''\n", "'''\n"),
        ("```\n", "```\n"),
        ("{ a", " }"),
        ("a {\n", "}\n"),
        ("- ", ""),
        ("? ", ""),
        ("a:\n", ""),
        ("&a ", ""),
        ("!a ", ""),
    ] {
        cases.push(case(&format!("open {open:?}"), open.repeat(DEEP)));
        cases.push(case(&format!("nested {open:?}"), whole(open, close)));
    }
    let mut steps = String::new();
    for level in 0..1_500 {
        steps.push_str(&" ".repeat(level));
        steps.push_str("a:\n");
    }
    cases.push(case("YAML in steps", steps));
    for (name, head) in [
        (
            "Postman",
            r#"{"info":{"schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":"#,
        ),
        ("OpenAPI", r#"{"openapi":"3.0.0","paths":"#),
        ("HAR", r#"{"log":{"version":"1.2","entries":[{"request":"#),
        ("Insomnia", r#"{"_type":"export","__export_format":4,"resources":"#),
        ("Hoppscotch", r#"{"v":1,"name":"d","requests":[],"folders":"#),
        ("Thunder", r#"{"clientName":"Thunder Client","requests":"#),
        ("Yaak", r#"{"yaakSchema":4,"resources":"#),
        ("Bruno", r#"{"brunoConfig":{},"items":"#),
        ("introspection", r#"{"__schema":{"types":"#),
        ("OpenAPI YAML", "openapi: 3.0.0\npaths: "),
        ("Insomnia YAML", "type: collection.insomnia.rest/5.0\ncollection: "),
    ] {
        cases.push(case(&format!("{name} of lists"), head.to_owned() + &"[".repeat(DEEP)));
        cases.push(case(&format!("{name} of objects"), head.to_owned() + &"{\"a\":".repeat(DEEP)));
    }
    cases
}

/// Small texts that mean large ones, and those that ask for files.
pub fn bombs() -> Vec<Case> {
    let laughs = (1..30).fold("<!ENTITY a0 \"ha\">".to_owned(), |text, n| {
        text + &format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))
    });
    let wsdl = |head: &str, inside: &str| {
        format!(
            "<?xml version=\"1.0\"?>{head}<definitions xmlns=\"http://schemas.xmlsoap.org/wsdl/\">\
             <documentation>{inside}</documentation></definitions>"
        )
    };
    let aliases = (1..40).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        text + &format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))
    });
    let merges = (1..40).fold("a0: &a0 {x: 1, y: 2}\n".to_owned(), |text, n| {
        text + &format!(
            "a{n}: &a{n} {{<<: [{}], k{n}: 1}}\n",
            vec![format!("*a{}", n - 1); 9].join(", ")
        )
    });
    let anchors = (0..MANY).fold(String::new(), |text, n| text + &format!("k{n}: &k{n} v\n"));
    let mut cases = vec![
        case("a billion laughs", wsdl(&format!("<!DOCTYPE d [{laughs}]>"), "&a29;")),
        case(
            "an external entity",
            wsdl("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "&x;"),
        ),
        case("an external DTD", wsdl("<!DOCTYPE d SYSTEM \"http://127.0.0.1:1/x.dtd\">", "&x;")),
        case(
            "a parameter entity",
            wsdl("<!DOCTYPE d [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/x\"> %x;]>", "a"),
        ),
        case("many characters as numbers", wsdl("", &"&#97;".repeat(MANY * 10))),
        case("an alias in itself", "a: &a [*a]\nb: *a\n".to_owned()),
        case("many anchors", anchors),
    ];
    for (name, head) in [
        ("", ""),
        (" in OpenAPI", "openapi: 3.0.0\ninfo: {title: a, version: '1'}\npaths: {}\n"),
        (" in Insomnia", "type: collection.insomnia.rest/5.0\nname: a\ncollection: []\n"),
    ] {
        cases.push(case(&format!("aliases of aliases{name}"), format!("{head}{aliases}")));
        cases.push(case(&format!("merges of merges{name}"), format!("{head}{merges}")));
    }
    cases
}

/// One long line each.
pub fn long() -> Vec<Case> {
    let fill = |unit: &str| unit.repeat(LONG / unit.len());
    let mut cases: Vec<Case> = [
        "a", " ", "\n", "\t", "\"", "'", "\\", "{{", "{{a}}", "a b ", "a: b, ", "# ", "### ",
        "%41", "&a=b", "é", "\u{202e}", "[],", "1,", "<a/>", "GET ", "-H a:b ", "\0",
    ]
    .into_iter()
    .map(|unit| case(&format!("a line of {unit:?}"), fill(unit)))
    .collect();
    for (name, before, unit, after) in [
        ("a JSON text", "\"", "a", "\""),
        ("a JSON list", "[", "1,", "1]"),
        ("a JSON list of objects", "[", "{},", "{}]"),
        ("a JSON key", "{\"", "a", "\": 1}"),
        ("a number", "{\"a\": 1", "0", "}"),
        ("a YAML list", "[", "a, ", "a]"),
        ("a URL", "GET https://a/", "a", ""),
        ("a query", "GET https://a/?", "a=b&", ""),
        ("a command", "curl https://a -d ", "a", ""),
        ("a command of words", "curl https://a ", "-d a ", ""),
        ("a quoted command", "curl 'https://a' -d '", "\\u0041", "'"),
        ("an attribute", "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' a='", "a", "'/>"),
        ("attributes", "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' ", "a='b' ", "/>"),
        (
            "a comment",
            "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/'><!--",
            "a-",
            "--></definitions>",
        ),
        ("a word of GraphQL", "type ", "a", " { a: Int }"),
        ("fields of GraphQL", "type Query { ", "a: Int ", "}"),
        ("fields of a message", "syntax = \"proto3\"; message A { ", "string a = 1; ", "}"),
        ("a comment of .proto", "syntax = \"proto3\"; /*", "a", "*/ message A {}"),
        ("a block of .bru", "meta {\n  name: ", "a", "\n}\n\nget {\n  url: a\n}\n"),
        ("an export of Bruno", "{\"brunoConfig\": {\"name\": \"", "a", "\"}, \"items\": []}"),
        ("a HAR", "{\"log\": {\"version\": \"1.2\", \"entries\": [", "{},", "{}]}}"),
        (
            "a title of OpenAPI",
            "{\"openapi\": \"3.0.0\", \"paths\": {}, \"info\": {\"title\": \"",
            "a",
            "\"}}",
        ),
        ("a title of OpenAPI in YAML", "openapi: 3.0.0\npaths: {}\ninfo:\n  title: ", "a ", "\n"),
    ] {
        cases.push(case(name, format!("{before}{}{after}", fill(unit))));
    }
    cases
}
