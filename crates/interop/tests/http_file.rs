//! `.http` files: what each dialect says, and there and back.

use std::fs;
use std::path::Path;

use errand_interop::{Error, Format, Import, Outcome, Source, http_file};
use errand_model::{
    Auth, Body, Collection, Header, Item, ItemRequest, Operator, RawLanguage, ScriptPhase,
    SecretSource, Variable,
};

fn import(text: &str) -> Import {
    let source = Source::file("api.http", text.as_bytes().to_vec());
    errand_interop::import(&source, Some(Format::Http))
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn requests(import: &Import) -> Vec<&ItemRequest> {
    import.collection.requests().into_iter().map(|(_, item)| item).collect()
}

fn told(import: &Import) -> Vec<String> {
    import.receipt.lines.iter().map(|line| format!("{}: {}", line.item, line.note)).collect()
}

#[test]
fn requests_of_jetbrains_and_vs_code() {
    let import = import(
        "@host = https://a.example\n\
         ### Create an order\n\
         # With a body.\n\
         # @no-redirect\n\
         // @timeout 5\n\
         # @prompt code The code\n\
         POST {{host}}/orders\n    ?a=1\n    &b={{$uuid}} HTTP/1.1\n\
         Content-Type: application/json\n\
         # X-Off: 1\n\
         Authorization: Basic doe 123\n\
         \n\
         {\n  \"a\": 1\n}\n\
         \n\
         > {%\n client.test(\"x\", () => {});\n%}\n\
         >> out.json\n\
         \n\
         ###\n\
         https://a.example/plain\n\
         ### form ###\n\
         post https://a.example/form\n\
         content-type: application/x-www-form-urlencoded\n\
         \n\
         a=1\n&b=two words\n&c={{host}}\n",
    );
    let all = requests(&import);
    assert_eq!(all.len(), 3);
    let first = &all[0].request;
    assert_eq!((first.name.as_str(), first.method.as_str()), ("Create an order", "POST"));
    assert_eq!(first.url, "{{host}}/orders?a=1&b={{$guid}}");
    assert_eq!(first.params.len(), 2);
    assert_eq!(
        first.headers,
        [
            Header::new("Content-Type", "application/json"),
            Header { enabled: false, ..Header::new("X-Off", "1") },
        ]
    );
    assert_eq!(first.auth, Auth::Basic { username: "doe".into(), password: "123".into() });
    assert_eq!(
        first.body,
        Body::Raw { language: RawLanguage::Json, text: "{\n  \"a\": 1\n}".into() }
    );
    assert_eq!(first.settings.follow_redirects, Some(false));
    assert_eq!(first.settings.timeout_ms, Some(5000));
    assert_eq!(first.settings.http_version.as_deref(), Some("1.1"));
    assert_eq!(first.docs, "With a body.");
    assert_eq!(first.variables[0].name, "code");
    assert_eq!(first.scripts[0].phase, ScriptPhase::AfterResponse);
    assert_eq!(all[0].extensions["errand"]["scriptDialect"], "http-client");
    assert_eq!(
        (all[1].request.method.as_str(), all[1].request.url.as_str()),
        ("GET", "https://a.example/plain")
    );
    let Body::FormUrlEncoded { rows } = &all[2].request.body else {
        panic!("{:?}", all[2].request.body)
    };
    let rows: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.value.as_str())).collect();
    assert_eq!(rows, [("a", "1"), ("b", "two words"), ("c", "{{host}}")]);
    assert_eq!(all[2].request.name, "form");
    assert_eq!(
        import.collection.root.defaults.variables,
        [Variable::new("host", "https://a.example")]
    );
    assert!(
        told(&import).iter().any(|line| line.starts_with(">> out.json (line 21)")),
        "{:?}",
        told(&import)
    );
}

