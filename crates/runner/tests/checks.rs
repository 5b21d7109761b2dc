//! Checks and captures: each operator with each type, each form of expression, bodies of any size.

use std::fmt::Write as _;

use errand_body::Source;
use errand_model::Operator::{
    Between, Contains, EndsWith, Eq, Gt, Gte, In, IsArray, IsBoolean, IsDefined, IsEmpty, IsFalsy,
    IsJson, IsNotEmpty, IsNull, IsNumber, IsString, IsTruthy, IsUndefined, Length, Lt, Lte,
    Matches, Neq, NotContains, NotIn, NotMatches, StartsWith,
};
use errand_model::{Capture, CaptureScope, Check, Operator, VariableType};
use errand_runner::{CheckResult, Subject, capture, evaluate};
use errand_template::{Rendered, Scope, ScopeKind, Scopes, Value, render};

const BODY: &str = r#"{"s":"hello","n":5,"big":9007199254740993,"f":1.50,"t":true,"no":false,"nil":null,
    "list":[1,"two",3],"none":[],"empty":"","obj":{"a":1},"blank":{},"items":[{"id":7,"tag":"x"},{"id":8,"tag":"y"}],
    "odd name":1,"emoji":"😀"}"#;

fn headers(content_type: &str) -> Vec<(String, String)> {
    [
        ("Content-Type", content_type),
        ("X-Count", "12"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

fn subject<'a>(body: &'a Source, headers: &'a [(String, String)]) -> Subject<'a> {
    Subject { status: 201, reason: "Created", headers, time_ms: 42, size: body.len(), body }
}

fn check(expression: &str, operator: Operator, value: &str) -> Check {
    Check {
        expression: expression.into(),
        operator,
        value: value.into(),
        description: String::new(),
        enabled: true,
    }
}

fn on(body: &str, check: &Check, value: &Rendered) -> CheckResult {
    let kind = if body.starts_with('<') { "application/xml" } else { "application/json" };
    evaluate(check, value, &subject(&Source::from_bytes(body), &headers(kind)))
}

fn run(body: &str, expression: &str, operator: Operator, value: &str) -> CheckResult {
    on(body, &check(expression, operator, value), &Rendered::plain(value))
}

/// Expression, operator, value, whether it holds.
type Case = (&'static str, Operator, &'static str, bool);

fn all(body: &str, table: &[Case]) {
    for (expression, operator, value, expected) in table {
        let result = run(body, expression, *operator, value);
        assert_eq!(
            result.passed, *expected,
            "{expression} {operator:?} {value}: {}",
            result.message
        );
    }
}

#[test]
fn the_response_itself() {
    all(
        BODY,
        &[
            ("res.status", Eq, "201", true),
            ("res.status", Eq, "\"201\"", false),
            ("res.status", Eq, " 201.0 ", true),
            ("res.status", Neq, "200", true),
            ("res.statusText", Eq, "Created", true),
            ("res.responseTime", Lt, "50", true),
            ("res.time", Gte, "42", true),
            ("res.size", Gt, "10", true),
            ("res.headers.x-count", Eq, "12", true),
            ("res.headers['X-COUNT']", Eq, "\"12\"", true),
            ("res.headers.x-count", Gt, "11", true),
            ("res.headers.x-count", IsString, "", true),
            ("res.headers.set-cookie", Eq, "a=1, b=2", true),
            ("res.headers.nope", IsUndefined, "", true),
            ("res.headers.content-type", Contains, "json", true),
            ("res.headers", IsJson, "", true),
        ],
    );
}

#[test]
fn comparing() {
    all(
        BODY,
        &[
            ("res.body.s", Eq, "hello", true),
            ("res.body.s", Eq, "'hello'", true),
            ("res.body.s", Eq, "Hello", false),
            ("res.body.n", Eq, "5", true),
            ("res.body.n", Eq, "'5'", false),
            ("res.body.n", Eq, "five", false),
            ("res.body.big", Eq, "9007199254740993", true),
            ("res.body.big", Eq, "9007199254740992", false),
            ("res.body.f", Eq, "1.5", true),
            ("res.body.t", Eq, "true", true),
            ("res.body.t", Eq, "'true'", false),
            ("res.body.nil", Eq, "null", true),
            ("res.body.gone", Eq, "undefined", true),
            ("res.body.gone", Neq, "1", true),
            ("res.body.list", Eq, "[1, \"two\", 3.0]", true),
            ("res.body.obj", Eq, "{\"a\":1}", true),
            ("res.body.obj", Neq, "{\"a\":2}", true),
            ("res.body.n", Gt, "4.9", true),
            ("res.body.n", Gt, "5", false),
            ("res.body.n", Gte, "5", true),
            ("res.body.n", Lt, "5", false),
            ("res.body.n", Lte, "5", true),
            ("res.body.s", Gt, "1", false),
            ("res.body.n", Gt, "x", false),
            ("res.body.gone", Lt, "1", false),
            ("res.body.n", In, "4, 5", true),
            ("res.body.n", In, "[4,6]", false),
            ("res.body.s", In, "hello, world", true),
            ("res.body.s", NotIn, "a,b", true),
            ("res.body.s", NotIn, "a,hello", false),
            ("res.body.n", Between, "1,5", true),
            ("res.body.n", Between, "6, 9", false),
            ("res.body.n", Between, "1", false),
            ("res.body.s", Between, "1,2", false),
        ],
    );
}

#[test]
fn texts_and_lists() {
    all(
        BODY,
        &[
            ("res.body.s", Contains, "ell", true),
            ("res.body.s", Contains, "'ell'", true),
            ("res.body.s", NotContains, "xyz", true),
            ("res.body.list", Contains, "two", true),
            ("res.body.list", Contains, "1", true),
            ("res.body.list", Contains, "'1'", false),
            ("res.body.list", NotContains, "9", true),
            ("res.body.n", Contains, "5", false),
            ("res.body.n", NotContains, "6", false),
            ("res.body.obj", Contains, "a", false),
            ("res.body.s", Length, "5", true),
            ("res.body.emoji", Length, "2", true),
            ("res.body.list", Length, "3", true),
            ("res.body.list", Length, "4", false),
            ("res.body.obj", Length, "1", false),
            ("res.body.s", Length, "x", false),
            ("res.body.list.length", Gt, "2", true),
            ("res.body.s.length", Eq, "5", true),
            ("res.body.s", Matches, "^h.*o$", true),
            ("res.body.s", Matches, "/^h/", true),
            ("res.body.n", Matches, "\\d", true),
            ("res.body.s", NotMatches, "z", true),
            ("res.body.gone", Matches, ".*", false),
            ("res.body.gone", NotMatches, "z", true),
            ("res.body.s", StartsWith, "he", true),
            ("res.body.s", EndsWith, "'lo'", true),
            ("res.body.n", StartsWith, "5", false),
            ("res.body.none", IsEmpty, "", true),
            ("res.body.empty", IsEmpty, "", true),
            ("res.body.blank", IsEmpty, "", true),
            ("res.body.list", IsEmpty, "", false),
            ("res.body.list", IsNotEmpty, "", true),
            ("res.body.empty", IsNotEmpty, "", false),
            ("res.body.n", IsEmpty, "", false),
            ("res.body.n", IsNotEmpty, "", false),
        ],
    );
}

#[test]
fn kinds() {
    // Each member and the `is…` operators that hold for it.
    let of: &[(&str, &[Operator])] = &[
        ("s", &[IsString, IsDefined]),
        ("n", &[IsNumber, IsDefined]),
        ("t", &[IsBoolean, IsTruthy, IsDefined]),
        ("no", &[IsBoolean, IsFalsy, IsDefined]),
        ("nil", &[IsNull, IsDefined]),
        ("list", &[IsArray, IsDefined]),
        ("obj", &[IsJson, IsDefined]),
        ("gone", &[IsUndefined]),
        ("gone.deeper[3]", &[IsUndefined]),
    ];
    let every = [
        IsString,
        IsNumber,
        IsBoolean,
        IsTruthy,
        IsFalsy,
        IsNull,
        IsArray,
        IsJson,
        IsDefined,
        IsUndefined,
    ];
    for (member, holding) in of {
        for operator in every {
            let result = run(BODY, &format!("res.body.{member}"), operator, "");
            assert_eq!(
                result.passed,
                holding.contains(&operator),
                "{member} {operator:?}: {}",
                result.message
            );
        }
    }
}

#[test]
fn every_way_into_the_body() {
    all(
        BODY,
        &[
            ("res.body", IsJson, "", true),
            ("res.body['odd name']", Eq, "1", true),
            ("res.body.items[1].id", Eq, "8", true),
            ("res('items[0].tag')", Eq, "x", true),
            ("$.items[0].id", Eq, "7", true),
            ("$.items[*].id", Length, "2", true),
            ("$.items[*].id", Contains, "8", true),
            ("$.items[*].id", Eq, "[7,8]", true),
            ("$.items[?@.id==8].tag", Eq, "y", true),
            ("$.items[?@.id==8].tag", Length, "1", true),
            ("$.items[?@.id==9].tag", IsUndefined, "", true),
            ("regex(\"n\":(\\d))", Eq, "5", true),
            ("regex(he..o)", Eq, "hello", true),
            ("regex(nowhere)", IsDefined, "", false),
        ],
    );
    all(
        "<shop><item id='1'>tea</item><item id='2'>rice</item></shop>",
        &[
            ("/shop/item", Eq, "tea", true),
            ("//item", Length, "2", true),
            ("//item[@id='2']", Eq, "rice", true),
            ("//item[2]/@id", Eq, "2", true),
            ("xpath(count(//item))", Eq, "2", true),
            ("//none", IsUndefined, "", true),
            ("res.body", IsString, "", true),
            ("res.body.a", IsUndefined, "", true),
        ],
    );
    all(
        "[1,2]",
        &[
            ("res.body", IsArray, "", true),
            ("res.body[1]", Eq, "2", true),
            ("res.body.length", Eq, "2", true),
        ],
    );
    all(
        "plain text",
        &[("res.body", Contains, "text", true), ("res.body.a", IsUndefined, "", true)],
    );
    all("", &[("res.body", IsEmpty, "", true), ("$.a", IsUndefined, "", true)]);
    all("\u{feff}{\"a\":1}", &[("res.body.a", Eq, "1", true), ("res.body", IsJson, "", true)]);
}

#[test]
fn messages_say_what_was_found() {
    for (expression, operator, value, message) in [
        ("res.status", Eq, "201", "res.status is 201."),
        ("res.status", Eq, "200", "res.status is 201; it should be equal to 200."),
        ("res.body.s", Contains, "xyz", "res.body.s is \"hello\"; it should contain xyz."),
        ("res.body.gone", Eq, "1", "res.body.gone is undefined; it should be equal to 1."),
        ("res.body.n", IsTruthy, "", "res.body.n is 5; it should be true."),
        (
            "res.body.s",
            Gt,
            "1",
            "res.body.s is \"hello\". That is not a number, so it cannot be compared with one.",
        ),
    ] {
        assert_eq!(run(BODY, expression, operator, value).message, message);
    }
    for (expression, operator, value, part) in [
        ("status", Eq, "1", "is nothing a check can look at"),
        ("res.body[x]", Eq, "1", "after the body come"),
        ("$.[", Eq, "1", "JSONPath"),
        ("//[", Eq, "1", "XPath"),
        ("regex(()", IsDefined, "", "The regular expression \"(\" cannot be used"),
        ("res.body.s", Matches, "(?=a)", "cannot be used"),
    ] {
        let result = run(BODY, expression, operator, value);
        assert!(
            !result.passed && result.message.contains(part),
            "{expression}: {}",
            result.message
        );
    }
    let long = run(&format!("{{\"a\":\"{}\"}}", "é".repeat(5000)), "res.body.a", Eq, "x");
    assert_eq!(long.actual.map(|actual| actual.chars().count()), Some(200));
}

#[test]
fn expected_values_may_hold_variables_and_secrets() {
    let scope =
        Scope::new(ScopeKind::Environment, "").with("s", Value::secret("hello")).with("n", "5");
    let scopes = Scopes::new().with(scope);
    let of = |expression, value| on(BODY, &check(expression, Eq, value), &render(value, &scopes));
    let secret = of("res.body.s", "{{s}}");
    assert_eq!((secret.passed, secret.expected.as_str()), (true, "{{s}}"));
    let plain = of("res.body.n", "{{n}}");
    assert_eq!((plain.passed, plain.expected.as_str()), (true, "5"));
    let open = of("res.body.n", "{{x}}");
    assert!(!open.passed && open.message.contains("\"x\" has no value"), "{}", open.message);
}

#[test]
fn large_bodies_are_not_held() {
    let mut text = String::from("{\"items\":[");
    for id in 0..260_000 {
        let _ = write!(text, "{{\"id\":{id},\"name\":\"item number {id}\"}},");
    }
    text.push_str("{\"id\":-1}],\"last\":\"here\"}");
    assert!(text.len() > 8 << 20);
    all(
        &text,
        &[
            ("res.body.items[259999].name", Eq, "item number 259999", true),
            ("res.body.last", Eq, "here", true),
            ("res.body.items", IsArray, "", true),
            ("res.body", IsJson, "", true),
            ("res.body", Contains, "item number 259999", true),
            ("res.body", NotContains, "no such thing", true),
            ("res.body", IsNotEmpty, "", true),
            ("res.body.items", Length, "260001", false),
            ("regex(number (25\\d{4}))", Eq, "250000", true),
        ],
    );
}

#[test]
fn captures_take_values() {
    let (body, headers) = (Source::from_bytes(BODY), headers("application/json"));
    let take = |expression: &str| {
        let row = Capture {
            expression: expression.into(),
            variable: "v".into(),
            scope: CaptureScope::Runtime,
            description: String::new(),
            enabled: true,
        };
        capture(&row, &subject(&body, &headers))
    };
    for (expression, value, kind) in [
        ("res.body.s", "hello", VariableType::String),
        ("res.body.big", "9007199254740993", VariableType::Number),
        ("res.body.f", "1.50", VariableType::Number),
        ("res.body.t", "true", VariableType::Boolean),
        ("res.body.nil", "null", VariableType::Null),
        ("res.body.obj", "{\"a\":1}", VariableType::Object),
        ("$.items[?@.id==8].tag", "y", VariableType::String),
        ("$.items[*].id", "[7,8]", VariableType::Object),
        ("res.headers.x-count", "12", VariableType::String),
        ("regex(\"s\":\"(\\w+)\")", "hello", VariableType::String),
    ] {
        let taken = take(expression);
        assert_eq!(
            (taken.value.as_deref(), taken.kind),
            (Some(value), kind),
            "{expression} {}",
            taken.message
        );
    }
    for expression in ["res.body.gone", "$.items[?@.id==9]", "res.headers.nope", "nonsense"] {
        let taken = take(expression);
        assert!(taken.value.is_none() && !taken.message.is_empty(), "{expression}");
    }
}
