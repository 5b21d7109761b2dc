//! Bruno's collections, in and out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use errand_interop::{Exported, Format, Import, Outcome, Source, bruno, import};
use errand_model::{
    Auth, Body, CaptureScope, Flow, Item, ItemRequest, KeyText, Operator, RawLanguage, ScriptPhase,
    SecretSource, VariableType,
};
use serde_json::{Value, json};

fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/bruno");
    if corpus.is_dir() {
        return Some(corpus);
    }
    eprintln!("SKIPPED: the corpus is not at {}", corpus.display());
    None
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A folder with all in it.
fn folder(path: &Path) -> Source {
    files(path).iter().fold(Source::default(), |source, file| {
        let below = file.strip_prefix(path).expect("a path inside").display().to_string();
        source.with(below, std::fs::read(file).expect("a file"))
    })
}

fn file(path: &Path) -> Source {
    Source::file(path.display().to_string(), std::fs::read(path).expect("a file"))
}

fn of(source: &Source) -> Import {
    import(source, Some(Format::Bruno)).unwrap_or_else(|error| panic!("{error}"))
}

fn request<'i>(import: &'i Import, name: &str) -> &'i ItemRequest {
    let requests = import.collection.requests();
    let found = requests.into_iter().find(|(_, item)| item.request.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).1
}

fn again(exported: &Exported) -> Source {
    let mut source = Source::default();
    for (path, bytes) in &exported.files {
        source = source.with(path.clone(), bytes.clone());
    }
    source
}

/// The trees of a folder's files.
fn trees(source: &Source) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for entry in &source.entries {
        let text = entry.text().unwrap_or_default();
        let tree = match entry.path.as_str() {
            path if path.ends_with("bruno.json") => serde_json::from_str(&text).expect("JSON"),
            path if path.starts_with("environments/") || path.contains("/environments/") => {
                bruno::environment_tree(path, &text).unwrap_or_else(|error| panic!("{error}"))
            }
            path if path.rsplit('.').next() == Some("bru") => {
                bruno::tree(path, &text).unwrap_or_else(|error| panic!("{error}"))
            }
            _ => continue,
        };
        found.insert(entry.path.clone(), tree);
    }
    found
}

/// Equal whatever the order of keys.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let ordered: BTreeMap<_, _> = object.iter().map(|(k, v)| (k, sorted(v))).collect();
            json!(ordered)
        }
        Value::Array(list) => list.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

fn bruno_folders(corpus: &Path) -> Vec<PathBuf> {
    let configs = files(corpus).into_iter().filter(|path| path.ends_with("bruno.json"));
    configs.filter_map(|path| path.parent().map(Path::to_owned)).collect()
}

#[test]
fn folders_come_out_as_they_came_in() {
    let Some(corpus) = corpus() else { return };
    let folders = bruno_folders(&corpus);
    assert_eq!(folders.len(), 3);
    for path in folders {
        let source = folder(&path);
        let exported = bruno::export(&of(&source).collection).expect("an export");
        assert_eq!(exported.receipt.lines, []);
        let (before, after) = (trees(&source), trees(&again(&exported)));
        for (path, tree) in &before {
            let made = after.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", after.keys()));
            assert_eq!(sorted(made), sorted(tree), "{path}");
        }
        assert_eq!(before.len(), after.len(), "{}", path.display());
    }
}

#[test]
fn exports_as_json_come_out_with_all_they_say() {
    let Some(corpus) = corpus() else { return };
    let names = [
        "bruno__bruno-v2-json-collection-with-proxy.json",
        "bruno__bruno-with-examples.json",
        "bruno__descriptions-collection-bru.json",
    ];
    for name in names {
        let source = file(&corpus.join(name));
        let first = of(&source);
        let exported = bruno::export(&first.collection).expect("an export");
        assert_eq!(exported.receipt.lines, []);
        let second = of(&again(&exported));
        let exported_again = bruno::export(&second.collection).expect("an export");
        assert_eq!(trees(&again(&exported)), trees(&again(&exported_again)), "{name}");
        let names = |import: &Import| -> Vec<_> {
            let requests = import.collection.requests();
            requests.iter().map(|(above, item)| (above.join("/"), item.request.clone())).collect()
        };
        assert_eq!(names(&first), names(&second), "{name}");
        assert_eq!(first.collection.root, second.collection.root, "{name}");
    }
    let proxy = file(&corpus.join(names[0]));
    let exported = bruno::export(&of(&proxy).collection).expect("an export");
    let config = &trees(&again(&exported))["bruno.json"];
    assert_eq!(config["proxy"]["hostname"], "127.0.0.1");
    assert_eq!(config["size"], json!(0.000_143_051_147_460_937_5));
}