#[test]
fn values_of_responses_are_captured_where_they_come_from() {
    let import = import(
        "# @name login\nPOST https://a.example/token\n\n{}\n\n###\n@id = {{login.response.headers.X-Id}}\n\n###\n\
         GET https://a.example/{{id}}\nAuthorization: Bearer {{login.response.body.$.token}}\nX: {{$dotenv KEY}}{{$processEnv HOME}}\n",
    );
    let all = requests(&import);
    let captures: Vec<_> = all[0]
        .request
        .captures
        .iter()
        .map(|c| (c.expression.as_str(), c.variable.as_str()))
        .collect();
    assert_eq!(captures, [("$.token", "login_token"), ("res.headers.X-Id", "id")]);
    assert_eq!(all[1].request.auth, Auth::Bearer { token: "{{login_token}}".into() });
    assert_eq!(all[1].request.headers[0].value, "{{KEY}}{{HOME}}");
    let sources: Vec<_> =
        import.collection.root.defaults.variables.iter().map(|v| v.source.clone()).collect();
    assert_eq!(
        sources,
        [
            Some(SecretSource::Environment { variable: "HOME".into() }),
            Some(SecretSource::DotEnv { file: ".env".into(), variable: "KEY".into() }),
        ]
    );
}

#[test]
fn httpyac_needs_no_separators() {
    let import = import(
        "@host=https://a.example\n\n# first\nGET /a\n\n?? status == 200\n?? js x == 1\n\n# second\nGET /b\nGET /c\n\n{{\n  console.info(1);\n}}\n\
         \n//response example\nHTTP/2.0 200 OK\ncontent-type: application/json\n\n{\"a\": 1}\n\n\nPOST /d\n{\n  \"x\": \"GET /no\"\n}\n",
    );
    let all = requests(&import);
    let lines: Vec<_> =
        all.iter().map(|r| format!("{} {}", r.request.method, r.request.url)).collect();
    assert_eq!(lines, ["GET {{host}}/a", "GET {{host}}/b", "GET {{host}}/c", "POST {{host}}/d"]);
    assert_eq!(all[0].request.checks[0].operator, Operator::Eq);
    assert_eq!(all[0].request.docs, "first");
    assert_eq!(all[1].request.docs, "second");
    assert_eq!(all[2].request.scripts[0].code, "  console.info(1);");
    assert_eq!(
        all[2].examples[0].response.body.as_ref().map(|b| b.data.as_str()),
        Some("{\"a\": 1}")
    );
    assert!(matches!(&all[3].request.body, Body::Raw { text, .. } if text.starts_with('{')));
}

#[test]
fn forms_queries_files_and_other_protocols() {
    let source = Source::file(
        "folder/api.http",
        b"POST https://a/multi\nContent-Type: multipart/form-data; boundary=X\n\n--X\nContent-Disposition: form-data; name=\"t\"\n\none\n\
          --X\nContent-Disposition: form-data; name=\"f\"; filename=\"a.png\"\nContent-Type: image/png\n\n< ./a.png\n--X--\n\n###\n\
          POST https://a/file\n\n< ../missing.json\n\n###\nPOST https://a/filled\n\n<@ ./body.json\n\n###\n\
          GRAPHQL https://a/graphql\n\nquery A($c: ID) {\n  a(c: $c) { b }\n}\n\n{ \"c\": {{id}} }\n\n###\n\
          WEBSOCKET wss://a/socket\n\nhello\n\n### call\nGRPC a:1/pkg.Service/Do\n\n{}\n\n###\n\
          curl -X PUT 'https://a/curl' \\\n  -H 'A: 1'\n"
            .to_vec(),
    )
    .with("folder/body.json", b"{\"x\": \"{{y}}\"}".to_vec())
    .with("folder/a.png", b"png".to_vec());
    let import = errand_interop::import(&source, None).expect("it is read");
    assert_eq!(import.format, Format::Http);
    let all = requests(&import);
    let Body::Multipart { rows } = &all[0].request.body else {
        panic!("{:?}", all[0].request.body)
    };
    assert_eq!(
        (rows[0].value.as_str(), rows[1].files[0].as_str(), rows[1].content_type.as_str()),
        ("one", "./a.png", "image/png")
    );
    assert!(all[0].request.headers.is_empty());
    assert!(
        matches!(&all[1].request.body, Body::File { files } if files[0].path == "../missing.json")
    );
    assert!(matches!(&all[2].request.body, Body::Raw { text, .. } if text == "{\"x\": \"{{y}}\"}"));
    assert!(
        matches!(&all[3].request.body, Body::Raw { text, .. } if text.contains("\"variables\": { \"c\": {{id}} }"))
    );
    assert_eq!(all[4].request.method, "PUT");
    let Item::Folder(folder) = &import.collection.items[0] else { panic!("a folder") };
    let Item::Folder(file) = &folder.items[0] else { panic!("a folder for the file") };
    let others: Vec<_> = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Other(other) => Some((other.name.as_str(), &other.content)),
            _ => None,
        })
        .collect();
    assert_eq!(others[0].1["websocket"]["message"]["data"], "hello");
    assert_eq!((others[1].0, &others[1].1["grpc"]["method"]), ("call", &"pkg.Service/Do".into()));
    assert!(told(&import).iter().any(|line| line.starts_with("< ../missing.json")));
}

