//! Collections as k6 scripts.

use std::io::Write as _;
use std::process::{Command, Stdio};

use errand_interop::{Outcome, k6};
use errand_model::{
    Auth, Body, Capture, CaptureScope, Check, Collection, Item, ItemFolder, ItemRequest, Operator,
    RawLanguage, Request, Script, ScriptPhase, Variable,
};

fn check(expression: &str, operator: Operator, value: &str) -> Check {
    Check {
        expression: expression.into(),
        operator,
        value: value.into(),
        description: String::new(),
        enabled: true,
    }
}

fn collection() -> Collection {
    let request = Request {
        name: "Create `it`".into(),
        method: "POST".into(),
        url: "{{base_url}}/things".into(),
        body: Body::Raw { language: RawLanguage::Json, text: "{\"n\": \"{{n}}\"}".into() },
        checks: vec![
            check("res.status", Operator::Eq, "201"),
            check("res.body.id", Operator::IsDefined, ""),
            check("$..deep", Operator::Eq, "1"),
        ],
        captures: vec![Capture {
            expression: "res.body.id".into(),
            variable: "id".into(),
            scope: CaptureScope::Runtime,
            description: String::new(),
            enabled: true,
        }],
        scripts: vec![Script { phase: ScriptPhase::Tests, code: "1".into() }],
        ..Request::default()
    };
    let mut collection = Collection::default();
    collection.root.name = "My API".into();
    collection.root.defaults.auth =
        Auth::Basic { username: "ada".into(), password: "{{pw}}".into() };
    collection.root.defaults.variables = vec![
        Variable::new("base_url", "http://127.0.0.1:1"),
        Variable { secret: true, ..Variable::new("pw", "never-to-be-seen") },
    ];
    let item = ItemRequest { request, ..ItemRequest::default() };
    let mut folder =
        ItemFolder { items: vec![Item::Request(Box::new(item))], ..ItemFolder::default() };
    folder.folder.name = "Things".into();
    collection.items.push(Item::Folder(folder));
    collection
}

#[test]
fn folders_checks_and_captures_are_in_the_script() {
    let made = k6::export(&collection()).expect("it is written");
    let (name, bytes) = &made.files[0];
    let text = String::from_utf8_lossy(bytes);
    assert_eq!(name, "My-API.js");
    for part in [
        r#"group("Things", () => {"#,
        r#"const r = http.request("POST", fill("{{base_url}}/things"), fill("{\"n\": \"{{n}}\"}"), "#,
        r#""Content-Type": "application/json""#,
        r#"encoding.b64encode(fill("ada:{{pw}}"))"#,
        r#""res.status eq 201": (r) => same(r.status, "201"),"#,
        r#"variables["id"] = at(r, ["id"]);"#,
        r#"http_req_failed: ["rate<0.01"]"#,
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.contains("never-to-be-seen"));
    let not = made.receipt.lines.iter().filter(|line| line.outcome == Outcome::NotCarried);
    let not: Vec<_> = not.map(|line| line.item.as_str()).collect();
    assert_eq!(not, ["scripts", "check $..deep"]);
}

#[test]
fn node_reads_the_script() {
    let made = k6::export(&collection()).expect("it is written");
    let child = Command::new("node")
        .args(["--check", "--input-type=module", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect("node is there: it builds the window");
    child.stdin.take().expect("a pipe").write_all(&made.files[0].1).expect("it is taken");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn nothing_to_send_is_an_error() {
    assert!(k6::export(&Collection::default()).is_err());
}
