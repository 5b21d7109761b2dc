//! Insomnia's exports in and out.

mod shared;

use errand_interop::{Error, Format, Import, Source, import, insomnia, keepsake, yaml};
use errand_model::{
    Auth, Body, CertificateFiles, Collection, Item, ItemFolder, ItemRequest, ParamKind,
    RawLanguage, Request, Variable,
};
use serde_json::Value;

fn document(text: &str) -> Value {
    yaml(&Source::text(text).entries[0]).expect("YAML")
}

/// Imports and exports a document of version 5, which must come out equal.
fn there_and_back(name: &str, text: &str) {
    let imported =
        import(&Source::text(text), None).unwrap_or_else(|error| panic!("{name}: {error}"));
    let exported = insomnia::export(&imported.collection).expect("it is exported");
    let [(_, bytes)] = exported.files.as_slice() else { panic!("{name}: one file is written") };
    let again = String::from_utf8(bytes.clone()).expect("UTF-8");
    let (was, is) = (document(text), document(&again));
    let found = keepsake::difference(&is, &was);
    assert!(found.is_none(), "{name}: {:#}\n{again}", found.unwrap_or_default());
}

#[test]
fn version_5_comes_out_as_it_went_in() {
    let Some(folder) = shared::corpus("insomnia") else { return };
    let mut count = 0;
    for (name, bytes) in shared::files(&folder) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        if text.starts_with("type: ") && text.contains("insomnia.rest/5.0") {
            there_and_back(&name, &text);
            count += 1;
        }
    }
    assert_eq!(count, 3);
}

const EVERYTHING: &str = include_str!("insomnia/everything.yaml");

fn imported(text: &str) -> Import {
    import(&Source::text(text), None).expect("it is imported")
}

fn request<'c>(collection: &'c Collection, name: &str) -> &'c Request {
    let found = collection.requests().into_iter().find(|(_, item)| item.request.name == name);
    &found.expect("a request").1.request
}

#[test]
fn every_field_comes_over_and_goes_back() {
    there_and_back("everything", EVERYTHING);
    let Import { collection, receipt, .. } = imported(EVERYTHING);
    let names: Vec<_> = collection
        .items
        .iter()
        .map(|item| match item {
            Item::Folder(folder) => folder.folder.name.as_str(),
            Item::Request(request) => request.request.name.as_str(),
            Item::Other(other) => other.name.as_str(),
        })
        .collect();
    assert_eq!(names, ["Bodies", "Empty", "Auth", "socket.io"]);
    let json = request(&collection, "json");
    assert_eq!(json.url, "{{base}}/orders/:id?inside=1&page={{limits.page}}&odd=a%26b%23c");
    let rows: Vec<_> = json.params.iter().map(|p| (p.name.as_str(), p.enabled, p.kind)).collect();
    let (query, path) = (ParamKind::Query, ParamKind::Path);
    let wanted = [
        ("inside", true, query),
        ("page", true, query),
        ("off", false, query),
        ("odd", true, query),
        ("id", true, path),
    ];
    assert_eq!(rows, wanted);
    assert!(matches!(&json.body, Body::Raw { language: RawLanguage::Json, text }
        if text.contains("{{$guid}}") && text.contains("\"at\": {{$timestamp}}")));
    assert_eq!(json.settings.follow_redirects, Some(false));
    let Auth::OAuth2(oauth) = &folder(&collection, "Auth").folder.defaults.auth else {
        panic!("OAuth 2")
    };
    assert_eq!(oauth.credentials.client_secret, "{{vault.client_secret}}");
    assert!(!oauth.pkce.disabled);
    let variables = &collection.root.defaults.variables;
    let names: Vec<_> = variables.iter().map(|variable| variable.name.as_str()).collect();
    let wanted = [
        "list",
        "base",
        "client.id",
        "client.level.on",
        "client.level.off",
        "client.level.ratio",
        "vault.client_secret",
    ];
    assert_eq!(names, wanted);
    assert!(variables[6].secret);
    let environments: Vec<_> =
        collection.environments.iter().map(|e| e.environment.name.as_str()).collect();
    assert_eq!(environments, ["Early", "Late"]);
    assert_eq!(receipt.lines.iter().filter(|line| line.item == "variable team").count(), 1);
    for item in [
        "renderRequestBody",
        "rebuildPath",
        "private",
        "API description",
        "unit tests",
        "CA certificates",
        "value of vault.client_secret",
        "singleToken auth",
        "surprise",
        "novelty",
        "prefix",
    ] {
        assert!(receipt.lines.iter().any(|line| line.item == item), "no line for {item}");
    }
}

