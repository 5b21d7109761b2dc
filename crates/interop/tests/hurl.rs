//! Hurl files there and back.

use errand_interop::{Error, Format, Import, Outcome, Source, hurl};
use errand_model::{
    Auth, Body, Check, Collection, FileBody, FormRow, Header, Item, ItemRequest, Operator,
    RawLanguage,
};

const FILE: &str = r#"# Create a cat
# With all that a request has.
POST https://a.example/cats?x=1
Content-Type: application/json
X-Hash: a\#b
[Options]
location: true
max-time: 5s
retry: 3
variable: kind="tabby"
[Query]
q: two words
v: {{value}}
[Cookies]
s: 1
{
    "id": "{{newUuid}}",
    "lives": {{lives}},
    "name": "Toast #1"
}
HTTP/2 201
Location: /cats/1
[Captures]
cat: jsonpath "$.id"
when: header "Date" toDate "%a, %d %b %Y"
[Asserts]
jsonpath "$.name" == "Toast #1"
jsonpath "$.tags" count == 2
jsonpath "$.age" == "7"
jsonpath "$.gone" not exists
header "Content-Type" contains "json"
body matches /^\{/
duration < 1000
bytes count == 12
sha256 == hex,00;
certificate "Subject" contains "a"

# Sign in
POST https://a.example/login
[BasicAuth]
doe: s3cret
[Form]
user: doe
note: a \# b

# Upload
PUT https://a.example/files
[Multipart]
text: one
file: file,a\ b.png; image/png

GET https://a.example/raw
`plain {{name}}`
HTTP 200

POST https://a.example/graphql
```graphql
query A($c: ID!) {
  a(c: $c) { b }
}
variables {
  "c": "{{id}}"
}
```

POST https://a.example/bytes
hex,ff00;

POST https://a.example/file
file,data.bin;
"#;

fn import(text: &str) -> Import {
    let source = Source::file("cats.hurl", text.as_bytes().to_vec());
    errand_interop::import(&source, None).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn items(collection: &Collection) -> Vec<&ItemRequest> {
    collection.requests().into_iter().map(|(_, item)| item).collect()
}

fn exported(collection: &Collection) -> String {
    let exported = hurl::export(collection).expect("it is exported");
    let text = String::from_utf8(exported.files[0].1.clone()).expect("a text");
    hurl_core::parser::parse_hurl_file(&text).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
    text
}

#[test]
fn an_entry_becomes_a_request_with_checks_and_captures() {
    let import = import(FILE);
    assert_eq!((import.format, import.collection.root.name.as_str()), (Format::Hurl, "cats"));
    let all = items(&import.collection);
    let request = &all[0].request;
    assert_eq!(
        (request.name.as_str(), request.docs.as_str()),
        ("Create a cat", "With all that a request has.")
    );
    assert_eq!(request.url, "https://a.example/cats?x=1&q=two%20words&v={{value}}");
    assert_eq!(request.headers[1], Header::new("X-Hash", "a#b"));
    assert_eq!(request.headers[2], Header::new("Cookie", "s=1"));
    assert_eq!(
        (request.settings.follow_redirects, request.settings.timeout_ms),
        (Some(true), Some(5000))
    );
    assert_eq!(request.variables[0].value, "tabby");
    let Body::Raw { language: RawLanguage::Json, text } = &request.body else {
        panic!("{:?}", request.body)
    };
    assert!(
        text.contains("{{$guid}}") && text.contains("{{lives}}") && text.contains("Toast #1"),
        "{text}"
    );
    let check = |expression: &str, operator, value: &str| Check {
        expression: expression.into(),
        operator,
        value: value.into(),
        description: String::new(),
        enabled: true,
    };
    assert_eq!(
        request.checks,
        [
            check("res.status", Operator::Eq, "201"),
            check("res.headers.Location", Operator::Eq, "/cats/1"),
            check("$.name", Operator::Eq, "Toast #1"),
            check("$.tags", Operator::Length, "2"),
            check("$.age", Operator::Eq, "\"7\""),
            check("$.gone", Operator::IsUndefined, ""),
            check("res.headers.Content-Type", Operator::Contains, "json"),
            check("res.body", Operator::Matches, "^\\{"),
            check("res.responseTime", Operator::Lt, "1000"),
            check("res.size", Operator::Eq, "12"),
        ]
    );
    assert_eq!(request.captures.len(), 1);
    let kept = &all[0].extensions["hurl"];
    assert_eq!(kept["options"][0], "retry: 3");
    assert_eq!(kept["asserts"].as_array().map(Vec::len), Some(2), "{kept}");
    assert_eq!(kept["captures"][0], "when: header \"Date\" toDate \"%a, %d %b %Y\"");
    assert_eq!(import.receipt.count(Outcome::NotCarried), 6);
    assert_eq!(
        all[1].request.auth,
        Auth::Basic { username: "doe".into(), password: "s3cret".into() }
    );
    assert!(
        matches!(&all[1].request.body, Body::FormUrlEncoded { rows } if rows[1].value == "a # b")
    );
    assert!(
        matches!(&all[2].request.body, Body::Multipart { rows } if rows[1].files == ["a b.png"] && rows[1].content_type == "image/png")
    );
    assert_eq!(
        all[3].request.body,
        Body::Raw { language: RawLanguage::Text, text: "plain {{name}}".into() }
    );
    assert!(
        matches!(&all[4].request.body, Body::Raw { text, .. } if text.contains("\"variables\": {") && text.contains("query A"))
    );
    assert_eq!(
        (&all[5].request.body, &all[5].extensions["hurl"]["body"]),
        (&Body::None, &"hex,ff00;".into())
    );
    assert!(matches!(&all[6].request.body, Body::File { files } if files[0].path == "data.bin"));
}

#[test]
fn what_is_exported_is_read_as_the_same() {
    let first = import(FILE);
    let text = exported(&first.collection);
    let again = import(&text);
    let (first, again) = (items(&first.collection), items(&again.collection));
    assert_eq!(first.len(), again.len(), "{text}");
    for (first, again) in first.iter().zip(&again) {
        assert_eq!(again, first, "{text}");
    }
}

#[test]
fn every_text_is_one_that_hurl_reads() {
    let mut collection = Collection::default();
    let odd = [
        "",
        "a\nb",
        "a`b",
        "```",
        "\\n",
        "#",
        "{",
        "{{a b}}",
        "{\"a\": {{x}}}",
        " lead and trail ",
        "\u{1}\u{7f}é",
        "GET x",
        "[Asserts]",
        "a\r\nb",
    ];
    for text in odd {
        for language in [RawLanguage::Text, RawLanguage::Json, RawLanguage::Xml] {
            let mut item = ItemRequest::default();
            item.request.name = format!("n {text}");
            item.request.method = "POST".into();
            item.request.url = "https://a.example/x y?{{q.r}}".into();
            item.request.headers = vec![Header::new("X-A", text), Header::new("odd name:", "v")];
            item.request.body = Body::Raw { language, text: text.into() };
            item.request.auth = Auth::Digest { username: text.into(), password: "p".into() };
            item.request.checks = vec![Check {
                expression: format!("$.{text}"),
                operator: Operator::Eq,
                value: text.into(),
                description: String::new(),
                enabled: true,
            }];
            collection.items.push(Item::Request(Box::new(item)));
        }
        let mut item = ItemRequest::default();
        item.request.method = "PUT".into();
        item.request.url = "{{host}}".into();
        let row = FormRow {
            name: text.into(),
            value: text.into(),
            description: String::new(),
            enabled: true,
        };
        item.request.body = Body::FormUrlEncoded { rows: vec![row] };
        collection.items.push(Item::Request(Box::new(item)));
        let mut item = ItemRequest::default();
        item.request.method = "PUT".into();
        item.request.url = "{{host}}".into();
        item.request.body = Body::File {
            files: vec![FileBody {
                path: format!("a{text}"),
                content_type: String::new(),
                selected: true,
            }],
        };
        collection.items.push(Item::Request(Box::new(item)));
    }
    let text = exported(&collection);
    let written = import(&text);
    let bodies: Vec<_> =
        items(&written.collection).into_iter().map(|item| item.request.body.clone()).collect();
    assert!(bodies.len() > 40, "{}", bodies.len());
    for text in ["a\nb", "a`b", "\\n", "#", " lead and trail ", "a\r\nb"] {
        assert!(
            bodies.contains(&Body::Raw { language: RawLanguage::Text, text: text.into() }),
            "{text:?}"
        );
    }
}

#[test]
fn mistakes_have_a_place_and_other_files_are_others() {
    let source = Source::file("a.hurl", b"GET https://a\nHTTP 200\n[Assert]\n".to_vec());
    let error = errand_interop::import(&source, None).expect_err("there is no such section");
    assert!(matches!(&error, Error::Syntax { line: 3, wanted: "Hurl", .. }), "{error:?}");
    assert!(error.to_string().starts_with("a.hurl is not Hurl: "), "{error}");
    for text in ["GET https://a\n", "### a\nGET https://a\n\nHTTP/1.1 200 OK\n", "{}", "HTTP 200"] {
        assert_ne!(errand_interop::recognise(&Source::text(text)), Some(Format::Hurl), "{text}");
    }
    assert_eq!(
        errand_interop::recognise(&Source::text("GET {{a}}/b\nHTTP 200\n")),
        Some(Format::Hurl)
    );
}

#[test]
fn a_text_without_a_request_is_none() {
    for text in ["", " \n\t\n", "# only\n# comments\n"] {
        let error = errand_interop::import(&Source::text(text), Some(Format::Hurl));
        assert!(matches!(error, Err(Error::Wrong { .. })), "{text:?}: {error:?}");
    }
}

#[test]
fn cut_anywhere_it_never_panics() {
    for cut in (0..FILE.len()).filter(|cut| FILE.is_char_boundary(*cut)) {
        let source = Source::file("a.hurl", FILE.as_bytes()[..cut].to_vec());
        let _ = errand_interop::recognise(&source);
        let _ = errand_interop::import(&source, Some(Format::Hurl));
    }
    let deep = format!("POST https://a\n{}", "[".repeat(100_000));
    assert!(errand_interop::import(&Source::file("a.hurl", deep.into_bytes()), None).is_err());
}
