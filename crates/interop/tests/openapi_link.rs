//! A collection stays linked to the description it came from.

use errand_interop::openapi::{
    Change, ChangeKind, ResponseSchemas, apply, check_response, difference, renew,
};
use errand_interop::{Source, import};
use errand_model::{Auth, Body, Collection, Header, Item, ItemRequest};
use serde_json::{Value, json};

const SHOP: &str = include_str!("openapi/shop.yaml");

fn imported(text: &str) -> Collection {
    import(&Source::text(text), None).expect("it can be imported").collection
}

/// The description after a release of the service.
fn newer() -> String {
    let changes = [
        ("'^[A-Z]{2}-\\d{3}$'}}}", "'^[A-Z]{2}-\\d{3}$'}, gift: {type: boolean}}}"),
        (
            "note: {type: [string, 'null']}",
            "note: {type: [string, 'null']}\n        coupon: {type: string}",
        ),
        (
            "{name: since, in: query, schema: {type: string, format: date}}",
            "{name: limit, in: query, schema: {type: integer}}",
        ),
        ("  /orders/xml:", "  /orders/as-xml:"),
        ("summary: As XML", "operationId: xml\n      summary: As XML"),
        (
            "  /health:\n    get:\n      security: []\n      responses: {'200': {description: Well}}\n",
            "",
        ),
        ("title: There is no such order", "title: Gone"),
    ];
    changes.iter().fold(SHOP.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    })
}

fn find(collection: &Collection, at: &[usize]) -> ItemRequest {
    let mut items = &collection.items;
    let (last, above) = at.split_last().expect("a place");
    for place in above {
        let Item::Folder(folder) = &items[*place] else { panic!("no folder") };
        items = &folder.items;
    }
    let Item::Request(item) = &items[*last] else { panic!("no request") };
    (**item).clone()
}

fn edit(collection: &mut Collection, name: &str, change: impl Fn(&mut ItemRequest)) {
    fn walk(items: &mut [Item], name: &str, change: &dyn Fn(&mut ItemRequest)) {
        for item in items {
            match item {
                Item::Folder(folder) => walk(&mut folder.items, name, change),
                Item::Request(one) if one.request.name == name => change(one),
                _ => {}
            }
        }
    }
    walk(&mut collection.items, name, &change);
}

fn one<'c>(changes: &'c [Change], name: &str) -> &'c Change {
    changes
        .iter()
        .find(|change| change.name == name)
        .unwrap_or_else(|| panic!("{name}: {changes:#?}"))
}

#[test]
fn the_same_description_is_no_difference() {
    assert_eq!(difference(&imported(SHOP), &imported(SHOP)), []);
}

#[test]
fn differences_are_told_in_words() {
    let old = imported(&SHOP.replace("summary: As XML", "operationId: xml\n      summary: As XML"));
    let fresh = imported(&newer());
    let changes = difference(&old, &fresh);
    let told: Vec<_> =
        changes.iter().map(|change| (change.kind, change.name.as_str(), &change.what)).collect();
    let words = |words: &[&str]| words.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let order = [
        "new query parameter limit",
        "query parameter since is gone",
        "response 200 has changed",
        "response 404 has changed",
    ];
    let place =
        ["body property lines has changed", "new body property coupon", "response 201 has changed"];
    let path = ["path /orders/xml is now /orders/as-xml"];
    assert_eq!(
        told,
        [
            (ChangeKind::Changed, "One order", &words(&order)),
            (ChangeKind::Changed, "Place an order", &words(&place)),
            (ChangeKind::Changed, "As XML", &words(&path)),
            (ChangeKind::Gone, "GET /health", &words(&[])),
        ]
    );
    assert!(changes.iter().all(|change| !change.edited));
    let added = difference(&fresh, &old);
    assert_eq!(one(&added, "GET /health").kind, ChangeKind::Added);
}

#[test]
fn what_nobody_edited_becomes_as_described() {
    let (old, fresh) = (imported(SHOP), imported(&newer()));
    let changes = difference(&old, &fresh);
    for change in changes.iter().filter(|change| change.kind == ChangeKind::Changed) {
        let at = change.at.as_ref().expect("a place");
        let mut wanted = (**change.fresh.as_ref().expect("it is described")).clone();
        wanted.request.seq = None;
        assert_eq!(apply(change, &find(&old, at)), wanted);
    }
}