#[test]
fn edits_survive_the_way_out() {
    let text = "meta {\n  name: a\n}\n\npost {\n  url: x\n  body: graphql\n  auth: bearer\n}\n\n\
                auth:basic {\n  username: u\n  password: p\n}\n\nauth:bearer {\n  token: t\n}\n\n\
                body:text {\n  other\n}\n\nbody:graphql {\n  { a }\n}\n\n\
                assert {\n  $res.status: 200\n  req.url: eq x\n}\n";
    let mut import = of(&Source::file("a.bru", text.as_bytes().to_vec()));
    let back = |import: &Import| {
        let exported = bruno::export(&import.collection).expect("an export");
        trees(&again(&exported))["a.bru"].clone()
    };
    assert_eq!(sorted(&back(&import)), sorted(&bruno::tree("a", text).expect("Bru")));
    let Item::Request(item) = &mut import.collection.items[0] else { panic!("no request") };
    item.request.url = "y".to_owned();
    item.request.checks[0].value = "201".to_owned();
    item.request.body = Body::Raw { language: RawLanguage::Json, text: "{\"b\": 1}".to_owned() };
    let tree = back(&import);
    assert_eq!(tree["http"]["url"], "y");
    assert_eq!(tree["http"]["body"], "json");
    assert_eq!(tree["body"], json!({"json": "{\"b\": 1}", "text": "other"}));
    assert_eq!(tree["auth"]["basic"]["username"], "u");
    let assertions: Vec<_> =
        tree["assertions"].as_array().expect("rows").iter().map(|row| &row["value"]).collect();
    assert_eq!(assertions, [&json!("eq 201"), &json!("eq x")]);
}

#[test]
fn a_request_with_everything() {
    let text = include_str!("bruno/everything.bru");
    let import = of(&Source::file("everything.bru", text.as_bytes().to_vec()));
    let item = request(&import, "Everything");
    let request = &item.request;
    assert_eq!((request.method.as_str(), request.seq), ("POST", Some(3.0)));
    assert_eq!(request.tags, ["a", "b"]);
    assert_eq!(request.docs, "# Words");
    let Auth::OAuth2(oauth) = &request.auth else { panic!("{:?}", request.auth) };
    assert_eq!(oauth.flow, Flow::AuthorizationCode);
    assert!(!oauth.pkce.disabled && oauth.settings.auto_refresh_token);
    let parameters = &oauth.additional_parameters;
    assert_eq!(parameters.authorization_request[0].name, "audience");
    assert_eq!(parameters.access_token_request.len(), 1);
    assert_eq!(request.settings.timeout_ms, Some(5000));
    assert_eq!(request.settings.follow_redirects, Some(false));
    let checks: Vec<_> = request
        .checks
        .iter()
        .map(|c| (c.expression.as_str(), c.operator, c.value.as_str()))
        .collect();
    assert_eq!(
        checks,
        [
            ("res.status", Operator::Eq, "200"),
            ("res.body.items", Operator::Length, "3"),
            ("res.body.name", Operator::IsString, ""),
        ]
    );
    assert_eq!(request.captures[0].variable, "token");
    assert_eq!(request.captures[1].scope, CaptureScope::Request);
    assert_eq!(request.captures.len(), 2);
    assert_eq!(request.variables[0].kind, VariableType::Number);
    let phases: Vec<_> = request.scripts.iter().map(|script| script.phase).collect();
    assert_eq!(
        phases,
        [ScriptPhase::BeforeRequest, ScriptPhase::AfterResponse, ScriptPhase::Tests]
    );
    assert_eq!(item.extensions["errand"]["scriptDialect"], "bruno");
    let example = &item.examples[0];
    assert_eq!(example.response.status, Some(201));
    assert_eq!(example.response.body.as_ref().map(|body| body.kind.as_str()), Some("json"));
    let lines: Vec<_> = import
        .receipt
        .lines
        .iter()
        .filter(|line| line.place == "Everything" && line.outcome == Outcome::NotCarried)
        .map(|line| line.item.as_str())
        .collect();
    assert_eq!(
        lines,
        [
            "assertion req.url",
            "variable upper after the response",
            "auth.basic",
            "auth.oauth2.additionalParameters.token.off",
        ]
    );
    let exported = bruno::export(&import.collection).expect("an export");
    let tree = trees(&again(&exported))["everything.bru"].clone();
    assert_eq!(sorted(&tree), sorted(&bruno::tree("a", text).expect("Bru")));
}

