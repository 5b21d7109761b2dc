//! Descriptions of services as collections.

use errand_interop::{Import, Outcome, Source, import};
use errand_model::{Auth, Body, Item, ItemRequest, ParamKind, PartKind};
use serde_json::json;

fn imported(text: &str) -> Import {
    import(&Source::text(text), None).expect("it can be imported")
}

fn request<'i>(import: &'i Import, name: &str) -> &'i ItemRequest {
    let all = import.collection.requests();
    all.into_iter().find(|one| one.1.request.name == name).expect("it is there").1
}

fn body(request: &ItemRequest) -> serde_json::Value {
    let Body::Raw { text, .. } = &request.request.body else { panic!("it has no text") };
    serde_json::from_str(text).expect("it is JSON")
}

fn notes(import: &Import, outcome: Outcome) -> Vec<String> {
    let lines = import.receipt.lines.iter().filter(|line| line.outcome == outcome);
    lines.map(|line| format!("{}: {}", line.item, line.note)).collect()
}

const SHOP: &str = include_str!("openapi/shop.yaml");

#[test]
fn operations_become_requests_in_folders() {
    let import = imported(SHOP);
    assert_eq!(import.collection.root.name, "Shop");
    let folders: Vec<_> = import
        .collection
        .items
        .iter()
        .map(|item| match item {
            Item::Folder(folder) => folder.folder.name.as_str(),
            Item::Request(request) => request.request.name.as_str(),
            Item::Other(other) => other.name.as_str(),
        })
        .collect();
    assert_eq!(folders, ["orders", "customers", "GET /health"]);
    let order = &request(&import, "One order").request;
    assert_eq!(order.url, "{{base_url}}/orders/:orderId?expand=lines&expand=customer");
    assert_eq!(order.method, "GET");
    assert_eq!(order.tags, ["orders", "deprecated"]);
    assert_eq!(order.docs, "**Deprecated.**\n\nBy its number.");
    let rows: Vec<_> = order
        .params
        .iter()
        .map(|row| (row.kind, row.name.as_str(), row.value.as_str(), row.enabled))
        .collect();
    assert_eq!(
        rows,
        [
            (ParamKind::Path, "orderId", "42", true),
            (ParamKind::Query, "expand", "lines", true),
            (ParamKind::Query, "expand", "customer", true),
            (ParamKind::Query, "since", "2026-01-15", false),
        ]
    );
    let file = &request(&import, "A picture").request;
    assert_eq!(file.url, "{{base_url}}/orders/:orderId/{{size}}.png");
    assert_eq!(file.variables[0].value, "small");
}

#[test]
fn bodies_are_believable_and_always_the_same() {
    let import = imported(SHOP);
    assert_eq!(
        body(request(&import, "Place an order")),
        json!({
            "customer": {"email": "ada@example.com", "name": "Example"},
            "lines": [{"sku": "AA-111", "count": 2, "price": 9.99}],
            "state": "open",
            "note": "note",
            "placed": "2026-01-15T09:30:00Z"
        })
    );
    assert_eq!(imported(SHOP), import);
}

#[test]
fn servers_and_credentials_become_environments() {
    let import = imported(SHOP);
    let all: Vec<_> = import
        .collection
        .environments
        .iter()
        .map(|one| {
            let variables = one.environment.variables.iter();
            let names = variables.map(|v| {
                format!("{}={}{}", v.name, v.value, if v.secret { " (secret)" } else { "" })
            });
            (one.environment.name.as_str(), names.collect::<Vec<_>>())
        })
        .collect();
    let credentials =
        ["token= (secret)", "api_key= (secret)", "client_id=", "client_secret= (secret)"];
    let with = |own: &[&str]| {
        own.iter().chain(&credentials).map(|text| (*text).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        all,
        [
            ("Production", with(&["base_url=https://{{region}}.shop.example/v1", "region=eu"])),
            ("localhost:8080", with(&["base_url=http://localhost:8080"])),
        ]
    );
}

#[test]
fn security_becomes_auth() {
    let import = imported(SHOP);
    let auth = |name| &request(&import, name).request.auth;
    let root = &import.collection.root.defaults.auth;
    assert_eq!(*root, Auth::Bearer { token: "{{token}}".to_owned() });
    assert_eq!(*auth("One order"), Auth::Inherit);
    assert_eq!(*auth("GET /health"), Auth::None);
    let Auth::OAuth2(oauth) = auth("Place an order") else { panic!("it is OAuth 2") };
    assert_eq!(oauth.scope, "orders:write");
    assert_eq!(oauth.access_token_url, "https://shop.example/token");
    let placed = &request(&import, "Place an order").request;
    let key = placed.headers.iter().find(|row| row.name == "X-Key").expect("a row");
    assert_eq!(key.value, "{{api_key}}");
    assert!(
        notes(&import, Outcome::Converted)
            .contains(&"security: api_key is a row beside the auth".to_owned())
    );
}

#[test]
fn examples_are_saved_exchanges() {
    let import = imported(SHOP);
    let examples = &request(&import, "One order").examples;
    let shown: Vec<_> =
        examples.iter().map(|one| (one.name.as_str(), one.response.status)).collect();
    assert_eq!(shown, [("200 An open one", Some(200)), ("404 Not there", Some(404))]);
    let body = examples[0].response.body.as_ref().expect("a body");
    assert_eq!((body.kind.as_str(), body.data.as_str()), ("json", "{\n  \"state\": \"open\"\n}"));
}

#[test]
fn forms_files_and_xml_have_their_rows() {
    let import = imported(SHOP);
    let Body::Multipart { rows } = &request(&import, "Upload").request.body else {
        panic!("it is multipart")
    };
    let kinds: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.kind, row.enabled)).collect();
    let (file, text) = (PartKind::File, PartKind::Text);
    assert_eq!(kinds, [("title", text, false), ("picture", file, true), ("meta", text, false)]);
    let Body::Raw { text, .. } = &request(&import, "As XML").request.body else {
        panic!("it is text")
    };
    let wanted = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<s:order xmlns:s=\"urn:shop\" id=\"1\">\n  \
                  <tags>\n    <tag>tag</tag>\n  </tags>\n  <note>a &amp; b</note>\n</s:order>\n";
    assert_eq!(text, wanted);
}

