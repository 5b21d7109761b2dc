//! Yaak's exports.

mod shared;

use errand_interop::{Error, Format, Import, Source, import, recognise};
use errand_model::{Auth, Body, Collection, Flow, Item, KeyText, ParamKind, PartKind, Request};

const EVERYTHING: &str = include_str!("yaak/everything.json");

fn imported(text: &str) -> Import {
    import(&Source::text(text), None).expect("it is imported")
}

fn request<'c>(collection: &'c Collection, name: &str) -> &'c Request {
    let found = collection.requests().into_iter().find(|(_, item)| item.request.name == name);
    &found.unwrap_or_else(|| panic!("no request {name}")).1.request
}

#[test]
fn what_yaak_makes_of_an_insomnia_file_is_what_we_make_of_it() {
    let Some(folder) = shared::corpus("insomnia") else { return };
    let read = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).expect("a file");
        import(&Source::file(name, bytes), None).expect("it is imported")
    };
    let (theirs, ours) = (read("yaak__version-5.output.json"), read("yaak__version-5.input.yaml"));
    assert_eq!((theirs.format, ours.format), (Format::Yaak, Format::Insomnia));
    let (mut left, mut right) = (theirs.collection, ours.collection);
    assert_eq!(left.root.docs, right.root.docs);
    assert_eq!(left.root.defaults.variables, right.root.defaults.variables);
    // Yaak drops colours and path parameters, and writes another spelling of a variable.
    for environment in &mut right.environments {
        environment.environment.color.clear();
        environment.extensions.clear();
    }
    assert_eq!(left.environments, right.environments);
    for collection in [&mut left, &mut right] {
        for item in &mut collection.items {
            let Item::Folder(folder) = item else { continue };
            for item in &mut folder.items {
                let Item::Request(item) = item else { continue };
                item.extensions.clear();
                item.request.params.retain(|param| param.kind == ParamKind::Query);
            }
        }
    }
    assert_eq!(*request(&left, "New Request"), *request(&right, "New Request"));
    let kinds = |collection: &Collection| -> Vec<String> {
        let others = collection.items.iter().filter_map(|item| match item {
            Item::Other(other) => Some(other.content["info"]["type"].to_string()),
            _ => None,
        });
        others.collect()
    };
    assert_eq!(kinds(&left), kinds(&right));
}

#[test]
fn every_field_comes_over() {
    let Import { collection, receipt, format, .. } = imported(EVERYTHING);
    assert_eq!(format, Format::Yaak);
    let root = &collection.root;
    assert_eq!((root.name.as_str(), root.docs.as_str()), ("Everything", "About *it*"));
    assert_eq!(root.defaults.settings.timeout_ms, Some(5000));
    assert_eq!(root.defaults.settings.verify_tls, Some(false));
    assert_eq!(root.defaults.headers[0].name, "X-All");
    assert!(matches!(&root.defaults.auth, Auth::Bearer { token } if token == "{{token}}"));
    let variables = &root.defaults.variables;
    assert!(variables[1].secret && variables[1].value.is_empty());
    let names: Vec<_> =
        collection.environments.iter().map(|e| e.environment.name.as_str()).collect();
    assert_eq!(names, ["dev", "Dev (2)"]);
    let dev = &collection.environments[1].environment;
    assert_eq!(
        (dev.color.as_str(), dev.variables[0].value.as_str()),
        ("#00ff00", "http://localhost:{{port}}")
    );
    let params = request(&collection, "params");
    assert_eq!(params.url, "{{base}}/a/:id?x=1&q={{q}}");
    let rows: Vec<_> = params.params.iter().map(|p| (p.name.as_str(), p.kind, p.enabled)).collect();
    let (query, path) = (ParamKind::Query, ParamKind::Path);
    assert_eq!(
        rows,
        [("x", query, true), ("id", path, true), ("q", query, true), ("off", query, false)]
    );
    let json = request(&collection, "json");
    assert_eq!(json.settings.follow_redirects, Some(false));
    assert!(
        matches!(&json.body, Body::Raw { text, .. } if text.contains("{{$guid}}") && text.contains("{{$timestamp}}"))
    );
    let Body::Multipart { rows } = &request(&collection, "multipart").body else { panic!("parts") };
    assert_eq!((rows[1].kind, rows[1].files[0].as_str()), (PartKind::File, "/tmp/a.png"));
    assert!(!request(&collection, "multipart").headers[0].enabled);
    assert!(
        matches!(&request(&collection, "graphql").body, Body::Raw { text, .. } if text.contains("\"variables\": {\"n\": {{n}}}"))
    );
    assert_eq!(request(&collection, "xml").headers[0].value, "text/xml");
    assert!(
        matches!(&request(&collection, "binary").body, Body::File { files } if files[0].path == "/tmp/a.bin")
    );
    let places: Vec<_> = collection
        .requests()
        .into_iter()
        .map(|(above, r)| (above.join("/"), r.request.name.clone()))
        .collect();
    assert!(places.contains(&("Auth/Inside".to_owned(), "inside".to_owned())), "{places:?}");
    assert!(places.contains(&("X/Y".to_owned(), "in a circle".to_owned())), "{places:?}");
    for item in [
        "response.body.path()",
        "{{…}}",
        "DNS overrides",
        "private",
        "value of secret",
        "workstation",
        "newest auth",
        "folderId",
        "grpc request",
        "websocket request",
    ] {
        assert!(receipt.lines.iter().any(|line| line.item == item), "no line for {item}");
    }
}