#[test]
fn variables_of_the_process_and_secrets() {
    let env = "vars {\n  a: {{process.env.TOKEN}}\n}\nvars:secret [\n  key\n]\ncolor: #fff\n";
    let source = Source::default()
        .with("bruno.json", &br#"{"version":"1","name":"N","type":"collection"}"#[..])
        .with(".env", &b"TOKEN=\"t1\"\nOTHER=x\n"[..])
        .with("environments/Dev.bru", env.as_bytes().to_vec())
        .with("a.bru", &b"get {\n  url: {{process.env.HOST}}/{{?id}}\n}\n"[..]);
    let import = of(&source);
    let variables = &import.collection.root.defaults.variables;
    assert_eq!(variables[0].name, "process.env.HOST");
    let from = SecretSource::Environment { variable: "HOST".to_owned() };
    assert_eq!(variables[0].source, Some(from));
    assert_eq!((variables[1].value.as_str(), variables[1].secret), ("t1", true));
    let environment = &import.collection.environments[0].environment;
    assert_eq!(environment.color, "#fff");
    assert!(environment.variables[1].secret && environment.variables[1].name == "key");
    let items: Vec<_> = import.receipt.lines.iter().map(|line| line.item.as_str()).collect();
    assert!(items.contains(&"{{?id}}") && items.contains(&".env: OTHER"), "{items:?}");
    let mut collection = import.collection;
    collection.environments[0].environment.variables[1].value = "hunter2".to_owned();
    let exported = bruno::export(&collection).expect("an export");
    for (path, bytes) in &exported.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("hunter2") && !text.contains("t1"), "{path}");
    }
    assert_eq!(
        trees(&again(&exported))["environments/Dev.bru"],
        trees(&source)["environments/Dev.bru"]
    );
}

#[test]
fn certificates_proxy_and_presets_of_the_config() {
    let config = json!({
        "version": "1", "name": "C", "type": "collection",
        "presets": {"requestType": "http"},
        "proxy": {"enabled": true, "hostname": "h", "auth": {"password": "p"}},
        "clientCertificates": {"enabled": true, "certs": [
            {"domain": "a.example", "type": "cert", "certFilePath": "a.pem", "keyFilePath": "a.key",
             "passphrase": "{{pass}}"},
            {"domain": "b.example", "type": "pfx", "pfxFilePath": "b.p12", "passphrase": ""}
        ]}
    });
    let source = Source::default()
        .with("bruno.json", config.to_string().into_bytes())
        .with("a.bru", &b"get {\n  url: x\n}\n"[..]);
    let import = of(&source);
    assert_eq!(import.collection.root.client_certificates.len(), 2);
    let items: Vec<_> = import.receipt.lines.iter().map(|line| line.item.as_str()).collect();
    assert!(items.contains(&"config.proxy") && items.contains(&"config.presets"), "{items:?}");
    let exported = bruno::export(&import.collection).expect("an export");
    assert_eq!(sorted(&trees(&again(&exported))["bruno.json"]), sorted(&config));
}

#[test]
fn keys_of_oauth_1() {
    let text = "get {\n  url: x\n  auth: oauth1\n}\n\nauth:oauth1 {\n  consumer_key: c\n  \
                signature_method: RSA-SHA1\n  private_key: @file(k.pem)\n  placement: query\n}\n";
    let import = of(&Source::file("a.bru", text.as_bytes().to_vec()));
    let Auth::OAuth1(oauth) = &request(&import, "a").request.auth else { panic!("no OAuth 1") };
    assert_eq!(oauth.private_key, KeyText::File("k.pem".to_owned()));
    assert_eq!(oauth.signature_method, "RSA-SHA1");
}

