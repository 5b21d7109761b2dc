//! Collections made elsewhere open as they are and save back byte for byte.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod common;

use std::fs;

use common::{Place, against_schema, copy, corpus, files_below};
use errand_model::{
    ApiKeyPlace, Auth, Body, Capture, CaptureScope, Check, Environment, FileBody, Folder, FormRow,
    Header, MultipartRow, Operator, Param, ParamKind, PartKind, RawLanguage, Request, Script,
    ScriptPhase, Variable, VariableType,
};
use errand_workspace::{NodeType, Workspace};

#[test]
fn every_collection_saves_back_byte_for_byte() {
    let mut requests = 0;
    for original in corpus() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("collection");
        copy(&original, &root);
        let workspace = Workspace::open(&root, folder.path().join("data")).unwrap();
        let before: Vec<_> =
            files_below(&root).into_iter().map(|f| (f.clone(), fs::read(f).unwrap())).collect();
        let (settings, revision) = workspace.read_folder("").unwrap();
        workspace.save_folder("", &settings, &revision, false).unwrap();
        for node in workspace.tree().unwrap() {
            match node.kind {
                NodeType::Request => {
                    let (request, revision) = workspace.read_request(&node.path).unwrap();
                    assert!(!request.url.is_empty(), "{}", node.path);
                    let saved =
                        workspace.save_request(&node.path, &request, &revision, false).unwrap();
                    assert_eq!(saved, revision);
                    requests += 1;
                }
                NodeType::Folder => {
                    let (settings, revision) = workspace.read_folder(&node.path).unwrap();
                    if !revision.is_empty() {
                        workspace.save_folder(&node.path, &settings, &revision, false).unwrap();
                    }
                }
                NodeType::Broken => panic!("{}: {:?}", node.path, node.error),
                NodeType::Other { .. } => {}
            }
        }
        for entry in workspace.environments().unwrap() {
            assert_eq!(entry.error, None);
            let (environment, revision) = workspace.read_environment(&entry.name).unwrap();
            workspace.save_environment(&entry.name, &environment, &revision, false).unwrap();
        }
        for (file, bytes) in before {
            assert!(fs::read(&file).unwrap() == bytes, "{} changed", file.display());
        }
    }
    println!("{requests} requests saved back");
}

/// One change in every request of the corpus changes only lines that have to do with it.
#[test]
fn an_edit_in_any_collection_touches_few_lines() {
    for original in corpus() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("collection");
        copy(&original, &root);
        let workspace = Workspace::open(&root, folder.path().join("data")).unwrap();
        for node in workspace.tree().unwrap().into_iter().filter(|n| n.kind == NodeType::Request) {
            let (mut request, revision) = workspace.read_request(&node.path).unwrap();
            let before = workspace.read_source(&node.path).unwrap().0;
            request.url.push_str("/more");
            request.headers.push(Header::new("X-New", "1"));
            workspace.save_request(&node.path, &request, &revision, false).unwrap();
            let after = workspace.read_source(&node.path).unwrap().0;
            let lost = before.lines().filter(|l| !after.lines().any(|a| a == *l)).count();
            assert_eq!(lost, 1, "{}\n{after}", node.path);
            assert!(after.lines().count() - before.lines().count() <= 3, "{}\n{after}", node.path);
            // Some of the files are not valid as they are (a body without data); that stays so.
            assert_eq!(
                against_schema(&after, "HttpRequest"),
                against_schema(&before, "HttpRequest"),
                "{}",
                node.path
            );
            assert_eq!(workspace.read_request(&node.path).unwrap().0, request);
        }
    }
}