#[test]
fn what_no_request_can_do_has_a_line() {
    let lines = notes(&imported(SHOP), Outcome::NotCarried);
    for item in ["webhooks", "callbacks", "links"] {
        assert!(lines.iter().any(|line| line.starts_with(item)), "{item}: {lines:?}");
    }
}

#[test]
fn references_lead_to_other_files_and_addresses() {
    let root = r"
openapi: 3.1.0
info: {title: Split, version: '1'}
paths:
  /a: {$ref: 'paths/a.yaml'}
  /b:
    post:
      operationId: b
      requestBody:
        content: {application/json: {schema: {$ref: 'https://schemas.example/b.json#/$defs/B'}}}
      responses: {'200': {description: ok}}
";
    let a = r"
get:
  operationId: a
  parameters: [{$ref: '../shared/parameters.yaml#/Limit'}]
  responses: {'200': {description: ok}}
put:
  operationId: put
  requestBody: {content: {application/json: {schema: {$ref: ../shared/node.yaml}}}}
";
    let parameters = "Limit: {name: limit, in: query, required: true, schema: {type: integer}}";
    let node = "type: object\nproperties: {value: {type: integer}, next: {$ref: node.yaml}}";
    let source = Source::file("openapi.yaml", root.as_bytes().to_vec())
        .with("paths/a.yaml", a.as_bytes().to_vec())
        .with("shared/parameters.yaml", parameters.as_bytes().to_vec())
        .with("shared/node.yaml", node.as_bytes().to_vec());
    let first = import(&source, None).expect("it can be imported");
    assert_eq!(first.wanted.len(), 1);
    assert_eq!(first.wanted[0].url, "https://schemas.example/b.json");
    assert_eq!(first.wanted[0].from, "openapi.yaml");
    assert_eq!(request(&first, "a").request.url, "{{base_url}}/a?limit=20");
    assert_eq!(body(request(&first, "put")), json!({"value": 1}));

    let mut source = source;
    let answer =
        br#"{"$defs": {"B": {"type": "object", "properties": {"email": {"type": "string"}}}}}"#;
    source.fetched.insert("https://schemas.example/b.json".to_owned(), answer.to_vec().into());
    let second = import(&source, None).expect("it can be imported");
    assert!(second.wanted.is_empty());
    assert_eq!(body(request(&second, "b")), json!({"email": "ada@example.com"}));
}

