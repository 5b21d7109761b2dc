//! Thunder Client's exports.

use errand_interop::{Format, Import, Outcome, Source, import};
use errand_model::{
    ApiKeyPlace, Auth, Body, CaptureScope, ClientAuthentication, Flow, Item, ItemRequest, Operator,
    ParamKind, PartKind, ScriptPhase,
};
use serde_json::{Value, json};

fn of(value: &Value) -> Import {
    import(&Source::text(value.to_string()), None).unwrap_or_else(|error| panic!("{error}"))
}

fn request<'i>(import: &'i Import, name: &str) -> &'i ItemRequest {
    let requests = import.collection.requests();
    let found = requests.into_iter().find(|(_, item)| item.request.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).1
}

fn collection(folders: &Value, requests: &Value) -> Value {
    json!({
        "clientName": "Thunder Client", "collectionName": "C", "collectionId": "c",
        "version": "1.2", "folders": folders, "requests": requests,
    })
}

#[test]
fn a_request_with_everything() {
    let given = collection(
        &json!([]),
        &json!([{
            "_id": "r", "colId": "c", "containerId": "", "name": "R", "method": "POST",
            "url": "https://example.com/:id?q=1&t={{#guid}}", "docs": "# Words",
            "headers": [{"name": "A", "value": "{{a}}"}, {"name": "B", "value": "b", "isDisabled": true}, {"name": "", "value": ""}],
            "params": [{"name": "q", "value": "1", "isPath": false}, {"name": "id", "value": "7", "isPath": true}],
            "body": {"type": "formdata", "form": [{"name": "x", "value": "1"}],
                     "files": [{"name": "f", "value": "a.txt"}]},
            "auth": {"type": "bearer", "bearer": "{{token}}"},
            "preReq": {"inputScript": "tc.setVar('a', 1)", "runRequests": [{"reqId": "x"}]},
            "postReq": {"inputScript": "tc.test('x', true)"},
            "settings": {"options": {"timeout": 5}},
            "tests": [
                {"type": "res-code", "custom": "", "action": "equal", "value": "200"},
                {"type": "json-query", "custom": "json.items", "action": "count", "value": "2"},
                {"type": "json-query", "custom": "json.name", "action": "istype", "value": "string"},
                {"type": "header", "custom": "X-A", "action": "contains", "value": "b"},
                {"type": "res-time", "action": "<=", "value": "500"},
                {"type": "json-query", "custom": "json.a | size", "action": "equal", "value": "1"},
                {"type": "set-env-var", "custom": "json.token", "action": "setto", "value": "{{token}}"},
                {"type": "set-env-var", "custom": "header.x-id", "action": "setto", "value": "{{id,local}}"},
                {"type": "set-env-var", "custom": "cookie.c", "action": "setto", "value": "{{c}}"}
            ]
        }]),
    );
    let import = of(&given);
    assert_eq!(import.format, Format::Thunder);
    let item = request(&import, "R");
    let request = &item.request;
    assert_eq!(request.url, "https://example.com/:id?q=1&t={{$guid}}");
    assert_eq!(request.headers.len(), 2);
    assert!(!request.headers[1].enabled);
    assert_eq!(request.params[1].kind, ParamKind::Path);
    let Body::Multipart { rows } = &request.body else { panic!("{:?}", request.body) };
    assert_eq!(
        (rows[1].kind, rows[1].files.as_slice()),
        (PartKind::File, &["a.txt".to_owned()][..])
    );
    assert_eq!(request.auth, Auth::Bearer { token: "{{token}}".to_owned() });
    let checks: Vec<_> = request
        .checks
        .iter()
        .map(|c| (c.expression.as_str(), c.operator, c.value.as_str()))
        .collect();
    assert_eq!(
        checks,
        [
            ("res.status", Operator::Eq, "200"),
            ("res.body.items", Operator::Length, "2"),
            ("res.body.name", Operator::IsString, ""),
            ("res.headers.x-a", Operator::Contains, "b"),
            ("res.responseTime", Operator::Lte, "500"),
        ]
    );
    assert_eq!(request.captures[0].scope, CaptureScope::Environment);
    assert_eq!(request.captures[1].expression, "res.headers.x-id");
    let phases: Vec<_> = request.scripts.iter().map(|script| script.phase).collect();
    assert_eq!(phases, [ScriptPhase::BeforeRequest, ScriptPhase::AfterResponse]);
    assert_eq!(item.extensions["errand"]["scriptDialect"], "thunder");
    assert_eq!(item.extensions["thunder"]["tests"].as_array().map(Vec::len), Some(2));
    let left: Vec<_> = import
        .receipt
        .lines
        .iter()
        .filter(|line| line.outcome == Outcome::NotCarried)
        .map(|line| line.item.as_str())
        .collect();
    assert_eq!(
        left,
        ["json-query json.a | size", "set-env-var cookie.c", "preReq.runRequests", "settings"]
    );
}