fn folder<'c>(collection: &'c Collection, name: &str) -> &'c ItemFolder {
    let found = collection.items.iter().find_map(|item| match item {
        Item::Folder(folder) if folder.folder.name == name => Some(folder),
        _ => None,
    });
    found.expect("a folder")
}

#[test]
fn the_other_kinds_of_version_5_go_there_and_back() {
    for text in [
        "type: environment.insomnia.rest/5.0\nname: Globals\nmeta: {id: wrk_2}\nenvironments:\n  name: Base Environment\n  data: {a: 1, b: x}\n  subEnvironments:\n    - name: Dev\n      data: {a: 2}\n",
        "type: mock.insomnia.rest/5.0\nname: Mock\nserver: {url: https://m/, useInsomniaCloud: true}\nroutes:\n  - {name: /a, method: GET, statusCode: 404, statusText: Not Found, body: '{}', mimeType: application/json, headers: [{name: X, value: '1'}]}\n",
        "type: mcpClient.insomnia/5.0\nname: MCP\nmcpRequest: {name: tools, url: https://m/mcp, transportType: streamable-http}\n",
        "type: collection.insomnia.rest/5.0\nname: Bare\ncollection:\n  - {name: a, url: h, method: GET}\n  - {name: b, url: h, method: GET, body: {}, headers: [], settings: {cookies: {send: true, store: true}}}\n",
        "type: collection.insomnia.rest/5.0\ncollection: []\n",
    ] {
        there_and_back(text, text);
    }
    let globals = imported(
        "type: environment.insomnia.rest/5.0\nname: G\nenvironments:\n  name: Base Environment\n  data: {a: 1}\n  subEnvironments:\n    - {name: Dev, data: {a: 2}}\n",
    );
    let environments = &globals.collection.environments;
    assert_eq!(environments[1].environment.extends.as_deref(), Some("Base Environment"));
    assert!(globals.collection.root.defaults.variables.is_empty());
}

#[test]
fn what_is_edited_goes_out_and_stays_readable() {
    let mut collection = imported(EVERYTHING).collection;
    let Some(Item::Folder(bodies)) = collection.items.first_mut() else { panic!("a folder") };
    let mut xml = bodies.items.remove(1);
    if let Item::Request(xml) = &mut xml {
        xml.request.docs = "New".to_owned();
        xml.request.settings.follow_redirects = Some(true);
    }
    bodies.items.push(xml);
    let new = Request {
        name: "new".into(),
        method: "GET".into(),
        url: "h?q={{q}}".into(),
        ..Request::default()
    };
    bodies
        .items
        .insert(1, Item::Request(Box::new(ItemRequest { request: new, ..ItemRequest::default() })));
    let exported = insomnia::export(&collection).expect("it is exported");
    let text = String::from_utf8(exported.files[0].1.clone()).expect("UTF-8");
    let again = imported(&text).collection;
    let names: Vec<_> = folder(&again, "Bodies")
        .items
        .iter()
        .map(|item| match item {
            Item::Request(request) => request.request.name.as_str(),
            _ => "",
        })
        .collect();
    assert_eq!(
        names,
        ["json", "new", "yaml", "no type", "form", "multipart", "file", "graphql", "xml"]
    );
    let xml = request(&again, "xml");
    assert_eq!((xml.docs.as_str(), xml.settings.follow_redirects), ("New", Some(true)));
    assert!(text.contains("id: req_xml"), "{text}");
    assert_eq!(request(&again, "new").url, "h?q={{q}}");
}

