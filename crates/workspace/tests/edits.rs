//! An edit changes the lines it must and no other: a table of before, edit and after.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;

use common::Place;
use errand_model::{Auth, Body, Header, RawLanguage, Request};

struct Case {
    name: &'static str,
    before: &'static str,
    edit: fn(&mut Request),
    after: &'static str,
}

fn raw(text: &str) -> Body {
    Body::Raw { language: RawLanguage::Json, text: text.into() }
}

const CASES: &[Case] = &[
    Case {
        name: "a quoted URL keeps its quotes, its comment and everything around it",
        before: "# top\ninfo:\n  name: A # the name\n  type: http\n\nhttp:\n    method:   GET\n    url: \"http://a\"   # where\n    x-unknown: {a: [1, 2]}\n",
        edit: |r| r.url = "http://b/{{id}}".into(),
        after: "# top\ninfo:\n  name: A # the name\n  type: http\n\nhttp:\n    method:   GET\n    url: \"http://b/{{id}}\"   # where\n    x-unknown: {a: [1, 2]}\n",
    },
    Case {
        name: "CRLF stays, in new lines too",
        before: "info:\r\n  name: A\r\n  type: http\r\nhttp:\r\n  method: GET\r\n  url: http://a\r\n",
        edit: |r| r.headers.push(Header::new("Accept", "*/*")),
        after: "info:\r\n  name: A\r\n  type: http\r\nhttp:\r\n  method: GET\r\n  url: http://a\r\n  headers:\r\n    - name: Accept\r\n      value: '*/*'\r\n",
    },
    Case {
        name: "a literal block with CRLF",
        before: "http:\r\n  method: POST\r\n  url: u\r\n  body:\r\n    type: json\r\n    data: |-\r\n      {\r\n        \"a\": 1\r\n      }\r\ninfo:\r\n  name: A\r\n  type: http\r\n",
        edit: |r| r.body = raw("{\n  \"a\": 2\n}"),
        after: "http:\r\n  method: POST\r\n  url: u\r\n  body:\r\n    type: json\r\n    data: |-\r\n      {\r\n        \"a\": 2\r\n      }\r\ninfo:\r\n  name: A\r\n  type: http\r\n",
    },
    Case {
        name: "no line break at the end stays so",
        before: "info: {name: A, type: http}\nhttp:\n  method: GET\n  url: a",
        edit: |r| r.url = "b".into(),
        after: "info: {name: A, type: http}\nhttp:\n  method: GET\n  url: b",
    },
    Case {
        name: "flow style is edited in place",
        before: "info: {name: A, type: http, seq: 1} # flow\nhttp: {method: GET, url: 'http://a', headers: [{name: X, value: '1'}]}\n",
        edit: |r| {
            r.seq = Some(2.0);
            r.headers[0].value = "a, b".into();
        },
        after: "info: {name: A, type: http, seq: 2} # flow\nhttp: {method: GET, url: 'http://a', headers: [{name: X, value: 'a, b'}]}\n",
    },
    Case {
        name: "a header in the middle goes, comments and unknown keys stay",
        before: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\n  headers:\n    # first\n    - name: A\n      value: '1'\n      x-mine: kept\n    - name: B\n      value: '2'\n    # third\n    - name: C\n      value: '3' # three\n",
        edit: |r| {
            r.headers.remove(1);
            r.headers[0].value = "9".into();
        },
        after: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\n  headers:\n    # first\n    - name: A\n      value: '9'\n      x-mine: kept\n    # third\n    - name: C\n      value: '3' # three\n",
    },
    Case {
        name: "a header that moves takes its comment and unknown keys along",
        before: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\n  headers:\n    - name: A\n      value: a\n    - name: B\n      value: b\n    # third\n    - name: C\n      value: c   # see\n      x-mine: 1\n",
        edit: |r| {
            let last = r.headers.pop().unwrap();
            r.headers.insert(0, last);
        },
        after: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\n  headers:\n    # third\n    - name: C\n      value: c   # see\n      x-mine: 1\n    - name: A\n      value: a\n    - name: B\n      value: b\n",
    },
    Case {
        name: "dashes at the key's column stay there",
        before: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\n  headers:\n  - name: A\n    value: a\n  auth: inherit\n",
        edit: |r| r.headers.push(Header { enabled: false, ..Header::new("B", "yes") }),
        after: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\n  headers:\n  - name: A\n    value: a\n  - name: B\n    value: \"yes\"\n    disabled: true\n  auth: inherit\n",
    },
    Case {
        name: "tabs, emoji and blank lines in a body",
        before: "info:\n  name: \u{1F600} caf\u{e9}\n  type: http\nhttp:\n  method: POST\n  url: u\n  body:\n    type: json\n    data: |- # the body\n      {\n      \t\"a\": \"\u{1F600}\",\n\n      \t\"b\": 1\n      }\n  auth: inherit\n",
        edit: |r| r.body = raw("{\n\t\"a\": \"\u{1F600}\",\n\n\t\"b\": 2\n}"),
        after: "info:\n  name: \u{1F600} caf\u{e9}\n  type: http\nhttp:\n  method: POST\n  url: u\n  body:\n    type: json\n    data: |- # the body\n      {\n      \t\"a\": \"\u{1F600}\",\n\n      \t\"b\": 2\n      }\n  auth: inherit\n",
    },
    Case {
        name: "of several bodies the selected one changes",
        before: "info:\n  name: A\n  type: http\nhttp:\n  method: POST\n  url: u\n  body:\n    - title: one\n      body: {type: json, data: '1'}\n    - title: two\n      selected: true\n      body:\n        type: json\n        data: '2'\n",
        edit: |r| r.body = raw("3"),
        after: "info:\n  name: A\n  type: http\nhttp:\n  method: POST\n  url: u\n  body:\n    - title: one\n      body: {type: json, data: '1'}\n    - title: two\n      selected: true\n      body:\n        type: json\n        data: '3'\n",
    },
    Case {
        name: "a scheme that is not ours is left as it is",
        before: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\n  auth:\n    type: oauth2\n    flow: client_credentials # ours\n    scope: \"a b\"\n",
        edit: |r| r.method = "PUT".into(),
        after: "info:\n  name: A\n  type: http\nhttp:\n  method: PUT\n  url: u\n  auth:\n    type: oauth2\n    flow: client_credentials # ours\n    scope: \"a b\"\n",
    },
    Case {
        name: "no auth is written where the specification leaves room",
        before: "info:\n  name: A\n  type: http\n\nhttp:\n  method: GET\n  url: u\n  auth: inherit\n\ndocs: d\n",
        edit: |r| r.auth = Auth::None,
        after: "info:\n  name: A\n  type: http\n\nhttp:\n  method: GET\n  url: u\n\ndocs: d\n\nextensions:\n  errand:\n    auth: none\n",
    },
    Case {
        name: "a description keeps its form",
        before: "info:\n  name: A\n  description:\n    content: old\n    type: text/plain\n  type: http\nhttp: {method: GET, url: u}\n",
        edit: |r| r.description = "new".into(),
        after: "info:\n  name: A\n  description:\n    content: new\n    type: text/plain\n  type: http\nhttp: {method: GET, url: u}\n",
    },
    Case {
        name: "a null and an empty list are filled in",
        before: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\n  headers: [] # none yet\n  params:\ndocs: ~\n",
        edit: |r| {
            r.headers.push(Header::new("A", "a"));
            r.docs = "D".into();
        },
        after: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\n  headers: # none yet\n    - name: A\n      value: a\n  params:\ndocs: D\n",
    },
    Case {
        name: "a byte order mark stays",
        before: "\u{feff}info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: a\n",
        edit: |r| {
            r.name = "B".into();
            r.url = "b".into();
        },
        after: "\u{feff}info:\n  name: B\n  type: http\nhttp:\n  method: GET\n  url: b\n",
    },
    Case {
        name: "an alias is written out where it changes, the anchor stays",
        before: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: &u http://a # shared\n  headers:\n    - name: Origin\n      value: *u\n",
        edit: |r| r.headers[0].value = "http://b".into(),
        after: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: &u http://a # shared\n  headers:\n    - name: Origin\n      value: http://b\n",
    },
    Case {
        name: "one line becomes a block",
        before: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\ndocs: short # note\nx: 1\n",
        edit: |r| r.docs = "long\n\ntext\n".into(),
        after: "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: u\ndocs: | # note\n  long\n\n  text\nx: 1\n",
    },
];

