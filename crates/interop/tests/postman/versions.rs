//! All versions give the same.

use errand_interop::{Format, Source, import};
use errand_model::{Auth, Body, Collection, Item};
use serde_json::{Value, json};

use super::support::{corpus, files, forget, read, read_value};

/// A document of version 2.1 as version 2.0 writes it: parameters of auths by name.
fn older(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(older),
        Value::Object(object) => {
            if let Some(Value::Object(auth)) = object.get_mut("auth") {
                for (_, rows) in auth.iter_mut().filter(|(name, _)| *name != "noauth") {
                    let Value::Array(list) = rows else { continue };
                    let pairs = list.iter().filter_map(|row| {
                        Some((row.get("key")?.as_str()?.to_owned(), row.get("value")?.clone()))
                    });
                    *rows = Value::Object(pairs.collect());
                }
            }
            object.values_mut().for_each(older);
        }
        _ => {}
    }
}

#[test]
fn version_2_0_and_2_1_give_the_same_collection() {
    let Some(folder) = corpus() else { return };
    let mut compared = 0;
    for (name, bytes) in files(&folder) {
        let text = String::from_utf8_lossy(&bytes);
        let document = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}'));
        let Ok(mut document) = document else { continue };
        let schema = document.pointer("/info/schema").and_then(Value::as_str).unwrap_or_default();
        if !schema.contains("v2.1.0") {
            continue;
        }
        let Ok(mut newer) = read(&name, &bytes) else { continue };
        older(&mut document);
        document["info"]["schema"] =
            json!("https://schema.getpostman.com/json/collection/v2.0.0/collection.json");
        let mut elder = read(&name, document.to_string().as_bytes()).expect("it is imported");
        assert_eq!(newer.receipt, elder.receipt, "{name}");
        // What is kept of the originals tells them apart: types of parameters are in one only.
        forget(&mut newer.collection);
        forget(&mut elder.collection);
        assert_eq!(newer.collection, elder.collection, "{name}");
        compared += 1;
    }
    assert!(compared >= 60, "only {compared} were compared");
}

#[test]
fn twins_of_the_corpus_give_the_same_collection() {
    let Some(folder) = corpus() else { return };
    let of = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).expect("a file");
        let mut collection = read(name, &bytes).expect("it is imported").collection;
        forget(&mut collection);
        collection
    };
    let shape = |collection: &Collection| {
        let requests = collection.requests().into_iter().map(|(above, item)| {
            let request = &item.request;
            (
                above.join("/"),
                request.name.clone(),
                request.method.clone(),
                request.url.clone(),
                request.auth.clone(),
                request.body.clone(),
                // The texts of the twins differ in a semicolon.
                request
                    .scripts
                    .iter()
                    .map(|s| s.code.trim_end_matches(';').to_owned())
                    .collect::<Vec<_>>(),
            )
        });
        requests.collect::<Vec<_>>()
    };
    let elder = of("newman-integration/multi-level-folders-v1.postman_collection.json");
    let newer = of("newman-integration/multi-level-folders-v2.postman_collection.json");
    assert_eq!(shape(&elder), shape(&newer));
    let elder = of("postman-to-k6__format-v1.json");
    let newer = of("postman-to-k6__format-v2.1.json");
    assert_eq!(shape(&elder), shape(&newer));
}

fn version_3() -> Source {
    let file = |source: Source, path: &str, text: &str| source.with(path, text.as_bytes().to_vec());
    let source = Source::default();
    let source = file(
        source,
        "postman/collections/Shop/.resources/definition.yaml",
        "$kind: collection\nname: The shop\ndescription: All of it\nvariables:\n  - key: base\n    value: http://h\nauth:\n  type: bearer\n  credentials:\n    - key: token\n      value: '{{token}}'\nscripts:\n  - type: http:beforeRequest\n    code: console.log(1)\n",
    );
    let source = file(
        source,
        "postman/collections/Shop/Orders/.resources/definition.yaml",
        "$kind: collection\norder: 10\n",
    );
    let source = file(
        source,
        "postman/collections/Shop/Orders/Get order.request.yaml",
        "$kind: http-request\nmethod: GET\nurl: '{{base}}/orders/:id?a=1'\norder: 2000\nheaders:\n  Accept: application/json\nqueryParams:\n  - key: a\n    value: '1'\n    description: first\n  - key: b\n    value: '2'\n    disabled: true\npathVariables:\n  - key: id\n    value: '7'\nscripts:\n  - type: afterResponse\n    code: |-\n      one\n      two\nsettings:\n  followRedirects: false\nexamples: ./.resources/Get order.resources/examples\n",
    );
    let source = file(
        source,
        "postman/collections/Shop/Orders/.resources/Get order.resources/examples/OK.example.yaml",
        "$kind: http-example\nrequest:\n  url: '{{base}}/orders/7'\n  method: GET\nresponse:\n  statusCode: 200\n  statusText: OK\n  headers:\n    - key: Content-Type\n      value: application/json\n  body:\n    type: json\n    content: '{}'\n",
    );
    let source = file(
        source,
        "postman/collections/Shop/Orders/New.request.yaml",
        "$kind: http-request\nmethod: POST\nurl: '{{base}}/orders'\norder: 1000\nbody:\n  type: formdata\n  content:\n    - key: f\n      type: file\n      src: ./a.txt\n    - key: t\n      type: text\n      value: x\nauth:\n  type: noauth\n",
    );
    let source = file(
        source,
        "postman/collections/Shop/Live.request.yaml",
        "$kind: websocket-request\nurl: ws://h\n",
    );
    file(
        source,
        "postman/environments/Dev.environment.yaml",
        "name: Dev\nvalues:\n  - key: token\n    value: s3cret\n    enabled: true\n    type: secret\n",
    )
}