#[test]
fn secrets_stay_out_of_what_is_kept() {
    let text = r#"{"_type": "export", "__export_format": 4, "resources": [
        {"_id": "wrk_1", "_type": "workspace", "name": "W"},
        {"_id": "jar_1", "_type": "cookie_jar", "parentId": "wrk_1", "name": "J", "cookies": [{"key": "sid", "value": "hunter2"}]},
        {"_id": "req_1", "_type": "request", "parentId": "wrk_1", "name": "a", "url": "h", "method": "GET",
         "authentication": {"type": "basic", "username": "u", "password": "hunter2", "disabled": true}},
        {"_id": "req_2", "_type": "request", "parentId": "wrk_1", "name": "b", "url": "h", "method": "GET",
         "authentication": {"type": "oauth2", "accessToken": "hunter2", "refreshToken": "hunter2"}},
        {"_id": "req_3", "_type": "request", "parentId": "wrk_1", "name": "c", "url": "h", "method": "GET",
         "authentication": {"type": "newest", "apiSecret": "hunter2"}}
    ]}"#;
    let found = imported(text);
    let text = serde_json::to_string(&found.collection).expect("JSON");
    assert!(!text.contains("hunter2"), "{text}");
    let mut collection = Collection::default();
    collection
        .root
        .defaults
        .variables
        .push(Variable { secret: true, ..Variable::new("password", "hunter2") });
    let exported = insomnia::export(&collection).expect("it is exported");
    let text = String::from_utf8_lossy(&exported.files[0].1).into_owned();
    assert!(!text.contains("hunter2") && text.contains("password: \"\""), "{text}");
}

#[test]
fn flat_lists_of_every_shape_become_trees() {
    let text = r#"{"__export_format": 3, "_type": "export", "resources": [
        {"_id": "req_1", "_type": "request", "parentId": "__WORKSPACE_ID__", "name": "lost", "url": "h", "method": "GET", "body": "x", "authentication": {"username": "u", "password": "p"}},
        {"_id": "fld_a", "_type": "request_group", "parentId": "fld_b", "name": "A"},
        {"_id": "fld_b", "_type": "request_group", "parentId": "fld_a", "name": "B"},
        {"_id": "fld_c", "_type": "request_group", "parentId": "fld_c", "name": "../C"},
        {"_id": "req_2", "_type": "request", "parentId": "fld_b", "name": "in B", "url": "h", "method": "GET"},
        {"_id": "x", "_type": "surprise", "name": "S"}
    ]}"#;
    let found = imported(text);
    let places: Vec<_> = found
        .collection
        .requests()
        .into_iter()
        .map(|(above, item)| (above.join("/"), item.request.name.clone()))
        .collect();
    assert_eq!(places, [(String::new(), "lost".to_owned()), ("A/B".to_owned(), "in B".to_owned())]);
    let lost = request(&found.collection, "lost");
    assert!(matches!(&lost.auth, Auth::Basic { username, .. } if username == "u"));
    assert!(matches!(&lost.body, Body::Raw { text, .. } if text == "x"));
    let lines = &found.receipt.lines;
    assert!(lines.iter().any(|line| line.item == "parentId" && line.place == "A"));
    assert!(lines.iter().any(|line| line.item == "surprise"));
}

#[test]
fn certificates_of_early_versions_come_over() {
    let text = r#"{"__export_format": 3, "resources": [{"_id": "wrk_1", "_type": "workspace", "name": "W", "certificates": [
        {"host": "h:1", "cert": "/c.pem", "key": "/k.pem", "passphrase": "p"}, {"host": "g", "pfx": "/p.pfx", "disabled": true}]}]}"#;
    let found = imported(text).collection;
    let [pem, pfx] = found.root.client_certificates.as_slice() else { panic!("two certificates") };
    assert_eq!((pem.domain.as_str(), pem.passphrase.as_str(), pem.disabled), ("h:1", "p", false));
    assert!(
        matches!(&pfx.files, CertificateFiles::Pkcs12 { pkcs12_file_path } if pkcs12_file_path == "/p.pfx")
    );
    assert!(
        !found.extensions.contains_key("insomnia")
            || !found.extensions["insomnia"].to_string().contains("passphrase")
    );
}

#[test]
fn several_workspaces_are_folders_and_files_again() {
    let of = |name: &str| {
        format!(
            "type: collection.insomnia.rest/5.0\nname: {name}\ncollection:\n  - {{name: r, url: h, method: GET}}\nenvironments:\n  name: Base\n  data: {{b: {name}}}\n  subEnvironments:\n    - {{name: Dev, data: {{d: {name}}}}}\n"
        )
    };
    let source = Source::file("a.yaml", of("One").into_bytes())
        .with("b/two.yml", of("Two").into_bytes())
        .with("README.md", b"# nothing".to_vec());
    let found = import(&source, None).expect("it is imported").collection;
    assert_eq!(found.items.len(), 2);
    let names: Vec<_> = found.environments.iter().map(|e| e.environment.name.as_str()).collect();
    assert_eq!(names, ["Dev", "Dev (2)"]);
    let exported = insomnia::export(&found).expect("it is exported");
    for ((name, bytes), original) in exported.files.iter().zip(["One", "Two"]) {
        assert_eq!(*name, format!("{original}.yaml"));
        let again = document(&String::from_utf8_lossy(bytes));
        assert_eq!(keepsake::difference(&again, &document(&of(original))), None);
    }
}