#[test]
fn environments_of_three_editors() {
    let source = Source::file("a.http", b"GET {{host}}/a\nAuthorization: Bearer {{$auth.token(\"my\")}}\n".to_vec())
        .with(
            "http-client.env.json",
            br#"{"$shared": {"s": 1}, "dev": {"host": "http://a", "n": 5, "Security": {"Auth": {"my": {"Type": "OAuth2",
                "Grant Type": "Client Credentials", "Client ID": "id", "Client Secret": "shh", "Token URL": "{{host}}/token"}}}}}"#
                .to_vec(),
        )
        .with("http-client.private.env.json", br#"{"dev": {"key": "k"}}"#.to_vec())
        .with(".vscode/settings.json", b"{ // mine\n \"rest-client.environmentVariables\": { \"local\": { \"v\": \"{{$shared s}}\", } } }".to_vec());
    let import = errand_interop::import(&source, None).expect("it is read");
    let environments = &import.collection.environments;
    let names: Vec<_> = environments.iter().map(|item| item.environment.name.as_str()).collect();
    assert_eq!(names, ["dev", "local"]);
    let dev = &environments[0].environment.variables;
    let secrets: Vec<_> =
        dev.iter().filter(|v| v.secret).map(|v| (v.name.as_str(), v.value.as_str())).collect();
    assert_eq!(secrets, [("my_client_secret", "shh"), ("key", "k")]);
    assert_eq!(environments[1].environment.variables[0].value, "{{s}}");
    assert_eq!(import.collection.root.defaults.variables[0].name, "s");
    let Auth::OAuth2(auth) = &requests(&import)[0].request.auth else { panic!("oauth2") };
    assert_eq!(
        (auth.credentials.client_secret.as_str(), auth.access_token_url.as_str()),
        ("{{my_client_secret}}", "{{host}}/token")
    );
}

#[test]
fn what_is_unknown_is_told_and_never_fatal() {
    let import = import(
        "what is this\n### a\n# @unknown thing\n# @ref b\nGET https://a\n\n### empty\n\n### b\nGET https://b\nX: {{new Date()}}\n",
    );
    assert_eq!(requests(&import).len(), 2);
    let told = told(&import);
    for line in ["line 1: what is this", "@unknown (line 3)", "@ref (line 4)", "{{new Date()}}"] {
        assert!(told.iter().any(|told| told.starts_with(line)), "{line}: {told:?}");
    }
    let source = Source::file("a.http", b"# only a comment\n\nnothing here".to_vec());
    let error =
        errand_interop::import(&source, Some(Format::Http)).expect_err("no request").to_string();
    assert!(
        error.contains("there is no request in it") && error.contains("(at line 3)"),
        "{error}"
    );
    assert!(matches!(
        errand_interop::import(&Source::text("GET me out of here"), None),
        Err(Error::Unknown { .. })
    ));
}