#[test]
fn several_collections_and_what_bruno_does_not_send() {
    let config =
        |name: &str| format!("{{\"name\":\"{name}\",\"type\":\"collection\"}}").into_bytes();
    let source = Source::default()
        .with("x/bruno.json", config("One"))
        .with("x/environments/Dev.bru", &b"vars {\n  a: 1\n}\n"[..])
        .with("x/call.bru", &b"meta {\n  name: Call\n  type: grpc\n}\n\ngrpc {\n  url: h\n  method: /a/B\n}\n\nbody:grpc {\n  name: m\n  content: '''\n    {}\n  '''\n}\n"[..])
        .with("y/bruno.json", config("Two"))
        .with("y/environments/Dev.bru", &b"vars {\n  a: 2\n}\n"[..])
        .with("y/lib.js", &b"x"[..])
        .with("y/f/r.bru", &b"get {\n  url: x\n}\n"[..]);
    let import = of(&source);
    let names: Vec<_> =
        import.collection.environments.iter().map(|e| &e.environment.name).collect();
    assert_eq!(names, ["Dev", "Dev (Two)"]);
    let [Item::Folder(one), Item::Folder(two)] = import.collection.items.as_slice() else {
        panic!("two folders are expected")
    };
    assert_eq!((one.folder.name.as_str(), two.folder.name.as_str()), ("One", "Two"));
    let Item::Other(other) = &one.items[0] else { panic!("a gRPC request is expected") };
    assert_eq!(other.content["info"]["type"], "grpc");
    assert_eq!(other.content["grpc"]["method"], "/a/B");
    assert!(import.receipt.lines.iter().any(|line| line.place == "Two" && line.item == "lib.js"));
    let exported = bruno::export(&import.collection).expect("an export");
    let paths: Vec<_> = exported.files.iter().map(|(path, _)| path.as_str()).collect();
    assert!(paths.contains(&"One/call.bru") && paths.contains(&"Two/f/r.bru"), "{paths:?}");
}

#[test]
fn hostile_names_stay_in_the_folder_and_apart() {
    let names = ["../x", "/etc/x", "CON", "a\0b", "A", "a", "folder", "é", "e\u{301}", "", ".."];
    let long = "n".repeat(300);
    let items: Vec<_> = names
        .iter()
        .chain([&long.as_str(), &long.as_str()])
        .map(|name| json!({"type": "http", "name": name, "seq": 1, "request": {"url": "x", "method": "GET", "body": {"mode": "none", "formUrlEncoded": []}}}))
        .collect();
    let document = json!({"name": "../../n", "version": "1", "items": items, "environments": [{"name": "../e", "variables": []}], "brunoConfig": {}});
    let import = of(&Source::text(document.to_string()));
    let exported = bruno::export(&import.collection).expect("an export");
    let mut seen = std::collections::HashSet::new();
    for (path, _) in &exported.files {
        assert!(!path.starts_with('/') && !path.split('/').any(|part| part == ".."), "{path}");
        assert!(path.len() < 200 && !path.contains('\0'), "{path}");
        assert!(seen.insert(path.to_lowercase()), "{path}");
    }
    assert_eq!(exported.files.len(), names.len() + 4);
}