#[test]
fn hostile_exports_end_in_time_and_never_panic() {
    let chain = |count: i32| {
        let folders = (0..count).map(|at| {
            format!(
                r#"{{"_id":"f{at}","_type":"request_group","parentId":"f{}","name":"f"}}"#,
                at - 1
            )
        });
        let folders: Vec<_> = folders.collect();
        format!(r#"{{"__export_format":4,"resources":[{}]}}"#, folders.join(","))
    };
    assert!(import(&Source::text(chain(90)), None).is_ok());
    let error = import(&Source::text(chain(20_000)), None).expect_err("too deep").to_string();
    assert!(error.contains("nested more than 100 deep"), "{error}");
    let circle = chain(20_000).replace(r#""parentId":"f-1""#, r#""parentId":"f19999""#);
    assert!(import(&Source::text(circle), None).is_err());
    let deep = format!(
        "type: collection.insomnia.rest/5.0\ncollection: {}",
        "[{name: a, children: ".repeat(100_000)
    );
    assert!(import(&Source::text(deep), None).is_err());
    for text in [
        "type: collection.insomnia.rest/5.0\ncollection: x",
        "type: collection.insomnia.rest/5.0\ncollection: [1]",
        "type: collection.insomnia.rest/5.0\nmeta: 3",
        "type: collection.insomnia.rest/5.0\ncollection: [{children: 7}]",
        r#"{"__export_format": 4, "resources": 3}"#,
        r#"{"__export_format": 4, "resources": [[]]}"#,
        r#"{"__export_format": 9, "resources": []}"#,
    ] {
        assert!(matches!(import(&Source::text(text), None), Err(Error::Wrong { .. })), "{text}");
    }
}

#[test]
fn cut_files_are_told_and_never_panic() {
    for at in (0..EVERYTHING.len()).step_by(31) {
        let Some(cut) = EVERYTHING.get(..at) else { continue };
        if let Ok(found) = import(&Source::text(cut), Some(Format::Insomnia)) {
            insomnia::export(&found.collection).expect("it is exported");
        }
    }
    let Some(folder) = shared::corpus("insomnia") else { return };
    for (name, bytes) in shared::files(&folder) {
        let step = (bytes.len() / 15).max(1);
        for at in (0..bytes.len()).step_by(step) {
            let source = Source::file(name.clone(), bytes[..at].to_vec());
            let _ = import(&source, Some(Format::Insomnia));
        }
    }
}

/// Names, methods, addresses, headers and bodies of all requests.
fn sent(collection: &Collection) -> Vec<(String, String, String, usize, Body)> {
    let mut all: Vec<_> = collection
        .requests()
        .into_iter()
        .map(|(above, item)| {
            let Request { name, method, url, headers, body, .. } = &item.request;
            let place = format!("{}/{name}", above.join("/"));
            (place, method.clone(), url.clone(), headers.len(), body.clone())
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

#[test]
fn collections_of_every_tool_go_out_and_are_read_again() {
    let mut count = 0;
    for family in ["insomnia", "hoppscotch", "postman"] {
        let Some(folder) = shared::corpus(family) else { return };
        for (name, bytes) in shared::files(&folder) {
            let Ok(found) = import(&Source::file(name.clone(), bytes), None) else { continue };
            let exported = insomnia::export(&found.collection).expect("it is exported");
            let [(file, bytes)] = exported.files.as_slice() else { panic!("{name}: one file") };
            let again = import(&Source::file(file.clone(), bytes.clone()), None);
            let again = again.unwrap_or_else(|error| panic!("{name}: {error}"));
            let (was, is) = (sent(&found.collection), sent(&again.collection));
            assert_eq!(was.len(), is.len(), "{name}");
            if family == "insomnia" {
                assert_eq!(was, is, "{name}");
            } else {
                for (was, is) in was.iter().zip(&is) {
                    assert_eq!((&was.0, &was.1), (&is.0, &is.1), "{name}");
                }
            }
            count += was.len();
        }
    }
    assert!(count > 350, "{count}");
}