#[test]
fn only_files_of_requests_are_recognised() {
    for text in
        ["GET https://a", "### x\nhttps://a/b\n", "@a=1\n\nPOST {{a}}/x", "# @name x\nGET /a"]
    {
        assert_eq!(errand_interop::recognise(&Source::text(text)), Some(Format::Http), "{text}");
    }
    for text in [
        "https://a.example/b",
        "{\"a\": 1}",
        "# Title\n\nSome text\n\nGET https://a",
        "<html></html>",
        "a: b\nc: d",
        "",
        "syntax = \"proto3\";",
    ] {
        assert_ne!(errand_interop::recognise(&Source::text(text)), Some(Format::Http), "{text}");
    }
}

#[test]
fn a_request_may_come_after_many_variables() {
    let mut text: String =
        (0..10_000).fold(String::new(), |text, n| text + &format!("@v{n} = 1\n"));
    assert_eq!(errand_interop::recognise(&Source::text(text.clone())), None);
    text.push_str("GET https://a\n");
    assert_eq!(errand_interop::recognise(&Source::text(text)), Some(Format::Http));
}

#[test]
fn queries_and_bodies_without_a_type_are_written_as_they_were() {
    let text = "### A\nGRAPHQL https://a/b\n\nquery A {\n  a\n}\n\n{\"b\": 1}\n\n### B\nPOST https://a/c\n\ntext\n";
    let mut collection = import(text).collection;
    let written = |collection: &Collection| {
        let exported = http_file::export(collection).expect("it is exported");
        String::from_utf8(exported.files[0].1.clone()).expect("UTF-8")
    };
    let all = written(&collection);
    assert!(all.contains("X-REQUEST-TYPE: GraphQL\n\nquery A {\n  a\n}"), "{all}");
    assert!(!all.contains("Content-Type"), "{all}");
    for item in &mut collection.items {
        let Item::Request(item) = item else { continue };
        item.request.body = Body::Raw { language: RawLanguage::Json, text: "{}".to_owned() };
    }
    assert_eq!(written(&collection).matches("Content-Type: application/json\n\n{}").count(), 2);
}

/// What a file can say, as an import of what was exported gives it.
fn back(collection: &Collection) -> Import {
    let exported = http_file::export(collection).expect("it is exported");
    let mut source = Source::default();
    for (path, bytes) in exported.files {
        source = source.with(path, bytes);
    }
    errand_interop::import(&source, Some(Format::Http)).expect("what is exported can be read")
}

#[test]
fn what_is_exported_is_read_again() {
    let text = "@host = https://a.example\n### One\n# A line.\n# @description short\n# @tag a, b\n# @name one\n# @no-cookie-jar\n# @timeout 1500 ms\n\
        POST {{host}}/one?x=1 HTTP/1.1\nContent-Type: application/json\n# Off: 1\nAuthorization: Digest u p\n\n{\"a\": 1}\n\n\
        < {%\n1\n%}\n> {%\nclient.log(1)\n%}\n### Two\nGET {{host}}/two\nAuthorization: Bearer {{one.response.body.$.t}}\n\
        ### Three\nPOST {{host}}/three\nContent-Type: application/x-www-form-urlencoded\n\na=1&b=2\n\
        ### Four\nPOST {{host}}/four\nContent-Type: multipart/form-data; boundary=b\n\n--b\nContent-Disposition: form-data; name=\"x\"\n\n1\n--b--\n\
        ### Five\nPUT {{host}}/five\n\n< ./five.bin\n";
    let first = import(text);
    let again = back(&first.collection);
    let plain = |import: &Import| -> Vec<ItemRequest> {
        requests(import)
            .into_iter()
            .cloned()
            .map(|mut item| {
                // The name of the request that others refer to is chosen anew.
                for capture in &mut item.request.captures {
                    capture.variable.clear();
                }
                if let Auth::Bearer { token } = &mut item.request.auth {
                    token.clear();
                }
                item
            })
            .collect()
    };
    assert_eq!(plain(&again), plain(&first));
    assert_eq!(requests(&again)[0].request.captures[0].variable, "one_t");
    assert_eq!(again.collection.root.defaults, first.collection.root.defaults);
}