fn everything() -> Request {
    let rows = |n: usize| FormRow {
        name: format!("n{n}"),
        value: "v: 1".into(),
        description: "d".into(),
        enabled: n != 1,
    };
    Request {
        name: "All: of it".into(),
        description: "Says # much".into(),
        seq: Some(3.0),
        tags: vec!["a".into(), "yes".into()],
        method: "PURGE".into(),
        url: "{{base_url}}/a/:id?x=1".into(),
        params: vec![
            Param {
                name: "x".into(),
                value: "1".into(),
                kind: ParamKind::Query,
                description: String::new(),
                enabled: true,
            },
            Param {
                name: "id".into(),
                value: String::new(),
                kind: ParamKind::Path,
                description: "d".into(),
                enabled: true,
            },
        ],
        headers: vec![
            Header::new("Accept", "*/*"),
            Header { enabled: false, ..Header::new("X", "- y") },
        ],
        body: Body::FormUrlEncoded { rows: vec![rows(0), rows(1)] },
        auth: Auth::None,
        variables: vec![
            Variable::new("plain", "true"),
            Variable { kind: VariableType::Number, ..Variable::new("n", "42") },
            Variable { secret: true, ..Variable::new("s", "") },
        ],
        checks: vec![Check {
            expression: "res.status".into(),
            operator: Operator::Eq,
            value: "200".into(),
            description: String::new(),
            enabled: true,
        }],
        captures: vec![Capture {
            expression: "res.body.id".into(),
            variable: "id".into(),
            scope: CaptureScope::Environment,
            description: String::new(),
            enabled: false,
        }],
        scripts: vec![Script {
            phase: ScriptPhase::Tests,
            code: "test('a', () => {\n\tok();\n});\n".into(),
        }],
        settings: errand_model::RequestSettings {
            timeout_ms: Some(0),
            follow_redirects: Some(false),
            verify_tls: Some(false),
            http_version: Some("1.1".into()),
            ..Default::default()
        },
        docs: "# Title\n\nText  \n  - indented\n".into(),
    }
}