#[test]
fn edits_stay() {
    let mut old = imported(SHOP);
    edit(&mut old, "One order", |item| {
        item.request.params[0].value = "{{order}}".to_owned();
        item.request.headers.push(Header::new("X-Trace", "1"));
        item.request.auth = Auth::None;
        item.request.url =
            "{{gateway}}/shop/orders/:orderId?expand=lines&expand=customer".to_owned();
        item.request.seq = Some(3.0);
    });
    edit(&mut old, "Place an order", |item| {
        let Body::Raw { text, .. } = &mut item.request.body else { panic!("text") };
        let mut body: Value = serde_json::from_str(text).expect("JSON");
        body["state"] = json!("shipped");
        body["mine"] = json!(true);
        *text = body.to_string();
    });
    let changes = difference(&old, &imported(&newer()));

    let change = one(&changes, "One order");
    assert!(change.edited);
    let merged = apply(change, &find(&old, change.at.as_ref().expect("a place")));
    let request = &merged.request;
    assert_eq!(request.url, "{{gateway}}/shop/orders/:orderId?expand=lines&expand=customer");
    let names: Vec<_> = request.params.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["orderId", "expand", "expand", "limit"]);
    assert_eq!(request.params[0].value, "{{order}}");
    assert_eq!(request.auth, Auth::None);
    assert_eq!(request.seq, Some(3.0));
    assert!(request.headers.iter().any(|row| row.name == "X-Trace"));
    let missing = merged.examples[1].response.body.as_ref().expect("a body");
    assert!(missing.data.contains("Gone"), "{}", missing.data);

    let change = one(&changes, "Place an order");
    let merged = apply(change, &find(&old, change.at.as_ref().expect("a place")));
    let Body::Raw { text, .. } = &merged.request.body else { panic!("text") };
    let body: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(body["state"], "shipped");
    assert_eq!(body["mine"], true);
    assert_eq!(body["coupon"], "coupon");
}

#[test]
fn requests_of_the_users_own_are_left_alone() {
    let mut old = imported(SHOP);
    let mut own = ItemRequest::default();
    own.request.name = "Mine".to_owned();
    old.items.push(Item::Request(Box::new(own)));
    assert_eq!(difference(&old, &imported(SHOP)), []);
}

#[test]
fn what_was_applied_is_no_difference_any_more() {
    let (mut old, fresh) = (imported(SHOP), imported(&newer()));
    edit(&mut old, "One order", |item| item.request.params[0].value = "7".to_owned());
    for change in difference(&old, &fresh) {
        let name = change.name.clone();
        edit(&mut old, &name, |item| *item = apply(&change, item));
    }
    old.extensions = renew(&old.extensions, &fresh.extensions);
    let left = difference(&old, &fresh);
    assert!(left.iter().all(|change| change.kind == ChangeKind::Added), "{left:#?}");
}

#[test]
fn responses_are_checked_against_their_schemas() {
    let shop = imported(SHOP);
    let schemas = ResponseSchemas::of(&shop.extensions).expect("it is kept");
    let order =
        shop.requests().into_iter().find(|one| one.1.request.name == "One order").expect("it").1;
    let schema =
        schemas.schema(&order.extensions, 200, "application/json; charset=utf-8").expect("one");
    assert_eq!(schema["$ref"], "#/$defs/Order");
    let good = br#"{"id": 1, "lines": [{"sku": "AB-123", "count": 2}], "note": null,
        "customer": {"email": "a@b.c", "referredBy": {"email": "d@e.f"}}}"#;
    assert_eq!(check_response(&schema, good), []);
    let bad =
        br#"{"lines": [{"sku": "nope", "count": 1}], "customer": {"referredBy": {"email": 1}}}"#;
    let mut paths: Vec<_> = check_response(&schema, bad).into_iter().map(|one| one.path).collect();
    paths.sort();
    assert_eq!(
        paths,
        ["", "/customer", "/customer/referredBy/email", "/lines/0/count", "/lines/0/sku"]
    );
    let broken = check_response(&schema, b"{");
    assert!(broken[0].message.starts_with("The body is not JSON"), "{broken:?}");
    assert_eq!(schemas.schema(&order.extensions, 500, "application/json"), None);
    assert!(schemas.schema(&order.extensions, 404, "application/problem+json").is_none());
}

#[test]
fn older_schemas_are_read_in_their_own_words() {
    let text = r"
openapi: 3.0.3
info: {title: Old, version: '1'}
paths:
  /a:
    get:
      operationId: a
      responses:
        2XX:
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [secret, n]
                properties:
                  secret: {type: string, writeOnly: true}
                  n: {type: number, minimum: 1, exclusiveMinimum: true}
                  maybe: {type: string, nullable: true}
                  self: {$ref: '#/components/schemas/Loop'}
components: {schemas: {Loop: {type: object, properties: {next: {$ref: '#/components/schemas/Loop'}, k: {type: integer}}}}}
";
    let old = imported(text);
    let schemas = ResponseSchemas::of(&old.extensions).expect("it is kept");
    let request = old.requests()[0].1;
    let schema = schemas.schema(&request.extensions, 204, "application/json").expect("one");
    assert_eq!(
        check_response(&schema, br#"{"n": 1.5, "maybe": null, "self": {"next": {"k": 1}}}"#),
        []
    );
    let wrong = check_response(&schema, br#"{"n": 1, "self": {"next": {"k": 1.5}}}"#);
    let paths: Vec<_> = wrong.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths.len(), 2, "{wrong:?}");
    assert!(paths.contains(&"/n") && paths.contains(&"/self/next/k"), "{wrong:?}");
}