#[test]
fn every_auth_comes_over() {
    let collection = imported(EVERYTHING).collection;
    let auth = |name: &str| &request(&collection, name).auth;
    assert!(matches!(auth("auth basic"), Auth::Basic { .. }));
    assert!(matches!(auth("auth digest"), Auth::Digest { .. }));
    assert!(matches!(auth("auth bearer"), Auth::ApiKey { value, .. } if value == "Custom t"));
    assert!(matches!(auth("auth apikey"), Auth::ApiKey { key, .. } if key == "k"));
    assert!(matches!(auth("auth ntlm"), Auth::Ntlm { domain, .. } if domain == "d"));
    assert!(matches!(auth("auth awsv4"), Auth::AwsV4(aws) if aws.region == "eu"));
    assert!(
        matches!(auth("auth jwt"), Auth::Jwt(jwt) if jwt.key == KeyText::Text("{{pem}}".into()))
    );
    assert!(matches!(auth("auth oauth1"), Auth::OAuth1(o) if o.signature_method == "RSA-SHA1"));
    assert!(
        matches!(auth("auth oauth2"), Auth::OAuth2(o) if o.flow == Flow::ResourceOwnerPasswordCredentials)
    );
    assert_eq!(*auth("auth none"), Auth::None);
    assert_eq!(*auth("auth off"), Auth::None);
    assert_eq!(*auth("params"), Auth::Inherit);
}

#[test]
fn earlier_schemas_and_several_workspaces_are_read() {
    let first = imported(
        r#"{"yaakSchema": 1, "resources": {"workspaces": [{"id": "w", "name": "W", "variables": [{"name": "a", "value": "1"}]}],
        "requests": [{"id": "r", "workspaceId": "w", "name": "R", "url": "h", "method": "GET"}],
        "environments": [{"id": "e", "workspaceId": "w", "name": "E", "variables": []}]}}"#,
    );
    assert_eq!(first.collection.root.defaults.variables[0].name, "a");
    assert_eq!((first.collection.items.len(), first.collection.environments.len()), (1, 1));
    let third = imported(
        r#"{"yaakSchema": 3, "resources": {"workspaces": [{"id": "w", "name": "W"}], "environments": [
        {"id": "b", "workspaceId": "w", "environmentId": null, "name": "Base", "variables": [{"name": "a", "value": "1"}]},
        {"id": "e", "workspaceId": "w", "environmentId": "b", "name": "E", "variables": []}]}}"#,
    );
    assert_eq!(third.collection.root.defaults.variables.len(), 1);
    assert_eq!(third.collection.environments.len(), 1);
    let two = imported(
        r#"{"yaakSchema": 4, "resources": {"workspaces": [{"id": "v", "name": "../V"}, {"id": "w", "name": "W"}],
        "httpRequests": [{"id": "r", "workspaceId": "w", "name": "R", "url": "h", "method": "GET"}]}}"#,
    );
    let (above, _) = two.collection.requests()[0].clone();
    assert_eq!(above, ["W"]);
    assert!(two.receipt.lines.iter().any(|line| line.place == "W / R"));
}

#[test]
fn what_is_wrong_or_hostile_is_told() {
    for text in [
        r#"{"yaakSchema": 4}"#,
        r#"{"yaakSchema": 4, "resources": {"folders": 7}}"#,
        r#"{"yaakSchema": 4, "resources": {"folders": [7]}}"#,
    ] {
        assert!(matches!(import(&Source::text(text), None), Err(Error::Wrong { .. })), "{text}");
    }
    let folders: Vec<_> = (0..20_000)
        .map(|at| {
            format!(r#"{{"id":"f{at}","workspaceId":"w","folderId":"f{}","name":"f"}}"#, at - 1)
        })
        .collect();
    let chain = format!(
        r#"{{"yaakSchema":4,"resources":{{"workspaces":[{{"id":"w"}}],"folders":[{}]}}}}"#,
        folders.join(",")
    );
    let error = import(&Source::text(chain.clone()), None).expect_err("too deep").to_string();
    assert!(error.contains("nested more than 100 deep"), "{error}");
    let circle = chain.replace(r#""folderId":"f-1""#, r#""folderId":"f19999""#);
    assert!(import(&Source::text(circle), None).is_err());
    assert_eq!(recognise(&Source::text(r#"{"resources": []}"#)), None);
    for at in (0..EVERYTHING.len()).step_by(61) {
        if let Some(cut) = EVERYTHING.get(..at) {
            assert!(import(&Source::text(cut), Some(Format::Yaak)).is_err());
        }
    }
}