#[test]
fn cut_and_hostile_sources_are_refused_or_read() {
    let Some(corpus) = corpus() else { return };
    let text = std::fs::read_to_string(corpus.join("bruno__bruno-with-examples.json")).expect("it");
    for (at, _) in text.char_indices() {
        let source = Source::text(&text[..at]);
        let _ = errand_interop::recognise(&source);
        assert!(import(&source, Some(Format::Bruno)).is_err());
    }
    let deep = format!("{}{}", "{\"items\":[".repeat(100_000), "]}".repeat(100_000));
    assert!(import(&Source::text(deep), Some(Format::Bruno)).is_err());
    let deep = format!("{}a.bru", "d/".repeat(10_000));
    let source = Source::file(deep, &b"get {\n  url: x\n}\n"[..])
        .with("bruno.json", &br#"{"type":"collection"}"#[..]);
    assert!(import(&source, None).is_err());
    for text in ["{\"items\":1,\"brunoConfig\":{}}", "{\"items\":[1],\"brunoConfig\":{}}", "[]", ""]
    {
        assert!(import(&Source::text(text), Some(Format::Bruno)).is_err(), "{text}");
    }
    let odd = json!({"brunoConfig": [], "items": [{"type": 1, "name": [], "request": [], "examples": [1, {}],
        "settings": 3, "root": "x"}, {"items": 5, "root": []}, {"type": "folder"}], "root": [], "environments": [1, {}]});
    assert_eq!(of(&Source::text(odd.to_string())).collection.items.len(), 3);
}

#[test]
fn many_requests_are_fast() {
    let item = |n: usize| {
        json!({"type": "http", "name": format!("r {}", n % 10), "seq": n,
        "request": {"url": "https://example.com", "method": "GET", "headers": [{"name": "a", "value": "b"}],
                    "body": {"mode": "none", "formUrlEncoded": []}}})
    };
    let document = json!({"name": "many", "items": (0..10_000).map(item).collect::<Vec<_>>(), "brunoConfig": {}});
    let import = of(&Source::text(document.to_string()));
    assert_eq!(import.collection.items.len(), 10_000);
    let exported = bruno::export(&import.collection).expect("an export");
    assert_eq!(exported.files.len(), 10_001);
}

#[test]
fn several_exports_at_once() {
    let one = |name: &str| {
        json!({"name": name, "version": "1", "items": [{"type": "http", "name": "r", "request": {"url": "x", "method": "GET"}}], "brunoConfig": {}})
            .to_string()
            .into_bytes()
    };
    let source = Source::default()
        .with("a.json", one("A"))
        .with("b.json", one("B"))
        .with("notes.txt", &b"x"[..]);
    let found = import(&source, None).expect("two exports");
    assert_eq!(found.format, Format::Bruno);
    let paths: Vec<_> =
        found.collection.requests().iter().map(|(above, _)| above.join("/")).collect();
    assert_eq!(paths, ["A", "B"]);
}

#[test]
fn items_of_others_come_out_as_far_as_bruno_has_them() {
    let other = |kind: &str, details: Value| {
        let content = json!({"info": {"name": kind, "type": kind, "seq": 2}, kind: details});
        let Value::Object(content) = content else { panic!("an object") };
        Item::Other(errand_model::ItemOther { name: kind.to_owned(), content })
    };
    let items = vec![
        other(
            "graphql",
            json!({"url": "u", "headers": [{"name": "a", "value": "b", "disabled": true}],
            "body": {"query": "{ a }", "variables": "{}"}, "auth": "inherit"}),
        ),
        other(
            "grpc",
            json!({"url": "h", "method": "a.B/C", "metadata": [{"name": "m", "value": "1"}],
            "message": "{}"}),
        ),
        other("websocket", json!({"url": "ws://h", "message": {"type": "json", "data": "{\n}"}})),
        other("script", json!({})),
    ];
    let collection = errand_model::Collection { items, ..errand_model::Collection::default() };
    let exported = bruno::export(&collection).expect("an export");
    let trees = trees(&again(&exported));
    let graphql = &trees["graphql.bru"];
    assert_eq!(
        (&graphql["http"]["method"], &graphql["http"]["auth"]),
        (&json!("post"), &json!("inherit"))
    );
    assert_eq!(graphql["body"]["graphql"]["query"], "{ a }");
    assert_eq!(graphql["headers"][0]["enabled"], false);
    assert_eq!(trees["grpc.bru"]["body"]["grpc"], json!([{"name": "message 1", "content": "{}"}]));
    assert_eq!(trees["websocket.bru"]["body"]["ws"][0]["content"], "{\n}");
    assert_eq!(exported.receipt.count(Outcome::NotCarried), 1);
    let back = of(&again(&exported));
    assert_eq!(back.collection.items.len(), 3);
}

#[test]
fn what_bru_cannot_say_is_told() {
    let request = |value: &str| {
        let item = json!({"type": "http", "name": "r", "request": {"url": "x", "method": "GET",
            "headers": [{"name": "a", "value": value}], "body": {"mode": "json", "json": "{\n}"}}});
        of(&Source::text(json!({"items": [item], "brunoConfig": {}}).to_string()))
    };
    for (value, told) in [("plain", 0), ("a\nb", 0), ("'''", 1), ("a\r\nb", 1), ("'''\n'''", 1)] {
        let exported = bruno::export(&request(value).collection).expect("an export");
        let lines = &exported.receipt.lines;
        assert_eq!(
            lines.iter().filter(|line| line.item == "text").count(),
            told,
            "{value:?} {lines:?}"
        );
        assert!(trees(&again(&exported)).contains_key("r.bru"));
    }
}