#[test]
fn hostile_descriptions_end_soon() {
    let start = std::time::Instant::now();
    let cycle = r##"{"openapi": "3.0.0", "info": {"title": "c", "version": "1"},
        "paths": {"/a": {"post": {"operationId": "a", "parameters": [{"$ref": "#/components/parameters/P"}],
            "requestBody": {"$ref": "#/components/requestBodies/R"}}}, "/b": {"$ref": "#/paths/~1b"}},
        "components": {"parameters": {"P": {"$ref": "#/components/parameters/P"}},
            "requestBodies": {"R": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}}},
            "schemas": {"S": {"allOf": [{"$ref": "#/components/schemas/S"}, {"$ref": "#/components/schemas/T"}]},
                "T": {"type": "object", "required": ["t"], "properties": {"t": {"$ref": "#/components/schemas/T"},
                    "list": {"type": "array", "items": {"$ref": "#/components/schemas/T"}}}}}}}"##;
    let import = imported(cycle);
    assert_eq!(
        body(request(&import, "a")),
        json!({"t": {"t": {}, "list": []}, "list": [{"t": {}}]})
    );
    assert!(notes(&import, Outcome::NotCarried).iter().any(|line| line.contains("parameters/P")));

    // Ten branches on each of forty levels.
    let level = |n: usize| {
        let next = |m: usize| json!({"$ref": format!("#/components/schemas/L{}", (n + 1 + m % 2).min(40))});
        let properties: serde_json::Map<_, _> =
            (0..10).map(|m| (format!("p{m}"), next(m))).collect();
        let all: Vec<_> = (0..10).map(next).collect();
        (format!("L{n}"), json!({"type": "object", "properties": properties, "allOf": all}))
    };
    let schemas: serde_json::Map<_, _> = (0..41).map(level).collect();
    let operations: serde_json::Map<_, _> = (0..100)
        .map(|n| {
            let schema = json!({"$ref": "#/components/schemas/L0"});
            let content = json!({"application/json": {"schema": schema}});
            (format!("/p{n}"), json!({"post": {"requestBody": {"content": content}}}))
        })
        .collect();
    let wide = json!({"openapi": "3.0.0", "info": {"title": "w", "version": "1"},
        "paths": operations, "components": {"schemas": schemas}});
    assert_eq!(imported(&wide.to_string()).collection.requests().len(), 100);

    let deep = format!("{{\"openapi\": \"3.0.0\", \"x\": {}", "[".repeat(100_000));
    assert!(import_error(&deep).contains("recursion"));
    let deep = format!("openapi: 3.0.0\nx: {}", "[".repeat(100_000));
    assert!(!import_error(&deep).is_empty());
    let bomb = (1..30).fold("openapi: 3.0.0\na0: &a0 [x, x]\n".to_owned(), |text, n| {
        format!("{text}a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1)
    });
    assert!(!import_error(&bomb).is_empty());
    assert!(import_error("openapi: 4.0.0\npaths: {}").contains("version 4.0.0 is not known"));
    for cut in (0..SHOP.len()).step_by(97).filter(|at| SHOP.is_char_boundary(*at)) {
        let _ = errand_interop::import(&Source::text(&SHOP[..cut]), None);
    }
    // Far beyond what it takes: only an explosion gets there.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

fn import_error(text: &str) -> String {
    import(&Source::text(text), None).expect_err("it is refused").to_string()
}

/// Whatever is of another type than it should be, or missing, costs that part and no more.
#[test]
fn odd_parts_are_passed_over() {
    fn places(value: &serde_json::Value, at: &str, found: &mut Vec<String>) {
        found.push(at.to_owned());
        match value {
            serde_json::Value::Object(object) => {
                for (key, inner) in object {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    places(inner, &format!("{at}/{key}"), found);
                }
            }
            serde_json::Value::Array(list) => {
                for (index, inner) in list.iter().enumerate() {
                    places(inner, &format!("{at}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    let whole = errand_interop::yaml(&Source::text(SHOP).entries[0]).expect("it is YAML");
    let mut all = Vec::new();
    places(&whole, "", &mut all);
    let odd = [json!(null), json!("odd"), json!([{"$ref": "#/paths"}]), json!({"a": 1}), json!(-1)];
    let fresh = imported(SHOP).collection;
    for (count, place) in all.iter().enumerate().skip(1).step_by(6) {
        let mut broken = whole.clone();
        let slot = broken.pointer_mut(place).expect("it is there");
        *slot = odd[count % odd.len()].clone();
        let Ok(import) = errand_interop::import(&Source::text(broken.to_string()), None) else {
            assert!(place.starts_with("/openapi"), "{place}");
            continue;
        };
        let export = errand_interop::openapi::export;
        export(&import.collection, errand_interop::openapi::Syntax::Json)
            .expect("it can be exported");
        errand_interop::openapi::difference(&import.collection, &fresh);
    }
}

#[test]
fn deep_schemas_are_cut() {
    let deep = (0..60).fold("{\"type\": \"string\"}".to_owned(), |inner, _| {
        format!("{{\"type\": \"array\", \"items\": {inner}}}")
    });
    let text = format!(
        "{{\"openapi\": \"3.0.0\", \"info\": {{}}, \"paths\": {{\"/a\": {{\"post\": {{\"requestBody\": \
         {{\"content\": {{\"application/json\": {{\"schema\": {deep}}}}}}}}}}}}}}}"
    );
    let import = imported(&text);
    assert!(matches!(request(&import, "POST /a").request.body, Body::Raw { .. }));
    let deep =
        format!("openapi: 3.0.0\npaths: {{}}\nx: {}1{}", "[".repeat(1_000), "]".repeat(1_000));
    let _ = errand_interop::import(&Source::text(deep), None);
}