#[test]
fn whatever_the_model_holds_comes_back_and_is_valid() {
    let place = Place::new(&[]);
    let bodies = [
        everything().body,
        Body::None,
        Body::Raw { language: RawLanguage::Json, text: "{\n\t\"a\": \"\u{1F600}\"\n}".into() },
        Body::Raw { language: RawLanguage::Text, text: "  lead\r\ncr\n\n".into() },
        Body::Raw { language: RawLanguage::Xml, text: "\n<a/>".into() },
        Body::Raw { language: RawLanguage::Sparql, text: String::new() },
        Body::Multipart {
            rows: vec![
                MultipartRow {
                    name: "t".into(),
                    kind: PartKind::Text,
                    value: "a\nb".into(),
                    files: vec![],
                    content_type: "text/x".into(),
                    description: String::new(),
                    enabled: true,
                },
                MultipartRow {
                    name: "f".into(),
                    kind: PartKind::File,
                    value: String::new(),
                    files: vec!["a.txt".into(), "b c.txt".into()],
                    content_type: String::new(),
                    description: "x".into(),
                    enabled: false,
                },
            ],
        },
        Body::File {
            files: vec![FileBody {
                path: "a.bin".into(),
                content_type: String::new(),
                selected: true,
            }],
        },
    ];
    let auths = [
        Auth::None,
        Auth::Inherit,
        Auth::Basic { username: "u".into(), password: "{{p}}".into() },
        Auth::Bearer { token: "{{t}}".into() },
        Auth::ApiKey { key: "k".into(), value: "v".into(), placement: ApiKeyPlace::Query },
        Auth::Digest { username: "u".into(), password: "{{p}}".into() },
    ];
    for body in &bodies {
        for auth in &auths {
            let request = Request { body: body.clone(), auth: auth.clone(), ..everything() };
            let (path, _) = place.workspace.create_request("", &request).unwrap();
            let text = place.text(&path);
            assert_eq!(place.workspace.read_request(&path).unwrap().0, request, "{text}");
            assert_eq!(against_schema(&text, "HttpRequest"), Vec::<String>::new(), "{text}");
        }
    }
    // Any of them turns into any other in place.
    let path = place
        .workspace
        .create_request("", &Request { name: "Turn".into(), ..Request::default() })
        .unwrap()
        .0;
    let mut revision = place.workspace.read_request(&path).unwrap().1;
    for (n, body) in bodies.iter().cycle().take(30).enumerate() {
        let request =
            Request { body: body.clone(), auth: auths[n * 5 % 6].clone(), ..everything() };
        revision = place.workspace.save_request(&path, &request, &revision, false).unwrap();
        let text = place.text(&path);
        assert_eq!(place.workspace.read_request(&path).unwrap().0, request, "{text}");
        assert_eq!(against_schema(&text, "HttpRequest"), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn folders_and_environments_come_back_and_are_valid() {
    let place = Place::new(&[]);
    let all = everything();
    let settings = Folder {
        name: "Collection".into(),
        description: "Sum".into(),
        seq: None,
        defaults: errand_model::Defaults {
            headers: all.headers,
            auth: Auth::Bearer { token: "{{t}}".into() },
            variables: all.variables.clone(),
            scripts: all.scripts,
            settings: all.settings,
        },
        globals: vec![
            Variable::new("g", "1"),
            Variable { secret: true, ..Variable::new("gs", "") },
        ],
        client_certificates: vec![],
        docs: all.docs,
    };
    let revision = place.workspace.read_folder("").unwrap().1;
    place.workspace.save_folder("", &settings, &revision, false).unwrap();
    let text = place.text("opencollection.yml");
    assert_eq!(place.workspace.read_folder("").unwrap().0, settings, "{text}");
    assert_eq!(against_schema(&text, ""), Vec::<String>::new(), "{text}");

    let path = place.workspace.create_folder("", "Sub: folder").unwrap();
    let inner = Folder { globals: vec![], seq: Some(2.0), ..settings };
    let revision = place.workspace.read_folder(&path).unwrap().1;
    place.workspace.save_folder(&path, &inner, &revision, false).unwrap();
    let text = place.text(&format!("{path}/folder.yml"));
    assert_eq!(place.workspace.read_folder(&path).unwrap().0, inner, "{text}");
    assert_eq!(against_schema(&text, "Folder"), Vec::<String>::new(), "{text}");

    let environment = Environment {
        name: "Prod".into(),
        color: "#d9a441".into(),
        description: "d".into(),
        extends: Some("Base".into()),
        dot_env_file: Some(".env".into()),
        variables: all.variables,
        client_certificates: vec![],
    };
    place.workspace.create_environment(&environment).unwrap();
    let text = place.text("environments/Prod.yml");
    assert_eq!(place.workspace.read_environment("Prod").unwrap().0, environment);
    assert_eq!(against_schema(&text, "Environment"), Vec::<String>::new(), "{text}");
}

#[test]
fn the_example_is_valid_and_complete() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("Example");
    let workspace =
        Workspace::create_example(&root, folder.path().join("data"), "http://127.0.0.1:4000")
            .unwrap();
    let tree = workspace.tree().unwrap();
    assert!(tree.iter().all(|n| n.error.is_none()));
    assert_eq!(tree.iter().filter(|n| n.kind == NodeType::Request).count(), 19);
    assert_eq!(tree[0].name, "Hello");
    for file in files_below(&root) {
        let text = fs::read_to_string(&file).unwrap();
        let definition = match file.file_name().unwrap().to_str().unwrap() {
            "opencollection.yml" => "",
            "folder.yml" => "Folder",
            _ if file.parent().unwrap().ends_with("environments") => "Environment",
            _ => "HttpRequest",
        };
        assert_eq!(against_schema(&text, definition), Vec::<String>::new(), "{}", file.display());
    }
    let resolved = workspace.resolve_environment("Playground, Grace").unwrap();
    let value = |name: &str| {
        resolved.iter().find(|r| r.variable.name == name).unwrap().variable.value.clone()
    };
    assert_eq!(value("base_url"), "http://127.0.0.1:4000");
    assert_eq!(value("customer"), "Grace Hopper");
    let create = workspace.read_request("Orders/Create an order.yml").unwrap().0;
    assert_eq!((create.checks.len(), create.captures.len()), (2, 1));
    assert!(Workspace::create_example(&root, folder.path().join("data"), "x").is_err());
}
