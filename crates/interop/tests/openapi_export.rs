//! Collections as descriptions.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use errand_interop::openapi::{Syntax, export};
use errand_interop::{Exported, Source, import};
use errand_model::{
    Auth, Body, Collection, Environment, Example, ExampleBody, ExampleResponse, FormRow, Header,
    Item, ItemEnvironment, ItemFolder, ItemRequest, Param, ParamKind, RawLanguage, Variable,
};
use serde_json::{Value, json};

const SHOP: &str = include_str!("openapi/shop.yaml");

fn imported(text: &str) -> Collection {
    import(&Source::text(text), None).expect("it can be imported").collection
}

fn exported(collection: &Collection) -> (Exported, Value) {
    let exported = export(collection, Syntax::Json).expect("it can be exported");
    let root = serde_json::from_slice(&exported.files[0].1).expect("it is JSON");
    (exported, root)
}

fn yaml(text: &str) -> Value {
    errand_interop::yaml(&Source::text(text).entries[0]).expect("it is YAML")
}

/// The first request of that name.
fn edit(collection: &mut Collection, name: &str, change: impl FnOnce(&mut ItemRequest)) {
    fn find<'c>(items: &'c mut [Item], name: &str) -> Option<&'c mut ItemRequest> {
        items.iter_mut().find_map(|item| match item {
            Item::Folder(folder) => find(&mut folder.items, name),
            Item::Request(one) if one.request.name == name => Some(&mut **one),
            _ => None,
        })
    }
    change(find(&mut collection.items, name).expect("it is there"));
}

#[test]
fn what_was_imported_comes_back_as_it_was() {
    let (made, root) = exported(&imported(SHOP));
    assert_eq!(made.files[0].0, "shop.openapi.json");
    assert_eq!(made.receipt.lines, []);
    assert_eq!(root, yaml(SHOP));
    let text = export(&imported(SHOP), Syntax::Yaml).expect("it can be exported").files.remove(0).1;
    assert_eq!(yaml(&String::from_utf8(text).expect("UTF-8")), yaml(SHOP));
}

#[test]
fn edits_come_out() {
    let mut shop = imported(SHOP);
    edit(&mut shop, "One order", |item| {
        item.request.name = "An order".to_owned();
        item.request.params[0].value = "7".to_owned();
        item.request.params.push(Param {
            name: "page".to_owned(),
            value: "2".to_owned(),
            kind: ParamKind::Query,
            description: String::new(),
            enabled: false,
        });
        item.request.params.retain(|row| row.name != "since");
        item.request.auth = Auth::None;
    });
    edit(&mut shop, "Place an order", |item| {
        item.request.body =
            Body::Raw { language: RawLanguage::Json, text: "{\"lines\": []}".to_owned() };
    });
    shop.environments.remove(1);
    let (_, root) = exported(&shop);
    let mut wanted = yaml(SHOP);
    let order = &mut wanted["paths"]["/orders/{orderId}"]["get"];
    order["summary"] = json!("An order");
    order["security"] = json!([]);
    order["parameters"].as_array_mut().expect("a list").remove(1);
    let page = json!({"name": "page", "in": "query", "schema": {"type": "integer"}, "example": 2});
    order["parameters"].as_array_mut().expect("a list").push(page);
    let content = &mut wanted["paths"]["/orders"]["post"]["requestBody"]["content"];
    content["application/json"]["example"] = json!({"lines": []});
    wanted["servers"] = json!([{"url": "https://{region}.shop.example/v1", "description": "Production",
        "variables": {"region": {"default": "eu"}}}]);
    assert_eq!(root, wanted);
}