#[test]
fn bodies() {
    let requests: Vec<_> = [
        json!({"type": "json", "raw": "{}"}),
        json!({"type": "formencoded", "form": [{"name": "a", "value": "b"}]}),
        json!({"type": "graphql", "graphql": {"query": "{ a }", "variables": "{\"x\": 1}"}}),
        json!({"type": "binary", "binary": "a.bin"}),
        json!({"type": "strange"}),
    ]
    .into_iter()
    .enumerate()
    .map(|(n, body)| json!({"name": n.to_string(), "url": "x", "method": "POST", "body": body}))
    .collect();
    let import = of(&collection(&json!([]), &json!(requests)));
    let body = |name: &str| &request(&import, name).request.body;
    assert!(matches!(body("0"), Body::Raw { text, .. } if text == "{}"));
    assert!(matches!(body("1"), Body::FormUrlEncoded { rows } if rows.len() == 1));
    let graphql = r#"{"query":"{ a }","variables":{"x": 1}}"#;
    assert!(matches!(body("2"), Body::Raw { text, .. } if text == graphql), "{:?}", body("2"));
    assert!(matches!(body("3"), Body::File { files } if files[0].path == "a.bin"));
    assert_eq!(*body("4"), Body::None);
    assert_eq!(request(&import, "4").extensions["thunder"]["body"]["type"], "strange");
}

#[test]
fn auth_of_each_kind() {
    let kinds = json!([
        {"type": "none"},
        {"type": "inherit"},
        {"type": "basic", "basic": {"username": "u", "password": "p"}},
        {"type": "digest", "digest": {"username": "u", "password": "p"}},
        {"type": "ntlm", "ntlm": {"username": "u", "password": "p", "domain": "d"}},
        {"type": "bearer", "bearer": "t", "bearerPrefix": "Token"},
        {"type": "aws", "aws": {"accessKeyId": "a", "secretKey": "s", "region": "r", "service": "x"}},
        {"type": "oauth2", "oauth2": {"grantType": "client_credentials", "tokenUrl": "t",
            "clientId": "c", "clientSecret": "s", "clientAuth": "in-header"}},
        {"type": "magic", "magic": 1}
    ]);
    let requests: Vec<_> = kinds
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(n, auth)| json!({"name": n.to_string(), "url": "x", "method": "GET", "auth": auth}))
        .collect();
    let import = of(&collection(&json!([]), &json!(requests)));
    let auth = |name: &str| &request(&import, name).request.auth;
    assert_eq!((auth("0"), auth("1")), (&Auth::None, &Auth::Inherit));
    assert!(matches!(auth("2"), Auth::Basic { .. }) && matches!(auth("3"), Auth::Digest { .. }));
    assert!(matches!(auth("4"), Auth::Ntlm { domain, .. } if domain == "d"));
    let header = Auth::ApiKey {
        key: "Authorization".to_owned(),
        value: "Token t".to_owned(),
        placement: ApiKeyPlace::Header,
    };
    assert_eq!(*auth("5"), header);
    assert!(matches!(auth("6"), Auth::AwsV4(aws) if aws.secret_access_key == "s"));
    let Auth::OAuth2(oauth) = auth("7") else { panic!("no OAuth 2") };
    assert_eq!(oauth.flow, Flow::ClientCredentials);
    assert_eq!(oauth.client_authentication, ClientAuthentication::Basic);
    assert_eq!(*auth("8"), Auth::Other { scheme: "magic".to_owned() });
}