#[test]
fn a_body_that_would_be_read_otherwise_goes_into_a_file() {
    let mut collection = Collection::default();
    for text in [
        "a\n### b\nc",
        "> {% x %}",
        "\nleading",
        "GET https://x",
        "a\r\nb",
        "{{\nx\n}}",
        "?? status == 1",
    ] {
        let mut item = ItemRequest::default();
        item.request.name = "n".into();
        item.request.method = "POST".into();
        item.request.url = "https://a/b".into();
        item.request.headers = vec![Header::new("Content-Type", "text/plain")];
        item.request.body = Body::Raw { language: RawLanguage::Text, text: text.into() };
        collection.items.push(Item::Request(Box::new(item)));
    }
    let exported = http_file::export(&collection).expect("it is exported");
    assert_eq!(
        exported.files.len(),
        8,
        "{:?}",
        exported.files.iter().map(|f| &f.0).collect::<Vec<_>>()
    );
    let again = back(&collection);
    let bodies = |list: Vec<&ItemRequest>| {
        list.into_iter().map(|item| item.request.body.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        bodies(requests(&again)),
        bodies(collection.requests().into_iter().map(|(_, item)| item).collect())
    );
}

#[test]
fn secrets_are_exported_without_values() {
    let mut collection = import("GET https://a/{{key}}\n").collection;
    collection
        .root
        .defaults
        .variables
        .push(Variable { secret: true, ..Variable::new("key", "VERY SECRET") });
    let exported = http_file::export(&collection).expect("it is exported");
    for (path, bytes) in &exported.files {
        assert!(!String::from_utf8_lossy(bytes).contains("VERY"), "{path}");
    }
    assert!(exported.files.iter().any(|(path, _)| path == "http-client.private.env.json"));
}

#[test]
fn the_corpus_comes_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/httpfiles");
    let Ok(list) = fs::read_dir(&folder) else {
        eprintln!("SKIPPED: the corpus is not at {}", folder.display());
        return;
    };
    let mut compared = 0;
    for path in list
        .map(|entry| entry.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "http"))
    {
        let first = import(&fs::read_to_string(&path).expect("a text"));
        let again = back(&first.collection);
        let lines = |import: &Import| -> Vec<String> {
            requests(import)
                .iter()
                .map(|r| {
                    format!(
                        "{} {} {} {:?}",
                        r.request.name,
                        r.request.method,
                        r.request.headers.len(),
                        r.request.body
                    )
                })
                .collect()
        };
        assert_eq!(lines(&again), lines(&first), "{}", path.display());
        compared += lines(&first).len();
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn cut_anywhere_it_never_panics() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/httpfiles");
    let text = fs::read(folder.join("fhir__SMARTv2ScopesExample.http"))
        .unwrap_or_else(|_| b"### a\nGET https://a\n\n{{\n".to_vec());
    for cut in (0..text.len()).step_by(7) {
        let source = Source::file("a.http", text[..cut].to_vec());
        let _ = errand_interop::recognise(&source);
        let _ = errand_interop::import(&source, Some(Format::Http));
    }
    let started = std::time::Instant::now();
    for hostile in [
        "{{".repeat(500_000),
        "GET https://a\n\n".to_owned() + &"< {%\n".repeat(100_000),
        "@a=1\n".repeat(200_000) + "GET /a",
        "GET https://a\n".repeat(50_000),
        "GET https://a/".to_owned() + &"{{".repeat(400_000),
        "junk\n\n".repeat(200_000) + "GET https://a",
        "# @odd x\n".repeat(100_000) + "GET https://a",
        (0..60_000).fold("GET https://a\n\n".to_owned(), |text, n| {
            text + "{{$odd" + &n.to_string() + "}}\n"
        }),
        "# @name a\nGET https://a\nA: {{a.response.body.x}}\n".repeat(20_000),
        "{".repeat(1_000_000),
    ] {
        let source = Source::file("a.http", hostile.into_bytes());
        let import = errand_interop::import(&source, Some(Format::Http));
        eprintln!(
            "{:?} {:?}",
            started.elapsed(),
            import.map(|i| (i.receipt.count(Outcome::Kept), i.collection.requests().len()))
        );
    }
}