#[test]
fn requests_without_a_description_get_one() {
    let mut item = ItemRequest::default();
    item.request.name = "Change a user".to_owned();
    item.request.method = "PUT".to_owned();
    item.request.url = "{{base_url}}/users/:id?notify=true".to_owned();
    item.request.docs = "Once.".to_owned();
    let row = |name: &str, value: &str, kind| Param {
        name: name.to_owned(),
        value: value.to_owned(),
        kind,
        description: String::new(),
        enabled: true,
    };
    item.request.params =
        vec![row("id", "7", ParamKind::Path), row("notify", "true", ParamKind::Query)];
    item.request.headers =
        vec![Header::new("X-Tenant", "{{tenant}}"), Header::new("Accept", "*/*")];
    item.request.body =
        Body::Raw { language: RawLanguage::Json, text: r#"{"name": "Ada", "age": 36}"#.to_owned() };
    item.request.auth = Auth::Bearer { token: "{{token}}".to_owned() };
    let body = ExampleBody { kind: "json".to_owned(), data: r#"{"id": 7}"#.to_owned() };
    let response =
        ExampleResponse { status: Some(200), body: Some(body), ..ExampleResponse::default() };
    item.examples = vec![Example { name: "Done".to_owned(), response, ..Example::default() }];
    let mut twin = item.clone();
    twin.request.name = "Twin".to_owned();
    let mut form = ItemRequest::default();
    form.request.name = "Log in".to_owned();
    form.request.method = "POST".to_owned();
    form.request.url = "https://login.example/token".to_owned();
    form.request.body = Body::FormUrlEncoded {
        rows: vec![FormRow {
            name: "password".to_owned(),
            value: "{{password}}".to_owned(),
            description: String::new(),
            enabled: true,
        }],
    };
    let mut folder = ItemFolder::default();
    folder.folder.name = "users".to_owned();
    folder.items = vec![Item::Request(Box::new(item)), Item::Request(Box::new(twin))];
    let mut secret = Variable::new("token", "shh");
    secret.secret = true;
    let environment = Environment {
        name: "Local".to_owned(),
        variables: vec![Variable::new("base_url", "http://localhost:1"), secret],
        ..Environment::default()
    };
    let mut collection = Collection {
        items: vec![Item::Folder(folder), Item::Request(Box::new(form))],
        environments: vec![ItemEnvironment { environment, ..ItemEnvironment::default() }],
        ..Collection::default()
    };
    collection.root.name = "Users".to_owned();
    let (made, root) = exported(&collection);
    assert_eq!(
        root,
        json!({
            "openapi": "3.1.0",
            "info": {"title": "Users", "version": "1.0.0"},
            "servers": [{"url": "http://localhost:1", "description": "Local"}],
            "tags": [{"name": "users"}],
            "paths": {
                "/users/{id}": {"put": {
                    "tags": ["users"],
                    "summary": "Change a user",
                    "description": "Once.",
                    "parameters": [
                        {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}, "example": 7},
                        {"name": "notify", "in": "query", "required": true, "schema": {"type": "boolean"}, "example": true},
                        {"name": "X-Tenant", "in": "header", "required": true, "schema": {"type": "string"}}
                    ],
                    "requestBody": {"content": {"application/json": {
                        "schema": {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}},
                        "example": {"name": "Ada", "age": 36}
                    }}},
                    "responses": {"200": {"description": "Done", "content": {"application/json": {
                        "schema": {"type": "object", "properties": {"id": {"type": "integer"}}},
                        "example": {"id": 7}
                    }}}},
                    "security": [{"bearer": []}]
                }},
                "/token": {"post": {
                    "summary": "Log in",
                    "requestBody": {"content": {"application/x-www-form-urlencoded": {
                        "schema": {"type": "object", "properties": {"password": {"type": "string"}}, "required": ["password"]}
                    }}},
                    "responses": {"default": {"description": "Any response"}},
                    "servers": [{"url": "https://login.example"}]
                }}
            },
            "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}}
        })
    );
    assert!(!root.to_string().contains("shh"));
    let lines: Vec<_> =
        made.receipt.lines.iter().map(|line| format!("{}: {}", line.place, line.item)).collect();
    assert_eq!(lines, ["users / Twin: request"]);
}

/// Descriptions of the corpus come back: those of 3.1 as they were, older ones so that they import
/// as the same requests.
#[test]
fn descriptions_of_the_corpus_come_back() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/openapi");
    let Ok(files) = fs::read_dir(corpus) else {
        eprintln!("SKIPPED: the corpus is not here");
        return;
    };
    let out = std::env::var_os("ERRAND_EXPORTS");
    let mut count = 0;
    for path in files.map(|entry| entry.expect("an entry").path()) {
        let mut bytes = fs::read(&path).expect("it can be read");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with("tar.gz") {
            continue;
        }
        if name.ends_with("gz") {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut plain).expect("gzip");
            bytes = plain;
        }
        let source = Source::file(name.clone(), bytes);
        let Ok(first) = import(&source, None) else { continue };
        let (made, root) = exported(&first.collection);
        assert_eq!(made.receipt.lines, [], "{name}");
        if let Some(out) = &out {
            fs::write(Path::new(out).join(format!("{name}.json")), &made.files[0].1)
                .expect("written");
        }
        let original =
            errand_interop::json_or_yaml(&source.entries[0]).expect("it was read before");
        if original
            .get("openapi")
            .and_then(Value::as_str)
            .is_some_and(|text| text.starts_with("3.1"))
        {
            assert_eq!(root, original, "{name}");
        }
        let again =
            import(&Source::file(name.clone(), made.files[0].1.clone()), None).expect("it is one");
        let requests = |collection: &Collection| -> Vec<Value> {
            let all = collection.requests();
            all.iter().map(|one| serde_json::to_value(&one.1.request).expect("JSON")).collect()
        };
        let (was, is) = (requests(&first.collection), requests(&again.collection));
        assert_eq!(was.len(), is.len(), "{name}");
        for (was, is) in was.iter().zip(&is) {
            assert_eq!(was, is, "{name}");
        }
        assert_eq!(first.collection.environments, again.collection.environments, "{name}");
        count += 1;
    }
    assert!(count > 30, "{count}");
}