#[test]
fn folders_by_their_ids_with_cycles_cut() {
    let folder = |id: &str, above: &str, sort: u32| {
        json!({"_id": id, "name": id, "containerId": above, "sortNum": sort,
               "settings": {"headers": [{"name": "H", "value": id}], "options": {"baseUrl": "https://h"}}})
    };
    let folders = json!([
        folder("b", "a", 2),
        folder("a", "", 1),
        folder("x", "y", 3),
        folder("y", "x", 4),
        folder("s", "s", 5)
    ]);
    let requests = json!([
        {"_id": "1", "name": "inner", "url": "/p", "method": "GET", "containerId": "b"},
        {"_id": "2", "name": "lost", "url": "q", "method": "GET", "containerId": "gone"},
        {"_id": "3", "name": "round", "url": "q", "method": "GET", "containerId": "y"}
    ]);
    let import = of(&collection(&folders, &requests));
    let paths: Vec<_> = import
        .collection
        .requests()
        .into_iter()
        .map(|(above, item)| {
            format!("{}/{} {}", above.join("/"), item.request.name, item.request.url)
        })
        .collect();
    assert_eq!(paths, ["a/b/inner https://h/p", "y/round https://h/q", "/lost q"]);
    let Item::Folder(a) = &import.collection.items[0] else { panic!("a folder") };
    assert_eq!(a.folder.defaults.headers[0].value, "a");
}

#[test]
fn files_of_a_project_belong_together() {
    let source = Source::default()
        .with("thunder-tests/thunderCollection.json", json!([{"_id": "c", "colName": "One", "folders": [], "sortNum": 2}, {"_id": "d", "colName": "Two", "folders": [], "sortNum": 1}]).to_string().into_bytes())
        .with("thunder-tests/thunderclient.json", json!([{"_id": "1", "colId": "c", "containerId": "", "name": "r", "url": "x", "method": "GET"}, {"_id": "2", "colId": "z", "containerId": "", "name": "loose", "url": "x", "method": "GET"}]).to_string().into_bytes())
        .with("thunder-tests/thunderEnvironment.json", json!([{"_id": "e", "name": "Dev", "default": true, "sortNum": 1, "data": [{"name": "a", "value": "1"}], "envFile": "../x.env"}, {"_id": "g", "name": "(Global Env)", "global": true, "default": false, "sortNum": 2, "data": [{"name": "g", "value": "1"}]}]).to_string().into_bytes())
        .with("readme.md", &b"# x"[..]);
    let import = import(&source, None).expect("a project");
    let paths: Vec<_> = import
        .collection
        .requests()
        .into_iter()
        .map(|(above, item)| format!("{}/{}", above.join("/"), item.request.name))
        .collect();
    assert_eq!(paths, ["One/r", "Requests/loose"]);
    assert_eq!(import.collection.environments.len(), 1);
    assert_eq!(import.collection.environments[0].environment.dot_env_file, None);
    assert_eq!(import.collection.root.globals[0].name, "g");
}

#[test]
fn cut_deep_and_hostile_sources() {
    let given = collection(
        &json!([{"_id": "a", "name": "é", "containerId": ""}]),
        &json!([{"name": "r", "url": "x", "method": "GET", "tests": [{}]}]),
    )
    .to_string();
    for (at, _) in given.char_indices() {
        assert!(import(&Source::text(&given[..at]), Some(Format::Thunder)).is_err());
    }
    let chain = |length: usize| -> Value {
        let folder = |n: usize| json!({"_id": n.to_string(), "name": "f", "containerId": if n == 0 { String::new() } else { (n - 1).to_string() }});
        collection(&(0..length).map(folder).collect(), &json!([]))
    };
    assert!(import(&Source::text(chain(100_000).to_string()), None).is_err());
    assert!(import(&Source::text(chain(60).to_string()), None).is_ok());
    let odd = json!({"clientName": "Thunder Client", "collectionName": 5, "folders": [1, {"_id": []}], "settings": [],
        "requests": [1, {"headers": {}, "body": [], "auth": 3, "tests": [1, {"type": []}], "preReq": [], "params": [null]}]});
    assert_eq!(of(&odd).collection.requests().len(), 2);
    for text in ["[1]", "{}", "[]x", "{\"clientName\":\"Thunder Client\"}"] {
        assert!(import(&Source::text(text), Some(Format::Thunder)).is_err(), "{text}");
    }
}
