//! From a request as saved to what is sent: inheritance, variables, auth, masks.

use errand_engine::{Body as Sent, Settings};
use errand_model::{Auth, Body, Defaults, FormRow, Header, Param, ParamKind, RawLanguage, Request};
use errand_runner::{Error, Level, Plan, Prepared, prepare};
use errand_template::{Scope, ScopeKind, Scopes, Value};

fn plan(request: Request) -> Plan {
    let environment = Scope::new(ScopeKind::Environment, "Staging")
        .with("base", "http://api.test:8080")
        .with("token", Value::secret("s3cret-token"))
        .with("locked", Value::Unavailable);
    Plan {
        request,
        levels: Vec::new(),
        scopes: Scopes::new().with(environment),
        base: std::env::temp_dir(),
        settings: Settings::default(),
        use_cookies: true,
        certificates: Vec::new(),
        sensitive: Vec::new(),
        keep_echoed: false,
    }
}

fn get(url: &str) -> Request {
    Request { method: "GET".into(), url: url.into(), ..Request::default() }
}

fn prepared(plan: &Plan) -> Prepared {
    prepare(plan, None).unwrap_or_else(|error| panic!("{error}"))
}

fn header(prepared: &Prepared, name: &str) -> Option<String> {
    prepared
        .outgoing
        .headers
        .iter()
        .find(|header| header.is(name))
        .map(errand_engine::Header::value_text)
}

fn level(name: &str, defaults: Defaults) -> Level {
    Level { path: name.into(), name: name.into(), defaults }
}

#[test]
fn variables_and_parameters_go_into_the_url() {
    let param = |kind, name: &str, value: &str| Param {
        name: name.into(),
        value: value.into(),
        kind,
        description: String::new(),
        enabled: true,
    };
    let request = Request {
        params: vec![
            param(ParamKind::Path, "id", "a b/c"),
            param(ParamKind::Query, "expand", "lines"),
        ],
        ..get("{{base}}/orders/:id?expand=lines")
    };
    let done = prepared(&plan(request));
    assert_eq!(done.outgoing.url, "http://api.test:8080/orders/a%20b%2Fc?expand=lines");
    assert_eq!(done.warnings, Vec::<String>::new());
}

#[test]
fn a_url_without_a_scheme_is_http() {
    assert_eq!(prepared(&plan(get("localhost:4747/x"))).outgoing.url, "http://localhost:4747/x");
}

#[test]
fn inner_headers_hide_outer_ones_whatever_their_case() {
    let outer = Defaults {
        headers: vec![Header::new("X-Trace", "collection"), Header::new("X-Team", "blue")],
        ..Defaults::default()
    };
    let inner = Defaults { headers: vec![Header::new("x-trace", "folder")], ..Defaults::default() };
    let request = Request { headers: vec![Header::new("Accept", "text/csv")], ..get("http://h/") };
    let mut plan = plan(request);
    plan.levels = vec![level("root", outer), level("inner", inner)];
    let done = prepared(&plan);
    assert_eq!(header(&done, "X-Trace").as_deref(), Some("folder"));
    assert_eq!(header(&done, "X-Team").as_deref(), Some("blue"));
    assert_eq!(header(&done, "Accept").as_deref(), Some("text/csv"));
    assert_eq!(done.outgoing.headers.iter().filter(|header| header.is("x-trace")).count(), 1);
}

#[test]
fn secrets_are_masked_wherever_they_went() {
    let body = Body::Raw { language: RawLanguage::Json, text: r#"{"token": "{{token}}"}"#.into() };
    let done = prepared(&plan(Request { body, ..get("http://h/{{token}}") }));
    assert_eq!(done.shown_url, "http://h/{{token}}");
    assert_eq!(done.shown_body, r#"{"token": "{{token}}"}"#);
    assert_eq!(done.masks.text("echo: s3cret-token"), "echo: {{token}}");
}

#[test]
fn a_header_with_a_secret_is_a_credential() {
    let request =
        Request { headers: vec![Header::new("X-Company", "{{token}}")], ..get("http://h/") };
    assert_eq!(prepared(&plan(request)).outgoing.credentials.headers, ["X-Company"]);
}

#[test]
fn what_has_no_value_is_named_and_sent_as_written() {
    let done = prepared(&plan(get("http://h/{{nowhere}}/{{locked}}")));
    assert_eq!(done.warnings.len(), 2, "{:?}", done.warnings);
    assert!(done.warnings.iter().any(|warning| warning.contains("\"nowhere\"")));
    assert!(done.warnings.iter().any(|warning| warning.contains("\"locked\"")));
}

#[test]
fn a_form_is_encoded_and_typed() {
    let row = |name: &str, value: &str, enabled| FormRow {
        name: name.into(),
        value: value.into(),
        description: String::new(),
        enabled,
    };
    let body = Body::FormUrlEncoded { rows: vec![row("a", "1 & 2", true), row("b", "", false)] };
    let done = prepared(&plan(Request { body, ..get("http://h/") }));
    assert!(matches!(&done.outgoing.body, Sent::Bytes(bytes) if bytes.as_ref() == b"a=1+%26+2"));
    assert_eq!(header(&done, "Content-Type").as_deref(), Some("application/x-www-form-urlencoded"));
}

#[test]
fn what_cannot_be_sent_is_an_error_with_a_hint() {
    for (request, code) in [
        (get("  "), "no-url"),
        (Request { headers: vec![Header::new("a b", "c")], ..get("http://h/") }, "invalid-header"),
        (
            Request { headers: vec![Header::new("a", "b\r\nc: d")], ..get("http://h/") },
            "invalid-header",
        ),
        (Request { body: Body::File { files: Vec::new() }, ..get("http://h/") }, "body-file"),
    ] {
        let error: Error = prepare(&plan(request), None).err().expect(code);
        assert_eq!(error.code(), code);
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn other_credentials_mean_other_connections() {
    let with = |token: &str| {
        let auth = Auth::Bearer { token: token.into() };
        prepared(&plan(Request { auth, ..get("http://h/") })).outgoing.settings.pool_salt
    };
    assert_ne!(with("one"), with("two"));
    assert_eq!(with("one"), with("one"));
    // Typed as a header it is an identity all the same.
    for name in ["authorization", "Cookie", "Proxy-Authorization"] {
        let typed = |value: &str| {
            let headers = vec![Header::new(name, value)];
            prepared(&plan(Request { headers, ..get("http://h/") })).outgoing.settings.pool_salt
        };
        assert_ne!(typed("one"), typed("two"), "{name}");
        assert_eq!(typed("one"), typed("one"), "{name}");
    }
}