#[test]
fn only_the_lines_that_must_change_do() {
    for case in CASES {
        let place = Place::new(&[("a.yml", case.before)]);
        let (mut request, revision) = place.workspace.read_request("a.yml").unwrap();
        let unchanged = place.workspace.save_request("a.yml", &request, &revision, false).unwrap();
        assert_eq!(unchanged, revision, "{}", case.name);
        (case.edit)(&mut request);
        let saved = place.workspace.save_request("a.yml", &request, &revision, false).unwrap();
        assert_eq!(place.text("a.yml"), case.after, "{}", case.name);
        assert_eq!(
            place.workspace.read_request("a.yml").unwrap(),
            (request, saved),
            "{}",
            case.name
        );
    }
}

/// Editing an anchored value must not change what its aliases say.
#[test]
fn an_anchor_that_changes_leaves_its_aliases_their_meaning() {
    let before = "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: &u http://a\n  headers:\n    - name: Origin\n      value: *u\n";
    let place = Place::new(&[("a.yml", before)]);
    let (mut request, revision) = place.workspace.read_request("a.yml").unwrap();
    request.url = "http://b".into();
    place.workspace.save_request("a.yml", &request, &revision, false).unwrap();
    assert_eq!(place.workspace.read_request("a.yml").unwrap().0, request);
    assert_eq!(request.headers[0].value, "http://a");
}