#[test]
fn version_3_is_a_folder() {
    let found = import(&version_3(), None).expect("it is imported");
    assert_eq!(found.format, Format::Postman);
    let collection = &found.collection;
    assert_eq!(collection.root.name, "The shop");
    assert_eq!(collection.root.docs, "All of it");
    assert_eq!(collection.root.defaults.auth, Auth::Bearer { token: "{{token}}".to_owned() });
    assert_eq!(collection.root.defaults.scripts.len(), 1);
    let [Item::Folder(orders), Item::Other(live)] = collection.items.as_slice() else {
        panic!("{:?}", collection.items)
    };
    assert_eq!((orders.folder.name.as_str(), live.name.as_str()), ("Orders", "Live"));
    let [Item::Request(new), Item::Request(get)] = orders.items.as_slice() else {
        panic!("{:?}", orders.items)
    };
    assert_eq!((new.request.name.as_str(), &new.request.auth), ("New", &Auth::None));
    assert!(matches!(&new.request.body, Body::Multipart { rows } if rows.len() == 2));
    assert_eq!(get.request.url, "{{base}}/orders/:id?a=1");
    let rows: Vec<_> = get.request.params.iter().map(|p| (p.name.as_str(), p.enabled)).collect();
    assert_eq!(rows, [("a", true), ("b", false), ("id", true)]);
    assert_eq!(get.request.params[0].description, "first");
    assert_eq!(get.request.headers[0].value, "application/json");
    assert_eq!(get.request.scripts[0].code, "one\ntwo");
    assert_eq!(get.request.settings.follow_redirects, Some(false));
    assert_eq!(get.examples[0].response.status, Some(200));
    assert_eq!(get.examples[0].response.body.as_ref().map(|b| b.data.as_str()), Some("{}"));
    let secret = &collection.environments[0].environment.variables[0];
    assert!(secret.secret && secret.value == "s3cret");
}

#[test]
fn a_dump_and_a_backup_are_collections_side_by_side() {
    let one = json!({"info": {"name": "One"}, "item": [{"name": "r", "request": "http://h"}]});
    let old = json!({
        "id": "c", "name": "Old", "order": ["r"], "folders": [],
        "requests": [{"id": "r", "name": "q", "method": "PUT", "url": "http://h/:a", "headers": "A: 1\n//B: 2",
            "pathVariables": {"a": "x"}, "dataMode": "raw", "rawModeData": "body"}]
    });
    let environment = json!({"name": "E", "values": [{"key": "k", "value": "v", "enabled": true}]});
    let globals = json!([{"key": "g", "value": "1", "enabled": true}]);
    let dump = json!({"version": 1, "collections": [one, old], "environments": [environment, environment],
        "globals": globals, "headerPresets": [{}]});
    let found = read_value(&dump);
    let names: Vec<_> = found
        .collection
        .items
        .iter()
        .map(|item| match item {
            Item::Folder(folder) => folder.folder.name.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["One", "Old"]);
    let environments: Vec<_> =
        found.collection.environments.iter().map(|e| e.environment.name.as_str()).collect();
    assert_eq!(environments, ["E", "E 2"]);
    assert_eq!(found.collection.root.globals[0].name, "g");
    let requests = found.collection.requests();
    let put = &requests[1].1.request;
    assert_eq!((put.method.as_str(), put.params[0].value.as_str()), ("PUT", "x"));
    assert_eq!(put.headers.iter().map(|h| h.enabled).collect::<Vec<_>>(), [true, false]);
    assert!(matches!(&put.body, Body::Raw { text, .. } if text == "body"));
    assert!(found.receipt.lines.iter().any(|line| line.item == "1 header presets"));

    let backup = Source::file("archive.json", b"{\"collection\":{}}".to_vec())
        .with("collection/1.json", one.to_string().into_bytes())
        .with("collection/2.json", old.to_string().into_bytes())
        .with("environment/3.json", environment.to_string().into_bytes());
    let found = import(&backup, None).expect("it is imported").collection;
    assert_eq!((found.items.len(), found.environments.len()), (2, 1));
}
